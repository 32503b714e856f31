"""The words around a name that say that it is an organisation's, or that it is not.

General Italian and English, nothing of any one corpus. What is a noun of business here ("azienda",
"lanificio") is one wherever it stands; names themselves are in ``organisations.txt``.
"""

from __future__ import annotations

import re

from .organisation import OrganisationKind as K

_SINGULARS = {
    K.IMPRESA: """
        azienda impresa società startup start-up scaleup scale-up ditta gruppo multinazionale maison
        griffe brand marchio produttore produttrice fornitore catena insegna cooperativa banca
        cartiera conceria lanificio tessitura calzaturificio maglificio cantina sartoria filatura
        tintoria birrificio pastificio caseificio editore spin-off costruttore costruttrice
        distributore rivenditore colosso concorrente holding controllata consociata capofila
        marketplace torrefazione manifattura distilleria fabbricante fintech agtech fashiontech
        birreria mobilificio vetreria compagnia integratore pmi stamperia gestore operatore
        company firm manufacturer retailer supplier maker producer mill""",
    K.UNIVERSITA: "università ateneo politecnico university school",
    K.CENTRO_DI_RICERCA: "istituto interuniversitario interdipartimentale institute",
    K.POLO: "acceleratore incubatore polo hub cluster accelerator incubator parco",
    K.CONSORZIO: "consorzio consortium",
    K.ENTE_PUBBLICO: "agenzia ministero autorità agency ministry",
    K.ASSOCIAZIONE: """
        associazione fondazione federazione confederazione ong organizzazione onlus foundation
        association organisation organization alliance""",
}
SINGULARS = {word: kind for kind, words in _SINGULARS.items() for word in words.split()}
"""What an organisation is called, in small letters, one of them."""

_PLURALS = {
    K.IMPRESA: """
        aziende imprese società startup start-up gruppi marchi brand griffe produttori fornitori
        catene insegne cooperative banche multinazionali maison concorrenti companies firms brands
        manufacturers retailers suppliers colossi operatori case""",
    K.UNIVERSITA: "università atenei politecnici universities",
    K.CENTRO_DI_RICERCA: "istituti centri institutes",
    K.POLO: "acceleratori incubatori poli hub cluster accelerators incubators center",
    K.CONSORZIO: "consorzi consortia",
    K.ENTE_PUBBLICO: "ministeri agenzie agencies",
    K.ASSOCIAZIONE: "associazioni fondazioni federazioni associations foundations",
}
PLURALS = {word: kind for kind, words in _PLURALS.items() for word in words.split()}
"""What several organisations are called."""

_OTHERS = """
piattaforma piattaforme progetto progetti programma programmi iniziativa iniziative sistema premio
premi bando bandi call concorso hackathon fiera salone evento convegno festival rivista quotidiano
sito portale testata giornale libro rapporto norma norme standard protocollo certificazione
certificato applicazione tecnologia processo regolamento direttiva legge decreto misura piano
strategia città comune provincia via piazza distretto area regione valle isola quartiere borgo
formula metodo strumento documento quaderno articolo edizione sezione titolo cosiddetto cosiddetta
codice gettone token blockchain campus stagione motto slogan serie film mostra manifesto tag chip
acronimo sigla indice indicatore parola espressione termine dicitura voce capitolo tabella figura
allegato campagna contratto fondo platform project programme program award standard label product
line model service technology process regulation directive law act city town region magazine
newspaper report
"""
OTHERS = frozenset(_OTHERS.split())
"""What something else is called: the name after it is hardly an organisation's."""

_WARES = """
scarpa scarpe macchina motore sedia lampada lavatrice telefono prodotto prodotti modello linea
collezione app software servizio servizi tessuto tessuti filato filo fibra fibre materiale
materiali etichetta etichette vino stand store negozio abito capo capi borsa borse occhiali pesto
caffè acqua
"""
WARES = frozenset(_WARES.split())
"""What bears its own name, or its maker's."""

CALLED = frozenset([*SINGULARS, *OTHERS, *WARES])

_OWNED = """
piattaforma progetto programma iniziativa sistema premio bando call concorso linea collezione
modello prodotto prodotti app software servizio tecnologia tecnologie processo filato tessuto
tessuti esperienza caso storia esempio scelta impegno laboratorio laboratori impianto brevetto
ricetta proposta offerta sfida ricerca studio responsabile marchio marchi negozi magazzino catalogo
rapporto osservatorio risorse strategia filiera ruolo lavoro platform project product technology
"""
OWNED = frozenset(_OWNED.split())
"""What an organisation may have, as a person may."""

_ROLES = """
licenza delegato delegata ceo cto coo cfo presidente vicepresidente fondatore fondatrice fondatori
titolare cofondatore cofondatrice dipendenti stabilimento stabilimenti fabbrica fatturato bilancio
sedi sede azionista azionisti soci socio clienti cliente fornitori fornitore partner manager chief
officer ricercatori docenti tecnici ingegneri sostegno supporto contributo finanziamento controllo
quote acquisizione ingresso employees founder president
"""
ROLES = frozenset(_ROLES.split())
"""What only an organisation has, for most of them."""

_PARTNERS = """
collaborazione partnership alleanza accordo intesa venture protocollo contratto lavoro insieme
accanto società collabora collaborano collaborato lavora lavorato lavorano grazie affidato affidata
affida venduto venduta ceduto chiesto aderito alleata alleato fianco rivolto rivolta tavolo
collaboration together partnered agreement
"""
PARTNERS = frozenset(_PARTNERS.split())
"""What is done with, or for, an organisation."""

_ACTIONS = """
acquistare acquisire vendere investire produrre realizzare sviluppare lanciare collaborare aderire
fornire distribuire affittare noleggiare raccogliere riciclare rigenerare dichiarare adottare
utilizzare comprare sperimentare progettare gestire annunciare presentare aprire firmare ottenere
fondare finanziare promuovere organizzare avviare brevettare certificare esportare ritirare
riparare proporre partecipare recuperare chiedere pubblicare stimare scegliere coinvolgere
costruire introdurre raccontare sostenere ospitare impiegare offrire lavorare ricevere confermare
creare pagare riferire calcolare rifornire assumere ripensare rintracciare decidere consegnare
spedire misurare confezionare tessere filare coltivare applicare rinnovare incubare autenticare
commissionare controllare rilevare condurre ideare attivare riunire commercializzare affidare
prendere dedicare mettere portare selezionare premiare
"""
_ACTION_FORMS = """
usa usano autentica prodotto aperto punta testa stampa sperimenta compra filato
realizza realizzano copre crea brevetta offerta fondata usato
launched sells makes produces announced acquired invested developed founded offers says supplies
joined signed opened runs provides works uses built recycles buys traces asks owns designed
"""
ACTIONS = frozenset([*_ACTIONS.split(), *_ACTION_FORMS.split()])
"""What organisations do, and people; things seldom. Verbs, and forms of other verbs."""

_PERSONS = """
signor signora dott dottor dottoressa dr prof professor professoressa professore docente ministro
ministra ing arch avv sig fratelli coniugi stilista architetto ingegner senatore commissario
commissaria economista studioso studiosa ricercatore ricercatrice imprenditore imprenditrice
amministratore amministratrice ceo presidente fondatore fondatrice cofondatore cofondatrice
responsabile direttore direttrice titolare designer autore autrice giurista chef artista sociologo
professor minister economist author founder head chief
"""
PERSONS = frozenset(_PERSONS.split())
"""What people are called, before their name or after it."""

_PLACES = """
città comune provincia zona area valle porto regione distretto territorio province dintorni
campagne colline centro aeroporto quartiere stabilimento mercato città capoluogo interporto
"""
PLACES = frozenset(_PLACES.split())
"""What is of a place: "la provincia di X"."""

_ARTICLES = "il lo la l’ i gli le un una uno un’ the an"
ARTICLES = frozenset(_ARTICLES.split())
_DEFINITE = "il la lo l’ the"
DEFINITE = frozenset(_DEFINITE.split())
_INDEFINITE = "un una uno un’ a an"
INDEFINITE = frozenset(_INDEFINITE.split())
_FEMININE = "la l’ dalla della alla"
FEMININE = frozenset(_FEMININE.split())
_OF = "di del della dell’ dei degli delle dello d’ of"
OF = frozenset(_OF.split())
_BY = "da dal dall’ dalla by"
BY = frozenset(_BY.split())
_WITH = "con with secondo"
WITH = frozenset(_WITH.split())
_IN = "in presso nel nella"
IN = frozenset(_IN.split())
_TOWARDS = "con a ad al alla all’ tra fra with to and"
TOWARDS = frozenset(_TOWARDS.split())
_INTRODUCES = "come quali cui like including as"
INTRODUCES = frozenset(_INTRODUCES.split())
_OPENS = ", ( è era is was"
OPENS = frozenset(_OPENS.split())
_GOES_ON = "che di del con , guidata guidato ) . of that which"
GOES_ON = frozenset(_GOES_ON.split())
_SKIPPED = "non si che , poi anche già così"
SKIPPED = frozenset(_SKIPPED.split())
_AUXILIARIES = "è era fu viene venne stata stato is was"
AUXILIARIES = frozenset(_AUXILIARIES.split())
_HAS = "ha hanno aveva avevano avrebbe sta stanno has have had"
HAS = frozenset(_HAS.split())
_BORN = "nasce nata nato"
BORN = frozenset(_BORN.split())
_FOUNDED = "nasce nata nato fondata fondato costituita costituito founded"
FOUNDED = frozenset(_FOUNDED.split())
_LISTED = "fattura quotata quotato"
LISTED = frozenset(_LISTED.split())
INTO = ("incubat", "invest", "entrat", "entra", "quot")
"""How what goes into an organisation begins: "incubata in X"."""

_SEATED = {
    "con": "sede quartier", "ha": "sede sedi", "impiega": "dipendenti addetti persone",
    "conta": "dipendenti addetti", "based": "in", "headquartered": "in",
}  # fmt: skip
SEATS = frozenset((first, word) for first, words in _SEATED.items() for word in words.split())

_COLUMNS = """
azienda impresa aziende imprese organizzazione organizzazioni società startup consorzio università
acceleratore incubatore associazione company companies organisation organization firm firms
"""
COLUMNS = frozenset(_COLUMNS.split())
"""The head of a column of organisations."""
_WHO = """
soggetto soggetti ente enti partner promotore promotori fornitore fornitori protagonista
protagonisti marchio marchi attore attori partners brand brands chi
"""
WHO = frozenset(_WHO.split())
"""The head of a column of organisations, of people perhaps."""
_EXAMPLES = "esempio esempi caso casi example examples case"
EXAMPLES = frozenset(_EXAMPLES.split())

CELL = re.compile(
    r"(?:^|\n|•\s*)(?:Azienda|Impresa|Aziende|Imprese|Organizzazione|Società|Protagonist[aie]"
    r"|Promotor[ei]|Realtà|Ente|Soggetto|Company|Organisation|Organization|Cliente|Fornitor[ei]"
    r"|Startup|Capofila|Produttore|Titolare|Chi (?:propone|promuove|produce))[^|:\n]{0,20}"
    r"(?:\s\|\s|:\s)[«“\"]?\Z"
)
"""A line up to the name, in a box of facts: "Azienda: X"."""
PARTNER_CELL = re.compile(
    r"(?:^|\n|•\s*)(?:Partner|Con chi|Alleati|Partners|Soci|Fondatori|Collabora|Insieme a"
    r"|Fornitor|Tecnologia di|Promoss|Aderenti|Membri)[^|:\n]{0,25}(?:\s\|\s|:\s)"
    r"[^\n|]{0,160}\Z"
)
"""As `CELL`, of those who worked with it, several of them perhaps."""
AGAIN = re.compile(
    r"[.!?](?:\s?\[[\d, –-]+\]\.?)?\s(?:L[’']|La\s|Il\s|Lo\s|Questa\s|The\s)(azienda|impresa"
    r"|società|gruppo|startup|start-up|marchio|maison|consorzio|cooperativa|ateneo|fondazione"
    r"|associazione|produttore|multinazionale|acceleratore|incubatore|banca|company|firm|group)\b"
)
"""A sentence that goes on about the organisation of the one before: "L'azienda ..."."""

DEMONYM = re.compile(
    r"(?:[a-zà-ÿ]{3,}(?:ese|ana|ina|igiana|asca|andese)|svedese|tedesca|svizzera|greca|francese"
    r"|belga|olandese|statunitense|britannica|austriaca|polacca|turca|danese|russa|ceca)"
)
"""Of where an organisation is, as what it is called by: "la trevigiana X"."""
