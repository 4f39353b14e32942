"""What the machine and the terminal can do."""

from __future__ import annotations

import json

from click.testing import CliRunner
from textual.widgets import Static

from qualcode.cli.group import qualcode
from qualcode.tui.keymap import KeyEcho, done_by


def test_the_doctor_says_what_there_is_and_no_file_of_anybody() -> None:
    ran = CliRunner().invoke(qualcode, ["doctor", "--json"])
    assert ran.exit_code == 0
    found = json.loads(ran.output)
    assert {"qualcode", "python", "textual", "terminal", "clipboard"} <= set(found)
    assert "/" not in "".join(value for name, value in found.items() if name != "system")


def test_a_key_is_told_by_everything_it_does() -> None:
    assert "Undo your last act" in done_by("u")
    assert done_by("ctrl+f12") == []


async def test_keys_are_echoed_with_what_they_do() -> None:
    app = KeyEcho()
    async with app.run_test(size=(100, 20)) as pilot:
        await pilot.press("N", "ctrl+r", "é", "left_square_bracket")
        echoed = str(app.query_one("#echoed", Static).render())
        first, second, third, fourth = reversed(echoed.splitlines())
        assert "Mark the next sentence without a code" in first
        assert "ctrl+r" in second
        assert "nothing in qualcode" in third
        assert '"left_square_bracket"' in fourth
        assert "[" in fourth
