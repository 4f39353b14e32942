"""Layer A: what has a form of its own: addresses of all kinds, numbers, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.i18n import N_
from qualcode.pseudonyms.kinds import Kind, Tier
from qualcode.pseudonyms.page import Page
from qualcode.pseudonyms.proposal import Proposal, Reason

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


def proposals(page: Page) -> Iterator[Proposal]:
    """Everything with a form of its own."""
    for pattern, kind, reason in _FORMS:
        for found in pattern.finditer(page.text):
            yield _proposal(page, found.start(), found.end(), kind, Tier.SURE, Reason(reason))
    yield from _streets(page)
    yield from _dates(page)
    yield from _numbers(page)


_FORMS = (
    (_EMAIL, Kind.EMAIL, N_("has the form of an e-mail address")),
    (_URL, Kind.URL, N_("has the form of a web address")),
    (_PHONE, Kind.PHONE, N_("has the form of a phone number")),
    (_POSTCODE, Kind.ADDRESS, N_("has the form of a postcode")),
    (_HOUSE, Kind.ADDRESS, N_("stands before a postcode")),
)


def _streets(page: Page) -> Iterator[Proposal]:
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
        yield _proposal(page, start, end, Kind.ADDRESS, tier, Reason(N_("has the form of a street")))


def _dates(page: Page) -> Iterator[Proposal]:
    for found in _DATE.finditer(page.text):
        before = page.text[max(0, found.start() - _BEFORE_BIRTH) : found.start()]
        if _BIRTH.search(_SENTENCE_END.split(before)[-1]):
            yield _proposal(
                page, *found.span(), Kind.DATE, Tier.SURE, Reason(N_("a date after a word about birth"))
            )
        else:
            tier = Tier.LIKELY if re.search(r"\d{4}|[-/.]\d", found[0]) else Tier.LOOK
            yield _proposal(page, *found.span(), Kind.DATE, tier, Reason(N_("has the form of a date")))


def _numbers(page: Page) -> Iterator[Proposal]:
    for found in _ID_NUMBER.finditer(page.text):
        digits = [int(sign) for sign in found[0] if sign.isdigit()]
        if passes_eleven_test(digits):
            reason = Reason(N_("nine digits that pass the eleven-test of a citizen service number"))
            yield _proposal(page, *found.span(), Kind.ID_NUMBER, Tier.SURE, reason)
        elif found[0].isdigit():
            reason = Reason(N_("nine digits, though they fail the eleven-test of a citizen service number"))
            yield _proposal(page, *found.span(), Kind.ID_NUMBER, Tier.LOOK, reason)


def passes_eleven_test(digits: list[int]) -> bool:
    """Whether nine digits can be a Dutch citizen service number (BSN).

    Sum of the digits times 9, 8, … 2 and −1 is a multiple of eleven (Besluit burgerservicenummer).
    """
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return total % 11 == 0 and any(digits)


def _proposal(page: Page, start: int, end: int, kind: Kind, tier: Tier, reason: Reason) -> Proposal:
    return Proposal(start, end, page.original[start:end], kind, tier, (reason,))
