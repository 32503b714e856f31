"""An index of as many passages as one likes, for measures of time and memory.

    python -m bench.large_index FOLDER --passages 100000 [--index index]

Documents are those of ``--index`` over and over, each time with every twelfth word replaced by a
made-up one, so that no two are the same and the vocabulary grows as that of a real corpus does.
Vectors are not encoded, which would take an hour for 100,000 passages: each is that of a real
passage with noise. So times are real, and the ranking means nothing.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.datatypes import Content, Document, Page
from search.encoder import Encoder, VectorEngine, load_encoder
from search.indexing import index_documents
from search.snapshot import Snapshot, open_snapshot

SEED = 7
_NOISE = 0.03
_MADE_UP = 12
_WORD = re.compile(r"\b[^\W\d_]{4,}\b")
_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo tra cri"


def main() -> None:
    """Make the index and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the index is made")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--index", type=Path, default=Path("index"))
    options = parser.parse_args()
    start = time.monotonic()
    with closing(open_snapshot(options.index)) as snapshot:
        made = make_large_index(options.folder, snapshot, load_encoder(), options.passages)
    print(f"{made} passages in {time.monotonic() - start:.0f} s, without encoding them")


def make_large_index(folder: Path, like: Snapshot, encoder: Encoder, passages: int) -> int:
    """Index at least ``passages`` passages made of those of ``like``; return how many."""
    borrowed = _BorrowedVectors(encoder.engine, like.dense.passages)
    pretending = replace(encoder, engine=borrowed)
    indexed = index_documents(folder, _documents(like, passages), pretending, None, _silent)
    return indexed.counts.passages


class _BorrowedVectors:
    """Gives each text the vector of a real passage, with noise."""

    def __init__(self, real: VectorEngine, vectors: NDArray[np.float32]) -> None:
        self._real = real
        self._vectors = vectors
        self._rng = np.random.default_rng(SEED)

    def embed(
        self,
        texts: Sequence[str],
        prompt: str,  # noqa: ARG002 - as a model is asked
        progress: Callable[[int], None],
    ) -> NDArray[np.float32]:
        taken = self._rng.integers(len(self._vectors), size=len(texts))
        noise = self._rng.normal(scale=_NOISE, size=(len(texts), self._vectors.shape[1]))
        progress(len(texts))
        return np.asarray(self._vectors[taken] + noise, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str], prompt: str) -> list[int]:
        return self._real.count_tokens(texts, prompt)


def _documents(like: Snapshot, passages: int) -> Iterator[tuple[Document, Content]]:
    rng = random.Random(SEED)
    documents = like.store.documents()
    needed = len(documents) * passages / like.manifest.counts.passages
    for number in range(round(needed)):
        document = documents[number % len(documents)]
        id_ = f"copy-{number}"
        copy = replace(document, id=id_, path=f"{document.group}/{id_}", sha256="", source_key=id_)
        yield copy, _altered(like.store.content(document.id), rng)


def _altered(content: Content, rng: random.Random) -> Content:
    """``content`` with other words here and there; its headings stay."""
    starts = {(heading.page, heading.start): heading for heading in content.headings}
    pages, headings = [], []
    for page in content.pages:
        paragraphs, old, new = [], 0, 0
        for paragraph in page.text.split("\n\n"):
            heading = starts.get((page.number, old))
            if heading:
                headings.append(replace(heading, start=new))
            text = paragraph if heading else _WORD.sub(partial(_replaced, rng), paragraph)
            paragraphs.append(text)
            old, new = old + len(paragraph) + 2, new + len(text) + 2
        pages.append(Page(page.number, "\n\n".join(paragraphs)))
    return Content(tuple(pages), tuple(headings))


def _replaced(rng: random.Random, word: re.Match[str]) -> str:
    if rng.randrange(_MADE_UP):
        return word.group()
    made = "".join(rng.choices(_SYLLABLES.split(), k=rng.randrange(2, 5)))
    return made.capitalize() if word.group()[0].isupper() else made


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


if __name__ == "__main__":
    main()
