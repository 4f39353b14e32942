"""Questionnaires and logbooks: their turns carry the part of the form that they belong to.

A printed question, and the head of a logbook, is a turn of the speaker "Vraag" (so it counts as the interviewer's),
what was filled in under it a turn without speaker; both have the question's number as part. Numbers that were typed
stay in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from qualcode.sources.draft import DraftTurn

QUESTION = "Vraag"
_NUMBERED = re.compile(
    r"(?:#{1,6} )?(?:(?P<word>vraag|question)\s+)?(?P<number>\d{1,2})(?:\s?[.-]?(?P<letter>[a-z])(?![\w’']))?"
    r"(?P<mark>\s?[.):]{1,2}(?!\d))?(?:\s+|$)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LETTERED = re.compile(r"(?P<letter>[a-zA-Z])\s?[.)](?:\s+|$)")
_LESSON = re.compile(
    r"(?:#{1,6} )?(?:(?:onderzoeks)?vragenlijst|(?:evaluatie)?formulier|logboek|questionnaire|form|log(?:book)?)?"
    r"[\s:–-]*(?:(?:bij|van|over|for|of)\s+)?(?P<word>les|lesson|bijeenkomst|sessie|session)\s*(?:nr\.?|nummer|number)?"
    r"[\s:]*(?P<number>\d{1,2})(?!\w)(?:[^.?!]|\.(?=\s?\d)){0,60}",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"vragenlijst|questionnaire|formulier|enqu[eê]te|\bles(?:nummer)?\b|\blesson\b|evaluatie", re.IGNORECASE
)
_LOGBOOK = re.compile(r"\blogboek\b|\blogbook\b|\blog\b", re.IGNORECASE)
_LOGBOOK_TITLE = re.compile(r"(?:#{1,6} )?(?:logboek|logbook|log)\b[^.?!]{0,60}", re.IGNORECASE)
_FIELD = re.compile(
    r"(?:datum|date|naam|name|namen|door|periode|period|duo|school|groep|klas)\s*:", re.IGNORECASE
)
_TOP = 8  # lines in which the title of a form may stand
_LONG_LINE = 60


class FormLine(NamedTuple):
    """A line of a form: its words, the number a word processor gave it, and its paragraph."""

    text: str
    number: str
    block: int

    @property
    def numbered(self) -> str:
        """The line with its number, typed or not."""
        return f"{self.number} {self.text}" if self.number else self.text


def form_turns(lines: Sequence[FormLine]) -> list[DraftTurn] | None:
    """The turns of a questionnaire or logbook; `None` when the lines are neither."""
    heads = _heads(lines)
    if _is_questionnaire(lines, heads):
        return _Questionnaire(heads, several=_lessons(lines) > 1).turns_of(lines)
    if _is_logbook(lines):
        return _logbook(lines)
    return None


def _heads(lines: Sequence[FormLine]) -> dict[int, re.Match[str]]:
    """The numbers of questions at the start of lines; a number alone is one only where none stands before words."""
    found = {n: match for n, line in enumerate(lines) if (match := _NUMBERED.match(line.numbered))}
    marked = {n: match for n, match in found.items() if match["mark"] or match["word"] or match["letter"]}
    return marked or {n: match for n, match in found.items() if not match["rest"]}


def _is_questionnaire(lines: Sequence[FormLine], heads: Mapping[int, re.Match[str]]) -> bool:
    numbers = [int(found["number"]) for found in heads.values()]
    starts = [number for index, number in enumerate(numbers) if index == 0 or number != numbers[index - 1]]
    in_order = all(later in (earlier + 1, 1) for earlier, later in pairwise(starts))
    if not starts or starts[0] != 1 or len(set(starts)) < 2 or not in_order:
        return False
    titled = any(_TITLE.search(line.text) for line in lines[:_TOP])
    asked = sum("?" in lines[n].text for n in heads)
    return titled or asked >= 2 or any(found["word"] for found in heads.values())


def _is_logbook(lines: Sequence[FormLine]) -> bool:
    numbers = _lessons(lines)
    titled = any(_LOGBOOK.search(line.text) for line in lines[:_TOP])
    fields = sum(bool(_FIELD.match(line.text)) for line in lines[:_TOP])
    return numbers > 1 or (numbers == 1 and (titled or fields > 0))


def _lessons(lines: Sequence[FormLine]) -> int:
    return len({found["number"] for line in lines if (found := _LESSON.fullmatch(line.text))})


def _logbook(lines: Sequence[FormLine]) -> list[DraftTurn]:
    """A turn per paragraph; the part is the lesson. Titles and fields ("Datum: …") are the form's, not the writer's."""
    turns: list[DraftTurn] = []
    part, block = "", -1
    for line in lines:
        found = _LESSON.fullmatch(line.text)
        if found:
            part = f"{found['word'].lower()} {int(found['number'])}"
        head = found or _FIELD.match(line.text) or _LOGBOOK_TITLE.fullmatch(line.text)
        speaker = QUESTION if head else ""
        if turns and line.block == block and (turns[-1].part, turns[-1].speaker) == (part, speaker):
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text}\n{line.text}")
        else:
            turns.append(DraftTurn(speaker, line.text, part=part))
        block = line.block
    # a title above the first lesson belongs to it
    first = next((turn.part for turn in turns if turn.part), "")
    return [replace(turn, part=turn.part or first) for turn in turns]


@dataclass(slots=True)
class _Questionnaire:
    """Goes through the lines and keeps where it is: lesson, question, sub-question."""

    heads: Mapping[int, re.Match[str]]  # where questions begin
    several: bool  # whether the file holds the forms of several lessons
    lesson: str = ""
    number: str = ""
    letter: str = ""
    turns: list[DraftTurn] = field(default_factory=list)
    last: FormLine | None = None
    last_head: re.Match[str] | None = None

    def turns_of(self, lines: Sequence[FormLine]) -> list[DraftTurn]:
        """The turns of the form."""
        for n, line in enumerate(lines):
            self._line(line, self.heads.get(n))
            self.last, self.last_head = line, self.heads.get(n)
        return list(_with_answers(self.turns))

    @property
    def part(self) -> str:
        """The part at hand, with its lesson if there are several: "1a", "les 2 · 1a"."""
        question = self.number + self.letter
        lesson = self.lesson if self.several else ""
        return f"{lesson} · {question}" if lesson and question else question or lesson

    def _line(self, line: FormLine, head: re.Match[str] | None) -> None:
        lesson = _LESSON.fullmatch(line.text)
        lettered = _LETTERED.match(line.numbered) if self.number else None
        if lesson:
            self.lesson = f"{lesson['word'].lower()} {int(lesson['number'])}"
            self.number = self.letter = ""
            self.turns.append(DraftTurn("", line.text, part=self.part))
        elif head is not None:
            self.number, self.letter = str(int(head["number"])), (head["letter"] or "").lower()
            self._question(line.text)
        elif lettered:
            self.letter = lettered["letter"].lower()
            if line.text.endswith(("?", ":")):
                self._question(line.text)
            else:
                self.turns.append(DraftTurn("", line.text, part=self.part))
        elif self._goes_on(line):
            self._append(line.text)
        else:
            self._answer(line.text)

    def _question(self, text: str) -> None:
        """A question; what follows its question mark in the same line is already the answer."""
        asked, mark, answer = text.rpartition("? ")
        self.turns.append(DraftTurn(QUESTION, asked + mark.strip() if mark else text, part=self.part))
        if mark and answer.strip():
            self.turns.append(DraftTurn("", answer, part=self.part))

    def _goes_on(self, line: FormLine) -> bool:
        """Whether the line continues a question that was broken over lines."""
        if not self.turns or self.last is None or self.turns[-1].speaker != QUESTION:
            return False
        before = self.turns[-1].text
        bare = _NUMBERED.fullmatch(before)
        if before.endswith(("?", ".", ":", "!", "…")) and not (bare and not bare["rest"]):
            return False
        bare_number = self.last_head is None or not self.last_head["rest"]
        wrapped = line.block == self.last.block and len(self.last.text) > _LONG_LINE
        return (bare_number and self.last.text == before) or wrapped or line.text[:1].islower()

    def _append(self, text: str) -> None:
        self.turns[-1] = replace(self.turns[-1], text=f"{self.turns[-1].text}\n{text}")

    def _answer(self, text: str) -> None:
        before = self.turns[-1] if self.turns else None
        if before and self.number and before.speaker != QUESTION and before.part == self.part:
            self._append(text)
        else:
            self.turns.append(DraftTurn("", text, part=self.part))


def _with_answers(turns: Sequence[DraftTurn]) -> Iterator[DraftTurn]:
    """A numbered line that asks nothing and has nothing under it is itself what was filled in."""
    for index, turn in enumerate(turns):
        below = turns[index + 1] if index + 1 < len(turns) else None
        answered = below is not None and below.part.startswith(turn.part)
        asks = turn.text.rstrip().endswith(("?", ":"))
        yield turn if turn.speaker != QUESTION or answered or asks else replace(turn, speaker="")
