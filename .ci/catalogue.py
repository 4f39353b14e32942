"""Bring the Dutch catalogue up to the sentences in the code, and compile it.

Sentences that are new appear untranslated in qualcode/locale/nl/LC_MESSAGES/qualcode.po and are
counted; translate them there and run this again. Those no longer in the code are dropped.

    python .ci/catalogue.py
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from qualcode.tui.actions import ACTIONS

PACKAGE = Path(__file__).parent.parent / "qualcode"
FOLDER = PACKAGE / "locale" / "nl" / "LC_MESSAGES"
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}  # and how many of its arguments are sentences
HEADER = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
HEADER += '"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def main() -> None:
    """Update and compile the catalogue; say what is left to translate."""
    path = FOLDER / "qualcode.po"
    FOLDER.mkdir(parents=True, exist_ok=True)
    old = read_po(path.open("rb"), locale="nl") if path.exists() else Catalog(locale="nl")
    moment = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed moment, so that the files change only with the words
    new = Catalog(locale="nl", charset="utf-8", creation_date=moment, revision_date=moment)
    for sentence in sentences():
        known = old.get(sentence)
        new.add(sentence, known.string if known else "")
    text = io.BytesIO()
    write_po(text, new, width=110, no_location=True, omit_header=True, sort_output=True)
    path.write_bytes(HEADER.encode() + text.getvalue())
    with path.open("rb") as file, (FOLDER / "qualcode.mo").open("wb") as compiled:
        write_mo(compiled, read_po(file, locale="nl"))
    missing = [message for message in new if message.id and not all(_strings(message.string))]
    print(f"{len(new)} sentences, {len(missing)} not yet translated")


def sentences() -> Iterator[str | tuple[str, ...]]:
    """Every sentence in the code, also within f-strings (Babel reads those only from Python 3.12 on) and the
    table of actions.
    """
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), path.name)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                first = node.args[: KEYWORDS[node.func.id]]
                words = [a.value for a in first if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                if len(words) == len(first):
                    yield words[0] if len(words) == 1 else tuple(words)
    for action in ACTIONS:
        yield from (action.group, action.hint, action.does)


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string


if __name__ == "__main__":
    main()
