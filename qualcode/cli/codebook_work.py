"""`qualcode codebook add|change|nest|merge|retire|versions`: work on single codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.i18n import Bilingual, _, date


@click.command("add", help=_("Add a code called NAME to PROJECT."))
@project_argument
@click.argument("name")
@click.option("--under", metavar=_("CODE"), help=_("The code it lies under."))
@click.option("--definition", default="", help=_("What the code means."))
@as_option
@json_option
@said_plainly
def add(
    project: Path, name: str, under: str | None, definition: str, coder: str | None, as_json: bool
) -> None:
    """Add a code."""
    from qualcode.store.project import open_project
    from qualcode.tasks.coding.codebook import new_code

    with open_project(project, coder) as opened:
        parent = opened.codebook.get(under) if under else None
        code = new_code(opened, name, parent=parent, definition=definition)
    data = {"code": code.slug, "mnemonic": code.mnemonic, "id": code.id}
    emit(as_json, data, [_("Added: {code} ({mnemonic})").format(code=code.slug, mnemonic=code.mnemonic)])


@click.command("change", help=_("Change the texts of CODE in PROJECT, in the language given."))
@project_argument
@click.argument("code")
@click.option("--name", help=_("Its name."))
@click.option("--definition", help=_("What it means."))
@click.option("--use", help=_("When to use it."))
@click.option("--not-use", help=_("When not to use it."))
@click.option("--example", help=_("An example fragment."))
@click.option("--language", "tag", type=click.Choice(["nl", "en"]), default="nl", show_default=True)
@as_option
@json_option
@said_plainly
def change(
    project: Path,
    code: str,
    tag: str,
    coder: str | None,
    as_json: bool,
    **texts: str | None,
) -> None:
    """Change names and texts of a code."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        found = opened.codebook.get(code)
        new: dict[str, Bilingual] = {
            field: replace(getattr(found, field), **{tag: words}) for field, words in texts.items() if words
        }
        changed = opened.codebook.change(replace(found, **new))  # type: ignore[arg-type]  # texts only
    emit(
        as_json,
        {"code": changed.slug, "changed": sorted(new)},
        [_("Changed: {code}").format(code=changed.slug)],
    )


@click.command("nest", help=_("Put CODE of PROJECT under the code PARENT, or at the top without one."))
@project_argument
@click.argument("code")
@click.argument("parent", required=False)
@as_option
@json_option
@said_plainly
def nest(project: Path, code: str, parent: str | None, coder: str | None, as_json: bool) -> None:
    """Put a code under another one."""
    from qualcode.store.project import open_project
    from qualcode.tasks.coding import codebook

    with open_project(project, coder) as opened:
        above = opened.codebook.get(parent) if parent else None
        moved = codebook.nest(opened, opened.codebook.get(code), above)
    emit(
        as_json,
        {"code": moved.slug, "parent": above.slug if above else None},
        [_("Moved: {code}").format(code=moved.slug)],
    )


@click.command("merge", help=_("Let TARGET take over the codings of CODE in PROJECT; CODE is retired."))
@project_argument
@click.argument("code")
@click.argument("target")
@as_option
@json_option
@said_plainly
def merge(project: Path, code: str, target: str, coder: str | None, as_json: bool) -> None:
    """Merge one code into another."""
    from qualcode.store.project import open_project
    from qualcode.tasks.coding import codebook

    with open_project(project, coder) as opened:
        source, into = opened.codebook.get(code), opened.codebook.get(target)
        taken = codebook.merge(opened, source, into)
    emit(
        as_json,
        {"code": source.slug, "target": into.slug, "codings": taken},
        [_("{code} → {target}: {n} codings taken over.").format(code=source.slug, target=into.slug, n=taken)],
    )


@click.command("retire", help=_("Take CODE of PROJECT out of use; its codings stay."))
@project_argument
@click.argument("code")
@click.option("--back", is_flag=True, help=_("Take it into use again."))
@as_option
@json_option
@said_plainly
def retire(project: Path, code: str, back: bool, coder: str | None, as_json: bool) -> None:
    """Retire a code, or take it back."""
    from qualcode.store.project import open_project
    from qualcode.tasks.coding import codebook

    with open_project(project, coder) as opened:
        changed = codebook.retire(opened, opened.codebook.get(code), not back)
    words = _("Out of use: {code}") if changed.retired else _("In use again: {code}")
    emit(as_json, {"code": changed.slug, "retired": changed.retired}, [words.format(code=changed.slug)])


@click.command("versions", help=_("Show when CODE of PROJECT was changed, by whom and how."))
@project_argument
@click.argument("code")
@json_option
@said_plainly
def versions(project: Path, code: str, as_json: bool) -> None:
    """Show the history of a code."""
    from qualcode.store.project import open_project
    from qualcode.tasks.coding import codebook

    with open_project(project) as opened:
        found = codebook.versions(opened, opened.codebook.get(code))
        names = {person.id: person.name for person in opened.coders.all()}
    data = [{"at": v.at, "coder": names.get(v.coder_id or ""), "changed": list(v.changed)} for v in found]
    lines = [
        f"{date(v.at, time=True)} · {names.get(v.coder_id or '', _('somebody'))} · {', '.join(v.changed)}"
        for v in found
    ]
    emit(as_json, {"versions": data}, lines)


verbs = (add, change, nest, merge, retire, versions)
