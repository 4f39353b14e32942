"""Reads .pdf with a text layer: lines are joined again to paragraphs, page furniture is set aside."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

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
_MOST_LINES = 5000  # on a page; a drawing of more tells nothing about words
_THIN = 2.0  # points: so thick is a line through words at most
_MIDDLE = (0.15, 0.45)  # where it goes through them, in sizes of the font above the line they stand on
_DIGITS = re.compile(r"\d+")
# Whatever a broken file does to the parser, it is the file's fault: pypdf promises no family of errors of its own.
_PARSER_FAILURES = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError, OSError,
    EOFError, NotImplementedError,
)  # fmt: skip


def read_pdf(data: bytes, said: Said | None = None) -> Draft:
    """The turns of a PDF. Raises InputError when it is scanned, protected or damaged."""
    try:
        pages, struck = _pages(data)
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
        draft, warnings=(*_warnings(pages, struck), *draft.warnings), unplaced=(*furniture, *draft.unplaced)
    )


def _pages(data: bytes) -> tuple[list[list[str]], set[int]]:
    """The lines of each page, without empty ones; the numbers of the pages on which words are struck through."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opens(reader):
        raise InputError(_("This PDF is protected with a password. Save a copy without one and try again."))
    if len(reader.pages) > _MOST_PAGES:
        raise InputError(_("This PDF has more than {n} pages; that is no transcript.").format(n=_MOST_PAGES))
    pages, struck = [], set()
    for number, page in enumerate(reader.pages, 1):
        ink = _Ink()
        text = page.extract_text(visitor_operand_before=ink.draw, visitor_text=ink.write)
        pages.append([line.strip() for line in normal(text).split("\n") if line.strip()])
        if ink.is_struck() or any(_strikes(note) for note in page.annotations or ()):
            struck.add(number)
    return pages, struck


def _strikes(note: Any) -> bool:
    found = note.get_object()
    return isinstance(found, dict) and found.get("/Subtype") == "/StrikeOut"


class _Stroke(NamedTuple):
    """A thin horizontal line, or the words on one: from `left` to `right` at `height`; `size` is that of the font."""

    left: float
    right: float
    height: float
    size: float = 0.0


@dataclass(slots=True)
class _Ink:
    """What is drawn on a page, as far as it tells which words are struck through."""

    words: list[_Stroke] = field(default_factory=list)
    lines: list[_Stroke] = field(default_factory=list)
    at: tuple[float, float] | None = None

    def draw(self, operator: bytes, operands: Sequence[Any], matrix: Sequence[float], _text: object) -> None:
        """A step of a drawing: a thin rectangle, or a line from where the pen is."""
        if not all(isinstance(each, int | float) for each in operands) or len(self.lines) > _MOST_LINES:
            return
        if operator == b"re" and len(operands) == 4:
            x, y, width, height = map(float, operands)
            if abs(height) <= _THIN < abs(width):
                self._line(matrix, (x, y + height / 2), (x + width, y + height / 2))
        elif operator in (b"m", b"l") and len(operands) == 2:
            here = float(operands[0]), float(operands[1])
            if operator == b"l" and self.at is not None and abs(here[1] - self.at[1]) <= _THIN:
                self._line(matrix, self.at, here)
            self.at = here

    def _line(self, matrix: Sequence[float], start: tuple[float, float], end: tuple[float, float]) -> None:
        left, right = sorted(matrix[0] * x + matrix[2] * y + matrix[4] for x, y in (start, end))
        self.lines.append(_Stroke(left, right, matrix[1] * start[0] + matrix[3] * start[1] + matrix[5]))

    def write(
        self, text: str, matrix: Sequence[float], place: Sequence[float], _font: object, size: float
    ) -> None:
        """Words, at the place where they begin."""
        x = matrix[0] * place[4] + matrix[2] * place[5] + matrix[4]
        y = matrix[1] * place[4] + matrix[3] * place[5] + matrix[5]
        height = abs(size * place[3] * matrix[3])
        if text.strip():
            self.words.append(_Stroke(x, x + len(text.strip()) * height / 2, y, height))

    def is_struck(self) -> bool:
        """Whether a line goes through the middle of words, as none under them or around a table does."""
        return any(
            line.left < word.right - word.size / 2
            and line.right > word.left + word.size / 2
            and _MIDDLE[0] * word.size < line.height - word.height < _MIDDLE[1] * word.size
            for line in self.lines
            for word in self.words
        )


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


def _warnings(pages: Sequence[Sequence[str]], struck: Collection[int]) -> list[str]:
    warnings = [_("A PDF knows lines, not paragraphs: lines were joined again. Check the turns.")]
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page]
    if empty:
        warnings.append(_("No text was found on page {pages}.").format(pages=", ".join(empty)))
    if struck:
        words = _(
            "On page {pages} words are struck through; they stand in the text. Look whether they belong there."
        )
        warnings.append(words.format(pages=", ".join(map(str, sorted(struck)))))
    return warnings
