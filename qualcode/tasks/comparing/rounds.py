"""Rounds as people look at them: how far each is, what both read when it froze, and what an article says of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, Any

from qualcode import __version__
from qualcode.agreement.intervals import LEVEL
from qualcode.agreement.kinds import EdgeRule, reconcile
from qualcode.agreement.readings import TwoReadings
from qualcode.agreement.result import Agreement, Series
from qualcode.errors import InputError
from qualcode.i18n import N_, Labelled, _, ngettext
from qualcode.reports.wording.methods import Facts, Settled
from qualcode.store.records.decisions import Decision, Outcome
from qualcode.tasks.comparing.agenda import agenda
from qualcode.tasks.comparing.agreement import agree, agree_all, options_of
from qualcode.tasks.comparing.comparison import Comparison, compare, is_again, kept_sample
from qualcode.tasks.comparing.independence import independence_of
from qualcode.tasks.material import layers_of

if TYPE_CHECKING:
    from qualcode.agreement.sampling import Sample
    from qualcode.model import Coder, Coding, Transcript
    from qualcode.store.project import Project
    from qualcode.store.records.proofs import Lacking
    from qualcode.store.records.seals import Round


class RoundState(Labelled):
    """How an interview stands in a round."""

    SEALED = "sealed", N_("sealed")
    OPENED = "opened", N_("seal opened")
    FROZEN = "frozen", N_("frozen")


@dataclass(frozen=True, slots=True)
class InterviewInRound:
    """One interview in a round: its state, who has finished it, and whose reading is still to come."""

    transcript: Transcript
    state: RoundState
    done: tuple[Coder, ...]
    waiting: tuple[tuple[Coder, Lacking], ...] = ()


def interviews_in(project: Project, one: Round) -> list[InterviewInRound]:
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
        state = (
            RoundState.FROZEN if key in frozen else RoundState.OPENED if key in opened else RoundState.SEALED
        )
        finished = [coder for coder in people if key in frozen or (key, coder.id) in done]
        waiting: list[tuple[Coder, Lacking]] = []
        if state is RoundState.SEALED and one.commits and len(finished) == len(people):
            lacking = ((coder, project.proofs.lacking(one, key, coder.id)) for coder in people)
            waiting = [(coder, why) for coder, why in lacking if why is not None]
        found.append(InterviewInRound(transcript, state, tuple(finished), tuple(waiting)))
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
    text = project.rounds.text_then(transcript.id, text_hash)
    return None if text is None else replace(transcript, text=text, text_hash=text_hash, turns=())


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
    stands = [
        c
        for layer in layers_of(project)
        for c in project.codings.all(coder=layer)
        if c.decision_id in decided
    ]
    for side in (found.a, found.b):
        for coding in stands:
            key = f"{coding.id}/{side.id}"  # one coding of the layer stands on both sides
            kept[key] = replace(coding, id=key, coder_id=side.id)
    return kept


def facts_of(project: Project, a: Coder, b: Coder, *, everything: bool = False) -> Facts:
    """What a methods section says about the agreement of two coders in a project.

    Where there were rounds, the figures are those of the last one in which something froze.
    """
    rounds = [] if everything else [one for one in project.rounds.all() if {a.id, b.id} <= set(one.coders)]
    compared = [(one, round_comparison(project, one, a, b)) for one in rounds]
    frozen = [(one, of_round) for one, of_round in compared if of_round.readings]
    one, comparison = frozen[-1] if frozen else (None, compare(project, a, b, everything=everything))
    names = {code.id: str(code.name) for code in comparison.codes}
    names |= {t.id: t.name for t in (*comparison.transcripts, *comparison.left_out)}
    options = options_of(project, comparison.codes)
    found = agree(comparison, options)
    discussed = after_talking(project, comparison, one)
    sample = kept_sample(project)
    if sample and not set(found.documents) <= set(sample.drawn):
        sample = None  # what was compared is not what was drawn
    kinds = {coder.name: coder.kind.label for coder in (a, b)}
    several = agree_all(project, everything=everything) if len(project.coders.pair()) > 2 else None
    return Facts(
        agreement=found,
        available=len(project.transcripts.all()),
        sample=sample,
        kinds=reconcile(comparison.differences()),
        settled=_settled(project, comparison),
        discussed=replace(agree(discussed, options), series=Series.DISCUSSED) if discussed else None,
        names=names,
        through=tuple(through_project(project, a, b)[0]) if frozen else (),
        independence=independence_of(project, comparison, one),
        roles=tuple(f"{name} ({kind})" for name, kind in kinds.items()),
        earlier=tuple(_with_size(earlier, of_round) for earlier, of_round in frozen[:-1]),
        codebook=one.codebook if one else "",
        version=__version__,
        inputs=inputs_of(comparison, sample),
        pairs=several.pairs if several else (),
        days_between=_days_between(comparison) if is_again(a.name, b.name) else None,
        together=tuple((str(c.code.name), c.alpha, c.interval) for c in several.codes if c.used)
        if several
        else (),
    )


def _days_between(comparison: Comparison) -> int:
    """How many days lie between the first codings of both in an interview (median)."""
    first: dict[tuple[str, str], str] = {}
    for coding in comparison.codings.values():
        key = (coding.transcript_id, coding.coder_id)
        first[key] = min(coding.created_at, first.get(key, coding.created_at))
    apart = [
        abs((datetime.fromisoformat(first[one, b]) - datetime.fromisoformat(first[one, a])).days)
        for a, b in [(comparison.a.id, comparison.b.id)]
        for one in {transcript for transcript, _coder in first}
        if (one, a) in first and (one, b) in first
    ]
    return round(median(apart)) if apart else 0


def _with_size(one: Round, found: Comparison) -> str:
    n = len(found.transcripts)
    size = ngettext("{n} transcript", "{n} transcripts", n).format(n=n)
    return f"{one.label}, {size}"


def inputs_of(comparison: Comparison, sample: Sample | None = None) -> dict[str, Any]:
    """What the figures rest on, so that they can be computed again and the same can be seen to come out.

    The codings have one fingerprint together: what was marked by whom with which code, in order of their ids.
    """
    slugs = {code.id: code.slug for code in comparison.codes}
    names = {coder.id: coder.name for coder in (comparison.a, comparison.b)}
    compared = {transcript.id for transcript in comparison.transcripts}
    rows = [
        [c.id, c.transcript_id, c.start, c.end, slugs[c.code_id], names[c.coder_id]]
        for c in sorted(comparison.codings.values(), key=attrgetter("id"))
        if c.transcript_id in compared
    ]
    return {
        "program": f"qualcode {__version__}",
        "round": comparison.label,
        "interviews": {t.name: {"id": t.id, "text": t.text_hash} for t in comparison.transcripts},
        "codings": {"number": len(rows), "sha256": sha256(json.dumps(rows).encode()).hexdigest()},
        "settings": {
            "trimmed": comparison.trimmed,
            "interviewer": comparison.interviewer,
            "iou_agreed": comparison.rule.iou,
            "edge_characters": comparison.rule.characters,
        },
        "interval": {"method": "jackknife", "level": LEVEL},
        "sample": sample.to_dict() if sample else None,
    }


def _settled(project: Project, comparison: Comparison) -> Settled | None:
    """What became of the differences of a comparison; `None` while nothing was decided on."""
    items = agenda(project, comparison)
    apart = items.left_apart()
    differ = sum(decision is not None and decision.settled for _item, decision in apart)
    settled = len(items.items) - len(apart)
    return Settled(settled, differ, len(apart) - differ) if settled or differ else None


def nothing_compared() -> InputError:
    """There is no interview that both have done."""
    return InputError(
        _(
            "Neither interview is marked done by both coders, so there is nothing to report. Use --all for all."
        )
    )
