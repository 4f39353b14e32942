"""The sentences of a file that is in no project yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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
    intake = Intake(path)
    spoken = intake.spoken(language)
    has_speakers = any(turn.speaker for turn in intake.turns)
    if has_speakers or path.suffix.lower() not in _PLAIN:
        text, stretches = intake.text, [turn.span for turn in intake.turns]
    else:
        text = normal(decode(path.read_bytes())[0])
        stretches = [Span(0, len(text))]
    spans = (
        Span(stretch.start + start, stretch.start + end)
        for stretch in stretches
        for start, end in sentences(stretch.of(text), spoken)
    )
    return FileSentences(text, tuple(span for span in spans if span.of(text).strip()), has_speakers)
