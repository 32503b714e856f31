"""The words by which a text says that a name is an organisation's, or that it is not.

General Italian and English, nothing of any one corpus. What is a noun of business here ("azienda",
"lanificio") is one wherever it stands; names themselves are in ``organisations.txt``.
"""

from __future__ import annotations

import re

from .organisation import OrganisationKind as K

LEGAL_FORM = (
    r"S\.?\s?p\.?\s?A\.?|S\.?\s?r\.?\s?l\.?\s?s?\.?|S\.?n\.?c\.?|S\.?a\.?s\.?|S\.?c\.?a\.?r\.?l\.?"
    r"|S\.?C\.?P\.?A\.?|[Ss]oc\.?\s?[Cc]oop\.?|[Ss]ocietà [Bb]enefit|S\.?\s?B\.|Inc\.?|Ltd\.?|LLC"
    r"|GmbH|PLC|plc|Corp\.?|S\.A\.S?\.?|SA\b|N\.V\.|B\.V\.|BV\b|AG\b|A/S|Oy\b|AB\b|SE\b|KG\b|ETS\b"
)

_HEADS = {
    K.UNIVERSITA: """
        Università Universita Politecnico Ateneo University Universität Universidad Université
        Dipartimento Scuola\\sSuperiore Scuola\\sNormale Accademia Libera\\sUniversità Polytechnic""",
    K.CENTRO_DI_RICERCA: """
        Istituto Institute Centro\\sRicerche Centro\\s[Dd]i\\s[Rr]icerca Stazione\\s[Ss]perimentale
        Consiglio\\s[Nn]azionale Osservatorio Research\\sCent(?:re|er)""",
    K.CONSORZIO: "Consorzio Consortium",
    K.ENTE_PUBBLICO: """
        Ministero Agenzia Autorità Camera\\sdi\\s[Cc]ommercio Regione Comune\\sdi
        Provincia\\s(?:di|autonoma) Commissione Parlamento Guardia Corte Ministry Unioncamere
        Banca\\sd’Italia""",
    K.ASSOCIAZIONE: """
        Associazione Federazione Confederazione Fondazione Confartigianato Confindustria Unione
        Association Federation Foundation Sindacato Lega""",
    K.POLO: """
        Polo Cluster Distretto Parco\\s[Ss]cientifico Incubatore Digital\\sInnovation\\sHub
        Competence\\sCent(?:re|er) Centro\\sdi\\s[Cc]ompetenza Hub""",
    K.IMPRESA: """
        Gruppo(?!\\sdi\\b) Banca Cassa\\s[Dd]i\\s[Rr]isparmio Cantina Cantine Lanificio Tessitura
        Filatura Conceria Manifattura Maglificio Calzaturificio Acciaierie Officine Fonderia
        Fonderie Pastificio Caseificio Birrificio Oleificio Salumificio Cooperativa Compagnia
        Azienda\\s[Aa]gricola Tipografia Cartiera Cartiere Vetreria Vetrerie Ceramiche Ceramica
        Tenuta Tenute Fattoria Fattorie Industrie Distilleria Distillerie Mulino Molino Tintoria
        Stamperia Ricamificio Cappellificio Ombrellificio Mobilificio Falegnameria Oreficeria
        Pelletteria Sartoria Torrefazione Zuccherificio Setificio Cotonificio Jutificio Linificio
        Bottonificio Guantificio Camiceria Arti\\sGrafiche Casa\\sEditrice Cantieri Molini""",
}
HEAD_KINDS = {word: kind for kind, words in _HEADS.items() for word in words.split()}
HEADS = "|".join(sorted(HEAD_KINDS, key=len, reverse=True))
HEAD_PATTERNS = [
    (re.compile(head), HEAD_KINDS[head]) for head in sorted(HEAD_KINDS, key=len, reverse=True)
]

TAIL_KINDS = {
    **dict.fromkeys(("consortium", "consorzio"), (1.5, "tail", K.CONSORZIO)),
    **dict.fromkeys(("foundation", "association", "alliance"), (1.5, "tail", K.ASSOCIAZIONE)),
    **dict.fromkeys(("federation", "council", "initiative"), (1.0, "tail", K.ASSOCIAZIONE)),
    **dict.fromkeys(("university", "polytechnic"), (1.5, "tail", K.UNIVERSITA)),
    **dict.fromkeys(("institute", "college"), (1.5, "tail", K.CENTRO_DI_RICERCA)),
    **dict.fromkeys(("agency", "authority", "commission"), (1.5, "tail", K.ENTE_PUBBLICO)),
    **dict.fromkeys(
        ("group", "holding", "ventures", "bank", "company", "corporation", "industries",
         "technologies", "sciences", "partners", "sgr", "elettrodomestici", "knotwear", "brands"),
        (1.0, "tail", K.IMPRESA),
    ),
    **dict.fromkeys(("capital", "industria", "denim", "fashion"), (0.4, "tail", K.IMPRESA)),
    **dict.fromkeys(("hub", "cluster", "center", "centre", "incubator"), (0.7, "tail", K.POLO)),
}  # fmt: skip
"""Words at the end of a name of two words or more: points, rule and kind (see `evidence`)."""

_SINGULARS = {
    K.IMPRESA: """
        azienda impresa società startup start-up scaleup scale-up ditta gruppo multinazionale maison
        griffe brand marchio produttore produttrice fornitore catena insegna cooperativa banca
        cartiera conceria lanificio tessitura calzaturificio maglificio cantina sartoria filatura
        tintoria birrificio pastificio caseificio editore spin-off costruttore costruttrice
        distributore rivenditore colosso concorrente holding controllata consociata capofila
        marketplace torrefazione manifattura distilleria fabbricante fintech agtech fashiontech
        birreria mobilificio vetreria compagnia integratore pmi stamperia gestore operatore
        software-house company firm manufacturer retailer supplier maker producer mill""",
    K.UNIVERSITA: "università ateneo politecnico university school",
    K.CENTRO_DI_RICERCA: "istituto institute",
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
certificato etichetta linea collezione modello prodotto app applicazione software servizio servizi
tecnologia processo fibra fibre filo filato tessuto tessuti materiale materiali sedia lampada scarpa
scarpe macchina motore regolamento direttiva legge decreto misura piano strategia città comune
provincia via piazza distretto area regione valle isola quartiere borgo formula metodo strumento
nome documento quaderno articolo edizione sezione titolo cosiddetto cosiddetta codice gettone token
blockchain campus stagione vino lavatrice telefono motto slogan serie film mostra manifesto tag chip
acronimo sigla indice indicatore parola espressione termine dicitura voce capitolo tabella figura
allegato campagna contratto fondo laboratorio stand store negozio
platform project programme program award standard label product line model service fibre technology
process regulation directive law act city town region magazine newspaper report
"""
OTHERS = frozenset(_OTHERS.split())
"""What something else is called: the name after it is hardly an organisation's."""

_OWNED = """
piattaforma progetto programma iniziativa sistema premio bando call concorso linea collezione
modello prodotto prodotti app software servizio tecnologia tecnologie processo filato tessuto tessuti
esperienza caso storia esempio scelta impegno laboratorio laboratori impianto brevetto ricetta
proposta offerta sfida ricerca studio responsabile marchio marchi negozi magazzino catalogo rapporto
osservatorio risorse strategia filiera ruolo lavoro platform project product technology
"""
OWNED = frozenset(_OWNED.split())
"""What an organisation may have, as a person may."""

_ROLES = """
delegato delegata ceo cto coo cfo presidente vicepresidente fondatore fondatrice fondatori titolare
cofondatore cofondatrice dipendenti stabilimento stabilimenti fabbrica fatturato bilancio sedi sede
azionista azionisti soci socio clienti cliente fornitori fornitore partner manager chief officer
ricercatori docenti tecnici ingegneri sostegno supporto contributo finanziamento controllo quote
acquisizione ingresso employees founder president
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
TOWARDS = frozenset("con a ad al alla all’ tra fra with to and".split())

_ACTIONS = """
sviluppato realizzato promosso gestito prodotto fornito lanciato rilevato acquisito acquistato
controllato finanziato presentato annunciato firmato organizzato proposto offerto certificato
utilizzato adottato commissionato brevettato avviato aperto condotto pubblicato progettato fondato
scelto ottenuto investito venduto raccolto chiesto dichiarato coinvolto siglato costruito introdotto
portato messo raccontato deciso sperimentato creato ideato attivato riunito stimato trasformato
vende vendono acquisisce acquista investe investono produce producono produceva realizza realizzano
sviluppa sviluppano lancia lanciano collabora collaborano aderisce fornisce forniscono distribuisce
affitta noleggia raccoglie ricicla rigenera dichiara adotta punta utilizza compra sperimenta
progetta gestisce annuncia annunciarono presenta apre firma ottiene fonda finanzia promuove
organizza avvia brevetta certifica esporta ritira ripara propone partecipa partecipano ricava
recupera chiede pubblica stima sceglie coinvolge costruisce introduce racconta sostiene ospita
impiega offre offrono lavora riceve dispone conferma crea paga
launched sells makes produces announced acquired invested developed founded offers says supplies
joined signed opened runs provides works uses built recycles buys
"""
ACTIONS = frozenset(
    form
    for word in _ACTIONS.split()
    for form in ((word, *(word[:-1] + end for end in "aie")) if word.endswith("to") else (word,))
)
"""What organisations do, and people; things seldom."""

_PERSONS = """
signor signora dott dottor dottoressa dr prof professor professoressa professore docente ministro
ministra ing arch avv sig fratelli coniugi stilista architetto ingegner senatore commissario
commissaria economista studioso studiosa ricercatore ricercatrice imprenditore imprenditrice
amministratore amministratrice ceo presidente fondatore fondatrice cofondatore cofondatrice
responsabile direttore direttrice titolare designer autore autrice giurista chef artista sociologo
professor minister economist author founder head chief
"""
PERSONS = frozenset(_PERSONS.split())
_PLACES = """
città comune provincia zona area valle porto regione distretto territorio province dintorni
campagne colline centro aeroporto quartiere stabilimento mercato città capoluogo interporto
"""
PLACES = frozenset(_PLACES.split())
ARTICLES = frozenset("il lo la l’ i gli le un una uno un’ the a an".split()) - {"a"}
OF = frozenset("di del della dell’ dei degli delle dello d’ of".split())
INTRODUCES = frozenset("come quali cui like including as".split())
AUXILIARIES = frozenset("è era fu viene venne stata stato".split())
ENTERS = frozenset("ha hanno aveva avevano avrebbe sta stanno has have had".split())
FOUNDED = frozenset("nasce nata nato fondata fondato costituita costituito founded".split())
_SEATED = {
    "con": "sede quartier", "ha": "sede sedi", "impiega": "dipendenti addetti persone",
    "conta": "dipendenti addetti", "based": "in", "headquartered": "in",
}  # fmt: skip
SEATS = frozenset((first, word) for first, words in _SEATED.items() for word in words.split())

DEMONYM = re.compile(
    r"(?:[a-zà-ÿ]{3,}(?:ese|ana|ina|igiana|asca|andese)|svedese|tedesca|svizzera|greca|francese"
    r"|belga|olandese|statunitense|britannica|austriaca|polacca|turca|danese|russa|ceca)"
)
"""Of where an organisation is, as what it is called by: "la trevigiana X"."""
