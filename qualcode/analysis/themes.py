"""Codings gathered into themes, with what people did by hand with the fragments.

A coding belongs to every theme that names its code, else to those that name the nearest code
above it. What was handled by hand goes with the fragment at the same place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.quotes import Quote, choose, mostly_same, quote_at, quotes_of
from qualcode.model import Code, Coding, Role, Theme, ThemeQuote, Transcript, in_order, wide


@dataclass(frozen=True, slots=True)
class Fragment:
    """A quote as it stands in a theme; `held` is what was done with it by hand, if anything."""

    quote: Quote
    theme_id: str
    held: ThemeQuote | None = None

    @property
    def subgroup(self) -> str:
        """The sub-group it was put in ("": none)."""
        return self.held.subgroup if self.held else ""

    @property
    def starred(self) -> bool:
        """Whether somebody chose it to be shown."""
        return self.held is not None and self.held.starred

    @property
    def negative(self) -> bool:
        """Whether it speaks against the theme."""
        return self.held is not None and self.held.negative

    @property
    def words(self) -> str:
        """The words to show: as they were shortened by hand, else as they stand."""
        return (self.held.short if self.held else "") or self.quote.text


@dataclass(frozen=True, slots=True)
class ArrangedTheme:
    """A theme with the codes it names, those under them, its fragments in hand order and its codings."""

    theme: Theme
    codes: tuple[Code, ...]
    below: tuple[Code, ...]
    fragments: tuple[Fragment, ...]
    codings: tuple[Coding, ...]
    transcripts: Mapping[str, Transcript]

    @property
    def title(self) -> str:
        """Its own title, else the name of its first code in the language in use."""
        return self.theme.title or (str(self.codes[0].name) if self.codes else "–")

    @property
    def definition(self) -> str:
        """What its only code says it is about; themes of several codes have none."""
        return str(self.codes[0].definition) if len(self.codes) == 1 else ""

    @property
    def cases(self) -> tuple[str, ...]:
        """The labels of the cases in which it was found, in the order of the transcripts."""
        here = {f.quote.transcript.id for f in self.fragments} | {c.transcript_id for c in self.codings}
        return tuple(dict.fromkeys(t.case for t in self.transcripts.values() if t.id in here and t.case))

    @property
    def roles(self) -> tuple[Role | None, ...]:
        """Who spoke of it."""
        return tuple(in_order(fragment.quote.role for fragment in self.fragments))

    @property
    def words(self) -> int:
        """How many words its fragments hold."""
        return sum(len(fragment.quote.text.split()) for fragment in self.fragments)

    def counts(self) -> Counter[tuple[Role | None, str]]:
        """Number of codings per (wide role, coder id)."""
        at = self.transcripts
        return Counter(
            (wide(at[coding.transcript_id].role_in(coding.span)), coding.coder_id) for coding in self.codings
        )

    @property
    def by_several(self) -> int:
        """How many of its fragments more than one coder marked."""
        return sum(len(fragment.quote.coders) > 1 for fragment in self.fragments)

    def of_coder(self, coder_id: str) -> int:
        """Number of codings of one coder."""
        return sum(coding.coder_id == coder_id for coding in self.codings)


def arrange(
    themes: Sequence[Theme],
    codes: Sequence[Code],
    codings: Iterable[Coding],
    transcripts: Sequence[Transcript],
    held: Iterable[ThemeQuote] = (),
) -> list[ArrangedTheme]:
    """The themes in their order, each with its fragments: placed by hand first, then as in the texts.

    `codes` in the order of their tree, parents first. Records by hand whose text was changed
    since (another hash) are left out.
    """
    at = {transcript.id: transcript for transcript in transcripts}
    known = [quote for quote in held if _still_there(quote, at)]
    owners = _owners(themes, codes)
    per_theme: dict[str, list[Coding]] = defaultdict(list)
    here = [coding for coding in codings if coding.transcript_id in at]
    for coding in here:
        for theme_id in owners.get(coding.code_id, ()):
            per_theme[theme_id].append(coding)
    arranged = []
    for theme in themes:
        own = tuple(code for code_id in theme.codes for code in codes if code.id == code_id)
        below = tuple(code for code in codes if theme.id in owners.get(code.id, ()) and code not in own)
        found = per_theme[theme.id]
        fragments = _fragments(theme, found, here, at, known)
        arranged.append(ArrangedTheme(theme, own, below, tuple(fragments), tuple(found), at))
    return arranged


def _still_there(quote: ThemeQuote, at: Mapping[str, Transcript]) -> bool:
    transcript = at.get(quote.transcript_id)
    return transcript is not None and transcript.text_hash == quote.text_hash


def _owners(themes: Sequence[Theme], codes: Sequence[Code]) -> dict[str, tuple[str, ...]]:
    """For each code id the themes that name it, or the nearest code above it that any theme names."""
    named: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for theme in themes:
        for code_id in dict.fromkeys(theme.codes):
            named[code_id] += (theme.id,)
    owners: dict[str, tuple[str, ...]] = {}
    for code in codes:  # parents come before their children
        owners[code.id] = named.get(code.id) or owners.get(code.parent_id or "", ())
    return owners


def _fragments(
    theme: Theme,
    codings: Sequence[Coding],
    everything: Sequence[Coding],
    at: Mapping[str, Transcript],
    held: Sequence[ThemeQuote],
) -> list[Fragment]:
    mine = [quote for quote in held if quote.theme_id == theme.id]
    gone = [quote for quote in held if quote.moved_from == theme.id and quote.theme_id != theme.id]
    waiting = {quote.id: quote for quote in mine}
    fragments = []
    for quote in quotes_of(codings, at):
        if _at_place(quote, gone) and not _at_place(quote, mine):
            continue
        record = _at_place(quote, list(waiting.values()))
        if record:
            del waiting[record.id]
        fragments.append(Fragment(quote, theme.id, record))
    for record in waiting.values():
        if record.moved_from or record.starred or record.short or record.position or record.subgroup:
            marks = [
                c
                for c in everything
                if c.transcript_id == record.transcript_id and mostly_same(c.span, record.span)
            ]
            fragments.append(
                Fragment(quote_at(at[record.transcript_id], record.span, marks), theme.id, record)
            )
    order = {transcript_id: n for n, transcript_id in enumerate(at)}
    return sorted(fragments, key=lambda f: _hand_order(f, order))


def _at_place(quote: Quote, held: Sequence[ThemeQuote]) -> ThemeQuote | None:
    """The record by hand that is about this quote: with the same edges, else nearly so."""
    here = [each for each in held if each.transcript_id == quote.transcript.id]
    exact = next((each for each in here if each.span == quote.span), None)
    return exact or next((each for each in here if mostly_same(each.span, quote.span)), None)


def _hand_order(fragment: Fragment, order: Mapping[str, int]) -> tuple[object, ...]:
    position = fragment.held.position if fragment.held else 0
    place = (order[fragment.quote.transcript.id], fragment.quote.span.start)
    return (fragment.subgroup.casefold(), position == 0, position, place)


def pick(fragments: Iterable[Fragment], most: int, *, chosen: bool = False) -> list[Fragment]:
    """The fragments to show: the starred ones if there are any, else the `most` most telling (0: all).

    With `chosen` only the starred ones. In the order in which they came.
    """
    every = list(fragments)
    starred = [fragment for fragment in every if fragment.starred]
    if chosen or (starred and most):
        return starred
    if not most:
        return every
    best = {id(quote) for quote in choose([fragment.quote for fragment in every], most)}
    return [fragment for fragment in every if id(fragment.quote) in best]


def roles_in(transcripts: Iterable[Transcript], themes: Iterable[ArrangedTheme] = ()) -> list[Role | None]:
    """The wide roles of who is heard, or says something of a theme, in their usual order; `None` (unknown) last."""
    heard = {wide(role) for transcript in transcripts for role in transcript.roles}
    return in_order(heard.union(wide(role) for theme in themes for role in theme.roles))


# references from a theme's text to its quotes

REFERENCE = re.compile(r"\[#([0-9a-fA-F]{4,32})\]")


def references(text: str) -> list[str]:
    """The handles of the quotes that a theme's text refers to, in its order."""
    return REFERENCE.findall(text)


@dataclass(frozen=True, slots=True)
class Voices:
    """A theme in one case: per transcript id the fragments; those without any are silent on it."""

    theme: ArrangedTheme
    said: Mapping[str, tuple[Fragment, ...]]

    @property
    def silent(self) -> tuple[str, ...]:
        """The transcripts (ids) in which nothing was coded for the theme."""
        return tuple(transcript for transcript, found in self.said.items() if not found)

    @property
    def spoken(self) -> bool:
        """Whether anyone speaks of it."""
        return any(self.said.values())


def voices(themes: Sequence[ArrangedTheme], transcripts: Sequence[Transcript]) -> list[Voices]:
    """Each theme laid beside the transcripts of one case."""
    return [
        Voices(
            theme,
            {
                transcript.id: tuple(f for f in theme.fragments if f.quote.transcript.id == transcript.id)
                for transcript in transcripts
            },
        )
        for theme in themes
    ]
