"""Words the detector goes by: never names, everyday words, what stands before a name and gives its role."""

from __future__ import annotations

from qualcode.pseudonyms.kinds import Kind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# written with a capital, but nobody's name
SAFE = _words("""
nederlands nederlandse nederlander nederlanders nederland engels engelse engeland engelstalig frans franse frankrijk duits duitse
duitsland belgisch belgische belgië belg vlaams vlaamse vlaanderen turks turkse turkije marokkaans marokkaanse marokko
berber berbers tamazight arabisch arabische pools poolse polen syrisch syrische syrië syriër syriërs eritrees eritrese
eritrea tigrinya somalisch somalische somalië surinaams surinaamse suriname sranan papiaments antilliaans antilliaanse
antillen spaans spaanse spanje italiaans italiaanse italië portugees portugese portugal oekraïens oekraïense oekraïne
russisch russische rusland chinees chinese china afghaans afghaanse afghanistan irak iraaks iran iraans farsi dari hindi
europa europees europese amerika amerikaans amerikaanse afrika afrikaans afrikaanse azië aziatisch fries friese
limburgs limburgse brabants brabantse gronings twents latijn grieks griekse griekenland roemeens roemenië bulgaars
bulgarije hongaars kroatisch servisch bosnisch albanees koerdisch koerden ghanees ghana nigeria kaapverdië
kaapverdisch turk turken marokkaan marokkanen pool syrisch surinamer surinamers moluks indonesië indisch indonesisch
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart juni juli augustus september
oktober november december ma di wo vr za zo jan. feb. 
monday tuesday wednesday thursday friday saturday sunday january february march october
english dutch french german turkish arabic polish
god allah jezus christus bijbel koran ramadan kerst kerstmis kerstvakantie pasen pinksteren hemelvaart sinterklaas
suikerfeest offerfeest koningsdag carnaval moederdag vaderdag islam moslim moslims christen christelijk
christelijke katholiek joods jood joden hindoe
cito iep avi havo vwo vmbo mavo mbo hbo wo pabo roc gymnasium atheneum brugklas eindtoets citotoets tiktok
jeugdwet jeugdzorg jeugdhulp onderwijsinspectie inspectie corona covid lockdown ministerie gemeente rijk provincie rechtbank kinderrechter
whatsapp tiktok youtube fortnite minecraft roblox playstation xbox nintendo teams zoom magister parnassys somtoday parro
google facebook instagram snapchat netflix spotify discord word excel outlook ipad iphone chromebook windows skype gynzy
snappet smartschool social schoolapp klasbord kahoot squla digibord pokémon pokemon lego disney duplo barbie
ajax feyenoord psv oranje action hema jumbo lidl aldi ikea mcdonald's mcdonalds 
kanjertraining kwink leefstijl pbs zippy's vriendenprogramma
ib ib'er ib'ers iber rt'er rt'ers lio'er bso'ster zzp'er adhd'er adhd add ass odd ptss pddnos pdd-nos autisme asperger down emdr cvi swv tlv opp hgw emdr
montessori jenaplan vrijeschool passend onderwijs sociaal
mama papa opa oma mam pap mamma pappa prins prinses koning koningin
interviewer respondent int resp respondente onderzoeker vraag antwoord vrager
leraar leerkracht juf juffrouw meester mentor docent ouder ouders vader moeder kind kinderen leerling leerlingen
hulpverlener hulpverleners directeur begeleider begeleidster psycholoog orthopedagoog voogd gezinsvoogd coach therapeut
meneer mevrouw mijnheer mevr mvr mw dhr dokter dr drs ir ing prof tante oom broer zus zusje broertje familie
mr mrs ms miss sir madam mum dad mom mother father teacher speaker parent child care worker
""")

# written with capitals in the middle of a sentence, and nobody's name as a whole
SAFE_PHRASES = (
    "Albert Heijn", "Zwarte Piet", "Rots en Water", "Rots & Water", "Vreedzame School", "Harry Potter", "Sint Maarten",
    "Sint Nicolaas", "Marietje Kessler", "Mario Kart", "Super Mario", "Goede Vrijdag", "Witte Donderdag",
    "Eerste Kamer", "Tweede Kamer", "Tweede Kerstdag", "Eerste Kerstdag", "Koning Willem-Alexander", "Prinses Beatrix",
    "Koningin Máxima", "Passend Onderwijs", "Wet Passend Onderwijs", "Hoge Raad", "Taakspel", "Geef me de vijf",
    "Centraal Station", "Kids' Skills", "Ik Leer Leren", "Veilig Leren Lezen", "Star Wars", "Brawl Stars",
    "Juf Ank", "Pluk van de Petteflet", "Jip en Janneke", "K3", "Donald Duck", "Peppa Pig", "Dikkie Dik",
)  # fmt: skip

# everyday words that begin sentences or follow a title
STOP = _words("""
de het een 't 'n 's ik jij je u hij zij ze wij we jullie hen hun haar hem mij me mijn m'n jouw jou uw ons onze zijn z'n d'r zich
zelf dit dat deze die wie wat welke welk waar wanneer waarom hoe hoeveel hoezo er hier daar ergens nergens overal iemand
niemand iedereen alles niets niks iets elk elke ieder iedere alle allemaal allebei beide sommige sommigen veel vele weinig meer
meest minder genoeg
van in op aan bij met zonder voor na naar uit over onder boven tussen tegen door om tot sinds tijdens volgens vanaf vanuit via
per achter langs naast ondanks wegens rond rondom binnen buiten behalve sedert te ten ter
en of maar want dus omdat doordat zodat terwijl hoewel als toen dan nadat voordat totdat mits tenzij dat indien zoals alsof
ben bent is was waren geweest heb hebt heeft hebben had hadden gehad kan kun kunt kunnen kon konden moet moeten moest moesten
mag mogen mocht mochten wil wilt willen wilde wilden wou zal zult zullen zou zouden doe doet doen deed deden gedaan
denk denkt dacht dachten vind vindt vond vonden zei zeiden zeg zegt zeggen weet weten wist wisten ga gaat gaan ging gingen
kom komt komen kwam kwamen zie ziet zien zag zagen laat laten liet lieten blijf blijft bleef word wordt worden werd werden
hoor hoort hoorde sta staat stond zit zat lig ligt lag loop loopt liep geef geeft gaf neem neemt nam kijk kijkt keek vraag
vraagt vroeg praat belde bel belt schrijf speel luister probeer snap begrijp geloof herken merk bedoel noem stel zorg werk
nou ja nee eh ehm uh uhm hm hmm hè hé oh ooh o oké ok okee tja ach och goh joh hoi hallo dag sorry bedankt dank hup zo
natuurlijk eigenlijk gewoon misschien daarna daarvoor daarom daardoor daarmee daarnaast daarbij daarover daarin later vroeger
gisteren vandaag morgen morgens overmorgen soms vaak altijd nooit ooit steeds meestal ineens opeens plotseling eerst eindelijk uiteindelijk
straks nu net pas al nog ook wel niet geen toch maar even weer heel erg echt best helemaal bijna ongeveer zeker inderdaad precies
klopt kortom bovendien trouwens ondertussen intussen verder anders andersom achteraf vooraf tegelijk samen alleen vooral helaas
gelukkig jammer mooi goed fijn prima lastig moeilijk makkelijk leuk lief raar gek zonde eerlijk persoonlijk natuurlijk
waarschijnlijk blijkbaar kennelijk schijnbaar hopelijk normaal normaliter tenminste
één twee drie vier vijf zes zeven acht negen tien elf twaalf eerste tweede derde half dubbel
jazeker jawel welnee neehoor jahoor joehoe jeetje tjonge tjeetje poeh poe pff pfff pfoe mwah haha hahaha hihi au oei wow jee jemig nounou
hoho zucht zeg kijk geachte beste hallo goedemorgen goedemiddag respect proficiat gefeliciteerd welkom succes doei
inmiddels vervolgens daarentegen desondanks niettemin toentertijd destijds tegenwoordig voorheen onlangs laatst sindsdien
stilte gelach lacht zucht huilt onverstaanbaar pauze
moeders vaders jongens meisjes jongen meisje man vrouw mensen mens iedereen collega collega's buurvrouw buurman
oom tante opa's ouderavond school klas groep thuis huis kring gym gesprek overleg plan doel tijd jaar week maand ochtend middag avond
pleegmoeder pleegvader stiefmoeder stiefvader nicht neef vriend vriendin gezin kinderrechter huisarts
the this that she they it its and but what when where who how why yes not his with then there
""")

# the same for English; apart, because Can and Said are names in Dutch text
STOP_ENGLISH = _words("""
the a an i you he she it they we my your his her their our this that these those and or but so because if when then what
who why how where yes no well okay oh not at in on to for of from with about after before is are was were be been have has had
do does did can could will would should may might must there here said says say think know just really very also
only never always sometimes every everyone nobody nothing something first next last one two three okay maybe
""")

TITLES: dict[str, Kind] = {
    **dict.fromkeys(
        "juf juffrouw meester leraar lerares docent docente directeur directrice rector mentor leerkracht conciërge "
        "begeleider invaljuf invalmeester gymjuf gymmeester kleuterjuf onderwijsassistent onderwijsassistente "
        "schoolleider teacher".split(),
        Kind.TEACHER,
    ),
    **dict.fromkeys(
        "meneer mijnheer mevrouw mw mevr mvr dhr dokter dr drs prof collega gezinsvoogd voogd coach gezinscoach "
        "begeleidster psycholoog psychologe orthopedagoog orthopedagoge psychiater kinderarts huisarts therapeut therapeute "
        "hulpverlener hulpverleenster jeugdwerker jeugdarts agent wijkagent politieagent leerplichtambtenaar logopedist "
        "logopediste tolk schoolmaatschappelijk behandelaar gedragswetenschapper ambtenaar consulent consulente "
        "dominee imam pastoor advocaat rechter ene mr mrs ms miss".split(),
        Kind.PROFESSIONAL,
    ),
    **dict.fromkeys(
        "opa oma tante oom moeder vader mama papa mam pap familie fam gezin stiefvader stiefmoeder pleegmoeder "
        "pleegvader pleegouders ex schoonzus schoonzusje zwager schoonmoeder schoonvader schoonzoon schoondochter "
        "bonusmoeder bonusvader buurvrouw buurman nonna abi abla amca teyze "
        "mum mom dad grandma grandpa aunt uncle".split(),
        Kind.PARENT,
    ),
    **dict.fromkeys(
        "dochter dochtertje zoon zoontje broer broertje tweelingbroer tweelingzus zus zusje neef neefje nicht nichtje "
        "vriend vriendin vriendje vriendinnetje tweeling pleegkind pleegdochter pleegzoon stiefzoon stiefdochter "
        "leerling klasgenoot klasgenoten klasgenootje jongen meisje kleinzoon kleindochter daughter son brother sister".split(),
        Kind.CHILD,
    ),
}  # fmt: skip

# titles whose bearer may follow after a comma: "de directeur, Arie van 't Hof"
TITLES_WITH_COMMA = _words(
    "directeur directrice mentor leerkracht leraar lerares begeleider leerplichtambtenaar gezinsvoogd voogd psycholoog "
    "orthopedagoog psychiater tolk moeder vader broer zus tweelingbroer tweelingzus broertje zusje zoon dochter ex man vrouw collega "
    "oma opa tante oom buurvrouw buurman wijkagent jeugdarts huisarts therapeut coach rector schoolleider vriend vriendin"
)

# what may follow a name after a comma: "Petra, de IB'er"
ROLES_AFTER: dict[str, Kind] = {
    **dict.fromkeys(
        "ib'er iber ib-er directeur directrice intern leerkracht juf meester mentor conciërge rector teamleider".split(),
        Kind.TEACHER,
    ),
    **dict.fromkeys(
        "gezinsvoogd voogd psycholoog orthopedagoog leerplichtambtenaar jeugdarts wijkagent therapeut coach".split(),
        Kind.PROFESSIONAL,
    ),
    **dict.fromkeys("moeder vader oma opa tante oom stiefvader stiefmoeder buurvrouw".split(), Kind.PARENT),
    **dict.fromkeys("zoon dochter zoontje dochtertje broertje zusje jongste oudste middelste".split(), Kind.CHILD),
}  # fmt: skip

DIMINUTIVES = ("etje", "tje", "pje", "je", "ke", "ie", "tjes")
