"""The word index in the project file: it answers as a list of all words would, is never stale, never shared."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.language.index import Form, Occurrence, WordRow, pattern_of, word_rows
from qualcode.language.pipeline import pipeline
from qualcode.language.query import parse
from qualcode.language.reading import keys_of
from qualcode.language.search import search
from qualcode.language.words import folded
from qualcode.model import Transcript, Turn
from qualcode.store.file.check import problems
from qualcode.store.file.forgetting import forget
from qualcode.store.index.words import Runs, pack, pack_runs, squeeze, unpack, unsqueeze
from qualcode.store.journal.relations import tables
from qualcode.store.journal.share import pack as pack_share
from qualcode.store.journal.share import read_share
from qualcode.store.project import Project, open_project
from qualcode.tasks.searching import indexing
from qualcode.tasks.searching.indexing import bring_up_to_date, state_of
from qualcode.tasks.transcripts.revising import corrected_everywhere
from qualcode.text.normal import normal


def add(project: Project, name: str, *said: str) -> Transcript:
    """Store an interview of these turns."""
    turns, start = [], 0
    for n, words in enumerate(said, 1):
        turns.append(Turn(n, start, start + len(words), "M"))
        start += len(words) + 1
    return project.transcripts.add(name, "\n".join(said), turns)


def found(project: Project, typed: str) -> list[str]:
    """What a question finds in what is indexed now."""
    index = project.words.index(state_of(project))
    return [index.excerpt(hit.document, hit.start, hit.end) for hit in search(index, parse(typed))]


# the same as words in a list


class ListedWords:
    """What an index should answer, found by looking at every word of every text."""

    def __init__(self, transcripts: list[Transcript]) -> None:
        self.texts = {each.id: each.text for each in transcripts}
        tags = {each.id: pipeline("nl").tags(each.text, each.turns) for each in transcripts}
        self.rows = {
            each.id: list(word_rows(each.text, each.turns, tags=tags[each.id])) for each in transcripts
        }
        self.every = [(row.surface, row.reading) for rows in self.rows.values() for row in rows]
        self.forms = sorted(set(self.every))

    def __len__(self) -> int:
        return sum(map(len, self.rows.values()))

    def _forms(self, fits: Callable[[str], bool]) -> list[Form]:
        return [
            Form(n, surface, self.every.count((surface, reading)), reading)
            for n, (surface, reading) in enumerate(self.forms)
            if fits(surface)
        ]

    def with_keys(self, keys: Collection[str]) -> list[Form]:
        found = []
        for form in self._forms(lambda word: True):
            ours = keys_of(form.surface, form.reading)
            if set(keys) & (ours.sure | ours.beside):
                found.append(form._replace(sure=bool(set(keys) & ours.sure)))
        return found

    def spelled(self, surface: str) -> list[Form]:
        return self._forms(lambda word: folded(word) == surface)

    def like(self, pattern: str) -> list[Form]:
        return self._forms(lambda word: pattern_of(pattern).fullmatch(folded(word)) is not None)

    def occurrences(self, forms: Collection[int]) -> list[Occurrence]:
        every = [self._place(name, row) for name, rows in self.rows.items() for row in rows]
        return [place for place in every if place.form in forms]

    def window(self, document: str, first: int, last: int) -> list[Occurrence]:
        return [self._place(document, row) for row in self.rows[document] if first <= row.n <= last]

    def surface(self, form: int) -> str:
        return self.forms[form][0]

    def excerpt(self, document: str, start: int, end: int) -> str:
        return self.texts[document][max(start, 0) : end]

    def _place(self, document: str, row: WordRow) -> Occurrence:
        return Occurrence(document, *row[:6], self.forms.index((row.surface, row.reading)))


WORDS = st.sampled_from(
    [
        "De",
        "juf",
        "trok",
        "zich",
        "terug",
        ",",
        ".",
        "afspraken",
        "Afspraak",
        "zorgen",
        "werk",
        "[leraar-1]",
        "é",
        "👨‍👩‍👧",
        "'t",
        "10.30",
    ]
)
SAID = st.lists(WORDS, min_size=1, max_size=12).map(" ".join).map(normal)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(SAID, min_size=1, max_size=4), min_size=1, max_size=3, unique_by=lambda said: "\n".join(said)
    )
)
def test_it_answers_as_a_list_of_all_words(
    tmp_path_factory: pytest.TempPathFactory, said: list[list[str]]
) -> None:
    from qualcode.store.project import create_project

    with create_project(tmp_path_factory.mktemp("p") / "x") as project:
        added = [add(project, f"t{n}", *turns) for n, turns in enumerate(said)]
        memory = ListedWords(added)
        stored = project.words.index(bring_up_to_date(project).state)
        assert len(stored) == len(memory)
        for typed in (
            "afspraak",
            "terugtrekken",
            '"de juf"',
            "*a*",
            "juf ~3 terug",
            "juf niet terug",
            "zorgen werk",
        ):
            assert search(stored, parse(typed), also=True) == search(memory, parse(typed), also=True)
        for transcript in added:
            ours, theirs = (
                [(place[:-1], index.surface(place.form)) for place in index.window(transcript.id, -2, 99)]
                for index in (stored, memory)
            )
            assert ours == theirs
            for place in stored.window(transcript.id, 0, 99):
                assert transcript.text[place.start : place.end] == stored.surface(place.form)
        assert stored.sentences == sum(rows[-1].sentence + 1 for rows in memory.rows.values() if rows)
        for word in ("juf", "afspraken", "werk", "bestaatniet"):
            for ask in (
                lambda index, word=word: index.spelled(word),
                lambda index, word=word: index.with_keys(keys_of(word).sure),
            ):
                assert sorted(form[1:] for form in ask(stored)) == sorted(form[1:] for form in ask(memory))


@given(st.lists(st.integers(0, 2**32 - 1)), st.lists(st.integers(0, 5)))
def test_packed_numbers_come_back(numbers: list[int], runs: list[int]) -> None:
    assert list(unpack(pack(numbers))) == numbers
    ascending = sorted(numbers)
    assert [list(row) for row in unsqueeze(squeeze(ascending, numbers))] == [ascending, numbers]
    kept = Runs(pack_runs(runs))
    assert [kept[n] for n in range(len(runs))] == runs


# up to date or not at all


@pytest.fixture
def two(project: Project) -> Project:
    """The interview of the project, and one that names somebody."""
    add(project, "tweede", "Meneer Zonderling belde elke week.")
    return project


def test_a_corrected_text_is_not_searched_until_it_is_read_again(two: Project) -> None:
    bring_up_to_date(two)
    assert found(two, "zonderling") == ["Zonderling"]
    transcript = two.transcripts.get("tweede")
    revision, turns = corrected_everywhere(two, transcript, "Meneer Zonderling", "Hij daar")
    two.revisions.make(revision, turns)
    state = state_of(two)
    assert [t.name for t in state.missing] == ["tweede"]
    assert found(two, "zonderling") == []
    assert bring_up_to_date(two).state.complete
    assert found(two, "zonderling") == []
    assert found(two, "week") == ["week", "week"]


def test_other_turns_over_the_same_text_are_read_again(two: Project) -> None:
    bring_up_to_date(two)
    transcript = two.transcripts.get("tweede")
    end = len(transcript.text)
    two.transcripts.set_turns(transcript, [Turn(1, 0, 17, "M"), Turn(2, 18, end, "M")])
    assert not state_of(two).complete
    bring_up_to_date(two)
    assert found(two, "zonderling week") == []  # "and" looks at one turn


def test_other_rules_or_another_pipeline_make_it_stale(two: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_up_to_date(two)
    assert state_of(two).complete
    monkeypatch.setattr(indexing, "basis", lambda language, wanted: f"other {language}")
    assert len(state_of(two).missing) == 2
    assert bring_up_to_date(two).state.complete


def test_an_interrupted_run_goes_on_where_it_stopped(two: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[int, int]] = []
    half = bring_up_to_date(two, told=lambda n, of: done.append((n, of)), stopped=lambda: len(done) == 1)
    assert done == [(0, 2)]
    assert len(half.state.ready) == 1
    assert half.state.missing[0].name in half.shortfall
    assert bring_up_to_date(two, told=lambda n, of: done.append((n, of))).shortfall == ""
    assert done == [(0, 2), (0, 1)]


def test_a_failure_half_way_leaves_what_was_done(two: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read = indexing.word_rows
    monkeypatch.setattr(
        indexing, "word_rows", lambda text, *rest: read(text, *rest) if "juf" in text else 1 / 0
    )
    with pytest.raises(ZeroDivisionError):
        bring_up_to_date(two)
    monkeypatch.setattr(indexing, "word_rows", read)
    assert [t.name for t in state_of(two).ready] == ["casus-04-leraar"]
    assert problems(two) == []


def test_while_another_program_writes_what_is_there_is_searched(two: Project) -> None:
    bring_up_to_date(two)
    add(two, "derde", "Nog een week.")
    two.db.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(two.path)
    other.execute("BEGIN IMMEDIATE")
    indexed = bring_up_to_date(two)
    assert "derde" in indexed.shortfall
    assert "Another program" in indexed.shortfall
    assert len(found(two, "week")) == 2
    other.rollback()
    other.close()
    assert bring_up_to_date(two).shortfall == ""
    assert len(found(two, "week")) == 3


def test_two_programs_put_an_interview_in_once(two: Project) -> None:
    with open_project(two.path) as other:
        assert bring_up_to_date(two).state.complete
        missing = two.transcripts.all()
        for transcript in missing:  # the other looked before, and comes late
            indexing._index(other, transcript, indexing._bases(other, missing)[transcript.language])
    assert two.db.execute("SELECT count(*) FROM word_texts").fetchone() == (2,)
    assert found(two, "zonderling") == ["Zonderling"]


def test_an_interview_that_is_taken_out_leaves_the_index(two: Project) -> None:
    bring_up_to_date(two)
    two.transcripts.remove(two.transcripts.get("tweede"))
    assert found(two, "zonderling") == []
    bring_up_to_date(two)
    forms = {row[0] for row in two.db.execute("SELECT surface FROM word_forms").fetchall()}
    assert "Zonderling" not in forms
    assert "week" in forms


# local, and gone with its text


def test_nothing_of_it_is_journaled_merged_or_shared(two: Project, tmp_path: Path) -> None:
    entries = len(two.journal.entries())
    bring_up_to_date(two)
    two.refusals.add(two.codebook.get("tijd"), two.coder, two.transcripts.get("tweede"), Turn(1, 0, 6).span)
    assert len(two.journal.entries()) == entries
    local = {name for name in tables(two.db) if name.startswith(("word_", "plain_", "refus"))}
    assert local == set()
    assert problems(two) == []
    assert two.coder is not None
    file = tmp_path / "anna.qcx"
    file.write_bytes(pack_share(two, two.coder))
    shared = read_share(file).incoming
    assert shared.entries
    assert {change.table for entry in shared.entries for change in entry.changes} <= set(tables(two.db))


@pytest.mark.parametrize("way", ["taken out", "corrected"])
def test_a_name_that_is_forgotten_is_nowhere_in_the_file(two: Project, way: str) -> None:
    bring_up_to_date(two)
    transcript = two.transcripts.get("tweede")
    two.memos.add("transcript", transcript.id, "Zonderling heet hij.")
    bring_up_to_date(two)
    assert b"onderling" in two.path.read_bytes()
    if way == "taken out":
        forget(two, transcript)
    else:
        revision, turns = corrected_everywhere(two, transcript, "Zonderling", "[leraar-1]")
        two.revisions.make(revision, turns)
        two.memos.change(two.memos.all()[0], "Zo heet hij.")
        bring_up_to_date(two)
        two.revisions.forget_old_texts()
    tables_ = ("word_forms", "word_keys", "plain_words", "plain_words_content")
    rows = [row for name in tables_ for row in two.db.execute(f"SELECT * FROM {name}").fetchall()]
    assert "onderling" not in str(rows).lower()
    content = two.path.read_bytes().lower()
    assert content.count(b"onderling") == (0 if way == "taken out" else _in_journal(two))
    assert problems(two) == []


def _in_journal(project: Project) -> int:
    """How often the memo that was changed stands in the journal, which forgets no memo."""
    changes = project.db.execute("SELECT changes FROM journal").fetchall()
    return sum(row[0].lower().count("onderling") for row in changes)


# plain search


def plain(project: Project, typed: str) -> list[str]:
    """What plain search finds, the words found in brackets."""
    hits = project.words.plain.search(typed)
    return ["".join(f"<{piece}>" if was else piece for piece, was in hit.parts) for hit in hits]


def test_plain_search_has_snippets_and_exact_places(two: Project) -> None:
    two.memos.add("project", two.id, "Vraag [b]Zonderling[/b] naar één week.")
    bring_up_to_date(two)
    assert sorted(plain(two, "zonderling")) == [
        "Meneer <Zonderling> belde elke week.",
        "Vraag [b]<Zonderling>[/b] naar één week.",
    ]
    texts = {t.id: t.text for t in two.transcripts.all()} | {m.id: m.text for m in two.memos.all()}
    for hit in two.words.plain.search("week"):
        assert hit.place.of(texts[hit.target_id]) == "week"
    assert plain(two, '"elke week, juf"') == ["Goed hoor. [lacht] We belden <elke week, juf> en ik."]
    assert plain(two, "een") == ["Vraag [b]Zonderling[/b] naar <één> week."]


@pytest.mark.parametrize("typed", ["", "  ", "...", '""', '"half'])
def test_plain_search_says_what_it_needs(two: Project, typed: str) -> None:
    with pytest.raises(InputError):
        plain(two, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "AND",
        "week OR NOT",
        "NEAR(week)",
        "text:week",
        "week*",
        "(week",
        "^week",
        "{week}",
        "-week",
        "we\0ek",
        "we\udc80ek",
    ],
)
def test_no_sign_has_a_meaning_in_plain_search(two: Project, typed: str) -> None:
    bring_up_to_date(two)
    assert isinstance(plain(two, typed), list)


def test_memos_that_change_are_found_as_they_are(two: Project) -> None:
    memo = two.memos.add("project", two.id, "een vermoeden")
    bring_up_to_date(two)
    assert plain(two, "vermoeden") == ["een <vermoeden>"]
    two.memos.change(memo, "een bewijs")
    bring_up_to_date(two)
    assert plain(two, "vermoeden") == []
    assert plain(two, "bewijs") == ["een <bewijs>"]
    two.memos.remove(two.memos.all()[0])
    assert plain(two, "bewijs") == []
