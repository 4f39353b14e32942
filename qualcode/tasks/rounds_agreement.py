"""Agreement round by round, in two series that never mix: before talking, and after it.

Before talking: what both had when an interview was frozen, which never changes after. After
talking: the same codings, but where a decision settled a difference both read as was decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qualcode.agreement.result import Agreement, Series
from qualcode.model import Coder, CoderKind, Coding
from qualcode.store.decisions import Decision, Outcome
from qualcode.store.project import Project
from qualcode.store.rounds import Round
from qualcode.tasks.agreeing import agree, options_of
from qualcode.tasks.comparison import Comparison, compare
from qualcode.tasks.rounds import round_comparison

_TWO_READINGS_STAY = (Outcome.DIFFER, Outcome.LATER)


def through_project(project: Project, a: Coder, b: Coder) -> tuple[list[Agreement], Comparison]:
    """Every round that both took part in, before talking and (where anything was settled) after it.

    Without rounds: all that both have done, as one. The comparison tells the names of what is in them.
    """
    whole = compare(project, a, b)
    rounds = [one for one in project.rounds.all() if {a.id, b.id} <= set(one.coders)]
    compared: list[tuple[Comparison, Round | None]] = (
        [(round_comparison(project, one, a, b), one) for one in rounds] if rounds else [(whole, None)]
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
    texts = {transcript.id: transcript.text_hash for transcript in project.transcripts.all()}
    here = {t.id for t in found.transcripts if t.text_hash == texts.get(t.id)}  # the texts decided on
    settled = [
        decision
        for decision in project.decisions.all()
        if decision.settled
        and decision.outcome not in _TWO_READINGS_STAY
        and {decision.coder_a, decision.coder_b} == pair
        and decision.round_id in (None, one.id if one else decision.round_id)
        and decision.transcript_id in here
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
