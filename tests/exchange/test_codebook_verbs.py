"""Codebooks in and out of a project: what changes is said before it is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.exchange.codebooks.files import write_any_codebook
from qualcode.i18n import Bilingual
from qualcode.model import Code, Codebook
from qualcode.store.project import open_project
from tests.verbs import ok, refused, run

from .books import school


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.qualcode"
    ok("new", path, "--codebook", "none", "--practitioner", "anna")
    write_any_codebook(school(), tmp_path / "school.yaml")
    ok("codebook", "import", path, tmp_path / "school.yaml")
    return path


@pytest.mark.parametrize("ending", [".yaml", ".xlsx", ".csv", ".txt", ".qdc", ".taguette.csv"])
def test_a_codebook_that_went_out_comes_back_without_a_change(
    study: Path, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"out{ending}"
    ok("codebook", "export", study, "-o", file, "--retired")
    plan = ok("codebook", "import", study, file, "--dry-run")
    assert (plan["new"], plan["changed"], plan["not_in_file"]) == ([], [], [])
    assert "Nothing changes" in run("codebook", "import", study, file, "--dry-run").stdout


def test_what_changes_is_said_and_nothing_is_done_on_a_dry_run(study: Path, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text("code;naam (nl);omschrijving (nl)\nrust;Rust;Heel stil.\nnieuw;Iets nieuws;\n")
    words = run("codebook", "import", study, file, "--dry-run").stdout
    assert "new: nieuw (Iets nieuws)" in words
    assert "changed: rust: definition" in words
    assert "not in the file, stays: onrust (Unrest)" in words
    assert "--dry-run" in words
    assert "nieuw" not in str(ok("codebook", "show", study))
    done = ok("codebook", "import", study, file)
    assert (done["new"], done["changed"], done["taken"]) == (
        ["nieuw"],
        [{"code": "rust", "fields": ["definition"]}],
        ["rust", "nieuw"],
    )
    with open_project(study) as project:
        rust = project.codebook.get("rust")
    assert (rust.definition.nl, rust.definition.en) == ("Heel stil.", "It is quiet and everyone works.")
    assert rust.mnemonic == "Ru"


def test_codes_of_a_second_codebook_get_letters_of_their_own(study: Path) -> None:
    book = Codebook("other", codes=(Code("x1", "ruis", Bilingual("Ruis"), mnemonic="Ru", colour="#009E73"),))
    with open_project(study) as project:
        project.codebook.take(book)
        letters = [code.mnemonic.casefold() for code in project.codebook.all(retired=True)]
        assert len(letters) == len(set(letters)) == 5
        assert project.codebook.get("rust").mnemonic == "Ru"
        kept = project.codebook.get("ruis").mnemonic
        assert project.codebook.take(book) == []  # a second time changes nothing
        assert project.codebook.get("ruis").mnemonic == kept


def test_two_codes_may_swap_their_letters(study: Path) -> None:
    with open_project(study) as project:
        a, b = project.codebook.get("rust"), project.codebook.get("onrust")
        swapped = Codebook(
            "x", codes=(Code(a.id, a.slug, a.name, mnemonic="On"), Code(b.id, b.slug, b.name, mnemonic="Ru"))
        )
        project.codebook.take(swapped)
        assert [project.codebook.get(slug).mnemonic for slug in ("rust", "onrust")] == ["On", "Ru"]


def test_retired_codes_go_out_only_when_asked(study: Path, tmp_path: Path) -> None:
    assert ok("codebook", "export", study, "-o", tmp_path / "a.csv")["codes"] == 3
    assert ok("codebook", "export", study, "-o", tmp_path / "b.csv", "--retired")["codes"] == 4


def test_a_file_that_is_no_codebook_is_refused(study: Path, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK")
    assert "not a kind of codebook" in refused("codebook", "import", study, tmp_path / "x.docx")
    (tmp_path / "leeg.csv").write_text("")
    assert "empty" in refused("codebook", "import", study, tmp_path / "leeg.csv")
