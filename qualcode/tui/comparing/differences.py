"""The differences of a comparison as one goes through them; knows no widget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from textual.content import Content

from qualcode.agreement.agenda import Effect
from qualcode.agreement.kinds import Difference, DifferenceKind
from qualcode.i18n import _, number
from qualcode.model import Code, Coding, Transcript
from qualcode.tasks.comparing.comparison import Comparison
from qualcode.tui.common.words import styled

SIGNS = {
    DifferenceKind.AGREED: "=",
    DifferenceKind.EDGES: "~",
    DifferenceKind.SPLIT: "~",
    DifferenceKind.OTHER_CODE: "≠",
    DifferenceKind.EXTRA_CODE: "≠",
    DifferenceKind.ONLY_A: "<",
    DifferenceKind.ONLY_B: ">",
}


class Differences:
    """All agreements and differences, the one at hand (`now`), and the code looked at (`only`)."""

    def __init__(self, comparison: Comparison, everything: Sequence[Difference]) -> None:
        self._comparison = comparison
        order = {transcript.id: n for n, transcript in enumerate(comparison.transcripts)}
        self._starts = {id(found): self._start(found) for found in everything}
        self._all = sorted(everything, key=lambda found: (order[found.document], self._starts[id(found)]))
        self._order = order
        self.now: Difference | None = None
        self.only: Code | None = None

    def codings(self, difference: Difference) -> tuple[list[Coding], list[Coding]]:
        """The codings of A and of B that it is about, at their places in the whole text."""
        known = self._comparison.codings
        return [known[mark.id] for mark in difference.a], [known[mark.id] for mark in difference.b]

    def start(self, difference: Difference) -> int:
        """Where it begins in the whole text."""
        return self._starts[id(difference)]

    def _start(self, difference: Difference) -> int:
        a, b = self.codings(difference)
        return min(coding.start for coding in (*a, *b))

    def of(self, transcript: Transcript) -> list[Difference]:
        """Those of one transcript (and of the code looked at), in the order of the text."""
        return [found for found in self._all if found.document == transcript.id and self._is_shown(found)]

    def open_in(self, transcript: Transcript) -> list[Difference]:
        """Those of one transcript to talk about."""
        return [found for found in self.of(transcript) if not found.agreed]

    def open_ones(self) -> list[Difference]:
        """All there is to talk about."""
        return [found for found in self._all if not found.agreed and self._is_shown(found)]

    def _is_shown(self, difference: Difference) -> bool:
        return self.only is None or self.only.id in difference.codes

    def neighbour(self, by: int, transcript: Transcript, offset: int) -> Difference | None:
        """The next (or previous) difference after the one at hand, else after a place."""
        waiting = self.open_ones()
        if self.now in waiting and self.now.document == transcript.id:
            place = waiting.index(self.now) + by
            return waiting[place] if 0 <= place < len(waiting) else None
        here = (self._order[transcript.id], offset)
        keys = [(self._order[found.document], self.start(found)) for found in waiting]
        if by > 0:
            return next((found for found, key in zip(waiting, keys, strict=True) if key >= here), None)
        return next(
            (found for found, key in zip(reversed(waiting), reversed(keys), strict=True) if key < here), None
        )

    def counts(self, transcript: Transcript) -> Counter[DifferenceKind]:
        """How many there are of each kind in one transcript."""
        return Counter(found.kind for found in self.of(transcript))

    def per_code(self) -> Counter[str]:
        """How many differences there are to talk about, per code id."""
        return Counter(code for found in self._all if not found.agreed for code in found.codes)

    def in_words(self, difference: Difference) -> Content:
        """What one difference is: its kind, and what each of the two did."""
        comparison = self._comparison
        waiting = self.open_ones()
        place = f"{waiting.index(difference) + 1}/{len(waiting)}  " if difference in waiting else ""
        sides = [
            styled((f"{coder.name}: ", "$ink-soft"), (self._names(marks), "bold"))
            for coder, marks in ((comparison.a, difference.a), (comparison.b, difference.b))
        ]
        return styled(
            (f"{SIGNS[difference.kind]} ", "bold $here"),
            (place, "$ink-soft"),
            (f"{kind_in_words(difference.kind, comparison)} · ", "bold"),
            sides[0],
            "  ",
            sides[1],
        )

    def effect_in_words(self, effects: Sequence[Effect]) -> Content:
        """How alpha of each code would change if both read it as the one, or as the other."""
        names = {code.id: code.mnemonic or code.slug for code in self._comparison.codes}
        told = [
            _("{code}: alpha {change_a} as {a} read it, {change_b} as {b} read it").format(
                code=names[effect.code],
                a=self._comparison.a.name,
                change_a=signed(effect.change("a")),
                b=self._comparison.b.name,
                change_b=signed(effect.change("b")),
            )
            for effect in effects
            if effect.now.defined
        ]
        return Content.styled(f"   {' · '.join(told)}" if told else "", "$ink-soft")

    def _names(self, marks: tuple[object, ...]) -> str:
        names = {code.id: str(code.name) or code.slug for code in self._comparison.codes}
        used = dict.fromkeys(getattr(mark, "code", "") for mark in marks)
        return ", ".join(names[code] for code in used) or "–"


def signed(change: float) -> str:
    """A change with its sign: "+0.031", "−0.004", "0.000"."""
    words = number(change, 3)
    return words if change <= 0 or float(f"{change:.3f}") == 0 else f"+{words}"


def kind_in_words(kind: DifferenceKind, comparison: Comparison) -> str:
    """The kind, with the names of the two where it is about one of them."""
    if kind is DifferenceKind.ONLY_A:
        return _("only {name}").format(name=comparison.a.name)
    if kind is DifferenceKind.ONLY_B:
        return _("only {name}").format(name=comparison.b.name)
    return kind.label


def kinds_in_words(counts: Mapping[DifferenceKind, int], comparison: Comparison) -> str:
    """The kinds that occur, with their signs and numbers."""
    parts = [
        f"{SIGNS[kind]} {kind_in_words(kind, comparison)} {counts[kind]}"
        for kind in DifferenceKind
        if counts.get(kind)
    ]
    return "   ".join(parts) or _("nothing coded")
