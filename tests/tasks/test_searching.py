"""Questions over a whole project: scope, seals, order, forms, coding hits, questions that are kept."""

from __future__ import annotations

import pytest

from qualcode.errors import InputError, NotFoundError, QualcodeError
from qualcode.i18n import Bilingual
from qualcode.language.kwic import Order
from qualcode.model import Code, Role, Transcript, Turn
from qualcode.store.project import Project
from qualcode.tasks.searching.indexing import bring_up_to_date
from qualcode.tasks.searching.search import (
    Found,
    code_places,
    find,
    find_plain,
    forget_search,
    passage,
    save_search,
    saved_searches,
)
from qualcode.text.spans import Span


def add(
    project: Project, name: str, said: list[tuple[str, str]], case: str, role: Role, language: str = "nl"
) -> Transcript:
    """Store an interview."""
    turns, start = [], 0
    for n, (speaker, words) in enumerate(said, 1):
        turns.append(Turn(n, start, start + len(words), speaker, speaker == "I"))
        start += len(words) + 1
    text = "\n".join(words for _speaker, words in said)
    return project.transcripts.add(name, text, turns, case=case, informant=role, language=language)


@pytest.fixture
def study(project: Project) -> Project:
    """Two more interviews about agreements."""
    add(
        project,
        "ouder",
        [("I", "Welke afspraak was er?"), ("M", "De afspraken stonden op papier. Zij trok zich terug.")],
        "05",
        Role.PARENT,
    )
    add(project, "leraar", [("R", "Geen afspraak, niets. Wij spraken niets af.")], "05", Role.TEACHER)
    return project


def ask(project: Project, typed: str, **options: object) -> Found:
    """Answer a question with everything indexed."""
    return find(project, typed, bring_up_to_date(project), **options)  # type: ignore[arg-type]


def words(found: Found) -> list[str]:
    """The words found."""
    return [line.keyword for line in found.lines]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("afspraak", ["afspraken", "afspraak", "afspraak"]),
        ("informant:ouder afspraak", ["afspraken"]),
        ("informant:parent afspraak", ["afspraken"]),
        ("case:05 speaker:R afspraak", ["afspraak"]),
        ("speaker:I afspraak", ["afspraak"]),
        ("niet informant:ouder afspraak", ["afspraak", "afspraak"]),
        ("terugtrekken", ["trok zich terug"]),
        ("speaker:R afspreken", ["spraken niets af"]),
        ("belden", ["belden"]),
    ],
)
def test_words_are_found_where_they_are_asked_for(study: Project, typed: str, expected: list[str]) -> None:
    assert sorted(words(ask(study, typed))) == sorted(expected)


def test_hits_come_in_the_order_of_the_interviews_or_of_the_words_around(study: Project) -> None:
    names = {t.id: t.name for t in study.transcripts.all()}
    assert [names[hit.document] for hit in ask(study, "afspraak").hits] == ["ouder", "ouder", "leraar"]
    left = ask(study, "afspraak", order=Order.LEFT)
    assert [line.left.split()[-1] for line in left.lines] == ["De", "Geen", "Welke"]
    right = ask(study, "afspraak", order=Order.RIGHT)
    assert [line.right.split()[0] for line in right.lines] == [",", "stonden", "was"]


def test_forms_are_counted_also_those_left_out(study: Project) -> None:
    found = ask(study, "afspraak", without=["afspraak"])
    assert found.forms == (("afspraak", 2), ("afspraken", 1))
    assert words(found) == ["afspraken"]
    assert [len(ask(study, "afspraak", most=n).lines) for n in (0, 1, 9)] == [0, 1, 3]


def test_codes_and_uncoded_text_go_by_what_one_may_see(study: Project) -> None:
    parent = study.transcripts.get("ouder")
    anna, bram = study.coders.get("anna"), study.coders.get("bram")
    time, meta = study.codebook.get("tijd"), study.codebook.get("meta")
    start = parent.text.index("De afspraken")
    study.codings.add(parent, start, start + 31, time, anna)
    study.codings.add(parent, 0, 22, meta, bram)
    assert words(ask(study, "code:tijd afspraak")) == ["afspraken"]
    assert words(ask(study, "code:meta afspraak")) == ["afspraak"]
    assert len(ask(study, "uncoded afspraak").hits) == 1
    study.rounds.start([parent], [anna, bram])
    assert words(ask(study, "code:tijd afspraak")) == ["afspraken"]
    assert words(ask(study, "code:meta afspraak")) == []
    assert len(ask(study, "uncoded afspraak").hits) == 2
    study.coder = None
    assert words(ask(study, "code:tijd afspraak")) == []


def test_memos_of_others_wait_while_what_they_are_about_is_sealed(study: Project) -> None:
    parent = study.transcripts.get("ouder")
    anna, bram = study.coders.get("anna"), study.coders.get("bram")
    coding = study.codings.add(parent, 0, 22, study.codebook.get("meta"), bram)
    for kind, key in (("transcript", parent.id), ("coding", coding.id), ("code", coding.code_id)):
        study.memos.add(kind, key, "een vermoeden", bram)
    study.memos.add("transcript", parent.id, "mijn vermoeden", anna)
    assert len(find_plain(study, "vermoeden", bring_up_to_date(study)).hits) == 4
    study.rounds.start([parent], [anna, bram])
    (only,) = find_plain(study, "vermoeden", bring_up_to_date(study)).hits
    assert only[1] is not None
    assert only[1].text == "mijn vermoeden"


@pytest.mark.parametrize(
    ("typed", "error", "said"),
    [
        ("", InputError, "Type a word"),
        ('"half', InputError, "quotation mark"),
        ("(half", InputError, "without a )"),
        ("code:bestaatniet week", NotFoundError, "no code"),
        ("informant:ouders week", NotFoundError, "Did you mean ouder"),
        ("niet week", InputError, "at least one word"),
        ("code:tijd", InputError, "at least one word"),
    ],
)
def test_what_cannot_be_asked_is_said(
    study: Project, typed: str, error: type[QualcodeError], said: str
) -> None:
    with pytest.raises(error, match=said.replace("(", "\\(").replace(")", "\\)")):
        ask(study, typed)


def test_an_interview_that_is_not_indexed_is_named(study: Project) -> None:
    indexed = bring_up_to_date(study, stopped=lambda: True)
    found = find(study, "afspraak", indexed)
    assert found.hits == ()
    assert "Not searched" in found.shortfall
    assert "casus-04-leraar, ouder, leraar" in found.shortfall


def test_english_interviews_are_searched_in_english(project: Project) -> None:
    add(
        project,
        "english",
        [("P", "She called me. We were calling each other, every week.")],
        "06",
        Role.PARENT,
        "en",
    )
    assert sorted(words(ask(project, "call"))) == ["called", "calling"]
    assert words(ask(project, "bellen")) == ["belden"]


def test_empty_turns_emoji_and_very_long_turns(project: Project) -> None:
    long = "woord zonder einde " * 5_500
    text = f"\n👨‍👩‍👧 hoi\n{long.strip()}"
    turns = [Turn(1, 0, 0, "I"), Turn(2, 1, 10, "M"), Turn(3, text.index("woord"), len(text), "M")]
    project.transcripts.add("lang", text, turns, case="09")
    assert len(ask(project, "woord", most=3).hits) == 5_500
    assert words(ask(project, "hoi")) == ["hoi"]


# coding what was found


def test_hits_are_coded_by_sentence_as_one_act(study: Project) -> None:
    found = ask(study, "afspraak")
    by_id = {t.id: t for t in study.transcripts.all()}
    places = [(by_id[hit.document], Span(hit.start, hit.end)) for hit in found.hits]
    tijd = study.codebook.get("tijd")
    made = code_places(study, [*places, places[0]], tijd)
    assert [coding.span.of(by_id[coding.transcript_id].text) for coding in made] == [
        "Welke afspraak was er?",
        "De afspraken stonden op papier.",
        "Geen afspraak, niets.",
    ]
    assert code_places(study, places, tijd) == []
    study.undo()
    assert study.codings.all() == []


def test_a_hit_is_coded_as_words_sentence_or_turn(study: Project) -> None:
    parent = study.transcripts.get("ouder")
    place = Span(parent.text.index("papier"), parent.text.index("papier") + 6)
    said = {unit: passage(parent, place, unit).of(parent.text) for unit in ("words", "sentence", "turn")}
    assert said == {
        "words": "papier",
        "sentence": "De afspraken stonden op papier.",
        "turn": "De afspraken stonden op papier. Zij trok zich terug.",
    }
    across = Span(place.start, parent.text.index("Zij") + 3)
    assert passage(parent, across, "sentence").of(parent.text) == said["turn"]


def test_nobody_in_particular_cannot_code(study: Project) -> None:
    study.coder = None
    with pytest.raises(QualcodeError):
        code_places(study, [], study.codebook.get("tijd"))


# questions that are kept


def test_questions_are_kept_by_name_and_can_be_undone(study: Project) -> None:
    save_search(study, " Afspraken ", "afspraak informant:ouder ")
    save_search(study, "stilte", "stil*")
    assert saved_searches(study) == {"Afspraken": "afspraak informant:ouder", "stilte": "stil*"}
    forget_search(study, "stilte")
    assert list(saved_searches(study)) == ["Afspraken"]
    study.undo()
    assert len(saved_searches(study)) == 2
    with pytest.raises(InputError):
        save_search(study, " ", "week")
    with pytest.raises(InputError):
        save_search(study, "half", '"half')
    with pytest.raises(NotFoundError):
        forget_search(study, "nooit")


def test_a_code_below_another_counts_for_it(study: Project) -> None:
    parent = study.transcripts.get("ouder")
    below = study.codebook.add(
        Code("", "haast", Bilingual("Haast", "Haste"), parent_id=study.codebook.get("tijd").id)
    )
    study.codings.add(parent, 0, 22, below)
    assert words(ask(study, "code:tijd afspraak")) == ["afspraak"]
