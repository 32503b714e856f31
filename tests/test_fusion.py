"""Two scores for the same passages become one, and the passages near the best ones rise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.fusion import LEXICAL_WEIGHT, adaptive, min_max, with_neighbours

# Wild input, but in seconds; a busy machine is no failure.
quick = settings(max_examples=60, deadline=None)

# --- stretched, and weighed by the question


def test_scores_are_stretched_from_zero_to_one():
    assert min_max(np.array([0.8, 0.9, 0.85])) == pytest.approx([0, 1, 0.5])
    assert min_max(np.array([-3.0, 1.0])).tolist() == [0, 1]


@pytest.mark.parametrize("scores", [[0.7], [0.7, 0.7, 0.7], [0.0, 0.0]])
def test_equal_scores_stretch_to_zeros(scores: list[float]):
    assert min_max(np.array(scores)).tolist() == [0.0] * len(scores)


def test_the_fused_score_stretches_the_dense_one_and_takes_a_full_match_as_it_is():
    fused = adaptive(np.array([0.80, 0.90, 0.85]), np.array([0.5, 0.0, 1.0]), known=1)
    assert fused == pytest.approx([0.27 * 0.5, 0.73, 0.73 * 0.5 + 0.27])


def test_words_weigh_as_much_less_as_less_of_the_query_is_known():
    fused = adaptive(np.array([0.8, 0.9]), np.array([1.0, 0.0]), known=0.25)
    assert fused == pytest.approx([0.27 * 0.25, 0.73])


def test_where_no_passage_matches_well_the_best_match_counts_for_more():
    fused = adaptive(np.array([0.8, 0.8]), np.array([0.2, 0.1]), known=1)
    assert fused == pytest.approx([0.27 * 0.2**0.3, 0.27 * 0.2**0.3 / 2])


proportions = st.floats(0, 1)


@quick
@given(st.lists(st.tuples(st.floats(-1, 1), proportions), min_size=1, max_size=20), proportions)
def test_the_fused_score_is_a_proportion_that_better_scores_never_lower(pairs, known):
    dense, lexical = (np.array(column) for column in zip(*pairs, strict=True))
    fused = adaptive(dense, lexical, known)
    assert ((fused >= 0) & (fused <= 1 + 1e-12)).all()
    for i, j in np.ndindex(len(pairs), len(pairs)):
        if dense[i] <= dense[j] and lexical[i] <= lexical[j]:
            assert fused[i] <= fused[j] + 1e-12


@quick
@given(st.lists(proportions, min_size=1, max_size=20))
def test_where_all_are_equally_near_the_words_decide(lexical: list[float]):
    fused = adaptive(np.full(len(lexical) + 1, 0.8), np.array([*lexical, 1.0]), known=1)[:-1]
    assert fused == pytest.approx(LEXICAL_WEIGHT * np.array(lexical))


def test_other_weights_of_words_and_stretch_can_be_given():
    fused = adaptive(np.array([0.8, 0.9]), np.array([0.5, 0.0]), known=1, weight=0.5, stretch=0)
    assert fused == pytest.approx([0.5 * 0.5, 0.5])


# --- neighbours

E = np.eye(4, dtype=np.float32)


def test_a_passage_like_the_best_one_passes_one_that_is_not():
    scores = np.array([0.9, 0.30, 0.31, 0.1, 0.1, 0.1])
    # The second is the first again; the third stands alone, and so do the others.
    vectors = E[[0, 0, 1, 2, 3, 3]]
    fused = with_neighbours(scores, vectors)
    assert np.argsort(-fused).tolist()[:3] == [0, 1, 2]


def test_likeness_is_the_mean_cosine_with_the_leaders_about_the_mean_of_the_candidates():
    scores = np.array([0.8, 0.7, 0.0])
    vectors = np.array([[3, 1], [1, 3], [-1, -1]], dtype=np.float32)  # their mean is (1, 1)
    # About the mean: (2, 0), (0, 2), (-2, -2); the leaders, all three, weigh 1, 1/e and e^-8.
    weights = np.array([1, math.exp(-1), math.exp(-8)])
    cosines = np.array([[1, 0, -(0.5**0.5)], [0, 1, -(0.5**0.5)], [-(0.5**0.5), -(0.5**0.5), 1]])
    likeness = cosines @ weights / weights.sum()
    expected = 0.7 * scores + 0.3 * (1 + likeness) / 2
    assert with_neighbours(scores, vectors) == pytest.approx(expected, abs=1e-6)


def test_only_the_three_best_lead():
    scores = np.array([0.50, 0.49, 0.48, 0.47, 0.0])
    vectors = E[[0, 0, 0, 1, 1]]
    fused = with_neighbours(scores, vectors)
    # The last is like the fourth, which does not lead: it is unlike all three that do.
    assert fused[4] < 0.3 / 2
    assert fused[0] > 0.7 * 0.5 + 0.3 / 2


@pytest.mark.parametrize("count", [1, 2, 5])
def test_equal_passages_keep_the_order_of_their_scores(count: int):
    scores = np.linspace(1, 0, count)
    fused = with_neighbours(scores, np.repeat(E[:1], count, axis=0))
    assert fused == pytest.approx(0.7 * scores + 0.15)


def test_no_weight_leaves_the_scores_as_they_are():
    scores = np.array([0.3, 0.9])
    assert with_neighbours(scores, E[:2], weight=0).tolist() == [0.3, 0.9]


@quick
@given(st.lists(st.tuples(proportions, st.integers(0, 3)), min_size=1, max_size=20))
def test_of_two_equal_passages_the_better_score_stays_ahead_and_all_stay_proportions(rows):
    scores = np.array([score for score, _ in rows])
    kinds = [kind for _, kind in rows]
    fused = with_neighbours(scores, E[kinds])
    assert ((fused >= -1e-6) & (fused <= 1 + 1e-6)).all()
    for i, j in np.ndindex(len(rows), len(rows)):
        if kinds[i] == kinds[j] and scores[i] <= scores[j]:
            assert fused[i] <= fused[j] + 1e-6
