"""OpenDocument, RTF and PDF."""

from __future__ import annotations

import io

import pytest

from qualcode.errors import InputError

from .making import docx, draft, odt, p, pdf, r, rtf, said, times, zipped

BOTH = [("I", "Hoe?"), ("R", "Zo.")]


def o(text: str) -> str:
    """A paragraph of an OpenDocument."""
    return f"<text:p>{text}</text:p>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("een<text:line-break/>twee<text:tab/>drie", "een\ntwee\tdrie"),
        ("a <text:s text:c='2'/>b\n   c", "a   b c"),
        ("<text:span>ja <text:a>koppeling</text:a></text:span>.", "ja koppeling."),
        ("ja<text:note><text:note-body><text:p>voetnoot</text:p></text:note-body></text:note>", "ja"),
        ("ja<office:annotation><text:p>opmerking</text:p></office:annotation>", "ja"),
        ("ja<text:span text:style-name='T1'>geheim</text:span>", "ja"),
        ("ja<text:hidden-text>geheim</text:hidden-text>", "ja"),
        (
            "<text:ruby><text:ruby-base>onder</text:ruby-base><text:ruby-text>boven</text:ruby-text></text:ruby>",
            "onder",
        ),
        (
            "ja<text:change-start text:change-id='c1'/> erbij<text:change-end text:change-id='c1'/>",
            "ja erbij",
        ),
        ("ja<draw:frame><draw:text-box><text:p>doos</text:p></draw:text-box></draw:frame>", "ja\ndoos"),
    ],
)
def test_opendocument(inside: str, expected: str) -> None:
    hidden = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    removed = "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion>"
    removed += "</text:changed-region></text:tracked-changes>"
    content = odt(removed + o("I: Hoe?") + o("R: " + inside), hidden)
    assert said(content, "x.odt") == [("I", "Hoe?"), ("R", expected)]


def test_an_opendocument_table_of_speakers() -> None:
    rows = "".join(
        f"<table:table-row><table:table-cell>{o(who)}</table:table-cell><table:table-cell>{o(what)}</table:table-cell>"
        "</table:table-row>"
        for who, what in [("I", "Hoe?"), ("R", "Zo."), ("I", "Ja?")]
    )
    assert said(odt(f"<table:table>{rows}</table:table>"), "x.odt") == [*BOTH, ("I", "Ja?")]


def test_lists_and_sections_of_an_opendocument() -> None:
    items = f"<text:list><text:list-item>{o('R: Zo.')}</text:list-item></text:list>"
    content = odt(f"<text:section>{o('I: Hoe?')}</text:section>{items}")
    assert said(content, "x.odt") == BOTH


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (odt(o("I: Hoe?"), **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "password"),
        (zipped({"content.xml": "<a/>"}), "not a text document"),
        (zipped({"content.xml": "<a"}), "damaged"),
        (docx(p("I: Hoe?")), r"content is Word"),
    ],
)
def test_refused_opendocument(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        draft(content, "x.odt")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (r"een\line twee\tab drie", "een\ntwee\tdrie"),
        (r"h\'e8, \'e9\'e9n \u8364? \u-10179?\u-8704?!", "hè, één € 😀!"),
        (r"\uc2 \u233\'c3\'a9{\uc0 \u233}x", "ééx"),
        (r"ja {\v geheim}nee\v weg\v0  ook", "ja nee ook"),
        (r"ja {\deleted weg}{\revised erbij}", "ja erbij"),
        (r"ja{\footnote voet}{\*\annotation op}{\pict 0aff}{\*\onbekend x}", "ja"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt koppeling}}", "koppeling"),
        (r"\lquote ja\rquote\~\endash\_x \{lacht\} \\", "‘ja’\xa0–-x {lacht} \\"),
        (r"{\*\shppict{\pict\bin4 }}}}}}ja", "ja"),
    ],
)
def test_rtf(inside: str, expected: str) -> None:
    assert said(rtf(r"I: Hoe?\par R: " + inside + r"\par"), "x.rtf") == [("I", "Hoe?"), ("R", expected)]


def test_rtf_characters_of_another_set() -> None:
    content = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}}" + (
        rb"\f0 I: Hoe?\par R: \'e9 {\f1 \'b3\'f3d\'9f}.}"
    )
    assert said(content, "x.rtf")[1] == ("R", "é łódź.")


def test_an_rtf_table_of_speakers() -> None:
    rows = "".join(rf"\trowd\intbl {who}\cell {what}\cell\row" for who, what in [*BOTH, ("I", "Ja?")])
    assert said(rtf(rows + r"\pard R: Slot.\par"), "x.rtf") == [*BOTH, ("I", "Ja?"), ("R", "Slot.")]


def test_f4_in_rtf() -> None:
    content = rtf(r"I: Hoe? #00:00:05-2#\par B: Zo. #00:00:09-8#\par")
    assert times(content, "x.rtf") == [("I", None, 5200), ("B", 5200, 9800)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (rb"{\rtf1 I: Hoe?", "its end is missing"),
        (rb"{\rtf1 " + b"{" * 5000, "damaged"),
        (rb"{\rtf1 }", "no words"),
        (rtf(r"I: Hoe \u-10179? dan?"), "halves of characters"),
    ],
)
def test_refused_rtf(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        draft(content, "x.rtf")


def test_pdf_lines_are_joined_to_turns() -> None:
    content = pdf(
        [
            "Verslag casus 4",
            "I: Hoe gaat het nu met de samen-",
            "werking op school- en thuisgebied?",
            "R: Zo (echt).",
        ],
        [
            "Verslag casus 4",
            "I: Ja?",
            "R: Nou, dat is een lange zin die op de",
            "volgende regel verdergaat.",
            "2",
        ],
    )
    found = draft(content, "x.pdf")
    assert [(turn.speaker, turn.text) for turn in found.turns] == [
        ("I", "Hoe gaat het nu met de samenwerking op school- en thuisgebied?"),
        ("R", "Zo (echt)."),
        ("I", "Ja?"),
        ("R", "Nou, dat is een lange zin die op de volgende regel verdergaat."),
    ]
    assert found.unplaced == ("Verslag casus 4", "Verslag casus 4", "2")


def test_a_pdf_page_without_text_is_told() -> None:
    found = draft(pdf(["I: Hoe?", "R: Zo."], []), "x.pdf")
    assert any("page 2" in warning for warning in found.warnings)


def test_a_scanned_pdf_is_refused() -> None:
    with pytest.raises(InputError, match="no text layer"):
        draft(pdf([], []), "x.pdf")


@pytest.mark.parametrize(("user", "opens"), [("geheim", False), ("", True)])
def test_a_pdf_with_a_password(user: str, opens: bool) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["I: Hoe?", "R: Zo."]))))
    writer.encrypt(user, "eigenaar", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    if opens:
        assert said(stream.getvalue(), "x.pdf") == BOTH
    else:
        with pytest.raises(InputError, match="password"):
            draft(stream.getvalue(), "x.pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.4", b"%PDF-1.7\n%%EOF", pdf(["I: Hoe?"])[:200]])
def test_a_damaged_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        draft(content, "x.pdf")


def told(content: bytes, name: str) -> str:
    """What a reader says of the file."""
    return " ".join(draft(content, name).warnings)


@pytest.mark.parametrize(
    "box",
    [
        "<draw:frame><draw:text-box>{words}</draw:text-box></draw:frame>",
        "<draw:custom-shape>{words}</draw:custom-shape>",
        "<draw:g><draw:rect>{words}</draw:rect></draw:g>",
        "<text:span><draw:frame><draw:text-box><text:list><text:list-item>{words}</text:list-item></text:list>"
        "</draw:text-box></draw:frame></text:span>",
    ],
    ids=["box", "shape", "group", "list"],
)
def test_words_in_boxes_of_an_opendocument(box: str) -> None:
    drawn = box.format(words=o("in het kader") + o("en nog"))
    content = odt(o(f"I: Hoe? {drawn}En dan?") + o("R: Zo."))
    assert said(content, "x.odt") == [("I", "Hoe? En dan?\nin het kader\nen nog"), ("R", "Zo.")]
    assert "text box" in told(content, "x.odt")


def test_a_picture_is_no_text_box() -> None:
    content = odt(o("I: Hoe?<draw:frame><draw:image><text:p/></draw:image></draw:frame>") + o("R: Zo."))
    assert (said(content, "x.odt"), told(content, "x.odt")) == (BOTH, "")


_STYLES = (
    "<style:style style:name='T1'><style:text-properties style:text-line-through-style='solid'/></style:style>"
    "<style:style style:name='T2'><style:text-properties text:display='none'/></style:style>"
)
_CHANGE = (
    "<text:tracked-changes><text:changed-region><text:{kind}>{words}</text:{kind}></text:changed-region>"
    "</text:tracked-changes>"
)


@pytest.mark.parametrize(
    ("content", "name", "words", "about"),
    [
        (odt(o("ja<text:span text:style-name='T1'> nee</text:span>"), _STYLES), "x.odt", "ja nee", "struck"),
        (odt(o("ja<text:span text:style-name='T2'> nee</text:span>"), _STYLES), "x.odt", "ja", "Hidden"),
        (odt(o("ja<text:hidden-text> nee</text:hidden-text>")), "x.odt", "ja", "Hidden"),
        (odt(_CHANGE.format(kind="deletion", words=o("nee")) + o("ja")), "x.odt", "ja", "deleted"),
        (odt(_CHANGE.format(kind="insertion", words="") + o("ja")), "x.odt", "ja", ""),
        (rtf(r"ja{\strike  nee}"), "x.rtf", "ja nee", "struck"),
        (rtf(r"ja{\v  nee}"), "x.rtf", "ja", "Hidden"),
        (rtf(r"ja{\deleted  nee}"), "x.rtf", "ja", "deleted"),
        (docx(p("ja", r(" nee", "<w:strike/>"))), "x.docx", "ja nee", "struck"),
        (docx(p("ja", r(" nee", "<w:strike w:val='0'/>"))), "x.docx", "ja nee", ""),
        (docx(p("ja", r(" nee", "<w:vanish/>"))), "x.docx", "ja", "Hidden"),
    ],
)
def test_what_is_struck_stays_and_what_is_hidden_goes_and_both_are_told(
    content: bytes, name: str, words: str, about: str
) -> None:
    assert said(content, name) == [("", words)]
    warnings = told(content, name)
    assert [kind for kind in ("struck", "Hidden", "deleted") if kind in warnings] == (
        [about] if about else []
    )


@pytest.mark.parametrize(
    ("drawn", "is_struck"),
    [
        (b"50 783.3 m 120 783.3 l S", True),
        (b"60 782.8 40 0.7 re f", True),
        (b"1 0 0 1 0 700 cm 50 83.3 m 120 83.3 l S", True),
        (b"50 778.5 m 120 778.5 l S", False),
        (b"45 790 m 300 790 l S 45 776 m 300 776 l S 45 776 m 45 790 l S", False),
        (b"400 783.3 m 500 783.3 l S", False),
        (b"45 776 250 14 re S", False),
    ],
    ids=["a line", "a thin bar", "moved", "underlined", "a cell of a table", "beside the words", "a frame"],
)
def test_words_struck_through_in_a_pdf(drawn: bytes, is_struck: bool) -> None:
    content = pdf(["I: Hoe ging het toen?", "R: Zo ging het."], drawn=drawn)
    assert said(content, "x.pdf") == [("I", "Hoe ging het toen?"), ("R", "Zo ging het.")]
    assert ("On page 1 words are struck through" in told(content, "x.pdf")) is is_struck


def test_a_mark_of_a_reviewer_in_a_pdf() -> None:
    note = b"<</Type/Annot/Subtype/StrikeOut/Rect[50 776 120 790]/QuadPoints[50 790 120 790 50 776 120 776]>> null 7"
    content = pdf(["I: Hoe?", "R: Zo."], notes=note)
    assert said(content, "x.pdf") == BOTH
    assert "On page 1 words are struck through" in told(content, "x.pdf")
