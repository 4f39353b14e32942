"""What one person does to what another made: undone, merged and corrected, through share files on disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.histories import busy_project
from qualcode.errors import ConflictError, NotFoundError
from qualcode.i18n import Bilingual
from qualcode.model import Checklist, Code, Coding, Criterion, Dimension, Verdict
from qualcode.store.file.check import problems
from qualcode.store.journal.merge import merge
from qualcode.store.journal.share import pack, read_share
from qualcode.store.project import Project, open_project
from qualcode.tasks import checklist
from qualcode.tasks.coding import codebook
from qualcode.tasks.transcripts.revising import corrected_words
from qualcode.text.spans import Span
from tests.merge.histories import ON_OTHERS, Step, dump, histories, play, records
from tests.merge.test_properties import copies

Laptops = tuple[Project, Project]


@pytest.fixture
def laptops(project: Project, tmp_path: Path) -> Iterator[Laptops]:
    """One project on two laptops, of anna and of bram."""
    other = tmp_path / "bram" / "study.qualcode"
    other.parent.mkdir()
    shutil.copyfile(project.path, other)
    with open_project(other, "bram") as bram:
        yield project, bram


def send(sender: Project, receiver: Project) -> None:
    """Write the share file of who sits at one laptop, and take it in at the other."""
    file = sender.path.with_name("share.qcx")
    file.write_bytes(pack(sender, sender.require_coder()))
    merge(receiver, read_share(file).incoming)


def correct(project: Project, words: str, better: str) -> None:
    transcript = project.transcripts.all()[0]
    start = transcript.text.index(words)
    project.revisions.make(*corrected_words(project, transcript, Span(start, start + len(words)), better))


def code_words(project: Project, words: str, code: str = "tijd") -> Coding:
    transcript = project.transcripts.all()[0]
    start = transcript.text.index(words)
    return project.codings.add(transcript, start, start + len(words), code)


def coded(project: Project) -> list[str]:
    text = project.transcripts.all()[0].text
    return sorted(coding.span.of(text) for coding in project.codings.all())


def sound(*projects: Project) -> None:
    for project in projects:
        assert problems(project) == []


def test_undoing_a_correction_carries_back_what_others_coded_since(laptops: Laptops) -> None:
    anna, bram = laptops
    correct(anna, "Goed hoor. ", "Ja hoor, dat ging wel goed. ")
    send(anna, bram)
    code_words(bram, "belden elke week")
    send(bram, anna)
    anna.undo()
    assert coded(anna) == ["belden elke week"]
    sound(anna)
    send(anna, bram)
    send(bram, anna)
    assert coded(bram) == ["belden elke week"]
    sound(anna, bram)
    assert dump(anna) == dump(bram)
    anna.redo()
    assert coded(anna) == ["belden elke week"]
    sound(anna)


def test_a_coding_on_words_that_an_undo_takes_away_stays_beside_them(laptops: Laptops) -> None:
    anna, bram = laptops
    correct(anna, "Daarna niet meer.", "Daarna niet meer. Dat vond ik jammer.")
    send(anna, bram)
    code_words(bram, "Dat vond ik jammer.")
    send(bram, anna)
    anna.undo()
    (left,) = anna.codings.all()
    assert 0 <= left.start < left.end <= len(anna.transcripts.all()[0].text)
    sound(anna)
    send(anna, bram)
    assert dump(anna)["codings"] == dump(bram)["codings"]


def test_undo_is_never_in_another_s_name(laptops: Laptops) -> None:
    anna, bram = laptops
    code_words(bram, "elke week")
    send(bram, anna)
    code_words(anna, "Goed hoor")
    assert anna.undo().coder_id == anna.require_coder().id
    assert coded(anna) == ["elke week"]
    while True:  # whatever anna undoes, bram's coding is not among it
        try:
            anna.undo(past=True)
        except NotFoundError:
            break
    assert coded(anna) == ["elke week"]
    assert {e.coder_id for e in anna.journal.entries() if e.undoes} == {anna.require_coder().id}
    sound(anna)


def test_what_stands_in_the_way_is_said_and_passed_over(laptops: Laptops) -> None:
    anna, bram = laptops
    mine = code_words(anna, "Goed hoor")
    made = anna.codebook.add(Code("", "nieuw", Bilingual("Nieuw")))
    send(anna, bram)
    bram.codings.add(bram.transcripts.all()[0], 0, 3, bram.codebook.get("nieuw"))
    send(bram, anna)
    with pytest.raises(ConflictError):
        anna.undo()
    assert anna.codebook.find("nieuw") == made
    assert anna.undo().action == "coding.add"
    assert mine not in anna.codings.all()
    sound(anna)


def test_merging_codes_reaches_the_codings_of_the_other(laptops: Laptops) -> None:
    anna, bram = laptops
    code_words(bram, "elke week", "meta")
    send(bram, anna)
    codebook.merge(anna, anna.codebook.get("meta"), anna.codebook.get("tijd"))
    send(anna, bram)
    (coding,) = bram.codings.all()
    assert coding.code_id == bram.codebook.get("tijd").id
    send(bram, anna)
    assert dump(anna) == dump(bram)
    sound(anna, bram)


def test_a_correction_that_drops_a_coding_of_the_other_reaches_them(laptops: Laptops) -> None:
    anna, bram = laptops
    code_words(bram, "[lacht]")
    send(bram, anna)
    transcript = anna.transcripts.all()[0]
    start = transcript.text.index("[lacht] ")
    revision, turns = corrected_words(anna, transcript, Span(start, start + 8), "")
    anna.revisions.make(revision, turns, drop=True)
    send(anna, bram)
    send(bram, anna)
    assert coded(anna) == coded(bram)
    assert dump(anna) == dump(bram)
    sound(anna, bram)


def test_who_has_not_got_the_other_s_work_yet_takes_in_what_was_done_to_it(
    laptops: Laptops, tmp_path: Path
) -> None:
    """A third laptop gets the files in the wrong order: first what anna did to bram's coding, then the coding."""
    anna, bram = laptops
    third = tmp_path / "third.qualcode"
    shutil.copyfile(anna.path, third)
    code_words(bram, "elke week", "meta")
    send(bram, anna)
    codebook.merge(anna, anna.codebook.get("meta"), anna.codebook.get("tijd"))
    with open_project(third) as other:
        send(anna, other)
        assert other.codings.all() == []
        sound(other)
        send(bram, other)
        assert coded(other) == ["elke week"]
        assert dump(other)["codings"] == dump(anna)["codings"]
        sound(other)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which both have coded every interview already."""
    return busy_project(tmp_path_factory.mktemp("busy"))


STEPS = histories(2, 16, ON_OTHERS)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_through_share_files_two_laptops_come_to_one_analysis(busy: Path, steps: list[Step]) -> None:
    """Whatever both did, also to each other's work: after exchanging files both stand at the same, and sound."""
    with copies(busy, 2) as (a, b):
        try:
            for step in steps:
                if step.action == "sync":
                    send(*((a, b) if step.copy else (b, a)))
                else:
                    play([a, b], [step])
            for _round in range(3):
                send(a, b)
                send(b, a)
        except ConflictError:
            return  # told in words: one interview came in two versions
        assert records(a) == records(b)
        sound(a, b)


def test_a_verdict_settled_on_both_laptops_is_one(project: Project, tmp_path: Path) -> None:
    criterion = Criterion("c1", "samen", "d", Bilingual("samen"), Bilingual("alleen"))
    project.checklist.take(
        Checklist("x", dimensions=(Dimension("d", Bilingual("D")),), criteria=(criterion,))
    )
    label = project.cases.all()[0].label
    for coder, verdict in zip(project.coders.pair(), (Verdict.GOOD, Verdict.POOR), strict=True):
        checklist.rate(project, criterion, label, coder, verdict)
    other = tmp_path / "bram" / "study.qualcode"
    other.parent.mkdir()
    shutil.copyfile(project.path, other)
    with open_project(other, "bram") as bram:
        checklist.settle(project, criterion, label, Verdict.GOOD, "zo bij anna")
        checklist.settle(bram, criterion, label, Verdict.MIXED, "zo bij bram")
        send(project, bram)
        send(bram, project)
        for each in (project, bram):
            (kept,) = (r for r in each.ratings.all() if r.coder_id == each.coders.consensus().id)
            assert (kept.verdict, kept.note) in (
                (Verdict.GOOD, "zo bij anna"),
                (Verdict.MIXED, "zo bij bram"),
            )
            notes = {entry.note for entry in each.journal.entries() if entry.action == "rating.settle"}
            assert notes == {"zo bij anna", "zo bij bram"}
        assert records(project) == records(bram)
