"""Orders of transcripts by how well the collaboration went, per coder, and the one a pair settled."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.model import Coder, Ranking, RankingOrder, Transcript, new_id
from qualcode.store.records.base import OpenFile, Records
from qualcode.text.normal import one_line

if TYPE_CHECKING:
    from qualcode.store.file import rows
    from qualcode.store.records.seals import Seals

Ranks = Sequence[Sequence[str]]


class Rankings(Records):
    """Rankings by name, and in each one order per coder."""

    def __init__(self, file: OpenFile, seals: Seals) -> None:
        super().__init__(file)
        self._seals = seals

    def all(self) -> list[Ranking]:
        """All rankings, oldest first."""
        found = self._file.select("SELECT * FROM rankings ORDER BY id")
        return [Ranking(row["id"], row["name"], tuple(json.loads(row["transcripts"]))) for row in found]

    def get(self, name: str) -> Ranking:
        """The ranking with that name or id; raises `NotFoundError`."""
        for ranking in (known := self.all()):
            if name == ranking.id or name.casefold() == ranking.name.casefold():
                return ranking
        names = ", ".join(ranking.name for ranking in known) or _("none yet")
        raise NotFoundError(
            _("There is no ranking “{name}” (there is: {known}). Make it with: qualcode rank new").format(
                name=name, known=names
            )
        )

    def add(self, name: str, transcripts: Sequence[Transcript]) -> Ranking:
        """Begin a ranking; raises `InputError` for an empty or taken name or fewer than two transcripts."""
        name = one_line(name)
        if not name:
            raise InputError(_("A ranking needs a name."))
        if any(name.casefold() == other.name.casefold() for other in self.all()):
            raise InputError(_("There is a ranking “{name}” already. Choose another name.").format(name=name))
        if len(transcripts) < 2:
            raise InputError(_("There are fewer than two interviews to put in order."))
        ranking = Ranking(new_id(), name, tuple(transcript.id for transcript in transcripts))
        with self._file.transaction("ranking.add") as transaction:
            transaction.insert(
                "rankings",
                {"id": ranking.id, "name": name, "transcripts": json.dumps(list(ranking.transcripts))},
            )
        return ranking

    def remove(self, ranking: Ranking) -> None:
        """Take a ranking away with its orders and answers."""
        with self._file.transaction("ranking.remove") as transaction:
            for table in ("ranking_answers", "ranking_orders"):
                for row in self._file.select(f"SELECT id FROM {table} WHERE ranking_id = ?", [ranking.id]):
                    transaction.delete(table, row["id"])
            transaction.delete("rankings", ranking.id)

    # orders

    def orders(self, ranking: Ranking) -> list[RankingOrder]:
        """The orders made so far; each holds every transcript of the ranking that is still there, once.

        Those of others are left out while an interview of the ranking is sealed.
        """
        return [
            one for one in self._every(ranking) if not self._seals.hides(one.coder_id, ranking.transcripts)
        ]

    def _every(self, ranking: Ranking) -> list[RankingOrder]:
        present = self._present(ranking)
        found = self._file.select(
            "SELECT * FROM ranking_orders WHERE ranking_id = ? ORDER BY id", [ranking.id]
        )
        return [
            RankingOrder(row["id"], ranking.id, row["coder_id"], self._ranks(row, present), row["reason"])
            for row in found
        ]

    def order_of(self, ranking: Ranking, coder: Coder) -> RankingOrder | None:
        """The order of one coder, if they made one."""
        return next((order for order in self.orders(ranking) if order.coder_id == coder.id), None)

    def set_order(self, ranking: Ranking, coder: Coder, ranks: Ranks, reason: str = "") -> RankingOrder:
        """Keep a coder's order; raises `InputError` unless it holds every transcript once."""
        given = [one for tied in ranks for one in tied]
        if sorted(given) != sorted(self._present(ranking)):
            raise InputError(_("An order holds every interview of the ranking once."))
        kept = next((order for order in self._every(ranking) if order.coder_id == coder.id), None)
        text = json.dumps([list(tied) for tied in ranks if tied])
        with self._file.transaction("ranking.order", reason) as transaction:
            if kept:
                transaction.update("ranking_orders", kept.id, ranks=text, reason=reason)
            else:
                row = {"id": new_id(), "ranking_id": ranking.id, "coder_id": coder.id}
                transaction.insert("ranking_orders", {**row, "ranks": text, "reason": reason})
        return next(order for order in self._every(ranking) if order.coder_id == coder.id)

    def _present(self, ranking: Ranking) -> list[str]:
        known = {row["id"] for row in self._file.select("SELECT id FROM transcripts")}
        return [one for one in ranking.transcripts if one in known]

    def _ranks(self, row: rows.Row, present: list[str]) -> tuple[tuple[str, ...], ...]:
        left = dict.fromkeys(present)
        ranks = []
        for tied in json.loads(row["ranks"]):
            # an interview that two laptops took in is one: its other id leads to it
            ids = [one if one in left else self._canonical(one) for one in tied]
            ranks.append(tuple(one for one in ids if one in left and left.pop(one, True) is None))
        return tuple(tied for tied in ranks if tied) + ((tuple(left),) if left else ())

    def _canonical(self, transcript_id: str) -> str:
        found = self._file.select(
            "SELECT canonical FROM aliases WHERE tbl = 'transcripts' AND id = ?", [transcript_id]
        )
        return str(found[0]["canonical"]) if found else transcript_id

    # answers to "which went better?"

    def answers(self, ranking: Ranking, coder: Coder) -> dict[tuple[str, str], int]:
        """The answers of a coder: 1 if the first went better, −1 if the second did, 0 for a tie."""
        found = self._file.select(
            "SELECT first, second, answer FROM ranking_answers WHERE ranking_id = ? AND coder_id = ? ORDER BY id",
            [ranking.id, coder.id],
        )
        return {(row["first"], row["second"]): row["answer"] for row in found}

    def answer(
        self, ranking: Ranking, coder: Coder, first: str, second: str, answer: int, *, again: bool = False
    ) -> None:
        """Keep an answer; an earlier one about the same two is replaced, or kept beside it if it was asked `again`."""
        if answer not in (-1, 0, 1) or first == second:
            raise ValueError("an answer is −1, 0 or 1 on two different transcripts")
        the_same = "first = ? AND second = ?"
        either = f"(({the_same}) OR (second = ? AND first = ?))"
        old = self._file.select(
            f"SELECT id FROM ranking_answers WHERE ranking_id = ? AND coder_id = ? AND {the_same if again else either}",
            [ranking.id, coder.id, *([first, second] * (1 if again else 2))],
        )
        with self._file.transaction("ranking.answer") as transaction:
            for row in old:
                transaction.delete("ranking_answers", row["id"])
            made = {"id": new_id(), "ranking_id": ranking.id, "coder_id": coder.id}
            transaction.insert(
                "ranking_answers", {**made, "first": first, "second": second, "answer": answer}
            )

    def forget_answers(self, ranking: Ranking, coder: Coder) -> None:
        """Begin the questions anew."""
        with self._file.transaction("ranking.restart") as transaction:
            for row in self._file.select(
                "SELECT id FROM ranking_answers WHERE ranking_id = ? AND coder_id = ?", [ranking.id, coder.id]
            ):
                transaction.delete("ranking_answers", row["id"])
