"""The counts of every code in every transcript, kept up to date while people code.

The table is one flat list of integers, three per cell (both, only A, only B), so that
a project total is the sum of a slice and an array of it is made in one step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from qualcode.agreement.counts import Counts, Stretch, UnitRule, Units, sweep
from qualcode.agreement.readings import TwoReadings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# From here on the sweep of all cells at once is worth importing numpy.
MANY_CODINGS = 20_000
BATCH = 8_192
NOT_ASKED_FOR = -(2**62)


class CountTable:
    """Counts[document, code]. `lengths` are the units (characters, sentences …) per document."""

    def __init__(
        self,
        documents: Sequence[str],
        codes: Sequence[str],
        lengths: Sequence[int],
        flat: Sequence[int] | None = None,
    ) -> None:
        self.documents = tuple(documents)
        self.codes = tuple(codes)
        self.lengths = tuple(lengths)
        self._document = {name: i for i, name in enumerate(self.documents)}
        self._code = {name: i for i, name in enumerate(self.codes)}
        size = 3 * len(self.documents) * len(self.codes)
        self._flat = [0] * size if flat is None else list(flat)
        if len(self._flat) != size or len(self.lengths) != len(self.documents):
            raise ValueError("the counts do not fit the documents and codes")
        if len(self._document) != len(self.documents) or len(self._code) != len(self.codes):
            raise ValueError("a document or code is named twice")
        self.length = sum(self.lengths)

    @property
    def flat(self) -> tuple[int, ...]:
        """All counts in a row: document by document, code by code, both, only A, only B."""
        return tuple(self._flat)

    def cell(self, document: str, code: str) -> Counts:
        """The counts of one code in one document."""
        d, c = self._document[document], self._code[code]
        both, only_a, only_b = self._flat[3 * (d * len(self.codes) + c) :][:3]
        return Counts(both, only_a, only_b, self.lengths[d] - both - only_a - only_b)

    def total(self, code: str) -> Counts:
        """The counts of one code over all documents."""
        first, step = 3 * self._code[code], 3 * len(self.codes)
        both, only_a, only_b = (sum(self._flat[first + i :: step]) for i in range(3))
        return Counts(both, only_a, only_b, self.length - both - only_a - only_b)

    def column(self, code: str) -> list[Counts]:
        """The counts of one code per document, in the order of `documents`."""
        first, step = 3 * self._code[code], 3 * len(self.codes)
        columns = [self._flat[first + i :: step] for i in range(3)]
        return [
            Counts(both, only_a, only_b, length - both - only_a - only_b)
            for both, only_a, only_b, length in zip(*columns, self.lengths, strict=True)
        ]

    def recount(self, document: str, code: str, a: Collection[Stretch], b: Collection[Stretch]) -> Counts:
        """Count one cell (characters) again after an edit; returns the new total of the code."""
        d, c = self._document[document], self._code[code]
        at = 3 * (d * len(self.codes) + c)
        self._flat[at : at + 3] = sweep(a, b)
        return self.total(code)

    def array(self) -> npt.NDArray[np.int64]:
        """The counts as an array [document, code, (both, only A, only B)]."""
        import numpy as np

        return np.array(self._flat, np.int64).reshape(len(self.documents), len(self.codes), 3)


def codes_used(readings: Iterable[TwoReadings]) -> list[str]:
    """Every code that occurs, sorted."""
    return sorted({code for reading in readings for code in reading.cells})


def count_characters(readings: Sequence[TwoReadings], codes: Sequence[str] | None = None) -> CountTable:
    """The character counts of all codes (or of `codes`) in all readings, exact integers."""
    codes = codes_used(readings) if codes is None else codes
    many = sum(len(reading.a) + len(reading.b) for reading in readings) >= MANY_CODINGS
    flat = _flat_by_array(readings, codes) if many else _flat_by_cell(readings, codes)
    return CountTable([r.document for r in readings], codes, [r.length for r in readings], flat)


def count_by_unit(
    readings: Sequence[TwoReadings], unit: str, rule: UnitRule = "touched", codes: Sequence[str] | None = None
) -> CountTable:
    """Count whole sentences or turns (`unit` = "sentence" or "turn") instead of characters."""
    codes = codes_used(readings) if codes is None else codes
    flat: list[int] = []
    lengths = []
    for reading in readings:
        units = Units(reading.sentences if unit == "sentence" else reading.turns)
        lengths.append(len(units))
        for code in codes:
            cell = reading.cells.get(code)
            flat += sweep(*(units.holding(marks, rule) for marks in cell)) if cell else (0, 0, 0)
    return CountTable([r.document for r in readings], codes, lengths, flat)


def _flat_by_cell(readings: Sequence[TwoReadings], codes: Sequence[str]) -> list[int]:
    flat: list[int] = []
    for reading in readings:
        for code in codes:
            flat += sweep(*reading.cells[code]) if code in reading.cells else (0, 0, 0)
    return flat


def _flat_by_array(readings: Sequence[TwoReadings], codes: Sequence[str]) -> list[int]:
    import numpy as np

    columns = defaultdict(lambda: NOT_ASKED_FOR, {code: 2 * i for i, code in enumerate(codes)})
    flat: list[int] = []
    for part in _batches(readings):
        sides = [side for reading in part for side in (reading.a, reading.b)]
        marks = list(chain.from_iterable(sides))
        start, end = (np.fromiter(map(itemgetter(i), marks), np.int64, len(marks)) for i in (0, 1))
        # twice the cell, plus one for coder B
        column = np.fromiter(map(columns.__getitem__, map(itemgetter(2), marks)), np.int64, len(marks))
        row = np.array([d // 2 * 2 * len(codes) + d % 2 for d in range(len(sides))], np.int64)
        owner = column + np.repeat(row, [len(side) for side in sides])
        if len(marks) and owner.min() < 0:
            wanted = owner >= 0
            owner, start, end = owner[wanted], start[wanted], end[wanted]
        flat += sweep_cells(owner, start, end, len(part) * len(codes)).ravel().tolist()
    return flat


def _batches(readings: Sequence[TwoReadings]) -> Iterator[list[TwoReadings]]:
    """The readings in parts of at least `BATCH` marks: small enough to stay in the cache."""
    part: list[TwoReadings] = []
    size = 0
    for reading in readings:
        part.append(reading)
        size += len(reading.a) + len(reading.b)
        if size >= BATCH:
            yield part
            part, size = [], 0
    if part:
        yield part


def sweep_cells(
    owner: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], cells: int
) -> npt.NDArray[np.int64]:
    """The sweep of all cells at once: an array [cell, (both, only A, only B)].

    Every span has an `owner`: twice its cell, plus one if it is coder B's. An end becomes
    one integer (cell, position, coder, opens or closes), so that sorting needs no
    index; depths are running sums, which come back to zero at the end of each cell.
    """
    import numpy as np

    if not len(starts):
        return np.zeros((cells, 3), np.int64)
    stride = int(ends.max()) + 1
    if cells * stride >= 2**61:
        raise ValueError("too many cells for so long a text")
    base = (owner >> 1) * stride
    coder = owner & 1
    keys = np.concatenate((((base + starts) << 2) | coder, ((base + ends) << 2) | coder | 2))
    keys.sort()
    step = 1 - (keys & 2)
    of_b = keys & 1
    depth_b = np.cumsum(step * of_b)
    depth_a = np.cumsum(step) - depth_b
    at = keys >> 2
    here, width = at[:-1] // stride, np.diff(at)
    kind = (depth_a[:-1] > 0) + 2 * (depth_b[:-1] > 0)  # 0 nobody, 1 only A, 2 only B, 3 both
    sums = np.bincount(4 * here + kind, weights=width * (kind > 0), minlength=4 * cells)
    return sums.astype(np.int64).reshape(cells, 4)[:, [3, 1, 2]]
