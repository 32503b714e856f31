"""Every ranking on every relevance set at hand: writes the committed table bench/quality.md.

    python -m bench.quality [--sets ../shared/eval] [--index index/] [--out bench/quality.md]

Sets are the folders in BEIR layout inside ``--sets`` (two of the same documents share one
throw-away index) and the shipped judgments, on an index of the sample corpus. What is not there is
named with the reason. The settings are all of `search.settings.SETTINGS`; each is tested against
the engine.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path

from tqdm import tqdm

from search.beir import read_beir
from search.encoder import Encoder, load_encoder
from search.engine import Engine
from search.errors import MinitError
from search.evaluation import MAIN_MEASURE, Evaluation, compare, rank, throwaway_engine
from search.evaluation_tables import to_markdown
from search.judgments import read_judgments
from search.settings import SETTINGS
from search.snapshot import open_snapshot
from search.topics import Topics, beir_topics, document_names, judged_topics, passage_names

ROOT = Path(__file__).parent.parent
JUDGMENTS = ROOT / "tests" / "judgments" / "queries.jsonl"
BASELINE = "engine"
LEVEL = 0.05


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sets", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--index", type=Path, default=ROOT / "index")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "quality.md")
    options = parser.parse_args()
    encoder = load_encoder()
    skipped: list[str] = []
    measured: list[Evaluation] = []
    for found in (_of_sets(options.sets, encoder), _of_judgments(options.index, encoder)):
        try:
            measured += found
        except MinitError as error:
            skipped.append(str(error))
            print(f"not measured: {error}")
    if not measured:
        parser.error("there is nothing to measure")
    options.out.write_text(_page(measured, skipped), encoding="utf-8")
    print(f"written: {options.out}")


def _of_sets(folder: Path, encoder: Encoder) -> Iterator[Evaluation]:
    folders = sorted(path.parent for path in folder.glob("*/corpus.jsonl"))
    if not folders:
        raise MinitError(f"no relevance sets: {folder.name}/ has no folder in BEIR layout")
    for _, same in groupby(sorted(folders, key=_documents_of), key=_documents_of):
        sets = {path.name: read_beir(path) for path in same}
        bar = tqdm(desc=", ".join(sets), unit="text")

        def progress(done: int, total: int, bar: tqdm = bar) -> None:
            bar.total = total
            bar.update(done - bar.n)

        with throwaway_engine(next(iter(sets.values())), encoder, progress) as engine:
            bar.close()
            names = document_names(engine.snapshot.store)
            for name, relevance in sets.items():
                yield _measure(engine, names, beir_topics(name, relevance))


def _documents_of(folder: Path) -> str:
    return hashlib.sha256((folder / "corpus.jsonl").read_bytes()).hexdigest()


def _of_judgments(index: Path, encoder: Encoder) -> Iterator[Evaluation]:
    with closing(open_snapshot(index)) as snapshot:
        engine = Engine(snapshot, encoder)
        topics, _ = judged_topics(read_judgments(JUDGMENTS), snapshot.store)
        for part in topics:
            yield _measure(engine, passage_names(snapshot.store), part)


def _measure(engine: Engine, names: list[str], topics: Topics) -> Evaluation:
    evaluation = compare(topics, rank(engine, topics.queries, names, SETTINGS), BASELINE)
    print(f"measured: {topics.name}")
    return evaluation


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
