"""What may be said about how independent two readings were: what the record holds, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qualcode.i18n import N_, Labelled, ngettext


class Independence(Labelled):
    """How an interview was read the second time, the strongest claim first."""

    PROVED = "proved", N_("sealed and proved")
    SEALED = "sealed", N_("sealed, not proved")
    UNSEALED = "unsealed", N_("coded separately without a seal")
    OPENED = "opened", N_("opened early")
    AGAIN = "again", N_("recoded after talking")


def independence_sentences(states: Iterable[Independence]) -> list[str]:
    """One sentence per way in which interviews were read, with how many there were."""
    counts = Counter(states)
    return [_sentence(state, counts[state]) for state in Independence if counts[state]]


def _sentence(state: Independence, n: int) -> str:
    words = {
        Independence.PROVED: ngettext(
            "{n} transcript was read independently: for the first time, in a sealed round, on separate machines; "
            "signed commitments show that each reading was fixed before either coder could see the other's.",
            "{n} transcripts were read independently: for the first time, in a sealed round, on separate machines; "
            "signed commitments show that each reading was fixed before either coder could see the other's.",
            n,
        ),
        Independence.SEALED: ngettext(
            "{n} transcript was read independently: for the first time, in a sealed round in which the program hid "
            "each coder's work from the other (without outside proof).",
            "{n} transcripts were read independently: for the first time, in a sealed round in which the program hid "
            "each coder's work from the other (without outside proof).",
            n,
        ),
        Independence.UNSEALED: ngettext(
            "{n} transcript was coded separately but not sealed: the coders could have seen each other's work.",
            "{n} transcripts were coded separately but not sealed: the coders could have seen each other's work.",
            n,
        ),
        Independence.OPENED: ngettext(
            "Of {n} transcript the seal was opened before both coders had finished.",
            "Of {n} transcripts the seal was opened before both coders had finished.",
            n,
        ),
        Independence.AGAIN: ngettext(
            "{n} transcript was recoded after the coders had talked about it, which is not an independent reading.",
            "{n} transcripts were recoded after the coders had talked about them, which is not an independent reading.",
            n,
        ),
    }
    return words[state].format(n=n)
