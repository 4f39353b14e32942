"""Which figures of a document that was written are no longer what the project counts.

A Word document says itself from which moment of the project it was made, and how (`word_record`). It is made
once more in memory, as the project is now, and held against what stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.reports.writers.blocks import no_progress
from qualcode.tasks.exporting.documents import document_of, kind_of, request_of
from qualcode.tasks.exporting.write import pedigree_of
from qualcode.text.words import short

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qualcode.reports.writers.word_again import Renewal
    from qualcode.store.project import Project


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of looking. `document`: its title, `at` when it was counted, `entry` the last in the journal then.

    `stale` are places whose figures are no longer true, `by_hand` those in which a person put other figures,
    `other` in how many places the words would be others, `waiting` how many of our marks nobody accepted yet.
    """

    document: str
    at: str
    entry: str
    stale: tuple[Renewal, ...]
    by_hand: tuple[Renewal, ...]
    other: int
    waiting: int


def verify(project: Project, path: Path) -> Verified:
    """Look at a Word document; raises `InputError` if it is none that this project wrote."""
    # python-docx is loaded when a document is opened
    from qualcode.reports.writers.word_again import Became, refuse_another, waiting_marks, write_word_again
    from qualcode.reports.writers.word_page import open_word
    from qualcode.reports.writers.word_record import Pedigree, record_of

    word = open_word(path)
    record = record_of(word)
    refuse_another(record, Pedigree(project.id, record.document if record else ""), path)
    assert record is not None
    try:
        request = request_of(project, record.asked)
        title = _(kind_of(record.document).title)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            _("{path} was written by another version of qualcode. Write it again first.").format(
                path=path.name
            )
        ) from error
    document = document_of(project, record.document, request)
    pedigree = pedigree_of(project, record.document, request)
    found = write_word_again(document, path, None, pedigree, no_progress)
    changed = (Became.RENEWED, Became.MARKED, Became.NEW, Became.GONE)
    ours = [each for each in found if each.what in changed]
    return Verified(
        title,
        record.at,
        record.entry,
        tuple(each for each in ours if each.figures),
        tuple(each for each in found if each.what is Became.THEIRS and each.figures),
        sum(not each.figures for each in ours),
        waiting_marks(word),
    )


_MOST_TOLD = 12  # of one kind; with --json all


def renewals_in_words(renewals: Sequence[Renewal]) -> list[str]:
    """What became of the places of a document, kind by kind."""
    told: list[str] = []
    for what in dict.fromkeys(each.what for each in renewals):
        of_kind = [each for each in renewals if each.what is what]
        told.append(f"{what.label}: {len(of_kind)}")
        told += [f"  {renewal_in_words(each)}" for each in of_kind[:_MOST_TOLD]]
        if len(of_kind) > _MOST_TOLD:
            told.append(f"  … (+{len(of_kind) - _MOST_TOLD})")
    return told


def told_of(renewal: Renewal) -> dict[str, str]:
    """What became of a place, for scripts."""
    return {
        "what": renewal.what.value,
        "where": renewal.where,
        "before": renewal.before,
        "after": renewal.after,
    }


def renewal_in_words(renewal: Renewal) -> str:
    """What became of one place."""
    before, after = short(renewal.before, 50), short(renewal.after, 50)
    if renewal.what.value == "theirs" and after:
        words = _("{theirs} (qualcode writes: {ours})").format(theirs=before, ours=after)
    else:
        words = " → ".join(filter(None, [before, after]))
    return ": ".join(filter(None, [renewal.where, words]))
