"""How independent two readings of each interview were, from what the record of the project holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.reports.wording.claims import Independence

if TYPE_CHECKING:
    from qualcode.store.project import Project
    from qualcode.store.records.seals import Round
    from qualcode.tasks.comparing.comparison import Comparison


def independence_of(project: Project, found: Comparison, one: Round | None = None) -> dict[str, Independence]:
    """For every interview (id) compared, how it was read: in the round `one`, or as things stand.

    Recoded after talking: in an earlier round both had read it already, or a difference in it had been
    decided on before. Not sealed: no round, or codings that were there before the round began.
    """
    rounds = [r for r in project.rounds.all() if {found.a.id, found.b.id} <= set(r.coders)]
    before = {
        transcript
        for earlier in rounds
        if one is not None and earlier.number < one.number
        for transcript in earlier.transcripts
    }
    opened = {opening.transcript_id for opening in project.rounds.openings(one)} if one else set()
    talked: dict[str, str] = {}
    for decision in project.decisions.all(reopened=True):
        talked.setdefault(decision.transcript_id, decision.at)
    made: dict[str, list[str]] = {}
    for coding in found.codings.values():
        made.setdefault(coding.transcript_id, []).append(coding.created_at)

    def state(transcript: str) -> Independence:
        times = made.get(transcript, [])
        latest = one.started_at if one is not None else max(times, default="")
        if transcript in before or (transcript in talked and talked[transcript] < latest):
            return Independence.AGAIN
        if transcript in opened:
            return Independence.OPENED
        if one is None or min(times, default=one.started_at) < one.started_at:
            return Independence.UNSEALED
        return Independence.SEALED

    return {transcript.id: state(transcript.id) for transcript in found.transcripts}
