"""Who speaks counts by the turn: two parents, a focus group, roles of the project's own; through the verbs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.verbs import ok, refused, study_with

PARENTS = (
    "I: Hoe begon het?\nVader: Ik zag eerst niets.\nMoeder: Ik wel, al jaren.\nI: En toen?\n"
    "Moeder: Toen belde ik school.\nVader: Dat hielp meteen.\n"
)
GROUP = (
    "Interviewer: Wat werkt?\nLeraar A: Korte lijnen, zeg ik.\nHulpverlener: Samen aan tafel zitten.\n"
    "Leraar C: En tijd, veel tijd.\nHulpverlener: Dat ook.\nLeraar A: Ja.\nLeraar C: Precies.\n"
)
WORDS = ("eerst niets", "al jaren", "belde ik school", "Hoe begon het?\nVader: Ik zag eerst niets")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = study_with(tmp_path, {"casus-04-ouder": PARENTS})
    (tmp_path / "casus-07-groep.txt").write_text(GROUP, encoding="utf-8")
    who = tmp_path / "wie.txt"
    who.write_text("Leraar A; leraar; Leraar A\nLeraar C; leraar; Leraar C\nHulpverlener; hulpverlener\n")
    ok("import", path, tmp_path / "casus-07-groep.txt", "--case", "07", "--speakers", who)
    ok("codebook", "add", path, "steun")
    return path


def mark(study: Path, interview: str, words: str, coder: str = "anna") -> None:
    text = ok("transcripts", "show", study, interview)["text"]
    start = text.index(words)
    ok("code", study, interview, start, start + len(words), "steun", "--as", coder)


def table(study: Path, kind: str) -> dict[str, int]:
    told = ok("matrix", study, "--kind", kind)
    counts = told["counts"][told["rows"].index("steun")]
    return {label: n for label, n in zip(told["columns"], counts, strict=True) if n}


def test_two_parents_are_two_people_of_one_wide_role(study: Path, tmp_path: Path) -> None:
    for words in ("eerst niets", "al jaren", "belde ik school"):
        mark(study, "casus-04-ouder", words)
    assert table(study, "role") == {"parent": 3}
    assert table(study, "person") == {"04 father": 1, "04 mother": 2}
    ok("export", "table", "codings", study, "-o", tmp_path / "codings.json", "--as", "anna")
    made = json.loads((tmp_path / "codings.json").read_text(encoding="utf-8"))
    told = {row["text"]: row["role"] for row in made["rows"]}
    assert told == {"eerst niets": "vader", "al jaren": "moeder", "belde ik school": "moeder"}


def test_a_passage_is_of_who_answers_most_of_it(study: Path) -> None:
    mark(study, "casus-04-ouder", "Hoe begon het?\nIk zag eerst")
    mark(study, "casus-04-ouder", "niets.\nIk wel, al jaren")
    mark(study, "casus-04-ouder", "En toen?")
    assert table(study, "person") == {"04 father": 1, "04 mother": 1, "04 interviewer": 1}


def test_two_teachers_of_a_focus_group_stay_apart(study: Path) -> None:
    for words in ("Korte lijnen", "veel tijd", "Samen aan tafel"):
        mark(study, "casus-07-groep", words)
    assert table(study, "role") == {"teacher": 2, "care worker": 1}
    assert table(study, "person") == {
        "07 teacher (Leraar A)": 1,
        "07 teacher (Leraar C)": 1,
        "07 care worker": 1,
    }


def hits(study: Path, question: str) -> int:
    return int(ok("search", study, question, "--as", "anna")["hits"])


def test_search_asks_the_turn(study: Path) -> None:
    assert hits(study, "informant:moeder school") == 1
    assert hits(study, "informant:vader school") == 0
    assert hits(study, "informant:ouder school") == 1
    assert hits(study, "informant:leraar tafel") == 0
    assert hits(study, "informant:hulpverlener tafel") == 1


def test_agreement_per_role_counts_what_that_role_says(study: Path) -> None:
    for coder in ("anna", "bram"):
        mark(study, "casus-07-groep", "Samen aan tafel", coder)
    mark(study, "casus-07-groep", "Korte lijnen")
    found: Any = ok("agreement", study, "--all", "--by", "role")["by_role"]
    kappa = {
        role: code["kappa"] for role in found for code in found[role]["codes"] if code["code"] == "steun"
    }
    assert (kappa["leraar"], kappa["hulpverlener"]) == (0, 1)


def test_a_role_of_ones_own(study: Path, tmp_path: Path) -> None:
    made = ok("roles", "add", study, "Zorgcoördinator", "--en", "care coordinator", "--under", "care worker")
    assert made == {
        "role": "zorgcoördinator",
        "nl": "Zorgcoördinator",
        "en": "care coordinator",
        "under": "hulpverlener",
    }
    words = tmp_path / "laat.txt"
    words.write_text(
        "I: En u?\nKarin: Ik coördineer.\nI: Wat nog meer?\nKarin: Ik bel rond.\n", encoding="utf-8"
    )
    who = tmp_path / "wie2.txt"
    who.write_text("Karin; care coordinator\n")
    ok("import", study, words, "--case", "09", "--speakers", who)
    mark(study, "laat", "bel rond")
    assert table(study, "role") == {"care worker": 1}
    assert table(study, "person") == {"09 care coordinator": 1}
    assert "is care coordinator" in refused("roles", "remove", study, "zorgcoördinator")


def test_roles_that_are_not_there_or_are_there_already(study: Path) -> None:
    assert "There is no role “astronaut”" in refused("speakers", study, "Vader=astronaut")
    assert "There is a role “Father” already" in refused("roles", "add", study, "Father")
    assert "There is a role “interviewer” already" in refused("roles", "add", study, "interviewer")
    assert "needs a name" in refused("roles", "add", study, " ")
    assert "father lies under another role" in refused("roles", "add", study, "opa", "--under", "vader")
    assert "usual roles" in refused("roles", "remove", study, "leraar")


def test_roles_travel_with_a_share_file_and_are_undone(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "elsewhere.qualcode"
    shutil.copy(study, theirs)
    ok("roles", "add", study, "jeugdarts")
    ok("speakers", study, "Vader=jeugdarts", "--files", "casus-04*", "--as", "anna")
    ok("share", study, "-o", tmp_path / "anna.qcx", "--as", "anna")
    with monkeypatch.context() as elsewhere:
        for name in ("CONFIG", "DATA"):
            elsewhere.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
        ok("merge", theirs, tmp_path / "anna.qcx", "--as", "bram")
    for copy in (study, theirs):
        shown = ok("transcripts", "show", copy, "casus-04-ouder")
        spoken = [turn["role"] for turn in shown["turns"] if turn["role"] != "interviewer"]
        assert spoken == ["jeugdarts", "moeder", "moeder", "jeugdarts"]
        assert shown["roles"] == ["moeder", "jeugdarts"]
        assert ok("check", copy)["problems"] == []
    ok("undo", study, "--as", "anna")
    assert ok("transcripts", "show", study, "casus-04-ouder")["roles"] == ["vader", "moeder"]
