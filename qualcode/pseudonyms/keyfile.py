"""The key: which pseudonym stands for which names, in a file of its own, encrypted with a passphrase.

The file is a line of JSON (format, version, project, how the passphrase becomes a key), a line
with the encrypted names, and a line with the SHA-256 of both, which tells damage from a wrong
passphrase. Key: scrypt (RFC 7914). Cipher: AES-256-GCM (NIST SP 800-38D), the first line being
its associated data. Both come from the library `cryptography`.
"""

from __future__ import annotations

import hashlib
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from qualcode.errors import InputError
from qualcode.files.saving import save_bytes
from qualcode.i18n import _
from qualcode.pseudonyms.proposals import KnownName, NameKind

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SUFFIX = ".qualcode-key"
COST = 2**17  # scrypt's n; with r = 8 it takes 128 MB and some tenths of a second
SHORTEST_PASSPHRASE = 8
_FORMAT = "qualcode-key"
_VERSION = 1
_HIGHEST_COST = 2**20
_R, _P = 8, 1
_LARGEST_FILE = 50_000_000


class KeyFileError(InputError):
    """The key file cannot be read or written."""


def key_path(project: Path) -> Path:
    """Where the key of a project file lies: beside it, under its name."""
    return project.with_suffix(SUFFIX)


def check_passphrase(passphrase: str) -> None:
    """Raise `KeyFileError` if a passphrase is too short for a new key file."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise KeyFileError(
            _("Choose a passphrase of at least {n} characters; a short sentence is best.").format(
                n=SHORTEST_PASSPHRASE
            )
        )


def write_key(
    path: Path, known: Iterable[KnownName], passphrase: str, project_id: str, *, cost: int = COST
) -> None:
    """Write the key file, readable for its owner only; an older one is replaced in one step.

    Raises `KeyFileError` if the passphrase is too short or the file cannot be written.
    """
    check_passphrase(passphrase)
    content = _sealed(list(known), passphrase, project_id, cost)
    try:
        save_bytes(path, content, new_folders=False)
    except InputError as error:
        raise KeyFileError(str(error)) from error


def read_key(path: Path, passphrase: str, project_id: str) -> list[KnownName]:
    """The names in a key file.

    Raises `KeyFileError` if the file is missing, damaged, of a newer version or of another
    project, or if the passphrase is wrong.
    """
    header_line, body = _lines(path)
    header = _header(path, header_line)
    if header.get("project") != project_id:
        raise KeyFileError(
            _("{path} is the key of another project. Choose the key that was made with this one.").format(
                path=path.name
            )
        )
    return _unsealed(path, header, header_line, body, passphrase)


def _sealed(known: Sequence[KnownName], passphrase: str, project_id: str, cost: int) -> bytes:
    salt, nonce = os.urandom(16), os.urandom(12)
    header = {
        "format": _FORMAT,
        "version": _VERSION,
        "project": project_id,
        "kdf": {"name": "scrypt", "n": cost, "r": _R, "p": _P, "salt": b64encode(salt).decode()},
        "cipher": {"name": "AES-256-GCM", "nonce": b64encode(nonce).decode()},
    }
    header_line = json.dumps(header, sort_keys=True).encode()
    names = [
        {"pseudonym": one.pseudonym, "kind": one.kind.value, "names": list(one.names), "case": one.case}
        for one in known
    ]
    plain = json.dumps(names, ensure_ascii=False).encode()
    body = b64encode(_cipher(passphrase, salt, cost).encrypt(nonce, plain, header_line))
    signed = header_line + b"\n" + body + b"\n"
    return signed + hashlib.sha256(signed).hexdigest().encode() + b"\n"


def _unsealed(
    path: Path, header: dict[str, Any], header_line: bytes, body: bytes, passphrase: str
) -> list[KnownName]:
    from cryptography.exceptions import InvalidTag

    try:
        kdf, cipher = header["kdf"], header["cipher"]
        cost = int(kdf["n"])
        if kdf["name"] != "scrypt" or cipher["name"] != "AES-256-GCM" or (kdf["r"], kdf["p"]) != (_R, _P):
            raise ValueError(kdf)
        if not 2 <= cost <= _HIGHEST_COST or cost & (cost - 1):
            raise ValueError(cost)
        opened = _cipher(passphrase, b64decode(kdf["salt"], validate=True), cost)
        sealed, nonce = b64decode(body, validate=True), b64decode(cipher["nonce"], validate=True)
        plain = opened.decrypt(nonce, sealed, header_line)
    except InvalidTag:
        raise KeyFileError(
            _("That is not the passphrase of {path}. Try again; without it the names cannot be read.").format(
                path=path.name
            )
        ) from None
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error
    return [
        KnownName(tuple(entry["names"]), NameKind(entry["kind"]), entry["pseudonym"], entry.get("case", ""))
        for entry in json.loads(plain)
    ]


def _cipher(passphrase: str, salt: bytes, cost: int) -> AESGCM:
    """The cipher whose key is made of a passphrase."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    words = normalize("NFKC", passphrase).encode()
    return AESGCM(Scrypt(salt=salt, length=32, n=cost, r=_R, p=_P).derive(words))


def _lines(path: Path) -> tuple[bytes, bytes]:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise _damaged(path)
        raw = path.read_bytes()
    except FileNotFoundError:
        raise missing_key(path) from None
    except OSError as error:
        raise KeyFileError(
            _("The key file {path} cannot be read: {detail}.").format(path=path, detail=error.strerror)
        ) from error
    lines = raw.split(b"\n")
    if not raw.startswith(b"{") or len(lines) != 4 or lines[3]:
        raise _damaged(path)
    signed = lines[0] + b"\n" + lines[1] + b"\n"
    if hashlib.sha256(signed).hexdigest().encode() != lines[2]:
        raise _damaged(path)
    return lines[0], lines[1]


def _header(path: Path, line: bytes) -> dict[str, Any]:
    try:
        header = json.loads(line)
    except ValueError as error:
        raise _damaged(path) from error
    if not isinstance(header, dict) or header.get("format") != _FORMAT:
        raise _damaged(path)
    if header.get("version") != _VERSION:
        raise KeyFileError(
            _("{path} was made by a newer version of qualcode. Install that version to read it.").format(
                path=path.name
            )
        )
    return header


def missing_key(path: Path) -> KeyFileError:
    """The error for a key file that is not there."""
    return KeyFileError(
        _(
            "There is no key file {path}: no names were kept, or the file lies elsewhere. Put it back there."
        ).format(path=path)
    )


def _damaged(path: Path) -> KeyFileError:
    return KeyFileError(
        _("{path} is damaged or is no key file of qualcode. Take a copy of it from a backup.").format(
            path=path.name
        )
    )
