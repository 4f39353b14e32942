"""`qualcode export themes|chapter|codebook|…`: one command per kind of document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualcode.cli.exports.common import (
    coders_of,
    options_of,
    place_options,
    show_progress,
    shown_options,
    tell,
)
from qualcode.cli.verbs import json_option, project_argument
from qualcode.i18n import N_, _

# name: what it writes
DOCUMENTS = {
    "themes": N_("Write the theme table of PROJECT: themes with quotes and counts."),
    "chapter": N_("Write the themes of PROJECT as a chapter: texts, quotes, counts."),
    "codebook": N_("Write the codebook of PROJECT with quotes."),
    "respondents": N_("Write the table of respondents of PROJECT."),
    "ranking": N_("Write the rankings of PROJECT: the orders, and what goes with the best."),
    "checklist": N_("Write the checklist of PROJECT with the evidence from the interviews."),
    "checklist-cases": N_("Write the checklist of PROJECT case by case."),
    "checklist-form": N_("Write the checklist of PROJECT as an empty form for a meeting."),
    "differences": N_("Write where the two coders of PROJECT differ, and what was decided."),
    "everything": N_("Write everything that PROJECT holds in one document with contents."),
}


def document_command(kind: str) -> click.Command:
    """The command that writes one kind of document."""

    @click.command(kind, help=_(DOCUMENTS[kind]))
    @project_argument
    @place_options
    @shown_options
    @json_option
    def command(
        project: Path,
        output: Path | None,
        language_: str | None,
        coder: tuple[str, ...],
        consensus: bool,
        template: Path | None,
        afresh: bool,
        as_json: bool,
        **shown: Any,
    ) -> None:
        """Write the document."""
        from qualcode.store.project import open_project
        from qualcode.tasks.exporting.documents import Request
        from qualcode.tasks.exporting.write import export

        with open_project(project) as opened:
            request = Request(options_of(language_, **shown), coders_of(opened, coder, consensus))
            saved = export(
                opened, kind, output, request, template=template, afresh=afresh, progress=show_progress
            )
        tell(saved, as_json)

    return command


@click.command("matrices", help=_("Write matrices of PROJECT: tables of counts with heat maps."))
@project_argument
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["case", "role", "themes", "position", "codes", "transcript"]),
    help=_("Which (may be repeated); without it all but the last."),
)
@place_options
@json_option
def matrices(
    project: Path,
    kinds: tuple[str, ...],
    output: Path | None,
    language_: str | None,
    coder: tuple[str, ...],
    consensus: bool,
    template: Path | None,
    afresh: bool,
    as_json: bool,
) -> None:
    """Write matrices."""
    from dataclasses import replace

    from qualcode.store.project import open_project
    from qualcode.tasks.exporting.documents import Request
    from qualcode.tasks.exporting.write import export

    with open_project(project) as opened:
        request = Request(options_of(language_), coders_of(opened, coder, consensus))
        if kinds:
            request = replace(request, matrices=kinds)
        saved = export(opened, "matrices", output, request, template=template, afresh=afresh)
    tell(saved, as_json)


@click.command(
    "margin", help=_("Write TRANSCRIPT of PROJECT with numbered lines and its codes in the margin.")
)
@project_argument
@click.argument("transcript")
@place_options
@json_option
def margin(
    project: Path,
    transcript: str,
    output: Path | None,
    language_: str | None,
    coder: tuple[str, ...],
    consensus: bool,
    template: Path | None,
    afresh: bool,
    as_json: bool,
) -> None:
    """Write one interview with line numbers and a margin."""
    from qualcode.store.project import open_project
    from qualcode.tasks.exporting.documents import Request
    from qualcode.tasks.exporting.write import export

    with open_project(project) as opened:
        request = Request(options_of(language_), coders_of(opened, coder, consensus), transcript=transcript)
        saved = export(opened, "margin", output, request, template=template, afresh=afresh)
    tell(saved, as_json)


@click.command("codings", help=_("Write every coding of PROJECT to a spreadsheet (.xlsx)."))
@project_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=_("The file (.xlsx)."))
@json_option
def codings(project: Path, output: Path, as_json: bool) -> None:
    """Write all codings as a sheet."""
    from qualcode.store.project import open_project
    from qualcode.tasks.exporting.write import Saved, export_codings_sheet

    with open_project(project) as opened:
        path = export_codings_sheet(opened, output.with_suffix(".xlsx"), progress=show_progress)
    tell(Saved(path), as_json)


COMMANDS = (*map(document_command, DOCUMENTS), matrices, margin, codings)
