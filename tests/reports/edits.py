"""What people do to a Word document, in the XML that Word writes for it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WHO = 'w:author="Juf Ank" w:date="2026-05-03T12:00:00Z"'


def body_paragraphs(word: Any) -> list[Any]:
    """Paragraphs of text of ours in the body that hold some words, without title, subtitle and captions."""
    found = [
        p._p
        for p in word.paragraphs
        if len(p.text.split()) > 3 and p.style.name.startswith(("Normal", "List"))
    ]
    return found or [p._p for p in word.paragraphs if len(p.text.split()) > 1]


def figure_cells(word: Any) -> list[Any]:
    """Cells of the last table, below its header, that hold words."""
    rows = list(word.element.body.findall(qn("w:tbl"))[-1].iter(qn("w:tr")))[1:]
    return [tc for row in rows for tc in list(row.iter(qn("w:tc")))[1:] if text_of(tc).strip()]


def text_of(element: Any) -> str:
    """The words as they are read once all changes are accepted."""
    return "".join(
        t.text or ""
        for t in element.iter(qn("w:t"))
        if not any(a.tag == qn("w:del") for a in t.iterancestors())
    )


def first_run(element: Any) -> Any:
    return next(r for r in element.iter(qn("w:r")) if (r.findtext(qn("w:t")) or "").strip())


def comment(word: Any) -> Callable[[Any], bool]:
    cell = figure_cells(word)[0]
    run = docx.text.run.Run(first_run(cell), None)
    word.add_comment([run], text="Klopt dit wel?", author="Juf Ank", initials="JA")

    def stays(again: Any) -> bool:
        told = [c.text for c in again.comments if c.author == "Juf Ank"]
        marks = [
            len(list(again.element.body.iter(qn(f"w:{name}"))))
            for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
        ]
        return told == ["Klopt dit wel?"] and marks == [1, 1, 1]

    return stays


def insertion(word: Any) -> Callable[[Any], bool]:
    run = first_run(body_paragraphs(word)[0])
    run.addnext(
        parse_xml(
            f'<w:ins {W} w:id="7001" {WHO}><w:r w:rsidR="00AB12CD"><w:t xml:space="preserve"> EN MEER'
            "</w:t></w:r></w:ins>"
        )
    )

    def stays(again: Any) -> bool:
        found = [i for i in again.element.body.iter(qn("w:ins")) if i.get(qn("w:author")) == "Juf Ank"]
        return [text_of(i) for i in found] == [" EN MEER"]

    return stays


def deletion(word: Any) -> Callable[[Any], bool]:
    paragraph = body_paragraphs(word)[-1]
    run = first_run(paragraph)
    text = run.find(qn("w:t"))
    start, _space, rest = (text.text or "").partition(" ")
    text.text = start
    text.set(qn("xml:space"), "preserve")
    rest = f" {rest}"
    gone = parse_xml(f'<w:del {W} w:id="7002" {WHO}><w:r><w:delText xml:space="preserve"/></w:r></w:del>')
    gone[0][0].text = rest
    run.addnext(gone)

    def stays(again: Any) -> bool:
        found = [d for d in again.element.body.iter(qn("w:del")) if d.get(qn("w:author")) == "Juf Ank"]
        return ["".join(t.text for t in d.iter(qn("w:delText"))) for d in found] == [rest]

    return stays


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def picture(word: Any) -> Callable[[Any], bool]:
    paragraph = docx.text.paragraph.Paragraph(body_paragraphs(word)[0], word._body)
    paragraph.add_run().add_picture(io.BytesIO(PNG))

    def stays(again: Any) -> bool:
        blobs = [
            again.part.related_parts[b.get(qn("r:embed"))].blob for b in again.element.body.iter(qn("a:blip"))
        ]
        return blobs.count(PNG) == 1

    return stays


def footnote(word: Any) -> Callable[[Any], bool]:
    notes = parse_xml(
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Zie het dossier.</w:t></w:r></w:p>'
        "</w:footnote>"
        "</w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = XmlPart(PackURI("/word/footnotes.xml"), kind, notes, word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    first_run(body_paragraphs(word)[0]).addnext(
        parse_xml(
            f'<w:r {W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
        )
    )

    def stays(again: Any) -> bool:
        parts = [r.target_part for r in again.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
        return (
            len(list(again.element.body.iter(qn("w:footnoteReference")))) == 1
            and "Zie het dossier." in parts[0].blob.decode()
        )

    return stays


def highlight(word: Any) -> Callable[[Any], bool]:
    run = first_run(figure_cells(word)[-1])
    look = run.find(qn("w:rPr"))
    if look is None:
        look = parse_xml(f"<w:rPr {W}/>")
        run.insert(0, look)
    look.append(parse_xml(f'<w:highlight {W} w:val="yellow"/>'))

    def stays(again: Any) -> bool:
        return len(list(again.element.body.iter(qn("w:highlight")))) > 0

    return stays


def style(word: Any) -> Callable[[Any], bool]:
    paragraph = body_paragraphs(word)[-1]
    docx.text.paragraph.Paragraph(paragraph, word._body).style = "Heading 3"
    paragraph.get_or_add_pPr().append(parse_xml(f'<w:jc {W} w:val="right"/>'))

    def stays(again: Any) -> bool:
        return any(
            p._p.find(f"{qn('w:pPr')}/{qn('w:jc')}[@{qn('w:val')}='right']") is not None
            and p.style.name == "Heading 3"
            for p in again.paragraphs
        )

    return stays


def move(word: Any) -> Callable[[Any], bool]:
    """The last table to just below the title."""
    table = word.element.body.findall(qn("w:tbl"))[-1]
    key = text_of(table)[:40]
    word.paragraphs[0]._p.addnext(table)

    def stays(again: Any) -> bool:
        tables = [t for t in again.element.body.iter(qn("w:tbl")) if text_of(t)[:40] == key]
        return len(tables) == 1 and tables[0].getprevious() is again.paragraphs[0]._p

    return stays


def take_out(word: Any) -> Callable[[Any], bool]:
    paragraph = body_paragraphs(word)[0]
    words = re.sub(r"\d+", "", text_of(paragraph))
    paragraph.getparent().remove(paragraph)
    return lambda again: words not in {re.sub(r"\d+", "", p.text) for p in again.paragraphs}


def own_table(word: Any) -> Callable[[Any], bool]:
    table = word.add_table(2, 2)
    for n, cell in enumerate(table._cells):
        cell.text = f"eigen {n}"
    word.element.body.findall(qn("w:tbl"))[0].addprevious(table._tbl)
    kept = [f"eigen {n}" for n in range(4)]
    return lambda again: (
        [[c.text for c in t._cells] for t in again.tables if "eigen 0" in t._cells[0].text] == [kept]
    )


def retype(word: Any) -> Callable[[Any], bool]:
    cell = figure_cells(word)[0]
    runs = list(cell.iter(qn("w:r")))
    for run in runs[1:]:
        run.getparent().remove(run)
    for text in list(runs[0].iter(qn("w:t")))[1:]:
        text.getparent().remove(text)
    runs[0].find(qn("w:t")).text = "volgens mij anders"
    return lambda again: (
        sum("volgens mij anders" in text_of(tc) for tc in again.element.body.iter(qn("w:tc"))) == 1
    )


EDITS = {
    each.__name__: each
    for each in (
        comment,
        insertion,
        deletion,
        picture,
        footnote,
        highlight,
        style,
        move,
        take_out,
        own_table,
        retype,
    )
}


def as_word_saves(path: Path) -> None:
    """Lay the words of a file down as Word does when it saves: runs in pieces, marks of spelling and of saving."""
    word = docx.Document(str(path))
    for n, run in enumerate(list(word.element.body.iter(qn("w:r")))):
        run.set(qn("w:rsidR"), "00C0FFEE")
        text = run.find(qn("w:t"))
        if n % 3 == 0 and text is not None and len(run.findall(qn("w:t"))) == 1 and len(text.text or "") > 3:
            tail = deepcopy(run)
            for child in list(tail):
                if child.tag not in (qn("w:rPr"), qn("w:t")):
                    tail.remove(child)
            half = len(text.text) // 2
            tail.find(qn("w:t")).text, text.text = text.text[half:], text.text[:half]
            for each in (text, tail.find(qn("w:t"))):
                each.set(qn("xml:space"), "preserve")
            following = list(text.itersiblings())
            tail.extend(following)
            run.addnext(tail)
            run.addnext(parse_xml(f'<w:proofErr {W} w:type="spellStart"/>'))
        if n % 7 == 0:
            run.insert(
                1 if run.find(qn("w:rPr")) is not None else 0, parse_xml(f"<w:lastRenderedPageBreak {W}/>")
            )
    word.save(str(path))


def as_libreoffice_saves(path: Path) -> None:
    """Lay a file down as LibreOffice does: fields in pieces, looks of their own, its kind of properties."""
    word = docx.Document(str(path))
    for field in list(word.element.body.iter(qn("w:fldSimple"))):
        pieces = [
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            f'<w:r><w:instrText xml:space="preserve">{field.get(qn("w:instr"))}</w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            f"<w:r><w:t>{text_of(field)}</w:t></w:r>",
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ]
        for piece in pieces:
            field.addprevious(parse_xml(piece.replace("<w:r>", f"<w:r {W}>", 1)))
        field.getparent().remove(field)
    for paragraph in word.element.body.iter(qn("w:p")):
        properties = paragraph.get_or_add_pPr()
        for attribute in list(paragraph.attrib):
            del paragraph.attrib[attribute]
        properties.append(parse_xml(f"<w:rPr {W}/>"))
        for run in paragraph.findall(qn("w:r")):
            if run.find(qn("w:rPr")) is None:
                run.insert(0, parse_xml(f"<w:rPr {W}/>"))
    for cell in word.element.body.iter(qn("w:tcPr")):
        if cell.find(qn("w:tcBorders")) is None:
            cell.append(
                parse_xml(f'<w:tcBorders {W}><w:top w:val="single" w:sz="4" w:color="000000"/></w:tcBorders>')
            )
    content = io.BytesIO()
    word.save(content)
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "_rels/.rels":
                data = data.replace(
                    b"openxmlformats.org/package/2006/relationships/metadata/core-properties",
                    b"openxmlformats.org/officeDocument/2006/relationships/metadata/core-properties",
                )
            new.writestr(name, data)
