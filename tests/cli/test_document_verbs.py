"""Documents as a pair uses them: out to readers, looked at, and what the readers said taken in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from qualcode.i18n import set_language
from qualcode.store.project import open_project
from qualcode.tasks.project.beginning import make_demo
from tests.reports.edits import WHO, W, first_run, text_of
from tests.verbs import ok, refused, run, said


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    set_language("en")
    with make_demo(tmp_path_factory.mktemp("demo")) as project:
        return project.path


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "demo.qualcode"))


def code_more(demo: Path) -> None:
    """Ten codings more, so that figures are others."""
    with open_project(demo, "marit") as project:
        code = project.codebook.get("retrospectief")
        for transcript in project.transcripts.all()[:10]:
            turn = transcript.turns[1]
            project.codings.add(transcript, turn.start, turn.end, code)


def cell_of(word: Any, row: str, column: int) -> Any:
    """A cell of the last table, by the name of its row."""
    for each in word.tables[-1]._tbl.iter(qn("w:tr")):
        cells = list(each.iter(qn("w:tc")))
        if text_of(cells[0]) == row:
            return cells[column]
    raise AssertionError(row)


def test_verify_lists_the_figures_that_are_no_longer_true(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    ok("export", "themes", demo, "-o", path, "--language", "en", "--quotes", "1")
    assert "Every figure of ours in it is what the project counts." in said("verify", demo, path)
    code_more(demo)
    result = run("verify", demo, path)
    assert result.exit_code == 1
    assert "Retrospective reasoning" in result.output
    word = docx.Document(str(path))
    written = text_of(cell_of(word, "Retrospective reasoning", -1))
    first_run(cell_of(word, "Shared perspective", -1)).find(qn("w:t")).text = "1000"
    word.save(str(path))
    told = json.loads(run("verify", demo, path, "--json").stdout)
    (passages,) = [each for each in told["stale"] if each["before"] == written]
    assert int(passages["after"]) > int(written)
    assert ["1000" in each["before"] for each in told["by_hand"]] == [True]
    assert told["document"] == "Theme table"
    before = path.read_bytes()
    preview = ok("export", "themes", demo, "-o", path, "--language", "en", "--quotes", "1", "--preview")
    assert passages in preview["changes"] or passages["after"] in {
        each["after"] for each in preview["changes"]
    }
    assert path.read_bytes() == before
    ok("export", "themes", demo, "-o", path, "--language", "en", "--quotes", "1")
    assert ok("verify", demo, path)["stale"] == []
    assert text_of(cell_of(docx.Document(str(path)), "Shared perspective", -1)).startswith("1000")


def test_verify_knows_only_documents_of_its_own_project(demo: Path, tmp_path: Path) -> None:
    ok("new", tmp_path / "other.qualcode", "--practitioner", "anna")
    ok("export", "codebook", demo, "-o", tmp_path / "c.docx")
    assert "another project" in refused("verify", tmp_path / "other.qualcode", tmp_path / "c.docx")
    docx.Document().save(str(tmp_path / "plain.docx"))
    assert "nothing in it tells" in refused("verify", demo, tmp_path / "plain.docx")
    assert "not a Word file" in refused("verify", demo, demo)


@pytest.mark.parametrize("ending", [".md", ".html", ".xlsx", ".csv"])
def test_no_file_that_somebody_changed_is_written_over_unasked(
    demo: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"t{ending}"
    ok("export", "themes", demo, "-o", path)
    ok("export", "themes", demo, "-o", path)  # as we left it
    path.write_bytes(path.read_bytes() + b"eigen woorden")
    theirs = path.read_bytes()
    assert f"Save it as t-2{ending}" in refused("export", "themes", demo, "-o", path)
    assert f"Save it as t-2{ending}" in refused("export", "themes", demo, "-o", path, "--preview")
    assert path.read_bytes() == theirs
    told = ok("export", "themes", demo, "-o", path, "--afresh")
    assert Path(told["before"]).read_bytes() == theirs
    assert b"eigen woorden" not in path.read_bytes()


def test_tables_interviews_and_codings_are_guarded_alike(demo: Path, tmp_path: Path) -> None:
    for n, verb in enumerate(
        (
            ("export", "table", "codings", demo),
            ("export", "paper", demo, "casus-01-leraar"),
            ("export", "transcript", demo, "casus-01-leraar"),
            ("codings", "export", demo),
        )
    ):
        path = tmp_path / f"{n}{'.docx' if verb[1] in ('paper', 'transcript') else '.csv'}"
        path.write_text("van een collega")
        assert "not as qualcode wrote it" in refused(*verb, "-o", path)
        assert path.read_text() == "van een collega"
        ok(*verb, "-o", path, "--afresh")
        ok(*verb, "-o", path)


def test_options_that_do_nothing_are_refused(demo: Path, tmp_path: Path) -> None:
    template = tmp_path / "school.docx"
    docx.Document().save(str(template))
    for ending in (".html", ".md", ".xlsx", ".csv"):
        call = ("export", "themes", demo, "-o", tmp_path / f"x{ending}", "--template", template)
        assert "takes none" in refused(*call)
    ok("export", "themes", demo, "-o", tmp_path / "x.docx")
    call = ("export", "themes", demo, "-o", tmp_path / "x.docx", "--template", template)
    assert "keeps its look" in refused(*call)
    ok(*call, "--afresh")
    assert "for a .csv" in refused("export", "table", "codings", demo, "-o", tmp_path / "c.xlsx", "--excel")
    assert "for the tables differences" in refused("export", "table", "codings", demo, "--all")
    assert "Two people" in refused("export", "table", "agreement", demo, "--coder", "marit")
    assert "must end in" in refused("export", "codings", demo, "-o", tmp_path / "c.csv")
    assert not (tmp_path / "c.csv").exists()


def test_what_readers_say_comes_back_with_their_names(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    ok("export", "themes", demo, "-o", path, "--language", "en")
    word = docx.Document(str(path))
    count = first_run(cell_of(word, "Retrospective reasoning", -1))
    word.add_comment([docx.text.run.Run(count, None)], text="Is that many?", author="Juf Ank")
    quote = next(p for p in word.tables[0]._tbl.iter(qn("w:p")) if text_of(p).startswith("“"))
    run_ = first_run(quote)
    text = run_.find(qn("w:t"))
    start = (text.text or "")[:20]
    text.text, rest = start, (text.text or "")[20:]
    text.set(qn("xml:space"), "preserve")
    parts = [
        f'<w:del {W} w:id="1" {WHO}><w:r><w:delText xml:space="preserve">{rest[:9]}</w:delText></w:r></w:del>',
        f'<w:ins {W} w:id="2" {WHO}><w:r><w:t xml:space="preserve">anders</w:t></w:r></w:ins>',
        f'<w:r {W}><w:t xml:space="preserve"/></w:r>',
    ]
    for part in reversed(parts):
        run_.addnext(parse_xml(part))
    run_.getnext().getnext().getnext()[0].text = rest[9:]
    word.paragraphs[0].add_run(" ")
    word.add_comment(word.paragraphs[0].runs, text="Fine title.", author="Meester Bas")
    word.save(str(path))
    plan = ok("import-remarks", demo, path, "--as", "joost", "--dry-run")
    assert plan["taken"] == 0
    assert ok("import-remarks", demo, path, "--as", "joost")["taken"] == 3
    assert ok("import-remarks", demo, path, "--as", "joost")["taken"] == 0  # they are there
    with open_project(demo, "joost") as project:
        code = project.codebook.get("retrospectief")
        (memo,) = [each for each in project.memos.of("code", code.id) if "Is that many?" in each.text]
        assert memo.text.startswith("Juf Ank, in t.docx")
        assert memo.coder_id == project.coders.get("joost").id
        (change,) = [each for each in project.memos.all() if "→" in each.text]
        assert change.target_kind in ("coding", "transcript")
        assert f"“{rest[:9].strip()}” → “anders”" in change.text
        assert "proposes to correct the words of the interview" in change.text
        (other,) = [each for each in project.memos.of("project", project.id) if "Fine title." in each.text]
        assert other.text.startswith("Meester Bas, in t.docx")
    ok("export", "themes", demo, "-o", path, "--language", "en")
    kept = docx.Document(str(path))
    assert {each.author for each in kept.comments} == {"Juf Ank", "Meester Bas"}
