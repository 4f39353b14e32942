"""Write a file whole or not at all, readable for its owner only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from qualcode.errors import InputError
from qualcode.i18n import _


def save(path: Path, write: Callable[[Path], None]) -> Path:
    """Let `write` make a temporary file and move it to `path`; returns `path`.

    Folders that are missing are made. Raises `InputError` if the place cannot be
    written (no rights, a full disk, a file that another program holds); the old file
    then stays as it was.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".qualcode-", suffix=path.suffix)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        temporary.replace(path)
    except OSError as error:
        raise InputError(
            _(
                "{path} could not be saved ({detail}). If it is open in another program, close it there, "
                "or choose another name."
            ).format(path=path, detail=error.strerror or error)
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return path


def save_text(path: Path, content: str) -> Path:
    """Write text as UTF-8 with LF line ends."""
    return save(path, lambda temporary: _write(temporary, content))


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="\n")
