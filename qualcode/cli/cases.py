"""`qualcode cases list|show|set|import`: the children, and what their informants say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly, table
from qualcode.errors import InputError
from qualcode.i18n import _

_QUOTE_LENGTH = 100


@click.group(
    "cases", help=_("List the cases, say what is known of them, or lay their informants side by side.")
)
def command() -> None:
    """Group of verbs on cases."""


@command.command("list", help=_("List the cases of PROJECT: the table of respondents."))
@project_argument
@json_option
@said_plainly
def list_(project: Path, as_json: bool) -> None:
    """The table of respondents."""
    from qualcode.reports.documents.respondents import KNOWN, own_columns, respondent_cells
    from qualcode.store.project import open_project
    from qualcode.tasks.material import gather

    with open_project(project) as opened:
        material = gather(opened, coded=False)
    own = own_columns(material)
    names = ["case", *KNOWN, "teacher", "care_worker", "child", "file", *own]
    rows = [respondent_cells(case, material, own) for case in material.cases]
    data = {"cases": [dict(zip(names, row, strict=True)) for row in rows]}
    heads = [_("case"), _("group"), _("age"), _("sex"), _("parents"), _("teacher"), _("care worker")]
    emit(as_json, data, table([[*heads, _("child"), _("file"), *own], *rows]))


@command.command("set", help=_("Say what is known of CASE in PROJECT, as NAME=VALUE (group=5 age=9 sex=M)."))
@project_argument
@click.argument("case")
@click.argument("facts", nargs=-1, required=True)
@as_option
@json_option
@said_plainly
def set_(project: Path, case: str, facts: tuple[str, ...], coder: str | None, as_json: bool) -> None:
    """Set attributes of a case; an empty value takes one away."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        found = opened.cases.get(case)
        attributes = dict(found.attributes)
        for fact in facts:
            name, sign, value = fact.partition("=")
            if not sign or not name.strip():
                raise InputError(_("“{fact}” must look like name=value.").format(fact=fact))
            attributes[name.strip()] = value.strip()
        opened.cases.set_attributes(found, {name: value for name, value in attributes.items() if value})
        known = dict(opened.cases.get(case).attributes)
    data = {"case": found.label, "attributes": known}
    emit(as_json, data, [f"{name}: {value}" for name, value in known.items()])


@command.command("import", help=_("Take in a table (.csv, .xlsx) of cases and their informants."))
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@as_option
@json_option
@said_plainly
def import_(project: Path, file: Path, coder: str | None, as_json: bool) -> None:
    """Take in the table of respondents."""
    from qualcode.store.project import open_project
    from qualcode.tasks.transcripts.respondents import import_respondents

    with open_project(project, coder) as opened:
        cases = import_respondents(opened, file)
    data = {"cases": [case.label for case in cases]}
    emit(as_json, data, [_("{n} cases taken in.").format(n=len(cases))])


@command.command("show", help=_("Lay the informants of CASE in PROJECT side by side, theme by theme."))
@project_argument
@click.argument("case")
@json_option
@said_plainly
def show(project: Path, case: str, as_json: bool) -> None:
    """What each informant of a case says on each theme, and who is silent."""
    from qualcode.analysis.themes import voices
    from qualcode.store.project import open_project
    from qualcode.tasks.themes import arranged

    with open_project(project) as opened:
        found = opened.cases.get(case)
        transcripts = [t for t in opened.transcripts.all() if t.case_id == found.id]
        laid = voices(arranged(opened), transcripts)
    names = {t.id: t.informant.label if t.informant else t.name for t in transcripts}
    data: list[dict[str, Any]] = []
    lines = []
    for each in laid:
        data.append(
            {
                "theme": each.theme.title,
                "said": {names[t]: [f.words for f in fragments] for t, fragments in each.said.items()},
                "silent": [names[t] for t in each.silent],
            }
        )
        lines += ["", each.theme.title]
        for transcript, fragments in each.said.items():
            said = [" ".join(f.words.split())[:_QUOTE_LENGTH] for f in fragments]
            lines += [f"  {names[transcript]}: {_('silent')}"] if not said else []
            lines += [f"  {names[transcript]}: “{words}”" for words in said]
    emit(as_json, {"case": found.label, "themes": data}, lines)
