"""`qualcode share`: write one's share file for the other laptop."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import _


@click.command(
    "share", help=_("Write your own work in PROJECT to one small file, to be merged on the other laptop.")
)
@project_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help=_("The file; without it: beside the project.")
)
@click.option("--as", "coder", required=True, metavar=_("CODER"), help=_("Who you are."))
@json_option
@said_plainly
def command(project: Path, output: Path | None, coder: str, as_json: bool) -> None:
    """Write a share file."""
    from qualcode.store.project import open_project
    from qualcode.tasks.project.sharing import advice, share_file

    with open_project(project, coder) as opened:
        path = share_file(opened, opened.require_coder(), output)
    size = path.stat().st_size
    said = advice(project)
    lines = [
        _("Saved: {path} ({size} kB). The other merges it with: qualcode merge PROJECT {name}").format(
            path=path, size=max(1, size // 1000), name=path.name
        )
    ]
    data = {"file": str(path), "bytes": size, "coder": coder, "advice": said}
    emit(as_json, data, [*lines, *([said] if said else [])])
