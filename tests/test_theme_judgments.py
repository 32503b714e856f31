"""The judged themes of the sample corpus: a floor under bench/themes.md."""

import pytest

from bench.theme_phrases import shares
from bench.themes import verdicts


@pytest.fixture(scope="module")
def found(sample_engine):
    return verdicts(sample_engine.snapshot)


def test_nearly_every_judged_theme_is_found(found):
    assert len(found) == 43
    assert sum(bool(one.found) for one in found) >= 0.95 * len(found)


@pytest.mark.parametrize("half", ["a", "b"])
def test_most_judged_themes_have_the_right_course(found, half):
    own = [one for one in found if one.half == half]
    assert sum(one.any_is_right for one in own) >= 0.8 * len(own)
    assert sum(one.first_is_right for one in own) >= 0.7 * len(own)


def test_more_themes_than_key_phrases_of_yake_were_found_worth_following():
    yes = {source: count / of for source, (count, of) in shares().items()}
    assert yes["themes"] > yes["yake"]
