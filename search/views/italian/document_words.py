"""What is said of a document and of its pages, in Italian."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from .words import KIND_NAMES, counted, number

PAGE = "Documento"
BACK_TO_HITS = "Torna ai risultati"
DOWNLOAD = "Scarica il file"
PREVIOUS, NEXT = "Precedente", "Successiva"
PREVIOUS_PART, NEXT_PART = "Indietro", "Avanti"

OUTLINE = "Indice del documento"
MATCHES = "Altri passi per la tua domanda"
SIMILAR = "Documenti simili"
CITE = "Cita"
REFERENCE = "Voce bibliografica (APA)"
IN_TEXT = "Nel testo (APA)"
BIBTEX = "BibTeX"
LINK = "Collegamento a questa pagina"
NO_DATE = "s.d."

OLDER_VERSIONS = "Versioni precedenti:"
GONE_TITLE = "Questo documento non c’è più"
GONE_ADVICE = (
    "L’indirizzo porta a un documento, o a un passaggio, che non è, o non è più, nella base di "
    "conoscenza. Cercalo di nuovo dalla pagina Cerca."
)
PASSAGE_GONE = (
    "Il passaggio a cui portava l’indirizzo non c’è più: il documento è cambiato. "
    "Eccolo dall’inizio."
)
NO_ORIGINAL = "Il file originale non c’è più: si può leggere solo il testo che ne era stato preso."
NO_TEXT = "Qui non c’è testo."
LOCKED = (
    "La pagina non si può mostrare: il file è protetto da una password. "
    "Apri l’originale e scrivila; ecco intanto il testo della pagina."
)
NOT_DRAWN = "L’immagine di questa pagina non è disponibile: ecco il testo."

_UNITS = {
    "application/pdf": ("pagina", "pagine"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
        "diapositiva",
        "diapositive",
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("foglio", "fogli"),
}
_PARTS = ("parte", "parti")
_PAGES_LISTED = 8
_FORMATS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "application/epub+zip": "EPUB",
    "text/html": "pagina web",
    "text/markdown": "Markdown",
    "text/plain": "testo",
}


def file_format(media_type: str) -> str:
    """What a format is called; "" for one we have no name for."""
    return _FORMATS.get(media_type, "")


def cited_kind(key: str) -> str:
    """The kind of a document as a bibliography names it; "" where that says nothing."""
    return "" if key == "altro" else KIND_NAMES.get(key, "")


def size(pages: int, media_type: str) -> str:
    """How long a document is: "16 pagine"; "" where its format has no pages and it has one."""
    if pages == 1 and media_type not in _UNITS:
        return ""
    return counted(pages, *_UNITS.get(media_type, _PARTS))


def unit(media_type: str) -> str:
    """What a page of that format is called, with a capital letter."""
    return _UNITS.get(media_type, _PARTS)[0].capitalize()


def at(page: int, media_type: str) -> str:
    """A page where there is little room: "p. 3", "diapositiva 3"."""
    return f"p. {page}" if media_type == "application/pdf" else f"{_one(media_type)} {page}"


def place(page: int, pages: int, part: int, parts: int, media_type: str) -> str:
    """Where one is in a document: "Pagina 3 di 16", "Foglio 2 di 7, parte 1 di 4"."""
    said = [f"{unit(media_type)} {number(page)} di {number(pages)}"] if pages > 1 else []
    if parts > 1:
        said.append(f"{'parte' if said else 'Parte'} {number(part)} di {number(parts)}")
    return ", ".join(said)


def go_to_page(pages: int, media_type: str) -> str:
    """The label of the box that takes the number of a page."""
    return f"{unit(media_type)}, da 1 a {number(pages)}"


def of_pages(pages: int, part: int, parts: int) -> str:
    """After that box: "di 16", "di 7, parte 1 di 4"."""
    more = f", parte {number(part)} di {number(parts)}" if parts > 1 else ""
    return f"di {number(pages)}{more}"


def no_such_page(page: int, pages: int, media_type: str) -> str:
    """That a page is not there; the last one is shown instead."""
    length = counted(pages, *_UNITS.get(media_type, _PARTS))
    return f"Il documento ha {length}, e il numero {number(page)} non c’è: ecco la fine."


def page_picture(title: str, page: int, is_marked: bool) -> str:
    """What the picture of a page shows, for those who do not see it."""
    return f"Pagina {page} di «{title}»" + (", con il passaggio evidenziato" if is_marked else "")


def marked_elsewhere(page: int, media_type: str) -> str:
    """The link back to the page of the passage that is marked."""
    return f"Il passaggio evidenziato è a {at(page, media_type)}"


def without_text(pages: Sequence[int], media_type: str) -> str:
    """That nothing could be read on some pages, and so nothing there is found."""
    one, many = _UNITS.get(media_type, _PARTS)
    where = f"{one} {pages[0]}" if len(pages) == 1 else f"{many} {', '.join(map(str, pages))}"
    if len(pages) > _PAGES_LISTED:
        where = counted(len(pages), one, many)
    return f"Senza testo leggibile: {where}. Quel che c’è scritto lì la ricerca non lo trova."


def file_name(path: str) -> str:
    """The name of a file of the corpus."""
    return PurePosixPath(path).name


def _one(media_type: str) -> str:
    return _UNITS.get(media_type, _PARTS)[0]
