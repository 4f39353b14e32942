"""The reader: a transcript with speakers, line numbers, codings in the margin, a caret and a selection.

It knows nothing of the store: the screen shows it a transcript and marks, and hears from it
what was selected.
"""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.model import Transcript
from qualcode.tui.widgets.reader.keyboard import Keyboard
from qualcode.tui.widgets.reader.marks import Mark
from qualcode.tui.widgets.reader.mouse import Mouse


class Reader(Keyboard, Mouse):
    """Shows one transcript. With `interactive=False` it has no caret and no selection by key or mouse.

    Messages: `CursorMoved`, `SelectionChanged`, `MarkClicked`, `Scrolled`; each has
    the `reader` it comes from. `sentences` turns the text of one turn into sentence starts.
    """

    COMPONENT_CLASSES = {
        "reader--number",
        "reader--speaker",
        "reader--interviewer",
        "reader--time",
        "reader--caret",
        "reader--hit",
        "reader--hit-now",
    }
    DEFAULT_CSS = """
    Reader {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;

        & .reader--number { color: $text-muted; }
        & .reader--speaker { color: $text-primary; text-style: bold; }
        & .reader--interviewer { color: $text-muted; }
        & .reader--time { color: $text-muted; }
        & .reader--caret { background: $secondary; color: $background; }
        &:focus .reader--caret { background: $accent; color: $background; }
        & .reader--hit { background: $warning-muted; color: $text-warning; }
        & .reader--hit-now { background: $warning; color: $background; text-style: bold; }
    }
    """

    def show(self, transcript: Transcript, marks: Iterable[Mark] = (), *, at: int = 0) -> None:
        """Show a transcript with its marks, the caret at `at`. Marks must lie within the text (`ValueError`)."""
        marks = list(marks)
        for mark in marks:
            self._check(mark, transcript.text)
        self._let_go()
        self.mark_mode = False
        self._caret, self._anchor, self._focus_offset, self._goal_cell = 0, None, 0, 0
        self._load(transcript, marks)
        self._scroll_to_line(0)
        self.goto(at)
        self._draw(self.cursor_offset, None)
