"""The look of our Word documents: A4, quiet type, page numbers, the language of the words."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from lxml.etree import XMLSyntaxError

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Transcript
from qualcode.reports.writers.word_styles import INK, add_styles
from qualcode.text.normal import printable

_FONT = "Calibri"
_STYLES = ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet")
_TEMPLATE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def open_template(template: Path | None) -> Any:
    """An empty Word document: python-docx's own, or one with the look of a template (.docx, .dotx).

    Raises `InputError` if the template is no Word file.
    """
    if template is None:
        return docx.Document()
    try:
        word = docx.Document(_as_document(template))
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError, XMLSyntaxError) as error:
        raise InputError(
            _("{path} cannot be used as a template: it is not a Word file (.docx or .dotx).").format(
                path=template
            )
        ) from error
    body = word.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    for name in _STYLES:
        if name not in word.styles:
            word.styles.add_style(name, 1)  # 1: a style of paragraphs
    return word


def _as_document(template: Path) -> BytesIO:
    """The bytes of a Word file; a template says in one place that it is none."""
    out = BytesIO()
    with ZipFile(template) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(_TEMPLATE, _DOCUMENT)
            new.writestr(name, content)
    out.seek(0)
    return out


def prepare_page(word: Any, *, landscape: bool, language: str, ours: bool = True) -> None:
    """Turn python-docx's plain document into ours; of a template only paper and language are set."""
    if ours:
        _set_paper(word.sections[0], landscape)
        _set_styles(word)
        add_styles(word, ours=True)
        _number_pages(word.sections[0])
        _as_of_today(word)
    else:
        _turn(word.sections[0], landscape)
    _set_language(word, {"nl": "nl-NL", "en": "en-GB"}[language])


def _turn(section: Any, landscape: bool) -> None:
    """Lay the page of a template on its side, or upright; its size and its margins stay."""
    sides = sorted((section.page_width, section.page_height))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_height, section.page_width = sides if landscape else reversed(sides)


def _set_paper(section: Any, landscape: bool) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    _turn(section, landscape)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    section.footer_distance = Mm(9)


def _set_styles(word: Any) -> None:
    ink = RGBColor.from_string(INK)
    sizes = {
        "Normal": 10,
        "Title": 20,
        "Subtitle": 11,
        "Heading 1": 15,
        "Heading 2": 12.5,
        "Heading 3": 11,
        "Caption": 10,
        "List Bullet": 10,
    }
    for name, size in sizes.items():
        style = word.styles[name]
        style.font.name = _FONT
        style.font.size = Pt(size)
        style.font.color.rgb = ink
        style.font.italic = False
        _use_font_everywhere(style)
    word.styles["Caption"].font.bold = True
    word.styles["Caption"].paragraph_format.space_before = Pt(10)
    word.styles["Caption"].paragraph_format.space_after = Pt(4)
    word.styles["Normal"].paragraph_format.space_after = Pt(6)
    word.styles["Subtitle"].paragraph_format.space_after = Pt(10)


def _as_of_today(word: Any) -> None:
    """Say that the file is of today's Word, so that it is not opened in compatibility mode; leave out a thumbnail."""
    settings = word.settings.element
    for element in settings.iter(qn("w:compatSetting")):
        if element.get(qn("w:name")) == "compatibilityMode":
            element.set(qn("w:val"), "15")
    for zoom in settings.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
    relations = word.part.package.rels
    for key in [
        key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]:
        del relations[key]


def _use_font_everywhere(style: Any) -> None:
    """Replace the theme fonts, which would win over the font's name."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), _FONT)


def _set_language(word: Any, tag: str) -> None:
    for element in word.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), tag)
    for element in word.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), tag)


def _number_pages(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for instruction, between in (("PAGE", " / "), ("NUMPAGES", "")):
        field = f'<w:fldSimple {nsdecls("w")} w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))
        if between:
            paragraph.add_run(between)


def interview_page(name: str, language: str) -> Any:
    """A document of our own with the name of an interview as its title, on paper that stands upright."""
    word = docx.Document()
    prepare_page(word, landscape=False, language=language)
    word.add_paragraph(printable(name), style="Title")
    word.core_properties.title = printable(name)[:255]
    word.core_properties.author = "qualcode"
    return word


def whose_interview(transcript: Transcript) -> list[str]:
    """The case and the informant of an interview, as far as they are known."""
    case = f"{_('case')} {transcript.case}" if transcript.case else ""
    informant = transcript.heard
    return [words for words in (case, informant) if words]


def append_xml(word: Any, xml: str) -> None:
    """Add an element behind what stands in the document; its last element is the page itself."""
    word.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def open_word(path: Path) -> Any:
    """A Word file that is there; raises `InputError` if it is none."""
    try:
        return docx.Document(str(path))
    except (OSError, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise InputError(_("{path} is not a Word file.").format(path=path.name)) from error


def tidy_properties(word: Any) -> None:
    """Let go of properties that stand in the file in a way that python-docx does not know, as LibreOffice's do.

    It would add its own under the same name, and the file would hold two.
    """
    relations = word.part.package.rels
    for key in [
        key
        for key, relation in relations.items()
        if not relation.is_external
        and str(relation.target_part.partname) == "/docProps/core.xml"
        and relation.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES
    ]:
        del relations[key]


def save_word(word: Any, path: Path) -> None:
    """Write a python-docx document in one go: a half-written zip would speak up when it is thrown away."""
    content = BytesIO()
    word.save(content)
    path.write_bytes(content.getvalue())
