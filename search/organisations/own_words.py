"""The words inside a name that say what it is: "Università di ...", "... Group", "... S.p.A."."""

from __future__ import annotations

import re

from .organisation import OrganisationKind as K

LEGAL_FORM = (
    r"S\.?\s?p\.?\s?A\.?|Spa\b|Srl\b|S\.?c\.?p\.?a\.?|S\.?c\.?a\s?r\.?l\.?|S\.?\s?r\.?\s?l\.?\s?s?\.?|S\.?n\.?c\.?|S\.?a\.?s\.?|S\.?c\.?a\.?r\.?l\.?"
    r"|S\.?C\.?P\.?A\.?|[Ss]oc\.?\s?[Cc]oop\.?|[Ss]ocietà [Bb]enefit|S\.?\s?B\.|Inc\.?|Ltd\.?|LLC"
    r"|GmbH|PLC|plc|Corp\.?|S\.A\.S?\.?|SA\b|N\.V\.|B\.V\.|BV\b|AG\b|A/S|Oy\b|AB\b|SE\b|KG\b|ETS\b"
)

_HEADS = {
    K.UNIVERSITA: """
        Università Universita Politecnico Ateneo University Universität Universidad Université
        Dipartimento Scuola\\sSuperiore Scuola\\sNormale Accademia Libera\\sUniversità
        Polytechnic""",
    K.CENTRO_DI_RICERCA: """
        Istituto Institute Centro\\sRicerche Centro\\s[Dd]i\\s[Rr]icerca Stazione\\s[Ss]perimentale
        Consiglio\\s[Nn]azionale Osservatorio Research\\sCent(?:re|er) Laboratorio(?=\\s[A-Z])""",
    K.CONSORZIO: "Consorzio Consortium",
    K.ENTE_PUBBLICO: """
        Ministero Agenzia Autorità Camera\\sdi\\s[Cc]ommercio Regione Comune\\sdi
        Provincia\\s(?:di|autonoma) Commissione Parlamento Guardia Corte Ministry""",
    K.ASSOCIAZIONE: """
        Associazione Federazione Confederazione Unione Association Federation Sindacato Lega
        Camera\\s[Nn]azionale""",
    K.ALTRO: "Fondazione Foundation",
    K.POLO: """
        Polo Cluster Distretto Parco\\s[Ss]cientifico Incubatore Digital\\sInnovation\\sHub
        Competence\\sCent(?:re|er) Centro\\sdi\\s[Cc]ompetenza""",
    K.IMPRESA: """
        Banca(?!\\s[Dd]ati) Cassa\\s[Dd]i\\s[Rr]isparmio Cantina Cantine Lanificio Tessitura
        Filatura Conceria Manifattura Maglificio Calzaturificio Acciaierie Officine Fonderia
        Fonderie Pastificio Caseificio Birrificio Oleificio Salumificio Cooperativa Compagnia
        Azienda\\s[Aa]gricola Tipografia Cartiera Cartiere Vetreria Vetrerie Ceramiche Ceramica
        Tenuta Tenute Fattoria Fattorie Industrie Distilleria Distillerie Mulino Molino Tintoria
        Stamperia Ricamificio Cappellificio Ombrellificio Mobilificio Falegnameria Oreficeria
        Pelletteria Sartoria Torrefazione Zuccherificio Setificio Cotonificio Jutificio
        Linificio(?:\\se\\sCanapificio)? Bottonificio Guantificio Camiceria Arti\\sGrafiche
        Casa\\sEditrice Cantieri Molini
        (?!Edificio|Sacrificio|Artificio)[A-Z][a-zà-ÿ]{2,}ificio
        (?!Materie|Batterie|Gallerie)[A-Z][a-zà-ÿ]{3,}erie Rubinetteria Carrozzeria
        Pasticceria Liquoreria Argenteria Coltelleria Torneria Latteria Dolciaria Lavanderia
        Stireria Minuteria Bulloneria Viteria Norcineria Segheria Gelateria Macelleria Acetaia
        Salumeria Serigrafia Legatoria Fungaia Frantoio Oreficerie Occhialeria Valigeria Ottica
        Tornitura Trafileria Fornace Fornaci Saponeria Cereria Cordificio Latterie
        Autofficina Carpenteria Galvanica Utensileria Meccanica Falegnamerie Vivai Apicoltura""",
}
_HEAD_KINDS = {word: kind for kind, words in _HEADS.items() for word in words.split()}
HEADS = "|".join(sorted(_HEAD_KINDS, key=len, reverse=True))
"""What a name begins with, and what tells its kind."""
HEAD_PATTERNS = [
    (re.compile(head), _HEAD_KINDS[head]) for head in sorted(_HEAD_KINDS, key=len, reverse=True)
]

_TAILS: dict[tuple[float, str, K | None], str] = {
    (1.5, "tail", K.CONSORZIO): "consortium consorzio",
    (1.5, "tail", K.ALTRO): "foundation",
    (1.5, "tail", K.ASSOCIAZIONE): "association alliance federation",
    (1.5, "tail", K.UNIVERSITA): "university polytechnic",
    (1.5, "tail", K.CENTRO_DI_RICERCA): "institute college",
    (1.5, "tail", K.ENTE_PUBBLICO): "agency authority commission ministry",
    (1.0, "tail", K.IMPRESA): """
        group holding ventures bank company corporation industries technologies sciences partners
        sgr elettrodomestici knotwear brands foods motors pharma airlines lighting textiles
        electronics nautica arredamenti calzature costruzioni impianti alimentari""",
    (0.7, "tail", K.IMPRESA): "capital industria denim studio solutions systems",
    (0.7, "tail", K.CENTRO_DI_RICERCA): "lab labs laboratory laboratories",
    (0.7, "tail", K.POLO): "hub cluster center centre incubator accelerator",
    (-1.5, "other tail", None): """
        program programme award awards prize challenge act regulation directive report index week
        day days summit forum pledge canvas method framework toolkit fair outlook survey igp dop
        doc docg igt stg standard model generation link code magazine times post journal review
        edition project assessment price""",
}
TAIL_KINDS = {word: told for told, words in _TAILS.items() for word in words.split()}
"""What a name of two words or more ends with, in small letters: points, rule and kind."""
