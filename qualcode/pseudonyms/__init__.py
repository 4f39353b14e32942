"""Names of people and places are found, replaced consistently, and kept in a key file.

`propose(text)` gives what may be a name, `Review` decides on it, `replace(text, turns, decisions)`
carries it out. Nothing of the original text stays behind.
"""

from qualcode.pseudonyms.detect import propose
from qualcode.pseudonyms.proposals import Kind, Known, Proposal, Tier
from qualcode.pseudonyms.replacing import Decisions, Replacement, replace
from qualcode.pseudonyms.review import Choice, Group, Review

__all__ = [
    "Choice", "Decisions", "Group", "Kind", "Known", "Proposal", "Replacement", "Review", "Tier", "propose", "replace",
]  # fmt: skip
