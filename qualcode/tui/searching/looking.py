"""Searching beside the screen: in a thread of its own, with the project opened a second time.

The screen's connection is left alone, so that coding goes on while words are indexed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qualcode.language.search import Order
from qualcode.model import Coder, Transcript
from qualcode.store.project import open_project
from qualcode.tasks.searching.indexing import bring_up_to_date
from qualcode.tasks.searching.search import find, find_plain
from qualcode.text.spans import Span
from qualcode.tui.common.place import SearchPlace


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the words typed, in which order the answer comes, and whether just letters are meant."""

    typed: str
    order: Order = Order.PLACE
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The places found, the forms with their numbers, and what was not searched."""

    question: Question
    places: tuple[SearchPlace, ...]
    forms: tuple[tuple[str, int], ...]
    shortfall: str


def look(
    path: Path,
    coder: Coder | None,
    transcripts: list[Transcript],
    question: Question,
    *,
    told: Callable[[int, int], None],
    stopped: Callable[[], bool],
) -> Answer:
    """Index what is missing and answer; raises `QualcodeError` in words."""
    by_id = {transcript.id: transcript for transcript in transcripts}
    with open_project(path) as project:
        project.coder = coder
        indexed = bring_up_to_date(project, transcripts, told=told, stopped=stopped)
        if question.plain:
            found = find_plain(project, question.typed, indexed)
            places = tuple(
                SearchPlace(memo or by_id[hit.target_id], hit.place)
                for hit, memo in found.hits
                if memo or hit.target_id in by_id
            )
            return Answer(question, places, (), found.shortfall)
        words = find(project, question.typed, indexed, order=question.order, most=0)
    places = tuple(SearchPlace(by_id[hit.document], Span(hit.start, hit.end), hit.form) for hit in words.hits)
    return Answer(question, places, words.forms, words.shortfall)
