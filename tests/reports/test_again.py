"""A Word document written again: what is new is put in, and people's words stay."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from qualcode.errors import InputError, StoppedError
from qualcode.i18n import set_language
from qualcode.reports.charts import heat_map
from qualcode.reports.content import Contents, Document, Heading, Picture, Section, TableBlock, cell, text
from qualcode.reports.material import DocumentOptions
from qualcode.reports.writers.blocks import no_progress
from qualcode.reports.writers.word import write_word
from qualcode.reports.writers.word_again import Renewal, write_word_again
from qualcode.reports.writers.word_record import Pedigree
from qualcode.store.project import Project
from qualcode.tasks.exporting.documents import Request
from qualcode.tasks.exporting.write import export
from qualcode.tasks.project.beginning import make_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    set_language("nl")
    with make_demo(tmp_path_factory.mktemp("demo")) as project:
        yield project


def table(*rows: str) -> TableBlock:
    return TableBlock("Tabel", (cell("kop"),), [(cell(row),) for row in rows], (80.0,))


def document(*sections: Section) -> Document:
    return Document("Titel", "ondertitel", sections)


def part(key: str, words: str, *rows: str) -> Section:
    blocks = (Heading(words), text(f"over {words}"))
    return Section(key, (*blocks, table(*rows)) if rows else blocks)


def body_words(path: Path) -> list[str]:
    """The words of every paragraph, also in tables, in their order; empty ones left out."""
    word = docx.Document(str(path))
    found = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in word.element.body.iter(qn("w:p")))
    return [words for words in found if words]


PEDIGREE = Pedigree("0190a1b2-study", "themes")


def first(made: Document, path: Path) -> None:
    write_word(made, path, pedigree=PEDIGREE)


def again(made: Document, path: Path, pedigree: Pedigree = PEDIGREE) -> list[Renewal]:
    return write_word_again(made, path, path, pedigree, no_progress)


def told(renewals: list[Renewal]) -> list[tuple[str, str, str]]:
    return [(str(each.what), each.before.strip(), each.after.strip()) for each in renewals]


def paragraph_with(word: Any, words: str) -> Any:
    return next(p for p in word.paragraphs if words in p.text)


def retype(path: Path, old: str, new: str) -> None:
    """Type other words over those of a paragraph, wherever it stands."""
    word = docx.Document(str(path))
    found = [t for t in word.element.body.iter(qn("w:t")) if old in (t.text or "")]
    assert len(found) == 1
    found[0].text = found[0].text.replace(old, new)
    word.save(str(path))


def tracked(path: Path) -> list[tuple[str, str]]:
    """Our tracked changes: what is to go, what is to come."""
    body = docx.Document(str(path)).element.body
    return [
        (
            change.tag.rpartition("}")[2],
            "".join(t.text or "" for t in change.iter(qn("w:t"), qn("w:delText"))),
        )
        for change in body.iter(qn("w:ins"), qn("w:del"))
        if change.get(qn("w:author")) == "qualcode"
    ]


def test_what_stands_between_stays_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    first(document(part("a", "een", "1", "2"), part("b", "twee")), path)
    word = docx.Document(str(path))
    paragraph_with(word, "twee").insert_paragraph_before("Tussen een en twee. [lacht]")
    word.add_paragraph("Aan het eind.")
    word.tables[0]._tbl.getnext().append(
        docx.oxml.parse_xml(f"<w:r {xmlns()}><w:t>Vlak eronder.</w:t></w:r>")
    )
    word.save(str(path))
    again(document(part("a", "een", "1", "3"), part("c", "nieuw"), part("b", "twee anders")), path)
    assert body_words(path) == [
        *("Titel", "ondertitel", "een", "over een", "Tabel 1. Tabel", "kop", "1", "3"),
        *("Vlak eronder.", "Tussen een en twee. [lacht]", "nieuw", "over nieuw"),
        *("twee anders", "over twee anders", "Aan het eind."),
    ]


def xmlns() -> str:
    return 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_where_only_one_of_us_changed_something_nobody_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    first(document(Section("a", (text("Er zijn 12 fragmenten."), text("Elf van 16 interviews.")))), path)
    retype(path, "Elf van", "Wel elf van")
    renewals = again(
        document(Section("a", (text("Er zijn 14 fragmenten."), text("Elf van 16 interviews.")))), path
    )
    assert body_words(path)[2:] == ["Er zijn 14 fragmenten.", "Wel elf van 16 interviews."]
    assert told(renewals) == [("renewed", "12", "14"), ("theirs", "Wel elf van 16 interviews.", "")]
    assert tracked(path) == []


def test_a_figure_that_is_no_longer_true_is_marked_in_words_of_a_person(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"

    def told_of(n: int) -> Document:
        return document(Section("a", (text(f"Er zijn {n} fragmenten in 3 interviews."),)))

    first(told_of(12), path)
    retype(path, "Er zijn", "Wij vonden")
    assert told(again(told_of(14), path)) == [("marked", "12", "14")]
    assert tracked(path) == [("del", "12"), ("ins", "14")]
    assert told(again(told_of(14), path)) == [("theirs", "Wij vonden 14 fragmenten in 3 interviews.", "")]
    again(told_of(15), path)
    assert tracked(path) == [("del", "12"), ("ins", "15")]  # not one upon the other
    word = docx.Document(str(path))
    for change in list(word.element.body.iter(qn("w:ins"), qn("w:del"))):  # somebody accepts them
        if change.tag == qn("w:ins"):
            change.addprevious(change[0])
        change.getparent().remove(change)
    word.save(str(path))
    assert told(again(told_of(15), path)) == [("theirs", "Wij vonden 15 fragmenten in 3 interviews.", "")]
    assert tracked(path) == []


def test_where_both_changed_the_same_both_stand(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    first(document(part("a", "Notie van tijd", "1")), path)
    retype(path, "over Notie van tijd", "over Notie van geduld")
    again(document(part("a", "Notie van ritme", "1")), path)
    assert body_words(path)[2:4] == ["Notie van ritme", "over Notie van geduld ritme"]
    assert tracked(path) == [("ins", " ritme")]


def test_what_somebody_took_out_does_not_come_back(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    first(document(part("a", "een", "1 rij", "2 rij"), part("b", "twee", "3 rij")), path)
    word = docx.Document(str(path))
    row = word.tables[0].rows[1]._tr
    row.getparent().remove(row)
    for element in (paragraph_with(word, "over twee")._p, word.tables[1]._tbl):
        element.getparent().remove(element)
    word.save(str(path))
    for _time in range(2):
        renewals = again(document(part("a", "een", "1 rij", "4 rij"), part("b", "twee", "3 rij")), path)
        words = body_words(path)
        assert "4 rij" in words
        assert not {"1 rij", "3 rij", "over twee"} & set(words)
    assert ("taken-out", "", "1 rij") in told(renewals)


def test_what_is_no_longer_made_goes_unless_somebody_noted_something_there(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    made = document(part("a", "een", "1"), part("b", "twee"), part("c", "drie"))
    first(made, path)
    word = docx.Document(str(path))
    word.add_comment(paragraph_with(word, "over drie").runs, text="Waarom?", author="Juf Ank")
    word.save(str(path))
    again(document(part("b", "twee")), path)
    assert body_words(path) == ["Titel", "ondertitel", "twee", "over twee"]
    assert tracked(path) == [("del", "over drie")]
    assert [each.text for each in docx.Document(str(path)).comments] == ["Waarom?"]


def test_columns_of_ours_and_of_people_stand_beside_each_other(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"

    def counted(*columns: str) -> Document:
        header = tuple(map(cell, ("thema", *columns)))
        rows = [(cell(name), *(cell(f"{name}{column}") for column in columns)) for name in ("p", "q")]
        return document(Section("a", (TableBlock("Tabel", header, rows, (30.0, *(20.0 for _ in columns))),)))

    first(counted("A", "B"), path)
    word = docx.Document(str(path))
    for n, row in enumerate(word.tables[0]._tbl.iter(qn("w:tr"))):
        row.append(docx.oxml.parse_xml(f"<w:tc {xmlns()}><w:p><w:r><w:t>eigen{n}</w:t></w:r></w:p></w:tc>"))
    word.tables[0]._tbl.find(qn("w:tblGrid")).append(docx.oxml.parse_xml(f'<w:gridCol {xmlns()} w:w="999"/>'))
    word.save(str(path))
    again(counted("A", "C", "B"), path)
    assert body_words(path)[3:] == [
        *("thema", "A", "C", "B", "eigen0"),
        *("p", "pA", "pC", "pB", "eigen1"),
        *("q", "qA", "qC", "qB", "eigen2"),
    ]
    widths = [each.get(qn("w:w")) for each in docx.Document(str(path)).tables[0]._tbl.iter(qn("w:gridCol"))]
    assert len(widths) == 5
    assert widths[-1] == "999"


def test_a_copy_that_somebody_made_of_ours_is_marked_as_well(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    first(document(Section("a", (text("Er zijn 12 fragmenten in 3 interviews."),))), path)
    word = docx.Document(str(path))
    word.add_paragraph("Er zijn 12 fragmenten in 3 interviews.")
    word.save(str(path))
    again(document(Section("a", (text("Er zijn 14 fragmenten in 3 interviews."),))), path)
    assert body_words(path)[2] == "Er zijn 14 fragmenten in 3 interviews."
    assert tracked(path) == [("del", "12"), ("ins", "14")]


def test_a_copy_of_a_table_is_marked_and_the_first_one_renewed(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    first(document(part("a", "een", "tijd 12", "meta 3")), path)
    word = docx.Document(str(path))
    word.add_paragraph("Nog eens:")._p.addnext(deepcopy(word.tables[0]._tbl))
    word.save(str(path))
    again(document(part("a", "een", "tijd 14", "meta 3")), path)
    assert body_words(path)[5:8] == ["kop", "tijd 14", "meta 3"]
    assert tracked(path) == [("del", "12"), ("ins", "14")]
    assert told(again(document(part("a", "een", "tijd 14", "meta 3")), path)) == []


def test_what_somebody_put_a_frame_around_is_renewed_in_it(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    first(document(part("a", "een"), Section("b", (text("Er zijn 12 fragmenten."), text("En meer.")))), path)
    word = docx.Document(str(path))
    paragraph = paragraph_with(word, "12")._p
    frame = docx.oxml.parse_xml(f"<w:sdt {xmlns()}><w:sdtPr/><w:sdtContent/></w:sdt>")
    paragraph.addprevious(frame)
    frame[1].append(paragraph)
    word.save(str(path))
    made = Section("b", (text("Er zijn 14 fragmenten."), text("En meer.")))
    again(document(part("c", "nieuw"), part("a", "een"), made), path)
    assert body_words(path)[2:] == [
        "nieuw",
        "over nieuw",
        "een",
        "over een",
        "Er zijn 14 fragmenten.",
        "En meer.",
    ]
    (frame,) = docx.Document(str(path)).element.body.iter(qn("w:sdt"))
    assert "".join(t.text for t in frame.iter(qn("w:t"))) == "Er zijn 14 fragmenten."


def test_a_picture_that_somebody_put_beside_our_words_outlives_them(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    first(document(part("a", "een"), Section("b", (text("Hier staat iets over tijd."),))), path)
    word = docx.Document(str(path))
    paragraph_with(word, "over tijd").add_run().add_picture(io.BytesIO(heat_map(["a"], ["b"], [[1]])))
    word.save(str(path))
    for made in (Section("b", (text("Heel andere woorden."),)), part("a", "een")):
        again(document(part("a", "een"), made), path)
        assert len(docx.Document(str(path)).inline_shapes) == 1


def test_the_order_is_ours_until_somebody_moves_a_part(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    first(document(part("a", "een", "1", "2", "3")), path)
    again(document(part("a", "een", "3", "1", "2")), path)
    assert body_words(path)[-3:] == ["3", "1", "2"]
    word = docx.Document(str(path))
    rows = list(word.tables[0]._tbl.iter(qn("w:tr")))
    rows[0].addnext(rows[-1])  # 2 above 3 and 1
    word.save(str(path))
    again(document(part("a", "een", "1", "2", "3", "4")), path)
    assert body_words(path)[-4:] == ["2", "3", "4", "1"]


def test_writing_again_and_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    picture = Picture(heat_map(["a"], ["b"], [[3]]), "beeld", "een beeld", 80)
    made = document(Section("p", (Heading("plaatje"), picture)), part("a", "een", "1"))
    first(made, path)
    before = body_words(path)
    for _n in range(3):
        assert again(made, path) == []
        assert body_words(path) == before
    assert len(docx.Document(str(path)).inline_shapes) == 1
    with zipfile.ZipFile(path) as file:
        assert sum(name.startswith("word/media/") for name in file.namelist()) == 1
        xml = file.read("word/document.xml").decode()
    ids = [piece.split('"')[0] for piece in xml.split('<w:bookmarkStart w:id="')[1:]]
    assert len(ids) == len(set(ids))


def test_a_new_picture_takes_the_frame_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"

    def shown(n: int) -> Document:
        picture = Picture(heat_map(["a"], ["b"], [[n]]), "beeld", f"het getal {n}", 80)
        return document(Section("p", (Heading("plaatje"), picture)))

    first(shown(3), path)
    word = docx.Document(str(path))
    word.inline_shapes[0].width //= 2
    wide = word.inline_shapes[0].width
    word.save(str(path))
    again(shown(9), path)
    made = docx.Document(str(path))
    (shape,) = made.inline_shapes
    assert (shape.width, shape._inline.docPr.get("descr")) == (wide, "het getal 9")
    (blob,) = [part.blob for part in made.part.package.iter_parts() if "/media/" in str(part.partname)]
    assert blob == heat_map(["a"], ["b"], [[9]])


def test_contents_follow_the_headings_and_keep_their_pages(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    contents = Section("contents", (Heading("Inhoud"), Contents()))
    made = document(contents, part("a", "een", "1"), part("b", "twee"))
    first(made, path)
    word = docx.Document(str(path))
    for link in list(word.element.body.iter(qn("w:hyperlink"))):  # Word adds the pages
        link.append(docx.oxml.parse_xml(f"<w:r {xmlns()}><w:t>12</w:t></w:r>"))
    for field in word.element.body.iter(qn("w:fldSimple")):  # and numbers the tables anew
        next(field.iter(qn("w:t"))).text = "7"
    word.save(str(path))
    assert again(made, path) == []
    assert "een12" in body_words(path)
    again(document(contents, part("a", "een", "1"), part("c", "drie"), part("b", "twee")), path)
    words = body_words(path)
    assert words[3:6] == ["een", "drie", "twee"]
    assert "Tabel 1. Tabel" in words


def test_nothing_of_what_somebody_took_out_stays_hidden_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    secret = "Die ene zin over Annelies die er niet in mocht."
    first(document(Section("a", (text(secret), text("Gewoon.")))), path)
    word = docx.Document(str(path))
    gone = paragraph_with(word, secret)._p
    gone.getparent().remove(gone)
    word.save(str(path))
    again(document(Section("a", (text(secret), text("Heel gewoon.")))), path)
    with zipfile.ZipFile(path) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
    assert b"Annelies" not in everything
    assert PEDIGREE.project.encode() not in everything


def test_another_document_or_no_word_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    made = document(part("a", "een"))
    first(made, path)
    before = path.read_bytes()
    for pedigree, reason in (
        (Pedigree("another", "themes"), "another project"),
        (Pedigree(PEDIGREE.project, "chapter"), "another document"),
    ):
        with pytest.raises(InputError, match=reason):
            again(made, path, pedigree)
    write_word(made, path)
    with pytest.raises(InputError, match="nothing in it tells"):
        again(made, path)
    assert path.read_bytes() != before
    path.write_text("geen Word")
    with pytest.raises(InputError, match="not a Word file"):
        again(made, path)


def test_a_project_s_chapter_keeps_what_was_written_in_it(demo: Project, tmp_path: Path) -> None:
    path = tmp_path / "chapter.docx"
    request = Request(DocumentOptions(language="nl"))
    export(demo, "chapter", path, request)
    word = docx.Document(str(path))
    paragraph_with(word, "Gedeeld perspectief").insert_paragraph_before("Onze eigen alinea.")
    word.save(str(path))
    theme = demo.themes.get("gedeeld-perspectief")
    demo.themes.change(replace(theme, title="Hetzelfde zien"))
    saved = export(demo, "chapter", path, request)
    demo.undo()
    words = body_words(path)
    assert saved.again
    assert saved.before is not None
    assert "Onze eigen alinea." in body_words(saved.before)
    assert words.index("Onze eigen alinea.") < words.index("Hetzelfde zien")
    assert "Gedeeld perspectief" not in words
    afresh = export(demo, "chapter", path, request, afresh=True)
    assert not afresh.again
    assert "Onze eigen alinea." not in body_words(path)


def test_a_file_of_somebody_else_is_not_written_over(demo: Project, tmp_path: Path) -> None:
    path = tmp_path / "themes.docx"
    docx.Document().save(str(path))
    before = path.read_bytes()
    with pytest.raises(InputError, match="nothing in it tells"):
        export(demo, "themes", path)
    assert path.read_bytes() == before


def test_stopping_leaves_the_old_file_and_nothing_else(demo: Project, tmp_path: Path) -> None:
    path = tmp_path / "themes.docx"
    export(demo, "themes", path)
    before = path.read_bytes()

    def stop(_done: int, _all: int) -> None:
        raise StoppedError("stopped")

    for target in (path, tmp_path / "new.docx", tmp_path / "new.html", tmp_path / "new.md"):
        with pytest.raises(StoppedError):
            export(demo, "themes", target, progress=stop)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
