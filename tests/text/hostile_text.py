"""Text that terminals and Unicode make hard, for the property tests."""

from hypothesis import strategies as st

_HARD = [
    "a", "b", "Z", "é", "ß", " ", " ", "  ", "\t", "\n", "\u00a0", "\u3000", "-", "'", "’", "[", "]", "/",
    "[leraar-1]", "zo'n ", "'t ", "👍", "👍🏽", "🏽", "👩‍👩‍👧", "❤️", "❤", "#️⃣", "1️⃣", "🇳🇱", "🇳",
    "\u0301", "e\u0301\u0323",
    "\u0903", "\u200b", "\u200c", "\u200d", "\ufe0f", "\ufe0e", "\u00ad", "\u2060", "\ufeff", "\u202e", "\u2066",
    "中", "文字", "ア", "한", "\u1112\u1161", "م", "שלום", "नि", "ก็", "\x00", "\x07", "\x1b", "\x7f", "\x85",
    "🏴\U000e0067\U000e0062\U000e007f", "…", "—", "“", "€", "\U0010ffff", "\u115f",
]  # fmt: skip

hostile_text = st.lists(st.sampled_from(_HARD) | st.characters(exclude_categories=["Cs"]), max_size=60).map(
    "".join
)


@st.composite
def text_with_turns(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text of one to five turns, joined by line ends, and where each turn stands."""
    parts = draw(st.lists(hostile_text, min_size=1, max_size=5))
    turns, start = [], 0
    for part in parts:
        turns.append((start, start + len(part)))
        start += len(part) + 1
    return "\n".join(parts), turns
