"""The theme table and the checklist of a project as Word documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.analysis.evidence import evidence
from qualcode.analysis.themes import theme_rows
from qualcode.errors import InputError
from qualcode.i18n import _, language, speaking
from qualcode.model import Coder, Coding
from qualcode.reports.checklist_report import checklist_report
from qualcode.reports.content import Document
from qualcode.reports.theme_table import ThemeTableOptions, theme_table
from qualcode.reports.word import write_word
from qualcode.store.project import Project
from qualcode.tasks.saving import save

EXPORTS = "exports"


def export_themes(
    project: Project,
    path: Path | None = None,
    *,
    coders: Sequence[Coder] = (),
    options: ThemeTableOptions | None = None,
) -> Path:
    """Write the theme table; returns where.

    `path` is by default a file in the folder `exports` beside the project; `coders`
    are those whose codings count (default: everyone who reads independently).
    Raises `InputError` if nothing is coded or the file cannot be written.
    """
    options = options or ThemeTableOptions(language=language())
    people = list(coders) or project.coders.pair()
    transcripts = project.transcripts.all()
    rows = theme_rows(project.codebook.all(), _codings(project, people), transcripts)
    title = project.settings.get("title")
    document = theme_table(rows, transcripts, people, title=title, options=options)
    return _save(document, path or default_path(project, named(_("themes"), options.language)))


def export_checklist(
    project: Project, path: Path | None = None, *, coders: Sequence[Coder] = (), language_: str | None = None
) -> Path:
    """Write the checklist with its evidence; returns where. As `export_themes`.

    Raises `InputError` also if the project has no checklist.
    """
    chosen = language_ or language()
    checklist = project.checklist.book()
    if not checklist.criteria:
        raise InputError(
            _(
                "This project has no checklist. One comes along with: qualcode codebook import PROJECT samenwerking"
            )
        )
    people = list(coders) or project.coders.pair()
    transcripts = project.transcripts.all()
    found = evidence(checklist, project.codebook.all(), _codings(project, people), transcripts)
    document = checklist_report(
        checklist,
        found,
        people,
        list(dict.fromkeys(transcript.case for transcript in transcripts)),
        title=project.settings.get("title"),
        language=chosen,
    )
    return _save(document, path or default_path(project, named(_("checklist"), chosen)))


def _codings(project: Project, people: Sequence[Coder]) -> list[Coding]:
    ids = {coder.id for coder in people}
    found = [coding for coding in project.codings.all() if coding.coder_id in ids]
    if not found:
        raise InputError(_("Nothing is coded yet, so there is nothing to export. Code some fragments first."))
    return found


def named(name: str, language_: str) -> str:
    """The file name of a document in a language."""
    with speaking(language_):
        return f"{name}-{language_}.docx"


def default_path(project: Project, name: str) -> Path:
    """Where a document goes when nobody says where: the folder `exports` beside the project."""
    return project.path.parent / EXPORTS / f"{project.path.stem}-{name}"


def _save(document: Document, path: Path) -> Path:
    return save(path, lambda temporary: write_word(document, temporary))
