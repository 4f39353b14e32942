"""Codings as records with names instead of ids, and as a data frame of pandas or polars if one is installed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model import Code, Coding

if TYPE_CHECKING:
    from qualcode.store.project import Project

COLUMNS = (
    *("transcript", "case", "informant", "start", "end", "code", "coder", "text", "memo"),
    *("code_name", "parent", "turn", "speaker", "made_at", "id"),
)
"""The columns of a table of codings, in their order; they never change, only grow."""


def coding_records(project: Project, codings: Iterable[Coding]) -> list[dict[str, Any]]:
    """A record per coding with the keys `COLUMNS`, in the order of the interviews and their texts."""
    transcripts = {transcript.id: transcript for transcript in project.transcripts.all()}
    order = {transcript_id: n for n, transcript_id in enumerate(transcripts)}
    codes = {code.id: code for code in project.codebook.all(retired=True)}
    coders = {coder.id: coder.name for coder in project.coders.all()}
    memos: dict[str, str] = {}
    for memo in project.memos.all():
        if memo.target_kind == "coding":
            memos[memo.target_id] = "\n".join(filter(None, (memos.get(memo.target_id), memo.text)))
    records = []
    for coding in sorted(codings, key=lambda c: (order[c.transcript_id], c.start, -c.end, c.id)):
        transcript, code = transcripts[coding.transcript_id], codes[coding.code_id]
        turn = transcript.turn_at(coding.start)
        values = (
            transcript.name,
            transcript.case or None,
            str(transcript.informant) if transcript.informant else None,
            coding.start,
            coding.end,
            code.slug,
            coders[coding.coder_id],
            coding.span.of(transcript.text),
            memos.get(coding.id),
            str(code.name),
            _slug(codes.get(code.parent_id or "")),
            turn.n if turn else None,
            turn.speaker or None if turn else None,
            coding.created_at,
            coding.id,
        )
        records.append(dict(zip(COLUMNS, values, strict=True)))
    return records


def _slug(code: Code | None) -> str | None:
    return code.slug if code else None


def frame(records: Sequence[dict[str, Any]], columns: Sequence[str]) -> Any:
    """The records as a `pandas.DataFrame`, or a `polars.DataFrame` if only that is installed.

    Raises `QualcodeError` if neither is.
    """
    data = {name: [record[name] for record in records] for name in columns}
    try:
        import pandas

        return pandas.DataFrame(data)
    except ImportError:
        pass
    try:
        import polars

        return polars.DataFrame(data)
    except ImportError:
        pass
    raise QualcodeError(
        _("A data frame takes the library pandas or polars: pip install pandas. (Without: records().)")
    )
