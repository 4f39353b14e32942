"""Notes on the project, a case, a transcript, a code, a coding or a decision."""

from __future__ import annotations

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Coder, Memo, new_id, now
from qualcode.store.records.base import Room

KINDS = ("project", "case", "transcript", "code", "coding", "decision")
_SELECT = "SELECT id, target_kind, target_id, text, coder_id, created_at FROM memos"


class Memos(Room):
    """Memos by what they are about."""

    def all(self) -> list[Memo]:
        """All memos, oldest first."""
        return [Memo(**row) for row in self._select(f"{_SELECT} ORDER BY id")]

    def of(self, kind: str, target_id: str) -> list[Memo]:
        """The memos on one thing, oldest first."""
        found = self._select(
            f"{_SELECT} WHERE target_kind = ? AND target_id = ? ORDER BY id", [kind, target_id]
        )
        return [Memo(**row) for row in found]

    def add(self, kind: str, target_id: str, text: str, author: Coder | None = None) -> Memo:
        """Write a memo, by the person at work unless another author is given.

        Raises `InputError` if it is empty.
        """
        author = author or self._project.coder
        if kind not in KINDS:
            raise ValueError(f"no memo on a {kind}")
        memo = Memo(new_id(), kind, target_id, _words(text), author.id if author else None, now())
        with self._project.act("memo.add") as act:
            act.insert(
                "memos",
                {
                    "id": memo.id,
                    "target_kind": kind,
                    "target_id": target_id,
                    "text": memo.text,
                    "coder_id": memo.coder_id,
                    "created_at": memo.created_at,
                },
            )
        return memo

    def change(self, memo: Memo, text: str) -> None:
        """Give a memo another text."""
        with self._project.act("memo.change") as act:
            act.update("memos", memo.id, text=_words(text))

    def remove(self, memo: Memo) -> None:
        """Take a memo away."""
        with self._project.act("memo.remove") as act:
            act.delete("memos", memo.id)


def _words(text: str) -> str:
    if not text.strip():
        raise InputError(_("An empty memo is not kept."))
    return text.strip()
