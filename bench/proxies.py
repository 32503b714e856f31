"""Relevance sets of small documents, made on the fly of one of paragraphs: sentences, answers.

Reports are long and the sets at hand are of paragraphs, but the same ranking must hold for
collections of short answers and of single sentences. Nobody judged which sentence of a paragraph
answers, so what is ranked are paragraphs still, each where the best of its pieces is: a piece
finds its paragraph alone, without the sentences around it and without the title.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

from search.beir import RelevanceSet
from search.text import sentences

ANSWER_SENTENCES = (1, 2, 3)
"""Answers have so many sentences in turn."""

_PIECE = "#"


def as_sentences(relevance: RelevanceSet) -> RelevanceSet:
    """Each sentence a document of its own, without a title."""
    return _in_pieces(relevance, (1,))


def as_answers(relevance: RelevanceSet) -> RelevanceSet:
    """One, two and three sentences in turn a document of their own, without a title."""
    return _in_pieces(relevance, ANSWER_SENTENCES)


def whole_of(piece: str) -> str:
    """The id of the document that ``piece`` was cut from."""
    return piece.rpartition(_PIECE)[0]


def _in_pieces(relevance: RelevanceSet, sizes: tuple[int, ...]) -> RelevanceSet:
    """The documents in pieces; the judgments stay those of the whole ones."""
    pieces = tuple(
        (f"{id_}{_PIECE}{number}", "", piece)
        for id_, _, text in relevance.documents
        for number, piece in enumerate(_pieces(text, sizes), start=1)
    )
    return replace(relevance, documents=pieces)


def _pieces(text: str, sizes: tuple[int, ...]) -> Iterator[str]:
    found = iter(sentences(text))
    for size in cycle(sizes):
        piece = list(islice(found, size))
        if not piece:
            return
        yield text[piece[0].start : piece[-1].end]
