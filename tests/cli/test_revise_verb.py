"""`qualcode revise`: a text is corrected, and what was made on it moves along."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verbs import in_a_process, ok, refused, run, said, study_with

NAME = "casus-04-leraar"
INTERVIEW = (
    "I: Hoe ging het?\nR: Goed hoor. We belden elke weke, echt elke weke.\n"
    "I: En daarna?\nR: Daarna niet meer, jammer.\n"
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """An interview with a slip of the pen, and codings of anna before, around and after it."""
    path = study_with(tmp_path, {NAME: INTERVIEW})
    for words in ("Goed hoor.", "We belden elke weke", "niet meer"):
        code(path, words)
    return path


def code(study: Path, words: str) -> None:
    start = text(study).index(words)
    ok("code", study, "--as", "anna", NAME, start, start + len(words), "tijd")


def text(study: Path) -> str:
    return str(ok("transcripts", "show", study, NAME)["text"])


def coded(study: Path) -> list[str]:
    """The words of every coding, in the order of the text."""
    whole = text(study)
    found = ok("codings", "export", study)["codings"]
    return [whole[row["start"] : row["end"]] for row in sorted(found, key=lambda row: row["start"])]


def test_words_are_replaced_wherever_they_stand_and_codings_move_along(study: Path) -> None:
    done = ok("revise", study, NAME, "--replace", "weke", "week", "--as", "anna")
    assert done == {"transcript": NAME, "changes": 2, "codings": 3, "lost": [], "done": True}
    assert "We belden elke week, echt elke week." in text(study)
    assert coded(study) == ["Goed hoor.", "We belden elke week", "niet meer"]
    last = ok("journal", study)["journal"][-1]
    assert (last["action"], last["coder"]) == ("transcript.revise", "anna")
    assert ok("check", study)["sound"]
    ok("undo", study, "--as", "anna")
    assert coded(study) == ["Goed hoor.", "We belden elke weke", "niet meer"]


def test_a_person_reads_how_many_places_and_codings(study: Path) -> None:
    assert said("revise", study, NAME, "--replace", "jammer", "helaas") == (
        f"{NAME}: 1 place corrected; 3 codings moved along, 0 dropped.\n"
    )
    assert said("revise", study, NAME, "--replace", "weke", "week") == (
        f"{NAME}: 2 places corrected; 3 codings moved along, 0 dropped.\n"
    )


def test_a_corrected_file_gives_text_and_turns(study: Path, tmp_path: Path) -> None:
    corrected = tmp_path / "verbeterd.txt"
    corrected.write_text(INTERVIEW.replace("weke", "week").replace("jammer", "heel jammer"), encoding="utf-8")
    done = ok("revise", study, NAME, corrected)
    assert done["changes"] == 3
    assert "Daarna niet meer, heel jammer." in text(study)
    turns = ok("transcripts", "show", study, NAME)["turns"]
    assert [(turn["speaker"], turn["interviewer"]) for turn in turns] == [("I", True), ("R", False)] * 2
    assert coded(study) == ["Goed hoor.", "We belden elke week", "niet meer"]


def test_a_rehearsal_changes_nothing(study: Path) -> None:
    before, entries = text(study), len(ok("journal", study)["journal"])
    told = ok("revise", study, NAME, "--replace", "Goed hoor. ", "", "--dry-run")
    assert (told["done"], told["lost"]) == (False, [{"start": 14, "end": 24, "text": "Goed hoor."}])
    assert (text(study), len(ok("journal", study)["journal"])) == (before, entries)


def test_codings_in_what_is_deleted_are_named_and_dropped_only_when_asked(study: Path) -> None:
    message = refused("revise", study, NAME, "--replace", "Goed hoor. ", "")
    assert "nothing was changed. Use --drop" in message
    assert "14–24 “Goed hoor.”" in message
    assert "Goed hoor." in text(study)
    done = ok("revise", study, NAME, "--replace", "Goed hoor. ", "", "--drop", "--as", "anna")
    assert [lost["text"] for lost in done["lost"]] == ["Goed hoor."]
    assert coded(study) == ["We belden elke weke", "niet meer"]
    ok("undo", study, "--as", "anna")
    assert coded(study)[0] == "Goed hoor."


def test_a_long_passage_is_named_by_its_first_words(study: Path) -> None:
    words = text(study)[text(study).index("We belden") : text(study).index("\nEn")]
    long = f"{words} {'En toen weer. ' * 8}".strip()
    ok("revise", study, NAME, "--replace", words, long)
    assert coded(study)[1] == long  # a coding in words that are replaced takes all that came for them
    last = refused("revise", study, NAME, "--replace", f" {long}", "").splitlines()[-1]
    assert last.endswith(f"“{long[:50]}”")


def test_what_was_wiped_is_nowhere_in_the_file_and_cannot_be_undone(study: Path) -> None:
    ok("revise", study, NAME, "--replace", "jammer", "Marieke")
    ok("revise", study, NAME, "--replace", "Marieke", "[leraar-1]", "--forget")
    assert "[leraar-1]" in text(study)
    assert b"Marieke" not in study.read_bytes()
    refused("undo", study)
    assert ok("check", study)["sound"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((NAME, "--replace", "nergens", "ergens"), "does not stand in"),
        ((NAME, "--replace", "weke", "weke"), "nothing changes"),
        ((NAME, "--replace", "", "x"), "Say which words"),
        ((NAME, "--replace", "En daarna?", ""), "Turn 3 would be empty"),
        ((NAME, "nergens.txt"), "nergens.txt"),
        (("casus-99", "--replace", "a", "b"), "casus-99"),
        ((NAME, "--replace", "a", "b", "--as", "carla"), "no coder “carla”"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    study: Path, words: tuple[str, ...], message: str
) -> None:
    before = text(study)
    assert message in refused("revise", study, *words)
    assert text(study) == before


def test_either_a_file_or_words_to_replace(study: Path, tmp_path: Path) -> None:
    for words in ((), (tmp_path / "x.txt", "--replace", "a", "b")):
        result = run("revise", study, NAME, *words)
        assert result.exit_code == 2
        assert "either a corrected file or --replace" in result.stderr


def test_the_program_itself_in_dutch(study: Path) -> None:
    done = in_a_process("revise", study, NAME, "--replace", "weke", "week", language="nl")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{NAME}: 2 plaatsen ")
    again = in_a_process("revise", study, NAME, "--replace", "weke", "week")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == f"“weke” does not stand in {NAME}.\n"


def test_a_file_whose_turns_collapse_is_refused(study: Path, tmp_path: Path) -> None:
    before = ok("transcripts", "show", study, NAME)
    collapsed = tmp_path / "ingezakt.txt"
    collapsed.write_text(INTERVIEW.replace("R:", "–").replace("weke", "week"), encoding="utf-8")
    message = refused("revise", study, NAME, collapsed)
    assert "no turn is of “R” any more" in message
    assert "4 turns would become 2" in message
    assert ok("transcripts", "show", study, NAME) == before
    ok("revise", study, NAME, collapsed, "--fewer", "--drop")
    assert len(ok("transcripts", "show", study, NAME)["turns"]) == 2


def test_what_show_prints_can_be_corrected_and_given_back(study: Path, tmp_path: Path) -> None:
    ok("speakers", study, "R=leraar")
    printed = said("transcripts", "show", study, NAME)
    file = tmp_path / "zoals-getoond.txt"
    file.write_text(printed.replace("weke", "week").replace("jammer", "jammer.\nEcht waar"), encoding="utf-8")
    ok("revise", study, NAME, file)
    shown = ok("transcripts", "show", study, NAME)
    assert [turn["speaker"] for turn in shown["turns"]] == ["I", "Leraar"] * 2
    assert shown["text"].endswith("Daarna niet meer, jammer.\nEcht waar.")
    assert coded(study) == ["Goed hoor.", "We belden elke week", "niet meer"]


def test_a_corrected_file_with_the_labels_of_the_source_keeps_who_they_are(
    study: Path, tmp_path: Path
) -> None:
    ok("speakers", study, "I=interviewer", "R=leraar")
    file = tmp_path / "bron.txt"
    file.write_text(INTERVIEW.replace("weke", "week"), encoding="utf-8")
    ok("revise", study, NAME, file)
    turns = ok("transcripts", "show", study, NAME)["turns"]
    assert [(turn["speaker"], turn["interviewer"]) for turn in turns] == [
        ("Interviewer", True),
        ("Leraar", False),
    ] * 2


def test_odd_labels_of_an_interview_are_known_in_its_correction(study: Path, tmp_path: Path) -> None:
    words = "Jansen, A.: Hoe?\nKim | HU: Goed.\nJansen, A.: En?\nKim | HU: Ook.\nKarin: Ja.\n"
    (tmp_path / "groep.txt").write_text(words, encoding="utf-8")
    ok("import", study, tmp_path / "groep.txt")
    better = words.replace("Kim | HU: Ook.\n", "Kim | HU: Ook.\nEn verder niets.\nEcht niets.\nNee.\n")
    (tmp_path / "beter.txt").write_text(better, encoding="utf-8")
    ok("revise", study, "groep", tmp_path / "beter.txt")
    people = [turn["speaker"] for turn in ok("transcripts", "show", study, "groep")["turns"]]
    assert people == ["Jansen, A.", "Kim | HU", "Jansen, A.", "Kim | HU", "Karin"]
