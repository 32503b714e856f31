"""API keys: who may ask, by the hash of a secret that only they have.

A key is 256 random bits, so a plain SHA-256 keeps it: there is nothing to guess, and none of the
slowness that a password needs.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from ..errors import ServiceError

ENVIRONMENT = "MINIT_API_KEYS"
"""Names the file of the keys where no argument does."""

_PREFIX = "minit_"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LINE = re.compile(rf"(?P<name>{_NAME.pattern})\s+(?P<digest>[0-9a-f]{{64}})")


class ApiKeys:
    """The keys that open the service.

    Args:
        digests: SHA-256 of each key in hexadecimal, by the name of who has it.
    """

    def __init__(self, digests: Mapping[str, str]) -> None:
        self._digests = dict(digests)

    def holder(self, key: str) -> str | None:
        """The name of who has ``key``; None for a key we do not know.

        Takes the same time whichever key it is.
        """
        digest = _digest(key)
        found = None
        for name, known in self._digests.items():
            if hmac.compare_digest(digest, known):
                found = name
        return found


def read_keys(path: Path) -> ApiKeys:
    """The keys of a file: ``name digest`` on each line; empty lines and ``# ...`` say nothing.

    Raises:
        ServiceError: the file cannot be read, a line is none of these, a name comes twice, or
            there is no key at all.
    """
    digests = _digests_in(path)
    if not digests:
        raise ServiceError(f"{path} holds no key, so nobody could ask anything: {_remedy(path)}")
    return ApiKeys(digests)


def keys_from_environment() -> ApiKeys | None:
    """The keys of the file that MINIT_API_KEYS names; None where it names none.

    Raises:
        ServiceError: as for `read_keys`.
    """
    named = os.environ.get(ENVIRONMENT)
    return read_keys(Path(named)) if named else None


def new_key(path: Path, name: str) -> str:
    """Make a key for ``name``, add its hash to the file, and return it: it is kept nowhere.

    Raises:
        ServiceError: the name is taken or no name, or the file cannot be read or written.
    """
    if not _NAME.fullmatch(name):
        raise ServiceError(f"{name!r} is no name for a key: use letters, digits and . _ -")
    if path.exists() and name in _digests_in(path):
        raise ServiceError(f"{path} has a key for {name}: choose another name or remove its line")
    key = _PREFIX + secrets.token_urlsafe(32)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            # A line that was typed last may lack its end.
            file.write(f"\n{name} {_digest(key)}\n")
    except OSError as error:
        raise ServiceError(f"{path} cannot be written ({error})") from error
    return key


def _digests_in(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise ServiceError(
            f"the keys in {path} cannot be read ({error}): {_remedy(path)}"
        ) from error
    digests: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        found = _LINE.fullmatch(text)
        if found is None:
            raise ServiceError(f"{path}, line {number}: write a name and a SHA-256, or `# ...`")
        if found["name"] in digests:
            raise ServiceError(f"{path}, line {number}: {found['name']} comes twice: remove one")
        digests[found["name"]] = found["digest"]
    return digests


def _remedy(path: Path) -> str:
    return f"make a key with `python -m search new-key NAME --keys {path}`"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
