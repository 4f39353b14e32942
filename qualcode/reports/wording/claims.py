"""What may be said about how independent two readings were: what the record holds, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qualcode.i18n import N_, Labelled, _, ngettext


class Independence(Labelled):
    """How an interview was read the second time, the strongest claim first."""

    PROVED = "proved", N_("sealed and proved")
    SEALED = "sealed", N_("sealed, not proved")
    UNSEALED = "unsealed", N_("coded separately without a seal")
    OPENED = "opened", N_("opened early")
    AGAIN = "again", N_("recoded after talking")


def independence_sentences(states: Iterable[Independence]) -> list[str]:
    """One sentence per way in which interviews were read, with how many of them there were."""
    counts = Counter(states)
    total = counts.total()
    return [
        _(_CLAIMS[state]).format(who=_who(counts[state], total)) for state in Independence if counts[state]
    ]


_CLAIMS = {
    Independence.PROVED: N_(
        "{who} read independently: for the first time, in a sealed round, on separate machines; signed commitments "
        "show that each reading was fixed before either coder could see the other's."
    ),
    Independence.SEALED: N_(
        "{who} read independently: for the first time, in a sealed round in which the program hid each coder's work "
        "from the other (without outside proof)."
    ),
    Independence.UNSEALED: N_(
        "{who} coded separately but not sealed: the coders could have seen each other's work."
    ),
    Independence.OPENED: N_("{who} unsealed before both coders had finished."),
    Independence.AGAIN: N_(
        "{who} recoded after the coders had talked about the interviews, which is not an independent reading."
    ),
}


def _who(n: int, total: int) -> str:
    """So many of all, with the verb."""
    if n == total:
        return ngettext("It was", "They were", n)
    return ngettext("{n} of them was", "{n} of them were", n).format(n=n)
