"""Take the pictures of the documentation from the program itself, on the demo project.

python docs/take_pictures.py            # writes docs/pictures/code.svg and compare.svg
rsvg-convert -o code.png code.svg       # (to look at one as PNG)
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from qualcode.i18n import set_language
from qualcode.tasks.project.beginning import PRACTITIONER, make_demo
from qualcode.tui.app import Workbench
from qualcode.tui.preferences import Preferences

FOLDER = Path(__file__).parent / "pictures"
SIZE = (132, 40)


async def take(app: Workbench, pilot: Pilot[None], name: str) -> None:
    """Save the screen as it is now."""
    await app.workers.wait_for_complete()
    await pilot.pause()
    picture = re.sub(r"terminal-\d+-", f"{name}-", app.export_screenshot(title="qualcode"))
    # blanks as blanks: some programs that draw SVG have no width for others
    picture = picture.replace("&#160;", " ").replace("<svg ", '<svg xml:space="preserve" ', 1)
    (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")


async def coding(app: Workbench, pilot: Pilot[None]) -> None:
    """An interview with codings, a passage marked, and the card of its code."""
    reader = app.screen.query_one("#reader")
    reader.focus()
    await pilot.press(*["right_square_bracket"] * 5, "right_parenthesis")
    await take(app, pilot, "code")


async def comparing(app: Workbench, pilot: Pilot[None]) -> None:
    """Two readings side by side, at a difference."""
    app.go_to_step("compare")
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.press("f8", "f8")
    await take(app, pilot, "compare")


async def main() -> None:
    """Take all pictures, in English."""
    set_language("en")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, make_demo(Path(folder) / "demo") as project:
        project.coder = project.coders.get(PRACTITIONER)
        app = Workbench(project, Preferences(seen=["code", "tour"]))
        app.preferences.save = lambda: None  # type: ignore[method-assign]  # leave the settings of whoever runs this
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await coding(app, pilot)
            await comparing(app, pilot)


if __name__ == "__main__":
    asyncio.run(main())
