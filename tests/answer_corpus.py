"""A small corpus that every door has something to answer from: dated documents of two groups in
which one thing rises and another falls, two case histories, and organisations."""

from collections.abc import Sequence
from pathlib import Path

from small_documents import Written, engine_over

from search.encoder import Encoder
from search.engine import Engine

TREND = "Come sta cambiando il passaporto digitale dal 2020?"
LOOKUP = "Quante tonnellate di sughero recupera la Cantina Morello?"
CASE = "Chi ha già recuperato il sughero, e con quali risultati?"
PARTNER = "Con chi potrei lavorare sul sughero?"
RISING, FALLING = "passaporto digitale", "buono cartaceo"

MORELLO, BELLANDI = "circolare-2024-morello.md", "circolare-2022-bellandi.md"
_CASES = (
    Written(
        MORELLO,
        (
            (
                "Scheda",
                "Organizzazione: Cantina Morello\nSettore: vino\nAnno: 2024\n"
                "Tecnologie: blockchain\nPartner: Università di Pisa",
            ),
            (
                "La sfida",
                "La Cantina Morello buttava ogni anno migliaia di tappi di sughero usati, che "
                "finivano in discarica.",
            ),
            (
                "La soluzione",
                "La Cantina Morello raccoglie i tappi nei negozi e con l'Università di Pisa ne "
                "ricava pannelli isolanti.",
            ),
            ("I risultati", "La Cantina Morello ha recuperato 12 tonnellate di scarti in un anno."),
        ),
        title="Cantina Morello: tappi che tornano",
        group="economia-circolare",
        kind="case-history",
        year=2024,
    ),
    Written(
        BELLANDI,
        (
            (
                "Scheda",
                "Organizzazione: Tessitura Bellandi\nSettore: tessile\nAnno: 2022\n"
                "Partner: Università di Pisa",
            ),
            (
                "La sfida",
                "La Tessitura Bellandi pagava per smaltire i ritagli di lana della lavorazione.",
            ),
            (
                "La soluzione",
                "La Tessitura Bellandi cuce i ritagli di lana in pannelli isolanti per le case.",
            ),
            (
                "I risultati",
                "La Tessitura Bellandi ha recuperato 30 tonnellate di scarti in un anno.",
            ),
        ),
        title="Tessitura Bellandi: lana che scalda",
        group="economia-circolare",
        kind="case-history",
        year=2022,
    ),
)
_ON_PASSPORT = (
    "Con il passaporto digitale Filati Orsini S.p.A. mostra da dove viene il cotone.",
    "Chi compra una borsa legge il passaporto digitale con il telefono.",
    "Il passaporto digitale elenca le lavorazioni, dalla concia alla cucitura.",
    "Per le scarpe il passaporto digitale indica anche chi può ripararle.",
    "Un laboratorio del Consorzio Tracciafilo prova il passaporto digitale su cento cappotti.",
    "Senza dati dei fornitori nessun passaporto digitale resta aggiornato.",
    "Il mobile esce dalla fabbrica con un passaporto digitale inciso sul retro.",
    "Nel passaporto digitale entrano il peso, il colore e il luogo della tintura.",
    "Al Consorzio Tracciafilo il passaporto digitale serve anche contro le copie.",
)
_ON_COUPON = (
    "Il buono cartaceo si consegna alla cassa insieme allo scontrino.",
    "Ogni negozio stampa da sé il buono cartaceo e lo timbra.",
    "Chi perde il buono cartaceo non ha più diritto alla riparazione.",
    "Un buono cartaceo sbiadito costringe a telefonare in sede.",
    "Per i clienti anziani il buono cartaceo resta il più comodo.",
    "Il commesso ritira il buono cartaceo e lo infila in una scatola.",
    "A fine mese qualcuno conta a mano ogni buono cartaceo.",
    "Con il buono cartaceo non si sa chi ha comprato che cosa.",
    "La sartoria accetta un buono cartaceo anche dopo dodici mesi.",
)
_ON_CORK = (
    "La Cantina Morello chiede ai ristoranti di mettere da parte il sughero.",
    "Il sughero macinato finisce nelle suole e nei galleggianti.",
    "In Sardegna il sughero si stacca dalla pianta ogni nove anni.",
    "Un pannello di sughero isola una parete per decenni.",
    "Con la resina giusta il sughero diventa un pavimento.",
    "L'Università di Pisa misura quanto rumore ferma il sughero.",
    "Prima di pressarlo il sughero va lavato e asciugato.",
    "Il tappo di sughero pesa pochi grammi ma se ne usano miliardi.",
    "Dal granulo di sughero si fa anche un intonaco.",
    "Chi raccoglie il sughero lo pesa davanti al rivenditore.",
    "Con il sughero di recupero la Cantina Morello riveste le botti.",
    "Il sughero vecchio brucia bene, ma così non torna a nessuno.",
)
_BESIDE = (
    "Alla riunione di primavera hanno preso la parola sei imprese.",
    "Il verbale riporta le domande dei soci e chi ha risposto.",
    "Resta aperta la questione dei costi per le botteghe.",
    "La visita in stabilimento è durata una mattina.",
)

_SHARED = Written(
    "circolare-2025-pannelli.md",
    (
        (
            "",
            "La Tessitura Bellandi prepara il passaporto digitale dei suoi pannelli di lana. "
            "In quel passaporto digitale scrive da quale lavorazione viene ogni ritaglio.",
        ),
    ),
    title="Pannelli con i documenti",
    group="economia-circolare",
    kind="quaderno",
    year=2025,
)
"""Who of the one group works on what rises in the other."""
_TOWNS = [
    "Biella",
    "Prato",
    "Como",
    "Carpi",
    "Schio",
    "Busto",
    "Arzignano",
    "Solofra",
    "Vigevano",
    "Fermo",
    "Barletta",
    "Matera",
    "Nola",
    "Todi",
    "Udine",
    "Cuneo",
    "Lucca",
    "Siena",
    "Nuoro",
    "Olbia",
    "Tempio",
    "Calangianus",
    "Trapani",
    "Ragusa",
    "Enna",
    "Crotone",
    "Potenza",
    "Isernia",
    "Chieti",
    "Teramo",
]
"""One for each note: what several documents say word by word is never a theme."""


def _notes() -> list[Written]:
    """Three sentences on one thing in each: a theme comes back where it comes up."""
    notes = []
    for number in range(18):
        said = _ON_COUPON if number < 9 else _ON_PASSPORT
        notes.append(_note("tracciabilita", 2020 + number // 3, number, said))
    circular = "economia-circolare"
    return notes + [_note(circular, 2020 + n // 2, n, _ON_CORK) for n in range(12)]


def _note(group: str, year: int, number: int, said: Sequence[str]) -> Written:
    told = [said[(number + further) % len(said)] for further in range(3)]
    town = _TOWNS[number] if group == "tracciabilita" else _TOWNS[-1 - number]
    on_it = [f"A {town} si dice che {one[0].lower()}{one[1:]}" for one in told]
    return Written(
        f"{group}-{year}-{number}.md",
        (("", " ".join([_BESIDE[number % 4], *on_it])),),
        title=f"Nota {number} del {year}",
        group=group,
        kind="quaderno",
        year=year,
    )


def answer_engine(index: Path, encoder: Encoder) -> Engine:
    """An engine on a new index of the corpus in the folder ``index``. None writes to it."""
    return engine_over(index, [*_CASES, _SHARED, *_notes()], encoder)
