"""The measured variants are the ranking that ships under other weights, on sets cut from others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.ablation import (
    ADDED,
    BARE,
    BASELINE,
    REMOVED,
    measured_beside_the_engine,
    page,
    setting_of,
)
from bench.proxies import as_answers, as_sentences, whole_of
from search.beir import RelevanceSet
from search.datatypes import Query
from search.encoder import Encoder
from search.engine import Engine
from search.evaluation import throwaway_engine
from search.settings import Ranking, as_it_ships, bm25, dense
from search.topics import Topics

TEXTS = {
    "reti": "Dalle reti da pesca dismesse si ricava nylon rigenerato. Chi le raccoglie?",
    "lana": "La lana di scarto diventa feltro. Il feltro isola le case.",
    "carta": "Una scocca di carta pressata si ricicla con la carta. Scarti, 2024.",
    "canone": "La lavatrice si paga a canone mensile. Chi paga la riparazione?",
    "capo": "Un codice sul capo racconta la filiera al cliente.",
    "sfida": "L'azienda lancia una sfida e sceglie una startup. La startup prova in fabbrica.",
    "uova": "Le uova hanno un registro distribuito. Il registro dice da quale allevamento vengono.",
    "sughero": "Sughero",
}
QUESTIONS = [
    "reti da pesca",
    "Chi ripara la lavatrice presa a noleggio?",
    "Where do the eggs come from?",
    "riciclo della carta e scarti di lana",
    "xyzzy",
]


def relevance(texts: dict[str, str]) -> RelevanceSet:
    documents = tuple((id_, f"Titolo {id_}", text) for id_, text in texts.items())
    return RelevanceSet(documents, {"q": "domanda"}, {"q": {next(iter(texts)): 1}})


@pytest.fixture(scope="module")
def engine(encoder: Encoder) -> Iterator[Engine]:
    with throwaway_engine(relevance(TEXTS), encoder, lambda *_: None) as made:
        yield made


def rankings(setting, engine: Engine) -> list[Ranking]:
    queries = [Query(text, k=len(TEXTS)) for text in QUESTIONS]
    return setting(engine, queries, engine.encoder.encode_queries(QUESTIONS))


def test_nothing_removed_is_the_ranking_that_ships(engine: Engine):
    assert rankings(setting_of(REMOVED[BASELINE]), engine) == rankings(as_it_ships, engine)


def test_bare_without_words_is_the_cosine_of_the_passages(engine: Engine):
    only_meaning = setting_of(replace(BARE, words=0))
    assert rankings(only_meaning, engine) == rankings(dense, engine)


def test_words_alone_put_first_what_bm25_does(engine: Engine):
    only_words = rankings(setting_of(replace(BARE, words=1)), engine)
    for found, expected in zip(only_words, rankings(bm25, engine), strict=True):
        assert list(found[: len(expected)]) == list(expected)


def test_every_variant_but_the_baseline_has_other_weights_than_the_engine():
    variants = list((REMOVED | ADDED).values())
    assert len(set(variants)) == len(variants)


def test_each_sentence_becomes_a_document_without_a_title():
    found = as_sentences(relevance({"a": "Uno è qui. Due è là!\nTre", "b": "Quattro."}))
    assert found.documents == (
        ("a#1", "", "Uno è qui."),
        ("a#2", "", "Due è là!"),
        ("a#3", "", "Tre"),
        ("b#1", "", "Quattro."),
    )
    assert found.queries == {"q": "domanda"}
    assert found.qrels == {"q": {"a": 1}}


def test_answers_have_one_two_and_three_sentences_in_turn():
    found = as_answers(relevance({"a": "Una. Due. Tre. Quattro. Cinque. Sei. Sette. Otto."}))
    assert [text for _, _, text in found.documents] == [
        "Una.",
        "Due. Tre.",
        "Quattro. Cinque. Sei.",
        "Sette.",
        "Otto.",
    ]


@pytest.mark.parametrize("id_", ["a", "a#b", "p#1#2"])
def test_a_piece_is_judged_as_the_document_it_was_cut_from(id_: str):
    (piece,) = as_sentences(relevance({id_: "Una frase sola."})).documents
    assert whole_of(piece[0]) == id_


def test_the_page_has_a_row_for_each_setting_and_marks_what_differs():
    qrels = {f"q{n}": {"a": 1} for n in range(12)}
    topics = Topics("prova", dict.fromkeys(qrels, "x"), qrels, 2, "documents", 0)
    good, poor = ({q: {best: 1.0, other: 0.5} for q in qrels} for best, other in ("ab", "ba"))
    worse = {"no words": poor, "bare": poor}
    runs = {name: worse.get(name, good) for name in REMOVED | ADDED}
    written = page([measured_beside_the_engine(topics, runs)], ["non c'è"])
    rows = [line for line in written.splitlines() if line.startswith("| ")]
    assert rows.count("| setting | prova |") == 2
    assert len(rows) == 2 + len(REMOVED) + len(ADDED)
    assert "| engine | 1.000 |" in rows
    assert "| no words | 0.631† |" in rows
    assert "| no stretch | 1.000 |" in rows
    assert "Not measured: non c'è." in written
