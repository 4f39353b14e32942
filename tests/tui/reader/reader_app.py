"""An app with one reader, a transcript to read in it, and marks on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from qualcode.model import Transcript, Turn
from qualcode.text.normal import text_hash
from qualcode.text.spans import Span
from qualcode.tui.colours import OWN_THEMES
from qualcode.tui.reader import Overview, Reader, TextMark

HOSTILE = "[lacht] [b] [/] [[x]] [red]ja[/red] 👩‍👩‍👧 é中文\tna\x1b[31m tab"


def transcript(
    *turns: tuple[str, str], interviewers: Iterable[str] = ("I",), timed: bool = False
) -> Transcript:
    """A transcript of (speaker, words) pairs."""
    text, made = "", []
    for n, (speaker, words) in enumerate(turns, start=1):
        start = len(text) + (n > 1)
        text += ("\n" if n > 1 else "") + words
        time = (n - 1) * 21_000 if timed else None
        made.append(Turn(n, start, len(text), speaker, speaker in interviewers, time))
    return Transcript("t", "Gesprek", text, text_hash(text), tuple(made))


def span_of(text: str, words: str) -> Span:
    """Where `words` first stand in `text`."""
    start = text.index(words)
    return Span(start, start + len(words))


def mark_on(text: str, words: str, mark_id: str, **details: str | bool) -> TextMark:
    """A mark on the first place where `words` stand."""
    return TextMark(mark_id, *span_of(text, words), **details)  # type: ignore[arg-type]


class ReaderApp(App[None]):
    """One reader and its overview; `heard` are the reader's messages."""

    def __init__(
        self,
        shown: Transcript,
        marks: Sequence[TextMark] = (),
        *,
        theme: str = "qualcode-dark",
        reader: Reader | None = None,
    ) -> None:
        super().__init__()
        self.reader = reader or Reader(id="reader")
        self._shown = shown, marks
        self.heard: list[Message] = []
        for own in OWN_THEMES:
            self.register_theme(own)
        self.theme = theme

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.reader
            yield Overview(self.reader)

    def on_mount(self) -> None:
        self.reader.show(*self._shown)
        self.reader.focus()

    def on_reader_cursor_moved(self, message: Reader.CursorMoved) -> None:
        self.heard.append(message)

    def on_reader_selection_changed(self, message: Reader.SelectionChanged) -> None:
        self.heard.append(message)

    def on_reader_mark_clicked(self, message: Reader.MarkClicked) -> None:
        self.heard.append(message)

    def on_reader_scrolled(self, message: Reader.Scrolled) -> None:
        self.heard.append(message)
