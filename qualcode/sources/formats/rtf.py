"""Reads .rtf: what Word, WordPad, TextEdit, F4 and MAXQDA write.

Of its own, because the text has to be what a reader sees: hidden words and tracked deletions stay out, characters
beyond 16 bits arrive whole, tables keep their cells.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.sources.dialogue import Block, Piece, dialogue
from qualcode.sources.draft import Draft
from qualcode.sources.formats.office import (
    COMMENTS,
    DELETED,
    HIDDEN,
    NOT_TEXT,
    NOTES,
    STRUCK,
    Grid,
    pieces_of_table,
    symbol,
    told_left_out,
)
from qualcode.sources.speakers import Said

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL
)
_DESTINATIONS = NOT_TEXT["rtf"]
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_ESCAPED = {"~": "\xa0", "_": "-", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n", "\t": "\t"}
_PARAGRAPH_ENDS = frozenset(["par", "sect", "page", "nestcell", "nestrow"])
# the numbers that RTF gives to character sets (RTF specification 1.9.1, \fcharset)
_CODECS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
_SYMBOL_SET = 2
_DEEPEST = 1000


@dataclass(frozen=True, slots=True)
class _State:
    """What a group changes and its end restores."""

    skipped: str = ""  # the destination that keeps this group out of the text
    hidden: bool = False
    deleted: bool = False
    struck: bool = False
    font: int = 0
    after_unicode: int = 1

    @property
    def shown(self) -> bool:
        return not (self.skipped or self.hidden or self.deleted)


def read_rtf(data: bytes, said: Said | None = None) -> Draft:
    """The turns of an RTF document. Raises InputError when it is damaged."""
    reader = _Rtf(data.decode("latin-1"))
    draft = dialogue(reader.pieces(), said)
    return replace(draft, warnings=(*reader.warnings(), *draft.warnings))


@dataclass(slots=True)
class _Rtf:
    source: str
    codec: str = "cp1252"
    charsets: dict[int, int] = field(default_factory=dict)
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)  # bytes of one character set, not yet decoded
    to_skip: int = 0  # stand-ins after a \u character
    starred: bool = False
    done: list[Piece] = field(default_factory=list)
    rows: Grid = field(default_factory=list)
    cells: list[list[Piece]] = field(default_factory=list)
    cell: list[Piece] = field(default_factory=list)
    in_table: bool = False
    met: set[str] = field(default_factory=set)
    has_box: bool = False
    unread: int = 0

    def pieces(self) -> list[Piece]:
        """The paragraphs and tables of the document, in order."""
        position = 0
        while position < len(self.source):
            found = _TOKEN.match(self.source, position)
            if found is None:  # a backslash at the very end
                break
            position = found.end()
            if found[1] == "bin":
                position += max(0, int(found[2] or 0))
            elif self._token(found):
                break
        if self.stack:
            raise InputError(
                _("The document is damaged: its end is missing. Open it in Word and save it again.")
            )
        self._end_paragraph()
        self._end_table()
        return self.done

    def _token(self, found: re.Match[str]) -> bool:
        """Take in one token; true when the document is over."""
        word, number, code, sign, brace, plain = found.groups()
        if code is not None:
            self._byte(int(code, 16))
        elif plain is not None:
            self._plain(plain)
        elif word is not None:
            self._control(word, int(number) if number else None)
        elif sign is not None:
            self._sign(sign)
        elif brace is not None:
            return self._brace(brace)
        return False

    def _brace(self, brace: str) -> bool:
        self._flush()
        self.to_skip = 0
        self.starred = False
        if brace == "{":
            if len(self.stack) >= _DEEPEST:
                raise InputError(_("The document is damaged. Open it in Word and save it again."))
            self.stack.append(self.state)
            return False
        if not self.stack:
            raise InputError(_("The document is damaged. Open it in Word and save it again."))
        self.state = self.stack.pop()
        return not self.stack

    def _say(self, text: str) -> None:
        self._flush()
        if self._meet(text):
            self.words.append(text)

    def _meet(self, text: str) -> bool:
        """Whether words are shown; notes what is special about them."""
        state = self.state
        if not state.skipped and text.strip():
            kinds = ((DELETED, state.deleted), (HIDDEN, state.hidden), (STRUCK, state.struck))
            self.met |= {kind for kind, on in kinds if on and (kind != STRUCK or state.shown)}
        return state.shown

    def _plain(self, text: str) -> None:
        kept = text[self.to_skip :]
        self.to_skip = max(0, self.to_skip - len(text))
        if kept.isascii():
            self._say(kept)
        else:
            for char in kept:
                self._byte(ord(char))

    def _byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif self._meet("�"):
            self.pending.append(value)

    def _flush(self) -> None:
        if not self.pending:
            return
        data, self.pending = bytes(self.pending), bytearray()
        charset = self.charsets.get(self.state.font, 0)
        if charset == _SYMBOL_SET:
            self.words += [symbol("Symbol", f"{byte:X}") or self._unreadable() for byte in data]
            return
        try:
            self.words.append(data.decode(_CODECS.get(charset, self.codec)))
        except UnicodeDecodeError:
            self.words.append(self._unreadable())

    def _unreadable(self) -> str:
        self.unread += 1
        return "\ufffd"

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif sign in _ESCAPED:
            if self.to_skip:
                self.to_skip -= 1
            else:
                self._say(_ESCAPED[sign])

    def _control(self, word: str, number: int | None) -> None:
        self._flush()
        if word == "u":
            self._unicode(number)
        elif word in _DESTINATIONS or self.starred:
            self._destination(word)
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word in ("cell", "row", "intbl", "pard", "trowd"):
            self._table(word)
        else:
            self._format(word, number)
        self.starred = False

    def _unicode(self, number: int | None) -> None:
        if number is None or not -0x8000 <= number <= 0xFFFF:
            return
        self._say(chr(number & 0xFFFF))
        self.to_skip = self.state.after_unicode

    def _destination(self, word: str) -> None:
        if word in ("shptxt", "shppict", "fldrslt") or (word == "shpinst" and not self.state.skipped):
            # the words of a text box stand inside a group that is otherwise skipped
            skipped = "shpinst" if word == "shpinst" else self.state.skipped
            self.state = replace(self.state, skipped=skipped)
            return
        if word in ("footnote", "annotation"):
            self.met.add(NOTES if word == "footnote" else COMMENTS)
        self.state = replace(self.state, skipped=self.state.skipped or word)

    def _format(self, word: str, number: int | None) -> None:
        on = number != 0
        if word == "v":
            self.state = replace(self.state, hidden=on)
        elif word == "deleted":
            self.state = replace(self.state, deleted=on)
        elif word in ("strike", "striked"):
            self.state = replace(self.state, struck=on)
        elif word == "plain":
            self.state = replace(self.state, hidden=False, deleted=False, struck=False)
        elif word == "uc":
            self.state = replace(self.state, after_unicode=min(max(number or 0, 0), 10))
        elif word == "f":
            self.state = replace(self.state, font=number or 0)
        elif word == "fcharset" and self.state.skipped == "fonttbl":
            self.charsets[self.state.font] = number or 0
        elif word in ("ansicpg", "mac", "pc", "pca"):
            self._code_page(word, number)
        elif word == "shptxt" and self.state.skipped == "shpinst":
            self._end_paragraph()
            self.has_box = True
            self.state = replace(self.state, skipped="")
        elif word in ("listtext", "pntext"):
            self.state = replace(self.state, skipped=self.state.skipped or word)

    def _code_page(self, word: str, number: int | None) -> None:
        name = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(word, f"cp{number}")
        name = {"cp10000": "mac_roman", "cp65001": "utf-8"}.get(name, name)
        try:
            codecs.lookup(name)
        except LookupError:
            return
        self.codec = name

    def _table(self, word: str) -> None:
        if word == "cell":
            self._end_paragraph(in_cell=True)
            self.cells.append(self.cell)
            self.cell = []
        elif word == "row":
            if self.cells:
                self.rows.append(self.cells)
            self.cells = []
        else:
            self.in_table = word != "pard" and (self.in_table or word == "intbl")

    def _end_paragraph(self, *, in_cell: bool = False) -> None:
        self._flush()
        if not self.state.shown:
            return
        text = _whole_characters("".join(self.words))
        self.words.clear()
        if self.in_table or in_cell:
            self.cell += [Block(text)] if text.strip() else []
        elif text.strip():
            self._end_table()
            self.done.append(Block(text))

    def _end_table(self) -> None:
        if self.cell or self.cells:
            self.rows.append([*self.cells, self.cell])
        self.done += pieces_of_table(self.rows)
        self.rows, self.cells, self.cell = [], [], []

    def warnings(self) -> Iterator[str]:
        """What was left out or could not be read, in words."""
        yield from told_left_out(self.met)
        if self.has_box:
            yield _("The words of a text box stand where it hangs in the text.")
        if self.unread:
            yield _("Some characters could not be read; � stands in their place ({n}).").format(n=self.unread)


def _whole_characters(text: str) -> str:
    """Join the halves in which RTF writes a character beyond 16 bits; a half alone stays and is refused."""
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return text
