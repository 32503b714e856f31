"""One theme by itself: the same course as in an overview, what is near it, what shows it."""

import pytest
from small_documents import engine_over
from themed_documents import corpus

from search.answer_export.answer_tables import trends_csv
from search.answers.overview import overview
from search.answers.theme_story import theme_story
from search.errors import QueryError
from search.themes.course import Call


@pytest.fixture(scope="module")
def snapshot(encoder, tmp_path_factory):
    return engine_over(tmp_path_factory.mktemp("story") / "index", corpus(), encoder).snapshot


@pytest.fixture(scope="module")
def key_of(snapshot):
    keys = {theme.label: theme.key for theme in snapshot.themes.themes}
    return keys.__getitem__


def test_a_theme_is_called_the_same_as_in_the_overview(snapshot):
    themes = overview(snapshot).themes
    assert len(themes) >= 3
    for one in themes:
        story = theme_story(snapshot, one.theme.key)
        assert story.trend.course == one.course
        assert dict(story.trend.groups) == dict(one.groups)


def test_a_theme_is_told_where_it_is_spoken_of_with_passages(snapshot, key_of):
    trend = theme_story(snapshot, key_of("noleggio di abiti")).trend
    assert trend.home == "economia-circolare"
    assert trend.told.call is Call.IN_CALO
    assert len({one.document.id for one in trend.evidence}) == 3
    # 2019-2021: both documents of a year name it, in one passage each, which counts half.
    assert [year.share for year in trend.told.years] == [0.5, 0.5, 0.5, 0.0, 0.0, 0.0]


def test_neighbours_are_themes_of_which_much_the_same_is_said(snapshot, key_of):
    near = [one.label for one in theme_story(snapshot, key_of("noleggio di abiti")).neighbours]
    assert "noleggio" in near
    assert "noleggio di abiti" not in near
    assert "riciclo meccanico" not in near


def test_the_filters_hold(snapshot, key_of):
    key = key_of("riciclo meccanico")
    assert theme_story(snapshot, key, groups=["tracciabilita"]).trend.evidence == ()
    later = theme_story(snapshot, key, first_year=2022)
    assert [year.year for year in later.trend.course.years] == [2022, 2023, 2024]
    assert {one.document.year for one in later.trend.evidence} <= {2022, 2023, 2024}
    with pytest.raises(QueryError):
        theme_story(snapshot, key, groups=["nessuno"])


def test_a_theme_that_is_not_there_has_no_story(snapshot):
    assert theme_story(snapshot, "nessuno") is None
    assert theme_story(snapshot, "") is None


def test_within_filters_that_leave_nothing_a_theme_has_a_story_without_years(snapshot, key_of):
    story = theme_story(snapshot, key_of("noleggio di abiti"), first_year=1900, last_year=1901)
    assert story.compared is None
    assert story.trend.course.call is Call.DATI_INSUFFICIENTI
    assert story.trend.course.years == ()


def test_the_figures_of_a_theme_are_a_file_too(snapshot, key_of):
    story = theme_story(snapshot, key_of("noleggio di abiti"))
    lines = trends_csv(story, "timeline", ";").splitlines()
    assert len(lines) == 1 + 6 * 3  # six years, two groups and all together
    assert '"noleggio di abiti";"economia-circolare";2019;"0,5"' in lines[7]
