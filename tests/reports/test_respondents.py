"""The table of respondents of the study, reproduced cell for cell from the project's own data."""

from __future__ import annotations

import csv
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from qualcode import resources
from qualcode.errors import InputError
from qualcode.model import Role
from qualcode.reports.material import DocumentOptions
from qualcode.store.project import Project
from qualcode.tasks.exporting.documents import Request
from qualcode.tasks.exporting.write import export
from qualcode.tasks.transcripts.people import import_respondents
from tests.reports.opening import words_of

STUDY = Path(__file__).parent / "data" / "respondents.csv"


def study_rows() -> list[list[str]]:
    with STUDY.open(encoding="utf-8", newline="") as table:
        return list(csv.reader(table))[1:]


def test_the_table_of_the_study_comes_out_cell_for_cell(project: Project, tmp_path: Path) -> None:
    project.transcripts.remove(project.transcripts.all()[0])
    for case in project.cases.all():
        with project.transaction("test") as transaction:
            for informant in project.cases.informants(case):
                transaction.delete("informants", informant.id)
            transaction.delete("cases", case.id)
    cases = import_respondents(project, resources.folder("transcripts") / "respondents.csv")
    assert len(cases) == 17
    path = export(project, "respondents", tmp_path / "r.docx", Request(DocumentOptions(language="en"))).path
    (table,) = docx.Document(str(path)).tables
    shown = words_of(table)
    assert shown[0] == [
        "Case",
        "Year group",
        "Age",
        "Sex",
        "Parents",
        "Teacher",
        "Care worker",
        "Child",
        "File",
    ]
    assert shown[1:] == study_rows()
    as_csv = export(project, "respondents", tmp_path / "r.csv", Request(DocumentOptions(language="en"))).path
    assert list(csv.reader(as_csv.read_text(encoding="utf-8").splitlines()))[1:] == [
        # a spreadsheet would reckon with a lone dash
        ["'-" if cell == "-" else cell for cell in row]
        for row in study_rows()
    ]


def test_a_sheet_with_dutch_headings_and_own_columns_is_taken_in(project: Project, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(
        ["Casus", "Groep", "Leeftijd", "Geslacht", "Ouders", "Leraar", "Hulpverlener", "Kind", "School"]
    )
    book.active.append(["04", 6, 11, "J", "M", "x", None, "-", "so"])
    book.save(tmp_path / "cases.xlsx")
    (case,) = import_respondents(project, tmp_path / "cases.xlsx")
    assert case.attributes == {"group": "6", "age": "11", "sex": "J", "parents": "M", "School": "so"}
    assert {i.role for i in project.cases.informants(case)} == {Role.TEACHER, Role.PARENT}
    project.undo()
    assert project.cases.get("04").attributes == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        (",,\n", "no table"),
        ("group,age\n5,9\n", "lacks the column case"),
        ("case,group\n", "no cases"),
        ("case,teacher\n1,misschien\n1,x\n,x\n", "line 2.*line 3.*line 4"),
        ("case\0", "not a text file"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_whole(
    project: Project, tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    before = len(project.journal.entries())
    with pytest.raises(InputError, match=f"(?s){words}"):
        import_respondents(project, path)
    assert len(project.journal.entries()) == before


def test_a_file_that_is_not_there_or_no_sheet_is_named(project: Project, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("geen zip")
    for name, words in (("x.xlsx", "is damaged"), ("y.csv", "cannot be read")):
        with pytest.raises(InputError, match=words):
            import_respondents(project, tmp_path / name)
