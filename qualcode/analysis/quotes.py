"""Quotes: what coders marked for a theme, told once where they marked the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.model import Coder, Coding, Role, Transcript
from qualcode.text.spans import Span, trim

_SHORT, _LONG = 40, 280  # characters: shorter says too little, longer fills the page


@dataclass(frozen=True, slots=True)
class Quote:
    """A fragment to show: its place, its words, and who marked it.

    `turn` is the number of the turn it starts in, `line` the number of that turn's line
    when every turn starts a line of its own; `coders` the ids of those who marked it.
    """

    transcript: Transcript
    span: Span
    text: str
    turn: int
    coders: tuple[str, ...]
    codings: tuple[Coding, ...]

    @property
    def role(self) -> Role | None:
        """Who says it."""
        return self.transcript.role_in(self.span)

    @property
    def person(self) -> str:
        """Who of several people says it; "" where only one is interviewed."""
        return self.transcript.person_in(self.span)


def quotes_of(codings: Iterable[Coding], transcripts: Mapping[str, Transcript]) -> list[Quote]:
    """One quote per place: codings that overlap are told as one, by the words most of them share.

    In the order of the transcripts given, then of the text.
    """
    per_transcript: dict[str, list[Coding]] = {}
    for coding in codings:
        per_transcript.setdefault(coding.transcript_id, []).append(coding)
    found = []
    for transcript_id, transcript in transcripts.items():
        here = sorted(per_transcript.get(transcript_id, []), key=lambda c: (c.start, c.end))
        found += [_quote(transcript, cluster) for cluster in _clusters(here)]
    return found


def passages(codings: Iterable[Coding]) -> list[list[Coding]]:
    """The codings gathered by passage: the same words marked by two coders, or with two codes, are one."""
    per_transcript: dict[str, list[Coding]] = {}
    for coding in codings:
        per_transcript.setdefault(coding.transcript_id, []).append(coding)
    return [
        cluster
        for here in per_transcript.values()
        for cluster in _clusters(sorted(here, key=lambda c: (c.start, c.end)))
    ]


def _clusters(codings: Sequence[Coding]) -> list[list[Coding]]:
    """Codings in order of start, gathered where each overlaps the first by half of the shorter one."""
    clusters: list[list[Coding]] = []
    for coding in codings:
        if clusters and mostly_same(clusters[-1][0].span, coding.span):
            clusters[-1].append(coding)
        else:
            clusters.append([coding])
    return clusters


def mostly_same(a: Span, b: Span) -> bool:
    """Whether two places share at least half of the shorter one."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return 2 * common >= min(a.length, b.length)


def _quote(transcript: Transcript, cluster: Sequence[Coding]) -> Quote:
    edges = Counter((coding.start, coding.end) for coding in cluster)
    start, end = max(edges, key=lambda place: (edges[place], place[1] - place[0]))
    return quote_at(transcript, Span(start, end), cluster)


def quote_at(transcript: Transcript, place: Span, marks: Sequence[Coding]) -> Quote:
    """The quote at one place, marked by these codings."""
    span = trim(transcript.text, place)
    turn = transcript.turn_at(span.start)
    return Quote(
        transcript=transcript,
        span=span,
        text=span.of(transcript.text),
        turn=turn.n if turn else 0,
        coders=tuple(dict.fromkeys(coding.coder_id for coding in marks)),
        codings=tuple(marks),
    )


def question_before(quote: Quote) -> str:
    """The interviewer's words just before the turn in which a quote starts; "" if there are none."""
    before = None
    for turn in quote.transcript.turns:
        if turn.n >= quote.turn:
            break
        before = turn
    if before is None or not before.interviewer:
        return ""
    return before.span.of(quote.transcript.text)


def choose(quotes: Iterable[Quote], most: int) -> list[Quote]:
    """The most telling quotes: marked by more coders, not too short or long, spread over the cases.

    In the order in which they came.
    """
    left = list(quotes)
    order = {id(quote): n for n, quote in enumerate(left)}
    chosen: list[Quote] = []
    while left and len(chosen) < most:
        cases = [quote.transcript.case or quote.transcript.name for quote in chosen]
        best = min(left, key=lambda q: (cases.count(q.transcript.case or q.transcript.name), *_worth(q)))
        left.remove(best)
        chosen.append(best)
    return sorted(chosen, key=lambda quote: order[id(quote)])


def _worth(quote: Quote) -> tuple[int, bool, int]:
    size = len(quote.text)
    return -len(quote.coders), not _SHORT <= size <= _LONG, -min(size, _LONG)


def coder_names(quote: Quote, coders: Mapping[str, Coder]) -> str:
    """The names of those who marked it, as a list in words, in the order of `coders`."""
    return ", ".join(coder.name for coder in coders.values() if coder.id in quote.coders)
