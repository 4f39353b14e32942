"""The pseudonyms in use, without the names behind them; and how far the names of each transcript were looked at.

Real names are never stored in a project: they are in the key file, or nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from secrets import token_bytes

from qualcode.i18n import N_, Labelled
from qualcode.model import Transcript, new_id
from qualcode.model import now as moment
from qualcode.store.file.backups import must_wipe
from qualcode.store.records.base import Records
from qualcode.text.hidden_names import HiddenForm, HiddenName, fingerprint


class NameState(Labelled):
    """What became of the names in a transcript.

    `CLEAR`: none were found. `OPEN`: some were found and left in. `PROBABLE`: there may be some that no rule can be
    sure of, as in text without capitals, and nobody has looked. `REPLACED`: all that were found
    were replaced without anyone looking. `REVIEWED`: a person decided on each of them.
    """

    CLEAR = "clear", N_("none found")
    OPEN = "open", N_("left in")
    PROBABLE = "probable", N_("probably names")
    REPLACED = "replaced", N_("replaced, unread")
    REVIEWED = "reviewed", N_("looked at")


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """A pseudonym in use: `[leerling-4]`, kind "child", number 4; an invented name has number 0."""

    id: str
    pseudonym: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody who goes by a pseudonym in a case ("": in all); the names are fingerprints."""

    pseudonym: str
    kind: str
    case: str
    name: HiddenName


class NameBook(Records):
    """Pseudonyms, words that are no names, and the state of each transcript."""

    def all(self) -> list[Pseudonym]:
        """The pseudonyms of the project, by kind and number."""
        found = self._file.select(
            "SELECT id, pseudonym, kind, number FROM pseudonyms ORDER BY kind, number, pseudonym"
        )
        return [Pseudonym(**row) for row in found]

    def add(self, new: Iterable[tuple[str, str, int]]) -> None:
        """Note pseudonyms (pseudonym, kind, number); those that are noted already are passed over."""
        known = {(one.pseudonym, one.kind) for one in self.all()}
        with self._file.transaction("pseudonyms.add") as transaction:
            for pseudonym, kind, number in new:
                if (pseudonym, kind) not in known:
                    known.add((pseudonym, kind))
                    transaction.insert(
                        "pseudonyms",
                        {"id": new_id(), "pseudonym": pseudonym, "kind": kind, "number": number},
                    )

    def cast(self) -> list[CastMember]:
        """Who goes by which pseudonym, by case."""
        found = self._file.select("SELECT * FROM cast_members ORDER BY case_label, pseudonym, id")
        return [
            CastMember(
                row["pseudonym"],
                row["kind"],
                row["case_label"],
                HiddenName(
                    row["id"], row["salt"], tuple(HiddenForm(*form) for form in json.loads(row["forms"]))
                ),
            )
            for row in found
        ]

    def enlist(self, people: Iterable[tuple[str, str, str, Mapping[str, bool]]]) -> None:
        """Note who goes by which pseudonym: pseudonym, kind, case ("": all), and the forms of the name.

        The forms are kept as fingerprints alone, all of this project under one key; with each goes whether it is an
        ordinary word as well.
        """
        cast = self.cast()
        salt = cast[0].name.salt if cast else token_bytes(32).hex()
        known = {(one.pseudonym, one.case, form.mark) for one in cast for form in one.name.forms}
        with self._file.transaction("pseudonyms.add") as transaction:
            for pseudonym, kind, case, forms in people:
                told = _fingerprints({form: (pseudonym, word) for form, word in forms.items()}, salt)
                new = [form for form in told if (pseudonym, case, form[0]) not in known]
                if new:
                    row = {"id": new_id(), "pseudonym": pseudonym, "kind": kind, "case_label": case}
                    transaction.insert("cast_members", {**row, "salt": salt, "forms": json.dumps(new)})

    def hide(self, forms: Mapping[str, tuple[str, bool]], kind: str) -> None:
        """Note what replaces each form of a name, here and in whatever comes in; the forms as fingerprints alone.

        With each form goes whether it is an ordinary word as well, so that only a capital makes it the name.
        """
        salt = token_bytes(32).hex()
        told = _fingerprints(forms, salt)
        with self._file.transaction("names.hide") as transaction:
            row = {"id": new_id(), "salt": salt, "forms": json.dumps(told), "kind": kind, "at": moment()}
            transaction.insert("hidden_names", row)
            must_wipe(self._file.db)

    def not_names(self) -> list[str]:
        """Words that someone said are no names, for good."""
        return [row["word"] for row in self._file.select("SELECT word FROM not_names ORDER BY word")]

    def refuse(self, words: Iterable[str]) -> None:
        """Never propose these words again."""
        known = {word.casefold() for word in self.not_names()}
        with self._file.transaction("names.refuse") as transaction:
            for word in words:
                if word.casefold() not in known:
                    known.add(word.casefold())
                    transaction.insert("not_names", {"id": new_id(), "word": word})

    def noted(self) -> dict[str, tuple[NameState, str]]:
        """What was noted of each transcript last, by its id, with the hash of the text that was looked at.

        The hash is empty for what was noted before qualcode kept it; that holds for any text.
        """
        found = self._file.select("SELECT transcript_id, state, text_hash FROM name_states ORDER BY at, id")
        return {row["transcript_id"]: (NameState(row["state"]), row["text_hash"]) for row in found}

    def states(self) -> dict[str, NameState]:
        """The state of each transcript that was looked at, by its id; open where the text was changed since."""
        now = {
            row["id"]: row["text_hash"] for row in self._file.select("SELECT id, text_hash FROM transcripts")
        }
        return {
            key: state if seen in ("", now.get(key)) else NameState.OPEN
            for key, (state, seen) in self.noted().items()
        }

    def set_state(self, transcript: Transcript, state: NameState) -> None:
        """Say how far the names of a transcript, in the text it has now, were looked at."""
        now = self._file.select("SELECT text_hash FROM transcripts WHERE id = ?", [transcript.id])
        with self._file.transaction("names.state") as transaction:
            for row in self._file.select(
                "SELECT id FROM name_states WHERE transcript_id = ?", [transcript.id]
            ):
                transaction.delete("name_states", row["id"])
            row = {"id": new_id(), "transcript_id": transcript.id, "state": state.value, "at": moment()}
            transaction.insert("name_states", {**row, "text_hash": now[0]["text_hash"]})


def _fingerprints(forms: Mapping[str, tuple[str, bool]], salt: str) -> list[list[object]]:
    """The forms of a name as `text.hidden_names` keeps them: what replaces each, and whether it is a word as well."""
    marked = [(*fingerprint(form, salt), instead, word) for form, (instead, word) in forms.items()]
    found = {mark: [mark, words, instead, word] for mark, words, instead, word in marked if words}
    return [found[mark] for mark in sorted(found)]
