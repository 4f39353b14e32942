"""What all windows share, and the small ones: a page, one line to type, one out of a few, a memo to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePath
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from qualcode.i18n import N_, _
from qualcode.tui.actions import unseen
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.words import put, styled
from qualcode.tui.program import InProgram, Program

Answer = TypeVar("Answer")

DIALOG_STYLE = Path(__file__).with_name("dialog.tcss")
"""The style of every window; whole, because a window may stand in another folder."""


class Dialog(InProgram, ModalScreen[Answer | None], Generic[Answer]):
    """A window; the answer is `None` if it was closed without one."""

    BINDINGS = unseen({"escape,q": "close"})
    HELP_LINE: ClassVar[str] = N_("Esc closes")
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = DIALOG_STYLE

    def __init__(self, title: str) -> None:
        super().__init__()
        self.words = title

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
        return _(self.HELP_LINE)

    def say_problem(self, words: str) -> None:
        """Say in the form what is wrong in it."""
        put(self, "#problem", (words, "$error"))

    @on(Button.Pressed, "#leave, #not-now")
    def action_close(self) -> None:
        """Go away without an answer."""
        self.dismiss(None)


def field(label: str, widget: Widget) -> ComposeResult:
    """A row of a form: a label, and beside it what is filled in, as wide as the window leaves room."""
    widget.add_class("wide")
    with Horizontal(classes="field"):
        yield Static(Content(label), classes="label")
        yield widget


def buttons(**words: str) -> ComposeResult:
    """The buttons at the foot of a form by their ids (with - for _); the first does what one came for."""
    with Horizontal(classes="buttons"):
        for n, (name, label) in enumerate(words.items()):
            yield Button(label, id=name.replace("_", "-"), variant="default" if n else "primary")


class TextPage(Dialog[None]):
    """Words in a window that can be scrolled; they can be selected and copied with the mouse."""

    BINDINGS = unseen({"j": "scroll(1)", "k": "scroll(-1)", "enter": "close"})
    HELP_LINE = N_("↑ ↓ scroll · Esc or q closes")

    def __init__(self, title: str, words: Content) -> None:
        super().__init__(title)
        self._words = words

    def body(self) -> ComposeResult:
        """The words."""
        with VerticalScroll(id="page"):
            yield Static(self._words)

    def action_scroll(self, by: int) -> None:
        """Scroll a line."""
        self.query_one("#page").scroll_relative(y=by, animate=False)


class OneLine(Dialog[str]):
    """The answer is what was typed; an empty line is no answer."""

    BINDINGS = unseen({"escape": "close"}, priority=True)
    HELP_LINE = N_("Enter takes it · Esc closes")

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(title)
        self._text = text

    def body(self) -> ComposeResult:
        """The line."""
        yield Input(self._text, id="typed", select_on_focus=True)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        self.dismiss(self.answer(event.value))

    def answer(self, typed: str) -> str | None:
        """What was typed, as an answer."""
        return typed.strip() or None


Thing = TypeVar("Thing")
_KEYS = "123456789abcdef"


class Choose(Dialog[Thing], Generic[Thing]):
    """A short list; a number or Enter takes one."""

    HELP_LINE = N_("Enter or the number takes one · Esc closes")

    def __init__(
        self, title: str, options: Sequence[tuple[str | Content, Thing]], *, about: str = ""
    ) -> None:
        super().__init__(title)
        self._options = options
        self._about = about

    def body(self) -> ComposeResult:
        """What it is about, and the list, numbered."""
        if self._about:
            yield Static(Content(f"{self._about}\n"))
        yield QuietList(
            *(
                Option(
                    styled(
                        (f"{_KEYS[n] if n < len(_KEYS) else ' '} ", "bold $here"),
                        Content(words) if isinstance(words, str) else words,
                    )
                )
                for n, (words, _thing) in enumerate(self._options)
            )
        )

    def on_key(self, event: events.Key) -> None:
        """A number takes that one, a letter one of those after the ninth."""
        place = _KEYS.find(event.key) if len(event.key) == 1 else -1
        if 0 <= place < len(self._options):
            event.stop()  # else the screen below would take the key too
            self.dismiss(self._options[place][1])

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._options[event.option_index][1])


class MemoEditor(Dialog[str]):
    """A text to write in; the answer is the text, or `None` to leave all as it was."""

    BINDINGS = unseen({"escape,ctrl+s": "keep", "ctrl+x": "close"}, priority=True)
    HELP_LINE = N_("Esc keeps the memo and closes · ctrl+x leaves it as it was")

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(title)
        self._text = text

    def body(self) -> ComposeResult:
        """The text and two buttons."""
        yield TextArea(self._text, soft_wrap=True, tab_behavior="focus")
        yield from buttons(keep=_("Keep"), leave=_("Leave as it was"))

    def on_mount(self) -> None:
        """Write on at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Keep what stands here."""
        self.dismiss(self.query_one(TextArea).text)


def edit_memo(app: Program, kind: str, target_id: str, title: str, then: Callable[[], object]) -> None:
    """Write, change or (by emptying it) remove my memo on something; `then` is called if it changed."""
    session = app.session
    if session is None:
        return
    memos = session.project.memos
    mine = [memo for memo in memos.of(kind, target_id) if session.coder and memo.coder_id == session.coder.id]
    before = mine[-1] if mine else None

    def written(text: str) -> None:
        if text.strip() == (before.text if before else ""):
            return
        if before is None:
            memos.add(kind, target_id, text)
        elif text.strip():
            memos.change(before, text)
        else:
            memos.remove(before)
        session.with_memo = {memo.target_id for memo in memos.all()}
        then()

    app.ask(MemoEditor(title, before.text if before else ""), written)
