"""Write a file whole or not at all, readable for its owner only."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from qualcode.errors import InputError
from qualcode.i18n import _

EXPORTS = "exports"
_OPEN = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY)


def save(path: Path, write: Callable[[Path], None], *, new_folders: bool = True) -> Path:
    """Let `write` make a temporary file and move it to `path`; returns `path`.

    The file is readable for its owner only, whatever it was before; so are folders that are missing, which
    are made unless `new_folders` says no. Raises `InputError` if the place cannot be written (no rights, a
    full disk, a file that another program holds, for which another name is offered); the old file then
    stays as it was.
    """
    temporary: Path | None = None
    try:
        refuse_open(path)
        if new_folders:
            make_folder(path.parent)
        elif not path.parent.is_dir():
            raise InputError(
                _("{file} cannot be written: {reason}. Choose another folder or name.").format(
                    file=path, reason=os.strerror(errno.ENOENT)
                )
            )
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".qualcode-", suffix=path.suffix)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        _onto_the_disk(temporary)
        temporary.replace(path)
    except OSError as error:
        raise InputError(_in_words(error, path, temporary is not None)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return path


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, open for their owner only."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def beside(project: Path, name: str) -> Path:
    """Where a file of a project goes when nobody says where: the folder `exports` beside it."""
    return project.parent / EXPORTS / name


def refuse_open(path: Path) -> None:
    """Raise `InputError` if a word processor has the file open, as its lock file beside it says."""
    locks = (f"~${path.name[2:]}", f"~${path.name}", f".~lock.{path.name}#")
    for lock in locks:
        if path.exists() and (path.parent / lock).exists():
            raise InputError(
                _("{path} is open in another program. Close it there, or save it as {other}.").format(
                    path=path, other=free_path(path).name
                )
            )


def free_path(path: Path) -> Path:
    """`path`, or the first of "name-2", "name-3" … that is free."""
    n, free = 1, path
    while free.exists():
        n += 1
        free = path.with_stem(f"{path.stem}-{n}")
    return free


def _in_words(error: OSError, path: Path, place_is_open: bool) -> str:
    detail = error.strerror or str(error)
    if error.errno == errno.ENOSPC:
        return _("{path} could not be saved: the disk is full. Make room, or save it elsewhere.").format(
            path=path
        )
    if place_is_open and path.is_file() and error.errno in _OPEN:
        return _(
            "{path} could not be saved ({detail}). If it is open in another program, close it there, or save it "
            "as {other}."
        ).format(path=path, detail=detail, other=free_path(path).name)
    return _("{path} could not be saved ({detail}). Choose another folder or another name.").format(
        path=path, detail=detail
    )


def save_bytes(path: Path, content: bytes, *, new_folders: bool = True) -> Path:
    """Save what is ready to be written, as `save` does."""
    return save(path, lambda temporary: _write(temporary, content), new_folders=new_folders)


def save_text(path: Path, content: str, *, new_folders: bool = True) -> Path:
    """Save text as UTF-8 with the line ends that it has."""
    return save_bytes(path, content.encode("utf-8"), new_folders=new_folders)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _onto_the_disk(path: Path) -> None:
    """Wait until the content is on the disk: else a file could be empty after the power went."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
