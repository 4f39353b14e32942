"""`qualcode settings|check|repair|backup|restore|doctor|journal|undo|redo`: what was done, and whether all is sound."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode import __version__
from qualcode.cli.verbs import (
    Told,
    as_option,
    coder_names,
    free_verb,
    project_argument,
    saved,
    table,
    verb,
)
from qualcode.errors import ConflictError, SealedError
from qualcode.i18n import _, language
from qualcode.store.file import backups
from qualcode.store.file.check import problems
from qualcode.store.file.files import sqlite_version
from qualcode.store.journal.hiding import names_found
from qualcode.store.journal.incoming import readable
from qualcode.tasks.project.logbook import action_in_words, chronicle
from qualcode.tasks.project.mending import in_words as in_words_of_mending
from qualcode.tasks.project.mending import mend
from qualcode.tasks.project.settings import CHOICES, choice, choose, in_words, value_of
from qualcode.tasks.project.sharing import other_copies
from qualcode.tui.clipboard import program_found

if TYPE_CHECKING:
    from qualcode.model import JournalEntry
    from qualcode.store.project import Project


@verb(
    "settings",
    _("Show the settings of PROJECT and what they mean, or give the setting NAME the value VALUE."),
)
@click.argument("name", required=False)
@click.argument("value", required=False)
@as_option
def settings(project: Project, name: str | None, value: str | None) -> Told:
    """List settings, show one, or change it."""
    if name is not None and value is not None:
        choose(project, name, value)
    shown = CHOICES if name is None else (choice(name),)
    found = [(one, value_of(project, one)) for one in shown]
    rows = [[one.name, in_words(now), _(one.does)] for one, now in found]
    data = [{"name": one.name, "value": now, "does": _(one.does)} for one, now in found]
    return Told(data if name is None else data[0], table(rows))


@verb("check", _("Look whether everything in PROJECT is sound."), as_it_is=True)
def check(project: Project) -> Told:
    """Check a project; exit code 1 if something is wrong."""
    found = problems(project)
    copies = other_copies(project.path)
    data: dict[str, Any] = {"sound": not found, "problems": found, "advice": copies}
    advice = (
        [_("Mend what can be mended with: qualcode repair {path}").format(path=project.path)] if found else []
    )
    lines = [*found, *advice] or [_("Everything is sound.")]
    hidden = None if found else names_found(project)
    if hidden is not None:
        data["hidden_names"] = hidden._asdict()
        lines.append(
            _("{texts} texts, {entries} entries and {pages} free pages hold a hidden name.").format(
                texts=hidden.texts, entries=hidden.entries, pages=hidden.free_pages
            )
        )
    return Told(
        data, [*lines, *([copies] if copies else [])], exit_code=1 if found or any(hidden or ()) else 0
    )


@verb(
    "repair", _("Mend what is not sound in PROJECT from its journal, and say what was done."), as_it_is=True
)
@as_option
def repair(project: Project) -> Told:
    """Repair a project; exit code 1 if something is left that cannot be mended."""
    done, left = mend(project)
    return Told({"mended": done, "left": left}, in_words_of_mending(done, left), exit_code=1 if left else 0)


@verb("backup", _("Make a backup of PROJECT now; the newest ten are kept."), as_it_is=True)
def backup(project: Project) -> Told:
    """Make a backup."""
    made = backups.make(project.db, project.path, backups.Occasion.ASKED)
    return Told(_about(made), [saved(made.path)])


@free_verb(
    "restore",
    _(
        "List the backups of PROJECT, or put one back: WHICH is its number in the list, or a file. "
        "The file that is replaced is kept as a backup."
    ),
)
@project_argument
@click.argument("which", required=False)
def restore(project: Path, which: str | None) -> Told:
    """List backups, or put one back."""
    if which is None:
        found = backups.of_project(project)
        rows = [[n, one.in_words()] for n, one in enumerate(found, 1)]
        return Told(
            {"backups": [_about(one) for one in found]}, table(rows) or [_("There are no backups yet.")]
        )
    source = backups.chosen(project, which)
    replaced = backups.restore(project, source)
    lines = [_("{path} is now as {source} says.").format(path=project, source=source)]
    if replaced:
        lines.append(_("What was there is kept: {path}").format(path=replaced.path))
    return Told({"restored": str(source), "replaced": _about(replaced) if replaced else None}, lines)


def _about(one: backups.Backup) -> dict[str, object]:
    return {
        "file": str(one.path),
        "at": one.at.isoformat(),
        "why": str(one.why),
        "damaged": one.damaged,
        "here": one.here,
    }


@free_verb("doctor", _("Say what this machine and this terminal can do; send this along with a question."))
@click.option("--keys", is_flag=True, help=_("Show which keys the terminal sends, and what they do."))
def doctor(keys: bool) -> Told | None:
    """Print what is known about the machine, or echo keys."""
    if keys:
        from qualcode.tui.keymap import KeyEcho

        KeyEcho().run()
        return None
    found = facts()
    width = max(map(len, found))
    return Told(found, [f"{name:<{width}}  {value}" for name, value in found.items()])


def facts() -> dict[str, str]:
    """What there is here, by name; nothing of any project, and no name of a person or a file."""
    from importlib.metadata import version  # looks through all packages, for a verb few call

    environment = os.environ
    colours = "NO_COLOR" if environment.get("NO_COLOR") else environment.get("COLORTERM") or "256"
    return {
        "qualcode": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "textual": version("textual"),
        "sqlite": sqlite_version(),
        "backups": "yes" if backups.can_be_made() else "no: the folder cannot be written",
        "language": language(),
        "terminal": environment.get("TERM_PROGRAM") or environment.get("TERM") or "–",
        "colours": colours,
        "multiplexer": "tmux" if environment.get("TMUX") else "screen" if environment.get("STY") else "–",
        "clipboard": "terminal (OSC 52)"
        if environment.get("SSH_TTY")
        else program_found() or "terminal (OSC 52)",
    }


@verb("journal", _("Show who did what in PROJECT, and when."))
@click.option("--as", "who", metavar=_("CODER"), help=_("Only the acts of this coder."))
@click.option("--limit", type=click.IntRange(min=1), help=_("Only the last so many acts."))
def journal(project: Project, limit: int | None) -> Told:
    """Show the journal as prose, or as JSON with every change."""
    entries = project.journal.entries(coder_id=project.coder.id if project.coder else None, limit=limit)
    names = coder_names(project)
    data = [
        {
            "id": entry.id,
            "at": entry.at,
            "coder": names.get(entry.coder_id or ""),
            "action": entry.action,
            "note": entry.note,
            "undoes": entry.undoes,
            "changes": [
                {"table": c.table, "id": c.id, "before": c.before, "after": c.after} for c in entry.changes
            ],
        }
        for entry in readable(project, entries)
    ]
    return Told({"journal": data}, chronicle(project, entries))


@verb("undo", _("Turn back your own last act in PROJECT; never what another did."))
@click.option("--past", is_flag=True, help=_("Pass over acts that something stands in the way of."))
@as_option
def undo(project: Project, past: bool) -> Told:
    """Turn back one's own last act."""
    try:
        entry = project.undo(past=past)
    except (ConflictError, SealedError) as error:
        past_it = _("To undo what was done before it: qualcode undo PROJECT --past")
        raise type(error)(f"{error}\n{past_it}") from error
    return _told("undone", entry, _("Turned back: {act}"))


@verb("redo", _("Do again in PROJECT what was undone last (with --as: by you)."))
@as_option
def redo(project: Project) -> Told:
    """Do again what was undone last."""
    return _told("redone", project.redo(), _("Done again: {act}"))


def _told(done: str, entry: JournalEntry, words: str) -> Told:
    data = {done: entry.action, "entry": entry.id, "at": entry.at}
    return Told(data, [words.format(act=action_in_words(entry.action))])
