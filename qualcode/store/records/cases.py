"""Cases and their informants."""

from __future__ import annotations

import json
import re

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.model import Case, Informant, Role, new_id
from qualcode.store.records.base import Records
from qualcode.text.normal import one_line


def natural_key(label: str) -> list[tuple[bool, int, str]]:
    """Sort key by which "10" comes after "9"."""
    parts = re.findall(r"\d+|\D+", label.casefold())
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]


class Cases(Records):
    """Cases by label, informants by case and role."""

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
        return [Informant(row["id"], row["case_id"], Role(row["role"]), row["label"]) for row in found]

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
