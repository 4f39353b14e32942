"""The people who code."""

from __future__ import annotations

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.model import Coder, CoderKind, new_id
from qualcode.store.room import Room


class Coders(Room):
    """Coders by name; names are unique without regard to case."""

    def all(self) -> list[Coder]:
        """All coders in the order in which they came, the consensus layer last."""
        found = self._select("SELECT id, name, kind FROM coders ORDER BY kind = 'consensus', id")
        return [Coder(row["id"], row["name"], CoderKind(row["kind"])) for row in found]

    def pair(self) -> list[Coder]:
        """Those who read independently: practitioners and researchers."""
        return [c for c in self.all() if c.kind in (CoderKind.PRACTITIONER, CoderKind.RESEARCHER)]

    def get(self, name: str) -> Coder:
        """The coder with that name or id; raises `NotFoundError`."""
        for coder in (coders := self.all()):
            if name == coder.id or name.casefold() == coder.name.casefold():
                return coder
        known = ", ".join(coder.name for coder in coders) or _("nobody yet")
        raise NotFoundError(
            _("There is no coder “{name}” in this project (there is: {known}). Add them first.").format(
                name=name, known=known
            )
        )

    def consensus(self) -> Coder:
        """The layer of what the pair decided together, made when it is first needed."""
        for coder in self.all():
            if coder.kind is CoderKind.CONSENSUS:
                return coder
        return self.add("consensus", CoderKind.CONSENSUS)

    def add(self, name: str, kind: CoderKind = CoderKind.PRACTITIONER) -> Coder:
        """Add a coder; raises `InputError` if the name is empty or taken."""
        name = " ".join(name.split())
        if not name:
            raise InputError(_("A coder needs a name."))
        if any(name.casefold() == coder.name.casefold() for coder in self.all()):
            raise InputError(_("There is a coder “{name}” already. Choose another name.").format(name=name))
        coder = Coder(new_id(), name, kind)
        with self._project.act("coder.add") as act:
            act.insert("coders", {"id": coder.id, "name": name, "kind": str(kind), "pin": ""})
        return coder
