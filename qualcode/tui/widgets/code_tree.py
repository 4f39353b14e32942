"""The codebook as a tree: key, two letters, name, and how often I used it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text
from textual.widgets.tree import TreeNode

from qualcode.model import Code
from qualcode.tui.slots import Slots
from qualcode.tui.widgets.code_ink import code_ink
from qualcode.tui.widgets.quiet_tree import QuietTree


class CodeTree(QuietTree[Code]):
    """The codes of a project, themes unfolded."""

    def __init__(self) -> None:
        super().__init__(id="codes")
        self._counts: Mapping[str, int] = {}
        self._slots = Slots()

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
            str(thing.name) or thing.slug,
        )
        count = self._counts.get(thing.id, 0)
        return left, Text(f"{count or '·'}", style=soft)
