"""What reports are made of: the nouns of a project, gathered once, and how they are to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from qualcode.analysis.themes import ArrangedTheme, Fragment
from qualcode.model import Case, Code, Coder, Coding, Informant, Transcript

Naming = Literal["full", "short", "role"]


@dataclass(frozen=True, slots=True)
class Options:
    """How a document is made.

    `quotes` is how many per cell (0: all), first those somebody starred; `chosen`: only the
    starred ones. `by`: a theme's quotes lie beside each other per informant role, or below each
    other per case. `question`: the interviewer's words before a quote. `longest`: characters a
    quote may have. `naming`: an informant as "case 04, teacher, turn 12", as "04-teacher", or as
    "teacher" without the case.
    """

    language: str = "nl"
    quotes: int = 2
    chosen: bool = False
    by: Literal["role", "case"] = "role"
    question: bool = False
    longest: int = 600
    naming: Naming = "full"


@dataclass(frozen=True, slots=True)
class Material:
    """A project as reports see it. `coders` are those whose codings count.

    `everyone` are all coders by id; `quoted` the fragments that theme texts refer to, by handle;
    `sealed` names the interviews in which what others coded may not be seen yet.
    """

    title: str
    coders: tuple[Coder, ...]
    transcripts: tuple[Transcript, ...]
    codes: tuple[Code, ...]
    codings: tuple[Coding, ...]
    themes: tuple[ArrangedTheme, ...] = ()
    cases: tuple[Case, ...] = ()
    informants: tuple[Informant, ...] = ()
    everyone: Mapping[str, Coder] = field(default_factory=dict)
    quoted: Mapping[str, Fragment] = field(default_factory=dict)
    sealed: tuple[str, ...] = ()

    @property
    def people(self) -> dict[str, Coder]:
        """The coders whose codings count, by id."""
        return {coder.id: coder for coder in self.coders}
