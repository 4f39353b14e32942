"""What a file is, by its first bytes and, for a zip, by what lies in it."""

from __future__ import annotations

import re

from qualcode.errors import InputError
from qualcode.i18n import N_, _

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# files that are no text at all, with what to do instead
_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"ID3", N_("This is a sound recording. Have it transcribed first, then take in the transcript.")),
    (b"RIFF", N_("This is a sound recording. Have it transcribed first, then take in the transcript.")),
    (b"OggS", N_("This is a sound recording. Have it transcribed first, then take in the transcript.")),
    (b"fLaC", N_("This is a sound recording. Have it transcribed first, then take in the transcript.")),
    (b"\xff\xd8\xff", N_("This is a picture. Type its text over, or have it recognised, and take that in.")),
    (b"\x89PNG", N_("This is a picture. Type its text over, or have it recognised, and take that in.")),
    (b"GIF8", N_("This is a picture. Type its text over, or have it recognised, and take that in.")),
    (b"\x1f\x8b", N_("This is a compressed file. Unpack it first, then take in the transcript.")),
    (b"7z\xbc\xaf", N_("This is a compressed file. Unpack it first, then take in the transcript.")),
    (b"Rar!", N_("This is a compressed file. Unpack it first, then take in the transcript.")),
    (b"SQLite format 3\0", N_("This is a project or a database, not a transcript.")),
)
_ZIPPED_STRANGERS = (
    ("xl/", N_("This is an Excel workbook, not a transcript. Save the text as a Word document or as text.")),
    ("ppt/", N_("This is a PowerPoint presentation, not a transcript.")),
)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{])")
_SRT = re.compile(rb"\s*(?:\d{1,6}\s*\r?\n)?\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}[ \t]*-->")


def kind_of(data: bytes) -> str:
    """The kind of file in `data`: "docx", "odt", "pdf", "rtf", "vtt", "srt", "json", "html" or "text".

    Raises InputError for a kind that holds no readable transcript, saying which it is.
    """
    if data.startswith(_OLE):
        raise InputError(_ole_message(data))
    for start, message in _STRANGERS:
        if data.startswith(start):
            raise InputError(_(message))
    if data[4:8] == b"ftyp":
        raise InputError(
            _("This is a sound or film recording. Have it transcribed first, then take in the transcript.")
        )
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _kind_of_zip(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _kind_of_text(data)


def _ole_message(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _("This Word document is protected with a password. Save it without password and try again.")
    if "WordDocument".encode("utf-16-le") in data:
        return _("This is a document of an old Word version (.doc). Open it in Word and save it as .docx.")
    return _("This is a file of an old Office program. Open it there and save it as .docx.")


def _kind_of_zip(data: bytes) -> str:
    from qualcode.sources.zipped import Package

    names = Package(data).names
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    if "content.xml" in names:
        return "odt"
    for folder, message in _ZIPPED_STRANGERS:
        if any(name.startswith(folder) for name in names):
            raise InputError(_(message))
    if any(name.lower().endswith(".qde") for name in names):
        raise InputError(_("This is a REFI-QDA project, not a transcript. Take it in as a project."))
    if "[Content_Types].xml" in names:
        raise InputError(_("The Word document holds no text part: it is damaged. Save it again in Word."))
    raise InputError(_("This is a zip file. Unpack it first, then take in the transcripts that are in it."))


def _kind_of_text(data: bytes) -> str:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = data[:4096].decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(b"WEBVTT"):
        return "vtt"
    if _SRT.match(start):
        return "srt"
    if _HTML.match(start):
        return "html"
    if _JSON.match(start):
        return "json"
    return "text"
