"""Trees: calm colours, the keys of vim, letters left to the screen; and the tree of the transcripts by case."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from qualcode.i18n import _
from qualcode.model import Transcript
from qualcode.tui.actions import unseen
from qualcode.tui.session import Session

Thing = TypeVar("Thing")


class QuietTree(Tree[Thing]):
    """Rows never scroll sideways: words too long for the pane are cut, the tail stays.

    Subclasses say by `row` what stands in the row of a thing.
    """

    LEAF_SIGN = "  "
    BINDINGS = unseen(
        {
            "j": "cursor_down",
            "k": "cursor_up",
            "g": "scroll_home",
            "G": "scroll_end",
            "h,left": "fold",
            "l,right": "unfold",
        }
    )
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


DONE, BEGUN, UNTOUCHED = "✓", "●", "○"


@dataclass(frozen=True)
class CaseRow:
    """A case as it stands in the tree: its label, and how many of its transcripts are done."""

    label: str
    done: int
    of: int


Row = CaseRow | Transcript


class TranscriptTree(QuietTree[Row]):
    """Cases and their transcripts."""

    LEAF_SIGN = ""

    def __init__(self) -> None:
        super().__init__(id="transcripts")
        self._session: Session | None = None

    def fill(self, session: Session) -> None:
        """Show the transcripts of a project, the open one under the cursor."""
        self._session = session
        self.clear()
        for case, group in groupby(session.transcripts, key=lambda transcript: transcript.case):
            members = list(group)
            done = sum(transcript.id in session.done for transcript in members)
            top = self.root.add(Text(case), data=CaseRow(case, done, len(members)), expand=True)
            for transcript in members:
                top.add_leaf(Text(transcript.name), data=transcript)
        self.point_at(session.transcript)

    def point_at(self, transcript: Transcript | None) -> None:
        """Put the cursor on a transcript."""
        node = self.node_of(transcript) if transcript else None
        if node is not None:
            self.call_after_refresh(self.move_cursor, node)

    def recount(self) -> None:
        """Show the progress as it is now."""
        if self._session is None:
            return
        for top in self.root.children:
            if isinstance(top.data, CaseRow):
                done = sum(
                    isinstance(leaf.data, Transcript) and leaf.data.id in self._session.done
                    for leaf in top.children
                )
                top.data = CaseRow(top.data.label, done, top.data.of)
        self._invalidate()

    def row(self, thing: Row, muted: bool) -> tuple[Text, Text]:
        """A case with its progress, or a transcript with its sign and number of codings."""
        colours = self.app.theme_variables
        soft = "" if muted else colours["ink-soft"]
        if isinstance(thing, CaseRow):
            title = _("Case {label}").format(label=thing.label) if thing.label else _("Without a case")
            return Text(title, style="bold"), Text(f"{thing.done}/{thing.of}", style=soft)
        count = self._session.count_in(thing) if self._session else 0
        done = self._session is not None and thing.id in self._session.done
        sign = DONE if done else BEGUN if count else UNTOUCHED
        colour = (
            "" if muted else colours["success"] if done else colours["here"] if count else colours["ink-soft"]
        )
        open_now = self._session is not None and self._session.transcript == thing
        name = transcript_title(thing, self._session)
        left = Text.assemble((f"{sign} ", colour), (name, "bold" if open_now else ""))
        return left, Text(f"{count or '·'}", style=soft)


def transcript_title(transcript: Transcript, session: Session | None = None) -> str:
    """Its informant in words, or its name where that says more."""
    heard = transcript.heard
    if not heard:
        return transcript.name
    alike = [
        other
        for other in (session.transcripts if session else ())
        if other.case == transcript.case and other.heard == heard
    ]
    return heard if len(alike) < 2 else transcript.name
