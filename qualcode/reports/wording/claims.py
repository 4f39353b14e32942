"""What may be said about how independent two readings were: what the record holds, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qualcode.i18n import N_, Labelled, ngettext


class Independence(Labelled):
    """How an interview was read the second time, the strongest claim first."""

    SEALED = "sealed", N_("read for the first time, in a sealed round")
    UNSEALED = "unsealed", N_("coded separately, without a seal")
    OPENED = "opened", N_("seal opened before both had finished")
    AGAIN = "again", N_("recoded after talking")


def independence_sentences(states: Iterable[Independence]) -> list[str]:
    """One sentence per way in which interviews were read, with how many there were."""
    counts = Counter(states)
    return [_sentence(state, counts[state]) for state in Independence if counts[state]]


def _sentence(state: Independence, n: int) -> str:
    words = {
        Independence.SEALED: ngettext(
            "{n} transcript was read independently: for the first time, in a sealed round in which neither coder "
            "could see the other's codings.",
            "{n} transcripts were read independently: for the first time, in a sealed round in which neither coder "
            "could see the other's codings.",
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
