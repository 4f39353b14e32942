"""Codebooks in every kind of file that we know, told apart by the ending of the name.

| ending | form |
|---|---|
| .yaml, .yml | our own: everything |
| .xlsx | a sheet to edit in Excel or LibreOffice: everything |
| .csv | the same columns, without title and description of the whole |
| .taguette.csv | Taguette: names with dots, definitions (read from any .csv with a column tag or path) |
| .txt | an indented list of names and definitions |
| .qdc | REFI-QDA codebook |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType

from qualcode.errors import InputError
from qualcode.exchange.codebooks.draft import CodebookDraft, NamedCode, draft_of_names, finished, in_order
from qualcode.exchange.codebooks.rows import csv_text, draft_of_csv, taguette_text
from qualcode.exchange.codebooks.yaml import codebook_text, draft_codebook
from qualcode.exchange.refi.codebook import draft_of_qdc, qdc_bytes
from qualcode.files.saving import save_bytes
from qualcode.files.text import decoded, read_bytes
from qualcode.i18n import _
from qualcode.model import Code, Codebook

_STEP = "    "
_BULLET = re.compile(r"(?:[-*+•–]|\d+(?:\.\d+)*[.)]|\d+(?:\.\d+)+)[ \t]+")


def draft_of_outline(text: str, about: Codebook, where: str, language: str) -> CodebookDraft:
    """The codes of an outline. Bullets and numbers before a name are left out, as are lines after #."""
    return draft_of_names(_named(text), about, where, language)


def _named(text: str) -> Iterator[NamedCode]:
    above: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        content = line.strip()
        if not content or content.startswith("#"):
            continue
        expanded = line.expandtabs(len(_STEP))
        width = len(expanded) - len(expanded.lstrip())
        name, _colon, definition = _BULLET.sub("", content, count=1).partition(": ")
        while above and above[-1][0] >= width:
            above.pop()
        above.append((width, name.removesuffix(":")))
        yield NamedCode(number, tuple(name for _width, name in above), definition)


def outline_text(codebook: Codebook, language: str) -> str:
    """The codebook as an outline: names and definitions in `language`, each code on one line."""
    lines = []
    for level, code in in_order(codebook.codes):
        name = " ".join(code.name.in_language(language).replace(": ", " - ").split())
        definition = " ".join(code.definition.in_language(language).split())
        lines.append(_STEP * level + (f"{name}: {definition}" if definition else name))
    return "".join(f"{line}\n" for line in lines)


_OWN_FIELDS = tuple(field.name for field in fields(Code) if field.name not in ("id", "parent_id", "position"))


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A code before and after, and the names of the fields of `Code` in which they differ.

    "parent_id" among them means that it moved to another place in the tree.
    """

    old: Code
    new: Code
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodebookChanges:
    """What is new, changed and gone; `reordered` if the codes that stayed stand in another order."""

    new: tuple[Code, ...] = ()
    changed: tuple[CodeChange, ...] = ()
    gone: tuple[Code, ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone or self.reordered)


def codebook_changes(old: Codebook, new: Codebook) -> CodebookChanges:
    """How `new` differs from `old`; codes are the same by id, or else by slug."""
    before = [code for _level, code in in_order(old.codes)]
    after = [code for _level, code in in_order(new.codes)]
    pairs = _pairs(before, after)
    old_of = {code.id: partner for partner, code in pairs}
    changed = [CodeChange(partner, code, _differing(partner, code, old_of)) for partner, code in pairs]
    stayed = [partner for partner, _code in sorted(pairs, key=lambda pair: before.index(pair[0]))]
    kept = {partner.id for partner in stayed}
    return CodebookChanges(
        new=tuple(code for code in after if code.id not in old_of),
        changed=tuple(change for change in changed if change.fields),
        gone=tuple(code for code in before if code.id not in kept),
        reordered=stayed != [partner for partner, _code in pairs],
    )


def _pairs(before: list[Code], after: list[Code]) -> list[tuple[Code, Code]]:
    """The codes that both have, in the order of the new codebook."""
    left = {code.id: code for code in before}
    found = {code.id: left.pop(code.id) for code in after if code.id in left}
    by_slug = {code.slug: code for code in left.values()}
    for code in after:
        if code.id not in found and code.slug in by_slug:
            found[code.id] = by_slug.pop(code.slug)
    return [(found[code.id], code) for code in after if code.id in found]


def _differing(old: Code, new: Code, old_of: dict[str, Code]) -> tuple[str, ...]:
    differing = [field for field in _OWN_FIELDS if getattr(old, field) != getattr(new, field)]
    parent = old_of.get(new.parent_id or "")
    moved = bool(old.parent_id) != bool(new.parent_id) or (
        new.parent_id and (not parent or parent.id != old.parent_id)
    )
    return (*differing, "parent_id") if moved else tuple(differing)


ENDINGS = (".yaml", ".yml", ".xlsx", ".csv", ".taguette.csv", ".txt", ".qdc")


def read_any_codebook(path: Path | str, like: Codebook | None = None, language: str = "nl") -> Codebook:
    """The codebook in a file of any known kind; `InputError` lists what is wrong with it.

    Files that cannot hold a name for the whole give it that of the file. With `like`, the
    codebook as it is now, codes keep the id and everything that this kind of file cannot
    hold (see `codebook_draft.finished`). `language` ("nl" or "en") is that of texts of
    which the file does not say it.
    """
    path = Path(path)
    ending = _ending(path)
    return finished(_draft(read_bytes(path), path, ending, language), like)


def write_any_codebook(codebook: Codebook, path: Path | str, language: str = "nl") -> None:
    """Write a codebook in the kind of file that the ending says, whole or not at all.

    `language` is that of the names (and in .txt and Taguette's form of the definitions).
    """
    path = Path(path)
    save_bytes(path, _written(codebook, _ending(path), language), new_folders=False)


def _ending(path: Path) -> str:
    """The longest known ending of the name; `InputError` if there is none."""
    fitting = [ending for ending in ENDINGS if path.name.casefold().endswith(ending)]
    if not fitting:
        message = _("{file} is not a kind of codebook that is known. Known endings are {known}.")
        raise InputError(message.format(file=path, known=", ".join(ENDINGS)))
    return max(fitting, key=len)


def _draft(data: bytes, path: Path, ending: str, language: str) -> CodebookDraft:
    about, where = Codebook(path.name[: -len(ending)] or path.name), str(path)
    match ending:
        case ".xlsx":
            draft: CodebookDraft = _sheets().draft_of_xlsx(data, about, where)
            return draft
        case ".qdc":
            return draft_of_qdc(data, about, where, language)
        case ".csv" | ".taguette.csv":
            return draft_of_csv(decoded(data, where), about, where, language)
        case ".txt":
            return draft_of_outline(decoded(data, where), about, where, language)
        case _:
            return draft_codebook(decoded(data, where), where)


def _written(codebook: Codebook, ending: str, language: str) -> bytes:
    match ending:
        case ".xlsx":
            content: bytes = _sheets().xlsx_bytes(codebook)
            return content
        case ".qdc":
            return qdc_bytes(codebook, language)
        case ".csv":
            return csv_text(codebook).encode()
        case ".taguette.csv":
            return taguette_text(codebook, language).encode()
        case ".txt":
            return outline_text(codebook, language).encode()
        case _:
            return codebook_text(codebook).encode()


def _sheets() -> ModuleType:
    """The form .xlsx; it loads openpyxl, which every other form does without."""
    from qualcode.exchange.codebooks import xlsx

    return xlsx
