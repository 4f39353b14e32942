"""OpenDocument, RTF and PDF."""

from __future__ import annotations

import io

import pytest

from qualcode.errors import InputError

from .making import docx, draft, odt, p, pdf, rtf, said, times, zipped

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
