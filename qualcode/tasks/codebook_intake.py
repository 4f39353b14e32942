"""Take a codebook in from a file, after showing what it changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.exchange.codebook_changes import CodebookChanges, codebook_changes
from qualcode.i18n import N_, _, ngettext
from qualcode.model import Code, Codebook
from qualcode.store.project import Project
from qualcode.tasks.beginning import checklist_for, find_codebook

_FIELDS = {
    "slug": N_("code"),
    "name": N_("name"),
    "definition": N_("definition"),
    "use": N_("when to use"),
    "not_use": N_("when not to use"),
    "example": N_("example"),
    "mnemonic": N_("mnemonic"),
    "colour": N_("colour"),
    "source": N_("source"),
    "retired": N_("retired"),
    "parent_id": N_("place in the tree"),
}


@dataclass(frozen=True, slots=True)
class CodebookPlan:
    """A codebook from a file, and what taking it in would change in the project."""

    file: str
    book: Codebook
    changes: CodebookChanges


def plan_codebook(project: Project, file: str, language: str | None = None) -> CodebookPlan:
    """Read a codebook (a file, or the name of one that comes with qualcode) and compare it with the project's.

    Nothing is taken in yet. `language` is that of texts of which the file does not say it.
    """
    before = project.codebook.book(retired=True)
    book = find_codebook(file, before if before.codes else None, language)
    after = replace(book, codes=tuple(project.codebook.fitted(book)))
    return CodebookPlan(file, book, codebook_changes(before, after))


def take_codebook(project: Project, plan: CodebookPlan) -> list[Code]:
    """Take a planned codebook in as one act, with the checklist that comes with it if there is none yet."""
    checklist = checklist_for(plan.file)
    with project.act("codebook.take"):
        changed = project.codebook.take(plan.book)
        if checklist and not project.checklist.book().criteria:
            project.checklist.take(checklist)
    return changed


def changes_in_words(changes: CodebookChanges) -> list[str]:
    """What is new, changed and gone, a line for each code."""
    lines = [_("new: {code} ({name})").format(code=code.slug, name=code.name) for code in changes.new]
    for change in changes.changed:
        what = ", ".join(_(_FIELDS[field]) for field in change.fields)
        lines.append(_("changed: {code}: {what}").format(code=change.new.slug, what=what))
    lines += [
        _("not in the file, stays: {code} ({name})").format(code=code.slug, name=code.name)
        for code in changes.gone
    ]
    if changes.reordered:
        lines.append(_("The codes stand in another order."))
    return lines or [_("Nothing changes: the project has these codes already.")]


def counted(changes: CodebookChanges) -> str:
    """How many codes are new and changed, in one line."""
    new = ngettext("{n} new code", "{n} new codes", len(changes.new)).format(n=len(changes.new))
    changed = ngettext("{n} changed", "{n} changed", len(changes.changed)).format(n=len(changes.changed))
    gone = ngettext("{n} not in the file", "{n} not in the file", len(changes.gone)).format(
        n=len(changes.gone)
    )
    return f"{new}, {changed}, {gone}"
