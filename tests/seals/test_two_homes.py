"""Two people with a home each: from an invitation to a merged round, and what a dishonest one of them cannot do."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hostile import Members, opened
from benchmarks.seals import history
from qualcode.model import new_id
from qualcode.store.project import open_project
from tests.verbs import ok, refused, run, said, study_with

SECRET = "Zeepaardje"
INTERVIEW = "casus-01-leraar"
WORDS = (
    "I: Hoe ging het?\nR: We belden elke week, juf en ik.\nI: En toen?\nR: Na acht weken ging het beter.\n"
)


@dataclass
class Laptop:
    """A home of its own, with a copy of the project."""

    who: str
    home: Path
    monkeypatch: pytest.MonkeyPatch

    @property
    def project(self) -> Path:
        return self.home / "study.qualcode"

    @property
    def file(self) -> Path:
        """Their share file."""
        return self.home / f"{self.who}.qcx"

    def sit_down(self) -> None:
        for name in ("CONFIG", "DATA"):
            self.monkeypatch.setenv(f"XDG_{name}_HOME", str(self.home / name))

    def does(self, verb: str, *words: object) -> str:
        """A verb on the project, as themselves."""
        self.sit_down()
        return said(*verb.split(), self.project, *words, "--as", self.who)

    def is_refused(self, verb: str, *words: object, who: str = "") -> str:
        self.sit_down()
        return refused(*verb.split(), self.project, *words, "--as", who or self.who)

    def shares(self) -> Path:
        self.does("share", "-o", self.file)
        return self.file

    def takes(self, *others: Laptop) -> str:
        """Take in what others share; what is told of it."""
        return "".join(self.does("merge", other.shares_now()) for other in others)

    def shares_now(self) -> Path:
        here = self.file
        self.shares()
        return here

    def merges(self, file: Path) -> str:
        return self.does("merge", file)

    def states(self) -> list[str]:
        """What can be claimed, interview by interview."""
        self.sit_down()
        return [claim["state"] for claim in ok("audit", self.project)["claims"]]

    def codes(self, start: int, end: int, code: str = "tijd") -> None:
        self.does("code", INTERVIEW, start, end, code, "--memo", SECRET + self.who)


Pair = tuple[Laptop, Laptop]


def exchange(sender: Laptop, receiver: Laptop) -> str:
    """The work of one, by a file, to the other."""
    return receiver.merges(sender.shares())


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """Anna made a project and invited bram, who has accepted."""
    anna, bram = (Laptop(who, tmp_path / who, monkeypatch) for who in ("anna", "bram"))
    for laptop in (anna, bram):
        laptop.home.mkdir()
    anna.sit_down()
    study_with(anna.home, {INTERVIEW: WORDS})
    anna.does("codebook add", "tijd")
    anna.does("codebook add", "meta")
    assert "bram" in begin(anna, bram)
    return anna, bram


def begin(host: Laptop, guest: Laptop) -> str:
    """The first meeting."""
    invitation = host.home / f"{guest.who}.qci"
    host.does("invite", guest.who, "-o", invitation)
    guest.sit_down()
    return said("accept", invitation, guest.project)


@pytest.fixture
def sealed(pair: Pair) -> Pair:
    """A round runs on both laptops, and both have coded."""
    anna, bram = pair
    anna.does("round start")
    exchange(anna, bram)
    anna.codes(14, 33)
    bram.codes(14, 20, "meta")
    return pair


def readable(file: Path) -> str:
    """All that is in a project file or a share file, for whoever has sqlite3 and unzip at hand."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())
    with sqlite3.connect(file) as db:
        return "\n".join(db.iterdump())


def codings_in(file: Path, who: str) -> int:
    """How many codings of somebody a project file holds."""
    with sqlite3.connect(file) as db:
        return int(
            db.execute(
                "SELECT count(*) FROM codings c JOIN coders p ON p.id = c.coder_id WHERE p.name = ?", [who]
            ).fetchone()[0]
        )


def test_from_an_invitation_to_a_proved_round(sealed: Pair) -> None:
    anna, bram = sealed
    anna.does("done")
    told = exchange(anna, bram)
    for file in (anna.file, bram.project):  # with sqlite3 and unzip in hand
        assert SECRET + "anna" not in readable(file)
    assert codings_in(bram.project, "anna") == 0
    assert "to still come" not in told
    bram.does("done")
    told = exchange(bram, anna)
    assert "Finished by all, so the seal is open: casus-01-leraar" in told
    assert codings_in(anna.project, "bram") == 1
    assert codings_in(bram.project, "anna") == 0
    told = exchange(anna, bram)
    assert "Both copies are the same now" in told
    assert codings_in(bram.project, "anna") == 1
    for laptop in sealed:
        assert laptop.states() == ["proved"]
        laptop.sit_down()
        assert SECRET + "anna" in said("journal", laptop.project) + readable(laptop.project)


def test_a_second_round_is_told_when_it_opens_as_well(sealed: Pair) -> None:
    anna, bram = sealed
    opened_again = []
    for n in ("1", "2"):
        for laptop in sealed:
            laptop.does("done")
        exchange(anna, bram)
        told = exchange(bram, anna)
        opened_again.append("the seal is open: casus-01-leraar" in told)
        exchange(anna, bram)
        if n == "1":
            anna.does("round close", "1")
            anna.does("round start")
            exchange(anna, bram)
    assert opened_again == [True, True]
    assert anna.states() == ["proved", "again"]


def test_a_share_tells_no_count_while_the_round_runs(sealed: Pair) -> None:
    """Not how many codings, not how many acts, not which."""
    anna, _bram = sealed
    before = readable(anna.shares())
    for at in (40, 60, 70):
        anna.codes(at, at + 5)
    anna.sit_down()
    with open_project(anna.project, "anna") as project:
        project.memos.add("project", "", SECRET)
    after = readable(anna.shares())
    assert sorted(map(len, before.splitlines())) == sorted(map(len, after.splitlines()))
    ids = {row["id"] for row in json_codings(anna)}
    assert len(ids) == 4
    assert not any(key in after for key in ids)


def json_codings(laptop: Laptop) -> list[dict[str, Any]]:
    with sqlite3.connect(laptop.project) as db:
        return [{"id": key} for (key,) in db.execute("SELECT id FROM codings")]


def test_what_was_sent_as_done_is_fixed(sealed: Pair) -> None:
    anna, _bram = sealed
    anna.does("done")
    anna.does("done", "--not")  # nobody has it yet
    anna.does("done")
    anna.shares()
    assert "as done, so what was marked is fixed" in anna.is_refused("done", "--not")
    assert "as done, so" in anna.is_refused("undo")


def test_taking_it_up_again_before_it_was_sent_harms_nothing(sealed: Pair) -> None:
    """Also for who finishes last, whose reading was ready to be shown already."""
    anna, bram = sealed
    bram.does("done")
    exchange(bram, anna)
    anna.does("done")
    anna.does("undo")
    anna.does("redo")
    anna.does("done", "--not")
    anna.codes(40, 45)
    anna.does("done")
    exchange(anna, bram)
    exchange(bram, anna)
    assert anna.states() == bram.states() == ["proved"]


def test_a_round_that_was_sent_is_not_undone(sealed: Pair) -> None:
    anna, _bram = sealed
    with open_project(anna.project) as project:
        entry = next(e for e in project.journal.entries() if e.action == "round.start")
        with pytest.raises(Exception, match="went to the other"):
            project.rounds.refuse_turning_back(entry)


def test_codes_are_not_merged_behind_a_seal(sealed: Pair) -> None:
    anna, _bram = sealed
    assert "merged when nothing is sealed" in anna.is_refused("codebook merge", "tijd", "meta")


# what one of the two cannot do


def test_nobody_acts_as_who_works_elsewhere(sealed: Pair) -> None:
    anna, bram = sealed
    exchange(bram, anna)  # now bram's key is known here
    assert "bram works on another laptop" in anna.is_refused("done", who="bram")
    assert "bram works on another laptop" in anna.is_refused("code", INTERVIEW, 0, 3, "tijd", who="bram")


def test_nobodys_work_is_taken_in_from_a_table(pair: Pair) -> None:
    anna, bram = pair
    exchange(bram, anna)
    csv = anna.home / "codings.csv"
    csv.write_text(f"transcript,start,end,code,coder\n{INTERVIEW},0,3,tijd,bram\n")
    anna.sit_down()
    assert "bram works on another laptop" in refused("codings", "import", anna.project, csv)
    anna.does("round start")
    assert "is sealed: everybody codes it under their own name" in anna.is_refused("codings import", csv)


def resigned(laptop: Laptop, change: Callable[[Members], None]) -> Path:
    """Their share file as a program of their own would write it: changed, with its sum and signature made right."""
    laptop.sit_down()
    members = opened(laptop.shares().read_bytes())
    change(members)
    laptop.file.write_bytes(members.packed())
    return laptop.file


def anna_id(laptop: Laptop) -> str:
    with sqlite3.connect(laptop.project) as db:
        return str(db.execute("SELECT id FROM coders WHERE name = 'anna'").fetchone()[0])


def made(members: Members, table: str) -> tuple[dict[str, Any], list[Any]]:
    """The last entry and change that made a record of a table."""
    return next(
        (entry, change)
        for entry in reversed(members.entries)
        for change in entry["changes"]
        if change[0] == table and change[3]
    )


@pytest.mark.parametrize("what", ["coding", "entry", "memo", "code", "name", "new coder", "opening"])
def test_work_in_the_name_of_another_is_refused(pair: Pair, what: str) -> None:
    anna, bram = pair
    exchange(anna, bram)
    anna.does("codebook change", "tijd", "--name", "Tijd")  # so that bram cannot just send it back
    bram.codes(14, 20, "meta")
    bram.does("codebook change", "meta", "--name", "Meta")
    whose = anna_id(bram)

    def forge(members: Members) -> None:
        entry, change = made(members, "codings")
        if what == "coding":
            change[3]["coder_id"] = whose
        elif what == "entry":
            entry["coder"] = whose
        elif what == "memo":
            made(members, "memos")[1][3]["coder_id"] = whose
        elif what == "code":
            made(members, "codes")[0]["coder"] = whose
        elif what == "name":
            members.manifest["coder"] = "anna"
            members.manifest.pop("signer")
        elif what == "new coder":  # of the same name, so that the two become one
            key = new_id()
            entry["changes"].insert(
                0, ["coders", key, None, {"id": key, "name": "ANNA", "kind": "practitioner"}]
            )
            change[3]["coder_id"] = key
        else:
            entry["coder"] = whose
            row = opening(bram, whose)
            entry["changes"] = [["openings", row["id"], None, row]]

    file = resigned(bram, forge)
    before = anna.project.read_bytes()
    assert "in the name of anna" in anna.is_refused("merge", file)
    assert anna.project.read_bytes() == before


def opening(laptop: Laptop, whose: str) -> dict[str, Any]:
    with sqlite3.connect(laptop.project) as db:
        (transcript,) = db.execute("SELECT id FROM transcripts").fetchone()
    return {
        "id": new_id(), "round_id": new_id(), "transcript_id": transcript, "coder_id": whose, "reason": "x",
        "at": "2026-01-01T00:00:00.000Z",
    }  # fmt: skip


def test_what_another_did_is_handed_on_only_as_they_did_it(pair: Pair, tmp_path: Path) -> None:
    """Carla gets anna's work by way of bram, who may not change a word of it."""
    anna, bram = pair
    anna.sit_down()
    said("coders", "add", anna.project, "carla", "--kind", "researcher")
    carla = Laptop("carla", tmp_path / "carla", anna.monkeypatch)
    carla.home.mkdir()
    begin(anna, carla)
    anna.does("codebook change", "tijd", "--name", "Besef van tijd")
    exchange(anna, bram)

    def forge(members: Members) -> None:
        (change,) = (c for e in members.entries for c in e["changes"] if c[0] == "codes" and c[2])
        for column in change[3]:
            change[3][column] = "Tijdverspilling"

    file = resigned(bram, forge)
    assert "in the name of anna that anna did not sign" in carla.is_refused("merge", file)
    exchange(bram, carla)
    assert "Besef van tijd" in readable(carla.project)


def test_a_file_without_its_signature_is_refused(pair: Pair) -> None:
    anna, bram = pair
    exchange(bram, anna)
    bram.does("codebook change", "tijd", "--name", "Tijd")
    file = resigned(bram, lambda members: members.manifest.pop("signer"))
    assert "bram did not sign" in anna.is_refused("merge", file)


def test_a_seal_is_not_opened_by_saying_so(sealed: Pair) -> None:
    """Bram says that all is frozen, or opens anna's round, to get her reading; he gets words."""
    anna, bram = sealed
    bram.sit_down()
    with open_project(bram.project, "bram") as project:
        (one,) = project.rounds.all()
        transcript = project.transcripts.all()[0]
        row = project.rounds._freeze_row(one, transcript, one.codebook)
        with project.transaction("round.freeze") as transaction:
            transaction.insert("freezes", row)
    assert "does not bear that out" in anna.is_refused("merge", bram.shares())


def test_only_who_started_a_round_opens_its_seal_also_from_elsewhere(sealed: Pair) -> None:
    anna, bram = sealed
    bram.sit_down()
    with open_project(bram.project, "bram") as project:
        (one,) = project.rounds.all()
        with project.transaction("round.open-seal") as transaction:
            row = {**opening(bram, project.require_coder().id), "round_id": one.id}
            transaction.insert("openings", row)
    assert "does not bear that out" in anna.is_refused("merge", bram.shares())


def test_a_reading_that_is_not_what_was_fixed_is_named(sealed: Pair) -> None:
    """Bram fixes one reading, gets anna's, and sends another one."""
    anna, bram = sealed
    bram.does("done")
    exchange(bram, anna)
    anna.does("done")
    exchange(anna, bram)
    assert codings_in(bram.project, "anna") == 1

    def change(members: Members) -> None:
        made(members, "codings")[1][3]["end"] = 33

    file = resigned(bram, change)
    assert "What bram marked in casus-01-leraar is not what was fixed" in anna.is_refused("merge", file)
    exchange(bram, anna)
    assert anna.states() == ["proved"]


def test_fixing_anew_after_the_other_showed_theirs_is_found(sealed: Pair) -> None:
    anna, bram = sealed
    bram.does("done")
    exchange(bram, anna)
    anna.does("done")
    anna.shares()
    bram.sit_down()
    with open_project(bram.project, "bram") as project:  # a program of his own takes the interview up again
        transcript = project.transcripts.all()[0]
        project.db.execute("DELETE FROM signatures")
        project.progress.mark(transcript, project.require_coder(), False)
        project.codings.add(transcript, 40, 45, "tijd")
        project.progress.mark(transcript, project.require_coder())
    assert "bram fixed casus-01-leraar anew" in anna.is_refused("merge", bram.shares())


def test_a_whole_copy_brings_what_is_ones_own_and_no_more(sealed: Pair) -> None:
    """Also where somebody mails the project itself, or a cloud folder made a second one of it."""
    anna, bram = sealed
    exchange(bram, anna)
    copy = anna.home / "study (1).qualcode"
    shutil.copyfile(anna.project, copy)
    anna.codes(40, 45)
    anna.sit_down()
    said("merge", copy, anna.project, "--as", "anna")
    assert codings_in(copy, "anna") == 2
    assert "in the name of anna that anna did not sign" in bram.is_refused("merge", anna.project)
    assert codings_in(bram.project, "anna") == 0


# a new laptop


def test_a_new_laptop_is_confirmed_by_the_other(pair: Pair, tmp_path: Path) -> None:
    anna, bram = pair
    exchange(bram, anna)
    new = Laptop("bram", tmp_path / "new", anna.monkeypatch)
    new.home.mkdir()
    anna_file = anna.shares()
    new.sit_down()
    said("merge", new.project, anna_file)
    assert "bram works on another laptop" in new.is_refused("done")
    said("coders", "here", new.project, "bram")
    new.codes(14, 20)
    message = anna.is_refused("merge", new.shares())
    assert "a key of bram that is new here" in message
    key = message.split("(")[1].split(")")[0]
    assert "1" in anna.does("merge", new.file, "--confirm", key)
    assert codings_in(anna.project, "bram") == 1
    anna.does("merge", new.shares())  # not asked again
    assert "coder.confirm-key" in json.dumps(ok("journal", anna.project))
    exchange(anna, bram)
    assert codings_in(bram.project, "bram") == 0  # from the new laptop it comes with its own file
    bram.merges(new.shares())
    assert codings_in(bram.project, "bram") == 1


def test_nobody_confirms_a_key_of_their_own(pair: Pair) -> None:
    anna, bram = pair
    exchange(bram, anna)
    bram.sit_down()
    with open_project(bram.project, "bram") as project:
        (key,) = project.keys.of(project.require_coder())
        with pytest.raises(Exception, match="Somebody else"):
            project.keys.confirm(key.shown)


# what can be claimed


def test_one_machine_and_no_seal_and_opened_and_again(tmp_path: Path) -> None:
    study = study_with(tmp_path, {f"casus-0{n}-leraar": f"{WORDS}R: En nog {n}.\n" for n in range(1, 5)})
    for code in ("tijd", "meta"):
        ok("codebook", "add", study, code)

    def reads(interview: str) -> None:
        for who in ("anna", "bram"):
            ok("code", study, interview, 14, 20, "tijd", "--as", who)
            ok("done", study, interview, "--as", who)

    reads("casus-04-leraar")  # no round
    ok("round", "start", study, "casus-01-leraar", "casus-02-leraar", "--as", "anna")
    reads("casus-01-leraar")
    ok("round", "open-seal", study, "1", "casus-02-leraar", "--reason", "bram is ziek", "--as", "anna")
    reads("casus-02-leraar")
    ok("round", "close", study, "1", "--as", "anna")
    ok("round", "start", study, "casus-01-leraar", "casus-03-leraar", "--as", "anna")
    ok("code", study, "casus-01-leraar", 30, 33, "meta", "--as", "anna")
    for who in ("anna", "bram"):
        ok("done", study, "casus-01-leraar", "--as", who)
    told = ok("audit", study)["claims"]
    assert [(claim["transcript"], claim["round"], claim["state"]) for claim in told] == [
        ("casus-01-leraar", 1, "sealed"),
        ("casus-01-leraar", 2, "again"),
        ("casus-02-leraar", 1, "opened"),
        ("casus-03-leraar", 2, "still-sealed"),
        ("casus-04-leraar", None, "unsealed"),
    ]
    assert told[0]["doubts"] == ["one-machine"]
    assert told[2]["opened"][0]["reason"] == "bram is ziek"
    assert "opened early by anna, because: bram is ziek" in said("audit", study)


@pytest.mark.parametrize(
    ("table", "column"),
    [("reveals", "reading"), ("reveals", "salt"), ("reveals", "signature"), ("commitments", "hash"),
     ("commitments", "signature"), ("keys", "public")],
)  # fmt: skip
def test_what_was_changed_by_hand_is_no_proof(sealed: Pair, table: str, column: str) -> None:
    """In the records and in the journal alike: else it would be as the journal says again."""
    anna, bram = sealed
    for laptop in sealed:
        laptop.does("done")
    exchange(anna, bram)
    exchange(bram, anna)
    assert anna.states() == ["proved"]
    with sqlite3.connect(anna.project) as db:
        (old,) = db.execute(f"SELECT {column} FROM {table}").fetchone()
        new = old.replace("14,", "15,") if column == "reading" else ("a" if old[0] != "a" else "b") + old[1:]
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [new, old])
        db.execute("UPDATE reveals SET rests_on = replace(rests_on, ?, ?)", [old, new])
        escaped = [json.dumps(one)[1:-1] for one in (old, new)]
        db.execute("UPDATE journal SET changes = replace(changes, ?, ?)", escaped)
    said("check", anna.project)
    found = run("audit", anna.project, "--json")
    assert found.exit_code == 1
    assert json.loads(found.stdout)["claims"][0]["state"] == "unsealed"


def test_anybody_can_verify_the_chain_with_what_audit_prints(sealed: Pair) -> None:
    """With SHA-256 and Ed25519 alone."""
    import hashlib

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    anna, bram = sealed
    for laptop in sealed:
        laptop.does("done")
    exchange(anna, bram)
    exchange(bram, anna)
    told = ok("audit", anna.project)
    (claim,) = told["claims"]
    assert [one["coder"] for one in claim["commitments"]] == ["anna", "bram"]
    fixed = sorted([one["id"], one["hash"]] for one in claim["commitments"])
    for one in claim["commitments"]:
        shown = one["shown"]
        assert hashlib.sha256(f"{shown['salt']}\n{shown['reading']}".encode()).hexdigest() == one["hash"]
        assert json.loads(shown["rests_on"]) == fixed
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(one["key"]))
        signed = ["qualcode commitment", told["project"], one["id"], one["hash"], one["at"]]
        public.verify(bytes.fromhex(one["signature"]), "\n".join(signed).encode())
        parts = (shown["salt"], shown["reading"], shown["rests_on"], shown["at"])
        signed = ["qualcode reveal", told["project"], one["id"], *parts]
        public.verify(bytes.fromhex(shown["signature"]), "\n".join(signed).encode())
    assert len({one["machine"] for one in claim["commitments"]}) == 2


# what happens to texts meanwhile


def test_a_correction_between_done_and_opening_breaks_nothing(sealed: Pair) -> None:
    anna, bram = sealed
    anna.does("done")
    exchange(anna, bram)
    corrected = bram.home / "corrected.txt"
    corrected.write_text(
        WORDS.replace("Hoe ging het", "Hoe ging het met hem").replace("elke week", "iedere week")
    )
    bram.does("revise", INTERVIEW, corrected)
    bram.does("done")
    exchange(bram, anna)
    exchange(anna, bram)
    assert anna.states() == bram.states() == ["proved"]
    assert "Both copies are the same" in run("compare-copies", anna.project, bram.project).stdout


def test_a_name_that_is_hidden_leaves_no_salt_to_try_it_out_on(pair: Pair, tmp_path: Path) -> None:
    anna, bram = pair
    anna.does("codebook add", "vriend")
    anna.does("codebook change", "vriend", "--name", "Zephyrine en de klas")
    exchange(anna, bram)
    bram.does("codebook change", "meta", "--name", "Over het gesprek")
    exchange(bram, anna)
    anna.does("names hide", INTERVIEW, "Zephyrine")
    exchange(anna, bram)
    for laptop in pair:
        assert "Zephyrine" not in readable(laptop.project)
        with sqlite3.connect(laptop.project) as db:
            salts = db.execute(
                "SELECT s.salt FROM signatures s JOIN journal j ON j.id = s.entry_id "
                "WHERE j.action = 'code.change' AND j.changes LIKE '%en de klas%'"
            ).fetchall()
        assert salts == [("",)]
    carla = Laptop("carla", tmp_path / "carla", anna.monkeypatch)
    carla.home.mkdir()
    anna.sit_down()
    said("coders", "add", anna.project, "carla", "--kind", "researcher")
    exchange(anna, bram)
    begin(bram, carla)  # with anna's acts, handed on by bram
    assert "Zephyrine" not in readable(carla.project)
    exchange(anna, carla)
    exchange(carla, anna)


def test_a_share_made_before_the_round_brings_nothing_sealed_either(pair: Pair) -> None:
    """What had been shared before the round is with the other already, and is no proof of anything."""
    anna, bram = pair
    anna.codes(14, 33)
    exchange(anna, bram)
    anna.does("round start")
    exchange(anna, bram)
    for laptop in pair:
        laptop.codes(40, 50)
        laptop.does("done")
    exchange(anna, bram)
    exchange(bram, anna)
    exchange(anna, bram)
    assert anna.states() == bram.states() == ["unsealed"]


def test_who_falls_ill_holds_nobody_up(sealed: Pair) -> None:
    anna, bram = sealed
    anna.does("done")
    anna.does("round open-seal", "1", INTERVIEW, "--reason", "bram is ziek")
    exchange(anna, bram)
    assert codings_in(bram.project, "anna") == 1
    exchange(bram, anna)
    assert codings_in(anna.project, "bram") == 1
    assert anna.states() == bram.states() == ["opened"]


@pytest.mark.parametrize("seed", range(4))
def test_any_sealed_round_of_honest_people_ends_proved(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, "")  # so that what the history sets is put back
    assert history(seed, steps=40) == "proved"
