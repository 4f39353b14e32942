"""Correct the text of an interview that is coded already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.store.records.revisions import turns_after
from qualcode.text.normal import normal
from qualcode.text.revisions import Carrier, Edit, apply, differences

if TYPE_CHECKING:
    from qualcode.model import Transcript, Turn
    from qualcode.store.project import Project
    from qualcode.store.records.revisions import Revision
    from qualcode.text.spans import Span


def corrected_words(
    project: Project, transcript: Transcript, span: Span, words: str
) -> tuple[Revision, list[Turn]]:
    """Plan: the words at `span` become `words`; the turns stay as they are.

    Raises `InputError` if the span reaches over more than one turn, or a turn would be empty.
    """
    turn = transcript.turn_at(span.start)
    if turn is not None and span.end > turn.end:
        raise InputError(_("A correction stays within one turn."))
    new = normal(words)
    old = span.of(transcript.text)
    edits = [Edit(span.start + e.start, span.start + e.end, e.text) for e in differences(old, new)]
    text = apply(transcript.text, edits)
    revision = project.revisions.plan(transcript, text, edits)
    return revision, turns_after(transcript, edits)


def corrected_everywhere(
    project: Project, transcript: Transcript, old: str, new: str
) -> tuple[Revision, list[Turn]]:
    """Plan: every place where `old` stands (as it is written) gets `new`."""
    old, new = normal(old), normal(new)
    if not old or "\n" in old + new:
        raise InputError(_("Say which words on one line are to be replaced."))
    places, position = [], transcript.text.find(old)
    while position >= 0:
        places.append(Edit(position, position + len(old), new))
        position = transcript.text.find(old, position + len(old))
    if not places:
        raise InputError(_("“{words}” does not stand in {name}.").format(words=old, name=transcript.name))
    text = apply(transcript.text, places)
    return project.revisions.plan(transcript, text, places), turns_after(transcript, places)


def corrected_from_file(project: Project, transcript: Transcript, path: Path) -> tuple[Revision, list[Turn]]:
    """Plan: the interview as a corrected file has it, turns and all.

    What stood beside an unchanged speaker (interviewer or not) and at an unchanged place (times,
    parts of a form) is kept where the file does not tell it.
    """
    from qualcode.sources import compose, read  # brings the readers of files

    asking = {turn.speaker for turn in transcript.turns if turn.interviewer}
    known = {turn.speaker for turn in transcript.turns}
    draft = read(path)
    speakers = {turn.speaker for turn in draft.turns}
    text, turns = compose(draft, interviewers=asking if speakers <= known else None)
    edits = differences(transcript.text, text)
    revision = project.revisions.plan(transcript, text, edits)
    carrier = Carrier(edits)
    before = {carrier.position(turn.start): turn for turn in transcript.turns}
    return revision, [_with_times(turn, before.get(turn.start)) for turn in turns]


def _with_times(turn: Turn, before: Turn | None) -> Turn:
    if before is None or turn.time_start is not None:
        return turn
    return replace(
        turn, time_start=before.time_start, time_end=before.time_end, part=turn.part or before.part
    )
