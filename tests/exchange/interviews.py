"""Invented interviews with codings, for the tests of this folder."""

from __future__ import annotations

from hypothesis import strategies as st

from qualcode.i18n import Bilingual
from qualcode.model import Code, Coding, Role, Transcript, Turn
from qualcode.text.graphemes import splits_cluster
from qualcode.text.normal import normal, text_hash

LINES = (
    ("I", "Hoe ging het, in het begin?"),
    ("R", "Goed hoor. [lacht] We belden elke week, juf en ik.\nEn één keer kwam ze langs 😀."),
    ("I", "En daarna?"),
    ("R", "Daarna niet meer. Het duurde te lang, <zei> ze & dat was het."),
)


def interview(lines: tuple[tuple[str, str], ...] = LINES, name: str = "casus-04-leraar") -> Transcript:
    """A transcript of these turns; speaker I is the interviewer."""
    turns, start = [], 0
    for n, (speaker, words) in enumerate(lines, 1):
        turns.append(Turn(n, start, start + len(words), speaker, speaker == "I"))
        start += len(words) + 1
    text = "\n".join(words for _speaker, words in lines)
    return Transcript(f"t-{name}", name, text, text_hash(text), tuple(turns), "04", Role.TEACHER)


def codes() -> list[Code]:
    """Four codes, one of them below another and one retired."""
    return [
        Code("c1", "tijd", Bilingual("Notie van tijd", "Notion of time"), mnemonic="Ti", colour="#3B8ACA"),
        Code("c2", "haast", Bilingual("Haast", "Hurry"), mnemonic="Ha", colour="#E69F00", parent_id="c1"),
        Code(
            "c3", "meta", Bilingual("Meta-perspectief", "Meta-perspective"), mnemonic="Me", colour="#009E73"
        ),
        Code("c4", "oud", Bilingual("Oude code", "Old code"), mnemonic="Ou", colour="#CC79A7", retired=True),
    ]


_word = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "So", "Mn"]), min_size=1, max_size=8)
_lines = st.lists(_word, min_size=1, max_size=9).map(" ".join)
_turns = st.lists(
    st.tuples(st.sampled_from(["I", "R", "Moeder", ""]), st.lists(_lines, min_size=1, max_size=2)),
    min_size=1,
    max_size=6,
)


@st.composite
def interviews(draw: st.DrawFn) -> Transcript:
    """Any small interview in stored form."""
    turns = []
    for speaker, lines in draw(_turns):
        words = "\n".join(stripped for line in lines if (stripped := normal(line).strip()))
        if words:
            turns.append((speaker, words))
    return interview(tuple(turns) or (("R", "Ja."),))


@st.composite
def codings_of(
    draw: st.DrawFn, transcript: Transcript, code_ids: tuple[str, ...] = ("c1", "c2", "c3")
) -> list[Coding]:
    """Codings anywhere in the text, each place and code once, by one coder; they may overlap and cross turns."""
    places = [n for n in range(len(transcript.text) + 1) if not splits_cluster(transcript.text, n)]
    found: dict[tuple[int, int, str], Coding] = {}
    for n in range(draw(st.integers(0, 6))):
        start, end = sorted(draw(st.tuples(st.sampled_from(places), st.sampled_from(places))))
        code = draw(st.sampled_from(code_ids))
        if start < end:
            found[start, end, code] = Coding(
                f"k{n}", transcript.id, start, end, code, "anna", "2026-05-03T12:00:00.000Z"
            )
    return list(found.values())
