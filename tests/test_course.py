"""Courses: shares by year and what their movement is called. Pure arithmetic, no corpus."""

import numpy as np
import pytest

from search.themes.course import Call, Confidence, Halves, courses, halves

YEARS = (2020, 2021, 2022, 2023, 2024, 2025)


def corpus(a_year=4, of=10):
    """Years and sizes of ``a_year`` documents a year, each of ``of`` passages."""
    years = np.repeat(YEARS, a_year)
    return years, np.full(len(years), of)


def told(by_year, a_year=4, passages=2):
    """A row: in each year so many documents name the theme, each in ``passages`` passages."""
    return [passages if place < count else 0 for count in by_year for place in range(a_year)]


def course_of(by_year, a_year=4, passages=2):
    years, sizes = corpus(a_year)
    (found,) = courses(np.array([told(by_year, a_year, passages)]), sizes, years)
    return found


@pytest.mark.parametrize(
    ("by_year", "call"),
    [
        ((0, 1, 0, 2, 3, 3), Call.IN_CRESCITA),
        ((0, 0, 0, 1, 2, 3), Call.EMERGENTE),
        ((3, 3, 2, 1, 0, 0), Call.IN_CALO),
        ((2, 2, 2, 2, 2, 2), Call.STABILE),
        ((2, 1, 2, 2, 1, 2), Call.STABILE),
        ((0, 0, 0, 0, 1, 2), Call.DATI_INSUFFICIENTI),
        ((0, 0, 0, 0, 0, 0), Call.DATI_INSUFFICIENTI),
    ],
)
def test_the_call_follows_the_share_of_documents(by_year, call):
    assert course_of(by_year).call is call


def test_the_effect_is_the_recent_share_less_the_earlier_one():
    course = course_of((1, 1, 1, 2, 3, 4))
    assert (course.before, course.recent) == (pytest.approx(3 / 12), pytest.approx(9 / 12))
    assert course.effect == pytest.approx(0.5)
    assert (course.by, course.documents) == ("documents", 12)


def test_a_document_with_one_passage_counts_half():
    course = course_of((4, 4, 4, 4, 4, 4), passages=1)
    assert (course.before, course.recent) == (0.5, 0.5)
    assert [year.share for year in course.years] == [0.5] * 6


def test_a_rise_in_counts_that_the_corpus_shares_is_none():
    years = np.repeat(YEARS, (2, 2, 2, 8, 8, 8))
    named = np.concatenate([np.tile((2, 0), count // 2) for count in (2, 2, 2, 8, 8, 8)])
    (course,) = courses(named[None, :], np.full(len(years), 10), years)
    assert course.call is Call.STABILE
    assert course.effect == 0
    assert [year.documents for year in course.years] == [1, 1, 1, 4, 4, 4]


def test_where_the_documents_stay_the_room_inside_them_is_the_course():
    years, sizes = corpus()
    named = np.where(years < 2023, 6, 3)
    (course,) = courses(named[None, :], sizes, years)
    assert (course.call, course.by) == (Call.IN_CALO, "passages")
    assert (course.before, course.recent) == (pytest.approx(0.6), pytest.approx(0.3))


def test_a_movement_of_many_documents_must_be_more_than_chance_gives():
    up = (2, 3, 2, 4, 3, 4)  # 7 of 60, then 11 of 60: an effect below what is called
    assert course_of(up, a_year=20).call is Call.STABILE
    uneven = (1, 6, 1, 3, 5, 3)  # 8 of 18, then 11 of 18, up and down: chance gives as much
    found = course_of(uneven, a_year=6)
    assert found.effect > 0.1
    assert (found.call, found.confidence) == (Call.STABILE, Confidence.BASSA)


def test_in_a_small_group_the_call_follows_the_effect_and_says_how_unsure_it_is():
    found = course_of((1, 0, 1, 1, 1, 2), a_year=3)
    assert (found.call, found.confidence) == (Call.IN_CRESCITA, Confidence.BASSA)
    assert found.p > 0.1


def test_a_movement_that_chance_hardly_gives_is_sure():
    found = course_of((0, 0, 1, 9, 10, 10), a_year=10)
    assert (found.call, found.confidence) == (Call.IN_CRESCITA, Confidence.ALTA)
    assert found.p < 0.001
    assert found.tau == pytest.approx(13 / np.sqrt(13 * 15))  # two pairs of years are alike


def test_p_is_corrected_for_the_number_of_themes():
    years, sizes = corpus()
    rising, flat = told((0, 1, 2, 2, 3, 4)), told((2, 2, 2, 2, 2, 2))
    alone, *_ = courses(np.array([rising]), sizes, years)
    among, *_ = courses(np.array([rising] + [flat] * 19), sizes, years)
    assert alone.q == pytest.approx(alone.p)
    assert among.p == pytest.approx(alone.p)
    assert among.q == pytest.approx(20 * alone.p)


def test_years_with_few_documents_are_shown_and_not_compared():
    counts = {2014: 1, 2019: 5, 2020: 12, 2021: 12, 2022: 12, 2023: 13, 2024: 10, 2025: 13, 2026: 1}
    assert halves(counts) == Halves((2020, 2021, 2022, 2023, 2024, 2025), 2023)
    years = np.repeat([*counts], [*counts.values()])
    (course,) = courses(np.full((1, len(years)), 2), np.full(len(years), 9), years)
    assert [year.year for year in course.years] == [*counts]
    assert course.documents == 12 + 12 + 12 + 13 + 10 + 13


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, None),
        ({2023: 9}, None),
        ({2022: 4, 2023: 4}, Halves((2022, 2023), 2023)),
        ({2021: 2, 2022: 2, 2023: 4}, Halves((2021, 2022, 2023), 2023)),
        ({2021: 4, 2022: 4, 2023: 4}, Halves((2021, 2022, 2023), 2023)),
    ],
)
def test_the_halves_have_as_many_documents_as_can_be(counts, expected):
    assert halves(counts) == expected


def test_one_year_gives_no_course():
    (course,) = courses(np.array([[2, 2, 0]]), np.array([5, 5, 5]), np.array([2024, 2024, 2024]))
    assert course.call is Call.DATI_INSUFFICIENTI
    assert course.effect == 0
    assert [year.documents for year in course.years] == [2]


def test_no_documents_and_no_themes_give_nothing():
    empty = np.zeros(0, dtype=np.int64)
    (course,) = courses(np.zeros((1, 0), dtype=np.int64), empty, empty)
    assert (course.call, course.years) == (Call.DATI_INSUFFICIENTI, ())
    years, sizes = corpus()
    assert courses(np.zeros((0, len(years)), dtype=np.int64), sizes, years) == []
