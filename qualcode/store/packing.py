"""Rows of whole numbers as bytes, for the word index: small in the file, quick to read."""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

_FOUR_BYTES = "I" if array("I").itemsize == 4 else "L"


def pack(numbers: Iterable[int]) -> bytes:
    """Numbers from 0 to 2³² as four bytes each, the lowest first."""
    return _in_file_order(array(_FOUR_BYTES, numbers)).tobytes()


def unpack(content: bytes) -> array[int]:
    """The numbers that `pack` packed."""
    found = array(_FOUR_BYTES)
    found.frombytes(content)
    return _in_file_order(found)


def _in_file_order(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def squeeze(ascending: Sequence[int], others: Iterable[int]) -> bytes:
    """Two rows of equal length, the first of which only rises."""
    steps = (now - before for before, now in zip((0, *ascending), ascending, strict=False))
    return zlib.compress(pack(steps) + pack(others), 1)


def unsqueeze(content: bytes) -> tuple[Sequence[int], Sequence[int]]:
    """The two rows that `squeeze` packed."""
    found = unpack(zlib.decompress(content))
    middle = len(found) // 2
    return array(_FOUR_BYTES, accumulate(found[:middle])), found[middle:]


class Runs:
    """A number for every word that stays the same for stretches of words, as the turn it is in."""

    def __init__(self, content: bytes) -> None:
        found = unpack(content)
        middle = len(found) // 2
        self._firsts, self._numbers = found[:middle], found[middle:]

    def __getitem__(self, n: int) -> int:
        return self._numbers[bisect_right(self._firsts, n) - 1]


def pack_runs(numbers: Iterable[int]) -> bytes:
    """The numbers of all words, packed for `Runs`."""
    firsts: list[int] = []
    kept: list[int] = []
    for n, number in enumerate(numbers):
        if not kept or kept[-1] != number:
            firsts.append(n)
            kept.append(number)
    return pack(firsts) + pack(kept)
