"""An interview with its codings as a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.files.saving import save
from qualcode.i18n import language
from qualcode.model import Coder, Transcript
from qualcode.reports.writers.commented import CodedTranscript, write_transcript
from qualcode.store.project import Project


def export_transcript(
    project: Project,
    transcript: Transcript,
    path: Path,
    *,
    coders: Sequence[Coder] = (),
    comments: bool = True,
    language_: str | None = None,
) -> Path:
    """Write a transcript with the codings of some coders (default: all) to `path` (.docx).

    Of a sealed interview only the codings of the person at work; `SealedError` if others are asked for.
    """
    project.rounds.refuse_look(project.coder, coders, [transcript])
    wanted = {coder.id for coder in coders}
    visible = project.codings.all(transcript=transcript)
    codings = [coding for coding in visible if not wanted or coding.coder_id in wanted]
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
