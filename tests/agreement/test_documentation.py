"""The examples in the page on agreement run and give what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "agreement.md"


def test_the_examples_for_programmers_run() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(code) == 1
    imports, *examples = [line.split("#")[0] for line in code[0].splitlines() if line.strip()]
    names: dict[str, object] = {}
    exec(imports, names)
    found = [eval(example, names) for example in examples]
    assert found[0] == pytest.approx(0.3478, abs=5e-5)
    assert str(found[1]) == "Counts(both=50, only_a=50, only_b=50, neither=850)"
    assert all(value.value is not None for value in found[2:])
