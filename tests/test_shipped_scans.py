"""The scans of the shipped corpus: few words are wrong, and all lie where they were typeset."""

import re
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("typst", reason="the pages of scans are read where they were typeset")

from corpus_files import ALL_FACTS, ALL_FILES, CORPUS, file_pages
from scanned import shifts, word_error_rate

from ingest.ocr import find_tesseract
from ingest.ocr_settings import OcrSettings
from ingest.pipeline import OCR_CACHE
from ingest.readers import Reading
from ingest.readers.pdf import read_pdf
from samples.formats.typeset import typeset as typeset_source

needs_tesseract = pytest.mark.skipif(
    find_tesseract() is None,
    reason="Tesseract with Italian data is missing: apt install tesseract-ocr tesseract-ocr-ita",
)

SCANS = [name for name, source in ALL_FILES.items() if source.format == "scan"]


@pytest.fixture(scope="module")
def shipped(sample_index: Path) -> dict[str, Reading]:
    """The shipped scans as they are read; what Tesseract read is kept in the index."""
    settings = OcrSettings(cache=sample_index / OCR_CACHE)
    return {name: read_pdf((CORPUS / name).read_bytes(), ocr=settings) for name in SCANS}


@needs_tesseract
@pytest.mark.parametrize("name", SCANS)
def test_a_shipped_scan_is_read_with_few_wrong_words(shipped, name: str):
    reading = shipped[name]
    true = file_pages(name)
    assert reading.ocr_pages == tuple(range(1, len(true) + 1))
    assert reading.warnings == ()
    # The reader leaves running heads out, which count as lost here: some 2 % of a page.
    assert word_error_rate(" ".join(true), reading.content.text) < 0.07


@needs_tesseract
@pytest.mark.parametrize("name", SCANS)
def test_the_boxes_of_a_scan_lie_where_the_words_were_typeset(shipped, name: str):
    typed = read_pdf(typeset_source(ALL_FILES[name], ALL_FACTS))
    for true, read in zip(typed.content.pages, shipped[name].content.pages, strict=True):
        assert (read.width, read.height) == pytest.approx((true.width, true.height), abs=1)
        apart = shifts(true, read)
        assert np.median(apart) < 3
        assert np.quantile(apart, 0.95) < 6


@needs_tesseract
def test_the_title_of_a_scan_is_a_heading_and_a_cut_word_is_whole(shipped):
    content = shipped["tracciabilita/2020-quaderno-blockchain-di-filiera.pdf"].content
    titles = [heading.title for heading in content.headings]
    assert "Quaderno 2020: la blockchain per la filiera, fra prove e promesse" in titles
    assert not re.search(r"[a-zà-ù]-\s", content.pages[0].text)
