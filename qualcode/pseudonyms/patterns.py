"""Layers A, B and C: what has a form of its own, names behind a title or an introduction, and organisations.

Of C are schools and institutions, by their type, their ending or the preposition before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.i18n import N_
from qualcode.pseudonyms.lists import EVERYDAY_HEADS, PARTS, ROLES_AFTER, TITLES, TITLES_WITH_COMMA
from qualcode.pseudonyms.page import CAPITAL_WORD, NAME_RUN, SURNAME_RUN, NamePage
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
# a day in digits is no phone number, also not as the beginning or end of one
_DAY = re.compile(
    r"(?<!\d)(?:[12]\d|3[01]|0?[1-9])([-/. ])(?:1[0-2]|0?[1-9])\1(?:(?:19|20)\d\d|\d\d)(?!\d| ?-?\d{2})"
)
_POSTCODE = re.compile(r"(?<![\w-])[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?!\w)")
_STREET = re.compile(
    rf"(?<![\w.'’-])(?:[{_UPPER}][\w.'’-]* (?:(?:van|de|den|der|het|ten|ter|van de|van der|van den) )?){{0,3}}"
    rf"(?:[{_UPPER}][\w'’-]+{_STREET_ENDINGS}|(?:Straat|Laan|Weg|Plein|Gracht|Kade|Dijk|Singel|Hof|Pad)(?= \d))(?!\w)"
    r"(?: \d{1,4}(?: ?[a-z](?!\w))?(?:[-/]\d{1,3}|[-/]?(?:I{1,3}|hs|bis))?(?!\d))?"
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
            if kind is NameKind.PHONE and _DAY.search(found[0]):
                continue
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


_ARTICLE = r"(?i:de|het|'t|’t|op de|in de|sint|st\.?)"
_DENOMINATION = (
    r"(?i:christelijke|openbare|katholieke|protestantse|islamitische|speciale|algemene"
    r"|gereformeerde|reformatorische)"
)
_SCHOOL_TYPE = (
    r"(?i:obs|cbs|pcbs|rkbs|kbs|pcb|gbs|ibs|sbo|vso|so|bs|ikc|kc|kdv|bso|psz|vso-school|so-school"
    r"|basisschool|kindcentrum|praktijkschool|peuterspeelzaal|kinderdagverblijf|kinderopvang|voorschool|daltonschool"
    r"|montessorischool|jenaplanschool|vrijeschool|school|primary school|school called)"
)
_ABBREVIATED = re.compile(r"(?i)(?:obs|cbs|pcbs|rkbs|kbs|pcb|gbs|ibs|sbo|vso|so|bs|ikc|kc|kdv|bso|psz)\b")

_TYPED_SCHOOL = re.compile(
    rf"(?<![\w'’-])(?P<whole>(?P<faith>{_DENOMINATION} )?(?P<type>{_SCHOOL_TYPE}) "
    rf"(?P<name>(?:{_ARTICLE} )?{NAME_RUN}))"
)
_SCHOOL_BY_ENDING = re.compile(
    r"(?<![\w'’-])(?P<name>(?:(?!De |Het |Een |Die |Onze |Op )"
    rf"{CAPITAL_WORD} ){{0,3}}"
    r"(?:(?=[^\W\d_a-z])[\w'’-]+(?:school|college|lyceum|gymnasium)"
    r"|Lyceum|College|School|Gymnasium|Scholengemeenschap|Kindcentrum|Mavo|Praktijkschool|Academie|Vakcollege)"
    r"(?: [A-Z][\w'’-]+)?)(?!\w)"
)
_AT_SCHOOL = re.compile(
    r"(?<![\w'’-])(?P<place>(?i:op|van|naar|bij|uit|voor|in|at|to)) "
    rf"(?P<name>(?:de|het|'t|’t|De|Het|'T|’T) {CAPITAL_WORD}(?: (?:(?:en|van|de|der|het) )?{CAPITAL_WORD})*)"
)
_INSTITUTION = re.compile(
    r"(?<![\w'’-])(?P<name>(?:Jeugdbescherming|Jeugdhulp|Jeugdzorg|Bureau|Stichting|Raad|Leger|Huis|William|Centrum"
    r"|Instituut|GGZ|GGD|PI|JJI|GI|Praktijk|Kliniek|Wijkteam|Buurtteam|Jeugdteam|Gebiedsteam|Kernteam"
    r"|Sociaal (?:[Tt]eam|[Ww]ijkteam)"
    r"|Samenwerkingsverband|Gezinshuis|Zorgboerderij)"
    rf"(?: (?:van|voor|de|het|der|des|en|De|Het|Regio|Jeugd|Gezin)){{0,3}} {NAME_RUN})"
)
_TYPED_INSTITUTION = re.compile(
    r"(?<![\w'’-])(?P<whole>(?P<type>(?:wijkteam|buurtteam|sociaal (?:wijk)?team|jeugdteam"
    r"|gebiedsteam|kernteam|stichting|instelling"
    r"|organisatie|praktijk|kliniek|ziekenhuis|gevangenis|woongroep|leefgroep|opvang|gezinshuis|zorgboerderij|moskee"
    r"|kerk|vereniging|bedrijf))"
    rf" (?P<name>(?:(?:de|het|'t|De|Het) )?{NAME_RUN}))"
)
_INSTITUTION_BY_ENDING = re.compile(
    rf"(?<![\w'’-])(?P<name>(?:{CAPITAL_WORD} ){{0,2}}(?=[^\W\d_a-z])[\w'’-]+"
    r"(?:ziekenhuis|kliniek|huizen|centrum|telefoon|zorg|groep|stichting|bescherming))(?!\w)"
)
_FIXED = re.compile(
    r"(?<![\w'’-])(?:Veilig Thuis|Kindertelefoon|Slachtofferhulp(?: Nederland)?|Leger des Heils|Bureau Jeugdzorg"
    r"|Raad voor de Kinderbescherming|Centrum voor Jeugd en Gezin|William Schrikker(?: Groep| Stichting)?"
    r"|'s Heeren Loo|’s Heeren Loo|Samen Veilig(?: Midden-Nederland)?|MEE(?: [A-Z][\w-]+)?)(?!\w)"
)
_PART_OF_NAME = PARTS["begin_team"]


def organisations(page: NamePage) -> Iterator[Proposal]:
    """Schools and institutions."""
    yield from _typed_schools(page)
    for pattern, kind, message in _BY_ENDING:
        for found in pattern.finditer(page.text):
            yield from _by_ending(page, found, kind, NameReason(message))
    yield from _at_schools(page)
    yield from _institutions(page)


_BY_ENDING = (
    (_SCHOOL_BY_ENDING, NameKind.SCHOOL, N_("ends like the name of a school")),
    (_INSTITUTION_BY_ENDING, NameKind.INSTITUTION, N_("ends like the name of an institution")),
)


def _typed_schools(page: NamePage) -> Iterator[Proposal]:
    for found in _TYPED_SCHOOL.finditer(page.text):
        start, end = found.span("name")
        if not _is_named(page, start, end):
            continue
        if _ABBREVIATED.fullmatch(found["type"]) or found["faith"]:
            start = found.start("whole")
        elif not found["name"][0].isupper() and not _starts_with_capital_name(found["name"]):
            continue
        yield page.proposal(
            start, end, NameKind.SCHOOL, Tier.SURE, NameReason(N_("stands behind a type of school"))
        )


def _starts_with_capital_name(name: str) -> bool:
    return any(word[:1].isupper() for word in name.split()[1:])


def _is_named(page: NamePage, start: int, end: int) -> bool:
    """Whether behind the article there is a word that can be a name."""
    words = page.text[start:end].replace("’", "'").split()
    while words and words[0].lower().strip(".") in ("de", "het", "'t", "op", "in", "sint", "st"):
        words.pop(0)
    return bool(words) and page.usable(words[0].rstrip("."))


def _by_ending(
    page: NamePage, found: re.Match[str], kind: NameKind, reason: NameReason
) -> Iterator[Proposal]:
    start, end = found.span("name")
    whole = found["name"]
    while " " in whole and not (page.usable(whole.split()[0]) or whole.split()[0] in _PART_OF_SCHOOL):
        start += len(whole.split()[0]) + 1
        whole = page.text[start:end]
    if not page.usable(whole.split()[0]) and " " not in whole:
        return
    if " " not in whole and _is_plain(page, whole):
        return
    yield page.proposal(start, end, kind, Tier.SURE, reason)


def _is_plain(page: NamePage, word: str) -> bool:
    """ "Basisschool", "Jeugdzorg": a word of the dictionary, or made of an everyday word and an ending."""
    lower = word.lower()
    if page.is_word(lower) or lower in _EVERYDAY:
        return True
    for ending in ("school", "college", "zorg", "groep", "centrum", "huizen", "ziekenhuis", "kliniek"):
        head = lower.removesuffix(ending).rstrip("-")
        if head != lower and len(head) > 2 and head in EVERYDAY_HEADS:
            return True
    return False


_PART_OF_SCHOOL = PARTS["begin_school"]
_EVERYDAY = PARTS["everyday_institutions"]


def _at_schools(page: NamePage) -> Iterator[Proposal]:
    for found in _AT_SCHOOL.finditer(page.text):
        start, end = found.span("name")
        first = found["name"].split()[1]
        if not page.usable(first) or _is_infix(page, found):
            continue
        own_capital = found["name"][0].isupper()
        if not own_capital:
            start += len(found["name"].split()[0]) + 1
        at_school = found["place"].lower() in ("op", "van", "naar", "at", "to")
        kind = NameKind.SCHOOL if at_school else NameKind.INSTITUTION
        reason = NameReason(N_("a capital behind “{word}”"), f"{found['place']} {found['name'].split()[0]}")
        yield page.proposal(start, end, kind, Tier.LIKELY, reason)


def _is_infix(page: NamePage, found: re.Match[str]) -> bool:
    """Whether the preposition belongs to a surname: "Arie van 't Hof", "Van 't Hof"."""
    if found["place"].lower() != "van" or found["name"][0].isupper():
        return False
    before = re.search(r"([\w'’-]+) $", page.text[max(0, found.start() - 30) : found.start()])
    follows_name = before is not None and before[1][0].isupper() and page.usable(before[1])
    return follows_name or found["place"][0].isupper()


def _institutions(page: NamePage) -> Iterator[Proposal]:
    for found in _FIXED.finditer(page.text):
        reason = NameReason(N_("a well-known institution"))
        yield page.proposal(*found.span(), NameKind.INSTITUTION, Tier.SURE, reason)
    for found in _INSTITUTION.finditer(page.text):
        words = re.findall(r"[\w'’-]+", found["name"])
        if len(words) > 1 and page.usable(words[-1]):
            reason = NameReason(N_("stands behind a type of institution"))
            yield page.proposal(*found.span("name"), NameKind.INSTITUTION, Tier.SURE, reason)
    for found in _TYPED_INSTITUTION.finditer(page.text):
        start, end = found.span("name")
        if not _is_named(page, start, end):
            continue
        if found["type"].split()[0] in _PART_OF_NAME or found["name"][0].islower():
            start = found.start("whole")
        reason = NameReason(N_("stands behind a type of institution"))
        yield page.proposal(start, end, NameKind.INSTITUTION, Tier.SURE, reason)
