"""Two coders of a project, laid beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.agreement.kinds import Difference, EdgeRule, differences
from qualcode.agreement.readings import TwoReadings, two_readings
from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Code, Coder, Coding, Transcript
from qualcode.store.project import Project
from qualcode.text.spans import Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two coders made of the same transcripts.

    `readings` are the transcripts compared (those both marked done, unless all were asked
    for), in the order of `transcripts`; `left_out` the others. `trimmed`: white space at the edges does not
    count; `interviewer`: the interviewer's turns count.
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

    def differences(self) -> list[Difference]:
        """All agreements and differences, in the order of the texts."""
        parents = {code.id: code.parent_id for code in self.codes}
        return differences(self.readings, parents, self.rule)


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
        raise InputError(
            _("Comparing takes two coders, and this project has {n}. Let the other one code first.").format(
                n=len(people)
            )
        )
    if len(others) > 1:
        names = ", ".join(coder.name for coder in people)
        raise InputError(
            _("There are more than two coders ({names}). Name the two to compare.").format(names=names)
        )
    return named[0], others[0]


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
) -> Comparison:
    """Lay the codings of two coders beside each other.

    `everything` takes in transcripts that are not marked done by both. Trimming and
    the interviewer's turns are as the project's settings say, unless given. `by_sentence`
    finds the sentences, for those who want to count by them.
    """
    trimmed = project.settings.get("trim") if trimmed is None else trimmed
    interviewer = project.settings.get("interviewer") if interviewer is None else interviewer
    done = project.progress.done()
    chosen = list(transcripts) if transcripts is not None else project.transcripts.all()
    both_done = [t for t in chosen if (t.id, a.id) in done and (t.id, b.id) in done]
    compared = chosen if everything else both_done
    codings = [c for coder in (a, b) for c in project.codings.all(coder=coder)]
    per_transcript: dict[tuple[str, str], list[Coding]] = {}
    for coding in codings:
        per_transcript.setdefault((coding.transcript_id, coding.coder_id), []).append(coding)
    finished = {transcript.id for transcript in both_done}
    readings = tuple(
        two_readings(
            transcript.id,
            transcript.text,
            per_transcript.get((transcript.id, a.id), []),
            per_transcript.get((transcript.id, b.id), []),
            trimmed=trimmed,
            excluded=[] if interviewer else [turn.span for turn in transcript.turns if turn.interviewer],
            turns=[turn.span for turn in transcript.turns],
            sentences=_sentences(transcript) if by_sentence else (),
            case=transcript.case,
            role=str(transcript.informant or ""),
            done=transcript.id in finished,
        )
        for transcript in compared
    )
    kept = {transcript.id for transcript in compared}
    return Comparison(
        a=a,
        b=b,
        codes=tuple(project.codebook.all(retired=True)),
        transcripts=tuple(compared),
        left_out=tuple(transcript for transcript in chosen if transcript.id not in kept),
        readings=readings,
        codings={coding.id: coding for coding in codings},
        rule=EdgeRule(iou=project.settings.get("iou_agreed")),
        trimmed=trimmed,
        interviewer=interviewer,
    )


def _sentences(transcript: Transcript) -> list[Span]:
    from qualcode.language.sentences import sentences

    return [
        Span(turn.start + found.start, turn.start + found.end)
        for turn in transcript.turns
        for found in sentences(transcript.text[turn.start : turn.end], transcript.language)
    ]
