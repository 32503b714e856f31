"""Vectors that outlive the run that computed them, until a snapshot holds them.

Encoding is nearly all the time that a run takes. What is encoded is appended to a file of the
index at once, so that a run that is killed leaves it to the next.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from .dense import Vectors

_NAME = ".encoded-"
_KEY_BYTES = 16


class EncodedTexts:
    """The vectors of one model for texts, by their key; kept in a file of ``index``.

    A record is a key, its vector and a CRC-32 of both: one that was half written when the power
    failed is not believed, nor is any after it.

    Args:
        fingerprint: of the model, so that no vector of another is taken for one of its own.
        dimension: length of a vector.

    Raises:
        OSError: the file cannot be read or written.
    """

    def __init__(self, index: Path, fingerprint: str, dimension: int) -> None:
        self._path = index / f"{_NAME}{fingerprint[:16]}"
        self._record = np.dtype(
            [("key", f"V{_KEY_BYTES}"), ("vector", "<f4", (dimension,)), ("sum", "<u4")]
        )
        self._rows: dict[bytes, int] = {}
        records = 0
        for key in self._sound_keys():
            self._rows[key] = records
            records += 1
        self._count = records
        with self._path.open("ab") as file:
            file.truncate(records * self._record.itemsize)

    def __contains__(self, key: bytes) -> bool:
        return key in self._rows

    def append(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Add vectors of texts that are not here yet.

        Args:
            vectors: float32[n, d], a row for each key.
        """
        records = np.zeros(len(keys), self._record)
        records["key"] = np.array(keys, dtype=f"V{_KEY_BYTES}")
        records["vector"] = vectors
        records["sum"] = [_sum(record) for record in records]
        with self._path.open("ab") as file:
            file.write(records.tobytes())
        for key in keys:
            self._rows[key] = self._count
            self._count += 1

    def read(self, keys: Sequence[bytes]) -> Vectors:
        """float32[n, d]: the vectors of texts that are here."""
        records = self._records()
        return np.array(records["vector"][[self._rows[key] for key in keys]], dtype=np.float32)

    def _sound_keys(self) -> Iterator[bytes]:
        for record in self._records():
            if record["sum"] != _sum(record):
                return
            yield record["key"].tobytes()

    def _records(self) -> np.ndarray:
        """What the file holds, mapped, not read."""
        size = self._path.stat().st_size if self._path.exists() else 0
        count = size // self._record.itemsize
        if not count:  # nothing can be mapped
            return np.zeros(0, self._record)
        return np.memmap(self._path, self._record, "r", shape=count)


def _sum(record: np.void) -> int:
    return zlib.crc32(record["vector"].tobytes(), zlib.crc32(record["key"].tobytes()))


def forget_encoded(index: Path) -> None:
    """Remove what killed runs left: the current snapshot holds all that is needed."""
    for path in index.glob(f"{_NAME}*"):
        path.unlink()
