"""How many words of the domain meet that should, and how many that should not.

    python -m bench.italian_analysis [--split dev|test] [--list]

The pairs are in italian_pairs.tsv, labelled by meaning before any analysis saw them. Two texts meet
when one of them, as a question, finds the other. Four analyses are compared: Snowball's stems of
the words between blanks and punctuation; the stems of simplemma's dictionary forms; both together;
and what is shipped (`search.lexical` over `search.text.words`), of which the pairs that meet by
their family only (at less than full weight) are told apart. ``--list`` names what goes wrong.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import Stemmer
from simplemma import lemmatize

from search.lexical import LexicalIndex
from search.text import STOP_WORDS, terms

PAIRS = Path(__file__).with_name("italian_pairs.tsv")
SHIPPED = "shipped"
WORD = re.compile(r"\d+(?:[.,/]\d+)+|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts; ``label`` is "meet", "apart" or "free", ``split`` "dev" or "test"."""

    split: str
    kind: str
    label: str
    one: str
    other: str


Met = Callable[[Sequence[Pair]], list[bool]]


def load_pairs() -> list[Pair]:
    """The labelled pairs."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    rows = csv.reader(
        (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    next(rows)  # the names of the columns
    return [Pair(*row) for row in rows]


def by_shipped(pairs: Sequence[Pair]) -> list[bool]:
    """Whether one text of each pair, as a question, finds the other in an index of all of them."""
    texts = [text for pair in pairs for text in (pair.one, pair.other)]
    index = LexicalIndex.build(texts)
    found = [index.scores(text) > 0 for text in texts]
    return [bool(found[2 * i][2 * i + 1] or found[2 * i + 1][2 * i]) for i in range(len(pairs))]


def by_terms(analysis: Callable[[str], Sequence[str]]) -> Met:
    """Whether the terms of both texts have one in common."""
    return lambda pairs: [not set(analysis(p.one)).isdisjoint(analysis(p.other)) for p in pairs]


def snowball(text: str) -> list[str]:
    """Stems."""
    return Stemmer.Stemmer("italian").stemWords(_words(text))


def dictionary(text: str) -> list[str]:
    """Stems of dictionary forms."""
    lemmas = [lemmatize(word, lang="it").lower() for word in _words(text)]
    return Stemmer.Stemmer("italian").stemWords(lemmas)


def both(text: str) -> list[str]:
    """The two."""
    return snowball(text) + dictionary(text)


ANALYSES: dict[str, Met] = {
    "snowball": by_terms(snowball),
    "dictionary": by_terms(dictionary),
    "both": by_terms(both),
    "shipped, forms": by_terms(terms),
    SHIPPED: by_shipped,
}


def shares(pairs: Sequence[Pair], met: Sequence[bool]) -> dict[tuple[str, str], tuple[int, int]]:
    """How many pairs met, of how many, by label and kind; kind "all" is every one of the label."""
    of: Counter[tuple[str, str]] = Counter()
    meeting: Counter[tuple[str, str]] = Counter()
    for pair, does in zip(pairs, met, strict=True):
        for key in ((pair.label, pair.kind), (pair.label, "all")):
            of[key] += 1
            meeting[key] += does
    return {key: (meeting[key], count) for key, count in of.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--split", choices=("dev", "test"), help="one half of the pairs only")
    parser.add_argument("--list", action="store_true", help="name what goes wrong as shipped")
    options = parser.parse_args()
    pairs = [pair for pair in load_pairs() if options.split in (None, pair.split)]
    met = {name: analysis(pairs) for name, analysis in ANALYSES.items()}
    tables = {name: shares(pairs, each) for name, each in met.items()}
    print("| label | kind | pairs | " + " | ".join(tables) + " |")
    print("|---|---|---:|" + "---:|" * len(tables))
    for label, kind in sorted(tables[SHIPPED], reverse=True):
        cells = [f"{table[label, kind][0]}" for table in tables.values()]
        count = tables[SHIPPED][label, kind][1]
        print(f"| {label} | {kind} | {count} | " + " | ".join(cells) + " |")
    if options.list:
        for pair, does in zip(pairs, met[SHIPPED], strict=True):
            if pair.label != "free" and does != (pair.label == "meet"):
                print(f"{pair.label}, but not so: {pair.one} / {pair.other} ({pair.split})")


def _words(text: str) -> list[str]:
    words = WORD.findall(text.lower())
    return [word for word in words if word not in STOP_WORDS] or words


if __name__ == "__main__":
    main()
