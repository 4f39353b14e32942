"""Counts of passages in two directions: code by case, by informant, by place in the interview, by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import comb
from typing import Literal

from qualcode.analysis.facts import UNKNOWN, Grouping
from qualcode.analysis.quotes import passages
from qualcode.model import Code, Coding, Role, Transcript, in_order, wide
from qualcode.text.spans import Span

Direction = Literal["case", "role", "person", "transcript", "position"]
PARTS = 5  # the interview in fifths: from its beginning to its end


@dataclass(frozen=True)
class Matrix:
    """A table of counts. `rows` and `columns` are (key, label); `cells[row key, column key]` holds
    the codings themselves, so that each count can be opened. Counted are passages: what two coders
    marked at the same place is one.
    """

    rows: tuple[tuple[Hashable, str], ...]
    columns: tuple[tuple[Hashable, str], ...]
    cells: Mapping[tuple[Hashable, Hashable], tuple[Coding, ...]]

    @cached_property
    def counts(self) -> Mapping[tuple[Hashable, Hashable], int]:
        """Number of distinct passages in each cell that holds any."""
        return {key: len(passages(cell)) for key, cell in self.cells.items()}

    def count(self, row: Hashable, column: Hashable) -> int:
        """Number of distinct passages in a cell."""
        return self.counts.get((row, column), 0)

    @property
    def highest(self) -> int:
        """The largest count: the dark end of a heat map."""
        return max(self.counts.values(), default=0)


def matrix(
    codes: Sequence[Code],
    codings: Iterable[Coding],
    transcripts: Sequence[Transcript],
    direction: Direction,
    *,
    themes: bool = False,
) -> Matrix:
    """Codes (or, with `themes`, top codes with what lies under them) against cases, people or places."""
    row_of = top_codes(codes) if themes else {code.id: code.id for code in codes}
    at = {transcript.id: transcript for transcript in transcripts}
    codings = list(codings)
    column_of, columns = _columns(transcripts, direction, codings)
    cells: dict[tuple[Hashable, Hashable], list[Coding]] = {}
    for coding in codings:
        transcript = at.get(coding.transcript_id)
        if transcript is not None and coding.code_id in row_of:
            key = (row_of[coding.code_id], column_of(transcript, coding))
            cells.setdefault(key, []).append(coding)
    shown = [code for code in codes if row_of[code.id] == code.id]
    return Matrix(
        tuple((code.id, str(code.name)) for code in shown),
        tuple(columns),
        {key: tuple(found) for key, found in cells.items()},
    )


def matrix_by_group(
    codes: Sequence[Code], codings: Iterable[Coding], transcripts: Sequence[Transcript], grouping: Grouping
) -> Matrix:
    """Codes against the groups that interviews belong to; one of two groups counts in both."""
    known = {code.id for code in codes}
    groups = {transcript.id: grouping.of(transcript.id) for transcript in transcripts}
    cells: dict[tuple[Hashable, Hashable], list[Coding]] = {}
    for coding in codings:
        if coding.code_id in known:
            for group in groups.get(coding.transcript_id, ()):
                cells.setdefault((coding.code_id, group), []).append(coding)
    used = {group for own in groups.values() for group in own}
    columns = [label for label in (*grouping.labels, UNKNOWN) if label in used]
    return Matrix(
        tuple((code.id, str(code.name)) for code in codes),
        tuple((label, label) for label in columns),
        {key: tuple(found) for key, found in cells.items()},
    )


def top_codes(codes: Iterable[Code]) -> dict[str, str]:
    """For every code (id) the top code it lies under; a top code is its own."""
    root: dict[str, str] = {}
    for code in codes:  # parents come before their children
        root[code.id] = root.get(code.parent_id or "", code.id)
    return root


def _columns(
    transcripts: Sequence[Transcript], direction: Direction, codings: Sequence[Coding]
) -> tuple[Callable[[Transcript, Coding], Hashable], list[tuple[Hashable, str]]]:
    if direction == "case":
        labels = dict.fromkeys(t.case for t in transcripts)
        return lambda t, _c: t.case, [(label, label or "–") for label in labels]
    if direction == "role":
        at = {t.id: t for t in transcripts}
        coded = {wide(at[c.transcript_id].role_in(c.span)) for c in codings if c.transcript_id in at}
        roles = in_order(coded.union(*({wide(role) for role in t.roles} for t in transcripts)))
        return lambda t, c: wide(t.role_in(c.span)), [(role, role.label if role else "–") for role in roles]
    if direction == "person":
        several = {t.id for t in transcripts if t.has_several}

        def person_of(transcript: Transcript, span: Span) -> _Person:
            turn = transcript.turn_in(span) if transcript.id in several else None
            label = transcript.person_of(turn) if turn else ""
            return transcript.case or transcript.name, transcript.role_in(span), label

        people = _in_cases({person_of(t, turn.span) for t in transcripts for turn in t.turns})
        return lambda t, c: person_of(t, c.span), [(person, _person_words(*person)) for person in people]
    if direction == "transcript":
        return lambda t, _c: t.id, [(t.id, t.name) for t in transcripts]
    parts: list[tuple[Hashable, str]] = [
        (n, f"{100 * n // PARTS}–{100 * (n + 1) // PARTS} %") for n in range(PARTS)
    ]
    return lambda t, c: min(PARTS - 1, PARTS * c.start // max(1, len(t.text))), parts


_Person = tuple[str, Role | None, str]
"""A case, a role, and the label of who has it, where an interview has several."""


def _in_cases(people: Collection[_Person]) -> list[_Person]:
    """People case by case, in the order of their roles: the interviewers last."""
    roles = {role: n for n, role in enumerate(in_order(role for _case, role, _label in people))}
    return sorted(people, key=lambda person: (person[0], roles[person[1]], person[2]))


def _person_words(case: str, role: Role | None, label: str) -> str:
    words = f"{case} {role.label if role else '–'}"
    return f"{words} ({label})" if label else words


def co_occurrence(codes: Sequence[Code], codings: Iterable[Coding]) -> Counter[tuple[str, str]]:
    """How often two different codes share at least one character in one transcript, by (code id, code id).

    Each pair of overlapping codings counts once, whoever made them; the pair stands in the order of `codes`.
    """
    order = {code.id: n for n, code in enumerate(codes)}
    per_transcript: dict[str, list[tuple[int, int, int]]] = {}
    for coding in codings:
        if coding.code_id in order:
            here = per_transcript.setdefault(coding.transcript_id, [])
            here.append((coding.start, coding.end, order[coding.code_id]))
    pairs: Counter[tuple[int, int]] = Counter()
    for here in per_transcript.values():
        here.sort()
        pairs.update(_meetings(here))
    return Counter({(codes[a].id, codes[b].id): n for (a, b), n in pairs.items()})


def _meetings(stretches: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Each pair of different codes of stretches (start, end, code), in order of start, that overlap."""
    open_: list[tuple[int, int]] = []
    for start, end, code in stretches:
        open_ = [other for other in open_ if other[0] > start]
        for _end, other_code in open_:
            if other_code != code:
                yield (code, other_code) if code < other_code else (other_code, code)
        open_.append((end, code))


def first_seen(
    codes: Sequence[Code], codings: Iterable[Coding], transcripts: Sequence[Transcript]
) -> dict[str, int]:
    """For each code id used, the number (from 1, in the order given) of the transcript where it first appeared.

    Saturation: once the later transcripts bring no new codes, there is little new to hear.
    """
    number = {transcript.id: n for n, transcript in enumerate(transcripts, 1)}
    known = {code.id for code in codes}
    first: dict[str, int] = {}
    for coding in codings:
        n = number.get(coding.transcript_id)
        if n is not None and coding.code_id in known:
            first[coding.code_id] = min(n, first.get(coding.code_id, n))
    return first


def seen_over_orders(codings: Iterable[Coding], interviews: int) -> list[float]:
    """How many codes were seen after 1, 2 … `interviews`, on the average over all orders they can be read in.

    Σ 1 − C(N − m, n)/C(N, n), where a code stands in m of the N interviews (Hurlbert 1971, Ecology 52:577).
    """
    where: dict[str, set[str]] = {}
    for coding in codings:
        where.setdefault(coding.code_id, set()).add(coding.transcript_id)
    counts = [len(found) for found in where.values()]
    return [
        sum(1 - comb(interviews - m, n) / comb(interviews, n) for m in counts)
        for n in range(1, interviews + 1)
    ]
