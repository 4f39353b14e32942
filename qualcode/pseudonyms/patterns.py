"""Layers A and B: what has a form of its own, and names behind a title, a kinship or an introduction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.i18n import N_
from qualcode.pseudonyms.lists import PARTS, ROLES_AFTER, TITLES, TITLES_WITH_COMMA
from qualcode.pseudonyms.page import NAME_RUN, SURNAME_RUN, NamePage
from qualcode.pseudonyms.proposals import NameKind, NameReason, Proposal, Tier

_UPPER = "".join(chr(code) for code in range(0x41, 0x180) if chr(code).isupper())
_MONTHS = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|jan|feb|febr|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)"
)
_ENGLISH_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAYS = (
    r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
_STREET_ENDINGS = (
    r"(?:straat|laan|weg|plein|gracht|kade|dijk|singel|hof|pad|steeg|dreef|plantsoen|markt|burg|wal|park|str\."
    r"|boulevard|straatje|weide)"
)

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?!\w)"
    r"|(?<![\w.])[\w.-]{1,40} (?:at|apenstaartje) [\w-]{1,40} (?:punt|dot) (?:nl|com|org|be|net)(?!\w)",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]’']"
    r"|(?<![\w@.-])[a-z0-9][\w-]{0,62}(?:\.[a-z0-9][\w-]{0,62}){0,4}\.(?:nl|com|org|be|eu|net)(?:/[^\s.,;]*)?(?![\w@])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d+])(?:(?:\+31|0031)[ -]?(?:\(0\)[ -]?)?[1-9](?:[ -]?\d){8}"
    r"|\(0\d{1,3}\)[ -]?\d(?:[ -]?\d){5,7}"
    r"|0[1-9]\d{0,2} ?[-–] ?\d(?:[ -]?\d){5,7}"
    r"|0[1-9](?:[ -]?\d){8}"
    r"|0[89]00[ -]?\d{4,7}"
    r"|\+\d{2,3}(?:[ -]?\d){8,11})(?!\d)"
)
_DATE = re.compile(
    rf"(?<![\w-])(?:(?:{_WEEKDAYS}) )?(?:[12]\d|3[01]|0?[1-9])(?:e|ste|de|th|st|nd|rd)?(?: of)? "
    rf"(?:{_MONTHS}|{_ENGLISH_MONTHS})\b\.?(?: (?:19|20)\d\d)?"
    rf"|(?<![\w-]){_ENGLISH_MONTHS} (?:[12]\d|3[01]|0?[1-9])(?:th|st|nd|rd)?\b(?:,? (?:19|20)\d\d)?"
    r"|(?<![\d.,/-])(?:[12]\d|3[01]|0?[1-9])([-/.])(?:1[0-2]|0?[1-9])\1(?:(?:19|20)\d\d|\d\d)(?![\d/-])"
    r"|(?<![\d-])(?:19|20)\d\d-(?:1[0-2]|0[1-9])-(?:[12]\d|3[01]|0[1-9])(?![\d-])",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<![\w-])[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?!\w)")
_STREET = re.compile(
    rf"(?<![\w.'’-])(?:[{_UPPER}][\w.'’-]* (?:(?:van|de|den|der|het|ten|ter|van de|van der|van den) )?){{0,3}}"
    rf"(?:[{_UPPER}][\w'’-]+{_STREET_ENDINGS}|(?:Straat|Laan|Weg|Plein|Gracht|Kade|Dijk|Singel|Hof|Pad)(?= \d))(?!\w)"
    r"(?: \d{1,4}(?: ?[a-z](?!\w))?(?:[-/]\d{1,3}|[-/]?(?:I{1,3}|hs|bis))?(?!\d))?",
)
_HOUSE = re.compile(
    rf"(?<![\w'’-])(?:[{_UPPER}][\w'’-]+ ){{1,2}}\d{{1,4}}(?: ?[a-z])?(?=, ?[1-9]\d{{3}} ?[A-Z]{{2}})"
)
_ID_NUMBER = re.compile(
    r"(?<!\d)(?<!\d[.,-])(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?![.,-]?\d)"
)
_BIRTH = re.compile(r"(?i)gebor|jarig|geb\.|geboortedat|verjaar|born|birth")
_SENTENCE_END = re.compile(rf"[.?!]\s+(?=[{_UPPER}])|\n")
_BEFORE_BIRTH = 60


def formed(page: NamePage) -> Iterator[Proposal]:
    """Everything with a form of its own."""
    for pattern, kind, reason in _FORMS:
        for found in pattern.finditer(page.text):
            yield page.proposal(found.start(), found.end(), kind, Tier.SURE, NameReason(reason))
    yield from _streets(page)
    yield from _dates(page)
    yield from _numbers(page)


_FORMS = (
    (_EMAIL, NameKind.EMAIL, N_("has the form of an e-mail address")),
    (_URL, NameKind.URL, N_("has the form of a web address")),
    (_PHONE, NameKind.PHONE, N_("has the form of a phone number")),
    (_POSTCODE, NameKind.ADDRESS, N_("has the form of a postcode")),
    (_HOUSE, NameKind.ADDRESS, N_("stands before a postcode")),
)


def _streets(page: NamePage) -> Iterator[Proposal]:
    for found in _STREET.finditer(page.text):
        start, end = found.span()
        first = found[0].split()[0]
        while not page.usable(first.strip(".")) and " " in page.text[start:end]:
            start = page.text.index(" ", start) + 1
            first = page.text[start:end].split()[0]
        if not first[:1].isupper():
            continue
        numbered = found[0][-1].isdigit() or any(letter.isdigit() for letter in found[0])
        if not numbered and page.opens_sentence(start) and page.is_word(first):
            continue
        tier = Tier.SURE if numbered else Tier.LIKELY
        yield page.proposal(start, end, NameKind.ADDRESS, tier, NameReason(N_("has the form of a street")))


def _dates(page: NamePage) -> Iterator[Proposal]:
    for found in _DATE.finditer(page.text):
        before = page.text[max(0, found.start() - _BEFORE_BIRTH) : found.start()]
        if _BIRTH.search(_SENTENCE_END.split(before)[-1]):
            reason = NameReason(N_("a date after a word about birth"))
            yield page.proposal(*found.span(), NameKind.DATE, Tier.SURE, reason)
        else:
            tier = Tier.LIKELY if re.search(r"\d{4}|[-/.]\d", found[0]) else Tier.LOOK
            yield page.proposal(*found.span(), NameKind.DATE, tier, NameReason(N_("has the form of a date")))


def _numbers(page: NamePage) -> Iterator[Proposal]:
    for found in _ID_NUMBER.finditer(page.text):
        digits = [int(sign) for sign in found[0] if sign.isdigit()]
        if passes_eleven_test(digits):
            reason = NameReason(N_("nine digits that pass the eleven-test of a citizen service number"))
            yield page.proposal(*found.span(), NameKind.ID_NUMBER, Tier.SURE, reason)
        elif found[0].isdigit():
            reason = NameReason(
                N_("nine digits, though they fail the eleven-test of a citizen service number")
            )
            yield page.proposal(*found.span(), NameKind.ID_NUMBER, Tier.LOOK, reason)


def passes_eleven_test(digits: list[int]) -> bool:
    """Whether nine digits can be a Dutch citizen service number (BSN).

    Sum of the digits times 9, 8, … 2 and −1 is a multiple of eleven (Besluit burgerservicenummer).
    """
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return total % 11 == 0 and any(digits)


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


def titled(page: NamePage) -> Iterator[Proposal]:
    """Every name whose neighbour gives it away."""
    for found in _TITLED.finditer(page.text):
        yield from _titled(page, found)
    for pattern, kind, message in _NEIGHBOURS:
        for found in pattern.finditer(page.text):
            yield from _named(page, *found.span("name"), kind, NameReason(message))
    yield from _before_roles(page)


_relation = re.compile(r"(?:van|of) (?!de[nr]? )")
_HONORIFICS = PARTS["honorifics"]


def _before_roles(page: NamePage) -> Iterator[Proposal]:
    """ "Petra, de IB'er" and "Emma's moeder"."""
    for found in _ROLE_AFTER.finditer(page.text):
        role = ROLES_AFTER.get(found["role"].lower().replace("’", "'"))
        run = page.run_before(found.start())
        if role is not None and run is not None:
            yield from _named(page, *run, role, NameReason(_BEFORE, found["role"]))
    for found in _RELATIVE.finditer(page.text):
        run = page.run_before(found.start())
        if run is not None and page.text[run[1] - 1] == "s":
            yield from _named(page, *run, NameKind.CHILD, NameReason(_BEFORE, found["role"]))


_BEFORE = N_("stands before “{word}”")
_NEIGHBOURS = (
    (_OWN_FAMILY, NameKind.PARENT, N_("stands behind a word for a family member")),
    (_PARENT_OF, NameKind.CHILD, N_("stands behind “mother of” or the like")),
    (_INTRODUCED, NameKind.PERSON, N_("is introduced by name")),
)


def _titled(page: NamePage, found: re.Match[str]) -> Iterator[Proposal]:
    title = found["title"]
    lower = title.lower()
    gap = found["gap"]
    if "," in gap and lower not in TITLES_WITH_COMMA:
        return
    if "." in gap and lower not in PARTS["with_stop"]:
        return
    if _relation.match(found["name"]) and lower not in _HONORIFICS:
        return  # "de moeder van Bram": Bram is not the mother
    yield from _named(
        page, *found.span("name"), TITLES[lower], NameReason(N_("stands behind “{word}”"), title)
    )


def _named(page: NamePage, start: int, end: int, kind: NameKind, reason: NameReason) -> Iterator[Proposal]:
    trimmed = page.trimmed(start, end)
    if trimmed is not None:
        yield Proposal(*trimmed, page.original[slice(*trimmed)], kind, Tier.SURE, (reason,))
