"""The examples in the page on agreement run and give what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qualcode.store.project import Project

PAGE = Path(__file__).parents[2] / "docs" / "agreement.md"


def test_the_examples_for_programmers_run() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    imports, *examples = [line.split("#")[0] for line in code[0].splitlines() if line.strip()]
    names: dict[str, object] = {}
    exec(imports, names)
    found = [eval(example, names) for example in examples]
    assert found[0] == pytest.approx(0.3478, abs=5e-5)
    assert str(found[1]) == "Counts(both=50, only_a=50, only_b=50, neither=850)"
    assert all(value.value is not None for value in found[2:])


def test_the_example_of_an_interval_runs() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)[1]
    *done, pair, reason = [line.split("   #")[0] for line in code.splitlines() if line.strip()]
    names: dict[str, object] = {}
    exec("\n".join(done), names)
    low, high, _below, why = eval(pair, names)
    assert 0 < low < high < 1
    assert why is None
    assert eval(reason, names).startswith("Fewer than five transcripts")


def test_the_examples_on_a_project_run(project: Project) -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(code) == 3
    transcript = project.transcripts.get("casus-04-leraar")
    for coder in project.coders.all():
        project.codings.add(transcript, 0, 13, project.codebook.get("tijd"), coder)
        project.progress.mark(transcript, coder)
    names: dict[str, object] = {"project": project}
    for line in code[2].splitlines():
        exec(line, names)
    assert names["comparison"].readings  # type: ignore[attr-defined]
    assert names["live"].refresh() == 0  # type: ignore[attr-defined]
