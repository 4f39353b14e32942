"""The sources of a .qdpx: their texts, the codings and comments on them; and what is known while they are read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from qualcode.exchange.bundle import Bundle, Notices, TravellingText, moment_of
from qualcode.exchange.codebooks.draft import lasting_id
from qualcode.exchange.positions import Counted, Fit, Stored, View, WithoutLabels, best_view, is_quoted
from qualcode.exchange.refi.codebook import description_of
from qualcode.exchange.refi.note import Remembered, Texts, guid, labels_in, number, targets
from qualcode.exchange.refi.write import TEXT_VARIABLES
from qualcode.files.zipped import Element, children, first_child, local
from qualcode.i18n import _
from qualcode.model import Case, Coder, Coding, Memo, Role, Turn
from qualcode.text.normal import text_hash
from qualcode.text.spans import Span

UNKNOWN = lasting_id("coder", "", "unknown")
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


@dataclass(slots=True)
class Context:
    """One file in the course of being read.

    `places` says for the id of each element what it became: (kind of memo target, id).
    `case_of` gives the label of the case for the id of a source.
    """

    bundle: Bundle
    texts: Texts
    language: str
    told: Remembered | None = None
    variables: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Memo] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    case_of: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    attached: set[str] = field(default_factory=set)

    def add_memo(self, kind: str, target: str, words: str, by: str | None = None, at: str = "") -> None:
        """Put words as a memo on something."""
        n = len(self.bundle.memos)
        self.bundle.memos.append(
            Memo(lasting_id("memo", str(n), f"{kind}/{target}"), kind, target, words, by, at)
        )

    def attach(self, kind: str, target: str, notes: Iterable[str], about: str = "") -> None:
        """Put notes of the file as memos on something; `about` are the words they were written beside."""
        for note in notes:
            memo = self.notes.get(note)
            if memo is None:
                self.bundle.lost.count(_("references to notes that are not in the file"))
                continue
            words = f"“{about}”: {memo.text}" if about else memo.text
            fitted = replace(memo, target_kind=kind, target_id=target, text=words)
            if note in self.attached:
                self.add_memo(kind, target, words, memo.coder_id, memo.created_at)
            else:
                self.bundle.memos.append(fitted)
            self.attached.add(note)

    def coder_of(self, *elements: Element) -> str:
        """The id of who made something: as the first of these elements that says it, else an unknown coder."""
        known = {coder.id for coder in self.bundle.coders}
        for element in elements:
            for name in ("creatingUser", "modifyingUser"):
                user = id_of(guid(element, name)) if element.get(name) else ""
                if user in known:
                    return user
        if UNKNOWN not in known:
            self.bundle.coders.append(Coder(UNKNOWN, _("unknown")))
        return UNKNOWN

    def values(self, element: Element) -> dict[str, str]:
        """The variables of a case or source, as text."""
        found = {}
        for value in children(element, "VariableValue"):
            reference = next(
                (self.variables.get(guid(r, "targetGUID"), "") for r in children(value, "VariableRef")), ""
            )
            said = next((one.text or "" for one in children(value, *_VALUES)), "").strip()
            if reference and said:
                found[reference] = said
        return found


def id_of(its: str) -> str:
    """An id of the file as ours: a GUID as it is, anything else as one that is always the same."""
    try:
        return str(uuid.UUID(its))
    except ValueError:
        return lasting_id("foreign", "", its)


_SELECTIONS = ("PlainTextSelection", "TranscriptSelection")


@dataclass(frozen=True, slots=True)
class RawText:
    """A text as it stands in the file, with the element whose selections are on it."""

    text: TravellingText
    raw: str
    element: Element
    sync: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def selections(self) -> Iterator[tuple[Element, int | None, int | None]]:
        """Each selection with its positions as the file counts them."""
        for element in children(self.element, *_SELECTIONS):
            if local(element) == "PlainTextSelection":
                yield element, number(element, "startPosition"), number(element, "endPosition")
            else:
                ends = [self.sync.get(guid(element, name)) for name in ("fromSyncPoint", "toSyncPoint")]
                yield element, *(end[0] if end else None for end in ends)


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection in its place. `codings` are the elements on it, `comment` its own words."""

    id: str
    span: Span
    quote: str
    element: Element
    codings: tuple[Element, ...]
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

    def passages(self) -> Iterator[Selection]:
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
            yield Selection(
                "", Span(0, len(self.text.text)), self.text.name, self._raw.element, whole, "", ()
            )

    def _check_quote(self, element: Element, span: Span) -> None:
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

    def _passage(self, element: Element, span: Span) -> Selection:
        return Selection(
            guid(element),
            span,
            " ".join(span.of(self.text.text).split()),
            element,
            tuple(children(element, "Coding")),
            description_of(element),
            tuple(targets(element, "NoteRef")),
        )


_ROLE, _LANGUAGE, _FILE = TEXT_VARIABLES


class SourceReader:
    """Takes every text of the project in, and then what was marked in it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._bundle, self._lost = context.bundle, context.bundle.lost
        self._seen: set[tuple[str, int, int, str, str]] = set()
        self._ids: set[str] = set()

    def read(self, sources: list[Element]) -> None:
        """Read all sources; positions are understood in the one way that fits all texts together best."""
        raws = [raw for element in sources for raw in self._raw_texts(element)]
        fit = fit_of(raws, self._bundle.origin)
        self._bundle.fit = fit.words
        for raw in raws:
            if not raw.raw.strip():
                self._lost.count(_("texts without words"), what=raw.text.name)
            elif raw.text.id in self._ids:
                self._lost.count(_("texts with the id of another text"), what=raw.text.name)
            else:
                self._ids.add(raw.text.id)
                self._read_text(Placer(raw, fit.view, self._context.told, self._lost), raw.element)

    def _raw_texts(self, element: Element) -> list[RawText]:
        """The texts in a source: itself, that of a PDF, or the transcripts of a recording."""
        kind = local(element)
        if kind == "TextSource":
            return self._raw_text(element, element)
        if kind == "PDFSource":
            pages = len(list(children(element, "PDFSelection")))
            self._lost.count(_("marked places on pages of a PDF"), pages)
            inner = first_child(element, "Representation")
            return self._raw_text(inner, element) if inner is not None else []
        if kind in ("AudioSource", "VideoSource"):
            stretches = len(list(children(element, "AudioSelection", "VideoSelection")))
            self._lost.count(_("marked stretches of sound or film"), stretches)
            return [
                raw for inner in children(element, "Transcript") for raw in self._raw_text(inner, element)
            ]
        self._lost.count(_("pictures"), what=element.get("name") or "")
        return []

    def _raw_text(self, element: Element, source: Element) -> list[RawText]:
        raw = self._context.texts.raw(element)
        if raw is None:
            return []
        values = self._context.values(source)
        role = values.pop(_ROLE, "")
        text = TravellingText(
            id=id_of(guid(element)),
            name=" ".join((element.get("name") or source.get("name") or "").split()),
            text="",
            case=self._context.case_of.get(guid(source), ""),
            informant=Role(role) if role else None,
            language=values.pop(_LANGUAGE, self._context.language),
            source=values.pop(_FILE, ""),
        )
        if values:
            text = self._with_values(text, values)
        self._context.places[guid(source)] = self._context.places[guid(element)] = ("transcript", text.id)
        return [RawText(text, raw, element, _sync_points(element))]

    def _with_values(self, text: TravellingText, values: dict[str, str]) -> TravellingText:
        """What is known of a text becomes known of its case, which is made if there is none."""
        label = text.case or text.name
        cases = self._bundle.cases
        place = next((n for n, case in enumerate(cases) if case.label == label), None)
        if place is None:
            cases.append(Case(lasting_id("case", self._bundle.title, label), label, values))
        else:
            cases[place] = replace(cases[place], attributes={**cases[place].attributes, **values})
        return replace(text, case=label)

    def _read_text(self, placer: Placer, element: Element) -> None:
        text = placer.text
        case = ""
        for passage in placer.passages():
            case = self._read_passage(passage, text) or case
        self._bundle.texts.append(replace(text, case=text.case or case))
        self._context.attach("transcript", text.id, targets(element, "NoteRef"))
        if words := description_of(element):
            self._context.add_memo("transcript", text.id, words)

    def _read_passage(self, passage: Selection, text: TravellingText) -> str:
        """Take the codings and comments of a passage in; returns the case it says the text belongs to."""
        case = ""
        made: list[Coding] = []
        for element in passage.codings:
            target = next(iter(targets(element, "CodeRef")), "")
            if target in self._context.cases:
                case = self._context.cases[target]
            elif coding := self._coding(element, target, passage, text):
                made.append(coding)
        place = ("coding", made[0].id) if made else ("transcript", text.id)
        if passage.id:
            self._context.places[passage.id] = place
        self._comments(passage, made, text)
        return case

    def _coding(
        self, element: Element, target: str, passage: Selection, text: TravellingText
    ) -> Coding | None:
        code = self._context.codes.get(target)
        what = f"{text.name}: “{passage.quote[:60]}”"
        if code is None:
            self._lost.count(_("codings with a code that is not in the file"), what=what)
            return None
        if passage.span.length == 0:
            self._lost.count(_("codings on a point without words"), what=f"{text.name} {passage.span.start}")
            return None
        coder = self._context.coder_of(element, passage.element)
        key = (text.id, *passage.span, code, coder)
        if key in self._seen:
            self._lost.count(_("codings that stand there twice (taken once)"), what=what)
            return None
        self._seen.add(key)
        its = id_of(guid(element))
        if its in self._ids:
            its = lasting_id("coding", "", "/".join(map(str, key)))
        self._ids.add(its)
        at = moment_of(element.get("creationDateTime") or passage.element.get("creationDateTime"))
        coding = Coding(its, text.id, *passage.span, code, coder, at)
        self._bundle.codings.append(coding)
        self._context.places[guid(element)] = ("coding", its)
        self._context.attach("coding", its, targets(element, "NoteRef"))
        return coding

    def _comments(self, passage: Selection, made: list[Coding], text: TravellingText) -> None:
        """Words written beside a passage belong to its first coding, or without one to the interview."""
        context = self._context
        notes = [
            context.notes[n].text
            for e in passage.codings
            for n in targets(e, "NoteRef")
            if n in context.notes
        ]
        comment = "" if passage.comment == "\n".join(notes) else passage.comment
        if made:
            by = made[0].coder_id
            if comment and passage.element.get("name") != comment:
                context.add_memo("coding", made[0].id, comment, by, made[0].created_at)
            context.attach("coding", made[0].id, passage.notes)
            return
        if comment:
            context.add_memo("transcript", text.id, f"“{passage.quote}”: {comment}")
        context.attach("transcript", text.id, passage.notes, passage.quote)
        if not (comment or passage.notes or passage.codings):
            self._lost.count(_("passages without code or comment"))


def _sync_points(element: Element) -> dict[str, tuple[int, int]]:
    """For the id of each point its place in the text and its moment in the recording."""
    points = {}
    for point in children(element, "SyncPoint"):
        place, moment = number(point, "position"), number(point, "timeStamp")
        if place is not None and moment is not None:
            points[guid(point)] = (place, moment)
    return points
