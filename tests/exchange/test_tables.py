"""Tables for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import QualcodeError
from qualcode.files.tables import Table, bare, csv_text, guarded, read_csv, write_table
from qualcode.store.project import Project, open_project
from qualcode.text.normal import printable
from tests.verbs import ok, refused, run

ODD = Table(
    "proef",
    ("naam", "n", "deel", "ja"),
    [("=1+1", 3, 0.5, True), ('zeg "ja";\nof nee', None, 1.0, False), ("'@x [lacht] é😀", -2, None, None)],
)


@given(st.text(max_size=20) | st.sampled_from(["=a", "'=a", "''-1", "@", "\t", "+31 6", "-"]))
def test_words_are_guarded_and_come_back(text: str) -> None:
    safe = guarded(text)
    assert bare(safe) == text
    assert not safe[:1] or safe[0] not in "=+-@\t\r"


@given(st.text(max_size=20) | st.sampled_from(["=a", "'=a", "''-1", "@", "\t", "+31 6", "-ja", "'t"]))
def test_a_script_gets_the_words_as_they_are(text: str) -> None:
    words = printable(text)
    made = csv_text(Table("proef", ("tekst",), [(words,)]))
    (cell,) = list(csv.reader(io.StringIO(made, newline="")))[1] or [""]
    assert cell == words or (words.startswith("'") and cell == guarded(words))
    assert [row.cells for row in read_csv(made)][1:] in ([[words]], [[]] if not words else [])


def test_csv_is_plain_or_as_excel_wants_it(tmp_path: Path) -> None:
    assert csv_text(ODD).splitlines()[:2] == ["naam,n,deel,ja", "=1+1,3,0.5,true"]
    write_table(ODD, tmp_path / "nl.csv", excel="nl")
    raw = (tmp_path / "nl.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfnaam;n;deel;ja\r\n'=1+1;3;0,5;true\r\n")
    write_table(ODD, tmp_path / "en.csv", excel="en")
    assert b"'=1+1,3,0.5,true\r\n" in (tmp_path / "en.csv").read_bytes()


def test_a_sheet_holds_words_as_words(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_table(ODD, tmp_path / "x.xlsx")
    rows = list(load_workbook(tmp_path / "x.xlsx").active.iter_rows())
    assert [[cell.value for cell in row] for row in rows] == [list(ODD.columns), *map(list, ODD.rows)]
    assert (rows[1][0].data_type, rows[1][0].quotePrefix, rows[1][1].data_type) == ("s", True, "n")


def test_a_sheet_can_be_read_filtered_and_printed(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    long = "woord " * 60
    write_table(Table("proef", ("tekst", "n"), [("kort", 1), (long, 2)]), tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    page = book.active
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A2", "A1:B3", "$1:$1")
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert {cell.alignment.wrap_text for row in page.iter_rows() for cell in row} == {True}
    heights = [page.row_dimensions[n].height for n in (1, 2, 3)]
    assert heights[:2] == [15, 15]
    assert 15 * len(long) / page.column_dimensions["A"].width <= heights[2] <= 409
    assert (book.properties.creator, book.properties.title) == ("qualcode", "proef")


def test_json_holds_everything_as_it_is(tmp_path: Path) -> None:
    write_table(ODD, tmp_path / "x.json")
    told = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert (told["table"], [tuple(row.values()) for row in told["rows"]]) == ("proef", ODD.rows)


def test_what_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QualcodeError, match="must end in"):
        write_table(ODD, tmp_path / "x.doc")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(QualcodeError, match="pyarrow"):
        write_table(ODD, tmp_path / "x.parquet")
    with pytest.raises(QualcodeError, match="too long for Excel"):
        write_table(Table("x", ("a",), [("x" * 40_000,)]), tmp_path / "x.xlsx")


def test_parquet_keeps_columns_and_kinds(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    write_table(ODD, tmp_path / "x.parquet")
    assert parquet.read_table(tmp_path / "x.parquet").to_pylist() == ODD.records()


@pytest.fixture
def study(project: Project) -> Path:
    """Two coders who agree on one passage, with a memo that looks like a formula, and a case with attributes."""
    transcript = project.transcripts.all()[0]
    tijd, meta = project.codebook.get("tijd"), project.codebook.get("meta")
    first = project.codings.add(transcript, 14, 24, tijd)
    project.memos.add("coding", first.id, "=cmd()")
    project.codings.add(transcript, 14, 24, tijd, project.coders.get("bram"))
    project.codings.add(transcript, 0, 13, meta, project.coders.get("bram"))
    project.cases.set_attributes(project.cases.all()[0], {"groep": "6"})
    path = project.path
    project.close()
    return path


def rows(study: Path, name: str, *options: str) -> list[dict[str, Any]]:
    file = study.with_name(f"{name}.json")
    ok("export", "table", name, study, "-o", file, *options)
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["rows"]
    return found


def test_the_table_of_codings(study: Path) -> None:
    found = rows(study, "codings")
    assert [(r["start"], r["code"], r["coder"]) for r in found] == [
        (0, "meta", "bram"),
        (14, "tijd", "anna"),
        (14, "tijd", "bram"),
    ]
    del found[1]["made_at"], found[1]["id"]
    assert found[1] == {
        "transcript": "casus-04-leraar",
        "case": "04",
        "informant": "leraar",
        "start": 14,
        "end": 24,
        "code": "tijd",
        "coder": "anna",
        "text": "Goed hoor.",
        "memo": "=cmd()",
        "code_name": "Notion of time",
        "parent": None,
        "turn": 2,
        "speaker": "R",
        "role": "leraar",
    }
    assert len(rows(study, "codings", "--coder", "anna")) == 1


def test_quotes_cases_differences_and_agreement(study: Path) -> None:
    assert [(r["code"], r["coders"], r["n_coders"], r["text"]) for r in rows(study, "quotes")] == [
        ("tijd", "anna, bram", 2, "Goed hoor."),
        ("meta", "bram", 1, "Hoe ging het?"),
    ]
    assert rows(study, "cases") == [
        {"case": "04", "transcripts": 1, "informants": "leraar", "codings": 3, "about_groep": "6"}
    ]
    differences = rows(study, "differences", "--all")
    assert [(r["agreed"], r["codes_a"], r["codes_b"], r["text"]) for r in differences] == [
        (False, None, "meta", "Hoe ging het?"),
        (True, "tijd", "tijd", "Goed hoor."),
    ]
    agreement = {row["code"]: row for row in rows(study, "agreement", "--all")}
    assert (agreement["tijd"]["both"], agreement["tijd"]["alpha"], agreement["meta"]["only_b"]) == (
        10,
        1.0,
        13,
    )
    assert agreement["tijd"]["coder_a"] == "anna"


def test_a_table_of_codings_comes_back_as_codings(study: Path, tmp_path: Path) -> None:
    ok("export", "table", "codings", study, "-o", tmp_path / "c.csv", "--excel")
    with open_project(study) as project:
        for coding in project.codings.all():
            project.codings.remove(coding)
    assert ok("codings", "import", study, tmp_path / "c.csv") == {"codings": 3}
    assert rows(study, "codings")[1]["memo"] == "=cmd()"


def test_sealed_codings_are_left_out_and_names_are_checked(study: Path) -> None:
    with open_project(study, "anna") as project:
        project.rounds.start(project.transcripts.all(), project.coders.pair())
    assert rows(study, "codings") == []
    assert [r["coder"] for r in rows(study, "codings", "--as", "anna")] == ["anna"]
    assert "sealed" in refused("export", "table", "codings", study, "--coder", "bram", "--as", "anna")
    assert run("export", "table", "nonsense", study).exit_code == 2


def test_without_a_file_name_it_is_csv_beside_the_project(study: Path) -> None:
    file = Path(ok("export", "table", "cases", study)["file"])
    assert file.parent == study.parent / "exports"
    assert next(csv.reader(file.read_text(encoding="utf-8").splitlines()))[:2] == ["case", "transcripts"]


def test_codings_as_a_data_frame(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    with open_project(study) as project:
        assert len(project.codings.records()) == 3
        with pytest.raises(QualcodeError, match="pip install pandas"):
            project.codings.to_frame()
        for name in ("polars", "pandas"):  # pandas is taken first where both are there
            library = ModuleType(name)
            library.DataFrame = lambda data, name=name: (name, data)  # type: ignore[attr-defined]
            monkeypatch.setitem(sys.modules, name, library)
            made, data = project.codings.to_frame()
            assert (made, data["code"]) == (name, ["meta", "tijd", "tijd"])
