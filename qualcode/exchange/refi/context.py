"""What is known of a .qdpx while it is read: who is who, and which note belongs to what."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from qualcode.exchange.bundle import Bundle
from qualcode.exchange.codebooks.draft import lasting_id
from qualcode.exchange.refi.note import Remembered, Texts, guid
from qualcode.files.zipped import Element, children
from qualcode.i18n import _
from qualcode.model import Coder, Memo

UNKNOWN = lasting_id("coder", "", "unknown")
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


@dataclass(slots=True)
class Context:
    """One file in the course of being read.

    `places` says for the id of each element what it became: (kind of memo target, id).
    `case_of` gives the label of the case for the id of a source.
    """

    bundle: Bundle
    texts: Texts
    language: str
    told: Remembered | None = None
    variables: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Memo] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    case_of: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    attached: set[str] = field(default_factory=set)

    def add_memo(self, kind: str, target: str, words: str, by: str | None = None, at: str = "") -> None:
        """Put words as a memo on something."""
        n = len(self.bundle.memos)
        self.bundle.memos.append(
            Memo(lasting_id("memo", str(n), f"{kind}/{target}"), kind, target, words, by, at)
        )

    def attach(self, kind: str, target: str, notes: Iterable[str], about: str = "") -> None:
        """Put notes of the file as memos on something; `about` are the words they were written beside."""
        for note in notes:
            memo = self.notes.get(note)
            if memo is None:
                self.bundle.lost.count(_("references to notes that are not in the file"))
                continue
            words = f"“{about}”: {memo.text}" if about else memo.text
            fitted = replace(memo, target_kind=kind, target_id=target, text=words)
            if note in self.attached:
                self.add_memo(kind, target, words, memo.coder_id, memo.created_at)
            else:
                self.bundle.memos.append(fitted)
            self.attached.add(note)

    def coder_of(self, *elements: Element) -> str:
        """The id of who made something: as the first of these elements that says it, else an unknown coder."""
        known = {coder.id for coder in self.bundle.coders}
        for element in elements:
            for name in ("creatingUser", "modifyingUser"):
                user = id_of(guid(element, name)) if element.get(name) else ""
                if user in known:
                    return user
        if UNKNOWN not in known:
            self.bundle.coders.append(Coder(UNKNOWN, _("unknown")))
        return UNKNOWN

    def values(self, element: Element) -> dict[str, str]:
        """The variables of a case or source, as text."""
        found = {}
        for value in children(element, "VariableValue"):
            reference = next(
                (self.variables.get(guid(r, "targetGUID"), "") for r in children(value, "VariableRef")), ""
            )
            said = next((one.text or "" for one in children(value, *_VALUES)), "").strip()
            if reference and said:
                found[reference] = said
        return found


def id_of(its: str) -> str:
    """An id of the file as ours: a GUID as it is, anything else as one that is always the same."""
    try:
        return str(uuid.UUID(its))
    except ValueError:
        return lasting_id("foreign", "", its)
