"""An interview as a Word document: to read with its codings, or to print and mark with a pencil.

With codings, every one may be a comment on exactly its words, beside its colour. What is not the
interview's own words (speakers, notes, the legend) stands in styles of its own, by which
`exchange.word.walk` leaves it out when the document comes back. On paper: numbered lines, a wide
margin, and the codes on one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm, Pt, RGBColor

from qualcode.exchange.codings import CodeMentions
from qualcode.exchange.word_colours import MARKERS, colour_words, tint
from qualcode.exchange.word_marks import LABEL_STYLE, LEGEND_STYLE, NOTE_STYLE
from qualcode.i18n import _, speaking
from qualcode.model import Code, Coding, Transcript
from qualcode.reports.writers.word_page import append_xml, interview_page, save_word, whose_interview
from qualcode.reports.writers.word_xml import W, words_xml
from qualcode.text.layout import PaperLines
from qualcode.text.normal import printable
from qualcode.text.words import cut

_NO_COLOUR = "#808080"
_LABEL_WIDTH = 1134  # twips: 2 cm


@dataclass(frozen=True, slots=True)
class CodedTranscript:
    """What stands in the document. `codes` are all codes, in the order of the codebook.

    `coders` are names by id, `memos` texts by coding id; with `comments` off the codings are
    only coloured.
    """

    transcript: Transcript
    codings: Sequence[Coding]
    codes: Sequence[Code]
    coders: Mapping[str, str]
    memos: Mapping[str, str] = field(default_factory=dict)
    comments: bool = True
    language: str = "nl"


def write_transcript(coded: CodedTranscript, path: Path) -> None:
    """Write the document to `path` (.docx)."""
    word = interview_page(coded.transcript.name, coded.language)
    styles = _add_styles(word)
    with speaking(coded.language):
        for line in _notes(coded):
            word.add_paragraph(printable(line), style=NOTE_STYLE)
        for xml in _Body(coded, styles[LABEL_STYLE]).paragraphs():
            append_xml(word, xml)
        _add_legend(word, coded, styles)
    if coded.comments:
        part = word.part._comments_part.element
        for xml in _comments(coded):
            part.append(parse_xml(xml))
    save_word(word, path)


def marked_codes(codes: Sequence[Code]) -> dict[str, str]:
    """The highlighter (see `word_colours.MARKERS`) for the id of each code that gets one.

    All codes in use if there are enough colours, else those at the top of the tree.
    """
    used = [code for code in codes if not code.retired]
    if len(used) > len(MARKERS):
        used = [code for code in used if code.parent_id is None]
    return {code.id: colour for code, colour in zip(used, MARKERS, strict=False)}


def _notes(coded: CodedTranscript) -> list[str]:
    whom = " · ".join(whose_interview(coded.transcript))
    lines = [whom] if whom else []
    if coded.comments:
        lines.append(
            _(
                "Each comment is a coding. Take a comment away, or add one: select words, insert a comment, and write "
                "the name or the letters of a code; a note goes on the next line. You may also use a highlighter: "
                "the list of codes on the last page says which colour stands for which code."
            )
        )
    return lines


def _add_styles(word: Any) -> dict[str, str]:

    label = word.styles.add_style(LABEL_STYLE, WD_STYLE_TYPE.CHARACTER)
    label.font.bold = True
    label.font.color.rgb = RGBColor.from_string("595959")
    note = word.styles.add_style(NOTE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = word.styles["Normal"]
    note.font.italic = True
    legend = word.styles.add_style(LEGEND_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    legend.base_style = word.styles["Normal"]
    legend.paragraph_format.space_after = Pt(1)
    legend.paragraph_format.tab_stops.add_tab_stop(Pt(24))
    legend.paragraph_format.tab_stops.add_tab_stop(Pt(54))
    legend.paragraph_format.tab_stops.add_tab_stop(Pt(360))
    return {style.name: style.style_id for style in (label, note, legend)}


class _Body:
    """The lines of the interview as paragraphs, cut where a coding begins or ends."""

    def __init__(self, coded: CodedTranscript, label_style: str) -> None:
        self._coded = coded
        self._text = coded.transcript.text
        self._label_style = label_style
        self._colours = {code.id: code.colour or _NO_COLOUR for code in coded.codes}
        self._labels = {turn.start: turn.speaker for turn in coded.transcript.turns if turn.speaker}
        self._starts: dict[int, list[int]] = {}
        self._ends: dict[int, list[int]] = {}
        for n, coding in enumerate(coded.codings):
            self._starts.setdefault(coding.start, []).append(n)
            self._ends.setdefault(coding.end, []).append(n)
        self._cuts = sorted({*self._starts, *self._ends, *self._labels})
        self._active: dict[int, str] = {}

    def paragraphs(self) -> Iterator[str]:
        """Each line of the text as a `w:p`."""
        start, cut = 0, 0
        for line in self._text.split("\n"):
            end = start + len(line)
            parts, at = [f"<w:p {W}>{self._indent(start)}"], start
            while cut < len(self._cuts) and self._cuts[cut] <= end:
                place = self._cuts[cut]
                parts += [self._run(at, place), *self._edges(place)]
                at, cut = place, cut + 1
            yield "".join([*parts, self._run(at, end), "</w:p>"])
            start = end + 1

    def _indent(self, start: int) -> str:
        """Room for the speakers left of the words."""
        if not self._labels:
            return ""
        hanging = f' w:hanging="{_LABEL_WIDTH}"' if start in self._labels else ""
        tab = f'<w:tabs><w:tab w:val="left" w:pos="{_LABEL_WIDTH}"/></w:tabs>'
        return f'<w:pPr>{tab}<w:ind w:left="{_LABEL_WIDTH}"{hanging}/></w:pPr>'

    def _run(self, start: int, end: int) -> str:
        if start >= end:
            return ""
        shade = ""
        if self._active:
            fill = tint(
                [self._colours.get(code, _NO_COLOUR) for code in dict.fromkeys(self._active.values())]
            )
            shade = f'<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:rPr>'
        return f"<w:r>{shade}{words_xml(self._text[start:end])}</w:r>"

    def _edges(self, place: int) -> Iterator[str]:
        for n in self._ends.get(place, ()):
            self._active.pop(n, None)
            if self._coded.comments:
                yield f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>'
        if speaker := self._labels.get(place):
            style = f'<w:rPr><w:rStyle w:val="{self._label_style}"/></w:rPr>'
            yield f"<w:r>{style}{words_xml(speaker)}<w:t>:</w:t><w:tab/></w:r>"
        for n in self._starts.get(place, ()):
            self._active[n] = self._coded.codings[n].code_id
            if self._coded.comments:
                yield f'<w:commentRangeStart w:id="{n}"/>'


def _comments(coded: CodedTranscript) -> Iterator[str]:
    """Each coding as a `w:comment`: the coder, the name of the code, the memo."""
    names = CodeMentions(coded.codes)
    codes = {code.id: code for code in coded.codes}
    for n, coding in enumerate(coded.codings):
        author = printable(coded.coders.get(coding.coder_id, ""))
        initials = "".join(part[0] for part in author.split())[:3].upper()
        date = f' w:date="{coding.created_at[:19]}Z"' if len(coding.created_at) >= 19 else ""
        words = names.write(codes[coding.code_id], coded.memos.get(coding.id, ""), coded.language)
        paragraphs = "".join(f"<w:p><w:r>{words_xml(line)}</w:r></w:p>" for line in words.split("\n"))
        yield (
            f'<w:comment {W} w:id="{n}" w:author={quoteattr(author)} w:initials={quoteattr(initials)}'
            f"{date}>{paragraphs}</w:comment>"
        )


def _add_legend(word: Any, coded: CodedTranscript, styles: Mapping[str, str]) -> None:

    heading = word.add_paragraph(_("Codes"), style=NOTE_STYLE)
    heading.paragraph_format.page_break_before = True
    markers = marked_codes(coded.codes)
    names = CodeMentions(coded.codes)
    for number, code in enumerate((code for code in coded.codes if not code.retired), 1):
        name = names.write(code, "", coded.language).split("\n")[0]
        colour = markers.get(code.id, "")
        marker = ""
        if colour:
            marker = (
                f'<w:r><w:tab/></w:r><w:r><w:rPr><w:highlight w:val="{colour}"/></w:rPr>'
                f"{words_xml(colour_words(colour))}</w:r>"
            )
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{tint([code.colour or _NO_COLOUR])}"/>'
        append_xml(
            word,
            f'<w:p {W}><w:pPr><w:pStyle w:val="{styles[LEGEND_STYLE]}"/></w:pPr>'
            f"<w:r>{words_xml(str(number))}<w:tab/></w:r><w:r><w:rPr>{shade}</w:rPr>{words_xml(code.mnemonic)}</w:r>"
            f"<w:r><w:tab/>{words_xml(name)}</w:r>{marker}</w:p>",
        )


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
        word.add_paragraph(printable(" · ".join(about)), style="Subtitle")
        for xml in _lines(transcript, lines):
            append_xml(word, xml)
        _add_codes(word, [code for code in codes if not code.retired], language)
    save_word(word, path)


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
        short = cut(label, _LONGEST_LABEL)
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
