"""Words that stand in front of a turn: which are speakers, which of those are interviewers."""

from __future__ import annotations

import re
from collections.abc import Collection


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as one line of text."""
    return frozenset(words.split())


INTERVIEWERS = word_set(
    "i int interviewer interviewers interviewster onderzoeker onderzoekster onderzoekers vraag vragensteller "
    "vraagsteller vrager moderator gespreksleider gespreksleidster interv researcher question q"
)
_INFORMANTS = word_set(
    "r resp respondent respondente b g informant geïnterviewde geinterviewde interviewee participant deelnemer "
    "deelneemster antwoord answer spreker speaker spk persoon onbekend unknown "
    "ouder ouders moeder vader mama papa oma opa pleegmoeder pleegvader pleegouder stiefmoeder stiefvader tante oom "
    "parent parents mother father mum mom dad grandmother grandfather "
    "leraar lerares leerkracht leerkrachten juf juffrouw meester docent docente mentor groepsleerkracht teacher "
    "hulpverlener hulpverleenster hulpverleners begeleider begeleidster jeugdhulpverlener jeugdzorgwerker "
    "jeugdwerker gezinscoach gezinsbegeleider gezinswerker therapeut psycholoog orthopedagoog pedagoog "
    "maatschappelijkwerker behandelaar coach counselor counsellor therapist psychologist "
    "ib ib'er ib’er iber rt'er directeur directrice schoolleider conciërge principal tolk interpreter "
    "leerling leerlingen kind kinderen jongen meisje zoon dochter student child pupil boy girl "
    "allen allemaal iedereen samen all everyone"
)
_PHRASES = frozenset(
    [
        "care worker", "social worker", "youth worker", "maatschappelijk werker", "intern begeleider",
        "internal counsellor", "vader en moeder", "moeder en vader", "intern begeleidster", "school leader",
    ]
)  # fmt: skip
KNOWN = INTERVIEWERS | _INFORMANTS | _PHRASES
_PARTICLES = word_set("de den der het 't te ten ter van von el al ben bin ibn da di du la le und en and")
# words that often stand before a colon without being anybody's name
_NOT_A_SPEAKER = word_set(
    "nb ps noot nota opmerking opmerkingen bijvoorbeeld voorbeeld voorbeelden kortom dus conclusie conclusies "
    "samenvatting citaat quote let ik jij hij zij ze wij we jullie u men dat dit die deze er en of maar want "
    "toen dan nou ja nee oké ok hm hmm eh uh goed precies vervolgens daarna eerst eerste tweede derde ten verder "
    "ook niet wel wat waarom hoe wie waar wanneer welke doel doelen actie acties afspraak afspraken resultaat "
    "resultaten evaluatie datum date tijd tijdstip time plaats locatie location duur duration naam name namen "
    "les lesnummer lesson periode period week maand groep klas school adres telefoon mail email betreft onderwerp "
    "subject aanwezig aanwezigen present advies vervolg plan aanpak situatie probleem hulpvraag casus case "
    "bestand file project titel title versie version bron source thema onderdeel deel part stap punt reden "
    "gevolg voordeel nadeel plus min pro contra tip tips taak taken rol rollen i.e e.g p.s n.b note example "
    "so but and or yes no well http https www logboek vragenlijst transcript transcriptie opname recording "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
_LABEL = re.compile(r"[\w\[(](?:[\w .'’/&+()\[\]-]{0,38}[\w)\].'’])?")
_IN_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_NUMBER = re.compile(r"[\s_.-]*\d{1,3}[a-z]?$")
_CODE = re.compile(r"[A-Z]{1,3}[-_ ]?\d{1,3}")


def bare(label: str) -> str:
    """`label` without brackets, additions, number and capitals: "[Leraar-1]" → "leraar"."""
    label = _IN_PARENTHESES.sub("", label).strip("[]() .").casefold()
    return _NUMBER.sub("", label).strip(" .")


def is_known(label: str) -> bool:
    """Whether `label` says what someone is in an interview ("I", "Moeder", "Speaker 1", "Vader/moeder")."""
    pieces = re.split(r"\s*[/&+]\s*", label)
    return bool(label) and all(bare(piece) in KNOWN for piece in pieces)


def is_speaker_shaped(label: str) -> bool:
    """Whether `label` could be a speaker: known, a code ("P02"), a bracketed name or up to three names."""
    if not _LABEL.fullmatch(label) or not any(char.isalpha() for char in label):
        return False
    if is_known(label) or _CODE.fullmatch(label):
        return True
    words = _IN_PARENTHESES.sub("", label).split()
    if not words or bare(words[0]) in _NOT_A_SPEAKER or bare(label) in _NOT_A_SPEAKER:
        return False
    if label.startswith("["):
        return label.endswith("]") and len(words) <= 3
    names = [word for word in words if word.casefold() not in _PARTICLES]
    return 1 <= len(names) <= 3 and _is_name(words[0]) and all(_is_name(word) for word in names)


def _is_name(word: str) -> bool:
    return word[:1].isupper() or word.isdigit() or is_known(word)


def guess_interviewers(labels: Collection[str]) -> frozenset[str]:
    """Those of `labels` that stand for an interviewer.

    A lone "V" is one beside an "A" (vraag, antwoord), a lone "O" beside an "R" (onderzoeker, respondent).
    """
    found = {label for label in labels if label and bare(label) in INTERVIEWERS}
    if not found:
        short = {label.casefold(): label for label in labels}
        for asks, answers in (("v", "a"), ("o", "r")):
            if asks in short and answers in short:
                found.add(short[asks])
    return frozenset(found)
