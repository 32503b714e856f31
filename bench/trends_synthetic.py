"""Corpora with planted themes: are movements called, and only movements?

    python -m bench.trends_synthetic [--corpora 40] [--out bench/trends_synthetic.md]

A corpus has six to nine years of uneven size. Each theme has a probability of standing in a
document, year by year: **rising** and **falling** between `LOW` and `HIGH` on a straight line,
**late** from nothing to `LATE` in the last third, **flat** anywhere between 0.05 and 0.7,
**seasonal** flat but for `SWING` more and less in turns, **rare** in two or three documents of all.
A document that has a theme has it in one passage or more (geometric). Rare themes shall be called
*dati insufficienti*, flat and seasonal ones *stabile*.

Measured at several sizes, as many documents a year as a cluster, a group, and a small group have.
Precision and recall of movements count direction (up, down); a false alarm is a movement called
where there is none. Where the halves are below `TESTABLE` documents a call follows the effect by
design, so the calls that are sure (confidence alta or media) are counted beside all calls.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.themes.course import Call, Confidence, courses

from .judged_sets import ROOT

LOW, HIGH, LATE, SWING = 0.1, 0.6, 0.5, 0.1
MIX = {"rising": 8, "falling": 8, "late": 6, "flat": 30, "seasonal": 10, "rare": 6}
SIZES = {
    "200 a year": 200,
    "60 a year": 60,
    "25 a year": 25,
    "12 a year": 12,
    "4 a year": 4,
    "2 a year": 2,
}

_WAY = {
    Call.EMERGENTE: "up",
    Call.IN_CRESCITA: "up",
    Call.IN_CALO: "down",
    Call.STABILE: "",
    Call.DATI_INSUFFICIENTI: "",
}
_TRUTH = {"rising": "up", "late": "up", "falling": "down", "flat": "", "seasonal": "", "rare": ""}


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus with planted themes.

    Attributes:
        named: ``int64[t, d]``, passages of each document that name each theme.
        sizes, years: ``int64[d]``.
        sorts: of each theme, a key of `MIX`.
    """

    named: NDArray[np.int64]
    sizes: NDArray[np.int64]
    years: NDArray[np.int64]
    sorts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How well movements were called.

    Attributes:
        f1: of movements with their direction.
        false_alarms: share of the flat and seasonal themes that were called a movement.
        unsaid: share of the rare themes that were called *dati insufficienti*.
    """

    precision: float
    recall: float
    f1: float
    false_alarms: float
    unsaid: float


def planted(seed: int, a_year: int) -> Corpus:
    """A corpus of about ``a_year`` documents a year; the same for the same seed."""
    rng = np.random.default_rng(seed)
    span = int(rng.integers(6, 10))
    counts = np.maximum(2, rng.uniform(0.6, 1.6, span) * a_year).astype(np.int64)
    years = np.repeat(np.arange(2026 - span, 2026), counts)
    sizes = rng.poisson(9, len(years)) + 3
    sorts = tuple(sort for sort, count in MIX.items() for _ in range(count))
    named = np.stack([_theme(sort, years, sizes, rng) for sort in sorts])
    return Corpus(named, sizes, years, sorts)


def _theme(
    sort: str, years: NDArray[np.int64], sizes: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    passed = (years - years.min()) / max(int(years.max() - years.min()), 1)
    if sort == "rare":
        has = np.zeros(len(years), dtype=bool)
        has[rng.choice(len(years), int(rng.integers(2, 4)), replace=False)] = True
    else:
        flat = float(rng.uniform(0.05, 0.7))
        chance = {
            "rising": LOW + (HIGH - LOW) * passed,
            "falling": HIGH - (HIGH - LOW) * passed,
            "late": np.where(passed > 2 / 3, LATE, 0.0),
            "flat": np.full(len(years), flat),
            "seasonal": np.clip(flat + SWING * (-1.0) ** years, 0.0, 1.0),
        }[sort]
        has = rng.random(len(years)) < chance
    said = np.minimum(rng.geometric(0.45, len(years)), sizes)
    return np.where(has, said, 0).astype(np.int64)


def score(corpora: Iterable[Corpus], *, only_sure: bool = False) -> Score:
    """How well movements are called in all the corpora together.

    Args:
        only_sure: a movement of low confidence counts as none.
    """
    seen: Counter[str] = Counter()
    for corpus in corpora:
        found = courses(corpus.named, corpus.sizes, corpus.years)
        for sort, course in zip(corpus.sorts, found, strict=True):
            way, truth = _WAY[course.call], _TRUTH[sort]
            if only_sure and course.confidence is Confidence.BASSA:
                way = ""
            seen["called"] += bool(way)
            seen["moved"] += bool(truth)
            seen["right"] += bool(way) and way == truth
            still = sort in {"flat", "seasonal"}
            seen["still"] += still
            seen["alarms"] += still and bool(way)
            seen["rare"] += sort == "rare"
            seen["unsaid"] += sort == "rare" and course.call is Call.DATI_INSUFFICIENTI
    precision = seen["right"] / max(seen["called"], 1)
    recall = seen["right"] / max(seen["moved"], 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Score(
        precision, recall, f1, seen["alarms"] / seen["still"], seen["unsaid"] / seen["rare"]
    )


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpora", type=int, default=40)
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "trends_synthetic.md")
    options = parser.parse_args()
    lines = [
        "# Planted movements",
        "",
        f"Written by `python -m bench.trends_synthetic --corpora {options.corpora}`; what is "
        "planted, its docstring says.",
        "",
        "| documents | calls | precision | recall | F1 | false alarms | rare: unsaid |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for name, a_year in SIZES.items():
        corpora = [planted(seed, a_year) for seed in range(options.corpora)]
        for only_sure in (False, True):
            found = score(corpora, only_sure=only_sure)
            figures = (found.precision, found.recall, found.f1, found.false_alarms, found.unsaid)
            lines.append(
                f"| {name} | {'sure' if only_sure else 'all'} | "
                + " | ".join(f"{figure:.3f}" for figure in figures)
                + " |"
            )
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
