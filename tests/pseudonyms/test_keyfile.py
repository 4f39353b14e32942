"""The key file: opens with its passphrase and for its project alone, and says what is wrong otherwise."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.pseudonyms.keyfile import KeyFileError, key_path, read_key, write_key
from qualcode.pseudonyms.proposals import KnownName, NameKind

NAMES = [
    KnownName(("Emma de Vries", "Emmaatje"), NameKind.CHILD, "[leerling-1]"),
    KnownName(("Ayşe",), NameKind.PARENT, "[ouder-1]"),
]
CHEAP = 2**4


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "study.qualcode-key"
    write_key(path, NAMES, "een korte zin", "project-1", cost=CHEAP)
    return path


def test_names_come_back_as_they_went_in(key: Path) -> None:
    assert read_key(key, "een korte zin", "project-1") == NAMES


def test_the_file_is_private_and_shows_no_name(key: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    raw = key.read_bytes().lower()
    assert b"emma" not in raw
    assert b"leerling" not in raw
    assert list(key.parent.iterdir()) == [key]


def test_it_lies_beside_the_project() -> None:
    assert key_path(Path("map/study.qualcode")) == Path("map/study.qualcode-key")


def test_writing_again_replaces_it_in_one_step(key: Path) -> None:
    write_key(key, NAMES[:1], "een andere zin", "project-1", cost=CHEAP)
    assert read_key(key, "een andere zin", "project-1") == NAMES[:1]


def test_a_wrong_passphrase_is_told(key: Path) -> None:
    with pytest.raises(KeyFileError, match="not the passphrase"):
        read_key(key, "een lange zin", "project-1")


def test_the_key_of_another_project_is_told(key: Path) -> None:
    with pytest.raises(KeyFileError, match="another project"):
        read_key(key, "een korte zin", "project-2")


def test_the_project_in_the_header_cannot_be_exchanged(key: Path) -> None:
    import hashlib

    header, body, _sum, _end = key.read_bytes().split(b"\n")
    forged = header.replace(b"project-1", b"project-2") + b"\n" + body + b"\n"
    key.write_bytes(forged + hashlib.sha256(forged).hexdigest().encode() + b"\n")
    with pytest.raises(KeyFileError, match="not the passphrase"):
        read_key(key, "een korte zin", "project-2")


def test_a_newer_version_is_told(key: Path) -> None:
    import hashlib

    header, body, _sum, _end = key.read_bytes().split(b"\n")
    newer = json.dumps({**json.loads(header), "version": 2}).encode() + b"\n" + body + b"\n"
    key.write_bytes(newer + hashlib.sha256(newer).hexdigest().encode() + b"\n")
    with pytest.raises(KeyFileError, match="newer version"):
        read_key(key, "een korte zin", "project-1")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.data())
def test_any_damaged_byte_is_told_as_damage(key: Path, data: st.DataObject) -> None:
    raw = bytearray(key.read_bytes())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    damaged = key.with_name("damaged.qualcode-key")
    damaged.write_bytes(bytes(raw))
    with pytest.raises(KeyFileError, match="damaged"):
        read_key(damaged, "een korte zin", "project-1")


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00" * 50, b"not a key at all\n", b"{\n\n\n"])
def test_other_files_are_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.qualcode-key"
    path.write_bytes(content)
    with pytest.raises(KeyFileError, match="damaged"):
        read_key(path, "een korte zin", "project-1")


def test_a_missing_file_and_a_short_passphrase_are_told(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="There is no key file"):
        read_key(tmp_path / "none.qualcode-key", "een korte zin", "p")
    with pytest.raises(KeyFileError, match="at least 8"):
        write_key(tmp_path / "new.qualcode-key", NAMES, "kort", "p")
    assert list(tmp_path.iterdir()) == []
