"""Reads .pdf with a text layer: lines are joined again to paragraphs, page furniture is set aside."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.sources.dialogue import Block, dialogue
from qualcode.sources.draft import Draft
from qualcode.sources.lines import Style, key_of, parse_line
from qualcode.sources.speakers import Said, weigh
from qualcode.text.normal import normal

_MOST_PAGES = 2000
_DIGITS = re.compile(r"\d+")
# Whatever a broken file does to the parser, it is the file's fault: pypdf promises no family of errors of its own.
_PARSER_FAILURES = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError, OSError,
    EOFError, NotImplementedError,
)  # fmt: skip


def read_pdf(data: bytes, said: Said | None = None) -> Draft:
    """The turns of a PDF. Raises InputError when it is scanned, protected or damaged."""
    try:
        pages = _pages(data)
    except (PyPdfError, *_PARSER_FAILURES):
        raise InputError(
            _(
                "The PDF is damaged and cannot be read. Open it in a PDF program and save or print it to PDF again."
            )
        ) from None
    if not any(pages):
        raise InputError(
            _(
                "This PDF has no text layer: it is a scan or a picture. Have the text recognised (OCR) and try again."
            )
        )
    lines, furniture = _without_furniture(pages)
    draft = dialogue([Block(text) for text in _paragraphs(lines)], said)
    return replace(
        draft, warnings=(*_warnings(pages), *draft.warnings), unplaced=(*furniture, *draft.unplaced)
    )


def _pages(data: bytes) -> list[list[str]]:
    """The lines of each page, without empty ones."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opens(reader):
        raise InputError(_("This PDF is protected with a password. Save a copy without one and try again."))
    if len(reader.pages) > _MOST_PAGES:
        raise InputError(_("This PDF has more than {n} pages; that is no transcript.").format(n=_MOST_PAGES))
    texts = (normal(page.extract_text()) for page in reader.pages)
    return [[line.strip() for line in text.split("\n") if line.strip()] for text in texts]


def _opens(reader: PdfReader) -> bool:
    """Whether the PDF is protected against changes only, and opens without a password."""
    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


def _without_furniture(pages: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[str]]:
    """The pages without the head and foot lines that come back on most of them, and those lines."""
    edges = Counter(
        _DIGITS.sub("#", line)
        for page in pages
        for line in {*page[:1], *page[-1:]}
        if len(page) > 1 or line.isdigit()
    )
    everywhere = Counter(_DIGITS.sub("#", line) for page in pages for line in page)
    often = max(2, len(pages) // 2 + 1)
    running = {
        text for text, n in edges.items() if n >= often and everywhere[text] == n and not text.endswith(".")
    }
    kept, furniture = [], []
    for page in pages:
        body = list(page)
        for edge in (0, -1):
            if body and (_DIGITS.sub("#", body[edge]) in running or _is_page_number(body[edge])):
                furniture.append(body.pop(edge))
        kept.append(body)
    return kept, furniture


def _is_page_number(line: str) -> bool:
    return len(line) < 5 and line.strip("-– ").isdigit()


def _paragraphs(pages: Sequence[Sequence[str]]) -> list[str]:
    """Lines joined to paragraphs. A new one starts at a speaker or after a short line that ends a sentence."""
    lines = [line for page in pages for line in page]
    parsed = [parse_line(line) for line in lines]
    labels = weigh([parsed])
    speakers = {*labels.speakers, *(key_of(doubt.label) for doubt in labels.doubts)}
    width = sorted(len(line) for line in lines)[len(lines) * 9 // 10] if lines else 0
    paragraphs: list[list[str]] = []
    ended = True
    for line, parts in zip(lines, parsed, strict=True):
        labelled = key_of(parts.label) in speakers
        if ended or labelled or parts.only_time or _is_numbered(line):
            paragraphs.append([])
        paragraphs[-1].append(line)
        alone = parts.only_time or (labelled and parts.style in (Style.TIMED, Style.NAMED_AND_TIMED))
        # under a numbered question its answer begins, however long its last line is
        short = len(line) < 0.75 * width or _is_numbered(paragraphs[-1][0])
        ended = alone or (short and line.endswith((".", "?", "!", "…", ":", "#", "]")))
    return [_joined(paragraph) for paragraph in paragraphs]


def _is_numbered(line: str) -> bool:
    return re.match(r"(?:\d{1,2}[a-z]?[.)]{1,2}|[a-zA-Z][.)]|[-•])\s", line) is not None


def _joined(lines: Iterable[str]) -> str:
    """Lines as one; a word that was broken at a line end is whole again."""
    text = ""
    for line in lines:
        broken = text.endswith(("-", "\u00ad")) and text[-2:-1].isalpha() and line[:1].islower()
        if broken and line.split()[0] not in ("en", "of", "and", "or"):
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text


def _warnings(pages: Sequence[Sequence[str]]) -> list[str]:
    warnings = [_("A PDF knows lines, not paragraphs: lines were joined again. Check the turns.")]
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page]
    if empty:
        warnings.append(_("No text was found on page {pages}.").format(pages=", ".join(empty)))
    return warnings
