"""Intervals and tests of measured means, on values whose answers can be counted by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.significance import RESAMPLES, estimates, holm, paired_p

quick = settings(max_examples=10, deadline=None)
values = st.lists(st.floats(0, 1), min_size=2, max_size=30)


def test_one_query_has_no_interval_but_its_value():
    (found,) = estimates(np.array([[0.3]]))
    assert (found.mean, found.low, found.high) == (0.3, 0.3, 0.3)


def test_values_that_are_all_alike_have_no_interval_either():
    (found,) = estimates(np.full((1, 8), 0.5))
    assert (found.mean, found.low, found.high) == (0.5, 0.5, 0.5)


def test_an_interval_is_as_wide_as_the_normal_theory_says():
    # 200 zeros and 200 ones: standard error of the mean 0.5 / sqrt(400) = 0.025.
    (found,) = estimates(np.array([[0.0, 1.0] * 200]))
    assert found.mean == 0.5
    assert found.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.004)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.004)


@quick
@given(values)
def test_an_interval_lies_within_the_values_and_around_the_mean(row):
    (found,) = estimates(np.array([row]))
    tiny = 1e-9
    assert min(row) - tiny <= found.low <= found.high + tiny <= max(row) + 2 * tiny
    assert found.mean == pytest.approx(sum(row) / len(row))
    # Percentiles of skewed values may just miss the mean; for all else it is inside.
    reach = max(row) - min(row)
    assert found.low - 0.05 * reach <= found.mean <= found.high + 0.05 * reach


def test_a_row_has_the_same_interval_alone_and_among_others():
    rows = np.random.default_rng(3).random((3, 25))
    assert estimates(rows)[1] == estimates(rows[1:2])[0]


def test_the_same_values_give_the_same_numbers():
    row = np.random.default_rng(1).random((1, 40))
    assert estimates(row) == estimates(row.copy())
    differences = np.random.default_rng(2).normal(0.1, 1, 40)
    assert paired_p(differences) == paired_p(differences.copy())


def test_no_difference_anywhere_is_p_1():
    assert paired_p(np.zeros(50)) == 1.0
    assert paired_p(np.full(50, 1e-17)) == 1.0  # rounding


def test_one_query_that_differs_proves_nothing():
    assert paired_p(np.array([0.0, 0.9, 0.0])) == 1.0


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_with_few_queries_all_signs_are_counted(count):
    # All differ one way: of the 2^count ways to set the signs two are as far from zero.
    assert paired_p(np.full(count, 0.1)) == pytest.approx(2 / 2**count)
    assert paired_p(np.full(count, -0.1)) == pytest.approx(2 / 2**count)


def test_mixed_signs_are_counted_too():
    # +3 +2 -1: sums of +-3 +-2 +-1 at least 4 away from zero are +-6 and +-4: 4 of 8.
    assert paired_p(np.array([3.0, 2.0, -1.0])) == pytest.approx(4 / 8)


def test_queries_without_a_difference_change_nothing():
    few = np.array([0.2, 0.1, 0.3, 0.4, -0.1])
    assert paired_p(np.concatenate((few, np.zeros(100)))) == paired_p(few)


def test_many_clear_differences_have_the_smallest_p_there_is():
    assert paired_p(np.full(60, 0.2)) == pytest.approx(2 / (RESAMPLES + 1))


def test_chance_alone_is_seldom_significant():
    random = np.random.default_rng(5)
    p_values = [paired_p(random.normal(0, 1, 9)) for _ in range(100)]
    # 5 of 100 are expected below 0.05; more than 13 would come once in two thousand times.
    assert sum(p < 0.05 for p in p_values) <= 13
    assert 35 <= sum(p < 0.5 for p in p_values) <= 65


def test_holm_multiplies_the_smallest_by_their_number():
    # 0.01 x 4, 0.02 x 3, then 0.03 x 2 = 0.06 and 0.04 x 1, which may not fall below it.
    corrected = holm({"a": 0.04, "b": 0.01, "c": 0.03, "d": 0.02})
    assert corrected == pytest.approx({"a": 0.06, "b": 0.04, "c": 0.06, "d": 0.06})
    assert list(corrected) == ["a", "b", "c", "d"]


def test_holm_stops_at_1_and_leaves_a_single_one_as_it_is():
    assert holm({"a": 0.7, "b": 0.9}) == {"a": 1.0, "b": 1.0}
    assert holm({"a": 0.03}) == {"a": 0.03}
    assert holm({}) == {}
