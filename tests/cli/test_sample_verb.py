"""`qualcode sample`: which interviews two people both code, drawn by lot and kept with the seed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualcode.store.project import open_project
from qualcode.tasks.comparing.comparison import kept_sample
from tests.verbs import in_a_process, ok, refused, run, said, study_with

ROLES = ("ouder", "leraar")
NAMES = [f"casus-{case:02}-{role}" for case in range(1, 11) for role in ROLES]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty interviews: ten cases with a parent and a teacher each."""
    words = {name: f"I: Hoe ging het met {name}?\nR: Goed hoor.\n" for name in NAMES}
    return study_with(tmp_path_factory.mktemp("sample"), words)


def kept(study: Path) -> Any:
    """The names and the seed that the project keeps."""
    with open_project(study) as project:
        sample = kept_sample(project)
        assert sample is not None
        return [project.transcripts.get(one).name for one in sample.drawn], sample.seed


def test_the_same_seed_draws_the_same_and_is_kept(study: Path) -> None:
    first = ok("sample", study, "--seed", 7)
    assert (len(first["drawn"]), first["available"], first["share"], first["seed"]) == (4, 20, 0.2, 7)
    assert set(first["drawn"]) <= set(NAMES)
    assert ok("sample", study, "--seed", 7)["drawn"] == first["drawn"]
    assert kept(study) == (first["drawn"], 7)
    assert any(ok("sample", study, "--seed", seed)["drawn"] != first["drawn"] for seed in range(5))


def test_without_a_seed_one_is_drawn_and_told(study: Path) -> None:
    found = ok("sample", study)
    assert kept(study) == (found["drawn"], found["seed"])
    assert ok("sample", study, "--seed", found["seed"])["drawn"] == found["drawn"]


@pytest.mark.parametrize("seed", range(5))
def test_each_kind_of_informant_gets_its_part(study: Path, seed: int) -> None:
    found = ok("sample", study, "--share", 50, "--seed", seed)
    assert found["method"] == "stratified"
    parts = [(part["role"], part["drawn"], part["available"]) for part in found["by_role"]]
    assert sorted(parts) == [(role, 5, 10) for role in sorted(ROLES)]
    assert [sum(name.endswith(role) for name in found["drawn"]) for role in ROLES] == [5, 5]


def test_plain_lots_need_not_be_even(study: Path) -> None:
    found = [ok("sample", study, "--method", "random", "--share", 50, "--seed", seed) for seed in range(8)]
    assert {len(each["drawn"]) for each in found} == {10}
    assert len({sum(name.endswith("ouder") for name in each["drawn"]) for each in found}) > 1


def test_a_person_reads_what_was_drawn_and_what_it_cannot_do(study: Path) -> None:
    lines = said("sample", study, "--seed", 7).splitlines()
    drawn, _seed = kept(study)
    assert lines[0] == "Drawn 4 of 20 (20 %, seed 7):"
    assert lines[1:5] == [f"  {name}" for name in drawn]
    assert lines[5] == "Each of them had a chance of 20 % to be drawn."
    assert "no interval" in lines[6]
    assert lines[6:] == ok("sample", study, "--seed", 7)["warnings"]
    everything = said("sample", study, "--share", 100)
    assert "Drawn 20 of 20" in everything
    assert "Customary is" in everything


@pytest.mark.parametrize("words", [("--share", 0), ("--share", 101), ("--method", "best"), ("--seed", "x")])
def test_wrong_use_is_said(study: Path, words: tuple[object, ...]) -> None:
    assert run("sample", study, *words).exit_code == 2


def test_nothing_to_draw_from_is_refused(tmp_path: Path) -> None:
    assert "no interviews to draw from" in refused("sample", study_with(tmp_path, {}))
    assert "There is no project" in refused("sample", tmp_path / "none.qualcode")


def test_the_program_itself_in_dutch(study: Path) -> None:
    done = in_a_process("sample", study, "--seed", 7, language="nl")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].startswith("Geloot: 4 van de 20 (20 %, startgetal 7):")
    assert done.stdout.splitlines()[1:5] == [f"  {name}" for name in kept(study)[0]]


def test_every_draw_stands_in_the_logbook_also_one_that_was_undone(study: Path) -> None:
    before = ok("sample", study, "--seed", 3)["redrawn"]
    ok("undo", study)
    assert ok("sample", study, "--seed", 4)["redrawn"] == before + 1
    told = said("journal", study)
    assert "drew by lot which interviews both code" in told
    assert "seed 3" in told
