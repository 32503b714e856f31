"""The small corpus: four short Markdown documents, one for each group."""

NETS = "economia-circolare/2023-case-history-reti.md"
STARTUP = "open-innovation/2022-workshop-startup.md"
RENTAL = "nuovi-modelli-di-business/2024-quaderno-noleggio.md"
PASSPORT = "tracciabilita/2025-relazione-introduttiva.md"
SMALL = {
    NETS: "# Le reti tornano filo\n\nDalle reti da pesca dismesse si ricava nylon rigenerato.",
    STARTUP: "# Imprese e startup\n\nL'azienda lancia una sfida e sceglie una startup.",
    RENTAL: "# Il noleggio\n\nLa lavatrice si paga a canone mensile, non si compra.",
    PASSPORT: ("# Il passaporto digitale\n\nUn codice sul capo racconta la filiera al cliente."),
}
"""Text by path."""
PDF = "economia-circolare/2023-case-history-aquafil-econyl.pdf"
"""Of the shipped corpus, in two pages; not in the small corpus, but in `index_with_pdf`."""
NOTES = ("Una nota sul sughero.", "Una nota sul legno.")
"""What `nota.md` says in the second and the third snapshot of the fixture `three`."""
