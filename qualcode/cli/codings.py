"""`qualcode code|codings|import-codings|paper`: codings made, written to a table and taken in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.verbs import (
    A_PATH,
    Told,
    afresh_option,
    as_option,
    as_required,
    dry_run_option,
    file_argument,
    on_screen_option,
    unreviewed_option,
    verb,
    viewer_option,
)
from qualcode.errors import InputError, QualcodeError
from qualcode.exchange.codings import COLUMNS
from qualcode.files.saving import hand_out
from qualcode.files.tables import csv_text
from qualcode.i18n import _, ngettext
from qualcode.tasks.coding.codings import Desk
from qualcode.tasks.coding.codings import import_codings as import_table
from qualcode.tasks.coding.word import plan_in_words, plan_word, take_word
from qualcode.tasks.exporting.names_gate import refuse_unreviewed
from qualcode.tasks.exporting.tables import TableRequest, make_table

if TYPE_CHECKING:
    from qualcode.store.project import Project


@verb(
    "code",
    _(
        "Give the fragment START–END of TRANSCRIPT the code CODE. Positions count characters "
        "(code points) of the stored text from 0; END is the first one after the fragment."
    ),
    context_settings={"ignore_unknown_options": True},  # so that -1 is a position, and is refused as one
)
@click.argument("transcript")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.argument("code")
@as_required
@click.option("--memo", default="", help=_("A note on the coding."))
def code(project: Project, transcript: str, start: int, end: int, code: str, memo: str) -> Told:
    """Make one coding."""
    place = project.transcripts.get(transcript)
    chosen = project.codebook.get(code)
    with project.transaction("coding.add"):
        coding = project.codings.add(place, start, end, chosen)
        if memo:
            project.memos.add("coding", coding.id, memo)
    coder = project.require_coder().name
    text = place.text[start:end]
    data = {
        "id": coding.id,
        "transcript": place.name,
        "start": start,
        "end": end,
        "text": text,
        "code": chosen.slug,
        "coder": coder,
    }
    return Told(data, [f"{chosen.name} ({coder}): {text}"])


codings = click.Group("codings", help=_("Write the codings to a table, or take them in from one."))


@verb("export", _("Write the codings of PROJECT as a CSV table."), of=codings)
@on_screen_option
@click.option("--coder", help=_("Only the codings of this coder."))
@click.option("--transcript", help=_("Only the codings in this interview."))
@afresh_option
@viewer_option
@unreviewed_option
def export(
    project: Project,
    output: Path | None,
    coder: str | None,
    transcript: str | None,
    afresh: bool,
    unreviewed: bool,
) -> Told:
    """Write of the table of codings (`export table codings`) the columns that can be taken in again."""
    about = project.transcripts.get(transcript) if transcript else None
    if not unreviewed:
        refuse_unreviewed(project, [about] if about else None)
    coders = [project.coders.get(coder)] if coder else []
    found = make_table(project, "codings", TableRequest(coders, transcript=about, columns=COLUMNS))
    content, n = csv_text(found), len(found.rows)
    if output is not None:

        def write(path: Path) -> None:
            path.write_bytes(content.encode())

        hand_out(output, write, afresh=afresh)
        line = ngettext("Saved {n} coding: {path}", "Saved {n} codings: {path}", n)
        return Told({"file": str(output), "codings": n}, [line.format(n=n, path=output)])
    data = [record | {"memo": record["memo"] or ""} for record in found.records()]
    return Told({"codings": data}, content.splitlines())


@verb(
    "import",
    _(
        "Take in the codings of the CSV table FILE (columns: transcript,start,end,code,coder). "
        "All rows are taken in, or none."
    ),
    of=codings,
)
@file_argument
@click.option("--create", is_flag=True, help=_("Make codes and coders that are not there yet."))
@click.option("--skip-known", is_flag=True, help=_("Pass over rows that are in the project already."))
@as_option
def import_(project: Project, file: Path, create: bool, skip_known: bool) -> Told:
    """Take codings in from a table."""
    made = import_table(project, file, create=create, skip_known=skip_known)
    return Told({"codings": len(made)}, [_taken_in(len(made))])


def _taken_in(n: int) -> str:
    return ngettext("Took in {n} coding.", "Took in {n} codings.", n).format(n=n)


@verb(
    "import-codings",
    _(
        "Take in the comments and highlights of the Word document FILE as codings of CODER. The comment names the "
        "code (name, letters or number); a colour stands for the code that the legend gives it. What could "
        "not be understood is listed and left out."
    ),
)
@file_argument
@click.option("--as", "who", required=True, metavar=_("CODER"), help=_("Whose codings they are."))
@click.option("--transcript", help=_("Which interview it is, if that is not clear from its words."))
@click.option(
    "--legend",
    multiple=True,
    metavar=_("WORD=CODE"),
    help=_("Which code a colour stands for (yellow=tijd), or a word used in comments. May be repeated."),
)
@click.option("--author", multiple=True, help=_("Only the comments by this person (may be repeated)."))
@click.option(
    "--replace",
    "away",
    flag_value=-1,
    type=int,
    default=None,
    help=_("Take codings away that the document no longer has."),
)
@click.option(
    "--away",
    "away",
    type=int,
    metavar="N",
    help=_("The same, saying how many: needed if it is more than half."),
)
@dry_run_option
def import_codings(
    project: Project,
    file: Path,
    transcript: str | None,
    legend: tuple[str, ...],
    author: tuple[str, ...],
    away: int | None,
    dry_run: bool,
) -> Told:
    """Take codings in from a Word document."""
    plan = plan_word(
        project,
        file,
        project.require_coder(),
        transcript=project.transcripts.get(transcript) if transcript else None,
        legend=_pairs(legend),
        authors=author,
    )
    if not dry_run:
        take_word(project, plan, replace=away is not None, away=away)
    lines = plan_in_words(plan, project.codebook.all(retired=True))
    data = {
        "transcript": plan.transcript.name,
        "new": [
            {
                "start": planned.span.start,
                "end": planned.span.end,
                "code": planned.code.slug,
                "memo": planned.memo,
                "remark": planned.remark,
            }
            for planned in plan.new
        ],
        "same": len(plan.same),
        "memos": len(plan.memos),
        "unclear": plan.unclear,
        "others": plan.others,
        "gone": len(plan.gone),
        "taken": not dry_run,
    }
    return Told(data, [*lines, *([_("Nothing was taken in (--dry-run).")] if dry_run else [])])


def _pairs(legend: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for entry in legend:
        word, equals, code = entry.rpartition("=")
        if not (equals and word.strip() and code.strip()):
            raise InputError(_("“{entry}” should have the form yellow=tijd.").format(entry=entry))
        found[word.strip()] = code.strip()
    return found


@verb(
    "paper",
    _(
        "Type in the pencil work on a printed TRANSCRIPT (see: qualcode export paper), from the keyboard or "
        'from FILE, a mark on each line: 12-18 mp, or 23 nt, ti !memo, or 40-41 mp "first … last words".'
    ),
)
@click.argument("transcript")
@click.argument("file", required=False, type=A_PATH)
@click.option("--as", "who", required=True, metavar=_("CODER"), help=_("Whose pencil work it is."))
@dry_run_option
@click.option("--partial", is_flag=True, help=_("Take the good lines in even if others are wrong."))
def paper(project: Project, transcript: str, file: Path | None, dry_run: bool, partial: bool) -> Told | None:
    """Take pencil work in."""
    desk = Desk(project, project.transcripts.get(transcript))
    if file is None and sys.stdin.isatty():
        _sit_down(desk)
        return None
    marks, problems = desk.read(_content(file))
    if problems and not (partial or dry_run):
        head = _("Nothing was taken in, because of these lines (--partial takes in the others):")
        raise InputError(head, problems)
    made = [] if dry_run else desk.take_all(marks)
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
    last = _("Nothing was taken in (--dry-run).") if dry_run else _taken_in(len(made))
    return Told(data, [*map(desk.in_words, marks), *(f"? {problem}" for problem in problems), last])


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
