"""A text on fishing nets as it was finished and as it was drafted: two versions of one document."""

FINAL = """\
# Il recupero delle reti

Le reti da pesca dismesse arrivano al porto di Chioggia ogni martedì, i pescatori le consegnano
al consorzio che le pesa, le lava con acqua dolce e le divide per colore e per polimero. Dal
nylon pulito un impianto della provincia ricava scaglie, e dalle scaglie un filo continuo che
tre tessiture comprano per farne costumi, tappeti e rivestimenti di sedie da ufficio.

# I costi

Il trasporto pesa più del lavaggio, perché le reti sono voluminose e viaggiano quasi vuote: il
consorzio ha comprato una pressa mobile che le riduce a un terzo, e da allora un camion basta per
quattro porti. Il contributo pubblico copre la pressa, il resto si paga con la vendita del filo.
"""
DRAFT = FINAL.replace("ogni martedì", "una volta al mese").replace("tre tessiture", "due ditte")
ONLY_IN_DRAFT = """
# Da discutere

Resta aperta la questione dei galleggianti di sughero: un mobilificio di Pordenone li vorrebbe
per i suoi pannelli isolanti, ma nessuno sa ancora come toglierli dalle corde senza romperli.
"""
