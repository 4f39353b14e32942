"""What one codebook has that another has not: shown before a file is taken in."""

from __future__ import annotations

from dataclasses import dataclass, fields

from qualcode.exchange.code_tree import in_order
from qualcode.model import Code, Codebook

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
