"""Irregular Dutch verbs: every form that rules and word lists get wrong, with its infinitive.

One verb a line, the infinitive first. A star marks a form that is a common word of
another kind as well ("vroeg", "bond"): such a form keeps that meaning beside the verb; behind the
star may stand the lemma it then has ("namen": naam). Left out
are forms that hardly ever are the verb: "week" (wijken), "was" (wassen), "geleden" (lijden).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

_TABLE = """
zijn* ben bent is was* waren* geweest wees* weest zijnde
hebben heb hebt heeft had hadden gehad
worden word wordt werd werden geworden
zullen zal zult zou zouden zoudt
kunnen kan kunt kon konden gekund
moeten moet moest moesten gemoeten
mogen mag mocht mochten gemogen
willen wil* wilt wou wilde wilden wouden gewild
weten weet wist wisten geweten*
gaan ga gaat ging gingen gegaan
doen doe doet deed deden gedaan
zien zie ziet zag zagen gezien
staan sta staat* stond stonden gestaan
slaan sla slaat sloeg sloegen geslagen
komen kom* komt kwam kwamen gekomen
zeggen zeg zegt zei zeiden zeide gezegd
laten laat* liet lieten gelaten
vinden vind vindt vond vonden gevonden
zitten zit zat* zaten gezeten
lopen loop* loopt liep liepen gelopen
geven geef geeft gaf gaven* gegeven*
nemen neem neemt nam namen*naam genomen
krijgen krijg krijgt kreeg kregen gekregen
houden houd houdt hou hield hielden gehouden
liggen lig ligt lag lagen* gelegen
eten* eet at aten gegeten
lezen lees leest las lazen gelezen
denken denk denkt dacht dachten gedacht
brengen breng brengt bracht brachten gebracht
vragen* vraag* vraagt vroeg* vroegen gevraagd
blijven blijf blijft bleef bleven gebleven
helpen help helpt hielp hielpen geholpen
spreken spreek spreekt sprak spraken gesproken
slapen* slaap* slaapt sliep sliepen geslapen
rijden rijd rijdt rij* reed reden* gereden
schrijven schrijf schrijft schreef schreven geschreven
schelden scheld scheldt schold scholden gescholden
trekken trek* trekt trok trokken getrokken
beginnen begin* begint begon begonnen
bieden bied biedt bood boden* geboden*
breken breek breekt brak* braken gebroken
kiezen* kies* kiest koos kozen gekozen
vallen* val* valt viel vielen gevallen*geval
bakken* bak* bakt bakte bakten gebakken
barsten barst* barstte barstten gebarsten
bederven bederf* bederft bedierf bedierven bedorven
bedriegen bedrieg bedriegt bedroog bedrogen
bergen* berg* bergt borg borgen geborgen
bevelen* beveel beveelt beval bevalen bevolen
bewegen beweeg beweegt bewoog bewogen
bezinnen bezin bezint bezon bezonnen
bidden bid bidt bad* baden gebeden*
bijten bijt beet* beten gebeten
binden bind bindt bond* bonden* gebonden
blazen* blaas* blaast blies bliezen geblazen
blijken blijk* blijkt bleek* bleken gebleken
blinken blink blinkt blonk blonken geblonken
braden braad braadt braadde gebraden
buigen buig buigt boog* bogen* gebogen
delven delf delft dolf dolven gedolven
dragen draag draagt droeg droegen gedragen
gedragen gedraag gedraagt gedroeg gedroegen
drijven drijf drijft dreef dreven gedreven
dringen dring dringt drong drongen gedrongen
drinken drink drinkt dronk dronken* gedronken
druipen druip druipt droop dropen gedropen
duiken duik* duikt dook doken gedoken
dwingen dwing dwingt dwong dwongen gedwongen
fluiten* fluit* floot floten gefloten
genezen genees geneest genas genazen genezen
genieten geniet genoot* genoten* genoten
gelden* geld* geldt gold golden gegolden
gieten giet goot* goten* gegoten
glijden glijd glijdt glij gleed gleden gegleden
glimmen glim glimt glom glommen geglommen
graven* graaf* graaft groef groeven* gegraven
grijpen grijp grijpt greep* grepen* gegrepen
hangen hang hangt hing hingen gehangen
heffen hef heft* hief hieven geheven
hijsen hijs hijst hees* hesen gehesen
heten heet* heette heetten geheten
jagen jaag jaagt joeg joegen gejaagd
kijken kijk kijkt keek keken gekeken
klimmen klim klimt klom klommen geklommen
klinken klink* klinkt klonk klonken geklonken
knijpen knijp knijpt kneep* knepen geknepen
kopen koop* koopt kocht kochten gekocht
krimpen krimp* krimpt kromp krompen gekrompen
kruipen kruip kruipt kroop kropen gekropen
lachen lach* lacht lachte lachten gelachen
laden* laad laadt laadde laadden geladen
liegen lieg liegt loog* logen gelogen
lijden lijd lijdt leed* leden*lid
lijken* lijk* lijkt leek* leken* geleken
melken melk* melkt molk molken gemolken
meten meet mat* maten* gemeten
mijden mijd mijdt meed meden gemeden
ontstaan ontsta ontstaat ontstond ontstonden ontstaan
plegen pleeg pleegt pleegde pleegden gepleegd placht
prijzen* prijs* prijst prees prezen geprezen
raden* raad* raadt raadde ried geraden
rieken riek riekt rook* roken* geroken
ruiken ruik ruikt rook* roken* geroken
roepen roep roept riep riepen geroepen
rijzen rijs rijst* rees rezen gerezen
schenken schenk schenkt schonk schonken geschonken
scheppen* schep* schept schiep schiepen geschapen
scheren scheer scheert schoor schoren geschoren
schieten schiet schoot* schoten geschoten
schijnen schijn* schijnt scheen* schenen* geschenen
schijten schijt scheet scheten gescheten
schrikken schrik* schrikt schrok schrokken geschrokken
schuiven* schuif* schuift schoof schoven* geschoven
schuilen schuil schuilt schuilde schuilden gescholen
slijpen slijp slijpt sleep* slepen geslepen
slijten slijt sleet sleten gesleten
sluipen sluip sluipt sloop* slopen* geslopen
sluiten sluit sloot* sloten* gesloten
smelten smelt smolt smolten gesmolten
smijten smijt smeet smeten gesmeten
snijden snijd snijdt snij sneed* sneden* gesneden
snuiten snuit* snoot snoten gesnoten
snuiven snuif snuift snoof snoven gesnoven
spijten spijt* speet speten gespeten
spinnen* spin* spint spon sponnen gesponnen
splijten splijt spleet* spleten* gespleten
springen spring springt sprong* sprongen*sprong gesprongen
spuiten* spuit* spoot spoten gespoten
steken* steek* steekt stak staken* gestoken
stelen steel* steelt stal* stalen* gestolen
sterven sterf sterft stierf stierven gestorven
stijgen stijg stijgt steeg* stegen* gestegen
stinken stink stinkt stonk stonken gestonken
stoten stoot* stootte stiet stootten gestoten
strijden strijd* strijdt streed streden gestreden
strijken strijk strijkt streek* streken* gestreken
stuiven stuif stuift stoof stoven gestoven
treden* treed treedt trad traden getreden
treffen* tref treft trof troffen getroffen
varen vaar vaart* voer* voeren gevaren*
vechten vecht vocht* vochten gevochten
verdwijnen verdwijn verdwijnt verdween verdwenen
vergeten vergeet vergat vergaten vergeten
vergelijken vergelijk vergelijkt vergeleek vergeleken
verlaten verlaat verliet verlieten verlaten
verliezen verlies* verliest verloor verloren
verraden verraad* verraadt verraadde verried verraden
vertrekken* vertrek* vertrekt vertrok vertrokken
verzinnen verzin verzint verzon verzonnen
vlechten* vlecht* vlocht vlochten gevlochten
vliegen* vlieg* vliegt vloog vlogen gevlogen
vouwen* vouw* vouwt vouwde vouwden gevouwen
vreten vreet vrat vraten gevreten
vriezen vries vriest vroor vroren gevroren
waaien waai waait waaide woei waaiden gewaaid
wassen wast waste gewassen*
wegen* weeg weegt woog wogen gewogen
werpen werp werpt wierp wierpen geworpen
werven werf* werft wierf wierven geworven
wijken* wijk* wijkt geweken
wijten wijt geweten*
wijzen* wijs* wijst wees* wezen* gewezen
winden* wind* windt wond* wonden* gewonden*
winnen win wint won wonnen gewonnen
wringen wring wringt wrong wrongen gewrongen
wreken wreek wreekt wreekte gewroken
zenden zend zendt zond zonden* gezonden
zingen zing zingt zong zongen gezongen
zinken zink* zinkt zonk zonken gezonken
zinnen* zin* zint zon* zonnen* gezonnen
zoeken zoek zoekt zocht zochten gezocht
zuigen zuig zuigt zoog zogen gezogen
zuipen zuip zuipt zoop zopen gezopen
zwelgen zwelg zwelgt zwolg zwolgen gezwolgen
zwellen zwel zwelt zwol zwollen gezwollen
zwemmen zwem zwemt zwom zwommen gezwommen
zweren* zweer* zweert zwoer zwoeren gezworen
zwerven zwerf zwerft zwierf zwierven gezworven
zwijgen zwijg zwijgt zweeg zwegen gezwegen
"""

_PARTICLES = """
aan achter achterna achterover achteruit af bezig bij bijeen binnen bloot boven buiten dicht dood door
doorheen fijn gade gelijk goed heen hoog in ineen kapot klaar kwijt langs lastig leeg los mede mee meer mis
na naar neer om omhoog omlaag omver onder op open over overeen plaats recht rond samen schoon stil stuk
teleur tegemoet tegen teniet terecht teweeg terug thuis toe tussen uit uiteen vast vol voor vooraf voorbij
voorop vooruit vrij waar weer weg
"""
SEPARABLE = frozenset(_PARTICLES.split())
INSEPARABLE = frozenset(
    ("be", "ge", "her", "ont", "ver", "er", "mis", "weer", "over", "onder", "door", "om", "voor", "vol")
)


class Readings(NamedTuple):
    """What a form may be: a form of these verbs and, unless that is empty, of these other words."""

    verbs: frozenset[str]
    others: frozenset[str]


NOT_IRREGULAR = Readings(frozenset(), frozenset())


@cache
def readings() -> dict[str, Readings]:
    """Every form in the table with what it may be."""
    table: dict[str, Readings] = {}
    for line in _TABLE.split("\n"):
        forms = line.split()
        for marked in forms:
            form, star, noun = marked.partition("*")
            before = table.get(form, NOT_IRREGULAR)
            others = before.others | {form} | ({noun} if noun else set()) if star else before.others
            table[form] = Readings(before.verbs | {_infinitive(line)}, others)
    return table


@cache
def verbs() -> frozenset[str]:
    """The infinitives in the table."""
    return frozenset(_infinitive(line) for line in _TABLE.split("\n") if line)


def _infinitive(line: str) -> str:
    return line.split()[0].partition("*")[0]


@cache
def prefixed(form: str) -> frozenset[str]:
    """Infinitives of which `form` may be a form, if it is a prefix and an irregular form.

    "afspraken" → afspreken, "teruggetrokken" → terugtrekken, "besproken" → bespreken.
    """
    known = readings()
    found: set[str] = set()
    for cut in range(2, min(len(form) - 1, 10)):
        prefix, rest = form[:cut], form[cut:]
        if prefix in SEPARABLE and rest in known:
            found |= {prefix + verb for verb in known[rest].verbs}
        if prefix in INSEPARABLE:
            found |= {
                prefix + verb
                for whole in (rest, "ge" + rest)
                if whole in known
                for verb in known[whole].verbs
            }
    return frozenset(found)
