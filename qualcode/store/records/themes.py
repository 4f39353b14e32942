"""The themes of the project, and what people did by hand with the fragments in them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.model import Theme, ThemeQuote, Transcript, new_id
from qualcode.store.file import rows
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.unsealed import every_coding
from qualcode.text.normal import one_line

if TYPE_CHECKING:
    from qualcode.store.records.codebook import CodebookStore
    from qualcode.store.records.seals import Seals
    from qualcode.text.spans import Span

HANDLE = 4  # letters of a quote's handle; more where two would be alike
_QUOTE_FIELDS = (
    "id, theme_id, transcript_id, text_hash, start, end, subgroup, position, starred, negative, short, "
    "moved_from"
)


class Themes(Records):
    """Themes in their order. As long as nobody changed them they are the top codes of the codebook."""

    def __init__(self, file: OpenFile, project_id: str, codebook: CodebookStore, seals: Seals) -> None:
        super().__init__(file)
        self._project_id = project_id
        self._codebook = codebook
        self._seals = seals

    def all(self) -> list[Theme]:
        """The themes: those kept, else one per top code."""
        kept = [_theme(row) for row in self._file.select("SELECT * FROM themes ORDER BY position, id")]
        return kept or self._from_codebook()

    def _from_codebook(self) -> list[Theme]:
        # the same theme on every laptop, so that both may begin to arrange apart
        space = uuid.UUID(self._project_id)
        tops = [code for code in self._codebook.all() if code.parent_id is None]
        return [
            Theme(str(uuid.uuid5(space, f"theme:{code.id}")), codes=(code.id,), position=n)
            for n, code in enumerate(tops, 1)
        ]

    def get(self, name: str) -> Theme:
        """The theme with that title, id, or name or slug of its first code; raises `NotFoundError`."""
        codes = {code.id: code for code in self._codebook.all(retired=True)}
        wanted = name.casefold()
        for theme in self.all():
            first = codes.get(theme.codes[0]) if theme.codes else None
            names = [theme.title] if theme.title or not first else [first.name.nl, first.name.en, first.slug]
            if name == theme.id or wanted in (each.casefold() for each in names):
                return theme
        raise NotFoundError(_("There is no theme “{name}”. See: qualcode themes list").format(name=name))

    def keep(self) -> list[Theme]:
        """Keep the themes as they are now, so that they can be changed; returns them."""
        themes = self.all()
        if not self._file.select("SELECT 1 FROM themes LIMIT 1"):
            with self._file.transaction("themes.keep") as transaction:
                transaction.insert_all("themes", [rows.of(theme) for theme in themes])
        return themes

    def add(self, title: str, codes: Sequence[str] = ()) -> Theme:
        """Add a theme at the end; raises `InputError` without a title."""
        title = one_line(title)
        if not title:
            raise InputError(_("A theme needs a title."))
        with self._file.transaction("theme.add") as transaction:
            last = max((theme.position for theme in self.keep()), default=0)
            theme = Theme(new_id(), title, "", tuple(codes), last + 1)
            transaction.insert("themes", rows.of(theme))
        return theme

    def change(self, theme: Theme) -> Theme:
        """Bring a theme (found by its id) to the state given."""
        with self._file.transaction("theme.change") as transaction:
            self.keep()
            fields = rows.of(theme)
            del fields["id"]
            transaction.update("themes", theme.id, **fields)
        return theme

    def reorder(self, themes: Sequence[Theme]) -> None:
        """Put the themes in the order given."""
        with self._file.transaction("theme.order") as transaction:
            self.keep()
            for n, theme in enumerate(themes, 1):
                transaction.update("themes", theme.id, position=n)

    def remove(self, theme: Theme) -> None:
        """Take a theme away, with what was arranged in it; its codings stay."""
        with self._file.transaction("theme.remove") as transaction:
            self.keep()
            for quote in self._every_quote(theme):
                transaction.delete("theme_quotes", quote.id)
            for quote in self._every_quote():
                if quote.moved_from == theme.id:
                    transaction.update("theme_quotes", quote.id, moved_from="")
            transaction.delete("themes", theme.id)

    # quotes handled by hand

    def quotes(self, theme: Theme | None = None) -> list[ThemeQuote]:
        """What was done by hand with fragments, of one theme or of all, oldest first.

        On sealed interviews only those that the person at work has coded as well: whoever set one apart
        read it so.
        """
        found = self._every_quote(theme)
        sealed = self._seals.sealed()
        if not sealed:
            return found
        seen = {(c.transcript_id, c.start, c.end) for c in self._seals.visible(every_coding(self._file))}
        return [
            q for q in found if q.transcript_id not in sealed or (q.transcript_id, q.start, q.end) in seen
        ]

    def _every_quote(self, theme: Theme | None = None) -> list[ThemeQuote]:
        where, values = ("WHERE theme_id = ?", [theme.id]) if theme else ("", [])
        found = self._file.select(f"SELECT {_QUOTE_FIELDS} FROM theme_quotes {where} ORDER BY id", values)
        return [
            ThemeQuote(**{**row, "starred": bool(row["starred"]), "negative": bool(row["negative"])})
            for row in found
        ]

    def hold(self, theme: Theme, transcript: Transcript, span: Span) -> ThemeQuote:
        """The record of a fragment in a theme, made if nobody touched it before."""
        for quote in self._every_quote(theme):
            if (quote.transcript_id, quote.start, quote.end) == (transcript.id, span.start, span.end):
                return quote
        quote = ThemeQuote(new_id(), theme.id, transcript.id, transcript.text_hash, span.start, span.end)
        with self._file.transaction("quote.keep") as transaction:
            self.keep()
            transaction.insert("theme_quotes", rows.of(quote))
        return quote

    def set_quotes(self, quotes: Iterable[ThemeQuote], action: str = "quote.change") -> None:
        """Bring records of fragments (found by their ids) to the state given, as one act."""
        with self._file.transaction(action) as transaction:
            for quote in quotes:
                fields = rows.of(quote)
                del fields["id"]
                transaction.update("theme_quotes", quote.id, **fields)

    def drop(self, quote: ThemeQuote) -> None:
        """Forget what was done by hand with a fragment."""
        with self._file.transaction("quote.change") as transaction:
            transaction.delete("theme_quotes", quote.id)

    def handle(self, quote: ThemeQuote) -> str:
        """A few letters by which the theme's text refers to a quote; never those of an older quote."""
        older = [other.id for other in self._every_quote() if other.id < quote.id]
        key = quote.id.replace("-", "")
        return next(
            key[-size:]
            for size in range(HANDLE, len(key) + 1)
            if size == len(key) or not any(each.replace("-", "").endswith(key[-size:]) for each in older)
        )

    def by_handle(self, handle: str) -> ThemeQuote | None:
        """The quote that goes by that handle: the oldest one it fits, `None` if there is none."""
        wanted = handle.casefold()
        led = {
            row["id"]: row["canonical"]
            for row in self._file.select("SELECT * FROM aliases WHERE tbl = 'theme_quotes'")
        }
        quotes = {quote.id: quote for quote in self._every_quote()}
        fitting = (one for one in sorted([*quotes, *led]) if one.replace("-", "").endswith(wanted))
        found = next(fitting, "")
        return quotes.get(led.get(found, found))


def moved(quote: ThemeQuote, theme: Theme, subgroup: str = "") -> ThemeQuote:
    """The record of a fragment that was moved to another theme; its place there is the last."""
    origin = quote.moved_from or quote.theme_id
    back = origin == theme.id
    return replace(quote, theme_id=theme.id, subgroup=subgroup, position=0, moved_from="" if back else origin)


def _theme(row: rows.Row) -> Theme:
    codes = tuple(json.loads(row["codes"]))
    return Theme(row["id"], row["title"], row["text"], codes, row["position"], row["question"])
