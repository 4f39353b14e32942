"""Documents for people outside the pair: an article, pages for a board, and one document to work with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from qualcode.i18n import set_language
from qualcode.model import Role, Verdict
from qualcode.reports.content import Document, Heading, TableBlock
from qualcode.reports.documents.article import first_sentences
from qualcode.reports.documents.differences import marked_words
from qualcode.reports.material import DocumentOptions
from qualcode.reports.writers.markup import HtmlWriter, MarkdownWriter
from qualcode.reports.writers.word import write_word
from qualcode.store.project import Project
from qualcode.tasks import themes
from qualcode.tasks.checklist import rate
from qualcode.tasks.exporting.documents import KINDS, Request, document_of
from qualcode.tasks.project.beginning import make_demo
from qualcode.tasks.ranking import begin_ranking
from qualcode.text.spans import Span
from tests.verbs import ok

FIRST, SECOND = "Hoe wordt het probleem verteld?", "Wat maakt de samenwerking goed?"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The demo with research questions, a text that refers to a quote, an order, and ratings of both."""
    set_language("nl")
    with make_demo(tmp_path_factory.mktemp("demo")) as project:
        for n, theme in enumerate(themes.arranged(project)):
            themes.star(project, theme.fragments[1])
            project.themes.change(replace(theme.theme, question=FIRST if n < 3 else SECOND))
        first = themes.arranged(project)[0]
        reference = themes.refer(project, first.fragments[1])
        project.themes.change(
            replace(first.theme, text=f"Het wordt kleiner verteld: {reference}. Zo gaat dat.")
        )
        ranking = begin_ranking(project, "leraren", role=Role.TEACHER)
        for coder in project.coders.pair():
            project.rankings.set_order(ranking, coder, [[one] for one in ranking.transcripts])
            for criterion in project.checklist.book().criteria:
                rate(project, criterion, "01", coder, Verdict.GOOD)
                rate(project, criterion, "02", coder, Verdict.POOR)
        yield project


def made(project: Project, kind: str, language: str = "nl", **options: object) -> Document:
    request = Request(
        DocumentOptions(language=language, **options),  # type: ignore[arg-type]
        transcript=project.transcripts.all()[0].name,
    )
    return document_of(project, kind, request)


def words_in(document: Document) -> str:
    return "".join(MarkdownWriter(document).pieces()) + document.author


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_the_names_of_coders_stay_out_unless_they_are_asked_for(demo: Project, kind: str) -> None:
    assert not re.search("marit|joost", words_in(made(demo, kind)), re.IGNORECASE)
    assert re.search("marit|joost", words_in(made(demo, kind, names=True)), re.IGNORECASE)


def test_what_was_settled_together_is_nobodys_name(demo: Project) -> None:
    layer = demo.coders.consensus()
    coded = demo.codings.all()[0]
    transcript = demo.transcripts.get(coded.transcript_id)
    demo.codings.add(transcript, coded.start, coded.end, demo.codebook.all()[0], layer)
    for names in (False, True):
        request = Request(DocumentOptions(language="en", names=names), (layer,))
        document = document_of(demo, "themes", request)
        assert "as settled together" in document.subtitle
        assert "consensus" not in words_in(document)
    demo.undo()


def test_an_article_tells_themes_below_their_questions_with_quotes_in_sentences(demo: Project) -> None:
    document = made(demo, "article")
    headings = [block.text for block in document.plain() if isinstance(block, Heading)]
    assert headings[0] == "Methode"
    assert headings.index(FIRST) < headings.index("Gedeeld perspectief") < headings.index(SECOND)
    text = words_in(document)
    quote = " ".join(themes.arranged(demo)[0].fragments[1].words.split())
    assert text.count(quote[:40]) == 1
    assert re.search(
        r"Het wordt kleiner verteld: “.*?” \((ouder|moeder|vader|leraar|hulpverlener|leerling) in casus 0\d\)",
        text,
    )
    assert re.search(r"\n(Ouder|Moeder|Vader|Leraar|Hulpverlener|Leerling) in casus 0\d: “", text)
    assert "Gevonden in 5 van de 5 casussen; verteld door: " in text
    assert all(table.plain for table in document.tables())


def test_the_checklist_of_an_article_is_the_studys_table_three(demo: Project) -> None:
    table = made(demo, "article").tables()[-1]
    checklist = demo.checklist.book()
    assert [cell.words for cell in table.header] == ["", "Goede samenwerking", "Niet goede samenwerking"]
    expected = [
        ["" if n else dimension.name.nl, criterion.good.nl, criterion.poor.nl]
        for dimension in checklist.dimensions
        for n, criterion in enumerate(c for c in checklist.criteria if c.dimension == dimension.slug)
    ]
    assert [[cell.words for cell in row] for row in table.rows] == expected
    assert len(expected) == 12


def test_a_board_gets_one_quote_a_theme_one_picture_the_counts_and_what_is_asked(demo: Project) -> None:
    document = made(demo, "board", language="en")
    text = words_in(document)
    assert text.count("“") == len(themes.arranged(demo))
    checklist, asked = document.tables()
    assert "in 1 of 5 cases" in checklist.rows[0][1].words
    assert [row[0].words for row in asked.rows] == [""] * 4
    assert "What we ask of the board" in text


def test_one_document_to_work_with_tells_nothing_twice(demo: Project) -> None:
    document = made(demo, "everything")
    captions = [block.caption for block in document.plain() if isinstance(block, TableBlock)]
    assert len(captions) == len(set(captions))
    quotes = re.findall("“([^”]{60,})”", words_in(document))
    told = {quote for quote in quotes if quotes.count(quote) > 2}
    assert not told  # a theme and a side of the checklist may both rest on it, not more


def test_both_edges_are_shown_in_the_words() -> None:
    words = "een twee drie vier vijf"
    runs = marked_words(words, [Span(0, 13)], [Span(4, 18)])
    assert [(run.text.strip(), run.mark) for run in runs if run.text.strip()] == [
        ("“", ""),
        ("een", "a"),
        ("twee drie", ""),
        ("vier", "b"),
        ("”", ""),
    ]
    assert "".join(run.text for run in runs).replace("  ", " ") == "“een twee drie vier”"
    assert {run.mark for run in marked_words(words, [Span(0, 13)], [])} == {""}
    (long,) = [run.text for run in marked_words("woord " * 200, [Span(0, 1199)], []) if len(run.text) > 9]
    assert " […] " in long
    assert len(long) < 120


def test_differences_are_grouped_by_what_clashes_the_most_frequent_first(demo: Project) -> None:
    table = made(demo, "differences", language="en").tables()[1]
    sizes = [int(row[0].words.rsplit("(", 1)[1][:-1]) for row in table.rows if len(row) == 1]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == len(table.rows) - len(sizes)
    marks = {run.mark for row in table.rows if len(row) > 1 for p in row[1].paragraphs for run in p.runs}
    assert marks == {"", "a", "b"}
    assert 'class="a"' in "".join(HtmlWriter(made(demo, "differences")).pieces())


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("Kort.", "Kort."),
        ("Zo gaat het: [#7f3a]. En zo.\nEn dit niet meer.", "Zo gaat het. En zo."),
        ("Een zin. " * 60, ("Een zin. " * 35).strip()),
    ],
)
def test_a_board_reads_the_first_sentences(words: str, short: str) -> None:
    assert first_sentences(words) == short


def test_a_question_is_given_to_a_theme_and_taken_away(demo: Project) -> None:
    theme = demo.themes.all()[-1]
    ok("themes", "change", demo.path, theme.id, "--question", "  Wat  staat er in dossiers? ")
    assert demo.themes.get(theme.id).question == "Wat staat er in dossiers?"
    ok("themes", "change", demo.path, theme.id, "--question", "")
    assert demo.themes.get(theme.id).question == ""


# the elements of WordprocessingML in the order that ISO 29500-1 asks for, as far as we write them
ORDER = {
    "pPr": ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "shd", "tabs", "spacing", "ind", "jc",
            "rPr"),
    "tblPr": ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook",
              "tblCaption", "tblDescription"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"),
    "style": ("name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden",
              "unhideWhenUsed", "qFormat", "locked", "personal", "rsid", "pPr", "rPr", "tblPr",
              "trPr", "tcPr", "tblStylePr"),
    "tblStylePr": ("pPr", "rPr", "tblPr", "trPr", "tcPr"),
    "tbl": ("tblPr", "tblGrid", "tr"),
    "tc": ("tcPr", "p"),
}  # fmt: skip
PAINT = ("b", "i", "color", "sz", "u", "spacing", "ind", "jc")


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_word_files_are_valid_and_styled_not_painted(demo: Project, tmp_path: Path, kind: str) -> None:
    write_word(made(demo, kind, language="en"), tmp_path / "x.docx")
    word = docx.Document(str(tmp_path / "x.docx"))
    styles = {style.get(qn("w:styleId")) for style in word.styles.element.iter(qn("w:style"))}
    for root in (word.element.body, word.styles.element):
        for parent, order in ORDER.items():
            for element in root.iter(qn(f"w:{parent}")):
                names = [child.tag.partition("}")[2] for child in element]
                known = [order.index(name) for name in names if name in order]
                assert known == sorted(known), (parent, names)
                assert (
                    set(names) <= set(order)
                    or parent in {"pPr", "tblPr", "tc"}
                    or root is not word.element.body
                )
    body = word.element.body
    used = [e.get(qn("w:val")) for tag in ("pStyle", "rStyle", "tblStyle") for e in body.iter(qn(f"w:{tag}"))]
    assert set(used) <= styles
    for properties in (*body.iter(qn("w:rPr")), *body.iter(qn("w:pPr"))):
        assert not [tag for tag in PAINT if properties.find(qn(f"w:{tag}")) is not None], properties.xml
    ids = [e.get(qn("w:id")) for e in body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))
    settings = {
        e.get(qn("w:name")): e.get(qn("w:val")) for e in word.settings.element.iter(qn("w:compatSetting"))
    }
    assert settings["compatibilityMode"] == "15"


def test_a_quote_says_its_language_where_the_document_has_another(demo: Project, tmp_path: Path) -> None:
    for language, tags in (("en", {"nl-NL"}), ("nl", set())):
        write_word(made(demo, "themes", language=language), tmp_path / "x.docx")
        body = docx.Document(str(tmp_path / "x.docx")).element.body
        assert {lang.get(qn("w:val")) for lang in body.iter(qn("w:lang"))} == tags


def test_a_template_keeps_its_paper_its_margins_and_its_styles(demo: Project, tmp_path: Path) -> None:
    template = docx.Document()
    section = template.sections[0]
    section.left_margin = section.right_margin = docx.shared.Mm(50)
    template.styles["Quote"].font.size = docx.shared.Pt(13)
    template.save(str(tmp_path / "t.docx"))
    write_word(made(demo, "checklist"), tmp_path / "x.docx", template=tmp_path / "t.docx")
    word = docx.Document(str(tmp_path / "x.docx"))
    made_section = word.sections[0]
    assert (made_section.left_margin, made_section.page_height) == (section.left_margin, section.page_width)
    room = made_section.page_width - 2 * made_section.left_margin
    for grid in word.element.body.iter(qn("w:tblGrid")):
        width = sum(int(column.get(qn("w:w"))) for column in grid.iter(qn("w:gridCol")))
        assert width * 635 <= room + 10_000
    assert word.styles["Quote"].font.size == docx.shared.Pt(13)
