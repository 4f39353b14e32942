"""HTML → paragraphs, for the two tools that keep transcripts in it; nothing is fetched or run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = frozenset(["p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "body"])
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(r" {2,}")
_UNSEEN = frozenset(["script", "style", "head", "title", "template"])


class Paragraphs(HTMLParser):
    """Collects the words of each paragraph; subclasses look at the tags they know.

    `paragraphs` are the finished ones, `words` the pieces of the one at hand.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BREAKS:
            self.finish()
        elif tag == "br":
            self.words.append("\n")
        self.opened(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BREAKS:
            self.finish()
        self.closed(tag)

    def handle_data(self, data: str) -> None:
        """Take in words; any white space in the source is one space."""
        if not self._unseen:
            self.words.append(_SPACE.sub(" ", data))

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag was opened (for subclasses)."""

    def closed(self, tag: str) -> None:
        """A tag was closed (for subclasses)."""

    def finish(self) -> None:
        """End the paragraph at hand."""
        text = _SPACES.sub(" ", "".join(self.words)).strip()
        self.words.clear()
        if text:
            self.paragraphs.append(text)


def parse(parser: Paragraphs, text: str) -> None:
    """Run `text` through `parser` to its end."""
    parser.feed(text)
    parser.close()
    parser.finish()
