"""`qualcode agreement`: how much two coders agree, code by code."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from qualcode.agreement import words
from qualcode.agreement.result import Agreement, State
from qualcode.cli.common import emit, json_option, project_argument, said_plainly, table
from qualcode.i18n import _, percent
from qualcode.tasks.agreeing import agree, agree_by, options_of
from qualcode.tasks.comparison import Comparison, compare, two_coders

_MORE = ("dice", "pi", "f1", "percent", "brennan_prediger", "ac1")


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
@click.option("--no-interviewer", is_flag=True, help=_("Leave the interviewer's words out."))
@click.option(
    "--unit",
    type=click.Choice(["character", "sentence", "turn"]),
    default="character",
    show_default=True,
    help=_("What is counted."),
)
@click.option(
    "--by", type=click.Choice(["document", "case", "role"]), help=_("Also per interview, case or role.")
)
@click.option("--more", is_flag=True, help=_("Show more measures."))
@json_option
@said_plainly
def command(
    project: Path,
    a: str | None,
    b: str | None,
    everything: bool,
    no_trim: bool,
    no_interviewer: bool,
    unit: Literal["character", "sentence", "turn"],
    by: Literal["document", "case", "role"] | None,
    more: bool,
    as_json: bool,
) -> None:
    """Print the agreement per code, with the reasons where it is undefined."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        first, second = two_coders(opened, a, b)
        comparison = compare(
            opened,
            first,
            second,
            everything=everything,
            trimmed=False if no_trim else None,
            interviewer=False if no_interviewer else None,
            by_sentence=unit == "sentence",
        )
        options = options_of(opened, comparison.codes, unit=unit, everything=everything)
    found = agree(comparison, options)
    parts = agree_by(comparison, by, options) if by else {}
    data = _named(comparison, found.to_dict())
    if by:
        names = {transcript.id: transcript.name for transcript in comparison.transcripts}
        data[f"by_{by}"] = {
            names.get(key, key): _named(comparison, part.to_dict()) for key, part in parts.items()
        }
    emit(as_json, data, _lines(comparison, found, more))


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


def _lines(comparison: Comparison, found: Agreement, more: bool) -> list[str]:
    names = {code.id: str(code.name) for code in comparison.codes}
    measures = ["alpha", "kappa", *(_MORE if more else ())]
    rows = [[_("code"), _("shared text"), *map(words.measure_name, measures), _("what it says")]]
    unused = []
    for code in found.codes:
        if code.state is State.UNUSED:
            unused.append(names[code.code])
            continue
        numbers = [words.value_text(code[name]) for name in measures]
        rows.append(
            [names[code.code], percent(code["shared"].value), *numbers, words.verdict(code, found.coders)]
        )
    lines = [words.provenance(found), "", *table(rows), ""]
    lines += [f"{name}: {value}" for name, value in words.overall_lines(found.overall)]
    if unused:
        lines.append(_("Not used by either: {codes}").format(codes=", ".join(unused)))
    return lines
