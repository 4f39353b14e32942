"""A proposal: a stretch of text that may have to be replaced, and why."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.i18n import _
from qualcode.pseudonyms.kinds import Kind, Tier
from qualcode.text.spans import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a sentence of the catalogue, with the word that it is about."""

    message: str
    word: str = ""

    def __str__(self) -> str:
        return _(self.message).format(word=self.word)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`text[start:end]` may be a name. `pseudonym` is filled in for a name known already."""

    start: int
    end: int
    text: str
    kind: Kind
    tier: Tier
    reasons: tuple[Reason, ...] = ()
    pseudonym: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Known:
    """Someone or something whose names are known: from the key file or a list of participants.

    The first of `names` is the full one; the others are short forms and nicknames.
    `pseudonym` is empty for a participant who has none yet.
    """

    names: tuple[str, ...]
    kind: Kind = Kind.PERSON
    pseudonym: str = ""
