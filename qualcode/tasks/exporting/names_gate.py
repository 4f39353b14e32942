"""Nothing leaves an interview whose names nobody looked at, unless a person says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.store.records.pseudonyms import NameState

if TYPE_CHECKING:
    from qualcode.model import Transcript
    from qualcode.store.project import Project

_MOST_NAMED = 6


class UnreviewedError(QualcodeError):
    """Names in some interviews were not looked at by a person; `found` says in which, in sentences."""

    def __init__(self, found: Sequence[str]) -> None:
        advice = _(
            "Look with qualcode names scan, replace with names hide, and say names done; or go on all the same "
            "with --unreviewed."
        )
        super().__init__("\n".join([*found, advice]))
        self.found = tuple(found)


def unreviewed(project: Project, transcripts: Sequence[Transcript] | None = None) -> list[str]:
    """What stands in the way, in sentences; empty if every interview is clear of names or was read.

    `transcripts` are those of which something is to leave; without them all of the project.
    """
    # brings the search for names; every export mentions this gate
    from qualcode.tasks.transcripts.names import name_states

    if transcripts is None:
        transcripts = project.transcripts.all()
    states = name_states(project, transcripts)
    left = [one.name for one in transcripts if states[one.id] is NameState.OPEN]
    maybe = [one.name for one in transcripts if states[one.id] is NameState.PROBABLE]
    unread = [one.name for one in transcripts if states[one.id] is NameState.REPLACED]
    found = (
        (
            ngettext(
                "Names probably stand in {n} interview: {names}.",
                "Names probably stand in {n} interviews: {names}.",
                len(left),
            ),
            left,
        ),
        (
            ngettext(
                "Names may stand in {n} interview, in words no rule can be sure of, and nobody has looked: {names}.",
                "Names may stand in {n} interviews, in words no rule can be sure of, and nobody has looked: {names}.",
                len(maybe),
            ),
            maybe,
        ),
        (
            ngettext(
                "Names were replaced in {n} interview, but nobody has read the result: {names}.",
                "Names were replaced in {n} interviews, but nobody has read the result: {names}.",
                len(unread),
            ),
            unread,
        ),
    )
    return [words.format(n=len(names), names=_listed(names)) for words, names in found if names]


def refuse_unreviewed(project: Project, transcripts: Sequence[Transcript] | None = None) -> None:
    """Raise `UnreviewedError` if something of an interview nobody has read would leave."""
    found = unreviewed(project, transcripts)
    if found:
        raise UnreviewedError(found)


def _listed(names: Sequence[str]) -> str:
    more = ", …" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
