"""A project as it travels: what files of REFI-QDA, QualCoder and Taguette hold, in our own nouns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qualcode.i18n import _
from qualcode.model import Case, Code, Codebook, Coder, Coding, Memo, Role, Turn


@dataclass(frozen=True, slots=True)
class TravellingText:
    """An interview on its way. `turns` are empty if nobody told them; `case` is a case's label.

    `times` are moments of the recording (milliseconds) at places in the text, as far as there are turns to find.
    """

    id: str
    name: str
    text: str
    turns: tuple[Turn, ...] = ()
    case: str = ""
    informant: Role | None = None
    language: str = "nl"
    source: str = ""
    times: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TravellingTheme:
    """A theme: its title, what is said of it, and the ids of its codes."""

    id: str
    title: str
    text: str = ""
    codes: tuple[str, ...] = ()


@dataclass(slots=True)
class Notices:
    """What to tell people about a file: kinds of things that were left out, counted, and single things.

    `listed` holds at most `most` lines per kind, so that a broken file does not fill the screen.
    """

    most: int = 20
    counts: Counter[str] = field(default_factory=Counter)
    listed: dict[str, list[str]] = field(default_factory=dict)

    def count(self, kind: str, n: int = 1, what: str = "") -> None:
        """Note `n` things of a kind (a phrase in the language in use); `what` names one of them."""
        if not n:
            return
        self.counts[kind] += n
        lines = self.listed.setdefault(kind, [])
        if what and len(lines) < self.most:
            lines.append(what)

    def lines(self) -> list[str]:
        """One line per kind, with its examples under it."""
        lines = []
        for kind, n in self.counts.items():
            lines.append(_("{what}: {n}").format(what=kind, n=n))
            lines += [f"    {line}" for line in self.listed[kind]]
            if self.listed[kind] and n > len(self.listed[kind]):
                lines.append("    …")
        return lines


@dataclass(slots=True)
class Bundle:
    """Everything that travels. Codings and memos go by the ids of the other parts.

    `fit` says in words how positions were understood; `lost` what the file has and we cannot
    keep, or we have and the file cannot; `done` are pairs of text id and coder id.
    """

    title: str
    origin: str = ""
    coders: list[Coder] = field(default_factory=list)
    codebook: Codebook = field(default_factory=lambda: Codebook(""))
    cases: list[Case] = field(default_factory=list)
    texts: list[TravellingText] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    themes: list[TravellingTheme] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    fit: str = ""
    lost: Notices = field(default_factory=Notices)

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes of the codebook."""
        return self.codebook.codes


def unique_names(things: Iterable[tuple[str, str]], fallback: str) -> Mapping[str, str]:
    """For each (id, name) a name that no other has, regardless of capitals; without a name `fallback`."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for thing, name in things:
        bare = " ".join(name.split()) or fallback
        free, n = bare, 1
        while free.casefold() in taken:
            n += 1
            free = f"{bare}-{n}"
        taken.add(free.casefold())
        found[thing] = free
    return found
