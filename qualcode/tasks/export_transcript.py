"""An interview with its codings as a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.i18n import language
from qualcode.model import Coder, Transcript
from qualcode.reports.transcript_word import CodedTranscript, write_transcript
from qualcode.store.project import Project
from qualcode.tasks.saving import save


def export_transcript(
    project: Project,
    transcript: Transcript,
    path: Path,
    *,
    coders: Sequence[Coder] = (),
    comments: bool = True,
    language_: str | None = None,
) -> Path:
    """Write a transcript with the codings of some coders (default: all) to `path` (.docx)."""
    wanted = {coder.id for coder in coders}
    codings = [c for c in project.codings.all(transcript=transcript) if not wanted or c.coder_id in wanted]
    ids = {coding.id for coding in codings}
    memos: dict[str, str] = {}
    for memo in project.memos.all():
        if memo.target_kind == "coding" and memo.target_id in ids:
            memos[memo.target_id] = "\n".join(filter(None, (memos.get(memo.target_id), memo.text)))
    coded = CodedTranscript(
        transcript,
        codings,
        project.codebook.all(retired=True),
        {coder.id: coder.name for coder in project.coders.all()},
        memos,
        comments,
        language_ or language(),
    )
    return save(path, lambda temporary: write_transcript(coded, temporary))
