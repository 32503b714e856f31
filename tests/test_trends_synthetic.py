"""Planted movements are called, and only they: a floor under bench/trends_synthetic.md."""

import pytest

from bench.trends_synthetic import planted, score


@pytest.mark.parametrize("a_year", [12, 25, 60])
def test_planted_movements_are_called_and_hardly_any_other(a_year):
    found = score(planted(seed, a_year) for seed in range(100, 112))
    assert found.f1 >= (0.9 if a_year > 12 else 0.85)
    assert found.false_alarms <= 0.05
    assert found.unsaid == 1


@pytest.mark.parametrize("a_year", [2, 4])
def test_in_a_small_corpus_few_calls_that_are_sure_are_false(a_year):
    found = score((planted(seed, a_year) for seed in range(100, 140)), only_sure=True)
    assert found.false_alarms <= 0.05
    assert found.precision >= 0.75


def test_a_planted_corpus_is_the_same_for_the_same_seed():
    one, other = planted(7, 12), planted(7, 12)
    assert (one.named == other.named).all()
    assert one.sorts == other.sorts
    assert one.named.shape != planted(8, 12).named.shape
