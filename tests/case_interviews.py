# ruff: noqa: E501 - texts are easier to read unbroken
"""Invented cases told in an interview or in an article, with what a reader notes of each."""

from __future__ import annotations

from case_truth import Told, result, told

INTERVIEWS: tuple[Told, ...] = (
    told(
        "2024-intervista-saponificio-vespri.md",
        "«Abbiamo smesso di comprare palma»: intervista a Marta Colli",
        [
            (
                "",
                "Marta Colli dirige il Saponificio Vespri, a Pontremoli, che produce saponi e "
                "detergenti solidi. L'abbiamo incontrata in stabilimento.\n\n"
                "Partiamo dall'inizio: che cosa vi ha spinto a cambiare ricetta?\n"
                "Compravamo olio di palma da quattro intermediari e non riuscivamo a dire a nessuno da quale "
                "piantagione venisse. Nel 2021 un cliente tedesco ci ha tolto l'ordine per questo. "
                "È stata una doccia fredda, lo ammetto.\n\n"
                "E come avete reagito?\n"
                "Abbiamo rifatto la ricetta con l'olio di sansa che i frantoi della Lunigiana buttavano. "
                "Lo raffiniamo a freddo, con una centrifuga a dischi. Ci sono voluti due anni.\n\n"
                "Da soli?\n"
                "No. Il Dipartimento di Chimica dell'Università di Parma ci ha seguito nelle prove, e Oleum Tech S.r.l. ha "
                "costruito la centrifuga.\n\n"
                "Che cosa avete ottenuto?\n"
                "Oggi il 70% dei grassi che usiamo viene da meno di cinquanta chilometri. Il cliente tedesco è tornato, "
                "e il costo della materia prima è sceso del 18%. Se tutto va bene nel 2026 arriveremo al 90%.\n\n"
                "Un consiglio a chi legge?\n"
                "Partire da un solo prodotto.",
            ),
        ],
        year=2024,
        organisation="Saponificio Vespri",
        sector=("saponi e detergenti solidi", "produce saponi e detergenti solidi"),
        challenge="Compravamo olio di palma da quattro intermediari e non riuscivamo a dire a nessuno",
        solution="Abbiamo rifatto la ricetta con l'olio di sansa che i frantoi della Lunigiana buttavano",
        results=(
            result(
                70, "%", "Oggi il 70% dei grassi che usiamo viene da meno di cinquanta chilometri"
            ),
            result(18, "%", "il costo della materia prima è sceso del 18%"),
        ),
        technologies=("centrifuga a dischi", "olio di sansa"),
        partners=("Università di Parma", "Oleum Tech"),
    ),
    told(
        "2023-quattro-domande-a-telai-uniti.md",
        "Quattro domande a Telai Uniti",
        [
            (
                "",
                "Risponde Paolo Ferri, presidente della cooperativa Telai Uniti di Carpi, maglieria per conto terzi.",
            ),
            (
                "Ferri, perché una cooperativa di terzisti decide di aprire i propri dati?",
                "Perché i marchi ci chiedevano ogni settimana a che punto fosse un ordine e noi rispondevamo a voce. "
                "Gli errori ci costavano un lotto su venti.",
            ),
            (
                "Che cosa avete messo in piedi, concretamente?",
                "Ogni telaio ha un sensore che conta i giri e una scheda che li manda in rete. Il committente vede "
                "l'avanzamento da solo, su un portale.",
            ),
            (
                "Chi vi ha dato una mano?",
                "I sensori li ha progettati Lumen Lab, una startup di Modena. Il contributo è della Camera di commercio di Modena.",
            ),
            (
                "Numeri?",
                "I lotti sbagliati sono passati dal 5% all'1%. Quarantadue laboratori usano il portale ogni giorno.",
            ),
        ],
        year=2023,
        organisation="Telai Uniti",
        sector=("maglieria", "cooperativa Telai Uniti di Carpi, maglieria per conto terzi"),
        challenge="i marchi ci chiedevano ogni settimana a che punto fosse un ordine e noi rispondevamo a voce",
        solution="Ogni telaio ha un sensore che conta i giri e una scheda che li manda in rete",
        results=(
            result(1, "%", "I lotti sbagliati sono passati dal 5% all'1%"),
            result(42, "laboratori", "Quarantadue laboratori usano il portale ogni giorno"),
        ),
        technologies=("sensore", "portale"),
        partners=("Lumen Lab", "Camera di commercio di Modena"),
    ),
    told(
        "2022-interview-harbour-knits.md",
        "Five questions for Harbour Knits",
        [
            (
                "",
                "Q: Who are you?\n"
                "A: Harbour Knits is a small knitwear company based in Whitby. We make jumpers for outdoor shops.\n"
                "Q: What was going wrong?\n"
                "A: One jumper in eight came back because it did not fit. Nobody could tell a customer which size to order.\n"
                "Q: So what did you do about it?\n"
                "A: We built a size adviser that works from two photographs, using computer vision, and we knit to order.\n"
                "Q: Did it work?\n"
                "A: Returns fell from 12% to 4% in one season. We also throw away less yarn.\n"
                "Q: Who helped you?\n"
                "A: The University of York trained the model together with Fitwise Ltd.\n",
            ),
        ],
        year=2022,
        organisation="Harbour Knits",
        sector=("knitwear", "Harbour Knits is a small knitwear company based in Whitby"),
        challenge="One jumper in eight came back because it did not fit",
        solution="We built a size adviser that works from two photographs, using computer vision",
        results=(
            result(4, "%", "Returns fell from 12% to 4% in one season"),
            result(None, "", "We also throw away less yarn"),
        ),
        technologies=("computer vision", "knit to order"),
        partners=("University of York", "Fitwise"),
        language="en",
    ),
)

ARTICLES: tuple[Told, ...] = (
    told(
        "2023-articolo-bottoni-dal-latte.md",
        "I bottoni nati dal latte scaduto",
        [
            (
                "",
                "A Grumello, dove si fanno bottoni da un secolo, il latte scaduto è diventato una materia prima. "
                "La Bottonificio Adda S.p.A. produce dal 1951 bottoni per camiceria e ne esporta due terzi.\n\n"
                "Fino al 2019 usava quasi soltanto poliestere, e un quarto di ogni lastra finiva in trucioli che nessuno ritirava. "
                "«Pagavamo per buttare», ricorda il titolare, Aldo Rota.\n\n"
                "Dal 2020 l'azienda ricava la lastra dalla caseina, che estrae dal latte invenduto con un enzima. "
                "A portarle il latte è la Centrale del Latte di Brescia; la ricetta viene da un gruppo di ricercatori dell'Università di Bergamo.\n\n"
                "I trucioli ora si sciolgono e rientrano nella lastra. L'anno scorso Bottonificio Adda ha venduto 9 milioni di bottoni di caseina "
                "e ha ridotto i rifiuti del 35%. Un grande marchio francese li ha scelti per tutta la linea bambino.\n\n"
                "Secondo un'indagine europea il 60% dei bottoni resta di plastica. Altri produttori stanno provando con il mais.",
            ),
        ],
        year=2023,
        organisation="Bottonificio Adda",
        sector=("bottoni per camiceria", "produce dal 1951 bottoni per camiceria"),
        challenge="Fino al 2019 usava quasi soltanto poliestere, e un quarto di ogni lastra finiva in trucioli che nessuno ritirava",
        solution="Dal 2020 l'azienda ricava la lastra dalla caseina, che estrae dal latte invenduto con un enzima",
        results=(
            result(
                9_000_000,
                "bottoni",
                "ha venduto 9 milioni di bottoni di caseina e ha ridotto i rifiuti del 35%",
            ),
            result(
                35, "%", "ha venduto 9 milioni di bottoni di caseina e ha ridotto i rifiuti del 35%"
            ),
            result(None, "", "Un grande marchio francese li ha scelti per tutta la linea bambino"),
        ),
        technologies=("caseina", "enzima"),
        partners=("Centrale del Latte di Brescia", "Università di Bergamo"),
    ),
    told(
        "2021-article-cork-shoes.md",
        "How a shoemaker learnt to rent",
        [
            (
                "",
                "When children's feet grow, shoes are thrown away long before they wear out. Parents at the school gate in Porto "
                "complained about it for years, and Sobral Shoes listened.\n\n"
                "Sobral Shoes, a family firm that makes children's footwear, launched a subscription in 2019: for nine euros a month "
                "a child always has a pair that fits. Worn pairs come back, are cleaned with ozone and get a new cork sole.\n\n"
                "The reverse logistics run on software by Looply, and the Polytechnic of Porto tested how often a sole can be replaced. "
                "By 2021 some 3,200 families had signed up and 40% of all pairs were in their second life.\n\n"
                "Other brands have looked at renting, but most gave up because of cleaning costs.",
            ),
        ],
        year=2021,
        organisation="Sobral Shoes",
        sector=("children's footwear", "a family firm that makes children's footwear"),
        challenge="When children's feet grow, shoes are thrown away long before they wear out",
        solution="launched a subscription in 2019: for nine euros a month a child always has a pair that fits",
        results=(
            result(3200, "families", "By 2021 some 3,200 families had signed up"),
            result(40, "%", "40% of all pairs were in their second life"),
        ),
        technologies=("ozone", "software"),
        partners=("Looply", "Polytechnic of Porto"),
        language="en",
    ),
)
