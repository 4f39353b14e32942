"""A project from another program taken in: into a new project file, or joined to one that there is.

Its interviews may be plain texts: then labels and times at line starts become turns, and go out of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcode.exchange.bundle import Bundle, Notices, TravellingText, TravellingTheme
from qualcode.exchange.codebooks.draft import with_marks
from qualcode.exchange.positions import WithoutLabels
from qualcode.i18n import _, ngettext
from qualcode.model import Code, Coder, Coding, Transcript, Turn, new_id
from qualcode.sources.lines import LineParts, guess_interviewers, key_of, parse_line
from qualcode.sources.speakers import find_speakers
from qualcode.store.records.codings import span_problem
from qualcode.text.graphemes import whole_clusters
from qualcode.text.spans import Span, trim

if TYPE_CHECKING:
    from qualcode.store.project import Project


@dataclass(slots=True)
class Taken:
    """How much was taken in, and what was left out or known already."""

    counts: dict[str, int] = field(default_factory=dict)
    notices: Notices = field(default_factory=Notices)

    def lines(self) -> list[str]:
        """The report, line by line."""
        sentences = {
            "coders": ngettext("{n} coder", "{n} coders", self.counts["coders"]),
            "codes": ngettext("{n} code", "{n} codes", self.counts["codes"]),
            "texts": ngettext("{n} interview", "{n} interviews", self.counts["texts"]),
            "codings": ngettext("{n} coding", "{n} codings", self.counts["codings"]),
            "memos": ngettext("{n} memo", "{n} memos", self.counts["memos"]),
        }
        counted = ", ".join(words.format(n=self.counts[kind]) for kind, words in sentences.items())
        return [_("Taken in: {what}.").format(what=counted), *self.notices.lines()]


def report_before(bundle: Bundle) -> list[str]:
    """What a file has, how its positions were understood, and what of it cannot be kept."""
    head = _(
        "{title} ({origin}): {texts} interviews, {codes} codes, {codings} codings by {coders}, {memos} memos."
    ).format(
        title=bundle.title,
        origin=bundle.origin or _("origin unknown"),
        texts=len(bundle.texts),
        codes=len(bundle.codes),
        codings=len(bundle.codings),
        coders=", ".join(coder.name for coder in bundle.coders) or "–",
        memos=len(bundle.memos),
    )
    lines = [head]
    if bundle.fit:
        lines.append(bundle.fit)
    if bundle.lost.counts:
        lines += [_("Cannot be kept, or needs a look:"), *bundle.lost.lines()]
    return lines


def take_bundle(project: Project, bundle: Bundle) -> Taken:
    """Take everything in as one act.

    Coders are the same by name, codes by id or slug, cases by label, interviews by their
    text; what the project has already stays as it is.
    """
    with project.transaction("project.import"):
        return _Taker(project, bundle).take()


class _Taker:
    """Takes one bundle in."""

    def __init__(self, project: Project, bundle: Bundle) -> None:
        self._project, self._bundle = project, bundle
        self._taken = Taken()
        self._notices = self._taken.notices
        self._coders: dict[str, Coder] = {}
        self._codes: dict[str, Code] = {}
        self._texts: dict[str, Transcript] = {}
        self._found: dict[str, FoundTurns] = {}
        self._codings: dict[str, str] = {}
        self._cases: dict[str, str] = {}
        self._names = {transcript.name for transcript in project.transcripts.all()}
        self._is_new = not project.codebook.all(retired=True)

    def take(self) -> Taken:
        """Everything, in the order in which it refers to each other."""
        counts = self._taken.counts
        counts["coders"] = self._take_coders()
        counts["codes"] = self._take_codes()
        self._take_cases()
        counts["texts"] = sum(self._take_text(text) for text in self._bundle.texts)
        counts["codings"] = self._take_codings()
        counts["memos"] = self._take_memos()
        self._take_themes(self._bundle.themes)
        for where, who in self._bundle.done:
            if where in self._texts and who in self._coders:
                self._project.progress.mark(self._texts[where], self._coders[who])
        return self._taken

    def _take_coders(self) -> int:
        known = {coder.name.casefold(): coder for coder in self._project.coders.all()}
        new = 0
        for coder in self._bundle.coders:
            found = known.get(coder.name.casefold())
            if found is None:
                found = known[coder.name.casefold()] = self._project.coders.add(coder.name, coder.kind)
                new += 1
            self._coders[coder.id] = found
        return new

    def _take_codes(self) -> int:
        store = self._project.codebook
        present = store.all(retired=True)
        by_id = {code.id: code for code in present}
        by_slug = {code.slug: code for code in present}
        same = {c.id: by_id.get(c.id) or by_slug.get(c.slug) for c in self._bundle.codes}
        new = [code for code in self._bundle.codes if same[code.id] is None]
        ids = {code: old.id for code, old in same.items() if old}
        fitted = [replace(c, parent_id=ids.get(c.parent_id or "", c.parent_id)) for c in new]
        if not present:
            store.take(replace(self._bundle.codebook, codes=with_marks(self._bundle.codes)))
        elif fitted:
            places = max(code.position for code in present) + 1
            moved = with_marks(replace(code, position=places + n) for n, code in enumerate(fitted))
            store.take(replace(store.book(), codes=(*present, *moved)))
        slugs = {code.slug: code for code in store.all(retired=True)}
        for code in self._bundle.codes:
            old = same[code.id]
            self._codes[code.id] = slugs[old.slug if old else code.slug]
        return len(new)

    def _take_cases(self) -> None:
        for case in self._bundle.cases:
            kept = self._project.cases.ensure(case.label)
            self._cases[case.id] = kept.id
            more = {**case.attributes, **kept.attributes}
            if more != dict(kept.attributes):
                self._project.cases.set_attributes(kept, more)

    def _take_text(self, text: TravellingText) -> bool:
        """Store an interview; one that is there already is only remembered."""
        if text.turns:
            stored, turns = text.text, text.turns
        else:
            found = self._found[text.id] = find_turns(text.text, text.times)
            stored, turns = found.text, found.turns
        if not stored.strip():
            self._notices.count(_("interviews without words"), what=text.name)
            return False
        twin = self._project.transcripts.with_text(stored)
        if twin is not None:
            self._notices.count(_("interviews that the project has already"), what=twin.name)
            self._texts[text.id] = twin
            return False
        self._texts[text.id] = self._project.transcripts.add(
            self._free_name(text.name),
            stored,
            turns,
            case=text.case,
            informant=text.informant,
            language=text.language,
            source=text.source,
        )
        return True

    def _free_name(self, name: str) -> str:
        bare = " ".join(name.split()) or _("interview")
        free, n = bare, 1
        while free in self._names:
            n += 1
            free = f"{bare} ({n})"
        self._names.add(free)
        return free

    def _take_codings(self) -> int:
        known = self._project.codings.keys_sealed_or_not()
        ids = set(known.values())
        made: list[Coding] = []
        for coding in self._bundle.codings:
            fitted = self._fitted(coding)
            if fitted is None:
                continue
            key = (fitted.transcript_id, fitted.start, fitted.end, fitted.code_id, fitted.coder_id)
            if key in known:
                self._notices.count(_("codings that the project has already"))
            else:
                known[key] = fitted.id if fitted.id not in ids else new_id()
                ids.add(known[key])
                made.append(replace(fitted, id=known[key]))
            self._codings[coding.id] = known[key]
        self._project.codings.take(made, {text.id: text for text in self._texts.values()})
        return len(made)

    def _fitted(self, coding: Coding) -> Coding | None:
        """The coding with the ids of this project, on whole visible characters; `None` (noted) if it cannot be."""
        transcript = self._texts.get(coding.transcript_id)
        if transcript is None:
            self._notices.count(_("codings on interviews that were not taken in"))
            return None
        span = coding.span
        if found := self._found.get(coding.transcript_id):
            span = found.places.span(span)
        if span.length:
            span = Span(*whole_clusters(transcript.text, *span))
        problem = span_problem(transcript, *span)
        if problem:
            self._notices.count(_("codings that do not fit their interview"), what=problem)
            return None
        code, coder = self._codes[coding.code_id], self._coders[coding.coder_id]
        return replace(
            coding,
            transcript_id=transcript.id,
            start=span.start,
            end=span.end,
            code_id=code.id,
            coder_id=coder.id,
            decision_id=None,
        )

    def _take_memos(self) -> int:
        targets = {
            "project": {"": self._project.id},
            "case": self._cases,
            "transcript": {its: text.id for its, text in self._texts.items()},
            "code": {its: code.id for its, code in self._codes.items()},
            "coding": self._codings,
        }
        known = {(m.target_kind, m.target_id, m.text) for m in self._project.memos.all()}
        new = 0
        for memo in self._bundle.memos:
            target = targets[memo.target_kind].get(memo.target_id)
            if target is None:
                self._notices.count(_("memos on things that were not taken in"), what=memo.text[:60])
            elif (memo.target_kind, target, memo.text.strip()) not in known and memo.text.strip():
                self._project.memos.add(
                    memo.target_kind, target, memo.text, self._coders.get(memo.coder_id or "")
                )
                new += 1
        return new

    def _take_themes(self, themes: Sequence[TravellingTheme]) -> None:
        store = self._project.themes
        at_first = store.all()
        names = {code.id: code.name for code in self._project.codebook.all(retired=True)}
        firsts = [names[theme.codes[0]] for theme in at_first if not theme.title and theme.codes]
        titles = {theme.title for theme in at_first} | {n for name in firsts for n in (name.nl, name.en)}
        new = [theme for theme in themes if self._is_new or theme.title not in titles]
        for theme in new:
            codes = [self._codes[code] for code in theme.codes if code in self._codes]
            own = codes and theme.title in (codes[0].name.nl, codes[0].name.en)
            made = store.add(theme.title, [code.id for code in codes])
            store.change(replace(made, title="" if own else theme.title, text=theme.text))
        if new and self._is_new:  # they come in the place of those that the codebook suggests
            for suggested in at_first:
                store.remove(suggested)


@dataclass(frozen=True, slots=True)
class FoundTurns:
    """The words without labels, their turns, and where positions of the text as it came stand in them."""

    text: str
    turns: tuple[Turn, ...]
    places: WithoutLabels


@dataclass(frozen=True, slots=True)
class _Start:
    """A label at the start of a line: where it stands, and what it says."""

    label: Span
    speaker: str
    time: int | None


def find_turns(text: str, times: Sequence[tuple[int, int]] = ()) -> FoundTurns:
    """The turns of a text; without labels every line with words is one.

    `times` are moments (milliseconds) at places of the text, given to the turns that hold them.
    """
    starts = _labelled(text)
    places = WithoutLabels(text, [start.label for start in starts])
    asking = guess_interviewers({start.speaker for start in starts if start.speaker})
    cuts = [(places.position(start.label.end), start.speaker, start.time) for start in starts]
    if cuts and cuts[0][0] > 0:
        cuts.insert(0, (0, "", None))
    moments = [(places.position(place), moment) for place, moment in times]
    turns: list[Turn] = []
    for n, (start, speaker, time) in enumerate(cuts or _lines(places.text)):
        later = cuts[n + 1][0] if n + 1 < len(cuts) else len(places.text)
        span = trim(places.text, Span(start, later if cuts else _line_end(places.text, start)))
        if span.length:
            within = (
                [moment for place, moment in moments if start <= place < max(later, start + 1)]
                if cuts
                else []
            )
            begins = time if time is not None else min(within, default=None)
            turns.append(Turn(len(turns) + 1, *span, speaker, speaker in asking, begins))
    return FoundTurns(places.text, tuple(turns), places)


def _lines(text: str) -> list[tuple[int, str, int | None]]:
    """Where each line begins, as turns without speaker."""
    starts: list[tuple[int, str, int | None]] = []
    place = 0
    for line in text.split("\n"):
        starts.append((place, "", None))
        place += len(line) + 1
    return starts


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _labelled(text: str) -> list[_Start]:
    """The labels of the text, if it has at least two: one alone may be a heading."""
    raws, offset = [], 0
    for raw in text.split("\n"):
        raws.append((offset, raw))
        offset += len(raw) + 1
    lines = [parse_line(raw) for _offset, raw in raws]
    spoken = [line for line in lines if line.whole or line.only_time]
    if not spoken:
        return []
    speakers = find_speakers(spoken)
    found = []
    for (place, raw), line in zip(raws, lines, strict=True):
        start = _start(place, raw, line, speakers)
        if start is not None:
            found.append(start)
    return found if len(found) > 1 else []


def _start(place: int, raw: str, line: LineParts, speakers: dict[str, str]) -> _Start | None:
    speaker = speakers.get(key_of(line.label), "") if line.label else ""
    if not speaker and (line.time_start is None or line.label):
        return None
    words = line.text if speaker else line.whole
    bare = raw.rstrip()
    if not words or not bare.endswith(words):
        return None
    return _Start(Span(place, place + len(bare) - len(words)), speaker, line.time_start)
