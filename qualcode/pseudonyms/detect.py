"""The detector: every layer proposes, the proposals are merged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from qualcode.pseudonyms import capitals, organisations, patterns
from qualcode.pseudonyms.lists import NameLists, name_lists, plain
from qualcode.pseudonyms.page import Page
from qualcode.pseudonyms.proposals import Kind, Known, Proposal
from qualcode.pseudonyms.registry import Registry, seeds, seen_again

_GENITIVE = re.compile(r"(?:['’]s|['’])$")


def merged(page: Page, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Disjoint proposals in the order of the text, genitives left outside."""
    ordered = sorted((_without_genitive(page, one) for one in proposals), key=lambda p: (p.start, -p.end))
    result: list[Proposal] = []
    group: list[Proposal] = []
    end = -1
    for proposal in ordered:
        if group and proposal.start >= end:
            result.append(_one(page, group))
            group = []
            end = -1
        group.append(proposal)
        end = max(end, proposal.end)
    if group:
        result.append(_one(page, group))
    return result


def _one(page: Page, group: list[Proposal]) -> Proposal:
    start = min(one.start for one in group)
    end = max(one.end for one in group)
    best = min(group, key=lambda one: (one.kind.rank, one.tier.rank, one.start - one.end))
    reasons = dict.fromkeys(reason for one in group for reason in one.reasons)
    named = [one for one in group if one.pseudonym]
    pseudonym = max(named, key=lambda one: one.end - one.start).pseudonym if named else ""
    return Proposal(
        start,
        end,
        page.original[start:end],
        best.kind,
        min((one.tier for one in group), key=lambda tier: tier.rank),
        tuple(reasons),
        pseudonym,
    )


def _without_genitive(page: Page, proposal: Proposal) -> Proposal:
    """ "Emma's" and "Yusufs" are Emma and Yusuf with an ending; "Thijs" and "De Vries" keep their s."""
    if not (proposal.kind.is_person or proposal.kind.value in ("unknown", "place")):
        return proposal
    text = proposal.text
    cut = len(text)
    ending = _GENITIVE.search(text)
    if ending:
        cut = ending.start()
    elif _is_bare_genitive(page, text):
        cut -= 1
    if cut == len(text) or cut < 2:
        return proposal
    return Proposal(
        proposal.start,
        proposal.start + cut,
        text[:cut],
        proposal.kind,
        proposal.tier,
        proposal.reasons,
        proposal.pseudonym,
    )


def _is_bare_genitive(page: Page, text: str) -> bool:
    last = text.split()[-1]
    lists = page.lists
    lower = plain(last)
    if not lower.endswith("s") or len(lower) < 4 or lower in lists.first or lower in lists.surnames:
        return False
    return lower[:-1] in lists.first


Layer = Callable[[str], Iterable[Proposal]]
_TAKEN = frozenset({Kind.EMAIL, Kind.URL, Kind.PHONE, Kind.DATE, Kind.ADDRESS, Kind.SCHOOL, Kind.INSTITUTION})


def propose(
    text: str,
    *,
    known: Sequence[Known] = (),
    participants: Sequence[Known] = (),
    language: str = "nl",
    lists: NameLists | None = None,
    more_layers: Sequence[Layer] = (),
) -> list[Proposal]:
    """What in `text` may have to be replaced: disjoint proposals in the order of the text.

    `known` are names that have a pseudonym already, `participants` those that the pair
    wrote down; both are found in all their forms. `more_layers` are other detectors
    (deduce, the entities of a trained pipeline). Placeholders such as `[leerling-1]` are left alone.
    """
    page = Page(text, lists or name_lists(), language)
    found = [*patterns.formed(page), *organisations.proposals(page)]
    taken = [proposal.span for proposal in found if proposal.kind in _TAKEN]
    found += patterns.titled(page)
    found += capitals.proposals(page, taken)
    found += Registry([*known, *participants]).proposals(page)
    found += chain.from_iterable(layer(text) for layer in more_layers)
    once = merged(page, found)
    again = seen_again(page, seeds(page, once))
    return merged(page, [*once, *again])
