"""Whom interviews are about: the table of respondents, taken in; what is known of a case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.sheets import read_table
from qualcode.files.tables import bare
from qualcode.i18n import _, ngettext
from qualcode.model import Case, Role
from qualcode.text.normal import one_line

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
_NOTHING = {"", "-", "–"}  # of what else is told of a case: "no" and 0 are answers


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table: its number in the file and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TakenCases:
    """What came of a table of cases: all that it names, those that are new, and who stays although it says no."""

    cases: tuple[Case, ...]
    new: tuple[Case, ...]
    staying: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """It in words."""
        n, new = len(self.cases), len(self.new)
        words = ngettext("{n} case taken in, {new} new.", "{n} cases taken in, {new} new.", n)
        return [words.format(n=n, new=new), *self.staying]


def import_respondents(project: Project, path: Path) -> TakenCases:
    """Take in a table (.csv or .xlsx) of cases; columns of one's own are kept beside those of the study.

    What a column says is set, and where it is empty cleared; what has no column stays. All rows are taken in, or
    none; raises `InputError` that names every row that is wrong.
    """
    rows = _read(path, project.settings.get("headings"))
    problems = [problem for row in rows for problem in _problems(row, rows)]
    if problems:
        raise InputError(
            _("{path}: nothing was taken in, because of these rows:").format(path=path.name), problems
        )
    known = {case.id for case in project.cases.all()}
    with project.transaction("respondents.import"):
        stored = [_store(project, row.cells) for row in rows]
    cases = tuple(case for case, _staying in stored)
    new = tuple(case for case in cases if case.id not in known)
    return TakenCases(cases, new, tuple(words for _case, staying in stored for words in staying))


def set_headings(project: Project, headings: Mapping[str, str]) -> dict[str, str]:
    """Give columns of the table of respondents headings of the project's own; an empty one gives the study's back."""
    for column in headings:
        if column not in _COLUMNS:
            raise InputError(
                _("There is no column “{name}”; choose from: {known}.").format(
                    name=column, known=", ".join(_COLUMNS)
                )
            )
    kept = {**project.settings.get("headings"), **headings}
    kept = {column: one_line(words) for column, words in kept.items() if one_line(words)}
    project.settings.set("headings", kept)
    return kept


def describe_case(
    project: Project, case: Case, attributes: Mapping[str, str], heard: Collection[Role]
) -> Case:
    """Say all that is known of a case, and which of teacher, care worker, child and file were heard.

    An informant of whom there is an interview stays one.
    """
    with project.transaction("case.change"):
        project.cases.set_attributes(case, dict(attributes))
        for role in _ROLES.values():
            _set_heard(project, case, role, heard=role in heard)
    return project.cases.get(case.id)


def _set_heard(project: Project, case: Case, role: Role, *, heard: bool) -> bool:
    """Note that an informant was heard, or was not; returns whether one stays against it, for there is an interview."""
    if heard:
        if not any(each.role.wide == role for each in project.cases.informants(case)):
            project.cases.ensure_informant(case, role)
        return False
    used = {each.informant_id for each in project.transcripts.all()}
    mine = [each for each in project.cases.informants(case) if each.role.wide == role]
    with project.transaction("case.change") as transaction:
        for informant in mine:
            if informant.id not in used:
                transaction.delete("informants", informant.id)
    return any(informant.id in used for informant in mine)


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


def _store(project: Project, cells: Mapping[str, str]) -> tuple[Case, list[str]]:
    """Set and clear what a row says of its case; with it who stays although the row says no."""
    case = _case_called(project, cells["case"])
    told = {name: value for name, value in cells.items() if name != "case" and name not in _ROLES}
    if "parents" in told:
        told["parents"] = "/".join(part.strip() for part in told["parents"].split("/"))
    known = {name: value for name, value in {**case.attributes, **told}.items() if value not in _NOTHING}
    project.cases.set_attributes(case, known)
    heard = {role: cells[column].casefold() in _YES for column, role in _ROLES.items() if column in cells}
    if "parents" in cells:
        heard[Role.PARENT] = "parents" in known
    staying = [
        _("Case {label}: {informant} stays, for there is an interview.").format(
            label=case.label, informant=role.label
        )
        for role, is_heard in heard.items()
        if _set_heard(project, case, role, heard=is_heard)
    ]
    return project.cases.get(case.id), staying


def _case_called(project: Project, label: str) -> Case:
    """The case of that label, or of the same number with other zeros before it ("4" is "04"); made if it is new."""
    if label.isdecimal() and all(case.label != label for case in project.cases.all()):
        alike = [
            case for case in project.cases.all() if case.label.isdecimal() and int(case.label) == int(label)
        ]
        if len(alike) == 1:
            return alike[0]
    return project.cases.ensure(label)


def _read(path: Path, headings: Mapping[str, str]) -> list[_Row]:
    table = read_table(path)
    if not table.rows:
        raise InputError(_("{path} holds no table.").format(path=path.name))
    known = {name: column for column, names in _COLUMNS.items() for name in names}
    known |= {_heading(words): column for column, words in headings.items()}
    header = [known.get(_heading(word), " ".join(word.split())) for word in table.rows[0]]
    if "case" not in header:
        raise InputError(_("{path} lacks the column case (casus).").format(path=path.name))
    rows = [
        _Row(n, {name: bare(word.strip()) for name, word in zip(header, line, strict=True) if name})
        for n, line in zip(table.lines[1:], table.rows[1:], strict=True)
    ]
    if not rows:
        raise InputError(_("{path} holds no cases.").format(path=path.name))
    return rows


def _heading(words: str) -> str:
    """The words of a heading as they are compared: "Ouders*" is "ouders"."""
    return " ".join(words.rstrip("* ").split()).casefold()
