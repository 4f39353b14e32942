"""How fast agreement is counted, side by side with counting character by character.

One run, one data set, one machine: 2 coders, 100 transcripts of 60,000 characters, 40 codes,
20,000 codings (invented, own seed). Every way must give the same integers, else the
script stops. Medians of wall-clock time.

    python benchmarks/agreement.py            everything (about a minute)
    python benchmarks/agreement.py --quick    per-character passes on a tenth of the transcripts, times ten
"""

from __future__ import annotations

import argparse
import functools
import json
import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt
from sklearn.metrics import cohen_kappa_score

from qualcode.agreement import Mark, TwoReadings, WhatIf, compare, differences
from qualcode.agreement.agenda import agenda
from qualcode.agreement.comparison import AgreementOptions, code_agreements
from qualcode.agreement.table import _flat_by_array, _flat_by_cell, count_characters, sweep_cells
from qualcode.text.spans import Span

DOCUMENTS, LENGTH, CODES = 100, 60_000, 40
NAMES = [f"code-{i:02}" for i in range(CODES)]
AIM_LISTS, AIM_NUMPY, AIM_MS, AIM_GROWTH, AIM_UNITS = 1000, 500, 100, 1.2, 1.5
Found = TypeVar("Found")
Column = npt.NDArray[np.int64]


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
        TwoReadings(
            f"transcript-{d:03}", LENGTH, _laid_out(marks_a[d], f"a{d}"), _laid_out(marks_b[d], f"b{d}")
        )
        for d in range(DOCUMENTS)
    ]


def _laid_out(marks: Sequence[Mark], name: str) -> tuple[Mark, ...]:
    """Marks in order of place, each made anew, as they are read from a project file."""
    rows = json.loads(json.dumps([mark[:2] for mark in sorted(marks)]))
    codes = [mark.code for mark in sorted(marks)]
    return tuple(
        Mark(start, end, code, f"{name}-{i}")
        for i, ((start, end), code) in enumerate(zip(rows, codes, strict=True))
    )


def timed(work: Callable[[], Found], times: int) -> tuple[float, Found]:
    """Median wall-clock seconds of `times` runs (after one to warm up), and what the last one gave."""
    if times > 1:
        work()
    taken, found = [], []
    for _ in range(times):
        before = time.perf_counter()
        found = [work()]
        taken.append(time.perf_counter() - before)
    return statistics.median(taken), found[0]


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


def arrays(readings: Sequence[TwoReadings]) -> tuple[Column, Column, Column, int]:
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
    """The counts of all cells, four ways."""
    print("\nCounts of all 4,000 cells (both, only A, only B), and Cohen's kappa of 40 codes")
    part = readings[: DOCUMENTS // 10] if quick else readings
    scale = len(readings) / len(part)
    note = f"measured on {len(part)} transcripts, times {scale:g}" if quick else "measured whole"
    columns = arrays(readings)
    expected = _flat_by_cell(readings, NAMES)
    check(_flat_by_array(readings, NAMES) == expected, "the two sweeps differ")
    check(sweep_cells(*columns).ravel().tolist() == expected, "the sweep of columns differs")
    sweep, _ = timed(lambda: sweep_cells(*columns), 15)
    ours, _ = timed(lambda: count_characters(readings, NAMES), 15)
    plain, _ = timed(lambda: _flat_by_cell(readings, NAMES), 7)
    lists, flat = timed(lambda: by_lists(part), 1)
    theirs, (flat_too, kappas) = timed(lambda: by_numpy(part), 1)
    check(flat == flat_too == expected[: len(flat)], "counting by character gives other integers")
    found = [code.values["kappa"].value or 0.0 for code in compare(part, codes=NAMES).codes]
    check(np.allclose(found, kappas, atol=1e-9), "scikit-learn's kappa is another number")
    lists, theirs = lists * scale, theirs * scale
    line("sweep of columns", sweep)
    line("count_characters, from the marks of both coders", ours)
    line("the same without numpy (standard library alone)", plain)
    line("per character, Python lists", lists, note)
    line("per character, numpy + scikit-learn cohen_kappa_score", theirs, note)
    print(f"  identical integers in {len(flat):,} counts; kappa equal to 1e-9")
    for what, seconds in (
        ("sweep of columns", sweep),
        ("count_characters", ours),
        ("standard library", plain),
    ):
        print(
            f"  {what:<18}{lists / seconds:>8,.0f}× faster than lists (aim {AIM_LISTS:,}×)"
            f"{theirs / seconds:>8,.0f}× faster than numpy + scikit-learn (aim {AIM_NUMPY}×)"
        )


def coefficients(readings: list[TwoReadings]) -> None:
    """Everything that follows from the counts."""
    print("\nWhat follows from them")

    def default() -> None:
        code_agreements(readings, count_characters(readings, NAMES))

    line("count + coefficients, F1, intervals of 40 codes", timed(default, 9)[0], f"aim {AIM_MS} ms")
    whole, _ = timed(lambda: compare(readings, codes=NAMES), 5)
    line("the whole comparison: sets of codes (MASI), where and what besides", whole)
    by: tuple[tuple[Literal["sentence", "turn"], int], ...] = (("sentence", 100), ("turn", 1000))
    for unit, size in by:
        units = tuple(Span(start, start + size) for start in range(0, LENGTH, size))
        cut = [replace(reading, sentences=units, turns=units) for reading in readings]
        options = AgreementOptions(unit=unit)
        seconds, _ = timed(functools.partial(compare, cut, codes=NAMES, options=options), 5)
        note = f"{seconds / whole:.2f}× the characters (aim {AIM_UNITS}×)"
        line(f"the same by {unit}, {len(units)} in each transcript", seconds, note)
    table = count_characters(readings, NAMES)
    first = readings[0]
    recount, _ = timed(lambda: table.recount(first.document, NAMES[0], *first.cells[NAMES[0]]), 200)
    line("one edit while coding: one cell counted again", recount)
    kinds, found = timed(lambda: differences(readings), 5)
    line(f"{len(found):,} agreements and differences sorted by kind", kinds)
    talk, items = timed(lambda: agenda(found, WhatIf(readings, table)), 3)
    line(f"agenda of {len(items):,} differences with what-if", talk, f"{talk / len(items) * 1e6:.0f} µs each")


def growth() -> None:
    """More codings in the same cells; longer text with the same codings."""
    print("\nGrowth: the same 4,000 cells with more codings")
    first = 0.0
    for codings in (20_000, 100_000, 1_000_000):
        readings = invented(codings)
        each = (
            timed(functools.partial(count_characters, readings, NAMES), 15 if codings < 10**6 else 7)[0]
            / codings
        )
        first = first or each
        note = f"{each * 1e9:.0f} ns per coding, {each / first:.2f}× linear (aim {AIM_GROWTH}×)"
        line(f"{codings:>9,} codings, count_characters", each * codings, note)
    long = [replace(reading, length=100 * LENGTH) for reading in invented(20_000)]
    line("   20,000 codings, text 100 times as long", timed(lambda: count_characters(long, NAMES), 15)[0])


def check(holds: bool, otherwise: str) -> None:
    """Stop when two ways to count differ."""
    if not holds:
        sys.exit(otherwise)


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
