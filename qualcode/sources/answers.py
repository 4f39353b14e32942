"""Tables of survey answers: which rows are headers, what each column asks, and what kind of answers it holds.

Forms, Google and LimeSurvey write one header row, SurveyMonkey two, Qualtrics three (name, question, import id);
sheets made by hand merge cells above the items of one question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from qualcode.errors import InputError
from qualcode.files.sheets import ForeignTable, read_table
from qualcode.i18n import _
from qualcode.model import ColumnKind, SurveyColumn
from qualcode.resources import grouped_words, listed_lines
from qualcode.text.normal import normal, one_line

_DATA = Path(__file__).parent / "data"
_HEADS = grouped_words(_DATA / "survey_columns.txt")
_IMPORT_ID = re.compile(r'^\{"ImportId"', re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,200}>")
_CODED = re.compile(
    r"([A-Za-z]\w{0,20}(?:\[\w{1,20}\]){0,2})(?:[.:]\s+|$)"
)  # LimeSurvey: "G1Q2[SQ001]. Words"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_NUMBER = re.compile(r"[-+]?\d{1,12}(?:[.,]\d{1,9})?%?")
_STEP = re.compile(r"(-?\d{1,3})\s*(?:[-–=:.)]|\()\s*\D")  # "1 - helemaal oneens"
_MANY = re.compile(r"\s*;\s*")
_DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d.%m.%Y", "%d-%m-%y", "%m/%d/%y")
_MOSTLY = 0.8  # of the days in a column are written in one form
_FEWEST_NUMBERS = 0.6  # of the answers in a column of numbers; the others are told
_ASKS_FOR_WORDS = re.compile(
    r"toelicht|licht toe|namelijk|opmerking|waarom|vertel|beschrij|voorbeeld|eigen woorden|specify|\bother\b|\bwhy\b"
    r"|explain|describe|example|open-ended|comment",
    re.IGNORECASE,
)
_MOST_CHOICES = 15
_LONG_ANSWER = 40  # characters of an answer that nobody picked from a list
_FEW = 10  # respondents, among whom answers to choose from need not come back
_SHORT_NAME = 60
NO_ANSWER = frozenset(
    (
        "n.v.t.",
        "nvt",
        "n.v.t",
        "n/a",
        "na",
        "#null!",
        "#n/b",
        "#n/a",
        "-",
        "–",
        ".",
        "?",
        "geen",
        "geen antwoord",
    )
) | {"no answer"}


@dataclass(frozen=True, slots=True)
class Answers:
    """A table of answers: its columns, and for each respondent a row of texts with the line it stands on."""

    columns: Sequence[SurveyColumn]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]

    def of(self, column: SurveyColumn) -> list[str]:
        """The answers in a column."""
        place = place_of(column.letter)
        return [row[place] for row in self.rows]


def letter_of(place: int) -> str:
    """The letter of a column as spreadsheets count: 0 → "A", 26 → "AA"."""
    letters = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        letters, place = chr(ord("A") + rest) + letters, place - 1
    return letters


def place_of(letter: str) -> int:
    """The place of a column by its letter: "A" → 0."""
    place = 0
    for char in letter:
        place = place * 26 + ord(char) - ord("A") + 1
    return place - 1


def read_answers(path: Path, header_rows: int = 0) -> Answers:
    """The answers in a file, with a kind proposed for each column; `header_rows` overrides what is recognised."""
    table = _without_title(read_table(path))
    count = header_rows or _header_rows(table)
    if len(table.rows) <= count:
        raise InputError(_("{file} holds no answers below its header.").format(file=path.name))
    codes, words = _headers(table, count)
    rows = [[_cleaned(cell) for cell in row] for row in table.rows[count:]]
    _refuse_shifted(rows, table.lines[count:], words, path.name)
    columns = []
    for place, (code, asked) in enumerate(zip(codes, words, strict=True)):
        values = [row[place] for row in rows]
        columns.append(_column(SurveyColumn(letter_of(place), code, asked), values))
    for column in columns:
        if column.kind is ColumnKind.DATE:
            _as_days(rows, place_of(column.letter))
    return Answers(_of_one_scale(_named(columns), rows), rows, table.lines[count:])


def _refuse_shifted(
    rows: Sequence[Sequence[str]], lines: Sequence[int], words: Sequence[str], name: str
) -> None:
    """Raise `InputError` if some rows have answers beyond the last question: they stand in the wrong columns then."""
    last = max((place for place, asked in enumerate(words) if asked), default=0)
    longer = [line for row, line in zip(rows, lines, strict=True) if any(row[last + 1 :])]
    if longer and len(longer) < len(rows):
        message = _(
            "{file}: line {line} has more answers than there are questions, so they may stand below the wrong ones. "
            "Save the sheet again as .xlsx."
        )
        raise InputError(message.format(file=name, line=longer[0]))


def _without_title(table: ForeignTable) -> ForeignTable:
    """The table without a title that stands alone above its header."""
    rows = table.rows
    if len(rows) < 3 or sum(map(bool, rows[0])) != 1 or sum(map(bool, rows[1])) < 3:
        return table
    below = [(top - 1, left, right, bottom - 1) for top, left, right, bottom in table.merged if top > 0]
    return _without_title(ForeignTable(rows[1:], table.lines[1:], below))


def _header_rows(table: ForeignTable) -> int:
    """How many rows at the top are header."""
    rows = table.rows
    if len(rows) > 2 and any(_IMPORT_ID.match(cell) for cell in rows[2]):
        return 3
    if len(rows) > 2 and any(_IMPORT_ID.match(cell) for cell in rows[1]):
        return 2
    # cells that lie over several rows of the header, or over the items of a question
    tall = [bottom + 1 + (right > left) for top, left, right, bottom in table.merged if top == 0]
    if tall:
        return max(tall)
    if len(rows) < 3:
        return 1
    # a question above several items: the first row has gaps where the second has words and answers follow
    gaps = [place for place, cell in enumerate(rows[0]) if not cell and rows[1][place]]
    words = [cell for cell in rows[1] if cell]
    return 2 if gaps and rows[0][0] and not any(map(_NUMBER.fullmatch, words)) and len(set(words)) > 1 else 1


def _headers(table: ForeignTable, count: int) -> tuple[list[str], list[str]]:
    """For each column its code, if it has one, and its question."""
    heads = [list(row) for row in table.rows[:count]]
    for row, left, right, _bottom in table.merged:
        if row < count:
            heads[row][left : right + 1] = [heads[row][left]] * (min(right, len(heads[row]) - 1) - left + 1)
    if any(_IMPORT_ID.match(cell) for cell in heads[-1]):
        codes = [_words(cell)[:_SHORT_NAME] for cell in heads[0]]
        asked = heads[1] if count == 3 else heads[0]
        return codes, [_words(cell) or code for cell, code in zip(asked, codes, strict=True)]
    if count > 1 and not table.merged:
        heads[0] = _filled(heads[0], heads[1])
    parts = [list(dict.fromkeys(filter(None, map(_words, cells)))) for cells in zip(*heads, strict=True)]
    found = [_CODED.match(" – ".join(part)) for part in parts]
    coded = sum(each is not None and "[" in each[1] for each in found) > 0 or all(found)
    codes = [each[1] if each and coded else "" for each in found]
    return codes, [
        " – ".join(part).removeprefix(f"{code}. ").removeprefix(f"{code}: ")
        for part, code in zip(parts, codes, strict=True)
    ]


def _filled(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """A row of questions in which each also stands above the further items it has."""
    filled: list[str] = []
    for question, item in zip(above, below, strict=True):
        filled.append(question or (filled[-1] if filled and item else ""))
    return filled


def _cleaned(cell: str) -> str:
    """The words in a cell, without signs that carry none."""
    return _CONTROL.sub("", normal(cell)).strip()


def _words(cell: str) -> str:
    return one_line(_TAG.sub(" ", _cleaned(cell)).replace("\xa0", " "))


def _named(columns: Iterable[SurveyColumn]) -> list[SurveyColumn]:
    """The columns with a name of their own each: its code, else its question if that is short, else its letter."""
    found: list[SurveyColumn] = []
    taken: set[str] = set()
    for column in columns:
        short = column.words if len(column.words) <= _SHORT_NAME else ""
        name = next(
            (one for one in (column.name, short) if one and one.casefold() not in taken), column.letter
        )
        taken.add(name.casefold())
        found.append(replace(column, name=name))
    return found


def key_of_head(words: str) -> str:
    """A head of a column as it is compared."""
    return re.sub(r"[\W_]+", "", words.casefold())


def _column(column: SurveyColumn, values: Sequence[str]) -> SurveyColumn:
    filled = [value for value in values if value]
    heads = {key_of_head(column.name), key_of_head(column.words)} - {""}
    if not filled:
        return replace(column, kind=ColumnKind.EMPTY)
    if heads & _HEADS["personal"]:
        return replace(column, kind=ColumnKind.PERSONAL)
    if heads & _HEADS["technical"]:
        return replace(column, kind=ColumnKind.LEFT_OUT)
    if heads & _HEADS["case"]:
        return replace(column, kind=ColumnKind.CASE)
    if heads & _HEADS["id"] and len(filled) == len(values) and max(map(len, filled)) < _LONG_ANSWER:
        return replace(column, kind=ColumnKind.RESPONDENT)
    if heads & _HEADS["date"] and _form_of_days(filled):
        return replace(column, kind=ColumnKind.DATE)
    return as_kind(column, _kind_by_answers(filled, column.words), values)


def _kind_by_answers(filled: Sequence[str], asked: str) -> ColumnKind:
    different = Counter(value.casefold() for value in filled)
    said = [value for value in filled if value.casefold() not in NO_ANSWER] or list(filled)
    if sum(number_in(value) is not None for value in said) >= _FEWEST_NUMBERS * len(said):
        return ColumnKind.NUMBER
    if _scale_of(different) or all(_STEP.match(value) for value in said):
        return ColumnKind.ORDERED
    if _form_of_days(said):
        return ColumnKind.DATE
    parts = Counter(part for value in said for part in _MANY.split(value.rstrip(" ;")) if part)
    several = sum(";" in value.rstrip(" ;") or value.endswith(";") for value in said)
    if several and len(parts) <= _MOST_CHOICES and max(map(len, parts)) < 2 * _LONG_ANSWER and len(said) > 1:
        return ColumnKind.SEVERAL
    long = sum(len(value) > _LONG_ANSWER or "\n" in value for value in said)
    repeated = sum(count for count in different.values() if count > 1)
    few = len(filled) < _FEW and max(len(value.split()) for value in said) <= 2
    if _ASKS_FOR_WORDS.search(asked) or long >= 0.2 * len(said) or len(different) > _MOST_CHOICES:
        return ColumnKind.OPEN
    return ColumnKind.CHOICE if few or repeated >= len(filled) / 2 else ColumnKind.OPEN


def as_kind(column: SurveyColumn, kind: ColumnKind, values: Sequence[str]) -> SurveyColumn:
    """A column as one of this kind, with the choices that its answers show: in their order, else the commonest."""
    if kind not in (ColumnKind.CHOICE, ColumnKind.ORDERED, ColumnKind.SEVERAL):
        return replace(column, kind=kind, choices=())
    answers = [answer_in(value, kind) for value in values if value]
    parted = kind is ColumnKind.SEVERAL
    counts = Counter(part for value in answers for part in (value.split("; ") if parted else [value]))
    choices = sorted(counts, key=lambda part: (-counts[part], part))
    if kind is ColumnKind.ORDERED:
        choices = _in_order(choices)
    return replace(column, kind=kind, choices=tuple(choices))


def _in_order(answers: Sequence[str]) -> list[str]:
    """Ordered answers, the least first; of a known scale also those that nobody gave."""
    scale = _scale_of(answers)
    if scale is None:
        led = {answer: _STEP.match(answer) for answer in answers}
        return sorted(
            answers, key=lambda answer: (float(found[1]) if (found := led[answer]) else 0.0, answer)
        )
    given = {_plain(answer): answer for answer in reversed(answers)}
    return [next((given[word] for word in step if word in given), step[0]) for step in scale]


def _of_one_scale(columns: Sequence[SurveyColumn], rows: Sequence[Sequence[str]]) -> list[SurveyColumn]:
    """The columns; ordered answers that lie on one scale together have the same steps, given or not."""
    ordered = [
        each for each in columns if each.kind is ColumnKind.ORDERED and not _STEP.match(each.choices[0])
    ]
    given = {each.letter: [row[place_of(each.letter)] for row in rows] for each in ordered}
    pooled = [value for values in given.values() for value in values if value]
    if not ordered or _scale_of(pooled) is None:
        return list(columns)
    return [
        as_kind(each, ColumnKind.ORDERED, [*given[each.letter], *pooled]) if each in ordered else each
        for each in columns
    ]


def answer_in(value: str, kind: ColumnKind) -> str:
    """An answer as it is kept: a number with a point, choices divided by "; "."""
    if kind is ColumnKind.NUMBER and (number := number_in(value)) is not None:
        return str(int(number)) if number.is_integer() else str(number)
    if kind is ColumnKind.SEVERAL:
        parts = _MANY.split(value) if ";" in value else value.split(", ")
        return "; ".join(part.strip() for part in parts if part.strip())
    return one_line(value) if kind is not ColumnKind.OPEN else value


def number_in(value: str) -> float | None:
    """The number that an answer is, with a point or a comma; `None` if it is none."""
    found = value.replace("\xa0", "").strip()
    return float(found.rstrip("%").replace(",", ".")) if _NUMBER.fullmatch(found) else None


@lru_cache(maxsize=2**14)
def _day(value: str, form: str) -> str | None:
    """The day that an answer names in this form, as in 2026-05-03; a time of day is left out."""
    words = value.strip().replace("T", " ").split(" ")[0]
    try:
        return datetime.strptime(words, form).date().isoformat() if 6 <= len(words) <= 10 else None
    except ValueError:
        return None


def _form_of_days(values: Sequence[str]) -> str:
    """The form in which nearly all of these are days; "" if they are none."""
    fits = {form: sum(_day(value, form) is not None for value in values) for form in _DATES}
    best = max(_DATES, key=lambda form: fits[form])
    return best if fits[best] and fits[best] >= _MOSTLY * len(values) else ""


def _as_days(rows: Iterable[list[str]], place: int) -> None:
    """Write the days in a column as 2026-05-03."""
    rows = list(rows)
    form = _form_of_days([row[place] for row in rows if row[place]])
    for row in rows:
        row[place] = _day(row[place], form) or row[place]


@cache
def _scales() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The ordered answers that are known: scales of steps of spellings, those with the fewest steps first."""
    scales = (
        tuple(tuple(word.strip() for word in step.split("/")) for step in line.split("|"))
        for line in listed_lines(_DATA / "ordered_answers.txt")
    )
    return tuple(sorted(scales, key=len))


def _plain(answer: str) -> str:
    return one_line(answer).casefold().rstrip(".")


def _scale_of(answers: Iterable[str]) -> tuple[tuple[str, ...], ...] | None:
    """The known scale on which all these answers lie, two of them at least."""
    said = {_plain(answer) for answer in answers} - NO_ANSWER - {""}
    if len(said) < 2:
        return None
    return next((scale for scale in _scales() if said <= {word for step in scale for word in step}), None)


def step_of(answer: str, column: SurveyColumn) -> float | None:
    """The number that an answer stands for: itself, the one it begins with, or its step; `None` if it is no answer."""
    if column.kind is ColumnKind.NUMBER:
        return number_in(answer)
    led = _STEP.match(answer)
    if led:
        return float(led[1])
    plain = _plain(answer)
    scale = _scale_of(column.choices)
    steps = [{_plain(choice)} for choice in column.choices]
    if scale is not None and len(scale) == len(steps):  # each step in all its spellings
        steps = [{*own, *known} for own, known in zip(steps, scale, strict=True)]
    return next((float(n) for n, step in enumerate(steps, 1) if plain in step), None)
