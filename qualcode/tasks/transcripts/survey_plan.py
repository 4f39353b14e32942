"""What becomes of each column of a table of survey answers, to be looked at before anything is taken in.

Open questions become an interview per respondent, in which each answer stands below its question; what was chosen or
counted becomes facts. Columns with names and addresses stay out of the project; the names in them are looked for in
the open answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.errors import InputError
from qualcode.i18n import _, ngettext
from qualcode.model import ColumnKind, SurveyColumn
from qualcode.pseudonyms.detect import propose
from qualcode.pseudonyms.proposals import KnownName, NameKind, Tier
from qualcode.sources.answers import (
    answer_in,
    as_kind,
    number_in,
    place_of,
    read_answers,
    step_of,
)
from qualcode.tasks.transcripts.survey_scales import ScaleSaid, find_column, scales_from
from qualcode.text.normal import one_line
from qualcode.text.words import cut

NO_MISSING = "none"
_COUNTED = re.compile(r"\s*\(\d+-\d+\)$")  # what Forms puts behind the name of its file: "Meting(1-34)"
# codes that survey programs write for no answer
_MISSING = frozenset({"99", "999", "9999", "-1", "-9", "-99", "-999"})
_HIGHEST_STEP = 10  # beside answers up to this a code for no answer stands out
_MOST_VALUES = 500  # of a column are looked at for names
_SHARE_OF_NAMES = 0.2
_TELL_WHO = frozenset(NameKind) - {NameKind.DATE, NameKind.PLACE, NameKind.UNKNOWN}
_NAMELESS = (ColumnKind.PERSONAL, ColumnKind.EMPTY, ColumnKind.LEFT_OUT, ColumnKind.ORDERED, ColumnKind.DATE)
_SHOWN, _FEW_EXAMPLES = 40, 6


@dataclass(frozen=True, slots=True)
class ColumnSaid:
    """What somebody said of a column, which they named by its letter, name or question: what it holds, and its name.

    Without `kind` or `name` that stays as it was; `choices` are the answers to choose from, from least to most.
    """

    column: str
    kind: ColumnKind | None = None
    name: str = ""
    choices: tuple[str, ...] = ()


class SurveyPlan:
    """What becomes of a table of answers. `say` changes it; nothing is stored before `take_in`.

    `columns` are all columns as they will be taken, `open` and `facts` those that are kept; `rows` the answers by
    letter, `speaking` which of them hold answers in words; `notes` what there is to say of some columns (by letter),
    `remarks` of the whole, `problems` why it cannot be taken in as it stands.
    """

    def __init__(
        self, path: Path, *, name: str = "", header_rows: int = 0, missing: Sequence[str] = ()
    ) -> None:
        self.path = path
        self.name = one_line(name or _COUNTED.sub("", path.stem))
        self._missing = frozenset(missing)
        self._may_name: dict[str, list[str]] = {}  # answers to choose from in which a name may stand
        self._read = read_answers(path, header_rows)
        self._read = replace(self._read, columns=[self._without_names(each) for each in self._read.columns])
        self.said: list[ColumnSaid] = []
        self.scales_said: list[ScaleSaid] = []
        self.say()

    def say(self, said: Iterable[ColumnSaid] = (), scales: Iterable[ScaleSaid] = ()) -> None:
        """Plan it with what was said about columns and scales; raises `InputError` for what is not there."""
        self.said, self.scales_said = list(said), list(scales)
        self.notes: dict[str, list[str]] = {}
        self.remarks: list[str] = []
        self.problems: list[str] = []
        told = {find_column(each.column, self._read.columns).letter: each for each in self.said}
        columns = [self._as_said(each, told.get(each.letter)) for each in self._read.columns]
        self.columns = columns = _with_one_respondent(columns, told)
        self._refuse_doubled_names()
        self._no_answer = {each.letter: self._codes(each) for each in self.of_kind(ColumnKind.NUMBER)}
        for each in columns:
            self._tell(each)
        self.open = self.of_kind(ColumnKind.OPEN)
        self.facts = [each for each in columns if each.kind.is_fact]
        self._take_rows()
        self.speaking = [
            n
            for n, row in enumerate(self.rows)
            if any(says_something(row[each.letter]) for each in self.open)
        ]
        made = scales_from(self.scales_said, columns, self.rows)
        self.scales, remarks = [scale for scale, _remarks in made], [each for _scale, each in made]
        self.remarks += [remark for each in remarks for remark in each]
        if not self.open and not self.facts:
            self.problems.append(_("No column holds answers that can be taken in. Say what columns hold."))

    def _take_rows(self) -> None:
        """Go through the rows, and leave out who answered nothing."""
        labels = self._labels()
        rows = [self._kept(row) for row in self._read.rows]
        asked = [each.letter for each in (*self.open, *self.facts) if each.kind is not ColumnKind.DATE]
        kept = [n for n, row in enumerate(rows) if any(row[letter] for letter in asked)]
        self.rows, self.labels = [rows[n] for n in kept], [labels[n] for n in kept]
        if len(kept) < len(rows):
            words = ngettext(
                "{n} row holds no answers and is left out.",
                "{n} rows hold no answers and are left out.",
                len(rows) - len(kept),
            )
            self.remarks.append(words.format(n=len(rows) - len(kept)))

    def of_kind(self, *kinds: ColumnKind) -> list[SurveyColumn]:
        """The columns that hold one of these."""
        return [each for each in self.columns if each.kind in kinds]

    @property
    def kept(self) -> list[SurveyColumn]:
        """The columns whose answers are kept."""
        return [each for each in self.columns if each.kind.is_fact or each.kind is ColumnKind.OPEN]

    def answered(self, column: SurveyColumn) -> int:
        """How many answered a question."""
        return sum(bool(row[place_of(column.letter)]) for row in self._read.rows)

    def at(self, letter: str) -> SurveyColumn:
        """The column with this letter."""
        return self.columns[place_of(letter)]

    def examples(self, column: SurveyColumn) -> list[str]:
        """Some different answers to a question."""
        found = dict.fromkeys(one_line(value) for value in self._read.of(column) if value)
        return [cut(value, 2 * _SHOWN) for value in list(found)[:_FEW_EXAMPLES]]

    def people(self) -> list[KnownName]:
        """The names in the columns that stay out, to find them by in the open answers."""
        found: dict[str, KnownName] = {}
        for column in self.of_kind(ColumnKind.PERSONAL):
            for value in self._read.of(column):
                words = one_line(value)
                if 1 < len(words) <= 60 and not any(char.isdigit() or char in "@:/" for char in words):
                    found.setdefault(words.casefold(), KnownName((words,), NameKind.PERSON))
        return list(found.values())

    def case_of(self, row: dict[str, str]) -> str:
        """The label of the case that a row is about, "" if none; numbers as they are read from names of files."""
        column = next(iter(self.of_kind(ColumnKind.CASE)), None)
        label = one_line(row[column.letter]) if column else ""
        return f"{int(label):02}" if label.isdecimal() and len(label) < 5 else label

    # how it is planned

    def _as_said(self, column: SurveyColumn, said: ColumnSaid | None) -> SurveyColumn:
        if said is not None:
            kind = said.kind or column.kind
            column = as_kind(column, kind, self._read.of(column)) if kind is not column.kind else column
            column = replace(
                column, name=one_line(said.name) or column.name, choices=said.choices or column.choices
            )
        return column

    def _without_names(self, column: SurveyColumn) -> SurveyColumn:
        """The column, left out if what it holds tells who somebody is."""
        values = list(dict.fromkeys(value for value in self._read.of(column) if value))[:_MOST_VALUES]
        if column.kind in _NAMELESS or not values:
            return column
        # a name picked or typed alone is no sentence, so a capital tells; an answer in words begins with one
        in_words = column.kind is ColumnKind.OPEN
        lines = [one_line(value) if in_words else f"x {one_line(value)}" for value in values]
        text = "\n".join(lines)
        covered: Counter[int] = Counter()
        for found in propose(text):
            if found.kind in _TELL_WHO and found.tier in (Tier.SURE, Tier.LIKELY):
                covered[text.count("\n", 0, found.start)] += found.end - found.start
        names = sum(2 * size >= len(lines[n]) - 2 for n, size in covered.items())
        if covered and not in_words:
            self._may_name[column.letter] = [
                cut(one_line(values[n]), _SHOWN) for n in sorted(covered)[:_FEW_EXAMPLES]
            ]
        if names >= max(1, (0.5 if in_words else _SHARE_OF_NAMES) * len(values)):
            return replace(column, kind=ColumnKind.PERSONAL, choices=())
        return column

    def _tell(self, column: SurveyColumn) -> None:
        """Note what somebody should know of a column."""
        notes = self.notes.setdefault(column.letter, [])
        values = Counter(value for value in self._read.of(column) if value)
        if column.kind is ColumnKind.PERSONAL:
            notes.append(_("tells who somebody is: stays out of the project"))
        elif column.kind.is_fact and column.letter in self._may_name:
            told = ", ".join(f"“{words}”" for words in self._may_name[column.letter])
            notes.append(_("a name may stand in: {words}").format(words=told))
        if column.kind is ColumnKind.NUMBER:
            missing = {
                value: count for value, count in values.items() if value in self._no_answer[column.letter]
            }
            if missing:
                codes = ", ".join(f"{value} ({count}×)" for value, count in sorted(missing.items()))
                notes.append(_("counts as no answer: {codes}").format(codes=codes))
            words = {value: count for value, count in values.items() if number_in(value) is None}
            if words:
                sentence = ngettext(
                    "{n} answer is no number (“{word}”)",
                    "{n} answers are no numbers (“{word}” …)",
                    sum(words.values()),
                )
                notes.append(sentence.format(n=sum(words.values()), word=cut(next(iter(words)), _SHOWN)))
        if column.kind is ColumnKind.ORDERED:
            strange = [value for value in values if step_of(answer_in(value, column.kind), column) is None]
            if strange:
                notes.append(
                    _("not on the scale: {words}").format(
                        words=", ".join(f"“{cut(w, _SHOWN)}”" for w in strange[:5])
                    )
                )

    def _codes(self, column: SurveyColumn) -> frozenset[str]:
        """What counts as no answer in a column of numbers."""
        if self._missing:
            return self._missing - {NO_MISSING}
        values = {value for value in self._read.of(column) if value}
        found = values & _MISSING
        others = [number for value in values - found if (number := number_in(value)) is not None]
        return (
            frozenset(found) if others and min(others) >= 0 and max(others) <= _HIGHEST_STEP else frozenset()
        )

    def _kept(self, row: Sequence[str]) -> dict[str, str]:
        """The answers in a row that are kept, by letter."""
        kept = {}
        for column in self.columns:
            if column.kind.is_fact or column.kind in (ColumnKind.OPEN, ColumnKind.CASE):
                value = row[place_of(column.letter)]
                missing = column.kind is ColumnKind.NUMBER and value in self._no_answer[column.letter]
                kept[column.letter] = "" if missing else answer_in(value, column.kind)
        return kept

    def _labels(self) -> list[str]:
        """What each respondent is called; two of one name are a problem."""
        column = next(iter(self.of_kind(ColumnKind.RESPONDENT)), None)
        if column is None:
            width = len(str(len(self._read.rows)))
            return [f"{n:0{width}}" for n in range(1, len(self._read.rows) + 1)]
        labels = [one_line(value) for value in self._read.of(column)]
        lines: dict[str, list[str]] = {}
        for label, line in zip(labels, self._read.lines, strict=True):
            lines.setdefault(label.casefold(), []).append(str(line))
        for label, found in lines.items():
            if len(found) > 1 or not label:
                words = _(
                    "“{label}” stands in column {letter} on lines {lines}: who answers must be told apart."
                )
                told = ", ".join(found[:5]) + (" …" if len(found) > 5 else "")
                self.problems.append(words.format(label=label, letter=column.letter, lines=told))
        return labels

    def _refuse_doubled_names(self) -> None:
        names = Counter(each.name.casefold() for each in self.columns)
        doubled = [name for name, count in names.items() if count > 1]
        if doubled:
            raise InputError(_("Two columns cannot both be called “{name}”.").format(name=doubled[0]))


def _with_one_respondent(
    columns: Sequence[SurveyColumn], told: Mapping[str, ColumnSaid]
) -> list[SurveyColumn]:
    """The columns; when somebody says which one tells who answers, it is no longer the one that was proposed."""
    if not any(each.kind is ColumnKind.RESPONDENT for each in told.values()):
        return list(columns)
    return [
        replace(each, kind=ColumnKind.LEFT_OUT)
        if each.kind is ColumnKind.RESPONDENT and each.letter not in told
        else each
        for each in columns
    ]


def says_something(answer: str) -> bool:
    """Whether an answer holds words, and not only a dash."""
    return any(map(str.isalnum, answer))
