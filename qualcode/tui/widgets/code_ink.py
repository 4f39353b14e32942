"""The look of a code's two letters: its colour, made readable where it stands."""

from __future__ import annotations

from textual.widget import Widget

from qualcode.model import Code
from qualcode.tui.themes import readable


def code_ink(code: Code, on: Widget) -> str:
    """The style of a code's letters on a widget; without colours (NO_COLOR) only bold."""
    return "bold" if on.app.no_color else f"bold {readable(code.colour, on.background_colors[1].hex6)}"
