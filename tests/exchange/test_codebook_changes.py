"""What differs between two codebooks, and how a file without ids meets the codes of a project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings

from qualcode.exchange.codebooks.files import codebook_changes, read_any_codebook
from qualcode.i18n import Bilingual
from qualcode.model import Code, Codebook, new_id

from .books import codebooks, school


@settings(max_examples=30, deadline=None)
@given(codebooks())
def test_a_codebook_does_not_differ_from_itself(book: Codebook) -> None:
    assert not codebook_changes(book, book)


def test_new_changed_gone_and_moved_codes_are_told_apart() -> None:
    old = school()
    calm, pause, line, unrest = old.codes
    new = replace(
        old,
        codes=(
            replace(calm, definition=Bilingual("Anders", "Otherwise"), colour="#56B4E9"),
            replace(line, parent_id=calm.id),
            Code("x", "nieuw", Bilingual("Nieuw"), position=9),
            replace(unrest, slug="gedoe", position=10),
        ),
    )
    changes = codebook_changes(old, new)
    assert [code.slug for code in changes.new] == ["nieuw"]
    assert changes.gone == (pause,)
    assert [(change.old.slug, change.fields) for change in changes.changed] == [
        ("rust", ("definition", "colour")),
        ("rust-rij", ("parent_id",)),
        ("onrust", ("slug",)),
    ]
    assert not changes.reordered
    assert changes


def test_codes_with_other_ids_are_known_by_their_slug() -> None:
    old = school()
    ids = {code.id: new_id() for code in old.codes}
    new = replace(
        old,
        codes=tuple(
            replace(code, id=ids[code.id], parent_id=ids.get(code.parent_id or "")) for code in old.codes
        ),
    )
    assert not codebook_changes(old, new)


def test_another_order_is_a_change() -> None:
    old = school()
    new = replace(old, codes=tuple(replace(code, position=-code.position) for code in old.codes))
    changes = codebook_changes(old, new)
    assert changes.reordered
    assert not changes.changed


def test_a_list_of_names_changes_only_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "lijst.txt"
    path.write_text(
        "Onrust: Veel gedoe\nRust: Het is stil en iedereen werkt.\n    In de rij\n    Na gym\n", "utf-8"
    )
    old = school()
    changes = codebook_changes(old, read_any_codebook(path, like=old))
    assert [code.name.nl for code in changes.new] == ["Na gym"]
    assert [code.slug for code in changes.gone] == ["rust-na-de-pauze"]
    assert [(change.new.slug, change.fields) for change in changes.changed] == [
        ("onrust", ("definition",)),
        ("rust-rij", ("parent_id",)),
    ]
    assert changes.changed[0].new.definition == Bilingual("Veel gedoe")
    assert changes.changed[0].new.retired
    assert changes.reordered


def test_marks_left_open_in_a_file_stay_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "deel.csv"
    path.write_text("code,name_nl,mnemonic\nrust,Rust,\nnieuw,Nieuw,On\nonrust,Onrust,\n", "utf-8")
    calm, new, unrest = read_any_codebook(path, like=school()).codes
    assert (calm.mnemonic, calm.colour, calm.name.en) == ("Ru", "#009E73", "Calm")
    assert new.mnemonic == "On"
    assert unrest.mnemonic.casefold() not in ("on", "ru")
    assert unrest.colour == "#DB6208"
