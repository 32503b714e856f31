"""Words of the trade that mean the same: DPP, passaporto digitale di prodotto. For queries only.

They are read from a text file that anyone can edit. One line is one meaning, its terms separated by
commas, in any language and order; what follows # is a remark; blank lines say nothing:

    DPP, passaporto digitale di prodotto, digital product passport   # regolamento (UE) 2024/1781

A term is found in a query in any of its forms ("passaporti digitali dei prodotti"); an acronym
(one word with two capitals or more) only as it is, and one of two letters only in capitals: "AM" is
not "am". Of "su misura" the analysis leaves one word, which says something else: such a term too is
found only as it is, and never looked for instead of another; nor is an acronym that is the stem of
a word ("PoC" of "poco").

`search.lexical` says what a synonym is worth beside the word that was asked. For the search by
meaning an acronym is spelt out in the query, with the first term of its line that is none.

The file is ``synonyms.txt`` in the folder of the index if there is one, so that each index can have
its own; else the one that is shipped (`SHIPPED`). It is read again when it has changed.

References:
    The format is that of Solr's and Elasticsearch's synonyms, for terms that are interchangeable.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .dictionaries import is_word
from .errors import SynonymsError
from .lexical import Clause
from .text import Word, words

NAME = "synonyms.txt"
SHIPPED = Path(__file__).parent / "data" / NAME

MAX_WORDS = 12
"""In a term."""

_HYPHEN = re.compile("[-‐‑]")
_ACRONYM = re.compile(r"[^\W_]*[A-Z][^\W_]*[A-Z][^\W_]*")


@dataclass(frozen=True, slots=True)
class _Term:
    """A term as it is looked for.

    Attributes:
        exactly: matches where a text has it as it is written.
        is_acronym: it is one word with two capitals or more.
        is_remnant: the analysis leaves one word of several.
        stands_in: it is looked for where another term of its line is asked for.
    """

    written: str
    words: tuple[Word, ...]
    exactly: re.Pattern[str]
    is_acronym: bool
    is_remnant: bool
    stands_in: bool


class Synonyms:
    """Terms that mean the same. Immutable, safe between threads.

    Args:
        meanings: the terms of each meaning, two or more.

    Attributes:
        meanings: as they were given.
    """

    def __init__(self, meanings: Sequence[Sequence[str]] = ()) -> None:
        self.meanings = tuple(map(tuple, meanings))
        found: defaultdict[str, list[tuple[_Term, tuple[_Term, ...]]]] = defaultdict(list)
        self._acronyms: list[tuple[_Term, str]] = []
        for meaning in meanings:
            terms = tuple(map(_term, meaning))
            full = next((term.written for term in terms if not term.is_acronym), "")
            for term in terms:
                others = tuple(other for other in terms if other.words != term.words)
                found[term.words[0].forms[0]].append((term, others))
                if term.is_acronym and full:
                    self._acronyms.append((term, full))
        self._terms = dict(found)

    def clauses(self, text: str) -> list[Clause]:
        """The words of ``text`` in order, each with the synonyms of the term that it is part of.

        Terms are looked for from left to right, of several that begin with a word the longest.
        """
        asked = words(text)
        found: list[Clause] = []
        while len(found) < len(asked):
            length, others = self._longest(text, asked[len(found) :])
            instead = tuple(dict.fromkeys(other.words for other in others if other.stands_in))
            found += [Clause(word, instead) for word in asked[len(found) :][:length]]
        return found

    def spelt_out(self, text: str) -> str:
        """``text`` with each acronym followed, once, by what it stands for, in brackets."""
        for term, full in self._acronyms:
            if full.casefold() not in text.casefold():
                found = term.exactly.search(text)
                if found:
                    text = f"{text[: found.end()]} ({full}){text[found.end() :]}"
        return text

    def _longest(self, text: str, asked: Sequence[Word]) -> tuple[int, tuple[_Term, ...]]:
        """How many words the longest term at the beginning has, and those that mean the same."""
        near = (pair for form in asked[0].forms for pair in self._terms.get(form, ()))
        fit = [(term, others) for term, others in near if _begins(term, text, asked)]
        if not fit:
            return 1, ()
        length = max(len(term.words) for term, _ in fit)
        longest = [others for term, others in fit if len(term.words) == length]
        return length, tuple(other for others in longest for other in others)


def synonyms_of(index: Path) -> Synonyms:
    """Those of an index: its own file if it has one, else the shipped one.

    Raises:
        SynonymsError: the file cannot be read, or a line is not what it should be.
    """
    own = index / NAME
    path = own if own.exists() else SHIPPED
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise SynonymsError(f"{path} cannot be read: {error.strerror}") from error
    return _read(path, changed)


def read_synonyms(path: Path) -> Synonyms:
    """The synonyms of a file, in the format above.

    Raises:
        SynonymsError: the file cannot be read, or a line is not what it should be; the message
            names both and says what to write.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SynonymsError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SynonymsError(f"{path} is not UTF-8: save it as UTF-8 in the editor") from error
    return Synonyms(list(_meanings(path, text)))


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Synonyms:
    return read_synonyms(path)


def _meanings(path: Path, text: str) -> Iterator[tuple[str, ...]]:
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.partition("#")[0].strip()
        if said:
            meaning = tuple(" ".join(term.split()) for term in said.split(","))
            if wrong := _wrong(meaning):
                raise SynonymsError(f"{path}, line {number}: {wrong}")
            yield meaning


def _wrong(meaning: tuple[str, ...]) -> str:
    """What is wrong with the terms of a line, and what to do; "" if nothing."""
    for place, term in enumerate(meaning, start=1):
        if not any(map(str.isalnum, term)):
            return f"term {place} has no letter and no digit: write one, or leave out its comma"
        if len(term.split()) > MAX_WORDS:
            return f"{term!r} has more than {MAX_WORDS} words: put a comma between two terms"
    if len({term.casefold() for term in meaning}) < 2:
        return f"{meaning[0]!r} stands alone: write what means the same after a comma"
    return ""


def _term(written: str) -> _Term:
    is_acronym = _ACRONYM.fullmatch(written) is not None
    # Of "co-design" the joined word only: its parts alone say something else.
    found = tuple(words(written if " " in written else _HYPHEN.sub("", written)))
    flags = re.NOFLAG if is_acronym and len(written) <= 2 else re.IGNORECASE
    exactly = re.compile(rf"(?<![^\W_]){re.escape(written)}(?![^\W_])", flags)
    is_remnant = " " in written and len(found) < 2
    stands_in = not is_remnant and not (is_acronym and _is_stem(found[0]))
    return _Term(written, found, exactly, is_acronym, is_remnant, stands_in)


def _is_stem(acronym: Word) -> bool:
    """Whether a word of the language has the acronym for its stem: poco of "PoC"."""
    stem = acronym.forms[0]
    inflected = (stem + vowel for vowel in "aeio")
    return any(is_word(word) and stem in words(word)[0].forms for word in inflected)


def _begins(term: _Term, text: str, asked: Sequence[Word]) -> bool:
    """Whether the words that are asked, of all in ``text``, begin with the term's."""
    if len(term.words) > len(asked):
        return False
    if (term.is_acronym or term.is_remnant) and not term.exactly.search(text):
        return False
    return all(
        wanted.forms[0] in word.forms for wanted, word in zip(term.words, asked, strict=False)
    )
