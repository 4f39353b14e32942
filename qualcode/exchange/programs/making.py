"""Bundles put together from the tables of other programs: ids that last, names that are unique, codings that fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qualcode.exchange.codebooks.draft import in_one_language, lasting_id, with_marks
from qualcode.exchange.programs.bundle import Bundle
from qualcode.exchange.refi.context import moment_of
from qualcode.i18n import _
from qualcode.model import Code, Codebook, Coder, Coding, Memo
from qualcode.text.code_marks import colour_fault, free_slug
from qualcode.text.normal import normal
from qualcode.text.spans import Span


class BundleMaker:
    """Collects what one project of another program holds."""

    def __init__(self, title: str, origin: str, language: str) -> None:
        self.bundle = Bundle(title, origin, codebook=Codebook(title))
        self.lost = self.bundle.lost
        self._language = language
        self._coders: dict[str, Coder] = {}
        self._codes: list[Code] = []
        self._slugs: set[str] = set()
        self._seen: set[tuple[str, int, int, str, str]] = set()

    def id(self, kind: str, its: object) -> str:
        """The id of a thing of the other program, the same whenever the file is read."""
        return lasting_id(kind, f"{self.bundle.origin}/{self.bundle.title}", str(its))

    def coder(self, name: str) -> str:
        """The id of the coder of that name."""
        name = " ".join(name.split()) or _("unknown")
        if name.casefold() not in self._coders:
            coder = Coder(self.id("coder", name.casefold()), name)
            self._coders[name.casefold()] = coder
            self.bundle.coders.append(coder)
        return self._coders[name.casefold()].id

    def code(self, code_id: str, name: str, parent: str | None, words: str, colour: str = "") -> None:
        """Add a code; `words` become its definition."""
        name = " ".join(normal(name).split()) or _("code without a name")
        slug = free_slug(name, self._slugs)
        self._slugs.add(slug)
        self._codes.append(
            Code(
                code_id,
                slug,
                in_one_language(name, self._language),
                in_one_language(normal(words).strip(), self._language),
                colour="" if colour_fault(colour) else colour.upper(),
                parent_id=parent,
                position=len(self._codes),
            )
        )

    def finish_codes(self) -> set[str]:
        """Give every code its marks, those under a code that is not there stand at the top; returns their ids."""
        ids = {code.id for code in self._codes}
        rooted = [code if code.parent_id in ids else replace(code, parent_id=None) for code in self._codes]
        codes = with_marks(rooted)
        self.bundle.codebook = Codebook(self.bundle.title, codes=codes)
        return ids

    def coding(self, its: object, place: tuple[str, Span], code: str, coder: str, at: str) -> str | None:
        """Add a coding at a place (id of the text, stretch of it); `None` (noted) if it is empty or a twin."""
        text, span = place
        key = (text, span.start, span.end, code, coder)
        if span.length == 0:
            self.lost.count(_("codings on a point without words"))
            return None
        if key in self._seen:
            self.lost.count(_("codings that stand there twice (taken once)"))
            return None
        self._seen.add(key)
        made = Coding(self.id("coding", its), text, *span, code, coder, moment_of(at))
        self.bundle.codings.append(made)
        return made.id

    def memo(self, kind: str, target: str, text: str, coder: str | None = None, at: str = "") -> None:
        """Add a memo, unless it holds no words."""
        text = normal(text).strip()
        if text:
            its = self.id("memo", len(self.bundle.memos))
            self.bundle.memos.append(Memo(its, kind, target, text, coder, moment_of(at)))

    def left_out(self, kind: str, things: Iterable[object]) -> None:
        """Note how many things of a kind were left out."""
        self.lost.count(kind, len(list(things)))
