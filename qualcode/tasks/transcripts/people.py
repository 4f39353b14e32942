"""Whom interviews are about: the table of respondents, taken in; what is known of a case."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.tables import cell_text
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
    lines = _lines_of_sheet(path) if path.suffix.lower() == ".xlsx" else _lines_of_csv(path)
    if not lines:
        raise InputError(_("{path} holds no table.").format(path=path.name))
    known = {name: column for column, names in _COLUMNS.items() for name in names}
    header = [known.get(" ".join(word.split()).casefold(), " ".join(word.split())) for word in lines[0]]
    if "case" not in header:
        raise InputError(_("{path} lacks the column case (casus).").format(path=path.name))
    rows = []
    for n, line in enumerate(lines[1:], 2):
        if any(word.strip() for word in line):
            padded = [*line, *[""] * (len(header) - len(line))]
            rows.append(
                _Row(n, {name: word.strip() for name, word in zip(header, padded, strict=False) if name})
            )
    if not rows:
        raise InputError(_("{path} holds no cases.").format(path=path.name))
    return rows


def _lines_of_csv(path: Path) -> list[list[str]]:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {detail}.").format(path=path, detail=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(_("{path} is not a text table (CSV) in UTF-8.").format(path=path.name)) from error
    first = content.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    try:
        return list(csv.reader(content.splitlines(), delimiter=sign, strict=True))
    except csv.Error as error:
        raise InputError(
            _("{path} is not a table: {detail}.").format(path=path.name, detail=error)
        ) from error


def _lines_of_sheet(path: Path) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InputError(_("{path} cannot be read as a spreadsheet.").format(path=path.name)) from error
    rows = [[cell_text(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    return rows
