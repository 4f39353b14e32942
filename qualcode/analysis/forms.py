"""Forms and logbooks: the answers to one question, laid side by side over lessons and respondents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.model import Coding, Transcript, Turn
from qualcode.text.spans import Span

LOGBOOK = "log"  # the id of the running text of logbooks, which asks nothing
_QUESTION = re.compile(r"(?P<form>.* · )?(?P<number>\d+)(?P<letter>[a-z]?)")
_LESSON = re.compile(r"\b(les|lesson|bijeenkomst|sessie|session)\b\D{0,12}?(\d{1,2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What one form says to a question. `spans` are its paragraphs, `codings` what was coded in them.

    `lesson` is "les 3" ("" if unknown), `part` the part of the form ("1a").
    """

    transcript: Transcript
    lesson: str
    part: str
    spans: tuple[Span, ...]
    codings: tuple[Coding, ...]

    @property
    def words(self) -> str:
        """The paragraphs, one below the other."""
        return "\n".join(span.of(self.transcript.text) for span in self.spans)


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A question ("1", "1a"), or the running text of logbooks (`LOGBOOK`), with the answers in the order of lessons.

    `words` is the question as it is printed; for a sub-question without words of its own, those of its question.
    """

    id: str
    words: str
    answers: tuple[FormAnswer, ...]


def questions(transcripts: Iterable[Transcript], codings: Iterable[Coding] = ()) -> list[FormQuestion]:
    """Every question of the forms among the transcripts, in order; empty if none of them is a form.

    A question with sub-questions ("1") holds the answers to all of them.
    """
    coded: dict[str, list[Coding]] = {}
    for coding in codings:
        coded.setdefault(coding.transcript_id, []).append(coding)
    words: dict[str, str] = {}
    answers: dict[str, list[FormAnswer]] = {}
    for transcript in transcripts:
        for answer in _answers(transcript, coded.get(transcript.id, ())):
            for question in _questions_of(answer.part):
                answers.setdefault(question, []).append(answer)
        for turn in transcript.turns:
            if turn.part and turn.interviewer and _question(turn.part) != LOGBOOK:
                words.setdefault(_question(turn.part), turn.span.of(transcript.text))
    return [
        FormQuestion(
            each, words.get(each, words.get(each.rstrip("abcdefghijklmnopqrstuvwxyz"), "")), _in_order(found)
        )
        for each, found in sorted(answers.items(), key=lambda item: _place(item[0]))
    ]


def _answers(transcript: Transcript, codings: Sequence[Coding]) -> list[FormAnswer]:
    """The answers in one transcript: neighbouring turns of the same part, the printed questions left out."""
    found: dict[str, list[Turn]] = {}
    for turn in transcript.turns:
        if turn.part and not turn.interviewer:
            found.setdefault(turn.part, []).append(turn)
    written = _written_lesson(transcript)
    return [
        FormAnswer(
            transcript,
            _lesson(part) or written,
            _question(part),
            tuple(turn.span for turn in turns),
            tuple(each for each in codings if any(each.span.overlaps(turn.span) for turn in turns)),
        )
        for part, turns in found.items()
    ]


def _question(part: str) -> str:
    """The question of a part: "1a" of "les 2 · 1a", `LOGBOOK` of "les 2"; of a survey with its name: "enquête · 3"."""
    form, _dot, last = part.rpartition(" · ")
    if not _QUESTION.fullmatch(last):
        return LOGBOOK
    return part if form and not _LESSON.search(form) else last


def _questions_of(question: str) -> list[str]:
    found = _QUESTION.fullmatch(question)
    return [question[:-1], question] if found and found["letter"] else [question]


def _lesson(words: str) -> str:
    found = _LESSON.search(words)
    return f"{found[1].lower()} {int(found[2])}" if found else ""


def _written_lesson(transcript: Transcript) -> str:
    """The lesson at the head of a form ("Les: 3"), else in its name."""
    head = [turn.span.of(transcript.text) for turn in transcript.turns if not turn.part]
    return next(filter(None, map(_lesson, [*head, transcript.name])), "")


def _in_order(answers: Iterable[FormAnswer]) -> tuple[FormAnswer, ...]:
    def place(answer: FormAnswer) -> tuple[int, str, str]:
        number = re.search(r"\d+", answer.lesson)
        return int(number[0]) if number else 10_000, answer.transcript.name, answer.part

    return tuple(sorted(answers, key=place))


def _place(question: str) -> tuple[str, int, str]:
    found = _QUESTION.fullmatch(question)
    return (found["form"] or "", int(found["number"]), found["letter"]) if found else ("", 10_000, question)
