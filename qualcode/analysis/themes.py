"""Codings gathered into themes: each top code with what lies under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.quotes import Quote, quotes_of
from qualcode.model import Code, Coding, Role, Transcript


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme: its code, the codes under it, its quotes by informant role, and its counts.

    `counts` are numbers of codings per (role, coder id); `cases` the labels of the
    cases in which it was found.
    """

    code: Code
    below: tuple[Code, ...]
    quotes: Mapping[Role | None, tuple[Quote, ...]]
    counts: Mapping[tuple[Role | None, str], int]
    cases: tuple[str, ...]

    @property
    def total(self) -> int:
        """Number of codings."""
        return sum(self.counts.values())

    def of_coder(self, coder_id: str) -> int:
        """Number of codings of one coder."""
        return sum(n for (_role, coder), n in self.counts.items() if coder == coder_id)

    def of_role(self, role: Role | None) -> int:
        """Number of codings in the interviews with one kind of informant."""
        return sum(n for (where, _coder), n in self.counts.items() if where == role)


def theme_rows(
    codes: Sequence[Code], codings: Iterable[Coding], transcripts: Sequence[Transcript]
) -> list[ThemeRow]:
    """One row per top code, in the order of the codebook, also for themes without codings."""
    root = _roots(codes)
    at = {transcript.id: transcript for transcript in transcripts}
    per_root: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.code_id in root and coding.transcript_id in at:
            per_root.setdefault(root[coding.code_id], []).append(coding)
    rows = []
    for code in codes:
        if root[code.id] != code.id:
            continue
        below = tuple(c for c in codes if root[c.id] == code.id and c.id != code.id)
        rows.append(_row(code, below, per_root.get(code.id, []), at))
    return rows


def _roots(codes: Sequence[Code]) -> dict[str, str]:
    """For each code id that of the top code above it. Parents come before their children."""
    root: dict[str, str] = {}
    for code in codes:
        root[code.id] = root.get(code.parent_id or "", code.id)
    return root


def _row(
    code: Code, below: tuple[Code, ...], codings: Sequence[Coding], at: Mapping[str, Transcript]
) -> ThemeRow:
    quotes: dict[Role | None, list[Quote]] = {}
    for quote in quotes_of(codings, at):
        quotes.setdefault(quote.role, []).append(quote)
    counts = Counter((at[coding.transcript_id].informant, coding.coder_id) for coding in codings)
    here = {coding.transcript_id for coding in codings}
    cases = dict.fromkeys(at[t].case for t in at if t in here and at[t].case)
    return ThemeRow(
        code, below, {role: tuple(found) for role, found in quotes.items()}, dict(counts), tuple(cases)
    )


def roles_in(transcripts: Iterable[Transcript]) -> list[Role | None]:
    """The informant roles that occur, in their usual order; `None` (unknown) last."""
    found = {transcript.informant for transcript in transcripts}
    known: list[Role | None] = [role for role in Role if role in found]
    return known + ([None] if None in found else [])
