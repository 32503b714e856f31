"""Vector search, word search and the filters, each beside an exact reference."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.datatypes import Group, Kind, Query
from search.dense import (
    CENTRE_WEIGHT,
    SENTENCE_WEIGHT,
    DenseIndex,
    build_passage_index,
    read_passage_index,
    write_passage_index,
)
from search.facets import Facets, Named
from search.lexical import FAMILY_WEIGHT, LexicalIndex, best
from search.text import Word, terms, words

# Wild input, but in seconds; a busy machine is no failure.
quick = settings(max_examples=60, deadline=None)

D = 16


def unit_rows(count: int, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, D)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def dense_index(passages: int, seed: int = 0) -> DenseIndex:
    """``passages`` with one, two or three sentences each."""
    owned = np.random.default_rng(seed).integers(1, 4, size=passages)
    starts = np.concatenate([[0], np.cumsum(owned)]).astype(np.int64)
    sentences = unit_rows(int(starts[-1]), seed + 1)
    return index_of(unit_rows(passages, seed + 2), sentences, starts)


def index_of(
    passages: np.ndarray,
    sentences: np.ndarray,
    starts: np.ndarray,
    languages: Sequence[str] = (),
    costs: Sequence[float] = (),
) -> DenseIndex:
    """An index in Italian, unless said otherwise, of sentences that cost nothing."""
    spoken = np.array(languages or ["it"] * len(passages))
    taken = np.array(costs or [0] * len(sentences), dtype=np.float32)
    return DenseIndex(build_passage_index(passages), sentences, starts, spoken, taken)


def shifted_scores(query: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return rows.astype(np.float64) @ (query - CENTRE_WEIGHT * rows.mean(axis=0, dtype=np.float64))


# --- dense


@quick
@given(st.integers(1, 40), st.integers(1, 50), st.integers(0, 1000))
def test_the_nearest_are_those_of_a_search_of_every_row(passages: int, n: int, seed: int):
    index, query = dense_index(passages, seed), unit_rows(1, seed + 9)[0]
    expected = shifted_scores(query, index.passages)
    found = index.nearest(query, n, None)
    assert [c.row for c in found] == np.argsort(-expected)[:n].tolist()
    assert [c.score for c in found] == pytest.approx(np.sort(expected)[::-1][:n], abs=1e-5)


@quick
@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(1, 50), st.integers(0, 1000))
@example([False] * 9, 3, 0)
@example([True] + [False] * 16, 3, 0)
def test_the_nearest_of_those_allowed_are_those_of_a_search_of_these(
    allowed: list[bool], n: int, seed: int
):
    index, query = dense_index(len(allowed), seed), unit_rows(1, seed + 9)[0]
    expected = shifted_scores(query, index.passages)
    order = [int(row) for row in np.argsort(-expected) if allowed[row]]
    found = index.nearest(query, n, np.array(allowed))
    assert [c.row for c in found] == order[:n]
    assert [c.score for c in found] == pytest.approx(expected[order[:n]], abs=1e-5)


def test_equal_passages_are_all_found_with_equal_scores():
    rows = np.repeat(unit_rows(2, 3), 5, axis=0)
    index = index_of(rows, rows, np.arange(11))
    found = index.nearest(rows[0], 5, None)
    assert {c.row for c in found} == {0, 1, 2, 3, 4}
    assert len({c.score for c in found}) == 1
    odd = np.arange(10) % 2 == 1
    assert {c.row for c in index.nearest(rows[0], 10, odd)} == {1, 3, 5, 7, 9}


def test_a_score_weighs_the_passage_and_its_best_sentence():
    passages = np.array([[1, 0], [0, 1]], dtype=np.float32)
    sentences = np.array([[0, 1], [0.6, 0.8], [1, 0]], dtype=np.float32)
    index = index_of(passages, sentences, np.array([0, 2, 3]))
    query = np.array([1, 0], dtype=np.float32)
    # The centres are (0.5, 0.5) and (1.6 / 3, 1.8 / 3); 0.3 of each is taken from the query.
    x, y = 1 - 0.3 * 1.6 / 3, -0.3 * 1.8 / 3
    first, second = index.score(query, [0, 1])
    assert (first.sentence, second.sentence) == (1, 0)
    assert first.score == pytest.approx(0.28 * 0.85 + 0.72 * (0.6 * x + 0.8 * y))
    assert second.score == pytest.approx(0.28 * -0.15 + 0.72 * x)


def test_a_sentence_loses_what_it_costs_and_another_may_be_the_best():
    passages = np.eye(2, dtype=np.float32)[:1]
    sentences = np.array([[1, 0], [0.8, 0.6]], dtype=np.float32)
    query, starts = np.array([1, 0], dtype=np.float32), np.array([0, 2])
    free = index_of(passages, sentences, starts)
    cheap = index_of(passages, sentences, starts, costs=[0.05, 0])
    dear = index_of(passages, sentences, starts, costs=[0.5, 0.25])
    (without,), (little,), (much,) = (index.score(query, [0]) for index in (free, cheap, dear))
    assert [found.sentence for found in (without, little, much)] == [0, 0, 1]
    assert without.score - little.score == pytest.approx(0.72 * 0.05, abs=1e-6)
    # The centre of the sentences is (0.9, 0.3): the second one is nearer to it by 0.18 - 0.18.
    assert little.score - much.score == pytest.approx(
        0.72 * ((1 - 0.3 * 0.9 - 0.05) - (0.8 - 0.3 * 0.9 - 0.25)), abs=1e-6
    )


def test_other_weights_of_sentence_and_centre_can_be_given():
    rows = unit_rows(4, 5)
    query, sentences, starts = unit_rows(1, 6)[0], unit_rows(4, 7), np.arange(5)
    languages, costs = np.full(4, "it"), np.zeros(4, dtype=np.float32)
    index = DenseIndex(
        build_passage_index(rows), sentences, starts, languages, costs, centre_weight=0
    )
    of_passages = [found.score for found in index.score(query, range(4), sentence_weight=0)]
    of_sentences = [found.score for found in index.score(query, range(4), sentence_weight=1)]
    assert of_passages == pytest.approx(rows @ query, abs=1e-6)
    assert of_sentences == pytest.approx(sentences @ query, abs=1e-6)


def test_each_language_has_a_centre_of_its_own():
    passages = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    index = index_of(passages, passages, np.arange(4), languages=["it", "it", "en"])
    query = np.array([0.6, 0.8], dtype=np.float32)
    # The mean of all is (2 / 3, 1 / 3), and ten such passages are added to each language's.
    english = np.array([10 * 2 / 3, 1 + 10 / 3]) / 11
    italian = np.array([2 + 10 * 2 / 3, 10 / 3]) / 12
    found = index.nearest(query, 3, None)
    assert [c.row for c in found] == [2, 0, 1]
    assert found[0].score == pytest.approx(0.8 - 0.3 * english[1])
    assert found[1].score == pytest.approx(0.6 - 0.3 * italian[0])
    assert index.score(query, [2])[0].score == pytest.approx(found[0].score)


@quick
@given(
    st.lists(st.tuples(st.sampled_from(["it", "en", "fr"]), st.booleans()), min_size=1),
    st.integers(1, 50),
    st.integers(0, 1000),
)
def test_the_nearest_in_several_languages_are_those_of_a_search_of_every_row(rows, n, seed):
    languages, allowed = (np.array(column) for column in zip(*rows, strict=True))
    passages, query = unit_rows(len(rows), seed), unit_rows(1, seed + 9)[0]
    index = index_of(passages, passages, np.arange(len(rows) + 1), languages.tolist())
    # With one sentence, which is the passage itself, both give the same score.
    scores = np.array([found.score for found in index.score(query, range(len(rows)))])
    expected = [row for row in np.argsort(-scores, kind="stable").tolist() if allowed[row]][:n]
    found = index.nearest(query, n, allowed)
    assert [c.score for c in found] == pytest.approx(scores[expected], abs=1e-5)
    assert {c.row for c in found} == set(expected)


@quick
@given(st.integers(1, 30), st.integers(0, 1000))
def test_the_best_sentence_is_the_nearest_of_the_passage_s_own(passages: int, seed: int):
    index, query = dense_index(passages, seed), unit_rows(1, seed + 9)[0]
    # The same draw as in dense_index says which sentences are whose.
    owned = np.random.default_rng(seed).integers(1, 4, size=passages)
    starts = np.concatenate([[0], np.cumsum(owned)])
    of_passages = shifted_scores(query, index.passages)
    of_sentences = shifted_scores(query, index.sentences)
    rows = list(range(passages))[::-1]
    for row, scored in zip(rows, index.score(query, rows), strict=True):
        own = of_sentences[starts[row] : starts[row + 1]]
        assert scored.sentence == own.argmax()
        expected = (1 - SENTENCE_WEIGHT) * of_passages[row] + SENTENCE_WEIGHT * own.max()
        assert scored.score == pytest.approx(expected, abs=1e-5)


def test_no_rows_have_no_scores():
    assert dense_index(3).score(unit_rows(1, 0)[0], []) == []


def test_passage_vectors_come_back_from_disk_bit_for_bit(tmp_path: Path):
    rows = unit_rows(7, 1)
    path = tmp_path / "perché no" / "passages.faiss"
    path.parent.mkdir()
    write_passage_index(build_passage_index(rows), path)
    index = read_passage_index(path)
    assert isinstance(index, faiss.IndexFlatIP)
    assert index_of(rows, rows, np.arange(8)).passages.tobytes() == rows.tobytes()
    assert faiss.vector_to_array(index.codes).tobytes() == rows.tobytes()


# --- lexical

TEXTS = [
    "La filiera della lana e la tracciabilità della filiera.",
    "Il passaporto digitale del prodotto raccoglie i dati della filiera tessile.",
    "Le imprese artigiane innovano con le start-up.",
    "Economia circolare: riuso dei materiali, meno rifiuti, meno materie prime.",
    "I rifiuti tessili diventano materia prima per nuove imprese.",
    "Blockchain e anticontraffazione nella moda.",
    "Canoni d'uso al posto della vendita: un modello di business circolare.",
]
QUESTIONS = [
    "filiera",
    "tracciabilità della filiera tessile",
    "rifiuti rifiuti e imprese",
    "modelli circolari",
    "che cosa è il passaporto digitale?",
    "filiera sconosciuta zyxw",
]
TERMS = sorted({term for text in TEXTS for term in terms(text)} | {"zyxw"})


def indexed(text: str) -> Counter[str]:
    return Counter(
        term for word in words(text) for term in (*word.forms, *("~" + f for f in word.family))
    )


def worths(word: Word) -> dict[str, float]:
    """What each term that matches a word of a question is worth; its forms come first."""
    family = [*word.family, *("~" + term for term in (*word.forms, *word.family))]
    return dict.fromkeys(family, FAMILY_WEIGHT) | dict.fromkeys(word.forms, 1.0)


def lucene_bm25(texts: list[str], question: str) -> list[float]:
    """Lucene's formula, from the paper, the best term of each word: one loop, no matrix."""
    documents = [indexed(text) for text in texts]
    lengths = [sum(document.values()) for document in documents]
    mean = sum(lengths) / len(lengths)
    scores = []
    for document, length in zip(documents, lengths, strict=True):
        score = 0.0
        for word in words(question):
            of_terms = [0.0]
            for term, worth in worths(word).items():
                weight = idf(sum(term in other for other in documents), len(texts))
                often = document[term]
                norm = often + 1.5 * (1 - 0.75 + 0.75 * length / mean)
                of_terms.append(worth * weight * often / norm)
            score += max(of_terms)
        scores.append(score)
    return scores


def full_match(texts: list[str], question: str) -> float:
    """Half the sum of the words' weights: the least of those of a word's known terms."""
    holding = Counter(term for text in texts for term in indexed(text))
    total = 0.0
    for word in words(question):
        known = [term for term in worths(word) if holding[term]]
        terms_of = [term for term in known if term in word.forms] or known or word.forms
        total += min(idf(holding[term], len(texts)) for term in terms_of)
    return total / 2


def idf(holding: int, texts: int) -> float:
    return math.log(1 + (texts - holding + 0.5) / (holding + 0.5))


@pytest.mark.parametrize("question", QUESTIONS)
def test_word_scores_are_lucene_s_over_half_the_question_s_idf(question: str):
    full = full_match(TEXTS, question)
    expected = np.minimum(np.array(lucene_bm25(TEXTS, question)) / full, 1)
    scores = LexicalIndex.build(TEXTS).scores(question)
    assert scores == pytest.approx(expected, abs=1e-5)
    assert scores.dtype == np.float32


@quick
@given(
    st.lists(st.lists(st.sampled_from(TERMS), min_size=1, max_size=12), min_size=1, max_size=12),
    st.lists(st.sampled_from(TERMS), min_size=1, max_size=6),
)
def test_words_rank_as_lucene_s_bm25_does(texts: list[list[str]], question: list[str]):
    corpus, asked = [" ".join(words) for words in texts], " ".join(question)
    reference = np.array(lucene_bm25(corpus, asked))
    scores = LexicalIndex.build(corpus).scores(asked)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert ((scores > 0) == (reference > 0)).all()
    for i in range(len(corpus)):
        clearly_worse = reference < reference[i] - 1e-4
        assert (scores[clearly_worse] <= scores[i]).all()


def test_words_that_no_passage_holds_lower_the_score():
    index = LexicalIndex.build(TEXTS)
    known, diluted = index.scores("passaporto"), index.scores("passaporto zyxw qwvk")
    # "passaporto" is in one of seven texts, each of the other two in none.
    share = idf(1, 7) / (idf(1, 7) + 2 * idf(0, 7))
    assert 0 < diluted[1] == pytest.approx(known[1] * share, rel=1e-5)


def test_a_question_of_unknown_words_scores_nothing():
    assert LexicalIndex.build(TEXTS).scores("zyxw qwvk").tolist() == [0.0] * 7


def test_a_passage_full_of_the_word_scores_one_at_most():
    index = LexicalIndex.build(["lana " * 500, "seta cotone lino canapa"])
    assert 0.9 < index.scores("lana")[0] <= 1


def test_an_index_of_one_text_without_words_answers():
    index = LexicalIndex.build(["lana", "– –"])
    assert index.scores("lana")[0] > 0
    assert index.scores("lana")[1] == 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_saved_word_index_gives_the_same_scores(tmp_path: Path, question: str):
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path / "bm25")
    loaded = LexicalIndex.load(tmp_path / "bm25")
    assert loaded.scores(question).tobytes() == index.scores(question).tobytes()


def test_a_saved_word_index_is_arrays_and_json_and_no_pickle(tmp_path: Path):
    LexicalIndex.build(TEXTS).save(tmp_path)
    files = sorted(tmp_path.rglob("*"))
    assert {path.suffix for path in files} == {".npy", ".json"}
    for path in files:
        if path.suffix == ".npy":
            assert np.load(path, allow_pickle=False).dtype != object
        else:
            assert json.loads(path.read_text(encoding="utf-8"))


some_scores = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0]), min_size=1, max_size=30)


@quick
@given(some_scores, st.integers(1, 35), st.none() | st.randoms(use_true_random=False))
def test_the_best_are_the_head_of_a_full_stable_sort(scores, n, random):
    allowed = None if random is None else np.array([random.random() < 0.5 for _ in scores])
    rows = [
        row for row, score in enumerate(scores) if score > 0 and (allowed is None or allowed[row])
    ]
    expected = sorted(rows, key=lambda row: -scores[row])[:n]
    found = best(np.array(scores, dtype=np.float32), n, allowed)
    assert [c.row for c in found] == expected
    assert [c.score for c in found] == pytest.approx([scores[row] for row in expected])


# --- facets

groups = st.sampled_from(["", *Group])
kinds = st.sampled_from(["altro", *Kind])
years = st.none() | st.integers(1900, 2099)
year_filters = st.none() | st.integers(-5, 5) | st.integers(1895, 2105) | st.just(10**12)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    first, last = draw(year_filters), draw(year_filters)
    if first is not None and last is not None:
        first, last = sorted((first, last))
    return Query(
        "filiera",
        groups=draw(st.frozensets(st.sampled_from(Group), max_size=2)),
        kinds=draw(st.frozensets(st.sampled_from(Kind), max_size=2)),
        first_year=first,
        last_year=last,
    )


@quick
@given(st.lists(st.tuples(groups, kinds, years), min_size=1, max_size=30), queries())
@example([("", "altro", None)], Query("a", first_year=0))
@example([("", "altro", None)], Query("a", first_year=-1, last_year=10**12))
def test_the_filters_leave_what_plain_comparisons_leave(rows, query: Query):
    expected = [
        (not query.groups or group in query.groups)
        and (not query.kinds or kind in query.kinds)
        and (query.first_year is None or (year is not None and year >= query.first_year))
        and (query.last_year is None or (year is not None and year <= query.last_year))
        for group, kind, year in rows
    ]
    allowed = _facets(rows).allowed(query)
    if allowed is None:
        assert all(expected)
    else:
        assert allowed.dtype == bool
        assert allowed.tolist() == expected


def _facets(rows: Sequence[tuple[str, str, int | None]]) -> Facets:
    """Of documents with one passage each."""
    nobody = Named((), np.empty((0, 2), dtype=np.int64))
    return Facets.of([(*row, "it", "") for row in rows], range(len(rows)), nobody)


def test_a_query_without_filters_asks_for_no_comparison():
    assert _facets([("tracciabilita", "quaderno", 2024)]).allowed(Query("filiera")) is None


def test_both_ends_of_the_years_are_included():
    facets = _facets([("", "altro", year) for year in (2021, 2022, 2023, 2024, None)])
    allowed = facets.allowed(Query("a", first_year=2022, last_year=2023))
    assert allowed is not None
    assert allowed.tolist() == [False, True, True, False, False]
