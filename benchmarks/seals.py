"""Random sealed rounds of two or three people, each at home on a machine of their own, in any order of the mail.

Before all have fixed what they marked, no home holds any of what another marked; at the end all is frozen and proved,
and the copies are the same.

    python -m benchmarks.seals [HOW MANY] [SEED]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.errors import QualcodeError
from qualcode.i18n import Bilingual
from qualcode.model import Code, CoderKind, Transcript, Turn
from qualcode.reports.wording.claims import Independence
from qualcode.store.journal.state import fingerprint
from qualcode.store.project import Project, create_project, open_project
from qualcode.tasks.comparing.independence import audit
from qualcode.tasks.project.invitations import accept, invite
from qualcode.tasks.project.sharing import share_file, take
from qualcode.tasks.transcripts.hiding import hide
from qualcode.tasks.transcripts.revising import corrected_words
from qualcode.text.spans import Span

PEOPLE = ("anna", "bram", "carla")
WORDS = ("We belden elke week, juf en ik. Zephyrine ook.", "Na acht weken ging het beter.", "Niemand nam op.")
ACTIONS = (
    *("code", "code", "code", "uncode", "move", "recode", "memo", "done", "done", "not done", "undo", "redo"),
    *("correct", "new code", "hide", "star", "mail", "mail", "read", "read", "read"),
)


# of honest people, whatever they do
_MUST_NOT_BE_SAID = ("did not sign", "is not what was fixed", "anew, after another", "does not bear that out")


@dataclass
class Home:
    """Somebody at home: their settings and keys, their copy, and the mail that came."""

    who: str
    folder: Path
    mail: list[Path] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "study.qualcode"

    @contextmanager
    def open(self) -> Iterator[Project]:
        """Their copy, with them at work, on their machine."""
        os.environ["XDG_CONFIG_HOME"] = str(self.folder / "config")
        os.environ["XDG_DATA_HOME"] = str(self.folder / "data")
        with open_project(self.file, self.who) as project:
            project.db.execute("PRAGMA synchronous = OFF")
            yield project


def homes(folder: Path, how_many: int) -> list[Home]:
    """Anna has made a study and invited the others, who have begun."""
    found = [Home(who, folder / who) for who in PEOPLE[:how_many]]
    for home in found:
        home.folder.mkdir()
    anna = found[0]
    os.environ["XDG_CONFIG_HOME"], os.environ["XDG_DATA_HOME"] = (
        str(anna.folder / name) for name in ("config", "data")
    )
    with create_project(anna.file, "A study") as made:
        for home in found:
            made.coders.add(home.who, CoderKind.RESEARCHER)
        made.coder = made.coders.get("anna")
        for slug in ("rust", "tijd", "meta"):
            made.codebook.add(Code("", slug, Bilingual(slug)))
        for n, words in enumerate(WORDS, 1):
            made.transcripts.add(f"casus-0{n}", words, [Turn(1, 0, len(words), "R")])
    for guest in found[1:]:
        with anna.open() as project:
            letter = invite(project, project.coders.get(guest.who), folder / f"{guest.who}.qci")
        os.environ["XDG_CONFIG_HOME"], os.environ["XDG_DATA_HOME"] = (
            str(guest.folder / name) for name in ("config", "data")
        )
        accept(letter, guest.file, lambda _path: "").close()
    return found


def history(seed: int, steps: int = 60) -> str:
    """What became of one history: "proved", or what is wrong."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        people = homes(Path(name), chance.choice((2, 2, 3)))
        with people[0].open() as project:
            project.rounds.start(project.transcripts.all()[: chance.randrange(1, 4)], project.coders.pair())
        _send(people[0], people, Path(name), chance)
        for other in people[1:]:
            with other.open() as project:
                take(project, other.mail.pop())
        for _n in range(steps):
            home = chance.choice(people)
            try:
                if chance.random() < 0.2:
                    _send(home, people, Path(name), chance)
                else:
                    _act(home, chance)
            except QualcodeError as error:
                if any(words in str(error) for words in _MUST_NOT_BE_SAID):
                    return f"refused: {error}"
            if wrong := _leaks(people):
                return wrong
        return _ended(people, Path(name), chance)


def _send(home: Home, people: list[Home], folder: Path, chance: random.Random) -> None:
    """A share file to some of the others; it lies with their mail until they read it, or is lost."""
    with home.open() as project:
        file = share_file(project, project.require_coder(), folder / f"{chance.random()}.qcx")
    for other in people:
        if other is not home and (chance.random() < 0.9 or not other.mail):
            other.mail.append(file)


def _act(home: Home, chance: random.Random) -> None:
    """One act of somebody on their copy; what the copy refuses is left out."""
    action = chance.choice(ACTIONS)
    if action in ("mail", "read"):
        if home.mail:
            with home.open() as project:
                take(project, chance.choice(home.mail))
        return
    with home.open() as project:
        _edit(project, action, chance)


def _edit(project: Project, action: str, chance: random.Random) -> None:
    me, interviews, codes = project.require_coder(), project.transcripts.all(), project.codebook.all()
    if not codes:
        return  # all of them were undone
    one, code = chance.choice(interviews), chance.choice(codes)
    mine = project.codings.all(coder=me)
    at = chance.randrange(len(one.text) - 2)
    match action:
        case "code":
            project.codings.add(one, at, min(at + 1 + chance.randrange(9), len(one.text)), code)
        case "uncode" if mine:
            project.codings.remove(chance.choice(mine))
        case "move" if mine:
            project.codings.move(chance.choice(mine), 0, 3)
        case "recode" if mine:
            project.codings.recode(chance.choice(mine), code)
        case "memo":
            project.memos.add("transcript", one.id, f"let op {me.name}")
        case "done" | "not done":
            project.progress.mark(one, me, action == "done")
        case "undo":
            project.undo(past=True)
        case "redo":
            project.redo()
        case "correct":
            _correct(project, one, at, chance)
        case "new code":
            project.codebook.add(Code("", f"code-{chance.randrange(4)}", Bilingual("Nieuw")))
        case "hide":
            hide(project, one, "Zephyrine")
        case "star":
            theme = project.themes.add(f"Thema {chance.randrange(3)}", [code.id])
            project.themes.hold(theme, one, Span(0, 4))


def _correct(project: Project, one: Transcript, at: int, chance: random.Random) -> None:
    words = chance.choice(("juf", "meester", "toen", ""))
    project.revisions.make(*corrected_words(project, one, Span(at, at + 2), words))


def _leaks(people: list[Home]) -> str:
    """What a home holds of what another marked and has not been shown yet."""
    for home in people:
        with home.open() as project:
            sealed = project.seals.withheld()
            me = project.require_coder().id
            found = project.db.execute("SELECT coder_id, transcript_id FROM codings").fetchall()
            if any(who != me and where in sealed for who, where in found):
                return f"{home.who} holds sealed codings of another"
    return ""


def _ended(people: list[Home], folder: Path, chance: random.Random) -> str:
    """Everybody finishes, and the mail goes round until nothing is left to send."""
    for _round in range(4):
        for home in people:
            with home.open() as project:
                for transcript in project.transcripts.all():
                    project.progress.mark(transcript, project.require_coder())
                file = share_file(project, project.require_coder(), folder / f"{chance.random()}.qcx")
            for other in people:
                if other is not home:
                    with other.open() as project:
                        take(project, file)
    states, fingerprints = Counter[str](), set()
    for home in people:
        with home.open() as project:
            states.update(str(claim.state) for claim in audit(project) if claim.one)
            fingerprints.add(fingerprint(project.db))
    if len(fingerprints) > 1:
        return "the copies are not the same"
    return "proved" if set(states) == {str(Independence.PROVED)} else f"claims: {dict(states)}"


def main(count: int, seed: int) -> int:
    """Print what became of so many histories; 1 if any went wrong."""
    found = Counter[str]()
    for n in range(seed, seed + count):
        try:
            verdict = history(n)
        except Exception as error:  # whatever it is, the seed is wanted
            verdict = f"{type(error).__name__}: {error}"
        found[verdict] += 1
        if verdict != "proved":
            print(f"  seed {n}: {verdict}", flush=True)
    print(f"{count} histories: " + ", ".join(f"{n} {what}" for what, n in found.most_common()))
    return int(set(found) != {"proved"})


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [30, 1][len(numbers) :])))
