"""Layer C: schools and institutions, by their type, their ending or the preposition before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.i18n import N_
from qualcode.pseudonyms.lists import EVERYDAY_HEADS, PARTS
from qualcode.pseudonyms.page import CAPITAL_WORD, NAME_RUN, NamePage
from qualcode.pseudonyms.proposals import NameKind, NameReason, Proposal, Tier

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


def proposals(page: NamePage) -> Iterator[Proposal]:
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
