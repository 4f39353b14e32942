"""Marks in the forms in which Word, Word online and LibreOffice write them; bad and hostile documents."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qualcode.errors import InputError
from qualcode.exchange.word_marks import MarkedText, read_marks
from qualcode.text.spans import Span

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'


def t(words: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def start(n: int) -> str:
    return f'<w:commentRangeStart w:id="{n}"/>'


def end(n: int) -> str:
    return f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>'


def p(*inner: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def note(n: int, text: str, attributes: str = 'w:author="Marit"', paragraph: str = "") -> str:
    """An entry of comments.xml."""
    return (
        f'<w:comment w:id="{n}" {attributes}><w:p {paragraph}>'
        f"<w:r><w:annotationRef/></w:r>{t(text)}</w:p></w:comment>"
    )


def write(path: Path, body: str, comments: str = "", *, namespace: str = W, **parts: str) -> Path:
    """A .docx of this body, as small as it can be."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
        if comments:
            archive.writestr("word/comments.xml", f"<w:comments {namespace} {W14}>{comments}</w:comments>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return path


def marks(tmp_path: Path, body: str, comments: str = "", **more: str) -> MarkedText:
    return read_marks(write(tmp_path / "x.docx", body, comments, **more))


def words(found: MarkedText) -> dict[str, str]:
    """The words under each comment, by its text."""
    return {c.text: c.span.of(found.text) if c.span else "(nowhere)" for c in found.comments}


def test_comments_that_nest_overlap_and_cross_paragraphs_and_tables(tmp_path: Path) -> None:
    body = (
        p(start(1), t("Een "), start(2), t("twee "), end(1), t("drie"), end(2))
        + p(start(3), t("vier "), start(4), t("vijf"), end(4), t(" zes"))
        + f"<w:tbl><w:tr><w:tc>{p(t('zeven'))}</w:tc><w:tc>{p(t('acht'), end(3))}</w:tc></w:tr></w:tbl>"
    )
    found = marks(tmp_path, body, "".join(note(n, f"c{n}") for n in range(1, 5)))
    assert words(found) == {
        "c1": "Een twee ",
        "c2": "twee drie",
        "c3": "vier vijf zes\nzeven\nacht",
        "c4": "vijf",
    }


def test_edges_between_paragraphs_and_in_reverse_order(tmp_path: Path) -> None:
    body = (
        start(1) + p(t("Een")) + '<w:commentRangeEnd w:id="1"/>' + p(t("twee"), end(2), t("drie"), start(2))
    )
    found = marks(tmp_path, body, note(1, "c1") + note(2, "c2"))
    assert words(found) == {"c1": "Een\n", "c2": "drie"}


def test_libreoffice_and_strict_documents(tmp_path: Path) -> None:
    body = p(start(0), t("Goed", '<w:shd w:fill="FFFF00" w:val="clear"/>'), end(0), t(" hoor"))
    comments = note(0, "tijd", 'w:author="" w:date="2026-05-03T12:00:00Z" w:initials=""')
    found = marks(tmp_path, body, comments, namespace=STRICT)
    assert words(found) == {"tijd": "Goed"}
    assert found.comments[0].author == ""
    assert [(h.colour, h.span.of(found.text)) for h in found.highlights] == [("yellow", "Goed")]


def test_word_online_leaves_edges_out_and_hangs_answers_on_comments(tmp_path: Path) -> None:
    body = p(t("Een "), start(1), t("twee"), '<w:r><w:commentReference w:id="1"/></w:r>', t(" drie"), end(2))
    comments = note(1, "tijd", paragraph='w14:paraId="AA"') + note(2, "en ook dit", "", 'w14:paraId="BB"')
    extended = (
        f'<w15:commentsEx {W15}><w15:commentEx w15:paraId="AA" w15:done="0"/>'
        '<w15:commentEx w15:paraId="BB" w15:paraIdParent="AA" w15:done="1"/></w15:commentsEx>'
    )
    found = marks(tmp_path, body, comments, commentsExtended=extended)
    assert words(found)["tijd"] == "twee"
    assert [(c.id, c.answers, c.author) for c in found.comments] == [("1", "", "Marit"), ("2", "1", "")]


def test_tracked_changes_over_a_comment(tmp_path: Path) -> None:
    body = p(
        t("Het "),
        f"<w:del>{start(1)}<w:r><w:delText>was</w:delText></w:r></w:del>",
        f"<w:ins>{t('is')}</w:ins>",
        t(" goed"),
        end(1),
        start(2),
        "<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>",
        end(2),
    )
    found = marks(tmp_path, body, note(1, "a") + note(2, "b"))
    assert found.text == "Het is goed\n"
    assert words(found) == {"a": "is goed", "b": ""}
    assert found.notices == ("2 tracked deletions were taken as done.",)


def test_a_deleted_paragraph_end_joins_two_lines(tmp_path: Path) -> None:
    body = p(t("Een "), properties="<w:rPr><w:del/></w:rPr>") + p(t("twee"))
    assert marks(tmp_path, body).text == "Een twee\n"


def test_words_in_links_fields_and_content_controls_count(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{t("drie")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = p(
        f"<w:hyperlink>{start(1)}{t('een')}</w:hyperlink> ",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{t(' twee ')}</w:sdtContent></w:sdt>",
        field,
        "<w:r><w:tab/><w:t>vier</w:t><w:br/><w:t>vijf</w:t></w:r>",
        end(1),
    )
    assert words(marks(tmp_path, body, note(1, "c"))) == {"c": "een twee drie\tvier\nvijf"}


def test_a_comment_that_hangs_nowhere_and_one_that_is_not_there(tmp_path: Path) -> None:
    found = marks(tmp_path, p(t("Een"), start(9), t(" twee"), end(9)), note(1, "weg"))
    assert words(found) == {"weg": "(nowhere)"}


def test_highlights_run_on_over_line_ends_but_not_over_other_words(tmp_path: Path) -> None:
    yellow, green = '<w:highlight w:val="yellow"/>', '<w:highlight w:val="green"/>'
    body = (
        p(t("een", yellow), t(" twee", yellow), t(" drie", green), t(" vier"))
        + p(t("vijf", yellow))
        + p(t("zes", yellow), t(" ", '<w:highlight w:val="none"/>'), t("zeven", yellow))
    )
    found = marks(tmp_path, body)
    assert [(h.colour, h.span.of(found.text)) for h in found.highlights] == [
        ("yellow", "een twee"),
        ("green", " drie"),
        ("yellow", "vijf\nzes"),
        ("yellow", "zeven"),
    ]


def test_a_legend_typed_by_hand(tmp_path: Path) -> None:
    found = marks(tmp_path, p(t("Geel = tijd")) + p(t("roze: meta")) + p(t("Iemand: ja")))
    assert found.legend == {"yellow": "tijd", "magenta": "meta"}


def test_a_long_document_of_combining_letters_keeps_its_places(tmp_path: Path) -> None:
    found = marks(tmp_path, p(t("e\u0301e\u0301n "), start(1), t("kind 😀"), end(1)), note(1, "c"))
    assert found.text == "één kind 😀\n"
    assert found.comments[0].span == Span(4, 10)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("word/other.xml", "<a/>", "not a Word document"),
        ("word/document.xml", "<a/>", "holds no text"),
        ("word/document.xml", "<a>", "cannot be read"),
        ("word/document.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "XML entities"),
        ("word/document.xml", "<a>" * 5000 + "</a>" * 5000, "cannot be read"),
        ("word/document.xml", "<a>" + " " * 60_000_000 + "</a>", "far more"),
    ],
)
def test_documents_that_are_broken_or_hostile_are_refused(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    with pytest.raises(InputError, match=said):
        read_marks(path)


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "x.docx", p(t("Een")))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(InputError, match="damaged"):
        read_marks(path)
