"""Whether intervals cover what they say, and stated chances come true: simulated studies with a known alpha.

Two coders read 5 to 48 interviews, one to four a case. A passage of the code is marked by both or by one of
them; how often by both differs from case to case, a little from interview to interview, and by chance. Many such
studies are drawn, `qualcode.agreement.interval` is asked what it says of each, and that is laid beside the truth.

    python -m benchmarks.coverage            a few thousand studies (some seconds)
    python -m benchmarks.coverage --big      as in docs/agreement.md (some minutes)
    python -m benchmarks.coverage --measure kappa
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qualcode.agreement import Counts, Interval, interval
from qualcode.agreement.coefficients import BINARY, coefficient
from qualcode.agreement.intervals import RELIABLE, TENTATIVE

SEED = 20260601
FEW, MANY = 40, 600  # studies per alpha, layout and kind of code
ALPHAS = np.linspace(0.5, 0.95, 19) + 0.0005  # none on a customary line
BANDS = ((0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.96))
GOAL = (0.93, 0.97)
ENOUGH = 100  # intervals that a share is taken of
PASSAGE = 5.2, 0.7  # lognormal length in characters
Array = npt.NDArray[np.float64]


class Layout(NamedTuple):
    """So many cases with so many interviews each."""

    cases: int
    per_case: int

    def __str__(self) -> str:
        each = f" in {self.cases} cases" if self.per_case > 1 else ""
        return f"{self.cases * self.per_case} interviews{each}"


LAYOUTS = [Layout(*pair) for pair in ((5, 1), (8, 1), (12, 1), (20, 1), (40, 1), (8, 3), (12, 4))]


@dataclass(frozen=True)
class Kind:
    """A kind of code: passages per interview, how far cases differ (logit), how far interviews differ in size (log).

    `edges` is the part of a passage that is lost, on the average, where both marked it but not alike.
    """

    name: str
    passages: float
    cases_differ: float
    sizes_differ: float
    edges: float = 0.0


KINDS = (
    Kind("rare", 0.6, 0.7, 0.5),
    Kind("medium", 2, 0.7, 0.5),
    Kind("common", 8, 0.7, 0.5),
    Kind("homogeneous", 8, 0, 0.5),
    Kind("very unequal", 4, 1.0, 0.9),
    Kind("other edges", 4, 0.5, 0.5, 0.08),
)


def studies(layout: Layout, kind: Kind, alpha: float, times: int, lot: np.random.Generator) -> Array:
    """Counts [study, case, interview, (both, only A, only B, neither)] with `alpha` as the true value."""
    shape = (times, layout.cases, layout.per_case)
    size = np.exp(lot.normal(0, kind.sizes_differ, shape) - kind.sizes_differ**2 / 2)
    length = max(6000.0, 2000 * kind.passages)
    usual = solve(lambda share: true_alpha(kind, length, share) - alpha, 0.0, 1.0)
    of_case = lot.normal(0, 1, (*shape[:2], 1)) * sqrt(0.7) + lot.normal(0, 1, shape) * sqrt(0.3)
    likely = 1 / (1 + np.exp(-(logit_with_mean(usual, kind.cases_differ) + kind.cases_differ * of_case)))
    passages = lot.poisson(kind.passages * size * lot.gamma(2, 0.5, shape))
    counts = np.zeros((*shape, 4))
    for nth in range(int(passages.max())):
        here = np.nonzero(passages > nth)
        n = len(here[0])
        long = np.round(np.exp(lot.normal(*PASSAGE, n)))
        lost = lot.beta(1, 1 / kind.edges - 1, n) if kind.edges else 0.0
        both = np.where(lot.random(n) < likely[here], np.round(long * (1 - lost)), 0)
        of_a = lot.random(n) < 0.5
        for place, part in enumerate((both, (long - both) * of_a, (long - both) * ~of_a)):
            counts[..., place][here] += part
    counts[..., 3] = np.maximum(np.round(length * size) - counts[..., :3].sum(-1), 0)
    return counts


def true_alpha(kind: Kind, length: float, share: float) -> float:
    """Alpha over endlessly many interviews where both mark `share` of the passages."""
    marked = kind.passages * exp(PASSAGE[0] + PASSAGE[1] ** 2 / 2)
    both = marked * share * (1 - kind.edges)
    alone = marked - both
    return 1 - 2 * length * alone / ((2 * both + alone) * (alone + 2 * (length - marked)))


def solve(crosses: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function is zero."""
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if crosses(middle) < 0 else (low, middle)
    return low


def logit_with_mean(mean: float, spread: float) -> float:
    """The middle of a logit-normal of this spread whose mean is `mean`."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(41)
    weights = weights / weights.sum()

    def above(middle: float) -> float:
        return float(weights @ (1 / (1 + np.exp(-(middle + spread * nodes))))) - mean

    return solve(above, -8.0, 14.0)


class Answer(NamedTuple):
    """What was said of one study, and what is true."""

    layout: Layout
    kind: str
    truth: float
    found: Interval

    @property
    def covered(self) -> bool:
        """Whether the truth lies in the interval."""
        ends = self.found.ends
        return ends is not None and ends[0] <= self.truth <= ends[1]


def ask(times: int, measure: str) -> Iterator[Answer]:
    """Draw the studies and ask for the interval of each."""
    lot = np.random.default_rng(SEED)
    for layout in LAYOUTS:
        cases = [case for case in range(layout.cases) for _interview in range(layout.per_case)]
        for kind in KINDS:
            for alpha in map(float, ALPHAS):
                if kind.edges and alpha > 0.85:
                    continue  # with other edges alpha cannot be higher
                drawn = studies(layout, kind, alpha, times, lot)
                truth = alpha if measure == "alpha" else over_all(drawn, measure)
                for study in drawn.reshape(times, -1, 4).astype(int).tolist():
                    yield Answer(layout, kind.name, truth, interval(study, cases, measure))


def over_all(drawn: Array, measure: str) -> float:
    """A measure over all that was drawn, which is near enough to its true value."""
    return coefficient(measure, Counts(*map(int, drawn.sum((0, 1, 2))))).value or 0.0


def coverage(answers: list[Answer]) -> None:
    """How often the interval holds the truth, per layout, kind of code and true value."""
    print(
        "\nHow often the 95 % interval holds the true value (* outside .93–.97; – fewer than 100 intervals)\n"
    )
    print(
        "| interviews | code | given | " + " | ".join(f"{low:.2f}–{high:.2f}" for low, high in BANDS) + " |"
    )
    print("|---|---|---|" + "---|" * len(BANDS))
    rows: defaultdict[tuple[Layout, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        rows[answer.layout, answer.kind].append(answer)
    every: list[float] = []
    for (layout, kind), row in rows.items():
        cells = []
        for low, high in BANDS:
            given = [answer for answer in row if low <= answer.truth < high and answer.found.ends]
            share = sum(answer.covered for answer in given) / max(len(given), 1)
            if len(given) < ENOUGH:
                cells.append("–")
                continue
            every.append(share)
            cells.append(f"{share:.3f}" + ("" if GOAL[0] <= share <= GOAL[1] else " *"))
        given_share = sum(answer.found.ends is not None for answer in row) / len(row)
        print(f"| {layout} | {kind} | {given_share:.0%} | " + " | ".join(cells) + " |")
    inside = sum(GOAL[0] <= share <= GOAL[1] for share in every)
    print(
        f"\n{len(every)} cells: from {min(every):.3f} to {max(every):.3f}, mean {np.mean(every):.3f}; "
        f"{inside} of them within {GOAL[0]}–{GOAL[1]}"
    )


def misses(answers: list[Answer]) -> None:
    """On which side the truth lies when the interval misses it, and what a verdict from the lower bound is worth."""
    found = [(answer.truth, answer.found.ends) for answer in answers if answer.found.ends]
    print(
        f"\ntruth under the lower bound: {np.mean([truth < low for truth, (low, _high) in found]):.3f} (nominal .025)"
    )
    print(
        f"truth over the upper bound: {np.mean([truth > high for truth, (_low, high) in found]):.3f} (nominal .025)"
    )
    for line in (TENTATIVE, RELIABLE):
        said = [truth < line for truth, (low, _high) in found if low >= line]
        print(f"lower bound at least {line}: {len(said):,} times, {np.mean(said):.1%} of them truly under it")


def calibration(answers: list[Answer]) -> None:
    """Stated chances that the true value lies under .667, against how often it does."""
    print("\nThe stated chance that the true value is under .667, and how often it is\n")
    print("| stated | mean | true | studies |\n|---|---|---|---|")
    stated = [(answer.found.below, answer.truth) for answer in answers if answer.found.below is not None]
    for low, high in itertools.pairwise((0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99, 1.0001)):
        here = [(below, truth < TENTATIVE) for below, truth in stated if low <= below < high]
        if len(here) >= ENOUGH:
            said, true = np.mean(here, axis=0)
            print(f"| {low:.2f}–{min(high, 1):.2f} | {said:.3f} | {true:.3f} | {len(here):,} |")


def main() -> None:
    """Draw, ask, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--big", action="store_true", help="as in docs/agreement.md")
    asked.add_argument("--measure", choices=list(BINARY), default="alpha")
    options = asked.parse_args()
    before = time.perf_counter()
    answers = list(ask(MANY if options.big else FEW, options.measure))
    print(f"{len(answers):,} studies, measure {options.measure}, seed {SEED}")
    coverage(answers)
    misses(answers)
    if options.measure in ("alpha", "kappa"):
        calibration(answers)
    print(f"\n{time.perf_counter() - before:.0f} s")


if __name__ == "__main__":
    main()
