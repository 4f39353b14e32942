"""Every coding of two coders, each in exactly one kind of agreement or difference.

Codings of the same code are paired one to one first, then what is left is laid over
the other codes. The pairs are those of span F1, so the counts add up with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qualcode.agreement.matching import iou, overlapping, pair_up
from qualcode.agreement.readings import Mark, TwoReadings
from qualcode.agreement.value import Reason, Value, ratio
from qualcode.i18n import N_, Labelled, _
from qualcode.model import lies_below
from qualcode.text.spans import Span

AGREED_FROM = 0.9
CLOSE_FROM = 0.5


class DifferenceKind(Labelled):
    """How two readings of a passage relate."""

    AGREED = "agreed", N_("agreed")
    EDGES = "edges", N_("other edges")
    SPLIT = "split", N_("split or joined")
    OTHER_CODE = "other-code", N_("other code")
    EXTRA_CODE = "extra-code", N_("extra code")
    ONLY_A = "only-a", N_("only A")
    ONLY_B = "only-b", N_("only B")

    def named(self, coders: Sequence[str]) -> str:
        """The kind with the name of the coder instead of A or B."""
        if self in (DifferenceKind.ONLY_A, DifferenceKind.ONLY_B):
            return _("only {coder}").format(coder=coders[0] if self is DifferenceKind.ONLY_A else coders[1])
        return self.label

    @property
    def words(self) -> str:
        """What it means, in one sentence."""
        return _(_WORDS[self])


_WORDS = {
    DifferenceKind.AGREED: N_("The same code on the same passage."),
    DifferenceKind.EDGES: N_("The same code, but the passage starts or ends elsewhere."),
    DifferenceKind.SPLIT: N_("The same code, one passage for the one and several for the other."),
    DifferenceKind.OTHER_CODE: N_("The same passage, another code."),
    DifferenceKind.EXTRA_CODE: N_("A passage you agree on got one more code from one of you."),
    DifferenceKind.ONLY_A: N_("Only A marked this passage."),
    DifferenceKind.ONLY_B: N_("Only B marked this passage."),
}


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """When other edges are taken as agreed: IoU of at least `iou`, or both ends within `characters`."""

    iou: float = AGREED_FROM
    characters: int = 0

    def agrees(self, a: Span, b: Span) -> bool:
        """Whether the two count as the same passage."""
        near = max(abs(a.start - b.start), abs(a.end - b.end)) <= self.characters
        return near or iou(a, b) >= self.iou


CUSTOMARY_RULE = EdgeRule()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two readings meet: the marks of A and of B that belong to it.

    `iou` is that of the best pair in it (0 where one side is empty); `close` counts
    its same-code pairs with IoU ≥ .5, `paired` all of them. `related`: of two codes, one stands above the other in
    the codebook. `beside`: for an extra code, the codes agreed on for that passage.
    """

    kind: DifferenceKind
    document: str
    a: tuple[Mark, ...]
    b: tuple[Mark, ...]
    iou: float = 0.0
    close: int = 0
    paired: int = 0
    related: bool = False
    beside: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """From the first to the last character of it, in the compared text."""
        marks = self.a + self.b
        return Span(min(mark.start for mark in marks), max(mark.end for mark in marks))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes it is about, sorted: one, or the pair that keeps meeting."""
        return tuple(sorted({mark.code for mark in self.a + self.b} | set(self.beside)))

    @property
    def agreed(self) -> bool:
        """Whether there is nothing to talk about."""
        return self.kind is DifferenceKind.AGREED

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""

        def listed(marks: tuple[Mark, ...]) -> list[dict[str, Any]]:
            return [{"id": m.id, "code": m.code, "start": m.start, "end": m.end} for m in marks]

        return {
            "type": self.kind.value,
            "transcript": self.document,
            "a": listed(self.a),
            "b": listed(self.b),
            "iou": self.iou,
            "codes": list(self.codes),
            "related": self.related,
            "beside": list(self.beside),
        }


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The kinds counted, and how they add up to the codings and to span F1.

    `places[kind]` counts differences, `of_a` and `of_b` the codings in them.
    """

    codings_a: int
    codings_b: int
    places: Mapping[DifferenceKind, int]
    of_a: Mapping[DifferenceKind, int]
    of_b: Mapping[DifferenceKind, int]
    close: int
    paired: int

    @property
    def f1(self) -> Value:
        """Span F1 at IoU ≥ .5: 2·close / (codings of A + of B)."""
        return ratio(2 * self.close, self.codings_a + self.codings_b, Reason.UNUSED)

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "codings_a": self.codings_a,
            "codings_b": self.codings_b,
            "types": {
                kind.value: {"places": self.places[kind], "a": self.of_a[kind], "b": self.of_b[kind]}
                for kind in DifferenceKind
            },
            "matched": self.close,
            "f1": self.f1.value,
        }


def reconcile(differences: Iterable[Difference]) -> Reconciliation:
    """Count the kinds. Every coding stands in one difference, so the columns add up to all codings."""
    places: Counter[DifferenceKind] = Counter()
    of_a: Counter[DifferenceKind] = Counter()
    of_b: Counter[DifferenceKind] = Counter()
    close = paired = 0
    for difference in differences:
        places[difference.kind] += 1
        of_a[difference.kind] += len(difference.a)
        of_b[difference.kind] += len(difference.b)
        close += difference.close
        paired += difference.paired
    return Reconciliation(of_a.total(), of_b.total(), places, of_a, of_b, close, paired)


def differences(
    readings: Iterable[TwoReadings],
    parents: Mapping[str, str | None] | None = None,
    rule: EdgeRule = CUSTOMARY_RULE,
) -> list[Difference]:
    """All agreements and differences, in order of document and place.

    `parents` gives for a code the one above it in the codebook. `rule` says which other
    edges are taken as agreed. Raises `matching.TooDenseError` when too many codings lie over
    each other in one transcript.
    """
    found: list[Difference] = []
    for reading in readings:
        sorting = _Sorting(reading, parents or {}, rule)
        found += sorted(sorting.differences(), key=lambda difference: difference.span)
    return found


def related(first: str, second: str, parents: Mapping[str, str | None]) -> bool:
    """Whether one of two different codes stands, at any height, above the other."""
    return first != second and (lies_below(second, first, parents) or lies_below(first, second, parents))


@dataclass(slots=True)
class _Place:
    """A same-code difference in the making: indices of marks, and the IoU of its pair."""

    a: list[int]
    b: list[int]
    iou: float


@dataclass(slots=True)
class _Sorting:
    """Sorts the marks of one document into kinds."""

    reading: TwoReadings
    parents: Mapping[str, str | None]
    rule: EdgeRule
    places: list[_Place] = field(default_factory=list)
    place_of: tuple[dict[int, int], dict[int, int]] = field(default_factory=lambda: ({}, {}))

    def differences(self) -> list[Difference]:
        a, b = self.reading.a, self.reading.b
        for of_a, of_b in self._by_code():
            self._pair(of_a, of_b)
        found = [self._same_code(place) for place in self.places]
        left_a = [i for i in range(len(a)) if i not in self.place_of[0]]
        left_b = [j for j in range(len(b)) if j not in self.place_of[1]]
        return found + self._across_codes(left_a, left_b)

    def _by_code(self) -> Iterable[tuple[list[int], list[int]]]:
        groups: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, marks in enumerate((self.reading.a, self.reading.b)):
            for i, mark in enumerate(marks):
                groups[mark.code][side].append(i)
        return groups.values()

    def _pair(self, of_a: list[int], of_b: list[int]) -> None:
        """Pair the marks of one code; a left-over over a pair with other edges makes it a split."""
        if not of_a or not of_b:
            return
        spans_a = [self.reading.a[i].span for i in of_a]
        spans_b = [self.reading.b[j].span for j in of_b]
        for score, i, j in pair_up(spans_a, spans_b):
            self._place(_Place([of_a[i]], [of_b[j]], score))
        near: list[tuple[float, Span, Span, int, int]] = []
        for i, j in overlapping(spans_a, spans_b):
            if (of_a[i] in self.place_of[0]) != (of_b[j] in self.place_of[1]):
                low, high = sorted((spans_a[i], spans_b[j]))
                near.append((-iou(spans_a[i], spans_b[j]), low, high, of_a[i], of_b[j]))
        for _minus, _low, _high, i, j in sorted(near):
            self._join(i, j)

    def _join(self, i: int, j: int) -> None:
        """Add the one of two overlapping marks that is still free to the place of the other."""
        of_a, of_b = self.place_of
        if i in of_a and j in of_b:
            return
        at = of_a[i] if i in of_a else of_b[j]
        place = self.places[at]
        if self._agrees(place):
            return
        if i in of_a:
            place.b.append(j)
            of_b[j] = at
        else:
            place.a.append(i)
            of_a[i] = at

    def _place(self, place: _Place) -> None:
        for side, marks in enumerate((place.a, place.b)):
            for i in marks:
                self.place_of[side][i] = len(self.places)
        self.places.append(place)

    def _agrees(self, place: _Place) -> bool:
        return len(place.a) == len(place.b) == 1 and self.rule.agrees(
            self.reading.a[place.a[0]].span, self.reading.b[place.b[0]].span
        )

    def _same_code(self, place: _Place) -> Difference:
        alone = len(place.a) == len(place.b) == 1
        kind = (
            DifferenceKind.AGREED
            if self._agrees(place)
            else DifferenceKind.EDGES
            if alone
            else DifferenceKind.SPLIT
        )
        return Difference(
            kind=kind,
            document=self.reading.document,
            a=tuple(self.reading.a[i] for i in sorted(place.a)),
            b=tuple(self.reading.b[j] for j in sorted(place.b)),
            iou=place.iou,
            close=int(place.iou >= CLOSE_FROM),
            paired=1,
        )

    def _across_codes(self, left_a: list[int], left_b: list[int]) -> list[Difference]:
        """Left-overs: best overlap first, with another code across, or beside an agreed passage."""
        free = ({i: self.reading.a[i] for i in left_a}, {j: self.reading.b[j] for j in left_b})
        across = [
            (-iou(self.reading.a[left_a[i]].span, self.reading.b[left_b[j]].span), 0, left_a[i], left_b[j])
            for i, j in overlapping(
                [self.reading.a[i].span for i in left_a], [self.reading.b[j].span for j in left_b]
            )
        ]
        beside = [entry for side in (0, 1) for entry in self._beside(side, free[side])]
        found = []
        for minus, role, i, at in sorted(across + beside):
            if role == 0:
                if i in free[0] and at in free[1]:
                    found.append(self._other_code(free[0].pop(i), free[1].pop(at), -minus))
            elif i in free[role - 1]:
                found.append(self._extra_code(role - 1, free[role - 1].pop(i), self.places[at]))
        for side, kind in enumerate((DifferenceKind.ONLY_A, DifferenceKind.ONLY_B)):
            found += [self._single(kind, side, mark) for mark in free[side].values()]
        return found

    def _beside(self, side: int, free: Mapping[int, Mark]) -> list[tuple[float, int, int, int]]:
        """Free marks on the same passage as a pair of the other code: (−IoU, 1 + side, mark, place)."""
        own = (self.reading.a, self.reading.b)[side]
        marks = [(place[side][0], at) for at, place in enumerate((p.a, p.b) for p in self.places)]
        keys = list(free)
        spans = [free[i].span for i in keys]
        passages = [own[i].span for i, _at in marks]
        found = []
        for i, j in overlapping(spans, passages):
            score = iou(spans[i], passages[j])
            if score >= CLOSE_FROM and own[keys[i]].code != own[marks[j][0]].code:
                found.append((-score, 1 + side, keys[i], marks[j][1]))
        return found

    def _other_code(self, a: Mark, b: Mark, score: float) -> Difference:
        return Difference(
            DifferenceKind.OTHER_CODE,
            self.reading.document,
            (a,),
            (b,),
            iou=score,
            related=related(a.code, b.code, self.parents),
        )

    def _extra_code(self, side: int, mark: Mark, place: _Place) -> Difference:
        code = self.reading.a[place.a[0]].code
        single = self._single(DifferenceKind.EXTRA_CODE, side, mark)
        return Difference(
            single.kind,
            single.document,
            single.a,
            single.b,
            related=related(mark.code, code, self.parents),
            beside=(code,),
        )

    def _single(self, kind: DifferenceKind, side: int, mark: Mark) -> Difference:
        return Difference(kind, self.reading.document, () if side else (mark,), (mark,) if side else ())
