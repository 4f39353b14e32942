"""A codebook as rows of a table, one code to a row: shared by the .csv and the .xlsx form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from qualcode.errors import InputError
from qualcode.exchange.codebooks.draft import (
    ALL_FIELDS,
    TEXTS,
    CodebookDraft,
    NamedCode,
    dotted_paths,
    draft_of_names,
    in_order,
    lasting_id,
)
from qualcode.files.tables import BrokenTableError, csv_of, read_csv
from qualcode.files.text import tidy
from qualcode.i18n import Bilingual, _
from qualcode.model import Code, Codebook, lies_below
from qualcode.text.code_marks import colour_fault, free_slug, mnemonic_fault

LABELS = {
    "code": Bilingual("code", "code"),
    "parent": Bilingual("hoort onder", "parent"),
    "name_nl": Bilingual("naam (nl)", "name (nl)"),
    "name_en": Bilingual("naam (en)", "name (en)"),
    "definition_nl": Bilingual("omschrijving (nl)", "definition (nl)"),
    "definition_en": Bilingual("omschrijving (en)", "definition (en)"),
    "use_nl": Bilingual("wanneer wel (nl)", "when to use (nl)"),
    "use_en": Bilingual("wanneer wel (en)", "when to use (en)"),
    "not_use_nl": Bilingual("wanneer niet (nl)", "when not to use (nl)"),
    "not_use_en": Bilingual("wanneer niet (en)", "when not to use (en)"),
    "example_nl": Bilingual("voorbeeld (nl)", "example (nl)"),
    "example_en": Bilingual("voorbeeld (en)", "example (en)"),
    "mnemonic": Bilingual("letters", "mnemonic"),
    "colour": Bilingual("kleur", "colour"),
    "source": Bilingual("bron", "source"),
    "retired": Bilingual("vervallen", "retired"),
}
"""The columns in their order: their names in a .csv, and what stands above them in a .xlsx."""

COLUMNS = tuple(LABELS)
_YES = ("yes", "true", "ja", "1", "x")

Row = tuple[int, Sequence[str]]
"""The line or row number of a row in its file, and its cells."""


def rows_of(codebook: Codebook) -> Iterator[tuple[int, dict[str, str]]]:
    """For each code in the order of the tree its level and the texts under `COLUMNS`."""
    slugs = {code.id: code.slug for code in codebook.codes}
    for level, code in in_order(codebook.codes):
        row = {"code": code.slug, "parent": slugs.get(code.parent_id or "", "")}
        for field in TEXTS:
            text: Bilingual = getattr(code, field)
            row |= {f"{field}_nl": text.nl, f"{field}_en": text.en}
        row |= {"mnemonic": code.mnemonic, "colour": code.colour, "source": code.source}
        yield level, row | {"retired": "yes" if code.retired else ""}


def column_of(heading: str) -> str | None:
    """The column under this heading, in English, in Dutch or as in a .csv; a text is Dutch unless it says."""
    words = _plain(heading)
    return _HEADINGS.get(words) or _HEADINGS.get(f"{words} nl")


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"\w+", heading.casefold().replace("_", " ")))


_HEADINGS = {
    **{_plain(word): key for key, label in LABELS.items() for word in (key, label.nl, label.en)},
    **{"id": "code", "onder": "parent", "color": "colour", "not nl": "not_use_nl", "not en": "not_use_en"},
}


def draft_of_rows(
    headings: Sequence[str], rows: Iterable[Row], about: Codebook, where: str, *, whole: bool = False
) -> CodebookDraft:
    """The codes of a table as a codebook named and described as `about`.

    `whole` tells whether `about` comes from the file too. Everything that is wrong is listed
    in one `InputError`, with the numbers of the rows.
    """
    columns = _columns(headings, where)
    codes = _RowReader(columns, about.name, where).codes(rows)
    named = {column for column in columns if column}
    fields = named | ({"slug"} if "code" in named else set()) | ({"book"} if whole else set())
    return CodebookDraft(replace(about, codes=codes), ALL_FIELDS & fields)


def _columns(headings: Sequence[str], where: str) -> list[str]:
    """The columns under the headings, "" where there is no heading."""
    columns = [column_of(heading) or "" for heading in headings]
    known = ", ".join(COLUMNS)
    problems = [
        _("'{heading}' is not known; take it out or rename it. Known are {known}.").format(
            heading=heading.strip(), known=known
        )
        for heading, column in zip(headings, columns, strict=True)
        if heading.strip() and not column
    ]
    doubled = sorted({column for column in columns if column and columns.count(column) > 1})
    problems += [_("the column {column} stands there twice").format(column=column) for column in doubled]
    if not {"name_nl", "name_en"}.intersection(columns):
        problems.append(_("there is no column with the names of the codes"))
    if problems:
        raise InputError(_("The columns of {file} are not right:").format(file=where), problems)
    return columns


class _RowReader:
    """Takes the codes out of the rows of one table and gathers what is wrong with them."""

    def __init__(self, columns: Sequence[str], book: str, where: str) -> None:
        self._columns, self._book, self._where = columns, book, where
        self._problems: list[tuple[int, str]] = []
        self._found: list[tuple[int, Code, str]] = []
        self._slugs: set[str] = set()
        self._mnemonics: dict[str, str] = {}

    def codes(self, rows: Iterable[Row]) -> tuple[Code, ...]:
        """The codes, each under its parent; `InputError` if anything is wrong."""
        for number, cells in rows:
            texts = [tidy(cell) for cell in cells]
            if any(texts):
                self._take(number, texts)
        above = self._parents()
        if self._problems:
            listed = [_("row {n}: {what}").format(n=n, what=what) for n, what in sorted(self._problems)]
            raise InputError(_("{file} cannot be used as a codebook:").format(file=self._where), listed)
        return tuple(replace(code, parent_id=above.get(code.id)) for _n, code, _parent in self._found)

    def _take(self, number: int, texts: Sequence[str]) -> None:
        row = dict.fromkeys(COLUMNS, "") | dict(zip(self._columns, texts, strict=False))
        if any(text for text, column in zip(texts, self._columns, strict=False) if not column) or any(
            texts[len(self._columns) :]
        ):
            self._problem(number, _("there is something in a column without a heading"))
        texts_of: dict[str, Any] = {
            field: Bilingual(row[f"{field}_nl"], row[f"{field}_en"]) for field in TEXTS
        }
        texts_of["name"] = Bilingual(_line(row["name_nl"]), _line(row["name_en"]))
        slug = self._slug(number, _line(row["code"]), texts_of["name"])
        code = Code(
            id=lasting_id("code", self._book, slug),
            slug=slug,
            **texts_of,
            mnemonic=self._mnemonic(number, row["mnemonic"], slug),
            colour=row["colour"].upper(),
            source=row["source"],
            position=len(self._found),
            retired=row["retired"].casefold() in _YES,
        )
        if code.colour and (fault := colour_fault(row["colour"])):
            self._problem(number, fault)
        self._found.append((number, code, _line(row["parent"])))

    def _slug(self, number: int, slug: str, name: Bilingual) -> str:
        if not name:
            self._problem(number, _("the code has no name"))
        slug = slug or free_slug(name.in_language("nl"), self._slugs)
        if slug in self._slugs:
            self._problem(number, _("the code {code} stands there twice").format(code=slug))
        self._slugs.add(slug)
        return slug

    def _mnemonic(self, number: int, mnemonic: str, slug: str) -> str:
        first = self._mnemonics.setdefault(mnemonic.casefold(), slug) if mnemonic else slug
        if mnemonic and (fault := mnemonic_fault(mnemonic)):
            self._problem(number, fault)
        elif first != slug:
            message = _("the mnemonic {mnemonic} is already that of {code}")
            self._problem(number, message.format(mnemonic=mnemonic, code=first))
        return mnemonic

    def _parents(self) -> dict[str, str]:
        """The id of the parent for the id of each code that has one; parents go by code or by name."""
        codes = [code for _number, code, _parent in self._found]
        known = {name.casefold(): code for code in codes for name in (code.name.en, code.name.nl) if name}
        known |= {code.slug.casefold(): code for code in codes}
        above: dict[str, str] = {}
        for number, code, parent in self._found:
            if parent and parent.casefold() not in known:
                self._problem(number, _("the parent '{parent}' is not in the table").format(parent=parent))
            elif parent:
                above[code.id] = known[parent.casefold()].id
        for number, code, _parent in self._found:
            if lies_below(code.id, code.id, above):
                self._problem(number, _("the code {code} lies under itself").format(code=code.slug))
        return above

    def _problem(self, number: int, words: str) -> None:
        self._problems.append((number, words))


def _line(text: str) -> str:
    return " ".join(text.split())


_TAGUETTE = ("tag", "path", "name")


def draft_of_csv(text: str, about: Codebook, where: str, language: str) -> CodebookDraft:
    """The codes of a table in either form; commas, semicolons and tabs are understood."""
    rows = _cells(text, where)
    if not rows:
        raise InputError(_("{file} is empty.").format(file=where))
    headings = rows[0][1]
    words = [heading.strip().casefold() for heading in headings]
    if {"tag", "path"}.intersection(words):
        return draft_of_names(_tags(words, rows[1:]), about, where, language)
    return draft_of_rows(headings, rows[1:], about, where)


def _tags(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[NamedCode]:
    column = next(headings.index(name) for name in _TAGUETTE if name in headings)
    below = headings.index("description") if "description" in headings else -1
    for number, cells in rows:
        if any(cells):
            name = cells[column] if column < len(cells) else ""
            description = cells[below] if 0 <= below < len(cells) else ""
            yield NamedCode(number, tuple(name.split(".")), description)


def csv_text(codebook: Codebook) -> str:
    """The codebook as a table with the columns `COLUMNS`."""
    return csv_of([COLUMNS, *([row[column] for column in COLUMNS] for _level, row in rows_of(codebook))])


def taguette_text(codebook: Codebook, language: str) -> str:
    """The codebook as Taguette takes it: names joined by dots, and the definition."""
    rows = [(path, code.definition.in_language(language)) for path, code in dotted_paths(codebook, language)]
    return csv_of([("tag", "description"), *rows])


def _cells(text: str, where: str) -> list[Row]:
    try:
        return [(row.first, row.cells) for row in read_csv(text)]
    except BrokenTableError as error:
        message = _("{file} is not a table that can be read; look at the quotes from line {line} on.")
        raise InputError(message.format(file=where, line=error.line)) from error
