"""Correct the text of an interview that is coded already."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.text import bytes_of, decode
from qualcode.i18n import _
from qualcode.sources.draft import Draft, DraftTurn
from qualcode.sources.lines import key_of
from qualcode.store.records.revisions import turns_after
from qualcode.tasks.transcripts.speakers import relabelled, rules_of
from qualcode.text.normal import normal
from qualcode.text.revisions import Carrier, Edit, apply, differences

if TYPE_CHECKING:
    from qualcode.model import Transcript, Turn
    from qualcode.store.project import Project
    from qualcode.store.records.revisions import Revision
    from qualcode.text.spans import Span


_LINES_ABOVE = 4  # the heading that `transcripts show` prints


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


def corrected_from_file(
    project: Project, transcript: Transcript, path: Path, *, fewer: bool = False
) -> tuple[Revision, list[Turn]]:
    """Plan: the interview as a corrected file has it, turns and all.

    The file may be as `transcripts show` prints the interview. What stood beside an unchanged speaker (interviewer or
    not) and at an unchanged place (times, parts of a form) is kept where the file does not tell it. Raises
    `InputError` if turns or speakers would be lost, unless `fewer` allows it.
    """
    from qualcode.sources import compose, read  # brings the readers of files

    asking = {turn.speaker for turn in transcript.turns if turn.interviewer}
    known = {turn.speaker for turn in transcript.turns}
    draft = _as_printed(path, known) or read(path, {key_of(label): True for label in known if label})
    speakers = {turn.speaker for turn in draft.turns}
    only_asked = (
        speakers <= asking
    )  # nobody answers any more: it is refused below, with all that would be lost
    text, found = compose(draft, interviewers=() if only_asked else asking if speakers <= known else None)
    roles = {turn.speaker: turn.role for turn in transcript.turns}
    had = (replace(turn, role=roles.get(turn.speaker)) for turn in found)
    turns = relabelled(tuple(had), transcript.source, rules_of(project))
    if not fewer:
        _refuse_losing(transcript, turns, path)
    edits = differences(transcript.text, text)
    revision = project.revisions.plan(transcript, text, edits)
    carrier = Carrier(edits)
    before = {carrier.position(turn.start): turn for turn in transcript.turns}
    return revision, [_with_times(turn, before.get(turn.start)) for turn in turns]


_PRINTED = re.compile(r"^\[\d+[–-]\d+\] ", re.MULTILINE)


def _as_printed(path: Path, known: Collection[str]) -> Draft | None:
    """The turns of a text that `transcripts show` printed: places between brackets, label, colon; else `None`."""
    if path.suffix.lower() not in (".txt", ".text", ".md"):
        return None
    pieces = _PRINTED.split(normal(decode(bytes_of(path))[0]))
    if len(pieces) < 2 or len(pieces[0].split("\n")) > _LINES_ABOVE:
        return None
    labels = sorted(known, key=len, reverse=True)
    turns = []
    for piece in pieces[1:]:
        label = next((label for label in labels if piece.startswith(f"{label}: ")), piece.partition(": ")[0])
        turns.append(DraftTurn(label, piece[len(label) + 2 :]))
    return Draft(tuple(turns))


def _refuse_losing(transcript: Transcript, turns: Sequence[Turn], path: Path) -> None:
    """Raise `InputError` if a correction loses turns or speakers: then the labels were read otherwise than meant."""
    before = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker)
    lost = [label for label in before if label not in {turn.speaker for turn in turns}]
    reasons = [_("no turn is of “{label}” any more").format(label=label) for label in lost]
    if len(turns) < len(transcript.turns):
        words = _("{before} turns would become {after}")
        reasons.append(words.format(before=len(transcript.turns), after=len(turns)))
    if reasons:
        raise InputError(
            _(
                "{file}: turns or speakers of {name} would be lost, so nothing was changed. Write the labels as "
                "transcripts show prints them; if it is meant so, add --fewer."
            ).format(file=path.name, name=transcript.name),
            reasons,
        )


def _with_times(turn: Turn, before: Turn | None) -> Turn:
    if before is None or turn.time_start is not None:
        return turn
    return replace(
        turn, time_start=before.time_start, time_end=before.time_end, part=turn.part or before.part
    )
