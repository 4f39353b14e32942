"""Every kind of document in every form, opened again and held against the project."""

from __future__ import annotations

import csv
import errno
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from qualcode.errors import InputError
from qualcode.files.saving import remember
from qualcode.files.tables import Sheet, guarded
from qualcode.i18n import Bilingual, set_language
from qualcode.model import Code, CoderKind, Role, Turn, Verdict
from qualcode.reports.content import Document, TableBlock, cell, number_cell, text
from qualcode.reports.documents.overview import LINE, wrapped
from qualcode.reports.material import DocumentOptions
from qualcode.reports.writers.markup import HtmlWriter, MarkdownWriter, write_html, write_markdown
from qualcode.reports.writers.sheets import csv_text, sheets_of, write_xlsx
from qualcode.reports.writers.word import write_word
from qualcode.store.project import Project
from qualcode.tasks import themes
from qualcode.tasks.checklist import criterion_named, rate
from qualcode.tasks.exporting.documents import ENDINGS, KINDS, DocumentKind, Request, document_of
from qualcode.tasks.exporting.write import export, export_table
from qualcode.tasks.material import gather
from qualcode.tasks.project.beginning import make_demo
from qualcode.tasks.ranking import begin_ranking, settle
from qualcode.tasks.themes import saturation
from qualcode.text.normal import printable
from qualcode.text.spans import Span
from tests.reports.opening import words_of

HOSTILE = "=1+1 [lacht] [b]vet[/b] <b>&amp; | *x* `y` $a$ שלום \x07"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The demo with a theme arranged by hand, two orders, a settled one, and ratings of both."""
    set_language("nl")
    with make_demo(tmp_path_factory.mktemp("demo")) as project:
        marit, joost = project.coders.pair()
        theme = themes.arranged(project)[5]
        themes.star(project, theme.fragments[3])
        themes.mark_negative(project, themes.arranged(project)[5].fragments[3])
        reference = themes.refer(project, themes.arranged(project)[5].fragments[3])
        project.themes.change(replace(theme.theme, text=f"Tijd telt: {reference} en [#ffffff]. [lacht]"))
        ranking = begin_ranking(project, "leraren", role=Role.TEACHER)
        ids = list(ranking.transcripts)
        project.rankings.set_order(ranking, marit, [[one] for one in ids])
        project.rankings.set_order(ranking, joost, [[one] for one in reversed(ids)])
        settle(project, ranking, [[ids[0]], ids[1:4], [ids[4]]], "omdat het zo is")
        for coder, verdict in ((marit, Verdict.GOOD), (joost, Verdict.MIXED)):
            rate(project, criterion_named(project, "doelen-zichtbaar"), "01", coder, verdict, note="let op")
        yield project


def request(project: Project, **options: object) -> Request:
    return Request(DocumentOptions(language="nl", **options), transcript=project.transcripts.all()[0].name)  # type: ignore[arg-type]


class Shown(HTMLParser):
    """The words of an HTML page, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fetched: list[str] = []
        self.alternatives: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.fetched += [
            v for k, v in attrs if k in ("src", "href") and v and not v.startswith(("data:", "#"))
        ]
        if tag == "img":
            self.alternatives.append(given.get("alt") or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def write_in_every_form(made: Document, folder: Path) -> None:
    write_word(made, folder / "x.docx")
    write_html(made, folder / "x.html")
    write_markdown(made, folder / "x.md")
    write_xlsx(sheets_of(made), folder / "x.xlsx")
    (folder / "x.csv").write_text(csv_text(sheets_of(made)), encoding="utf-8")


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_every_document_holds_its_tables_in_every_form(demo: Project, tmp_path: Path, kind: str) -> None:
    made = document_of(demo, kind, request(demo))
    tables = [
        [[cell.words for cell in row] for row in (table.header, *table.rows)] for table in made.tables()
    ]
    assert tables
    write_in_every_form(made, tmp_path)
    word = docx.Document(str(tmp_path / "x.docx"))
    assert [words_of(table) for table in word.tables] == [
        [[words.replace("\n\n", "\n") for words in row] for row in table] for table in tables
    ]
    book = load_workbook(tmp_path / "x.xlsx")
    assert [len(list(sheet.iter_rows())) for sheet in book.worksheets] == [len(table) for table in tables]
    page = Shown()
    page.feed((tmp_path / "x.html").read_text(encoding="utf-8"))
    shown = " ".join(" ".join(page.words).split())
    assert page.fetched == []
    assert all(page.alternatives)
    for row in tables[0]:
        assert " ".join(row[-1].split("\n")[0].split())[:60] in shown
    lines = (tmp_path / "x.md").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("|") for line in lines) == sum(len(table) + 1 for table in tables)
    rows = list(csv.reader((tmp_path / "x.csv").read_text(encoding="utf-8").splitlines(keepends=True)))
    assert len(rows) >= sum(map(len, tables))


OTHERWISE = {
    "quotes": 0,
    "chosen": True,
    "by": "case",
    "question": True,
    "longest": 40,
    "naming": "role",
    "names": True,
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_document_takes_the_options_that_make_a_difference_to_it(
    demo: Project, kind: DocumentKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("agreement.agreement_chart", "themes.heat_map", "ranking.slope_chart"):
        monkeypatch.setattr(f"qualcode.reports.documents.{place}", lambda *_drawn: bytes(32))

    def words(**options: object) -> str:
        made = document_of(demo, kind.id, request(demo, **options))
        return "".join(MarkdownWriter(made).pieces())

    everyone = begin_ranking(demo, "allen")  # teachers alone are too few to have several quotes on a side
    demo.rankings.set_order(everyone, demo.coders.pair()[0], [[one] for one in everyone.transcripts])
    plain = words()
    takes = {name for name, value in OTHERWISE.items() if words(**{name: value}) != plain}
    demo.rankings.remove(everyone)
    assert takes == set(kind.takes) & set(OTHERWISE)


def test_the_ending_says_which_form(demo: Project, tmp_path: Path) -> None:
    starts = {".docx": b"PK", ".xlsx": b"PK", ".html": b"<!DOC", ".md": b"# ", ".csv": b"Thema"}
    for ending in ENDINGS:
        path = export(demo, "themes", tmp_path / f"x{ending}", request(demo)).path
        assert path.read_bytes().startswith((starts[ending], b"Thema"))


def test_pictures_in_word_have_words_and_headings_their_styles(demo: Project, tmp_path: Path) -> None:
    path = export(demo, "everything", tmp_path / "x.docx", request(demo)).path
    word = docx.Document(str(path))
    assert len(word.inline_shapes) >= 6
    assert all(shape._inline.docPr.get("descr") for shape in word.inline_shapes)
    styles = {paragraph.style.name for paragraph in word.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Caption"} <= styles
    assert "TOC" in word.element.xml
    names = {e.get(qn("w:name")) for e in word.element.body.iter(qn("w:bookmarkStart"))}
    links = [e.get(qn("w:anchor")) for e in word.element.body.iter(qn("w:hyperlink"))]
    assert links
    assert set(links) <= names
    for table in word.tables:
        assert next(table._tbl.iter(qn("w:tr"))).find(qn("w:trPr")).find(qn("w:tblHeader")) is not None


def test_a_theme_s_text_shows_the_quotes_it_refers_to(demo: Project) -> None:
    made = document_of(demo, "chapter", request(demo))
    words = "\n".join(getattr(block, "words", "") for block in made.plain())
    quote = " ".join(themes.arranged(demo)[5].fragments[3].words.split())
    assert f"Tijd telt: “{quote}” (" in words
    assert "#ffffff" in words
    assert "[lacht]" in words
    assert words.count(quote) == 1  # what stands in the text is not told again below it


def test_options_say_which_quotes_and_how(demo: Project) -> None:
    def cells(**options: object) -> str:
        made = document_of(demo, "themes", request(demo, **options))
        return "\n".join(cell.words for row in made.tables()[0].rows for cell in row)

    assert cells(chosen=True).count("“") == 1
    every = sum(len(theme.fragments) for theme in gather(demo).themes)
    assert cells(quotes=0, longest=10**6).count(", beurt ") == every
    assert cells(quotes=0, by="case", longest=10**6).count(", beurt ") == every
    assert "casus 0" not in cells(naming="role")
    assert "01-moeder" in cells(naming="short")
    assert len(cells(question=True)) > len(cells())
    longest = max(len(words) for words in re.findall("“(.*?)” \\(", cells(longest=60)))
    assert longest <= 60


def test_one_coder_or_the_consensus_alone_counts(demo: Project) -> None:
    marit = demo.coders.get("marit")
    made = document_of(demo, "themes", Request(DocumentOptions(names=True), (marit,)))
    totals = [row[-1].value for row in made.tables()[1].rows]
    made_by_marit = [sum(cell.value or 0 for cell in row[1:-1]) for row in made.tables()[1].rows]
    assert sum(made_by_marit) == len(demo.codings.all(coder=marit))
    assert all(0 < (total or 0) <= codings for total, codings in zip(totals, made_by_marit, strict=True))
    assert [cell.words for cell in made.tables()[1].header][1:-1] == [
        f"{role}: marit" for role in ("Ouder", "Leraar", "Hulpverlener", "Leerling")
    ]


def test_the_ranking_tells_both_orders_and_the_settled_one(demo: Project) -> None:
    made = document_of(demo, "ranking", request(demo, names=True))
    table = made.tables()[0]
    assert [cell.words for cell in table.header][1:3] == ["marit", "joost"]
    assert [[c.value for c in row[1:]] for row in table.rows] == [
        [1, 5, 1],
        [2, 4, 3],
        [3, 3, 3],
        [4, 2, 3],
        [5, 1, 5],
    ]
    words = " ".join(getattr(block, "words", "") for block in made.plain())
    assert "−1,00" in words
    assert "omdat het zo is" in words


def test_the_checklist_tells_in_how_many_cases_and_what_each_said(demo: Project) -> None:
    summary = document_of(demo, "checklist", request(demo))
    row = next(r for r in summary.tables()[0].rows if "signalen" in r[0].words)
    assert row[2].words.split("\n")[0] == "verschillend beoordeeld (+ / ±): 01"
    case = document_of(demo, "checklist-cases", request(demo, names=True)).tables()[0]
    rated = next(r for r in case.rows if "signalen" in r[0].words)[2].words
    assert rated.split("\n")[:4] == ["+ goed (marit)", "let op", "± wisselend (joost)", "let op"]


def test_saturation_names_each_code_once(demo: Project) -> None:
    found = saturation(gather(demo))
    names = [name for _transcript, codes in found for name in codes]
    used = {coding.code_id for coding in demo.codings.all()}
    assert len(names) == len(set(names)) == len(used)


@given(st.text(alphabet="ab \n", max_size=400))
def test_lines_in_the_margin_hold_every_letter_once(words: str) -> None:
    lines = wrapped(words, Span(0, len(words)))
    assert "".join(line.of(words) for line in lines).replace(" ", "").replace("\n", "") == words.replace(
        " ", ""
    ).replace("\n", "")
    assert all(line.length <= LINE for line in lines)


def hostile_document() -> Document:
    table = TableBlock(HOSTILE, (cell(HOSTILE),), [(cell(HOSTILE),), (number_cell(3),)], (50.0,))
    return Document(HOSTILE, HOSTILE, [text(HOSTILE), table])


def test_nothing_a_user_wrote_becomes_a_formula_or_markup(tmp_path: Path) -> None:
    write_xlsx(sheets_of(hostile_document()), tmp_path / "x.xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert [(c.value, c.data_type) for c in sheet["A"]] == [
        (HOSTILE.replace("\x07", "␇"), "s"),
        (HOSTILE.replace("\x07", "␇"), "s"),
        (3, "n"),
    ]
    assert csv_text(sheets_of(hostile_document())).startswith("'=1+1")
    page = Shown()
    page.feed("".join(HtmlWriter(hostile_document()).pieces()))
    assert page.words.count(HOSTILE.replace("\x07", "␇")) == 6  # title twice, subtitle, text, head, cell
    markdown = "".join(MarkdownWriter(hostile_document()).pieces())
    assert r"\[b\]vet\[/b\] \<b\>\&amp; \| \*x\* \`y\`" in markdown
    assert "\x07" not in markdown


@given(st.text(max_size=20))
def test_words_for_a_spreadsheet_never_begin_as_a_formula(words: str) -> None:
    safe = guarded(printable(words))
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert safe.lstrip("'").endswith(words.lstrip("'")[-1:] if words.isprintable() else "")


def test_sheets_of_one_name_are_told_apart_and_long_words_cut(tmp_path: Path) -> None:
    long = "x" * 40_000
    sheets = [Sheet("Naam: [1]/2?" * 9, ("a",), [[long]]) for _n in range(3)]
    write_xlsx(sheets, tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    assert len({name.casefold() for name in book.sheetnames}) == 3
    assert len(book.worksheets[0]["A2"].value) == 32_767


def test_all_codings_go_to_a_sheet(demo: Project, tmp_path: Path) -> None:
    export_table(demo, "codings", tmp_path / "c.xlsx")
    rows = list(load_workbook(tmp_path / "c.xlsx").worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 1 + len(demo.codings.all())
    transcript = demo.transcripts.get(rows[1][0])
    first = dict(zip(rows[0], rows[1], strict=True))
    assert transcript.text[first["start"] : first["end"]] == first["text"]


# bad input


@pytest.fixture
def strange(project: Project) -> Project:
    """A project of names of 300 characters, words from right to left, and a quote of 20,000 words."""
    name = "lang " * 60
    code = project.codebook.add(Code("", "vreemd", Bilingual(HOSTILE[:-1] + name, name), Bilingual("שלום")))
    words = "woord " * 20_000
    project.transcripts.add(
        name, words, [Turn(1, 0, len(words), HOSTILE[:-1])], case="05", informant=Role.PARENT
    )
    transcript = project.transcripts.get(" ".join(name.split()))
    coder = project.coders.add("Ⅎ" * 300, CoderKind.RESEARCHER)
    project.codings.add(transcript, 0, len(words) - 1, code, coder)
    return project


@pytest.mark.parametrize("kind", ["margin", "everything"])
def test_long_names_and_quotes_of_twenty_thousand_words(strange: Project, tmp_path: Path, kind: str) -> None:
    name = strange.transcripts.get("casus-04-leraar").name
    wanted = Request(DocumentOptions(quotes=0, longest=10**7), transcript=name)
    write_in_every_form(document_of(strange, kind, wanted), tmp_path)
    for page in docx.Document(str(tmp_path / "x.docx")).element.body.iter(qn("w:t")):
        assert "\x07" not in (page.text or "")


def test_themes_without_quotes_and_projects_without_codings_say_so(project: Project, tmp_path: Path) -> None:
    assert document_of(project, "codebook", Request()).tables()[0].rows
    for kind, words in (
        ("themes", "Nothing is coded"),
        ("ranking", "no ranking"),
        ("checklist", "Nothing is coded"),
    ):
        with pytest.raises(InputError, match=words):
            export(project, kind, tmp_path / "x.docx")
    project.codings.add(project.transcripts.all()[0], 14, 24, project.codebook.get("tijd"))
    table = document_of(project, "themes", Request()).tables()[0]
    assert table.rows[1][1].words == "–"
    with pytest.raises(InputError, match="no checklist"):
        export(project, "checklist", tmp_path / "x.docx")
    with pytest.raises(InputError, match="must end in"):
        export(project, "themes", tmp_path / "x.pdf")
    assert list(tmp_path.glob("x*")) == []


def test_a_template_gives_its_look_and_must_be_word(demo: Project, tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_text("geen Word")
    with pytest.raises(InputError, match="template"):
        export(demo, "themes", tmp_path / "x.docx", template=tmp_path / "t.docx")
    with pytest.raises(InputError, match="template"):
        export(demo, "themes", tmp_path / "x.docx", template=tmp_path / "none.dotx")
    assert not (tmp_path / "x.docx").exists()
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "Onze school"
    template.add_paragraph("Voorbeeldtekst")
    template.save(str(tmp_path / "school.docx"))
    export(demo, "themes", tmp_path / "x.docx", template=tmp_path / "school.docx")
    word = docx.Document(str(tmp_path / "x.docx"))
    assert word.sections[0].header.paragraphs[0].text == "Onze school"
    assert "Voorbeeldtekst" not in [paragraph.text for paragraph in word.paragraphs]


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied"), r"close it there.*x-2\.html"),
    ],
)
def test_a_place_that_refuses_leaves_the_old_file(
    demo: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: OSError, words: str
) -> None:
    path = tmp_path / "x.html"
    path.write_text("oud")
    remember(path)  # as if we had written it

    def refuse(self: Path, target: Path) -> None:
        raise problem

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(InputError, match=words):
        export(demo, "themes", path)
    assert path.read_text() == "oud"
    assert list(tmp_path.iterdir()) == [path]


def test_a_document_open_in_a_word_processor_gets_another_name_offered(demo: Project, tmp_path: Path) -> None:
    path = export(demo, "themes", tmp_path / "themes.docx").path
    for lock in ("~$emes.docx", ".~lock.themes.docx#"):
        (tmp_path / lock).write_text("")
        with pytest.raises(InputError, match=r"open in another program.*themes-2\.docx"):
            export(demo, "themes", path)
        (tmp_path / lock).unlink()


def test_html_escapes_what_it_shows() -> None:
    page = "".join(HtmlWriter(Document("<x>", "", [text('"&<')], author='"')).pieces())
    assert html.escape("<x>") in page
    assert "<x>" not in page


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(2 * sign for sign in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_page_can_be_read_by_day_by_night_and_on_paper(demo: Project, tmp_path: Path) -> None:
    page = export(demo, "everything", tmp_path / "x.html").path.read_text(encoding="utf-8")
    schemes = [
        dict(re.findall(r"--(\w+): (#\w+)", rule)) for rule in re.findall(r":root \{(.*?)\}", page, re.DOTALL)
    ]
    assert len(schemes) == 3
    for colours in schemes:
        for ink in ("ink", "soft"):
            for ground in ("ground", "head"):
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground, colours)
    by_night = dict(re.findall(r"--(\w+): (#\w+)", page[page.index("td[style] {") :].split("}")[0]))
    fills = set(re.findall(r'td dir="auto" style="background:(#\w+)"', page))
    assert fills
    for fill in fills:
        for ink in (by_night["ink"], by_night["soft"], schemes[0]["ink"], schemes[0]["soft"]):
            assert contrast(ink, fill) >= 4.5, (ink, fill)
    assert (
        page.count('<div class="wide"')
        == page.count("<table>")
        == page.count("</div>\n") - page.count('"break"')
    )
