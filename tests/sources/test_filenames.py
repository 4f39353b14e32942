"""Case and informant from a file name."""

from __future__ import annotations

import pytest

from qualcode.model import Role
from qualcode.sources import guess_from_name


@pytest.mark.parametrize(
    ("name", "case", "role"),
    [
        ("casus-04-leraar.docx", "04", Role.TEACHER),
        ("case 4 teacher", "04", Role.TEACHER),
        ("C04_ouder.txt", "04", Role.PARENT),
        ("casus04-moeder.docx", "04", Role("moeder")),
        ("Casus 12 – Vader.odt", "12", Role("vader")),
        ("interview casus 3 ib'er.docx", "03", Role("intern begeleider")),
        ("casus 12b care worker.vtt", "12b", Role.CARE_WORKER),
        ("04 hulpverlener.docx", "04", Role.CARE_WORKER),
        ("kind-04-juf.txt", "04", Role.TEACHER),
        ("leerling-7.txt", "07", Role.CHILD),
        ("casus-2-dossier.pdf", "02", Role.FILE),
        ("/home/x/casus-9/casus-10-meester.txt", "10", Role.TEACHER),
        ("12-03-2026 leraar.docx", None, Role.TEACHER),
        ("3 gesprekken.docx", None, None),
        ("opname.docx", None, None),
        ("", None, None),
    ],
)
def test_case_and_role(name: str, case: str | None, role: Role | None) -> None:
    assert guess_from_name(name) == (case, role)
