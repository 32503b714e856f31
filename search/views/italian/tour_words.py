"""What the first look around says, in Italian."""

from __future__ import annotations

TITLE = "Prima volta qui?"
STEPS = (
    (
        "Chiedi come parleresti",
        "Una tendenza, un caso, un partner o un fatto: in cima viene la risposta, "
        "con le parole dei documenti.",
    ),
    (
        "Apri la fonte",
        "Ogni frase porta alla sua pagina, con il passaggio evidenziato, e all’originale.",
    ),
    (
        "Guardati intorno",
        "Tendenze, case history, chi fa cosa e gruppi si sfogliano anche senza una domanda.",
    ),
    (
        "Tieni quello che serve",
        "Raccogli passaggi e casi in un dossier, con le citazioni già numerate.",
    ),
)
CLOSE = "Ho capito, non mostrarlo più"
AGAIN = "Come funziona"
