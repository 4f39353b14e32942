"""Words per code, informant or case: frequent, characteristic; words near a word; who speaks how much."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.language.counting import (
    Bag,
    Characteristic,
    Collocate,
    Frequent,
    Passage,
    Share,
    bag,
    characteristic,
    collocates,
    distinctive,
    frequent,
    who_speaks,
)
from qualcode.language.stopwords import read_list, stop_words
from qualcode.model import Transcript, Turn
from qualcode.store.project import Project
from qualcode.text.normal import normal
from qualcode.text.spans import Span, union

By = Literal["code", "role", "case"]
_NOTE = re.compile(r"\[[^\[\]\n]{1,60}\]")  # "[lacht]": a note of who typed it, not a word that was said
UNKNOWN = "–"  # the group of interviews without a case or informant


@dataclass(frozen=True, slots=True)
class Group:
    """A group of passages: its code (slug), informant (`Role`) or case, its size, and its own words."""

    name: str
    total: int
    documents: int
    words: tuple[Characteristic, ...]


def frequent_words(project: Project, *, interviewer: bool = False, most: int = 50) -> list[Frequent]:
    """The commonest words of all interviews, without stop words."""
    passages = [p for t in project.transcripts.all() for p in _turns(t, interviewer)]
    return frequent(bag(passages, stop_list(project)), most)


def words_per_group(
    project: Project,
    by: By,
    *,
    only: str = "",
    interviewer: bool = False,
    rarely_elsewhere: bool = False,
    most: int = 20,
) -> list[Group]:
    """The words that each code, informant or case uses more than all others together.

    `only` names one group. With `rarely_elsewhere` the order is tf-idf, else log-likelihood. Words are
    counted in codings the person at work may see; text with two codes counts for both.
    """
    passages = dict(
        _by_code(project, interviewer) if by == "code" else _by_interview(project, by, interviewer)
    )
    if len(passages) < 2:
        raise InputError(_("There is nothing to set against: at least two groups with words are needed."))
    stop = stop_list(project)
    bags: dict[str, Bag] = {name: bag(found, stop) for name, found in passages.items()}
    names = [_named(only, list(bags))] if only else list(bags)
    rank = distinctive if rarely_elsewhere else characteristic
    return [
        Group(
            name,
            bags[name].total,
            len({passage.document for passage in passages[name]}),
            tuple(rank(bags, name, most)),
        )
        for name in names
    ]


def words_near(
    project: Project, word: str, *, reach: int = 5, interviewer: bool = False, most: int = 50
) -> list[Collocate]:
    """Words that stand near a word, in any of its forms, more often than chance."""
    word = normal(word).strip()
    if not word or len(word.split()) > 1:
        raise InputError(_("Name one word."))
    passages = [p for t in project.transcripts.all() for p in _turns(t, interviewer)]
    return collocates(passages, word, reach=reach, most=most, stop=stop_list(project))


def speaking(project: Project) -> list[tuple[Transcript, list[Share]]]:
    """Who speaks how much, interview by interview."""
    return [(transcript, who_speaks(transcript)) for transcript in project.transcripts.all()]


def stop_list(project: Project) -> frozenset[str] | None:
    """The stop words of the project, if it keeps lists of its own; `None`: those that come with qualcode."""
    own: dict[str, list[str]] = project.settings.get("stop_words")
    if not own:
        return None
    languages = {transcript.language for transcript in project.transcripts.all()} | set(own)
    return frozenset().union(*(own.get(language, stop_words(language)) for language in languages))


def keep_stop_list(project: Project, language: str, text: str) -> int:
    """Keep a list of stop words of one's own for a language (empty: the one that comes with qualcode again).

    Returns how many words it has; `InputError` names lines that are no word.
    """
    words = sorted(read_list(normal(text)))
    own: dict[str, list[str]] = dict(project.settings.get("stop_words"))
    own.pop(language, None)
    project.settings.set("stop_words", {**own, language: words} if words else own)
    return len(words)


def _by_interview(project: Project, by: By, interviewer: bool) -> Iterator[tuple[str, list[Passage]]]:
    found: defaultdict[str, list[Passage]] = defaultdict(list)
    for transcript in project.transcripts.all():
        name = str(transcript.informant or "") if by == "role" else transcript.case
        found[name or UNKNOWN] += _turns(transcript, interviewer)
    yield from ((name, passages) for name, passages in found.items() if passages)


def _by_code(project: Project, interviewer: bool) -> Iterator[tuple[str, list[Passage]]]:
    transcripts = {transcript.id: transcript for transcript in project.transcripts.all()}
    places: defaultdict[str, defaultdict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for coding in project.codings.all():
        places[coding.code_id][coding.transcript_id].append(coding.span)
    for code in project.codebook.all(retired=True):
        passages = [
            passage
            for transcript_id, spans in places.get(code.id, {}).items()
            for span in union(spans)
            for passage in _said_in(transcripts[transcript_id], span, interviewer)
        ]
        if passages:
            yield code.slug, passages


def _said_in(transcript: Transcript, span: Span, interviewer: bool) -> Iterator[Passage]:
    """The parts of a stretch that count: without the interviewer's turns, unless these count too."""
    for turn in transcript.turns or (Turn(1, 0, len(transcript.text)),):
        start, end = max(turn.start, span.start), min(turn.end, span.end)
        if start < end and (interviewer or not turn.interviewer):
            said = _NOTE.sub(lambda note: " " * len(note[0]), transcript.text[start:end])
            yield Passage(transcript.id, start, said, transcript.language)


def _turns(transcript: Transcript, interviewer: bool) -> Iterator[Passage]:
    return _said_in(transcript, Span(0, len(transcript.text)), interviewer)


def _named(wanted: str, names: Sequence[str]) -> str:
    for name in names:
        if name.casefold() == wanted.strip().casefold():
            return name
    raise NotFoundError(
        _("There is no group “{name}” with words; there are: {known}.").format(
            name=wanted, known=", ".join(names)
        )
    )
