"""The coded passages of a .qdpx: where they stand in the texts, and the codings and comments on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcode.exchange.archive import local
from qualcode.exchange.bundle import Notices, TravellingText
from qualcode.exchange.codebook_qdc import description_of
from qualcode.exchange.labelled import WithoutLabels
from qualcode.exchange.qdpx_elements import children, guid, number, targets
from qualcode.exchange.qdpx_note import Remembered, labels_in
from qualcode.exchange.text_views import Counted, Fit, Stored, View, best_view, is_quoted
from qualcode.i18n import _
from qualcode.model import Turn
from qualcode.text.normal import text_hash
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

_SELECTIONS = ("PlainTextSelection", "TranscriptSelection")


@dataclass(frozen=True, slots=True)
class RawText:
    """A text as it stands in the file, with the element whose selections are on it."""

    text: TravellingText
    raw: str
    element: _Element
    sync: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def selections(self) -> Iterator[tuple[_Element, int | None, int | None]]:
        """Each selection with its positions as the file counts them."""
        for element in children(self.element, *_SELECTIONS):
            if local(element) == "PlainTextSelection":
                yield element, number(element, "startPosition"), number(element, "endPosition")
            else:
                ends = [self.sync.get(guid(element, name)) for name in ("fromSyncPoint", "toSyncPoint")]
                yield element, *(end[0] if end else None for end in ends)


@dataclass(frozen=True, slots=True)
class Passage:
    """A selection in its place. `codings` are the elements on it, `comment` its own words."""

    id: str
    span: Span
    quote: str
    element: _Element
    codings: tuple[_Element, ...]
    comment: str
    notes: tuple[str, ...]


def fit_of(texts: list[RawText], origin: str) -> Fit:
    """How the program counted, by the words that selections quote."""
    return best_view(
        [
            (
                text.raw,
                [
                    (start, end, element.get("name") or "")
                    for element, start, end in text.selections()
                    if start is not None and end is not None
                ],
            )
            for text in texts
        ],
        origin,
    )


class Placer:
    """Brings one text and its selections to our form."""

    def __init__(self, raw: RawText, view: View, told: Remembered | None, lost: Notices) -> None:
        self._raw, self._lost = raw, lost
        self._counted = Counted(raw.raw, view)
        self._stored = Stored(raw.raw)
        self._labels: WithoutLabels | None = None
        self.text = replace(raw.text, text=self._stored.text, times=self._times())
        known = told.turns.get(raw.text.id) if told else None
        if known and known[0] == text_hash(self._stored.text):
            self._take_turns(known[1])

    def _take_turns(self, turns: tuple[Turn, ...]) -> None:
        labels = labels_in(self._stored.text, turns)
        if labels is not None:
            self._labels = WithoutLabels(self._stored.text, labels)
            self.text = replace(self.text, text=self._labels.text, turns=turns)

    def _times(self) -> tuple[tuple[int, int], ...]:
        times = []
        for position, moment in self._raw.sync.values():
            place = self._counted.index(position)
            if place is not None:
                times.append((self._stored.span(Span(place, place)).start, moment))
        return tuple(sorted(times))

    def passages(self) -> Iterator[Passage]:
        """Every selection that has a place, and the text as a whole if it has codings; the others are noted."""
        for element, start, end in self._raw.selections():
            span = self._counted.span(start, end) if start is not None and end is not None else None
            if span is None:
                where = f"{self.text.name} {element.get('startPosition')}–{element.get('endPosition')}"
                self._lost.count(_("passages outside their text"), what=where)
            else:
                self._check_quote(element, span)
                yield self._passage(element, self.place(span))
        whole = tuple(children(self._raw.element, "Coding"))
        if whole:
            yield Passage("", Span(0, len(self.text.text)), self.text.name, self._raw.element, whole, "", ())

    def _check_quote(self, element: _Element, span: Span) -> None:
        name, words = element.get("name") or "", span.of(self._raw.raw)
        if name and not name.startswith("line:") and not is_quoted(words, name):
            self._lost.count(
                _("passages whose quoted words differ from the text (taken in by their positions)"),
                what=f"{self.text.name}: “{name[:40]}” / “{words[:40]}”",
            )

    def place(self, span: Span) -> Span:
        """Where a stretch of the raw text stands in ours."""
        placed = self._stored.span(span)
        return self._labels.span(placed) if self._labels else placed

    def _passage(self, element: _Element, span: Span) -> Passage:
        return Passage(
            guid(element),
            span,
            " ".join(span.of(self.text.text).split()),
            element,
            tuple(children(element, "Coding")),
            description_of(element),
            tuple(targets(element, "NoteRef")),
        )
