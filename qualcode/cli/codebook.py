"""`qualcode codebook show|import|export`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualcode.cli import codebook_work as work
from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.i18n import Bilingual, _, language
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


language_option = click.option(
    "--language",
    "language_",
    type=click.Choice(["nl", "en"]),
    help=_("The language of texts for which this kind of file has no place to say it."),
)


@command.command(
    "import",
    help=_(
        "Take in the codebook FILE (or the name of one that comes with qualcode) and say what changes. "
        "Known codes are brought up to it; codes that it does not have stay. Kinds of file: .yaml, .xlsx, "
        ".csv (also Taguette's), .txt, .qdc."
    ),
)
@project_argument
@click.argument("file")
@click.option("--dry-run", is_flag=True, help=_("Only say what would change."))
@language_option
@as_option
@json_option
@said_plainly
def import_(
    project: Path, file: str, dry_run: bool, language_: str | None, coder: str | None, as_json: bool
) -> None:
    """Take in a codebook, after showing what it changes."""
    from qualcode.store.project import open_project
    from qualcode.tasks.coding.codebook import changes_in_words, counted, plan_codebook, take_codebook

    with open_project(project, coder) as opened:
        plan = plan_codebook(opened, file, language_)
        taken = [] if dry_run else take_codebook(opened, plan)
        total = len(opened.codebook.all())
    changes = plan.changes
    data = {
        "codebook": plan.book.name,
        "new": [code.slug for code in changes.new],
        "changed": [{"code": change.new.slug, "fields": change.fields} for change in changes.changed],
        "not_in_file": [code.slug for code in changes.gone],
        "taken": [code.slug for code in taken],
        "codes": total,
    }
    last = _("Nothing was taken in (--dry-run).") if dry_run else _("The project has {n} codes now.")
    lines = [*changes_in_words(changes), f"{plan.book.name}: {counted(changes)}. {last.format(n=total)}"]
    emit(as_json, data, lines)


@command.command(
    "export",
    help=_(
        "Write the codes of PROJECT as a codebook file. The ending says which kind: .yaml, .xlsx, .csv, "
        ".taguette.csv, .txt or .qdc."
    ),
)
@project_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help=_("The file; without it: on the screen.")
)
@click.option("--retired", is_flag=True, help=_("Write retired codes as well."))
@language_option
@json_option
@said_plainly
def export(project: Path, output: Path | None, retired: bool, language_: str | None, as_json: bool) -> None:
    """Write the codebook as a file people can read and edit."""
    from qualcode.exchange.codebooks.files import write_any_codebook
    from qualcode.exchange.codebooks.yaml import codebook_text
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        book = opened.codebook.book(retired=retired)
    if output is None:
        emit(as_json, {"file": None, "text": codebook_text(book)}, [codebook_text(book).rstrip()])
        return
    write_any_codebook(book, output, language_ or language())
    data = {"file": str(output), "codes": len(book.codes)}
    emit(as_json, data, [_("Saved: {path}").format(path=output)])


for verb in work.verbs:
    command.add_command(verb)
