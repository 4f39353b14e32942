"""Mend a project that is not sound, and say what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.i18n import _
from qualcode.store.file import backups
from qualcode.store.file.check import problems
from qualcode.store.journal.repair import repair

if TYPE_CHECKING:
    from qualcode.store.project import Project


def mend(project: Project) -> tuple[list[str], list[str]]:
    """What was mended in a project that is open as it is, and what is left; a backup is made before."""
    if problems(project):
        backups.keep(project.db, project.path, backups.Occasion.REPAIR)
    return repair(project), problems(project)


def in_words(done: list[str], left: list[str]) -> list[str]:
    """What was mended and what is left, line by line, for people."""
    lines = done or [_("There is nothing to mend.")]
    return [*lines, _("This is left, and cannot be mended here:"), *left] if left else lines
