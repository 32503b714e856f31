"""A source as a scan: what comes out of an office scanner, pictures of pages and no text."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
import pypdfium2
from PIL import Image

from ..tree import Fact, Source
from ..wording import AUTHOR
from .office import SAVED
from .typeset import typeset

DPI = 200
SKEW = 0.35  # degrees, alternately to either side, as sheets lie in a feeder
NOISE = 5.0  # standard deviation, in 1/255 of white
JPEG_QUALITY = 45


def scan(source: Source, facts: Mapping[str, Fact]) -> bytes:
    """A PDF with one grey picture a page, a little askew and noisy, without a text layer.

    The noise is drawn from a fixed seed, so the same source gives the same bytes.
    """
    typed = pypdfium2.PdfDocument(typeset(source, facts))
    sheets = [_sheet(page, number) for number, page in enumerate(typed, start=1)]
    typed.close()
    out = io.BytesIO()
    sheets[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=sheets[1:],
        resolution=DPI,
        quality=JPEG_QUALITY,
        author=AUTHOR,
        producer="scanner",
        creationDate=SAVED.timetuple(),
        modDate=SAVED.timetuple(),
    )
    return out.getvalue()


def _sheet(page: pypdfium2.PdfPage, number: int) -> Image.Image:
    picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
    angle = SKEW if number % 2 else -SKEW
    askew = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    grain = np.random.default_rng(number).normal(0, NOISE, (askew.height, askew.width))
    grey = np.asarray(askew, dtype=np.float64) + grain
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))
