"""The first meeting of two laptops: one invites the other, who begins a copy of the project as who they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.saving import make_folder, save_bytes
from qualcode.i18n import _
from qualcode.store.file.files import SUFFIX as PROJECT_SUFFIX
from qualcode.store.file.files import is_free
from qualcode.store.journal import share
from qualcode.store.journal.share import INVITATION_SUFFIX, read_share
from qualcode.store.project import Project, open_project
from qualcode.tasks.project.sharing import begin_copy, safe, take

if TYPE_CHECKING:
    from qualcode.model import Coder


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
    return save_bytes(path, share.pack(project, host, invited=invited))


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


def usual_place(invitation: Invitation) -> Path:
    """Where a copy begun from this invitation goes if nobody says otherwise."""
    return Path.home() / "qualcode" / f"{safe(invitation.title) or 'project'}{PROJECT_SUFFIX}"


def accept(path: Path, project_path: Path) -> Project:
    """Begin the copy of whoever is invited; returns it open, with them at work.

    Where the project is there already, what the invitation brings is taken in. Raises `InputError` where another
    project is.
    """
    invitation = read_invitation(path)
    if is_free(project_path):
        make_folder(project_path.parent)
        begin_copy(project_path, path)
    else:
        with open_project(project_path) as there:
            take(there, path)
    return open_project(project_path, invitation.invited)
