"""One case, its informants side by side: what each says on a theme, and who is silent on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.themes import ArrangedTheme, Fragment
from qualcode.model import Transcript


@dataclass(frozen=True, slots=True)
class Voices:
    """A theme in one case: per transcript id the fragments; those without any are silent on it."""

    theme: ArrangedTheme
    said: Mapping[str, tuple[Fragment, ...]]

    @property
    def silent(self) -> tuple[str, ...]:
        """The transcripts (ids) in which nothing was coded for the theme."""
        return tuple(transcript for transcript, found in self.said.items() if not found)

    @property
    def spoken(self) -> bool:
        """Whether anyone speaks of it."""
        return any(self.said.values())


def voices(themes: Sequence[ArrangedTheme], transcripts: Sequence[Transcript]) -> list[Voices]:
    """Each theme laid beside the transcripts of one case."""
    return [
        Voices(
            theme,
            {
                transcript.id: tuple(f for f in theme.fragments if f.quote.transcript.id == transcript.id)
                for transcript in transcripts
            },
        )
        for theme in themes
    ]
