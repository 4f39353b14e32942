"""The nouns. Everything above passes these around, never rows, dicts or widgets.

All are frozen: a change makes a new object (`dataclasses.replace`). Ids are
UUIDv7 in text form; moments are ISO 8601 in UTC; positions are code points in
the stored text, end-exclusive.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from qualcode.i18n import N_, Bilingual, Labelled
from qualcode.text.spans import HasSpan, Span

DEEPEST = 20
"""How many levels of codes a codebook may have."""

_last_stamp = 0
_stamp_lock = threading.Lock()


def new_id() -> str:
    """A UUIDv7 (RFC 9562, section 5.7); later calls in one process sort later."""
    global _last_stamp
    with _stamp_lock:
        # 48 bits of milliseconds and 12 bits of fraction, never standing still
        _last_stamp = stamp = max(time.time_ns() * 4096 // 1_000_000, _last_stamp + 1)
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | tail
    return str(uuid.UUID(int=value))


def now() -> str:
    """This moment in UTC, to the millisecond, as `2026-05-03T12:00:00.000Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Role(str):
    """Who somebody is to a case: "ouder", "vader", "leraar". The text itself is the key, as files have it.

    `names` is what people read, `under` the key of the wider role it is part of ("": none), `place` its place among
    the others. A key that is none of the usual ones is a role of the project's own, or one that was taken away.
    """

    PARENT: ClassVar[Role]
    TEACHER: ClassVar[Role]
    CARE_WORKER: ClassVar[Role]
    CHILD: ClassVar[Role]
    FILE: ClassVar[Role]
    OTHER: ClassVar[Role]
    INTERVIEWER: ClassVar[Role]
    """Whoever asks; nobody's role as an informant."""

    names: Bilingual
    under: str
    place: int

    def __new__(cls, key: str, names: Bilingual | None = None, under: str = "", place: int = 0) -> Role:
        """A usual role by its key alone; one of a project's own with its names."""
        if isinstance(key, Role) and names is None:
            return key
        if names is None:
            names, under, place = _USUAL.get(key, (Bilingual(key, key), "", len(_USUAL)))
        role = super().__new__(cls, key)
        role.names, role.under, role.place = names, under, place
        return role

    @property
    def label(self) -> str:
        """Its name in the language in use."""
        return str(self.names)

    def is_called(self, label: str) -> bool:
        """Whether a speaker's label says no more than the role itself, in either language."""
        return label.casefold() in ("", self.casefold(), self.names.nl.casefold(), self.names.en.casefold())

    @property
    def wide(self) -> Role:
        """The role under which it is counted where interviews are compared: a father is a parent."""
        return Role(self.under) if self.under else self


_USUAL: Mapping[str, tuple[Bilingual, str, int]] = {
    key: (Bilingual(key, english), under, place)
    for place, (key, english, under) in enumerate(
        (
            ("ouder", "parent", ""),
            ("vader", "father", "ouder"),
            ("moeder", "mother", "ouder"),
            ("leraar", "teacher", ""),
            ("intern begeleider", "internal counsellor", ""),
            ("directeur", "head", ""),
            ("hulpverlener", "care worker", ""),
            ("leerling", "child", ""),
            ("dossier", "file", ""),
            ("anders", "other", ""),
            ("interviewer", "interviewer", ""),
        )
    )
}
Role.PARENT, Role.TEACHER, Role.CARE_WORKER = Role("ouder"), Role("leraar"), Role("hulpverlener")
Role.CHILD, Role.FILE, Role.OTHER = Role("leerling"), Role("dossier"), Role("anders")
Role.INTERVIEWER = Role("interviewer")
USUAL_ROLES = tuple(Role(key) for key in _USUAL if key != Role.INTERVIEWER)
"""The roles every project begins with."""


def wide(role: Role | None) -> Role | None:
    """The role under which somebody is counted; `None` stays unknown."""
    return role.wide if role is not None else None


def in_order(roles: Iterable[Role | None]) -> list[Role | None]:
    """Different roles in their usual order, their own ones after them; `None` (unknown) last."""
    found = set(roles)
    known = sorted((role for role in found if role is not None), key=lambda role: (role.place, role))
    return [*known, *([None] if None in found else [])]


class CoderKind(Labelled):
    """What a coder is to the pair. `CONSENSUS` is the layer that decisions make."""

    PRACTITIONER = "practitioner", N_("practitioner")
    RESEARCHER = "researcher", N_("researcher")
    AUDITOR = "auditor", N_("auditor")
    CONSENSUS = "consensus", N_("consensus")


@dataclass(frozen=True, slots=True)
class Coder:
    """A person (or the consensus layer) who makes codings."""

    id: str
    name: str
    kind: CoderKind = CoderKind.PRACTITIONER


@dataclass(frozen=True, slots=True)
class Case:
    """One child and the collaboration around it. `label` is its number or name ("04")."""

    id: str
    label: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Informant:
    """Someone interviewed about a case (or its file)."""

    id: str
    case_id: str
    role: Role
    label: str = ""


@dataclass(frozen=True, slots=True)
class Turn(HasSpan):
    """One speaker's uninterrupted words: `text[start:end]` of its transcript.

    `n` counts from 1. `speaker` is the label in the source ("I", "Leraar") and is not
    part of the text. Times are milliseconds from the start of the recording, if known.
    `part` names the part of a form the words belong to ("1a"), else it is empty. `role` is who the speaker
    is to the case, where that is not simply the interview's informant.
    """

    n: int
    start: int
    end: int
    speaker: str = ""
    interviewer: bool = False
    time_start: int | None = None
    time_end: int | None = None
    part: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """An interview as stored: its text, its turns, and whom it is from.

    `case` is the label of the case ("" if unknown), `informant` the role (`None` if unknown).
    `text` is the turns' words joined by line ends; `text_hash` is its SHA-256.
    """

    id: str
    name: str
    text: str
    text_hash: str
    turns: tuple[Turn, ...] = ()
    case: str = ""
    informant: Role | None = None
    language: str = "nl"
    source: str = ""
    case_id: str | None = None
    informant_id: str | None = None

    def turn_at(self, position: int) -> Turn | None:
        """The turn that holds `position` (the last one that starts at or before it)."""
        place = bisect_right(self.turns, position, key=lambda turn: turn.start)
        return self.turns[place - 1] if place else None

    def role_of(self, turn: Turn) -> Role | None:
        """Who speaks in a turn: the interviewer, the role it was given, or the interview's informant."""
        return Role.INTERVIEWER if turn.interviewer else turn.role or self.informant

    def turn_in(self, span: Span) -> Turn | None:
        """The turn a passage belongs to: of those it touches the one it has most of, an answer before a question."""
        place = max(0, bisect_right(self.turns, span.start, key=lambda turn: turn.start) - 1)
        found: Turn | None = None
        best = (False, -1)
        for turn in self.turns[
            place : bisect_left(self.turns, max(span.end, span.start + 1), key=lambda t: t.start)
        ]:
            held = min(turn.end, span.end) - max(turn.start, span.start)
            if (weight := (not turn.interviewer and held > 0, held)) > best:
                found, best = turn, weight
        return found

    def role_in(self, span: Span) -> Role | None:
        """Who speaks in a passage."""
        turn = self.turn_in(span)
        return self.role_of(turn) if turn else self.informant

    def person_in(self, span: Span) -> str:
        """Who of several speaks in a passage, as labelled; "" where the role says it all."""
        turn = self.turn_in(span) if self.has_several else None
        return self.person_of(turn) if turn else ""

    def person_of(self, turn: Turn) -> str:
        """The label of who speaks in a turn; "" where it says no more than the role."""
        role = self.role_of(turn)
        return "" if turn.interviewer or (role is not None and role.is_called(turn.speaker)) else turn.speaker

    @property
    def has_several(self) -> bool:
        """Whether more than one person is interviewed in it."""
        return len({turn.speaker for turn in self.turns if not turn.interviewer}) > 1

    @property
    def roles(self) -> tuple[Role | None, ...]:
        """Who is heard in it besides the interviewer, in the usual order of roles."""
        found = {self.role_of(turn) for turn in self.turns if not turn.interviewer}
        return tuple(in_order(found or {self.informant}))

    @property
    def heard(self) -> str:
        """The same in words; "" if nobody is known."""
        return ", ".join(role.label for role in self.roles if role is not None)


@dataclass(frozen=True, slots=True)
class Code:
    """A theme or sub-theme of the codebook.

    `slug` is its readable name in files and on the command line ("notie-van-tijd"),
    unique in a project; `mnemonic` two letters for the margin; `colour` "#RRGGBB".
    """

    id: str
    slug: str
    name: Bilingual
    definition: Bilingual = Bilingual()
    use: Bilingual = Bilingual()
    not_use: Bilingual = Bilingual()
    example: Bilingual = Bilingual()
    mnemonic: str = ""
    colour: str = ""
    source: str = ""
    parent_id: str | None = None
    position: int = 0
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Coding(HasSpan):
    """A fragment with a code by a coder. `decision_id` is set on consensus codings."""

    id: str
    transcript_id: str
    start: int
    end: int
    code_id: str
    coder_id: str
    created_at: str = ""
    decision_id: str | None = None


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on something: `target_kind` is project, case, transcript, code or coding."""

    id: str
    target_kind: str
    target_id: str
    text: str
    coder_id: str | None = None
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after an act; `None` where it did not, or does not, exist."""

    table: str
    id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One act: who did what, when, and every row it changed.

    `undoes` names the entry whose changes this one turned back (an undo) or, for a
    redo, the undo that it turned back. `note` is a reason given in words. `tick` orders
    entries: higher than that of every entry known when it was made.
    """

    id: str
    at: str
    coder_id: str | None
    action: str
    changes: tuple[Change, ...]
    undoes: str | None = None
    note: str = ""
    tick: int = 0


@dataclass(frozen=True, slots=True)
class Codebook:
    """A set of codes with a name, as it stands in a file or in a project."""

    name: str
    title: Bilingual = Bilingual()
    description: Bilingual = Bilingual()
    source: str = ""
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a checklist: what it looks like when it goes well and when it goes poorly.

    `codes` are the slugs of the codes whose fragments are evidence for it: with a "+" or "-" before it where
    the code itself speaks for the good or the poor side, else for either.
    """

    id: str
    slug: str
    dimension: str
    good: Bilingual
    poor: Bilingual
    codes: tuple[str, ...] = ()
    position: int = 0

    @property
    def sides(self) -> dict[str, Verdict | None]:
        """The slug of each of its codes, with the side for which the code itself speaks, if for one."""
        signs = {"+": Verdict.GOOD, "-": Verdict.POOR}
        return {code.lstrip("+-"): signs.get(code[:1]) for code in self.codes}


@dataclass(frozen=True, slots=True)
class Dimension:
    """A group of criteria ("Doelen")."""

    slug: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Checklist:
    """Dimensions and criteria with a good and a poor pole."""

    name: str
    title: Bilingual = Bilingual()
    description: Bilingual = Bilingual()
    source: str = ""
    dimensions: tuple[Dimension, ...] = ()
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """What a pair tells in its results: one or more codes (by id), a title and a running text.

    Without a title it is called after its first code. The text may refer to quotes that were
    kept by hand, as in "[#7f3a]". `question` is the research question that it answers, if that was said.
    """

    id: str
    title: str = ""
    text: str = ""
    codes: tuple[str, ...] = ()
    position: int = 0
    question: str = ""


@dataclass(frozen=True, slots=True)
class ThemeQuote(HasSpan):
    """What a person did by hand with a fragment of a theme.

    `position` is its place in its sub-group (0: none was chosen); `short` its words with […] where
    something was left out; `negative`: it speaks against the theme; `moved_from` the theme whose
    codes put it there before somebody moved it. `text_hash` names the text its place is in.
    """

    id: str
    theme_id: str
    transcript_id: str
    text_hash: str
    start: int
    end: int
    subgroup: str = ""
    position: int = 0
    starred: bool = False
    negative: bool = False
    short: str = ""
    moved_from: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Transcripts (by id) to be put in the order of how well the collaboration went."""

    id: str
    name: str
    transcripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankingOrder:
    """One coder's order: ranks of transcripts (by id) that tie, the best first.

    The order of the consensus layer is the one the pair settled; `reason` says why.
    """

    id: str
    ranking_id: str
    coder_id: str
    ranks: tuple[tuple[str, ...], ...] = ()
    reason: str = ""


class Verdict(Labelled):
    """What a case shows of a criterion."""

    GOOD = "good", N_("good")
    POOR = "poor", N_("poor")
    MIXED = "mixed", N_("mixed")
    SILENT = "silent", N_("not spoken of")


SIDES = (Verdict.GOOD, Verdict.POOR)  # of a criterion


@dataclass(frozen=True, slots=True)
class Rating:
    """One coder's verdict on a criterion for a case, with the codings (by id) that show it.

    `sides` says of these codings for which side they speak, good or poor, where the coder said so.
    """

    id: str
    criterion_id: str
    case_id: str
    coder_id: str
    verdict: Verdict
    evidence: tuple[str, ...] = ()
    note: str = ""
    sides: Mapping[str, Verdict] = field(default_factory=dict)

    def side_of(self, coding_id: str) -> Verdict | None:
        """For which side a coding was named as evidence: as the coder said, else that of the verdict, if it has one."""
        if coding_id not in self.evidence:
            return None
        own = self.verdict if self.verdict in SIDES else None
        return self.sides.get(coding_id, own)


class ColumnKind(Labelled):
    """What a column of a survey holds. Of those from `PERSONAL` on nothing is kept."""

    OPEN = "open", N_("open question")
    NUMBER = "number", N_("number")
    ORDERED = "ordered", N_("ordered choice")
    CHOICE = "choice", N_("choice")
    SEVERAL = "several", N_("several choices")
    DATE = "date", N_("date")
    RESPONDENT = "respondent", N_("who answers")
    CASE = "case", N_("case")
    PERSONAL = "personal", N_("name or address")
    LEFT_OUT = "out", N_("left out")
    EMPTY = "empty", N_("empty")

    @property
    def is_fact(self) -> bool:
        """Whether its answers are facts about who answers."""
        return self in _FACTS


_FACTS = (ColumnKind.NUMBER, ColumnKind.ORDERED, ColumnKind.CHOICE, ColumnKind.SEVERAL, ColumnKind.DATE)


@dataclass(frozen=True, slots=True)
class SurveyColumn:
    """A column of a survey: its letter in the sheet, the name it goes by, and the question in words.

    `choices` are the answers to choose from; of an ordered choice from least to most, one for each step.
    """

    letter: str
    name: str
    words: str = ""
    kind: ColumnKind = ColumnKind.LEFT_OUT
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SurveyScale:
    """Items (letters of columns) whose mean is one measure; those in `reversed` count the other way round.

    `low` and `high` are the ends of what can be answered.
    """

    name: str
    items: tuple[str, ...]
    reversed: frozenset[str] = frozenset()
    low: float = 1.0
    high: float = 5.0


@dataclass(frozen=True, slots=True)
class Survey:
    """A questionnaire that many filled in; `columns` are its questions that were kept."""

    id: str
    name: str
    columns: tuple[SurveyColumn, ...] = ()
    scales: tuple[SurveyScale, ...] = ()


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody who filled in a survey: answers by the letter of their column, and the interview with the open ones."""

    id: str
    survey_id: str
    label: str
    answers: Mapping[str, str] = field(default_factory=dict)
    case_id: str | None = None
    transcript_id: str | None = None


def lies_below(low: str, high: str, parents: Mapping[str, str | None]) -> bool:
    """Whether going up from the code `low` comes to `high`; `parents` gives for a code the one above it."""
    seen: set[str] = set()
    parent = parents.get(low)
    while parent is not None and parent not in seen:
        if parent == high:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False
