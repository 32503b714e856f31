"""The organisations that are known beforehand, from a text file that anyone can edit.

One line is one organisation: its name, the other ways in which it is written, separated by commas,
and after a bar what it is (see `OrganisationKind`; without a bar, "altro"). A line that begins with
a hyphen names what is no organisation, whatever a text seems to say. What follows # is a remark::

    Consiglio Nazionale delle Ricerche, CNR | centro-di-ricerca
    - Salone del Mobile, Milano Design Week      # appuntamenti

The file is ``organisations.txt`` in the folder of the index if there is one, else the one that is
shipped (`SHIPPED`). It is read when the index is made.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..errors import OrganisationsError
from .organisation import Organisation, OrganisationKind, key_of

NAME = "organisations.txt"
SHIPPED = Path(__file__).parent.parent / "data" / NAME


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says.

    Attributes:
        organisations: found wherever they are named.
        others: names of what is none.
    """

    organisations: tuple[Organisation, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Of all that it says, in hexadecimal: equal digest, equal list."""
        return hashlib.blake2b(msgspec.json.encode(self), digest_size=16).hexdigest()


def listed_for(index: Path) -> Listed:
    """The list of an index: its own file if it has one, else the shipped one.

    Raises:
        OrganisationsError: the file cannot be read, or a line is not what it should be.
    """
    own = index / NAME
    return read_organisations(own if own.exists() else SHIPPED)


def read_organisations(path: Path) -> Listed:
    """The list in a file, in the format above.

    Raises:
        OrganisationsError: the file cannot be read, or a line is not what it should be; the
            message names both and says what to write.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise OrganisationsError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise OrganisationsError(f"{path} is not UTF-8: save it as UTF-8 in the editor") from error
    organisations: dict[str, Organisation] = {}
    others: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        where = f"{path}, line {number}"
        if said.startswith("-"):
            others += _names(said[1:], where)
            continue
        organisation = _organisation(said, where)
        if organisation.key in organisations:
            raise OrganisationsError(f"{where}: {organisation.name!r} is there twice: leave one")
        organisations[organisation.key] = organisation
    return Listed(tuple(organisations.values()), tuple(others))


def _organisation(said: str, where: str) -> Organisation:
    written, bar, kind = said.partition("|")
    name, *variants = _names(written, where)
    try:
        known = OrganisationKind(kind.strip()) if bar else OrganisationKind.ALTRO
    except ValueError:
        kinds = ", ".join(OrganisationKind)
        raise OrganisationsError(
            f"{where}: no kind is called {kind.strip()!r}: the kinds are {kinds}"
        ) from None
    return Organisation(key_of(name), name, known, tuple(sorted(dict.fromkeys(variants))))


def _names(written: str, where: str) -> list[str]:
    names = [" ".join(name.split()) for name in written.split(",")]
    if not all(any(map(str.isalnum, name)) for name in names):
        raise OrganisationsError(
            f"{where}: a name has no letter: write one, or leave out its comma"
        )
    return names
