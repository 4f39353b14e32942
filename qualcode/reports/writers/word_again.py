"""Write a document again into an earlier Word file, as a careful colleague would: only what is new is touched.

Three versions are brought together, paragraph by paragraph and cell by cell: what we wrote last (`word_record`),
what stands there now, and what we would write now. Where only we have something new, it is put in; where only
a person changed something, it stays; where both did, or where a figure in words of a person is no longer true,
ours stands beside theirs as a tracked change that they accept or reject.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from qualcode.errors import InputError
from qualcode.files.zipped import local
from qualcode.i18n import N_, _, speaking
from qualcode.reports.content import Document
from qualcode.reports.writers.blocks import Progress
from qualcode.reports.writers.word import WordWriter
from qualcode.reports.writers.word_fields import number_captions, refresh_contents
from qualcode.reports.writers.word_page import open_word, save_word, tidy_properties
from qualcode.reports.writers.word_record import (
    LastWritten,
    Pedigree,
    WordPiece,
    WordReader,
    Written,
    keep_record,
    record_of,
)
from qualcode.reports.writers.word_words import DATE, Line, is_own, number_changes
from qualcode.reports.writers.word_xml import W
from qualcode.text.threeway import NUMBER, SIGN, WordsChange, Woven, alike, changes, pair, weave
from qualcode.text.words import short

_LIKE_BEFORE = 0.5  # words that are no more alike than this are other words, and no figures renewed


class Became(StrEnum):
    """What became of a place in a document."""

    RENEWED = "renewed"
    MARKED = "marked"
    NEW = "new"
    GONE = "gone"
    THEIRS = "theirs"
    TAKEN_OUT = "taken-out"

    @property
    def label(self) -> str:
        """In words."""
        return _(_LABELS[self])


_LABELS = {
    Became.RENEWED: N_("renewed"),
    Became.MARKED: N_("marked beside what people wrote"),
    Became.NEW: N_("new"),
    Became.GONE: N_("no longer in it"),
    Became.THEIRS: N_("stays as people made it"),
    Became.TAKEN_OUT: N_("stays out, because people took it out"),
}


@dataclass(frozen=True, slots=True)
class Renewal:
    """What became of one place: under which heading, what stood there, what stands there now.

    `figures`: a number is among what changed, and not a date alone.
    """

    what: Became
    where: str
    before: str = ""
    after: str = ""
    figures: bool = False


@dataclass(slots=True)
class _Columns:
    """Which columns of a table are which, as far as its rows have them all."""

    sizes: tuple[int, int, int] = (0, 0, 0)
    here_of: Mapping[int, int] = field(default_factory=dict)
    new_of: Mapping[int, int] = field(default_factory=dict)
    steps: Sequence[Woven] = ()


def write_word_again(
    document: Document, old: Path, new: Path | None, pedigree: Pedigree, progress: Progress
) -> list[Renewal]:
    """Write `document` into a copy of the Word file `old`, saved at `new` if given; returns what changed in it.

    Raises `InputError`, with the reason, if `old` is no Word file of this document and this project.
    """
    word = open_word(old)
    record = record_of(word)
    refuse_another(record, pedigree, old)
    assert record is not None
    tidy_properties(word)
    body = word.element.body
    before = set(body)
    with speaking(document.language):
        WordWriter(word, document, progress).write()
    fresh = [element for element in body if element not in before]
    for element in fresh:
        body.remove(element)
    reader = WordReader(word, pedigree.mark)
    merge = _Merge(reader)
    pieces = merge.box(body, reader.pieces(body), record.pieces, reader.pieces(fresh))
    number_changes(body)
    for piece in reader.pieces(body):
        if piece.written.kind == "c":
            refresh_contents(word, piece.elements)
    number_captions(word)
    _drop_unused_pictures(word)
    keep_record(word, pedigree, pieces)
    if new is not None:
        save_word(word, new)
    return merge.found


def waiting_marks(word: Any) -> int:
    """How many of our marks in a document nobody has accepted or rejected yet."""
    return sum(map(is_own, word.element.body.iter(qn("w:ins"), qn("w:del"))))


def refuse_another(record: LastWritten | None, pedigree: Pedigree, path: Path) -> None:
    """Raise `InputError` if a document is not an earlier version of the one that the pedigree tells of."""
    if record is None:
        reason = _(
            "{path} is there already, and nothing in it tells that qualcode wrote it (or another program took that "
            "out), so what is in it cannot be kept."
        )
    elif record.proof != pedigree.proof:
        reason = _("{path} was written from another project.")
    elif record.document != pedigree.document:
        reason = _("{path} is another document of this project.")
    else:
        return
    advice = _(
        "Choose another name, or write it afresh (--afresh): what is there now is then kept beside it."
    )
    raise InputError(f"{reason.format(path=path.name)} {advice}")


class _Merge:
    """Brings the pieces together, box by box; `found` is what it did."""

    def __init__(self, reader: WordReader) -> None:
        self._reader = reader
        self._heading = self._row = ""
        self._columns = _Columns()
        self._theirs = False  # whether what is brought together is a copy that somebody made
        self.found: list[Renewal] = []

    def box(
        self,
        box: Any,
        here: Sequence[WordPiece],
        old: Sequence[Written],
        new: Sequence[WordPiece],
        *,
        cell: bool = False,
    ) -> tuple[Written, ...]:
        """Bring together what stands in the body, a table or a cell; returns what is now written there."""
        known = [each.piece() for each in old]
        here_of = pair(known, [each.written.piece() for each in here], in_order=cell)
        new_of = pair(known, [each.written.piece() for each in new], in_order=cell)
        return self._woven(box, (here, old, new), here_of, new_of)

    def _woven(
        self,
        box: Any,
        versions: tuple[Sequence[WordPiece], Sequence[Written], Sequence[WordPiece]],
        here_of: Mapping[int, int],
        new_of: Mapping[int, int],
    ) -> tuple[Written, ...]:
        here, old, new = versions
        written = {goal: old[n] for n, goal in new_of.items() if n not in here_of}
        for goal in sorted(written):
            self._tell(Became.TAKEN_OUT, after=_words(new[goal]))
        elements: list[Any] = []
        copied = {each.words: n for n, each in enumerate(old) if _can_be_copied(each)}
        for step in weave(len(here), len(new), here_of, new_of):
            if step.here is None:
                assert step.new is not None
                piece = new[step.new]
                self._remember(piece)
                written[step.new] = piece.written
                self._tell(Became.NEW, after=_words(piece))
                elements += self._made_to_fit(piece)
                continue
            piece = here[step.here]
            self._remember(piece)
            if step.old is None:
                copy = copied.get(piece.written.words, -1)
                if copy in new_of and piece.written.kind == old[copy].kind:
                    self._renew_copy(piece, old[copy], new[new_of[copy]])
            elif step.new is not None:
                written[step.new] = self._both(piece, old[step.old], new[step.new])
            elif not self._gone(piece, old[step.old]):
                continue
            elements += piece.elements
        _put_in_order(box, [element for piece in here for element in piece.elements], elements)
        return tuple(written[n] for n in sorted(written))

    def _remember(self, piece: WordPiece) -> None:
        """Where in the document it is, for people."""
        if piece.line is not None and piece.element.getparent() is not None:
            style = piece.element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = "" if style is None else (style.get(qn("w:val")) or "").casefold()
            words = "".join(each.text or "" for each in piece.element.iter(qn("w:t")))
            if words and name.startswith(("heading", "kop", "title", "titel", "caption", "bijschrift")):
                self._heading, self._row = short(words, 50), ""
        elif piece.written.kind == "r":
            self._row = short(_words(piece).partition("\n")[0], 40)

    def _tell(self, what: Became, before: str = "", after: str = "", *, figures: bool | None = None) -> None:
        if before.strip() or after.strip():
            where = " · ".join(filter(None, [self._heading, self._row]))
            if figures is None:
                figures = any(sign.isdecimal() for sign in DATE.sub("", f"{before} {after}"))
            self.found.append(Renewal(what, where, before, after, figures))

    def _copy_of(self, new: WordPiece) -> WordPiece:
        """What is new once more, for it can stand in one place only."""
        return self._reader.pieces([deepcopy(new.element)])[0]

    def _both(self, here: WordPiece, old: Written, new: WordPiece) -> Written:
        """Bring one piece together that all three versions have; returns what is now written there."""
        if here.written == old == new.written:
            return old
        match old.kind:
            case "p":
                self._words(here, old.marks, new)
            case "i":
                self._picture(here, old.marks, new)
            case "t":
                return self._table(here, old, new)
            case "r":
                return self._of_row(here, old, new)
            case "d":
                return self._cell(here, old, new)
        return new.written

    def _renew_copy(self, here: WordPiece, old: Written, new: WordPiece) -> None:
        """Mark what is no longer true in a copy that somebody made of a piece of ours."""
        self._theirs = True
        self._both(here, old, self._copy_of(new))
        self._theirs = False

    def _words(self, here: WordPiece, old: tuple[str, ...], new: WordPiece) -> None:
        """Bring a paragraph together."""
        assert here.line is not None
        assert new.line is not None
        now, coming = here.written.marks, new.written.marks
        if now != old or self._theirs:
            if coming == old != now:
                self._tell_theirs(here.line, new.line, old, now)
            self._mark(here.line, new.line, changes(old, now, coming))
        elif coming == old:
            return
        elif _says_the_same(old, coming):
            self._tell(Became.RENEWED, *_differing(here.line, new.line, changes(old, now, coming)))
            for change in reversed(changes(old, now, coming)):
                here.line.put(change, new.line, tracked=False)
        elif here.line.is_theirs:
            self._mark(here.line, new.line, [WordsChange(0, len(now), 0, len(coming))])
        else:
            self._tell(Became.RENEWED, here.line.text, new.line.text)
            _replace_words(here.element, new.element)

    def _tell_theirs(self, here: Line, new: Line, old: tuple[str, ...], now: tuple[str, ...]) -> None:
        """Say that words stay as somebody made them, and of other figures than ours what ours are."""
        ours, theirs = ([mark for mark in marks if mark[0] == NUMBER] for marks in (old, now))
        self._tell(Became.THEIRS, here.text, new.text if ours != theirs else "", figures=ours != theirs)

    def _mark(self, here: Line, new: Line | None, wanted: Sequence[WordsChange]) -> None:
        """Put ours beside what a person wrote or noted, as tracked changes."""
        if wanted:
            self._tell(Became.MARKED, *_differing(here, new, wanted))
        for change in reversed(wanted):
            here.put(change, new, tracked=True)

    def _picture(self, here: WordPiece, old: tuple[str, ...], new: WordPiece) -> None:
        """Another picture in the frame of the old one, if that is ours still."""
        if here.written.marks != old or new.written.marks == old or here.written.marks == new.written.marks:
            return
        theirs, ours = (next(each.element.iter(qn("w:drawing")), None) for each in (here, new))
        if theirs is None or ours is None:
            return
        self._tell(Became.RENEWED, after=_("picture"))
        next(theirs.iter(qn("a:blip"))).set(qn("r:embed"), next(ours.iter(qn("a:blip"))).get(qn("r:embed")))
        frame, wanted = (next(each.iter(qn("wp:extent"))) for each in (theirs, ours))
        height = round(int(frame.get("cx")) * int(wanted.get("cy")) / max(1, int(wanted.get("cx"))))
        for extent in (frame, *theirs.iter(qn("a:ext"))):
            if extent.get("cy"):
                extent.set("cy", str(height))
        next(theirs.iter(qn("wp:docPr"))).set("descr", next(ours.iter(qn("wp:docPr"))).get("descr", ""))

    def _table(self, here: WordPiece, old: Written, new: WordPiece) -> Written:
        table = here.element
        rows = here.inner, old.inner, new.inner
        before = self._columns
        self._columns = _columns_of(*rows)
        grid = [int(each.get(qn("w:w")) or 0) for each in table.iter(qn("w:gridCol"))]
        written = Written("t", (), self.box(table, *rows))
        _set_columns(table, new.element, grid, self._columns)
        self._columns, self._row = before, ""
        return written

    def _of_row(self, here: WordPiece, old: Written, new: WordPiece) -> Written:
        cells = here.inner, old.inner, new.inner
        columns = self._columns
        sizes = tuple(map(len, cells))
        same = range(min(sizes[0], sizes[1])), range(min(sizes[1], sizes[2]))
        here_of, new_of = ({n: n for n in each} for each in same)
        if sizes == columns.sizes:
            here_of, new_of = dict(columns.here_of), dict(columns.new_of)
        return Written("r", (), self._woven(here.element, cells, here_of, new_of))

    def _cell(self, here: WordPiece, old: Written, new: WordPiece) -> Written:
        cell = here.element
        inner = self.box(cell, here.inner, old.inner, new.inner, cell=True)
        if local(cell[-1]) != "p":
            cell.append(parse_xml(f"<w:p {W}/>"))  # a cell ends with a paragraph
        if here.written.fill == old.fill and new.written.fill != old.fill:
            set_fill(cell, new.element)
        return Written("d", (), inner, new.written.fill)

    def _gone(self, here: WordPiece, old: Written) -> bool:
        """Take out what is no longer made; whether it stays, because people wrote or noted something in it."""
        if _untouched(here, old):
            self._tell(Became.GONE, before=_words(here))
            return False
        if here.line is not None:
            self._mark(here.line, None, changes(old.marks, here.written.marks, ()))
        elif old.kind in ("t", "r", "d"):
            self._tell(Became.MARKED, _words(here))
            self._strike(here, old)
        return True

    def _strike(self, here: WordPiece, old: Written) -> None:
        """Mark our words in a table, row or cell as deleted, and leave all else."""
        inner = here.inner
        here_of = pair(
            [each.piece() for each in old.inner], [each.written.piece() for each in inner], in_order=True
        )
        for n, place in here_of.items():
            piece = inner[place]
            if piece.line is not None:
                for change in reversed(changes(old.inner[n].marks, piece.written.marks, ())):
                    piece.line.put(change, None, tracked=True)
            elif old.inner[n].kind in ("t", "r", "d"):
                self._strike(piece, old.inner[n])

    def _made_to_fit(self, piece: WordPiece) -> list[Any]:
        """The elements of a new piece; a new row gets cells for the columns that people added."""
        if piece.written.kind == "r" and len(piece.written.inner) == self._columns.sizes[2]:
            row = [
                piece.inner[step.new].element
                if step.new is not None
                else parse_xml(f"<w:tc {W}><w:p/></w:tc>")
                for step in self._columns.steps
            ]
            for cell in row:
                piece.element.append(cell)
        return piece.elements


def _can_be_copied(written: Written) -> bool:
    return (
        written.kind in ("p", "t") and len(written.words) > 2 and any(m[0] == NUMBER for m in written.words)
    )


def _says_the_same(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether words are the same but for some, such as the figures, and not others altogether."""
    in_words = [mark for mark in (*old, *new) if mark[0] not in (NUMBER, SIGN)]
    return not in_words or alike(old, new) >= _LIKE_BEFORE


def _words(piece: WordPiece) -> str:
    """What a piece says."""
    if piece.line is not None:
        return piece.line.text
    lines = (Line(paragraph).text for element in piece.elements for paragraph in element.iter(qn("w:p")))
    return "" if piece.written.kind == "c" else "\n".join(filter(None, lines))


def _untouched(here: WordPiece, old: Written) -> bool:
    """Whether nobody wrote or put anything in a piece of ours."""
    if here.written.kind != old.kind or here.written.words != old.words:
        return False
    if here.line is not None:
        return not here.line.is_theirs
    return not any(Line(each).is_theirs for element in here.elements for each in element.iter(qn("w:p")))


def _differing(here: Line, new: Line | None, wanted: Sequence[WordsChange]) -> tuple[str, str]:
    """The words that change, before and after."""
    before = " … ".join(filter(None, ("".join(here.words[c.start : c.end]).strip() for c in wanted)))
    if new is None:
        return before, ""
    after = " … ".join(filter(None, ("".join(new.words[c.new_start : c.new_end]).strip() for c in wanted)))
    return before, after


def _replace_words(here: Any, new: Any) -> None:
    """Give a paragraph the content of another, and keep how it is laid out."""
    for child in list(here):
        if local(child) != "pPr":
            here.remove(child)
    for child in list(new):
        if local(child) != "pPr":
            here.append(child)


def _put_in_order(box: Any, before: Sequence[Any], after: Sequence[Any]) -> None:
    """Let a box hold these elements in this order, where those of before stood."""
    if list(before) == list(after):
        return
    wanted = set(after)
    for element in before:
        if element not in wanted:
            element.getparent().remove(element)
    after = list(dict.fromkeys(_child_of(box, element) for element in after))
    last = box[-1] if len(box) and local(box[-1]) == "sectPr" else None
    for element in after:
        if last is None:
            box.append(element)
        else:
            last.addprevious(element)


def _child_of(box: Any, element: Any) -> Any:
    """The element itself, or what somebody put around it; what is new has no place yet."""
    above = element
    while above.getparent() is not None and above.getparent() is not box:
        above = above.getparent()
    return above if above.getparent() is box else element


def _columns_of(
    here_rows: Sequence[WordPiece], old_rows: Sequence[Written], new_rows: Sequence[WordPiece]
) -> _Columns:
    """Which columns are which, by their headers."""
    if not (here_rows and old_rows and new_rows):
        return _Columns()
    here, old, new = here_rows[0], old_rows[0], new_rows[0]
    known = [each.piece() for each in old.inner]
    here_of = pair(known, [each.piece() for each in here.written.inner], in_order=True)
    new_of = pair(known, [each.piece() for each in new.written.inner], in_order=True)
    sizes = len(here.written.inner), len(known), len(new.written.inner)
    return _Columns(sizes, here_of, new_of, weave(sizes[0], sizes[2], here_of, new_of))


def _set_columns(table: Any, new: Any, widths: Sequence[int], columns: _Columns) -> None:
    """Widths for the columns there are now: those that stood there, and ours for those that are new."""
    ours = [int(each.get(qn("w:w")) or 0) for each in new.iter(qn("w:gridCol"))]
    if (len(widths), len(ours)) != (columns.sizes[0], columns.sizes[2]):
        return
    made = [
        widths[step.here] if step.here is not None else ours[step.new or 0]
        for step in columns.steps
        if step.here is None or step.new is not None or step.old is None
    ]
    if len(made) != len(widths):
        grid = table.find(qn("w:tblGrid"))
        for each in list(grid):
            grid.remove(each)
        for width in made:
            grid.append(parse_xml(f'<w:gridCol {W} w:w="{width}"/>'))
    for row in table.iterchildren(qn("w:tr")):
        cells = list(row.iterchildren(qn("w:tc")))
        if len(cells) == len(made):
            for cell, width in zip(cells, made, strict=True):
                for size in cell.iterfind(f"{qn('w:tcPr')}/{qn('w:tcW')}"):
                    size.set(qn("w:w"), str(width))
        elif len(made) != len(widths) and len(cells) == 1:
            for span in cells[0].iter(qn("w:gridSpan")):
                span.set(qn("w:val"), str(len(made)))


def set_fill(cell: Any, like: Any) -> None:
    """Give a cell the colour of another."""
    properties, shade = cell.find(qn("w:tcPr")), like.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    if properties is None:
        return
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    if shade is not None:
        before = [each for each in properties if local(each) in _BEFORE_SHADE]
        properties.insert(properties.index(before[-1]) + 1 if before else 0, deepcopy(shade))


_BEFORE_SHADE: frozenset[str] = frozenset({"cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders"})


def _drop_unused_pictures(word: Any) -> None:
    """Let go of pictures that nothing in the document shows any more."""
    shown = {
        value
        for element in word.element.iter()
        for name, value in element.attrib.items()
        if name.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
    }
    for key, relation in list(word.part.rels.items()):
        if relation.reltype.endswith("/image") and key not in shown:
            del word.part.rels[key]
