"""Whatever people do to a document, in whatever order: theirs stays, ours is new, and nothing stands twice."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.reports.content import Document, Heading, Section, TableBlock, cell, number_cell, text
from qualcode.reports.writers.blocks import no_progress
from qualcode.reports.writers.word import write_word
from qualcode.reports.writers.word_again import write_word_again
from qualcode.reports.writers.word_record import Pedigree
from tests.reports.edits import WHO, W, as_libreoffice_saves, as_word_saves, text_of

PEDIGREE = Pedigree("0190a1b2-study", "themes")
NAMES = ("tijd", "contact", "doelen", "expert", "verwachting", "ritme", "gesprek", "schriftje")
EDITS = (
    "append",
    "prepend",
    "retype",
    "comment",
    "insert",
    "delete",
    "drop",
    "move",
    "own",
    "own row",
    "drop row",
    "look",
)

themes = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 40), st.integers(0, 40)),
    max_size=6,
    unique_by=lambda t: t[0],
)
edits = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 50)), max_size=6)


def document(made: list[tuple[str, int, int]]) -> Document:
    """A section per theme with sentences around its figures, and a table of all."""
    sections = [
        Section(name, (Heading(f"Thema {name}"), text(f"Over {name} gaan {a} fragmenten in {b} interviews."),
                       text(f"Wat {name} is, staat in het codeboek.")))
        for name, a, b in made
    ]  # fmt: skip
    rows = [(cell(name), number_cell(a), number_cell(b)) for name, a, b in made]
    table = TableBlock("Aantallen", (cell("thema"), cell("n"), cell("m")), rows, (60.0, 20.0, 20.0))
    return Document("Titel", "van ons", [*sections, Section("counts", (Heading("Hoe vaak"), table))])


class Reader:
    """A person who does things to a document, and knows what must stay of it."""

    def __init__(self, word: Any) -> None:
        self.word, self.n = word, 0
        self.typed: list[str] = []
        self.gone: list[str] = []
        self.rows_gone: list[str] = []
        self.comments = 0

    def new_word(self) -> str:
        self.n += 1
        self.typed.append(f"Eigen{'abcdefghij'[self.n]}woord")
        return self.typed[-1]

    def does(self, edit: str, at: int) -> None:
        paragraphs = [
            p for p in self.word.paragraphs if len(p.text.split()) > 2 and "Eigen" not in text_of(p._p)
        ]
        rows = list(self.word.element.body.iter(qn("w:tr")))[1:]
        if edit in ("own row", "drop row"):
            if rows:
                self.rows(edit, rows[at % len(rows)])
        elif paragraphs:
            self.paragraph(edit, paragraphs[at % len(paragraphs)], paragraphs[(at * 7) % len(paragraphs)])

    def rows(self, edit: str, row: Any) -> None:
        if edit == "drop row":
            words = text_of(row)
            if "Eigen" not in words:
                row.getparent().remove(row)
                self.rows_gone.append(text_of(row.find(qn("w:tc"))))
            return
        cells = "".join(
            f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in (self.new_word(), "x", "y")
        )
        row.addnext(parse_xml(f"<w:tr {W}>{cells}</w:tr>"))

    def paragraph(self, edit: str, p: Any, other: Any) -> None:
        run = p.runs[0]._r if p.runs else None
        if run is None:
            return
        if edit == "append":
            p.add_run(f" {self.new_word()}")
        elif edit == "prepend":
            run.addprevious(parse_xml(f"<w:r {W}><w:t>{self.new_word()}: </w:t></w:r>"))
        elif edit == "retype":
            p.runs[0].text = f"{self.new_word()} staat hier nu"
        elif edit == "comment":
            self.word.add_comment(p.runs, text=self.new_word(), author="Juf Ank")
            self.typed.pop()
            self.comments += 1
        elif edit == "insert":
            words = f'<w:r><w:t xml:space="preserve"> {self.new_word()}</w:t></w:r>'
            run.addnext(parse_xml(f'<w:ins {W} w:id="{700 + self.n}" {WHO}>{words}</w:ins>'))
        elif edit == "delete" and run.getparent() is p._p:
            gone = parse_xml(f'<w:del {W} w:id="{800 + self.n}" {WHO}/>')
            run.addprevious(gone)
            gone.append(run)
            for each in run.iter(qn("w:t")):
                each.tag = qn("w:delText")
        elif edit == "drop" and p._p.find(".//" + qn("w:commentReference")) is None:
            self.gone.append("".join(sign for sign in p.text if not sign.isdecimal()))
            p._p.getparent().remove(p._p)
        elif edit == "move" and p._p is not other._p:
            other._p.addprevious(p._p)
        elif edit == "own":
            p.insert_paragraph_before(self.new_word())
        elif edit == "look":
            p.runs[0].font.highlight_color = 7


def lines(path: Path) -> Counter[str]:
    body = docx.Document(str(path)).element.body
    return Counter(words for p in body.iter(qn("w:p")) if (words := text_of(p).strip()))


def look_over(path: Path, reader: Reader) -> None:
    word = docx.Document(str(path))
    told = "\n".join(text_of(p) for p in word.element.body.iter(qn("w:p")))
    assert {each: told.count(each) for each in reader.typed} == dict.fromkeys(reader.typed, 1)
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert len(list(word.element.body.iter(qn(f"w:{name}")))) == reader.comments
    grid = len(list(word.tables[0]._tbl.iter(qn("w:gridCol"))))
    for row in word.element.body.iter(qn("w:tr")):
        cells = row.findall(qn("w:tc"))
        assert len(cells) == grid
        assert all(each[-1].tag == qn("w:p") for each in cells)
    changes = [
        (e.get(qn("w:id")), e.get(qn("w:author"))) for e in word.element.body.iter(qn("w:ins"), qn("w:del"))
    ]
    ours = [number for number, author in changes if author == "qualcode"]
    assert len(ours) == len(set(ours))
    assert not set(ours) & {number for number, author in changes if author != "qualcode"}


@settings(max_examples=60, deadline=None)
@given(themes, themes, themes, edits, st.sampled_from([None, as_word_saves, as_libreoffice_saves]))
def test_nothing_of_theirs_is_lost_and_nothing_of_ours_stands_twice(
    first: list[tuple[str, int, int]],
    second: list[tuple[str, int, int]],
    third: list[tuple[str, int, int]],
    done: list[tuple[str, int]],
    saved_by: Any,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.docx"
        write_word(document(first), path, pedigree=PEDIGREE)
        word = docx.Document(str(path))
        reader = Reader(word)
        for edit, at in done:
            reader.does(edit, at)
        word.save(str(path))
        if saved_by:
            saved_by(path)
        for made in (second, third):
            write_word_again(document(made), path, path, PEDIGREE, no_progress)
            look_over(path, reader)
            before = lines(path)
            if made is second:  # what is no longer made, and later made again, is new
                here = {"".join(sign for sign in words if not sign.isdecimal()) for words in before}
                assert not here & set(reader.gone)
                names = {
                    text_of(row.find(qn("w:tc")))
                    for row in docx.Document(str(path)).element.body.iter(qn("w:tr"))
                }
                assert not names & set(reader.rows_gone)
            renewals = write_word_again(document(made), path, path, PEDIGREE, no_progress)
            assert {str(each.what) for each in renewals} <= {"theirs", "taken-out"}
            assert lines(path) == before
        write_word(document(third), Path(folder) / "fresh.docx", pedigree=PEDIGREE)
        fresh = lines(Path(folder) / "fresh.docx")
        # a figure alone may be that of any row; what somebody made of a line of ours is no longer that line
        assert not [
            words
            for words, n in lines(path).items()
            if 0 < fresh[words] < n and not words.isdecimal() and words != "–"
        ]
        touched = sum(edit not in ("own", "own row", "comment", "look", "move") for edit, _at in done)
        missing = [words for words in (fresh - lines(path)) if not words.isdecimal() and words != "–"]
        if "drop row" in dict(done):  # a table without any row of ours left may pass for one of theirs
            missing = [
                words
                for words in missing
                if words not in (*NAMES, "Tabel 1. Aantallen", "Table 1. Aantallen")
            ]
        assert len(missing) <= touched, missing
