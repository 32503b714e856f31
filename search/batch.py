"""Many queries answered block by block, each block written before the next is searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .batch_output import Output
from .engine import Engine
from .query_files import AskedQuery

BLOCK = 64
"""Queries that are answered and written together: a kill costs no more than these."""


def answer_all(
    engine: Engine,
    queries: Sequence[AskedQuery],
    output: Output,
    progress: Callable[[int], object],
) -> int:
    """Answer each query and write its hits; return how many hits there are.

    Memory does not grow with the number of queries.

    Args:
        progress: called after each block with how many queries were in it.

    Raises:
        ExportError: the results cannot be written.
    """
    hits = 0
    for start in range(0, len(queries), BLOCK):
        block = queries[start : start + BLOCK]
        run = engine.search_many({asked.id: asked.query for asked in block})
        output.write(run)
        hits += sum(len(results.hits) for results in run)
        progress(len(block))
    output.finish()
    return hits
