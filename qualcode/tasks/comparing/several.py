"""More than two coders: alpha for all of them together, and every pair at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from qualcode.agreement.readings import Mark
from qualcode.agreement.result import Agreement
from qualcode.agreement.several import Histogram, alpha_of_coders, count_coders
from qualcode.agreement.value import Reason, Value, undefined
from qualcode.model import Code, Coder, Transcript
from qualcode.store.project import Project
from qualcode.tasks.comparing.agreement import agree, options_of
from qualcode.tasks.comparing.comparison import Comparison, compare, too_few


@dataclass(frozen=True, slots=True)
class CodeOfAll:
    """One code: how many characters 0, 1, … all coders gave it, and alpha of all together."""

    code: Code
    marked_by: Histogram
    alpha: Value

    @property
    def used(self) -> bool:
        """Whether anybody used it."""
        return any(self.marked_by[1:])

    def to_dict(self) -> dict[str, Any]:
        """Numbers and the reason for a missing one, for JSON."""
        return {
            "code": self.code.slug,
            "marked_by": list(self.marked_by),
            "alpha": self.alpha.value,
            "reasons": {"alpha": self.alpha.words} if self.alpha.reason else {},
        }


@dataclass(frozen=True, slots=True)
class Several:
    """What several coders agree on.

    `transcripts` are those that all have finished, `left_out` the others. A pair is compared on
    all transcripts that just those two have finished.
    """

    coders: tuple[Coder, ...]
    transcripts: tuple[Transcript, ...]
    left_out: tuple[Transcript, ...]
    codes: tuple[CodeOfAll, ...]
    pairs: tuple[Agreement, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON; codes and transcripts by name."""
        return {
            "coders": [coder.name for coder in self.coders],
            "unit": "character",
            "documents": len(self.transcripts),
            "transcripts": [transcript.name for transcript in self.transcripts],
            "left_out": [transcript.name for transcript in self.left_out],
            "codes": [code.to_dict() for code in self.codes],
            "pairs": [_pair(pair) for pair in self.pairs],
        }


def _pair(pair: Agreement) -> dict[str, Any]:
    overall = pair.overall.to_dict()
    names = ("shared", "pooled_kappa", "f1", "alpha_sets_coded_text")
    return {
        "coders": list(pair.coders),
        "documents": len(pair.documents),
        **{name: overall[name] for name in names},
        "reasons": {name: words for name, words in overall["reasons"].items() if name in names},
    }


def agree_all(
    project: Project, coders: Sequence[Coder] | None = None, *, everything: bool = False
) -> Several:
    """Compare all who read independently (or the `coders` given), together and two by two.

    Raises `InputError` for fewer than two coders, and `SealedError` as `comparison.compare` does.
    """
    people = tuple(coders) if coders is not None else tuple(project.coders.pair())
    if len(people) < 2:
        raise too_few(len(people))
    pairs = [compare(project, a, b, everything=everything) for a, b in combinations(people, 2)]
    shared = set.intersection(*({t.id for t in pair.transcripts} for pair in pairs))
    first = pairs[0]
    chosen = [*first.transcripts, *first.left_out]
    on = project.settings.get("coefficients")
    return Several(
        coders=people,
        transcripts=tuple(t for t in chosen if t.id in shared),
        left_out=tuple(t for t in chosen if t.id not in shared),
        codes=tuple(_of_all(code, people, pairs, shared, on) for code in first.codes),
        pairs=tuple(agree(pair, options_of(project, pair.codes)) for pair in pairs),
    )


def _of_all(
    code: Code, people: Sequence[Coder], pairs: Sequence[Comparison], shared: set[str], on: bool
) -> CodeOfAll:
    histograms = _histograms(code, pairs[: len(people) - 1], shared)  # the first coder with each other one
    total = tuple(sum(column) for column in zip(*histograms, strict=True)) or (0,) * (len(people) + 1)
    return CodeOfAll(code, total, alpha_of_coders(histograms).alpha if on else undefined(Reason.SWITCHED_OFF))


def _histograms(code: Code, pairs: Sequence[Comparison], shared: set[str]) -> list[Histogram]:
    """Per transcript how many characters 0, 1, … coders marked; `pairs` all have the same first coder."""
    marks: dict[str, list[Sequence[Mark]]] = {}
    lengths: dict[str, int] = {}
    for n, pair in enumerate(pairs):
        for reading in pair.readings:
            if reading.document in shared:
                of_a, of_b = reading.cells.get(code.id, ((), ()))
                marks.setdefault(reading.document, []).extend([of_b] if n else [of_a, of_b])
                lengths[reading.document] = reading.length
    return [count_coders(sides, lengths[document]) for document, sides in marks.items()]
