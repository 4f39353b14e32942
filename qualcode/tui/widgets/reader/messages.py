"""What a reader tells its screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from qualcode.text.spans import Span
from qualcode.tui.widgets.reader.marks import Mark

if TYPE_CHECKING:
    from qualcode.tui.widgets.reader.surface import Surface


class _ReaderMessage(Message, namespace="reader"):
    """A message and the `reader` it comes from."""

    def __init__(self, reader: Surface) -> None:
        super().__init__()
        self.reader = reader

    @property
    def control(self) -> Surface:
        """The reader."""
        return self.reader


class CursorMoved(_ReaderMessage, namespace="reader"):
    """The caret stands at another `offset`."""

    def __init__(self, reader: Surface, offset: int) -> None:
        super().__init__(reader)
        self.offset = offset


class SelectionChanged(_ReaderMessage, namespace="reader"):
    """Another passage is selected; `span` is `None` if nothing is.

    `adjusted`: the one before was widened, narrowed, or got another edge by key.
    """

    def __init__(self, reader: Surface, span: Span | None, adjusted: bool = False) -> None:
        super().__init__(reader)
        self.span = span
        self.adjusted = adjusted


class MarkClicked(_ReaderMessage, namespace="reader"):
    """A bracket in the margin was clicked: these `marks` stand there (several behind a `+n`)."""

    def __init__(self, reader: Surface, marks: Sequence[Mark]) -> None:
        super().__init__(reader)
        self.marks = tuple(marks)


class Scrolled(_ReaderMessage, namespace="reader"):
    """Another line stands at the top; `offset` is where it begins."""

    def __init__(self, reader: Surface, offset: int) -> None:
        super().__init__(reader)
        self.offset = offset
