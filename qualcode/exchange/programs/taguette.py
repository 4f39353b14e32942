"""Projects of Taguette (its .sqlite3 file), read directly.

A document is HTML; positions are bytes of the UTF-8 of its text nodes, tags not counted. Tags
are names with dots; who made a highlight stands in the log of commands.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from html.parser import HTMLParser
from itertools import accumulate, pairwise
from pathlib import Path

from qualcode.errors import InputError
from qualcode.exchange.programs.bundle import Bundle, TravellingText
from qualcode.exchange.programs.making import BundleMaker
from qualcode.exchange.programs.positions import Stored
from qualcode.files.database import ForeignDatabase, Row, foreign_database, whole, words
from qualcode.i18n import _
from qualcode.text.spans import Span

_NEEDED = {"projects", "documents", "tags", "highlights", "highlight_tags"}
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "pre",
        "section",
    ]
)


def read_taguette(path: Path, language: str = "nl", title: str = "") -> Bundle:
    """A project of a Taguette file; `title` chooses if there are several. `InputError` if it is none."""
    with foreign_database(path) as database:
        if not database.tables >= _NEEDED:
            raise InputError(_("{file} is no Taguette project.").format(file=path.name))
        projects = [row for row in database.rows("projects") if not title or words(row, "name") == title]
        if len(projects) != 1:
            known = ", ".join(words(row, "name") for row in database.rows("projects")) or "–"
            raise InputError(
                _(
                    "{file} holds several projects or not the one asked for ({names}). Choose one: --title."
                ).format(file=path.name, names=known)
            )
        maker = BundleMaker(words(projects[0], "name") or path.stem, "Taguette", language)
        return _Reader(database, maker, projects[0]).read()


class HtmlText:
    """The words of an HTML document: blocks on lines of their own, and the way from bytes of its text nodes."""

    def __init__(self, html: str) -> None:
        parser = _TextNodes()
        parser.feed(html)
        parser.close()
        self.nodes = "".join(parser.nodes)
        sizes = accumulate(len(sign.encode("utf-8", "surrogatepass")) for sign in self.nodes)
        self._ends = [0, *sizes]
        self._breaks = sorted(set(parser.breaks))
        edges = [0, *self._breaks, len(self.nodes)]
        lines = [self.nodes[a:b] for a, b in pairwise(edges)]
        self.text = "\n".join(lines) if self._breaks else self.nodes

    def span(self, start: int, end: int) -> Span | None:
        """Where bytes `start` to `end` of the text nodes stand in `text`; `None` if they lie outside."""
        if not 0 <= start <= end <= self._ends[-1]:
            return None
        first, last = bisect_left(self._ends, start), bisect_left(self._ends, end)
        shift_first = bisect_left(self._breaks, first + 1)
        shift_last = bisect_left(self._breaks, last)
        return Span(first + shift_first, max(first + shift_first, last + shift_last))


class _TextNodes(HTMLParser):
    """Gathers text nodes, and where a block begins or ends between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[str] = []
        self.breaks: list[int] = []
        self._length = 0

    def handle_data(self, data: str) -> None:
        self.nodes.append(data)
        self._length += len(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag in _BLOCKS or tag == "br")

    def handle_endtag(self, tag: str) -> None:
        self._break(tag in _BLOCKS)

    def _break(self, here: bool) -> None:
        """A line ends here, unless nothing or a line end came just before."""
        if here and self.nodes and not self.nodes[-1].endswith("\n") and self._length not in self.breaks[-1:]:
            self.breaks.append(self._length)


class _Reader:
    """Reads one project."""

    def __init__(self, database: ForeignDatabase, maker: BundleMaker, project: Row) -> None:
        self._database, self._maker, self._project = database, maker, project
        self._texts: dict[int, tuple[HtmlText, Stored]] = {}

    def read(self) -> Bundle:
        """The whole project in our nouns."""
        self._maker.memo("project", "", words(self._project, "description"))
        self._read_tags()
        for row in self._of_project("documents"):
            self._read_document(row)
        self._read_highlights()
        self._maker.bundle.fit = _("Positions are bytes of the text of each document.")
        return self._maker.bundle

    def _of_project(self, table: str) -> list[Row]:
        return [row for row in self._database.rows(table) if row.get("project_id") == self._project.get("id")]

    def _read_tags(self) -> None:
        """Tags as a tree: a name above a tag that is none itself becomes a code too."""
        maker = self._maker
        self._tags: dict[int, str] = {}
        made: set[str] = set()
        rows = {
            tuple(part.strip() for part in words(row, "path").split(".")): row
            for row in self._of_project("tags")
        }
        for path in sorted(rows):
            for depth in range(1, len(path) + 1):
                its = maker.id("tag", ".".join(path[:depth]))
                row = rows.get(path[:depth], {})
                if its not in made:
                    made.add(its)
                    parent = maker.id("tag", ".".join(path[: depth - 1])) if depth > 1 else None
                    maker.code(its, path[depth - 1], parent, words(row, "description"))
            self._tags[rows[path]["id"]] = maker.id("tag", ".".join(path))
        maker.finish_codes()

    def _read_document(self, row: Row) -> None:
        maker = self._maker
        html = HtmlText(row["contents"]) if isinstance(row.get("contents"), str) else None
        if html is None or not html.text.strip():
            maker.lost.count(_("texts without words"), what=words(row, "name"))
            return
        its, stored = maker.id("text", row["id"]), Stored(html.text)
        self._texts[row["id"]] = (html, stored)
        name, file = words(row, "name"), words(row, "filename")
        maker.bundle.texts.append(TravellingText(its, name, stored.text, source=file))
        maker.memo("transcript", its, words(row, "description"))

    def _read_highlights(self) -> None:
        maker = self._maker
        makers = self._who()
        tags: dict[int, list[int]] = {}
        for row in self._database.rows("highlight_tags", "highlight_id, tag_id"):
            tags.setdefault(row["highlight_id"], []).append(row["tag_id"])
        for row in self._database.rows("highlights"):
            known = self._texts.get(whole(row, "document_id") or 0)
            start, end = whole(row, "start_offset"), whole(row, "end_offset")
            if known is None or start is None or end is None:
                continue
            span = known[0].span(start, end)
            if span is None:
                maker.lost.count(_("passages outside their text"), what=f"{start}–{end}")
                continue
            of_it = [self._tags[tag] for tag in tags.get(row["id"], []) if tag in self._tags]
            if not of_it:
                maker.lost.count(_("passages without code or comment"))
            place = (maker.id("text", row["document_id"]), known[1].span(span))
            name, date = makers.get(row["id"], ("", ""))
            for tag in of_it:
                maker.coding(f"{row['id']}/{tag}", place, tag, maker.coder(name), date)

    def _who(self) -> dict[int, tuple[str, str]]:
        """The name of who made each highlight, and when."""
        found: dict[int, tuple[str, str]] = {}
        for row in self._of_project("commands"):
            try:
                said = json.loads(row.get("payload") or "")
            except (ValueError, TypeError, RecursionError):
                continue
            if isinstance(said, dict) and said.get("type") == "highlight_add":
                found.setdefault(said.get("highlight_id", -1), (words(row, "user_login"), words(row, "date")))
        return found
