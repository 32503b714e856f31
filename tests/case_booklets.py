# ruff: noqa: E501 - texts are easier to read unbroken
"""Invented documents that tell several cases: under headings of a report, in rows of a table."""

from __future__ import annotations

from small_documents import Written

REPORT = Written(
    "2024-rapporto-distretti.md",
    [
        (
            "Premessa",
            "Il rapporto raccoglie tre esperienze visitate dal gruppo nel 2024. Le imprese dei distretti investono poco in ricerca: il 12% ha un laboratorio.",
        ),
        (
            "Ceramiche Sillaro: la piastrella che non va cotta due volte",
            "Ceramiche Sillaro è un'azienda di Imola che produce piastrelle in gres.",
        ),
        (
            "Il problema",
            "Ogni piastrella decorata andava in forno due volte e consumava il doppio del gas.",
        ),
        (
            "La soluzione",
            "L'azienda ha messo a punto con Inkema S.r.l. un inchiostro che si fissa nella prima cottura, con stampa digitale.",
        ),
        ("I risultati", "Il consumo di gas è calato del 28%. Il brevetto è del 2022."),
        (
            "Valli Conserve: il codice sul barattolo",
            "Valli Conserve è una cooperativa di Ravenna che trasforma pomodoro.",
        ),
        (
            "Il problema",
            "Il consumatore non sapeva da quale campo venisse il pomodoro e la cooperativa non riusciva a dimostrarlo.",
        ),
        (
            "La soluzione",
            "Valli Conserve ha stampato su ogni barattolo un QR code che apre la mappa del campo, registrata su blockchain da Agrichain.",
        ),
        (
            "I risultati",
            "Le vendite all'estero sono cresciute del 9% e 410 aziende agricole partecipano.",
        ),
        (
            "Conclusioni",
            "Le due esperienze mostrano che la misura viene prima della tecnologia. Conviene partire da un prodotto solo.",
        ),
    ],
    title="Distretti al lavoro: rapporto 2024",
    group="open-innovation",
    kind="documento-di-output",
    year=2024,
)
PROSE_REPORT = Written(
    "2023-relazione-visite.md",
    [
        (
            "Perché le visite",
            "Il gruppo ha visitato due imprese per capire come si misura uno scarto. Le norme europee chiederanno misure a tutti.",
        ),
        (
            "Il caso della Cartiera Molinari",
            "La Cartiera Molinari S.p.A. di Lucca bruciava i fanghi di disinchiostrazione, con un costo di 400.000 euro l'anno. "
            "Nel 2021 l'azienda ha introdotto una pressa, progettata insieme a Fibralab S.r.l., che ne fa pannelli per imballaggi. "
            "Oggi il 95% dei fanghi diventa prodotto.",
        ),
        (
            "Il caso di Ottica Brenta",
            "Ottica Brenta S.r.l. fabbrica montature in acetato e ne perdeva metà in sfridi. "
            "L'azienda ha introdotto la stampa 3D per i prototipi e rimanda gli sfridi al fornitore, la Mazzucchelli. "
            "Gli sfridi sono diminuiti del 40%.",
        ),
        ("Che cosa ne ricaviamo", "Misurare conviene a chi ha scarti costosi."),
    ],
    title="Relazione sulle visite del 2023",
    group="economia-circolare",
    kind="relazione-introduttiva",
    year=2023,
)
TABLE = Written(
    "2025-repertorio-casi.md",
    [
        (
            "Le esperienze raccolte",
            "Azienda | Problema | Soluzione | Risultati | Tecnologie | Partner | Anno\n"
            "Conceria Arsella | I fanghi al cromo finivano in discarica | Concia con tannini di castagno | Cromo −100%, acqua −30% | Concia vegetale | Università di Pisa | 2021\n"
            "Filatura Tollegno Due | Nessuno sapeva l'origine della lana | Registro su blockchain dal gregge al filo | 1.200 t tracciate | blockchain, tag RFID | Wooltrace S.r.l., Biella Hub | 2022\n"
            "Salumificio Berici | Le confezioni non si riciclavano | Vaschetta in carta monomateriale. Si apre senza colla | Plastica ridotta del 60% | – | Cartotecnica Euganea | 2023",
        ),
        ("Come leggere la tabella", "I dati sono dichiarati dalle imprese."),
    ],
    title="Repertorio delle esperienze",
    group="economia-circolare",
    kind="altro",
    year=2025,
)
ENGLISH_TABLE = Written(
    "2024-good-practices.md",
    [
        (
            "",
            "Company | Sector | Challenge | What they did | Outcome\n"
            "Moorland Wool Ltd | yarn | Fleece was burnt for want of buyers | Insulation panels from coarse fleece | 300 tonnes of fleece sold\n"
            "Bright Frames | eyewear | Half of each sheet was lost | 3D printing of frames from powder | Waste cut by 45%",
        )
    ],
    title="Good practices 2024",
    language="en",
    year=2024,
)
NO_CASES = Written(
    "2025-confronto-modelli.md",
    [
        (
            "Modelli a confronto",
            "Modello | Esempio | Che cosa paga il cliente | Nota\n"
            "Luce come servizio | Lumen a Schiphol | La luce usata | Energia dimezzata\n"
            "Motori a ore | Aerotec | Le ore di volo | Manutenzione compresa",
        ),
        (
            "I soggetti",
            "Soggetto | Ruolo | Anno\nMinistero delle Imprese | Scrive il decreto | 2024\nUnioncamere | Raccoglie i dati | 2025",
        ),
        (
            "Una norma che cambia",
            "Il regolamento chiede a ogni impresa un registro. La sfida è la qualità dei dati. Secondo Confartigianato il 40% delle imprese è pronto.",
        ),
    ],
    title="Confronto dei modelli",
    year=2025,
)
