"""Three versions brought together: what was written last, what stands there now, what would be written now.

Pieces (paragraphs, rows, cells) are known again by their words, never by a number: who moves, copies or
retypes one has changed no mark that a program keeps. A word may be any text that is the same for the same word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

NUMBER, SIGN = "#", "_"
"""What the words begin with that are numbers (they change from day to day), and those that are blanks or signs."""

_WEIGHTS = {NUMBER: 0.2, SIGN: 0.05}  # of words that tell little of what a piece is; of others 1
_ALIKE = 0.5
_SAME_NAME = 0.8
_ALIKE_BETWEEN = 0.25  # enough between two pieces that are known
_MOST_COMPARED = 60_000  # pairs of pieces; beyond that only those near each other
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, row, cell or table: its kind, its words, and those it is known by (of a row: its first cell)."""

    kind: str
    words: tuple[str, ...]
    name: tuple[str, ...] = ()


class Woven(NamedTuple):
    """A piece of what comes of it: its places in what was written, what is there now, and what is new."""

    old: int | None = None
    here: int | None = None
    new: int | None = None


class WordsChange(NamedTuple):
    """Words `start:end` of what is there now become `new_start:new_end` of what is new.

    `theirs`: somebody changed the same words, so that both must stand.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    theirs: bool = False


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of the words of two pieces is the same, 0 to 1 (Dice's coefficient; figures and signs count little)."""
    return _alike(_Weighed(one), _Weighed(other))


class _Weighed:
    """Words counted, and what they weigh together."""

    def __init__(self, words: Sequence[str]) -> None:
        self.counts = Counter(words)
        self.weight = sum(n * _WEIGHTS.get(word[:1], 1) for word, n in self.counts.items())


def _alike(one: _Weighed, other: _Weighed) -> float:
    if not one.weight or not other.weight:
        return float(not one.weight and not other.weight)
    few, many = sorted((one.counts, other.counts), key=len)
    shared = ((min(n, many[word]), _WEIGHTS.get(word[:1], 1)) for word, n in few.items() if word in many)
    return 2 * sum(n * weight for n, weight in shared) / (one.weight + other.weight)


def pair(old: Sequence[Piece], other: Sequence[Piece], *, in_order: bool = False) -> dict[int, int]:
    """Which piece of `old` is which of `other`: first the same ones, wherever they went, then those most alike.

    `in_order`: if as many are left on both sides, they are taken for each other, as cells of a row are.
    """
    found: dict[int, int] = {}
    for a, b, size in SequenceMatcher(None, old, other, autojunk=False).get_matching_blocks():
        found |= {a + n: b + n for n in range(size)}
    left, free = _left(old, other, found)
    places: dict[Piece, list[int]] = {}
    for n in free:
        places.setdefault(other[n], []).append(n)
    for n in left:
        if any(word[:1] not in _WEIGHTS for word in old[n].words) and places.get(old[n]):
            found[n] = places[old[n]].pop(0)
    left, free = _left(old, other, found)
    scores = sorted(_scores(old, other, left, free, dict(found)), reverse=True)
    taken: set[int] = set()
    for _score, _distance, n, m in scores:
        if n not in found and m not in taken:
            found[n] = m
            taken.add(m)
    left, free = _left(old, other, found)
    if in_order and len(left) == len(free):
        found |= {n: m for n, m in zip(left, free, strict=True) if old[n].kind == other[m].kind}
    return found


def _left(
    old: Sequence[Piece], other: Sequence[Piece], found: Mapping[int, int]
) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return [n for n in range(len(old)) if n not in found], [n for n in range(len(other)) if n not in taken]


def _scores(
    old: Sequence[Piece], other: Sequence[Piece], left: list[int], free: list[int], known: Mapping[int, int]
) -> Iterator[tuple[float, float, int, int]]:
    """How alike pieces are that may be the same one: (likeness, minus how far apart, place, place).

    To stand beside one that is known speaks for it.
    """
    all_ = len(left) * len(free) <= _MOST_COMPARED
    weighed = {m: (_Weighed(other[m].words), _Weighed(other[m].name)) for m in free}
    for a, n in enumerate(left):
        words, name = _Weighed(old[n].words), _Weighed(old[n].name)
        near = range(len(free)) if all_ else range(max(0, a - _NEAR), min(len(free), a + _NEAR + 1))
        for b in near:
            m = free[b]
            if old[n].kind == other[m].kind:
                whole = _alike(words, weighed[m][0]) if words.counts else 0.0
                named = _alike(name, weighed[m][1]) if name.counts else 0.0
                beside = (known.get(n - 1) == m - 1) + (known.get(n + 1) == m + 1)
                held = beside == 2 and max(whole, named) > _ALIKE_BETWEEN
                if whole >= _ALIKE or named >= _SAME_NAME or held:
                    yield whole + named + beside / 2, -abs(a / len(left) - b / len(free)), n, m


def weave(here: int, new: int, here_of: Mapping[int, int], new_of: Mapping[int, int]) -> list[Woven]:
    """The pieces in the order in which they are to stand; `here_of` and `new_of` say where each old one is.

    The new order holds, unless somebody moved pieces: then theirs. What people put between stays behind
    the piece that it stood behind. What they took out is not in the list.
    """
    old_of = {place: old for old, place in here_of.items()}
    head: list[Woven] = []
    groups: dict[int, list[Woven]] = {}
    current = head
    for place in range(here):
        old = old_of.get(place)
        goal = new_of.get(old) if old is not None else None
        if goal is not None:
            current = groups[goal] = []
        current.append(Woven(old, place, goal))
    order = [group[0].old or 0 for group in groups.values()]
    taken_out = {goal for old, goal in new_of.items() if old not in here_of}
    arranged = list(groups) if order != sorted(order) else sorted(groups)
    for goal in range(new):
        if goal not in groups and goal not in taken_out:
            before = [n for n, known in enumerate(arranged) if known < goal]
            at = max(before, key=lambda n: arranged[n], default=-1) + 1
            arranged.insert(at, goal)
            groups[goal] = [Woven(None, None, goal)]
    return [*head, *(step for goal in arranged for step in groups[goal])]


def changes(old: Sequence[str], here: Sequence[str], new: Sequence[str]) -> list[WordsChange]:
    """What must become of the words that stand there, so that they say what is new beside what people changed."""
    places = _stretches(old, here)
    found = []
    for same, i, j, start, end in _stretches(old, new):
        if same:
            continue
        low, high, theirs = _where(i, j, places)
        if theirs and list(here[low:high]) == list(new[start:end]):
            continue  # somebody wrote the same
        found.append(WordsChange(low, high, start, end, theirs))
    return found


class _Stretch(NamedTuple):
    """Words `i:j` of one are words `k:m` of another: the same ones, or put in their place."""

    same: bool
    i: int
    j: int
    k: int
    m: int


def _stretches(one: Sequence[str], other: Sequence[str]) -> list[_Stretch]:
    """Where two differ and where not; a blank between two changes belongs to the change."""
    found: list[_Stretch] = []
    for tag, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        same = tag == "equal"
        between = same and i > 0 and j < len(one) and all(word[:1] == SIGN for word in one[i:j])
        if found and not found[-1].same and (between or not same):
            found[-1] = found[-1]._replace(j=j, m=m)
        else:
            found.append(_Stretch(same, i, j, k, m))
    return found


def _where(i: int, j: int, places: Sequence[_Stretch]) -> tuple[int, int, bool]:
    """Where the old words `i:j` stand now, and whether somebody changed among them."""
    low: int | None = None
    high, theirs = 0, False
    for same, a, b, c, d in places:
        within = (a < j and b > i) if i < j else (a < i < b)
        touched = within or (i < j and a == b and i < a < j)
        if not same and touched:
            theirs = True
            low, high = (c if low is None else low), d
        elif same and touched:
            low = c + max(i - a, 0) if low is None else low
            high = c + min(j, b) - a
    if low is None:  # words put in at an edge: behind the word before them
        low = high = next((d for _same, _a, b, _c, d in places if b == i and i), 0)
    return low, high, theirs
