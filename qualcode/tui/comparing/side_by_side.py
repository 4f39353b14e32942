"""The same transcript twice, scroll-locked, with the signs of the differences between the two."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from qualcode.agreement.kinds import Difference
from qualcode.model import Code, Coder, Coding, Transcript
from qualcode.tasks.comparing.comparison import Comparison
from qualcode.text.spans import Span
from qualcode.tui.common.words import put, styled
from qualcode.tui.comparing.differences import SIGNS, Differences
from qualcode.tui.reader import Reader, TextMark
from qualcode.tui.reader.marks import Side, mark_of

_GUTTER = 3


class Gutter(Widget):
    """A column with one sign per line on which a difference begins; a click points at it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"gutter--agreed", "gutter--open", "gutter--now"}
    DEFAULT_CSS = """
    Gutter {
        width: 3;
        height: 1fr;
        background: $panel;
        & .gutter--agreed { color: $ink-soft; }
        & .gutter--open { color: $here; text-style: bold; }
        & .gutter--now { color: $background; background: $here; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="gutter")
        self._lines: dict[int, list[Difference]] = {}
        self._now: Difference | None = None
        self.top = 0

    def show(self, lines: dict[int, list[Difference]], now: Difference | None) -> None:
        """Show the differences that begin on each line of the text; `now` stands out."""
        self._lines, self._now = lines, now
        self.refresh()

    def scroll_along(self, line: int) -> None:
        """Have another line of the text at the top."""
        self.top = line
        self.refresh()

    def at(self, row: int) -> Difference | None:
        """The difference at a row: the one at hand, else one to talk about, else an agreement."""
        here = self._lines.get(row + self.top, [])
        if self._now in here:
            return self._now
        return min(here, key=lambda found: found.agreed, default=None)

    def render_line(self, y: int) -> Strip:
        """The sign of one row."""
        found = self.at(y)
        width = self.size.width
        base = self.rich_style
        if found is None:
            return Strip([Segment(" " * width, base)], width)
        part = "now" if found is self._now else "agreed" if found.agreed else "open"
        style = base + (
            Style(reverse=part == "now")
            if self.app.no_color
            else self.get_component_rich_style(f"gutter--{part}")
        )
        more = "+" if len(self._lines[y + self.top]) > 1 else " "
        return Strip([Segment(f" {SIGNS[found.kind]}{more}".ljust(width), style)], width)

    def on_click(self, event: events.Click) -> None:
        """Point at the difference here; clicked again, at the next one on the same line."""
        here = self._lines.get(event.y + self.top, [])
        if here:
            place = (
                here.index(self._now) + 1 if self._now in here else here.index(self.at(event.y) or here[0])
            )
            self.post_message(SideBySide.SignClicked(here[place % len(here)]))


class SideBySide(Vertical):
    """Coder A on the left, coder B on the right."""

    class SignClicked(Message):
        """The sign of a `difference` was clicked."""

        def __init__(self, difference: Difference) -> None:
            super().__init__()
            self.difference = difference

    DEFAULT_CSS = """
    SideBySide {
        & > Horizontal { height: 1fr; }
        & > #names { height: 1; background: $surface; }
        & .name { width: 1fr; height: 1; padding: 0 1; }
        & Reader { width: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="sides")
        self.transcript: Transcript | None = None
        self._comparison: Comparison | None = None
        self._found: Differences | None = None
        self._settled: dict[str, list[Coding]] = {}

    def compose(self) -> ComposeResult:
        """Names above, texts below."""
        with Horizontal(id="names"):
            yield Static(classes="name", id="name-a")
            yield Static(classes="name", id="name-b")
        with Horizontal():
            yield Reader(interactive=False, id="a")
            yield Gutter()
            yield Reader(interactive=False, id="b")

    def on_mount(self) -> None:
        """Let the two, and the signs between them, scroll as one."""
        a, b = self._readers
        a.follow(b)
        b.follow(a)
        self.watch(a, "scroll_y", lambda: self.query_one(Gutter).scroll_along(a.scroll_offset.y), init=False)

    @property
    def _readers(self) -> tuple[Reader, Reader]:
        return self.query_one("#a", Reader), self.query_one("#b", Reader)

    @property
    def first_offset(self) -> int:
        """Where the line at the top begins."""
        return self._readers[0].first_offset

    def on_resize(self) -> None:
        """Both texts must be equally wide, or their lines would not be the same."""
        self.query_one(Gutter).styles.width = _GUTTER + (self.size.width - _GUTTER) % 2
        self.call_after_refresh(self._signs)

    def compare(self, comparison: Comparison, found: Differences, settled: Iterable[Coding] = ()) -> None:
        """Take up a comparison; `settled` are codings that the pair decided on, shown on both sides."""
        self._comparison, self._found = comparison, found
        self._settled = {}
        for coding in settled:
            self._settled.setdefault(coding.transcript_id, []).append(coding)
        self.transcript = None
        for side, coder, line in (("a", comparison.a, "┐ │ └"), ("b", comparison.b, "┓ ┃ ┗")):
            words = styled((coder.name, "bold"), (f"  {coder.kind.label}   {line}", "$ink-soft"))
            put(self, f"#name-{side}", words)

    def show(self, transcript: Transcript) -> None:
        """Show a transcript as both read it."""
        if self._comparison is None:
            return
        self.transcript = transcript
        a, b = self._readers
        a.show(transcript, self._marks(transcript, self._comparison.a))
        b.show(transcript, self._marks(transcript, self._comparison.b))
        self._signs()

    def _marks(self, transcript: Transcript, coder: Coder) -> list[TextMark]:
        comparison = self._comparison
        if comparison is None:
            return []
        codes = {code.id: code for code in comparison.codes}
        side: Side = "a" if coder is comparison.a else "b"
        own = [
            mark_of(coding, codes[coding.code_id], side)
            for coding in comparison.codings.values()
            if coding.transcript_id == transcript.id and coding.coder_id == coder.id
        ]
        settled = self._settled.get(transcript.id, ())
        return own + [mark_of(coding, codes[coding.code_id], "consensus") for coding in settled]

    def show_only(self, code: Code | None) -> None:
        """Show only the codings of one code (`None`: of all)."""
        keep = None if code is None else lambda mark: mark.code == code.id
        for reader in self._readers:
            reader.marks.filter(keep)
        self._signs()

    def _signs(self) -> None:
        if self._found is None or self.transcript is None:
            return
        layout = self._readers[0].text_layout
        lines: dict[int, list[Difference]] = {}
        for found in self._found.of(self.transcript):
            lines.setdefault(layout.line(self._found.start(found)), []).append(found)
        gutter = self.query_one(Gutter)
        gutter.show(lines, self._found.now)

    def point_at(self, difference: Difference) -> None:
        """Show a difference a third from the top, marked in both texts."""
        if self._found is None:
            return
        for reader, codings in zip(self._readers, self._found.codings(difference), strict=True):
            if codings:
                reader.select(Span(min(c.start for c in codings), max(c.end for c in codings)))
            else:
                reader.select(None)
        first = self._readers[0]
        line = first.text_layout.line(self._found.start(difference))
        first.scroll_to(y=max(line - first.size.height // 3, 0), animate=False, force=True)
        self._signs()

    @property
    def page(self) -> int:
        """How many lines a page is."""
        return max(self._readers[0].size.height - 1, 1)

    def scroll_lines(self, lines: int) -> None:
        """Scroll both by so many lines, at most to an end."""
        first = self._readers[0]
        last = max(len(first.text_layout) - 1, 0)
        first.scroll_to(y=min(max(first.scroll_offset.y + lines, 0), last), animate=False, force=True)
