"""What is known of interviews makes groups: in matrices, in searches, in documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verbs import ok, refused, said, study_with

INTERVIEWS = {
    "casus-01-leraar": "I: Hoe?\nR: Het overleg liep goed op school.",
    "casus-02-leraar": "I: Hoe?\nR: Het overleg liep stroef in de klas.",
    "casus-03-ouder": "I: Hoe?\nR: Er was geen overleg met mij.",
    "casus-04-ouder": "I: Hoe?\nR: Dat overleg kwam pas laat.",
}
ANSWERS = """nr,Schooltype,Vorm,Wat hielp?
1,vo,a;b;,Het overleg elke maandag met z'n allen in de kamer.
2,po,a;,Geen overleg.
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = study_with(tmp_path, INTERVIEWS)
    for case, kind, age in (("01", "po", "8"), ("02", "vo", "12"), ("03", "PO", "9")):
        ok("cases", "set", path, case, f"schooltype={kind}", f"leeftijd={age}", "--as", "anna")
    for name in INTERVIEWS:
        shown = ok("transcripts", "show", path, name)
        start = shown["text"].index("overleg")
        ok("code", path, name, start, start + 7, "expert", "--as", "anna")
    return path


def counts(study: Path, kind: str) -> dict[str, int]:
    told = ok("matrix", study, "--kind", kind)
    row = next(line for line in told["counts"] if any(line))
    return dict(zip(told["columns"], row, strict=True))


def test_a_fact_of_cases_makes_the_columns(study: Path) -> None:
    assert counts(study, "schooltype") == {"po": 2, "vo": 1, "–": 1}
    assert counts(study, "Leeftijd:10") == {"8–9": 2, "12": 1, "–": 1}
    whole = ok("matrix", study, "--kind", "schooltype")
    row = next(name for name, line in zip(whole["rows"], whole["counts"], strict=True) if any(line))
    told = ok("matrix", study, "--kind", "schooltype", "--row", row, "--column", "po")
    assert {passage["transcript"] for passage in told["passages"]} == {"casus-01-leraar", "casus-03-ouder"}
    assert "Interviews: po 2, vo 1, – 1." in said("matrix", study, "--kind", "schooltype")
    assert "known is: schooltype, leeftijd" in refused("matrix", study, "--kind", "kleur")


def test_a_fact_says_where_to_search(study: Path) -> None:
    def found(words: str) -> set[str]:
        return {hit["transcript"] for hit in ok("search", study, words)["lines"]}

    assert found("overleg schooltype:po") == {"casus-01-leraar", "casus-03-ouder"}
    assert found("overleg niet schooltype:po") == {"casus-02-leraar", "casus-04-ouder"}
    assert found("overleg leeftijd:12") == {"casus-02-leraar"}
    assert "Did you mean vo?" in refused("search", study, "overleg schooltype:voo")
    assert "“kleur:” is not something to search by" in refused("search", study, "overleg kleur:rood")


def test_answers_in_a_survey_are_facts_of_the_interviews_made_of_it(study: Path, tmp_path: Path) -> None:
    (tmp_path / "meting.csv").write_text(ANSWERS, encoding="utf-8")
    ok("survey", "import", study, tmp_path / "meting.csv")
    hits = ok("search", study, "overleg schooltype:vo")["lines"]
    assert {hit["transcript"] for hit in hits} == {"casus-02-leraar", "meting 1"}
    assert counts(study, "vorm") == {"a": 0, "b": 0, "–": 4}


def test_a_fact_stands_in_a_document(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "m.docx"
    ok("export", "matrices", study, "-o", out, "--kind", "schooltype")
    assert out.exists()
    assert "known is: schooltype" in refused(
        "export", "matrices", study, "-o", tmp_path / "n.docx", "--kind", "kleur"
    )
