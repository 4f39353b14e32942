"""Two coders of a project, laid beside each other; and which transcripts both of them read, drawn by lot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import randbelow
from typing import TYPE_CHECKING, Literal

from qualcode.agreement.kinds import Difference, EdgeRule, differences
from qualcode.agreement.readings import TwoReadings, two_readings
from qualcode.agreement.result import Series
from qualcode.agreement.sampling import Candidate, Sample, draw
from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.language.sentences import sentences_within
from qualcode.model import Code, Coder, CoderKind, Coding, Role, Transcript, in_order, wide

if TYPE_CHECKING:
    from qualcode.store.project import Project
    from qualcode.text.spans import Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two coders made of the same transcripts.

    `readings` are the transcripts compared (those both marked done and that are not sealed, unless
    all were asked for), in the order of `transcripts`; `left_out` the others. `trimmed`: white space
    at the edges does not count; `interviewer`: the interviewer's turns count. `label` names the
    round it is of, if it is of one.
    """

    a: Coder
    b: Coder
    codes: tuple[Code, ...]
    transcripts: tuple[Transcript, ...]
    left_out: tuple[Transcript, ...]
    readings: tuple[TwoReadings, ...]
    codings: dict[str, Coding]
    rule: EdgeRule
    trimmed: bool
    interviewer: bool
    label: str = ""
    by_sentence: bool = False

    @property
    def parents(self) -> dict[str, str | None]:
        """For every code (id) the one above it."""
        return {code.id: code.parent_id for code in self.codes}

    @property
    def series(self) -> Series:
        """What its figures are: with the layer of decisions on one side they are after discussion."""
        return Series.DISCUSSED if CoderKind.CONSENSUS in (self.a.kind, self.b.kind) else Series.AS_CODED

    def differences(self) -> list[Difference]:
        """All agreements and differences, in the order of the texts."""
        return differences(self.readings, self.parents, self.rule)

    def with_codings(self, codings: Mapping[str, Coding], changed: Iterable[str]) -> Comparison:
        """The same with other codings; only the transcripts in `changed` (ids) are read again."""
        again = set(changed)
        per_place = _by_place(coding for coding in codings.values() if coding.transcript_id in again)
        readings = tuple(
            self._reading(transcript, per_place, done=reading.done) if transcript.id in again else reading
            for transcript, reading in zip(self.transcripts, self.readings, strict=True)
        )
        return replace(self, readings=readings, codings=dict(codings))

    def role_by_role(self) -> tuple[TwoReadings, ...]:
        """The readings, those of interviews in which people of several roles are heard once per role, by its turns."""
        per_place = _by_place(self.codings.values())
        found = []
        for transcript, reading in zip(self.transcripts, self.readings, strict=True):
            roles = {wide(role) for role in transcript.roles}
            if len(roles) < 2:
                found.append(reading)
            else:
                each = (role or Role("") for role in in_order(roles))
                found += [self._reading(transcript, per_place, done=reading.done, only=role) for role in each]
        return tuple(found)

    def _reading(
        self, transcript: Transcript, per_place: _Places, *, done: bool, only: Role | None = None
    ) -> TwoReadings:
        """One interview; with `only` just what people of that role say ("": whose role is not known)."""
        excluded: Iterable[Span] = ()
        if only is not None:
            excluded = (t.span for t in transcript.turns if (wide(transcript.role_of(t)) or "") != only)
        elif not self.interviewer:
            excluded = (t.span for t in transcript.turns if t.interviewer)
        return two_readings(
            transcript.id,
            transcript.text,
            per_place.get((transcript.id, self.a.id), ()),
            per_place.get((transcript.id, self.b.id), ()),
            trimmed=self.trimmed,
            excluded=excluded,
            turns=[turn.span for turn in transcript.turns],
            sentences=self._sentences(transcript),
            case=transcript.case,
            role=str(wide(only or transcript.roles[0]) or ""),
            done=done,
        )

    def _sentences(self, transcript: Transcript) -> Iterable[Span]:
        if not self.by_sentence:
            return ()
        turns = [turn.span for turn in transcript.turns]
        return sentences_within(transcript.text, turns, transcript.language)


_Places = Mapping[tuple[str, str], Sequence[Coding]]


def _by_place(codings: Iterable[Coding]) -> _Places:
    """Codings by transcript and coder."""
    found: dict[tuple[str, str], list[Coding]] = {}
    for coding in codings:
        found.setdefault((coding.transcript_id, coding.coder_id), []).append(coding)
    return found


def two_coders(project: Project, a: str | None = None, b: str | None = None) -> tuple[Coder, Coder]:
    """The two coders to compare: those named, or the only two there are.

    Raises `InputError` when it is not clear who is meant.
    """
    if a is not None and b is not None:
        first, second = project.coders.get(a), project.coders.get(b)
        if first.id == second.id:
            raise InputError(_("Name two different coders to compare."))
        return first, second
    people = project.coders.pair()
    named = [project.coders.get(a)] if a is not None else people[:1]
    others = [coder for coder in people if coder not in named]
    if not named or not others:
        raise too_few(len(people))
    if len(others) > 1:
        names = ", ".join(coder.name for coder in people)
        raise InputError(
            _("There are more than two coders ({names}). Name the two to compare.").format(names=names)
        )
    return named[0], others[0]


def too_few(people: int) -> InputError:
    """There are not two coders to compare."""
    return InputError(
        _("Comparing takes two coders, and this project has {n}. Let the other one code first.").format(
            n=people
        )
    )


def compare(
    project: Project,
    a: Coder,
    b: Coder,
    *,
    everything: bool = False,
    trimmed: bool | None = None,
    interviewer: bool | None = None,
    transcripts: Sequence[Transcript] | None = None,
    by_sentence: bool = False,
    empty: bool = False,
) -> Comparison:
    """Lay the codings of two coders beside each other.

    `everything` takes in transcripts that are not marked done by both. Trimming and
    the interviewer's turns are as the project's settings say, unless given. `by_sentence`
    finds the sentences, for those who want to count by them. With `empty` it says what is compared,
    and how, without any coding in it yet. Raises `SealedError` if `everything` would show what is
    sealed to the person at work.
    """
    settings = project.settings
    chosen = list(transcripts) if transcripts is not None else project.transcripts.all()
    if everything:
        project.rounds.refuse_look(project.coder, (a, b), chosen)
    finished = _finished_by(project, (a, b))
    compared = chosen if everything else [t for t in chosen if t.id in finished]
    kept = {transcript.id for transcript in compared}
    outline = Comparison(
        a=a,
        b=b,
        codes=tuple(project.codebook.all(retired=True)),
        transcripts=tuple(compared),
        left_out=tuple(transcript for transcript in chosen if transcript.id not in kept),
        readings=tuple(TwoReadings(t.id, len(t.text), done=t.id in finished) for t in compared),
        codings={},
        rule=EdgeRule(settings.get("iou_agreed"), settings.get("edge_characters")),
        trimmed=settings.get("trim") if trimmed is None else trimmed,
        interviewer=settings.get("interviewer") if interviewer is None else interviewer,
        by_sentence=by_sentence,
        label=_("stability: the same coder again") if is_again(a.name, b.name) else "",
    )
    return outline if empty else outline.with_codings(codings_of(project, a, b), kept)


def is_again(one: str, other: str) -> bool:
    """Whether the second name is that of the same person reading again: “anna 2” after “anna”."""
    first, second = sorted((one.casefold(), other.casefold()), key=len)
    rest = second.removeprefix(first)
    return rest != second and rest[:1] in (" ", "-") and rest[1:].isdecimal()


def codings_of(project: Project, *coders: Coder) -> dict[str, Coding]:
    """The codings of these coders as they are now, by id."""
    return {coding.id: coding for coder in coders for coding in project.codings.all(coder=coder)}


def _finished_by(project: Project, coders: Iterable[Coder]) -> set[str]:
    """The transcripts (ids) that all these coders marked done and that no round seals.

    The layer of decisions is never marked done: it counts where anybody has finished.
    """
    done = project.progress.done()
    people = [coder for coder in coders if coder.kind is not CoderKind.CONSENSUS]
    finished = {transcript for transcript, _coder in done}
    for coder in people:
        finished &= {transcript for transcript, who in done if who == coder.id}
    return finished - set(project.rounds.sealed())


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
    candidates = [
        Candidate(t.id, "+".join(str(role or "") for role in t.roles), t.case, t.name) for t in transcripts
    ]
    seed = randbelow(2**31) if seed is None else seed
    drawn = draw(candidates, share, method=method, seed=seed)
    earlier = sum(entry.action == _DRAWN for entry in project.journal.entries())
    sample = replace(drawn, redrawn=earlier)
    with project.transaction(_DRAWN, _("seed {seed}").format(seed=seed)):
        project.settings.set("sample", sample.to_dict())
    return sample


_DRAWN = "sample.draw"


def kept_sample(project: Project) -> Sample | None:
    """The sample drawn last, without transcripts that were taken out since; `None` if none was."""
    kept = project.settings.get("sample")
    if not kept:
        return None
    there = {transcript.id for transcript in project.transcripts.all()}
    chances = dict(zip(kept["drawn"], kept.pop("chances", ()), strict=False))
    drawn = tuple(transcript for transcript in kept.pop("drawn") if transcript in there)
    roles = tuple((part["role"], part["drawn"], part["available"]) for part in kept.pop("by_role"))
    return Sample(drawn, **kept, by_role=roles, chances=tuple(chances[one] for one in drawn if chances))
