"""Where a text may be cut, and how wide what is shown is."""

import pytest
from hostile_text import hostile_text
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcode.text.graphemes import glyphs, is_plain, shown, splits_cluster, whole_clusters


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("a", 1), ("é", 1), ("e\u0301", 1), ("中", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("❤️", 2), ("#️⃣", 2), ("🇳🇱", 2),
        ("🏴\U000e0067\U000e0062\U000e007f", 2), ("a\u200b", 1), ("a\u00ad", 1), ("\u200ba", 1),
    ],
)  # fmt: skip
def test_one_visible_character_is_one_glyph(text: str, width: int) -> None:
    assert list(glyphs(text)) == [(0, len(text))]
    assert shown(text)[1] == width
    assert not any(splits_cluster(text, cut) for cut in (0, len(text)))


def test_flags_are_cut_in_pairs() -> None:
    assert list(glyphs("🇳🇱🇧🇪🇫")) == [(0, 2), (2, 4), (4, 5)]
    assert [splits_cluster("🇳🇱🇧🇪", cut) for cut in range(5)] == [False, True, False, True, False]


def test_what_a_terminal_would_swallow_is_shown_by_one_sign() -> None:
    assert shown("\t") == ("→", 1)
    assert shown("\x1b") == ("␛", 1)
    assert shown("\x85") == ("\N{REPLACEMENT CHARACTER}", 1)
    assert shown("\u0301") == ("◌\u0301", 1)
    assert shown("\u200b") == ("◌", 1)
    assert shown("a\u202e") == ("a", 1)


def test_joiner_between_letters_joins_no_letters() -> None:
    assert list(glyphs("a\u200db")) == [(0, 2), (2, 3)]
    assert shown("a\u200d") == ("a", 1)


@settings(max_examples=150, deadline=None)
@given(hostile_text)
def test_glyphs_cover_the_text_and_are_as_wide_as_the_terminal_makes_them(text: str) -> None:
    pieces = list(glyphs(text))
    assert "".join(text[start:end] for start, end in pieces) == text
    assert not any(splits_cluster(text, start) for start, _ in pieces)
    faces = [shown(text[start:end]) for start, end in pieces]
    assert all(width in (1, 2) for _, width in faces)
    assert cell_len("".join(face for face, _ in faces)) == sum(width for _, width in faces)


@settings(max_examples=150, deadline=None)
@given(hostile_text, st.data())
def test_cutting_again_from_an_edge_gives_the_same_glyphs(text: str, data: st.DataObject) -> None:
    pieces = list(glyphs(text))
    if pieces:
        first = data.draw(st.integers(0, len(pieces) - 1))
        last = data.draw(st.integers(first, len(pieces) - 1))
        assert list(glyphs(text, pieces[first][0], pieces[last][1])) == pieces[first : last + 1]


@settings(deadline=None)
@given(hostile_text)
def test_plain_text_needs_no_table(text: str) -> None:
    plain = "".join(char for char in text if is_plain(char))
    assert [shown(plain[start:end]) for start, end in glyphs(plain)] == [(char, 1) for char in plain]


def test_every_plain_character_fills_one_cell_alone() -> None:
    plain = "".join(filter(is_plain, map(chr, range(0x3000))))
    assert len(plain) > 900
    assert len(list(glyphs(plain))) == cell_len(plain) == len(plain)


@settings(deadline=None)
@given(hostile_text, st.data())
def test_widening_to_whole_clusters_cuts_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    wide_start, wide_end = whole_clusters(text, start, end)
    assert wide_start <= start <= end <= wide_end
    assert not splits_cluster(text, wide_start)
    assert not splits_cluster(text, wide_end)
