"""Search the interviews: a question → places, forms and keyword-in-context lines; and what comes of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from qualcode.analysis.facts import Fact
from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.language.kwic import ContextLine, Order, arrange, forms_found, lines
from qualcode.language.query import FACT, Filter, Query, fact_key, parse
from qualcode.language.search import Hit, every_place
from qualcode.language.sentences import sentences_within
from qualcode.model import USUAL_ROLES, Code, Coding, Memo, Role, Transcript
from qualcode.tasks.facts import facts_of_interviews
from qualcode.text.normal import normal
from qualcode.text.spans import Span, trim, union

if TYPE_CHECKING:
    from qualcode.store.index.plain import PlainHit
    from qualcode.store.project import Project
    from qualcode.tasks.searching.indexing import Indexed


class Scope:
    """The transcripts, codes and codings that conditions speak of.

    Give it only the codings the person may see: in a sealed round, one's own.
    """

    def __init__(
        self,
        transcripts: Iterable[Transcript],
        codes: Iterable[Code] = (),
        codings: Iterable[Coding] = (),
        facts: Iterable[Fact] = (),
    ) -> None:
        self._transcripts = {transcript.id: transcript for transcript in transcripts}
        self._speakers = {
            transcript.id: {turn.n: turn.speaker.casefold() for turn in transcript.turns}
            for transcript in self._transcripts.values()
        }
        self._roles = {role for t in self._transcripts.values() for role in t.roles if role}
        self._codes = list(codes)
        self._facts = {FACT + fact_key(fact.name): fact for fact in facts}
        stretches: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
        for coding in codings:
            stretches[coding.transcript_id, coding.code_id].append(coding.span)
            stretches[coding.transcript_id, ""].append(coding.span)
        self._coded = {key: union(spans) for key, spans in stretches.items()}

    def check(self, query: Query) -> None:
        """`NotFoundError`, with the nearest name, when a condition names what does not exist."""
        for filter_ in query.filters:
            known = self._known(filter_.kind)
            if known is not None and filter_.value.casefold() not in known:
                raise NotFoundError(_unknown(filter_, known))

    def admits(self, filter_: Filter, hit: Hit) -> bool:
        """Whether the place meets the condition. A code stands for the codes below it as well."""
        transcript = self._transcripts.get(hit.document)
        if transcript is None:
            return False
        wanted = filter_.value.casefold()
        if filter_.kind == "case":
            return transcript.case.casefold() == wanted
        if filter_.kind == "informant":
            turn = transcript.turn_at(hit.start)
            role = transcript.role_of(turn) if turn else transcript.informant
            return role is not None and (role.is_called(wanted) or role.wide.is_called(wanted))
        if filter_.kind == "speaker":
            return self._speakers[hit.document].get(hit.turn) == wanted
        if filter_.kind in self._facts:
            said = self._facts[filter_.kind].values.get(transcript.id, ())
            return wanted in (value.casefold() for value in said)
        if filter_.kind == "uncoded":
            return not self._touches(hit, "")
        return any(self._touches(hit, code_id) for code_id in self._with_children(wanted))

    def _touches(self, hit: Hit, code_id: str) -> bool:
        spans = self._coded.get((hit.document, code_id), [])
        at = bisect_right(spans, Span(hit.end, 0)) - 1
        return at >= 0 and spans[at].overlaps(Span(hit.start, hit.end))

    def _with_children(self, wanted: str) -> set[str]:
        found = {code.id for code in self._codes if wanted in _code_words(code)}
        below = found
        while below:
            below = {code.id for code in self._codes if code.parent_id in below} - found
            found |= below
        return found

    def _known(self, kind: str) -> set[str] | None:
        if kind in self._facts:
            return {value.casefold() for said in self._facts[kind].values.values() for value in said}
        if kind == "case":
            return {transcript.case.casefold() for transcript in self._transcripts.values()}
        if kind == "informant":
            return {word for role in {*USUAL_ROLES, *self._roles} for word in _role_words(role)}
        if kind == "speaker":
            return {speaker for speakers in self._speakers.values() for speaker in speakers.values()}
        if kind == "code":
            return {word for code in self._codes for word in _code_words(code)}
        return None


def _keys(facts: Iterable[Fact]) -> list[str]:
    """What facts are called before the colon of a condition."""
    return [key for fact in facts if (key := fact_key(fact.name))]


def _role_words(role: Role) -> set[str]:
    return {role.casefold(), role.names.nl.casefold(), role.names.en.casefold()}


def _code_words(code: Code) -> set[str]:
    return {name.casefold() for name in (code.slug, code.name.nl, code.name.en) if name}


def _unknown(filter_: Filter, known: Iterable[str]) -> str:
    near: Sequence[str] = get_close_matches(filter_.value.casefold(), sorted(known), 3, 0.5)
    if near:
        return _("There is no {kind} “{value}” in this project. Did you mean {near}?").format(
            kind=_kind_word(filter_.kind), value=filter_.value, near=", ".join(near)
        )
    return _("There is no {kind} “{value}” in this project.").format(
        kind=_kind_word(filter_.kind), value=filter_.value
    )


def _kind_word(kind: str) -> str:
    words = {"case": _("case"), "informant": _("informant"), "speaker": _("speaker"), "code": _("code")}
    return words.get(kind, kind.removeprefix(FACT))


Unit = Literal["words", "sentence", "turn"]
WIDTH = 60


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found, in the order asked for, the sure hits first. `forms` counts every form, also those
    left out; `beside` counts those that may be meant as well, if they were not asked for.

    `lines` are the hits in their context, as far as they were asked for; `shortfall` is a
    sentence on interviews that were not searched, if there are any, and `remark` one on a word that stands everywhere.
    """

    query: Query
    hits: tuple[Hit, ...]
    forms: tuple[tuple[str, int], ...]
    beside: tuple[tuple[str, int], ...]
    lines: tuple[ContextLine, ...]
    shortfall: str
    remark: str


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
    also: bool = False,
    most: int | None = None,
    width: int = WIDTH,
) -> Found:
    """Answer a question over the interviews that are indexed.

    `without` are forms to leave out, with their reading or whatever that is; `also` takes in what is not sure.
    Lines are made for the first `most` hits (`None`: all). Only codings that the person at
    work may see decide `code:` and `uncoded`. Raises `InputError` or `NotFoundError` in words.
    """
    transcripts = indexed.state.ready
    languages = sorted({t.language for t in (*transcripts, *indexed.state.missing)} or {"nl"}, reverse=True)
    facts = facts_of_interviews(project)
    query = parse(_readable(typed), _keys(facts))
    codings = project.codings.all() if query.filters else []
    everything = (*transcripts, *indexed.state.missing)
    scope = Scope(everything, project.codebook.all(retired=True), codings, facts)
    scope.check(query)
    with project.words.reading():
        index = project.words.index(indexed.state)
        places = every_place(index, query, languages, scope.admits, also)
        counted = [hit for hit in places if hit.sure or also]
        beside = [] if also else [hit for hit in places if not hit.sure]
        unwanted = frozenset(without)
        hits = [hit for hit in counted if not unwanted & {hit.form, hit.label}]
        hits = arrange(index, hits, order, [transcript.id for transcript in transcripts])
        hits.sort(key=lambda hit: not hit.sure)
        context = lines(index, hits[:most], width)
        remark = _everywhere(hits, index.sentences)
    forms = tuple(forms_found(counted)), tuple(forms_found(beside))
    return Found(query, tuple(hits), *forms, tuple(context), indexed.shortfall, remark)


_IN_MANY = 0.25


def _everywhere(hits: Sequence[Hit], sentences: int) -> str:
    """A sentence on a word that stands in so many sentences that a second word would help; else nothing."""
    touched = len({(hit.document, hit.sentence) for hit in hits})
    if sentences < _FEW_SENTENCES or touched < _IN_MANY * sentences:
        return ""
    return _("This stands in {share} of all sentences; a second word narrows it down.").format(
        share=f"{round(100 * touched / sentences)}%"
    )


_FEW_SENTENCES = 20


def also_found(beside: Sequence[tuple[str, int]], most: int = 3) -> str:
    """What may be meant as well, in a line: "also found: 12 (plannen (noun) 9, plan (noun) 3)"; empty if nothing is."""
    if not beside:
        return ""
    named = ", ".join(f"{form} {times}" for form, times in beside[:most])
    return _("also found: {n}: {forms}").format(
        n=sum(times for _form, times in beside), forms=named + (" …" if len(beside) > most else "")
    )


def find_plain(project: Project, typed: str, indexed: Indexed, *, most: int = 200) -> PlainFound:
    """Turns and memos that hold the words as typed; memos only as far as one may see them."""
    ready = {transcript.id for transcript in indexed.state.ready}
    memos = {memo.id: memo for memo in project.memos.all()}
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
    found = sentences_within(transcript.text, [within], transcript.language)
    touched = [sentence for sentence in found if sentence.overlaps(place)]
    return trim(transcript.text, Span(touched[0].start, touched[-1].end)) if touched else place


def code_places(
    project: Project, places: Iterable[tuple[Transcript, Span]], code: Code, unit: Unit = "sentence"
) -> list[Coding]:
    """Give chosen hits a code, as one act. What the person at work coded so already is left as it is."""
    coder = project.require_coder()
    mine = project.codings.all(code=code, coder=coder)
    coded = {(coding.transcript_id, *coding.span) for coding in mine}
    made: list[Coding] = []
    with project.transaction("codings.found"):
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
    parse(_readable(typed), facts=_keys(facts_of_interviews(project)))
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
