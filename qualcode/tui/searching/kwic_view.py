"""What a search found, line by line, each word in its context; any number of lines, made when they are seen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.tui.actions import unseen
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.place import SearchPlace, faces, fit_end
from qualcode.tui.common.words import styled
from qualcode.tui.reader.painting import fit

MOST = 300


class FormsList(QuietList):
    """Enter, space or a click takes a form out or in again."""

    BINDINGS = unseen({"space": "select"})

    class Changed(Message):
        """Other forms are wanted than before."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._forms: Sequence[tuple[str, int]] = ()
        self.without: set[str] = set()

    def fill(self, forms: Sequence[tuple[str, int]], without: set[str] | None = None) -> None:
        """Show the commonest forms; `without` are those left out from the start."""
        self._forms = forms[:MOST]
        self.without = {form for form, _times in forms} & (without or set())
        self.set_options([Option(self._line(form, times)) for form, times in self._forms])

    def _line(self, form: str, times: int) -> Content:
        box = "☐ " if form in self.without else "☑ "
        return styled(
            (box, "$ink-soft" if form in self.without else "bold $success"),
            faces(form),
            (f"  {times}", "$ink-soft"),
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the form out, or in again."""
        event.stop()
        form, times = self._forms[event.option_index]
        self.without ^= {form}
        self.replace_option_prompt_at_index(event.option_index, self._line(form, times))
        self.post_message(self.Changed())


class AlsoLine(Static, can_focus=True):
    """What may be meant as well, in one line: space, Enter or a click takes it in, or leaves it out again."""

    BINDINGS = unseen({"space,enter": "take"})

    class Toggled(Message):
        """It is to be taken in, or not."""

    def show(self, beside: str, *, ticked: bool) -> None:
        """Say what there is, and whether it is taken in; nothing at all if there is nothing."""
        self.display = bool(beside)
        box = ("☑ ", "bold $success") if ticked else ("☐ ", "$ink-soft")
        self.update(styled((" ", ""), box, faces(beside)))

    def on_mount(self) -> None:
        """Nothing is found yet."""
        self.display = False

    def on_click(self) -> None:
        """As space does."""
        self.action_take()

    def action_take(self) -> None:
        """Take it in, or leave it out again."""
        self.post_message(self.Toggled())


_SIGNS = 3
_SHORTEST_NAME, _LONGEST_NAME = 8, 24
_FROM_THE_LEFT = 0.45


class KwicView(ScrollView, can_focus=True):
    """Lines with a tick box, the interview, and the words before and behind what was found."""

    COMPONENT_CLASSES = {"kwic--soft", "kwic--found", "kwic--cursor", "kwic--ticked"}
    BINDINGS = unseen(
        {
            "up,k": "move(-1)",
            "down,j": "move(1)",
            "pageup": "page(-1)",
            "pagedown": "page(1)",
            "home,g": "edge(-1)",
            "end,G": "edge(1)",
        }
    )
    DEFAULT_CSS = """
    KwicView {
        height: 1fr;
        scrollbar-size-vertical: 1;
        & > .kwic--soft { color: $ink-soft; }
        & > .kwic--found { color: $here; text-style: bold; }
        & > .kwic--ticked { color: $success; text-style: bold; }
        & > .kwic--cursor { background: $block-cursor-blurred-background; }
        &:focus > .kwic--cursor { background: $mark; }
    }
    """

    class Moved(Message):
        """The cursor is on another line."""

    class LineChosen(Message):
        """A line was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.places: Sequence[SearchPlace] = ()
        self.ticked: set[SearchPlace] = set()
        self.cursor = 0
        self.sources = 0

    def show(self, places: Sequence[SearchPlace], cursor: int = 0) -> None:
        """Show these places; ticks stay with those that are still shown."""
        self.places = places
        self.ticked &= set(places) if self.ticked else set()
        self.sources = len({place.source.id for place in places})
        self.cursor = min(max(cursor, 0), max(len(places) - 1, 0))
        self.virtual_size = Size(0, len(places))
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    @property
    def place(self) -> SearchPlace | None:
        """The place under the cursor."""
        return self.places[self.cursor] if self.places else None

    def chosen_places(self) -> list[SearchPlace]:
        """The ticked places in their order."""
        return [place for place in self.places if place in self.ticked]

    def tick(self, n: int) -> None:
        """Tick a line, or take its tick away."""
        self.ticked ^= {self.places[n]}
        self._repaint(n)
        self.post_message(self.Moved())

    def tick_all(self, on: bool) -> None:
        """Tick every line that is shown, or none."""
        self.ticked = set(self.places) if on else set()
        self.refresh()
        self.post_message(self.Moved())

    # moving

    def action_move(self, by: int) -> None:
        """Go some lines up or down."""
        self.move_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Go a page up or down."""
        self.move_to(self.cursor + by * max(self.size.height - 1, 1))

    def action_edge(self, by: int) -> None:
        """Go to the first or the last line."""
        self.move_to(by * len(self.places))

    def move_to(self, n: int) -> None:
        """Put the cursor on a line (or the nearest there is)."""
        before, self.cursor = self.cursor, min(max(n, 0), max(len(self.places) - 1, 0))
        if before != self.cursor:
            self._repaint(before)
            self._repaint(self.cursor)
            self._reveal()
            self.post_message(self.Moved())

    def _reveal(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True, immediate=True)

    def _repaint(self, n: int) -> None:
        row = n - self.scroll_offset.y
        if 0 <= row < self.size.height:
            self.refresh_lines(n, 1)

    def on_click(self, event: events.Click) -> None:
        """Go to a line; on its box: tick it; clicked twice: choose it."""
        n = event.y + self.scroll_offset.y
        if n >= len(self.places):
            return
        self.move_to(n)
        if event.x < _SIGNS:
            self.tick(n)
        elif event.chain == 2:
            self.post_message(self.LineChosen())

    # painting

    def render_line(self, y: int) -> Strip:
        """One line of what was found."""
        n = y + self.scroll_offset.y
        width = self.size.width
        base = self.rich_style
        if n >= len(self.places):
            return Strip.blank(width, base)
        place, here = self.places[n], n == self.cursor
        plain = self.app.no_color
        ground = base + (Style(reverse=here) if plain else self._part("kwic--cursor") if here else Style())
        strip = Strip(self._segments(place, width, ground, Style(bold=True) if plain else None))
        return strip.adjust_cell_length(width, ground)

    def _segments(self, place: SearchPlace, width: int, ground: Style, found: Style | None) -> list[Segment]:
        name = min(max(width // 5, _SHORTEST_NAME), _LONGEST_NAME)
        room = max(width - _SIGNS - name - 1, 2)
        before = int(room * _FROM_THE_LEFT)
        soft = Style() if found else self._ink("kwic--soft")
        ticked = place in self.ticked
        sign = ground + (self._ink("kwic--ticked") if ticked and not found else soft)
        left, words, right = place.context(before, room)
        return [
            Segment(" ☑ " if ticked else " ☐ ", sign),
            Segment(fit(place.label, name) + " ", ground + soft),
            Segment(fit_end(left, before), ground),
            Segment(words, ground + (found or self._ink("kwic--found" if place.sure else "kwic--soft"))),
            Segment(fit(right, room), ground),
        ]

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _ink(self, name: str) -> Style:
        style = self._part(name)
        return Style(color=style.color, bold=style.bold)
