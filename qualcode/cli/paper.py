"""`qualcode paper`: type in what somebody marked on paper."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.errors import InputError, QualcodeError
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.tasks.coding.paper import Desk


@click.command(
    "paper",
    help=_(
        "Type in the pencil work on a printed TRANSCRIPT (see: qualcode export paper), from the keyboard or "
        'from FILE, a mark on each line: 12-18 mp, or 23 nt, ti !memo, or 40-41 mp "first … last words".'
    ),
)
@project_argument
@click.argument("transcript")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--as", "coder", required=True, metavar=_("CODER"), help=_("Whose pencil work it is."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be taken in."))
@click.option("--partial", is_flag=True, help=_("Take the good lines in even if others are wrong."))
@json_option
@said_plainly
def command(
    project: Path,
    transcript: str,
    file: Path | None,
    coder: str,
    dry_run: bool,
    partial: bool,
    as_json: bool,
) -> None:
    """Take pencil work in."""
    from qualcode.store.project import open_project
    from qualcode.tasks.coding.paper import Desk

    with open_project(project, coder) as opened:
        desk = Desk(opened, opened.transcripts.get(transcript))
        if file is None and sys.stdin.isatty():
            _sit_down(desk)
            return
        marks, problems = desk.read(_content(file))
        if problems and not (partial or dry_run):
            head = _("Nothing was taken in, because of these lines (--partial takes in the others):")
            raise InputError(head, problems)
        made = [] if dry_run else desk.take_all(marks)
        lines = [desk.in_words(mark) for mark in marks]
    count = ngettext("Took in {n} coding.", "Took in {n} codings.", len(made)).format(n=len(made))
    data = {
        "codings": len(made),
        "marks": [
            {
                "start": mark.span.start,
                "end": mark.span.end,
                "codes": [code.slug for code in mark.codes],
                "memo": mark.memo,
            }
            for mark in marks
        ],
        "problems": problems,
    }
    last = _("Nothing was taken in (--dry-run).") if dry_run else count
    emit(as_json, data, [*lines, *(f"? {problem}" for problem in problems), last])


def _content(file: Path | None) -> str:
    if file is None:
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            _("{file} cannot be read: {reason}.").format(file=file, reason=error.strerror or error)
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(_("{file} is not a text file in UTF-8.").format(file=file)) from error


def _sit_down(desk: Desk) -> None:
    """Read lines from the keyboard until an empty one, each taken in and echoed at once."""
    head = _("{name}, lines 1-{n}, print {version}. Type marks such as 12-18 mp; u turns the last one back;")
    name = desk.transcript.name
    click.echo(head.format(name=name, n=len(desk.lines), version=desk.transcript.text_hash[:6]))
    click.echo(_("an empty line ends."))
    while True:
        try:
            typed = input("> ").strip()
        except EOFError:
            return
        if not typed:
            return
        try:
            done = (
                _("turned back: {act}").format(act=desk.undo())
                if typed in ("u", "undo")
                else desk.take(typed).words
            )
        except QualcodeError as error:
            done = f"? {error}"
        click.echo(done)
