"""Which transcripts to code twice: drawn by lot, and kept in the project."""

from __future__ import annotations

from dataclasses import replace
from secrets import randbelow
from typing import Literal

from qualcode.agreement.sampling import Candidate, Sample, draw
from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.store.project import Project


def draw_sample(
    project: Project,
    share: float,
    *,
    method: Literal["random", "stratified"] = "stratified",
    seed: int | None = None,
) -> Sample:
    """Draw transcripts to code twice and keep how they were drawn in the project.

    `share` lies between 0 and 1; without a `seed` one is drawn too, and kept.
    Raises `InputError` if there is nothing to draw from or the share makes no sense.
    """
    if not 0 < share <= 1:
        raise InputError(_("The share to draw must lie between 0 and 100 %."))
    transcripts = project.transcripts.all()
    if not transcripts:
        raise InputError(_("There are no interviews to draw from yet."))
    candidates = [Candidate(t.id, str(t.informant or ""), t.case) for t in transcripts]
    sample = draw(candidates, share, method=method, seed=randbelow(2**31) if seed is None else seed)
    project.settings.set("sample", sample.to_dict())
    return sample


def kept_sample(project: Project) -> Sample | None:
    """The sample drawn last, without transcripts that were taken out since; `None` if none was."""
    kept = project.settings.get("sample")
    if not kept:
        return None
    roles = tuple((part["role"], part["drawn"], part["available"]) for part in kept.pop("by_role"))
    sample = Sample(**{**kept, "drawn": tuple(kept["drawn"])}, by_role=roles)
    there = {transcript.id for transcript in project.transcripts.all()}
    return replace(sample, drawn=tuple(transcript for transcript in sample.drawn if transcript in there))
