"""A character map as SentencePiece stores it: a double-array trie and its replacements.

`tokenizers.normalizers.Precompiled` reads this layout and applies it at native speed. It is
laid out as in SentencePiece (`Builder::EncodePrecompiledCharsMap`): the trie's size in bytes,
the trie as darts-clone units of 32 bits, then the replacements, each ended by a zero byte.

Trie: Aoe (1989), "An efficient digital search algorithm by using a double-array structure";
unit layout: darts-clone (https://github.com/s-yata/darts-clone).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

_HAS_LEAF = 1 << 8
_IS_LEAF = 1 << 31
_OFFSET_SHIFT = 10
_LARGEST_OFFSET = 1 << 21
_BLOCK = 256


def encode_charsmap(replacements: Mapping[str, str]) -> bytes:
    """The map as a ``precompiled_charsmap``.

    Args:
        replacements: key to replacement; a key is not empty and holds no NUL.

    Raises:
        ValueError: a key is empty or holds NUL, or the map is too large for the layout.
    """
    texts = bytearray()
    values: dict[bytes, int] = {}
    for key, replacement in replacements.items():
        if not key or "\0" in key:
            raise ValueError(f"{key!r} cannot be a key of a character map")
        values[key.encode()] = len(texts)
        texts += replacement.encode() + b"\0"
    trie = _double_array(values)
    return struct.pack("<I", 4 * len(trie)) + struct.pack(f"<{len(trie)}I", *trie) + bytes(texts)


def _double_array(values: Mapping[bytes, int]) -> list[int]:
    """Units of a trie in which the child of a node at ``base`` by byte ``b`` is ``base ^ b``.

    The unit at a base is the node's own, so no two nodes share one, and a label alone tells
    whose child a unit is.
    """
    children: dict[bytes, list[int]] = {b"": []}
    for key in sorted(values):
        for length in range(len(key)):
            prefix, byte = key[:length], key[length]
            siblings = children.setdefault(prefix, [])
            if byte not in siblings:
                siblings.append(byte)

    units: dict[int, int] = {0: 0}
    first_free = 1

    def place(prefix: bytes, position: int) -> None:
        nonlocal first_free
        # Label 0 is the node's own value; kept free of others even where there is none.
        labels = [0, *children.get(prefix, [])]
        while first_free in units:
            first_free += 1
        base = first_free
        while any(base ^ label in units for label in labels):
            base += 1
        if base >= _LARGEST_OFFSET:
            raise ValueError("the character map is too large for its layout")
        units[position] |= (base ^ position) << _OFFSET_SHIFT
        for label in labels:
            units[base ^ label] = label
        if prefix in values:
            units[position] |= _HAS_LEAF
            units[base] = _IS_LEAF | values[prefix]
        for label in labels[1:]:
            place(prefix + bytes([label]), base ^ label)

    place(b"", 0)
    # A look-up may step to any of the 256 neighbours of a base before it reads the label.
    size = (max(units) // _BLOCK + 1) * _BLOCK
    return [units.get(position, 0) for position in range(size)]
