"""What the detector finds on the passages of `data/`: the figures of docs/names.md may not get worse."""

from __future__ import annotations

import pytest

from qualcode.pseudonyms import lists
from qualcode.pseudonyms.lists import NameLists, name_lists
from qualcode.pseudonyms.proposals import PERSONS

from .gold import passages, score


@pytest.fixture
def without_deduce(monkeypatch: pytest.MonkeyPatch) -> NameLists:
    """The lists as they are where deduce is not installed."""
    monkeypatch.setattr(lists, "_deduce_folder", lambda: None)
    return name_lists.__wrapped__()


def test_the_passages_are_many_and_full_of_names() -> None:
    both = [*passages("dev"), *passages("heldout")]
    assert len(both) >= 60
    assert sum(len(passage.gold) for passage in both) >= 250


@pytest.mark.parametrize("name", ["dev", "heldout", "unseen"])
def test_every_person_is_touched_and_nearly_all_are_found_whole(name: str) -> None:
    found = score(passages(name))
    assert found.share("touched", PERSONS) == 1.0
    assert found.share("whole", PERSONS) >= 0.96
    assert found.share("whole") >= 0.96
    assert found.precision >= 0.95


@pytest.mark.parametrize("name", ["dev", "heldout"])
def test_without_deduce_hardly_less_is_found(name: str, without_deduce: NameLists) -> None:
    assert without_deduce.source == "Faker"
    found = score(passages(name), without_deduce)
    assert found.share("touched", PERSONS) >= 0.98
    assert found.share("whole", PERSONS) >= 0.96
    assert found.precision >= 0.95


@pytest.mark.parametrize("name", ["dev", "heldout"])
def test_names_that_stand_in_no_list_are_mostly_found_by_their_surroundings(name: str) -> None:
    found = score(passages(name), without_the_names_of(name))
    assert found.share("touched", PERSONS) >= 0.93
    assert found.share("whole", PERSONS) >= 0.90


@pytest.mark.parametrize("name", ["dev_plain", "heldout_plain"])
def test_plain_talk_gives_at_most_one_wrong_proposal_per_two_hundred_words(name: str) -> None:
    found = score(passages(name))
    assert len(found.wrong) <= found.words / 200


def without_the_names_of(name: str) -> NameLists:
    """The lists without any word that is marked in the passages: the hardest case there is."""
    from dataclasses import replace

    marked = {
        lists.plain(word)
        for passage in passages(name)
        for gold in passage.gold
        for word in passage.text[gold.start : gold.end].replace("-", " ").split()
    }
    full = name_lists()
    return replace(
        full,
        first=full.first - marked,
        surnames=full.surnames - marked,
        places=full.places - marked,
        curated=full.curated - marked,
        word_names=full.word_names - marked,
    )


@pytest.mark.parametrize("name", ["fresh_typed", "fresh_spoken", "fresh_notes", "later_spoken"])
def test_every_person_is_touched_in_all_three_styles(name: str) -> None:
    found = score(passages(name))
    assert found.share("touched", PERSONS) == 1.0
    assert found.share("whole", PERSONS) >= (0.85 if name.endswith("spoken") else 0.95)


def test_what_was_never_tuned_on_is_hardly_found_less() -> None:
    assert score(passages("last_spoken")).share("touched", PERSONS) >= 0.95
    assert score(passages("last_notes")).share("touched", PERSONS) == 1.0


@pytest.mark.parametrize("name", ["fresh_typed", "fresh_spoken", "fresh_notes", "fresh_plain", "later_plain"])
def test_dates_and_the_words_of_forms_are_no_names(name: str) -> None:
    found = score(passages(name))
    wrong = [words for words in found.wrong if "(date," not in words]
    assert len(wrong) <= found.words / 200
    assert not [words for words in wrong if any(sign.isdigit() for sign in words)]
