"""What an index is made with besides documents and model: lists that an admin may write beside it,
organisations and synonyms; and what cases are read by, which comes with the program."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from .organisations import Listed, listed_for
from .synonyms import Synonyms, synonyms_of

_DATA = Path(__file__).parent / "data"
READ_BY = (_DATA / "cases.toml", _DATA / "case_weights.json")
"""What cases are read by: words and weights."""


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
        """Of all that they say, and of what cases are read by, in hexadecimal: an index of another
        digest is to be made again."""
        said = msgspec.json.encode((self.organisations, self.synonyms.meanings))
        of_cases = (path.read_bytes() for path in READ_BY)
        return hashlib.blake2b(b"\0".join((said, *of_cases)), digest_size=16).hexdigest()


def edited_lists(index: Path) -> EditedLists:
    """The lists of ``index``.

    Raises:
        OrganisationsError: the list of organisations cannot be read, or a line of it is not what
            it should be.
        SynonymsError: the same of the synonyms.
    """
    return EditedLists(listed_for(index), synonyms_of(index))
