"""The mouse in the reader: drag to mark, double click for a word, triple for a turn."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.timer import Timer

from qualcode.text.spans import Span
from qualcode.tui.widgets.reader import messages
from qualcode.tui.widgets.reader.caret import Caret
from qualcode.tui.widgets.reader.passages import Unit

_SCROLL_EVERY = 1 / 30  # seconds, while the pointer is held above or below the text


class Mouse(Caret):
    """A caret that listens to the mouse. A drag takes in the characters under both its ends."""

    MarkClicked = messages.MarkClicked

    _held: Span | None = None  # where the drag began: the visible character pressed on
    _pointer = Offset(0, 0)
    _scroller: Timer | None = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a drag; on the margin, report the marks there."""
        if event.button not in (0, 1):
            return
        place = event.get_content_offset_capture(self)
        if place.x < self._columns.text_x:
            self._click_margin(place)
            return
        if not self.interactive:
            return
        event.stop()
        self.mark_mode = False
        glyph = self._glyph(place)
        if event.shift or event.ctrl or event.meta:
            anchor = self.cursor_offset if self._anchor is None else self._anchor
            self._held = Span(anchor, anchor)
            self._drag_to(place)
        else:
            self._held = glyph
            self._focus_offset = glyph.start
            self._put(glyph.start, None, scroll=False)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark up to the pointer; past the upper or lower edge, scroll as long as it stays there."""
        if self._held is None:
            return
        event.stop()
        self._pointer = event.get_content_offset_capture(self)
        self._drag_to(self._pointer)
        outside = not 0 <= self._pointer.y < self.size.height
        if outside and self._scroller is None:
            self._scroller = self.set_interval(_SCROLL_EVERY, self._scroll_on)
        elif not outside:
            self._stop_scrolling()

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """End the drag."""
        self._let_go()

    def on_hide(self, _event: events.Hide) -> None:
        """End the drag."""
        self._let_go()

    def on_click(self, event: events.Click) -> None:
        """Mark the word (double click) or the turn (triple click) under the pointer."""
        place = event.get_content_offset_capture(self)
        if event.chain < 2 or not self.interactive or place.x < self._columns.text_x:
            return
        unit = Unit.WORD if event.chain == 2 else Unit.TURN
        self.select(self.passages.at(unit, self._glyph(place).start))

    def _let_go(self) -> None:
        if self._held is not None:
            self._held = None
            self._stop_scrolling()
            self.release_mouse()

    def _drag_to(self, place: Offset) -> None:
        held = self._held
        if held is None:
            return
        height = self.size.height
        glyph = self._glyph(Offset(place.x, min(max(place.y, 0), max(height - 1, 0))))
        if glyph == held:
            if self.selection is not None and held.length:
                self._put(held.end, held.start, scroll=False)
            return
        if glyph.start < held.start:
            self._put(glyph.start, held.end, scroll=False)
        else:
            self._put(max(glyph.end, held.start), held.start, scroll=False)

    def _scroll_on(self) -> None:
        """Scroll by the distance of the pointer to the edge, and mark on."""
        beyond = self._pointer.y if self._pointer.y < 0 else self._pointer.y - self.size.height + 1
        self._scroll_to_line(min(max(self.scroll_offset.y + beyond, 0), len(self.text_layout) - 1))
        self._drag_to(self._pointer)

    def _stop_scrolling(self) -> None:
        if self._scroller is not None:
            self._scroller.stop()
            self._scroller = None

    def _glyph(self, place: Offset) -> Span:
        """The visible character at a place of the content (empty past a line's end)."""
        line = min(max(place.y + self.scroll_offset.y, 0), len(self.text_layout) - 1)
        return self.text_layout.row(line).glyph(max(place.x - self._columns.text_x, 0))

    def _click_margin(self, place: Offset) -> None:
        line = place.y + self.scroll_offset.y
        lane = self._columns.lane_at(place.x)
        if lane is None or line >= len(self.text_layout):
            return
        last = self._columns.lanes - 1
        here = [(mark, at) for mark, _, at in self.marks_shown.on_line(line)]
        marks = [mark for mark, at in here if at == lane or (lane == last and at > last)]
        if marks:
            self.post_message(self.MarkClicked(self, marks))
