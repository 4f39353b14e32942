"""The verbs, as a script uses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verbs import ok, refused, run, study_with

INTERVIEW = (
    "I: Hoe ging het?\nR: Goed hoor. [lacht] We belden elke week.\n"
    "I: En daarna?\nR: Daarna niet meer, jammer.\n"
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A project with one interview and coders anna and bram."""
    return study_with(tmp_path, {"casus-04-leraar": INTERVIEW})


def test_from_a_file_to_a_theme_table(study: Path, tmp_path: Path) -> None:
    shown = ok("transcripts", "show", study, "casus-04-leraar")
    assert (shown["case"], shown["informant"]) == ("04", "leraar")
    words = "We belden elke week."
    start = shown["text"].index(words)
    first = shown["turns"][0]
    assert shown["text"][first["start"] : first["end"]] == "Hoe ging het?"
    for coder in ("anna", "bram"):
        coding = ok("code", study, "--as", coder, "casus-04-leraar", start, start + len(words), "afstemming")
        assert coding["text"] == words
        ok("done", study, "--as", coder)
    found = ok("agreement", study)
    code = next(c for c in found["codes"] if c["code"] == "afstemming")
    assert (found["coders"], found["unit"], found["documents"]) == (["anna", "bram"], "character", 1)
    assert (code["both"], code["only_a"], code["only_b"]) == (len(words), 0, 0)
    assert code["both"] + code["neither"] == len(shown["text"])
    assert code["alpha"] == code["kappa"] == code["shared"] == 1
    unused = next(c for c in found["codes"] if c["code"] == "meta")
    assert unused["alpha"] is None
    assert unused["reasons"]["alpha"]
    assert [d["type"] for d in ok("compare", study)["differences"]] == ["agreed"]
    themes = Path(ok("export", "themes", study)["file"])
    assert themes.parent == tmp_path / "exports"
    assert Path(ok("export", "checklist", study, "-o", tmp_path / "c.docx")["file"]).stat().st_size > 10_000


def test_agreement_counts_only_what_both_have_done(study: Path) -> None:
    ok("code", study, "--as", "anna", "casus-04-leraar", 0, 8, "tijd")
    ok("done", study, "--as", "anna")
    assert ok("agreement", study)["documents"] == 0
    assert ok("agreement", study)["left_out"] == ["casus-04-leraar"]
    found = ok("agreement", study, "bram", "anna", "--all")
    code = next(c for c in found["codes"] if c["code"] == "tijd")
    assert (code["both"], code["only_a"], code["only_b"]) == (0, 0, 8)
    ok("done", study, "--as", "bram")
    assert ok("agreement", study)["documents"] == 1


def test_trimming_can_be_switched_off(study: Path) -> None:
    ok("code", study, "--as", "anna", "casus-04-leraar", 0, 3, "tijd")
    ok("code", study, "--as", "bram", "casus-04-leraar", 0, 4, "tijd")  # with the space

    def only_b(*options: str) -> int:
        codes = ok("agreement", study, "--all", *options)["codes"]
        return int(next(c for c in codes if c["code"] == "tijd")["only_b"])

    assert (only_b(), only_b("--no-trim")) == (0, 1)


def test_codings_go_out_to_a_table_and_come_back(study: Path, tmp_path: Path) -> None:
    ok("code", study, "--as", "anna", "casus-04-leraar", 14, 26, "tijd", "--memo", 'let op: "hier", hoor')
    ok("code", study, "--as", "bram", "casus-04-leraar", 0, 13, "meta")
    table = tmp_path / "codings.csv"
    ok("codings", "export", study, "-o", table)
    before = run("codings", "export", study).stdout
    assert before == table.read_text()
    assert before.splitlines()[0] == "transcript,start,end,code,coder,text,memo"
    other = tmp_path / "other.qualcode"
    ok("new", other, "--codebook", "none")
    ok("import", other, tmp_path / "casus-04-leraar.txt")
    assert "no code “tijd”" in refused("codings", "import", other, table)
    assert ok("codings", "import", other, table, "--create") == {"codings": 2}
    assert run("codings", "export", other).stdout == before
    ok("undo", other)
    assert ok("codings", "export", other)["codings"] == []
    assert ok("coders", "list", other)["coders"] == []


def test_rows_that_are_there_already_can_be_passed_over(study: Path, tmp_path: Path) -> None:
    table = tmp_path / "bram.csv"
    head = "transcript,start,end,code,coder\n"
    table.write_text(head + "casus-04-leraar,0,3,tijd,bram\n")
    ok("codings", "import", study, table)
    table.write_text(head + "casus-04-leraar,0,3,tijd,bram\ncasus-04-leraar,0,8,meta,bram\n")
    assert "--skip-known" in refused("codings", "import", study, table)
    assert ok("codings", "import", study, table, "--skip-known") == {"codings": 1}
    assert ok("codings", "import", study, table, "--skip-known") == {"codings": 0}


def test_a_code_with_a_hopeless_name_is_refused_with_its_line(study: Path, tmp_path: Path) -> None:
    table = tmp_path / "x.csv"
    head = "transcript,start,end,code,coder\n"
    table.write_text(head + f'casus-04-leraar,0,3,"ti\njd",anna\ncasus-04-leraar,0,3,{"x" * 9999},anna\n')
    message = refused("codings", "import", study, table, "--create")
    assert "line 3: “ti jd” is no name" in message
    assert len(message) < 400


def test_a_table_with_bad_rows_is_refused_whole_with_their_lines(study: Path, tmp_path: Path) -> None:
    table = tmp_path / "bad.csv"
    rows = [
        "transcript,start,end,code,coder",
        "casus-04-leraar,0,3,tijd,anna",
        "casus-04-leraar,9,3,tijd,anna",
        "casus-04-leraar,0,9999,tijd,anna",
        "nergens,0,3,tijd,anna",
        "casus-04-leraar,0,3,onbekend,carla",
        "casus-04-leraar,nul,3,tijd,anna",
        "casus-04-leraar,0,3,tijd",
        "casus-04-leraar,0,3,tijd,",
        "casus-04-leraar,0,3,tijd,anna",
    ]
    table.write_text("\n".join(rows))
    message = refused("codings", "import", study, table)
    for line, words in {
        3: "backwards",
        4: "outside the text",
        5: "no transcript “nergens”",
        6: "no coder “carla”",
        7: "whole numbers",
        8: "4 fields",
        9: "nothing under coder",
        10: "there already",
    }.items():
        assert any(f"line {line}:" in found and words in found for found in message.splitlines()), message
    assert "line 2" not in message
    assert ok("codings", "export", study)["codings"] == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "lacks the column"),
        (b"transcript,start,end,code\n", "lacks the column coder"),
        (b"transcript,start,end,code,coder\n", "holds no codings"),
        (b"PK\x03\x04\x00\x00", "not a text table"),
        (b'transcript,start,end,code,coder\n"open', "cannot be read|not a table"),
    ],
)
def test_a_file_that_is_no_table_of_codings_is_refused(
    study: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    table = tmp_path / "x.csv"
    table.write_bytes(content)
    message = refused("codings", "import", study, table)
    assert any(word in message for word in words.split("|")), message


def test_a_table_as_a_spreadsheet_saves_it_is_understood(study: Path, tmp_path: Path) -> None:
    table = tmp_path / "excel.csv"
    table.write_bytes("\ufefftranscript;start;end;code;coder\r\ncasus-04-leraar;0;8;tijd;anna\r\n".encode())
    assert ok("codings", "import", study, table) == {"codings": 1}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--as", "anna", "casus-04-leraar", 8, 3, "tijd"), "backwards"),
        (("--as", "anna", "casus-04-leraar", -1, 3, "tijd"), "outside the text"),
        (("--as", "anna", "casus-04-leraar", 0, 99999, "tijd"), "outside the text"),
        (("--as", "anna", "casus-04-leraar", 0, 3, "onzin"), "no code “onzin”"),
        (("--as", "carla", "casus-04-leraar", 0, 3, "tijd"), "no coder “carla”"),
        (("--as", "anna", "nergens", 0, 3, "tijd"), "no transcript “nergens”"),
    ],
)
def test_a_coding_that_does_not_fit_is_refused(study: Path, words: tuple[object, ...], message: str) -> None:
    assert message in refused("code", study, *words)
    assert ok("codings", "export", study)["codings"] == []


def test_undo_redo_and_the_journal_tell_what_was_done(study: Path) -> None:
    ok("code", study, "--as", "anna", "casus-04-leraar", 14, 24, "tijd")
    assert ok("undo", study, "--as", "anna")["undone"] == "coding.add"
    assert ok("codings", "export", study)["codings"] == []
    assert ok("redo", study, "--as", "anna")["redone"] == "coding.add"
    assert len(ok("codings", "export", study)["codings"]) == 1
    assert "nothing to undo" in refused("undo", study, "--as", "bram")
    actions = [entry["action"] for entry in ok("journal", study)["journal"]]
    assert actions[-3:] == ["coding.add", "undo", "redo"]
    assert (
        "anna · coded a fragment — Notion of time, casus-04-leraar: “Goed hoor."
        in run("journal", study).stdout
    )
    assert ok("check", study) == {"sound": True, "problems": [], "advice": None}


def test_importing_twice_or_an_empty_file_is_refused(study: Path, tmp_path: Path) -> None:
    assert "already" in refused("import", study, tmp_path / "casus-04-leraar.txt")
    (tmp_path / "leeg.txt").write_text("")
    (tmp_path / "goed.txt").write_text("I: Ja?\nR: Nee.\n")
    assert "leeg" in refused("import", study, tmp_path / "goed.txt", tmp_path / "leeg.txt")
    assert len(ok("transcripts", "list", study)["transcripts"]) == 1


def test_case_and_informant_given_win_over_the_file_s_name(study: Path, tmp_path: Path) -> None:
    (tmp_path / "casus-05-ouder.txt").write_text("I: Ja?\nR: Nee.\n")
    made = ok("import", study, tmp_path / "casus-05-ouder.txt", "--case", "07", "--informant", "teacher")
    assert (made["transcripts"][0]["case"], made["transcripts"][0]["informant"]) == ("07", "leraar")
    assert run("import", study, "x.txt", "--informant", "astronaut").exit_code == 1


def test_the_codebook_goes_out_and_comes_back(study: Path, tmp_path: Path) -> None:
    before = ok("codebook", "show", study)["codes"]
    ok("codebook", "export", study, "-o", tmp_path / "book.yaml")
    other = tmp_path / "other.qualcode"
    ok("new", other, "--codebook", "none")
    assert ok("codebook", "import", other, tmp_path / "book.yaml")["codes"] == len(before)
    assert ok("codebook", "show", other)["codes"] == before
    assert "no codebook" in refused("codebook", "import", study, "bestaat-niet")


def test_the_demo_is_made_once_and_kept(tmp_path: Path) -> None:
    made = ok("demo", tmp_path / "demo", "--no-open")
    assert (made["transcripts"], made["coders"]) == (16, ["marit", "joost"])
    assert [Path(path).parent for path in made["exports"]] == [tmp_path / "demo" / "exports"] * 2
    project = Path(made["project"])
    assert ok("check", project)["sound"]
    ok("coders", "add", project, "carla")
    assert ok("demo", project.parent, "--no-open")["coders"] == ["marit", "joost", "carla"]


def test_without_a_terminal_the_workbench_says_so_and_ends(study: Path, tmp_path: Path) -> None:
    for words in ((), (study,), ("open", study), ("demo", tmp_path / "demo")):
        assert "needs a terminal" in refused(*words)
    assert not (tmp_path / "demo").exists()


def test_help_and_usage(tmp_path: Path) -> None:
    assert "agreement" in run("--help").stdout
    assert run("--version").stdout.startswith("qualcode")
    assert run("nonsense").exit_code == 2
    assert "There is no project" in refused("check", tmp_path / "none.qualcode")
