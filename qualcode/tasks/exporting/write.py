"""Write a document of a project as a file: Word first, and where it makes sense other forms.

The file is made beside its place and then moved there, so that nobody finds half a file. A Word
file that was made before is made anew section by section; what people wrote in it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import InputError
from qualcode.files.saving import beside, free_path, save
from qualcode.i18n import _, in_this_language, speaking
from qualcode.reports.content import Document
from qualcode.reports.writers.html import write_html
from qualcode.reports.writers.markdown import write_markdown
from qualcode.reports.writers.sheets import Sheet, Value, csv_text, sheets_of, write_xlsx
from qualcode.reports.writers.word import Progress, no_progress, write_word
from qualcode.reports.writers.word_again import holds_sections, write_word_again
from qualcode.store.project import Project
from qualcode.tasks.coding.codings import export_codings
from qualcode.tasks.exporting.documents import BOOK, Request, document_of, kind_of

ENDINGS = (".docx", ".html", ".md", ".xlsx", ".csv")


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
    progress: Progress = no_progress,
) -> Saved:
    """Write a document (an id of `tasks.documents.KINDS`, or `BOOK`); the ending of `path` says in which form.

    `afresh` writes over an earlier version instead of keeping what people wrote in it.
    `progress(done, all)` may raise `StoppedError` to stop. Raises `InputError` if there is nothing
    to write, the form is unknown, or the place cannot be written; an old file then stays as it was.
    """
    request = request or Request()
    progress = in_this_language(progress)  # the document may be in another one
    path = path or default_path(project, kind, request.options.language)
    if not path.suffix:
        path = path.with_suffix(".docx")
    if path.suffix.lower() not in ENDINGS:
        raise InputError(
            _("{path} must end in one of: {endings}.").format(path=path.name, endings=", ".join(ENDINGS))
        )
    document = document_of(project, kind, request)
    if path.suffix.lower() != ".docx":
        write = _writer(document, path.suffix.lower(), progress)
        return Saved(save(path, write))
    if path.is_file() and not afresh:
        return _again(document, path, progress)
    return Saved(
        save(path, lambda temporary: write_word(document, temporary, template=template, progress=progress))
    )


def _again(document: Document, path: Path, progress: Progress) -> Saved:
    if not holds_sections(path):
        raise InputError(
            _(
                "{path} is there already, and was not made by this version of qualcode, so what is in it cannot be "
                "kept. Save it as {other}, or write it afresh (--afresh)."
            ).format(path=path.name, other=free_path(path).name)
        )
    left: list[str] = []

    def write(temporary: Path) -> None:
        left.extend(write_word_again(document, path, temporary, progress).left)

    return Saved(save(path, write), tuple(left), again=True)


def _writer(document: Document, ending: str, progress: Progress) -> Callable[[Path], None]:
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


def default_path(project: Project, kind: str, language: str) -> Path:
    """Where a document goes when nobody says where: the folder `exports` beside the project."""
    with speaking(language):
        name = _("everything") if kind == BOOK else _(kind_of(kind).file)
    return beside(project.path, f"{project.path.stem}-{name}-{language}.docx")


def export_codings_sheet(project: Project, path: Path, *, progress: Progress = no_progress) -> Path:
    """Write every coding of the project to a .xlsx file, row by row."""
    rows = export_codings(project)
    header = ("transcript", "start", "end", "code", "coder", "text", "memo")

    def values() -> Iterator[Sequence[Value]]:
        for row in rows:
            yield row.transcript, row.start, row.end, row.code, row.coder, row.text, row.memo

    sheet = Sheet(_("Codings"), header, values(), len(rows), (28, 8, 8, 28, 16, 80, 40))
    return save(path, lambda temporary: write_xlsx([sheet], temporary, progress=progress))
