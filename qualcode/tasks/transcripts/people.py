"""Whom interviews are about: the table of respondents, taken in; what is known of a case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.sheets import read_table
from qualcode.i18n import _
from qualcode.model import Case, Role

if TYPE_CHECKING:
    from qualcode.store.project import Project

_COLUMNS = {
    "case": ("case", "casus", "nr", "nummer"),
    "group": ("group", "groep", "year group", "jaargroep"),
    "age": ("age", "leeftijd"),
    "sex": ("sex", "geslacht"),
    "parents": ("parents", "ouders", "ouder", "parent"),
    "teacher": ("teacher", "leraar", "leerkracht"),
    "care_worker": ("care_worker", "care worker", "hulpverlener"),
    "child": ("child", "kind", "leerling"),
    "file": ("file", "dossier"),
}
_ROLES = {"teacher": Role.TEACHER, "care_worker": Role.CARE_WORKER, "child": Role.CHILD, "file": Role.FILE}
_YES, _NO = {"x", "✓", "ja", "yes", "1", "true"}, {"", "-", "–", "nee", "no", "0", "false"}


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table: its number in the file and its cells by column."""

    line: int
    cells: Mapping[str, str]


def import_respondents(project: Project, path: Path) -> list[Case]:
    """Take in a table (.csv or .xlsx) of cases; columns of one's own are kept beside those of the study.

    All rows are taken in, or none; raises `InputError` that names every row that is wrong.
    """
    rows = _read(path)
    problems = [problem for row in rows for problem in _problems(row, rows)]
    if problems:
        raise InputError(
            _("{path}: nothing was taken in, because of these rows:").format(path=path.name), problems
        )
    with project.transaction("respondents.import"):
        return [_store(project, row.cells) for row in rows]


def describe_case(
    project: Project, case: Case, attributes: Mapping[str, str], heard: Collection[Role]
) -> Case:
    """Say all that is known of a case, and which of teacher, care worker, child and file were heard.

    An informant of whom there is an interview stays one.
    """
    used = {each.informant_id for each in project.transcripts.all()}
    with project.transaction("case.change") as transaction:
        project.cases.set_attributes(case, dict(attributes))
        for role in _ROLES.values():
            mine = [each for each in project.cases.informants(case) if each.role.wide == role]
            if role in heard and not mine:
                project.cases.ensure_informant(case, role)
            elif role not in heard:
                for informant in mine:
                    if informant.id not in used:
                        transaction.delete("informants", informant.id)
    return project.cases.get(case.id)


def _problems(row: _Row, rows: list[_Row]) -> list[str]:
    found = []
    label = row.cells["case"]
    if not label:
        found.append(_("line {line}: there is no case").format(line=row.line))
    elif any(other.line < row.line and other.cells["case"] == label for other in rows):
        found.append(_("line {line}: case {case} stands there twice").format(line=row.line, case=label))
    for column in _ROLES:
        if row.cells.get(column, "").casefold() not in _YES | _NO:
            found.append(
                _("line {line}: “{word}” under {column} must be x or -").format(
                    line=row.line, word=row.cells[column], column=column
                )
            )
    return found


def _store(project: Project, cells: Mapping[str, str]) -> Case:
    case = project.cases.ensure(cells["case"])
    told = {
        name: value
        for name, value in cells.items()
        if name != "case" and name not in _ROLES and value not in _NO
    }
    project.cases.set_attributes(case, {**case.attributes, **told})
    for column, role in _ROLES.items():
        if cells.get(column, "").casefold() in _YES:
            project.cases.ensure_informant(case, role)
    if told.get("parents"):
        project.cases.ensure_informant(case, Role.PARENT)
    return project.cases.get(case.id)


def _read(path: Path) -> list[_Row]:
    table = read_table(path)
    if not table.rows:
        raise InputError(_("{path} holds no table.").format(path=path.name))
    known = {name: column for column, names in _COLUMNS.items() for name in names}
    header = [known.get(" ".join(word.split()).casefold(), " ".join(word.split())) for word in table.rows[0]]
    if "case" not in header:
        raise InputError(_("{path} lacks the column case (casus).").format(path=path.name))
    rows = [
        _Row(n, {name: word for name, word in zip(header, line, strict=True) if name})
        for n, line in zip(table.lines[1:], table.rows[1:], strict=True)
    ]
    if not rows:
        raise InputError(_("{path} holds no cases.").format(path=path.name))
    return rows
