"""A fault of the program itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.store.project import Project
from qualcode.tui.app import Workbench, keep_report, words_for


async def test_a_fault_stops_with_a_word_and_keeps_no_interview(
    workbench: Callable[[Project], Workbench],
    study: Project,
    settings_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(transcript: object) -> None:
        said = "Hij sliep weer."
        raise ZeroDivisionError(said)

    monkeypatch.setattr("qualcode.tui.session.Session.count_in", lambda self, transcript: broken(transcript))
    app = workbench(study)
    with pytest.raises(ZeroDivisionError):
        async with app.run_test(size=(120, 36)):
            pass
    report = (settings_folder / "last-error.txt").read_text(encoding="utf-8")
    assert "count_in" in report
    assert "ZeroDivisionError" in report
    assert "Hij sliep weer" not in report
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err


def test_a_report_that_cannot_be_written_is_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("a file, no folder", encoding="utf-8")
    assert keep_report(ValueError("x"), tmp_path / "settings") is None
    assert "start it again" in words_for(None)
