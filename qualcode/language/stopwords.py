"""Words that stand in nearly every sentence and say little about its subject.

A project may keep a list of its own; `read_list` and `list_text` take it from and to a
text that people edit, one word a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.language.lemmas import folded
from qualcode.language.words import is_word

_DUTCH = """
aan af al alle allemaal alleen alles als altijd ander andere anders behalve beide ben bent best bij bijna bijvoorbeeld
binnen daar daarbij daarin daarmee daarna daarom daarop daarover daarvan daarvoor dacht dan dat de deed deden denk
denken deze die dingen dit doe doen doet door dus echt een één eens eentje eh ehm eigenlijk elk elke elkaar en enige
enkele er eraan erbij ergens erin ermee erover eruit ervan ervoor even ga gaan gaat ging gingen gedaan geen gegaan
gehad geweest gewoon geworden goed haar had hadden heb hebben hebt heeft heel hele helemaal hem hen het hier
hierin hiervan hij hm hmm hoe hoor hè hun iedereen ieder iedere iemand iets ik in inderdaad is ja je jij jou jouw jullie
kan keer kijk klopt kom komen komt kon konden kun kunnen kunt kwam kwamen laat laten maar mag me meer mee meest
meestal men met mij mijn misschien moest moesten moet moeten mogen mocht na naar natuurlijk nee niet niets niks nog
nogal nooit nou nu nul of oh oké ok om omdat onder ons onze ook op over overal per precies recht sinds snap
soms soort staan staat stond te tegen terug terwijl tja toch toe toen tot totdat tussen uh uhm u uit uw vaak van
vanaf vanuit veel vind vinden vindt volgens vond voor vooral waar waarbij waarin waarom waarop waarvan wanneer
want waren was wat we weet weer weg weinig wel welk welke werd werden weten wie wij wil wilde wilden willen wilt wist
word worden wordt wou zag zal ze zeg zeggen zegt zei zeiden zelf zelfs zich zie zien ziet zij zijn zit zitten zo zo'n
zoals zodat zonder zou zouden zowel zullen zult 't 's 'k 'm 'n d'r z'n m'n ie joh goh ach zeker paar twee drie
"""

_ENGLISH = """
a about after again all also always am an and any are aren't as at be because been before being between both but by can
can't could couldn't did didn't do does doesn't doing don't down during each else er erm even ever every few for from
further get gets getting go goes going gone got had hadn't has hasn't have haven't having he her here hers herself him
himself his how i i'd i'll i'm i've if in into is isn't it it's its itself just kind know like lot made make many may
maybe me mean might more most much must my myself no nor not now of off oh ok okay on once one only or other our ours
out over own quite really right said same saw say says see seen she should shouldn't so some sort still such than that
that's the their theirs them themselves then there there's these they they're thing things think this those thought
through to too uh um under until up us very was wasn't we we're well went were weren't what when where which while who
whom why will with won't would wouldn't yeah yes yet you you're your yours yourself
"""


@cache
def stop_words(language: str) -> frozenset[str]:
    """The list that comes with qualcode for `language` ("nl" or "en"), folded."""
    return frozenset((_ENGLISH if language == "en" else _DUTCH).split())


def read_list(text: str) -> frozenset[str]:
    """A list people edited: one word a line, `#` begins a remark. `InputError` names lines that are no word."""
    found: set[str] = set()
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition("#")[0].strip()
        if word and not is_word(word):
            problems.append(_("line {number}: {text}").format(number=number, text=word))
        elif word:
            found.add(folded(word))
    if problems:
        raise InputError(_("Some lines are not exactly one word. Write one word a line."), problems)
    return frozenset(found)


def list_text(stop: Iterable[str]) -> str:
    """The list as a text to edit, sorted, one word a line."""
    return "".join(f"{word}\n" for word in sorted(stop))
