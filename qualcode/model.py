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
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from qualcode.i18n import N_, Bilingual, Labelled
from qualcode.text.spans import HasSpan

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


class Role(Labelled):
    """The informant of an interview. Values are the words used in file names."""

    PARENT = "ouder", N_("parent")
    TEACHER = "leraar", N_("teacher")
    CARE_WORKER = "hulpverlener", N_("care worker")
    CHILD = "leerling", N_("child")
    FILE = "dossier", N_("file")
    OTHER = "anders", N_("other")


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
    `part` names the part of a form the words belong to ("1a"), else it is empty.
    """

    n: int
    start: int
    end: int
    speaker: str = ""
    interviewer: bool = False
    time_start: int | None = None
    time_end: int | None = None
    part: str = ""


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

    `codes` are the slugs of the codes whose fragments are evidence for it.
    """

    id: str
    slug: str
    dimension: str
    good: Bilingual
    poor: Bilingual
    codes: tuple[str, ...] = ()
    position: int = 0


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
    kept by hand, as in "[#7f3a]".
    """

    id: str
    title: str = ""
    text: str = ""
    codes: tuple[str, ...] = ()
    position: int = 0


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


@dataclass(frozen=True, slots=True)
class Rating:
    """One coder's verdict on a criterion for a case, with the codings (by id) that show it."""

    id: str
    criterion_id: str
    case_id: str
    coder_id: str
    verdict: Verdict
    evidence: tuple[str, ...] = ()
    note: str = ""


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
