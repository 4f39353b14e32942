"""Rounds as people look at them: how far each is, and what both read, as it was when it froze."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from qualcode.agreement.kinds import EdgeRule
from qualcode.agreement.readings import TwoReadings
from qualcode.errors import InputError
from qualcode.i18n import N_, _
from qualcode.model import Coder, Transcript
from qualcode.store.project import Project
from qualcode.store.rounds import Round
from qualcode.tasks.comparison import Comparison


class State(StrEnum):
    """How an interview stands in a round."""

    SEALED = "sealed"
    OPENED = "opened"
    FROZEN = "frozen"

    @property
    def label(self) -> str:
        """The state in the language in use."""
        return _(_LABELS[self])


_LABELS = {
    State.SEALED: N_("sealed"),
    State.OPENED: N_("seal opened"),
    State.FROZEN: N_("frozen"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One interview in a round: its state, and who has finished it."""

    transcript: Transcript
    state: State
    done: tuple[Coder, ...]


def standings(project: Project, one: Round) -> list[Standing]:
    """How far a round is, interview by interview."""
    done = project.progress.done()
    frozen = {freeze.transcript_id for freeze in project.rounds.freezes(one)}
    opened = {opening.transcript_id for opening in project.rounds.openings(one)}
    people = [coder for coder in project.coders.all() if coder.id in one.coders]
    found = []
    for transcript in project.transcripts.all():
        if transcript.id not in one.transcripts:
            continue
        key = transcript.id
        state = State.FROZEN if key in frozen else State.OPENED if key in opened else State.SEALED
        finished = [coder for coder in people if key in frozen or (key, coder.id) in done]
        found.append(Standing(transcript, state, tuple(finished)))
    return found


def round_comparison(
    project: Project, one: Round, a: Coder, b: Coder, transcripts: Sequence[Transcript] | None = None
) -> Comparison:
    """Two coders as they were when the round froze: its figures never change afterwards.

    Interviews that are not frozen, and those whose text of that time was wiped since, are left out.
    Raises `InputError` if one of the two was not in the round.
    """
    for coder in (a, b):
        if coder.id not in one.coders:
            raise InputError(_("{name} was not in {round}.").format(name=coder.name, round=one.label))
    freezes = {freeze.transcript_id: freeze for freeze in project.rounds.freezes(one)}
    wanted = [t for t in transcripts or project.transcripts.all() if t.id in one.transcripts]
    then = {t.id: _as_it_was(project, t, freezes[t.id].text_hash) for t in wanted if t.id in freezes}
    compared = [found for t in wanted if (found := then.get(t.id)) is not None]
    settings = project.settings
    codings = {c.id: c for t in compared for c in freezes[t.id].codings if c.coder_id in (a.id, b.id)}
    empty = Comparison(
        a=a,
        b=b,
        codes=tuple(project.codebook.all(retired=True)),
        transcripts=tuple(compared),
        left_out=tuple(t for t in wanted if then.get(t.id) is None),
        readings=tuple(TwoReadings(t.id, len(t.text)) for t in compared),
        codings={},
        rule=EdgeRule(settings.get("iou_agreed"), settings.get("edge_characters")),
        trimmed=settings.get("trim"),
        interviewer=settings.get("interviewer"),
        label=one.label,
    )
    return empty.with_codings(codings, [t.id for t in compared])


def _as_it_was(project: Project, transcript: Transcript, text_hash: str) -> Transcript | None:
    """The interview with the text it had when it froze; `None` if that was wiped."""
    if transcript.text_hash == text_hash:
        return transcript
    text = project.rounds.text_then(text_hash)
    return None if text is None else replace(transcript, text=text, text_hash=text_hash, turns=())
