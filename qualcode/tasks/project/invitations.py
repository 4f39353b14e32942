"""The first meeting of two laptops: one invites the other, who begins a copy of the project as who they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.saving import make_folder, save_bytes
from qualcode.i18n import _
from qualcode.store.file.files import INVITATION_SUFFIX, is_free, project_id
from qualcode.store.file.files import SUFFIX as PROJECT_SUFFIX
from qualcode.store.journal import share
from qualcode.store.journal.share import read_share
from qualcode.store.project import Project, open_project
from qualcode.tasks.project.sharing import begin_copy, safe, take

if TYPE_CHECKING:
    from qualcode.model import Coder

_LONGEST_NAME = 60  # characters; file systems refuse much longer ones


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is invited by whom, to which project."""

    invited: str
    by: str
    title: str
    project_id: str


def invite(project: Project, invited: Coder, path: Path | None = None) -> Path:
    """Write an invitation of the person at work for somebody who codes here as well; returns where it stands.

    By default it lies beside the project, named after both.
    """
    host = project.require_coder()
    if invited == host:
        raise InputError(_("You are {name} yourself. Invite the other.").format(name=host.name))
    path = path or project.path.with_name(
        f"{project.path.stem}-{_('for')}-{safe(invited.name)}{INVITATION_SUFFIX}"
    )
    if not path.suffix:
        path = path.with_suffix(INVITATION_SUFFIX)
    if path.suffix.casefold() != INVITATION_SUFFIX:
        raise InputError(_("An invitation is called NAME{suffix}.").format(suffix=INVITATION_SUFFIX))
    saved = save_bytes(path, share.pack(project, host, invited=invited))
    with project.transaction("coder.invite", invited.name):
        pass
    return saved


def read_invitation(path: Path) -> Invitation:
    """What an invitation says; raises `InputError` if the file is none, or was damaged on its way."""
    found = read_share(path)
    if found.invited is None:
        raise InputError(
            _(
                "{path} is the work of {name}, not an invitation. To begin on this laptop, ask {name} for one: "
                "the list under @, “Invite …”."
            ).format(path=path.name, name=found.coder)
        )
    return Invitation(found.invited, found.coder, found.title, found.incoming.project_id)


def usual_place(invitation: Invitation, but: Path | None = None) -> Path:
    """Where a copy begun from it goes if nobody says otherwise: not where another project is, nor at `but`."""
    folder, name = Path.home() / "qualcode", safe(invitation.title)[:_LONGEST_NAME].strip("-") or "project"
    places = (folder / f"{name}{n}{PROJECT_SUFFIX}" for n in ("", *(f"-{n}" for n in range(2, 1000))))
    free = (place for place in places if is_free(place) or project_id(place) == invitation.project_id)
    return next(place for place in free if place != but)


def accept(path: Path, project_path: Path, coder_of: Callable[[Path], str]) -> Project:
    """Begin the copy of whoever is invited; returns it open, with them at work.

    In a folder it gets the usual name. Where the project is already, what the invitation brings is taken in.
    Raises `InputError` where another project is, or the copy of somebody else: `coder_of` tells who works on a
    copy on this machine, as far as is known.
    """
    invitation = read_invitation(path)
    try:
        if project_path.is_dir():
            project_path /= usual_place(invitation).name
        elif not project_path.suffix:
            project_path = project_path.with_suffix(PROJECT_SUFFIX)
        if is_free(project_path):
            return _begun(path, project_path, invitation)
        return _taken_in(path, project_path, invitation, coder_of(project_path))
    except OSError as error:
        raise InputError(
            _("{path} cannot be made: {detail}. Choose another place.").format(
                path=project_path, detail=error.strerror or error
            )
        ) from error


def _begun(path: Path, project_path: Path, invitation: Invitation) -> Project:
    """The new copy, open; who worked on another laptop before gets a key for this one, which the other confirms."""
    make_folder(project_path.parent)
    begin_copy(project_path, path)
    try:
        with open_project(project_path) as made:
            person = made.coders.get(invitation.invited)
            if made.keys.only_elsewhere(person):
                made.keys.make(person)
        return open_project(project_path, invitation.invited)
    except BaseException:
        project_path.unlink(missing_ok=True)
        raise


def _taken_in(path: Path, project_path: Path, invitation: Invitation, works_there: str) -> Project:
    with open_project(project_path) as there:
        if there.id == invitation.project_id and works_there not in ("", invitation.invited):
            raise InputError(
                _(
                    "{path} is the copy of {name}. Send the invitation to {invited}, or choose another place "
                    "for a copy of their own."
                ).format(path=project_path, name=works_there, invited=invitation.invited)
            )
        take(there, path)
    return open_project(project_path, invitation.invited)
