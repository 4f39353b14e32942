"""What two people did apart, and what comes of it: one worked example per rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.errors import ConflictError
from qualcode.i18n import Bilingual
from qualcode.model import Code, Role, Turn
from qualcode.store.file.check import problems
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import Merged, merge
from qualcode.store.project import Project
from tests.merge.histories import dump, take

Laptops = tuple[Project, Project]
TEXT = "Hoe was het?\nDe eerste weken wel."
TURNS = [Turn(1, 0, 12, "I", True), Turn(2, 13, 33, "R")]


def meet(laptops: Laptops) -> tuple[Merged, Merged]:
    """Merge both ways; the two are the same after it, and sound."""
    anna, bram = laptops
    from_anna = read_project(anna.path)
    first = merge(anna, read_project(bram.path))
    second = merge(bram, from_anna)
    assert dump(anna) == dump(bram)
    assert problems(anna) == []
    return first, second


def test_codings_of_both_stand_side_by_side(laptops: Laptops) -> None:
    anna, bram = laptops
    for project, start in ((anna, 14), (bram, 19)):
        project.codings.add(project.transcripts.all()[0], start, 24, project.codebook.get("tijd"))
    brought, _back = meet(laptops)
    assert brought.codings == {"bram": 1}
    assert [(c.start, c.end) for c in anna.codings.all()] == [(14, 24), (19, 24)]


def test_the_same_text_taken_in_twice_is_one_interview(laptops: Laptops) -> None:
    anna, bram = laptops
    for project, name in ((anna, "casus-05-ouder"), (bram, "ouder 5")):
        added = project.transcripts.add(name, TEXT, TURNS, case="05", informant=Role.PARENT)
        project.codings.add(added, 13, 21, project.codebook.get("tijd"))
        project.memos.add("transcript", added.id, f"van {name}")
        project.progress.mark(added, project.require_coder())
    brought, _back = meet(laptops)
    (one,) = [t for t in anna.transcripts.all() if t.text == TEXT]
    assert brought.same == (one.name,)
    assert len(anna.codings.all(transcript=one)) == 2
    assert len(anna.memos.of("transcript", one.id)) == 2
    assert len([1 for where, _who in anna.progress.done() if where == one.id]) == 2
    assert [case.label for case in anna.cases.all()] == ["04", "05"]
    assert len(anna.cases.informants(anna.cases.get("05"))) == 1


def test_later_acts_under_the_other_id_find_their_way(laptops: Laptops) -> None:
    """Bram codes on under the id that became an alias on anna's laptop."""
    anna, bram = laptops
    for project in laptops:
        project.transcripts.add("casus-05-ouder", TEXT, TURNS)
    take(anna, bram)
    one = bram.transcripts.get("casus-05-ouder")
    bram.codings.add(one, 13, 21, bram.codebook.get("meta"))
    bram.transcripts.describe(one, case="08")
    meet(laptops)
    assert len(anna.codings.all(transcript=anna.transcripts.get("casus-05-ouder"))) == 1
    assert anna.transcripts.get("casus-05-ouder").case == "08"


def test_a_code_made_twice_is_one_and_its_definitions_are_to_be_decided(laptops: Laptops) -> None:
    anna, _bram = laptops
    for project in laptops:
        words = Bilingual(f"zoals {project.require_coder().name} het ziet")
        code = project.codebook.add(Code("", "rust", Bilingual("Rust"), words))
        project.codings.add(project.transcripts.all()[0], 14, 24, code)
    meet(laptops)
    (conflict,) = anna.conflicts.all()
    assert {conflict.value, conflict.other_value} == {"zoals anna het ziet", "zoals bram het ziet"}
    assert len(anna.codings.all(code=anna.codebook.get("rust"))) == 2


def test_two_definitions_are_kept_until_one_is_chosen(laptops: Laptops) -> None:
    anna, bram = laptops
    for project in laptops:
        words = Bilingual(f"zoals {project.require_coder().name} het ziet")
        project.codebook.change(replace(project.codebook.get("tijd"), definition=words))
    meet(laptops)
    (conflict,) = anna.conflicts.all()
    names = {coder.id: coder.name for coder in anna.coders.all()}
    assert conflict.field == "definition_nl"
    assert conflict.value == f"zoals {names[conflict.by or '']} het ziet"
    assert conflict.other_value == f"zoals {names[conflict.other_by or '']} het ziet"
    anna.conflicts.choose(conflict, other=True)
    assert anna.codebook.get("tijd").definition.nl == conflict.other_value
    assert anna.conflicts.all() == []
    meet(laptops)
    assert bram.conflicts.all() == []


def test_a_definition_can_stay_as_it_is(laptops: Laptops) -> None:
    anna, bram = laptops
    for project, words in ((anna, "een"), (bram, "twee")):
        project.codebook.change(replace(project.codebook.get("tijd"), definition=Bilingual(words)))
    meet(laptops)
    (conflict,) = bram.conflicts.all()
    bram.conflicts.choose(conflict)
    meet(laptops)
    assert anna.conflicts.all() == bram.conflicts.all() == []
    assert anna.codebook.get("tijd").definition.nl == conflict.value


def test_who_knew_the_other_definition_decided_by_changing_it(laptops: Laptops) -> None:
    anna, bram = laptops
    for project, words in ((anna, "een"), (bram, "twee")):
        project.codebook.change(replace(project.codebook.get("tijd"), definition=Bilingual(words)))
    take(anna, bram)
    anna.codebook.change(replace(anna.codebook.get("tijd"), definition=Bilingual("drie")))
    assert anna.conflicts.all() == []
    meet(laptops)
    assert bram.conflicts.all() == []
    assert bram.codebook.get("tijd").definition.nl == "drie"


def test_the_same_words_by_both_are_no_conflict(laptops: Laptops) -> None:
    anna, _bram = laptops
    for project in laptops:
        project.codebook.change(replace(project.codebook.get("tijd"), definition=Bilingual("hetzelfde")))
    meet(laptops)
    assert anna.conflicts.all() == []


def test_a_deleted_code_that_is_in_use_comes_back_retired(laptops: Laptops) -> None:
    anna, bram = laptops
    anna.codebook.remove(anna.codebook.get("meta"))
    bram.codings.add(bram.transcripts.all()[0], 14, 24, bram.codebook.get("meta"))
    meet(laptops)
    assert anna.codebook.get("meta").retired
    assert [c.slug for c in anna.codebook.all(retired=True)] == ["tijd", "meta"]


def test_a_deleted_code_that_nobody_uses_stays_away(laptops: Laptops) -> None:
    anna, bram = laptops
    anna.codebook.remove(anna.codebook.get("meta"))
    bram.codebook.change(replace(bram.codebook.get("meta"), definition=Bilingual("toch")))
    meet(laptops)
    assert [code.slug for code in anna.codebook.all(retired=True)] == ["tijd"]


def test_an_interview_that_was_taken_out_comes_back_with_its_turns(laptops: Laptops) -> None:
    anna, bram = laptops
    anna.transcripts.remove(anna.transcripts.get("casus-04-leraar"))
    bram.codings.add(bram.transcripts.all()[0], 14, 24, bram.codebook.get("meta"))
    meet(laptops)
    assert len(anna.transcripts.get("casus-04-leraar").turns) == 4


def test_an_interview_taken_out_and_in_again_keeps_the_codings_of_the_other(laptops: Laptops) -> None:
    anna, bram = laptops
    old = anna.transcripts.get("casus-04-leraar")
    anna.transcripts.remove(old)
    anna.transcripts.add("opnieuw", old.text, old.turns)
    bram.codings.add(bram.transcripts.all()[0], 14, 24, bram.codebook.get("meta"))
    meet(laptops)
    (one,) = anna.transcripts.all()
    assert len(anna.codings.all(transcript=one)) == 1


def test_a_record_two_people_made_stays_when_one_of_them_drops_it(laptops: Laptops) -> None:
    anna, bram = laptops
    for project in laptops:
        project.codebook.add(Code("", "rust", Bilingual("Rust")))
    anna.codebook.remove(anna.codebook.get("rust"))
    meet(laptops)
    assert "rust" in [code.slug for code in anna.codebook.all()]
    bram.codebook.remove(bram.codebook.get("rust"))
    meet(laptops)
    assert "rust" not in [code.slug for code in anna.codebook.all(retired=True)]
    bram.undo()
    meet(laptops)
    assert "rust" in [code.slug for code in anna.codebook.all()]


def test_undoing_what_two_people_made_does_not_take_it_from_the_other(laptops: Laptops) -> None:
    anna, bram = laptops
    for project in laptops:
        project.codebook.add(Code("", "rust", Bilingual("Rust")))
    meet(laptops)
    for project in laptops:
        with pytest.raises(ConflictError, match="changed since"):
            project.undo()
        assert problems(project) == []
    anna.codebook.remove(anna.codebook.get("rust"))
    anna.undo()
    anna.redo()
    assert problems(anna) == []
    take(bram, anna)
    assert "rust" not in [code.slug for code in bram.codebook.all(retired=True)]


def test_two_codes_given_one_name_stay_two(laptops: Laptops) -> None:
    anna, bram = laptops
    anna.codebook.change(replace(anna.codebook.get("tijd"), slug="rust"))
    bram.codebook.change(replace(bram.codebook.get("meta"), slug="rust"))
    meet(laptops)
    assert sorted(code.slug for code in anna.codebook.all()) == ["rust", "rust-2"]


def test_codes_never_stand_below_each_other_in_a_circle(laptops: Laptops) -> None:
    anna, bram = laptops
    for project, low, high in ((anna, "tijd", "meta"), (bram, "meta", "tijd")):
        below = replace(project.codebook.get(low), parent_id=project.codebook.get(high).id)
        project.codebook.change(below)
    meet(laptops)
    parents = [code.parent_id for code in anna.codebook.all()]
    assert len(parents) == 2
    assert parents.count(None) == 1


def test_of_a_setting_the_last_word_holds(laptops: Laptops) -> None:
    anna, bram = laptops
    anna.settings.set("iou_agreed", 0.5)
    bram.settings.set("trim", False)
    bram.settings.set("iou_agreed", 0.7)
    meet(laptops)
    assert anna.settings.get("iou_agreed") == 0.7


def test_an_edit_outlives_the_same_codebook_taken_in_again_elsewhere(laptops: Laptops) -> None:
    """Both take in one codebook (its codes have fixed ids); anna has edited a code of it."""
    anna, bram = laptops
    book = replace(anna.codebook.book(), codes=(Code("c-1", "rust", Bilingual("Rust")),))
    anna.codebook.take(book)
    anna.codebook.change(replace(anna.codebook.get("rust"), definition=Bilingual("kalm blijven")))
    for _n in range(4):  # bram's clock of acts runs ahead
        bram.memos.add("project", "", "iets")
    bram.codebook.take(book)
    meet(laptops)
    assert bram.codebook.get("rust").definition.nl == "kalm blijven"


def test_a_coding_made_twice_by_one_coder_is_shown_and_one_can_go(laptops: Laptops) -> None:
    anna, bram = laptops
    coder = anna.coders.get("anna")
    for project in laptops:
        project.codings.add(project.transcripts.all()[0], 14, 24, project.codebook.get("tijd"), coder)
    meet(laptops)
    twins = anna.conflicts.all()
    assert len(twins) == 1
    assert anna.conflicts.remove_doubles(twins) == 1
    assert len(anna.codings.all()) == 1
    meet(laptops)
    assert bram.conflicts.all() == []


def test_work_dated_a_year_ahead_is_taken_in_and_told(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, bram = laptops
    monkeypatch.setattr("qualcode.store.journal.entries.now", lambda: "2099-01-01T00:00:00.000Z")
    bram.codebook.change(replace(bram.codebook.get("tijd"), definition=Bilingual("ver weg")))
    monkeypatch.undo()
    brought, _back = meet(laptops)
    assert brought.future == 1
    anna.codebook.change(replace(anna.codebook.get("tijd"), definition=Bilingual("van nu")))
    meet(laptops)
    assert bram.codebook.get("tijd").definition.nl == "van nu"


def test_a_preview_says_what_comes_and_changes_nothing(laptops: Laptops) -> None:
    anna, bram = laptops
    bram.codings.add(bram.transcripts.all()[0], 14, 24, bram.codebook.get("meta"))
    before = dump(anna)
    looked = merge(anna, read_project(bram.path), preview=True)
    assert looked.codings == {"bram": 1}
    assert dump(anna) == before
    assert merge(anna, read_project(bram.path)) == looked


def test_what_was_changed_by_hand_is_put_right_and_counted(laptops: Laptops) -> None:
    anna, bram = laptops
    anna.codings.add(anna.transcripts.all()[0], 14, 24, anna.codebook.get("meta"))
    anna.db.execute("UPDATE codings SET end = 20")
    bram.codebook.add(Code("", "rust", Bilingual("Rust")))
    assert merge(anna, read_project(bram.path)).repaired == 1
    assert anna.codings.all()[0].end == 24
