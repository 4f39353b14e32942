"""Passages that use the same words as the examples of a code, or as a selection; accepted or refused by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.language.counting import Passage
from qualcode.language.similar import SimilarPassages, Suggestion, passages_of
from qualcode.model import Code, Coding, Transcript
from qualcode.store.project import Project
from qualcode.tasks.searching.words import stop_list
from qualcode.text.spans import Span

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
