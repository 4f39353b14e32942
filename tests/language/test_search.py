"""Questions over a small index: what each kind finds, and what is said when it cannot be asked."""

from __future__ import annotations

import pytest

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import Bilingual
from qualcode.language.index import Occurrence
from qualcode.language.query import parse
from qualcode.language.search import Hit, search
from qualcode.model import Code, Coding, Role, Transcript, Turn
from qualcode.tasks.searching.search import Scope
from tests.language.real import RealIndex


def _transcript(
    id_: str, *said: tuple[str, str], case: str = "", informant: Role | None = None
) -> Transcript:
    turns, place = [], 0
    for n, (speaker, words) in enumerate(said, 1):
        turns.append(Turn(n, place, place + len(words), speaker))
        place += len(words) + 1
    text = "\n".join(words for _, words in said)
    return Transcript(id_, id_, text, "", tuple(turns), case, informant)


TEACHER = _transcript(
    "a",
    ("I", "Hoe ging de samenwerking?"),
    (
        "L",
        "We hadden afspraken gemaakt. Die afspraak ging niet door, want hij trok zich terug op zijn kamer.",
    ),
    ("L", "Ik wilde hem terug te bellen. Ik belde de moeder op. Ik bel op maandag. Zo is het."),
    case="04",
    informant=Role.TEACHER,
)
PARENT = _transcript(
    "b",
    ("I", "Heeft u hulp gevraagd?"),
    ("M", "Ik vroeg om hulp bij school. Het wijkteam gaf mij een plan. [leraar-1] hielp 😊 ook."),
    ("M", "Een voortgangsgesprek en nog een oudergesprek, met zorgen. Is het zo?"),
    case="05",
    informant=Role.PARENT,
)
CODES = [
    Code("c1", "afspraken", Bilingual("Afspraken", "Agreements")),
    Code("c2", "nakomen", Bilingual("Nakomen", "Keeping"), parent_id="c1"),
]
CODINGS = [Coding("x", "a", 40, 50, "c2", "me")]
SCOPE = Scope([TEACHER, PARENT], CODES, CODINGS)


@pytest.fixture(scope="module")
def index() -> RealIndex:
    index = RealIndex()
    for transcript in (TEACHER, PARENT):
        index.add(transcript.id, transcript.text, transcript.turns)
    return index


def _found(index: RealIndex, question: str) -> list[str]:
    hits = search(index, parse(question), admits=SCOPE.admits)
    return [index.excerpt(hit.document, hit.start, hit.end) for hit in hits]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("afspraak", ["afspraken", "afspraak"]),
        ("AFSPRAAK", ["afspraken", "afspraak"]),
        ('"afspraak"', ["afspraak"]),
        ('"zo is het"', ["Zo is het"]),
        ('"is het zo"', ["Is het zo"]),
        ('"een *gesprek"', ["Een voortgangsgesprek", "een oudergesprek"]),
        ("*gesprek", ["voortgangsgesprek", "oudergesprek"]),
        ("afspra*", ["afspraken", "afspraak"]),
        ("terugtrekken", ["trok zich terug"]),
        ("terugbellen", ["terug te bellen"]),
        ("opbellen", ["belde de moeder op"]),
        ("[leraar-1]", ["[leraar-1]"]),
        ("wijkteam ~3 plan", []),
        ("wijkteam ~4 plan", ["wijkteam gaf mij een plan"]),
        ("plan NEAR/4 wijkteam", ["wijkteam gaf mij een plan"]),
        ("hulp wijkteam", ["hulp", "wijkteam"]),
        ("hulp en wijkteam", ["hulp", "wijkteam"]),
        ("hulp niet wijkteam", ["hulp"]),
        ("kamer of plan", ["kamer", "plan"]),
        ("(kamer of plan) school", ["school", "plan"]),
        ("hulp informant:ouder", ["hulp", "hulp"]),
        ("hulp informant:leraar", []),
        ("hulp spreker:m", ["hulp"]),
        ("hulp niet speaker:M", ["hulp"]),
        ("afspraak casus:04", ["afspraken", "afspraak"]),
        ("afspraak code:nakomen", ["afspraken"]),
        ("afspraak code:Agreements", ["afspraken"]),
        ("afspraak uncoded", ["afspraak"]),
        ("afspraak (code:nakomen of casus:05)", ["afspraken"]),
        ("zeppelin", []),
    ],
)
def test_questions(index: RealIndex, question: str, found: list[str]) -> None:
    assert _found(index, question) == found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "Type a word"),
        ("   ", "Type a word"),
        ('"zo is het', "quotation mark"),
        ("niet hulp", "at least one word"),
        ("code:afspraken", "at least one word"),
        ("hulp en", "After “en” a word is missing"),
        ("en hulp", "a word is missing"),
        ("hulp of code:afspraken", "cannot be an alternative"),
        ("hulp of niet school", "needs something to take it from"),
        ("(hulp", "without a )"),
        ("hulp)", "without a ("),
        ("hulp ~ vragen", "how many words apart"),
        ("hulp ~900 vragen", "how many words apart"),
        ("hulp ~5 code:x", "On both sides of ~"),
        ("kleur:rood", "not something to search by"),
        ("code: hulp", "without a space"),
        ("hulp * school", "at least one letter"),
        ('""', "nothing between"),
        ("😊", "is not a word"),
        (" ".join(["hulp"] * 300), "make it shorter"),
    ],
)
def test_questions_that_cannot_be_asked_say_why(index: RealIndex, question: str, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("(", r"\(").replace(")", r"\)")):
        _found(index, question)


def test_unknown_names_in_conditions_come_with_the_nearest_name() -> None:
    with pytest.raises(NotFoundError, match="Did you mean afspraken"):
        SCOPE.check(parse("hulp code:afsprak"))
    with pytest.raises(NotFoundError, match="no case “99”"):
        SCOPE.check(parse("hulp case:99"))
    SCOPE.check(parse("hulp case:04 speaker:L informant:parent code:nakomen uncoded"))


def test_a_phrase_does_not_cross_turns(index: RealIndex) -> None:
    assert _found(index, '"samenwerking we hadden"') == []


@pytest.mark.parametrize(
    ("text", "question", "found"),
    [
        ("Het was fijn om te lopen.", "omlopen", []),
        ("Zij legde uit dat hij ziek was.", "uitleggen", ["legde uit"]),
        ("Zij belde op dat moment.", "opbellen", []),
        ("Zij belde en stond op, en weg was ze.", "opbellen", []),
        ("Zij belde en stond op, en weg was ze.", "opstaan", ["stond op"]),
        ("Zij legde in twee zinnen uit waarom hij thuis bleef.", "uitleggen", ["legde in twee zinnen uit"]),
        ("Ik pakte dat anders aan dan mijn collega.", "aanpakken", ["pakte dat anders aan"]),
        ("De juf doet er niks mee.", "meedoen", []),
        ("Hij doet met muziek altijd mee.", "meedoen", ["doet met muziek altijd mee"]),
        (
            "Ze trok zich, hè, steeds meer in haar eigen kamertje terug.",
            "terugtrekken",
            ["trok zich, hè, steeds meer in haar eigen kamertje terug"],
        ),
        ("Ik bel hem op maandag.", "opbellen", []),
        ("Ik bel hem op over die brief.", "opbellen", ["bel hem op"]),
        ("Hij heeft getrokken. Terug ging hij.", "terugtrekken", []),
        ("Hij wilde zich terug trekken.", "terugtrekken", ["terug trekken"]),
        ("Dat zij haar op zou halen.", "ophalen", ["op zou halen"]),
        ("Zij gaf, na lang wachten, toe dat het zo was.", "toegeven", ["gaf, na lang wachten, toe"]),
    ],
)
def test_split_verbs(text: str, question: str, found: list[str]) -> None:
    index = RealIndex()
    index.add("a", text)
    hits = search(index, parse(question))
    assert [text[hit.start : hit.end] for hit in hits] == found


def test_a_split_verb_says_which_words_matched(index: RealIndex) -> None:
    (hit,) = search(index, parse("terugtrekken"))
    assert hit.form == "trok … terug"
    assert [index.excerpt(hit.document, *part) for part in hit.parts] == ["trok", "terug"]


def test_conditions_need_someone_to_decide_them(index: RealIndex) -> None:
    with pytest.raises(ValueError, match="conditions"):
        search(index, parse("hulp code:x"))


def test_places_are_those_of_the_text(index: RealIndex) -> None:
    hits: list[Hit] = search(index, parse("h* of a* of [leraar-1]"))
    texts = {transcript.id: transcript.text for transcript in (TEACHER, PARENT)}
    assert len(hits) > 10
    assert all(texts[hit.document][hit.start : hit.end].lower() == hit.form for hit in hits)


@pytest.mark.parametrize(
    "question", ["terugtrekken", "hij ~5 trekken", "opbellen", "hij trok", '"hij trok"', "t*"]
)
def test_a_turn_of_100_000_characters_without_punctuation_is_searched_in_linear_time(question: str) -> None:
    """Counted in looks at the index and not in seconds: a few for each word, whatever the length."""

    class Counting(RealIndex):
        looks = 0

        def window(self, document: str, first: int, last: int) -> list[Occurrence]:
            Counting.looks += last - first + 1
            return list(super().window(document, first, last))

    index = Counting()
    index.add("lang", "hij trok zich daar terug en belde haar op dat moment weer op " * 1_700)
    hits = search(index, parse(question))
    assert len(hits) >= 1_700
    assert Counting.looks < 3 * len(index)
