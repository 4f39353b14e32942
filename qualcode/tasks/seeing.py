"""What the person at work may see: in a sealed round only what is their own."""

from __future__ import annotations

from qualcode.model import Coding, Memo
from qualcode.store.project import Project


def visible_codings(project: Project) -> list[Coding]:
    """All codings that the person at work may see."""
    return project.visible_codings()


def sealed_transcripts(project: Project) -> set[str]:
    """The interviews (ids) that are sealed now."""
    return set(project.rounds.sealed())


def visible_memos(project: Project) -> list[Memo]:
    """One's own memos, and those of others that do not speak of what is sealed.

    Notes of others on codes, cases and the project wait as well while anything is sealed: they may
    say how somebody reads it.
    """
    sealed = sealed_transcripts(project)
    own = {None, project.coder.id if project.coder else None}
    memos = project.memos.all()
    if not sealed:
        return memos
    open_codings = {coding.id for coding in visible_codings(project)}
    free = {"coding": open_codings, "transcript": {t.id for t in project.transcripts.all()} - sealed}
    return [
        memo
        for memo in memos
        if memo.coder_id in own or memo.target_id in free.get(memo.target_kind, frozenset())
    ]
