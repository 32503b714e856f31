"""Words as people write and compare them: whole, not stemmed. For spelling and completion.

`search.text` makes the terms that are searched by; here a word stays a word that can be shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

WORD = re.compile(r"[^\W_]+")
"""Letters and digits. Apostrophes and hyphens part words: dell'economia is two, eco-design too."""

_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")

_FUNCTION_WORDS = """
a abbia abbiamo ad agli ai al alcuna alcune alcuni alcuno all alla alle allo altra altre altri
altro anche ancora ben c che chi ci ciascun ciascuna ciascuno ciò co coi col come con contro
così cui d da dagli dai dal dall dalla dalle dallo degli dei del dell della delle dello dentro
deve devono di do dopo dove dunque durante e ecco ed era erano essa esse essere essi esso fa
fanno fare fatto fino fra già gli ha hanno i il in infatti inoltre invece io l la le lei li lo
loro lui lungo ma me meno mentre mi mia mie miei mio molta molte molti molto ne negli nei nel
nell nella nelle nello nessun nessuna nessuno no noi non nostra nostre nostri nostro o ogni
oltre ora oppure per perché però più poco poi possono presso prima può pure qual quale quali
qualche quando quanta quante quanti quanto quasi quella quelle quelli quello quest questa
queste questi questo qui quindi s sarà se sé secondo sei sempre senza si sia siano sono sopra
sotto sta stata state stati stato stesso su sua sue sugli sui sul sull sulla sulle sullo suo
suoi tale tali tanto te tra tramite tu tutta tutte tutti tutto un una uno v va vanno verso vi
via viene vengono voi è
about all an and any are as at be been but by can do does for from had has have how if in into
is it its more no not of on one or our out so such than that the their them then there these
they this those to up was we were what when where which who why will with would you your
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Articles, prepositions, conjunctions, pronouns, auxiliaries: a phrase has none at its ends."""


def fold(text: str) -> str:
    """``text`` without capitals and accents: what two spellings of one word share."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def without_addresses(text: str) -> str:
    """``text`` with a blank for each web address: its words are nobody's spelling."""
    return _WEB_ADDRESS.sub(" ", text) if "://" in text or "www." in text else text


def usual_spelling(counts: Mapping[str, int]) -> str:
    """The most common of spellings that fold alike; in small letters unless they are rare.

    Args:
        counts: how often each stands in the corpus, at least one.
    """
    if len(counts) == 1:
        return next(iter(counts))
    small: Counter[str] = Counter()
    for form, count in counts.items():
        small[form.lower()] += count
    lower = max(small, key=lambda form: (small[form], form))
    if 5 * counts.get(lower, 0) >= small[lower]:
        return lower
    return max(counts, key=lambda form: (counts[form], form))
