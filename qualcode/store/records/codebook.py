"""The codes of the project, in their tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualcode.errors import ConflictError, InputError, NotFoundError, SealedError
from qualcode.i18n import Bilingual, _
from qualcode.model import Code, Codebook, new_id
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.unsealed import every_memo
from qualcode.text.code_marks import free_colour, free_mnemonic

if TYPE_CHECKING:
    from qualcode.store.file import rows
    from qualcode.store.records.seals import Seals
    from qualcode.store.records.settings import Settings

_TEXTS = ("name", "definition", "use", "not_use", "example")


class CodebookStore(Records):
    """Codes by slug. Order: each parent before its children, by position."""

    def __init__(self, file: OpenFile, settings: Settings, seals: Seals) -> None:
        super().__init__(file)
        self._settings = settings
        self._seals = seals

    def all(self, *, retired: bool = False) -> list[Code]:
        """The codes in the order of the tree; retired ones only if asked."""
        found = [_code(row) for row in self._file.select("SELECT * FROM codes ORDER BY position, id")]
        return in_tree_order(code for code in found if retired or not code.retired)

    def book(self, *, retired: bool = False) -> Codebook:
        """The whole codebook, as it would be written to a file; retired codes only if asked."""
        about = self._settings.get("codebook")
        return Codebook(
            about.get("name") or self._file.path.stem,
            Bilingual(**about.get("title", {})),
            Bilingual(**about.get("description", {})),
            about.get("source", ""),
            tuple(self.all(retired=retired)),
        )

    def get(self, name: str) -> Code:
        """The code with that slug, id, name (nl or en) or mnemonic; raises `NotFoundError`.

        A retired code is found by its slug or id only.
        """
        code = self.find(name)
        if code is None:
            raise NotFoundError(
                _("There is no code “{name}” in the codebook. See: qualcode codebook show").format(name=name)
            )
        return code

    def find(self, name: str) -> Code | None:
        """As `get`, but `None` if there is no such code."""
        codes = self.all(retired=True)
        for code in codes:
            if name in (code.slug, code.id):
                return code
        wanted = name.casefold()
        for code in codes:
            if not code.retired and wanted in (code.name.nl.casefold(), code.name.en.casefold()):
                return code
        return next((c for c in codes if not c.retired and wanted == c.mnemonic.casefold()), None)

    def add(self, code: Code) -> Code:
        """Add a code; mnemonic, colour and position are filled in where they are missing."""
        if not code.slug or any((char.isspace() and char != " ") or ord(char) < 32 for char in code.slug):
            raise InputError(_("A code needs a name on one line."))
        codes = self.all(retired=True)
        if any(code.slug == other.slug for other in codes):
            raise InputError(
                _("There is a code “{slug}” already. Choose another name.").format(slug=code.slug)
            )
        code = replace(
            code,
            id=code.id or new_id(),
            mnemonic=code.mnemonic or free_mnemonic(code.slug, {c.mnemonic.casefold() for c in codes}),
            colour=code.colour or free_colour(c.colour for c in codes),
            position=code.position or 1 + max((c.position for c in codes), default=0),
        )
        with self._file.transaction("code.add") as transaction:
            transaction.insert("codes", _row(code))
        return code

    def change(self, code: Code) -> Code:
        """Bring a code to the state given (found by its id); raises `InputError` for a taken slug."""
        if any(other.slug == code.slug and other.id != code.id for other in self.all(retired=True)):
            raise InputError(
                _("There is a code “{slug}” already. Choose another name.").format(slug=code.slug)
            )
        if code.parent_id and code.id in self._above(code.parent_id):
            raise InputError(
                _("“{code}” cannot stand below one of its own sub-codes.").format(code=code.slug)
            )
        fields = _row(code)
        del fields["id"]
        with self._file.transaction("code.change") as transaction:
            transaction.update("codes", code.id, **fields)
        return code

    def _above(self, code_id: str) -> set[str]:
        """The code and every code it stands below."""
        parents = {
            row["id"]: row["parent_id"] for row in self._file.select("SELECT id, parent_id FROM codes")
        }
        found: set[str] = set()
        above: str | None = code_id
        while above is not None and above not in found:
            found.add(above)
            above = parents.get(above)
        return found

    def remove(self, code: Code) -> None:
        """Take out a code that was never used; raises `ConflictError` if it has codings or sub-codes.

        While anything is sealed every code stays (`SealedError`): the answer would tell who used it.
        """
        if sealed := self._seals.sealed():
            raise SealedError(
                _("{names} is in a round that is still running. Close that one first.").format(
                    names=self._seals.names(sealed)
                )
            )
        used = self._file.select("SELECT count(*) AS n FROM codings WHERE code_id = ?", [code.id])[0]["n"]
        below = self._file.select("SELECT count(*) AS n FROM codes WHERE parent_id = ?", [code.id])[0]["n"]
        if used or below:
            raise ConflictError(
                _("“{code}” has {used} codings and {below} sub-codes. Retire it, or empty it first.").format(
                    code=code.slug, used=used, below=below
                )
            )
        with self._file.transaction("code.remove") as transaction:
            for memo in every_memo(self._file, "code", code.id):
                transaction.delete("memos", memo.id)
            transaction.delete("codes", code.id)

    def take(self, book: Codebook) -> list[Code]:
        """Take in a codebook: new codes are added, known ones (same slug) brought up to it.

        Codes that the file does not have stay. Returns the codes that are new or changed.
        """
        known = {code.id: code for code in self.all(retired=True)}
        taken: list[Code] = []
        with self._file.transaction("codebook.take") as transaction:
            for code in self.fitted(book):
                old = known.get(code.id)
                if old is None:
                    transaction.insert("codes", _row(code))
                elif old != code:
                    fields = _row(code)
                    del fields["id"]
                    transaction.update("codes", code.id, **fields)
                if old != code:
                    taken.append(code)
            self._settings.set(
                "codebook",
                {
                    "name": book.name,
                    "title": {"nl": book.title.nl, "en": book.title.en},
                    "description": {"nl": book.description.nl, "en": book.description.en},
                    "source": book.source,
                },
            )
        return taken

    def fitted(self, book: Codebook) -> list[Code]:
        """The codes of `book` as `take` will write them.

        A known code (same slug) keeps its id. No two codes share a mnemonic: one that a code
        which is not in the book has already gives way to a free one.
        """
        known = {code.slug: code for code in self.all(retired=True)}
        slug_of = {code.id: code.slug for code in book.codes}
        taken_ids = {code.id for code in known.values()} | {
            row["id"] for row in self._file.select("SELECT id FROM aliases WHERE tbl = 'codes'")
        }
        own = {code.mnemonic.casefold() for code in book.codes}
        slugs = {code.slug for code in book.codes}
        taken = {code.mnemonic.casefold() for code in known.values() if code.slug not in slugs}
        ids: dict[str, str] = {}
        codes = []
        for code in book.codes:
            old = known.get(code.slug)
            ids[code.slug] = old.id if old else code.id if code.id not in taken_ids else new_id()
            mnemonic = code.mnemonic
            if mnemonic.casefold() in taken:
                kept = old.mnemonic if old and old.mnemonic.casefold() not in taken | own else ""
                mnemonic = kept or free_mnemonic(code.slug, taken | own)
            taken.add(mnemonic.casefold())
            codes.append(replace(code, id=ids[code.slug], mnemonic=mnemonic))
        return [replace(code, parent_id=ids.get(slug_of.get(code.parent_id or "", ""))) for code in codes]


def in_tree_order(codes: Iterable[Code]) -> list[Code]:
    """Codes with each parent directly followed by its children; orphans come as roots."""
    found = list(codes)
    ids = {code.id for code in found}
    children: dict[str | None, list[Code]] = {}
    for code in found:
        children.setdefault(code.parent_id if code.parent_id in ids else None, []).append(code)
    ordered: list[Code] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        code = waiting.pop()
        ordered.append(code)
        waiting += reversed(children.get(code.id, []))
    return ordered


def _row(code: Code) -> dict[str, Any]:
    texts = {
        f"{name}_{language}": getattr(getattr(code, name), language)
        for name in _TEXTS
        for language in ("nl", "en")
    }
    return {
        "id": code.id,
        "slug": code.slug,
        "parent_id": code.parent_id,
        "position": code.position,
        **texts,
        "mnemonic": code.mnemonic,
        "colour": code.colour,
        "source": code.source,
        "retired": int(code.retired),
    }


def _code(row: rows.Row) -> Code:
    texts = {name: Bilingual(row[f"{name}_nl"], row[f"{name}_en"]) for name in _TEXTS}
    return Code(
        id=row["id"],
        slug=row["slug"],
        parent_id=row["parent_id"],
        position=row["position"],
        mnemonic=row["mnemonic"],
        colour=row["colour"],
        source=row["source"],
        retired=bool(row["retired"]),
        **texts,
    )
