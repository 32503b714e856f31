"""Italian analysis: the only place where text becomes words, terms or sentences.

`words` and `terms` feed the lexical index and its queries; `sentences` gives the units that are
encoded, marked and quoted. Whoever changes any of them, or how `search.passages` cuts, raises
`ANALYSIS_VERSION`, so that an index built with the old rules is rebuilt rather than searched
with the new ones. `python -m bench.italian_analysis` measures words on labelled pairs.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import sentencex
import Stemmer

from .datatypes import Span

ANALYSIS_VERSION = 3

# A number keeps its separators (1.200, 2024/1781); a word stops at an apostrophe, so that
# "dell'economia" is "dell" and "economia", and goes on after a hyphen.
# Without possessive quantifiers, which Python 3.11 has wrong up to 3.11.3.
_TOKEN = re.compile(r"\d+(?:[.,/]\d+)+|[^\W_]+(?:[-‐][^\W_]+(?![^\W_])(?!(?<=\d)[.,/]\d))*|[%€]")
_HYPHEN = re.compile("[-‐]")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL_POINT = re.compile(r"\d+\.\d+")
_MILA = re.compile(r"(\d+)mila")
_APOSTROPHES = str.maketrans("ʼʹ`´", "''''")  # the first two are letters for Unicode

_STEMMER = Stemmer.Stemmer("italian")
_STEMMER_LOCK = threading.Lock()  # PyStemmer's stemmers are not thread-safe

_STOP_WORDS_IT = """
a ad agli ai al all alla alle allo anche c che chi ci co coi col come con cui d da dagli dai dal
dall dalla dalle dallo degli dei del dell della delle dello di dove e ed era gli ha hanno i il in
l la le lo loro ma mi ne negli nei nel nell nella nelle nello non o od per perché più qual quale
quali quando quanto quell quella quelle quelli quello quest questa queste questi questo s se si
sia sono su sugli sui sul sull sulla sulle sullo tra un una uno fra è
"""
_STOP_WORDS_EN = "the of and to in is are what which who how"
STOP_WORDS = frozenset(_STOP_WORDS_IT.split() + _STOP_WORDS_EN.split())
"""Words that only hold a question together. Dropped unless nothing else is left."""

_FIRST_PARTS = """
agro anti bio cyber eco inter iper know macro micro multi nano neo post pre semi spin start tele
ultra up
"""
_FIRSTS = frozenset(_FIRST_PARTS.split())
"""What begins a word and is hardly one by itself: "eco design" is one word, as "eco-design" is."""

_UNITS = {
    "t": "tonnellate", "tonn": "tonnellate", "kg": "chilogrammi", "chili": "chilogrammi",
    "km": "chilometri", "mln": "milioni", "mld": "miliardi", "mq": "m2", "eur": "euro",
}  # fmt: skip
"""Units after a number, and the words that are written for them."""
_SIGNS = frozenset([*_UNITS, "percento", "percent", "cento", "cent"])


def printable(text: str) -> str:
    """``text`` on one line that a terminal can be shown: no control and format characters.

    They could move the cursor, change the window's title or forge a line of a report.
    """
    shown = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return " ".join(shown.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, as it is searched by.

    Attributes:
        forms: its terms, at least one: all spellings and inflections of it share one.
        family: terms of the verb or adjective that it is derived from (`_origins`), without
            those in ``forms``. Empty for most words.
    """

    forms: tuple[str, ...]
    family: tuple[str, ...]


def words(text: str) -> list[Word]:
    """The words of ``text`` in order, without those that only hold a question together.

    - A word counts as its Snowball stem and as the stem of its dictionary form: Snowball splits
      *circolare* (circol) from *circolari* (circolar), the dictionary joins them; the dictionary
      does not know *ecodesign*, the stemmer does. An accent that is missing at the end is put
      back, all are folded last: *tracciabilita* finds *tracciabilità*.
    - The parts of "eco-design" are two words, of which each counts as *ecodesign* too; so are
      those of "eco design", because *eco* is hardly a word by itself.
    - A number is written the Italian way, without points: "1.200" is 1200, "3.5" is "3,5", "5mila"
      is 5000; "2024/1781" stays. "30 %" and "30 per cento" are "30" and "30%", "t" after a number
      is "tonnellate", "€" is "euro".

    References:
        M. F. Porter, Snowball (2001); A. Barbaresi, simplemma.
    """
    written = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).lower()
    found = _spellings(_TOKEN.findall(written))
    kept = [spelt for spelt in found if _fold_accents(spelt[0]) not in _STOP_WORDS_FOLDED]
    return [_word(spelt) for spelt in kept or found]


def terms(text: str) -> list[str]:
    """The terms of the words of ``text``, in order, with repetitions; no families."""
    return [term for word in words(text) for term in word.forms]


_Spelt = tuple[str, ...]
"""How one word of a text can be written, at least one way; the first is how it stands there."""


def _spellings(tokens: list[str]) -> list[_Spelt]:
    found: list[_Spelt] = []
    for token in tokens:
        if token.isalpha() and token not in _SIGNS and (not found or found[-1][0] not in _FIRSTS):
            found.append((token,))  # most words, so this is short
            continue
        parts = _HYPHEN.split(token)
        joined = ("".join(parts),) if len(parts) > 1 and parts[0].isalpha() else ()
        if not joined and found and found[-1][0] in _FIRSTS and token.isalpha():
            joined = (found[-1][0] + token,)
            found[-1] += joined
        for part in parts:
            found.append((*_spelt_out(part, found), *joined))
    return found


def _spelt_out(part: str, found: list[_Spelt]) -> _Spelt:
    """A number the Italian way, a sign or unit as its word; any other word as it is."""
    if part[0].isdigit():
        return _number(part)
    if part == "€":
        return ("euro",)
    if part in {"cento", "cent"}:  # per cento
        found = found[:-1] if found and found[-1][0] == "per" else []
    number = found[-1][-1] if found and found[-1][0][0].isdigit() else ""
    if part == "%":
        return (number + "%",)
    if part not in _SIGNS or not number:
        return (part,)
    return (part, _UNITS.get(part, number + "%"))


def _number(written: str) -> _Spelt:
    if _THOUSANDS.fullmatch(written):
        return (written.replace(".", ""),)
    if _DECIMAL_POINT.fullmatch(written):
        return (written.replace(".", ","),)
    mila = _MILA.fullmatch(written)
    return (written, mila[1] + "000") if mila else (written,)


@lru_cache(maxsize=200_000)
def _word(spelt: _Spelt) -> Word:
    forms = dict.fromkeys(term for spelling in spelt for term in _terms_of(spelling))
    family = dict.fromkeys(
        term for spelling in spelt for origin in _origins(spelling) for term in _terms_of(origin)
    )
    return Word(tuple(forms), tuple(term for term in family if term not in forms))


@lru_cache(maxsize=200_000)
def _terms_of(spelling: str) -> tuple[str, ...]:
    word = accented(spelling)
    return tuple(dict.fromkeys(_fold_accents(stem(form)) for form in (word, lemma(word))))


def stem(word: str) -> str:
    """Snowball's stem of a word in lower case."""
    with _STEMMER_LOCK:
        return str(_STEMMER.stemWord(word))


def lemma(word: str) -> str:
    """The dictionary form of a word in lower case; itself where the dictionary has none."""
    import simplemma  # noqa: PLC0415 - half of what a reader process loads

    return simplemma.lemmatize(word, lang="it").lower()


def is_known(word: str) -> bool:
    """Whether simplemma's Italian dictionary has ``word``."""
    import simplemma  # noqa: PLC0415

    return simplemma.is_known(word, lang="it")


_LAST_ACCENTS = {"tà": "ta", "ché": "che", "tù": "tu", "dì": "di"}


def accented(word: str) -> str:
    """``word`` with the accent that its end lacks, or has wrong: citta -> città, perchè -> perché.

    Not filera -> filerà: without its accent a verb is sooner another word.
    """
    plain = _fold_accents(word)
    for right_end, end in _LAST_ACCENTS.items():
        if plain.endswith(end) and len(plain) > 3 and not is_known(word):
            right = plain.removesuffix(end) + right_end
            sure = is_known(right) or right.endswith("lità") or _adjective_of(right)
            return right if sure else word
    return word


def _adjective_of(noun: str) -> str:
    """What a noun in -ità is derived from: circolarità from circolare; "" if nothing is known."""
    if not noun.endswith("ità") or len(noun) < 9:
        return ""
    adjectives = (noun.removesuffix("ità") + ending for ending in "eoa")
    return next((word for word in adjectives if word.endswith("bile") or is_known(word)), "")


_DERIVED_FROM_VERBS = {
    "abile": ("are",), "ibile": ("ire", "ere"), "aggio": ("are",),
    **{
        theme + ending: verbs
        for theme, verbs in {"a": ("are",), "i": ("ire", "ere"), "u": ("urre", "uire")}.items()
        for ending in ("zione", "mento", "tore", "trice", "tura", "tivo")
    },
    "uttore": ("urre",), "uttrice": ("urre",), "uttivo": ("urre",),
}  # fmt: skip
"""Ends of nouns and adjectives, and those of the verbs that they may come from."""
_SEEMINGLY_DERIVED = """
additivo colazione condizione formaggio genitore postazione testamento tradizione vantaggio
"""
_NOT_DERIVED = frozenset(_SEEMINGLY_DERIVED.split())
"""Not of addire, colare, condire, formare, genere, postare, testare, tradire, vantare."""


def _origins(word: str) -> tuple[str, ...]:
    """The words that ``word`` is derived from, as far as the dictionary has them.

    Nouns and adjectives in -zione, -mento, -tore, -trice, -tura, -tivo, -aggio, -abile and -ibile
    come from a verb (riciclaggio, tracciamento), those in -ità from an adjective, which may come
    from one (tracciabilità). A verb of another stem (protezione) is not found.
    """
    word = lemma(accented(word))
    if word in _NOT_DERIVED:
        return ()
    if adjective := _adjective_of(word):
        return (adjective, *_origins(adjective))
    for ending, verb_endings in _DERIVED_FROM_VERBS.items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            root = word.removesuffix(ending)
            verbs = (root + verb_ending for verb_ending in verb_endings)
            return tuple(filter(is_known, verbs))[:1]
    return ()


@lru_cache(maxsize=200_000)
def _fold_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_STOP_WORDS_FOLDED = frozenset(map(_fold_accents, STOP_WORDS))

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
