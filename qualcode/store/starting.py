"""An empty copy of a project that exists elsewhere, to be filled by a merge."""

from __future__ import annotations

from pathlib import Path

from qualcode.store import files
from qualcode.store.project import Project


def empty_copy(path: Path, project_id: str) -> Project:
    """Make a project file with the identity of another copy and nothing in it."""
    db = files.create(path)
    with files.plain_errors(path), db.atomic():
        db.execute("INSERT INTO meta (key, value) VALUES ('project_id', ?), ('tick', '0')", [project_id])
    return Project(path, db)
