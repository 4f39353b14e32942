"""Word documents, opened again and held against the project."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from qualcode.errors import InputError
from qualcode.i18n import set_language
from qualcode.model import Coder
from qualcode.reports.content import Document, Picture, TableBlock, cell, text
from qualcode.reports.material import DocumentOptions
from qualcode.reports.quoting import shorten
from qualcode.reports.writers.word import write_word
from qualcode.store.project import Project
from qualcode.tasks.comparing.comparison import draw_sample
from qualcode.tasks.comparing.rounds import facts_of
from qualcode.tasks.exporting.documents import Request
from qualcode.tasks.exporting.write import export
from qualcode.tasks.project.beginning import make_demo
from tests.reports.opening import words_of


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    set_language("nl")
    with make_demo(tmp_path_factory.mktemp("demo")) as project:
        yield project


def write(project: Project, kind: str, path: Path | None = None, **options: Any) -> Path:
    """Write a document afresh; returns where."""
    return export(project, kind, path, Request(DocumentOptions(**options)), afresh=True).path


def agreement_of(*coders: Coder) -> Request:
    """The agreement of two coders, in English."""
    return Request(DocumentOptions(language="en"), coders)


def test_the_theme_table_holds_every_theme_and_its_counts(demo: Project) -> None:
    path = write(demo, "themes", language="en", quotes=2, names=True)
    assert path.name == "demo-themes-en.docx"
    document = docx.Document(str(path))
    quotes, counts = document.tables
    themes = [code for code in demo.codebook.all() if code.parent_id is None]
    assert [row[0].split("\n")[0] for row in words_of(quotes)[1:]] == [code.name.en for code in themes]
    assert words_of(quotes)[0] == ["Theme", "Parent", "Teacher", "Care worker", "Child"]
    passages = [int(row[-1]) for row in words_of(counts)[1:]]
    codings = [sum(int(n) for n in row[1:-1] if n != "–") for row in words_of(counts)[1:]]
    assert sum(codings) == len(demo.codings.all())
    assert words_of(counts)[0][-1] == "Passages"
    assert all(n / 2 <= once <= n for once, n in zip(passages, codings, strict=True))
    assert sum(passages) < sum(codings)  # what both marked counts once


def test_every_quote_stands_in_its_interview(demo: Project) -> None:
    path = write(demo, "themes", language="en", quotes=0, longest=10_000)
    texts = {" ".join(t.text.split()) for t in demo.transcripts.all()}
    found = 0
    for row in words_of(docx.Document(str(path)).tables[0])[1:]:
        for column in row[1:]:
            for line in column.split("\n"):
                if line.startswith("“"):
                    quote = line[1 : line.rindex("” (")]
                    assert any(quote in text for text in texts), quote
                    found += 1
    assert found > 300


def test_the_checklist_stands_in_the_summary_and_in_every_case(demo: Project) -> None:
    checklist = demo.checklist.book()
    summary = docx.Document(str(write(demo, "checklist", language="nl"))).tables
    per_case = docx.Document(str(write(demo, "checklist-cases", language="nl"))).tables
    form = docx.Document(str(write(demo, "checklist-form", language="nl"))).tables
    assert (len(summary), len(per_case), len(form)) == (2, 5, 1)
    for table in (summary[0], *per_case, *form):
        rows = words_of(table)
        assert [row[0] for row in rows[1:] if len(row) == 1] == [d.name.nl for d in checklist.dimensions]
        assert [[words.split("\n")[0] for words in row[:2]] for row in rows[1:] if len(row) > 1] == [
            [c.good.nl, c.poor.nl] for c in checklist.criteria
        ]


@pytest.mark.parametrize(("language", "tag"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_a_document_is_a_proper_word_document(demo: Project, language: str, tag: str) -> None:
    path = write(demo, "themes", language=language)
    document = docx.Document(str(path))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert document.core_properties.language == tag
    assert document.core_properties.title == {"nl": "Thematabel", "en": "Theme table"}[language]
    assert document.core_properties.author == "qualcode"
    named = docx.Document(str(write(demo, "themes", language=language, names=True)))
    assert named.core_properties.author == "marit, joost"
    assert {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))} == {tag}
    for table in document.tables:
        first = next(table._tbl.iter(qn("w:tr")))
        assert first.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    shown = ["".join(t.text for t in p._p.iter(qn("w:t"))).split(".")[0] for p in captions]
    assert shown == (["Tabel 1", "Tabel 2"] if language == "nl" else ["Table 1", "Table 2"])
    assert all("SEQ" in p._p.xml for p in captions)
    assert "PAGE" in section.footer._element.xml


def test_an_open_or_forbidden_target_leaves_the_old_file(demo: Project, tmp_path: Path) -> None:
    target = tmp_path / "folder.docx"
    target.mkdir()
    with pytest.raises(InputError, match="could not be saved"):
        write(demo, "themes", target.with_suffix(".docx"))
    assert list(target.iterdir()) == []
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_coded_says_so(project: Project) -> None:
    with pytest.raises(InputError, match="Nothing is coded"):
        write(project, "themes")
    with pytest.raises(InputError, match="no checklist"):
        write(project, "checklist-form")
    assert not (project.path.parent / "exports").exists()


@pytest.mark.parametrize(
    "hostile",
    ["[lacht] [b]vet[/b] [[x]]", "<w:p>&amp;", "a\x00b\x1fc", "regel\nregel\ttab", "שלום", "x" * 20_000],
)
def test_words_survive_whatever_they_are(tmp_path: Path, hostile: str) -> None:
    table = TableBlock(hostile, (cell(hostile),), [(cell(hostile),)], (50.0,))
    document = Document(hostile, hostile, [text(hostile), table], author=hostile[:300])
    write_word(document, tmp_path / "x.docx")
    again = docx.Document(str(tmp_path / "x.docx"))
    shown = hostile.replace("\x00", "␀").replace("\x1f", "␟")
    assert again.paragraphs[0].text == shown
    assert again.tables[0].rows[1].cells[0].text == shown


def test_long_quotes_are_cut_at_a_space() -> None:
    assert shorten("een twee drie", 100) == "een twee drie"
    assert shorten("een twee drie vier", 14) == "een twee […]"


def test_the_agreement_report_tells_what_was_compared(demo: Project, tmp_path: Path) -> None:
    marit, joost = demo.coders.get("marit"), demo.coders.get("joost")
    path = export(demo, "agreement", tmp_path / "a.docx", agreement_of(marit, joost)).path
    document = docx.Document(str(path))
    (table,) = document.tables
    rows = words_of(table)
    assert [row[0] for row in rows[1:]] == [code.name.en for code in demo.codebook.all()]
    codings = [row[1].split(" / ") for row in rows[1:]]
    counted = [c for c in demo.codings.all() if c.transcript_id != demo.transcripts.get("casus-05-ouder").id]
    assert sum(int(a) + int(b) for a, b in codings) == len(counted)
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr").startswith("Shared text and Krippendorff's alpha per code.")
    assert picture.height < document.sections[0].page_height
    methods = "\n".join(p.text for p in document.paragraphs)
    assert "The figures rest on 15 of the 16 transcripts (94 %), coded by two coders." in methods
    assert "They were coded separately but not sealed" in methods
    assert "drawn by lot" not in methods


def test_the_agreement_report_as_data(demo: Project, tmp_path: Path) -> None:
    marit, joost = demo.coders.get("marit"), demo.coders.get("joost")
    request = agreement_of(marit, joost)
    left_out = demo.transcripts.get("casus-05-ouder").id
    data = json.loads(
        export(demo, "agreement", tmp_path / "a.json", request).path.read_text(encoding="utf-8")
    )
    table = export(demo, "agreement", tmp_path / "a.csv", request).path.read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(table)))
    assert [row[0] for row in rows[1:]] == [row[0] for row in data["table"]["rows"]]
    assert data["agreement"]["documents"] == 15
    assert set(data["independence"].values()) == {"unsealed"}
    inputs = data["inputs"]
    assert len(inputs["interviews"]) == 15
    assert inputs["interviews"]["casus-01-ouder"]["text"] == demo.transcripts.get("casus-01-ouder").text_hash
    assert (inputs["codings"]["number"], len(inputs["codings"]["sha256"])) == (
        sum(c.coder_id in (marit.id, joost.id) for c in demo.codings.all() if c.transcript_id != left_out),
        64,
    )
    again = json.loads(export(demo, "agreement", tmp_path / "b.json", request).path.read_text("utf-8"))
    assert again["inputs"] == inputs
    with pytest.raises(InputError, match="must end in"):
        export(demo, "agreement", tmp_path / "a.pdf", request)


def test_the_methods_say_drawn_by_lot_only_of_what_was_drawn(demo: Project, tmp_path: Path) -> None:
    marit, joost = demo.coders.get("marit"), demo.coders.get("joost")
    draw_sample(demo, 0.2, seed=5)
    assert facts_of(demo, marit, joost).sample is None
    sample = draw_sample(demo, 1, seed=5)
    assert facts_of(demo, marit, joost).sample == sample
    demo.undo()
    demo.undo()


def test_a_tall_picture_is_made_to_fit_the_page(tmp_path: Path) -> None:
    from matplotlib.figure import Figure

    png = io.BytesIO()
    Figure(figsize=(2, 10), dpi=50).savefig(png)
    picture = Picture(png.getvalue(), "tall", "a tall picture", 170)
    write_word(Document("t", "", [picture], landscape=True), tmp_path / "x.docx")
    document = docx.Document(str(tmp_path / "x.docx"))
    assert document.inline_shapes[0].height.mm < 210 - 36
