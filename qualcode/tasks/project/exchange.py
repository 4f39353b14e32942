"""Whole projects out to and in from other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.exchange.bundle import Bundle, Notices, TravellingText, TravellingTheme
from qualcode.files.saving import save
from qualcode.i18n import _, language
from qualcode.store.file.files import is_free
from qualcode.store.project import Project, create_project, open_project
from qualcode.tasks.project.bundle_in import Taken, take_bundle

if TYPE_CHECKING:
    from qualcode.model import Code, Coder, Theme


def bundle_of(project: Project, coders: Sequence[Coder] = ()) -> Bundle:
    """Everything that other programs can hold; only the codings and memos of `coders`, if given.

    What cannot travel is counted in `lost`. Of sealed interviews only the codings of the person at
    work travel; `SealedError` if those of others are asked for.
    """
    project.rounds.refuse_look(project.coder, coders, project.transcripts.all())
    people = list(coders) or project.coders.all()
    ids = {coder.id for coder in people}
    codes = project.codebook.all(retired=True)
    visible = project.codings.all()
    codings = [coding for coding in visible if coding.coder_id in ids]
    kept = {coding.id for coding in codings}
    memos = [
        replace(memo, target_id="") if memo.target_kind == "project" else memo
        for memo in project.memos.all()
        if (memo.target_kind != "coding" or memo.target_id in kept) and (memo.coder_id or "") in {"", *ids}
    ]
    return Bundle(
        title=project.settings.get("title") or project.path.stem,
        origin="qualcode",
        coders=people,
        codebook=project.codebook.book(retired=True),
        cases=project.cases.all(),
        texts=[
            TravellingText(t.id, t.name, t.text, t.turns, t.case, t.informant, t.language, t.source)
            for t in project.transcripts.all()
        ],
        codings=codings,
        memos=memos,
        themes=_themes(project.themes.all(), codes),
        done=sorted((where, who) for where, who in project.progress.done() if who in ids),
        lost=_left_behind(project),
    )


def _themes(themes: Sequence[Theme], codes: Sequence[Code]) -> list[TravellingTheme]:
    """Themes that somebody made; one per top code, as they are at first, says nothing new."""
    if all(not theme.title and not theme.text and len(theme.codes) == 1 for theme in themes):
        return []
    names = {code.id: str(code.name) for code in codes}
    return [
        TravellingTheme(
            theme.id,
            theme.title or names.get(next(iter(theme.codes), ""), "?"),
            theme.text,
            tuple(code for code in theme.codes if code in names),
        )
        for theme in themes
    ]


def _left_behind(project: Project) -> Notices:
    lost = Notices()
    lost.count(_("sealed interviews, without what others coded in them"), len(project.rounds.sealed()))
    lost.count(_("acts in the journal (who did what, when)"), len(project.journal.entries()))
    lost.count(_("criteria of the checklist"), len(project.checklist.book().criteria))
    lost.count(_("ratings on the checklist"), len(project.ratings.all()))
    lost.count(_("orders of interviews (rankings)"), len(project.rankings.all()))
    lost.count(_("quotes chosen or arranged in themes"), len(project.themes.quotes()))
    return lost


ENDINGS = (".qdpx", ".qda", ".sqlite3")


def export_project(
    project: Project,
    path: Path,
    *,
    coders: Sequence[Coder] = (),
    language_: str | None = None,
    crlf: bool = False,
) -> Bundle:
    """Write the project as .qdpx; returns what went into it, with what stayed behind in `lost`."""
    from qualcode.exchange.refi.write import write_qdpx

    bundle = bundle_of(project, coders)
    save(path, lambda temporary: write_qdpx(bundle, temporary, language=language_ or language(), crlf=crlf))
    return bundle


def read_project_file(path: Path, language_: str | None = None, title: str = "") -> Bundle:
    """The project in a file of another program; its ending says which. Raises `InputError`.

    `title` chooses a project in files that hold several.
    """
    chosen, ending = language_ or language(), path.suffix.casefold()
    if not path.exists():
        raise InputError(_("There is no file {file}.").format(file=path))
    if ending == ".qdpx":
        from qualcode.exchange.refi.read import read_qdpx

        return read_qdpx(path, chosen)
    if ending == ".qda":
        from qualcode.exchange.programs import read_qualcoder

        return read_qualcoder(path, chosen)
    if ending == ".sqlite3":
        from qualcode.exchange.programs import read_taguette

        return read_taguette(path, chosen, title)
    raise InputError(
        _("{file} is not a kind of project that is known. Known endings are {known}.").format(
            file=path.name, known=", ".join(ENDINGS)
        )
    )


def import_project(target: Path, bundle: Bundle) -> Taken:
    """Take a project in; the project file `target` is made if there is none, and taken away if that fails."""
    if not is_free(target):
        with open_project(target) as project:
            return take_bundle(project, bundle)
    project = create_project(target, bundle.title)
    try:
        with project:
            return take_bundle(project, bundle)
    except BaseException:
        project.path.unlink(missing_ok=True)
        raise
