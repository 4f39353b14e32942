"""The nine codes under the keys 1 to 9.

They are the first codes of the codebook, themes before sub-codes. A code keeps its key as long as it
is there, so that fingers may learn it and a pair may say "that is a three".
"""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.model import Code

HOW_MANY = 9


class Slots:
    """Which code has which key."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._codes: dict[str, Code] = {}

    def fit(self, codes: Iterable[Code]) -> None:
        """Fit the keys to a codebook: codes that are gone lose theirs, free keys are given out."""
        self._codes = {code.id: code for code in codes}
        self._ids = [code_id for code_id in self._ids if code_id in self._codes]
        in_line = sorted(self._codes.values(), key=lambda code: code.parent_id is not None)
        self._ids += [code.id for code in in_line if code.id not in self._ids][: HOW_MANY - len(self._ids)]

    def code(self, number: int) -> Code | None:
        """The code under the key `number` (1 to 9)."""
        return self._codes[self._ids[number - 1]] if 1 <= number <= len(self._ids) else None

    def number(self, code: Code) -> int | None:
        """The key of a code, if it has one."""
        return self._ids.index(code.id) + 1 if code.id in self._ids else None

    def codes(self) -> list[Code]:
        """The codes with a key, in the order of their keys."""
        return [self._codes[code_id] for code_id in self._ids]
