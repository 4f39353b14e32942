"""Agreement round by round, in two series that never mix: before talking, and after it.

Before talking: what both had when an interview was frozen, which never changes after. After
talking: the same codings, but where a decision settled a difference both read as was decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qualcode.agreement.readings import TwoReadings
from qualcode.agreement.result import Agreement, Series
from qualcode.model import Coder, CoderKind, Coding, Transcript
from qualcode.store.decisions import Decision, Decisions, Outcome
from qualcode.store.project import Project
from qualcode.store.rounds import Round
from qualcode.store.seals import Freeze
from qualcode.tasks.agreeing import agree, options_of
from qualcode.tasks.comparison import Comparison, compare
from qualcode.text.revisions import Carrier, differences

_TWO_READINGS_STAY = (Outcome.DIFFER, Outcome.LATER)


def through_project(project: Project, a: Coder, b: Coder) -> tuple[list[Agreement], Comparison]:
    """Every round that both took part in, before talking and (where anything was settled) after it.

    Without rounds: all that both have done, as one. The comparison tells the names of what is in them.
    """
    whole = compare(project, a, b)
    rounds = [one for one in project.rounds.all() if {a.id, b.id} <= set(one.coders)]
    compared: list[tuple[Comparison, Round | None]] = (
        [(_frozen(project, whole, one), one) for one in rounds] if rounds else [(whole, None)]
    )
    options = options_of(project, whole.codes)
    before = [agree(each, options) for each, _round in compared]
    after = [
        replace(agree(settled, options), series=Series.DISCUSSED)
        for each, one in compared
        if (settled := after_talking(project, each, one)) is not None
    ]
    return [*before, *after], whole


def after_talking(project: Project, found: Comparison, one: Round | None = None) -> Comparison | None:
    """The comparison (of a round) with every settled difference read by both as decided.

    `None` while nothing is settled. What the pair agreed to differ on stays as it was.
    """
    pair = {found.a.id, found.b.id}
    settled = [
        decision
        for decision in Decisions(project).all()
        if decision.settled
        and decision.outcome not in _TWO_READINGS_STAY
        and {decision.coder_a, decision.coder_b} == pair
        and decision.round_id in (None, one.id if one else decision.round_id)
        and any(coding in found.codings for coding in decision.codings)
    ]
    if not settled:
        return None
    codings = _as_decided(project, found, settled)
    return found.with_codings(codings, [transcript.id for transcript in found.transcripts])


def _as_decided(project: Project, found: Comparison, settled: Iterable[Decision]) -> dict[str, Coding]:
    decided = {decision.id: decision for decision in settled}
    gone = {coding for decision in decided.values() for coding in decision.codings}
    kept = {key: coding for key, coding in found.codings.items() if key not in gone}
    layers = [coder for coder in project.coders.all() if coder.kind is CoderKind.CONSENSUS]
    stands = [c for layer in layers for c in project.codings.all(coder=layer) if c.decision_id in decided]
    for side in (found.a, found.b):
        for coding in stands:
            key = f"{coding.id}/{side.id}"  # one coding of the layer stands on both sides
            kept[key] = replace(coding, id=key, coder_id=side.id)
    return kept


def _frozen(project: Project, whole: Comparison, one: Round) -> Comparison:
    """What the two had in a round, on the texts as they were then."""
    freezes = {freeze.transcript_id: freeze for freeze in project.rounds.freezes(one)}
    at = {transcript.id: transcript for transcript in project.transcripts.all()}
    now = [at[key] for key in one.transcripts if key in at]
    then = {t.id: _as_then(project, t, freezes[t.id]) for t in now if t.id in freezes}
    transcripts = tuple(t for t in then.values() if t is not None)
    kept = {transcript.id for transcript in transcripts}
    pair = (whole.a.id, whole.b.id)
    codings = {
        coding.id: coding for key in kept for coding in freezes[key].codings if coding.coder_id in pair
    }
    outline = replace(
        whole,
        transcripts=transcripts,
        left_out=tuple(t for t in now if t.id not in kept),
        readings=tuple(TwoReadings(t.id, len(t.text)) for t in transcripts),
        codings={},
        label=one.label,
    )
    return outline.with_codings(codings, kept)


def _as_then(project: Project, transcript: Transcript, freeze: Freeze) -> Transcript | None:
    """The transcript with the text it was frozen with; `None` if that text was forgotten."""
    if freeze.text_hash == transcript.text_hash:
        return transcript
    text = project.revisions.text_of(freeze.text_hash)
    if text is None:
        return None
    back = Carrier(differences(transcript.text, text))
    turns = tuple(
        replace(turn, start=place.start, end=place.end)
        for turn in transcript.turns
        if (place := back.span(turn.span)) is not None
    )
    return replace(transcript, text=text, text_hash=freeze.text_hash, turns=turns)
