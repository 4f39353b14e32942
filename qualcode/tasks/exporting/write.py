"""The one way out: whatever leaves a project as a file is looked at for names, and written whole or not at all.

The file is made beside its place and then moved there, so that nobody finds half a file. A Word
file that was made before is made anew section by section; what people wrote in it stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.saving import beside, free_path, save
from qualcode.files.tables import Table, write_table
from qualcode.i18n import _, in_this_language
from qualcode.reports.writers.blocks import Progress, no_progress
from qualcode.reports.writers.markup import write_html, write_markdown
from qualcode.reports.writers.sheets import csv_text, sheets_of, write_xlsx
from qualcode.tasks.exporting.documents import Request, Write, default_path, document_of, kind_of
from qualcode.tasks.exporting.names_gate import refuse_unreviewed
from qualcode.tasks.exporting.tables import TableRequest, make_table

if TYPE_CHECKING:
    from qualcode.reports.content import Document
    from qualcode.store.project import Project


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a document was saved. `left`: sections that people had changed, left as they were.

    `again`: an earlier version was there, and what people wrote in it was kept.
    """

    path: Path
    left: tuple[str, ...] = ()
    again: bool = False


def export(
    project: Project,
    kind: str,
    path: Path | None = None,
    request: Request | None = None,
    *,
    template: Path | None = None,
    afresh: bool = False,
    unreviewed: bool = False,
    progress: Progress = no_progress,
) -> Saved:
    """Write a document (an id of `documents.KINDS` or `INTERVIEWS`); the ending of `path` says in which form.

    `afresh` writes over an earlier version instead of keeping what people wrote in it; `unreviewed`
    goes on though nobody looked at the names. `progress(done, all)` may raise `StoppedError` to stop.
    Raises `UnreviewedError` for names, and `InputError` if there is nothing to write, the form is
    unknown, or the place cannot be written; an old file then stays as it was.
    """
    wanted, request = kind_of(kind), request or Request()
    progress = in_this_language(progress)  # the document may be in another one
    if wanted.words and not unreviewed:
        one = request.transcript
        refuse_unreviewed(project, [project.transcripts.get(one)] if one else None)
    path = path or default_path(project, kind, request)
    if not path.suffix:
        path = path.with_suffix(".docx")
    ending = path.suffix.lower()
    if ending not in wanted.endings:
        raise InputError(
            _("{path} must end in one of: {endings}.").format(
                path=path.name, endings=", ".join(wanted.endings)
            )
        )
    if ending in wanted.own:
        if ending == ".docx" and path.is_file() and not afresh:
            _refuse_marked(path)
        write = wanted.own[ending](project, request)
    else:
        document = document_of(project, kind, request)
        if ending == ".docx":
            return _word(document, path, template, afresh, progress)
        write = _writer(document, ending, progress)
    return Saved(save(path, write))


def _word(document: Document, path: Path, template: Path | None, afresh: bool, progress: Progress) -> Saved:
    # python-docx is loaded when a Word file is written, and not for a list of what there is to write
    from qualcode.reports.writers import word, word_again

    if afresh or not path.is_file():
        return Saved(
            save(path, lambda new: word.write_word(document, new, template=template, progress=progress))
        )
    if not word_again.holds_sections(path):
        raise InputError(
            _(
                "{path} is there already, and was not made by this version of qualcode, so what is in it cannot be "
                "kept. Save it as {other}, or write it afresh (--afresh)."
            ).format(path=path.name, other=free_path(path).name)
        )
    left: list[str] = []

    def write(temporary: Path) -> None:
        left.extend(word_again.write_word_again(document, path, temporary, progress).left)

    return Saved(save(path, write), tuple(left), again=True)


def _refuse_marked(path: Path) -> None:
    """What a colleague wrote or marked in an interview is not written over."""
    from qualcode.reports.writers.word_page import untouched

    if not untouched(path):
        raise InputError(
            _(
                "{path} holds what qualcode did not write there, and it would be lost. Save it as {other}, or write "
                "it afresh (--afresh)."
            ).format(path=path.name, other=free_path(path).name)
        )


def _writer(document: Document, ending: str, progress: Progress) -> Write:
    def write(path: Path) -> None:
        if ending == ".html":
            write_html(document, path, progress=progress)
        elif ending == ".md":
            write_markdown(document, path, progress=progress)
        elif ending == ".xlsx":
            write_xlsx(sheets_of(document), path, progress=progress)
        else:
            path.write_text(csv_text(sheets_of(document)), encoding="utf-8", newline="\n")

    if ending in (".xlsx", ".csv") and not document.tables():
        raise InputError(_("This document holds no table. Choose .docx, .html or .md."))
    return write


def export_table(
    project: Project,
    name: str,
    path: Path | None = None,
    request: TableRequest | None = None,
    *,
    excel: str = "",
    unreviewed: bool = False,
) -> tuple[Saved, Table]:
    """Write a table (one of `tables.TABLES`) for a spreadsheet or a script; returns where, and the table.

    Raises `UnreviewedError` for names, as `export`; `excel` is that of `files.tables.write_table`.
    """
    request = request or TableRequest()
    if not unreviewed:
        refuse_unreviewed(project, [request.transcript] if request.transcript else None)
    table = make_table(project, name, request)
    path = path or beside(project.path, f"{project.path.stem}-{name}.csv")
    return Saved(save(path, lambda temporary: write_table(table, temporary, excel=excel))), table
