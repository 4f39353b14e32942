"""Who speaks: the table of a file's speakers, what was said about it, what is not clear, and what is remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.text import bytes_of, decode
from qualcode.i18n import _, ngettext
from qualcode.model import USUAL_ROLES, Role, Transcript, Turn
from qualcode.sources import Draft, guess_from_name
from qualcode.sources.lines import LABEL_WORDS, bare, guess_interviewers, is_known, key_of
from qualcode.text.hidden_names import fingerprint
from qualcode.text.normal import normal, one_line
from qualcode.text.words import cut

if TYPE_CHECKING:
    from qualcode.store.project import Project

INTERVIEWER = Role.INTERVIEWER
NOBODY = "tekst"
"""The role of a label that is nobody: it stands in somebody's words."""
EVERY_FILE = "*"
_NOBODY_WORDS = (NOBODY, "text", "niemand", "nobody")
_LONG_TURN = 10  # times as long as the others: somebody's label may be missing in it
_SHORTEST_LONG_TURN = 300  # words; shorter ones are long only beside very short ones
_FEWEST_TURNS = 4
_SHOWN_WORDS = 50


@dataclass(frozen=True, slots=True)
class SpeakerRule:
    """In files whose name fits `pattern`, the label `label` is a `role` and is called `person`.

    The role is a `Role`, "interviewer", `NOBODY`, or "" for unknown; without `person` a speaker is called after the
    role. A label that may be somebody's name is kept as a fingerprint: "#" and its key, a colon, its mark.
    """

    label: str
    role: str
    pattern: str = EVERY_FILE
    person: str = ""

    def fits(self, label: str, file: str) -> bool:
        """Whether it is about this label in this file."""
        return self._is(label) and fnmatchcase(file.casefold(), self.pattern.casefold())

    def _is(self, label: str) -> bool:
        key, colon, mark = self.label.removeprefix("#").partition(":")
        if self.label.startswith("#") and colon:
            return fingerprint(label, key)[0] == mark
        return key_of(label) == key_of(self.label)

    @property
    def shown(self) -> str:
        """What the speaker is called, if nobody else in the interview is; "" for as it is written."""
        return self.person or ("" if self.role == Role.OTHER else self.role.capitalize())


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One label of a file: how often it speaks, its share of the words, its first words, and who it is.

    `role` and `person` as in `SpeakerRule`; `doubtful`: nothing proves that it is a speaker; `learnt`: who it is was
    said for an earlier file.
    """

    label: str
    turns: int
    share: float
    words: str
    role: str = ""
    person: str = ""
    doubtful: bool = False
    learnt: bool = False


def rules_of(project: Project) -> list[SpeakerRule]:
    """What was said about speakers, the most particular patterns first."""
    found = [SpeakerRule(**rule) for rule in project.settings.get("speakers")]
    return sorted(found, key=lambda rule: (rule.pattern == EVERY_FILE, -len(rule.pattern), rule.label))


def _rule_for(label: str, file: str, rules: Iterable[SpeakerRule]) -> SpeakerRule | None:
    return next((rule for rule in rules if rule.fits(label, file)), None)


def said_about(labels: Iterable[str], file: str, rules: Sequence[SpeakerRule]) -> dict[str, bool]:
    """Which of these labels are speakers, by the rules: key → whether it is one; without those nobody spoke about."""
    found = {label: _rule_for(label, file, rules) for label in labels}
    return {key_of(label): rule.role != NOBODY for label, rule in found.items() if rule is not None}


def asking(labels: Collection[str], file: str, rules: Sequence[SpeakerRule]) -> set[str]:
    """The labels that ask: as the rules say, and where they say nothing, as one would guess."""
    found = set(guess_interviewers(labels))
    for label in labels:
        rule = _rule_for(label, file, rules)
        if rule and rule.role:
            (found.add if rule.role == INTERVIEWER else found.discard)(label)
    return found


def relabelled(turns: Sequence[Turn], file: str, rules: Sequence[SpeakerRule]) -> tuple[Turn, ...]:
    """The turns with the labels and interviewers that the rules say.

    Two labels become one only where somebody gave them one name: two teachers stay two.
    """
    labels = dict.fromkeys(turn.speaker for turn in turns)
    found = {
        label: rule for label in labels if (rule := _rule_for(label, file, rules)) and rule.role != NOBODY
    }
    called = Counter(found[label].shown if label in found else label for label in labels)

    def told(turn: Turn) -> Turn:
        rule = found.get(turn.speaker)
        if rule is None:
            return turn
        shown = rule.shown if rule.person or called[rule.shown] == 1 else turn.speaker
        asks = rule.role == INTERVIEWER if rule.role else turn.interviewer
        role = turn.role if not rule.role else Role(rule.role) if not asks else None
        return replace(turn, speaker=shown or turn.speaker, interviewer=asks, role=role)

    return tuple(map(told, turns))


def with_roles(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns, those under a label that names a role by itself ("Moeder") with that role."""
    named: dict[str, Role | None] = {}

    def role_of(label: str) -> Role | None:
        if label not in named:
            role = _role_in(label)
            named[label] = Role(role) if role else None
        return named[label]

    return tuple(turn if turn.interviewer else replace(turn, role=role_of(turn.speaker)) for turn in turns)


def settled(turns: Sequence[Turn], informant: Role | None) -> tuple[tuple[Turn, ...], Role | None]:
    """Turns with roles and an interview's informant, so that nothing is said twice.

    If all who answer have one role it is the informant's; where the interview is known to be somebody else's, or
    several are heard, it stays with the turns.
    """
    found = {turn.role for turn in turns if not turn.interviewer}
    only = found.pop() if len(found) == 1 else None
    if only is None or informant not in (None, only):
        return tuple(turns), informant
    return tuple(replace(turn, role=None) for turn in turns), only


def rows_of(
    draft: Draft, file: str, rules: Sequence[SpeakerRule], said: Sequence[SpeakerRule] = ()
) -> list[SpeakerRow]:
    """The table of a file's speakers: those who speak most first, then what may be one.

    `rules` are the project's, `said` was said about this file and goes before them.
    """
    turns = Counter(turn.speaker for turn in draft.turns)
    sizes: Counter[str] = Counter()
    first: dict[str, str] = {}
    for turn in draft.turns:
        sizes[turn.speaker] += len(turn.text.split())
        first.setdefault(turn.speaker, turn.text)
    everything = [*said, *rules]
    asks = asking(turns.keys(), file, everything)
    whole = max(1, sizes.total())
    found = []
    for label, count in turns.most_common():
        rule = _rule_for(label, file, everything)
        role = rule.role if rule else ""
        found.append(
            SpeakerRow(
                label,
                count,
                sizes[label] / whole,
                one_line(first[label]),
                INTERVIEWER if label in asks else role or _role_in(label),
                rule.person if rule else "",
                learnt=rule is not None and rule not in said,
            )
        )
    words = [rule.label for rule in said if rule.role == NOBODY and rule.label not in turns]
    found += [SpeakerRow(label, 0, 0.0, "", NOBODY) for label in words]
    return found + [
        SpeakerRow(one.label, one.times, 0.0, one_line(one.words), doubtful=True) for one in draft.doubts
    ]


def asked_by(rows: Iterable[SpeakerRow], interviewers: Collection[str]) -> list[SpeakerRow]:
    """The table when these labels, and no others, are the interviewers."""
    named = {key_of(label) for label in interviewers}
    others = (replace(row, role="") if row.role == INTERVIEWER else row for row in rows)
    return [replace(row, role=INTERVIEWER) if key_of(row.label) in named else row for row in others]


def _role_in(label: str) -> str:
    """The role that a label names by itself ("Moeder"), if it does."""
    role = guess_from_name(bare(label))[1] if label and is_known(label) else None
    return str(role) if role else ""


def is_plain(rows: Sequence[SpeakerRow]) -> bool:
    """Whether there is nothing to ask: one speaker or none, an interviewer and another, or only ones said before."""
    speakers = [row for row in rows if row.label and row.role != NOBODY]
    asks = sum(row.role == INTERVIEWER for row in speakers)
    if any(row.doubtful for row in rows):
        return False
    return len(speakers) < 2 or (len(speakers) == 2 and asks == 1) or all(row.learnt for row in speakers)


def unclear(draft: Draft, rows: Sequence[SpeakerRow], said: Sequence[SpeakerRule], file: str) -> list[str]:
    """Why somebody has to look at who speaks, in sentences; empty if nothing is doubtful.

    A label that `said` is about was looked at.
    """
    found = []
    for row in rows:
        if row.doubtful:
            sentence = ngettext(
                "“{label}” stands at the start of a line and may be somebody who speaks (“{words}”).",
                "“{label}” stands at the start of {n} lines and may be somebody who speaks (“{words}”).",
                row.turns,
            )
            found.append(
                sentence.format(
                    label=cut(row.label, _SHOWN_WORDS), n=row.turns, words=cut(row.words, _SHOWN_WORDS)
                )
            )
        elif row.role == NOBODY and row.turns:
            sentence = _(
                "“{label}” is a speaker in the file itself and cannot be words of somebody else. Say who it is."
            )
            found.append(sentence.format(label=cut(row.label, _SHOWN_WORDS)))
    speakers = [row for row in rows if row.turns and not row.doubtful]
    if speakers and all(row.role == INTERVIEWER for row in speakers):
        found.append(_("Only an interviewer speaks; nobody answers."))
    long = _long_turn(draft)
    if long is not None and _rule_for(draft.turns[long].speaker, file, said) is None:
        turn = draft.turns[long]
        sentence = _(
            "Turn {n}, of “{label}”, has {words} words, more than ten times as many as the others have."
        )
        found.append(
            sentence.format(n=long + 1, label=cut(turn.speaker, _SHOWN_WORDS), words=len(turn.text.split()))
        )
    return found


def _long_turn(draft: Draft) -> int | None:
    """The longest turn, if it is so much longer than the others that somebody's words may be in it."""
    sizes = [len(turn.text.split()) for turn in draft.turns]
    if len(sizes) < _FEWEST_TURNS:
        return None
    longest = max(range(len(sizes)), key=sizes.__getitem__)
    others = (sum(sizes) - sizes[longest]) / (len(sizes) - 1)
    is_long = sizes[longest] >= max(_SHORTEST_LONG_TURN, _LONG_TURN * others)
    return longest if is_long and draft.turns[longest].speaker else None


def not_clear(file: str, reasons: Sequence[str], rows: Sequence[SpeakerRow]) -> InputError:
    """The refusal: why, and the table as it stands, in the form in which it can be said."""
    head = _("{file}: it is not clear who speaks, so it was not taken in.").format(file=file)
    how = _(
        "Say it in a file, a line for each label (label; role; name), and give that with --speakers FILE. "
        "The role is interviewer, ouder, leraar …, or tekst for what is no speaker. As it stands:"
    )
    lines = []
    for row in rows:
        turns = ngettext("{n} turn", "{n} turns", row.turns).format(n=row.turns)
        about = (
            f"{turns}, {row.share:.0%}, “{cut(row.words, _SHOWN_WORDS)}”"
            if not row.doubtful
            else f"“{cut(row.words, _SHOWN_WORDS)}”"
        )
        lines.append(f"{row.label}; {'?' if row.doubtful else row.role}; {row.person}  # {about}")
    return InputError(head, [*reasons, how, *(line for line in lines if not line.startswith(";"))])


def read_speakers(path: Path, roles: Sequence[Role] = USUAL_ROLES) -> list[SpeakerRule]:
    """Who the labels of files are, a line each: `label; role; name`; the role may be left out, and so may the name.

    `roles` are those of the project.

    Raises `InputError` that names the lines that cannot be used.
    """
    found, problems = [], []
    for n, line in enumerate(normal(decode(bytes_of(path))[0]).split("\n"), 1):
        fields = [field.strip() for field in line.partition("  #")[0].split(";")]
        if not fields[0] or fields[0].startswith("# ") or fields[1:2] == ["?"]:
            continue
        role, person = role_in_words(fields[1], roles) if fields[1:] and fields[1] else ("", "")
        if role is None:
            words = _(
                "line {n}: “{word}” is no role (interviewer, ouder, leraar, hulpverlener, leerling, tekst …)"
            )
            problems.append(words.format(n=n, word=fields[1]))
        else:
            found.append(SpeakerRule(fields[0], role, person=one_line(";".join(fields[2:])) or person))
    if problems:
        raise InputError(_("{path} has lines that cannot be used:").format(path=path.name), problems)
    return found


def role_in_words(words: str, roles: Sequence[Role] = USUAL_ROLES) -> tuple[str | None, str]:
    """The role that somebody means, and the name that goes with it: "juf" is a teacher called "Juf"."""
    lower = words.casefold()
    if lower in _NOBODY_WORDS:
        return NOBODY, ""
    if bare(lower) in LABEL_WORDS["interviewers"]:
        return INTERVIEWER, ""
    named = (one for one in roles if lower in (one, one.names.nl.casefold(), one.names.en.casefold()))
    if (role := next(named, None)) is not None:
        return str(role), ""
    role = guess_from_name(words)[1]
    return (str(role), words[:1].upper() + words[1:]) if role else (None, "")


_COUNTED = (
    "speaker",
    "spreker",
    "spk",
    "persoon",
    "onbekend",
    "unknown",
    "participant",
    "deelnemer",
    "respondent",
)


def worth_keeping(said: Iterable[SpeakerRule]) -> list[SpeakerRule]:
    """What was said about speakers and tells something about files to come.

    Not of labels that a program counts out anew in each file ("Speaker 1"), of what was nobody, or goes without saying.
    """
    return [
        rule
        for rule in said
        if rule.role not in ("", NOBODY)
        and bare(rule.label) not in _COUNTED
        and not (_goes_without_saying(rule) and rule.person in ("", rule.label))
    ]


def _goes_without_saying(rule: SpeakerRule) -> bool:
    asks = bare(rule.label) in LABEL_WORDS["interviewers"]
    return asks if rule.role == INTERVIEWER else rule.role == _role_in(rule.label)


def remember(project: Project, said: Iterable[SpeakerRule]) -> None:
    """Keep what was said about speakers for files to come; a label that may be a name as a fingerprint."""
    before = rules_of(project)
    new = [
        rule
        for rule in worth_keeping(said)
        if not any(one.fits(rule.label, "") and _same(one, rule) for one in before)
    ]
    if new:
        kept = [
            one
            for one in before
            if one.pattern != EVERY_FILE or not any(one.fits(rule.label, "") for rule in new)
        ]
        marked = [rule if is_known(rule.label) else replace(rule, label=_marked(rule.label)) for rule in new]
        _keep(project, [*kept, *marked])


def _same(one: SpeakerRule, other: SpeakerRule) -> bool:
    return (one.role, one.person) == (other.role, other.person)


def _marked(label: str) -> str:
    key = token_hex(16)
    return f"#{key}:{fingerprint(label, key)[0]}"


def _keep(project: Project, rules: Iterable[SpeakerRule]) -> None:
    told = [asdict(rule) for rule in rules]
    project.settings.set("speakers", [{k: v for k, v in one.items() if v or k != "person"} for one in told])


def in_words(rule: SpeakerRule) -> str:
    """A rule as it is told."""
    label = _("(a name, kept as a fingerprint)") if rule.label.startswith("#") else rule.label
    return f"{label} = {rule.role} ({rule.pattern})"


def speakers_in(project: Project) -> dict[str, tuple[int, int, bool]]:
    """Every label with its number of turns, of transcripts, and whether it is an interviewer."""
    turns: Counter[str] = Counter()
    transcripts: Counter[str] = Counter()
    asks: set[str] = set()
    for transcript in project.transcripts.all():
        turns.update(turn.speaker for turn in transcript.turns)
        transcripts.update({turn.speaker for turn in transcript.turns})
        asks |= {turn.speaker for turn in transcript.turns if turn.interviewer}
    return {label: (n, transcripts[label], label in asks) for label, n in turns.most_common()}


def say_who(project: Project, label: str, role: str, pattern: str = EVERY_FILE) -> list[Transcript]:
    """Say that a label is a role, for the files there are and those to come; returns the transcripts changed.

    Raises `InputError` for an unknown role, or if an interview would be left with nobody who answers.
    """
    if role != INTERVIEWER:
        role = str(project.cases.roles.get(role))
    if not label.strip():
        raise InputError(_("Say which speaker you mean."))
    rule = SpeakerRule(label, role, pattern)
    kept = [one for one in rules_of(project) if (one.label, one.pattern) != (label, pattern)]
    changed = []
    with project.transaction("speakers.say"):
        _keep(project, [*kept, rule])
        for transcript in project.transcripts.all():
            turns = relabelled(transcript.turns, transcript.source, [rule])
            if turns != transcript.turns:
                if all(turn.interviewer for turn in turns):
                    raise InputError(
                        _(
                            "Then nobody would answer in {name}: every turn would be the interviewer's."
                        ).format(name=transcript.name)
                    )
                turns, informant = settled(turns, transcript.informant)
                if informant != transcript.informant:
                    project.transcripts.describe(transcript, case=transcript.case, informant=informant)
                changed.append(project.transcripts.set_turns(transcript, turns))
    return changed
