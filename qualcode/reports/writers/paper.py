"""An interview to print and mark with a pencil: numbered lines, a wide margin, the codes on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docx.enum.section import WD_SECTION
from docx.shared import Mm

from qualcode.i18n import _, speaking
from qualcode.model import Code, Transcript
from qualcode.reports.writers.blocks import clean
from qualcode.reports.writers.word_page import append_xml, interview_page, save_marked, whose_interview
from qualcode.reports.writers.word_xml import W, words_xml
from qualcode.text.layout import PaperLines

_MARGIN_MM = 58
_NUMBER_TWIPS, _SPEAKER_TWIPS = 560, 1500
_LONGEST_LABEL = 13
_GREY = '<w:color w:val="595959"/>'
_ROWS_ON_A_PAGE = 38
_WITH_DEFINITIONS = 30
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)", re.DOTALL)


def write_paper(transcript: Transcript, codes: Sequence[Code], path: Path, language: str) -> None:
    """Write the interview, and the codes in use on a page of their own, to `path` (.docx)."""
    word = interview_page(transcript.name, language)
    word.sections[0].right_margin = Mm(_MARGIN_MM)
    with speaking(language):
        lines = PaperLines(transcript.text, [turn.span for turn in transcript.turns])
        about = [*whose_interview(transcript), _("lines 1–{n}").format(n=len(lines))]
        about.append(_("print {version}").format(version=transcript.text_hash[:6]))
        word.add_paragraph(clean(" · ".join(about)), style="Subtitle")
        for xml in _lines(transcript, lines):
            append_xml(word, xml)
        _add_codes(word, [code for code in codes if not code.retired], language)
    save_marked(word, path)


def _lines(transcript: Transcript, lines: PaperLines) -> Iterator[str]:
    speakers = {turn.start: turn.speaker for turn in transcript.turns}
    asking = {turn.start for turn in transcript.turns if turn.interviewer}
    italic = False
    tabs = "".join(f'<w:tab w:val="left" w:pos="{place}"/>' for place in (_NUMBER_TWIPS, _SPEAKER_TWIPS))
    for number in range(1, len(lines) + 1):
        start = lines.start(number)
        begins = start in speakers
        italic = start in asking if begins else italic
        space = (
            '<w:spacing w:before="100" w:after="0"/>' if begins else '<w:spacing w:before="0" w:after="0"/>'
        )
        label = speakers.get(start, "")
        short = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
        words = lines.span(number).of(transcript.text)
        look = "<w:i/>" if italic else ""
        yield (
            f"<w:p {W}><w:pPr><w:tabs>{tabs}</w:tabs>{space}"
            f'<w:ind w:left="{_SPEAKER_TWIPS}" w:hanging="{_SPEAKER_TWIPS}"/></w:pPr>'
            f'<w:r><w:rPr>{_GREY}<w:sz w:val="16"/></w:rPr><w:t>{number}</w:t><w:tab/></w:r>'
            f'<w:r><w:rPr><w:b/>{_GREY}<w:sz w:val="16"/></w:rPr>{_words(short)}<w:tab/></w:r>'
            f'<w:r><w:rPr>{look}<w:sz w:val="22"/></w:rPr>{_words(words)}</w:r></w:p>'
        )


def _words(text: str) -> str:
    return words_xml(text.replace("\t", " "))  # a tab would move the words out of their column


def _add_codes(word: Any, codes: Sequence[Code], language: str) -> None:
    """The codes with their letters on one page; with definitions if there is room."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.right_margin = Mm(18)
    word.add_paragraph(_("Codes"), style="Heading 1")
    word.add_paragraph(
        _(
            "Write the letters in the margin beside the lines you mark, a note with an exclamation mark before it."
        )
    )
    depth: dict[str, int] = {}
    cells = []
    for code in codes:
        depth[code.id] = depth.get(code.parent_id or "", -1) + 1
        cells.append(_code_cell(code, depth[code.id], len(codes) <= _WITH_DEFINITIONS, language))
    columns = max(1, -(-len(cells) // _ROWS_ON_A_PAGE))
    rows = -(-len(cells) // columns) if cells else 0
    width = 9800 // columns
    table = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{cells[column * rows + row] if column * rows + row < len(cells) else '<w:p/>'}</w:tc>"
            for column in range(columns)
        )
        + "</w:tr>"
        for row in range(rows)
    )
    if table:
        grid = f'<w:gridCol w:w="{width}"/>' * columns
        append_xml(word, f"<w:tbl {W}><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{table}</w:tbl>")


def _code_cell(code: Code, depth: int, defined: bool, language: str) -> str:
    definition = _SENTENCE.match(code.definition.in_language(language).strip()) if defined else None
    more = (
        f' <w:r><w:rPr>{_GREY}<w:sz w:val="16"/></w:rPr>{_words("  " + definition[0])}</w:r>'
        if definition
        else ""
    )
    return (
        f'<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="{480 + 240 * depth}"/></w:tabs>'
        f'<w:spacing w:before="0" w:after="20"/><w:ind w:left="{480 + 240 * depth}" w:hanging="480"/></w:pPr>'
        f'<w:r><w:rPr><w:b/><w:sz w:val="18"/></w:rPr>{_words(code.mnemonic)}<w:tab/></w:r>'
        f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr>{_words(code.name.in_language(language))}</w:r>{more}</w:p>'
    )
