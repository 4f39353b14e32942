"""What all windows share: a title, a frame, and that Esc and q close them."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A window; the answer is `None` if it was closed without one."""

    BINDINGS = [Binding("escape,q", "close", show=False)]
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "dialog.tcss"

    def __init__(self, title: str) -> None:
        super().__init__()
        self.words = title

    @property
    def workbench(self) -> Workbench:
        """The app, as what it is."""
        return cast("Workbench", self.app)

    def compose(self) -> ComposeResult:
        """The frame, and in it what the subclass asks."""
        with Vertical(id="window") as window:
            window.border_title = Content(self.words)
            yield from self.body()
            yield Static(Content.styled(self.help_line(), "$ink-soft"), id="help-line")

    def body(self) -> ComposeResult:
        """What stands in the window."""
        raise NotImplementedError

    def help_line(self) -> str:
        """What the keys do here, in one line."""
        return _("Esc closes")

    def action_close(self) -> None:
        """Go away without an answer."""
        self.dismiss(None)
