"""Italian analysis: the only place where text becomes terms or sentences.

`terms` feeds the lexical index and its queries; `sentences` gives the units that are encoded,
marked and quoted. Whoever changes either of them, or how `search.passages` cuts, raises
`ANALYSIS_VERSION`, so that an index built with the old rules is rebuilt rather than searched
with the new ones.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import sentencex
import Stemmer

from .datatypes import Span

ANALYSIS_VERSION = 2

# A number keeps its separators (1.200, 2024/1781); a word stops at an apostrophe, so that
# "dell'economia" is "dell" and "economia".
_WORD = re.compile(r"\d+(?:[.,/]\d+)+|[^\W_]+")

_STEMMER = Stemmer.Stemmer("italian")
_STEMMER_LOCK = threading.Lock()  # PyStemmer's stemmers are not thread-safe

_STOP_WORDS_IT = """
a ad agli ai al all alla alle allo anche c che chi ci co coi col come con cui d da dagli dai dal
dall dalla dalle dallo degli dei del dell della delle dello di dove e ed era gli ha hanno i il in
l la le lo loro ma mi ne negli nei nel nell nella nelle nello non o od per perché più qual quale
quali quando quanto quella quelle quelli quello questa queste questi questo s se si sia sono su
sugli sui sul sull sulla sulle sullo tra un una uno fra è
"""
_STOP_WORDS_EN = "the of and to in is are what which who how"
STOP_WORDS = frozenset(_STOP_WORDS_IT.split() + _STOP_WORDS_EN.split())
"""Words that only hold a question together. Dropped unless nothing else is left."""


def printable(text: str) -> str:
    """``text`` on one line that a terminal can be shown: no control and format characters.

    They could move the cursor, change the window's title or forge a line of a report.
    """
    shown = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return " ".join(shown.split())


def terms(text: str) -> list[str]:
    """The terms ``text`` is searched by, in order, with repetitions.

    Each word counts as its Snowball stem and, where it differs, as the stem of its dictionary
    form: Snowball splits *circolare* (circol) from *circolari* (circolar), the dictionary joins
    them; the dictionary does not know *ecodesign*, the stemmer does. Accents are folded last:
    *tracciabilita* finds *tracciabilità*.

    References:
        M. F. Porter, Snowball (2001); A. Barbaresi, simplemma.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
    kept = [word for word in words if word not in STOP_WORDS] or words
    return [term for word in kept for term in _terms_of(word)]


@lru_cache(maxsize=200_000)
def _terms_of(word: str) -> tuple[str, ...]:
    from simplemma import lemmatize  # noqa: PLC0415 - half of what a reader process loads

    forms = (word, lemmatize(word, lang="it").lower())
    with _STEMMER_LOCK:
        stems = [_fold_accents(_STEMMER.stemWord(form)) for form in forms]
    return tuple(dict.fromkeys(stems))


def _fold_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_ABBREVIATION_AT_END = re.compile(
    r"""(?: \b(?: n | nn | p | pp | pag | pagg | art | artt | co | cap | capp | fig | figg | tab
              | vol | cfr | vs | es | ca | cd | c\.d | all | par | lett | reg | dir | dott | prof
              | ing | avv | arch | sig | sigg | d\.lgs | d\.l | d\.m | l
              | v | ed | min | max | tel )\.
          | (?: s\.p\.a | s\.r\.l | s\.n\.c | s\.a\.s | soc\.\s?coop | s\.c\.a\.r\.l | s\.b )\.
        )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_COMPANY_AT_END = re.compile(r"(?:s\.p\.a|s\.r\.l|s\.n\.c|s\.a\.s|coop|s\.b)\.\s*$", re.IGNORECASE)
_LIST_MARKER = re.compile(r"\s*(?:\d{1,3}|[^\W\d_])[.)]\s*")
_DOTTED_LINE = re.compile(r"(?:\.\s?){5,}|…\s?…")
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text``: in order, without overlap, without blanks at their ends.

    A line break ends a sentence (a table row, an item of a list). Inside a line the boundaries
    are sentencex's, except after abbreviations of Italian offices and firms that it does not
    know ("S.p.A. ha sede", "pag. 5", "N. 3"), and except after the number or letter that opens
    an item of a list ("2. Tracciare"). What says nothing is no sentence: a stretch without
    letters or digits, a bare web address, the dotted line of a table of contents.
    """
    spans = []
    for line in re.finditer(r"[^\n]+", text):
        if not _DOTTED_LINE.search(line.group()):
            spans += _sentences_of_line(line.group(), line.start())
    return tuple(spans)


def _sentences_of_line(line: str, offset: int) -> list[Span]:
    spans: list[Span] = []
    start = end = 0
    for piece in sentencex.segment("it", line):
        # sentencex returns the text piece by piece, nothing left out, so lengths are offsets.
        if start < end and not _ends_here(line[start:end], piece):
            end += len(piece)
        else:
            spans += _trimmed(line, start, end, offset)
            start, end = end, end + len(piece)
    return spans + _trimmed(line, start, end, offset)


def _ends_here(before: str, after: str) -> bool:
    if _LIST_MARKER.fullmatch(before):
        return False
    if not _ABBREVIATION_AT_END.search(before):
        return True
    # A firm's name may close a sentence; "art." and "pag." never do.
    return bool(_COMPANY_AT_END.search(before)) and after[:1].isupper()


def _trimmed(line: str, start: int, end: int, offset: int) -> list[Span]:
    piece = line[start:end]
    if not any(c.isalnum() for c in _WEB_ADDRESS.sub("", piece)):
        return []
    left = start + len(piece) - len(piece.lstrip())
    return [Span(offset + left, offset + left + len(piece.strip()))]
