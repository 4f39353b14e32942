"""Files on disk: what is missing, too large, a folder, or called something else than it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import InputError
from qualcode.sources import read, registry

from .making import docx, p, rtf


def test_a_file_is_read_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "casus-04-leraar.DOCX"
    file.write_bytes(docx(p("I: Hoe?") + p("R: Zo.")))
    assert [turn.text for turn in read(file).turns] == ["Hoe?", "Zo."]


def test_without_an_ending_the_content_decides(tmp_path: Path) -> None:
    file = tmp_path / "gesprek"
    file.write_bytes(rtf(r"I: Hoe?\par R: Zo.\par"))
    assert len(read(file).turns) == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", docx(p("I: Hoe?")), r"ends in \.txt, but the content is Word"),
        ("a.docx", b"%PDF-1.4", r"content is PDF"),
        ("a.doc", b"I: Hoe?", r"end in \.doc cannot be read"),
        ("a.mp3", b"ID3\x03", "sound recording"),
        ("a.m4a", b"\0\0\0\x20ftypM4A ", "recording"),
        ("a.docx", b"\xff\xd8\xff\xe0", "picture"),
        ("a.txt", b"SQLite format 3\0", "project or a database"),
        ("a.txt", b"\x1f\x8b\x08", "compressed"),
    ],
)
def test_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InputError, match=message) as error:
        read(file)
    assert name in str(error.value)


def test_no_file_a_folder_and_a_file_that_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="There is no file"):
        read(tmp_path / "weg.txt")
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)
    large = tmp_path / "groot.txt"
    large.write_text("I: Hoe?\nR: Zo.\n")
    monkeypatch.setattr(registry, "LARGEST_TEXT", 10)
    with pytest.raises(InputError, match=r"groot\.txt is 0 MB"):
        read(large)
    with pytest.raises(InputError):
        read("naam\0.txt")
