"""The named styles of our Word documents: nothing is painted by hand, so that one change restyles all.

A template keeps its own style of a name; only what it lacks is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

INK, _SOFT, _LINE, _GROUND = "1F2933", "595959", "B8C2CC", "E8EEF4"
TABLE_TEXT, TABLE_HEADING, TABLE_QUOTE, FIGURE = "Table Text", "Table Heading", "Table Quote", "Figure"
GRID, PLAIN = "Qualcode Table", "Qualcode Table Plain"
SOURCE, STRONG, EMPHASIS = "Quote Source", "Strong", "Emphasis"
CAPTION_TITLE = "Caption Title"
ONLY_A, ONLY_B = "Marked By One", "Marked By Other"


@dataclass(frozen=True, slots=True)
class _Style:
    """A style: its kind, the one it rests on, and what it says of paragraphs, characters and tables."""

    name: str
    kind: str
    base: str = ""
    paragraph: str = ""
    run: str = ""
    table: str = ""

    def xml(self, base: str) -> str:
        """It as an element of the styles of a file, parts in the order of ISO 29500-1, 17.7.4.17; `base` is an id."""
        own = "" if self.name in _OF_WORD else ' w:customStyle="1"'
        parts = "".join(
            f"<w:{tag}>{content}</w:{tag}>"
            for tag, content in (("pPr", self.paragraph), ("rPr", self.run))
            if content
        )
        return (
            f'<w:style {nsdecls("w")} w:type="{self.kind}"{own} w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/>'
            + (f'<w:basedOn w:val="{base}"/>' if base else "")
            + f'<w:uiPriority w:val="30"/><w:qFormat/>{parts}{self.table}</w:style>'
        )

    @property
    def id(self) -> str:
        """The name by which paragraphs refer to it."""
        return self.name.replace(" ", "")


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _border(side: str, size: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'


def _margins() -> str:
    sides = (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))
    return (
        "<w:tblCellMar>" + "".join(f'<w:{s} w:w="{n}" w:type="dxa"/>' for s, n in sides) + "</w:tblCellMar>"
    )


_ALL_AROUND = "".join(_border(s, 4, _LINE) for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
_GRID = (
    f"<w:tblPr><w:tblBorders>{_ALL_AROUND}</w:tblBorders>{_margins()}</w:tblPr>"
    f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{_GROUND}"/></w:tcPr>'
    "</w:tblStylePr>"
)
# as the American Psychological Association has it: a line above, below the heads, and below
_PLAIN = (
    f"<w:tblPr><w:tblBorders>{_border('top', 8, INK)}{_border('bottom', 8, INK)}</w:tblBorders>{_margins()}</w:tblPr>"
    f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{_border("bottom", 6, INK)}</w:tcBorders></w:tcPr>'
    "</w:tblStylePr>"
)
_OURS = (
    _Style("Quote", "paragraph", "Normal", _spacing(0, 100) + '<w:ind w:left="340" w:right="340"/>'),
    _Style("Lead In", "paragraph", "Normal", "<w:keepNext/>"),
    _Style(TABLE_TEXT, "paragraph", "Normal", _spacing(0, 40), '<w:sz w:val="18"/>'),
    _Style(TABLE_HEADING, "paragraph", TABLE_TEXT, "<w:keepNext/>", "<w:b/>"),
    _Style("Table Group", "paragraph", TABLE_TEXT, "<w:keepNext/>", "<w:b/>"),
    _Style(TABLE_QUOTE, "paragraph", TABLE_TEXT, _spacing(20, 40)),
    _Style("Table Note", "paragraph", "Normal", _spacing(60, 200), '<w:sz w:val="17"/>'),
    _Style(FIGURE, "paragraph", "Normal", "<w:keepNext/>" + _spacing(80, 0)),
    _Style("toc 1", "paragraph", "Normal", _spacing(0, 0), '<w:sz w:val="18"/>'),
    _Style("toc 2", "paragraph", "Normal", _spacing(0, 0) + '<w:ind w:left="284"/>', '<w:sz w:val="18"/>'),
    _Style(SOURCE, "character", "", "", f'<w:color w:val="{_SOFT}"/><w:sz w:val="16"/>'),
    _Style(STRONG, "character", "", "", "<w:b/>"),
    _Style(EMPHASIS, "character", "", "", "<w:i/>"),
    _Style(CAPTION_TITLE, "character", "", "", '<w:b w:val="0"/><w:i/>'),
    _Style(ONLY_A, "character", "", "", '<w:u w:val="single"/>'),
    _Style(ONLY_B, "character", "", "", '<w:i/><w:u w:val="wave"/>'),
    _Style(GRID, "table", "Normal Table", "", "", _GRID),
    _Style(PLAIN, "table", "Normal Table", "", "", _PLAIN),
)
_OF_WORD = {"Quote", "toc 1", "toc 2", STRONG, EMPHASIS}
_REPLACED = {"Quote"}  # python-docx has one of its own, in italics


def add_styles(word: Any, *, ours: bool = False) -> dict[str, str]:
    """Add the styles that a file lacks; in a document of our own also in the place of some. Ids by name."""
    root = word.styles.element
    known = _ids(root)
    for style in _OURS:
        old = known.get(style.name.casefold())
        if old is not None and ours and style.name in _REPLACED:
            root.remove(old)
            old = None
        if old is None:
            base = known.get(style.base.casefold())
            known[style.name.casefold()] = made = parse_xml(
                style.xml(base.get(qn("w:styleId")) if base is not None else "")
            )
            root.append(made)
    return {name: element.get(qn("w:styleId")) for name, element in _ids(root).items()}


def _ids(root: Any) -> dict[str, Any]:
    return {
        style.find(qn("w:name")).get(qn("w:val")).casefold(): style
        for style in root.iter(qn("w:style"))
        if style.find(qn("w:name")) is not None
    }
