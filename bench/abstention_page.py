"""The tables and the diagram of `bench.abstention`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from lxml import etree
from lxml.builder import ElementMaker
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from bench.abstention_cases import ANSWERS, FAR, NEAR, PRESENT, Case
from search.abstention import Calibration
from search.datatypes import DEFAULT_THRESHOLD

BINS = 10
_SIDE, _EDGE = 360, 48  # of the diagram, in pixels
_COLOURS = ("#2B6CB0", "#C05621", "#2F855A", "#6B46C1", "#8A8F98")
Values = NDArray[np.float64]


def page(
    cases: Sequence[Case],
    calibration: Calibration,
    fitted: Calibration,
    transfers: Mapping[str, Calibration],
    mix: Mapping[str, float],
) -> str:
    """The tables of bench/abstention.md.

    Args:
        cases: none of them was fitted on.
        fitted: what the fit gives today; the tables are of ``calibration``.
        transfers: by the corpus that alone was fitted on.
        mix: shares of the answers that Brier score, calibration error and bins are weighted to.
    """
    shares = ", ".join(f"{mix[answer]:.0%} {answer}" for answer in ANSWERS)
    head = [
        "# The probability of an answer",
        "Written by `python -m bench.abstention`, which says how the questions are gathered and "
        "fits the constants of `search/abstention.py`. All figures are of questions and articles "
        "that were not fitted on. *near*: the corpus speaks of it and does not say it (the "
        "document with the answer was taken away, or a judge found none); *far*: another world.",
        _table(cases, calibration),
        f"Errors at the default threshold, {DEFAULT_THRESHOLD}: answered questions below it, "
        "near and far ones not below it.",
        "What the signals cannot tell: the near questions of the judgments were written to be "
        "taken for answered ones. They name the corpus's own firms, laws and themes and ask for a "
        "figure or a date that no document gives, while the answered ones are put in other words "
        "than the text's. Nearness, lead and shared words are then the same or higher; only "
        "reading would tell. There are few of them, so their figures are rough.",
        "![Reliability](abstention.svg)",
        f"## Reliability\n\nWeighted to {shares}; {BINS} bins of equal width.",
        _calibration_table(cases, calibration, mix),
        *(_bins_table(name, found, calibration, mix) for name, found in _by(cases, "corpus")),
        "## Transfer\n\nAUROC near / far where only one corpus was fitted on, or both.",
        _transfer_table(cases, {**transfers, "both": fitted}),
    ]
    return "\n\n".join(head) + "\n"


def _table(cases: Sequence[Case], calibration: Calibration) -> str:
    rows = [
        "| questions | present | near | far | AUROC near | AUROC far "
        "| answered, not sure | near, sure | far, sure |",
        "|---|" + "---:|" * 8,
    ]
    for name, found in (*_by(cases, "name"), *_by(cases, "corpus")):
        counts = [sum(case.answer == answer for case in found) for answer in ANSWERS]
        errors = _errors(found, calibration)
        rows.append(
            f"| {name} | {' | '.join(map(str, counts))} "
            f"| {_auroc(found, calibration, NEAR):.3f} | {_auroc(found, calibration, FAR):.3f} "
            f"| {' | '.join(f'{error:.1%}' for error in errors)} |"
        )
    return "\n".join(dict.fromkeys(rows))


def _calibration_table(
    cases: Sequence[Case], calibration: Calibration, mix: Mapping[str, float]
) -> str:
    rows = ["| questions | Brier score | expected calibration error |", "|---|---:|---:|"]
    for name, found in (*_by(cases, "name"), *_by(cases, "corpus")):
        said, true, weights = _weighted(found, calibration, mix)
        brier = float(weights @ (said - true) ** 2)
        error = sum(w * abs(s - t) for w, s, t, _ in _bins(said, true, weights))
        rows.append(f"| {name} | {brier:.3f} | {error:.3f} |")
    return "\n".join(dict.fromkeys(rows))


def _bins_table(
    name: str, cases: Sequence[Case], calibration: Calibration, mix: Mapping[str, float]
) -> str:
    rows = [f"### {name}", "", "| said | answered | questions |", "|---:|---:|---:|"]
    for _, said, true, count in _bins(*_weighted(cases, calibration, mix)):
        rows.append(f"| {said:.2f} | {true:.2f} | {count} |")
    return "\n".join(rows)


def _transfer_table(cases: Sequence[Case], fits: Mapping[str, Calibration]) -> str:
    names = list(_by(cases, "name"))
    rows = [
        f"| fitted on | {' | '.join(name for name, _ in names)} |",
        "|---|" + "---:|" * len(names),
    ]
    for fitted_on, calibration in fits.items():
        cells = [
            f"{_auroc(found, calibration, NEAR):.3f} / {_auroc(found, calibration, FAR):.3f}"
            for _, found in names
        ]
        rows.append(f"| {fitted_on} | {' | '.join(cells)} |")
    return "\n".join(rows)


def reliability_diagram(
    cases: Sequence[Case], calibration: Calibration, mix: Mapping[str, float]
) -> bytes:
    """An SVG picture: what was said across, how often it was so upwards, a line for each corpus."""
    make = ElementMaker(
        namespace="http://www.w3.org/2000/svg", nsmap={None: "http://www.w3.org/2000/svg"}
    )
    groups = list(_by(cases, "corpus"))
    width, height = _SIDE + 2 * _EDGE, _SIDE + 2 * _EDGE + 20 * len(groups)
    svg = make.svg(
        make.rect(width="100%", height="100%", fill="#FFFFFF"),
        width=str(width), height=str(height), viewBox=f"0 0 {width} {height}",
    )  # fmt: skip
    svg.set("font-family", "sans-serif")
    svg.set("font-size", "12")

    def at(said: float, true: float) -> tuple[float, float]:
        return round(_EDGE + said * _SIDE, 1), round(_EDGE + (1 - true) * _SIDE, 1)

    def text(place: tuple[float, float], words: str, anchor: str = "middle") -> None:
        element = make.text(words, x=str(place[0]), y=str(place[1]))
        element.set("text-anchor", anchor)
        svg.append(element)

    def line(places: Sequence[tuple[float, float]], colour: str, dashes: str = "none") -> None:
        points = " ".join(f"{x},{y}" for x, y in places)
        element = make.polyline(points=points, fill="none", stroke=colour)
        element.set("stroke-dasharray", dashes)
        svg.append(element)

    line([at(0, 0), at(0, 1), at(1, 1), at(1, 0), at(0, 0)], "#8A8F98")
    line([at(0, 0), at(1, 1)], "#8A8F98", "4 4")
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = at(tick, tick)
        text((x, _EDGE + _SIDE + 16), f"{tick:g}")
        text((_EDGE - 6, y + 4), f"{tick:g}", "end")
    text((_EDGE + _SIDE / 2, _EDGE + _SIDE + 34), "probability that is said")
    text((_EDGE, _EDGE - 12), "share of questions that are answered", "start")
    for number, (name, found) in enumerate(groups):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [at(s, t) for _, s, t, _ in _bins(*_weighted(found, calibration, mix))]
        line(places, colour)
        for x, y in places:
            svg.append(make.circle(cx=str(x), cy=str(y), r="3.5", fill=colour))
        y = _EDGE + _SIDE + 56 + 20 * number
        svg.append(make.circle(cx=str(_EDGE), cy=str(y - 4), r="4", fill=colour))
        text((_EDGE + 12, y), name, "start")
    return etree.tostring(svg, pretty_print=True)


def _by(cases: Sequence[Case], what: str) -> list[tuple[str, list[Case]]]:
    names = dict.fromkeys(getattr(case, what) for case in cases)
    return [(name, [case for case in cases if getattr(case, what) == name]) for name in names]


def _said(cases: Sequence[Case], calibration: Calibration) -> Values:
    return np.array([calibration.probability(case.signals) for case in cases])


def _auroc(cases: Sequence[Case], calibration: Calibration, beside: str) -> float:
    """Of answered questions over the others that are ``beside`` them."""
    compared = [case for case in cases if case.answer in (PRESENT, beside)]
    true = [case.answer == PRESENT for case in compared]
    return float(roc_auc_score(true, _said(compared, calibration)))


def _errors(cases: Sequence[Case], calibration: Calibration) -> list[float]:
    sure = _said(cases, calibration) >= DEFAULT_THRESHOLD
    answers = np.array([case.answer for case in cases])
    return [float((sure[answers == a] != (a == PRESENT)).mean()) for a in ANSWERS]


def _weighted(
    cases: Sequence[Case], calibration: Calibration, mix: Mapping[str, float]
) -> tuple[Values, Values, Values]:
    """What was said, what was true, and weights that add up to 1."""
    answers = [case.answer for case in cases]
    weights = np.array([mix[answer] / answers.count(answer) for answer in answers])
    true = np.array([answer == PRESENT for answer in answers], dtype=np.float64)
    return _said(cases, calibration), true, weights / weights.sum()


def _bins(said: Values, true: Values, weights: Values) -> list[tuple[float, float, float, int]]:
    """Of each bin that is not empty: its weight, what was said and true on average, how many."""
    place = np.minimum((said * BINS).astype(int), BINS - 1)
    found = []
    for number in np.unique(place):
        inside = place == number
        weight = float(weights[inside].sum())
        means = (float(weights[inside] @ values[inside]) / weight for values in (said, true))
        found.append((weight, *means, int(inside.sum())))
    return found
