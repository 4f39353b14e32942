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
from qualcode.tasks.transcripts.people import TakenCases, import_respondents
from tests.reports.opening import words_of
from tests.verbs import ok, refused

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
    taken = import_respondents(project, resources.folder("transcripts") / "respondents.csv")
    assert (len(taken.cases), len(taken.new)) == (17, 17)
    for language, head, caption, note in (
        ("en", ENGLISH_HEAD, "Respondents", "* V = father, M = mother"),
        ("nl", DUTCH_HEAD, "Respondenten", "* V = vader, M = moeder"),
    ):
        options = Request(DocumentOptions(language=language))
        path = export(project, "respondents", tmp_path / f"r-{language}.docx", options).path
        word = docx.Document(str(path))
        (table,) = word.tables
        assert words_of(table) == [head, *as_printed(study_rows())]
        texts = [paragraph.text for paragraph in word.paragraphs]
        assert note in texts
        assert any(words.endswith(f".\n{caption}") for words in texts)
        as_csv = export(project, "respondents", tmp_path / "r.csv", options, afresh=True).path
        assert list(csv.reader(as_csv.read_text(encoding="utf-8").splitlines())) == [
            head,
            *as_printed(study_rows()),
        ]


ENGLISH_HEAD = ["Case", "Year group", "Age", "Sex", "Parents*", "Teacher", "Care worker", "Child", "File"]
DUTCH_HEAD = [
    "Casus",
    "Jaargroep",
    "Leeftijd",
    "Geslacht",
    "Ouders*",
    "Leraar",
    "Hulpverlener",
    "Kind",
    "Dossier",
]


def as_printed(rows: list[list[str]]) -> list[list[str]]:
    """Rows of the study's data as its table prints them: an X or nothing, and "V / M"."""
    return [[{"x": "X", "-": ""}.get(cell, cell.replace("/", " / ")) for cell in row] for row in rows]


def test_a_sheet_with_dutch_headings_and_own_columns_is_taken_in(project: Project, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(
        ["Casus", "Groep", "Leeftijd", "Geslacht", "Ouders", "Leraar", "Hulpverlener", "Kind", "School"]
    )
    book.active.append(["04", 6, 11, "J", "M", "x", None, "-", "so"])
    book.save(tmp_path / "cases.xlsx")
    (case,) = import_respondents(project, tmp_path / "cases.xlsx").cases
    assert case.attributes == {"group": "6", "age": "11", "sex": "J", "parents": "M", "School": "so"}
    assert {i.role for i in project.cases.informants(case)} == {Role.TEACHER, Role.PARENT}
    project.undo()
    assert project.cases.get("04").attributes == {}


def test_what_was_exported_is_taken_back_as_it_was(project: Project, tmp_path: Path) -> None:
    """Also under headings of one's own, and with columns of one's own."""
    ok("cases", "set", project.path, "04", "group=6", "parents=V/M", "broertjes=0", "eerder hulp=nee")
    ok("cases", "headings", project.path, "group=Klas", "teacher=Juf of meester")
    before = known(project)
    assert before["04"][0] == {"group": "6", "parents": "V/M", "broertjes": "0", "eerder hulp": "nee"}
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"r.{ending}"
        ok("export", "respondents", project.path, "-o", path, "--language", "nl")
        taken = ok("cases", "import", project.path, path)
        assert (taken["cases"], taken["new"]) == (["04"], [])
        after = known(project)
        assert after["04"][0] == before["04"][0]
        assert Role.TEACHER in after["04"][1]
    ok("export", "respondents", project.path, "-o", tmp_path / "r.md")
    assert "| Klas |" in (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "column “klas”" in refused("cases", "headings", project.path, "klas=Groep")


def known(project: Project) -> dict[str, tuple[dict[str, str], set[Role]]]:
    return {
        case.label: (dict(case.attributes), {each.role for each in project.cases.informants(case)})
        for case in project.cases.all()
    }


def take(project: Project, tmp_path: Path, words: str) -> TakenCases:
    (tmp_path / "c.csv").write_text(words, encoding="utf-8")
    return import_respondents(project, tmp_path / "c.csv")


def test_taking_in_again_sets_and_clears_and_the_counts_are_true(project: Project, tmp_path: Path) -> None:
    first = take(project, tmp_path, "casus,leeftijd,broertjes,kind,dossier\n4,11,0,x,x\n5,9,nee,x,-\n")
    assert [case.label for case in first.cases] == ["04", "5"]  # 4 is the 04 that is there
    assert first.lines == ["2 cases taken in, 1 new."]
    assert known(project)["5"] == ({"age": "9", "broertjes": "nee"}, {Role.CHILD})
    again = take(project, tmp_path, "casus,leeftijd,kind\n5,,nee\n4,12,x\n")
    assert again.lines == ["2 cases taken in, 0 new."]
    assert known(project)["5"] == ({"broertjes": "nee"}, set())
    assert known(project)["04"] == ({"age": "12", "broertjes": "0"}, {Role.TEACHER, Role.CHILD, Role.FILE})


def test_who_was_interviewed_stays_and_it_is_said(project: Project, tmp_path: Path) -> None:
    taken = take(project, tmp_path, "casus,leraar\n04,nee\n")
    assert taken.lines == ["1 case taken in, 0 new.", "Case 04: teacher stays, for there is an interview."]
    assert Role.TEACHER in known(project)["04"][1]


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
