"""Whether the interval of "what" (the choice of code where both marked something) covers what it says.

Both coders mark the same passages; whether B chooses the same of four codes differs from case to case. Asked are the
interval of cu-alpha and that of alpha on sets, of the same studies.

    python -m benchmarks.choice          (half a minute)
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from benchmarks.coverage import PASSAGE, SEED, Layout, logit_with_mean
from qualcode.agreement import Interval, TwoReadings
from qualcode.agreement.headline import Clusters, of_choice, of_choice_of_sets
from qualcode.agreement.sets import SetPairs
from qualcode.agreement.unitized import SharedText, shared_text

LAYOUTS = [Layout(*pair) for pair in ((5, 1), (8, 1), (12, 1), (20, 1), (8, 3))]
PASSAGES, ALPHAS, TIMES, CODES, SPREAD = (1.5, 8.0), (0.5, 0.7, 0.85), 400, 4, 0.7


def study(
    layout: Layout, passages: float, alpha: float, lot: np.random.Generator
) -> tuple[Interval, Interval]:
    """Both intervals of one drawn study whose true value is `alpha`."""
    usual = logit_with_mean(1 - (1 - alpha) * (CODES - 1) / CODES, SPREAD)
    readings: list[TwoReadings] = []
    texts: list[SharedText] = []
    pairs: list[SetPairs] = []
    for case in range(layout.cases):
        of_case = lot.normal() * 0.7**0.5
        for interview in range(layout.per_case):
            same = 1 / (1 + np.exp(-(usual + SPREAD * (of_case + lot.normal() * 0.3**0.5))))
            place, found = 0, Counter[tuple[int, int]]()
            units: tuple[list[tuple[int, int, int]], ...] = ([], [])
            for _passage in range(lot.poisson(passages * lot.gamma(2, 0.5))):
                end = place + round(np.exp(lot.normal(*PASSAGE)))
                a = int(lot.integers(CODES))
                b = a if lot.random() < same else int((a + lot.integers(1, CODES)) % CODES)
                units[0].append((place, end, a))
                units[1].append((place, end, b))
                found[1 << a, 1 << b] += end - place
                place = end + 100
            readings.append(TwoReadings(f"{case}-{interview}", place, case=str(case)))
            texts.append(shared_text(units))
            pairs.append(dict(found))
    clusters = Clusters(readings)
    return of_choice(texts, clusters), of_choice_of_sets(pairs, clusters)[1]


def main() -> None:
    """Draw, ask, and print."""
    lot = np.random.default_rng(SEED)
    print(
        "| interviews | passages | true value | given | cu-alpha | alpha on sets |\n|---|---|---|---|---|---|"
    )
    every: list[float] = []
    for layout in LAYOUTS:
        for passages in PASSAGES:
            for alpha in ALPHAS:
                found = [study(layout, passages, alpha, lot) for _time in range(TIMES)]
                ends = [[one.ends for one in side if one.ends] for side in zip(*found, strict=True)]
                held = [float(np.mean([low <= alpha <= high for low, high in side])) for side in ends]
                every += held
                shown = " | ".join(f"{share:.3f}" for share in held)
                print(f"| {layout} | {passages} | {alpha} | {len(ends[0]) / TIMES:.0%} | {shown} |")
    print(f"\n{len(every)} cells: from {min(every):.3f} to {max(every):.3f}, mean {np.mean(every):.3f}")


if __name__ == "__main__":
    main()
