"""Who the speakers are: said once per project, remembered per kind of file name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatchcase

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Role, Transcript, Turn
from qualcode.store.project import Project

INTERVIEWER = "interviewer"
EVERY_FILE = "*"


@dataclass(frozen=True, slots=True)
class SpeakerRule:
    """In files whose name fits `pattern`, the label `label` is a `role` (a `Role`, or "interviewer")."""

    label: str
    role: str
    pattern: str = EVERY_FILE

    def fits(self, label: str, file: str) -> bool:
        """Whether it is about this label in this file."""
        return label.casefold() == self.label.casefold() and fnmatchcase(
            file.casefold(), self.pattern.casefold()
        )

    @property
    def shown(self) -> str:
        """The label that the speaker gets: the word for the role."""
        return self.role.capitalize()


def rules_of(project: Project) -> list[SpeakerRule]:
    """What was said about speakers, the most particular patterns first."""
    found = [SpeakerRule(**rule) for rule in project.settings.get("speakers")]
    return sorted(found, key=lambda rule: (rule.pattern == EVERY_FILE, -len(rule.pattern), rule.label))


def speakers_in(project: Project) -> dict[str, tuple[int, int, bool]]:
    """Every label with its number of turns, of transcripts, and whether it is an interviewer."""
    turns: Counter[str] = Counter()
    transcripts: Counter[str] = Counter()
    asking: set[str] = set()
    for transcript in project.transcripts.all():
        turns.update(turn.speaker for turn in transcript.turns)
        transcripts.update({turn.speaker for turn in transcript.turns})
        asking |= {turn.speaker for turn in transcript.turns if turn.interviewer}
    return {label: (n, transcripts[label], label in asking) for label, n in turns.most_common()}


def say_who(project: Project, label: str, role: str, pattern: str = EVERY_FILE) -> list[Transcript]:
    """Say that a label is a role, for the files there are and those to come; returns the transcripts changed.

    Raises `InputError` for an unknown role, or if an interview would be left with nobody who answers.
    """
    if role not in (INTERVIEWER, *Role):
        raise InputError(
            _("There is no role “{role}”. Choose from: {known}.").format(
                role=role, known=", ".join((INTERVIEWER, *Role))
            )
        )
    if not label.strip():
        raise InputError(_("Say which speaker you mean."))
    rule = SpeakerRule(label, role, pattern)
    kept = [one for one in rules_of(project) if (one.label, one.pattern) != (label, pattern)]
    changed = []
    with project.transaction("speakers.say"):
        project.settings.set("speakers", [asdict(one) for one in (*kept, rule)])
        for transcript in project.transcripts.all():
            turns = relabelled(transcript.turns, transcript.source, [rule])
            if turns != transcript.turns:
                if all(turn.interviewer for turn in turns):
                    raise InputError(
                        _(
                            "Then nobody would answer in {name}: every turn would be the interviewer's."
                        ).format(name=transcript.name)
                    )
                changed.append(project.transcripts.set_turns(transcript, turns))
    return changed


def relabelled(turns: Sequence[Turn], file: str, rules: Sequence[SpeakerRule]) -> tuple[Turn, ...]:
    """The turns with the labels and interviewers that the rules say."""

    def told(turn: Turn) -> Turn:
        rule = next((rule for rule in rules if rule.fits(turn.speaker, file)), None)
        return replace(turn, speaker=rule.shown, interviewer=rule.role == INTERVIEWER) if rule else turn

    return tuple(map(told, turns))


def informant_by(labels: Iterable[str], file: str, rules: Sequence[SpeakerRule]) -> Role | None:
    """The informant, if the rules name exactly one role among the speakers of a file."""
    roles = {
        rule.role for label in labels for rule in rules if rule.fits(label, file) and rule.role != INTERVIEWER
    }
    return Role(roles.pop()) if len(roles) == 1 else None
