"""Two copies of one project: in one of them bram has worked behind the seal of a running round, in the other not.

Whatever anna (or nobody) is shown must be the same in both, and hold no word that bram wrote.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.i18n import Bilingual
from qualcode.model import Checklist, Code, Role, Turn, Verdict
from qualcode.store.project import create_project, open_project
from qualcode.store.records.reflections import difference_key
from qualcode.tasks.project.beginning import checklist_for
from qualcode.tasks.transcripts.names import mark_reviewed
from qualcode.text.normal import one_line
from qualcode.text.spans import Span

SECRET = "Zeepaardje"  # stands in everything that bram writes, and nowhere else
TALK = {
    ("01", Role.PARENT): ["Hoe ging het?", "We belden elke week.", "En toen?", "Ik stond er alleen voor."],
    ("01", Role.TEACHER): ["Hoe ging het?", "Dat gaf lucht.", "En toen?", "Na acht weken ging het beter."],
    ("02", Role.TEACHER): ["Hoe ging het?", "Niemand nam de telefoon op.", "En toen?", "Dat bleef zo."],
}
OPEN, SEALED = "casus-01-parent", ("casus-01-teacher", "casus-02-teacher")


@dataclass(frozen=True)
class Worlds:
    """The file in which bram has done nothing yet, and the one in which he has."""

    without: Path
    with_work: Path


def in_a_name(mark: str) -> str:
    """What is left of a mark at the end of a name, which is kept on one line and without what steers a terminal."""
    return one_line("x" + mark)[1:]


def make_worlds(folder: Path, mark: str = "") -> Worlds:
    """Both copies, in folders of their own so that the files have one name; `mark` ends all that people wrote."""
    without = _study(folder / "without", mark)
    named = in_a_name(mark)
    with_work = folder / "with" / without.name
    with_work.parent.mkdir()
    shutil.copyfile(without, with_work)
    with open_project(with_work, f"bram{named}") as project:
        transcript = project.transcripts.get(SEALED[0] + named)
        start = transcript.text.index("acht weken")
        coding = project.codings.add(transcript, start, start + 10, "tijd")
        project.codings.add(project.transcripts.get(SEALED[1] + named), 0, 8, "meta")
        project.memos.add("coding", coding.id, f"{SECRET}: dit is tijd{mark}")
        project.memos.add("transcript", transcript.id, f"{SECRET} over het gesprek{mark}")
        project.memos.add("code", project.codebook.get("tijd").id, f"{SECRET} over de code{mark}")
        project.memos.add("case", project.cases.get(f"01{named}").id, f"{SECRET} over het kind{mark}")
        project.memos.add("project", project.id, f"{SECRET} over alles{mark}")
        bram = project.require_coder()
        ranking = project.rankings.get(f"samenwerking{named}")
        project.rankings.set_order(
            ranking, bram, [[one] for one in reversed(ranking.transcripts)], SECRET + mark
        )
        criterion = project.checklist.book().criteria[0]
        case = project.cases.get(f"01{named}")
        project.ratings.rate(criterion, case, bram, Verdict.POOR, evidence=[coding.id], note=SECRET + mark)
        project.own_reasons.write(difference_key([coding.id]), transcript, SECRET + mark)
        theme = project.themes.get(f"Tijd{named}")
        held = project.themes.hold(theme, transcript, Span(start, start + 10))
        project.themes.set_quotes([replace(held, starred=True, subgroup=SECRET + mark)])
    return Worlds(without, with_work)


def _study(folder: Path, mark: str) -> Path:
    folder.mkdir()
    named = in_a_name(mark)
    with create_project(folder / "study.qualcode", f"A study{mark}") as project:
        anna = project.coders.add(f"anna{mark}")
        bram = project.coders.add(f"bram{mark}")
        project.coder = anna
        for coder in (anna, bram):
            project.keys.for_signing(coder)
        for slug, nl in (("tijd", "Notie van tijd"), ("meta", "Meta-perspectief"), ("rest", "Rest")):
            project.codebook.add(Code("", slug, Bilingual(nl + mark, nl + mark), Bilingual(mark, mark)))
        for (case, role), said in TALK.items():
            turns, start = [], 0
            said = [words + mark for words in said]
            for n, words in enumerate(said, 1):
                speaker = ("I" if n % 2 else "R") + mark
                turns.append(Turn(n, start, start + len(words), speaker, bool(n % 2)))
                start += len(words) + 1
            name = f"casus-{case}-{role.label}{mark}"
            project.transcripts.add(name, "\n".join(said), turns, case=case + mark, informant=role)
        project.checklist.take(_checklist())
        project.themes.add(f"Tijd{mark}", [project.codebook.get("tijd").id])
        ranking = project.rankings.add(f"samenwerking{mark}", project.transcripts.all())
        project.rankings.set_order(ranking, anna, [[one] for one in ranking.transcripts])
        project.ratings.rate(
            project.checklist.book().criteria[0], project.cases.get(f"02{named}"), anna, Verdict.GOOD
        )
        for coder in (anna, bram):
            project.codings.add(OPEN + named, 14, 34, "tijd", coder)
            project.progress.mark(project.transcripts.get(OPEN + named), coder)
        project.codings.add(SEALED[0] + named, 14, 28, "meta")
        project.rounds.start([project.transcripts.get(name + named) for name in SEALED], [anna, bram])
        for transcript in project.transcripts.all():
            mark_reviewed(project, transcript)  # so that documents may leave
        return project.path


def _checklist() -> Checklist:
    found = checklist_for("samenwerking")
    assert found is not None
    return found


_CHANGING = (
    (re.compile(r'("handle"|"reference"): "[^"]*"'), "HANDLE"),
    (re.compile(r"\[q:\w+\]|\{\w{4}\}"), "HANDLE"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "ID"),
    (re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|\+00:00)?"), "MOMENT"),
    (re.compile(r"\b[0-9a-f]{32,128}\b"), "HASH"),
    (re.compile(r"\b[0-9a-f]{4}-[0-9a-f]{4}\b"), "KEY"),
    (re.compile(r"\b\d+ kB|(?<=\"bytes\": )\d+"), "SIZE"),
)


def plain(text: str, *folders: Path) -> str:
    """Text without what differs between any two runs: folders, ids, moments, digests."""
    for folder in folders:
        text = text.replace(str(folder), "FOLDER")
    for pattern, word in _CHANGING:
        text = pattern.sub(word, text)
    return text


def words_of(file: Path) -> str:
    """All that can be read in a file, also in the parts of a zipped one."""
    if not zipfile.is_zipfile(file):
        return file.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in sorted(archive.namelist())}
    if SECRET in "".join(parts.values()):
        return SECRET
    # of Office files the words count: numbers of bookmarks and moments differ from one writing to the next
    office = "[Content_Types].xml" in parts
    return "\n".join(
        f"{name}\n{_TAG.sub(' ', content) if office else content}"
        for name, content in parts.items()
        if not name.startswith("docProps/")
    )


_TAG = re.compile(r"<[^>]*>")
