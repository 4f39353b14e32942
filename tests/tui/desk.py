"""Sitting at the workbench: going to a step, pressing keys, reading what stands there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from qualcode.tui.app import Workbench


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, and wait until what they set going on the screen has been done."""
    await pilot.press(*keys)
    await pilot.pause()


async def settled(app: Workbench, pilot: Pilot[Any]) -> None:
    """Wait for what runs beside the screen as well."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def at(app: Workbench, pilot: Pilot[Any], step: str) -> None:
    """Go to a step and wait until its numbers are there."""
    app.go_to_step(step)
    await settled(app, pilot)


@asynccontextmanager
async def opened(
    app: Workbench, step: str = "", *, size: tuple[int, int] = (120, 36), notifications: bool = False
) -> AsyncIterator[tuple[Workbench, Pilot[None]]]:
    """The workbench as it runs, on a step if one is named."""
    async with app.run_test(size=size, notifications=notifications) as pilot:
        if step:
            await at(app, pilot, step)
        yield app, pilot


def words(app: Workbench, place: str) -> str:
    """What a part of the screen says."""
    return str(app.screen.query_one(place, Static).content)


def said(app: Workbench) -> list[str]:
    """What was said in the corner."""
    return [note.message for note in app._notifications]
