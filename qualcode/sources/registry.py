"""Which reader takes which file, the limits that hold for all, and what the name of a file tells."""

from __future__ import annotations

import importlib
import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from qualcode.errors import InputError
from qualcode.files.zipped import document_archive
from qualcode.i18n import N_, _
from qualcode.model import Role
from qualcode.resources import grouped_words
from qualcode.sources.draft import Draft, checked
from qualcode.sources.speakers import Said

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
    (
        "xl/",
        N_(
            "This is an Excel workbook, not a transcript. Answers to a survey are taken in with: qualcode survey "
            "import; save anything else as a Word document or as text."
        ),
    ),
    ("ppt/", N_("This is a PowerPoint presentation, not a transcript.")),
)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{])")
_TIMED_TABLE = re.compile(rb"start[\t,]end[\t,](?:speaker[\t,])?text[ \t]*\r?\n")
_SRT = re.compile(rb"\s*(?:\d{1,6}\s*\r?\n)?\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}[ \t]*-->")


def kind_of(data: bytes) -> str:
    """The kind of file in `data`: "docx", "odt", "pdf", "rtf", "vtt", "srt", "json", "whisper", "html" or "text".

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
    names = document_archive(data).names
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
    if _TIMED_TABLE.match(start):
        return "whisper"
    if _HTML.match(start):
        return "html"
    if _JSON.match(start):
        return "json"
    return "text"


Reader = Callable[[bytes, Said | None], Draft]

# kind → what people call it, and the function that reads it, loaded when first needed
_KINDS = {
    "text": ("text (.txt)", "dialogue:read_plain"),
    "docx": ("Word (.docx)", "formats.word:read_docx"),
    "odt": ("OpenDocument (.odt)", "formats.opendocument:read_odt"),
    "rtf": ("RTF (.rtf)", "formats.rtf:read_rtf"),
    "pdf": ("PDF (.pdf)", "formats.pdf:read_pdf"),
    "vtt": ("WebVTT (.vtt)", "formats.cues:read_vtt"),
    "srt": ("SubRip (.srt)", "formats.cues:read_srt"),
    "json": ("JSON (.json)", "formats.transcribers:read_json"),
    "whisper": ("Whisper (.tsv, .csv)", "formats.transcribers:read_timed_table"),
    "html": ("HTML (.html)", "formats.transcribers:read_noscribe"),
}
# ending → the kinds that a file with it may hold
_ENDINGS = {
    ".txt": ("text", "rtf", "vtt", "srt", "json", "html", "whisper"),
    **dict.fromkeys((".text", ".md", ".markdown"), ("text",)),
    **{f".{kind}": (kind,) for kind in ("docx", "odt", "rtf", "pdf")},
    ".vtt": ("vtt", "srt"),
    ".srt": ("srt", "vtt"),
    **dict.fromkeys((".json", ".otr"), ("json",)),
    **dict.fromkeys((".html", ".htm"), ("html",)),
    **dict.fromkeys((".tsv", ".csv"), ("whisper",)),
}
LARGEST_TEXT = 30_000_000
LARGEST_DOCUMENT = 200_000_000
_DOCUMENTS = (".docx", ".odt", ".pdf", ".rtf")


def endings() -> tuple[str, ...]:
    """The endings of the files that can be read, as in ".docx"."""
    return tuple(_ENDINGS)


def is_table(path: Path) -> bool:
    """Whether a file is a table that may hold answers to a survey, and no transcript in a table."""
    ending = path.suffix.lower()
    if ending not in (".csv", ".tsv", ".xlsx") or not path.is_file():
        return False
    if ending == ".xlsx":
        return True
    with path.open("rb") as file:
        return not _TIMED_TABLE.match(file.read(4096).removeprefix(b"\xef\xbb\xbf"))


def read(path: str | os.PathLike[str], said: Said | None = None) -> Draft:
    """The turns of the transcript at `path`.

    The reader follows from the ending and the content together. Raises InputError, with the reason and
    what to do, for a file that is missing, too large, of another kind, damaged or protected: nothing is
    ever taken in half. `said` is what a person said about its labels.
    """
    file = Path(path)
    data = _bytes_of(file)
    return read_bytes(data, file.name, said)


def read_bytes(data: bytes, name: str, said: Said | None = None) -> Draft:
    """As `read`, for a file called `name` whose content is already here."""
    try:
        if not data.strip():
            raise InputError(_("The file is empty."))
        kind = kind_of(data)
        warnings = _fits_ending(kind, Path(name).suffix.lower())
        draft = checked(_reader(kind)(data, said))
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    return replace(draft, warnings=(*warnings, *draft.warnings))


def _bytes_of(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise InputError(_("{file} is a folder. Name the transcripts in it.").format(file=file))
        if file.exists() and not file.is_file():
            raise InputError(_("{file} is not a file.").format(file=file))
        size = file.stat().st_size
        limit = LARGEST_DOCUMENT if file.suffix.lower() in _DOCUMENTS else LARGEST_TEXT
        if size > limit:
            raise InputError(
                _(
                    "{file} is {size} MB; a transcript of this kind is at most {limit} MB. "
                    "Check that it is the right file, or split it."
                ).format(file=file.name, size=round(size / 1e6), limit=round(limit / 1e6))
            )
        return file.read_bytes()
    except FileNotFoundError:
        raise InputError(_("There is no file {file}.").format(file=file)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(_("{file} cannot be opened: {reason}.").format(file=file, reason=reason)) from None


def _fits_ending(kind: str, ending: str) -> list[str]:
    """Warnings when content and ending differ but can be read; an error when they cannot go together."""
    if ending and ending not in _ENDINGS:
        raise InputError(
            _("Files that end in {ending} cannot be read. These can: {known}.").format(
                ending=ending, known=", ".join(_ENDINGS)
            )
        )
    allowed = _ENDINGS.get(ending, tuple(_KINDS))
    if kind == "text" and ending in (".csv", ".tsv"):
        raise InputError(
            _(
                "This table is not a transcript. Answers to a survey are taken in with: qualcode survey import."
            )
        )
    if kind not in allowed:
        raise InputError(
            _(
                "The name ends in {ending}, but the content is {kind}. Give it its own ending and try again."
            ).format(ending=ending, kind=_KINDS[kind][0])
        )
    if ending and kind != allowed[0]:
        return [
            _("The name ends in {ending}; the content was read as {kind}.").format(
                ending=ending, kind=_KINDS[kind][0]
            )
        ]
    return []


def _reader(kind: str) -> Reader:
    module, function = _KINDS[kind][1].split(":")
    reader: Reader = getattr(importlib.import_module(f"qualcode.sources.{module}"), function)
    return reader


_ROLE_OF = {
    word: Role(role)
    for role, words in grouped_words(Path(__file__).parent / "data" / "roles.txt").items()
    for word in words
}
_TWO_WORDS = re.compile(r"\b(care|social|intern|internal)[ _-]?(worker|begeleid\w*|counsellor)\b")
_CASE = re.compile(
    r"(?<![a-z])(?:casus|case|geval|kind|leerling|child|pupil|c)[ _.-]*(?:nr|no)?[ _.-]*(\d{1,4}[a-z]?)(?![a-z0-9])"
)
_FIRST_NUMBER = re.compile(r"^(?!\d{1,2}[-._ ]\d{1,2}[-._ ]\d{2,4})(\d{1,3}[a-z]?)(?=[ _.-])")
_WORD = re.compile(r"[a-z]+")


def guess_from_name(filename: str) -> tuple[str | None, Role | None]:
    """The case label and the role that `filename` tells, each `None` if it tells none.

    `casus-04-leraar.docx` → ("04", TEACHER); `case 4 teacher` → ("04", TEACHER). Numbers below ten get
    a leading zero, so that the files of one case meet and cases sort.
    """
    plain = PurePath(filename.replace("\\", "/")).name
    plain = re.sub(r"\.(?=[A-Za-z])\w{1,8}$", "", plain)
    letters = unicodedata.normalize("NFKD", plain).casefold().replace("'", "").replace("’", "")
    letters = "".join(char for char in letters if not unicodedata.combining(char))
    role = _role(letters)
    return _case(letters, role), role


def _case(letters: str, role: Role | None) -> str | None:
    found = _CASE.search(letters) or (_FIRST_NUMBER.search(letters) if role else None)
    if not found:
        return None
    digits = found[1].rstrip("abcdefghijklmnopqrstuvwxyz")
    return f"{int(digits):02}{found[1][len(digits) :]}"


def _role(letters: str) -> Role | None:
    joined = _TWO_WORDS.sub(lambda two: two[1] + two[2], letters)
    found = [role for word in _WORD.findall(joined) if (role := _ROLE_OF.get(word))]
    # "kind-04-moeder" is the mother of child 4
    return next((role for role in found if role != Role.CHILD), found[0] if found else None)
