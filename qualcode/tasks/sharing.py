"""Share one's work: a small file for the other laptop, and why not to work in a synced folder."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Coder
from qualcode.store import share
from qualcode.store.project import Project
from qualcode.tasks.saving import save

# how the folders of these services are called on disk, in lower case
_SYNCED = (
    ("OneDrive", ("onedrive",)),
    ("Dropbox", ("dropbox",)),
    ("iCloud", ("icloud", "mobile documents", "com~apple~clouddocs")),
    ("Google Drive", ("google drive", "googledrive", "my drive", "mijn drive", "gdrive", "googledrivefs")),
    ("Nextcloud", ("nextcloud", "owncloud")),
    ("Box", ("box sync", "box")),
    ("STACK", ("stackstorage", "stack")),
    ("Teams", ("sharepoint",)),
)
_WHOLE_NAMES = frozenset({"box", "stack", "my drive", "mijn drive"})


def share_file(project: Project, coder: Coder, path: Path | None = None) -> Path:
    """Write a coder's share file; returns where. By default beside the project, named after both."""
    path = path or project.path.with_name(f"{project.path.stem}-{_safe(coder.name)}{share.SUFFIX}")
    if not path.suffix:
        path = path.with_suffix(share.SUFFIX)
    if path.resolve() == project.path.resolve():
        raise InputError(_("{path} is the project itself. Choose another name.").format(path=path))
    content = share.pack(project, coder)
    return save(path, lambda temporary: _write(temporary, content))


def synced_by(path: Path) -> str | None:
    """The service (OneDrive, Dropbox …) that keeps the folder of a file in step, judged by its name."""
    for part in reversed(path.absolute().parts[:-1]):
        name = part.casefold()
        for service, names in _SYNCED:
            if any(name == known if known in _WHOLE_NAMES else name.startswith(known) for known in names):
                return service
    return None


def advice(path: Path) -> str | None:
    """What to say of a project in a synced folder; `None` if it lies in no such folder."""
    service = synced_by(path)
    if service is None:
        return None
    return _(
        "This project lies in a folder of {service}. Two people who open it there can spoil it. Keep it on "
        "your own laptop and exchange share files instead: qualcode share, then qualcode merge."
    ).format(service=service)


def _safe(name: str) -> str:
    return "".join(char if char.isalnum() or char in "-_" else "-" for char in name)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
