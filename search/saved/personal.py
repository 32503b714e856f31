"""The saved searches of a person who signs in: one file a person, which only this program reads."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from ..errors import ExportError, SavedSearchesError
from ..files import write_file
from .file import MOST_BYTES, read_searches, write_searches
from .searches import SavedSearches

_PATIENCE = 5.0
"""Seconds that one change waits for another."""


class PersonalSearches:
    """The file of one person.

    Args:
        folder: of all such files; it is made by the first change.
        email: who it is. The file is named after its digest; the address itself is not written.
    """

    def __init__(self, folder: Path, email: str) -> None:
        name = sha256(email.strip().casefold().encode()).hexdigest()
        self._file = folder / f"{name}.json"

    def read(self) -> SavedSearches:
        """What was saved; nothing before the first time.

        Raises:
            SavedSearchesError: the file cannot be read, or is damaged.
        """
        try:
            with self._file.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            return SavedSearches()
        except OSError as error:
            raise SavedSearchesError(f"{self._file} cannot be read ({error.strerror})") from None
        try:
            return read_searches(data)
        except SavedSearchesError as error:
            raise SavedSearchesError(f"{self._file}: {error}") from None

    def change(self, change: Callable[[SavedSearches], SavedSearches]) -> SavedSearches:
        """Replace what is saved by what ``change`` makes of it, one change after the other.

        A file that cannot be read stays as it is.

        Raises:
            SavedSearchesError: it cannot be read or written, or as ``change`` raises.
        """
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with FileLock(self._file.with_suffix(".lock"), timeout=_PATIENCE, mode=0o600):
                changed = change(self.read())
                write_file(self._file, [write_searches(changed)])
                self._file.chmod(0o600)
        except Timeout:
            raise SavedSearchesError(f"{self._file} is being written: try again") from None
        except OSError as error:
            raise SavedSearchesError(f"{self._file} cannot be written ({error})") from None
        except ExportError as error:
            raise SavedSearchesError(str(error)) from None
        return changed
