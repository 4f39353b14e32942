"""What coding more interviews twice would bring, and what it costs at one's own pace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean
from typing import TYPE_CHECKING, Any

from qualcode.agreement.planning import Gain, Prospect, gains, prospects
from qualcode.agreement.result import Agreement
from qualcode.tasks.comparing.agreement import agree, options_of
from qualcode.tasks.comparing.comparison import Comparison, codings_of

if TYPE_CHECKING:
    from qualcode.model import JournalEntry
    from qualcode.store.project import Project

MORE = (5, 10, 20)
_PAUSE = timedelta(minutes=10)  # who did nothing for so long was not coding
_ENOUGH = timedelta(minutes=10)  # a pace read from less says nothing


@dataclass(frozen=True, slots=True)
class Plan:
    """What `more` interviews would bring per code, which of those that are left narrow most, and the hours it takes.

    `hours` is what coding one of them takes the person at work, from `paced` interviews they finished; `None`: not
    known. `left` is how many are not compared yet.
    """

    found: Agreement
    more: tuple[int, ...]
    prospects: tuple[Prospect, ...]
    gains: tuple[Gain, ...]
    left: int
    hours: float | None
    paced: int = 0

    def to_dict(self, comparison: Comparison) -> dict[str, Any]:
        """All of it, for JSON; codes and interviews by name."""
        slugs = {code.id: code.slug for code in comparison.codes}
        names = {t.id: t.name for t in comparison.left_out}
        return {
            "more": list(self.more),
            "codes": [{**each.to_dict(), "code": slugs[each.code]} for each in self.prospects],
            "most": [
                {
                    "transcripts": [names[one] for one in gain.documents],
                    "narrower": gain.total,
                    "codes": {slugs[code]: gain.by[code] for code in gain.most},
                }
                for gain in self.gains
            ],
            "left": self.left,
            "hours_per_interview": self.hours,
            "hours_read_from": self.paced,
        }


def planned(
    project: Project, comparison: Comparison, more: Sequence[int] = MORE, hours: float | None = None
) -> Plan:
    """What coding more twice would bring; `hours` per interview are as read from the journal, unless given."""
    found = agree(comparison, options_of(project, comparison.codes))
    coming = {t.id: t.case for t in comparison.left_out}
    per_character, paced = pace(project) if hours is None else (None, 0)
    texts = [len(t.text) for t in comparison.left_out or comparison.transcripts]
    if per_character is not None and texts:
        hours = per_character * mean(texts)
    return Plan(
        found=found,
        more=tuple(more),
        prospects=tuple(prospects(found, more)),
        gains=tuple(gains(found, coming, _chances(project, comparison, found))),
        left=len(coming),
        hours=hours,
        paced=paced,
    )


def _chances(project: Project, comparison: Comparison, found: Agreement) -> dict[str, dict[str, float]]:
    """How likely each interview that is left is to hold each code.

    Who is at work knows it of the interviews they finished. Of others it is as in the interviews compared with the
    same kind of informant, with half a one pretended on either side.
    """
    me = project.coder
    done = {transcript for transcript, coder in project.progress.done() if me and coder == me.id}
    own = {(c.transcript_id, c.code_id) for c in codings_of(project, me).values()} if me else set()
    role_of = {t.id: t.roles for t in comparison.transcripts}
    alike = Counter(role_of.values())
    chances: dict[str, dict[str, float]] = {t.id: {} for t in comparison.left_out}
    for code in found.codes:
        held = Counter(role_of[document] for document, counts in code.cells if counts.coded)
        for t in comparison.left_out:
            expected = (held[t.roles] + 0.5) / (alike[t.roles] + 1)
            known = t.id in done
            chances[t.id][code.code] = float((t.id, code.code) in own) if known else expected
    return chances


def pace(project: Project) -> tuple[float | None, int]:
    """Hours per character of who is at work, and from how many interviews they finished; `None`: not known.

    The time between one coding and the next in the same interview counts, pauses of more than ten minutes do not.
    """
    me = project.coder
    if me is None:
        return None, 0
    spent = _time_spent(project.journal.entries(coder_id=me.id))
    done = {transcript for transcript, coder in project.progress.done() if coder == me.id}
    texts = {t.id: len(t.text) for t in project.transcripts.all() if t.id in done and spent.get(t.id)}
    total = sum((spent[one] for one in texts), timedelta())
    if total < _ENOUGH:
        return None, 0
    return total.total_seconds() / 3600 / sum(texts.values()), len(texts)


def _time_spent(entries: Sequence[JournalEntry]) -> dict[str, timedelta]:
    """How long somebody coded in each interview."""
    spent: dict[str, timedelta] = {}
    last, where = datetime.min, ""
    for entry in entries:
        made = (c.after for c in entry.changes if c.table == "codings" and c.before is None and c.after)
        places = {after["transcript_id"] for after in made}
        if len(places) != 1 or len(entry.changes) > _BY_HAND:
            continue
        (place,) = places
        now = datetime.fromisoformat(entry.at)
        if place == where and timedelta() < now - last <= _PAUSE:
            spent[place] = spent.get(place, timedelta()) + (now - last)
        last, where = now, place
    return spent


_BY_HAND = 5  # what changes more records at once was not done by hand
