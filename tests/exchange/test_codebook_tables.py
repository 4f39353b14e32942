"""Codebooks as sheets, tables, lists and REFI-QDA: there and back, and what is said about faults."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from qualcode.errors import InputError, QualcodeError
from qualcode.exchange.codebooks.files import read_any_codebook, write_any_codebook
from qualcode.i18n import Bilingual, speaking
from qualcode.model import Codebook

from .books import codebooks, school, without_description_of_whole


def through(book: Codebook, ending: str, like: Codebook | None = None) -> Codebook:
    """The book after being written to, and read from, a file with this ending."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{book.name}{ending}"
        write_any_codebook(book, path)
        return read_any_codebook(path, like)


def problems(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError) as caught:
        read_any_codebook(path)
    assert path.name in str(caught.value)
    return str(caught.value)


def sheet(*rows: list[object]) -> bytes:
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize("ending", [".yaml", ".yml", ".xlsx", ".XLSX"])
def test_forms_that_hold_everything_give_everything_back(ending: str) -> None:
    assert through(school(), ending) == school()


@pytest.mark.parametrize("ending", [".csv", ".qdc"])
def test_forms_without_a_place_for_the_title_give_back_every_code(ending: str) -> None:
    assert through(school(), ending) == without_description_of_whole(school())


@pytest.mark.parametrize("ending", [".csv", ".qdc", ".txt", ".taguette.csv"])
def test_what_a_file_has_no_place_for_is_kept_from_the_book_it_replaces(ending: str) -> None:
    assert through(school(), ending, like=school()) == school()


@settings(max_examples=40, deadline=None)
@given(codebooks(name="boek"), st.sampled_from([".xlsx", ".csv"]))
def test_every_codebook_comes_back_from_a_table(book: Codebook, ending: str) -> None:
    expected = book if ending == ".xlsx" else without_description_of_whole(book)
    assert through(book, ending) == expected


@settings(max_examples=60, deadline=None)
@given(codebooks(name="boek", min_codes=1))
def test_every_codebook_comes_back_from_refi(book: Codebook) -> None:
    assert through(book, ".qdc") == without_description_of_whole(book)


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.taguette\.csv"):
        write_any_codebook(school(), tmp_path / "boek.pdf")
    with pytest.raises(InputError, match="cannot be read"):
        read_any_codebook(tmp_path / "er-niet.csv")


@pytest.mark.parametrize("ending", [".yaml", ".xlsx", ".csv", ".txt", ".qdc"])
def test_an_empty_and_a_binary_file_are_refused(tmp_path: Path, ending: str) -> None:
    assert "empty" in problems(tmp_path / f"leeg{ending}", b"\n")
    problems(tmp_path / f"plaatje{ending}", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe" * 10)


# --- .csv ---------------------------------------------------------------------------------


def test_a_table_by_hand_with_dutch_headings_and_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "eigen.csv"
    path.write_bytes(
        "\ufeffNaam;Hoort onder;Omschrijving (nl)\r\n"
        "Rust in de klas;;Stil\r\n;;\r\nNa gym;rust in de klas;\r\n".encode()
    )
    calm, gym = read_any_codebook(path).codes
    assert (calm.slug, calm.name, calm.definition.nl) == (
        "rust-in-de-klas",
        Bilingual("Rust in de klas"),
        "Stil",
    )
    assert gym.parent_id == calm.id
    assert (gym.mnemonic, gym.colour) != (calm.mnemonic, calm.colour)


def test_a_parent_may_stand_below_its_children(tmp_path: Path) -> None:
    path = tmp_path / "eigen.csv"
    path.write_text("code,parent,name_nl\nb,a,B\na,,A\n", "utf-8")
    assert [(code.slug, code.position) for code in read_any_codebook(path).codes] == [("a", 0), ("b", 1)]


def test_what_a_spreadsheet_takes_for_a_formula_is_guarded(tmp_path: Path) -> None:
    path = tmp_path / "school.csv"
    tricky = tuple(
        replace(code, example=Bilingual(text))
        for code, text in zip(school().codes, ["=1+1", "-x", "'=y", "'z"], strict=True)
    )
    write_any_codebook(replace(school(), codes=tricky), path)
    content = path.read_text("utf-8")
    assert ",'=1+1," in content
    assert ",=1+1" not in content
    assert [code.example.nl for code in read_any_codebook(path).codes] == ["=1+1", "-x", "'=y", "'z"]


def test_faults_in_a_table_are_listed_with_their_rows(tmp_path: Path) -> None:
    said = problems(
        tmp_path / "fout.csv",
        'code,parent,name_nl,mnemonic,colour\na,,"A\nA",Aa,#009E73\na,,B,aA,red\nc,weg,,abc,\nd,e,D\ne,d,E,,,extra\n',
    )
    assert said.splitlines()[1:] == [
        "row 4: the code a stands there twice",
        "row 4: the colour 'red' should be # with six digits or letters a-f, such as #009E73",
        "row 5: the code has no name",
        "row 5: the mnemonic 'abc' should be two letters or digits",
        "row 5: the parent 'weg' is not in the table",
        "row 6: the code d lies under itself",
        "row 7: the code e lies under itself",
        "row 7: there is something in a column without a heading",
    ]


def test_columns_that_are_not_known_are_not_dropped_in_silence(tmp_path: Path) -> None:
    said = problems(tmp_path / "fout.csv", "naam,notities,name_nl\nA,b,c\n")
    assert "'notities' is not known" in said
    assert "name_nl stands there twice" in said
    assert "no column with the names" in problems(tmp_path / "fout.csv", "code,kleur\na,b\n")
    assert "look at the quotes from line 2" in problems(tmp_path / "fout.csv", 'name_nl\n"a\n')


# --- Taguette -----------------------------------------------------------------------------


def test_taguettes_dotted_names_become_a_tree(tmp_path: Path) -> None:
    path = tmp_path / "tags.csv"
    path.write_text(
        "tag,description,number of highlights\nschool.rust,Stil,3\nschool,Alles,0\nthuis.eten.samen,,1\n"
    )
    codes = read_any_codebook(path).codes
    names = {code.id: code.name.nl for code in codes}
    assert [(code.name.nl, names.get(code.parent_id or ""), code.definition.nl) for code in codes] == [
        ("school", None, "Alles"),
        ("rust", "school", "Stil"),
        ("thuis", None, ""),
        ("eten", "thuis", ""),
        ("samen", "eten", ""),
    ]


def test_a_codebook_for_taguette_has_each_path_once(tmp_path: Path) -> None:
    path = tmp_path / "school.taguette.csv"
    book = school()
    same = replace(book.codes[3], name=Bilingual("Rust", "Calm"))
    write_any_codebook(replace(book, codes=(*book.codes[:3], same)), path)
    assert path.read_text("utf-8").splitlines()[:2] == [
        "tag,description",
        "Rust,Het is stil en iedereen werkt.",
    ]
    assert [line.split(",")[0] for line in path.read_text("utf-8").splitlines() if "Rust" in line] == [
        "Rust",
        "Rust.Na de pauze",
        "Rust.Na de pauze.In de rij",
        "Rust (onrust)",
    ]
    write_any_codebook(book, path, language="en")
    assert "\nCalm.After the break," in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("tag,description\n,a\n", "line 2: the name of a code is missing"),
        ("tag\na..b\n", "line 2: the name of a code is missing"),
        ("tag\na\nb\na\n", "line 4: the code a stands there twice"),
    ],
)
def test_faulty_tags_are_listed(tmp_path: Path, content: str, said: str) -> None:
    assert said in problems(tmp_path / "tags.csv", content)


# --- indented text ------------------------------------------------------------------------


def test_an_outline_typed_by_hand_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lijst.txt"
    path.write_text(
        "# onze codes\n1. Tijd: hoe lang: het duurt\n\t- Haast\n\t- Geduld\n\n"
        "2. Rust:\n  • Na gym\n      Rij\n  3 kinderen\n",
        "utf-8",
    )
    codes = read_any_codebook(path).codes
    names = {code.id: code.name.nl for code in codes}
    assert [(code.name.nl, names.get(code.parent_id or "")) for code in codes] == [
        ("Tijd", None),
        ("Haast", "Tijd"),
        ("Geduld", "Tijd"),
        ("Rust", None),
        ("Na gym", "Rust"),
        ("Rij", "Na gym"),
        ("3 kinderen", "Rust"),
    ]
    assert codes[0].definition.nl == "hoe lang: het duurt"


def test_an_outline_is_written_as_a_person_would(tmp_path: Path) -> None:
    path = tmp_path / "school.txt"
    write_any_codebook(school(), path, language="en")
    assert path.read_text("utf-8") == (
        "Calm: It is quiet and everyone works.\n    After the break: One line.\n        In line\nUnrest\n"
    )
    assert read_any_codebook(path, language="en").codes[0].name == Bilingual(en="Calm")


def test_an_interview_is_not_taken_for_a_list_of_codes(tmp_path: Path) -> None:
    assert "too long for the name of a code" in problems(tmp_path / "gesprek.txt", "en toen " * 40)


def test_an_outline_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "diep.txt").write_text("".join(" " * n + f"c{n}\n" for n in range(40)), "utf-8")
    with pytest.raises(InputError, match="c20 lies deeper than 20 levels"):
        read_any_codebook(tmp_path / "diep.txt")


# --- .xlsx --------------------------------------------------------------------------------


def test_the_sheet_can_be_worked_in(tmp_path: Path) -> None:
    path = tmp_path / "school.xlsx"
    with speaking("nl"):
        write_any_codebook(school(), path)
    workbook = load_workbook(path)
    codes, about = workbook.worksheets
    assert [cell.value for cell in codes[1]][:4] == ["code", "hoort onder", "naam (nl)", "naam (en)"]
    assert codes.freeze_panes == "B2"
    assert codes["G2"].alignment.wrap_text
    assert codes["C3"].alignment.indent == 1
    assert codes["N2"].value == "#009E73"
    assert codes["N2"].fill.fgColor.rgb == "00009E73"
    example = next(cell for cell in codes[2] if cell.value == "=Stil, hoor. [lacht]")
    assert (example.data_type, example.quotePrefix) == ("s", True)
    assert codes.print_title_rows == "$1:$1"
    assert about["B1"].value == "school"
    assert workbook.properties.title == "Op school"
    assert read_any_codebook(path) == school()


def test_a_sheet_that_someone_worked_in_is_read(tmp_path: Path) -> None:
    path = tmp_path / "eigen.xlsx"
    path.write_bytes(
        sheet(
            ["Onze codes, versie 3"],
            [],
            ["Code", "Naam", "Hoort onder", "Bron"],
            [12, "Tijd", None, 2019.0],
            [],
            ["b", "Haast", 12],
        )
    )
    book = read_any_codebook(path)
    assert book.name == "eigen"
    assert [(code.slug, code.name.nl, code.source) for code in book.codes] == [
        ("12", "Tijd", "2019"),
        ("b", "Haast", ""),
    ]
    assert book.codes[1].parent_id == book.codes[0].id


def test_faults_in_a_sheet_are_listed_with_their_rows(tmp_path: Path) -> None:
    said = problems(tmp_path / "fout.xlsx", sheet(["code", "name"], ["a", "A"], [], ["a", "B"]))
    assert "row 4: the code a stands there twice" in said
    assert "no sheet with a column" in problems(tmp_path / "fout.xlsx", sheet(["van", "tot"], [1, 2]))


def changed_zip(data: bytes, member: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return out.getvalue()


def test_hostile_and_damaged_sheets_are_refused(tmp_path: Path) -> None:
    good = sheet(["name"], ["A"])
    path = tmp_path / "boos.xlsx"
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    assert "XML entities" in problems(path, changed_zip(good, "xl/worksheets/sheet1.xml", entity))
    assert "XML entities" in problems(
        path, changed_zip(good, "xl/workbook.xml", entity.decode().encode("utf-16"))
    )
    assert "far too large" in problems(path, changed_zip(good, "xl/worksheets/sheet1.xml", b" " * 60_000_000))
    assert "damaged" in problems(
        path, changed_zip(good, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>")
    )
    assert "damaged" in problems(path, changed_zip(good, "xl/workbook.xml", b"<a/>"))
    assert "damaged" in problems(path, good[: len(good) // 2])
    assert "password" in problems(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)


def test_a_text_too_long_for_excel_is_said_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "lang.xlsx"
    path.write_bytes(b"was er al")
    long = replace(school().codes[0], definition=Bilingual("ja " * 20_000))
    with pytest.raises(QualcodeError, match="too long for Excel"):
        write_any_codebook(Codebook("x", codes=(long,)), path)
    assert path.read_bytes() == b"was er al"
    assert list(tmp_path.iterdir()) == [path]
