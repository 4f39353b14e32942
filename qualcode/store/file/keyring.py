"""The private halves of signing keys (Ed25519, RFC 8032): beside the settings of this person, for their owner only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_config_path

from qualcode.errors import QualcodeError
from qualcode.files.saving import make_folder, save_text
from qualcode.model import new_id

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_MACHINE = "machine"


def folder() -> Path:
    """Where the keys of this person on this machine are."""
    return user_config_path("qualcode", appauthor=False) / "keys"


def machine() -> str:
    """What this machine (rather: this person's settings on it) is known by, made when it is first asked for."""
    file = folder() / _MACHINE
    try:
        return file.read_text(encoding="ascii").strip()
    except OSError:
        made = new_id()
        _keep(file, made)
        return made


def make(key_id: str) -> str | None:
    """Make a key and keep its private half; returns the public one (hex), `None` if nothing can be kept here."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # 40 ms

    private = Ed25519PrivateKey.generate()
    try:
        _keep(_file(key_id), private.private_bytes_raw().hex())
    except (OSError, QualcodeError):
        return None
    return private.public_key().public_bytes_raw().hex()


def holds(key_id: str) -> bool:
    """Whether the private half of a key is here."""
    return _file(key_id).is_file()


def sign(key_id: str, message: bytes) -> str:
    """The signature (hex) of a message by a key that is here."""
    return _private(key_id).sign(message).hex()


def fits(public: str, message: bytes, signature: str) -> bool:
    """Whether a signature (hex) of a message is of the key with this public half (hex)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(key_id: str) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_file(key_id).read_text(encoding="ascii")))


def _file(key_id: str) -> Path:
    return folder() / f"{key_id}.key"


def _keep(file: Path, content: str) -> None:
    make_folder(file.parent)
    save_text(file, content)
