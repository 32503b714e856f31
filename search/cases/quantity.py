"""A quantity, and the units in which it can be."""

from __future__ import annotations

from dataclasses import dataclass

from ..datatypes import Span

PERCENT = "%"
TIMES = "volte"

_UNITS = {
    PERCENT: "% | per cento | percento | per cent | percent",
    "punti percentuali": "punti percentuali | percentage points",
    "€": "€ | euro | euros | eur",
    "$": "$ | dollari | dollaro | dollars | usd",
    "£": "£ | sterline | pounds",
    "t": "t | tonnellate | tonnellata | tonn | ton | tons | tonnes | tonne",
    "kg": "kg | chili | chilogrammi | chilo | kilos",
    "g": "g | grammi | grams",
    "l": "l | litri | litro | litres | liters",
    "m³": "m3 | m³ | mc | metri cubi | cubic metres",
    "m²": "m2 | m² | mq | metri quadrati | metri quadri | square metres",
    "km": "km | chilometri | kilometres",
    "m": "m | metri | metro | metres",
    "cm": "cm | centimetri",
    "mm": "mm | millimetri",
    "ha": "ha | ettari | hectares",
    "kWh": "kwh | chilowattora",
    "MWh": "mwh | megawattora",
    "GWh": "gwh | gigawattora",
    "kW": "kw", "MW": "mw", "GW": "gw",
    "°C": "°c | gradi",
    "secondi": "secondi | seconds", "minuti": "minuti | minuto | minutes",
    "ore": "ore | ora | h | hours | hour", "giorni": "giorni | giorno | days | day",
    "settimane": "settimane | settimana | weeks | week",
    "mesi": "mesi | mese | months | month", "anni": "anni | anno | years | year",
    "punti": "punti | punto | points",
    TIMES: "volte | volta | times",
}  # fmt: skip
UNIT_OF = {form.strip(): unit for unit, forms in _UNITS.items() for form in forms.split(" | ")}
MEASURES = frozenset(_UNITS)
"""Units that measure; any other names the things that are counted."""
DURATIONS = frozenset(("anni", "mesi", "giorni", "settimane", "ore", "minuti", "secondi"))
"""Those of time."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in a text.

    Attributes:
        value: in ``unit``, its sign left out ("−90%" is 90); of a change the value after it ("dal
            10% al 50%" is 50), of a range the lower end ("tra 10 e 20").
        unit: one of `MEASURES`; or what is counted, as written; "" where nothing is named. A share
            in words ("un terzo") is in "%".
        written: as in the text, with the "oltre" or "circa" before it.
        span: of ``written`` in the text.
        in_digits: whether it is written in digits.
    """

    value: float
    unit: str
    written: str
    span: Span
    in_digits: bool = True

    @property
    def is_measure(self) -> bool:
        """Whether it has a unit that measures, rather than a noun that is counted."""
        return self.unit in MEASURES
