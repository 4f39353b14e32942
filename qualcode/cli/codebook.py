"""`qualcode codebook show|import|export`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.i18n import Bilingual, _
from qualcode.model import Code


@click.group("codebook", help=_("Show the codes, or take them in from or write them to a file."))
def command() -> None:
    """Group of verbs on the codebook."""


@command.command("show", help=_("Show the codes of PROJECT."))
@project_argument
@json_option
@said_plainly
def show(project: Path, as_json: bool) -> None:
    """Show the tree of codes with definitions and numbers of codings."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        codes = opened.codebook.all()
        counts = opened.codings.counts()
    slugs = {code.id: code.slug for code in codes}
    depth: dict[str, int] = {}
    lines = []
    for code in codes:
        depth[code.id] = depth.get(code.parent_id or "", -1) + 1
        lines.append(
            f"{'  ' * depth[code.id]}{code.mnemonic}  {code.name}  ({code.slug}, {counts.get(code.id, 0)})"
        )
    data = [_data(code, slugs, counts.get(code.id, 0)) for code in codes]
    emit(as_json, {"codes": data}, lines or [_("There are no codes yet.")])


def _data(code: Code, slugs: dict[str, str], count: int) -> dict[str, Any]:
    return {
        "id": code.id,
        "code": code.slug,
        "parent": slugs.get(code.parent_id or ""),
        "mnemonic": code.mnemonic,
        "colour": code.colour,
        "name": _both(code.name),
        "definition": _both(code.definition),
        "use": _both(code.use),
        "not": _both(code.not_use),
        "example": _both(code.example),
        "source": code.source,
        "codings": count,
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


@command.command(
    "import",
    help=_(
        "Take in the codebook FILE (or the name of one that comes with qualcode). Known codes are brought up to it."
    ),
)
@project_argument
@click.argument("file")
@as_option
@json_option
@said_plainly
def import_(project: Path, file: str, coder: str | None, as_json: bool) -> None:
    """Take in a codebook."""
    from qualcode.store.project import open_project
    from qualcode.tasks.beginning import checklist_for, find_codebook

    book = find_codebook(file)
    checklist = checklist_for(file)
    with open_project(project, coder) as opened:
        with opened.act("codebook.take"):
            changed = opened.codebook.take(book)
            if checklist and not opened.checklist.book().criteria:
                opened.checklist.take(checklist)
        total = len(opened.codebook.all())
    data = {"codebook": book.name, "taken": [code.slug for code in changed], "codes": total}
    line = _("{name}: {n} codes new or changed; the project has {total}.")
    emit(as_json, data, [line.format(name=book.name, n=len(changed), total=total)])


@command.command("export", help=_("Write the codes of PROJECT as a codebook file."))
@project_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help=_("The file; without it: on the screen.")
)
@json_option
@said_plainly
def export(project: Path, output: Path | None, as_json: bool) -> None:
    """Write the codebook as a file people can read and edit."""
    from qualcode.exchange.codebook_file import codebook_text, write_codebook
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        book = opened.codebook.book()
    if output is None:
        emit(as_json, {"file": None, "text": codebook_text(book)}, [codebook_text(book).rstrip()])
        return
    write_codebook(book, output)
    data = {"file": str(output), "codes": len(book.codes)}
    emit(as_json, data, [_("Saved: {path}").format(path=output)])
