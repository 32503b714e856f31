"""A picture of curves over the years, drawn by the Typst compiler."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import typst

from .paper import Figure

TEMPLATES = Path(__file__).parent / "templates"
_PIXELS_PER_INCH = 144.0
_STEPS = (0.02, 0.05, 0.1, 0.2, 0.25)
"""Between two lines of the scale: at most five of them are drawn."""


def chart_as_png(figure: Figure, language: str) -> bytes:
    """``figure`` as a PNG, 16 cm wide."""
    data = json.dumps({"language": language, "chart": chart_data(figure)}, ensure_ascii=False)
    image = typst.compile(
        TEMPLATES / "picture.typ",
        root=TEMPLATES,
        format="png",
        ppi=_PIXELS_PER_INCH,
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    assert isinstance(image, bytes)  # one page
    return image


def chart_data(figure: Figure) -> dict[str, Any]:
    """What the template ``chart.typ`` draws: curves in [0, 1] by [0, 1], the ticks of both axes."""
    years = sorted({year for curve in figure.curves for year, _ in curve.points})
    most = max((share for curve in figure.curves for _, share in curve.points), default=0.0)
    step = next((step for step in _STEPS if most <= 5 * step), _STEPS[-1])
    top = max(math.ceil(most / step - 1e-9), 1) * step
    place = {year: index / max(len(years) - 1, 1) for index, year in enumerate(years)}
    every = math.ceil(len(years) / 16) or 1
    return {
        "years": [{"at": place[year], "name": str(year)} for year in years[::every]],
        "shares": [
            {"at": n * step / top, "name": f"{100 * n * step:.0f}%"}
            for n in range(round(top / step) + 1)
        ],
        "curves": [
            {
                "name": curve.name,
                "points": [[place[year], min(share / top, 1.0)] for year, share in curve.points],
            }
            for curve in figure.curves
        ],
    }
