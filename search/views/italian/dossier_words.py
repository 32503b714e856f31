"""What the page "Dossier" says, in Italian, and the words printed in what it exports."""

from __future__ import annotations

from .words import number

PAGE = "Dossier"
ADD = "Aggiungi al dossier"
HELD = "Nel dossier"
REMOVE_HELP = "Toglie dal dossier"
ADD_HELP = "Lo mette in fondo al dossier, con la sua fonte"
FULL = "Il dossier è pieno: togli qualcosa prima di aggiungere."


def page(entries: int) -> str:
    """The page's name in the navigation, with how many entries there are."""
    return f"{PAGE} ({number(entries)})" if entries else PAGE
