"""The verbs search, words, similar and language, as a script uses them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.verbs import ok, refused, run, study_with

SAID = (
    "I: Hoe ging het?\nM: Goed hoor. [lacht] We spraken elke week af, de juf en ik.\n"
    "I: En toen?\nM: De afspraken met de juf stonden op papier. Elke week belde de juf.\n"
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A project with two interviews, and anna and bram."""
    return study_with(tmp_path, {"casus-04-ouder": SAID, "casus-05-leraar": "R: Eén afspraak. Meer niet.\n"})


def test_search_gives_lines_with_their_places(study: Path) -> None:
    found = ok("search", study, "afspraak", "--sort", "left")
    assert found["hits"] == 2
    assert [row["form"] for row in found["forms"]] == ["afspraak", "afspraken"]
    text = ok("transcripts", "show", study, "casus-04-ouder")["text"]
    line = next(row for row in found["lines"] if row["transcript"] == "casus-04-ouder")
    assert text[line["start"] : line["end"]] == line["keyword"] == "afspraken"
    assert (line["case"], line["informant"], line["speaker"]) == ("04", "ouder", "M")
    assert found["not_searched"] == []
    assert ok("search", study, "afspreken", "speaker:M")["hits"] == 2
    shown = run("search", study, "afspraak")
    assert "2 hits in 2 interviews." in shown.stdout
    assert "[[afspraken]]" in shown.stdout
    counted = run("search", study, "afspraak", "--by", "form")
    assert counted.stdout.split()[-4:] == ["1", "afspraak", "1", "afspraken"]


def test_search_shows_what_is_found_beside_it_when_asked(tmp_path: Path) -> None:
    plans = study_with(tmp_path, {"a": "M: Ik werk daar. Het werk is zwaar. Wij werken door.\n"})
    asked = ok("search", plans, "werken")
    assert [row["form"] for row in asked["forms"]] == ["werk (verb)", "werken (verb)"]
    assert asked["also"] == [{"form": "werk (noun)", "times": 1}]
    assert all(line["sure"] for line in asked["lines"])
    assert "Also found: 1: werk (noun) 1 (--also shows them)" in run("search", plans, "werken").stdout
    widely = ok("search", plans, "werken", "--also")
    assert [(line["keyword"], line["sure"]) for line in widely["lines"]] == [
        ("werk", True), ("werken", True), ("werk", False)
    ]  # fmt: skip
    assert widely["also"] == []
    assert ok("search", plans, "werken", "--also", "--without", "werk (noun)")["hits"] == 2
    assert ok("search", plans, "werken", "--also", "--without", "werk")["hits"] == 1


def test_a_word_in_every_other_sentence_is_answered_with_a_word_about_it(tmp_path: Path) -> None:
    said = "".join(f"M: Dat zien we op dag {n}. Morgen niet.\n" for n in range(20))
    project = study_with(tmp_path, {"a": said})
    assert ok("search", project, "zien")["hits"] == 20
    assert "This stands in 50% of all sentences" in run("search", project, "zien").stdout
    assert "of all sentences" not in run("search", project, "dag", "en", "7").stdout


def test_search_keeps_questions_and_says_what_is_wrong(study: Path) -> None:
    ok("search", study, "afspraak informant:ouder", "--save", "afspraken")
    assert ok("search", study, "--list") == {"searches": {"afspraken": "afspraak informant:ouder"}}
    assert ok("search", study, "--saved", "afspraken")["hits"] == 1
    assert "quotation mark" in refused("search", study, '"half')
    assert "No question is kept" in refused("search", study, "--saved", "nooit")
    assert "Type a word" in refused("search", study)
    assert run("search", study, "week", "--sort", "omhoog").exit_code == 2


def test_plain_search(study: Path) -> None:
    found = ok("search", study, "--plain", "elke w")
    assert len(found["lines"]) == 2
    assert [part["text"] for part in found["lines"][0]["snippet"] if part["found"]] != []


def test_words(study: Path) -> None:
    frequent = {row["word"]: row["times"] for row in ok("words", study)["words"]}
    assert frequent["juf"] == 3
    roles = ok("words", study, "--by", "role")
    assert roles["measure"] == "log-likelihood"
    assert {group["name"] for group in roles["groups"]} == {"ouder", "leraar"}
    assert ok("words", study, "--near", "juf")["word"] == "juf"
    assert ok("words", study, "--speakers")["transcripts"][0]["speakers"][0]["speaker"] == "M"
    assert "at least two groups" in refused("words", study, "--by", "code")
    shown = run("words", study, "--by", "role")
    assert "parent (" in shown.stdout


def test_terms_that_a_codebook_may_want(tmp_path: Path) -> None:
    said = "".join(
        f"M: De lange wachtlijst is er op dag {n}. Wij wachten op de lange wachtlijsten.\n" for n in range(3)
    )
    project = study_with(tmp_path, {"a": said, "b": "M: Ja, een lange wachtlijst.\n"})
    terms = {
        row["words"]: (row["times"], row["documents"]) for row in ok("words", project, "--terms")["terms"]
    }
    assert terms["lange wachtlijst"] == (7, 2)
    assert terms["dag"] == (3, 1)
    assert "wachtlijst" not in terms  # it is always said in the longer one
    assert "lange wachtlijst" in run("words", project, "--terms").stdout


def test_stop_words_of_ones_own(study: Path, tmp_path: Path) -> None:
    usual = ok("words", study, "--print-stop-words")
    assert not usual["own"]
    own = tmp_path / "stop.txt"
    own.write_text("juf\n", encoding="utf-8")
    assert "juf" not in [row["word"] for row in ok("words", study, "--stop-words", own)["words"]]
    assert ok("words", study, "--print-stop-words")["words"] == ["juf"]
    own.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refused("words", study, "--stop-words", own)


def test_similar_passages_are_shown_accepted_and_refused(study: Path) -> None:
    text = ok("transcripts", "show", study, "casus-04-ouder")["text"]
    start = text.index("We spraken")
    ok("code", study, "--as", "anna", "casus-04-ouder", start, start + 41, "afstemming")
    found = ok("similar", study, "--code", "afstemming", "--as", "anna")
    assert "same words" in found["explanation"]
    first = found["passages"][0]
    assert "juf" in first["shared"]
    assert text[first["start"] : first["end"]] == first["text"]
    place = f"{first['transcript']}:{first['start']}-{first['end']}"
    ok("similar", study, "--code", "afstemming", "--as", "anna", "--refuse", place)
    again = ok("similar", study, "--code", "afstemming", "--as", "anna")["passages"]
    assert first["text"] not in [row["text"] for row in again]
    assert ok("similar", study, "--code", "afstemming", "--as", "anna", "--accept", place)["coding"]
    assert "NAME:START-END" in refused("similar", study, "--place", "casus")
    assert "lies outside" in refused("similar", study, "--place", "casus-04-ouder:5-99999")
    assert run("similar", study).exit_code == 2


def test_language_says_what_is_in_use(study: Path) -> None:
    used = ok("language")["languages"]
    assert [each["language"] for each in used] == ["nl", "en"]
    assert all(each["identity"] for each in used)
    assert "damaged" in ok("language", "prefer", study, "bestaat_niet")["problems"][0]
    ok("language", "prefer", study)
    assert ok("language", "suggest", study) == {"suggest": "on"}
    assert ok("language", "suggest", study, "sealed") == {"suggest": "sealed"}
    assert ok("language", "suggest", study, "off") == {"suggest": "off"}
    assert "not an official pipeline" in refused("language", "install", "iets_anders")
    assert "no file" in refused("language", "install", "nergens.whl")


def test_install_runs_only_the_official_downloader(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def pretend(command: list[str]) -> subprocess.CompletedProcess[str]:
        commands.append(command[1:])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr("qualcode.language.installed._run", pretend)
    assert ok("language", "install") == {"installed": "nl_core_news_sm"}
    assert commands == [["-m", "spacy", "download", "nl_core_news_sm"]]


def test_sentences_of_a_file(tmp_path: Path) -> None:
    plain = tmp_path / "tekst.txt"
    plain.write_text("Eén zin. Nog een,\nmet m.n. dit.\n\nEn [lacht] deze?", encoding="utf-8")
    found = ok("language", "sentences", plain)
    text = plain.read_text(encoding="utf-8")
    assert [row["text"] for row in found] == ["Eén zin.", "Nog een,\nmet m.n. dit.", "En [lacht] deze?"]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in found)
    assert "3 sentences. Places in the text of the file." in run("language", "sentences", plain).stdout
    interview = tmp_path / "casus-04-ouder.txt"
    interview.write_text(SAID, encoding="utf-8")
    assert ok("language", "sentences", interview)[0] == {"start": 0, "end": 13, "text": "Hoe ging het?"}
    assert "without the speakers" in run("language", "sentences", interview).stdout
    assert "no file" in refused("language", "sentences", tmp_path / "nergens.txt").lower()


@pytest.mark.parametrize(
    ("verb", "forbidden"),
    [
        (["transcripts", "list"], {"spacy", "sklearn", "simplemma", "numpy"}),
        (["check"], {"spacy", "sklearn", "simplemma", "numpy"}),
        (["search", "afspraak"], {"spacy", "sklearn", "numpy"}),
        (["words"], {"spacy", "sklearn", "numpy"}),
    ],
    ids=lambda part: part[0] if isinstance(part, list) else "",
)
def test_a_verb_loads_no_more_language_than_it_needs(
    study: Path, verb: list[str], forbidden: set[str]
) -> None:
    ok("search", study, "afspraak")  # reads the words, for which a pipeline is loaded once
    words = [verb[0], *([verb[1]] if verb == ["transcripts", "list"] else []), str(study)]
    words += verb[1:] if verb[0] == "search" else []
    program = (
        "import sys\nfrom qualcode.cli.group import qualcode\n"
        f"qualcode({words!r}, standalone_mode=False)\n"
        "print('LOADED', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "qualcode" in loaded
    assert loaded & forbidden == set()
