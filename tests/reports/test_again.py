"""A Word document written again: our sections are made anew, people's words stay."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
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
from qualcode.reports.writers.word_again import Again, holds_sections, write_word_again
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


def again(made: Document, path: Path) -> Again:
    return write_word_again(made, path, path, no_progress)


def paragraph_with(word: Any, words: str) -> Any:
    return next(p for p in word.paragraphs if words in p.text)


def test_what_stands_between_the_sections_stays_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    write_word(document(part("a", "een", "1", "2"), part("b", "twee")), path)
    assert holds_sections(path)
    word = docx.Document(str(path))
    paragraph_with(word, "twee").insert_paragraph_before("Tussen een en twee. [lacht]")
    word.add_paragraph("Aan het eind.")
    word.tables[0]._tbl.getnext().append(
        docx.oxml.parse_xml(f"<w:r {xmlns()}><w:t>Vlak eronder.</w:t></w:r>")
    )
    word.save(str(path))
    made = again(document(part("a", "een", "1", "3"), part("c", "nieuw"), part("b", "twee anders")), path)
    assert made.left == ()
    assert body_words(path) == [
        "Titel",
        "ondertitel",
        "een",
        "over een",
        "Tabel 1. Tabel",
        "kop",
        "1",
        "3",
        "Vlak eronder.",
        "Tussen een en twee. [lacht]",
        "nieuw",
        "over nieuw",
        "twee anders",
        "over twee anders",
        "Aan het eind.",
    ]


def xmlns() -> str:
    return 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_a_section_changed_by_hand_is_left_and_named(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    write_word(document(part("a", "een", "1"), part("b", "twee", "2")), path)
    word = docx.Document(str(path))
    word.tables[0].rows[1].cells[0].paragraphs[0].add_run(" met de hand")
    word.save(str(path))
    made = again(document(part("a", "een", "9"), part("b", "twee", "8")), path)
    assert made.left == ("een",)
    words = body_words(path)
    assert "1 met de hand" in words
    assert "9" not in words
    assert "8" in words
    assert again(document(part("b", "twee", "7")), path).left == (
        "een",
    )  # it stays, though it is no longer made
    assert "1 met de hand" in body_words(path)


def test_a_section_that_is_no_longer_made_goes(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    write_word(document(part("a", "een", "1"), part("b", "twee")), path)
    again(document(part("b", "twee")), path)
    assert body_words(path) == ["Titel", "ondertitel", "twee", "over twee"]


def test_writing_again_and_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    picture = Picture(heat_map(["a"], ["b"], [[3]]), "beeld", "een beeld", 80)
    made = document(Section("p", (Heading("plaatje"), picture)), part("a", "een", "1"))
    write_word(made, path)
    first = body_words(path)
    for _n in range(3):
        assert again(made, path).left == ()
        assert body_words(path) == first
    assert len(docx.Document(str(path)).inline_shapes) == 1
    with zipfile.ZipFile(path) as file:
        assert sum(name.startswith("word/media/") for name in file.namelist()) == 1
        xml = file.read("word/document.xml").decode()
    ids = [piece.split('"')[0] for piece in xml.split('<w:bookmarkStart w:id="')[1:]]
    assert len(ids) == len(set(ids))


def test_fields_that_word_renews_are_no_change_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    made = document(
        Section("contents", (Heading("Inhoud"), Contents())), part("a", "een", "1"), part("b", "twee")
    )
    write_word(made, path)
    word = docx.Document(str(path))
    for link in list(word.element.body.iter(qn("w:hyperlink"))):  # Word adds the pages
        link.append(docx.oxml.parse_xml(f"<w:r {xmlns()}><w:t>12</w:t></w:r>"))
    for field in word.element.body.iter(qn("w:fldSimple")):  # and numbers the tables anew
        next(field.iter(qn("w:t"))).text = "7"
    word.save(str(path))
    assert again(made, path).left == ()
    assert "een12" not in body_words(path)


def test_a_bookmark_written_in_pieces_is_one_section(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    made = document(part("a", "een", "1"), part("b", "twee"))
    write_word(made, path)
    word = docx.Document(str(path))
    body = word.element.body
    start = next(e for e in body.iter(qn("w:bookmarkStart")) if e.get(qn("w:name"), "").startswith("qc_a_"))
    end = next(e for e in body.iter(qn("w:bookmarkEnd")) if e.get(qn("w:id")) == start.get(qn("w:id")))
    piece = f'<w:bookmarkStart {xmlns()} w:id="900" w:name="{start.get(qn("w:name"))}"/>'
    end.addprevious(docx.oxml.parse_xml(piece))
    end.set(qn("w:id"), "900")  # as LibreOffice writes a bookmark over several paragraphs
    paragraph_with(word, "twee").insert_paragraph_before("Van ons.")
    word.save(str(path))
    assert again(made, path).left == ()
    words = body_words(path)
    assert words.index("1") < words.index("Van ons.") < words.index("twee")
    assert words.count("een") == 1


def test_properties_as_libreoffice_writes_them_are_not_doubled(tmp_path: Path) -> None:
    path, other = tmp_path / "x.docx", tmp_path / "lo.docx"
    made = document(part("a", "een", "1"))
    write_word(made, path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "_rels/.rels":
                ours = b"openxmlformats.org/package/2006/relationships/metadata/core-properties"
                theirs = b"openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
                assert ours in content
                content = content.replace(ours, theirs)
            new.writestr(name, content)
    assert again(made, other).left == ()
    with zipfile.ZipFile(other) as file:
        assert len(file.namelist()) == len(set(file.namelist()))
    assert docx.Document(str(other)).core_properties.title == "Titel"


def test_another_document_or_no_word_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    write_word(document(part("a", "een")), path)
    with pytest.raises(InputError, match="not an earlier version"):
        again(document(part("z", "anders")), path)
    path.write_text("geen Word")
    assert not holds_sections(path)
    with pytest.raises(InputError, match="not a Word file"):
        again(document(part("a", "een")), path)


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
    assert (saved.again, saved.left) == (True, ())
    assert words.index("Onze eigen alinea.") < words.index("Hetzelfde zien")
    assert "Gedeeld perspectief" not in words
    afresh = export(demo, "chapter", path, request, afresh=True)
    assert not afresh.again
    assert "Onze eigen alinea." not in body_words(path)


def test_a_file_of_somebody_else_is_not_written_over(demo: Project, tmp_path: Path) -> None:
    path = tmp_path / "themes.docx"
    docx.Document().save(str(path))
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"save it as|Save it as themes-2\.docx"):
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
