"""`qualcode agreement`: how much two coders (or more) agree, code by code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.agreement.result import Agreement
from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Role
from qualcode.tasks.comparing.agreement import By, Unit, agree, agree_by, options_of
from qualcode.tasks.comparing.comparison import Comparison, compare, two_coders

if TYPE_CHECKING:
    from qualcode.store.project import Project


@click.command(
    "agreement",
    help=_(
        "Say how much coders A and B agree in PROJECT, code by code, in the interviews that both have marked done."
    ),
)
@project_argument
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--all", "everything", is_flag=True, help=_("Count all interviews, done or not."))
@click.option("--no-trim", is_flag=True, help=_("Count white space at the edges of codings as well."))
@click.option(
    "--interviewer/--no-interviewer",
    default=None,
    help=_("With or without the interviewer's words; else as the project's settings say."),
)
@click.option(
    "--unit",
    type=click.Choice(["character", "sentence", "turn"]),
    default="character",
    show_default=True,
    help=_("What is counted."),
)
@click.option(
    "--by",
    type=click.Choice(["group", "document", "case", "role"]),
    help=_("Also per top code with all under it, per interview, case or role."),
)
@click.option("--code", "slug", metavar=_("CODE"), help=_("Look at one code closely."))
@click.option("--more", is_flag=True, help=_("Show more measures."))
@click.option("--rounds", is_flag=True, help=_("Per round: before talking, and after it."))
@click.option("--seed", type=int, help=_("The seed of the intervals; else always the same one."))
@click.option(
    "--coders",
    "several",
    metavar=_("NAMES"),
    help=_("More than two coders: their names with commas, or “all”."),
)
@as_option
@json_option
@said_plainly
def command(
    project: Path,
    a: str | None,
    b: str | None,
    everything: bool,
    no_trim: bool,
    interviewer: bool | None,
    unit: Unit,
    by: By | None,
    slug: str | None,
    more: bool,
    rounds: bool,
    seed: int | None,
    several: str | None,
    coder: str | None,
    as_json: bool,
) -> None:
    """Print the agreement per code, with the reasons where it is undefined."""
    from qualcode.cli.agreement_lines import code_table, group_table, one_code, rounds_table, slice_table
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        if several is not None:
            _of_several(opened, several, everything, as_json)
            return
        first, second = two_coders(opened, a, b)
        if rounds:
            from qualcode.tasks.comparing.rounds import through_project

            found_rounds, compared = through_project(opened, first, second)
            names = {code.id: str(code.name) or code.slug for code in compared.codes}
            told: dict[str, Any] = {"rounds": [_named(compared, found.to_dict()) for found in found_rounds]}
            emit(as_json, told, rounds_table(found_rounds, names))
            return
        comparison = compare(
            opened,
            first,
            second,
            everything=everything,
            trimmed=False if no_trim else None,
            interviewer=interviewer,
            by_sentence=unit == "sentence",
        )
        options = options_of(opened, comparison.codes, unit=unit, **({} if seed is None else {"seed": seed}))
        wanted = opened.codebook.get(slug).id if slug else None
    found = agree(comparison, options)
    parts = agree_by(comparison, by, options) if by else {}
    data = _named(comparison, found.to_dict())
    names = {code.id: str(code.name) or code.slug for code in comparison.codes}
    if wanted:
        data["codes"] = [code for code in data["codes"] if code["code"] == slug]
        emit(as_json, data, one_code(found, found.of(wanted), names, more))
        return
    lines = code_table(found, names, more)
    if by:
        data[f"by_{by}"] = _parts(comparison, parts)
        shown = {_label(comparison, by, key): part for key, part in parts.items()}
        lines += group_table(parts, found, names) if by == "group" else slice_table(shown, _HEADINGS[by]())
    emit(as_json, data, lines)


_HEADINGS = {
    "document": lambda: _("transcript"),
    "case": lambda: _("case"),
    "role": lambda: _("informant"),
}


def _of_several(opened: Project, several: str, everything: bool, as_json: bool) -> None:
    from qualcode.cli.agreement_lines import several_lines
    from qualcode.tasks.comparing.several import agree_all

    names = [name.strip() for name in several.split(",") if name.strip()]
    coders = None if several.strip() in ("all", "alle") else [opened.coders.get(name) for name in names]
    if coders is not None and len({coder.id for coder in coders}) < len(coders):
        raise InputError(_("Name each coder once."))
    found = agree_all(opened, coders, everything=everything)
    emit(as_json, found.to_dict(), several_lines(found))


def _label(comparison: Comparison, by: By, key: str) -> str:
    """What a slice is called for people."""
    return Role(key).label if by == "role" and key else _name_of(comparison, key)


def _name_of(comparison: Comparison, key: str) -> str:
    """The name of a transcript given by its id; a case or role stays as it is."""
    return next((t.name for t in comparison.transcripts if t.id == key), key)


def _parts(comparison: Comparison, parts: dict[str, Agreement]) -> dict[str, Any]:
    slug = {code.id: code.slug for code in comparison.codes}
    return {
        slug.get(key, _name_of(comparison, key)): _named(comparison, part.to_dict())
        for key, part in parts.items()
    }


def _named(comparison: Comparison, data: dict[str, Any]) -> dict[str, Any]:
    """The record with codes and transcripts by name instead of id."""
    slug = {code.id: code.slug for code in comparison.codes}
    names = {t.id: t.name for t in (*comparison.transcripts, *comparison.left_out)}
    for code in data["codes"]:
        code["code"] = slug[code["code"]]
    for group in data["overall"]["groups"]:
        group["group"] = slug.get(group["group"], group["group"])
        group["codes"] = [slug[code] for code in group["codes"]]
    for key in ("transcripts", "left_out"):
        data[key] = [names[transcript] for transcript in data[key]]
    return data
