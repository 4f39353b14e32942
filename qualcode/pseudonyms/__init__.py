"""Names of people and places are found, replaced consistently, and kept in a key file.

`propose(text)` gives what may be a name, `Review` decides on it, `replace(text, turns, decisions)`
carries it out. Nothing of the original text stays behind.
"""

from qualcode.pseudonyms.detect import propose
from qualcode.pseudonyms.giving import NameDecisions, Replacement, replace
from qualcode.pseudonyms.proposals import KnownName, NameKind, Proposal, Tier
from qualcode.pseudonyms.review import NameChoice, NameGroup, Review

__all__ = [
    "KnownName", "NameChoice", "NameDecisions", "NameGroup", "NameKind", "Proposal", "Replacement", "Review", "Tier",
    "propose", "replace",
]  # fmt: skip
