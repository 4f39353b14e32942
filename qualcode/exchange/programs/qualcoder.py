"""Projects of QualCoder 2 and 3 (folder NAME.qda with data.qda in it), read directly.

Positions are signs of `source.fulltext`; because codes made after an emoji may be counted
otherwise, the way of counting is checked against the words kept with every coding.
"""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import InputError
from qualcode.exchange.programs.bundle import Bundle, TravellingText, unique_names
from qualcode.exchange.programs.making import BundleMaker
from qualcode.exchange.programs.positions import Counted, Stored, best_view, is_quoted
from qualcode.files.database import ForeignDatabase, Row, foreign_database, whole, words
from qualcode.i18n import _
from qualcode.model import Case
from qualcode.text.spans import Span

_NEEDED = {"source", "code_name", "code_text"}


def read_qualcoder(path: Path, language: str = "nl") -> Bundle:
    """The project in a folder `NAME.qda`, or in the `data.qda` within it; `InputError` if it is none."""
    file = path / "data.qda" if path.is_dir() else path
    if not file.is_file():
        raise InputError(
            _("{file} is no QualCoder project: there is no data.qda in it.").format(file=path.name)
        )
    title = file.parent.name.removesuffix(".qda") if file.name == "data.qda" else file.stem
    with foreign_database(file) as database:
        if not database.tables >= _NEEDED:
            raise InputError(_("{file} is no QualCoder project.").format(file=path.name))
        return _Reader(database, BundleMaker(title, "QualCoder", language)).read()


class _Reader:
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
        maker.left_out(_("files without text (pictures, sound)"), set(self._sources()) - set(self._texts))

    def _sources(self) -> list[int]:
        return [row["id"] for row in self._database.rows("source")]

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
