"""Notes on the project, a case, a transcript, a code, a coding or a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Coder, Memo, new_id, now
from qualcode.store.file import rows
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.unsealed import every_coding, every_memo

if TYPE_CHECKING:
    from qualcode.store.records.seals import Seals

KINDS = ("project", "case", "transcript", "code", "coding", "decision")


class Memos(Records):
    """Memos by what they are about. Read are those that the person at work may see."""

    def __init__(self, file: OpenFile, seals: Seals) -> None:
        super().__init__(file)
        self._seals = seals

    def all(self) -> list[Memo]:
        """All memos, oldest first."""
        return self._visible(every_memo(self._file))

    def of(self, kind: str, target_id: str) -> list[Memo]:
        """The memos on one thing, oldest first."""
        return self._visible(every_memo(self._file, kind, target_id))

    def _visible(self, memos: list[Memo]) -> list[Memo]:
        if not memos or not self._seals.sealed():
            return memos  # nothing is hidden, so no coding has to be read for it
        codings = {coding.id for coding in self._seals.visible(every_coding(self._file))}
        return self._seals.visible_memos(memos, codings)

    def add(self, kind: str, target_id: str, text: str, author: Coder | None = None) -> Memo:
        """Write a memo, by the person at work unless another author is given.

        Raises `InputError` if it is empty.
        """
        author = author or self._file.coder
        if kind not in KINDS:
            raise ValueError(f"no memo on a {kind}")
        memo = Memo(new_id(), kind, target_id, _words(text), author.id if author else None, now())
        with self._file.transaction("memo.add") as transaction:
            transaction.insert("memos", rows.of(memo))
        return memo

    def change(self, memo: Memo, text: str) -> None:
        """Give a memo another text."""
        with self._file.transaction("memo.change") as transaction:
            transaction.update("memos", memo.id, text=_words(text))

    def hand_over(self, kind: str, source_id: str, target_id: str) -> None:
        """Put all memos on one thing, also those of others that are sealed, on another of its kind."""
        with self._file.transaction("memo.change") as transaction:
            for memo in every_memo(self._file, kind, source_id):
                transaction.update("memos", memo.id, target_id=target_id)

    def remove(self, memo: Memo) -> None:
        """Take a memo away."""
        with self._file.transaction("memo.remove") as transaction:
            transaction.delete("memos", memo.id)


def _words(text: str) -> str:
    if not text.strip():
        raise InputError(_("An empty memo is not kept."))
    return text.strip().replace("\0", "")
