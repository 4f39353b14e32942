"""The sentences of a file that is in no project yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import InputError
from qualcode.language.sentences import sentences
from qualcode.sources.decode import decode
from qualcode.tasks.intake import Intake
from qualcode.text.normal import normal
from qualcode.text.spans import Span

_PLAIN = {".txt", ".text", ".md", ".markdown"}


@dataclass(frozen=True, slots=True)
class FileSentences:
    """Sentences by their places in `text`. With speakers, that is the text a project keeps; else the file's own."""

    text: str
    spans: tuple[Span, ...]
    has_speakers: bool


def sentences_of(path: Path, language: str = "") -> FileSentences:
    """Find the sentences of a file of any kind that can be taken in. Raises `InputError` in words."""
    try:
        intake = Intake(path)
    except InputError:
        text = _text_of(path)
        if not text.strip():
            raise
        return _found(text, [Span(0, len(text))], language or "nl", has_speakers=False)
    spoken = intake.spoken(language)
    if any(turn.speaker for turn in intake.turns):
        return _found(intake.text, [turn.span for turn in intake.turns], spoken, has_speakers=True)
    text = _text_of(path) or intake.text
    return _found(text, [Span(0, len(text))], spoken, has_speakers=False)


def _text_of(path: Path) -> str:
    """The text of a plain file in its normal form; empty for files of other kinds."""
    if path.suffix.lower() not in _PLAIN or not path.is_file():
        return ""
    return normal(decode(path.read_bytes())[0])


def _found(text: str, stretches: Sequence[Span], language: str, *, has_speakers: bool) -> FileSentences:
    spans = (
        Span(stretch.start + start, stretch.start + end)
        for stretch in stretches
        for start, end in sentences(stretch.of(text), language)
    )
    return FileSentences(text, tuple(span for span in spans if span.of(text).strip()), has_speakers)
