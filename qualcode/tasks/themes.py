"""Arrange themes and their fragments; count codes in matrices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualcode.analysis.matrices import (
    Direction,
    Matrix,
    co_occurrence,
    first_seen,
    matrix,
    matrix_by_group,
    seen_over_orders,
)
from qualcode.analysis.themes import ArrangedTheme, Fragment, arrange
from qualcode.errors import InputError
from qualcode.i18n import N_, _, number
from qualcode.reports.documents.themes import NamedMatrix
from qualcode.store.records.themes import moved
from qualcode.tasks.facts import grouping_by
from qualcode.tasks.material import codings_of
from qualcode.text.graphemes import splits_cluster
from qualcode.text.normal import one_line

if TYPE_CHECKING:
    from qualcode.model import Coder, Coding, Theme, ThemeQuote
    from qualcode.reports.material import Material
    from qualcode.store.project import Project


def arranged(project: Project, coders: Sequence[Coder] = ()) -> list[ArrangedTheme]:
    """The themes with their fragments, by the codings of `coders` (default: those who read independently)."""
    codings = codings_of(project, coders or project.coders.pair())
    return arrange(
        project.themes.all(),
        project.codebook.all(),
        codings,
        project.transcripts.all(),
        project.themes.quotes(),
    )


def fragment_numbered(theme: ArrangedTheme, number: int) -> Fragment:
    """The fragment with that number (from 1) in the order of the theme; raises `InputError`."""
    if not 1 <= number <= len(theme.fragments):
        raise InputError(
            _("“{theme}” has {n} fragments; there is no number {number}.").format(
                theme=theme.title, n=len(theme.fragments), number=number
            )
        )
    return theme.fragments[number - 1]


def star(project: Project, fragment: Fragment, on: bool | None = None) -> None:
    """Choose a fragment to be shown, or no longer (by default: the other of the two)."""
    wanted = not fragment.starred if on is None else on
    _change(project, fragment, starred=wanted)


def mark_negative(project: Project, fragment: Fragment, on: bool | None = None) -> None:
    """Say that a fragment speaks against its theme, or no longer."""
    _change(project, fragment, negative=not fragment.negative if on is None else on)


def put_in_group(project: Project, fragment: Fragment, subgroup: str) -> None:
    """Put a fragment in a sub-group of its theme ("" for none), at its end."""
    _change(project, fragment, subgroup=one_line(subgroup), position=0)


def shorten(project: Project, fragment: Fragment, words: str) -> None:
    """Show a fragment shortened; what is left out must be marked by […]. "" shows it whole again.

    Raises `InputError` if the words that stay are not words of the fragment, in their order.
    """
    short = " ".join(words.split())
    whole = " ".join(fragment.quote.text.split())
    if short and short != whole:
        _refuse_other_words(short, whole)
    _change(project, fragment, short="" if short == whole else short)


def _refuse_other_words(short: str, whole: str) -> None:
    at = 0
    for n, piece in enumerate(short.replace("[...]", "[…]").split("[…]")):
        words = piece.strip()
        place = whole.find(words, at)
        if place < 0 or (n == 0 and words and place != 0):
            raise InputError(
                _("A quote keeps the words that were said. Leave words out, and put […] in their place.")
            )
        at = place + len(words)
    if not short.rstrip().endswith(("[…]", "[...]")) and at != len(whole):
        raise InputError(_("Put […] at the end, where words are left out."))


def leave_out(fragment: Fragment, start: int, end: int) -> str:
    """The words of a fragment without those at start..end, with […] in their place."""
    text = fragment.words
    if splits_cluster(text, start) or splits_cluster(text, end):
        raise ValueError("a visible character is left out as a whole")
    return " ".join(f"{text[:start].rstrip()} […] {text[end:].lstrip()}".split())


def place(project: Project, theme: ArrangedTheme, fragment: Fragment, by: int) -> None:
    """Move a fragment up (negative) or down within its sub-group.

    It and those before it get a place by hand; the others follow in the order of the texts, so that
    new ones come behind what was placed.
    """
    group = [each for each in theme.fragments if each.subgroup == fragment.subgroup]
    at = group.index(fragment)
    to = max(0, min(len(group) - 1, at + by))
    if to == at:
        return
    group.insert(to, group.pop(at))
    placed = [n for n, each in enumerate(group) if each.held and each.held.position]
    last = max([to, *placed])
    with project.transaction("quote.change"):
        records = [replace(hold(project, each), position=n) for n, each in enumerate(group[: last + 1], 1)]
        project.themes.set_quotes(records)


def move_to(project: Project, fragment: Fragment, theme: Theme, subgroup: str = "") -> None:
    """Move a fragment to another theme; its codings stay as they are."""
    if theme.id == fragment.theme_id:
        put_in_group(project, fragment, subgroup)
        return
    with project.transaction("quote.move"):
        record = hold(project, fragment)
        there = next(
            (
                quote
                for quote in project.themes.quotes(theme)
                if (quote.transcript_id, quote.span) == (record.transcript_id, record.span)
            ),
            None,
        )
        goes = moved(record, theme, subgroup)
        project.themes.set_quotes([goes], "quote.move")
        if there:  # what was done with it there earlier is kept in one record
            project.themes.set_quotes(
                [replace(goes, starred=goes.starred or there.starred, short=goes.short or there.short)]
            )
            project.themes.drop(there)


def refer(project: Project, fragment: Fragment) -> str:
    """The reference to a fragment for a theme's text, as "[#7f3a]"."""
    return f"[#{project.themes.handle(hold(project, fragment))}]"


def hold(project: Project, fragment: Fragment) -> ThemeQuote:
    """The record by hand of a fragment, made if there is none."""
    if fragment.held:
        return fragment.held
    theme = next(theme for theme in project.themes.all() if theme.id == fragment.theme_id)
    return project.themes.hold(theme, fragment.quote.transcript, fragment.quote.span)


def _change(project: Project, fragment: Fragment, **fields: Any) -> None:
    with project.transaction("quote.change"):
        record = hold(project, fragment)
        project.themes.set_quotes([replace(record, **fields)])


# what stands in the columns: id, title, key of its section
KINDS: dict[str, tuple[str, str]] = {
    "case": (N_("Codes by case"), "byCase"),
    "role": (N_("Codes by informant"), "byRole"),
    "person": (N_("Codes by person"), "byPerson"),
    "themes": (N_("Themes by case"), "themesByCase"),
    "position": (N_("Codes by place in the interview"), "byPosition"),
    "codes": (N_("Codes that stand together"), "together"),
    "transcript": (N_("Codes by interview"), "byTranscript"),
}
_DIRECTIONS: dict[str, Direction] = {
    "case": "case",
    "role": "role",
    "person": "person",
    "position": "position",
    "transcript": "transcript",
}


def matrix_of(material: Material, kind: str) -> NamedMatrix:
    """One matrix by the id of its kind (`KINDS`), or by a fact about interviews ("schooltype", "age:8,12")."""
    if kind not in KINDS:
        return _by_fact(material, kind)
    title, key = KINDS[kind]
    if kind == "codes":
        made, words = _together(material), _("How often two codes share words of an interview.")
    elif kind == "themes":
        made, words = _themes(material), ""
    else:
        made, words = matrix(material.codes, material.codings, material.transcripts, _DIRECTIONS[kind]), ""
    if kind == "transcript":
        words = over_orders_words(material)
    if kind == "position":
        words = _("From the beginning (left) to the end (right) of the interviews.")
    return NamedMatrix(key, _(title), made, words)


def _by_fact(material: Material, words: str) -> NamedMatrix:
    fact, grouping = grouping_by(material.facts, words)
    made = matrix_by_group(material.codes, material.codings, material.transcripts, grouping)
    sizes = Counter(group for each in material.transcripts for group in grouping.of(each.id))
    told = ", ".join(f"{label} {sizes[label]}" for _key, label in made.columns)
    title = _("Codes by {fact}").format(fact=fact.name)
    return NamedMatrix("byFact", title, made, _("Interviews: {sizes}.").format(sizes=told))


def _themes(material: Material) -> Matrix:
    """Themes (with all their codes) by case."""
    at = {transcript.id: transcript for transcript in material.transcripts}
    cells: dict[tuple[Hashable, Hashable], list[Coding]] = {}
    for theme in material.themes:
        for coding in theme.codings:
            cells.setdefault((theme.theme.id, at[coding.transcript_id].case), []).append(coding)
    labels = dict.fromkeys(transcript.case for transcript in material.transcripts)
    return Matrix(
        tuple((theme.theme.id, theme.title) for theme in material.themes),
        tuple((label, label or "–") for label in labels),
        {key: tuple(found) for key, found in cells.items()},
    )


def _together(material: Material) -> Matrix:
    """Codes by codes; a cell holds the codings of the row's code that meet the column's."""
    counts = co_occurrence(material.codes, material.codings)
    used = [code for code in material.codes if any(code.id in pair for pair in counts)]
    per_place: dict[str, list[Coding]] = {}
    for coding in material.codings:
        per_place.setdefault(coding.transcript_id, []).append(coding)
    cells: dict[tuple[Hashable, Hashable], list[Coding]] = {}
    known = {code.id for code in used}
    for here in per_place.values():
        here = sorted((c for c in here if c.code_id in known), key=lambda c: c.start)
        for n, first in enumerate(here):
            for second in here[n + 1 :]:
                if second.start >= first.end:
                    break
                if first.code_id != second.code_id:
                    cells.setdefault((first.code_id, second.code_id), []).append(first)
                    cells.setdefault((second.code_id, first.code_id), []).append(second)
    names = tuple((code.id, str(code.name)) for code in used)
    short = tuple((code.id, code.mnemonic or str(code.name)) for code in used)
    return Matrix(names, short, {key: tuple(found) for key, found in cells.items()})


def saturation(material: Material) -> list[tuple[str, list[str]]]:
    """Per transcript (name, in the order of the project) the names of the codes that first appeared in it."""
    first = first_seen(material.codes, material.codings, material.transcripts)
    return [
        (transcript.name, [str(code.name) for code in material.codes if first.get(code.id) == n])
        for n, transcript in enumerate(material.transcripts, 1)
    ]


def saturation_words(found: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Whether later interviews still bring new codes, in a sentence."""
    total = sum(len(codes) for _name, codes in found)
    last = max((n for n, (_name, codes) in enumerate(found, 1) if codes), default=0)
    if not total:
        return _("Nothing is coded yet.")
    return _("{codes} codes were used; the last new one appeared in interview {n} of {all} ({name}).").format(
        codes=total, n=last, all=len(found), name=found[last - 1][0]
    )


def over_orders_words(material: Material) -> str:
    """How soon the codes were seen, whatever the order in which interviews are read; empty with fewer than three."""
    n = len({coding.transcript_id for coding in material.codings})
    if n < _FEWEST:
        return ""
    seen = seen_over_orders(material.codings, n)
    a, b = (
        next(k for k, codes in enumerate(seen, 1) if codes >= share * seen[-1] - 1e-9)
        for share in (0.8, 0.95)
    )
    return _(
        "Over all orders in which the interviews can be read, 80 % of the codes were seen after {a} of {n} on the "
        "average, 95 % after {b}; the last one adds {last} new codes."
    ).format(a=a, b=b, n=n, last=number(seen[-1] - seen[-2], 1))


_FEWEST = 3
