"""Text files that people make by hand: read with care, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from qualcode.errors import InputError, QualcodeError
from qualcode.i18n import _
from qualcode.text.normal import normal

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


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 with LF; the old file stays as it was if anything goes wrong."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to a temporary file beside `path` and move it into place."""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(temporary, 0o666 & ~_umask())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise QualcodeError(
            _("{file} cannot be written: {reason}. Choose another folder or name.").format(
                file=path, reason=error.strerror or error
            )
        ) from error


def _umask() -> int:
    """The permissions that new files of this process do without."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
