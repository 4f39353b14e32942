"""Replacing: a text and its turns with pseudonyms for names, every position carried along exactly."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import cached_property
from typing import NamedTuple

from qualcode.model import Turn


class Replacement(NamedTuple):
    """`text[start:end]` becomes `words`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class NameDecisions:
    """What was decided: stretches of the text, and names (any form) wherever else they stand."""

    replacements: tuple[Replacement, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        ordered = sorted((name for name in self.names if name), key=len, reverse=True)
        if not ordered:
            return None
        alternatives = "|".join(r"[\s_.-]+".join(map(re.escape, name.split())) for name in ordered)
        return re.compile(rf"(?<![^\W\d_])(?:{alternatives})(?![^\W\d_])", re.IGNORECASE)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_loose(name): pseudonym for name, pseudonym in self.names.items()}

    def in_words(self, words: str) -> str:
        """A label, a title or the name of a file, with pseudonyms for the names in it."""
        if self._pattern is None:
            return words
        return self._pattern.sub(lambda found: self._folded[_loose(found[0])], words)


def _loose(name: str) -> str:
    return re.sub(r"[\s_.-]+", " ", name).casefold()


def replace(text: str, turns: Sequence[Turn], decisions: NameDecisions) -> tuple[str, tuple[Turn, ...]]:
    """The text and the turns with pseudonyms for names, in the words as well as in the speaker labels.

    A turn holds the same words as before, whatever their length. `ValueError` if replacements
    overlap, lie outside the text or across the edge of a turn.
    """
    ordered = sorted(decisions.replacements)
    _check(text, turns, ordered)
    pieces: list[str] = []
    place = 0
    for one in ordered:
        pieces += [text[place : one.start], one.words]
        place = one.end
    pieces.append(text[place:])
    moved = _Moved(ordered)
    return "".join(pieces), tuple(
        changed(
            turn,
            start=moved(turn.start),
            end=moved(turn.end),
            speaker=decisions.in_words(turn.speaker),
        )
        for turn in turns
    )


class _Moved:
    """Where a position outside every replacement comes to lie."""

    def __init__(self, ordered: Sequence[Replacement]) -> None:
        self._ends = [one.end for one in ordered]
        self._shifts = [0]
        for one in ordered:
            self._shifts.append(self._shifts[-1] + len(one.words) - (one.end - one.start))

    def __call__(self, position: int) -> int:
        return position + self._shifts[bisect_right(self._ends, position)]


def _check(text: str, turns: Sequence[Turn], ordered: Sequence[Replacement]) -> None:
    end = 0
    for one in ordered:
        if one.start < end or one.start >= one.end or one.end > len(text):
            raise ValueError(f"replacement {one.start}–{one.end} overlaps another or lies outside the text")
        end = one.end
    for edge, one in _edges_inside(turns, ordered):
        raise ValueError(f"replacement {one.start}–{one.end} lies across the edge of a turn at {edge}")


def _edges_inside(turns: Sequence[Turn], ordered: Sequence[Replacement]) -> Iterable[tuple[int, Replacement]]:
    starts = [one.start for one in ordered]
    for edge in (edge for turn in turns for edge in (turn.start, turn.end)):
        index = bisect_right(starts, edge) - 1
        if index >= 0 and ordered[index].start < edge < ordered[index].end:
            yield edge, ordered[index]
