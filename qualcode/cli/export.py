"""`qualcode export …|verify|import-remarks`: documents of a project, what became of them, what was said in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from qualcode.cli.terminal import tell_progress
from qualcode.cli.verbs import (
    A_PATH,
    Option,
    Told,
    afresh_option,
    as_required,
    coder_option,
    coders_of,
    consensus_option,
    dry_run_option,
    free_verb,
    language_option,
    output_option,
    project_argument,
    unreviewed_option,
    verb,
    viewer_option,
)
from qualcode.errors import InputError
from qualcode.files.saving import beside
from qualcode.i18n import N_, _, date, language, ngettext
from qualcode.reports.material import DocumentOptions
from qualcode.store.project import Project, open_project
from qualcode.tasks.exporting.documents import Request, kind_of
from qualcode.tasks.exporting.names_gate import refuse_unreviewed
from qualcode.tasks.exporting.remarks import plan_remarks, take_remarks
from qualcode.tasks.exporting.tables import TABLES, TableRequest
from qualcode.tasks.exporting.verifying import renewal_in_words, renewals_in_words, told_of, verify
from qualcode.tasks.exporting.write import Saved, export, export_table
from qualcode.tasks.project.exchange import export_project

# id of the document: what the command says it writes
DOCUMENTS = {
    "themes": N_("Write the theme table of PROJECT: themes with quotes and counts."),
    "chapter": N_("Write the themes of PROJECT as a chapter: texts, quotes, counts."),
    "codebook": N_("Write the codebook of PROJECT with quotes."),
    "respondents": N_("Write the table of respondents of PROJECT."),
    "matrices": N_("Write matrices of PROJECT: tables of counts with heat maps."),
    "agreement": N_(
        "Write the agreement of A and B in PROJECT for an article: methods paragraph, picture, appendix table."
    ),
    "differences": N_("Write where the two coders of PROJECT differ, and what was decided."),
    "ranking": N_("Write the rankings of PROJECT: the orders, and what goes with the best."),
    "checklist": N_("Write the checklist of PROJECT with the evidence from the interviews."),
    "checklist-cases": N_("Write the checklist of PROJECT case by case."),
    "checklist-form": N_("Write the checklist of PROJECT as an empty form for a meeting."),
    "margin": N_("Write TRANSCRIPT of PROJECT with numbered lines and its codes in the margin."),
    "differences-form": N_("Write a form of two pages for the meeting of the two coders of PROJECT."),
    "article": N_("Write PROJECT as an article has it: tables, and the themes with quotes in sentences."),
    "board": N_("Write what PROJECT found for a board, in six pages at most."),
    "everything": N_("Write everything that PROJECT holds in one document with contents."),
    "transcript": N_(
        "Write TRANSCRIPT of PROJECT as a Word document with its codings in colour, and with --comments "
        "each coding as a comment. What somebody marks in it comes back with: qualcode import-codings."
    ),
    "paper": N_(
        "Write TRANSCRIPT of PROJECT as a Word document to print: numbered lines, a wide margin, and the codes "
        "on one page. Type the pencil work in with: qualcode paper."
    ),
}


_preview_option = click.option(
    "--preview", is_flag=True, help=_("Write nothing, and say what would change in a file that is there.")
)
_template_option = click.option(
    "--template",
    type=click.Path(path_type=Path),
    help=_("A Word file (.docx, .dotx) whose look, head and foot are used."),
)
# what a document may take (`DocumentKind.takes`) besides coders, in the order of its help
_ASKED: dict[str, Option] = {
    "transcript": click.argument("transcript"),
    "matrices": click.option(
        "--kind",
        "matrices",
        multiple=True,
        help=_(
            "Which (may be repeated): case, role, person, themes, position, codes, transcript, or a fact about "
            "interviews (schooltype; age:8,12); without it the usual ones."
        ),
    ),
    "everything": click.option(
        "--all", "everything", is_flag=True, help=_("Count all interviews, done or not.")
    ),
    "comments": click.option(
        "--comments", is_flag=True, help=_("Write each coding as a comment on its words.")
    ),
}
_SHOWN: dict[str, Option] = {
    "quotes": click.option(
        "--quotes",
        type=click.IntRange(min=0),
        default=2,
        show_default=True,
        help=_("At most so many quotes per theme and informant; 0: all."),
    ),
    "chosen": click.option("--chosen", is_flag=True, help=_("Only quotes that were chosen (starred).")),
    "by": click.option(
        "--by",
        type=click.Choice(["role", "case"]),
        default="role",
        show_default=True,
        help=_("Quotes per informant beside each other, or per case below each other."),
    ),
    "question": click.option(
        "--question", is_flag=True, help=_("With the interviewer's question before each quote.")
    ),
    "longest": click.option(
        "--longest",
        type=click.IntRange(min=20),
        default=600,
        show_default=True,
        help=_("So many characters a quote may have; longer ones are cut with […]."),
    ),
    "names": click.option(
        "--names", is_flag=True, help=_("With the names of the coders; else they go by what they are.")
    ),
    "naming": click.option(
        "--naming",
        type=click.Choice(["full", "short", "role", "sentence"]),
        default="full",
        show_default=True,
        help=_("An informant as: case 04, teacher, turn 12; 04-teacher; teacher; teacher in case 04: …"),
    ),
}
_BESIDE = _("The file; without it: in the folder exports beside the project.")
_LANGUAGE = _("The language of the document.")


@click.group(
    "export", help=_("Write a document: theme table, chapter, matrices, ranking, checklist, or all in one.")
)
def command() -> None:
    """Group of verbs that write documents."""


def _document_command(kind: str) -> click.Command:
    """The command that writes one kind of document, with the options that make a difference to it."""

    def write(project: Project, output: Path | None, language_: str | None, **asked: Any) -> Told:
        def taken(*names: str) -> dict[str, Any]:
            return {name: asked.pop(name) for name in names if name in asked}

        options = DocumentOptions(language=language_ or language(), **taken(*_SHOWN))
        how = taken("template", "afresh", "preview", "unreviewed")
        names = [name for name in (asked.pop("a", None), asked.pop("b", None)) if name]
        names += asked.pop("coder", ())
        coders = coders_of(project, names, asked.pop("consensus", False))
        request = Request(options, coders, **{name: value for name, value in asked.items() if value})
        saved = export(project, kind, output, request, progress=show_progress, **how)
        return tell(saved, preview=how["preview"])

    made: Any = write
    for option in reversed(_options_of(kind)):
        made = option(made)
    return verb(kind, _(DOCUMENTS[kind]), of=command)(made)


def _options_of(kind: str) -> list[Option]:
    wanted = kind_of(kind)
    if "pair" in wanted.takes:
        where = _(
            "The file, ending in .docx, .html, .md, .csv or .json; without it: Word, in the folder exports beside "
            "the project."
        )
        whose = [click.argument("a", required=False), click.argument("b", required=False)]
    elif wanted.build:
        where = _(
            "The file: .docx, .html, .md, .xlsx or .csv; without it: Word, in the folder exports beside the project."
        )
        whose = [coder_option, consensus_option]
    else:
        where = _BESIDE
        whose = [coder_option, viewer_option] if "coders" in wanted.takes else []
    return [
        *(option for name, option in _ASKED.items() if name in wanted.takes),
        output_option(where),
        language_option(_LANGUAGE),
        *whose,
        *([_template_option] if wanted.build else ()),
        afresh_option,
        _preview_option,
        *(option for name, option in _SHOWN.items() if name in wanted.takes),
        *([unreviewed_option] if wanted.words else ()),
    ]


for _kind in DOCUMENTS:
    _document_command(_kind)


def show_progress(done: int, all_: int) -> None:
    """How far it is, on a screen that somebody looks at."""
    if all_ > 500:
        tell_progress(f"{done} / {all_}", done=done >= all_)


def tell(saved: Saved, lines: Sequence[str] = (), *, preview: bool = False, **more: Any) -> Told:
    """Where a document was saved (or `lines` about it), and what became of what people did to it."""
    before = str(saved.before) if saved.before else None
    data = {
        "file": str(saved.path),
        "kept": saved.again,
        "before": before,
        "changes": list(map(told_of, saved.renewals)),
        **more,
    }
    told = list(lines)
    if preview:
        data["preview"] = True
        told.append(_("Nothing was written. In {path} would change:").format(path=saved.path))
        told += renewals_in_words(saved.renewals) or [
            _("nothing: it is as it would be written") if saved.again else _("all: it would be written whole")
        ]
        return Told(data, told)
    if not lines:
        told.append(_("Saved: {path}").format(path=saved.path))
    if saved.again:
        told += [_("What people did to it has been kept."), *renewals_in_words(saved.renewals)]
    if saved.before:
        told.append(_("What was there before is beside it: {path}").format(path=saved.before.name))
    return Told(data, told)


@free_verb(
    "table",
    _(
        "Write the table NAME of PROJECT: codings, quotes, cases, differences or agreement. The ending of the "
        "file says in which form: .csv, .xlsx, .json or .parquet."
    ),
    of=command,
)
@click.argument("name", type=click.Choice(list(TABLES)))
@project_argument
@output_option(_("The file; without it: .csv in the folder exports beside the project."))
@click.option("--coder", multiple=True, help=_("Only this coder (may be repeated); two for differences."))
@click.option("--all", "everything", is_flag=True, help=_("Compare all interviews, done or not."))
@click.option("--excel", is_flag=True, help=_("Write .csv so that Excel opens it by a double click."))
@afresh_option
@viewer_option
@unreviewed_option
def table(
    name: str,
    project: Path,
    output: Path | None,
    coder: tuple[str, ...],
    everything: bool,
    excel: bool,
    afresh: bool,
    who: str | None,
    unreviewed: bool,
) -> Told:
    """Write a table."""
    compares = name in ("differences", "agreement")
    if excel and output is not None and output.suffix.casefold() != ".csv":
        raise InputError(_("--excel is for a .csv; {path} is opened as it is.").format(path=output.name))
    if everything and not compares:
        raise InputError(_("--all is for the tables differences and agreement."))
    if compares and len(coder) not in (0, 2):
        raise InputError(_("Two people are compared: give --coder twice, or not at all."))
    with open_project(project, who) as opened:
        request = TableRequest(coders_of(opened, coder), everything)
        how = language() if excel else ""
        return _write_table(opened, name, output, request, excel=how, afresh=afresh, unreviewed=unreviewed)


def _write_table(project: Project, name: str, path: Path | None, request: TableRequest, **how: Any) -> Told:
    saved, made = export_table(project, name, path, request, **how)
    count = ngettext("Saved {n} row: {path}", "Saved {n} rows: {path}", len(made.rows))
    line = count.format(n=len(made.rows), path=saved.path)
    return tell(saved, [line], table=name, columns=made.columns, rows=len(made.rows))


@verb("codings", _("Write every coding of PROJECT to a spreadsheet (.xlsx)."), of=command)
@output_option(_("The file (.xlsx)."), required=True)
@afresh_option
@viewer_option
@unreviewed_option
def codings(project: Project, output: Path, afresh: bool, unreviewed: bool) -> Told:
    """Another name for the table of codings, as a spreadsheet."""
    if output.suffix.casefold() not in ("", ".xlsx"):
        raise InputError(_("{path} must end in one of: {endings}.").format(path=output.name, endings=".xlsx"))
    return _write_table(
        project,
        "codings",
        output.with_suffix(".xlsx"),
        TableRequest(),
        afresh=afresh,
        unreviewed=unreviewed,
    )


@verb(
    "project",
    _(
        "Write PROJECT as a REFI-QDA project (.qdpx) that ATLAS.ti, MAXQDA, NVivo, QualCoder and others read, "
        "and say what stays behind."
    ),
    of=command,
)
@output_option(_BESIDE)
@coder_option
@language_option(_("The language of the names of codes."))
@click.option("--maxqda", is_flag=True, help=_("Write line ends as MAXQDA expects them."))
@viewer_option
@unreviewed_option
def whole_project(
    project: Project,
    output: Path | None,
    coder: tuple[str, ...],
    language_: str | None,
    maxqda: bool,
    unreviewed: bool,
) -> Told:
    """Write the project, and report what stays behind."""
    path = output or beside(project.path, f"{project.path.stem}.qdpx")
    if not unreviewed:
        refuse_unreviewed(project)
    people = coders_of(project, coder)
    bundle = export_project(project, path, coders=people, language_=language_, crlf=maxqda)
    counted = {
        "texts": len(bundle.texts),
        "codes": len(bundle.codes),
        "codings": len(bundle.codings),
        "memos": len(bundle.memos),
        "left_behind": dict(bundle.lost.counts),
    }
    head = ngettext("Saved with {n} coding: {path}", "Saved with {n} codings: {path}", len(bundle.codings))
    lines = [head.format(n=len(bundle.codings), path=path)]
    if bundle.lost.counts:
        lines += [_("What such a file cannot hold stays behind:"), *bundle.lost.lines()]
    return Told({"file": str(path), **counted}, lines)


@verb(
    "verify",
    _(
        "Say which figures in the Word document FILE, written from PROJECT, are no longer what PROJECT counts; exit "
        "code 1 if there are any."
    ),
)
@click.argument("file", type=A_PATH)
def verify_(project: Project, file: Path) -> Told:
    """Look at the figures of a document."""
    found = verify(project, file)
    data = {
        "document": found.document,
        "at": found.at,
        "entry": found.entry or None,
        "stale": [told_of(each) for each in found.stale],
        "by_hand": [told_of(each) for each in found.by_hand],
        "other": found.other,
        "waiting": found.waiting,
    }
    when = date(found.at, time=True) if found.at else "–"
    lines = [_("{document}, as it was counted on {when}").format(document=found.document, when=when)]
    if found.stale:
        count = ngettext("{n} place is no longer true:", "{n} places are no longer true:", len(found.stale))
        lines += [count.format(n=len(found.stale)), *(f"  {renewal_in_words(each)}" for each in found.stale)]
    else:
        lines.append(_("Every figure of ours in it is what the project counts."))
    if found.by_hand:
        count = ngettext(
            "In {n} place a person put another figure:",
            "In {n} places a person put another figure:",
            len(found.by_hand),
        )
        lines += [
            count.format(n=len(found.by_hand)),
            *(f"  {renewal_in_words(each)}" for each in found.by_hand),
        ]
    if found.other:
        count = ngettext(
            "Words or quotes would be others in {n} more place.",
            "Words or quotes would be others in {n} more places.",
            found.other,
        )
        lines.append(count.format(n=found.other))
    if found.waiting:
        count = ngettext(
            "{n} mark of qualcode in it waits until somebody accepts or rejects it.",
            "{n} marks of qualcode in it wait until somebody accepts or rejects them.",
            found.waiting,
        )
        lines.append(count.format(n=found.waiting))
    if found.stale:
        lines.append(_("Write it again with qualcode export: what people did to it stays."))
    return Told(data, lines, int(bool(found.stale)))


@verb(
    "import-remarks",
    _(
        "Take in what readers wrote in the Word document FILE, written from PROJECT: comments as memos on the code or "
        "the passage they are about, changes they tracked as proposals. Each keeps its author."
    ),
)
@click.argument("file", type=A_PATH)
@as_required
@dry_run_option
def import_remarks(project: Project, file: Path, dry_run: bool) -> Told:
    """Take remarks in as memos."""
    noted = plan_remarks(project, file)
    taken = 0 if dry_run else take_remarks(project, noted)
    data = [
        {
            "author": each.remark.author,
            "about": each.kind,
            "name": each.about,
            "memo": each.memo,
            "known": each.known,
        }
        for each in noted
    ]
    lines = [f"{each.about}: {each.memo}{_(' (there already)') if each.known else ''}" for each in noted]
    if dry_run:
        lines.append(_("Nothing was taken in."))
    else:
        lines.append(ngettext("Took in {n} memo.", "Took in {n} memos.", taken).format(n=taken))
    return Told({"taken": taken, "remarks": data}, lines)
