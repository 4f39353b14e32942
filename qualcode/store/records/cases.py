"""Cases, their informants, and the roles that people have."""

from __future__ import annotations

import json
import re

from qualcode.errors import ConflictError, InputError, NotFoundError
from qualcode.i18n import Bilingual, _
from qualcode.model import USUAL_ROLES, Case, Informant, Role, new_id
from qualcode.store.records.base import Records
from qualcode.text.normal import one_line


def natural_key(label: str) -> list[tuple[bool, int, str]]:
    """Sort key by which "10" comes after "9"."""
    parts = re.findall(r"\d+|\D+", label.casefold())
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]


class Cases(Records):
    """Cases by label, informants by case and role."""

    @property
    def roles(self) -> Roles:
        """Who people can be to a case."""
        return Roles(self._file)

    def all(self) -> list[Case]:
        """All cases, in the natural order of their labels."""
        found = [
            Case(row["id"], row["label"], json.loads(row["attributes"]))
            for row in self._file.select("SELECT id, label, attributes FROM cases")
        ]
        return sorted(found, key=lambda case: natural_key(case.label))

    def get(self, label: str) -> Case:
        """The case with that label or id; raises `NotFoundError`."""
        for case in self.all():
            if label in (case.id, case.label):
                return case
        raise NotFoundError(_("There is no case “{label}” in this project.").format(label=label))

    def ensure(self, label: str) -> Case:
        """The case with that label, made if it is new."""
        label = one_line(label)
        if not label:
            raise InputError(_("A case needs a number or a name."))
        for case in self.all():
            if case.label == label:
                return case
        case = Case(new_id(), label)
        with self._file.transaction("case.add") as transaction:
            transaction.insert("cases", {"id": case.id, "label": label, "attributes": "{}"})
        return case

    def set_attributes(self, case: Case, attributes: dict[str, str]) -> None:
        """Replace what is known about a case (year group, age, own columns)."""
        text = json.dumps(attributes, ensure_ascii=False)
        with self._file.transaction("case.change") as transaction:
            transaction.update("cases", case.id, attributes=text)

    def informants(self, case: Case | None = None) -> list[Informant]:
        """The informants of one case, or of all."""
        where, values = ("WHERE case_id = ?", [case.id]) if case else ("", [])
        found = self._file.select(
            f"SELECT id, case_id, role, label FROM informants {where} ORDER BY id", values
        )
        known: dict[str, Role] = {role: role for role in self.roles.all()}
        return [
            Informant(row["id"], row["case_id"], known.get(row["role"]) or Role(row["role"]), row["label"])
            for row in found
        ]

    def ensure_informant(self, case: Case, role: Role, label: str = "") -> Informant:
        """The informant of a case with that role (and label), made if new."""
        for informant in self.informants(case):
            if informant.role == role and informant.label == label:
                return informant
        informant = Informant(new_id(), case.id, role, label)
        with self._file.transaction("informant.add") as transaction:
            transaction.insert(
                "informants", {"id": informant.id, "case_id": case.id, "role": str(role), "label": label}
            )
        return informant


class Roles(Records):
    """Who people are to a case: the usual roles, and those of the project's own."""

    def all(self) -> list[Role]:
        """All roles, the usual ones first."""
        found = self._file.select("SELECT key, name_nl, name_en, under FROM roles ORDER BY id")
        return [
            *USUAL_ROLES,
            *(
                Role(
                    row["key"], Bilingual(row["name_nl"], row["name_en"]), row["under"], len(USUAL_ROLES) + n
                )
                for n, row in enumerate(found, 1)
            ),
        ]

    def named(self, key: str) -> Role:
        """The role with that key, with its names; one that was taken away is called as its key."""
        return next((role for role in self.all() if role == key), Role(key))

    def get(self, word: str) -> Role:
        """The role with that key or name, in either language; raises `NotFoundError`."""
        wanted = one_line(word).casefold()
        every = self.all()
        for role in every:
            if wanted in (role.casefold(), role.names.nl.casefold(), role.names.en.casefold()):
                return role
        raise NotFoundError(
            _("There is no role “{role}” (there is: {known}). Add one with qualcode roles add.").format(
                role=one_line(word), known=", ".join(every)
            )
        )

    def add(self, name: str, english: str = "", under: Role | None = None) -> Role:
        """A role of the project's own, by its name in Dutch and in English; raises `InputError` if it is there."""
        name, english = one_line(name), one_line(english)
        if not name:
            raise InputError(_("A role needs a name."))
        taken = {word.casefold() for role in (*self.all(), Role.INTERVIEWER) for word in (role, *_both(role))}
        if {name.casefold(), english.casefold()} & taken - {""}:
            raise InputError(_("There is a role “{name}” already.").format(name=name))
        if under is not None and under.under:
            raise InputError(
                _("{role} lies under another role itself. Put the new one under {wide}.").format(
                    role=under.label, wide=under.wide.label
                )
            )
        with self._file.transaction("role.add") as transaction:
            row = {"key": name.casefold(), "name_nl": name, "name_en": english or name, "under": under or ""}
            transaction.insert("roles", {"id": new_id(), **row})
        return self.named(name.casefold())

    def remove(self, role: Role) -> None:
        """Take away a role of the project's own; raises `ConflictError` if somebody has it, or it is a usual one."""
        found = self._file.select("SELECT id FROM roles WHERE key = ?", [role])
        if not found:
            raise ConflictError(_("{role} is one of the usual roles and stays.").format(role=role.label))
        uses = "SELECT role FROM informants UNION SELECT role FROM turns UNION SELECT under FROM roles"
        if self._file.select(f"SELECT 1 FROM ({uses}) WHERE role = ?", [role]):
            raise ConflictError(
                _("Somebody in an interview is {role}, or another role lies under it.").format(
                    role=role.label
                )
            )
        with self._file.transaction("role.remove") as transaction:
            for row in found:
                transaction.delete("roles", row["id"])


def _both(role: Role) -> tuple[str, str]:
    return role.names.nl, role.names.en
