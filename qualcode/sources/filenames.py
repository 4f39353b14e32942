"""What a file name tells: the case and the informant."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from qualcode.model import Role

_ROLES = {
    Role.PARENT: "ouder ouders moeder vader mama papa pleegouder pleegouders pleegmoeder pleegvader stiefmoeder "
    "stiefvader oma opa verzorger parent parents mother father mum mom dad",
    Role.TEACHER: "leraar lerares leerkracht juf juffrouw meester docent docente mentor groepsleerkracht "
    "teacher",
    Role.CARE_WORKER: "hulpverlener hulpverleenster begeleider begeleidster jeugdhulpverlener jeugdzorgwerker "
    "gezinscoach gezinsbegeleider therapeut psycholoog orthopedagoog careworker socialworker therapist "
    "zorgverlener jeugdhulp",
    Role.CHILD: "leerling kind kinderen jongere child pupil student",
    Role.FILE: "dossier dossiers leerlingdossier file",
    Role.OTHER: "iber ib internbegeleider directeur schoolleider anders other counsellor internalcounsellor "
    "principal",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_TWO_WORDS = re.compile(r"\b(care|social|intern|internal)[ _-]?(worker|begeleid\w*|counsellor)\b")
_CASE = re.compile(
    r"(?<![a-z])(?:casus|case|geval|kind|leerling|child|pupil|c)[ _.-]*(?:nr|no)?[ _.-]*(\d{1,4}[a-z]?)(?![a-z0-9])"
)
_FIRST_NUMBER = re.compile(r"^(?!\d{1,2}[-._ ]\d{1,2}[-._ ]\d{2,4})(\d{1,3}[a-z]?)(?=[ _.-])")
_WORD = re.compile(r"[a-z]+")


def guess_from_name(filename: str) -> tuple[str | None, Role | None]:
    """The case label and the role that `filename` tells, each `None` if it tells none.

    `casus-04-leraar.docx` → ("04", TEACHER); `case 4 teacher` → ("04", TEACHER). Numbers below ten get
    a leading zero, so that the files of one case meet and cases sort.
    """
    plain = PurePath(filename.replace("\\", "/")).name
    plain = re.sub(r"\.(?=[A-Za-z])\w{1,8}$", "", plain)
    letters = unicodedata.normalize("NFKD", plain).casefold().replace("'", "").replace("’", "")
    letters = "".join(char for char in letters if not unicodedata.combining(char))
    role = _role(letters)
    return _case(letters, role), role


def _case(letters: str, role: Role | None) -> str | None:
    found = _CASE.search(letters) or (_FIRST_NUMBER.search(letters) if role else None)
    if not found:
        return None
    digits = found[1].rstrip("abcdefghijklmnopqrstuvwxyz")
    return f"{int(digits):02}{found[1][len(digits) :]}"


def _role(letters: str) -> Role | None:
    joined = _TWO_WORDS.sub(lambda two: two[1] + two[2], letters)
    found = [role for word in _WORD.findall(joined) if (role := _ROLE_OF.get(word))]
    # "kind-04-moeder" is the mother of child 4
    return next((role for role in found if role is not Role.CHILD), found[0] if found else None)
