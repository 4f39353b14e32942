"""What it takes to merge a little work into much: `python -m benchmarks.little [CODINGS]` (default 200,000).

Two people have made so many codings, each an act of its own; then one makes 200 more and sends them, as a share file
and as a whole copy. Taking these in is set against playing the whole journal, which a merge would be without knowing
what it has. Seconds, ratio, and how much memory the merge took beyond what the process had. Aim: 1/20 of a replay.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from qualcode.i18n import Bilingual
from qualcode.model import Change, Code, JournalEntry, Turn, new_id, now
from qualcode.store.file import rows
from qualcode.store.journal.incoming import all_entries
from qualcode.store.journal.merge import merge
from qualcode.store.journal.relations import tables
from qualcode.store.journal.replay import Replay
from qualcode.store.journal.share import pack
from qualcode.store.project import Project, create_project, open_project
from qualcode.tasks.project.sharing import read_any

NEW = 200


def make(folder: Path, codings: int) -> None:
    """A project with so many codings, and a copy on which bram makes some more and shares them."""
    path = folder / "study.qualcode"
    with create_project(path) as project:
        people = [project.coders.add(name) for name in ("anna", "bram")]
        project.coder = people[0]
        code = project.codebook.add(Code("", "tijd", Bilingual("Tijd")))
        text = "\n".join(f"We belden elke week {n} en ik." for n in range(1000))
        texts = [f"{n} {text}" for n in range(100)]
        interviews = [
            project.transcripts.add(f"t{n}", one, [Turn(1, 0, len(one), "R")]) for n, one in enumerate(texts)
        ]
        tick = project.journal.entries(limit=1)[0].tick
        entries = []
        for n in range(codings):
            one, who, start = interviews[n % 100], people[n % 2].id, n // 100 * 9 % 20_000
            key, place = new_id(), {"text_hash": one.text_hash, "start": start, "end": start + 8}
            about = {"transcript_id": one.id, "code_id": code.id, "coder_id": who, "created_at": now()}
            change = Change("codings", key, None, {"id": key, **about, **place, "decision_id": None})
            entries.append(
                JournalEntry(new_id(), now(), who, "coding.add", (change,), None, "", tick + n + 1)
            )
        with project.unjournaled() as db:
            project.journal.append(*entries)
            rows.write(db, [change for entry in entries for change in entry.changes])
            db.execute("UPDATE meta SET value = ? WHERE key = 'tick'", [str(tick + codings)])
        shutil.copy(path, folder / "other.qualcode")
        with open_project(folder / "other.qualcode", "bram") as other:
            share = folder / "before.qcx"
            share.write_bytes(pack(other, other.require_coder()))
            merge(project, read_any(share, project))
            for n in range(NEW):
                other.codings.add(interviews[3].id, 5 * n, 5 * n + 7, "tijd")
            share.with_name("after.qcx").write_bytes(pack(other, other.require_coder()))


def take(folder: Path, name: str) -> None:
    """Take a file in, and print seconds and kilobytes; "replay" plays the journal instead."""
    with open_project(folder / "study.qualcode", "anna") as project:
        project.settings.set("iou_agreed", 0.6)  # with the first change of a day goes a backup
        Path("/proc/self/clear_refs").write_text("5")  # forget the most there was
        had, start = most_memory(), time.perf_counter()
        if name == "replay":
            Replay(tables(project.db)).play(all_entries(project.db))
        else:
            _take(project, folder / name)
        print(time.perf_counter() - start, most_memory() - had)


def most_memory() -> int:
    """The most memory that this process has held, in kB (of Linux; a process begins with what its parent had)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def _take(project: Project, path: Path) -> None:
    merged = merge(project, read_any(path, project))
    assert merged.codings == {"bram": NEW}
    assert list(merged.they_lack) == ["anna"]


def main(codings: int) -> int:
    """Print the table; 1 if the aim is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, codings)
        found = {}
        for what in ("replay", "after.qcx", "other.qualcode"):
            kept = shutil.copy(folder / "study.qualcode", folder / "kept")
            words = [sys.executable, "-m", "benchmarks.little", "take", name, what]
            out = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
            found[what] = float(out[0]), int(out[1]) / 1024
            shutil.move(kept, folder / "study.qualcode")
    replay = found["replay"][0]
    for what, (seconds, megabytes) in found.items():
        print(
            f"{what:16} {seconds:8.2f} s   1/{replay / seconds:<6.1f} of a replay   {megabytes:6.0f} MB more"
        )
    return int(any(seconds * 20 > replay for what, (seconds, _mb) in found.items() if what != "replay"))


if __name__ == "__main__":
    if sys.argv[1:2] == ["take"]:
        take(Path(sys.argv[2]), sys.argv[3])
    else:
        sys.exit(main(int((*sys.argv[1:], "200000")[0])))
