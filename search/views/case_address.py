"""What the page of case histories shows, and its form in the address bar.

Beside what every page has (`address.py`): ``settore=vino&tecnologia=blockchain&misurati=si`` narrow
the cases, ``scelto=<id>`` (one for each) are those picked for a comparison, ``confronta=<id>`` (so)
shows them side by side, and ``caso=<id>`` opens one. What cannot be is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .address import View, write_address

COMPARED_AT_MOST = 4
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class CasesView:
    """One state of the page.

    Attributes:
        view: the question and the filters that all pages have.
        sector, technology: words of them; "" for any.
        measured: only cases with a result in numbers.
        picked: ids of cases to be compared, each once.
        compared: ids of the cases that are shown side by side; empty for none.
        opened: id of the case that is shown; "" for none.
    """

    view: View = field(default_factory=View)
    sector: str = ""
    technology: str = ""
    measured: bool = False
    picked: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    opened: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the question narrows the cases."""
        return bool(self.view.is_filtered or self.sector or self.technology or self.measured)


def read_cases_address(view: View, parameters: Mapping[str, Sequence[str]]) -> CasesView:
    """The state that ``parameters`` (name -> values, decoded) ask for, beside ``view``."""
    return CasesView(
        view=view,
        sector=_text(parameters, "settore"),
        technology=_text(parameters, "tecnologia"),
        measured=_last(parameters, "misurati") == "si",
        picked=_ids(parameters, "scelto"),
        compared=_ids(parameters, "confronta"),
        opened=_last(parameters, "caso"),
    )


def write_cases_address(state: CasesView) -> dict[str, list[str]]:
    """The parameters that `read_cases_address` reads as ``state``; what is not said is left out."""
    values = {
        "caso": [state.opened] if state.opened else [],
        "confronta": list(state.compared),
        "settore": [state.sector] if state.sector else [],
        "tecnologia": [state.technology] if state.technology else [],
        "misurati": ["si"] if state.measured else [],
        "scelto": list(state.picked),
    }
    own = {name: listed for name, listed in values.items() if listed}
    return {**write_address(state.view), **own}


def _last(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name) or [""]
    return values[-1]


def _text(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    text = " ".join(_last(parameters, name).split())
    return text if len(text) <= _LONGEST and any(map(str.isalnum, text)) else ""


def _ids(parameters: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    ids = dict.fromkeys(one for one in parameters.get(name) or [] if one)
    return tuple(ids)[:COMPARED_AT_MOST]
