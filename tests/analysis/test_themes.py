"""Codings arranged in themes, and what was done by hand with them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.checklist import cross_table, tally, verdicts_of
from qualcode.analysis.quotes import question_before
from qualcode.analysis.themes import ArrangedTheme, arrange, pick, references, voices
from qualcode.i18n import Bilingual
from qualcode.model import Code, Coding, Rating, Role, Theme, ThemeQuote, Transcript, Turn, Verdict

CODES = [
    Code("t", "tijd", Bilingual("Tijd", "Time"), Bilingual("Over tijd.", "About time.")),
    Code("u", "urgentie", Bilingual("Urgentie", "Urgency"), parent_id="t"),
    Code("m", "meta", Bilingual("Meta")),
]
THEMES = [Theme("T", codes=("t",), position=1), Theme("M", codes=("m",), position=2)]
TRANSCRIPTS = [
    Transcript("1", "een", "woord " * 20, "h1", case="04", informant=Role.TEACHER),
    Transcript("2", "twee", "woord " * 20, "h2", case="04", informant=Role.PARENT),
    Transcript("3", "drie", "woord " * 20, "h3", case="05", informant=Role.PARENT),
]


def codings_in(length: int) -> st.SearchStrategy[list[Coding]]:
    """Codings of two people in `TRANSCRIPTS`, in texts of so many characters."""
    return st.lists(
        st.builds(
            lambda n, t, start, size, code, coder: Coding(
                str(n), t, start, min(length, start + size), code, coder
            ),
            st.integers(0, 10**9),
            st.sampled_from(["1", "2", "3"]),
            st.integers(0, length - 1),
            st.integers(1, 60),
            st.sampled_from(["t", "u", "m"]),
            st.sampled_from(["anna", "bram"]),
        ),
        max_size=30,
    )


codings = codings_in(119)
FOUND = [
    Coding("a", "1", 0, 11, "t", "anna"),
    Coding("b", "1", 0, 11, "u", "bram"),
    Coding("c", "2", 30, 41, "t", "anna"),
    Coding("d", "3", 60, 71, "m", "bram"),
]


def held(record: str, theme: str, transcript: str, start: int, end: int, **more: object) -> ThemeQuote:
    return ThemeQuote(record, theme, transcript, f"h{transcript}", start, end, **more)  # type: ignore[arg-type]


def starts(theme: ArrangedTheme) -> list[tuple[str, int]]:
    return [(f.quote.transcript.id, f.quote.span.start) for f in theme.fragments]


@given(codings)
def test_every_coding_counts_once_in_its_theme(found: list[Coding]) -> None:
    arranged = arrange(THEMES, CODES, found, TRANSCRIPTS)
    assert [theme.title for theme in arranged] == ["Time", "Meta"]
    assert sum(len(theme.codings) for theme in arranged) == len(found)
    for theme in arranged:
        assert sum(theme.counts().values()) == len(theme.codings)
        assert sum(theme.of_coder(coder) for coder in ("anna", "bram")) == len(theme.codings)
        assert sum(len(f.quote.codings) for f in theme.fragments) == len(theme.codings)
    assert arranged[0].below == (CODES[1],)


def test_a_sub_code_named_by_a_theme_no_longer_counts_with_its_parent() -> None:
    themes = [*THEMES, Theme("U", "Haast", codes=("u", "m"))]
    time, meta, haste = arrange(themes, CODES, FOUND, TRANSCRIPTS)
    assert [len(theme.codings) for theme in (time, meta, haste)] == [2, 1, 2]
    assert (haste.title, haste.definition, time.definition) == ("Haast", "", "About time.")
    assert (time.cases, time.roles, time.words) == (("04",), (Role.PARENT, Role.TEACHER), 4)


def test_fragments_lie_in_hand_order_then_as_in_the_texts() -> None:
    by_hand = [
        held("1", "T", "2", 30, 41, position=1, starred=True, short="woord […]"),
        held("2", "T", "1", 0, 10, subgroup="later", negative=True),
    ]
    time, _meta = arrange(THEMES, CODES, [*FOUND, Coding("e", "3", 0, 11, "t", "anna")], TRANSCRIPTS, by_hand)
    assert starts(time) == [("2", 30), ("3", 0), ("1", 0)]
    first, _second, last = time.fragments
    assert (first.words, first.starred, first.subgroup) == ("woord […]", True, "")
    assert (last.subgroup, last.negative, last.words) == ("later", True, "woord woord")
    assert pick(time.fragments, 2) == [first]
    assert pick(time.fragments, 0) == list(time.fragments)
    assert pick(time.fragments[1:], 5, chosen=True) == []
    assert len(pick(time.fragments[1:], 1)) == 1


def test_a_fragment_moved_to_another_theme_is_gone_from_its_own() -> None:
    by_hand = [held("1", "M", "2", 30, 41, moved_from="T")]
    time, meta = arrange(THEMES, CODES, FOUND, TRANSCRIPTS, by_hand)
    assert starts(time) == [("1", 0)]
    assert starts(meta) == [("2", 30), ("3", 60)]
    assert meta.fragments[0].quote.coders == ("anna",)


def test_a_starred_fragment_stays_when_its_coding_goes_and_goes_when_its_text_changes() -> None:
    starred = held("1", "M", "1", 60, 71, starred=True)
    _time, meta = arrange(THEMES, CODES, FOUND, TRANSCRIPTS, [starred])
    assert starts(meta) == [("1", 60), ("3", 60)]
    assert meta.fragments[0].quote.coders == ()
    elsewhere = replace(starred, text_hash="another")
    assert starts(arrange(THEMES, CODES, FOUND, TRANSCRIPTS, [elsewhere])[1]) == [("3", 60)]


def test_the_informants_of_a_case_lie_side_by_side() -> None:
    time, meta = voices(arrange(THEMES, CODES, FOUND, TRANSCRIPTS), TRANSCRIPTS[:2])
    assert ([len(f) for f in time.said.values()], time.silent) == ([1, 1], ())
    assert (meta.silent, meta.spoken) == (("1", "2"), False)


def test_the_question_stands_before_the_answer() -> None:
    text = "Hoe ging het?\nGoed.\nHeel goed."
    turns = (Turn(1, 0, 13, "I", True), Turn(2, 14, 19, "R"), Turn(3, 20, 30, "R"))
    transcript = Transcript("9", "negen", text, "h9", turns)
    asked = [
        question_before(theme.fragments[0].quote)
        for start, end in ((14, 19), (20, 30), (0, 13))
        for theme in arrange(THEMES[:1], CODES, [Coding("x", "9", start, end, "t", "a")], [transcript])
    ]
    assert asked == ["Hoe ging het?", "", ""]


def test_a_text_refers_to_quotes_by_their_handles() -> None:
    assert references("Zo [#7f3a] en zo [#00ffab] maar [#zz] niet, [lacht] ook niet.") == ["7f3a", "00ffab"]


def rating(criterion: str, case: str, coder: str, verdict: Verdict) -> Rating:
    return Rating(f"{criterion}{case}{coder}", criterion, case, coder, verdict)


def test_verdicts_of_two_are_counted_and_compared() -> None:
    ratings = [
        rating("c", "1", "anna", Verdict.GOOD),
        rating("c", "1", "bram", Verdict.GOOD),
        rating("c", "2", "anna", Verdict.POOR),
        rating("c", "2", "bram", Verdict.SILENT),
        rating("c", "3", "anna", Verdict.POOR),
        rating("d", "3", "shared", Verdict.POOR),
    ]
    assert cross_table(ratings, "anna", "bram") == [[1, 0, 0, 0], [0, 0, 0, 1], [0] * 4, [0] * 4]
    assert tally(ratings, ["anna", "bram"], "shared") == {
        "c": {(Verdict.GOOD,): 1, (Verdict.POOR, Verdict.SILENT): 1, (Verdict.POOR,): 1},
        "d": {(Verdict.POOR,): 1},
    }
    assert verdicts_of({}, ["anna"]) == ()
