"""Whatever a file holds, a reader gives a draft or says what is wrong: nothing else may come out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.sources import compose
from qualcode.sources.registry import endings, read_bytes

from . import making as m

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())
SEEDS = {file.suffix: file.read_bytes() for file in CORPUS if file.stem == "good"}


def check(content: bytes, name: str) -> None:
    """Read and compose; a draft that comes out keeps the promise about positions."""
    try:
        text, turns = compose(read_bytes(content, name))
    except InputError:
        return
    assert "\n".join(text[turn.start : turn.end] for turn in turns) == text
    text.encode("utf-8")


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.name)
def test_corpus(file: Path) -> None:
    check(file.read_bytes(), file.name)


def test_every_ending_has_a_seed() -> None:
    assert {ending for ending in endings() if ending not in (".text", ".markdown", ".htm")} == set(SEEDS)


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    """`seed` with pieces cut out, doubled, swapped or overwritten."""
    content = bytearray(seed)
    for _step in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 40)))
        piece = bytes(content[start:end])
        content[start:end] = draw(
            st.one_of(
                st.binary(max_size=8),
                st.just(piece * 3),
                st.sampled_from([b"", b"\0", b"{", b"}", b"<", b"-->", b"9" * 12]),
            )
        )
    return bytes(content)


@pytest.mark.parametrize("ending", SEEDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_files(ending: str, data: st.DataObject) -> None:
    check(data.draw(damaged(SEEDS[ending])), "x" + ending)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["", *SEEDS]), st.binary(max_size=300))
def test_any_bytes(ending: str, content: bytes) -> None:
    check(content, "x" + ending)


PIECES = st.sampled_from(
    ["I:", "R: ", "Moeder:", "[leraar-1]:", "\n", "\n\n", "\t", "00:00:05", "[0:04]", "#00:01:02-3#", "-->", "1.",
     "1a)", "Les 2", "?", " ", "Logboek", "Datum: ", "**", "Anna Jansen", "   0:04", "ja", "é", "e\u0301", "😀",
     "\u202e", "\ufeff", "א", "Transcript", ":"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_layout_of_text(text: str) -> None:
    check(text.encode(), "x.txt")


XML = st.recursive(
    st.sampled_from(["", "<w:t>I: Hoe?</w:t>", "<w:t>R: Zo</w:t>", "<w:br/>", "<w:tab/>",
                     '<w:fldChar w:fldCharType="begin"/>',
                     '<w:fldChar w:fldCharType="end"/>', "<w:vMerge/>", '<w:sym w:char="F0zz"/>', "<w:sectPr/>"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>",
        st.sampled_from(["p", "r", "tbl", "tr", "tc", "tcPr", "pPr", "rPr", "del", "ins", "sdt", "sdtContent",
                         "txbxContent", "numPr"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(XML)
def test_any_order_of_word_elements(body: str) -> None:
    check(m.docx(body), "x.docx")
