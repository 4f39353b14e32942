"""Copies taken while another process writes, as cloud folders take them; `benchmarks.copies` does it for long."""

from __future__ import annotations

from pathlib import Path

from benchmarks.copies import tried
from qualcode.tasks.project.beginning import PRACTITIONER, make_demo


def test_each_copy_is_sound_or_recognised_with_a_way_back(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "demo")
    made.close()
    outcomes = tried(made.path, PRACTITIONER, tmp_path, 12)  # raises where there is no way back
    assert sum(outcomes.values()) == 12
