"""The detector by example: what is found, as what, how surely, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.i18n import speaking
from qualcode.pseudonyms.detect import propose
from qualcode.pseudonyms.opinions import entity_layer
from qualcode.pseudonyms.patterns import passes_eleven_test
from qualcode.pseudonyms.proposals import KnownName, NameKind, Tier


def found(text: str, **options: object) -> list[tuple[str, NameKind]]:
    return [(one.text, one.kind) for one in propose(text, **options)]  # type: ignore[arg-type] # plain options


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mail naar m.jansen@kompas.nl of bel 06-12345678.", ["m.jansen@kompas.nl", "06-12345678"]),
        ("Bel +31 6 98 76 54 32, of (035) 628 11 22.", ["+31 6 98 76 54 32", "(035) 628 11 22"]),
        ("De site is www.kompas.nl/zorg, kijk daar.", ["www.kompas.nl/zorg"]),
        ("Ze wonen in de Dorpsstraat 14a, 3701 AB Zeist.", ["Dorpsstraat 14a", "3701 AB", "Zeist"]),
        ("Dat was op maandag 7 maart 2022.", ["maandag 7 maart 2022"]),
        ("Zij was er op 2021-03-07 en op 14-11-2022.", ["2021-03-07", "14-11-2022"]),
    ],
)
def test_what_has_a_form_of_its_own(text: str, expected: list[str]) -> None:
    assert [one.text for one in propose(text)] == expected


def test_a_date_behind_a_word_about_birth_is_sure_and_others_are_not() -> None:
    born, met = propose("Hij is geboren op 3 mei 2012. We spraken elkaar op 4 juni.")
    assert (born.tier, met.tier) == (Tier.SURE, Tier.LOOK)


def test_nine_digits_are_sure_only_when_they_pass_the_eleven_test() -> None:
    assert passes_eleven_test([1, 1, 1, 2, 2, 2, 3, 3, 3])
    assert not passes_eleven_test([1, 2, 3, 4, 5, 6, 7, 8, 9])
    right, wrong = propose("Het nummer is 111222333, of was het 123456789?")
    assert (right.kind, right.tier, wrong.tier) == (NameKind.ID_NUMBER, Tier.SURE, Tier.LOOK)
    assert "eleven-test" in str(right.reasons[0])


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Toen zei juf Bloem dat het goed was.", "Bloem", NameKind.TEACHER),
        ("En mevrouw van der Heijden kwam ook.", "van der Heijden", NameKind.PROFESSIONAL),
        ("Mijn man, Mehmet, werkt daar.", "Mehmet", NameKind.PARENT),
        ("De moeder van Bram belde elke week.", "Bram", NameKind.CHILD),
        ("Ik sprak Petra, de IB'er.", "Petra", NameKind.TEACHER),
        ("Zij heet Oumnia.", "Oumnia", NameKind.PERSON),
        ("Hij ging naar obs Het Kompas.", "obs Het Kompas", NameKind.SCHOOL),
        ("De Toermalijnschool is dicht.", "Toermalijnschool", NameKind.SCHOOL),
        ("We belden het wijkteam Overvecht.", "wijkteam Overvecht", NameKind.INSTITUTION),
        ("Daarna kwam Veilig Thuis.", "Veilig Thuis", NameKind.INSTITUTION),
    ],
)
def test_the_surroundings_tell_whose_name_it_is(text: str, name: str, kind: NameKind) -> None:
    assert found(text) == [(name, kind)]


def test_a_name_that_is_a_word_is_found_again_once_a_title_gave_it_away() -> None:
    names = found("Meneer Groen kwam. De muur was groen. Groen was te laat.")
    assert names == [("Groen", NameKind.PROFESSIONAL), ("Groen", NameKind.PROFESSIONAL)]


def test_genitives_stay_outside_and_diminutives_inside() -> None:
    assert [one.text for one in propose("Ik zag Emma's jas, Yusufs fiets en Fleurtje zelf.")] == [
        "Emma",
        "Yusuf",
        "Fleurtje",
    ]


def test_text_without_capitals_is_read_with_more_suspicion() -> None:
    talk = "toen zei meester vos tegen jayden dat hij naar huis moest"
    assert [one.text for one in propose(talk)] == ["vos", "jayden"]
    assert propose("Toen zag hij een vos in de tuin van het huis.") == []


def test_placeholders_and_remarks_are_left_alone() -> None:
    assert propose("[leerling-1] lachte. [lacht] Toen ging [leraar-12]'s tas [onverstaanbaar] stuk.") == []


def test_languages_feasts_and_brands_are_no_names() -> None:
    talk = "Hij spreekt Turks en Nederlands, viert Kerst en kijkt op YouTube naar Harry Potter van de Hema."
    assert propose(talk) == []


def test_participants_are_found_in_every_form_and_in_lower_case() -> None:
    roos = KnownName(("Roos Vermeulen", "Roosje"), NameKind.CHILD)
    talk = "toen ging roos op de gang zitten en roosje's jas hing er nog"
    assert found(talk, participants=[roos]) == [("roos", NameKind.CHILD), ("roosje", NameKind.CHILD)]


def test_known_names_bring_their_pseudonym() -> None:
    emma = KnownName(("Emma de Vries",), NameKind.CHILD, "[leerling-4]")
    whole, first, small = propose("Emma de Vries? Ja, Emma. Ons Emmaatje.", known=[emma])
    assert {whole.pseudonym, first.pseudonym, small.pseudonym} == {"[leerling-4]"}


def test_a_first_name_of_two_children_brings_neither_pseudonym() -> None:
    both = [
        KnownName(("Emma de Vries",), NameKind.CHILD, "[leerling-1]"),
        KnownName(("Emma Bakker",), NameKind.CHILD, "[leerling-2]"),
    ]
    assert propose("Toen kwam Emma binnen.", known=both)[0].pseudonym == ""


def test_reasons_are_sentences_in_the_language_of_the_user() -> None:
    reason = propose("Dat zei juf Marieke.")[0].reasons[0]
    assert str(reason) == "stands behind “juf”"
    with speaking("nl"):
        assert "juf" in str(reason)


def test_entities_of_a_pipeline_are_a_further_layer() -> None:
    layer = entity_layer(lambda text: [(text.index("Bakker"), len(text) - 1, "PERSON")])
    assert found("Bakker kwam niet.".replace(" kwam niet", ""), more_layers=[layer]) == [
        ("Bakker", NameKind.PERSON)
    ]


hostile = st.text(
    st.sampled_from(list("AaEeſİßé .,:;!?'’\"-–\n\t[]()@/0123 \u0301\ud800\u200d👩")) | st.characters(),
    max_size=80,
)
speech = st.lists(
    st.sampled_from(
        ["Emma", "emma's", "de Vries", "van", "'t", "juf", "School", "op De", "[leerling-1]", "06-12345678", "Hij",
         "obs", "J.P.", "3 mei", ".", "?", "\n", "Van", "Den Haag", "KAREL", "stichting", "moeder van", "a@b.nl"]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(hostile, speech))
def test_proposals_are_disjoint_ordered_true_to_the_text_and_never_touch_a_placeholder(text: str) -> None:
    last = 0
    for one in propose(text, known=[KnownName(("Emma de Vries",), NameKind.CHILD, "[leerling-1]")]):
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert "[leerling-1]" not in one.text
        assert "\n" not in one.text
        assert one.reasons
        last = one.end


@pytest.mark.parametrize("piece", ["A", "Aa ", "A.", "x-", "Jan van ", "a@", "1", "Straat ", "\n", "juf A"])
def test_monotonous_text_takes_no_more_than_its_length(piece: str) -> None:
    assert isinstance(propose(piece * (60_000 // len(piece))), list)
