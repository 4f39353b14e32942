"""Codes on a screen: their ink, what they mean, and the codebook as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.tree import TreeNode

from qualcode.i18n import _
from qualcode.model import Code
from qualcode.tui.actions import bindings
from qualcode.tui.colours import readable
from qualcode.tui.common.trees import QuietTree
from qualcode.tui.preferences import Slots


def code_ink(code: Code, on: Widget) -> str:
    """The style of a code's letters on a widget; without colours (NO_COLOR) only bold."""
    return "bold" if on.app.no_color else f"bold {readable(code.colour, on.background_colors[1].hex6)}"


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


class CodeTree(QuietTree[Code]):
    """The codes of a project, themes unfolded. A code that is dragged to another one is `Dropped` there."""

    PLACE = "codebook"
    BINDINGS = bindings("codebook", on="screen.")

    class Dropped(Message):
        """A code was dragged onto another one, or below all of them (`None`)."""

        def __init__(self, code: Code, onto: Code | None) -> None:
            super().__init__()
            self.code, self.onto = code, onto

    def __init__(self) -> None:
        super().__init__(id="codes")
        self._counts: Mapping[str, int] = {}
        self._slots = Slots()
        self._hidden: frozenset[str] = frozenset()
        self._dragged: Code | None = None
        self._dropped = False
        self.with_retired = False
        """Whether codes that are out of use are shown as well."""

    def fill(self, codes: Sequence[Code], counts: Mapping[str, int], slots: Slots) -> None:
        """Show a codebook afresh; folded themes stay folded."""
        folded = {node.data.id for node in self.all_nodes() if node.data and not node.is_expanded}
        chosen = self.cursor_node.data.id if self.cursor_node and self.cursor_node.data else ""
        self._counts, self._slots = counts, slots
        parents = {code.parent_id for code in codes}
        self.clear()
        nodes: dict[str, TreeNode[Code]] = {}
        for code in codes:
            above = nodes.get(code.parent_id or "", self.root)
            nodes[code.id] = above.add(
                Text(code.slug), data=code, expand=code.id not in folded, allow_expand=code.id in parents
            )
        if chosen in nodes:
            self.call_after_refresh(self.move_cursor, nodes[chosen])

    @property
    def chosen(self) -> Code | None:
        """The code under the cursor."""
        return self.cursor_node.data if self.cursor_node else None

    def point_at(self, code: Code) -> None:
        """Put the cursor on a code, found by its id."""
        node = next((node for node in self.all_nodes() if node.data and node.data.id == code.id), None)
        if node is not None:
            self.call_after_refresh(self.move_cursor, node)

    def hide(self, code_ids: Iterable[str]) -> None:
        """Show which codes are not shown in the text."""
        self._hidden = frozenset(code_ids)
        self._invalidate()

    def on_focus(self) -> None:
        """Begin at the first code."""
        if self.cursor_line < 0:
            self.cursor_line = 0

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take up the code under the mouse."""
        self._dragged = self._code_at(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of it, above another code or below all."""
        dragged, self._dragged = self._dragged, None
        onto = self._code_at(event)
        self._dropped = dragged is not None and (onto is None or onto.id != dragged.id)
        if dragged is not None and self._dropped:
            self.post_message(self.Dropped(dragged, onto))

    def on_click(self, event: events.Click) -> None:
        """The end of a drag is no click."""
        if self._dropped:
            self._dropped = False
            event.stop()
            event.prevent_default()

    def _code_at(self, event: events.MouseEvent) -> Code | None:
        line = event.style.meta.get("line")
        node = self.get_node_at_line(line) if isinstance(line, int) else None
        return node.data if node else None

    def recount(self, counts: Mapping[str, int]) -> None:
        """Show other counts (and keys) of the same codes."""
        self._counts = counts
        self._invalidate()

    def row(self, thing: Code, muted: bool) -> tuple[Text, Text]:
        """Key, letters and name; on the right the count."""
        soft = "" if muted else self.app.theme_variables["ink-soft"]
        key = self._slots.number(thing)
        left = Text.assemble(
            (f"{key or ' '} ", soft),
            (f"{thing.mnemonic:<2} ", "bold" if muted else code_ink(thing, self)),
            (str(thing.name) or thing.slug, "strike" if thing.retired else ""),
        )
        count = self._counts.get(thing.id, 0)
        if thing.id in self._hidden:
            return left, Text(_("hidden"), style="italic" if muted else f"italic {soft}")
        return left, Text(f"{count or '·'}", style=soft)
