"""Keys typed faster than windows open: each waits until the one before it has done its work, and none is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen

_LONGEST_WAIT = 0.3  # seconds; a widget that swallowed a key may be gone before it can tell


class Landed(Message):
    """Follows a key through the same widgets, and so tells that one of them kept it to itself."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class TypingAhead:
    """Hands an app its keys one by one.

    A key goes down to what has the focus, and its way back up through the widgets decides what it does. Without this
    the next keys would be on their way to the same place already, while the first opens a window they were meant for.
    """

    def __init__(self, app: App[None], hand_over: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._hand_over = hand_over
        self._waiting: deque[events.Key] = deque()
        self._number = 0
        """Of the key that is under way, or was last."""
        self.under_way = False
        """Whether a key is on its way."""
        self._before: Screen[Any] | None = None
        """What was shown when it was pressed."""

    async def press(self, key: events.Key) -> None:
        """A key was pressed: hand it over, or keep it until the one before it is done."""
        if self.under_way:
            if not self._waiting:
                self._app.set_timer(_LONGEST_WAIT, partial(self._go_on, self._number))
            self._waiting.append(key)
            return
        self._number += 1
        self.under_way, self._before = True, self._app.screen
        number = self._number
        await self._hand_over(key)
        target = self._app.focused or self._app.screen
        if not target.post_message(Landed(number)):
            self.came_back()

    def came_back(self) -> None:
        """The key came back to the app, which does now what it is for."""
        self._app.call_next(self.landed, self._number)

    async def landed(self, number: int) -> None:
        """The key of that number is done; a window that it opened gets its focus first."""
        if self._app.screen is self._before:
            await self._go_on(number)
        else:
            self._app.screen.call_after_refresh(self._go_on, number)

    async def _go_on(self, number: int) -> None:
        if self.under_way and number == self._number:
            self.under_way = False
            if self._waiting:
                await self.press(self._waiting.popleft())
