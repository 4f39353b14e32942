"""What a code means: its definition, when to use it and when not, and an example."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from qualcode.i18n import _
from qualcode.model import Code
from qualcode.tui.widgets.code_ink import code_ink


def code_words(code: Code, on: Widget) -> Content:
    """Everything the codebook says about a code, to be shown on a widget."""
    parts = [
        Content.styled(f"{code.mnemonic} ", code_ink(code, on)),
        Content.styled(str(code.name) or code.slug, "bold"),
    ]
    if code.definition:
        parts.append(Content(f"\n{code.definition}"))
    for heading, text in (
        (_("Use it"), code.use),
        (_("Not"), code.not_use),
        (_("For example"), code.example),
        (_("Source"), code.source),
    ):
        if text:
            parts += [Content.styled(f"\n{heading}: ", "bold $here"), Content(str(text))]
    return Content.assemble(*parts)


class CodeCard(VerticalScroll):
    """The card of one code."""

    DEFAULT_CSS = "CodeCard { scrollbar-size-vertical: 1; & > Static { width: 1fr; } }"

    def __init__(self, *, id: str | None = "card") -> None:
        super().__init__(id=id, can_focus=False)

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static()

    def tell(self, code: Code | None) -> None:
        """Show a code, or what the card is for."""
        words = Content.styled(_("Point at a code to read what it means."), "$ink-soft")
        if code is not None:
            words = code_words(code, self)
        self.query_one(Static).update(words)
        self.scroll_home(animate=False)
