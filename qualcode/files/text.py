"""Bytes of a text file → text.

A transcript comes as it comes: `decode` knows UTF-8, UTF-16, Windows-1252, and a few others that prove
themselves. What people make for qualcode by hand (codebooks, checklists) is UTF-8 or UTF-16, or `decoded`
names the line where it is not. What travels with positions in it must stay `as_it_stands`.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.text.normal import normal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Dutch and its neighbours use beyond ASCII. An encoding is believed when nearly all it yields lies in its
# set: general guessers go by frequency and took Polish for Windows-1252 and Mac files for Croatian.
_WESTERN = "éëïöüáàâäçèêîíìñóòôõúùûÿßÉËÏÖÜÁÀÂÄÇÈÊÎÍÌÑÓÒÔÚÙÛ‘’‚“”„–—…•€«»°½²±×·´¨§\xa0"
_DUTCH = "éëïöüèêàáóíçÉ‘’“”…–€"
_LETTERS = {
    "cp1252": frozenset(_WESTERN),
    "mac_roman": frozenset(_WESTERN),
    "cp850": frozenset(_WESTERN),
    "cp1254": frozenset(_WESTERN + "ğışĞİŞ"),
    "cp1250": frozenset(_WESTERN + "ąćęłńśźżĄĆĘŁŃŚŹŻ"),
}
_BELIEVED = 0.97
_SAMPLE = 200_000


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text in `data` and warnings about its encoding. Raises InputError when it is no text."""
    text, warnings = _decoded(data)
    if "\0" in text:
        raise not_text()
    return text, warnings


def not_text() -> InputError:
    """The error for a file that pretends to be text."""
    return InputError(
        _("This is not a text file: it holds bytes that are no characters. Choose the transcript itself.")
    )


def torn_text() -> InputError:
    """The error for a text with halves of characters."""
    return InputError(
        _(
            "There are halves of characters in the text (lone surrogates): the file is damaged. Export it again."
        )
    )


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name), []
            except UnicodeDecodeError:
                raise _damaged(name.removesuffix("-sig").upper()) from None
    if b"\0" in data[:_SAMPLE]:
        return _utf16_without_mark(data), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if _is_torn(data):
            raise torn_text() from None
        return _eight_bit(data, error)


def _is_torn(data: bytes) -> bool:
    """Whether it would be UTF-8, were it not for lone surrogates."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _damaged(name: str) -> InputError:
    return InputError(
        _("The file says that it is {encoding} text, but it is damaged. Save it again as UTF-8 text.").format(
            encoding=name
        )
    )


def _utf16_without_mark(data: bytes) -> str:
    head = data[:2000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(data) % 2 == 0 and zeros.count(0) > 0.7 * len(zeros):
            try:
                return data.decode(name)
            except UnicodeDecodeError:
                break
    raise not_text()


def _eight_bit(data: bytes, error: UnicodeDecodeError) -> tuple[str, list[str]]:
    control = sum(byte < 9 or 13 < byte < 32 for byte in data[:_SAMPLE])
    if control > len(data[:_SAMPLE]) // 500:
        raise not_text()
    # a long text that is UTF-8 but for one torn character is damaged UTF-8, not something else
    valid = data[: error.start].decode("utf-8")
    if sum(not char.isascii() for char in valid) > 20:
        raise _damaged("UTF-8")
    plain_dutch = {name: frozenset(_DUTCH) for name in _LETTERS}
    for name, letters in [*plain_dutch.items(), *_LETTERS.items()]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        beyond = [char for char in text[:_SAMPLE] if not char.isascii()]
        if sum(char in letters for char in beyond) >= _BELIEVED * len(beyond):
            told = [] if name == "cp1252" else [_("The file was read as {encoding}: check the accents.")]
            return text, [warning.format(encoding=name.replace("_", "-")) for warning in told]
    raise InputError(_("The accents in this file cannot be told apart. Save it again as UTF-8 text."))


LARGEST = 8_000_000
"""Bytes. A codebook of a thousand codes is well under one tenth of this."""


def read_bytes(path: Path) -> bytes:
    """The bytes of the file; `InputError` if it cannot be read, is empty or is far too large."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(
                _("{file} is far too large for what it should hold. Is it the right file?").format(file=path)
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            _("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror or error)
        ) from error
    if not data.strip():
        raise InputError(_("{file} is empty.").format(file=path))
    return data


def read_text(path: Path) -> str:
    """The text of the file in stored form (NFC, LF, no BOM).

    UTF-8, or UTF-16 with a byte order mark (as Notepad and Excel may save it). Anything
    else, and a file that is not text at all, is an `InputError`.
    """
    return decoded(read_bytes(path), str(path))


def decoded(data: bytes, where: str) -> str:
    """`data` as text in stored form; `where` names the file in the error."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8")
    except UnicodeDecodeError as error:
        if _looks_binary(data):
            raise InputError(_not_text(where)) from error
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            _(
                "{file} is not in UTF-8; line {line} holds a letter that cannot be read. "
                "Open it in the program it was made with and save it as UTF-8."
            ).format(file=where, line=line)
        ) from error
    if "\0" in text:
        raise InputError(_not_text(where))
    return normal(text)


def as_it_stands(data: bytes, where: str) -> str:
    """The text of a file as it stands, byte order mark and line ends kept; `InputError` for what is no text."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = first_reading(data, ["utf-16"] if wide else ["utf-8", "cp1252"])
    if text is None:
        raise InputError(_("{file} is not a text in an encoding that is known.").format(file=where))
    return text


def first_reading(data: bytes, encodings: Sequence[str]) -> str | None:
    """The bytes as text in the first of the encodings that makes text of them; `None` if none does."""
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def bytes_of(path: Path) -> bytes:
    """The bytes of a file, whatever it holds; `InputError` if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {detail}.").format(path=path, detail=error.strerror)
        ) from error


def tidy(text: str) -> str:
    """`text` as a field of a file holds it: in stored form, no white space around it or at line ends."""
    return "\n".join(line.rstrip() for line in normal(text).split("\n")).strip()


def _looks_binary(data: bytes) -> bool:
    """Whether the start holds control bytes that no text in any encoding has."""
    start = data[:4096]
    return any(byte < 9 or 13 < byte < 27 for byte in start)


def _not_text(where: str) -> str:
    return _("{file} is not a text file. Choose the file itself, not a Word or picture file.").format(
        file=where
    )
