"""Which reader takes which file, and the limits that hold for all."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.sources.checks import checked
from qualcode.sources.draft import Draft
from qualcode.sources.sniff import kind_of

Reader = Callable[[bytes], Draft]

# kind → the function that reads it, loaded when first needed
_READERS = {
    "text": "plain:read_plain",
    "docx": "word:read_docx",
    "odt": "opendocument:read_odt",
    "rtf": "rtf:read_rtf",
    "pdf": "pdf:read_pdf",
    "vtt": "cues:read_vtt",
    "srt": "cues:read_srt",
    "json": "spoken_json:read_json",
    "html": "noscribe:read_noscribe",
}
# ending → the kinds that a file with it may hold
_ENDINGS = {
    ".txt": ("text", "rtf", "vtt", "srt", "json", "html"),
    ".text": ("text",),
    ".md": ("text",),
    ".markdown": ("text",),
    ".docx": ("docx",),
    ".odt": ("odt",),
    ".rtf": ("rtf",),
    ".pdf": ("pdf",),
    ".vtt": ("vtt", "srt"),
    ".srt": ("srt", "vtt"),
    ".json": ("json",),
    ".otr": ("json",),
    ".html": ("html",),
    ".htm": ("html",),
}
LARGEST_TEXT = 30_000_000
LARGEST_DOCUMENT = 200_000_000
_DOCUMENTS = (".docx", ".odt", ".pdf", ".rtf")
_NAMES = {
    "docx": "Word (.docx)",
    "odt": "OpenDocument (.odt)",
    "pdf": "PDF (.pdf)",
    "rtf": "RTF (.rtf)",
    "vtt": "WebVTT (.vtt)",
    "srt": "SubRip (.srt)",
    "json": "JSON (.json)",
    "html": "HTML (.html)",
    "text": "text (.txt)",
}


def endings() -> tuple[str, ...]:
    """The endings of the files that can be read, as in ".docx"."""
    return tuple(_ENDINGS)


def read(path: str | os.PathLike[str]) -> Draft:
    """The turns of the transcript at `path`.

    The reader follows from the ending and the content together. Raises InputError, with the reason and
    what to do, for a file that is missing, too large, of another kind, damaged or protected: nothing is
    ever taken in half.
    """
    file = Path(path)
    data = _bytes_of(file)
    return read_bytes(data, file.name)


def read_bytes(data: bytes, name: str) -> Draft:
    """As `read`, for a file called `name` whose content is already here."""
    try:
        if not data.strip():
            raise InputError(_("The file is empty."))
        kind = kind_of(data)
        warnings = _fits_ending(kind, Path(name).suffix.lower())
        draft = checked(_reader(kind)(data))
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    return replace(draft, warnings=(*warnings, *draft.warnings))


def _bytes_of(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise InputError(_("{file} is a folder. Name the transcripts in it.").format(file=file))
        if file.exists() and not file.is_file():
            raise InputError(_("{file} is not a file.").format(file=file))
        size = file.stat().st_size
        limit = LARGEST_DOCUMENT if file.suffix.lower() in _DOCUMENTS else LARGEST_TEXT
        if size > limit:
            raise InputError(
                _(
                    "{file} is {size} MB; a transcript of this kind is at most {limit} MB. "
                    "Check that it is the right file, or split it."
                ).format(file=file.name, size=round(size / 1e6), limit=round(limit / 1e6))
            )
        return file.read_bytes()
    except FileNotFoundError:
        raise InputError(_("There is no file {file}.").format(file=file)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(_("{file} cannot be opened: {reason}.").format(file=file, reason=reason)) from None


def _fits_ending(kind: str, ending: str) -> list[str]:
    """Warnings when content and ending differ but can be read; an error when they cannot go together."""
    if ending and ending not in _ENDINGS:
        raise InputError(
            _("Files that end in {ending} cannot be read. These can: {known}.").format(
                ending=ending, known=", ".join(_ENDINGS)
            )
        )
    allowed = _ENDINGS.get(ending, tuple(_READERS))
    if kind not in allowed:
        raise InputError(
            _(
                "The name ends in {ending}, but the content is {kind}. Give it its own ending and try again."
            ).format(ending=ending, kind=_NAMES[kind])
        )
    if ending and kind != allowed[0]:
        return [
            _("The name ends in {ending}; the content was read as {kind}.").format(
                ending=ending, kind=_NAMES[kind]
            )
        ]
    return []


def _reader(kind: str) -> Reader:
    module, function = _READERS[kind].split(":")
    reader: Reader = getattr(importlib.import_module(f"qualcode.sources.{module}"), function)
    return reader
