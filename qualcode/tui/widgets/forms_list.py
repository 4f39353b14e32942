"""The forms a search found, each with its number and a box: those without a tick are left out."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualcode.tui.widgets.quiet_list import QuietList
from qualcode.tui.widgets.search_place import faces

MOST = 300


class FormsList(QuietList):
    """Enter, space or a click takes a form out or in again."""

    BINDINGS = [Binding("space", "select", show=False)]

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
        return Content.assemble(
            Content.styled(box, "$ink-soft" if form in self.without else "bold $success"),
            Content(faces(form)),
            Content.styled(f"  {times}", "$ink-soft"),
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the form out, or in again."""
        event.stop()
        form, times = self._forms[event.option_index]
        self.without ^= {form}
        self.replace_option_prompt_at_index(event.option_index, self._line(form, times))
        self.post_message(self.Changed())
