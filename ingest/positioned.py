"""Text whose every character remembers where it stands on its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.uint16]
"""Shape (n, 4): left, top, right, bottom in 1/65535 of the page, from its top left corner."""


def no_boxes(length: int) -> Boxes:
    """Boxes of ``length`` characters that have no place of their own: zeros."""
    return np.zeros((length, 4), dtype=np.uint16)


def union(boxes: Boxes) -> Boxes:
    """The smallest box around the given ones, shape (1, 4); zeros where none has a place."""
    placed = boxes[boxes.any(axis=1)]
    if not len(placed):
        return no_boxes(1)
    low, high = placed.min(axis=0), placed.max(axis=0)
    return np.array([[low[0], low[1], high[2], high[3]]], dtype=np.uint16)


def spread(box: Boxes, count: int) -> Boxes:
    """One box, shape (1, 4), cut from left to right into ``count`` equal boxes."""
    left, top, right, bottom = (int(edge) for edge in box[0])
    edges = [left + (right - left) * step // count for step in range(count + 1)]
    return np.array([[edges[i], top, edges[i + 1], bottom] for i in range(count)], dtype=np.uint16)


@dataclass(frozen=True, slots=True, eq=False)
class PositionedText:
    """A string and one box for each of its characters; every operation returns a new one.

    Attributes:
        text: the characters.
        boxes: uint16, shape (len(text), 4); see `Boxes`.

    Raises:
        ValueError: there is not exactly one box a character.
    """

    text: str
    boxes: Boxes

    def __post_init__(self) -> None:
        if self.boxes.shape != (len(self.text), 4):
            raise ValueError(f"{len(self.text)} characters with boxes of {self.boxes.shape}")

    @classmethod
    def unplaced(cls, text: str) -> PositionedText:
        """``text`` without any place on a page."""
        return cls(text, no_boxes(len(text)))

    @classmethod
    def join(cls, separator: str, pieces: Iterable[PositionedText]) -> PositionedText:
        """The pieces one after the other, with an unplaced ``separator`` between two."""
        listed = list(pieces)
        if len(listed) == 1:
            return listed[0]
        gap = no_boxes(len(separator))
        boxes: list[Boxes] = []
        for piece in listed:
            boxes.extend((gap, piece.boxes) if boxes else (piece.boxes,))
        text = separator.join(piece.text for piece in listed)
        return cls(text, np.concatenate(boxes) if boxes else no_boxes(0))

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int) -> PositionedText:
        """Characters ``start`` (included) to ``end`` (excluded)."""
        return PositionedText(self.text[start:end], self.boxes[start:end])

    def replace(self, replacements: Iterable[tuple[int, int, str]]) -> PositionedText:
        """Put other characters in the place of some spans.

        As many characters as before keep their boxes one by one; otherwise the new ones share the
        box around the old ones, from left to right.

        Args:
            replacements: ``(start, end, new text)``, in order and without overlap.
        """
        texts: list[str] = []
        boxes: list[Boxes] = []
        last = 0
        for start, end, new in replacements:
            texts.extend((self.text[last:start], new))
            boxes.append(self.boxes[last:start])
            if len(new) == end - start:
                boxes.append(self.boxes[start:end])
            elif new:
                boxes.append(spread(union(self.boxes[start:end]), len(new)))
            last = end
        if not texts:
            return self
        texts.append(self.text[last:])
        boxes.append(self.boxes[last:])
        return PositionedText("".join(texts), np.concatenate(boxes))

    def strip(self) -> PositionedText:
        """Without white space at both ends."""
        if self.text == self.text.strip():
            return self
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, max(start, len(self.text.rstrip())))

    def to_bytes(self) -> bytes:
        """The boxes as `search.datatypes.Page.boxes` holds them."""
        return self.boxes.astype("<u2").tobytes()
