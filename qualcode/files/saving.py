"""Write a file whole or not at all, readable for its owner only, and never over what people made of it unasked."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path

from qualcode.errors import InputError
from qualcode.i18n import _

EXPORTS = "exports"
_REMEMBERED = 5000  # files; of older ones it is asked before they are written over
_OPEN = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY)


class NotOursError(InputError):
    """A file would be written over that is not as qualcode wrote it; `other` is a free name beside it."""

    def __init__(self, path: Path) -> None:
        self.other = free_path(path)
        words = _(
            "{path} is there already and is not as qualcode wrote it: somebody changed it, or it comes from "
            "elsewhere. Save it as {other}, or write it afresh (--afresh); what is there now is then kept beside it."
        )
        super().__init__(words.format(path=path.name, other=self.other.name))


def hand_out(path: Path, write: Callable[[Path], None], *, afresh: bool = False) -> Path | None:
    """Save a file for people as `save` does, and remember how it left.

    Raises `NotOursError` if what is there is not as it left, unless all is to be made `afresh`: then that is kept
    beside it, and returned is where.
    """
    before: list[Path] = []

    def write_and_keep(temporary: Path) -> None:
        write(temporary)
        if path.is_file() and not is_as_it_left(path):
            before.append(keep_before(path))

    refuse_not_ours(path, afresh=afresh)
    save(path, write_and_keep)
    remember(path)
    return next(iter(before), None)


def refuse_not_ours(path: Path, *, afresh: bool = False) -> None:
    """Raise `NotOursError` if a file is not as it left, unless it is to be made `afresh`."""
    if not afresh and path.is_file() and not is_as_it_left(path):
        raise NotOursError(path)


def keep_before(path: Path) -> Path:
    """Keep a copy of a file beside it, as the version before."""
    kept = free_path(path.with_stem(f"{path.stem}-{_('before')}"))
    save(kept, lambda temporary: _write(temporary, path.read_bytes()))
    return kept


def is_as_it_left(path: Path) -> bool:
    """Whether a file is, byte for byte, one that qualcode wrote on this machine."""
    with suppress(OSError):
        return _digest(path) in _memory().read_text(encoding="ascii").split()
    return False


def remember(path: Path) -> None:
    """Note how a file left (its SHA-256 alone: nothing of what is in it)."""
    with suppress(OSError):  # then it is asked once more before it is written over
        memory = _memory()
        make_folder(memory.parent)
        known = memory.read_text(encoding="ascii").split() if memory.exists() else []
        save_text(memory, "\n".join([*known[-_REMEMBERED:], _digest(path)]) + "\n")


def _memory() -> Path:
    return user_data_path("qualcode", appauthor=False) / "written"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return sha256(file.read()).hexdigest()


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
