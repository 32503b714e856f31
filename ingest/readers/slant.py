"""How a scanned page lies on its picture: measured, straightened, and undone for its boxes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

_WIDEST = 4.0  # degrees to either side
_PREVIEW_DPI = 75


@dataclass(frozen=True, slots=True)
class Slant:
    """How a page lies in its straightened picture.

    Attributes:
        angle: degrees by which the page was turned counter-clockwise to stand straight.
        page: width and height of the page as shown, in points.
        straight: width and height of the straightened picture, in points.
    """

    angle: float
    page: tuple[float, float]
    straight: tuple[float, float]

    def straighten(self, boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Boxes on the page as boxes on the picture.

        Args:
            boxes: shape (n, 4): left, top, right, bottom in points from the top left corner.
        """
        return _turned(boxes, self.angle, self.page, self.straight)

    def restore(self, boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Boxes on the picture as boxes on the page, upright around the same middle."""
        return _turned(boxes, -self.angle, self.straight, self.page)


def _turned(
    boxes: npt.NDArray[np.float64],
    angle: float,
    old: tuple[float, float],
    new: tuple[float, float],
) -> npt.NDArray[np.float64]:
    x = (boxes[:, 0] + boxes[:, 2] - old[0]) / 2
    y = (boxes[:, 1] + boxes[:, 3] - old[1]) / 2
    half = np.stack((boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]), axis=1) / 2
    if round(angle / 90) % 2:
        half = half[:, ::-1]
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    middle = np.stack((x * cos + y * sin + new[0] / 2, y * cos - x * sin + new[1] / 2), axis=1)
    return np.concatenate((middle - half, middle + half), axis=1)


def measure_skew(picture: Image.Image, dpi: float) -> float:
    """By how many degrees, counter-clockwise, a page of text must be turned to be straight.

    The angle at which the profile of ink along the lines changes most sharply from row to row
    (Postl, "Detection of linear oblique structures and skew scan in digitized documents",
    ICPR 1986), to a tenth of a degree.

    Args:
        picture: grey.

    Returns:
        From -4.5 to 4.5; 0 for a picture without ink.
    """
    factor = max(1, round(dpi / _PREVIEW_DPI))
    grey = np.asarray(picture.reduce(factor), dtype=np.int16)
    y, x = np.nonzero(grey < np.median(grey) - 64)
    if not len(y):
        return 0.0

    def sharpness(angle: float) -> float:
        rows = (y - x * math.tan(math.radians(angle))).astype(np.int64)
        profile = np.bincount(rows - rows.min()).astype(np.float64)
        return float(np.square(np.diff(profile)).sum())

    coarse = max(np.arange(-_WIDEST, _WIDEST + 0.01, 0.5), key=sharpness)
    return float(max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=sharpness))


def turned_picture(picture: Image.Image, angle: float) -> Image.Image:
    """Turn a grey picture counter-clockwise around its middle, on paper that holds all of it."""
    paper = int(np.median(np.asarray(picture.reduce(8))))
    return picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=paper)
