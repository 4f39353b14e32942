"""The detector: every layer proposes, the proposals are merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from qualcode.pseudonyms import capitals, organisations, patterns, titles
from qualcode.pseudonyms.kinds import Kind
from qualcode.pseudonyms.lists import NameLists, name_lists
from qualcode.pseudonyms.merge import merged
from qualcode.pseudonyms.page import Page
from qualcode.pseudonyms.proposal import Known, Proposal
from qualcode.pseudonyms.registry import Registry, seeds, seen_again

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
    found = [*patterns.proposals(page), *organisations.proposals(page)]
    taken = [proposal.span for proposal in found if proposal.kind in _TAKEN]
    found += titles.proposals(page)
    found += capitals.proposals(page, taken)
    found += Registry([*known, *participants]).proposals(page)
    found += chain.from_iterable(layer(text) for layer in more_layers)
    once = merged(page, found)
    again = seen_again(page, seeds(page, once))
    return merged(page, [*once, *again])
