"""Layer B: names behind a title, a kinship or an introduction; these tell the role as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.i18n import N_
from qualcode.pseudonyms.kinds import Kind, Tier
from qualcode.pseudonyms.page import NAME_RUN, SURNAME_RUN, Page
from qualcode.pseudonyms.proposal import Proposal, Reason
from qualcode.pseudonyms.words import ROLES_AFTER, TITLES, TITLES_WITH_COMMA

_TITLE_WORDS = "|".join(sorted((re.escape(word) for word in TITLES), key=len, reverse=True))
_TITLED = re.compile(
    rf"(?<![\w'’-])(?P<title>(?i:{_TITLE_WORDS}))(?P<gap>\. ?|,? )(?=\S)(?P<name>{SURNAME_RUN})"
)
_OWN_FAMILY = re.compile(
    rf"(?<![\w'’-])(?i:mijn|m'n|haar|zijn|z'n|onze|hun|je|my|her|his) (?i:man|vrouw|partner|husband|wife)"
    rf",? (?P<name>{NAME_RUN})"
)
_PARENT_OF = re.compile(
    r"(?<![\w'’-])(?i:moeder|vader|ouders|mama|papa|oma|opa|broer|broertje|zus|zusje|pleegouders|pleegmoeder"
    r"|mother|father|parents)"
    rf" (?i:van|of) (?P<name>{NAME_RUN})"
)
_INTRODUCED = re.compile(
    r"(?<![\w'’-])(?i:heet|heette|heten|heetten|genaamd|noemt?|noemen|noemde|noemden|ik ben|dit is|dat is|dat was"
    r"|naam is|naam was|roepnaam|hoi,? met|spreekt met|u spreekt met|my name is|i am|i'm|called|named)"
    r"(?: (?i:ik|we|ze|hij|hem|haar|nu|dan|dus|eigenlijk|eh|gewoon|je)){0,2},? "
    rf"(?P<name>{NAME_RUN})"
)
_ROLE_AFTER = re.compile(
    r",? (?i:(?:de|het|een|mijn|zijn|haar|onze|ons|hun|the|my|her|his) )(?P<role>[A-Za-zà-ÿ'’-]{2,30})"
)
_RELATIVE = re.compile(
    r" (?P<role>moeder|vader|ouders|mama|papa|juf|meester|oma|opa|zus|zusje|broer|broertje|mother|father|parents"
    r"|teacher)(?!\w)"
)


def proposals(page: Page) -> Iterator[Proposal]:
    """Every name whose neighbour gives it away."""
    for found in _TITLED.finditer(page.text):
        yield from _titled(page, found)
    for pattern, kind, message in _NEIGHBOURS:
        for found in pattern.finditer(page.text):
            yield from _named(page, *found.span("name"), kind, Reason(message))
    yield from _before_roles(page)


_relation = re.compile(r"(?:van|of) (?!de[nr]? )")
_HONORIFICS = frozenset(
    (
        "meneer",
        "mijnheer",
        "mevrouw",
        "mw",
        "mevr",
        "mvr",
        "dhr",
        "dokter",
        "dr",
        "drs",
        "prof",
        "familie",
        "fam",
    )
)


def _before_roles(page: Page) -> Iterator[Proposal]:
    """ "Petra, de IB'er" and "Emma's moeder"."""
    for found in _ROLE_AFTER.finditer(page.text):
        role = ROLES_AFTER.get(found["role"].lower().replace("’", "'"))
        run = page.run_before(found.start())
        if role is not None and run is not None:
            yield from _named(page, *run, role, Reason(_BEFORE, found["role"]))
    for found in _RELATIVE.finditer(page.text):
        run = page.run_before(found.start())
        if run is not None and page.text[run[1] - 1] == "s":
            yield from _named(page, *run, Kind.CHILD, Reason(_BEFORE, found["role"]))


_BEFORE = N_("stands before “{word}”")
_NEIGHBOURS = (
    (_OWN_FAMILY, Kind.PARENT, N_("stands behind a word for a family member")),
    (_PARENT_OF, Kind.CHILD, N_("stands behind “mother of” or the like")),
    (_INTRODUCED, Kind.PERSON, N_("is introduced by name")),
)


def _titled(page: Page, found: re.Match[str]) -> Iterator[Proposal]:
    title = found["title"]
    lower = title.lower()
    gap = found["gap"]
    if "," in gap and lower not in TITLES_WITH_COMMA:
        return
    if "." in gap and lower not in (
        "mw",
        "mevr",
        "mvr",
        "dhr",
        "dr",
        "drs",
        "prof",
        "fam",
        "mr",
        "mrs",
        "ms",
    ):
        return
    if _relation.match(found["name"]) and lower not in _HONORIFICS:
        return  # "de moeder van Bram": Bram is not the mother
    yield from _named(page, *found.span("name"), TITLES[lower], Reason(N_("stands behind “{word}”"), title))


def _named(page: Page, start: int, end: int, kind: Kind, reason: Reason) -> Iterator[Proposal]:
    trimmed = page.trimmed(start, end)
    if trimmed is not None:
        yield Proposal(*trimmed, page.original[slice(*trimmed)], kind, Tier.SURE, (reason,))
