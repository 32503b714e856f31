"""The one password of the administrators: kept as a hash that is slow to guess from."""

from __future__ import annotations

from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from search.errors import IngestError

SHORTEST, LONGEST = 12, 1000
_ONE_AT_A_TIME = Lock()


def hash_password(password: str) -> str:
    """An Argon2id hash of ``password``, with a salt of its own: the same never comes twice.

    Raises:
        IngestError: it has less than 12 or more than 1,000 characters.

    References:
        A. Biryukov, D. Dinu, D. Khovratovich, S. Josefsson, RFC 9106 (2021); the costs are
        argon2-cffi's: its second recommended option, 64 MiB and three passes.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise IngestError(f"a password has from {SHORTEST} to {LONGEST} characters: choose another")
    return PasswordHasher().hash(password)


def is_hash(text: str) -> bool:
    """Whether ``text`` can be checked against: an Argon2id hash."""
    return text.startswith("$argon2id$")


def is_password(typed: str, hashed: str) -> bool:
    """Whether ``hashed`` is of ``typed``.

    One at a time in this process: each takes 64 MiB, and who tries many must not fill the memory.
    A hash that is none fits no password.
    """
    if len(typed) > LONGEST:
        return False
    with _ONE_AT_A_TIME:
        try:
            return PasswordHasher().verify(hashed, typed)
        except (Argon2Error, InvalidHashError, UnicodeError):
            return False
