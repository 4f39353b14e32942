"""`qualcode themes …`: arrange the themes and their fragments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.verbs import Told, as_option, table, verb
from qualcode.i18n import _, ngettext
from qualcode.tasks import themes as arranging
from qualcode.tasks.material import gather
from qualcode.text.normal import one_line
from qualcode.text.words import short

if TYPE_CHECKING:
    from qualcode.analysis.themes import ArrangedTheme, Fragment
    from qualcode.store.project import Project

_QUOTE_LENGTH = 90

themes = click.Group("themes", help=_("List and arrange the themes, and choose their quotes."))


@verb("list", _("List the themes of PROJECT with what was found."), of=themes)
def list_(project: Project) -> Told:
    """List the themes, and in which interview each code was first seen."""
    material = gather(project, coded=False)
    names = {coder.id: coder.name for coder in material.coders}
    new = arranging.saturation(material)
    data = [
        {**_about(theme), "coders": {n: theme.of_coder(c) for c, n in names.items()}}
        for theme in material.themes
    ]
    head = ["", _("theme"), _("codings"), _("quotes"), _("cases"), _("starred"), *names.values()]
    rows = [
        [n, d["title"], d["codings"], d["quotes"], len(d["cases"]), d["starred"], *d["coders"].values()]
        for n, d in enumerate(data, 1)
    ]
    seen = {name: codes for name, codes in new if codes}
    lines = [*table([head, *rows]), "", arranging.saturation_words(new)]
    return Told({"themes": data, "first_seen": seen}, lines)


def _about(theme: ArrangedTheme) -> dict[str, Any]:
    return {
        "id": theme.theme.id,
        "title": theme.title,
        "text": theme.theme.text,
        "question": theme.theme.question,
        "codes": [code.slug for code in theme.codes],
        "codings": len(theme.codings),
        "quotes": len(theme.fragments),
        "starred": sum(fragment.starred for fragment in theme.fragments),
        "cases": list(theme.cases),
        "informants": [str(role) if role else None for role in theme.roles],
        "words": theme.words,
    }


@verb("show", _("Show THEME of PROJECT with its numbered fragments."), of=themes)
@click.argument("theme")
def show(project: Project, theme: str) -> Told:
    """Show the fragments of a theme in hand order."""
    found = _theme(project, theme)
    data = {
        **_about(found),
        "fragments": [_fragment(project, n, f) for n, f in enumerate(found.fragments, 1)],
    }
    lines = [found.title, *([found.theme.text] if found.theme.text else []), ""]
    group = ""
    for each in data["fragments"]:
        if each["subgroup"] != group:
            group = each["subgroup"]
            lines.append(f"[{group}]")
        signs = ("★" if each["starred"] else " ") + ("−" if each["negative"] else " ")
        lines.append(
            f"{each['number']:>4} {signs} {each['transcript']}: “{short(each['words'], _QUOTE_LENGTH)}”"
        )
    return Told(data, lines)


def _fragment(project: Project, number: int, fragment: Fragment) -> dict[str, Any]:
    quote = fragment.quote
    return {
        "number": number,
        "transcript": quote.transcript.name,
        "start": quote.span.start,
        "end": quote.span.end,
        "turn": quote.turn,
        "words": fragment.words,
        "text": quote.text,
        "subgroup": fragment.subgroup,
        "starred": fragment.starred,
        "negative": fragment.negative,
        "handle": project.themes.handle(fragment.held) if fragment.held else None,
    }


def _theme(project: Project, name: str) -> ArrangedTheme:
    theme = project.themes.get(name)
    return next(each for each in arranging.arranged(project) if each.theme.id == theme.id)


@verb("add", _("Add a theme called TITLE to PROJECT, from CODES."), of=themes)
@click.argument("title")
@click.argument("codes", nargs=-1)
@as_option
def add(project: Project, title: str, codes: tuple[str, ...]) -> Told:
    """Add a theme."""
    made = project.themes.add(title, [project.codebook.get(name).id for name in codes])
    return Told({"id": made.id, "title": made.title}, [_("Added: {title}").format(title=made.title)])


@verb("change", _("Give THEME of PROJECT another title, text, research question, codes or place."), of=themes)
@click.argument("theme")
@click.option("--title", help=_("Another title; empty: the name of its first code."))
@click.option("--text", help=_("Its running text; refer to a quote as [#handle]."))
@click.option("--question", help=_("The research question it answers, under which an article tells it."))
@click.option("--codes", help=_("Its codes, with commas between them."))
@click.option("--place", type=click.IntRange(min=1), help=_("Its place among the themes, from 1."))
@as_option
def change(
    project: Project,
    theme: str,
    title: str | None,
    text: str | None,
    question: str | None,
    codes: str | None,
    place: int | None,
) -> Told:
    """Change a theme."""
    with project.transaction("theme.change"):
        found = project.themes.get(theme)
        if title is not None:
            found = replace(found, title=" ".join(title.split()))
        if text is not None:
            found = replace(found, text=text)
        if question is not None:
            found = replace(found, question=one_line(question))
        if codes is not None:
            wanted = [project.codebook.get(name.strip()).id for name in codes.split(",") if name.strip()]
            found = replace(found, codes=tuple(wanted))
        project.themes.change(found)
        if place is not None:
            others = [each for each in project.themes.all() if each.id != found.id]
            others.insert(place - 1, found)
            project.themes.reorder(others)
        after = _about(_theme(project, found.id))
    return Told(after, [_("Changed: {title}").format(title=after["title"])])


@verb("remove", _("Take THEME out of PROJECT; its codings stay."), of=themes)
@click.argument("theme")
@as_option
def remove(project: Project, theme: str) -> Told:
    """Take a theme away."""
    project.themes.remove(project.themes.get(theme))
    left = len(project.themes.all())
    return Told({"themes": left}, [ngettext("{n} theme left.", "{n} themes left.", left).format(n=left)])


@verb("quote", _("Arrange the fragment with that NUMBER in THEME of PROJECT."), of=themes)
@click.argument("theme")
@click.argument("number", type=int)
@click.option("--star/--no-star", default=None, help=_("Choose it to be shown, or no longer."))
@click.option("--negative/--no-negative", default=None, help=_("It speaks against the theme, or no longer."))
@click.option("--short", help=_("Its words with […] where some are left out; empty: whole again."))
@click.option("--group", help=_("The sub-group it belongs to; empty: none."))
@click.option("--move", type=int, help=_("Move it so many places up (-2) or down (2)."))
@click.option("--to", help=_("Move it to this theme."))
@click.option("--refer", is_flag=True, help=_("Give its handle, to refer to it in the text of a theme."))
@as_option
def quote(
    project: Project,
    theme: str,
    number: int,
    star: bool | None,
    negative: bool | None,
    short: str | None,
    group: str | None,
    move: int | None,
    to: str | None,
    refer: bool,
) -> Told:
    """Star, shorten, group, move a fragment; all that is asked is one step to undo."""
    with project.transaction("quote.change"):
        before = arranging.fragment_numbered(_theme(project, theme), number)
        place = (before.quote.transcript.id, before.quote.span)

        def now() -> tuple[ArrangedTheme, Fragment]:
            """The fragment as it is after the last step."""
            found = _theme(project, theme)
            return found, next(f for f in found.fragments if (f.quote.transcript.id, f.quote.span) == place)

        if star is not None:
            arranging.star(project, now()[1], star)
        if negative is not None:
            arranging.mark_negative(project, now()[1], negative)
        if short is not None:
            arranging.shorten(project, now()[1], short)
        if group is not None:
            arranging.put_in_group(project, now()[1], group)
        if move is not None:
            arranging.place(project, *now(), move)
        reference = arranging.refer(project, now()[1]) if refer else None
        if to is not None:
            arranging.move_to(project, now()[1], project.themes.get(to))
            theme = to
        found, fragment = now()
        data = _fragment(project, found.fragments.index(fragment) + 1, fragment)
    line = reference or f"{data['number']}: “{' '.join(data['words'].split())}”"
    return Told({**data, "theme": found.title, "reference": reference}, [line])
