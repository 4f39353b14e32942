"""Word documents, form by form of their XML."""

from __future__ import annotations

import io

import docx as python_docx
import pytest

from qualcode.errors import InputError

from .making import W, docx, draft, p, r, said, table, times, zipped


def words(*runs: str, **more: str) -> str:
    """What a paragraph with these runs says, after a question."""
    return said(docx(p("I: Hoe?") + p("R: ", *runs), **more), "x.docx")[1][1]


def test_plain_paragraphs() -> None:
    assert said(docx(p("I: Hoe?") + p("") + p("R: Zo.") + p("En zo.")), "x.docx") == [
        ("I", "Hoe?"),
        ("R", "Zo.\nEn zo."),
    ]


def test_a_document_by_python_docx() -> None:
    document = python_docx.Document()
    document.add_heading("Gesprek")
    document.add_paragraph("I: Hoe gaat het?")
    document.add_paragraph("Leraar: Goed.").add_run("\nEcht.")
    stream = io.BytesIO()
    document.save(stream)
    assert said(stream.getvalue(), "x.docx") == [
        ("", "Gesprek"),
        ("I", "Hoe gaat het?"),
        ("Leraar", "Goed.\nEcht."),
    ]


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("<w:r><w:t>een</w:t><w:br/><w:t>twee</w:t><w:tab/><w:t>drie</w:t><w:cr/></w:r>" + r("vier"),
         "een\ntwee\tdrie\nvier"),
        ("<w:r><w:t>ib</w:t><w:noBreakHyphen/><w:t>er sa</w:t><w:softHyphen/><w:t>men</w:t></w:r>", "ib-er samen"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "→≥"),
        ("<w:ins>" + r("erbij") + "</w:ins><w:del><w:r><w:delText>weg</w:delText></w:r></w:del>", "erbij"),
        ("<w:moveTo>" + r("hier") + "</w:moveTo><w:moveFrom>" + r("daar") + "</w:moveFrom>", "hier"),
        (r("ja") + r("geheim", "<w:vanish/>") + r(" nee", '<w:vanish w:val="0"/>'), "ja nee"),
        (r("ja") + r("geheim", '<w:rStyle w:val="Verborgen"/>'), "ja"),
        (FIELD.format("begin") + "<w:r><w:instrText>DATE</w:instrText></w:r>" + r("x")
         + FIELD.format("separate") + r("3 mei") + FIELD.format("end"), "3 mei"),
        ('<w:fldSimple w:instr="PAGE">' + r("7") + "</w:fldSimple>", "7"),
        ("<w:hyperlink>" + r("koppeling") + "</w:hyperlink><w:smartTag>" + r("!") + "</w:smartTag>", "koppeling!"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("vak") + "</w:sdtContent></w:sdt>", "vak"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("Klik hier") + "</w:sdtContent></w:sdt>"
         + r("ja"), "ja"),
        (r("ja") + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="1"/></w:r>', "ja"),
        ("<w:r><w:ruby><w:rt>" + r("boven") + "</w:rt><w:rubyBase>" + r("onder") + "</w:rubyBase></w:ruby></w:r>",
         "onder"),
    ],
)  # fmt: skip
def test_what_arrives_and_what_does_not(run: str, expected: str) -> None:
    styles = '<w:style w:styleId="Verborgen"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert words(run, styles=styles) == expected


def test_what_is_left_out_is_told() -> None:
    body = p("I: Hoe?") + p(
        "R: ja", '<w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="1"/></w:r>'
    )
    warnings = " ".join(draft(docx(body), "x.docx").warnings)
    assert "Footnotes" in warnings
    assert "Comments" in warnings


def test_an_unknown_symbol_is_told() -> None:
    found = draft(
        docx(p("I: Hoe?") + p("R: ", '<w:r><w:sym w:font="Webdings" w:char="F0FF"/></w:r>')), "x.docx"
    )
    assert found.turns[1].text == "\ufffd"
    assert any("could not be read" in warning for warning in found.warnings)


def test_a_field_without_end_swallows_nothing() -> None:
    body = p("I: Hoe?", FIELD.format("begin")) + p("R: Zo.")
    assert said(docx(body), "x.docx") == [("I", "Hoe?"), ("R", "Zo.")]


def test_a_text_box_arrives_once_after_its_paragraph() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('R: In de doos.')}</w:txbxContent></wps:txbx>"
    twice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    run = f"<w:r><mc:AlternateContent>{twice}</mc:AlternateContent></w:r>"
    assert said(docx(p("I: Hoe?", run)), "x.docx") == [("I", "Hoe?"), ("R", "In de doos.")]


def test_a_deleted_paragraph_end_joins_paragraphs() -> None:
    body = p("I: Hoe?") + p("R: Een ", props="<w:rPr><w:del/></w:rPr>") + p("twee.")
    assert said(docx(body), "x.docx") == [("I", "Hoe?"), ("R", "Een twee.")]
    assert said(docx(p("I: Hoe?") + p("R: Slot.", props="<w:rPr><w:del/></w:rPr>")), "x.docx")[1] == (
        "R",
        "Slot.",
    )


def test_content_controls_around_paragraphs() -> None:
    assert said(
        docx(f"<w:sdt><w:sdtContent>{p('I: Hoe?')}{p('R: Zo.')}</w:sdtContent></w:sdt>"), "x.docx"
    ) == [("I", "Hoe?"), ("R", "Zo.")]


@pytest.mark.parametrize(
    "rows",
    [
        [("I", "Hoe?"), ("Moeder", "Zo."), ("I", "Ja?")],
        [("Spreker", "Tekst"), ("I:", "Hoe?"), ("Moeder:", "Zo."), ("I:", "Ja?")],
        [("1", "I", "Hoe?"), ("2", "Moeder", "Zo."), ("3", "I", "Ja?")],
        [
            ("Tijd", "Wie", "Wat"),
            ("00:00:01", "I", "Hoe?"),
            ("00:00:04", "Moeder", "Zo."),
            ("00:00:09", "I", "Ja?"),
        ],
    ],
)
def test_a_table_of_speakers_and_words(rows: list[tuple[str, ...]]) -> None:
    assert said(docx(table(*rows)), "x.docx") == [("I", "Hoe?"), ("Moeder", "Zo."), ("I", "Ja?")]


def test_a_table_with_times_and_a_speaker_that_goes_on() -> None:
    rows = docx(table(("0:01", "I", "Hoe?"), ("0:04", "R", "Zo."), ("0:06", "", "En zo.")))
    assert times(rows, "x.docx") == [("I", 1000, None), ("R", 4000, None), ("R", 6000, None)]


def test_any_other_table_gives_its_cells_in_order_and_merged_cells_once() -> None:
    merged = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + p("een") + "</w:tc><w:tc>" + p("twee")
        + "</w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p("een") + "</w:tc><w:tc>" + p("drie") + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    assert [text for _speaker, text in said(docx(merged), "x.docx")] == ["een", "twee", "drie"]


def test_a_deleted_row_is_gone() -> None:
    rows = (
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + p("weg")
        + "</w:tc></w:tr><w:tr><w:tc>"
        + p("blijft")
        + "</w:tc></w:tr></w:tbl>"
    )
    assert said(docx(rows), "x.docx") == [("", "blijft")]


def test_teams() -> None:
    body = p("Overleg") + "".join(
        p(f"<w:r><w:br/><w:t>{who}   0:0{n}</w:t><w:br/><w:t>{what}</w:t></w:r>")
        for n, (who, what) in enumerate(
            [("Anna Jansen", "Hoi."), ("Kees (Gast)", "Dag."), ("Anna Jansen", "Ja.")]
        )
    )
    assert said(docx(body), "x.docx")[1:] == [
        ("Anna Jansen", "Hoi."),
        ("Kees (Gast)", "Dag."),
        ("Anna Jansen", "Ja."),
    ]
    assert times(docx(body), "x.docx")[1:] == [
        ("Anna Jansen", 0, None),
        ("Kees (Gast)", 1000, None),
        ("Anna Jansen", 2000, None),
    ]


def test_meet_keeps_the_conversation_only() -> None:
    lines = [
        "Notities",
        "Samenvatting: kort.",
        "Transcript",
        "00:00:00",
        "Anna: Hoi.",
        "Kees: Dag.",
        "00:05:00",
        "Anna: Ja.",
    ]
    found = draft(docx("".join(p(line) for line in [*lines, "Transcription ended after 00:06:00"])), "x.docx")
    assert [(turn.speaker, turn.text) for turn in found.turns] == [
        ("Anna", "Hoi."),
        ("Kees", "Dag."),
        ("Anna", "Ja."),
    ]
    assert found.unplaced == (
        "Notities",
        "Samenvatting: kort.",
        "Transcript",
        "Transcription ended after 00:06:00",
    )


def test_word_online() -> None:
    lines = [
        "Audio file",
        "opname.mp3",
        "Transcript",
        "00:00:05 Speaker 1",
        "Hoi.",
        "00:00:09 Speaker 2",
        "Dag.",
    ]
    found = draft(docx("".join(p(line) for line in lines)), "x.docx")
    assert [(turn.speaker, turn.text, turn.time_start) for turn in found.turns] == [
        ("Speaker 1", "Hoi.", 5000),
        ("Speaker 2", "Dag.", 9000),
    ]
    assert found.unplaced == ("Audio file", "opname.mp3", "Transcript")


def test_the_main_part_may_have_another_name() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="/word/document2.xml"/>'
        "</Relationships>"
    )
    body = f"<w:document {W}><w:body>{p('I: Hoe?')}{p('R: Zo.')}</w:body></w:document>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "",
        "_rels/.rels": relations,
        "word/document2.xml": body,
    }
    assert said(zipped(parts), "x.docx") == [("I", "Hoe?"), ("R", "Zo.")]


ENTITY = (
    '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]>'
    f"<w:document {W}><w:body>{p('&b;')}</w:body></w:document>"
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), r"old Word version \(.doc\)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (docx(p("I: Hoe?"))[:-30], "damaged"),
        (b"PK\x03\x04niks", "damaged"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": "<w:document"}), "damaged"),
        (zipped({"[Content_Types].xml": "", "word/styles.xml": ""}), "no text part"),
        (zipped({"[Content_Types].xml": "", "docProps/app.xml": ""}), "no text part"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": f"<w:document {W}/>"}), "damaged"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": ENTITY}), "do not belong"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}), "far more"),
        (zipped({"foto.jpg": b"x"}), "a zip file"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "Excel"),
        (zipped({"project.qde": ""}), "REFI-QDA"),
        (docx(p("")), "no words"),
        (docx(p("ja") + "<w:altChunk/>"), "another file"),
        (b"gewoon tekst", r"ends in .docx, but the content is text"),
    ],
)  # fmt: skip
def test_refused(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        draft(content, "x.docx")


def test_numbers_by_word_make_the_parts_of_a_form() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )

    def numbered(text: str, level: int) -> str:
        return p(text, props=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')

    body = (
        p("Vragenlijst les 2") + numbered("Welke acties hielpen?", 0) + numbered("een hoek", 1)
        + numbered("een kaart", 1) + numbered("Wat zag je?", 0) + p("Rust.")
    )  # fmt: skip
    assert [
        (turn.part, turn.speaker, turn.text)
        for turn in draft(docx(body, numbering=numbering), "x.docx").turns
    ] == [
        ("", "", "Vragenlijst les 2"),
        ("1", "Vraag", "Welke acties hielpen?"),
        ("1a", "", "een hoek"),
        ("1b", "", "een kaart"),
        ("2", "Vraag", "Wat zag je?"),
        ("2", "", "Rust."),
    ]


def test_what_was_hidden_or_deleted_is_told() -> None:
    deleted = "<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>"
    found = draft(docx(p("I: Hoe?") + p("R: ja", r("geheim", "<w:vanish/>"), deleted)), "x.docx")
    assert found.turns[1].text == "ja"
    assert "Hidden text was left out." in found.warnings
    assert any("tracked changes was left out" in warning for warning in found.warnings)
    assert not draft(docx(p("I: Hoe?") + p("R: ja")), "x.docx").warnings
