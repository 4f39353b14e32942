"""An interview on paper: coded, with numbered lines; or blank, to mark with a pencil."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from qualcode.i18n import _, speaking
from qualcode.model import Code, Coding, Transcript, Turn
from qualcode.reports.content import Cell, Paragraph, Run, Section, TableBlock, cell, text
from qualcode.reports.material import DocumentOptions, Material, Part
from qualcode.reports.writers.word_page import prepare_page, save_word
from qualcode.reports.writers.word_xml import W, clean
from qualcode.text.layout import PaperLines
from qualcode.text.spans import Span

LINE = 76  # characters: so many fit the column of the text
_WIDTHS_MM = (12.0, 27.0, 138.0, 84.0)
_ASKED_FILL = "F4F4F4"


def transcript_report(material: Material, transcript: Transcript, options: DocumentOptions) -> Part:
    """One row per turn; its lines are numbered through, as in the program's own print."""
    del options
    mine = [c for c in material.codings if c.transcript_id == transcript.id]
    rows = []
    n = 0
    for turn in transcript.turns or (Turn(1, 0, len(transcript.text)),):
        lines = wrapped(transcript.text, turn.span)
        fill = _ASKED_FILL if turn.interviewer else ""
        rows.append(
            (
                Cell(tuple(text(str(n + k)) for k in range(1, len(lines) + 1)), fill),
                cell(turn.speaker, bold=True, fill=fill),
                Cell(tuple(text(line.of(transcript.text)) for line in lines), fill),
                Cell(tuple(_margin(mine, turn, lines, n, material)), fill),
            )
        )
        n += len(lines)
    table = TableBlock(
        transcript.name,
        (cell(_("Line")), cell(_("Speaker")), cell(_("Text")), cell(_("Codes"))),
        rows,
        _WIDTHS_MM,
        description=_(
            "The interview turn by turn with numbered lines; beside it the codes with their lines."
        ),
        keep_rows_whole=False,
    )
    words = _("In the margin: the lines, the code and who gave it. Grey: the interviewer.")
    return Part(transcript.name, (Section("transcript", (text(words), table)),))


def wrapped(words: str, span: Span) -> list[Span]:
    """A stretch of text cut into lines of at most `LINE` characters, at blanks where possible."""
    lines = []
    start = span.start
    while span.end - start > LINE:
        cut = max(words.rfind(" ", start, start + LINE + 1), words.rfind("\n", start, start + LINE + 1))
        end = cut if cut > start else start + LINE
        lines.append(Span(start, end))
        start = end + 1 if cut > start else end
    return [*lines, Span(start, span.end)]


def _margin(
    codings: Sequence[Coding], turn: Turn, lines: Sequence[Span], before: int, material: Material
) -> list[Paragraph]:
    """What was coded in a turn: codes that begin in an earlier turn are told there."""
    names = {code.id: f"{code.mnemonic} {code.name}".strip() for code in material.codes}
    found: dict[tuple[int, int, str], list[str]] = {}
    for coding in codings:
        if turn.start <= coding.start < max(turn.end, turn.start + 1):
            first = _line(lines, coding.start)
            last = _line(lines, min(coding.end - 1, turn.end))
            further = " …" if coding.end > turn.end + 1 else ""
            key = (before + first, before + last, names.get(coding.code_id, "") + further)
            found.setdefault(key, []).append(coding.coder_id)
    return [
        Paragraph(
            (
                Run(f"{first}–{last}  " if last > first else f"{first}  ", quiet=True),
                Run(name),
                Run(f"  ({_who(coders, material)})", quiet=True),
            )
        )
        for (first, last, name), coders in sorted(found.items())
    ]


def _line(lines: Sequence[Span], place: int) -> int:
    """The number, from 1, of the line in which a place lies."""
    return next((n for n, line in enumerate(lines, 1) if place <= line.end), len(lines))


def _who(coders: Sequence[str], material: Material) -> str:
    return ", ".join(coder.name for coder in material.coders if coder.id in coders)


_MARGIN_MM = 58
_NUMBER_TWIPS, _SPEAKER_TWIPS = 560, 1500
_LONGEST_LABEL = 13
_GREY = '<w:color w:val="595959"/>'
_ROWS_ON_A_PAGE = 38
_WITH_DEFINITIONS = 30
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)", re.DOTALL)


def write_paper(transcript: Transcript, codes: Sequence[Code], path: Path, language: str) -> None:
    """Write the interview, and the codes in use on a page of their own, to `path` (.docx)."""
    import docx
    from docx.oxml import parse_xml
    from docx.shared import Mm

    word = docx.Document()
    prepare_page(word, landscape=False, language=language)
    section = word.sections[0]
    section.right_margin = Mm(_MARGIN_MM)
    with speaking(language):
        lines = PaperLines(transcript.text, [turn.span for turn in transcript.turns])
        word.add_paragraph(clean(transcript.name), style="Title")
        word.add_paragraph(clean(_about(transcript, len(lines))), style="Subtitle")
        body = word.element.body
        for xml in _lines(transcript, lines):
            body.insert_element_before(parse_xml(xml), "w:sectPr")
        _add_codes(word, [code for code in codes if not code.retired], language)
    word.core_properties.title = clean(transcript.name)[:255]
    word.core_properties.author = "qualcode"
    save_word(word, path)


def _about(transcript: Transcript, lines: int) -> str:
    parts = [
        f"{_('case')} {transcript.case}" if transcript.case else "",
        transcript.informant.label if transcript.informant else "",
        _("lines 1–{n}").format(n=lines),
        _("print {version}").format(version=transcript.text_hash[:6]),
    ]
    return " · ".join(part for part in parts if part)


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
    inner = escape(clean(text)).replace("\t", " ")
    return f'<w:t xml:space="preserve">{inner}</w:t>'


def _add_codes(word: Any, codes: Sequence[Code], language: str) -> None:
    """The codes with their letters on one page; with definitions if there is room."""
    from docx.enum.section import WD_SECTION
    from docx.oxml import parse_xml
    from docx.shared import Mm

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
        word.element.body.insert_element_before(
            parse_xml(f"<w:tbl {W}><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{table}</w:tbl>"), "w:sectPr"
        )


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
