"""How fast agreement is counted, side by side with counting character by character.

One run, one data set, one machine: 2 coders, 100 transcripts of 60,000 characters, 40 codes,
20,000 codings (invented, own seed). Every way must give the same integers, else the
script stops. Medians of wall-clock time.

    python benchmarks/agreement.py            everything (about a minute)
    python benchmarks/agreement.py --quick    per-character passes on a tenth of the transcripts, times ten
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from random import Random

import numpy as np
from sklearn.metrics import cohen_kappa_score

from qualcode.agreement import Mark, Options, TwoReadings, WhatIf, compare, differences
from qualcode.agreement.comparison import code_agreements
from qualcode.agreement.table import _flat_by_array, _flat_by_cell, count_characters, sweep_cells

DOCUMENTS, LENGTH, CODES = 100, 60_000, 40
NAMES = [f"code-{i:02}" for i in range(CODES)]
COUNTS_TARGET_LISTS, COUNTS_TARGET_NUMPY, BOOTSTRAP_TARGET, GROWTH_TARGET = 1000, 500, 0.100, 1.2


def invented(codings: int, seed: int = 3) -> list[TwoReadings]:
    """Two readings of each transcript: B keeps 35 % of A, moves the ends of 30 %, recodes 10 %, adds its own."""
    lot = Random(seed)
    marks_a: list[list[Mark]] = [[] for _ in range(DOCUMENTS)]
    marks_b: list[list[Mark]] = [[] for _ in range(DOCUMENTS)]

    def new() -> tuple[int, Mark]:
        code = min(int(math.log(1 - lot.random()) / math.log(0.92)), CODES - 1)
        length = min(max(round(lot.lognormvariate(5.2, 0.7)), 8), 3000)
        start = lot.randrange(LENGTH - length)
        return lot.randrange(DOCUMENTS), Mark(start, start + length, NAMES[code])

    for _ in range(codings // 2):
        document, mark = new()
        marks_a[document].append(mark)
    count = 0
    for document, own in enumerate(marks_a):
        for mark in own:
            fate = lot.random()
            if fate < 0.35:
                other = mark
            elif fate < 0.65:
                shift = max(5, (mark.end - mark.start) // 4)
                start = min(max(0, mark.start + lot.randint(-shift, shift)), LENGTH - 1)
                end = min(max(start + 1, mark.end + lot.randint(-shift, shift)), LENGTH)
                other = Mark(start, end, mark.code)
            elif fate < 0.75:
                other = mark._replace(code=lot.choice(NAMES))
            else:
                continue
            marks_b[document].append(other)
            count += 1
    for _ in range(codings // 2 - count):
        document, mark = new()
        marks_b[document].append(mark)
    return [
        TwoReadings(f"transcript-{d:03}", LENGTH, *(_laid_out(marks[d], d, side) for side, marks in sides))
        for d, sides in ((d, (("a", marks_a), ("b", marks_b))) for d in range(DOCUMENTS))
    ]


def _laid_out(marks: Sequence[Mark], document: int, side: str) -> tuple[Mark, ...]:
    """Marks in order of place, each made anew, as they are read from a project file."""
    rows = json.loads(json.dumps([mark[:2] for mark in sorted(marks)]))
    codes = [mark.code for mark in sorted(marks)]
    return tuple(
        Mark(start, end, code, f"{side}{document}-{i}")
        for i, ((start, end), code) in enumerate(zip(rows, codes, strict=True))
    )


def median(work: Callable[[], object], times: int) -> float:
    """Median wall-clock seconds of `times` runs, after one to warm up when there are several."""
    if times > 1:
        work()
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)


# --- the ways to count


def by_lists(readings: Sequence[TwoReadings]) -> list[int]:
    """Per cell two lists with a place per character, filled span by span, then one walk."""
    flat: list[int] = []
    for reading in readings:
        for code in NAMES:
            sides = reading.cells.get(code, ((), ()))
            rows = [[0] * reading.length for _ in sides]
            for row, marks in zip(rows, sides, strict=True):
                for mark in marks:
                    row[mark.start : mark.end] = [1] * (mark.end - mark.start)
            both = only_a = only_b = 0
            for a, b in zip(*rows, strict=True):
                if a:
                    if b:
                        both += 1
                    else:
                        only_a += 1
                elif b:
                    only_b += 1
            flat += both, only_a, only_b
    return flat


def by_numpy(readings: Sequence[TwoReadings]) -> tuple[list[int], list[float]]:
    """Per code two arrays with a place per character of the whole project, and scikit-learn's kappa."""
    counts = np.zeros((len(readings), CODES, 3), np.int64)
    kappas = []
    for c, code in enumerate(NAMES):
        rows = np.zeros((2, len(readings), LENGTH), np.uint8)
        for d, reading in enumerate(readings):
            for side, marks in enumerate(reading.cells.get(code, ((), ()))):
                for mark in marks:
                    rows[side, d, mark.start : mark.end] = 1
        a, b = rows.astype(bool)
        for k, hits in enumerate((a & b, a & ~b, ~a & b)):
            counts[:, c, k] = hits.sum(axis=1)
        kappas.append(float(cohen_kappa_score(rows[0].ravel(), rows[1].ravel())))
    return counts.ravel().tolist(), kappas


def arrays(readings: Sequence[TwoReadings]) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """The marks as plain columns: owner, start, end; and the number of cells."""
    of = {code: i for i, code in enumerate(NAMES)}
    rows = [
        (2 * (d * CODES + of[mark.code]) + side, mark.start, mark.end)
        for d, reading in enumerate(readings)
        for side, marks in enumerate((reading.a, reading.b))
        for mark in marks
    ]
    owner, start, end = np.array(rows, np.int64).T.copy()
    return owner, start, end, len(readings) * CODES


# --- the report


def line(what: str, seconds: float, note: str = "") -> None:
    print(f"  {what:<64}{seconds * 1000:>12,.2f} ms  {note}")


def counting(readings: list[TwoReadings], quick: bool) -> None:
    print("\nCounts of all 4,000 cells (both, only A, only B), and Cohen's kappa of 40 codes")
    part = readings[: DOCUMENTS // 10] if quick else readings
    scale = len(readings) / len(part)
    note = f"measured on {len(part)} transcripts, times {scale:g}" if quick else "measured whole"
    columns = arrays(readings)
    expected = _flat_by_cell(readings, NAMES)
    assert _flat_by_array(readings, NAMES) == expected
    assert sweep_cells(*columns).ravel().tolist() == expected
    sweep = median(lambda: sweep_cells(*columns), 15)
    ours = median(lambda: count_characters(readings, NAMES), 15)
    plain = median(lambda: _flat_by_cell(readings, NAMES), 7)
    results: dict[str, object] = {}
    lists = median(lambda: results.update(lists=by_lists(part)), 1) * scale
    theirs = median(lambda: results.update(numpy=by_numpy(part)), 1) * scale
    assert results["lists"] == expected[: len(part) * CODES * 3], "the per-character pass counts otherwise"
    flat, kappas = results["numpy"]  # type: ignore[misc]  # what by_numpy returned
    assert flat == results["lists"], "numpy per character counts otherwise"
    ours_kappa = [code.values["kappa"].value for code in compare(part, codes=NAMES).codes]
    assert np.allclose(ours_kappa, kappas, atol=1e-9), "scikit-learn's kappa is another number"
    line("sweep of columns", sweep)
    line("count_characters, from the marks of both coders", ours)
    line("the same without numpy (standard library alone)", plain)
    line("per character, Python lists", lists, note)
    line("per character, numpy + sklearn cohen_kappa_score", theirs, note)
    print(f"  identical integers in {len(part) * CODES * 3:,} counts; kappa equal to 1e-9")
    for what, seconds in (("sweep", sweep), ("count_characters", ours), ("standard library", plain)):
        print(
            f"  {what:<18}{lists / seconds:>8,.0f}× faster than lists (aim {COUNTS_TARGET_LISTS:,}×)"
            f"{theirs / seconds:>8,.0f}× faster than numpy + scikit-learn (aim {COUNTS_TARGET_NUMPY}×)"
        )


def coefficients(readings: list[TwoReadings]) -> None:
    print("\nCoefficients of 40 codes")
    table = count_characters(readings, NAMES)
    options = Options()
    default = median(lambda: code_agreements(readings, table, options), 7)
    line(
        "sweep + coefficients, F1, dots, bootstrap (R = 2000) of 40 codes",
        default + median(lambda: count_characters(readings, NAMES), 7),
        f"aim {BOOTSTRAP_TARGET * 1000:.0f} ms",
    )
    line(
        "the whole comparison: sets (MASI), where and what besides",
        median(lambda: compare(readings, codes=NAMES), 5),
    )
    first = readings[0]
    sides = first.cells[NAMES[0]]
    line(
        "one edit while coding: one cell counted again",
        median(lambda: table.recount(first.document, NAMES[0], *sides), 200),
    )
    found = differences(readings)
    line(
        f"{len(found):,} agreements and differences sorted by kind", median(lambda: differences(readings), 5)
    )
    settle = WhatIf(readings, table)
    open_ = [difference for difference in found if not difference.agreed]
    whole = median(lambda: [settle.effect_size(difference) for difference in open_], 3)
    line(f"what if, for all {len(open_):,} differences", whole, f"{whole / len(open_) * 1e6:.0f} µs each")


def growth() -> None:
    print("\nGrowth: the same 4,000 cells with more codings")
    base: dict[str, float] = {}
    for codings in (20_000, 100_000, 1_000_000):
        readings = invented(codings)
        columns = arrays(readings)
        runs = 15 if codings < 1_000_000 else 5
        for what, seconds in (
            ("sweep of columns", median(lambda: sweep_cells(*columns), runs)),  # noqa: B023 - run at once
            ("count_characters", median(lambda: count_characters(readings, NAMES), runs)),  # noqa: B023
        ):
            each = seconds / codings
            base.setdefault(what, each)
            line(
                f"{codings:>9,} codings, {what}",
                seconds,
                f"{each * 1e9:.0f} ns per coding, {each / base[what]:.2f}× linear (aim {GROWTH_TARGET}×)",
            )
    long = [TwoReadings(r.document, 100 * LENGTH, r.a, r.b) for r in invented(20_000)]
    line(
        "   20,000 codings, count_characters, text 100 times as long",
        median(lambda: count_characters(long, NAMES), 15),
    )


def main() -> None:
    """Run everything and print it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="per-character passes on a tenth, times ten")
    quick = asked.parse_args().quick
    readings = invented(20_000)
    codings = sum(len(r.a) + len(r.b) for r in readings)
    print(
        f"Python {sys.version.split()[0]}, numpy {np.__version__}: {codings:,} codings by two coders on "
        f"{DOCUMENTS} × {LENGTH:,} characters, {CODES} codes"
    )
    counting(readings, quick)
    coefficients(readings)
    growth()


if __name__ == "__main__":
    main()
