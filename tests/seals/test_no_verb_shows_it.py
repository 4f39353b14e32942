"""Every verb, every table and every document over a sealed round: nothing of the other, not even a count."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from qualcode.cli.group import qualcode
from tests.seals.two_worlds import OPEN, SEALED, SECRET, Worlds, make_worlds, plain, words_of

P, OUT, FILE = "{project}", "{out}", "{file}"
TEACHER = SEALED[0]

# what every verb is called with; those that change something run on a copy
CALLS: dict[str, list[list[str]]] = {
    "import": [[P, FILE + "/new.txt"]],
    "project import": [[P, FILE + "/other.qdpx"]],
    "survey plan": [[P, FILE + "/answers.csv"]],
    "survey import": [[P, FILE + "/answers.csv"]],
    "survey scale": [[P, "steun=C"]],
    "survey show": [[P]],
    "transcripts list": [[P]],
    "transcripts show": [[P, TEACHER]],
    "names done": [[P, TEACHER]],
    "names forget": [[P, TEACHER]],
    "names hide": [[P, TEACHER, "Anna"]],
    "names key": [[P]],
    "names scan": [[P]],
    "revise": [[P, TEACHER, FILE + "/corrected.txt", "--dry-run"], [P, TEACHER, FILE + "/corrected.txt"]],
    "speakers": [[P]],
    "coders add": [[P, "carla"]],
    "coders list": [[P]],
    "coders pin": [[P, "bram"]],
    "codebook add": [[P, "nieuw"]],
    "codebook change": [[P, "tijd", "--name", "Tijd en duur"]],
    "codebook export": [[P, "-o", OUT + "/book.yaml"]],
    "codebook import": [[P, FILE + "/book.yaml"]],
    "codebook merge": [[P, "tijd", "meta"]],
    "codebook nest": [[P, "tijd", "meta"]],
    "codebook retire": [[P, "tijd"], [P, "rest"]],
    "codebook review": [[P, "tijd"], [P, "meta", "--done"]],
    "codebook show": [[P], [P, "tijd"]],
    "codebook versions": [[P, "tijd"]],
    "code": [[P, TEACHER, "0", "8", "rest"]],
    "codings export": [[P], [P, "-o", OUT + "/codings.csv"], [P, "--coder", "bram"]],
    "codings import": [[P, FILE + "/codings.csv"]],
    "import-codings": [[P, FILE + "/coded.docx"]],
    "paper": [[P, TEACHER, FILE + "/pencil.txt"]],
    "done": [[P, TEACHER]],
    "search": [
        [P, "weken"],
        [P, "code:tijd weken"],
        [P, SECRET],
        [P, "week", "--memos"],
        [P, "--forget", "week"],
    ],
    "words": [[P], [P, "--by", "code"]],
    "similar": [[P, "--code", "tijd"], [P, "--code", "meta"]],
    "language prefer": [[P, "nl_nothing"]],
    "language suggest": [[P, "sealed"]],
    "sample": [[P, "--seed", "7"]],
    "plan": [[P], [P, "--more", "3"]],
    "compare": [[P], [P, "--all"]],
    "agreement": [[P], [P, "--all"]],
    "audit": [[P], [P, "--figures", FILE + "/codings.csv"]],
    "coders here": [[P, "bram"]],
    "round close": [[P, "1"]],
    "round open-seal": [[P, "1", TEACHER, "--reason", "we willen kijken"]],
    "round reflect": [[P, "1", "goals", "samen"]],
    "round show": [[P], [P, "1"]],
    "round start": [[P, OPEN]],
    "invite": [[P, "bram"]],
    "accept": [[FILE + "/anna.qci", P]],
    "share": [[P]],
    "merge": [[P, FILE + "/anna.qcx"]],
    "compare-copies": [[P, P]],
    "decide": [[P]],
    "themes add": [[P, "Samen", "tijd"]],
    "themes change": [[P, "Tijd", "--text", "nieuw"]],
    "themes list": [[P]],
    "themes quote": [[P, "Tijd", "1", "--star"], [P, "Tijd", "2", "--star"]],
    "themes remove": [[P, "Tijd"]],
    "themes show": [[P, "Tijd"]],
    "matrix": [[P], [P, "--passages"], [P, "--coder", "bram"]],
    "cases headings": [[P], [P, "group=Klas"]],
    "cases import": [[P, FILE + "/cases.csv"]],
    "cases list": [[P]],
    "cases set": [[P, "01", "jaar=3"]],
    "cases show": [[P, "01"]],
    "parts": [[P], [P, "vraag"]],
    "roles add": [[P, "jeugdarts"]],
    "roles list": [[P]],
    "roles remove": [[P, "jeugdarts"]],
    "rank answer": [[P, "samenwerking", OPEN, TEACHER, "first"]],
    "rank ask": [[P, "samenwerking"]],
    "rank compare": [[P, "samenwerking"]],
    "rank contrast": [[P, "samenwerking"]],
    "rank list": [[P]],
    "rank new": [[P, "andere"]],
    "rank order": [[P, "samenwerking", OPEN, *SEALED]],
    "rank remove": [[P, "samenwerking"]],
    "rank settle": [[P, "samenwerking", OPEN, *SEALED, "--reason", "zo"]],
    "checklist export": [[P]],
    "checklist import": [[P, FILE + "/checklist.yaml"]],
    "checklist overview": [[P], [P, "--coder", "bram"]],
    "checklist rate": [[P, "01", "{criterion}", "good"], [P, "01", "{criterion}", "mixed", "--note", "zo"]],
    "checklist settle": [[P, "01", "{criterion}", "good", "--reason", "zo"]],
    "checklist show": [[P]],
    "export agreement": [[P, "-o", OUT + "/agreement.docx"], [P, "-o", OUT + "/agreement.csv"]],
    "export codings": [[P, "-o", OUT + "/codings.xlsx"]],
    "export project": [[P, "-o", OUT + "/study.qdpx"]],
    "export paper": [[P, TEACHER, "-o", OUT + "/paper.docx"]],
    "export transcript": [[P, TEACHER, "-o", OUT + "/coded.docx"]],
    "export table": [
        [name, P, "-o", f"{OUT}/{name}.csv"]
        for name in ("codings", "quotes", "cases", "differences", "agreement")
    ],
    "settings": [[P]],
    "undo": [[P], [P, "--past"]],
    "redo": [[P]],
    "journal": [[P]],
    "check": [[P]],
    "repair": [[P]],
    "backup": [[P]],
    "restore": [[P]],
}
DOCUMENTS = (
    *("chapter", "checklist", "checklist-cases", "checklist-form", "codebook", "differences", "everything"),
    *("matrices", "ranking", "respondents", "themes", "article", "board", "differences-form"),
)
for name in DOCUMENTS:
    CALLS[f"export {name}"] = [
        [P, "-o", f"{OUT}/{name}.docx"],
        [P, "-o", f"{OUT}/{name}b.docx", "--coder", "bram"],
    ]
CALLS["verify"] = [[P, FILE + "/written.docx"]]
CALLS["import-remarks"] = [[P, FILE + "/written.docx"], [P, FILE + "/written.docx", "--dry-run"]]
CALLS["export margin"] = [[P, TEACHER, "-o", OUT + "/margin.docx"]]
# they open no project, or ask the terminal for keys
ELSEWHERE = {
    "demo",
    "new",
    "open",
    "names find",
    "names replace",
    "language install",
    "language sentences",
    "doctor",
}
# what ends in a mark, where people's words do
NAMES = {OPEN, *SEALED, "01", "02", "anna", "bram", "samenwerking", "Tijd"}
# that the other did something, and when, may be known; what it was may not
COUNTED = {"journal", "merge", "compare-copies", "undo", "export project", "backup", "restore"}


def commands() -> dict[str, click.Command]:
    """Every command by its words."""
    context = click.Context(qualcode)

    def below(command: click.Command, path: str) -> dict[str, click.Command]:
        if not isinstance(command, click.Group):
            return {path: command}
        found: dict[str, click.Command] = {}
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            assert under is not None
            found |= below(under, f"{path} {name}".strip())
        return found

    return below(qualcode, "")


def test_every_verb_is_walked() -> None:
    assert set(CALLS) | ELSEWHERE == set(commands())
    assert not set(CALLS) & ELSEWHERE


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return make_worlds(tmp_path_factory.mktemp("worlds"))


def called(
    project: Path, place: Path, verb: str, arguments: list[str], who: list[str], mark: str = ""
) -> tuple[Result, list[Path]]:
    """What a call on a copy prints, and the files it writes; `mark` ends the names in the project."""
    folder, out, given = (place / name for name in ("project", "out", "given"))
    for made in (folder, out, given):
        made.mkdir(parents=True)
    copy = folder / "study.qualcode"
    shutil.copyfile(project, copy)
    (given / "codings.csv").write_text(f"transcript,start,end,code,coder\n{TEACHER},3,8,rest,anna\n")
    (given / "corrected.txt").write_text(
        "I: Hoe ging het?\nR: Dat gaf lucht.\nI: En toen?\nR: Na negen weken ging het beter.\n"
    )
    (given / "new.txt").write_text("I: Hallo?\nR: Hier ben ik.\n")
    (given / "answers.csv").write_text("nr,rol,cijfer,Wat hielp?\n1,leraar,7,Dat we samen keken.\n")
    (given / "pencil.txt").write_text("1-2 tijd\n")
    (given / "cases.csv").write_text("case,jaar\n01,3\n")
    if verb == "accept":
        theirs = shutil.copyfile(project, given / "theirs.qualcode")
        run = CliRunner().invoke(qualcode, invitation_of(theirs, mark))
        assert run.exit_code == 0, run.output
    if verb in ("verify", "import-remarks"):
        run = CliRunner().invoke(qualcode, ["export", "themes", str(copy), "-o", str(given / "written.docx")])
        assert run.exit_code == 0, run.output
    fill = {"project": str(copy), "out": str(out), "file": str(given), "criterion": "overleg"}
    words = [word.format(**fill) + (mark if word in NAMES else "") for word in (*arguments, *who)]
    run = CliRunner().invoke(qualcode, [*verb.split(), *words], env={"QUALCODE_PIN": ""})
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
    beside = (path for path in folder.iterdir() if path.suffix != ".qualcode")
    return run, [path for path in (*sorted(out.rglob("*")), *sorted(beside)) if path.is_file()]


def invitation_of(project: Path, mark: str) -> list[str]:
    """The words with which bram invites anna."""
    out = project.with_name("anna.qci")
    return ["invite", str(project), f"anna{mark}", "--as", f"bram{mark}", "-o", str(out)]


def told(project: Path, place: Path, verb: str, arguments: list[str], who: list[str]) -> str:
    """All that a call tells: on the screen, and in the files it writes."""
    run, written = called(project, place, verb, arguments, who)
    files = "".join(f"\n== {path.name}\n{words_of(path)}" for path in written)
    return plain(f"{run.exit_code}\n{run.output}{files}", place)


@pytest.mark.parametrize("verb", sorted(CALLS))
def test_no_verb_shows_what_is_sealed(verb: str, worlds: Worlds, tmp_path: Path) -> None:
    takes = {option for parameter in commands()[verb].params for option in parameter.opts}
    people = [[], ["--as", "anna"]] if "--as" in takes else [[]]
    forms = [[], ["--json"]] if "--json" in takes else [[]]
    n = 0
    for arguments in CALLS[verb]:
        for who in people:
            for form in forms:
                n += 1
                without = told(worlds.without, tmp_path / f"{n}a", verb, arguments, [*who, *form])
                with_work = told(worlds.with_work, tmp_path / f"{n}b", verb, arguments, [*who, *form])
                if not any(SECRET in argument for argument in arguments):
                    assert SECRET not in with_work
                if verb not in COUNTED:
                    assert with_work == without
