"""Equal words are decided once; forms of one person share a pseudonym; two people are never mixed up by force."""

from __future__ import annotations

from random import Random

from qualcode.pseudonyms.giving import Pseudonyms, replace, shown
from qualcode.pseudonyms.lists import plain
from qualcode.pseudonyms.proposals import KnownName, NameKind
from qualcode.pseudonyms.review import NameChoice, Review


def replaced(review: Review) -> str:
    for group in review.in_text_order():
        review.accept(group.key)
    return replace(review.text, (), review.decisions())[0]


def test_one_person_in_all_forms_has_one_pseudonym() -> None:
    review = Review("Mijn dochter Emma de Vries is zes. Emma's jas hing er. Emmaatje lachte. En emma ook.")
    assert replaced(review) == (
        "Mijn dochter [leerling-1] is zes. [leerling-1]'s jas hing er. [leerling-1] lachte. En [leerling-1] ook."
    )


def test_the_mother_who_bears_the_surname_of_the_child_is_somebody_else() -> None:
    review = Review("Mijn leerling Emma de Vries is stil. Emma's juf weet het. Mevrouw De Vries belde.")
    assert replaced(review).endswith("Mevrouw [hulpverlener-1] belde.")


def test_two_full_names_share_no_first_name() -> None:
    review = Review("Emma de Vries en Emma Bakker zaten samen. Toen huilde Emma.")
    assert review.group("emma").same_as == ""
    assert len({review.accept(group.key).pseudonym for group in review.groups}) == 3


def test_equal_words_are_one_group_with_a_count_and_the_sentence_around() -> None:
    review = Review("Sem kwam binnen. Wat zei Sem? Niets.\nToen ging Sem weg.")
    group = review.group("sem")
    assert group.count == 3
    assert review.sentence(group.places[1]) == ("Wat zei ", "Sem", "?")


def test_what_is_refused_stays_and_can_be_refused_for_good() -> None:
    review = Review("Wij lezen Jip en Janneke met Sem in de klas van Pien.")
    review.refuse("pien", always=True)
    review.accept("sem")
    text = replace(review.text, (), review.decisions())[0]
    assert "Pien" in text
    assert "Sem" not in text
    assert review.always_refused() == ["Pien"]
    assert [group.key for group in Review(review.text, refused=["Pien"]).groups] == ["sem"]


def test_another_kind_or_a_pseudonym_of_ones_own() -> None:
    review = Review("Toen zei Noor dat Sem ziek was.")
    assert review.change("noor", kind=NameKind.TEACHER).pseudonym == "[leraar-1]"
    assert review.change("sem", pseudonym="[Pietje]").pseudonym == "[Pietje]"
    assert review.group("sem").choice is NameChoice.REPLACE


def test_a_short_form_can_be_told_apart_from_the_fuller_name() -> None:
    review = Review("Emma de Vries kwam. Later kwam Emma.")
    review.separate("emma")
    assert review.accept("emma").pseudonym != review.accept("emma de vries").pseudonym


def test_numbers_go_on_from_those_in_the_project_and_in_the_text() -> None:
    supply = Pseudonyms(["[leerling-3]", "[leraar-1]"])
    review = Review("[leerling-7] en mijn zoon Sem.", pseudonyms=supply)
    assert review.accept("sem").pseudonym == "[leerling-8]"


def test_names_in_labels_and_titles_are_groups_as_well() -> None:
    review = Review("Ja, dat klopt.", outside=["Marieke", "Interviewer 1", "casus 04 leraar"])
    assert [(group.name, group.places, group.outside) for group in review.groups] == [
        ("Marieke", (), ("Marieke",))
    ]


def test_open_names_stay_as_they_are() -> None:
    review = Review("Toen zei Noor dat Sem ziek was.")
    assert replace(review.text, (), review.decisions())[0] == review.text


def test_known_names_keep_their_pseudonym_and_short_forms_join_them() -> None:
    emma = KnownName(("Emma de Vries",), NameKind.CHILD, "[leerling-2]")
    review = Review("Emma lachte. Emma de Vries dus.", known=[emma])
    assert replaced(review) == "[leerling-2] lachte. [leerling-2] dus."


def test_the_key_learns_all_real_forms_of_a_name() -> None:
    review = Review("Emma de Vries kwam. Emmaatje en Emma.")
    for group in review.groups:
        review.accept(group.key)
    (known,) = review.known()
    assert known.names[0] == "Emma de Vries"
    assert set(known.names) >= {"Emma", "Emmaatje"}


def test_invented_names_suit_and_are_never_the_real_ones() -> None:
    supply = Pseudonyms(invented=True, random=Random(4))
    review = Review(
        "Mijn dochter Ayşe Yılmaz kwam. Ayşe lachte. Mijn telefoon is 06-12345678.", pseudonyms=supply
    )
    text = replaced(review)
    first, last = review.group("ayşe yılmaz").pseudonym.split()
    assert {first, last}.isdisjoint({"Ayşe", "Yılmaz"})
    assert f"{first} {last} kwam. {first} lachte." in text
    assert "[telefoon-1]" in text


def test_of_an_invented_full_name_the_part_that_fits_is_shown() -> None:
    assert shown("Lotte Bakker", "Emma", ["Emma de Vries"]) == "Lotte"
    assert shown("Lotte Bakker", "de Vries", ["Emma de Vries"]) == "Bakker"
    assert shown("Lotte Bakker", "Emma de Vries", ["Emma de Vries"]) == "Lotte Bakker"
    assert shown("[leerling-1]", "de Vries", ["Emma de Vries"]) == "[leerling-1]"


def test_hundreds_of_invented_names_do_not_repeat() -> None:
    supply = Pseudonyms(invented=True, random=Random(1))
    given = [supply.new(NameKind.CHILD, "Emma") for _n in range(150)]
    assert len({plain(name) for name in given}) == 150
    assert "emma" not in {plain(name) for name in given}


def test_the_state_is_plain_data() -> None:
    (data,) = Review("Toen zei juf Noor niets.").as_data()
    assert data["name"] == "Noor"
    assert data["choice"] == "open"
    assert data["count"] == 1


def test_names_that_are_the_same_person_share_a_pseudonym() -> None:
    review = Review("Ik belde Emma. Toen kwam Lotte, dat is ze ook.")
    full = review.change("emma", kind=NameKind.CHILD)
    assert review.same("lotte", "emma").pseudonym == full.pseudonym == "[leerling-1]"
    assert review.group("lotte").kind is NameKind.CHILD
