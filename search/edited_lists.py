"""What an admin may write beside the index that it is made with: organisations and synonyms."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from .organisations import Listed, listed_for
from .synonyms import Synonyms, synonyms_of


@dataclass(frozen=True, slots=True)
class EditedLists:
    """The lists of an index, its own or the shipped ones.

    Attributes:
        organisations: known beforehand.
        synonyms: of themes; those of queries are read when a question is asked.
    """

    organisations: Listed
    synonyms: Synonyms

    @property
    def digest(self) -> str:
        """Of all that they say, in hexadecimal: an index of another digest is to be made again."""
        said = msgspec.json.encode((self.organisations, self.synonyms.meanings))
        return hashlib.blake2b(said, digest_size=16).hexdigest()


def edited_lists(index: Path) -> EditedLists:
    """The lists of ``index``.

    Raises:
        OrganisationsError: the list of organisations cannot be read, or a line of it is not what
            it should be.
        SynonymsError: the same of the synonyms.
    """
    return EditedLists(listed_for(index), synonyms_of(index))
