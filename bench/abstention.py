"""Fit and test the probability of an answer: writes bench/abstention.md and bench/abstention.svg.

    python -m bench.abstention [--sets ../shared/eval] [--index index/]

Fitted on one half of the questions and tested on the other, which has other articles (see
`bench.abstention_cases`). The constants that are printed go into `search/abstention.py`; the tables
are of those that stand there, so it is run again after they are changed.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bench.abstention_cases import (
    FAR,
    FIT,
    NEAR,
    PRESENT,
    STRANGERS,
    TEST,
    Case,
    judged_cases,
    relevance_sets,
    set_cases,
)  # fmt: skip
from bench.abstention_page import page, reliability_diagram
from search.abstention import CALIBRATION, Calibration, answer_terms, topic_terms
from search.encoder import Encoder, load_encoder
from search.engine import Engine
from search.judgments import read_judgments
from search.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent
JUDGMENTS = ROOT / "tests" / "judgments" / "queries.jsonl"
MIX = {PRESENT: 0.6, NEAR: 0.2, FAR: 0.2}
"""What is taken for granted of the questions that are asked."""

JUDGMENTS_WEIGHT = 0.5
"""Of the judgments' corpus beside a relevance set's: few of its questions are near."""


def main() -> None:
    """Gather, fit, test and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sets", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--index", type=Path, default=ROOT / "index")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "abstention.md")
    options = parser.parse_args()
    encoder = load_encoder()
    cases = gather(options.sets, options.index, encoder)
    fitted = fit([case for case in cases if case.half == FIT], encoder.fingerprint)
    print(f"fitted on {sum(case.half == FIT for case in cases)} questions:\n{_source(fitted)}")
    transfers = {
        corpus: fit([c for c in cases if (c.half, c.corpus) == (FIT, corpus)], encoder.fingerprint)
        for corpus in dict.fromkeys(case.corpus for case in cases)
    }
    tested = [case for case in cases if case.half == TEST]
    options.out.write_text(page(tested, CALIBRATION, fitted, transfers, MIX), encoding="utf-8")
    picture = options.out.with_suffix(".svg")
    picture.write_bytes(reliability_diagram(tested, CALIBRATION, MIX))
    print(f"written: {options.out}, {picture}")


def gather(sets: Path, index: Path, encoder: Encoder) -> list[Case]:
    """Every case of the relevance sets in ``sets`` and of the judgments on ``index``."""
    judged = read_judgments(JUDGMENTS)
    cases: list[Case] = []
    strangers: list[str] = []
    for group in relevance_sets(sets):
        cases += set_cases(group, [query.text for query in judged], encoder)
        for found in group.values():
            strangers += list(found.queries.values())[::STRANGERS]
        print(f"gathered: {', '.join(group)}")
    with closing(open_snapshot(index)) as snapshot:
        cases += judged_cases(judged, strangers, Engine(snapshot, encoder))
    return cases


def fit(cases: Sequence[Case], fingerprint: str) -> Calibration:
    """The two regressions, for questions in the proportions of `MIX`."""
    weights = _weights(cases)
    alike = [case.signals.alike for case in cases]
    answered = [case.answer != FAR for case in cases]
    topic = _regression([topic_terms(case.signals) for case in cases], answered, weights)
    spoken = [number for number, case in enumerate(cases) if case.answer != FAR]
    terms = [answer_terms(cases[number].signals, min(alike), max(alike)) for number in spoken]
    present = [cases[number].answer == PRESENT for number in spoken]
    answer = _regression(terms, present, weights[spoken])
    return Calibration(fingerprint, topic, answer, min(alike), max(alike))


def _weights(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Each corpus as much as another (the judgments': `JUDGMENTS_WEIGHT`), answers as in `MIX`."""
    parts = [(case.corpus, case.answer) for case in cases]
    shares = {
        part: MIX[part[1]] * (JUDGMENTS_WEIGHT if part[0] == "judgments" else 1) / parts.count(part)
        for part in set(parts)
    }
    weights = np.array([shares[part] for part in parts])
    return weights * len(cases) / weights.sum()


def _regression(
    terms: Sequence[tuple[float, ...]], outcomes: Sequence[bool], weights: NDArray[np.float64]
) -> tuple[float, ...]:
    """Intercept and weights of the terms as they are; fitted on standardised ones."""
    scaler = StandardScaler().fit(terms)
    model = LogisticRegression(max_iter=1000).fit(scaler.transform(terms), outcomes, weights)
    slopes = model.coef_[0] / scaler.scale_
    intercept = model.intercept_[0] - slopes @ scaler.mean_
    return (float(intercept), *map(float, slopes))


def _source(calibration: Calibration) -> str:
    """The constants as they stand in search/abstention.py."""
    return (
        "CALIBRATION = Calibration(\n"
        f'    fingerprint="{calibration.fingerprint}",\n'
        f"    topic={_rounded(calibration.topic)},\n"
        f"    answer={_rounded(calibration.answer)},\n"
        f"    least_alike={calibration.least_alike:.4g},\n"
        f"    most_alike={calibration.most_alike:.4g},\n)"
    )


def _rounded(values: Sequence[float]) -> str:
    return f"({', '.join(f'{value:.4g}' for value in values)})"


if __name__ == "__main__":
    main()
