"""Who may see the administrators' page: signing in, staying so for a while, signing out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody who is signed in.

    Attributes:
        name: as the log says it: an address of e-mail, or "admin" for whoever has the password.
    """

    name: str
