"""Everything a user reads exists in Dutch."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from runpy import run_path
from string import Formatter
from threading import Event, Thread

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from qualcode import i18n
from qualcode.cli.group import qualcode
from qualcode.i18n import Bilingual, _, date, language, number, percent, set_language, speaking
from tests.verbs import in_a_process

PACKAGE = Path(i18n.__file__).parent
FOLDER = PACKAGE / "locale" / "nl" / "LC_MESSAGES"
DOCS = PACKAGE.parent / "docs"
OF_AN_ARTICLE = [PACKAGE / "reports" / "wording" / name for name in ("methods.py", "claims.py")]


@pytest.fixture(scope="module")
def dutch() -> Catalog:
    with (FOLDER / "qualcode.po").open("rb") as file:
        return read_po(file, locale="nl")


def sentences_in_the_code() -> set[str | tuple[str, ...]]:
    return set(run_path(str(PACKAGE.parent / ".ci" / "catalogue.py"))["sentences"]())


def test_no_sentence_is_untranslated(dutch: Catalog) -> None:
    missing = []
    for sentence in sentences_in_the_code():
        message = dutch.get(sentence)
        strings = message.string if message else ""
        if message is None or not all([strings] if isinstance(strings, str) else strings):
            missing.append(sentence)
    assert missing == []


def test_no_translation_is_left_over_or_unsure(dutch: Catalog) -> None:
    known = {s if isinstance(s, str) else s[0] for s in sentences_in_the_code()}
    for message in dutch:
        if message.id:
            first = message.id if isinstance(message.id, str) else message.id[0]
            assert first in known
            assert not message.fuzzy


def test_a_translation_fills_in_the_same_places(dutch: Catalog) -> None:
    def places(text: str) -> set[str]:
        return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}

    for message in dutch:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set().union(*map(places, ids))
        for string in strings:
            assert places(string) <= wanted, string
        assert places(strings[-1]) == places(ids[-1]), strings


def test_the_compiled_catalogue_is_the_readable_one(dutch: Catalog) -> None:
    compiled = gettext.translation("qualcode", PACKAGE / "locale", ["nl"])
    for message in dutch:
        if isinstance(message.id, str) and message.id:
            assert compiled.gettext(message.id) == message.string
        elif message.id:
            for n, form in ((1, message.string[0]), (2, message.string[1])):
                assert compiled.ngettext(*message.id, n) == form


def words_not_used() -> list[str]:
    """The last column of the glossary."""
    lines = (DOCS / "woorden.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split("|") for line in lines if line.startswith("| ")]
    return [word.strip() for row in rows[1:] if len(row) == 4 for word in row[3].split(",")]


def strays(text: str, words: list[str]) -> list[str]:
    """Which of `words` stand in `text`, apart from what people type: verbs, options, columns."""
    text = re.sub(r"`[^`]*`|--[\w-]+|\w+(?:,\w+)+", " ", text)
    return [word for word in words if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]


def test_dutch_keeps_to_the_glossary(dutch: Catalog) -> None:
    words = words_not_used()
    assert len(words) > 30
    of_an_article = {
        node.value
        for path in OF_AN_ARTICLE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    found = {}
    for message in dutch:
        ids, strings = ([s] if isinstance(s, str) else list(s) for s in (message.id, message.string))
        kept = {"codeur", "codeurs"} if ids[0] in of_an_article else set()
        if wrong := set(strays(" ".join(strings), words)) - kept:
            found[ids[0]] = wrong
    assert found == {}
    assert strays((DOCS / "gids.md").read_text(encoding="utf-8"), words) == []


def test_a_stray_word_is_seen_and_what_is_typed_is_not() -> None:
    assert strays("De Codeur zag `transcript`", ["codeur", "transcript"]) == ["codeur"]
    assert strays("met --transcript, kolommen: transcript,start", ["transcript"]) == []
    assert strays("een wachtzin", ["wacht"]) == []


def metavars(command: click.Command) -> Iterator[str]:
    """What stands for the words of a verb and of those below it."""
    context = click.Context(command)
    yield from (param.make_metavar(context) for param in command.params)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from metavars(below)


def test_what_stands_for_a_word_of_a_verb_has_dutch(dutch: Catalog) -> None:
    ids = [message.id for message in dutch if isinstance(message.id, str)]
    known = {word for one in ids if one.upper() == one for word in re.findall("[A-Z]{2,}", one)}
    kinds = {
        "TEXT",
        "INTEGER",
        "FLOAT",
        "RANGE",
        "PATH",
        "BOOLEAN",
    }  # in the catalogue in small letters, or not shown
    found = {word for one in metavars(qualcode) for word in re.findall("[A-Z]{2,}", one)}
    assert {"PROJECT", "RANKING"} <= found
    assert found - known - kinds == set()


def test_click_speaks_dutch_as_well(tmp_path: Path) -> None:
    shown = in_a_process("rank", "answer", "--help", language="nl").stdout
    assert "[OPTIES] PROJECT RANGORDE EERSTE TWEEDE" in shown
    assert "{eerste|tweede|gelijk}" in shown
    wrong = in_a_process(
        "rank", "answer", tmp_path / "a.qualcode", "r", "een", "twee", "beter", language="nl"
    )
    assert "'beter' kan hier niet; wel een van: 'eerste', 'tweede', 'gelijk'." in wrong.stderr
    for word in ("gelijk", "tie"):  # either is understood: what is wrong then is the file
        done = in_a_process(
            "rank", "answer", tmp_path / "a.qualcode", "r", "een", "twee", word, language="nl"
        )
        assert "a.qualcode is er niet" in done.stderr
    number = in_a_process("search", tmp_path / "a.qualcode", "--most", "x", language="nl")
    assert "'x' is geen getal." in number.stderr


def test_every_text_that_is_shown_goes_through_the_catalogue() -> None:
    """Messages of errors and labels of bindings are never bare strings."""
    bare = re.compile(r"(?:[A-Z]\w*Error|notify|add_paragraph|add_column)\(\s*f?\"[A-Za-z]")
    internal = re.compile(r"(?:Value|Key|Attribute|Runtime|Type|Index|Assertion|Permission)Error\(")
    found = []
    for path in PACKAGE.rglob("*.py"):
        for match in bare.finditer(path.read_text(encoding="utf-8")):
            if not internal.match(match.group()):
                found.append(f"{path.name}: {match.group()}")
    assert found == []


def test_numbers_and_dates_are_written_as_people_do() -> None:
    assert (number(0.5), number(-0.204, 2), number(-0.001)) == ("0.50", "−0.20", "0.00")
    assert percent(0.471) == "47 %"
    assert percent(None) == "–"
    with speaking("nl"):
        assert number(1234.5, 1) == "1234,5"
        assert date("2026-05-03T12:00:00.000Z") == "3 mei 2026"
    assert date("2026-05-03T12:00:00.000Z") == "3 May 2026"


def test_a_text_in_two_languages_falls_back_to_the_one_it_has() -> None:
    both, only = Bilingual("tijd", "time"), Bilingual("tijd")
    assert (str(both), str(only)) == ("time", "tijd")
    set_language("nl")
    assert str(both) == "tijd"
    assert not Bilingual()
    with pytest.raises(ValueError, match="no such language"):
        set_language("xx")


def test_a_worker_that_writes_english_leaves_the_screen_dutch() -> None:
    set_language("nl")
    begun, looked = Event(), Event()
    said: list[str] = []

    def export() -> None:
        said.append(_("name"))  # a new thread speaks the user's language
        with speaking("en"):
            begun.set()
            assert looked.wait(10)
            said.append(_("name"))
            said.append(number(0.5))
        said.append(_("name"))

    worker = Thread(target=export)
    worker.start()
    assert begun.wait(10)
    on_screen = (_("name"), number(0.5), str(Bilingual("tijd", "time")), language())
    looked.set()
    worker.join()
    assert on_screen == ("naam", "0,50", "tijd", "nl")
    assert said == ["naam", "name", "0.50", "naam"]


def test_a_switch_by_the_user_is_heard_in_every_thread_that_speaks_no_other() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(language).result() == "en"
        set_language("nl")
        assert pool.submit(language).result() == "nl"
        with speaking("en"):
            assert pool.submit(language).result() == "nl"


def test_what_a_task_speaks_ends_with_its_block_also_after_a_failure() -> None:
    with pytest.raises(RuntimeError), speaking("nl"), speaking("en"), speaking(None):
        assert language() == "en"
        raise RuntimeError
    assert language() == "en"
    with speaking("nl"):
        set_language("nl")
    assert language() == "nl"
    with pytest.raises(ValueError, match="no such language"), speaking("xx"):
        pass
