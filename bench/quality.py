"""Every ranking on every relevance set at hand: writes the committed table bench/quality.md.

    python -m bench.quality [--sets ../shared/eval] [--index index/] [--out bench/quality.md]

Sets are those of `bench.judged_sets`. What is not there is named with the reason. The settings are
all of `search.settings.SETTINGS`; each is tested against the engine.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from search.encoder import load_encoder
from search.evaluation import MAIN_MEASURE, Evaluation, compare, rank
from search.evaluation_tables import to_markdown
from search.settings import SETTINGS

from .judged_sets import INDEX, ROOT, SETS, judged_sets

BASELINE = "engine"
LEVEL = 0.05


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sets", type=Path, default=SETS)
    parser.add_argument("--index", type=Path, default=INDEX)
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "quality.md")
    options = parser.parse_args()
    skipped: list[str] = []
    measured: list[Evaluation] = []
    for engine, names, topics in judged_sets(options.sets, options.index, load_encoder(), skipped):
        runs = rank(engine, topics.queries, names, SETTINGS)
        measured.append(compare(topics, runs, BASELINE))
        print(f"measured: {topics.name}")
    if not measured:
        parser.error("there is nothing to measure")
    options.out.write_text(_page(measured, skipped), encoding="utf-8")
    print(f"written: {options.out}")


def _page(measured: list[Evaluation], skipped: list[str]) -> str:
    head = [
        "# Quality of the ranking",
        "Written by `python -m bench.quality`; the settings are those of `search/settings.py`.",
        f"{MAIN_MEASURE}; the best of each set is bold, † marks what differs from the engine "
        f"(two-sided randomisation test, Holm-corrected, p < {LEVEL}).",
        _overview(measured),
        *(f"Not measured: {reason}." for reason in skipped),
    ]
    return "\n\n".join([*head, *map(to_markdown, measured)]) + "\n"


def _overview(measured: list[Evaluation]) -> str:
    names = list(SETTINGS)
    lines = ["| " + " | ".join(("set", "queries", *names)) + " |"]
    lines.append("|---|" + "---:|" * (len(names) + 1))
    for evaluation in measured:
        means = {m.setting: m.estimates[MAIN_MEASURE].mean for m in evaluation.settings}
        cells = [evaluation.topics.name, str(len(evaluation.topics.queries))]
        for setting in evaluation.settings:
            mean = means[setting.setting]
            said = f"**{mean:.3f}**" if mean == max(means.values()) else f"{mean:.3f}"
            beside = setting.comparisons.get(MAIN_MEASURE)
            cells.append(said + ("†" if beside is not None and beside.p < LEVEL else ""))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
