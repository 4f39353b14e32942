"""`qualcode import-codings`: what somebody marked in a Word document."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.errors import InputError
from qualcode.i18n import _


@click.command(
    "import-codings",
    help=_(
        "Take in the comments and highlights of the Word document FILE as codings of CODER. The comment names the "
        "code (name, letters or number); a colour stands for the code that the legend gives it. What could "
        "not be understood is listed and left out."
    ),
)
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "coder", required=True, metavar=_("CODER"), help=_("Whose codings they are."))
@click.option("--transcript", help=_("Which interview it is, if that is not clear from its words."))
@click.option(
    "--legend",
    multiple=True,
    metavar=_("WORD=CODE"),
    help=_("Which code a colour stands for (yellow=tijd), or a word used in comments. May be repeated."),
)
@click.option("--author", multiple=True, help=_("Only the comments by this person (may be repeated)."))
@click.option("--replace", is_flag=True, help=_("Take codings away that the document no longer has."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be taken in."))
@json_option
@said_plainly
def command(
    project: Path,
    file: Path,
    coder: str,
    transcript: str | None,
    legend: tuple[str, ...],
    author: tuple[str, ...],
    replace: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take codings in from a Word document."""
    from qualcode.store.project import open_project
    from qualcode.tasks.coding.word import plan_in_words, plan_word, take_word

    with open_project(project, coder) as opened:
        plan = plan_word(
            opened,
            file,
            opened.require_coder(),
            transcript=opened.transcripts.get(transcript) if transcript else None,
            legend=_pairs(legend),
            authors=author,
        )
        if not dry_run:
            take_word(opened, plan, replace=replace)
        lines = plan_in_words(plan, opened.codebook.all(retired=True))
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
    emit(as_json, data, [*lines, *([_("Nothing was taken in (--dry-run).")] if dry_run else [])])


def _pairs(legend: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for entry in legend:
        word, equals, code = entry.rpartition("=")
        if not (equals and word.strip() and code.strip()):
            raise InputError(_("“{entry}” should have the form yellow=tijd.").format(entry=entry))
        found[word.strip()] = code.strip()
    return found
