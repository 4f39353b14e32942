"""Codebook files: what is read, what is written, and what is said about faults."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.errors import InputError, QualcodeError
from qualcode.exchange.codebooks.files import read_any_codebook, write_any_codebook
from qualcode.exchange.codebooks.yaml import codebook_text, parse_codebook
from qualcode.i18n import Bilingual
from qualcode.model import DEEPEST, Code, Codebook
from qualcode.text.code_marks import HUES

from .books import codebooks

SMALL = """\
codebook: samen
title: {nl: Samenwerken, en: Working together}
source: Een boek, p. 3

codes:
  - id: tijd
    mnemonic: Ti
    colour: "#3b8aca"
    name: {nl: Notie van tijd, en: Notion of time}
    definition:
      nl: >-
        Hoe lang iemand denkt
        dat iets mag duren.

        Ook geduld.
      en: How long something may take.
    use: {nl: Als iemand een termijn noemt., en: When a term is named.}
    not: {nl: "Niet bij 'doel': zie doelen.", en: Not for goals.}
    example: Na de kerst moet het beter gaan.
    source: thema 6
    codes:
      - id: tijd-haast
        name: Haast
  - id: on
    name: no
"""


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_codebook(text, "boek.yaml")
    assert "boek.yaml" in str(caught.value)
    return list(caught.value.problems)


def test_a_codebook_is_read_whole() -> None:
    book = parse_codebook(SMALL, "boek.yaml")
    assert (book.name, book.title, book.source) == (
        "samen",
        Bilingual("Samenwerken", "Working together"),
        "Een boek, p. 3",
    )
    time, haste, on = book.codes
    assert time.definition == Bilingual(
        "Hoe lang iemand denkt dat iets mag duren.\nOok geduld.", "How long something may take."
    )
    assert time.not_use.nl == "Niet bij 'doel': zie doelen."
    assert time.example == Bilingual(nl="Na de kerst moet het beter gaan.")
    assert (time.mnemonic, time.colour, time.source) == ("Ti", "#3B8ACA", "thema 6")
    assert haste.parent_id == time.id
    assert [code.position for code in book.codes] == [0, 1, 2]
    assert on.parent_id is None


def test_words_that_yaml_takes_for_truth_or_numbers_stay_words() -> None:
    book = parse_codebook(
        "codebook: 2024-01-01\ncodes:\n- {id: on, name: no}\n- {id: 012, name: 1_000}\n", "x"
    )
    assert book.name == "2024-01-01"
    assert [(code.slug, code.name.nl) for code in book.codes] == [("on", "no"), ("012", "1_000")]
    assert parse_codebook(codebook_text(book), "x") == book


def test_an_id_made_on_the_fly_is_kept_as_it_is() -> None:
    book = parse_codebook('codebook: x\ncodes:\n- {id: "Met: Hoofdletters", name: Een}\n', "x")
    assert book.codes[0].slug == "Met: Hoofdletters"
    assert parse_codebook(codebook_text(book), "x") == book


def test_two_laptops_give_the_same_ids() -> None:
    first, second = parse_codebook(SMALL, "a"), parse_codebook(SMALL.replace("Haast", "Spoed"), "b")
    assert [code.id for code in first.codes] == [code.id for code in second.codes]
    other = parse_codebook(SMALL.replace("codebook: samen", "codebook: ander"), "c")
    assert not {code.id for code in first.codes} & {code.id for code in other.codes}


def test_missing_marks_are_filled_in_each_its_own() -> None:
    listed = "".join(f"- {{id: c{n}, name: Tijd nemen}}\n" for n in range(40))
    codes = parse_codebook(f"codebook: x\ncodes:\n- {{id: a, name: Tijd, mnemonic: tn}}\n{listed}", "x").codes
    assert len({code.mnemonic.casefold() for code in codes}) == 41
    assert all(len(code.mnemonic) == 2 for code in codes)
    assert codes[1].mnemonic == "Ti"
    assert {code.colour for code in codes[:7]} == set(HUES)


def test_a_filled_in_colour_avoids_the_colours_that_are_given() -> None:
    codes = parse_codebook(
        f'codebook: x\ncodes:\n- {{id: a, name: A}}\n- {{id: b, name: B, colour: "{HUES[0]}"}}', "x"
    )
    assert [code.colour for code in codes.codes] == [HUES[1], HUES[0]]


def test_faults_are_listed_together_each_with_its_line() -> None:
    assert problems(
        """\
codebook: x
codes:
  - id: een
    name: Een
  - name: Twee
    mnemonic: Tw
  - id: drie
    nmae: Drie
    mnemonic: tw
  - id: drie
    name: {nl: Vier, fr: Quatre}
    colour: red
    mnemonic: abc
  - id: vijf
    name: Vijf
    colour: #009E73
    name: Zes
"""
    ) == [
        "line 5: an id is missing here",
        "line 7: the code drie has no name",
        "line 8: 'nmae' is not known here; did you mean 'name'?",
        "line 9: the mnemonic tw is already that of ?",
        "line 10: the id drie is used twice",
        "line 11: 'fr' is not known here; known are nl, en",
        "line 12: the colour 'red' should be # with six digits or letters a-f, such as #009E73",
        "line 13: the mnemonic 'abc' should be two letters or digits",
        'line 16: what follows # is not read; put it in quotes: "#..."',
        "line 17: 'name' stands here a second time",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("codes: []", "line 1: the first line should give the name"),
        ("codebook: x", "line 1: there are no codes"),
        ("- a\n- b", "line 1: expected lines such as codebook:"),
        ("codebook: x\ncodes: {id: a}", "line 2: expected a list"),
        ("codebook: x\ncodes:\n- {id: a, name: [b]}", "line 3: expected a text"),
        ("codebook: x\ncodes:\n- zomaar een zin", "line 3: expected lines such as id:"),
        ('codebook: x\ncodes:\n- {id: a, name: "b\\x07"}', "line 3: this text holds signs"),
        ("codebook: x\ncodes:\n\t- id: a", "line 3: there is a tab"),
        (
            "codebook: x\ncodes:\n- id: a\n  name: tijd: geduld",
            "line 4: a text with a colon in it needs quotes",
        ),
        ("codebook: x\ncodes:\n- id: 'a\n", "something is wrong here or just above"),
        ("codebook: x\ncodes:\n- &a {id: a, name: b}\n- *a", "line 3: signs such as &name and *name"),
        ("checklist: x\ndimensions: []", "'checklist' is not known here"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused_with_advice(text: str, said: str) -> None:
    assert any(said in problem for problem in problems(text)), problems(text)


def test_nesting_without_end_is_refused() -> None:
    assert "nested deeper" in problems("[" * 100_000)[0]
    assert "nested deeper" in problems("codebook: x\ncodes: " + "[{id: a, codes: " * 30 + "[]" + "}]" * 30)[0]


def test_aliases_that_blow_up_are_refused() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    assert "line 1: signs such as" in problems(bomb)[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"# alleen een opmerking\n", "is empty"),
        (b"PK\x03\x04\x14\x00\x00\x00", "is not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "is not a text file"),
        ("codebook: x\ntitle: één".encode("cp1252"), "is not in UTF-8; line 2"),
    ],
)
def test_a_file_that_is_not_text_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "boek.yaml"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        read_any_codebook(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_any_codebook(tmp_path / "niets.yaml")
    (tmp_path / "map.yaml").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read_any_codebook(tmp_path / "map.yaml")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_windows_forms_of_unicode_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "boek.yaml"
    path.write_bytes(SMALL.replace("\n", "\r\n").encode(encoding))
    assert read_any_codebook(path) == parse_codebook(SMALL, "x")


def test_what_is_written_is_what_a_person_would_type(tmp_path: Path) -> None:
    path = tmp_path / "boek.yaml"
    write_any_codebook(parse_codebook(SMALL, "x"), path)
    assert path.read_text("utf-8") == (
        """\
codebook: samen
title:
  nl: Samenwerken
  en: Working together
source: Een boek, p. 3

codes:
  - id: tijd
    mnemonic: Ti
    colour: "#3B8ACA"
    name:
      nl: Notie van tijd
      en: Notion of time
    definition:
      nl: >-
        Hoe lang iemand denkt dat iets mag duren.

        Ook geduld.
      en: How long something may take.
    use:
      nl: Als iemand een termijn noemt.
      en: When a term is named.
    not:
      nl: "Niet bij 'doel': zie doelen."
      en: Not for goals.
    example: Na de kerst moet het beter gaan.
    source: thema 6
    codes:
      - id: tijd-haast
        mnemonic: Ha
        colour: "#E69F00"
        name: Haast

  - id: "on"
    mnemonic: "No"
    colour: "#009E73"
    name: "no"
"""
    )
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_leaves_words_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(QualcodeError, match="cannot be written"):
        write_any_codebook(parse_codebook(SMALL, "x"), tmp_path / "nergens" / "boek.yaml")


def test_long_texts_are_wrapped_and_come_back_the_same() -> None:
    text = "Een zin met: dubbele punt, # hekje en 'aanhaling'. " * 12
    text = text.strip() + "\n\nNog een alinea."
    book = parse_codebook("codebook: x\ncodes: []", "x")
    book = replace(book, description=Bilingual(nl=text))
    written = codebook_text(book)
    assert max(map(len, written.splitlines())) <= 100
    assert parse_codebook(written, "x") == book


def test_codes_that_are_each_others_parent_are_misuse() -> None:
    a, b = Code("a", "a", Bilingual("A"), parent_id="b"), Code("b", "b", Bilingual("B"), parent_id="a")
    with pytest.raises(ValueError, match="parent"):
        codebook_text(Codebook("x", codes=(a, b)))


def test_a_tree_too_deep_to_be_read_back_is_not_written() -> None:
    codes = [
        Code(str(n), f"c{n}", Bilingual("C"), parent_id=str(n - 1) if n else None, position=n)
        for n in range(DEEPEST + 1)
    ]
    with pytest.raises(InputError, match=f"{DEEPEST} levels"):
        codebook_text(Codebook("x", codes=tuple(codes)))


@settings(max_examples=150, deadline=None)
@given(codebooks())
def test_every_codebook_comes_back_as_it_was(book: Codebook) -> None:
    text = codebook_text(book)
    again = parse_codebook(text, "x")
    assert again == book
    assert codebook_text(again) == text


_scraps = st.text(st.sampled_from("\n:- [{'\"#&*|>\t!aé"), max_size=6)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(SMALL)), st.integers(0, 20), _scraps)
def test_a_damaged_file_is_read_or_refused_in_words(place: int, cut: int, scrap: str) -> None:
    with suppress(InputError):
        parse_codebook(SMALL[:place] + scrap + SMALL[place + cut :], "x")


def test_lines_that_begin_with_spaces_keep_them() -> None:
    text = "Let op:\n  - " + "lang " * 30 + "\n  - kort"
    book = Codebook("x", description=Bilingual(nl=text))
    assert "description: |-" in codebook_text(book)
    assert parse_codebook(codebook_text(book), "x").description.nl == text.replace(" \n", "\n")
