"""What a snapshot holds, for one's own work: passages as an Arrow table, vectors as arrays.

Row ``i`` of a table and row ``i`` of its vectors are the same passage, or the same sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .dense import Vectors
from .errors import ExportError
from .snapshot import Snapshot

if TYPE_CHECKING:
    import pyarrow as pa

PASSAGES = "passages.parquet"
VECTORS = "vectors.npy"
SENTENCES = "sentences.parquet"
SENTENCE_VECTORS = "sentences.npy"
_ROWS_IN_A_BATCH = 4096


def passages_table(snapshot: Snapshot) -> pa.Table:
    """Every passage with what is known of its document, in row order.

    Columns: ``passage_id``, ``document_id``, ``path``, ``title``, ``author``, ``group``, ``kind``,
    ``year`` (null where nothing says), ``language``, ``first_page``, ``last_page`` (from 1),
    ``heading_path`` (a list, outermost first), ``text``. The schema's metadata names the snapshot
    and its model.
    """
    import pyarrow as pa  # noqa: PLC0415 - a tenth of a second, only who wants one pays

    text, number = pa.string(), pa.int32()
    types = {
        **dict.fromkeys(("passage_id", "document_id", "path", "title", "author"), text),
        **{"group": text, "kind": text, "year": number, "language": text},
        **{"first_page": number, "last_page": number},
        **{"heading_path": pa.list_(text), "text": text},
    }
    rows = (
        (
            passage.id,
            document.id,
            document.path,
            document.title,
            document.author,
            document.group,
            document.kind,
            document.year,
            document.language,
            passage.first_page,
            passage.last_page,
            list(passage.heading_path),
            passage.text,
        )
        for passage, document in snapshot.store.passages()
    )
    return _table(rows, pa.schema(list(types.items()), metadata=_metadata(snapshot)))


def sentences_table(snapshot: Snapshot) -> pa.Table:
    """Every sentence of every passage, in row order.

    Columns: ``passage_id``, ``start``, ``end`` (where it stands in the passage's text, in
    characters), ``text``.
    """
    import pyarrow as pa  # noqa: PLC0415 - see above

    rows = (
        (passage.id, span.start, span.end, span.of(passage.text))
        for passage, _ in snapshot.store.passages()
        for span in passage.sentences
    )
    columns = [("passage_id", pa.string()), ("start", pa.int32()), ("end", pa.int32())]
    columns.append(("text", pa.string()))
    return _table(rows, pa.schema(columns, metadata=_metadata(snapshot)))


def passage_vectors(snapshot: Snapshot) -> Vectors:
    """``float32[p, d]``: a unit vector for each row of `passages_table`; a copy."""
    return np.array(snapshot.dense.passages)


def sentence_vectors(snapshot: Snapshot) -> Vectors:
    """``float32[s, d]``: a unit vector for each row of `sentences_table`; a copy."""
    return np.array(snapshot.dense.sentences)


def take_out(snapshot: Snapshot, folder: Path) -> tuple[Path, ...]:
    """Write both tables as Parquet and both arrays as ``.npy``; return the files.

    Args:
        folder: made if it does not exist; must be empty.

    Raises:
        ExportError: ``folder`` is not empty, or cannot be written.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415 - see above

    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ExportError(f"{folder} is not empty: name a new folder, or empty it first")
        pq.write_table(passages_table(snapshot), folder / PASSAGES)
        np.save(folder / VECTORS, snapshot.dense.passages, allow_pickle=False)
        pq.write_table(sentences_table(snapshot), folder / SENTENCES)
        np.save(folder / SENTENCE_VECTORS, snapshot.dense.sentences, allow_pickle=False)
    except OSError as error:
        raise ExportError(f"{folder} cannot be written ({error}): name another") from None
    return tuple(folder / name for name in (PASSAGES, VECTORS, SENTENCES, SENTENCE_VECTORS))


def _table(rows: Iterator[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    """``rows`` as a table; a batch at a time, so that they are never all Python objects."""
    import pyarrow as pa  # noqa: PLC0415 - see above

    batches = []
    while batch := list(islice(rows, _ROWS_IN_A_BATCH)):
        columns = zip(*batch, strict=True)
        arrays = [pa.array(c, field.type) for c, field in zip(columns, schema, strict=True)]
        batches.append(pa.record_batch(arrays, schema=schema))
    return pa.Table.from_batches(batches, schema)


def _metadata(snapshot: Snapshot) -> dict[str, str]:
    manifest = snapshot.manifest
    return {
        "snapshot": snapshot.id,
        "model": manifest.model,
        "fingerprint": manifest.fingerprint,
    }
