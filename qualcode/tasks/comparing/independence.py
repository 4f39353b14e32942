"""How independent the readings of each interview were, from what the record of the project holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.i18n import _
from qualcode.reports.wording.claims import Independence
from qualcode.store.records.proofs import Unproved

if TYPE_CHECKING:
    from qualcode.model import Coder, Transcript
    from qualcode.store.project import Project
    from qualcode.store.records.proofs import Freeze
    from qualcode.store.records.rounds import Opening
    from qualcode.store.records.seals import Round
    from qualcode.tasks.comparing.comparison import Comparison

# what is not as it should be, whoever worked where
BROKEN = (Unproved.OTHER, Unproved.FORGED)


@dataclass(frozen=True, slots=True)
class Claim:
    """What can be said of the readings of an interview, in a round or as things stand (`one` is `None`).

    `doubts` say why it is not proved, `opened` by whom and why a seal was opened early. While it is sealed there is
    nothing to claim yet (`state` is `None`).
    """

    transcript: Transcript
    one: Round | None
    coders: tuple[Coder, ...]
    state: Independence | None
    doubts: tuple[Unproved, ...] = ()
    opened: tuple[Opening, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether something does not bear out what was fixed."""
        return any(doubt in BROKEN for doubt in self.doubts)


class Claims:
    """The record of a project, read once to say what can be claimed of its interviews."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._rounds = project.rounds.all()
        self._openings = project.rounds.openings()
        self._freezes = {(f.round_id, f.transcript_id): f for f in project.rounds.freezes()}
        self._talked: dict[str, str] = {}
        for decision in project.decisions.all(reopened=True):
            self._talked.setdefault(decision.transcript_id, decision.at)

    def claim(
        self, transcript: Transcript, one: Round | None, coders: Sequence[Coder], times: Iterable[str]
    ) -> Claim:
        """What can be said of the readings of these coders; `times` are the moments at which they marked what they did.

        Recoded after talking: in an earlier round they had read it already, or a difference in it had been decided
        on before. Not sealed: no round, or codings that were there before the round began.
        """
        moments = list(times)
        opened = tuple(
            o for o in self._openings if one and (o.round_id, o.transcript_id) == (one.id, transcript.id)
        )
        freeze = self._freezes.get((one.id, transcript.id)) if one else None
        doubts = tuple(self._project.proofs.doubts(freeze)) if freeze and not opened else ()
        state: Independence | None = self._state(transcript.id, one, {coder.id for coder in coders}, moments)
        if opened and state is not Independence.AGAIN:
            state = Independence.OPENED
        elif state is Independence.PROVED:
            state = self._proved(freeze, doubts)
        return Claim(transcript, one, tuple(coders), state, doubts, opened)

    def _state(
        self, transcript_id: str, one: Round | None, coders: set[str], times: list[str]
    ) -> Independence:
        """How it was read, as far as moments and rounds can tell."""
        latest = one.started_at if one is not None else max(times, default="")
        before = one is not None and any(
            earlier.number < one.number
            and coders <= set(earlier.coders)
            and transcript_id in earlier.transcripts
            for earlier in self._rounds
        )
        if before or (transcript_id in self._talked and self._talked[transcript_id] < latest):
            return Independence.AGAIN
        if one is None or min(times, default=one.started_at) < one.started_at:
            return Independence.UNSEALED
        return Independence.PROVED

    def _proved(self, freeze: Freeze | None, doubts: Sequence[Unproved]) -> Independence | None:
        if freeze is None:
            return None
        if any(doubt in BROKEN for doubt in doubts):
            return Independence.UNSEALED
        return Independence.SEALED if doubts else Independence.PROVED


def independence_of(project: Project, found: Comparison, one: Round | None = None) -> dict[str, Independence]:
    """For every interview (id) compared, how it was read: in the round `one`, or as things stand."""
    made: dict[str, list[str]] = {}
    for coding in found.codings.values():
        made.setdefault(coding.transcript_id, []).append(coding.created_at)
    claims = Claims(project)
    return {
        transcript.id: claims.claim(transcript, one, (found.a, found.b), made.get(transcript.id, ())).state
        or Independence.UNSEALED
        for transcript in found.transcripts
    }


def audit(project: Project) -> list[Claim]:
    """What can be claimed of every interview that more than one read: per round, or without one as things stand."""
    claims = Claims(project)
    people = {coder.id: coder for coder in project.coders.pair()}
    rounds = project.rounds.all()
    frozen = {(f.round_id, f.transcript_id): f for f in project.rounds.freezes()}
    sealed = project.rounds.sealed()
    found = []
    for transcript in project.transcripts.all():
        its_rounds = [one for one in rounds if transcript.id in one.transcripts]
        for one in its_rounds:
            coders = [people[who] for who in one.coders if who in people]
            freeze = frozen.get((one.id, transcript.id))
            if freeze is None and transcript.id in sealed:
                found.append(Claim(transcript, one, tuple(coders), None))
                continue
            codings = freeze.codings if freeze else project.codings.all(transcript=transcript)
            times = [c.created_at for c in codings if c.coder_id in one.coders]
            found.append(claims.claim(transcript, one, coders, times))
        if not its_rounds:
            codings = [c for c in project.codings.all(transcript=transcript) if c.coder_id in people]
            readers = [people[who] for who in people if any(c.coder_id == who for c in codings)]
            if len(readers) > 1:
                found.append(claims.claim(transcript, None, readers, [c.created_at for c in codings]))
    return found


def next_in_rounds(project: Project, coder: Coder) -> list[str]:
    """What a coder still has to do or wait for in sealed rounds, in words: to send, or that others finish."""
    names = {person.id: person.name for person in project.coders.all()}
    done = project.progress.done()
    unfinished: dict[str, list[str]] = {}
    on_the_way = []
    for key, one in project.rounds.sealed().items():
        if coder.id not in one.coders or not one.commits or (key, coder.id) not in done:
            continue
        missing = set(one.coders) - project.commitments.of(one, key).keys()
        if missing:
            who = ", ".join(sorted(names[other] for other in missing))
            unfinished.setdefault(who, []).append(key)
        else:
            on_the_way.append(key)
    lines = []
    if on_the_way:
        words = _(
            "Finished by all: {interviews}. What you marked there travels from now on: send your share file (once "
            "more). It opens here when the file of the other has come as well."
        )
        lines.append(words.format(interviews=project.rounds.names(on_the_way)))
    for who, keys in sorted(unfinished.items()):
        words = _(
            "{interviews}: what you marked is fixed. It stays on this laptop until {who} has finished too. Send your "
            "share file: it tells that you are done, and nothing of what you marked."
        )
        lines.append(words.format(interviews=project.rounds.names(keys), who=who))
    return lines


def in_words(claim: Claim, names: dict[str, str]) -> list[str]:
    """A claim for people: a line on the interview, and what belongs to it."""
    where = claim.one.label if claim.one else _("no round")
    state = claim.state.label if claim.state else _("still sealed")
    lines = [f"{claim.transcript.name} · {where} · {state}"]
    lines += [
        "  "
        + _("opened early by {name}, because: {reason}").format(
            name=names.get(o.coder_id, "?"), reason=o.reason
        )
        for o in claim.opened
    ]
    return lines + [f"  {doubt.label}" for doubt in claim.doubts]


def evidence(project: Project, claim: Claim) -> dict[str, Any]:
    """All that a third party needs to verify a claim: what was fixed, what was shown, by which keys.

    `hash` is SHA-256 of `salt`, a line end and `reading`; what is signed stands in docs/file-format.md.
    """
    if claim.one is None or claim.state is None:
        return {"commitments": []}
    fixed, shown = project.commitments.of(claim.one, claim.transcript.id), project.commitments.reveals()
    keys = {key.id: key for key in project.keys.all()}
    names = {coder.id: coder.name for coder in project.coders.all()}
    told = []
    for who in claim.one.coders:
        if (commitment := fixed.get(who)) is None:
            continue
        key, reveal = keys.get(commitment.key_id or ""), shown.get(commitment.id)
        told.append(
            {
                "coder": names.get(who),
                "id": commitment.id,
                "hash": commitment.hash,
                "at": commitment.at,
                "signature": commitment.signature,
                "key": key.public if key else None,
                "machine": key.machine if key else None,
                "shown": {
                    "salt": reveal.salt,
                    "reading": reveal.reading,
                    "rests_on": reveal.rests_on,
                    "at": reveal.at,
                    "signature": reveal.signature,
                }
                if reveal
                else None,
            }
        )
    return {"commitments": told}
