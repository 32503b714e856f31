"""How often a password may be tried."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.attempts import Attempts
from search.errors import IngestError

ANNA, STRANGER = "192.0.2.1", "198.51.100.7"


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def attempts(tmp_path, clock):
    return Attempts(tmp_path / "admin", clock)


def fail(attempts: Attempts, address: str, times: int, clock: Clock) -> None:
    """Try and fail so often, each time as early as it may be."""
    for _ in range(times):
        clock.now += attempts.begin(address)
        attempts.begin(address)


def test_three_attempts_are_free_and_then_each_waits_twice_as_long(attempts, clock):
    assert [attempts.begin(ANNA) for _ in range(3)] == [0, 0, 0]
    waits = []
    for _ in range(10):
        waits.append(attempts.begin(ANNA))
        clock.now += waits[-1]
        assert attempts.begin(ANNA) == 0
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]


def test_asking_too_early_does_not_make_the_wait_longer(attempts, clock):
    for _ in range(3):
        attempts.begin(ANNA)
    clock.now += 2
    assert [attempts.begin(ANNA) for _ in range(50)] == [3] * 50
    clock.now += 3
    assert attempts.begin(ANNA) == 0


def test_a_restart_forgets_nothing(attempts, clock, tmp_path):
    for _ in range(3):
        attempts.begin(ANNA)
    assert Attempts(tmp_path / "admin", clock).begin(ANNA) == 5


def test_attempts_at_the_same_moment_all_count(attempts):
    with ThreadPoolExecutor(20) as threads:
        waits = list(threads.map(lambda _: attempts.begin(ANNA), range(20)))
    assert sorted(waits) == [0] * 3 + [5] * 17


def test_the_right_password_makes_all_well_again(attempts):
    for _ in range(3):
        attempts.begin(ANNA)
        attempts.succeeded(ANNA)
    assert [attempts.begin(ANNA) for _ in range(3)] == [0, 0, 0]


def test_another_address_does_not_wait(attempts):
    for _ in range(3):
        attempts.begin(STRANGER)
    assert attempts.begin(STRANGER) == 5
    assert attempts.begin(ANNA) == 0


def test_many_addresses_wait_for_one_another_up_to_a_minute(attempts, clock):
    waits = [attempts.begin(f"192.0.2.{number}") for number in range(21)]
    assert waits == [0] * 20 + [2]
    for number in range(21, 40):
        clock.now += attempts.begin(f"192.0.2.{number}")
        assert attempts.begin(f"192.0.2.{number}") == 0
    assert attempts.begin("192.0.2.99") == 60


def test_strangers_do_not_keep_out_who_signed_in_before(attempts, clock):
    attempts.begin(ANNA)
    attempts.succeeded(ANNA)
    for number in range(30):
        clock.now += attempts.begin(f"198.51.100.{number}")
        attempts.begin(f"198.51.100.{number}")
    assert attempts.begin("198.51.100.99") > 0
    assert attempts.begin(ANNA) == 0
    clock.now += 31 * 24 * 3600
    fail(attempts, "203.0.113.5", 25, clock)
    assert attempts.begin(ANNA) > 0


def test_after_a_day_all_is_forgotten(attempts, clock):
    fail(attempts, ANNA, 10, clock)
    clock.now += 24 * 3600
    assert [attempts.begin(ANNA) for _ in range(3)] == [0, 0, 0]


def test_one_network_of_ipv6_is_one_address(attempts):
    for last in ("1", "2", "ffff:3"):
        attempts.begin(f"2001:db8:1:2::{last}")
    assert attempts.begin("2001:db8:1:2::4") == 5
    assert attempts.begin("2001:db8:1:3::1") == 0
    for _ in range(3):
        attempts.begin(ANNA)
    assert attempts.begin(f"::ffff:{ANNA}") == 5


def test_a_clock_that_is_set_back_locks_nobody_out_for_long(attempts, clock):
    for _ in range(3):
        attempts.begin(ANNA)
    clock.now -= 365 * 24 * 3600
    assert attempts.begin(ANNA) == 5


def test_what_cannot_be_counted_may_not_be_tried(tmp_path, clock):
    (tmp_path / "attempts.json").write_text("[]")
    with pytest.raises(IngestError, match="delete it"):
        Attempts(tmp_path, clock).begin(ANNA)
    (tmp_path / "file").write_text("")
    with pytest.raises(IngestError):
        Attempts(tmp_path / "file", clock).begin(ANNA)
