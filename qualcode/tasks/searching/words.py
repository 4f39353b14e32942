"""Words per code, informant or case: frequent, characteristic, near a word; who speaks how much; passages alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.language.counting import (
    Bag,
    Characteristic,
    Collocate,
    Frequent,
    Passage,
    SpeakerShare,
    bag,
    characteristic,
    collocates,
    distinctive,
    frequent,
    who_speaks,
)
from qualcode.language.pipeline import pipeline
from qualcode.language.similar import SimilarPassages, Suggestion, passages_of
from qualcode.language.terms import Term, candidate_terms, noun_phrases
from qualcode.language.words import read_list, stop_words
from qualcode.model import Code, Coding, Transcript, Turn, wide
from qualcode.text.normal import normal
from qualcode.text.spans import Span, union

if TYPE_CHECKING:
    from qualcode.store.project import Project

By = Literal["code", "role", "case"]
_NOTE = re.compile(r"\[[^\[\]\n]{1,60}\]")  # "[lacht]": a note of who typed it, not a word that was said
UNKNOWN = "–"  # the group of interviews without a case or informant


@dataclass(frozen=True, slots=True)
class WordGroup:
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
) -> list[WordGroup]:
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
        WordGroup(
            name,
            bags[name].total,
            len({passage.document for passage in passages[name]}),
            tuple(rank(bags, name, most)),
        )
        for name in names
    ]


def terms(project: Project, *, interviewer: bool = False, most: int = 50) -> list[Term]:
    """Noun phrases of the interviews that a codebook may want; needs a pipeline that knows parts of speech."""
    found: list[tuple[str, str]] = []
    for transcript in project.transcripts.all():
        reader = pipeline(transcript.language, project.settings.pipeline(transcript.language))
        if reader.has_pos:
            for passage in _turns(transcript, interviewer):
                tokens = list(reader.tokens(passage.text))
                found += [(transcript.id, phrase) for phrase in noun_phrases(tokens, transcript.language)]
    return candidate_terms(found, most)


def words_near(
    project: Project, word: str, *, reach: int = 5, interviewer: bool = False, most: int = 50
) -> list[Collocate]:
    """Words that stand near a word, in any of its forms, more often than chance."""
    word = normal(word).strip()
    if not word or len(word.split()) > 1:
        raise InputError(_("Name one word."))
    passages = [p for t in project.transcripts.all() for p in _turns(t, interviewer)]
    return collocates(passages, word, reach=reach, most=most, stop=stop_list(project))


def speaking(project: Project) -> list[tuple[Transcript, list[SpeakerShare]]]:
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
        if by == "case":
            found[transcript.case or UNKNOWN] += _turns(transcript, interviewer)
        for turn in (transcript.turns or (Turn(1, 0, len(transcript.text)),)) if by == "role" else ():
            role = wide(transcript.role_of(turn))
            found[role or UNKNOWN] += _said_in(transcript, turn.span, interviewer, [turn])
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


def _said_in(
    transcript: Transcript, span: Span, interviewer: bool, turns: Sequence[Turn] = ()
) -> Iterator[Passage]:
    """The parts of a stretch that count: without the interviewer's turns, unless these count too."""
    for turn in turns or transcript.turns or (Turn(1, 0, len(transcript.text)),):
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


MOST_OTHERS = 500


@dataclass(frozen=True, slots=True)
class Offer:
    """A passage that is offered: where it stands, how alike it is, and the words it shares."""

    transcript: Transcript
    span: Span
    score: float
    shared: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return self.span.of(self.transcript.text)


class Similar:
    """All passages of a project, made ready to be compared (some seconds for very large projects).

    Make it once, in a worker, and ask it often: what is coded or refused is read anew each time.
    """

    def __init__(self, project: Project, transcripts: Sequence[Transcript] | None = None) -> None:
        self._project = project
        found = project.transcripts.all() if transcripts is None else transcripts
        self._transcripts = {transcript.id: transcript for transcript in found}
        passages = [passage for transcript in found for passage in passages_of(transcript)]
        self._passages = SimilarPassages(passages, stop_list(project))

    def to_code(self, code: Code, *, most: int = 20) -> list[Offer]:
        """Passages like the examples of a code; in a sealed round the examples are one's own alone.

        Raises `InputError` if the code has no examples yet.
        """
        codings = self._project.codings.all()
        examples = self._of(coding for coding in codings if coding.code_id == code.id)
        if not examples:
            raise InputError(
                _("“{code}” has no fragments yet to go by. Code one first.").format(code=code.slug)
            )
        others = self._of(coding for coding in codings if coding.code_id != code.id)[-MOST_OTHERS:]
        coded = {(passage.document, passage.span) for passage in examples}
        others = [passage for passage in others if (passage.document, passage.span) not in coded]
        refused = self._refused(code)
        return self._offers(self._passages.like(examples, others=others, refused=refused, most=most))

    def to_place(self, transcript: Transcript, span: Span, *, most: int = 20) -> list[Offer]:
        """Passages like one place."""
        example = Passage(transcript.id, span.start, span.of(transcript.text), transcript.language)
        return self._offers(self._passages.like([example], most=most))

    def _refused(self, code: Code) -> list[Passage]:
        places = self._project.refusals.of(code, self._project.coder)
        return [
            self._passage(transcript_id, span)
            for transcript_id, span in places
            if transcript_id in self._transcripts
        ]

    def _of(self, codings: Iterable[Coding]) -> list[Passage]:
        return [
            self._passage(coding.transcript_id, coding.span)
            for coding in codings
            if coding.transcript_id in self._transcripts
        ]

    def _passage(self, transcript_id: str, span: Span) -> Passage:
        transcript = self._transcripts[transcript_id]
        return Passage(transcript_id, span.start, span.of(transcript.text), transcript.language)

    def _offers(self, suggestions: Iterable[Suggestion]) -> list[Offer]:
        offers = []
        for suggestion in suggestions:
            passage = self._passages.passages[suggestion.number]
            offers.append(
                Offer(self._transcripts[passage.document], passage.span, suggestion.score, suggestion.shared)
            )
        return offers


def accept(project: Project, offer: Offer, code: Code) -> Coding:
    """Code a passage that was offered, as the person at work."""
    return project.codings.add(offer.transcript, offer.span.start, offer.span.end, code)


def refuse(project: Project, offer: Offer, code: Code) -> None:
    """Remember that a passage does not belong to a code: it is not offered again, and learned from."""
    project.refusals.add(code, project.coder, offer.transcript, offer.span)


def unrefuse(project: Project, offer: Offer, code: Code) -> None:
    """Take a refusal back."""
    project.refusals.remove(code, project.coder, offer.transcript, offer.span)
