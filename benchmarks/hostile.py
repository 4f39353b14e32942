"""Share files that somebody made up or broke: each is refused in words, or does no harm.

An honest share file is changed in one place (a field of a line, a line, a text, the manifest, a byte of the file), its
sum is made right again, and it is merged into a copy of a project. Either that is refused in words, and the project
stays as it was; or every door opens afterwards: check finds nothing, lists, figures and documents are made, and the
one whose project it is can go on coding and share.

    python -m benchmarks.hostile          500 changes
    python -m benchmarks.hostile 5000     as many as you say (some ten minutes); a seed may follow
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import shutil
import sys
import tempfile
import traceback
import uuid
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from click.testing import CliRunner

from qualcode.cli.group import qualcode
from qualcode.errors import QualcodeError
from qualcode.i18n import Bilingual
from qualcode.model import Code, CoderKind, Role, Turn, Verdict
from qualcode.store.journal import share
from qualcode.store.project import Project, create_project, open_project
from qualcode.store.records.decisions import Outcome, Why
from qualcode.tasks.coding.codebook import checklist_for
from qualcode.tasks.comparing.agenda import agenda, decide
from qualcode.tasks.comparing.comparison import compare
from qualcode.tasks.project.sharing import begin_copy, take
from qualcode.tasks.transcripts.names import mark_reviewed
from qualcode.tasks.transcripts.revising import corrected_words
from qualcode.text.normal import text_hash
from qualcode.text.spans import Span

TALK = {
    "casus-01-ouder": (
        "Hoe ging het?",
        "We belden elke week, 👩‍👧 en ik.",
        "En toen?",
        "Ik stond er alleen voor.",
    ),
    "casus-01-leraar": ("Hoe ging het?", "Dat gaf lucht, café of niet.", "En toen?", "Na acht weken beter."),
    "casus-02-leraar": ("Hoe ging het?", "Niemand nam de telefoon op.", "En toen?", "Dat bleef zo."),
}


@dataclass
class Members:
    """What is in a share file, taken apart."""

    manifest: Any
    entries: list[Any]
    texts: list[Any]

    def packed(self, *, signed: bool = True) -> bytes:
        """The share file, its sum made right."""
        lines = {
            f"{name}.jsonl": "".join(json.dumps(line) + "\n" for line in found).encode()
            for name, found in (("entries", self.entries), ("texts", self.texts))
        }
        if signed and isinstance(self.manifest, dict):
            with contextlib.suppress(UnicodeEncodeError, TypeError, KeyError, ValueError, OSError):
                return share.zipped(self.manifest, lines)  # also signed, as its sender can
        return share._zipped({"manifest.json": json.dumps(self.manifest).encode(), **lines})


def opened(content: bytes) -> Members:
    """A share file, taken apart."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        raw = {name: archive.read(name) for name in archive.namelist()}
    lines = {
        name: [json.loads(line) for line in raw[f"{name}.jsonl"].split(b"\n") if line]
        for name in ("entries", "texts")
    }
    return Members(json.loads(raw["manifest.json"]), lines["entries"], lines["texts"])


def honest(folder: Path) -> tuple[Path, bytes]:
    """Anna's project, and the share file of bram, who did something of every kind in his copy."""
    path = folder / "anna.qualcode"
    with create_project(path, "A study") as project:
        project.coder = anna = project.coders.add("anna")
        project.coders.add("bram", CoderKind.RESEARCHER)
        for slug in ("tijd", "meta"):
            project.codebook.add(Code("", slug, Bilingual(slug, slug)))
        _interview(project, "casus-01-ouder", "01", Role.PARENT)
        project.codings.add("casus-01-ouder", 14, 34, "tijd")
        project.progress.mark(project.transcripts.get("casus-01-ouder"), anna)
    shutil.copy(path, folder / "bram.qualcode")
    with open_project(path, "anna") as project:  # apart from what bram corrects in the same interview
        project.revisions.make(
            *corrected_words(project, project.transcripts.get("casus-01-ouder"), Span(17, 23), "bellen")
        )
    with open_project(folder / "bram.qualcode", "bram") as project:
        _story(project)
        return path, share.pack(project, project.require_coder())


def _interview(project: Project, name: str, case: str, role: Role) -> None:
    turns, start = [], 0
    for n, words in enumerate(TALK[name], 1):
        turns.append(
            Turn(n, start, start + len(words), "I" if n % 2 else "R", bool(n % 2), 1000 * n, 1000 * n + 900)
        )
        start += len(words) + 1
    project.transcripts.add(
        name, "\n".join(TALK[name]), turns, case=case, informant=role, source=f"{name}.txt"
    )


def _story(project: Project) -> None:
    """Something of every kind that leaves a record."""
    anna, bram = project.coders.get("anna"), project.require_coder()
    project.coders.add("carla", CoderKind.AUDITOR)
    _interview(project, "casus-01-leraar", "01", Role.TEACHER)
    _interview(project, "casus-02-leraar", "02", Role.TEACHER)
    first, second, third = (project.transcripts.get(name) for name in TALK)
    above = project.codebook.add(
        Code("", "samen", Bilingual("Samen", "Together"), Bilingual("Wat samen gaat"))
    )
    project.codebook.add(Code("", "lucht", Bilingual("Lucht", "Air"), parent_id=above.id))
    project.codebook.change(replace(project.codebook.get("meta"), definition=Bilingual("Over het gesprek")))
    project.cases.set_attributes(project.cases.get("01"), {"jaar": "3"})
    one = project.rounds.start([first], [anna, bram], "de eerste")
    mine = project.codings.add(first, 14, 34, "meta")
    project.codings.add(first, 55, 70, "samen")
    project.codings.add(second, 14, 27, "lucht")
    project.memos.add("coding", mine.id, "twijfel\nen nog iets")
    for kind, key in (
        ("transcript", first.id),
        ("code", above.id),
        ("case", project.cases.get("01").id),
        ("project", ""),
    ):
        project.memos.add(kind, key, "let op")
    for who in (anna, bram):
        project.progress.mark(first, who)
    comparison = compare(project, anna, bram)
    points = agenda(project, comparison)
    project.own_reasons.write(points.items[0].key, first, "zo las ik het")
    decide(project, points, points.items[:1], Outcome.B, reason=Why.SLIP, text="bram las beter")
    project.reflections.answer(one, "goals", "samen")
    project.rounds.close(one)
    project.checklist.take(_checklist())
    criterion = project.checklist.book().criteria[0]
    project.ratings.rate(
        criterion, project.cases.get("01"), bram, Verdict.POOR, evidence=[mine.id], note="nee"
    )
    project.revisions.make(*corrected_words(project, second, Span(8, 11), "vond"))
    second = project.transcripts.get(second.name)
    theme = project.themes.add("Tijd", [project.codebook.get("tijd").id])
    held = project.themes.hold(theme, second, Span(15, 28))
    project.revisions.make(
        *corrected_words(project, project.transcripts.get(first.name), Span(0, 3), "En hoe")
    )
    project.themes.set_quotes([replace(held, starred=True, subgroup="lucht", short="Dat gaf lucht")])
    ranking = project.rankings.add("samenwerking", [first, second, third])
    project.rankings.set_order(ranking, bram, [[third.id], [second.id, first.id]], "telefoon")
    project.rankings.answer(ranking, bram, first.id, second.id, 1)
    for name, value in (("iou_agreed", 0.8), ("searches", {"week": "week"}), ("stop_words", {"nl": ["de"]})):
        project.settings.set(name, value)
    project.names.add([("[leerling-1]", "child", 1)])
    project.names.refuse(["Week"])
    project.names.hide({"Telefoon": ("[ding-1]", True)}, "other")
    project.codings.move(project.codings.all(transcript=second)[0], 14, 20)
    project.undo()
    project.redo()
    project.codings.remove(project.codings.add(third, 0, 3, "tijd"))
    for transcript in project.transcripts.all():
        mark_reviewed(project, transcript)


def _checklist() -> Any:
    found = checklist_for("samenwerking")
    assert found is not None
    return replace(found, criteria=found.criteria[:2])


# what is changed

LONG = "x" * 300_000
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 7, 2**31, 2**53 - 1, 2**53, 2**63, 2**64, 10**30, 1.5, float("nan"), float("inf")),
    *("", " ", "x", "a\nb", "\x1b[2J", "a\0b", "\ud800", "e\u0301", "a\u202eb", "=1+1", "../../x", "x, y", LONG),
    *([], {}, [[]], {"a": 1}, [None], "[]", "{}", "null", "NaN", "[1]", '["x"]', '[["x"]]', '{"nl": 3}'),
    *("[" * 20_000 + "]" * 20_000, '"\\ud800"', "1e999", "9" * 5_000),
    *("2026-13-45T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-01-01", "yesterday"),
    *("running", "closed", "consensus", "auditor", "practitioner", "both", "later", "good", "open", "nl", "fr"),
)  # fmt: skip
Place = tuple[Any, Any]
"""A list or mapping, and the index or key in it."""


def places(value: Any) -> Iterator[Place]:
    """Every place in a nested value."""
    pairs = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for key, inner in pairs:
        yield value, key
        yield from places(inner)


def _changed(random: Random, value: Any, known: list[Any]) -> Any:
    """Something else in the place of a value."""
    how = random.randrange(4)
    if how == 0 and isinstance(value, str) and value[:1] in "[{":
        return _changed_json(random, value, known)
    if how <= 1 and isinstance(value, int) and not isinstance(value, bool):
        return random.choice((value + 1, value - 1, -value, value * 10, value + 10**6))
    if how == 1 and isinstance(value, str) and value:
        at = random.randrange(len(value))
        return random.choice(
            (
                value[:at],
                value + value,
                value[:at] + "\n" + value[at:],
                value.upper(),
                value[:at] + "é" + value[at + 1 :],
            )
        )
    return copy.deepcopy(random.choice(known if how == 2 else ODD))


def _changed_json(random: Random, value: str, known: list[Any]) -> str:
    try:
        inner = json.loads(value)
    except (ValueError, RecursionError):
        return value[:-1]
    found = list(places(inner))
    if not found:
        return json.dumps([random.choice(known)])
    where, key = random.choice(found)
    if random.random() < 0.2:
        del where[key]
    elif random.random() < 0.2 and isinstance(where, list):
        where.append(copy.deepcopy(where[key]))
    else:
        where[key] = _changed(random, where[key], known)
    return json.dumps(inner)


def change_field(random: Random, members: Members) -> str:
    """One value of one line becomes another."""
    known = _known(members)
    n = random.randrange(len(members.entries))
    # half of them in a record, where most columns are
    found = list(places(members.entries[n]))
    inner = [place for place in found if isinstance(place[0], dict) and place[0] is not members.entries[n]]
    where, key = random.choice(inner if inner and random.random() < 0.7 else found)
    old = where[key]
    where[key] = _changed(random, old, known)
    return f"{members.entries[n]!r:.60}: {key!r} from {old!r:.60} to {where[key]!r:.80}"


def change_column_throughout(random: Random, members: Members) -> str:
    """One value becomes another wherever it stands."""
    n = random.randrange(len(members.entries))
    scalars = [
        place[0][place[1]] for place in places(members.entries[n]) if isinstance(place[0][place[1]], str)
    ]
    old = random.choice(scalars)
    new = _changed(random, old, _known(members))
    for line in (*members.entries, *members.texts):
        for where, key in list(places(line)):
            if where[key] == old:
                where[key] = new
    return f"{old!r:.60} to {new!r:.80} throughout"


def change_lines(random: Random, members: Members) -> str:
    """Lines go, come twice, change places or mix."""
    lines = members.entries
    a, b = random.randrange(len(lines)), random.randrange(len(lines))
    how = random.randrange(9)
    match how:
        case 0:
            del lines[a]
        case 1:
            del lines[min(a, b) : max(a, b) + 1]
        case 2:
            lines.insert(b, copy.deepcopy(lines[a]))
        case 3:
            lines.insert(b, {**copy.deepcopy(lines[a]), "id": str(uuid.UUID(int=random.getrandbits(128)))})
        case 4:
            lines[a]["tick"], lines[b]["tick"] = lines[b]["tick"], lines[a]["tick"]
        case 5:
            random.shuffle(lines)
        case 6:
            lines[a]["undoes"] = lines[b]["id"]
        case 7:
            lines[a]["changes"] += copy.deepcopy(lines[b]["changes"])
        case _:
            for line, tick in zip(lines, random.sample(range(1, len(lines) + 99), len(lines)), strict=True):
                line["tick"] = tick
    return f"lines, way {how}, {a} and {b}"


def change_change(random: Random, members: Members) -> str:
    """A change of a record goes, turns round, or lacks or gains a column."""
    line = random.choice([line for line in members.entries if line["changes"]])
    change = random.choice(line["changes"])
    how = random.randrange(8)
    rows = [row for row in change[2:] if row]
    match how:
        case 0:
            line["changes"].remove(change)
        case 1:
            change[2], change[3] = change[3], change[2]
        case 2 if rows:
            row = random.choice(rows)
            del row[random.choice(list(row))]
        case 3 if rows:
            random.choice(rows)[random.choice(("text", "x", "id", "start", "kind"))] = random.choice(ODD[:40])
        case 4:
            change[3] = None
        case 5:
            change[2] = None
        case 6:
            other = random.choice(random.choice(members.entries)["changes"] or [change])
            change[0] = other[0]
        case _:
            other = random.choice(random.choice(members.entries)["changes"] or [change])
            change[1] = other[1]
    return f"a change, way {how}: {change!r:.150}"


def change_text(random: Random, members: Members) -> str:
    """The text of an interview becomes another one, with its hash right wherever it stands."""
    n = random.randrange(len(members.texts))
    old, text = members.texts[n]
    if not isinstance(text, str) or not text:
        return "a text that is none"
    at = random.randrange(len(text))
    new = random.choice(
        (text[:at], text[at:], text + text, text[:at] + "e\u0301" + text[at:], text[:at] + "\0" + text[at:], "", " ",
         text[:at] + "\r\n" + text[at:], text[:at] + "👩\u200d👧" + text[at:], "x", "\x1b" + text, text[::-1])
    )  # fmt: skip
    whole = json.dumps(members.entries).replace(old, text_hash(new))
    members.entries = json.loads(whole)
    members.texts[n] = random.choice(([text_hash(new), new],) * 4 + ([old, new], [new], [text_hash(new), 3]))
    return f"text {text!r:.50} to {new!r:.80}"


def change_manifest(random: Random, members: Members) -> str:
    """One value of the manifest becomes another."""
    name = random.choice(list(members.manifest))
    members.manifest[name] = copy.deepcopy(random.choice(ODD))
    return f"manifest {name} is {members.manifest[name]!r:.80}"


def _known(members: Members) -> list[Any]:
    """Values that stand somewhere in the file: ids, names, hashes, moments."""
    found = [where[key] for line in members.entries for where, key in places(line)]
    return [value for value in found if not isinstance(value, dict | list)]


WAYS: tuple[tuple[Callable[[Random, Members], str], int], ...] = (
    (change_field, 60),
    (change_column_throughout, 10),
    (change_lines, 10),
    (change_change, 12),
    (change_text, 5),
    (change_manifest, 3),
)


def changed_bytes(random: Random, content: bytes) -> tuple[bytes, str]:
    """A file with bytes changed, cut off, put in or repeated."""
    at, size = random.randrange(len(content)), random.randrange(1, 40)
    how = random.randrange(4)
    match how:
        case 0:
            made = content[:at] + bytes([content[at] ^ random.randrange(1, 256)]) + content[at + 1 :]
        case 1:
            made = content[:at]
        case 2:
            made = content[:at] + random.randbytes(size) + content[at:]
        case _:
            made = content[:at] + content[at + size :]
    return made, f"bytes, way {how}, at {at}"


def mutation(seed: int, content: bytes) -> tuple[bytes, str]:
    """The share file with one thing changed, and what that was; the same for the same seed."""
    random = Random(seed)
    if random.random() < 0.08:
        return changed_bytes(random, content)
    members = opened(content)
    ways, weights = zip(*WAYS, strict=True)
    told = random.choices(ways, weights)[0](random, members)
    if random.random() < 0.2 and members.entries and members.texts:
        told += f"; {random.choices(ways, weights)[0](random, members)}"
    return members.packed(), told


# what must hold

LISTS = (
    *(["check"], ["codings", "export"], ["agreement"], ["compare"], ["themes", "list"], ["journal"]),
    *(
        ["codebook", "show"],
        ["transcripts", "list"],
        ["cases", "list"],
        ["rank", "list"],
        ["checklist", "overview"],
    ),
    *(["round", "show"], ["decide"], ["settings"], ["coders", "list"]),
)
RARELY = (
    *(["rank", "compare", "samenwerking"], ["search", "week"], ["words"], ["names", "scan"], ["matrix"]),
    *(["export", "everything", "-o", "all.docx"], ["export", "codings", "-o", "all.xlsx"]),
    *(["export", "project", "-o", "all.qdpx"], ["export", "ranking", "-o", "ranking.md"]),
)
# what may be said: a round runs or has ended, something of the honest file was taken out of this one
IN_ORDER = (
    *("still running", "sealed", "is frozen as you both", "can no longer be undone", "lies deeper than"),
    *(
        "There is no ranking",
        "Nobody has put these",
        "Nothing is coded yet",
        "There is nothing to undo",
        "is marked done",
    ),
)


@dataclass
class Found:
    """How many were refused, let in, and what went wrong."""

    refused: Counter[str] = field(default_factory=Counter)
    harmless: int = 0
    refused_later: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def attack(
    project: Path, content: bytes, folder: Path, found: Found, told: str, *, thorough: bool, fresh: bool
) -> None:
    """Merge one file into a copy of a project (or begin one with it), and open the doors afterwards."""
    target, file = folder / "copy.qualcode", folder / "bram.qcx"
    file.write_bytes(content)
    if not fresh:
        shutil.copyfile(project, target)
    try:
        if fresh:
            begin_copy(target, file)
        else:
            with open_project(target, "anna") as here:
                take(here, file)
    except QualcodeError as error:
        found.refused[" ".join(str(error).split())[:60]] += 1
        if target.exists() if fresh else target.read_bytes() != project.read_bytes():
            found.wrong.append(f"{told}\n   refused, and yet the file was changed")
        return
    except Exception:  # whatever it is: that is what is looked for
        found.wrong.append(f"{told}\n   merge: {traceback.format_exc(limit=-3)}")
        return
    wrong = list(_doors(target, found, thorough=thorough, fresh=fresh))
    found.wrong += [f"{told}\n   {line}" for line in wrong]
    found.harmless += not wrong


def _doors(target: Path, found: Found, *, thorough: bool, fresh: bool) -> Iterator[str]:
    for verb in (*LISTS, *(RARELY if thorough else ())):
        words = [
            str(target.parent / word) if word.startswith(("all.", "ranking.")) else word for word in verb
        ]
        first = (
            2
            if verb[0]
            not in (
                "check",
                "agreement",
                "compare",
                "journal",
                "decide",
                "settings",
                "search",
                "words",
                "matrix",
            )
            else 1
        )
        options = ["--unreviewed"] if verb[0] == "export" else []
        yield from _said(found, [*words[:first], str(target), *words[first:], *options])
    with open_project(target) as here:
        names = [t.name for t in here.transcripts.all()]
        codes = [code.slug for code in here.codebook.all()]
        people = [coder.name for coder in here.coders.pair()]
        yield from _told_by_program(here)
    me = "anna" if "anna" in people else people[0] if fresh and people else ""
    if not me:
        yield f"anna is locked out: {people}"
    elif names and codes:
        for name in names:
            yield from _said(found, ["transcripts", "show", str(target), name])
            yield from _said(found, ["code", str(target), "--as", me, "--", name, "2", "5", codes[0]])
        yield from _said(found, ["share", str(target), "--as", me, "-o", str(target.parent / "anna.qcx")])
        for person in people if thorough else ():
            yield from _said(found, ["undo", str(target), "--as", person])
        yield from _said(found, ["check", str(target)])


def _told_by_program(here: Project) -> Iterator[str]:
    """What the workbench reads at its start."""
    try:
        for one in (
            here.themes,
            here.codings,
            here.memos,
            here.ratings,
            here.rounds,
            here.decisions,
            here.names,
            here.conflicts,
        ):
            one.all()
        for ranking in here.rankings.all():
            here.rankings.orders(ranking)
        for of in here.rounds.all():
            here.reflections.of(of)
        here.rounds.freezes()
        for name in ("searches", "speakers", "sample", "stop_words", "title"):
            here.settings.get(name)
    except Exception:
        yield traceback.format_exc(limit=-3)


def _said(found: Found, words: list[str]) -> Iterator[str]:
    run = CliRunner().invoke(qualcode, words, env={"QUALCODE_LANG": "en"})
    if run.exception is not None and not isinstance(run.exception, SystemExit):
        yield f"{words[0]} {words[1:3]}: {''.join(traceback.format_exception(run.exception, limit=-3))}"
    elif run.exit_code:
        message = " ".join(run.stderr.split())[:120]
        if words[0] == "check" or run.exit_code != 1 or not any(each in message for each in IN_ORDER):
            yield f"{' '.join(words)[:80]}: {message or run.stdout[:200]}"
        found.refused_later[f"{words[0]}: {message[:60]}"] += 1


def run(times: int, seed: int = 1, *, every: int = 3) -> Found:
    """So many attacks; every so many of them is followed by all doors, and one in seven begins a project."""
    found = Found()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        project, content = honest(folder)
        for n in range(times):
            made, told = mutation(seed * 1_000_003 + n, content)
            with tempfile.TemporaryDirectory(dir=folder) as own:
                attack(
                    project, made, Path(own), found, f"{n}: {told}", thorough=n % every == 0, fresh=n % 7 == 3
                )
    return found


def main() -> None:
    """Attack, and tell how it went."""
    times, seed = (int(word) for word in (*sys.argv[1:3], *("500", "1")[len(sys.argv) - 1 :]))
    found = run(times, seed)
    print(
        f"{times} share files: {found.refused.total()} refused, {found.harmless} harmless, {len(found.wrong)} WRONG"
    )
    for words, n in found.refused.most_common(20):
        print(f"{n:6} refused: {words}")
    for words, n in found.refused_later.most_common(20):
        print(f"{n:6} later: {words}")
    for line in found.wrong[:40]:
        print(f"WRONG {line}")
    sys.exit(bool(found.wrong))


if __name__ == "__main__":
    main()
