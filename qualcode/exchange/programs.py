"""Projects of QualCoder 2 and 3 (folder NAME.qda with data.qda in it) and of Taguette (.sqlite3), read directly.

QualCoder: positions are signs of `source.fulltext`; because codes made after an emoji may be counted
otherwise, the way of counting is checked against the words kept with every coding.

Taguette: a document is HTML; positions are bytes of the UTF-8 of its text nodes, tags not counted. Tags
are names with dots; who made a highlight stands in the log of commands.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from html.parser import HTMLParser
from itertools import accumulate, pairwise
from pathlib import Path

from qualcode.errors import InputError
from qualcode.exchange.bundle import Bundle, BundleMaker, TravellingText, unique_names
from qualcode.exchange.positions import Counted, Stored, best_view, is_quoted
from qualcode.files.database import ForeignDatabase, Row, foreign_database, whole, words
from qualcode.i18n import _
from qualcode.model import Case
from qualcode.text.spans import Span

_QUALCODER_TABLES = {"source", "code_name", "code_text"}


def read_qualcoder(path: Path, language: str = "nl") -> Bundle:
    """The project in a folder `NAME.qda`, or in the `data.qda` within it; `InputError` if it is none."""
    file = path / "data.qda" if path.is_dir() else path
    if not file.is_file():
        raise InputError(
            _("{file} is no QualCoder project: there is no data.qda in it.").format(file=path.name)
        )
    title = file.parent.name.removesuffix(".qda") if file.name == "data.qda" else file.stem
    with foreign_database(file) as database:
        if not database.tables >= _QUALCODER_TABLES:
            raise InputError(_("{file} is no QualCoder project.").format(file=path.name))
        return _QualCoderReader(database, BundleMaker(title, "QualCoder", language)).read()


class _QualCoderReader:
    """Reads one project."""

    def __init__(self, database: ForeignDatabase, maker: BundleMaker) -> None:
        self._database, self._maker = database, maker
        self._texts: dict[int, tuple[Counted, Stored, str]] = {}
        self._cases: dict[int, str] = {}
        self._of_case: dict[int, str] = {}

    def read(self) -> Bundle:
        """The whole project in our nouns."""
        maker, database = self._maker, self._database
        self._read_codes()
        self._read_cases()
        self._read_texts()
        for row in database.rows("code_text"):
            self._read_coding(row)
        for row in database.rows("annotation"):
            self._read_annotation(row)
        for row in database.rows("journal"):
            entry = "\n".join(filter(None, (words(row, "name"), words(row, "jentry"))))
            maker.memo("project", "", entry, self._owner(row), words(row, "date"))
        for row in database.rows("project"):
            maker.memo("project", "", words(row, "memo"))
        maker.left_out(_("marked stretches of sound or film"), database.rows("code_av"))
        maker.left_out(_("marked places in pictures"), database.rows("code_image"))
        return maker.bundle

    def _owner(self, row: Row) -> str:
        return self._maker.coder(words(row, "owner"))

    def _read_codes(self) -> None:
        maker = self._maker
        for row in self._database.rows("code_cat"):
            above = whole(row, "supercatid")
            parent = maker.id("category", above) if above is not None else None
            maker.code(maker.id("category", row.get("catid")), words(row, "name"), parent, words(row, "memo"))
        for row in self._database.rows("code_name"):
            above, within = whole(row, "supercid"), whole(row, "catid")
            parent = maker.id("code", above) if above is not None else None
            parent = maker.id("category", within) if parent is None and within is not None else parent
            its = maker.id("code", row.get("cid"))
            maker.code(its, words(row, "name"), parent, words(row, "memo"), words(row, "color"))
        self._codes = maker.finish_codes()

    def _read_cases(self) -> None:
        maker = self._maker
        rows = self._database.rows("cases")
        names = unique_names([(str(row.get("caseid")), words(row, "name")) for row in rows], _("case"))
        known: dict[int, dict[str, str]] = {}
        for row in self._database.rows("attribute"):
            its, value = whole(row, "id"), words(row, "value")
            if words(row, "attr_type") == "case" and its is not None and value:
                known.setdefault(its, {})[words(row, "name")] = value
            elif value:
                maker.lost.count(_("attributes of files"))
        for row in rows:
            its = whole(row, "caseid")
            case = Case(maker.id("case", its), names[str(its)], known.get(its or 0, {}))
            maker.bundle.cases.append(case)
            self._cases[its or 0] = case.label
            maker.memo("case", case.id, words(row, "memo"), self._owner(row), words(row, "date"))
        for row in self._database.rows("case_text"):
            label = self._cases.get(whole(row, "caseid") or 0)
            if label:
                self._of_case.setdefault(whole(row, "fid") or 0, label)

    def _read_texts(self) -> None:
        maker = self._maker
        rows = [row for row in self._database.rows("source") if isinstance(row.get("fulltext"), str)]
        quotes: dict[int, list[tuple[int, int, str]]] = {}
        for row in self._database.rows("code_text"):
            place = (whole(row, "pos0"), whole(row, "pos1"))
            if place[0] is not None and place[1] is not None and isinstance(row.get("seltext"), str):
                quotes.setdefault(whole(row, "fid") or 0, []).append((place[0], place[1], row["seltext"]))
        fit = best_view([(row["fulltext"], quotes.get(row["id"], [])) for row in rows], "QualCoder")
        maker.bundle.fit = fit.words
        for row in rows:
            raw, its = row["fulltext"], maker.id("text", row["id"])
            if not raw.strip():
                continue
            stored = Stored(raw)
            self._texts[row["id"]] = (Counted(raw, fit.view), stored, raw)
            maker.bundle.texts.append(
                TravellingText(its, words(row, "name"), stored.text, case=self._of_case.get(row["id"], ""))
            )
            maker.memo("transcript", its, words(row, "memo"), self._owner(row), words(row, "date"))
        sources = {row["id"] for row in self._database.rows("source")}
        maker.left_out(_("files without text (pictures, sound)"), sources - set(self._texts))

    def _place(self, row: Row) -> tuple[str, Span] | None:
        """The id of the text and the stretch in it; `None` (noted) if it lies outside."""
        known = self._texts.get(whole(row, "fid") or 0)
        start, end = whole(row, "pos0"), whole(row, "pos1")
        span = known[0].span(start, end) if known and start is not None and end is not None else None
        if known is None or span is None:
            self._maker.lost.count(_("passages outside their text"), what=f"{row.get('fid')}: {start}–{end}")
            return None
        quote = row.get("seltext")
        if isinstance(quote, str) and quote and not is_quoted(span.of(known[2]), quote):
            self._maker.lost.count(
                _("passages whose quoted words differ from the text (taken in by their positions)"),
                what=f"“{quote[:40]}” / “{span.of(known[2])[:40]}”",
            )
        return self._maker.id("text", row["fid"]), known[1].span(span)

    def _read_coding(self, row: Row) -> None:
        maker = self._maker
        code = maker.id("code", row.get("cid"))
        if code not in self._codes:
            maker.lost.count(
                _("codings with a code that is not in the file"), what=words(row, "seltext")[:60]
            )
            return
        place = self._place(row)
        owner = self._owner(row)
        its = maker.coding(row.get("ctid"), place, code, owner, words(row, "date")) if place else None
        if its:
            maker.memo("coding", its, words(row, "memo"), owner, words(row, "date"))

    def _read_annotation(self, row: Row) -> None:
        place = self._place(row)
        if place:
            text = next(text for text in self._maker.bundle.texts if text.id == place[0])
            quote = " ".join(place[1].of(text.text).split())
            said = f"“{quote}”: {words(row, 'memo')}"
            self._maker.memo("transcript", text.id, said, self._owner(row), words(row, "date"))


_TAGUETTE_TABLES = {"projects", "documents", "tags", "highlights", "highlight_tags"}
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "blockquote",
        "pre",
        "section",
        *(f"h{n}" for n in range(1, 7)),
    )
)


def read_taguette(path: Path, language: str = "nl", title: str = "") -> Bundle:
    """A project of a Taguette file; `title` chooses if there are several. `InputError` if it is none."""
    with foreign_database(path) as database:
        if not database.tables >= _TAGUETTE_TABLES:
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
        return _TaguetteReader(database, maker, projects[0]).read()


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


class _TaguetteReader:
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
