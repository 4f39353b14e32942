"""The one door: rules in a blank pipeline, a trained one, and what is broken or does not fit."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from qualcode.errors import InputError, NotFoundError, QualcodeError
from qualcode.language.index import PARTICLE
from qualcode.language.installed import describe, install
from qualcode.language.pipeline import OWN, RULES, candidates, folder_of, pipeline, rules_identity
from qualcode.language.reading import NOUN, VERB
from qualcode.model import Turn

OURS = OWN["nl"]

TALK = "[leraar-1]: hij ging weg. Mw. de Vries zei: “Kom [kind-2]'s tas halen!” [lacht] 's Avonds belde ze."


def test_dutch_comes_with_parts_of_speech() -> None:
    used = pipeline("nl")
    assert used.source == OURS
    assert used.problems == ()
    assert used.has_pos
    tokens = list(used.tokens(TALK))
    assert [token.text for token in tokens if token.text.startswith("[")][:2] == ["[leraar-1]", "[kind-2]"]
    assert all(TALK[token.start : token.end] == token.text for token in tokens)
    assert used.entities(TALK) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Mijn zorgen zijn minder, maar wij zorgen voor hem.", {5: NOUN, 34: VERB}),
        ("Ze belde hem gisteren op en ging weg.", {22: PARTICLE, 33: PARTICLE}),
        ("ze belde op dat moment", {9: ""}),
        ("je mag hem morgen terug bellen", {18: "", 24: VERB}),
    ],
)
def test_words_are_tagged_for_the_index(text: str, kinds: dict[int, str]) -> None:
    tags = pipeline("nl").tags(text) or {}
    assert {start: tags.get(start, "") for start in kinds} == kinds


def test_nothing_in_our_pipeline_runs_code_of_its_own() -> None:
    """Only JSON, msgpack and text: no pickle, no Python."""
    files = [path for path in folder_of(OURS).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 3_000_000
    assert {path.suffix for path in files} <= {"", ".cfg", ".json", ".bin", ".md"}


@pytest.mark.parametrize(
    "text", ["[kind-2]'s", "([kind-12],", ").[kind-3]", "en[kind-4]", "[kind-6]/[kind-7]", "“[moeder-1]”"]
)
def test_placeholders_stay_one_token(text: str) -> None:
    tokens = [token.text for token in pipeline("nl").tokens(text)]
    assert sum(token.startswith("[") and token.endswith("]") for token in tokens) == text.count("[")


def test_a_trained_pipeline_adds_parts_of_speech_and_names(trained_folder: Path) -> None:
    used = pipeline("nl", str(trained_folder))
    text = "de scholen belden Noor\n[leraar-1] hielp Karim"
    turns = [Turn(1, 0, 22), Turn(2, 23, len(text))]
    assert used.trained
    assert used.problems == ()
    assert {
        start: kind for start, kind in (used.tags(text, turns) or {}).items() if start in (3, 11, 34)
    } == {
        3: NOUN,
        11: VERB,
        34: VERB,
    }
    assert {text[name.start : name.end] for name in used.entities(text, turns)} >= {"Noor", "Karim"}
    assert next(used.tokens(text[23:])).text == "[leraar-1]"
    assert "piepklein 0.1.0" in used.identity
    assert used.identity != pipeline("nl").identity


def test_an_installed_official_pipeline_is_found_by_itself(as_package: Path) -> None:
    assert candidates("nl") == ["nl_core_news_sm", OURS]
    used = pipeline("nl")
    assert used.source == "nl_core_news_sm"
    assert used.version == "0.1.0"
    described = describe("nl")
    assert described.trained
    assert "Names are looked for with it as well." in described.gives
    assert described.better == ()
    assert "nl_core_news_sm 0.1.0" in described.text


def test_a_preferred_pipeline_goes_before_an_installed_one(as_package: Path, trained_folder: Path) -> None:
    assert pipeline("nl", str(trained_folder)).source == str(trained_folder)
    assert candidates("nl", "nl_core_news_sm") == ["nl_core_news_sm", OURS]


def _changed(folder: Path, tmp_path: Path, **changes: str) -> str:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    meta = json.loads((copy / "meta.json").read_text())
    (copy / "meta.json").write_text(json.dumps({**meta, **changes}))
    return str(copy)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lang": "de"}, "for the language “de”"),
        ({"spacy_version": ">=1.0,<2.0"}, "was made for spaCy >=1.0,<2.0"),
    ],
)
def test_a_pipeline_that_does_not_fit_is_told_and_passed_over(
    trained_folder: Path, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    used = pipeline("nl", _changed(trained_folder, tmp_path, **changes))
    assert used.source == OURS
    assert said in used.problems[0]
    assert said in describe("nl", str(tmp_path / "copy")).text


@pytest.mark.parametrize(
    ("victim", "harm"),
    [("meta.json", "cut"), ("config.cfg", "gone"), ("ner/model", "cut"), ("vocab/strings.json", "gone")],
)
def test_a_broken_pipeline_is_told_and_passed_over(
    trained_folder: Path, tmp_path: Path, victim: str, harm: str
) -> None:
    name = _changed(trained_folder, tmp_path)
    target = Path(name) / victim
    if harm == "gone":
        target.unlink()
    else:
        target.write_bytes(target.read_bytes()[:20])
    used = pipeline("nl", name)
    assert used.source == OURS
    assert "damaged or incomplete" in used.problems[0]
    assert list(used.tokens("Ja, dat klopt."))


@pytest.mark.parametrize("name", ["no_such_pipeline", "/no/such/folder"])
def test_a_pipeline_that_is_not_there_is_told(name: str) -> None:
    used = pipeline("nl", name)
    assert used.source == OURS
    assert name in used.problems[0]


def test_an_empty_folder_is_no_pipeline(tmp_path: Path) -> None:
    assert "damaged or incomplete" in pipeline("nl", str(tmp_path)).problems[0]


def test_english_goes_through_the_same_door_with_lemmas_only() -> None:
    used = pipeline("en")
    assert used.source == RULES
    assert used.tags("the children of [teacher-1]") is None
    assert "[teacher-1]" in {token.text for token in used.tokens("the children of [teacher-1]")}
    assert used.identity == rules_identity()
    assert "lemmas only" in describe("en").text


def test_where_ours_cannot_be_loaded_the_rules_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("qualcode.language.pipeline.folder_of", lambda name: tmp_path / name)
    pipeline.cache_clear()
    used = pipeline("nl")
    pipeline.cache_clear()
    assert used.source == RULES
    assert OURS in used.problems[0]
    assert used.tags("Ja, dat klopt.") is None


def test_a_language_we_do_not_know_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="Dutch"):
        pipeline("de")


@pytest.mark.parametrize("text", ["", " ", "😀😀", "the children de kinderen"])
def test_odd_turns(text: str) -> None:
    assert "".join(token.text for token in pipeline("nl").tokens(text)) == text.replace(" ", "")


def test_a_turn_of_a_million_and_a_half_characters_is_taken() -> None:
    assert len(list(pipeline("nl").tokens(("ja" * 250 + " ") * 3_000))) == 3_000


class _Runner:
    """Carries out no command, but remembers it."""

    def __init__(self, code: int = 0, said: str = "") -> None:
        self.code, self.said, self.commands = code, said, list[Sequence[str]]()

    def __call__(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        return subprocess.CompletedProcess(command, self.code, "", self.said)


def test_install_by_name_uses_the_downloader_of_spacy() -> None:
    runner = _Runner()
    assert install("nl_core_news_sm", runner) == "nl_core_news_sm"
    assert runner.commands == [[sys.executable, "-m", "spacy", "download", "nl_core_news_sm"]]


def test_install_from_a_wheel_asks_no_registry(tmp_path: Path) -> None:
    wheel = tmp_path / "nl_core_news_sm-3.8.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("nl_core_news_sm/meta.json", json.dumps({"lang": "nl", "pipeline": ["tagger"]}))
    runner = _Runner()
    assert install(str(wheel), runner) == "nl_core_news_sm"
    assert runner.commands[0][1:-1] == ["-m", "pip", "install", "--no-deps", "--no-index"]


def test_install_refuses_what_is_no_pipeline(tmp_path: Path) -> None:
    runner = _Runner()
    broken, other = tmp_path / "a.whl", tmp_path / "b.whl"
    broken.write_text("no zip")
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("thing/__init__.py", "")
    with pytest.raises(InputError, match="not an official pipeline"):
        install("nl-core-news-sm", runner)
    with pytest.raises(NotFoundError, match="no file"):
        install(str(tmp_path / "c.whl"), runner)
    with pytest.raises(InputError, match="damaged"):
        install(str(broken), runner)
    with pytest.raises(InputError, match="holds no spaCy pipeline"):
        install(str(other), runner)
    assert runner.commands == []


def test_install_that_fails_says_the_last_word_of_the_installer() -> None:
    with pytest.raises(QualcodeError, match="could not be installed: no network"):
        install("nl_core_news_sm", _Runner(1, "trying\nno network\n"))


_LIGHT = "sentences index query reading search words counting similar pipeline installed"


def test_importing_loads_neither_spacy_nor_scikit_learn() -> None:
    imports = ", ".join(f"qualcode.language.{name}" for name in _LIGHT.split())
    heavy = ("spacy", "sklearn", "numpy", "sqlite3", "simplemma")
    check = f"import sys, {imports}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
