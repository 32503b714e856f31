"""Who is signed in, for how long, and the password that it takes."""

import tomllib

import pytest

from ingest.__main__ import main
from ingest.passwords import hash_password, is_hash, is_password
from ingest.sign_ins import SignIns
from search.errors import IngestError

HOUR = 3600.0


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sign_ins(clock):
    return SignIns(clock)


def test_a_key_says_who_it_is(sign_ins):
    key, other = sign_ins.begin("anna", "hash"), sign_ins.begin("marco", "hash")
    assert (sign_ins.who(key, "hash"), sign_ins.who(other, "hash")) == ("anna", "marco")
    assert len({key, other}) == 2
    assert sign_ins.who("", "hash") is None
    assert sign_ins.who("\ud800", "hash") is None


def test_an_hour_without_use_ends_it(sign_ins, clock):
    key = sign_ins.begin("anna", "hash")
    for _ in range(3):
        clock.now += 0.9 * HOUR
        assert sign_ins.who(key, "hash") == "anna"
    clock.now += HOUR
    assert sign_ins.who(key, "hash") is None


def test_after_eight_hours_it_ends_in_any_case(sign_ins, clock):
    key = sign_ins.begin("anna", "hash")
    for _ in range(15):
        clock.now += 0.5 * HOUR
        assert sign_ins.who(key, "hash") == "anna"
    clock.now += 0.5 * HOUR
    assert sign_ins.who(key, "hash") is None


def test_another_password_ends_what_the_old_one_began(sign_ins):
    key = sign_ins.begin("anna", "hash of the old one")
    assert sign_ins.who(key, "hash of the new one") is None
    assert sign_ins.who(key, "hash of the old one") is None


def test_signing_out_ends_one_sign_in(sign_ins):
    key, other = sign_ins.begin("anna", "hash"), sign_ins.begin("anna", "hash")
    sign_ins.end(key)
    assert (sign_ins.who(key, "hash"), sign_ins.who(other, "hash")) == (None, "anna")


def test_a_ticket_gives_the_key_once_and_within_a_minute(sign_ins, clock):
    key = sign_ins.begin("anna", "hash")
    ticket, late = sign_ins.ticket(key), sign_ins.ticket(key)
    assert sign_ins.redeem(ticket) == key
    assert sign_ins.redeem(ticket) is None
    clock.now += 60
    assert sign_ins.redeem(late) is None
    assert sign_ins.redeem("") is None
    assert sign_ins.redeem(key) is None


def test_a_password_is_known_by_its_hash_and_nothing_else_is():
    hashed = hash_password("filiera corta 2026")
    assert is_hash(hashed)
    assert "filiera" not in hashed
    assert is_password("filiera corta 2026", hashed)
    for wrong in ("filiera corta 2027", "", "filiera corta 2026 ", "x" * 10_000_000, "\ud800"):
        assert not is_password(wrong, hashed)
    assert hash_password("filiera corta 2026") != hashed


@pytest.mark.parametrize("hashed", ["", "filiera corta 2026", "$argon2id$v=19$m=1", "$argon2id$"])
def test_what_is_no_hash_fits_no_password(hashed):
    assert not is_password("filiera corta 2026", hashed)


@pytest.mark.parametrize("password", ["", "corta", "x" * 1001])
def test_a_password_too_short_or_too_long_is_not_taken(password):
    with pytest.raises(IngestError, match="from 12 to 1000"):
        hash_password(password)


@pytest.fixture
def type_password(monkeypatch, capsys):
    """Runs `python -m ingest password` for somebody who types these; what it prints, its status."""

    def run(*typed: str) -> tuple[str, int]:
        waiting = iter(typed)
        monkeypatch.setattr("getpass.getpass", lambda *_: next(waiting))
        status = main(["password"])
        captured = capsys.readouterr()
        return captured.out + captured.err, status

    return run


def test_the_command_prints_what_the_secrets_need_and_never_the_password(type_password):
    said, status = type_password("filiera corta 2026", "filiera corta 2026")
    assert status == 0
    assert "filiera corta" not in said
    secrets = tomllib.loads(said)
    assert is_password("filiera corta 2026", secrets["admin"]["password_hash"])


def test_the_command_wants_the_same_password_twice(type_password):
    said, status = type_password("filiera corta 2026", "filiera corta 2027")
    assert status == 2
    assert "not the same" in said
    assert "argon2" not in said
