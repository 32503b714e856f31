"""The documents to learn from: what the reader of cases sees of them, and how they are judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.cases import JUDGED, read_cases
from search.cases.case_index import everywhere_in, read_sources
from search.cases.source import Source
from search.cases.told import Statement
from search.cases.vocabulary import Role, vocabulary
from search.encoder import Encoder
from search.snapshot import open_snapshot

LEARNING = Path(__file__).parents[1] / "case_learning" / "judgments.jsonl"
SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Learned:
    """A document to learn from.

    Attributes:
        style: how it tells its case, with the corpus before it; `SAMPLE` where it tells none.
        cases: that it tells, as judged; none where it tells none.
        everywhere: keys of names that stand in most documents of its corpus.
    """

    style: str
    source: Source
    cases: tuple[dict[str, Any], ...]
    everywhere: frozenset[str]

    @property
    def is_of_the_sample(self) -> bool:
        """Whether it is of the sample corpus, the styles of which are real documents'."""
        return self.style.startswith(SAMPLE)

    def told(self) -> list[Statement]:
        """Its statements, without imprint and sources."""
        words = vocabulary()
        return [s for s in self.source.statements if not words.cue_count(Role.SOURCE, s.body)]


def read_learned(sample: Path, learning: Path, encoder: Encoder) -> list[Learned]:
    """The documents of the sample corpus and of bench/case_learning.

    Args:
        sample, learning: indexes of the two.
    """
    corpora = ((SAMPLE, sample, JUDGED), ("learning", learning, LEARNING))
    return [one for corpus in corpora for one in _read(*corpus, encoder)]


def single(documents: Iterable[Learned]) -> list[Learned]:
    """Those that tell one case."""
    return [document for document in documents if len(document.cases) == 1]


def _read(name: str, index: Path, judged: Path, encoder: Encoder) -> Iterator[Learned]:
    snapshot = open_snapshot(index)
    cases: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in read_cases(judged):
        if case["organisation"]:
            cases[case["document"]].append(case)
    sources = read_sources(
        snapshot.store, snapshot.dense.sentences, encoder, snapshot.organisations
    )
    everywhere = everywhere_in(sources)
    for source in sources:
        told = tuple(cases.get(source.document.path, ()))
        style = f"{name}-{told[0]['style']}" if told else name
        yield Learned(style, source, told, everywhere)
