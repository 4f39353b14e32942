"""Random histories on copies of one project, for the properties of merging."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from qualcode.errors import QualcodeError
from qualcode.i18n import Bilingual
from qualcode.model import Code, CoderKind, Role, Transcript, Turn
from qualcode.store.file.forgetting import forget
from qualcode.store.journal.conflicts import ConflictKind
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import merge
from qualcode.store.journal.relations import tables
from qualcode.store.project import Project, open_project
from qualcode.tasks.coding.codebook import merge as merge_codes
from qualcode.tasks.coding.codebook import split as split_code
from qualcode.tasks.comparing.agenda import agenda, take_agreed
from qualcode.tasks.comparing.comparison import compare
from qualcode.tasks.transcripts.hiding import hide
from qualcode.tasks.transcripts.revising import corrected_words
from qualcode.text.spans import Span

TEXTS = {f"casus-0{n}": f"Interview {n}.\nWe belden elke week, {'juf ' * n}en ik." for n in range(1, 4)}
SLUGS = ("rust", "tijd", "meta", "doel")
PEOPLE = ("anna", "bram")
ACTIONS = (
    "code", "rename", "define", "retire", "drop code", "below", "coding", "coding", "coding", "move", "recode",
    "uncode", "interview", "drop interview", "describe", "done", "memo", "drop memo", "setting", "person",
    "undo", "redo", "sync", "choose",
)  # fmt: skip
ON_OTHERS = (
    *ACTIONS, "correct", "correct", "correct", "merge codes", "merge codes", "undo past", "undo", "undo", "redo",
    "coding", "move", "sync", "sync", "sync",
)  # fmt: skip
"""With what changes the work of others: corrections, codes merged, undo that passes over what stands in the way."""
EVERYTHING = (
    *ON_OTHERS, "correct", "correct", "split", "hide", "forget", "name", "name in memo", "speaker", "round",
    "open seal", "agree", "reopen", "revise", "sync", "sync",
)  # fmt: skip
"""All kinds of acts, with names that slip in and are hidden, interviews forgotten, rounds and decisions."""
NAME = "Zephyrine"


class Step(NamedTuple):
    """One act on one copy; `x` and `y` choose what it is done to."""

    copy: int
    action: str
    x: int
    y: int


def histories(copies: int, most: int = 24, actions: Sequence[str] = ACTIONS) -> st.SearchStrategy[list[Step]]:
    """Lists of acts spread over the copies."""
    small = st.integers(0, 5)
    step = st.builds(Step, st.integers(0, copies - 1), st.sampled_from(actions), small, small)
    return st.lists(step, max_size=most)


def copies_of(path: Path, folder: Path, count: int) -> list[Project]:
    """Copies of a project file, open, each with another person at work."""
    found = []
    for n in range(count):
        shutil.copy(path, folder / f"copy-{n}.qualcode")
        project = open_project(folder / f"copy-{n}.qualcode")
        project.db.execute("PRAGMA synchronous = OFF")
        project.coder = project.coders.get(PEOPLE[n % 2])
        found.append(project)
    return found


def play(projects: list[Project], steps: list[Step]) -> None:
    """Do the acts; what a copy refuses is left out."""
    for step in steps:
        try:
            _do(projects, step)
        except QualcodeError:
            continue


def take(into: Project, other: Project) -> None:
    """Merge the whole of one copy into another."""
    merge(into, read_project(other.path))


def dump(project: Project) -> dict[str, Any]:
    """Everything that merging must make equal."""
    db = project.db
    found: dict[str, Any] = {
        name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
        for name in [*tables(db), "aliases", "journal", "journal_rows"]
    }
    found["texts"] = sorted(
        db.execute("SELECT * FROM texts WHERE hash IN (SELECT text_hash FROM transcripts)").fetchall()
    )
    found["conflicts"] = project.conflicts.all()
    return found


def _pick(found: list[Any], n: int) -> Any:
    if not found:
        raise QualcodeError("nothing there")
    return found[n % len(found)]


def _do(projects: list[Project], step: Step) -> None:
    copy, action, x, y = step
    project = projects[copy]
    me = project.require_coder()
    codes = project.codebook.all(retired=True)
    codings = project.codings.all(coder=me)
    interviews = project.transcripts.all()
    match action:
        case "code":
            project.codebook.add(Code("", SLUGS[x % 4], Bilingual(SLUGS[x % 4]), Bilingual(f"{me.name} {y}")))
        case "rename":
            project.codebook.change(replace(_pick(codes, x), slug=SLUGS[y % 4]))
        case "define":
            project.codebook.change(replace(_pick(codes, x), definition=Bilingual(f"{me.name} {y}")))
        case "retire":
            project.codebook.change(replace(_pick(codes, x), retired=bool(y % 2)))
        case "drop code":
            project.codebook.remove(_pick(codes, x))
        case "below":
            project.codebook.change(replace(_pick(codes, x), parent_id=_pick(codes, y).id))
        case "coding":
            project.codings.add(_pick(interviews, x), 3 * y, 3 * y + 4 + x, _pick(codes, y))
        case "move":
            project.codings.move(_pick(codings, x), y, y + 5)
        case "recode":
            project.codings.recode(_pick(codings, x), _pick(codes, y))
        case "uncode":
            project.codings.remove(_pick(codings, x))
        case "interview":
            _add_interview(project, x % 3, y)
        case "drop interview":
            project.transcripts.remove(_pick(interviews, x))
        case "describe":
            project.transcripts.describe(_pick(interviews, x), case=f"0{y % 3}", informant=Role.PARENT)
        case "done":
            project.progress.mark(_pick(interviews, x), me, bool(y % 2))
        case "memo":
            project.memos.add("transcript", _pick(interviews, x).id, f"let op {y}")
        case "drop memo":
            project.memos.remove(_pick([m for m in project.memos.all() if m.coder_id == me.id], x))
        case "setting":
            project.settings.set("iou_agreed", 0.5 + x / 10)
        case "person":
            project.coders.add(("Carla", "carla", "CARLA")[x % 3])
        case "undo":
            project.undo()
        case "redo":
            project.redo()
        case "undo past":
            project.undo(past=True)
        case "correct":
            _correct(project, _pick(interviews, x), y)
        case "merge codes":
            merge_codes(project, _pick(codes, x), _pick(codes, y))
        case "split":
            code = _pick(codes, x)
            split_code(project, code, [c for c in codings if c.code_id == code.id][:1], SLUGS[y % 4] + "-2")
        case "hide":
            hide(project, _pick(interviews, x), NAME)
        case "forget":
            forget(project, _pick(interviews, x))
        case "name":
            _put_name(project, _pick(interviews, x), y)
        case "name in memo":
            project.memos.add("transcript", _pick(interviews, x).id, f"{NAME} {y}")
        case "speaker":
            one = _pick(interviews, x)
            project.transcripts.set_turns(
                one, [replace(t, speaker=(NAME, "R", "I")[y % 3]) for t in one.turns]
            )
        case "round":
            project.rounds.start(interviews[: 1 + x % 2], project.coders.all()[:2], f"r{y}")
        case "open seal":
            one = _pick(project.rounds.all(), x)
            project.rounds.open_seal(one, [project.transcripts.get(t) for t in one.transcripts], "samen")
        case "agree":
            _agree(project, x)
        case "reopen":
            project.decisions.reopen(_pick(project.decisions.all(), x))
        case "revise":
            one = _pick([c for c in project.conflicts.all() if c.kind is ConflictKind.CORRECTED], x)
            project.conflicts.choose(one, bool(y % 2))
        case "sync":
            take(project, projects[(copy + 1 + x) % len(projects)])
        case _:
            _choose(project, x, y)


def _add_interview(project: Project, n: int, y: int) -> None:
    name = sorted(TEXTS)[n]
    text = TEXTS[name]
    turns = [Turn(1, 0, 12, "I", True), Turn(2, 13, len(text), "R")]
    project.transcripts.add(name, text, turns, case=f"0{y % 3}", informant=Role.TEACHER)


def _choose(project: Project, x: int, y: int) -> None:
    texts = [c for c in project.conflicts.all() if c.kind is ConflictKind.TEXT]
    project.conflicts.choose(_pick(texts, x), bool(y % 2))


def _correct(project: Project, transcript: Transcript, y: int) -> None:
    word = ("belden", "elke", "week", "juf", "en", "We")[y]
    start = transcript.text.find(word)
    if start >= 0:
        span, better = Span(start, start + len(word)), ("belde", "elke lange", "", "de juf", "of", "Wij")[y]
        project.revisions.make(*corrected_words(project, transcript, span, better), drop=bool(y % 2))


def _put_name(project: Project, transcript: Transcript, y: int) -> None:
    word = ("belden", "week", "ik")[y % 3]
    start = transcript.text.find(word)
    if start >= 0:
        plan = corrected_words(project, transcript, Span(start, start + len(word)), f"{word} {NAME}")
        project.revisions.make(*plan)


def _agree(project: Project, x: int) -> None:
    people = project.coders.all()
    readers = [one for one in people if one.kind is not CoderKind.CONSENSUS][:2]
    comparison = compare(project, *readers)
    take_agreed(project, agenda(project, comparison))


def records(project: Project) -> dict[str, Any]:
    """The analysis as it stands: every record, whatever entries it came about by."""
    db = project.db
    return {name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in tables(db)}
