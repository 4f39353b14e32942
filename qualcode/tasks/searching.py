"""Search the interviews: a question → places, forms and keyword-in-context lines; and what comes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.language.kwic import Line, Order, arrange, forms_found, lines
from qualcode.language.query import Query, parse
from qualcode.language.scope import Scope
from qualcode.language.search import Hit, search
from qualcode.language.sentences import sentences
from qualcode.model import Code, Coding, Memo, Transcript
from qualcode.store.plain import PlainHit
from qualcode.store.project import Project
from qualcode.tasks.indexing import Indexed
from qualcode.tasks.seeing import visible_codings, visible_memos
from qualcode.text.normal import normal
from qualcode.text.spans import Span, trim

Unit = Literal["words", "sentence", "turn"]
WIDTH = 60


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found, in the order asked for. `forms` counts every form, also those left out.

    `lines` are the hits in their context, as far as they were asked for; `shortfall` is a
    sentence on interviews that were not searched, if there are any.
    """

    query: Query
    hits: tuple[Hit, ...]
    forms: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    shortfall: str


@dataclass(frozen=True, slots=True)
class PlainFound:
    """What plain search found: turns and memos, with the memo itself where it is one."""

    hits: tuple[tuple[PlainHit, Memo | None], ...]
    shortfall: str


def find(
    project: Project,
    typed: str,
    indexed: Indexed,
    *,
    order: Order = Order.PLACE,
    without: Collection[str] = (),
    first: int = 0,
    most: int | None = None,
    width: int = WIDTH,
) -> Found:
    """Answer a question over the interviews that are indexed.

    Lines are made for `most` hits (`None`: all) from number `first`. Only codings that the person at
    work may see decide `code:` and `uncoded`. Raises `InputError` or `NotFoundError` in words.
    """
    transcripts = indexed.state.ready
    languages = sorted({t.language for t in (*transcripts, *indexed.state.missing)} or {"nl"}, reverse=True)
    query = parse(_readable(typed), languages[0])
    codings = visible_codings(project) if query.filters else []
    everything = (*transcripts, *indexed.state.missing)
    scope = Scope(everything, project.codebook.all(retired=True), codings)
    scope.check(query)
    with project.words.reading():
        index = project.words.index(indexed.state)
        all_hits = search(index, query, languages=languages, admits=scope.admits)
        unwanted = frozenset(without)
        hits = [hit for hit in all_hits if hit.form not in unwanted]
        hits = arrange(index, hits, order, [transcript.id for transcript in transcripts])
        shown = hits[first : None if most is None else first + most]
        context = lines(index, shown, width)
    return Found(query, tuple(hits), tuple(forms_found(all_hits)), tuple(context), indexed.shortfall)


def find_plain(project: Project, typed: str, indexed: Indexed, *, most: int = 200) -> PlainFound:
    """Turns and memos that hold the words as typed; memos only as far as one may see them."""
    ready = {transcript.id for transcript in indexed.state.ready}
    memos = {memo.id: memo for memo in visible_memos(project)}
    found: list[tuple[PlainHit, Memo | None]] = []
    for hit in project.words.plain.search(typed, most=most):
        if hit.target_id in (ready if hit.kind == "transcript" else memos):
            found.append((hit, memos.get(hit.target_id)))
    return PlainFound(tuple(found), indexed.shortfall)


def passage(transcript: Transcript, place: Span, unit: Unit) -> Span:
    """The stretch to code for a hit: its words, the sentences or the turn it stands in."""
    turn = transcript.turn_at(place.start)
    within = turn.span if turn else Span(0, len(transcript.text))
    if unit == "words" or place.end > within.end:
        return place
    if unit == "turn":
        return trim(transcript.text, within)
    touched = [
        Span(within.start + start, within.start + end)
        for start, end in sentences(within.of(transcript.text), transcript.language)
        if Span(within.start + start, within.start + end).overlaps(place)
    ]
    return trim(transcript.text, Span(touched[0].start, touched[-1].end)) if touched else place


def code_places(
    project: Project, places: Iterable[tuple[Transcript, Span]], code: Code, unit: Unit = "sentence"
) -> list[Coding]:
    """Give chosen hits a code, as one act. What the person at work coded so already is left as it is."""
    coder = project.require_coder()
    mine = project.codings.all(code=code, coder=coder)
    coded = {(coding.transcript_id, *coding.span) for coding in mine}
    made: list[Coding] = []
    with project.act("codings.found"):
        for transcript, place in places:
            span = passage(transcript, place, unit)
            if (transcript.id, *span) not in coded:
                coded.add((transcript.id, *span))
                made.append(project.codings.add(transcript, span.start, span.end, code))
    return made


def saved_searches(project: Project) -> dict[str, str]:
    """The questions that were kept: name → question, by name."""
    kept: dict[str, str] = project.settings.get("searches")
    return dict(sorted(kept.items()))


def save_search(project: Project, name: str, typed: str) -> None:
    """Keep a question under a name, in place of an older one of that name; it must be one that can be asked."""
    name = " ".join(name.split())
    if not name:
        raise InputError(_("A question that is kept needs a name."))
    parse(_readable(typed))
    project.settings.set("searches", {**saved_searches(project), name: typed.strip()})


def _readable(typed: str) -> str:
    """What was typed in its normal form, without halves of characters that no text holds."""
    return normal(typed).encode("utf-8", "replace").decode()


def forget_search(project: Project, name: str) -> None:
    """Keep a question no longer."""
    kept = saved_searches(project)
    if name not in kept:
        raise NotFoundError(_("No question is kept under the name “{name}”.").format(name=name))
    project.settings.set("searches", {other: typed for other, typed in kept.items() if other != name})
