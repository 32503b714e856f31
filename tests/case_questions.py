# ruff: noqa: E501 - texts are easier to read unbroken
"""Invented cases told under questions, with what a reader notes of each."""

from __future__ import annotations

from case_truth import Told, result, told

QUESTIONED: tuple[Told, ...] = (
    told(
        "2023-cantiere-morgana.md",
        "Cantiere Morgana: barche che si smontano",
        [
            ("", "Gruppo di lavoro Economia circolare – Case history, 2023"),
            (
                "Di chi parliamo?",
                "Cantiere Morgana è un cantiere di Viareggio che costruisce barche a vela da "
                "diporto dal 1974. Ha 85 dipendenti e un fatturato di 14 milioni di euro.",
            ),
            (
                "Qual era il problema?",
                "Gli scafi in vetroresina arrivano a fine vita dopo quarant'anni e nessuno sa come "
                "smaltirli. In Europa se ne demoliscono ottantamila l'anno, quasi tutti in "
                "discarica. Un motoscafo di dieci metri costa 3.000 euro di smaltimento.",
            ),
            (
                "Che cosa hanno fatto?",
                "Il cantiere ha progettato uno scafo in resina termoplastica, che si scioglie e si "
                "cola di nuovo. Le fibre di lino prendono il posto del vetro. La prima barca, la "
                "Morgana 28, è stata varata nel 2022.",
            ),
            (
                "Con quali risultati?",
                "Il 90% del peso di uno scafo si recupera e torna in produzione. Le emissioni della "
                "costruzione sono scese di un terzo. La barca ha vinto il premio Design del Mare. "
                "Entro il 2027 il cantiere vuole usare il nuovo scafo su tutta la gamma.",
            ),
            (
                "Con chi?",
                "Alla resina ha lavorato l'Università di Pisa; le fibre arrivano dalla Linificio "
                "Serio S.p.A. di Bergamo. La Regione Toscana ha coperto metà della spesa.",
            ),
            (
                "Che cosa si può imparare?",
                "Conviene progettare la fine prima dell'inizio. Un'impresa che volesse imitarli "
                "dovrebbe partire da un pezzo piccolo.",
            ),
        ],
        year=2023,
        organisation="Cantiere Morgana",
        sector=("barche a vela da diporto", "costruisce barche a vela da diporto dal 1974"),
        challenge="Gli scafi in vetroresina arrivano a fine vita dopo quarant'anni e nessuno sa",
        solution="Il cantiere ha progettato uno scafo in resina termoplastica, che si scioglie",
        results=(
            result(90, "%", "Il 90% del peso di uno scafo si recupera"),
            result(100 / 3, "%", "Le emissioni della costruzione sono scese di un terzo"),
            result(None, "", "La barca ha vinto il premio Design del Mare"),
        ),
        technologies=("resina termoplastica", "fibre di lino"),
        partners=("Università di Pisa", "Linificio Serio", "Regione Toscana"),
    ),
    told(
        "2024-ortovivo.md",
        "Vendere insalate che crescono in negozio. Il caso Ortovivo",
        [
            (
                "Chi è?",
                "Ortovivo è una startup nata a Forlì nel 2019. Opera nel settore dell'agricoltura "
                "verticale e dà lavoro a ventidue persone. L'ha fondata Carla Neri, che prima "
                "dirigeva gli acquisti di Coop Reno.",
            ),
            (
                "Da dove parte la storia?",
                "Un'insalata in busta viaggia in media per quattro giorni e un terzo finisce nei "
                "rifiuti prima di essere mangiata. I negozi non riescono a prevedere quanta ne "
                "venderanno. Secondo Ismea il mercato vale 900 milioni di euro.",
            ),
            (
                "Qual è l'idea?",
                "Ortovivo affitta ai supermercati armadi di coltivazione idroponica, con luci LED e "
                "sensori che regolano acqua e nutrienti. Il cliente raccoglie da sé. Il negozio "
                "paga un canone di 240 euro al mese e non compra la macchina.",
            ),
            (
                "Ha funzionato?",
                "Gli armadi installati sono passati da 12 a 140 in due anni. Lo scarto di insalata "
                "nei negozi è calato dell'85 per cento. Si usa il 95% di acqua in meno che in "
                "campo. Nel 2025 sono previsti altri cento armadi.",
            ),
            (
                "Chi l'ha aiutata?",
                "L'incubatore Romagna Start ha messo a disposizione i primi locali. Il software è "
                "stato sviluppato da Agritel S.r.l., le luci sono fornite da Lumina S.p.A. "
                "Coop Reno è stata il primo cliente.",
            ),
            ("Quali limiti?", "Non si sa quanta energia consumi un armadio."),
            ("Quali domande per noi?", "Quanto pagherebbe un negozio piccolo?"),
        ],
        year=2024,
        organisation="Ortovivo",
        sector=("agricoltura verticale", "Opera nel settore dell'agricoltura verticale"),
        challenge="I negozi non riescono a prevedere quanta ne venderanno; Un'insalata in busta "
        "viaggia in media per quattro giorni",
        solution="Ortovivo affitta ai supermercati armadi di coltivazione idroponica, con luci LED",
        results=(
            result(140, "", "Gli armadi installati sono passati da 12 a 140 in due anni"),
            result(85, "%", "Lo scarto di insalata nei negozi è calato dell'85 per cento"),
            result(95, "%", "Si usa il 95% di acqua in meno che in campo"),
        ),
        technologies=("coltivazione idroponica", "luci LED", "sensori"),
        partners=("Romagna Start", "Agritel", "Lumina", "Coop Reno"),
    ),
    told(
        "2021-case-ceramiche-dolmen.md",
        "La piastrella che racconta la sua cava",
        [
            (
                "Chi sono i protagonisti?",
                "La protagonista è Ceramiche Dolmen, azienda di Sassuolo che produce piastrelle in "
                "gres. Con i suoi tre stabilimenti Ceramiche Dolmen è tra le prime dieci del "
                "distretto.",
            ),
            (
                "Perché serviva una novità?",
                "Gli architetti chiedevano prove dell'origine delle argille e l'azienda rispondeva "
                "con fogli sparsi. I documenti di un lotto erano in sei archivi diversi. Ogni "
                "risposta richiedeva due settimane.",
            ),
            (
                "Che cosa ha costruito l'azienda?",
                "Ceramiche Dolmen registra ogni lotto su una blockchain, dalla cava al cantiere. "
                "Un codice QR stampato sul retro apre la scheda della piastrella.",
            ),
            (
                "Che cosa è cambiato?",
                "La risposta a un architetto arriva in 10 minuti invece che in due settimane. "
                "Tracciati 2.300 lotti nel primo anno. Nessun reclamo sull'origine è più "
                "arrivato.",
            ),
            (
                "Da sola o con altri?",
                "La piattaforma è stata costruita insieme a Nodo Chiaro S.r.l. e al Politecnico di "
                "Milano, con un finanziamento della Camera di Commercio di Modena.",
            ),
            (
                "Chi altro lo fa?",
                "Negli stati uniti la Granite Trust ha tracciato 5.000 lotti con un registro simile.",
            ),
        ],
        year=2021,
        organisation="Ceramiche Dolmen",
        sector=("piastrelle in gres", "azienda di Sassuolo che produce piastrelle in gres"),
        challenge="Gli architetti chiedevano prove dell'origine delle argille e l'azienda",
        solution="Ceramiche Dolmen registra ogni lotto su una blockchain, dalla cava al cantiere",
        results=(
            result(10, "minuti", "La risposta a un architetto arriva in 10 minuti"),
            result(2300, "lotti", "Tracciati 2.300 lotti nel primo anno"),
            result(None, "", "Nessun reclamo sull'origine è più arrivato"),
        ),
        technologies=("blockchain", "codice QR"),
        partners=("Nodo Chiaro", "Politecnico di Milano", "Camera di Commercio di Modena"),
    ),
    told(
        "2022-hive.md",
        "Gruppo Salvetti e la fabbrica delle idee",
        [
            (
                "Chi è il Gruppo Salvetti?",
                "Gruppo Salvetti è una multinazionale dell'elettrodomestico con sede a Fabriano. "
                "È stato fondato nel 1958 e vende in 60 Paesi.",
            ),
            (
                "Quale bisogno aveva?",
                "I tempi per portare un prodotto sul mercato erano troppo lunghi: tre anni. "
                "I laboratori interni ricevevano le stesse idee di sempre.",
            ),
            (
                "In che modo ha risposto?",
                "Nel 2018 il gruppo ha aperto Hive, un programma che invita startup e ricercatori "
                "a proporre soluzioni. Ogni sei mesi si pubblica una sfida e chi vince riceve "
                "50.000 euro e un anno di prove in fabbrica.",
            ),
            (
                "Che numeri ha dato?",
                "Sono arrivate 640 proposte da 31 Paesi; trentotto sono diventate progetti. "
                "Il tempo medio di lancio si è ridotto da 36 a 20 mesi. Quattro brevetti sono "
                "stati depositati insieme alle startup.",
            ),
            (
                "Quali compagni di strada?",
                "Hive è gestito con l'acceleratore Open Marche. Partecipano l'Università "
                "Politecnica delle Marche, Banca Adriatica e la Fondazione Merloni Nova.",
            ),
            ("Che cosa ci portiamo a casa?", "La lezione è che serve un capo con un nome."),
        ],
        year=2022,
        organisation="Gruppo Salvetti",
        sector=("elettrodomestico", "è una multinazionale dell'elettrodomestico con sede"),
        challenge="I tempi per portare un prodotto sul mercato erano troppo lunghi: tre anni",
        solution="Nel 2018 il gruppo ha aperto Hive, un programma che invita startup e ricercatori",
        results=(
            result(640, "proposte", "Sono arrivate 640 proposte da 31 Paesi"),
            result(38, "", "trentotto sono diventate progetti"),
            result(20, "mesi", "Il tempo medio di lancio si è ridotto da 36 a 20 mesi"),
            result(4, "brevetti", "Quattro brevetti sono stati depositati"),
        ),
        technologies=(),
        partners=(
            "Open Marche", "Università Politecnica delle Marche", "Banca Adriatica",
            "Fondazione Merloni Nova",
        ),
    ),
    told(
        "2020-calzaturificio-brera.md",
        "Scarpe su misura senza magazzino: Calzaturificio Nesti",
        [
            (
                "Chi?",
                "Il Calzaturificio Nesti è una piccola impresa di Monsummano, specializzata in "
                "calzature da uomo. I titolari sono i fratelli Nesti.",
            ),
            (
                "Quale ostacolo?",
                "Metà delle scarpe restava invenduta a fine stagione. Tenere ogni numero in ogni "
                "colore costava più che produrlo.",
            ),
            (
                "Come funziona?",
                "Il cliente appoggia il piede su uno scanner 3D e sceglie il modello a schermo. "
                "La forma viene fatta con la stampa 3D e la scarpa è cucita in cinque giorni. "
                "Il prezzo parte da 280 euro.",
            ),
            (
                "E i risultati?",
                "Il magazzino è stato eliminato. I resi sono scesi dal 18% al 3%. Le vendite "
                "all'estero sono raddoppiate.",
            ),
            (
                "Con l'aiuto di chi?",
                "Lo scanner è fornito da Piede Digitale, spin-off dell'Università di Firenze. "
                "Ha partecipato anche CNA Toscana.",
            ),
        ],
        year=2020,
        organisation="Calzaturificio Nesti",
        sector=("calzature da uomo", "specializzata in calzature da uomo"),
        challenge="Metà delle scarpe restava invenduta a fine stagione",
        solution="Il cliente appoggia il piede su uno scanner 3D e sceglie il modello a schermo",
        results=(
            result(None, "", "Il magazzino è stato eliminato"),
            result(3, "%", "I resi sono scesi dal 18% al 3%"),
            result(None, "", "Le vendite all'estero sono raddoppiate"),
        ),
        technologies=("scanner 3D", "stampa 3D"),
        partners=("Piede Digitale", "CNA Toscana"),
    ),
    told(
        "2025-brightmalt.md",
        "Brightmalt: beer grain that becomes packaging",
        [
            (
                "Who is it?",
                "Brightmalt Ltd is a company in the brewing sector, based in Sheffield. It was "
                "founded in 2011 and employs 140 people.",
            ),
            (
                "What was the problem?",
                "Brewing leaves tonnes of wet grain that rots within two days. Farmers took it for "
                "free, but fewer farms are left every year.",
            ),
            (
                "What did they do?",
                "Brightmalt developed a press that dries the grain and turns it into moulded pulp. "
                "The pulp replaces plastic rings around cans.",
            ),
            (
                "With what results?",
                "The brewery saved 12 tonnes of plastic in the first year. Waste costs fell by 45%. "
                "The price of a tray is 0.09 pounds.",
            ),
            (
                "With whom?",
                "The press was developed with the University of York and supplied by Pulpworks Ltd.",
            ),
            ("What can we learn?", "Start with one line of products."),
        ],
        year=2025,
        language="en",
        organisation="Brightmalt Ltd",
        sector=("brewing", "is a company in the brewing sector"),
        challenge="Brewing leaves tonnes of wet grain that rots within two days",
        solution="Brightmalt developed a press that dries the grain and turns it into moulded pulp",
        results=(
            result(12, "t", "The brewery saved 12 tonnes of plastic in the first year"),
            result(45, "%", "Waste costs fell by 45%"),
        ),
        technologies=("moulded pulp",),
        partners=("University of York", "Pulpworks"),
    ),
    told(
        "2022-filanda-petra.md",
        "Filanda Petra, un colore senza vasche",
        [
            (
                "",
                "1. Chi è Filanda Petra? Filanda Petra è un'azienda tessile di Prato, nota per "
                "i velluti.\n\n"
                "2. Quale spreco voleva evitare? Per tingere un chilo di velluto servono cento litri "
                "d'acqua, che escono dalla vasca carichi di sali. Depurarla costa quanto il filo.\n\n"
                "3. Come ci è riuscita? La filanda colora il tessuto con una tintura digitale, che "
                "spruzza il pigmento dove serve. Le teste di stampa sono fornite da Inkara S.r.l.\n\n"
                "4. Che cosa ha ottenuto? L'acqua usata è diminuita del 92%. I tempi di consegna si "
                "sono dimezzati.\n\n"
                "5. Che cosa non sappiamo? Non ci sono dati sul costo delle macchine.",
            )
        ],
        year=2022,
        organisation="Filanda Petra",
        sector=("tessile", "Filanda Petra è un'azienda tessile di Prato"),
        challenge="Per tingere un chilo di velluto servono cento litri d'acqua",
        solution="La filanda colora il tessuto con una tintura digitale",
        results=(
            result(92, "%", "L'acqua usata è diminuita del 92%"),
            result(None, "", "I tempi di consegna si sono dimezzati"),
        ),
        technologies=("tintura digitale",),
        partners=("Inkara",),
    ),
    told(
        "2024-liuteria.md",
        "Un violino può avere una memoria?",
        [
            (
                "Chi costruisce violini nel 2024?",
                "A Cremona lavorano duecento liutai. Liuteria Ansaldi è la bottega che esporta di "
                "più: produce archi e violini per le orchestre di venti Paesi.",
            ),
            (
                "Come si riconosce un falso?",
                "Un violino falso si vende con un certificato vero, e chi lo compra non ha modo di "
                "accorgersene. Le perizie costano e nessuno le conserva.",
            ),
            (
                "Che cosa può sapere un pezzo di legno?",
                "Liuteria Ansaldi fotografa le venature di ogni tavola e ne ricava un'impronta unica. "
                "L'impronta è scritta in un registro distribuito, che un perito consulta da "
                "qualunque Paese. Il sistema è stato sviluppato con il Museo del Violino.",
            ),
            (
                "Chi ci crede?",
                "Le prime assicurazioni hanno ridotto il premio del 20% per gli strumenti "
                "registrati. Gli strumenti registrati sono 1.150.",
            ),
            ("Che cosa possono ricavarne le altre botteghe?", "Conviene cominciare in gruppo."),
            ("Quali domande restano?", "Chi paga il registro fra dieci anni?"),
        ],
        year=2024,
        organisation="Liuteria Ansaldi",
        sector=("violini", "Liuteria Ansaldi è la bottega che esporta di più: produce archi e violini"),
        challenge="Un violino falso si vende con un certificato vero, e chi lo compra non ha modo",
        solution="Liuteria Ansaldi fotografa le venature di ogni tavola e ne ricava un'impronta unica",
        results=(
            result(20, "%", "Le prime assicurazioni hanno ridotto il premio del 20%"),
            result(1150, "", "Gli strumenti registrati sono 1.150"),
        ),
        technologies=("registro distribuito", "impronta unica"),
        partners=("Museo del Violino",),
    ),
)  # fmt: skip
