"""`qualcode codebook …`: the codes, work on single ones, and codebooks as files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.verbs import Told, as_option, coder_names, on_screen_option, saved, verb
from qualcode.i18n import LANGUAGES, Bilingual, _, date, language, ngettext
from qualcode.tasks.coding import codebook as work

if TYPE_CHECKING:
    from qualcode.model import Code
    from qualcode.store.project import Project

language_option = click.option(
    "--language",
    "language_",
    type=click.Choice(LANGUAGES),
    help=_("The language of texts for which this kind of file has no place to say it."),
)

codebook = click.Group("codebook", help=_("Show the codes, or take them in from or write them to a file."))


@verb("show", _("Show the codes of PROJECT."), of=codebook)
def show(project: Project) -> Told:
    """Show the tree of codes with definitions and numbers of codings."""
    codes = project.codebook.all()
    counts = project.codings.counts()
    slugs = {code.id: code.slug for code in codes}
    depth: dict[str, int] = {}
    lines = []
    for code in codes:
        depth[code.id] = depth.get(code.parent_id or "", -1) + 1
        lines.append(
            f"{'  ' * depth[code.id]}{code.mnemonic}  {code.name}  ({code.slug}, {counts.get(code.id, 0)})"
        )
    data = [_data(code, slugs, counts.get(code.id, 0)) for code in codes]
    return Told({"codes": data}, lines or [_("There are no codes yet.")])


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


@verb(
    "import",
    _(
        "Take in the codebook FILE (or the name of one that comes with qualcode) and say what changes. "
        "Known codes are brought up to it; codes that it does not have stay. Kinds of file: .yaml, .xlsx, "
        ".csv (also Taguette's), .txt, .qdc."
    ),
    of=codebook,
)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help=_("Only say what would change."))
@language_option
@as_option
def import_(project: Project, file: str, dry_run: bool, language_: str | None) -> Told:
    """Take in a codebook, after showing what it changes."""
    plan = work.plan_codebook(project, file, language_)
    taken = [] if dry_run else work.take_codebook(project, plan)
    total = len(project.codebook.all())
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
    counted = f"{plan.book.name}: {work.counted(changes)}. {last.format(n=total)}"
    return Told(data, [*work.changes_in_words(changes), counted])


@verb(
    "export",
    _(
        "Write the codes of PROJECT as a codebook file. The ending says which kind: .yaml, .xlsx, .csv, "
        ".taguette.csv, .txt or .qdc."
    ),
    of=codebook,
)
@on_screen_option
@click.option("--retired", is_flag=True, help=_("Write retired codes as well."))
@language_option
def export(project: Project, output: Path | None, retired: bool, language_: str | None) -> Told:
    """Write the codebook as a file people can read and edit."""
    from qualcode.exchange.codebooks.files import write_any_codebook
    from qualcode.exchange.codebooks.yaml import codebook_text

    book = project.codebook.book(retired=retired)
    if output is None:
        text = codebook_text(book)
        return Told({"file": None, "text": text}, [text.rstrip()])
    write_any_codebook(book, output, language_ or language())
    return Told({"file": str(output), "codes": len(book.codes)}, [saved(output)])


@verb("add", _("Add a code called NAME to PROJECT."), of=codebook)
@click.argument("name")
@click.option("--under", metavar=_("CODE"), help=_("The code it lies under."))
@click.option("--definition", default="", help=_("What the code means."))
@as_option
def add(project: Project, name: str, under: str | None, definition: str) -> Told:
    """Add a code."""
    parent = project.codebook.get(under) if under else None
    code = work.new_code(project, name, parent=parent, definition=definition)
    data = {"code": code.slug, "mnemonic": code.mnemonic, "id": code.id}
    return Told(data, [_("Added: {code} ({mnemonic})").format(code=code.slug, mnemonic=code.mnemonic)])


@verb("change", _("Change the texts of CODE in PROJECT, in the language given."), of=codebook)
@click.argument("code")
@click.option("--name", help=_("Its name."))
@click.option("--definition", help=_("What it means."))
@click.option("--use", help=_("When to use it."))
@click.option("--not-use", help=_("When not to use it."))
@click.option("--example", help=_("An example fragment."))
@click.option("--language", "tag", type=click.Choice(LANGUAGES), default="nl", show_default=True)
@as_option
def change(project: Project, code: str, tag: str, **texts: str | None) -> Told:
    """Change names and texts of a code."""
    found = project.codebook.get(code)
    new: dict[str, Bilingual] = {
        field: replace(getattr(found, field), **{tag: words}) for field, words in texts.items() if words
    }
    changed = project.codebook.change(replace(found, **new))  # type: ignore[arg-type]  # texts only
    data = {"code": changed.slug, "changed": sorted(new)}
    return Told(data, [_("Changed: {code}").format(code=changed.slug)])


@verb("nest", _("Put CODE of PROJECT under the code PARENT, or at the top without one."), of=codebook)
@click.argument("code")
@click.argument("parent", required=False)
@as_option
def nest(project: Project, code: str, parent: str | None) -> Told:
    """Put a code under another one."""
    above = project.codebook.get(parent) if parent else None
    moved = work.nest(project, project.codebook.get(code), above)
    data = {"code": moved.slug, "parent": above.slug if above else None}
    return Told(data, [_("Moved: {code}").format(code=moved.slug)])


@verb("merge", _("Let TARGET take over the codings of CODE in PROJECT; CODE is retired."), of=codebook)
@click.argument("code")
@click.argument("target")
@as_option
def merge(project: Project, code: str, target: str) -> Told:
    """Merge one code into another."""
    source, into = project.codebook.get(code), project.codebook.get(target)
    taken = work.merge(project, source, into)
    line = _("{code} → {target}: {n} codings taken over.")
    data = {"code": source.slug, "target": into.slug, "codings": taken}
    return Told(data, [line.format(code=source.slug, target=into.slug, n=taken)])


@verb("retire", _("Take CODE of PROJECT out of use; its codings stay."), of=codebook)
@click.argument("code")
@click.option("--back", is_flag=True, help=_("Take it into use again."))
@as_option
def retire(project: Project, code: str, back: bool) -> Told:
    """Retire a code, or take it back."""
    changed = work.retire(project, project.codebook.get(code), not back)
    words = _("Out of use: {code}") if changed.retired else _("In use again: {code}")
    return Told({"code": changed.slug, "retired": changed.retired}, [words.format(code=changed.slug)])


@verb(
    "review",
    _(
        "List the codings of CODE in PROJECT that were made before its meaning was changed, or say (--done) that they "
        "hold under the meaning of now."
    ),
    of=codebook,
)
@click.argument("code")
@click.option("--done", is_flag=True, help=_("I looked at all of them: they hold."))
@as_option
def review(project: Project, code: str, done: bool) -> Told:
    """What to look at again after the meaning of a code was changed."""
    chosen = project.codebook.get(code)
    waiting = work.look_again(project, chosen) if done else work.coded_before(project, chosen)
    found = project.codings.records(waiting)
    lines = [
        f"{one['transcript']} {one['start']}–{one['end']} ({one['coder']}): {one['text']}" for one in found
    ]
    count = ngettext("{n} coding was looked at again.", "{n} codings were looked at again.", len(found))
    if done:
        lines = [count.format(n=len(found))]
    return Told(
        {"code": chosen.slug, "codings": found, "done": done}, lines or [_("None waits to be looked at.")]
    )


@verb("versions", _("Show when CODE of PROJECT was changed, by whom and how."), of=codebook)
@click.argument("code")
def versions(project: Project, code: str) -> Told:
    """Show the history of a code."""
    found = work.versions(project, project.codebook.get(code))
    names = coder_names(project)
    data = [{"at": v.at, "coder": names.get(v.coder_id or ""), "changed": list(v.changed)} for v in found]
    lines = [
        f"{date(v.at, time=True)} · {names.get(v.coder_id or '', _('somebody'))} · {', '.join(v.changed)}"
        for v in found
    ]
    return Told({"versions": data}, lines)
