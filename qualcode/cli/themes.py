"""`qualcode themes …`: arrange the themes and their fragments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly, table
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.analysis.themes import ArrangedTheme, Fragment
    from qualcode.store.project import Project

_QUOTE_LENGTH = 90


@click.group("themes", help=_("List and arrange the themes, and choose their quotes."))
def command() -> None:
    """Group of verbs on themes."""


@command.command("list", help=_("List the themes of PROJECT with what was found."))
@project_argument
@json_option
@said_plainly
def list_(project: Path, as_json: bool) -> None:
    """List the themes, and in which interview each code was first seen."""
    from qualcode.store.project import open_project
    from qualcode.tasks.material import gather
    from qualcode.tasks.themes import saturation, saturation_words

    with open_project(project) as opened:
        material = gather(opened, coded=False)
        names = {coder.id: coder.name for coder in material.coders}
        new = saturation(material)
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
    emit(as_json, {"themes": data, "first_seen": seen}, [*table([head, *rows]), "", saturation_words(new)])


def _about(theme: ArrangedTheme) -> dict[str, Any]:
    return {
        "id": theme.theme.id,
        "title": theme.title,
        "text": theme.theme.text,
        "codes": [code.slug for code in theme.codes],
        "codings": len(theme.codings),
        "quotes": len(theme.fragments),
        "starred": sum(fragment.starred for fragment in theme.fragments),
        "cases": list(theme.cases),
        "informants": [str(role) if role else None for role in theme.roles],
        "words": theme.words,
    }


@command.command("show", help=_("Show THEME of PROJECT with its numbered fragments."))
@project_argument
@click.argument("theme")
@json_option
@said_plainly
def show(project: Path, theme: str, as_json: bool) -> None:
    """Show the fragments of a theme in hand order."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        found = _theme(opened, theme)
        data = {
            **_about(found),
            "fragments": [_fragment(opened, n, f) for n, f in enumerate(found.fragments, 1)],
        }
    lines = [found.title, *([found.theme.text] if found.theme.text else []), ""]
    group = ""
    for each in data["fragments"]:
        if each["subgroup"] != group:
            group = each["subgroup"]
            lines.append(f"[{group}]")
        signs = ("★" if each["starred"] else " ") + ("−" if each["negative"] else " ")
        words = " ".join(each["words"].split())
        short = words if len(words) <= _QUOTE_LENGTH else words[: _QUOTE_LENGTH - 1] + "…"
        lines.append(f"{each['number']:>4} {signs} {each['transcript']}: “{short}”")
    emit(as_json, data, lines)


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
    from qualcode.tasks.themes import arranged

    theme = project.themes.get(name)
    return next(each for each in arranged(project) if each.theme.id == theme.id)


@command.command("add", help=_("Add a theme called TITLE to PROJECT, from CODES."))
@project_argument
@click.argument("title")
@click.argument("codes", nargs=-1)
@as_option
@json_option
@said_plainly
def add(project: Path, title: str, codes: tuple[str, ...], coder: str | None, as_json: bool) -> None:
    """Add a theme."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        made = opened.themes.add(title, [opened.codebook.get(name).id for name in codes])
    emit(as_json, {"id": made.id, "title": made.title}, [_("Added: {title}").format(title=made.title)])


@command.command("change", help=_("Give THEME of PROJECT another title, text, codes or place."))
@project_argument
@click.argument("theme")
@click.option("--title", help=_("Another title; empty: the name of its first code."))
@click.option("--text", help=_("Its running text; refer to a quote as [#handle]."))
@click.option("--codes", help=_("Its codes, with commas between them."))
@click.option("--place", type=click.IntRange(min=1), help=_("Its place among the themes, from 1."))
@as_option
@json_option
@said_plainly
def change(
    project: Path,
    theme: str,
    title: str | None,
    text: str | None,
    codes: str | None,
    place: int | None,
    coder: str | None,
    as_json: bool,
) -> None:
    """Change a theme."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened, opened.transaction("theme.change"):
        found = opened.themes.get(theme)
        if title is not None:
            found = replace(found, title=" ".join(title.split()))
        if text is not None:
            found = replace(found, text=text)
        if codes is not None:
            wanted = [opened.codebook.get(name.strip()).id for name in codes.split(",") if name.strip()]
            found = replace(found, codes=tuple(wanted))
        opened.themes.change(found)
        if place is not None:
            others = [each for each in opened.themes.all() if each.id != found.id]
            others.insert(place - 1, found)
            opened.themes.reorder(others)
        after = _about(_theme(opened, found.id))
    emit(as_json, after, [_("Changed: {title}").format(title=after["title"])])


@command.command("remove", help=_("Take THEME out of PROJECT; its codings stay."))
@project_argument
@click.argument("theme")
@as_option
@json_option
@said_plainly
def remove(project: Path, theme: str, coder: str | None, as_json: bool) -> None:
    """Take a theme away."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        opened.themes.remove(opened.themes.get(theme))
        left = len(opened.themes.all())
    emit(as_json, {"themes": left}, [ngettext("{n} theme left.", "{n} themes left.", left).format(n=left)])


@command.command("quote", help=_("Arrange the fragment with that NUMBER in THEME of PROJECT."))
@project_argument
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
@json_option
@said_plainly
def quote(
    project: Path,
    theme: str,
    number: int,
    star: bool | None,
    negative: bool | None,
    short: str | None,
    group: str | None,
    move: int | None,
    to: str | None,
    refer: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Star, shorten, group, move a fragment."""
    from qualcode.store.project import open_project
    from qualcode.tasks import themes

    with open_project(project, coder) as opened, opened.transaction("quote.change"):
        before = themes.fragment_numbered(_theme(opened, theme), number)
        place = (before.quote.transcript.id, before.quote.span)

        def now() -> tuple[ArrangedTheme, Fragment]:
            """The fragment as it is after the last step."""
            found = _theme(opened, theme)
            return found, next(f for f in found.fragments if (f.quote.transcript.id, f.quote.span) == place)

        if star is not None:
            themes.star(opened, now()[1], star)
        if negative is not None:
            themes.mark_negative(opened, now()[1], negative)
        if short is not None:
            themes.shorten(opened, now()[1], short)
        if group is not None:
            themes.put_in_group(opened, now()[1], group)
        if move is not None:
            themes.place(opened, *now(), move)
        reference = themes.refer(opened, now()[1]) if refer else None
        if to is not None:
            themes.move_to(opened, now()[1], opened.themes.get(to))
            theme = to
        found, fragment = now()
        data = _fragment(opened, found.fragments.index(fragment) + 1, fragment)
    words = " ".join(data["words"].split())
    emit(
        as_json,
        {**data, "theme": found.title, "reference": reference},
        [reference or f"{data['number']}: “{words}”"],
    )
