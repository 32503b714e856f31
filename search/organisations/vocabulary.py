"""The words by which a text says that a name is an organisation's, or that it is not.

General Italian and English, nothing of any one corpus. What is a noun of business here ("azienda",
"lanificio") is one wherever it stands; names themselves are in ``organisations.txt``.
"""

from __future__ import annotations

from .organisation import OrganisationKind as K

LEGAL_FORM = (
    r"S\.?\s?p\.?\s?A\.?|S\.?\s?r\.?\s?l\.?\s?s?\.?|S\.?n\.?c\.?|S\.?a\.?s\.?|S\.?c\.?a\.?r\.?l\.?"
    r"|S\.?C\.?P\.?A\.?|[Ss]oc\.?\s?[Cc]oop\.?|[Ss]ocietà [Bb]enefit|S\.?\s?B\.|Inc\.?|Ltd\.?|LLC"
    r"|GmbH|PLC|plc|Corp\.?|S\.A\.S?\.?|SA\b|N\.V\.|B\.V\.|BV\b|AG\b|A/S|Oy\b|AB\b|SE\b|KG\b|ETS\b"
)

_HEADS = {
    K.UNIVERSITA: """
        Università Universita Politecnico Ateneo University Universität Universidad Université
        Scuola\\sSuperiore Scuola\\sNormale Accademia Libera\\sUniversità Polytechnic""",
    K.CENTRO_DI_RICERCA: """
        Istituto Institute Centro\\sRicerche Centro\\s[Dd]i\\s[Rr]icerca Stazione\\s[Ss]perimentale
        Consiglio\\s[Nn]azionale Osservatorio Research\\sCent(?:re|er)""",
    K.CONSORZIO: "Consorzio Consortium",
    K.ENTE_PUBBLICO: """
        Ministero Dipartimento Agenzia Autorità Camera\\sdi\\s[Cc]ommercio Regione Comune\\sdi
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

TAIL_KINDS = {
    "consortium": K.CONSORZIO, "foundation": K.ASSOCIAZIONE, "institute": K.CENTRO_DI_RICERCA,
    "university": K.UNIVERSITA, "polytechnic": K.UNIVERSITA, "association": K.ASSOCIAZIONE,
    "alliance": K.ASSOCIAZIONE, "federation": K.ASSOCIAZIONE, "agency": K.ENTE_PUBBLICO,
    "authority": K.ENTE_PUBBLICO, "commission": K.ENTE_PUBBLICO, "council": K.ASSOCIAZIONE,
    "group": K.IMPRESA, "holding": K.IMPRESA, "ventures": K.IMPRESA, "bank": K.IMPRESA,
    "company": K.IMPRESA, "corporation": K.IMPRESA, "industries": K.IMPRESA,
    "technologies": K.IMPRESA, "sciences": K.IMPRESA, "partners": K.IMPRESA, "capital": K.IMPRESA,
    "hub": K.POLO, "cluster": K.POLO, "center": K.POLO, "centre": K.POLO, "sgr": K.IMPRESA,
    "elettrodomestici": K.IMPRESA, "industria": K.IMPRESA, "editore": K.IMPRESA,
}  # fmt: skip
"""Words at the end of a name of two words or more, in small letters, and what they tell."""

_NOUNS = {
    K.IMPRESA: """
        azienda aziende impresa imprese società startup start-up scaleup scale-up ditta ditte gruppo
        gruppi multinazionale maison griffe brand marchio produttore produttrice fornitore catena
        insegna cooperativa banca cartiera conceria lanificio tessitura calzaturificio maglificio
        cantina sartoria filatura tintoria birrificio pastificio caseificio editore spin-off PMI
        costruttore costruttrice distributore rivenditore colosso concorrente holding controllata
        consociata capofila e-commerce marketplace torrefazione manifattura distilleria fabbricante
        casa\\sdi\\smoda casa\\smadre software\\shouse fintech agtech fashiontech impresa\\sbenefit
        società\\sbenefit birreria mobilificio vetreria ceramica stamperia compagnia integratore
        company firm firms companies startup group manufacturer brand brands retailer supplier maker
        producer mill""",
    K.UNIVERSITA: "università ateneo politecnico university business\\sschool scuola",
    K.CENTRO_DI_RICERCA: """
        istituto centro\\sdi\\sricerca laboratorio\\sdi\\sprova ente\\sdi\\sricerca
        research\\scent(?:re|er) research\\sinstitute institute""",
    K.POLO: """
        acceleratore incubatore polo hub cluster competence\\scenter centro\\sdi\\scompetenza
        parco\\sscientifico accelerator incubator EDIH""",
    K.CONSORZIO: "consorzio consortium",
    K.ENTE_PUBBLICO: "agenzia ministero autorità agency ministry",
    K.ASSOCIAZIONE: """
        associazione fondazione federazione confederazione ong organizzazione onlus no-?profit
        association foundation organisation organization alliance rete""",
}
NOUN_KINDS = {word: kind for kind, words in _NOUNS.items() for word in words.split()}
NOUNS = "|".join(sorted(NOUN_KINDS, key=len, reverse=True))

_NOT_NOUNS = """
piattaforma progetto progetti programma iniziativa sistema premio premi bando call concorso
hackathon fiera salone evento convegno festival rivista quotidiano sito portale testata giornale
libro rapporto norma standard protocollo certificazione certificato etichetta linea collezione
modello prodotto app applicazione software servizio servizi tecnologia processo fibra fibre filo
filato tessuto materiale sedia lampada scarpa scarpe macchina motore regolamento direttiva legge
decreto misura piano strategia città comune provincia via piazza distretto area regione valle isola
quartiere borgo formula metodo strumento etichette nome documento quaderno articolo edizione
sezione titolo cosiddetto cosiddetta database banca\\sdati codice gettone token blockchain
laboratorio campus stagione vino lavatrice telefono motto slogan serie film mostra manifesto
platform project programme program award standard label product line model app service fibre
technology process regulation directive law act city town region magazine newspaper report
"""
NOT_NOUNS = "|".join(_NOT_NOUNS.split())

_ROLES = """
    amministratore\\sdelegato amministratrice\\sdelegata ceo cto coo cfo presidente vicepresidente
    fondatore fondatrice fondatori cofondatore cofondatrice titolare dipendenti sede\\scentrale
    quartier\\sgenerale stabilimento stabilimenti fabbrica fatturato bilancio azionista azionisti
    soci socio clienti cliente fornitori fornitore partner amministratori direttore\\sgenerale
    sustainability\\smanager chief\\s\\w+\\sofficer ricercatori docenti tecnici designer
"""
ROLES = "|".join(_ROLES.split())

DEMONYMS = (
    r"(?:[a-zà-ÿ]{2,}(?:ese|ana|ano|ina|igiana|asca|andese)|svedese|tedesca|svizzera|greca|francese"
    r"|belga|olandese|statunitense|italiana|britannica|austriaca|polacca|turca|danese|russa|ceca)"
)
