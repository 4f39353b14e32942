"""Everything, whoever looks: for carrying, freezing, merging and deleting, and for nothing that is shown.

Only the store may import this (a contract holds it so): whatever a person sees comes through `Codings` and
`Memos`, which leave out what is sealed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.model import Code, Coder, Coding, Memo, Transcript

if TYPE_CHECKING:
    from qualcode.store.records.base import OpenFile

_CODING = "id, transcript_id, start, end, code_id, coder_id, created_at, decision_id"
_MEMO = "id, target_kind, target_id, text, coder_id, created_at"


def every_coding(
    file: OpenFile,
    *,
    transcript: Transcript | None = None,
    code: Code | None = None,
    coder: Coder | None = None,
    coding_id: str | None = None,
) -> list[Coding]:
    """Codings by place, sealed ones too; only those of a transcript, code or coder, or one, if asked."""
    asked = {
        "transcript_id": transcript.id if transcript else None,
        "code_id": code.id if code else None,
        "coder_id": coder.id if coder else None,
        "id": coding_id,
    }
    wanted = {column: value for column, value in asked.items() if value is not None}
    where = f"WHERE {' AND '.join(f'{column} = ?' for column in wanted)}" if wanted else ""
    found = file.select(
        f"SELECT {_CODING} FROM codings {where} ORDER BY transcript_id, start, end DESC, id", wanted.values()
    )
    return [Coding(**row) for row in found]


def every_memo(file: OpenFile, kind: str = "", target_id: str = "") -> list[Memo]:
    """Memos, oldest first, sealed ones too; only those on one thing, if asked."""
    where, values = ("WHERE target_kind = ? AND target_id = ?", [kind, target_id]) if kind else ("", [])
    return [Memo(**row) for row in file.select(f"SELECT {_MEMO} FROM memos {where} ORDER BY id", values)]
