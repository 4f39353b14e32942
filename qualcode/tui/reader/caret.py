"""Where one reads and what is selected: a caret and an anchor, moved by steps, passages or the mouse.

Nothing here knows a widget: the reader hands in its layout and is told when the caret has moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from textual.geometry import Offset, Size
from textual.timer import Timer

from qualcode.text.graphemes import whole_clusters
from qualcode.text.layout import Layout
from qualcode.text.spans import Span
from qualcode.text.words import (
    TextUnit,
    TextUnits,
    move_edge,
    narrow,
    next_word,
    next_word_end,
    previous_word,
    previous_word_end,
    select_or_extend,
    simple_sentence_starts,
    widen,
)

_VERTICAL = {"up", "down", "page_up", "page_down"}


class Caret:
    """The reading position `offset`; what is selected lies between it and the `anchor`.

    After each change `moved` is called with the offset and the selection from before, and whether the caret is
    to be kept in sight.
    """

    def __init__(self, page: Callable[[], int], moved: Callable[[int, Span | None, bool], None]) -> None:
        """`page`: how many lines a page has now."""
        self._page = page
        self._moved = moved
        self.lay_out(Layout("", (), 80), TextUnits("", (), simple_sentence_starts))
        self.begin()

    def begin(self) -> None:
        """Stand at the start of a text with nothing selected, without telling anybody."""
        self.offset = 0
        self.anchor: int | None = None
        self.marking = False
        """Whether the movement keys mark."""
        self.adjusting = False
        """Whether a key is changing the edges of what is selected."""
        self._around = 0  # where the caret was last put by itself; widening and narrowing go around it
        self._goal_cell = 0  # the cell of a line that going up and down aims at

    def lay_out(self, layout: Layout, units: TextUnits) -> None:
        """Take other lines, or another text."""
        self._layout = layout
        self._units = units

    @property
    def selection(self) -> Span | None:
        """The selected passage; `None` if no character is selected."""
        if self.anchor is None or self.anchor == self.offset:
            return None
        return Span(min(self.anchor, self.offset), max(self.anchor, self.offset))

    @property
    def place(self) -> Span:
        """The selected passage, else the empty place at the caret."""
        return self.selection or Span(self.offset, self.offset)

    # putting it somewhere

    def put(
        self, offset: int, anchor: int | None, *, keep_goal: bool = False, keep_in_sight: bool = True
    ) -> None:
        """Set caret and anchor. `keep_goal`: going up and down aims at the same cell as before."""
        before, selected = self.offset, self.selection
        self.offset, self.anchor = offset, anchor
        if not keep_goal:
            self._goal_cell = self._layout.position(offset)[1]
        self._moved(before, selected, keep_in_sight)

    def goto(self, offset: int) -> None:
        """Go to `offset` (or the nearest place there is) and select nothing."""
        self.marking = False
        text = self._layout.text
        self._go(whole_clusters(text, min(max(offset, 0), len(text)), len(text))[0])

    def press(self, glyph: Span) -> None:
        """Go to the character that the mouse is pressed on, without scrolling."""
        self._around = glyph.start
        self.put(glyph.start, None, keep_in_sight=False)

    def select(self, span: Span | None) -> None:
        """Select a passage, widened to whole visible characters; the caret goes to its end."""
        self.marking = False
        if span is None or not span.length:
            self.put(self.offset, None)
            return
        text = self._layout.text
        start, end = whole_clusters(text, max(span.start, 0), min(span.end, len(text)))
        self.put(end, start)

    def select_again(self, span: Span | None) -> None:
        """Select, unless just that is selected already."""
        if span != self.selection:
            self.select(span)

    def _go(self, offset: int, *, extend: bool = False, keep_goal: bool = False) -> None:
        """Put the caret elsewhere; with `extend`, or while marking, the anchor stays."""
        if extend or self.marking:
            self.put(offset, self.offset if self.anchor is None else self.anchor, keep_goal=keep_goal)
        else:
            self._around = offset
            self.put(offset, None, keep_goal=keep_goal)

    # steps

    def move(self, step: str) -> None:
        """Take a step; while marking this extends the selection."""
        self._go(self.after(step, self.offset), keep_goal=step in _VERTICAL)

    def extend(self, step: str) -> None:
        """Take a step with the edge of the selection at which the caret stands."""
        with self._adjusted():
            self._go(self.after(step, self.offset), extend=True, keep_goal=step in _VERTICAL)

    def edge(self, edge: str, step: str) -> None:
        """Move the "start" or the "end" of the selection by a step; the caret goes with the end."""
        if self.selection is None:
            return
        if step.startswith("word") and edge == "end":
            step = step.replace("word", "word_end")
        span = move_edge(self.selection, edge, lambda offset: self.after(step, offset))
        with self._adjusted():
            self.put(span.end, span.start)

    def swap(self) -> None:
        """Go to the other end of the selection."""
        span = self.selection
        if span is not None:
            self.put(*((span.start, span.end) if self.offset == span.end else (span.end, span.start)))

    def toggle_marking(self) -> None:
        """Begin marking at the caret, or stop and keep what is marked."""
        self.marking = not self.marking
        if self.marking and self.selection is None:
            self.put(self.offset, self.offset)

    def after(self, step: str, offset: int) -> int:
        """Where one is a step after `offset`."""
        text, layout = self._layout.text, self._layout
        match step:
            case "left" | "right":
                return layout.before(offset) if step == "left" else layout.after(offset)
            case "up" | "down":
                return layout.moved(offset, -1 if step == "up" else 1, self._goal_cell)
            case "page_up" | "page_down":
                lines = -self._page() if step == "page_up" else self._page()
                return layout.moved(offset, lines, self._goal_cell)
            case "line_start":
                return layout.start(layout.line(offset))
            case "line_end":
                return layout.last_offset(layout.line(offset))
            case "top" | "bottom":
                return 0 if step == "top" else len(text)
            case "turn_up" | "turn_down":
                return self._turn_start(offset, -1 if step == "turn_up" else 1)
        return _WORD_STEPS[step](text, offset)

    def _turn_start(self, offset: int, direction: int) -> int:
        turns, index = self._units.turns, self._units.turn_index(offset)
        if direction < 0 and offset > turns[index].start:
            return turns[index].start
        index += direction
        if 0 <= index < len(turns):
            return turns[index].start
        return 0 if direction < 0 else len(self._layout.text)

    # passages

    def select_unit(self, unit: TextUnit) -> None:
        """Select the passage at the caret; if that is selected already, the next one too."""
        self.select_again(select_or_extend(self._units, unit, self.selection, self.offset))

    def widen(self) -> None:
        """Select the next larger passage."""
        with self._adjusted():
            self.select_again(widen(self._units, self.selection, self.offset))

    def narrow(self) -> None:
        """Select the next smaller passage; after the smallest, nothing."""
        with self._adjusted():
            self.select_again(narrow(self._units, self.selection, self._around))

    @contextmanager
    def _adjusted(self) -> Iterator[None]:
        """What is selected meanwhile is what was selected before, with other edges."""
        self.adjusting = True
        try:
            yield
        finally:
            self.adjusting = False


_WORD_STEPS: dict[str, Callable[[str, int], int]] = {
    "word_left": previous_word,
    "word_right": next_word,
    "word_end_left": previous_word_end,
    "word_end_right": next_word_end,
}


class Dragged(Protocol):
    """What a drag needs of the widget on which the mouse is pressed."""

    @property
    def size(self) -> Size:
        """Its width and height in cells."""

    def glyph_at(self, place: Offset) -> Span:
        """The visible character at a place of the content (empty past a line's end)."""

    def scroll_lines(self, lines: int) -> None:
        """Scroll so many lines."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Timer:
        """Call something every so many seconds."""


_SCROLL_EVERY = 1 / 30  # seconds, while the pointer is held above or below the text


class Drag:
    """Marking with the mouse: takes in the characters under both ends of a drag."""

    def __init__(self, widget: Dragged, caret: Caret) -> None:
        self._widget = widget
        self._caret = caret
        self.held: Span | None = None
        """Where the drag began: the visible character pressed on; `None` when nothing is dragged."""
        self.pointer = Offset(0, 0)
        self.scroller: Timer | None = None
        """Scrolls on, while the pointer is held past the upper or lower edge."""

    def begin(self, place: Offset, *, extend: bool) -> None:
        """Press on a place; with `extend` what is selected already is dragged on."""
        caret = self._caret
        caret.marking = False
        if extend:
            anchor = caret.offset if caret.anchor is None else caret.anchor
            self.held = Span(anchor, anchor)
            self._to(place)
        else:
            self.held = self._widget.glyph_at(place)
            caret.press(self.held)

    def move(self, pointer: Offset) -> None:
        """Mark up to the pointer; past the upper or lower edge, scroll as long as it stays there."""
        self.pointer = pointer
        self._to(pointer)
        outside = not 0 <= pointer.y < self._widget.size.height
        if outside and self.scroller is None:
            self.scroller = self._widget.set_interval(_SCROLL_EVERY, self.scroll_on)
        elif not outside:
            self._stop_scrolling()

    def end(self) -> None:
        """Let go."""
        self.held = None
        self._stop_scrolling()

    def scroll_on(self) -> None:
        """Scroll by the distance of the pointer to the edge, and mark on."""
        y = self.pointer.y
        self._widget.scroll_lines(y if y < 0 else y - self._widget.size.height + 1)
        self._to(self.pointer)

    def _stop_scrolling(self) -> None:
        if self.scroller is not None:
            self.scroller.stop()
            self.scroller = None

    def _to(self, place: Offset) -> None:
        """Select from where the drag began to a place."""
        held = self.held
        if held is None:
            return
        height = self._widget.size.height
        glyph = self._widget.glyph_at(Offset(place.x, min(max(place.y, 0), max(height - 1, 0))))
        if glyph == held:
            if self._caret.selection is not None and held.length:
                self._caret.put(held.end, held.start, keep_in_sight=False)
        elif glyph.start < held.start:
            self._caret.put(glyph.start, held.end, keep_in_sight=False)
        else:
            self._caret.put(max(glyph.end, held.start), held.start, keep_in_sight=False)
