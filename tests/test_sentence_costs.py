"""What a sentence loses: for being short, for asking, for standing everywhere."""

from __future__ import annotations

import math

import numpy as np
import pytest

from search.sentence_costs import sentence_costs

LONG = "parola " * 200  # too long to lose anything by its length


def costs(*sentences: tuple[int, str]) -> list[float]:
    return sentence_costs(sentences).tolist()


def long(text: str) -> str:
    return LONG + text


@pytest.mark.parametrize("length", [1, 42, 84, 420])
def test_a_short_sentence_loses_what_its_length_says(length: int):
    assert costs((0, "a" * length)) == pytest.approx([0.04 * math.exp(-length / 42)])


@pytest.mark.parametrize("end", ["?", "? ", "?»", "?”", "?’", '?"', "?)", "?!?", " ?"])
def test_a_sentence_that_asks_loses_more(end: str):
    asking, saying = costs((0, long("fine" + end)), (0, long("fine.")))
    assert asking - saying == pytest.approx(0.03)


@pytest.mark.parametrize("end", ["Chi? Noi.", "Chi?, scrive.", "?…", "fine"])
def test_a_question_mark_before_the_end_costs_nothing(end: str):
    assert costs((0, long(end))) == pytest.approx([0], abs=1e-6)


def test_what_stands_in_three_documents_loses_and_in_two_does_not():
    notice, fact = long("avviso"), long("fatto")
    found = costs((0, notice), (0, fact), (1, notice), (1, fact), (2, notice), (2, long("altro")))
    assert found == pytest.approx([0.1, 0, 0.1, 0, 0.1, 0], abs=1e-6)


def test_what_one_document_says_three_times_loses_nothing():
    assert costs(*[(0, long("ritornello"))] * 3, (1, LONG), (2, long("b"))) == pytest.approx(
        [0] * 5, abs=1e-6
    )


@pytest.mark.parametrize(("holding", "lost"), [(4, 0), (5, 0.1)])
def test_in_a_hundred_documents_it_has_to_be_in_five(holding: int, lost: float):
    sentences = [(n, long("uguale" if n < holding else str(n))) for n in range(100)]
    found = costs(*sentences)
    assert found[:holding] == pytest.approx([lost] * holding, abs=1e-6)
    assert found[holding:] == pytest.approx([0] * (100 - holding), abs=1e-6)


def test_the_reasons_add_up_and_other_weights_can_be_given():
    sentences = [(n, "Chi siamo?") for n in range(3)]
    expected = 0.04 * math.exp(-10 / 42) + 0.03 + 0.1
    assert sentence_costs(sentences) == pytest.approx([expected] * 3)
    free = sentence_costs(sentences, short=0, question=0, repeated=0.25)
    assert free == pytest.approx([0.25] * 3)


def test_no_sentences_cost_nothing():
    found = sentence_costs([])
    assert found.shape == (0,)
    assert found.dtype == np.float32
