"""Every relevance set at hand, each with an engine over its documents.

The folders in BEIR layout (two of the same documents share one throw-away index), each also cut
into short answers and into single sentences (`bench.proxies`), and the shipped judgments on an
index of the sample corpus.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from itertools import groupby
from pathlib import Path

from tqdm import tqdm

from search.beir import RelevanceSet, read_beir
from search.encoder import Encoder
from search.engine import Engine
from search.errors import MinitError
from search.evaluation import throwaway_engine
from search.judgments import read_judgments
from search.snapshot import open_snapshot
from search.store import Store
from search.topics import Topics, beir_topics, document_names, judged_topics, passage_names

from .proxies import as_answers, as_sentences, whole_of

ROOT = Path(__file__).parent.parent
SETS = ROOT.parent / "shared" / "eval"
INDEX = ROOT / "index"
JUDGMENTS = ROOT / "tests" / "judgments" / "queries.jsonl"

JudgedSet = tuple[Engine, list[str], Topics]
"""An engine, what each of its rows is judged as, and the questions."""

_CUTS: tuple[tuple[str, Callable[[RelevanceSet], RelevanceSet]], ...] = (
    ("answers", as_answers),
    ("sentences", as_sentences),
)


def judged_sets(
    folder: Path, index: Path, encoder: Encoder, skipped: list[str]
) -> Iterator[JudgedSet]:
    """Each set in turn; an engine is open only until the next one is asked for.

    Args:
        folder: of the sets in BEIR layout.
        index: of the sample corpus.
        skipped: why something is not there is added here.
    """
    for found in (_of_sets(folder, encoder), _of_judgments(index, encoder)):
        try:
            yield from found
        except MinitError as error:
            skipped.append(str(error))
            print(f"not measured: {error}")


def _of_sets(folder: Path, encoder: Encoder) -> Iterator[JudgedSet]:
    folders = sorted(path.parent for path in folder.glob("*/corpus.jsonl"))
    if not folders:
        raise MinitError(f"no relevance sets: {folder.name}/ has no folder in BEIR layout")
    for _, same in groupby(sorted(folders, key=_documents_of), key=_documents_of):
        sets = {path.name: read_beir(path) for path in same}
        yield from _indexed(sets, encoder, document_names)
        for cut_name, cut in _CUTS:
            pieces = {f"{name} {cut_name}": cut(relevance) for name, relevance in sets.items()}
            yield from _indexed(
                pieces, encoder, lambda store: [*map(whole_of, document_names(store))]
            )


def _indexed(
    sets: Mapping[str, RelevanceSet], encoder: Encoder, names_of: Callable[[Store], list[str]]
) -> Iterator[JudgedSet]:
    """Sets of the same documents, on one index."""
    bar = tqdm(desc=", ".join(sets), unit="text")

    def progress(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    with throwaway_engine(next(iter(sets.values())), encoder, progress) as engine:
        bar.close()
        names = names_of(engine.snapshot.store)
        for name, relevance in sets.items():
            yield engine, names, beir_topics(name, relevance)


def _names_of_wholes(store: Store) -> list[str]:
    return [whole_of(name) for name in document_names(store)]


def _documents_of(folder: Path) -> str:
    return hashlib.sha256((folder / "corpus.jsonl").read_bytes()).hexdigest()


def _of_judgments(index: Path, encoder: Encoder) -> Iterator[JudgedSet]:
    with closing(open_snapshot(index)) as snapshot:
        engine = Engine(snapshot, encoder)
        topics, _ = judged_topics(read_judgments(JUDGMENTS), snapshot.store)
        for part in topics:
            yield engine, passage_names(snapshot.store), part
