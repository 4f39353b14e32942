"""Arranging themes as with strips of paper."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.themes import Fragment
from qualcode.errors import InputError
from qualcode.i18n import Bilingual
from qualcode.model import Code, Role, Turn
from qualcode.store.file.check import problems
from qualcode.store.project import Project
from qualcode.tasks import themes
from qualcode.text.graphemes import splits_cluster

WORDS = tuple(f"Zin nummer {n} van het gesprek." for n in range(6))


@pytest.fixture
def strips(project: Project) -> Project:
    """A project in which anna coded six sentences with "tijd" and bram the last two with "meta"."""
    text = "\n".join(WORDS)
    turns, start = [], 0
    for n, words in enumerate(WORDS, 1):
        turns.append(Turn(n, start, start + len(words), "R"))
        start += len(words) + 1
    transcript = project.transcripts.add("zes", text, turns, case="05", informant=Role.PARENT)
    for turn in turns:
        project.codings.add(transcript, turn.start, turn.end, project.codebook.get("tijd"))
    for turn in turns[4:]:
        project.codings.add(
            transcript, turn.start, turn.end, project.codebook.get("meta"), project.coders.get("bram")
        )
    return project


def numbers(project: Project, theme: int = 0) -> list[int]:
    """The sentences of a theme by their numbers, in hand order."""
    return [WORDS.index(f.quote.text) for f in themes.arranged(project)[theme].fragments]


def strip(project: Project, number: int, theme: int = 0) -> Fragment:
    return next(f for f in themes.arranged(project)[theme].fragments if f.quote.text == WORDS[number])


def test_a_strip_moves_up_and_down_and_back(strips: Project) -> None:
    def move(number: int, by: int) -> list[int]:
        themes.place(strips, themes.arranged(strips)[0], strip(strips, number), by)
        return numbers(strips)

    assert numbers(strips) == [0, 1, 2, 3, 4, 5]
    assert move(4, -3) == [0, 4, 1, 2, 3, 5]
    assert move(0, 2) == [4, 1, 0, 2, 3, 5]
    assert move(4, -1) == [4, 1, 0, 2, 3, 5]
    assert move(5, 9) == [4, 1, 0, 2, 3, 5]
    strips.undo()
    strips.undo()
    assert numbers(strips) == [0, 1, 2, 3, 4, 5]
    assert problems(strips) == []


@settings(max_examples=25, deadline=None)
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.integers(-6, 6)), max_size=8))
def test_moving_is_as_with_a_list(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, int]]
) -> None:
    from qualcode.store.project import create_project

    with create_project(tmp_path_factory.mktemp("p") / "x.qualcode") as made:
        made.coder = made.coders.add("anna")
        made.codebook.add(Code("", "tijd", Bilingual("Tijd")))
        text = "\n".join(WORDS)
        transcript = made.transcripts.add("zes", text, [Turn(1, 0, len(text), "R")])
        for words in WORDS:
            start = text.index(words)
            made.codings.add(transcript, start, start + len(words), made.codebook.get("tijd"))
        expected = list(range(6))
        for at, by in moves:
            themes.place(made, themes.arranged(made)[0], strip(made, expected[at]), by)
            expected.insert(max(0, min(5, at + by)), expected.pop(at))
            assert numbers(made) == expected


def test_new_codings_come_behind_what_was_placed(strips: Project) -> None:
    themes.place(strips, themes.arranged(strips)[0], strip(strips, 3), -3)
    transcript = strips.transcripts.get("casus-04-leraar")
    strips.codings.add(transcript, 14, 24, strips.codebook.get("tijd"))
    first = themes.arranged(strips)[0].fragments
    assert first[0].quote.text == WORDS[3]
    assert [f.quote.text for f in first].index("Goed hoor.") == 1


def test_a_strip_goes_to_another_theme_and_back(strips: Project) -> None:
    meta = themes.arranged(strips)[1].theme
    themes.star(strips, strip(strips, 1))
    themes.move_to(strips, strip(strips, 1), meta, "van boven")
    assert numbers(strips) == [0, 2, 3, 4, 5]
    assert numbers(strips, 1) == [4, 5, 1]
    moved = strip(strips, 1, theme=1)
    assert (moved.starred, moved.subgroup, moved.quote.coders) == (
        True,
        "van boven",
        (strips.coders.get("anna").id,),
    )
    themes.move_to(strips, moved, themes.arranged(strips)[0].theme)
    assert numbers(strips) == [0, 1, 2, 3, 4, 5]
    assert numbers(strips, 1) == [4, 5]
    assert strip(strips, 1).starred


def test_what_is_in_both_themes_is_one_strip_after_moving(strips: Project) -> None:
    themes.shorten(strips, strip(strips, 4, theme=1), "Zin nummer 4 […]")
    themes.move_to(strips, strip(strips, 4), themes.arranged(strips)[1].theme)
    assert numbers(strips) == [0, 1, 2, 3, 5]
    assert numbers(strips, 1) == [4, 5]
    assert strip(strips, 4, theme=1).words == "Zin nummer 4 […]"
    assert len(strips.themes.quotes()) == 1


@pytest.mark.parametrize(
    ("short", "fits"),
    [
        ("Zin nummer 0 […]", True),
        ("[…] nummer 0 […] gesprek.", True),
        ("Zin […] gesprek.", True),
        ("Zin nummer 0 [...]", True),
        ("", True),
        ("Zin nummer 0", False),
        ("nummer 0 van het gesprek.", False),
        ("Zin nummer tien […]", False),
        ("gesprek. […] Zin […]", False),
    ],
)
def test_a_shortened_quote_keeps_the_words_that_were_said(strips: Project, short: str, fits: bool) -> None:
    if fits:
        themes.shorten(strips, strip(strips, 0), short)
        assert strip(strips, 0).words == (short or WORDS[0])
    else:
        with pytest.raises(InputError):
            themes.shorten(strips, strip(strips, 0), short)
        assert strips.themes.quotes() == []


@given(st.data())
def test_leaving_words_out_keeps_the_others(data: st.DataObject) -> None:
    from qualcode.analysis.quotes import Quote
    from qualcode.model import Transcript
    from qualcode.text.spans import Span

    words = "Een twee drie vier vijf."
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    quote = Quote(Transcript("t", "t", words, ""), Span(0, len(words)), words, 1, (), ())
    short = themes.leave_out(Fragment(quote, "T"), start, end)
    assert short.replace("[…]", "").split() == (words[:start].strip() + " " + words[end:].strip()).split()
    assert not splits_cluster(words, start)


def test_one_act_one_undo(strips: Project) -> None:
    before = len(strips.journal.entries())
    themes.mark_negative(strips, strip(strips, 2))
    themes.put_in_group(strips, strip(strips, 2), "  anders   gezegd ")
    assert len(strips.journal.entries()) == before + 2
    assert (strip(strips, 2).negative, strip(strips, 2).subgroup) == (True, "anders gezegd")
    strips.undo()
    strips.undo()
    assert strips.themes.quotes() == []
    with pytest.raises(InputError, match="6 fragments"):
        themes.fragment_numbered(themes.arranged(strips)[0], 7)


def test_a_quote_moves_along_when_the_text_is_corrected_elsewhere(strips: Project) -> None:
    reference = themes.refer(strips, strip(strips, 3))
    assert strips.themes.by_handle(reference[2:-1]) is not None
    assert themes.refer(strips, strip(strips, 3)) == reference
