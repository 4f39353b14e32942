"""Rounds and corrections of a text over two laptops."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.model import Turn
from qualcode.store.file.check import problems
from qualcode.store.file.forgetting import forget
from qualcode.store.journal.conflicts import ConflictKind
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import Merged, merge
from qualcode.store.journal.share import pack, read_share
from qualcode.store.project import Project
from qualcode.text.revisions import differences
from tests.merge.histories import dump, take

Laptops = tuple[Project, Project]


def send(sender: Project, receiver: Project, folder: Path) -> Merged:
    """One's share file by mail."""
    path = folder / f"{sender.require_coder().name}.qcx"
    path.write_bytes(pack(sender, sender.require_coder()))
    return merge(receiver, read_share(path).incoming)


def correct(project: Project, old: str, new: str) -> None:
    one = project.transcripts.all()[0]
    text = one.text.replace(old, new)
    plan = project.revisions.plan(one, text, differences(one.text, text))
    turns, start = [], 0
    for n, words in enumerate(text.split("\n"), 1):
        turns.append(Turn(n, start, start + len(words), "R"))
        start += len(words) + 1
    project.revisions.make(plan, turns, drop=True)


def test_a_sealed_round_over_two_laptops(laptops: Laptops, tmp_path: Path) -> None:
    """Anna starts it; each codes at home; who finishes last sends both at once, the other once more."""
    anna, bram = laptops
    anna.rounds.start(anna.transcripts.all(), anna.coders.pair())
    send(anna, bram, tmp_path)
    for project, start in ((anna, 14), (bram, 19)):
        one = project.transcripts.all()[0]
        project.codings.add(one, start, 24, project.codebook.get("tijd"))
        project.progress.mark(one, project.require_coder())
    assert send(anna, bram, tmp_path).frozen == ()
    assert len(bram.codings.all()) == 1
    assert send(bram, anna, tmp_path).frozen == ("casus-04-leraar",)
    assert len(anna.codings.all()) == 2
    assert len(bram.codings.all()) == 1
    assert send(anna, bram, tmp_path).frozen == ("casus-04-leraar",)
    assert len(bram.codings.all()) == 2
    send(bram, anna, tmp_path)
    assert [f.codings for f in anna.rounds.freezes()] == [f.codings for f in bram.rounds.freezes()]
    assert dump(anna)["freezes"] == dump(bram)["freezes"]
    assert problems(anna) == problems(bram) == []


def test_both_freeze_at_once_and_keep_one_seal(laptops: Laptops, tmp_path: Path) -> None:
    anna, bram = laptops
    anna.rounds.start(anna.transcripts.all(), anna.coders.pair())
    send(anna, bram, tmp_path)
    for project in laptops:
        project.progress.mark(project.transcripts.all()[0], project.require_coder())
    files = []
    for project in laptops:
        files.append(tmp_path / f"first-{project.require_coder().name}.qcx")
        files[-1].write_bytes(pack(project, project.require_coder()))
    merge(anna, read_share(files[1]).incoming)
    merge(bram, read_share(files[0]).incoming)
    take(anna, bram)
    take(bram, anna)
    assert len(anna.rounds.freezes()) == 1
    assert dump(anna) == dump(bram)
    assert problems(anna) == []


def test_codings_move_along_with_a_correction_made_on_the_other_laptop(
    laptops: Laptops, tmp_path: Path
) -> None:
    anna, bram = laptops
    one = bram.transcripts.all()[0]
    at = one.text.index("elke week")
    coding = bram.codings.add(one, at, at + 9, bram.codebook.get("tijd"))
    correct(anna, "Goed hoor.", "Het ging heel erg goed hoor.")
    assert send(bram, anna, tmp_path).carried == 1
    send(anna, bram, tmp_path)
    for project in laptops:
        text = project.transcripts.all()[0].text
        found = project.codings.get(coding.id)
        assert found.span.of(text) == "elke week"
        assert problems(project) == []
    send(bram, anna, tmp_path)
    assert dump(anna)["codings"] == dump(bram)["codings"]


def test_a_coding_moved_while_the_text_was_corrected_keeps_its_place_whole(
    laptops: Laptops, tmp_path: Path
) -> None:
    """Its start in one text and its end in another would be a place nobody marked."""
    anna, bram = laptops
    at = bram.transcripts.all()[0].text.index("elke week")
    coding = bram.codings.add(bram.transcripts.all()[0], at, at + 9, bram.codebook.get("tijd"))
    take(anna, bram)
    correct(anna, "Goed hoor.", "Het ging heel erg goed hoor.")
    for _n in range(3):
        bram.memos.add("project", "", "iets")
    bram.codings.move(coding, at + 5, at + 9)
    take(anna, bram)
    take(bram, anna)
    assert anna.codings.get(coding.id).span.of(anna.transcripts.all()[0].text) == "week"
    take(anna, bram)
    assert dump(anna) == dump(bram)
    assert problems(anna) == []


def test_a_coding_whose_words_were_deleted_elsewhere_stays_beside_the_place(laptops: Laptops) -> None:
    anna, bram = laptops
    one = bram.transcripts.all()[0]
    at = one.text.index("[lacht]")
    coding = bram.codings.add(one, at, at + 7, bram.codebook.get("tijd"))
    correct(anna, "[lacht] ", "")
    take(anna, bram)
    assert anna.codings.get(coding.id).span.of(anna.transcripts.all()[0].text).strip() != ""
    assert problems(anna) == []


def test_two_corrections_of_different_words_both_stand(laptops: Laptops) -> None:
    anna, bram = laptops
    correct(anna, "Goed hoor.", "Best goed hoor.")
    correct(bram, "Daarna niet meer.", "Daarna nooit meer.")
    take(anna, bram)
    take(bram, anna)
    assert anna.conflicts.all() == []
    text = anna.transcripts.all()[0].text
    assert "Best goed hoor." in text
    assert "Daarna nooit meer." in text
    assert anna.transcripts.all() == bram.transcripts.all()
    assert dump(anna) == dump(bram)
    assert problems(anna) == problems(bram) == []


@pytest.mark.parametrize(
    ("choice", "words"),
    [("daarna", "daarna nooit weer."), ("erna", "erna nooit weer."), ("toen", "toen nooit weer.")],
)
def test_of_two_corrections_of_the_same_words_one_is_chosen(
    laptops: Laptops, choice: str, words: str
) -> None:
    anna, bram = laptops
    correct(anna, "Daarna niet meer.", "erna niet meer.")
    correct(bram, "Daarna niet meer.", "daarna nooit weer.")
    take(anna, bram)
    (conflict,) = anna.conflicts.all()
    assert conflict.kind is ConflictKind.CORRECTED
    told = {conflict.value: conflict.by, conflict.other_value: conflict.other_by}
    people = {coder.id: coder.name for coder in anna.coders.all()}
    assert {words: people[by or ""] for words, by in told.items()} == {
        "erna": "anna",
        "daarna": "bram",
    }
    anna.conflicts.choose(
        conflict, choice == conflict.other_value, value=choice if choice == "toen" else None
    )
    assert words in anna.transcripts.all()[0].text
    assert anna.conflicts.all() == []
    take(bram, anna)
    assert bram.conflicts.all() == []
    assert dump(anna) == dump(bram)
    assert problems(anna) == problems(bram) == []


def test_what_was_forgotten_does_not_come_back(laptops: Laptops) -> None:
    """Not from a copy that still has it; and that copy forgets it too."""
    anna, bram = laptops
    secret = "Mijn naam is Jolanda."
    slip = anna.transcripts.add("vergissing", secret, [Turn(1, 0, len(secret))])
    memo = anna.memos.add("transcript", slip.id, "oeps")
    anna.memos.change(memo, "Jolanda, oeps")
    take(bram, anna)
    forget(anna, slip)
    assert problems(anna) == []
    take(anna, bram)
    assert [t.name for t in anna.transcripts.all()] == ["casus-04-leraar"]
    take(bram, anna)
    assert dump(anna) == dump(bram)
    for project in laptops:
        assert problems(project) == []
        project.close()
        assert b"Jolanda" not in project.path.read_bytes()


def test_what_one_forgot_and_the_other_coded_goes_and_is_counted(laptops: Laptops) -> None:
    anna, bram = laptops
    slip = anna.transcripts.add("vergissing", "Een lange tekst", [Turn(1, 0, 15)])
    take(bram, anna)
    bram.codings.add(slip, 0, 3, bram.codebook.get("tijd"))
    forget(anna, slip)
    merged = merge(anna, read_project(bram.path))
    assert merged.forgotten == {"bram": 1}
    assert merge(anna, read_project(bram.path)).forgotten == {}
    assert merge(bram, read_project(anna.path)).forgotten == {"bram": 1}
    assert bram.codings.all() == []
    take(anna, bram)
    assert dump(anna) == dump(bram)
    assert any("bram 1" in entry.note for entry in anna.journal.entries())
    for project in laptops:
        assert problems(project) == []
        project.close()
        assert b"lange tekst" not in project.path.read_bytes()
