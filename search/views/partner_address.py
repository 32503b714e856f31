"""What the page of organisations shows, and its form in the address bar.

Beside what every page has (`address.py`): ``categoria=universita`` keeps one kind of organisation,
``tema=<key>`` those that work on a theme, and ``chi=<key>`` opens one. What cannot be is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from search.organisations import OrganisationKind

from .address import View, write_address


@dataclass(frozen=True, slots=True)
class PartnersView:
    """One state of the page.

    Attributes:
        view: the question and the filters that all pages have.
        kind: of organisations; None for all.
        theme: key of a theme; "" for none. It is what is asked, so there is no question then.
        opened: key of the organisation that is shown; "" for none.
    """

    view: View = field(default_factory=View)
    kind: OrganisationKind | None = None
    theme: str = ""
    opened: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the question narrows the organisations."""
        return bool(self.view.is_filtered or self.kind or self.theme)


def read_partners_address(view: View, parameters: Mapping[str, Sequence[str]]) -> PartnersView:
    """The state that ``parameters`` (name -> values, decoded) ask for, beside ``view``."""
    kind = _last(parameters, "categoria")
    return PartnersView(
        view=view,
        kind=OrganisationKind(kind) if kind in list(OrganisationKind) else None,
        theme="" if view.question else _last(parameters, "tema"),
        opened=_last(parameters, "chi"),
    )


def write_partners_address(state: PartnersView) -> dict[str, list[str]]:
    """The parameters that `read_partners_address` reads as ``state``."""
    values = {"chi": state.opened, "categoria": str(state.kind or ""), "tema": state.theme}
    own = {name: [value] for name, value in values.items() if value}
    return {**write_address(state.view), **own}


def _last(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name) or [""]
    return values[-1]
