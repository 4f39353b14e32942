"""What keys make of a selection, without a screen."""

from hypothesis import given, settings
from hypothesis import strategies as st
from reader_app import span_of, transcript

from qualcode.text.spans import Span
from qualcode.text.words import (
    TextUnit,
    TextUnits,
    move_edge,
    narrow,
    select_or_extend,
    simple_sentence_starts,
    widen,
)

TALK = transcript(
    ("I", "Hoe ging dat?"),
    ("Ouder", "Goed, denk ik. Maar het duurde lang! Echt te lang"),
    ("I", "Waarom?"),
    ("Ouder", "Geen idee.\nNiemand belde."),
)
PASSAGES = TextUnits(TALK.text, [turn.span for turn in TALK.turns], simple_sentence_starts)


def words(span: Span | None) -> str | None:
    return span and span.of(TALK.text)


def at(some: str) -> int:
    return TALK.text.index(some)


def test_a_sentence_then_the_next_across_turns() -> None:
    one = select_or_extend(PASSAGES, TextUnit.SENTENCE, None, at("duurde"))
    assert words(one) == "Maar het duurde lang!"
    two = select_or_extend(PASSAGES, TextUnit.SENTENCE, one, 0)
    assert words(two) == "Maar het duurde lang! Echt te lang"
    assert (
        words(select_or_extend(PASSAGES, TextUnit.SENTENCE, two, 0))
        == "Maar het duurde lang! Echt te lang\nWaarom?"
    )


def test_part_of_a_sentence_becomes_the_sentence() -> None:
    assert (
        words(select_or_extend(PASSAGES, TextUnit.SENTENCE, span_of(TALK.text, "het duurde"), 0))
        == "Maar het duurde lang!"
    )


def test_a_line_end_ends_a_sentence_and_the_last_one_stays() -> None:
    one = select_or_extend(PASSAGES, TextUnit.SENTENCE, None, at("idee"))
    assert words(one) == "Geen idee."
    two = select_or_extend(PASSAGES, TextUnit.SENTENCE, one, 0)
    assert words(two) == "Geen idee.\nNiemand belde."
    assert select_or_extend(PASSAGES, TextUnit.SENTENCE, two, 0) == two


def test_turns() -> None:
    one = select_or_extend(PASSAGES, TextUnit.TURN, None, at("duurde"))
    assert words(one) == "Goed, denk ik. Maar het duurde lang! Echt te lang"
    assert words(select_or_extend(PASSAGES, TextUnit.TURN, one, 0)) == f"{words(one)}\nWaarom?"


def test_widen_and_narrow_go_through_the_same_passages() -> None:
    caret = at("denk")
    seen, selection = [], widen(PASSAGES, None, caret)
    while selection not in seen:
        seen.append(selection)
        selection = widen(PASSAGES, selection, caret)
    assert [words(span) for span in seen] == [
        "denk",
        "denk ik.",
        "Goed, denk ik.",
        "Goed, denk ik. Maar het duurde lang! Echt te lang",
    ]
    back = [seen[-1]]
    while back[-1] is not None:
        back.append(narrow(PASSAGES, back[-1], caret))
    assert back[:-1] == seen[::-1]


def test_edges_never_pass_each_other() -> None:
    span = Span(5, 8)
    assert move_edge(span, "start", lambda offset: offset - 2) == Span(3, 8)
    assert move_edge(span, "start", lambda offset: offset + 3) == span
    assert move_edge(span, "end", lambda offset: offset + 4) == Span(5, 12)
    assert move_edge(span, "end", lambda offset: offset - 3) == span


parts = st.lists(
    st.sampled_from(["Ja", " ", ". ", "? ", ", ", "\n", "👍🏽", "[lacht]", "é", "\u200b", "  "]), max_size=12
)


@settings(max_examples=100, deadline=None)
@given(st.lists(parts.map("".join), min_size=1, max_size=4), st.data())
def test_passages_lie_in_each_other(turns: list[str], data: st.DataObject) -> None:
    talk = transcript(*(("A", words) for words in turns))
    passages = TextUnits(talk.text, [turn.span for turn in talk.turns], simple_sentence_starts)
    offset = data.draw(st.integers(0, len(talk.text)))
    turn, sentence, clause = (
        passages.at(unit, offset) for unit in (TextUnit.TURN, TextUnit.SENTENCE, TextUnit.CLAUSE)
    )
    assert turn.start <= sentence.start <= clause.start <= clause.end <= sentence.end <= turn.end
    wide = widen(passages, Span(offset, offset + 1), offset) if offset < len(talk.text) else None
    assert wide is None or (wide.start <= offset and wide.end >= offset + 1)
    sentences = [span for index in range(len(talk.turns)) for span in passages.sentences(index)]
    walked, found = [], passages.after(TextUnit.SENTENCE, 0)
    while found:
        walked.append(found)
        found = passages.after(TextUnit.SENTENCE, found.end)
    assert walked == sentences
    assert "".join(span.of(talk.text) for span in sentences).split() == [] or all(
        span.length for span in sentences
    )
