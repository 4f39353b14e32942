"""Lists, tables and trees: calm colours, the keys of vim beside the arrows, Enter and letters left to the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, OptionList, Tree
from textual.widgets.option_list import Option
from textual.widgets.tree import TreeNode


def cut(words: str, most: int) -> str:
    """At most so many characters, with … where something is left out."""
    return words if len(words) <= most else words[: most - 1] + "…"


class QuietList(OptionList):
    """Options are `Content`, so that nothing a user wrote is taken for markup."""

    BINDINGS = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
    ]

    def refill(self, options: Iterable[Option]) -> None:
        """Show other options; the cursor stays on its row, or goes to the last there is."""
        at = self.highlighted or 0
        self.set_options(options)
        self.highlighted = min(at, self.option_count - 1) if self.option_count else None


class QuietTable(DataTable[Text]):
    """Cells are `Text`, so that nothing a user wrote is taken for markup."""

    BINDINGS = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "scroll_top", show=False),
        Binding("G", "scroll_bottom", show=False),
    ]
    DEFAULT_CSS = """
    QuietTable {
        height: 1fr;
        background: transparent;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        & > .datatable--header { background: transparent; color: $ink-soft; text-style: none; }
        & > .datatable--cursor { background: $block-cursor-blurred-background; color: $ink; }
        & > .datatable--hover { background: transparent; }
        &:focus { background-tint: transparent; }
        &:focus > .datatable--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row", zebra_stripes=False)


_UP_AND_DOWN: list[BindingType] = [
    Binding("up,k", "cursor_up", show=False),
    Binding("down,j", "cursor_down", show=False),
    Binding("pageup", "page_up", show=False),
    Binding("pagedown", "page_down", show=False),
    Binding("ctrl+home", "scroll_top", show=False),
    Binding("ctrl+end", "scroll_bottom", show=False),
]


class Rows(QuietTable, inherit_bindings=False):
    """One goes from row to row."""

    BINDINGS = _UP_AND_DOWN


class Grid(QuietTable, inherit_bindings=False):
    """One goes from cell to cell; the first column holds the names of the rows and stays in sight."""

    DEFAULT_CSS = """
    Grid {
        & > .datatable--fixed { background: transparent; color: $ink; }
        & > .datatable--fixed-cursor { background: $block-cursor-blurred-background; color: $ink; }
    }
    """

    BINDINGS = [
        *_UP_AND_DOWN,
        Binding("left,h", "cursor_left", show=False),
        Binding("right,l", "cursor_right", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor_type = "cell"
        self.fixed_columns = 1


Thing = TypeVar("Thing")


class QuietTree(Tree[Thing]):
    """Rows never scroll sideways: words too long for the pane are cut, the tail stays.

    Subclasses say by `row` what stands in the row of a thing.
    """

    LEAF_SIGN = "  "
    BINDINGS = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
        Binding("h", "fold", show=False),
        Binding("left", "fold", show=False),
        Binding("l", "unfold", show=False),
        Binding("right", "unfold", show=False),
    ]
    DEFAULT_CSS = """
    QuietTree {
        background: transparent;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        &:focus { background-tint: transparent; }
        & > .tree--guides, & > .tree--guides-hover, & > .tree--guides-selected { color: $line; text-style: none; }
        & > .tree--label { color: $ink; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self.auto_expand = False

    def row(self, thing: Thing, muted: bool) -> tuple[Text, Text]:
        """What stands left and right in the row of a thing; colours only if not `muted`."""
        raise NotImplementedError

    def render_label(self, node: TreeNode[Thing], base_style: Style, style: Style) -> Text:
        """The row, as wide as the pane."""
        if node.data is None:
            return Text()
        chosen = node is self.cursor_node
        left, right = self.row(node.data, muted=chosen)
        sign = ("▾ " if node.is_expanded else "▸ ") if node.allow_expand else self.LEAF_SIGN
        text = Text(sign, style=base_style)
        room = self.scrollable_content_region.width - self.guide_depth * (self._depth(node) - 1)
        words_room = max(room - len(sign) - right.cell_len - 1, 4)
        left.truncate(words_room, overflow="ellipsis", pad=True)
        text.append_text(left).append(" ").append_text(right)
        if chosen:
            text.stylize(style, len(sign))
        else:
            text.stylize_before(style, len(sign))
        return text

    def on_resize(self, event: events.Resize) -> None:
        """Rows are kept by their width, so nothing has to be made anew (Textual's own tree would)."""
        event.prevent_default()

    def get_label_width(self, node: TreeNode[Thing]) -> int:
        """Rows fit the pane by themselves."""
        return 1

    def _depth(self, node: TreeNode[Thing]) -> int:
        depth, above = 0, node.parent
        while above is not None:
            depth, above = depth + 1, above.parent
        return depth

    def action_fold(self) -> None:
        """Fold the row, or go up to what it is part of."""
        node = self.cursor_node
        if node is None:
            return
        if node.allow_expand and node.is_expanded:
            node.collapse()
        elif node.parent is not None and not node.parent.is_root:
            self.move_cursor(node.parent)

    def action_unfold(self) -> None:
        """Unfold the row."""
        if self.cursor_node is not None and self.cursor_node.allow_expand:
            self.cursor_node.expand()

    def all_nodes(self) -> list[TreeNode[Thing]]:
        """Every row, shown or folded away; the order has no meaning."""
        found, waiting = [], list(self.root.children)
        while waiting:
            node = waiting.pop()
            waiting += node.children
            found.append(node)
        return found

    def node_of(self, wanted: Thing) -> TreeNode[Thing] | None:
        """The row of a thing."""
        return next((node for node in self.all_nodes() if node.data == wanted), None)
