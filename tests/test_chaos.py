"""A run that is killed leaves an index that answers as the old or the new corpus would.

`python -m bench.chaos` does the same 200 times, at random moments.
"""

import sys

import pytest

from bench.chaos import NOTHING, Chaos, Round
from bench.chaos_runs import PHASES, THROUGH, Moment


@pytest.fixture(scope="module")
def chaos(tiny_model, tmp_path_factory) -> Chaos:
    return Chaos(tmp_path_factory.mktemp("chaos"), tiny_model, seed=4, with_scan=False)


@pytest.fixture(scope="module")
def rounds(chaos) -> list[Round]:
    """Runs that are killed, from an empty index on, between two that are let through."""
    moments = [Moment(phase, 0.5 * chaos.durations[phase]) for phase in PHASES[::2]]
    begun = Moment("writes vectors", 0)
    return [chaos.round(each) for each in (begun, THROUGH, *moments, THROUGH)]


@pytest.mark.skipif(sys.platform != "linux", reason="the processes left are counted in /proc")
def test_whenever_a_run_is_killed_the_index_answers_as_before_or_after_it(rounds):
    assert [fault for each in rounds for fault in each.faults] == []
    assert rounds[0].before == rounds[0].after == NOTHING
    assert sum(each.encoded is None for each in rounds) >= 3  # the others were quicker than that
    assert rounds[-1].after == rounds[-1].target


@pytest.mark.skipif(sys.platform != "linux", reason="the processes left are counted in /proc")
def test_the_chaos_test_sees_an_index_that_is_neither_old_nor_new(chaos, rounds):
    corpus = next(state.corpus for state in chaos.states if state.name != rounds[-1].after)
    for path in corpus.rglob("2021-*"):
        path.unlink()

    found = chaos.round(THROUGH)

    assert "it answers neither as" in found.faults[0]
