# ruff: noqa: E501 - texts are easier to read unbroken
"""Invented cases told on slides, with what a reader notes of each."""

from __future__ import annotations

from case_truth import Told, result, told

SLIDES: tuple[Told, ...] = (
    told(
        "2022-case-vetreria-lago.pptx",
        "Vetreria Lago – Il vetro dei parabrezza torna bottiglia",
        [
            ("", "Vetreria Lago\nGruppo di lavoro Economia circolare\nCase history, 2022"),
            (
                "L'azienda in breve",
                "• Vetreria Lago, Empoli\n• Settore: contenitori in vetro per alimenti\n"
                "• Fondata nel 1931, 210 addetti\n• 48 milioni di euro di fatturato",
            ),
            (
                "Il nodo da sciogliere",
                "• I parabrezza hanno uno strato di plastica che nessuno sa staccare\n"
                "• 30.000 tonnellate l'anno finiscono in discarica\n"
                "• Il rottame pulito scarseggia e costa",
            ),
            (
                "La mossa",
                "• Un impianto separa lo strato di plastica con un getto ad alta pressione\n"
                "• Il vetro recuperato entra nel forno accanto al rottame di casa",
            ),
            (
                "Risultati",
                "• −22%  energia del forno\n• 40% di sabbia in meno\n• 1.800 t di vetro recuperate\n"
                "• Certificazione cradle to cradle ottenuta",
            ),
            ("Tecnologie", "• Getto ad alta pressione\n• Selezione ottica"),
            ("Chi c'è con loro", "• Partner: Stazione Sperimentale del Vetro, AutoDemo S.r.l."),
            ("Idee da portare via", "• Cercare lo scarto degli altri"),
            ("Fonti", "[1] Vetreria Lago, Bilancio di sostenibilità 2021"),
        ],
        year=2022,
        organisation="Vetreria Lago",
        sector=("contenitori in vetro per alimenti", "Settore: contenitori in vetro per alimenti"),
        challenge="I parabrezza hanno uno strato di plastica che nessuno sa staccare; "
        "30.000 tonnellate l'anno finiscono in discarica",
        solution="Un impianto separa lo strato di plastica con un getto ad alta pressione",
        results=(
            result(22, "%", "−22%  energia del forno"),
            result(40, "%", "40% di sabbia in meno"),
            result(1800, "t", "1.800 t di vetro recuperate"),
            result(None, "", "Certificazione cradle to cradle ottenuta"),
        ),
        technologies=("Getto ad alta pressione", "Selezione ottica"),
        partners=("Stazione Sperimentale del Vetro", "AutoDemo"),
    ),
    told(
        "2021-caseificio-alpestre.pptx",
        "Il formaggio con la carta d'identità",
        [
            ("", "Il caso Caseificio Alpestre\nCluster Case history 2021"),
            (
                "Chi è Caseificio Alpestre",
                "• Cooperativa di 64 malghe, Trento\n• Produce formaggi a latte crudo\n"
                "• Vende in tutta Italia",
            ),
            (
                "Il problema",
                "• Le imitazioni valgono più dell'originale\n"
                "• Chi compra non distingue una forma vera da una falsa",
            ),
            (
                "Che cosa fa",
                "• Caseificio Alpestre mette sotto la crosta un tag NFC commestibile\n"
                "• Ogni malga registra latte e stagionatura su una piattaforma cloud\n"
                "• Il cliente legge tutto con il telefono",
            ),
            (
                "I numeri",
                "• 12.000 forme tracciate in un anno\n• Prezzo alla malga: +14%\n"
                "• Contestazioni dimezzate\n• Obiettivo 2023: 30.000 forme",
            ),
            (
                "Con chi",
                "• Fondazione Edmund Mach: prove sul tag\n• TagFood S.r.l.: tecnologia\n"
                "• Provincia di Trento: finanziamento",
            ),
            (
                "Altri esempi",
                "• Il Consorzio del Prosciutto Rosso ha tracciato 9.000 cosce\n"
                "• In Francia il 15% dei formaggi ha un codice",
            ),
        ],
        year=2021,
        organisation="Caseificio Alpestre",
        sector=("formaggi a latte crudo", "Produce formaggi a latte crudo"),
        challenge="Le imitazioni valgono più dell'originale; Chi compra non distingue una forma "
        "vera da una falsa",
        solution="Caseificio Alpestre mette sotto la crosta un tag NFC commestibile",
        results=(
            result(12000, "forme", "12.000 forme tracciate in un anno"),
            result(14, "%", "Prezzo alla malga: +14%"),
            result(None, "", "Contestazioni dimezzate"),
        ),
        technologies=("tag NFC", "piattaforma cloud"),
        partners=("Fondazione Edmund Mach", "TagFood", "Provincia di Trento"),
    ),
    told(
        "2023-ciclofficina-turbo.pptx",
        "Pagare i chilometri, non la bici: Ciclonoleggio Turbo",
        [
            ("", "Nuovi modelli di business – 2023"),
            (
                "Da dove si parte",
                "• Una bici elettrica costa 3.500 euro\n"
                "• Le flotte aziendali restano ferme per guasti sei giorni su trenta",
            ),
            (
                "La proposta",
                "• Ciclonoleggio Turbo S.r.l. (Padova) affitta bici alle aziende\n"
                "• Canone a chilometro: 0,12 euro\n"
                "• Manutenzione predittiva con sensori su motore e freni",
            ),
            (
                "Che cosa è cambiato",
                "• 5.400 bici affittate a 70 aziende\n• Guasti: da sei giorni a uno\n"
                "• Le bici durano il doppio\n• Ricavi cresciuti del 60%",
            ),
            (
                "La rete",
                "• Motori: Elettra Drive S.p.A.\n• Ricerca: Università di Padova\n"
                "• Banca Euganea (leasing)",
            ),
            ("Punti aperti", "• Non si sa che fine facciano le batterie"),
        ],
        year=2023,
        organisation="Ciclonoleggio Turbo",
        sector=("noleggio di bici", "affitta bici alle aziende"),
        challenge="Una bici elettrica costa 3.500 euro; Le flotte aziendali restano ferme per "
        "guasti sei giorni su trenta",
        solution="Ciclonoleggio Turbo S.r.l. (Padova) affitta bici alle aziende",
        results=(
            result(5400, "bici", "5.400 bici affittate a 70 aziende"),
            result(1, "giorni", "Guasti: da sei giorni a uno"),
            result(None, "", "Le bici durano il doppio"),
            result(60, "%", "Ricavi cresciuti del 60%"),
        ),
        technologies=("Manutenzione predittiva", "sensori"),
        partners=("Elettra Drive", "Università di Padova", "Banca Euganea"),
    ),
    told(
        "2020-tannery.pptx",
        "Conceria Ruscello: la pelle senza cromo",
        [
            ("", "Conceria Ruscello, Arzignano\nGruppo Economia circolare | Case history | 2020"),
            (
                "Perché",
                "• Il cromo resta nei fanghi e nessuna discarica li vuole più\n"
                "• I marchi chiedono pelli senza metalli",
            ),
            (
                "Come",
                "• Concia con un estratto di foglie d'ulivo\n"
                "• Processo brevettato OliTan, sviluppato con Wetgreen GmbH\n"
                "• Bottali a controllo digitale",
            ),
            (
                "Effetti",
                "• 100% di pelli senza metalli dal 2019\n• −35% acqua\n• −50% fanghi\n"
                "• Premio Innovazione 2020",
            ),
            ("Insieme a", "• Wetgreen GmbH\n• Università di Padova\n• Marchi clienti: Borsa & Co."),
            ("Lezioni", "• Partire da un cliente che paga di più"),
        ],
        year=2020,
        organisation="Conceria Ruscello",
        sector=("pelle", "Conceria Ruscello: la pelle senza cromo"),
        challenge="Il cromo resta nei fanghi e nessuna discarica li vuole più; I marchi chiedono "
        "pelli senza metalli",
        solution="Concia con un estratto di foglie d'ulivo; Processo brevettato OliTan",
        results=(
            result(100, "%", "100% di pelli senza metalli dal 2019"),
            result(35, "%", "−35% acqua"),
            result(50, "%", "−50% fanghi"),
            result(None, "", "Premio Innovazione 2020"),
        ),
        technologies=("estratto di foglie d'ulivo", "OliTan"),
        partners=("Wetgreen GmbH", "Università di Padova", "Borsa & Co."),
    ),
    told(
        "2024-farmaceutica-oris.pptx",
        "Oris Farma apre i laboratori",
        [
            ("", "Open innovation in un'azienda farmaceutica\nCase history 2024"),
            (
                "In una riga",
                "Oris Farma, gruppo farmaceutico di Latina, mette i suoi laboratori a "
                "disposizione di startup e atenei.",
            ),
            (
                "La sfida",
                "• Un farmaco su dieci mila molecole arriva al paziente\n"
                "• Le molecole buone nascono fuori, nelle piccole imprese",
            ),
            (
                "La risposta",
                "• Oris Lab: 2.000 m² di laboratori condivisi\n"
                "• Chi entra paga con una quota dei brevetti\n"
                "• Selezione con intelligenza artificiale",
            ),
            (
                "Risultati a tre anni",
                "• 25 startup ospitate\n• 7 molecole in sperimentazione\n"
                "• 3 milioni di euro raccolti dalle startup\n"
                "• Prima azienda italiana con un laboratorio aperto",
            ),
            (
                "Gli alleati",
                "• Sapienza Università di Roma\n• CNR\n• Lazio Innova",
            ),
        ],
        year=2024,
        organisation="Oris Farma",
        sector=("farmaceutico", "Oris Farma, gruppo farmaceutico di Latina"),
        challenge="Un farmaco su dieci mila molecole arriva al paziente; Le molecole buone nascono "
        "fuori, nelle piccole imprese",
        solution="Oris Lab: 2.000 m² di laboratori condivisi; Chi entra paga con una quota; "
        "mette i suoi laboratori a disposizione di startup e atenei",
        results=(
            result(25, "startup", "25 startup ospitate"),
            result(7, "molecole", "7 molecole in sperimentazione"),
            result(3e6, "€", "3 milioni di euro raccolti dalle startup"),
            result(None, "", "Prima azienda italiana con un laboratorio aperto"),
        ),
        technologies=("intelligenza artificiale",),
        partners=("Sapienza Università di Roma", "CNR", "Lazio Innova"),
    ),
    told(
        "2023-tileworks.pptx",
        "Harbour Tileworks: tiles from dredged mud",
        [
            ("", "Harbour Tileworks Ltd\nCase history, 2023"),
            (
                "The company",
                "• Harbour Tileworks, Bristol\n• Sector: building materials\n• 90 employees",
            ),
            (
                "The challenge",
                "• Ports dig out mud every year and dump it at sea\n• Clay quarries are closing",
            ),
            (
                "The solution",
                "• Harbour Tileworks fires dredged mud into roof tiles\n"
                "• A low-temperature kiln runs on biogas",
            ),
            (
                "Results",
                "• 30% less energy\n• 8,000 tonnes of mud used\n• Clay use halved\n"
                "• Winner of the Green Build Award",
            ),
            ("Partners", "• Port of Bristol\n• University of Bath\n• KilnTech Ltd"),
        ],
        year=2023,
        language="en",
        organisation="Harbour Tileworks",
        sector=("building materials", "Sector: building materials"),
        challenge="Ports dig out mud every year and dump it at sea; Clay quarries are closing",
        solution="Harbour Tileworks fires dredged mud into roof tiles",
        results=(
            result(30, "%", "30% less energy"),
            result(8000, "t", "8,000 tonnes of mud used"),
            result(None, "", "Clay use halved"),
            result(None, "", "Winner of the Green Build Award"),
        ),
        technologies=("low-temperature kiln", "biogas"),
        partners=("Port of Bristol", "University of Bath", "KilnTech"),
    ),
)
