"""`qualcode export themes|checklist|agreement`: documents."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli import export_transcript
from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import _, language


@click.group("export", help=_("Write the theme table or the checklist as a Word document."))
def command() -> None:
    """Group of verbs that write documents."""


command.add_command(export_transcript.command)

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_("The file; without it: in the folder exports beside the project."),
)
language_option = click.option(
    "--language", "language_", type=click.Choice(["nl", "en"]), help=_("The language of the document.")
)
coder_option = click.option(
    "--coder", multiple=True, help=_("Only the codings of this coder (may be repeated).")
)


@command.command("themes", help=_("Write the theme table of PROJECT: themes with quotes and counts."))
@project_argument
@output_option
@language_option
@coder_option
@click.option(
    "--quotes",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    help=_("At most so many quotes per theme and informant; 0: all."),
)
@json_option
@said_plainly
def themes(
    project: Path,
    output: Path | None,
    language_: str | None,
    coder: tuple[str, ...],
    quotes: int,
    as_json: bool,
) -> None:
    """Write the theme table."""
    from qualcode.reports.theme_table import ThemeTableOptions
    from qualcode.store.project import open_project
    from qualcode.tasks.export_word import export_themes

    with open_project(project) as opened:
        people = [opened.coders.get(name) for name in coder]
        options = ThemeTableOptions(language=language_ or language(), quotes=quotes)
        path = export_themes(opened, output, coders=people, options=options)
    emit(as_json, {"file": str(path)}, [_("Saved: {path}").format(path=path)])


@command.command("checklist", help=_("Write the checklist of PROJECT with the evidence from the interviews."))
@project_argument
@output_option
@language_option
@coder_option
@json_option
@said_plainly
def checklist(
    project: Path, output: Path | None, language_: str | None, coder: tuple[str, ...], as_json: bool
) -> None:
    """Write the checklist."""
    from qualcode.store.project import open_project
    from qualcode.tasks.export_word import export_checklist

    with open_project(project) as opened:
        people = [opened.coders.get(name) for name in coder]
        path = export_checklist(opened, output, coders=people, language_=language_)
    emit(as_json, {"file": str(path)}, [_("Saved: {path}").format(path=path)])


@command.command(
    "agreement",
    help=_(
        "Write the agreement of A and B in PROJECT for an article: methods paragraph, picture, appendix table."
    ),
)
@project_argument
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_(
        "The file, ending in .docx, .csv or .json; without it: Word, in the folder exports beside the project."
    ),
)
@language_option
@click.option("--all", "everything", is_flag=True, help=_("Count all interviews, done or not."))
@json_option
@said_plainly
def agreement(
    project: Path,
    a: str | None,
    b: str | None,
    output: Path | None,
    language_: str | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Write the agreement report."""
    from qualcode.store.project import open_project
    from qualcode.tasks.comparison import two_coders
    from qualcode.tasks.export_agreement import export_agreement

    with open_project(project) as opened:
        first, second = two_coders(opened, a, b)
        path = export_agreement(opened, first, second, output, everything=everything, language_=language_)
    emit(as_json, {"file": str(path)}, [_("Saved: {path}").format(path=path)])
