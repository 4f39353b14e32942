"""Codebooks as REFI-QDA .qdc: valid by the schema, read from any program, hostile XML refused."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from qualcode.errors import InputError, QualcodeError
from qualcode.exchange.codebooks.files import read_any_codebook, write_any_codebook
from qualcode.exchange.refi.codebook import qdc_bytes
from qualcode.i18n import Bilingual
from qualcode.model import Codebook

from .books import codebooks, school

# The rules of the codebook schema (REFI-QDA 1.5, section 5.2) for what we write, said again in RELAX NG.
RULES = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:QDA-XML:codebook:1.0"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="CodeBook">
    <attribute name="origin" ns=""/>
    <attribute name="schemaLocation" ns="http://www.w3.org/2001/XMLSchema-instance"/>
    <element name="Codes"><oneOrMore><ref name="code"/></oneOrMore></element>
  </element></start>
  <define name="code"><element name="Code">
    <attribute name="guid" ns=""><data type="token"><param name="pattern"
      >[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}</param></data></attribute>
    <attribute name="name" ns=""/>
    <attribute name="isCodable" ns=""><data type="boolean"/></attribute>
    <optional><attribute name="color" ns=""><data type="token"
      ><param name="pattern">#[A-Fa-f0-9]{6}</param></data></attribute></optional>
    <optional><element name="Description"><text/></element></optional>
    <zeroOrMore><ref name="code"/></zeroOrMore>
  </element></define>
</grammar>
"""


@pytest.fixture(scope="module")
def rules() -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(RULES))


def read(
    tmp_path: Path, content: str | bytes, like: Codebook | None = None, language: str = "nl"
) -> Codebook:
    path = tmp_path / "boek.qdc"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_any_codebook(path, like, language)


@settings(max_examples=40, deadline=None)
@given(book=codebooks(min_codes=1))
def test_what_is_written_keeps_the_rules_of_the_schema(book: Codebook, rules: etree.RelaxNG) -> None:
    written = qdc_bytes(book, "nl")
    rules.assertValid(etree.fromstring(written))
    assert written.startswith(b"<?xml")
    assert b"\r" not in written


def test_a_person_can_read_the_description_in_another_program() -> None:
    root = etree.fromstring(qdc_bytes(school(), "en"))
    first = root[0][0]
    assert (first.get("name"), first.get("color"), first.get("isCodable")) == ("Calm", "#009E73", "true")
    assert first[0].text == (
        "Naam: Rust\nOmschrijving: Het is stil en iedereen werkt.\nWanneer wel: Bij stilte: ook even.\n"
        "Wanneer niet: Niet bij angst.\nVoorbeeld: =Stil, hoor. [lacht]\n"
        "Name: Calm\nDefinition: It is quiet and everyone works.\nWhen to use: At silence.\n"
        "When not to use: Not at fear.\nExample: -Quiet.\nSource: p. 4\nMnemonic: Ru\nCode: rust"
    )
    assert root[0][1].get("isCodable") == "false"


def test_a_codebook_without_codes_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(QualcodeError, match="without codes"):
        write_any_codebook(Codebook("leeg"), tmp_path / "leeg.qdc")
    assert list(tmp_path.iterdir()) == []


FOREIGN = """\
<?xml version="1.0" encoding="UTF-8"?>
<qda:CodeBook xmlns:qda="urn:QDA-XML:codebook:1:0" origin="Ander programma">
  <qda:Codes>
    <!-- opmerking -->
    <qda:Code guid="{5215CC69-B628-4E02-AFB9-9BEEAEE55808}" name="Onderwerpen" isCodable="false">
      <qda:Code guid="d7aa29da-519b-4946-9b90-253b6db8fd0a" name="Thuis" isCodable="true" color="#fA0">
        <qda:Description>Wat er thuis
 speelt</qda:Description>
      </qda:Code>
      <qda:Code guid="d7aa29da-519b-4946-9b90-253b6db8fd0a" name="Thuis" isCodable="true" color="rood"/>
    </qda:Code>
    <qda:Code guid="geen" name="Los" isCodable="true"/>
  </qda:Codes>
  <qda:Sets/>
</qda:CodeBook>
"""


def test_a_codebook_of_another_program_is_read_liberally(tmp_path: Path) -> None:
    topics, home, second, loose = read(tmp_path, FOREIGN).codes
    assert topics.id == "5215cc69-b628-4e02-afb9-9beeaee55808"
    assert not topics.retired
    assert (home.slug, home.parent_id, home.colour) == ("thuis", topics.id, "#FFAA00")
    assert home.definition == Bilingual("Wat er thuis\n speelt")
    assert (second.slug, second.name.nl, second.parent_id) == ("thuis-2", "Thuis", topics.id)
    assert len({code.id for code in (topics, home, second, loose)}) == 4
    assert uuid.UUID(loose.id)
    assert loose.parent_id is None


def test_names_can_be_said_to_be_english(tmp_path: Path) -> None:
    assert read(tmp_path, FOREIGN, language="en").codes[0].name == Bilingual(en="Onderwerpen")


def test_taguettes_codebook_with_its_empty_sets_becomes_a_tree(tmp_path: Path) -> None:
    book = read(
        tmp_path,
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5.2"><Codes>'
        '<Code guid="D5FDCC43-D5F3-55C8-8188-481EEF3641B8" name="gezin.kind" isCodable="true"/>'
        '<Code guid="B3005976-CFF2-50ED-838C-F57845535005" name="goed" isCodable="true"/></Codes><Sets/></CodeBook>',
    )
    assert [(code.name.nl, code.parent_id is None) for code in book.codes] == [
        ("gezin", True),
        ("kind", False),
        ("goed", True),
    ]


def test_a_name_changed_in_another_program_is_taken(tmp_path: Path) -> None:
    changed = qdc_bytes(school(), "nl").replace(b'name="Rust"', b'name="Stilte"')
    code = read(tmp_path, changed, like=school()).codes[0]
    assert code.name == Bilingual("Stilte", "Calm")
    assert code.id == school().codes[0].id


def nested(depth: int) -> str:
    opening = '<Code guid="d7aa29da-519b-4946-9b90-253b6db8fd0a" name="c" isCodable="true">'
    return f'<CodeBook xmlns="x"><Codes>{opening * depth}{"</Code>" * depth}</Codes></CodeBook>'


BOMB = (
    '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    '<CodeBook><Codes><Code guid="x" name="&b;" isCodable="true"/></Codes></CodeBook>'
)
FETCH = (
    '<!DOCTYPE l SYSTEM "http://localhost/x.dtd"><CodeBook><Codes>'
    '<Code guid="x" name="a" isCodable="true"/></Codes></CodeBook>'
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "XML entities"),
        (FETCH, "XML entities"),
        (BOMB.encode("utf-16"), "XML entities"),
        (
            f'<?xml version="1.0" encoding="UTF-7"?>{FETCH.replace("<!", "+ADwAIQ-", 1)}',
            "XML entities|can be read",
        ),
        (f'<?xml version="1.0" encoding="cp037"?>{FETCH}'.encode("cp037"), "cannot be read"),
        (nested(25), "levels"),
        (nested(50_000), "cannot be|cannot be read"),
        ("<CodeBook><Codes/></CodeBook>", "holds no codes"),
        ("<html><body/></html>", "holds no codes"),
        ("<CodeBook><Codes>", "near line 1"),
        ("zomaar tekst", "near line 1"),
        (
            '<CodeBook><Codes>\n<Code guid="x" isCodable="true"/></Codes></CodeBook>',
            "line 2: a code without a name",
        ),
    ],
)
def test_hostile_and_broken_files_are_refused(tmp_path: Path, content: str | bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(tmp_path, content)
