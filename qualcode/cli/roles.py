"""`qualcode roles`: who people can be to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli.verbs import Told, table, verb
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.model import Role
    from qualcode.store.project import Project

roles = click.Group("roles", help=_("List the roles that people have in a case, or add one."))


def _data(role: Role) -> dict[str, str | None]:
    return {"role": str(role), "nl": role.names.nl, "en": role.names.en, "under": role.under or None}


@verb("list", _("List the roles that people can have in the cases of PROJECT."), of=roles)
def list_(project: Project) -> Told:
    """List the roles, the usual ones first."""
    found = project.cases.roles.all()
    rows = [[role.names.nl, role.names.en, role.under] for role in found]
    head = [_("Dutch"), _("English"), _("under")]
    return Told({"roles": [_data(role) for role in found]}, table([head, *rows]))


@verb("add", _("Add NAME to the roles that people can have, such as “zorgcoördinator”."), of=roles)
@click.argument("name")
@click.option("--en", "english", default="", help=_("What it is called in English."))
@click.option("--under", metavar=_("ROLE"), help=_("The wider role with which it is counted."))
def add(project: Project, name: str, english: str, under: str | None) -> Told:
    """Add a role of the project's own."""
    role = project.cases.roles.add(name, english, project.cases.roles.get(under) if under else None)
    return Told(_data(role), [_("Added the role {name}.").format(name=role.label)])


@verb("remove", _("Take away the role NAME, if nobody has it."), of=roles)
@click.argument("name")
def remove(project: Project, name: str) -> Told:
    """Take away a role of the project's own."""
    role = project.cases.roles.get(name)
    project.cases.roles.remove(role)
    return Told(_data(role), [_("Took away the role {name}.").format(name=role.label)])
