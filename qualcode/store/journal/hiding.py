"""What was hidden stays hidden: every text and every word that comes in, or is here already, goes without these names.

A name is a rule (`text.hidden_names`) that travels with the journal. In the text that holds, what stands for a name
takes its place by a correction that nothing overrules; in what is kept for its positions alone it is masked; labels,
titles, memos and reasons are rewritten, in the records and in the journal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qualcode.model import Change
from qualcode.store.file import rows
from qualcode.store.journal.forgotten import WRITTEN, cleaned, cleaned_row, stored_hider
from qualcode.store.journal.relations import PRIVATE
from qualcode.store.journal.texts import MASK, mask, versions_of
from qualcode.text.hidden_names import Hider
from qualcode.text.history import Origin

if TYPE_CHECKING:
    from qualcode.store.project import Project


def hide_all(project: Project, hider: Hider) -> int:
    """Hide the names in all that the project holds, in the transaction that is open; returns in how many places."""
    return hide_in_words(project, hider) + hide_in_texts(project, hider)


def hide_in_texts(project: Project, hider: Hider) -> int:
    """Hide the names in the interviews, in the transaction that is open; returns in how many places."""
    if not hider:
        return 0
    places = sum(project.revisions.hide_names(one, hider) for one in project.transcripts.all())
    _mask_spare_texts(project, hider)
    return places


class NamesFound(NamedTuple):
    """In how many texts, entries of the journal and free pages of the file a hidden name stands."""

    texts: int
    entries: int
    free_pages: int


def names_found(project: Project) -> NamesFound | None:
    """Where names stand that were hidden; `None` if none ever was."""
    hider = stored_hider(project.db)
    if not hider:
        return None
    texts = [row[0] for row in project.db.execute("SELECT text FROM texts").fetchall()]
    entries = project.journal.entries()
    return NamesFound(
        sum(bool(hider.places(text)) for text in texts),
        sum(cleaned(e, hider) is not e or any(_slips(c, hider) for c in e.changes) for e in entries),
        sum(bool(hider.places(page)) for page in _free_pages(project.path)),
    )


def _free_pages(path: Path) -> Iterator[str]:
    """What stands in the pages that the file no longer uses (https://sqlite.org/fileformat2.html, the freelist)."""
    with path.open("rb") as file:
        head = file.read(100)
        size = int.from_bytes(head[16:18]) or 1
        size = 65_536 if size == 1 else size
        trunk = int.from_bytes(head[32:36])
        while trunk:
            file.seek((trunk - 1) * size)
            page = file.read(size)
            trunk, count = int.from_bytes(page[:4]), int.from_bytes(page[4:8])
            leaves = [int.from_bytes(page[8 + 4 * n : 12 + 4 * n]) for n in range(count)]
            yield page[8 + 4 * count :].decode("utf-8", "ignore")
            for leaf in leaves:
                file.seek((leaf - 1) * size)
                yield file.read(size).decode("utf-8", "ignore")


def _slips(change: Change, hider: Hider) -> bool:
    after = change.after or {}
    return change.table == "revisions" and any(
        hider.places(edit[2]) for edit in json.loads(after.get("edits", "[]"))
    )


# the texts of interviews


def _mask_spare_texts(project: Project, hider: Hider) -> None:
    """Mask the names in what is kept of texts beside those that hold."""
    db = project.db
    firsts = {}
    for (one,) in db.execute("SELECT DISTINCT transcript_id FROM revisions ORDER BY 1").fetchall():
        versions = versions_of(db, one)
        if versions is not None and versions.version(versions.holds) is not None:
            firsts[versions.first_hash] = versions
    spare = "SELECT hash, text FROM texts WHERE hash NOT IN (SELECT text_hash FROM transcripts)"
    for text_hash, text in db.execute(spare).fetchall():
        found = [Origin((), place.start, place.end) for place in hider.places(text)]
        if text_hash in firsts or not found:
            continue
        spare_text = list(text)
        for stretch in found:
            spare_text[stretch.start : stretch.end] = MASK * (stretch.end - stretch.start)
        db.execute("UPDATE texts SET text = ? WHERE hash = ?", ["".join(spare_text), text_hash])
    for versions in firsts.values():
        found = [Origin((), place.start, place.end) for place in hider.places(versions.first)]
        for row in versions.rows:
            for n, edit in enumerate(json.loads(row["edits"])):
                found += [
                    Origin(((row["id"], n),), place.start, place.end) for place in hider.places(edit[2])
                ]
        now = versions.version(versions.holds)
        hidden = [one for one in found if now is not None and not versions.history.shown(one, now)]
        if hidden:
            mask(project, versions, hidden)


# what people wrote beside the texts


def hide_in_words(project: Project, hider: Hider) -> int:
    """Rewrite labels, titles, memos, reasons and notes, in the records and in the journal.

    It comes before the texts, so that what is noted of their turns is clean.
    Returns how many; while anything is sealed without what others keep to themselves, for the number would tell.
    """
    if not hider:
        return 0
    db, changed, unseen = project.db, 0, 0
    own = project.rounds.own() if project.rounds.sealed() else None
    for table in WRITTEN:
        for row in rows.select(db, f"SELECT * FROM {table}"):
            plain = cleaned_row(table, row, hider) or {}
            if different := {name: value for name, value in plain.items() if value != row[name]}:
                pairs = ", ".join(f"{name} = ?" for name in different)
                db.execute(f"UPDATE {table} SET {pairs} WHERE id = ?", [*different.values(), row["id"]])
                changed += len(different)
                if own is not None and table in PRIVATE and row.get("coder_id") not in own:
                    unseen += len(different)
    for (label,) in db.execute("SELECT DISTINCT speaker FROM turns").fetchall():
        if (called := hider.cleaned(label)) != label:
            db.execute("UPDATE turns SET speaker = ? WHERE speaker = ?", [called, label])
            changed += 1
    for entry in project.journal.entries():
        if (left := cleaned(entry, hider)) is not entry:
            project.journal.complete(left)
    if changed:
        project.words.plain.forget_memos()
    return changed - unseen
