"""The verbs for themes, matrices, cases, rankings and the checklist, as a script uses them."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from qualcode.store.project import open_project
from tests.verbs import ok, refused, run, said


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(ok("demo", tmp_path_factory.mktemp("demo"), "--no-open")["project"])


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Path:
    """A copy of the demo of its own."""
    copy = tmp_path / "demo.qualcode"
    copy.write_bytes(made.read_bytes())
    return copy


def test_themes_are_arranged_from_the_command_line(demo: Path) -> None:
    themes = ok("themes", "list", demo)["themes"]
    assert len(themes) == 12
    assert all(theme["codings"] == sum(theme["coders"].values()) for theme in themes)
    before = ok("themes", "show", demo, "tijd")["fragments"]
    changed = ok(
        "themes", "quote", demo, "tijd", 3, "--as", "marit", "--star", "--move", -2, "--refer", "--negative"
    )
    assert (changed["number"], changed["starred"], changed["negative"]) == (1, True, True)
    after = ok("themes", "show", demo, "tijd")["fragments"]
    assert [f["text"] for f in after[:3]] == [before[n]["text"] for n in (2, 0, 1)]
    ok(
        "themes",
        "change",
        demo,
        "tijd",
        "--text",
        f"Zie {changed['reference']}.",
        "--place",
        1,
        "--title",
        "Over tijd",
    )
    assert ok("themes", "list", demo)["themes"][0]["title"] == "Over tijd"
    ok("themes", "quote", demo, "Over tijd", 1, "--to", "meta", "--group", "haast")
    assert len(ok("themes", "show", demo, "Over tijd")["fragments"]) == len(before) - 1
    new = ok("themes", "add", demo, "Samen", "afstemming", "gedeeld-perspectief")
    assert ok("themes", "show", demo, new["title"])["codes"] == ["afstemming", "gedeeld-perspectief"]
    assert ok("themes", "remove", demo, "Samen")["themes"] == 12
    assert ok("check", demo)["sound"]
    assert "no theme" in refused("themes", "show", demo, "onzin")
    assert "there is no number" in refused("themes", "quote", demo, "meta", 999, "--star")
    assert "keeps the words" in refused("themes", "quote", demo, "meta", 1, "--short", "zelf verzonnen")


def test_one_command_is_one_undo(demo: Path) -> None:
    ok("themes", "quote", demo, "tijd", 2, "--as", "marit", "--star", "--group", "haast", "--short", "")
    ok("undo", demo, "--as", "marit")
    assert not any(f["starred"] or f["subgroup"] for f in ok("themes", "show", demo, "tijd")["fragments"])


@pytest.mark.parametrize("kind", ["case", "role", "themes", "position", "transcript"])
def test_a_matrix_counts_every_passage_once_and_opens(demo: Path, kind: str) -> None:
    found = ok("matrix", demo, "--kind", kind)
    assert found["counted"] == "passages"
    every = len(ok("codings", "export", demo)["codings"])
    assert every / 2 < sum(map(sum, found["counts"])) < every  # what both marked counts once
    assert f"({every} codings)" in run("matrix", demo, "--kind", kind).output
    row, column = found["rows"][0], found["columns"][0]
    passages = ok("matrix", demo, "--kind", kind, "--row", row, "--column", column)["passages"]
    assert len(passages) == found["counts"][0][0]
    assert "no such row" in refused("matrix", demo, "--kind", kind, "--row", "onzin")


def test_codes_that_stand_together_are_counted_both_ways(demo: Path) -> None:
    counts = ok("matrix", demo, "--kind", "codes")["counts"]
    assert counts == [list(column) for column in zip(*counts, strict=True)]
    assert all(counts[n][n] == 0 for n in range(len(counts)))


def test_cases_are_described_and_laid_side_by_side(demo: Path, tmp_path: Path) -> None:
    assert ok("cases", "set", demo, "01", "group=5", "age=9", "--as", "marit")["attributes"] == {
        "group": "5",
        "age": "9",
    }
    row = ok("cases", "list", demo)["cases"][0]
    assert (row["case"], row["group"], row["age"], row["teacher"], row["child"]) == ("01", "5", "9", "x", "-")
    assert ok("cases", "set", demo, "01", "age=")["attributes"] == {"group": "5"}
    assert "name=value" in refused("cases", "set", demo, "01", "negen")
    shown = ok("cases", "show", demo, "01")["themes"]
    assert [set(theme["said"]) for theme in shown] == [{"mother", "teacher", "care worker"}] * 12
    assert all(not theme["said"][who] for theme in shown for who in theme["silent"])
    (tmp_path / "c.csv").write_text("casus;groep\n09;7\n")
    assert ok("cases", "import", demo, tmp_path / "c.csv")["cases"] == ["09"]


def test_a_ranking_from_questions_to_contrast(demo: Path, tmp_path: Path) -> None:
    assert ok("rank", "new", demo, "leraren", "--informant", "leraar")["interviews"] == 5
    questions = 0
    while True:
        asked = ok("rank", "ask", demo, "leraren", "--as", "marit")
        if asked["question"] is None:
            break
        first, second = asked["question"]
        better = "first" if first < second else "second"
        ok("rank", "answer", demo, "leraren", first, second, better, "--as", "marit")
        questions += 1
    assert asked["order"] == [[f"casus-0{n}-leraar"] for n in range(1, 6)]
    assert questions <= 10
    names = [tied[0] for tied in asked["order"]]
    ok("rank", "order", demo, "leraren", *reversed(names), "--as", "joost")
    found = ok("rank", "compare", demo, "leraren")
    assert (found["tau_b"], found["rho"], found["settled"]) == (-1, -1, None)
    assert found["moved"][0]["by"] == pytest.approx(4)
    ok(
        "rank",
        "settle",
        demo,
        "leraren",
        names[0],
        f"{names[1]}={names[2]}",
        *names[3:],
        "--reason",
        "besproken",
    )
    assert ok("rank", "compare", demo, "leraren")["reason"] == "besproken"
    assert "asked_again" in ok("rank", "ask", demo, "leraren", "--as", "marit")
    contrast = ok("rank", "contrast", demo, "leraren")
    told = [each for each in contrast["features"] if each["p"] is not None]  # not where two stand against two
    assert all(each["p"] <= each["p_holm"] <= 1 for each in told)
    assert any(each["alpha"] for each in contrast["features"])  # how repeatable the code itself is
    ok("rank", "new", demo, "hulp", "--informant", "hulpverlener")
    care = ok("rank", "list", demo)["rankings"][1]["interviews"]
    ok("rank", "order", demo, "hulp", *care, "--as", "joost")
    groups = ok("rank", "compare", demo, "leraren", "--with", "hulp")
    assert len(groups["cases"]) >= 3
    assert -1 <= groups["tau_b"] <= 1
    ok("export", "ranking", demo, "-o", tmp_path / "ranking.md", "--unreviewed")
    report = (tmp_path / "ranking.md").read_text(encoding="utf-8")
    assert "even a complete difference could be chance" in report
    assert "Asked again, practitioner answered" in report
    assert "Groups against each other" in report
    ok("rank", "remove", demo, "hulp")
    assert (contrast["top"], contrast["bottom"]) == (["01 teacher"], ["05 teacher"])
    assert "few" in contrast["caution"]
    assert contrast["features"][0]["passages"]
    assert [r["name"] for r in ok("rank", "list", demo)["rankings"]] == ["leraren"]
    assert "every interview" in refused("rank", "order", demo, "leraren", names[0], "--as", "joost")
    assert "Say who is coding" in refused("rank", "ask", demo, "leraren")
    ok("rank", "remove", demo, "leraren")
    assert "no ranking" in refused("rank", "compare", demo, "leraren")
    assert ok("check", demo)["sound"]


def test_how_soon_the_codes_were_seen_is_told(demo: Path, tmp_path: Path) -> None:
    words = ok("matrix", demo, "--kind", "transcript")["words"]
    assert words.startswith(
        "Over all orders in which the interviews can be read, 80 % of the codes were seen after"
    )
    assert words in said("matrix", demo, "--kind", "transcript")
    ok("export", "matrices", demo, "-o", tmp_path / "m.md")
    assert words in (tmp_path / "m.md").read_text(encoding="utf-8")


def test_a_checklist_is_rated_changed_and_written(demo: Path, tmp_path: Path) -> None:
    criteria = ok("checklist", "show", demo)["criteria"]
    assert len(criteria) == 12
    slug = criteria[0]["criterion"]
    ok("checklist", "rate", demo, "01", slug, "good", "--as", "marit", "--note", "duidelijk")
    ok("checklist", "rate", demo, "01", slug, "p", "--as", "joost")
    found = ok("checklist", "overview", demo)
    assert [(r["case"], r["coder"], r["verdict"]) for r in found["ratings"]] == [
        ("01", "marit", "good"),
        ("01", "joost", "poor"),
    ]
    assert found["agreement"]["percent"] == 0
    assert ok("checklist", "show", demo)["criteria"][0]["ratings"] == {"good/poor": 1}  # nobody said mixed
    settling = ["checklist", "settle", demo, "01", slug, "mixed", "--as", "joost"]
    assert "few words" in refused(*settling)
    ok(*settling, "--reason", "het wisselde")
    assert ok("checklist", "show", demo)["criteria"][0]["ratings"] == {"mixed": 1}
    assert "+−→±" in said("checklist", "overview", demo)
    for kind in ("checklist", "checklist-cases"):
        ok("export", kind, demo, "-o", tmp_path / f"{kind}.md", "--unreviewed")
    assert "mixed: 01" in (tmp_path / "checklist.md").read_text(encoding="utf-8")
    per_case = (tmp_path / "checklist-cases.md").read_text(encoding="utf-8")
    assert "(settled together)" in per_case
    assert "het wisselde" in per_case
    ok("checklist", "settle", demo, "01", slug, "none", "--as", "joost")
    assert ok("checklist", "show", demo)["criteria"][0]["ratings"] == {"good/poor": 1}
    ok("checklist", "rate", demo, "01", slug, "none", "--as", "joost")
    assert len(ok("checklist", "overview", demo, "--coder", "joost")["ratings"]) == 0
    ok("checklist", "export", demo, "-o", tmp_path / "own.yaml")
    text = (tmp_path / "own.yaml").read_text(encoding="utf-8")
    assert ok("checklist", "export", demo)["text"] == text
    assert ok("checklist", "import", demo, tmp_path / "own.yaml")["criteria"] == 12
    assert len(ok("checklist", "overview", demo)["ratings"]) == 1
    assert "no verdict" in refused("checklist", "rate", demo, "01", slug, "prima", "--as", "marit")
    assert "no case" in refused("checklist", "rate", demo, "99", slug, "good", "--as", "marit")


def test_every_document_is_written_where_it_is_asked(demo: Path, tmp_path: Path) -> None:
    for kind in ("chapter", "respondents", "codebook", "checklist-form", "matrices"):
        saved = ok("export", kind, demo, "-o", tmp_path / f"{kind}.docx", "--language", "en")
        assert Path(saved["file"]).stat().st_size > 5_000
        assert not saved["kept"]
        assert ok("export", kind, demo, "-o", tmp_path / f"{kind}.docx", "--language", "en")["kept"]
    ok("export", "margin", demo, "casus-04-leraar", "-o", tmp_path / "m.html")
    ok("export", "codings", demo, "-o", tmp_path / "c.xlsx")
    ok("export", "themes", demo, "--by", "case", "--question", "--naming", "role", "-o", tmp_path / "t.md")
    assert "no consensus" in refused("export", "themes", demo, "--consensus")
    assert "not a Word file" in refused(
        "export", "themes", demo, "--template", demo, "-o", tmp_path / "t.docx"
    )
    assert "Nothing called “onzin” is known" in refused("export", "matrices", demo, "--kind", "onzin")


def test_an_option_that_does_nothing_for_a_document_is_refused(demo: Path) -> None:
    for kind, option in (
        ("respondents", "--quotes=3"),
        ("chapter", "--by=case"),
        ("differences", "--chosen"),
    ):
        refusal = run("export", kind, demo, option)
        assert (refusal.exit_code, "No such option" in refusal.output) == (2, True)


def test_the_agreement_written_again_keeps_what_people_wrote_and_tells(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    assert not ok("export", "agreement", demo, "-o", path, "--language", "en")["kept"]
    word = docx.Document(str(path))
    word.add_paragraph("Our own words.")
    next(p for p in word.paragraphs if p.text.startswith("The figures rest on")).add_run(" By hand.")
    word.save(str(path))
    again = ok("export", "agreement", demo, "marit", "joost", "-o", path, "--language", "en")
    assert again["kept"]
    assert [each["before"][-9:] for each in again["changes"] if each["what"] == "theirs"] == [" By hand."]
    assert Path(again["before"]).name == "a-before.docx"
    assert "stays as people made it: 1" in said("export", "agreement", demo, "-o", path, "--language", "en")
    assert "Our own words." in [p.text for p in docx.Document(str(path)).paragraphs]
    assert not ok("export", "agreement", demo, "-o", path, "--afresh")["kept"]


def test_every_way_to_the_codings_tells_the_same_with_all_memos(demo: Path, tmp_path: Path) -> None:
    with open_project(demo, "marit") as project:
        coding = project.codings.all()[0]
        for words in ("een", "twee"):
            project.memos.add("coding", coding.id, words)
    ok("export", "table", "codings", demo, "-o", tmp_path / "t.json")
    table = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))["rows"]
    assert [row["memo"] for row in table if row["id"] == coding.id] == ["een\ntwee"]
    short = ok("codings", "export", demo)["codings"]
    assert short == [{**{name: row[name] for name in short[0]}, "memo": row["memo"] or ""} for row in table]
    ok("export", "codings", demo, "-o", tmp_path / "c.xlsx")
    sheet = load_workbook(tmp_path / "c.xlsx").worksheets[0]
    assert list(sheet.iter_rows(values_only=True))[1:] == [tuple(row.values()) for row in table]


def test_in_a_sealed_round_the_codings_of_the_other_do_not_leave(demo: Path, tmp_path: Path) -> None:
    with open_project(demo, "marit") as project:
        project.rounds.start(project.transcripts.all(), project.coders.pair())
        open_ones = [c for c in project.codings.all() if c.transcript_id not in project.rounds.sealed()]
    sealed = ("--transcript", "casus-05-ouder")  # the only one that not both have finished
    assert ok("codings", "export", demo, *sealed)["codings"] == []
    own = ok("codings", "export", demo, *sealed, "--as", "joost")["codings"]
    assert {row["coder"] for row in own} <= {"joost"}
    assert "sealed" in refused("codings", "export", demo, *sealed, "--coder", "marit", "--as", "joost")
    assert ok("export", "codings", demo, "-o", tmp_path / "c.xlsx")["rows"] == len(open_ones)


def test_codings_are_looked_at_again_after_a_code_changed(demo: Path) -> None:
    assert ok("codebook", "review", demo, "tijd", "--as", "marit")["codings"] == []
    ok("codebook", "change", demo, "tijd", "--definition", "Alles over duur en tempo", "--as", "marit")
    waiting = ok("codebook", "review", demo, "tijd", "--as", "marit")["codings"]
    assert {one["code"] for one in waiting} == {"tijd"}
    assert "nobody" not in run("codebook", "review", demo, "tijd").output
    assert len(ok("codebook", "review", demo, "tijd", "--done", "--as", "marit")["codings"]) == len(waiting)
    assert ok("codebook", "review", demo, "tijd", "--as", "marit")["codings"] == []
    ok("undo", demo, "--as", "marit")
    assert len(ok("codebook", "review", demo, "tijd", "--as", "marit")["codings"]) == len(waiting)
