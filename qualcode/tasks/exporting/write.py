"""The one way out: whatever leaves a project as a file is looked at for names, and written whole or not at all.

The file is made beside its place and then moved there, so that nobody finds half a file. What people did to
a file is never written over unasked: a Word document is renewed around it, another file is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.saving import (
    beside,
    hand_out,
    is_as_it_left,
    keep_before,
    refuse_not_ours,
    remember,
    save,
)
from qualcode.files.tables import Table, write_table
from qualcode.i18n import _, in_this_language
from qualcode.model import now
from qualcode.reports.writers.blocks import Progress, no_progress
from qualcode.reports.writers.markup import write_html, write_markdown
from qualcode.reports.writers.sheets import csv_text, sheets_of, write_xlsx
from qualcode.tasks.exporting.documents import (
    DocumentKind,
    Request,
    Write,
    asked_of,
    default_path,
    document_of,
    kind_of,
)
from qualcode.tasks.exporting.names_gate import refuse_unreviewed
from qualcode.tasks.exporting.tables import TableRequest, make_table

if TYPE_CHECKING:
    from qualcode.reports.content import Document
    from qualcode.reports.writers.word_again import Renewal
    from qualcode.reports.writers.word_record import Pedigree
    from qualcode.store.project import Project


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a document was saved. `before`: where the version is that was there before.

    `again`: an earlier version was there, and what people did to it was kept; `renewals` is what became of it.
    """

    path: Path
    again: bool = False
    renewals: tuple[Renewal, ...] = ()
    before: Path | None = None


def export(
    project: Project,
    kind: str,
    path: Path | None = None,
    request: Request | None = None,
    *,
    template: Path | None = None,
    afresh: bool = False,
    preview: bool = False,
    unreviewed: bool = False,
    progress: Progress = no_progress,
) -> Saved:
    """Write a document (an id of `documents.KINDS` or `INTERVIEWS`); the ending of `path` says in which form.

    `afresh` writes over an earlier version instead of into it, and keeps that beside it; `preview` writes nothing
    and tells what would be; `unreviewed` goes on though nobody looked at the names. `progress(done, all)` may raise
    `StoppedError` to stop. Raises `UnreviewedError` for names, `NotOursError` for a file that people changed or
    made, and `InputError` if there is nothing to write, the form is unknown, or the place cannot be written; an old
    file then stays as it was.
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
    _refuse_form(wanted, path, template)
    document = None if ending in wanted.own else document_of(project, kind, request)
    if document is not None and ending == ".docx" and path.is_file() and not afresh:
        if template:
            raise InputError(
                _(
                    "{path} is there already and keeps its look. To use the template, write it afresh (--afresh)."
                ).format(path=path.name)
            )
        return _again(document, path, pedigree_of(project, kind, request), progress, preview=preview)
    if document is not None and ending == ".docx":
        # python-docx is loaded when a Word file is written, and not for a list of what there is to write
        from qualcode.reports.writers.word import write_word

        pedigree = pedigree_of(project, kind, request)
        write: Write = partial(write_word, document, pedigree=pedigree, template=template, progress=progress)
    elif document is not None:
        write = _writer(document, ending, progress)
    else:
        write = wanted.own[ending](project, request)
    if preview:
        refuse_not_ours(path, afresh=afresh)
        return Saved(path)
    return Saved(path, before=hand_out(path, write, afresh=afresh))


def _refuse_form(wanted: DocumentKind, path: Path, template: Path | None) -> None:
    """Raise `InputError` if a document cannot be written in the form that a path says, or takes no template there."""
    ending = path.suffix.lower()
    if ending not in wanted.endings:
        raise InputError(
            _("{path} must end in one of: {endings}.").format(
                path=path.name, endings=", ".join(wanted.endings)
            )
        )
    if template and (ending != ".docx" or ending in wanted.own):
        raise InputError(
            _("A template gives its look to a Word document; {path} takes none.").format(path=path.name)
        )


def _again(document: Document, path: Path, pedigree: Pedigree, progress: Progress, *, preview: bool) -> Saved:
    """Write into a Word document that is there; the version before is kept if anybody changed it."""
    from qualcode.reports.writers.word_again import write_word_again

    renewals: list[Renewal] = []
    before: list[Path] = []

    def write(temporary: Path | None) -> None:
        renewals.extend(write_word_again(document, path, temporary, pedigree, progress))
        if temporary and not is_as_it_left(path):
            before.append(keep_before(path))

    if preview:
        write(None)
    else:
        save(path, write)
        remember(path)
    return Saved(path, True, tuple(renewals), next(iter(before), None))


def pedigree_of(project: Project, kind: str, request: Request) -> Pedigree:
    """Where the figures of a document come from: the last act in the journal, the day, and what was asked.

    As long as something is sealed the journal's place is not told: it would tell how much the other did.
    """
    from qualcode.reports.writers.word_record import Pedigree

    last = [] if project.rounds.sealed() else project.journal.entries(limit=1)
    return Pedigree(project.id, kind, asked_of(request), last[0].id if last else "", now())


def _writer(document: Document, ending: str, progress: Progress) -> Write:
    def write(path: Path) -> None:
        if ending == ".html":
            write_html(document, path, progress=progress)
        elif ending == ".md":
            write_markdown(document, path, progress=progress)
        elif ending == ".xlsx":
            write_xlsx(sheets_of(document), path, title=document.title, progress=progress)
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
    afresh: bool = False,
    unreviewed: bool = False,
) -> tuple[Saved, Table]:
    """Write a table (one of `tables.TABLES`) for a spreadsheet or a script; returns where, and the table.

    Raises what `export` does; `excel` is that of `files.tables.write_table`.
    """
    request = request or TableRequest()
    if not unreviewed:
        refuse_unreviewed(project, [request.transcript] if request.transcript else None)
    table = make_table(project, name, request)
    path = path or beside(project.path, f"{project.path.stem}-{name}.csv")
    before = hand_out(path, lambda temporary: write_table(table, temporary, excel=excel), afresh=afresh)
    return Saved(path, before=before), table
