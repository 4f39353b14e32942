"""`qualcode export agreement`: for an article."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.exports.common import language_option
from qualcode.cli.verbs import emit, json_option, project_argument
from qualcode.i18n import _


@click.command(
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
        "The file, ending in .docx, .html, .md, .csv or .json; without it: Word, in the folder exports beside "
        "the project."
    ),
)
@language_option
@click.option("--all", "everything", is_flag=True, help=_("Count all interviews, done or not."))
@json_option
def command(
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
    from qualcode.tasks.comparing.comparison import two_coders
    from qualcode.tasks.exporting.agreement import export_agreement

    with open_project(project) as opened:
        first, second = two_coders(opened, a, b)
        path = export_agreement(opened, first, second, output, everything=everything, language_=language_)
    emit(as_json, {"file": str(path)}, [_("Saved: {path}").format(path=path)])
