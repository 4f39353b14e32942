"""What is asked of all interviews, and the answer: found in a thread, with the project opened a second time.

The screen's connection is left alone, so that coding goes on while words are indexed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualcode.i18n import _
from qualcode.language.kwic import Order, forms_found
from qualcode.store.project import Project, open_project
from qualcode.tasks.searching.indexing import bring_up_to_date
from qualcode.tasks.searching.search import also_found, find, find_plain
from qualcode.text.spans import Span
from qualcode.tui.common.place import SearchPlace, faces
from qualcode.tui.session import Session


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What is asked: the words typed, in which order the answer comes, whether just letters are meant, and
    whether what is not sure is taken in."""

    typed: str
    order: Order = Order.PLACE
    plain: bool = False
    also: bool = False


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The places found, the forms with their numbers, what may be meant as well, what was not searched, and a
    remark on a word that stands everywhere."""

    question: SearchQuestion
    places: tuple[SearchPlace, ...]
    forms: tuple[tuple[str, int], ...] = ()
    beside: str = ""
    shortfall: str = ""
    remark: str = ""


class LastAsked:
    """The question asked last and the place in its answer, per project; kept as long as the program runs."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[SearchQuestion, int]] = {}

    def keep(self, project: Project, question: SearchQuestion, cursor: int) -> None:
        """Keep a question and the place in its answer for next time."""
        self._kept[project.id] = question, cursor

    def question(self, project: Project) -> SearchQuestion | None:
        """The question asked last in a project."""
        return self._kept.get(project.id, (None, 0))[0]

    def cursor(self, project: Project, question: SearchQuestion) -> int:
        """The place in the answer given last, if the same was asked."""
        kept, cursor = self._kept.get(project.id, (None, 0))
        return cursor if kept == question else 0

    def forget(self, project: Project) -> None:
        """Begin at the first line next time."""
        self._kept.pop(project.id, None)


def answer(
    session: Session,
    question: SearchQuestion,
    *,
    told: Callable[[int, int], None],
    stopped: Callable[[], bool],
) -> SearchAnswer:
    """Index what is missing and answer; raises `QualcodeError` in words. Call it from a thread."""
    transcripts = session.transcripts
    by_id = {transcript.id: transcript for transcript in transcripts}
    with open_project(session.project.path) as project:
        project.coder = session.coder
        indexed = bring_up_to_date(project, transcripts, told=told, stopped=stopped)
        if question.plain:
            found = find_plain(project, question.typed, indexed)
            places = tuple(
                SearchPlace(memo or by_id[hit.target_id], hit.place)
                for hit, memo in found.hits
                if memo or hit.target_id in by_id
            )
            return SearchAnswer(question, places, shortfall=found.shortfall)
        words = find(project, question.typed, indexed, order=question.order, also=question.also, most=0)
    places = tuple(
        SearchPlace(by_id[hit.document], Span(hit.start, hit.end), hit.label, hit.sure) for hit in words.hits
    )
    beside = also_found(words.beside)
    if question.also:
        beside = also_found(forms_found([hit for hit in words.hits if not hit.sure]))
    return SearchAnswer(question, places, words.forms, beside, words.shortfall, words.remark)


ORDERS = (Order.PLACE, Order.LEFT, Order.RIGHT, Order.FORM)


def order_words(order: Order) -> str:
    """An order of the lines in words."""
    return {
        Order.PLACE: _("in the order of the interviews"),
        Order.LEFT: _("by the words to the left"),
        Order.RIGHT: _("by the words to the right"),
        Order.FORM: _("by the form"),
    }[order]


def help_words(plain: bool) -> str:
    """What one can ask, in a line."""
    if plain:
        return _(
            'Just these letters, in interviews and memos · "two words" together · F6: words in all forms'
        )
    return _(
        'afspraak: all forms · "zo is het" · *gesprek* · hulp ~5 vragen · en, of, niet · '
        "informant:ouder case:04 code:tijd uncoded · F6: bare text and memos"
    )


def where(place: SearchPlace) -> str:
    """Where a place is from: the interview and who speaks there."""
    transcript = place.transcript
    if transcript is None:
        return _("a memo; Enter goes to what it is about")
    turn = transcript.turn_at(place.span.start)
    return " · ".join(filter(None, [faces(transcript.name), faces(turn.speaker) if turn else ""]))
