"""Where a passage stands on its pages, and the picture that shows it."""

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from search.datatypes import Content, Page, Span
from search.errors import CorruptSnapshotError
from search.page_image import Box, line_boxes, passage_boxes, render_page

CORPUS = Path(__file__).parent.parent / "corpus"
PDF = CORPUS / "economia-circolare" / "2023-case-history-aquafil-econyl.pdf"
NOWHERE = (0, 0, 0, 0)


def _page(number: int, text: str, boxes: list[tuple[int, int, int, int]]) -> Page:
    """A page of 65535 points each way, so that the units of boxes are points."""
    packed = b"".join(struct.pack("<4H", *box) for box in boxes)
    return Page(number, text, width=65535.0, height=65535.0, boxes=packed)


def _row(left: int, top: int, count: int) -> list[tuple[int, int, int, int]]:
    """Characters side by side, each 100 wide and 200 high."""
    return [(left + 100 * i, top, left + 100 * (i + 1), top + 200) for i in range(count)]


def _rounded(boxes: tuple[Box, ...]) -> list[tuple[int, int, int, int]]:
    return [
        (
            round(box.left * 65535),
            round(box.top * 65535),
            round(box.right * 65535),
            round(box.bottom * 65535),
        )
        for box in boxes
    ]


def test_each_line_of_a_passage_has_one_box():
    page = _page(1, "abc def", [*_row(1000, 500, 3), NOWHERE, *_row(1000, 800, 3)])
    boxes = line_boxes(page, Span(1, 7))
    assert _rounded(boxes) == [(1100, 500, 1300, 700), (1000, 800, 1300, 1000)]


def test_words_with_a_space_between_them_stay_on_one_line():
    page = _page(1, "ab cd", [*_row(1000, 500, 2), NOWHERE, *_row(1300, 500, 2)])
    assert _rounded(line_boxes(page, Span(0, 5))) == [(1000, 500, 1500, 700)]


def test_the_foot_of_one_column_and_the_head_of_the_next_are_two_boxes():
    page = _page(1, "ab cd", [*_row(1000, 9000, 2), NOWHERE, *_row(5000, 500, 2)])
    boxes = line_boxes(page, Span(0, 5))
    assert _rounded(boxes) == [(1000, 9000, 1200, 9200), (5000, 500, 5200, 700)]


def test_two_cells_of_a_table_row_are_two_boxes():
    page = _page(1, "ab cd", [*_row(1000, 500, 2), NOWHERE, *_row(4000, 500, 2)])
    assert len(line_boxes(page, Span(0, 5))) == 2


def test_a_passage_over_a_page_break_has_boxes_on_both_pages():
    content = Content((_page(1, "ab", _row(0, 500, 2)), _page(2, "cd", _row(700, 900, 2))))
    found = passage_boxes(content, Span(1, 5))  # "b", two characters between the pages, "c"
    assert list(found) == [1, 2]
    assert _rounded(found[1]) == [(100, 500, 200, 700)]
    assert _rounded(found[2]) == [(700, 900, 800, 1100)]


def test_a_page_without_places_has_no_boxes():
    assert passage_boxes(Content((Page(1, "testo"),)), Span(0, 5)) == {1: ()}


def test_the_picture_is_the_page_with_the_passage_tinted_and_the_rest_as_it_was():
    box = Box(0.1, 0.02, 0.9, 0.04)  # the upper margin of the page: white paper
    plain = np.asarray(Image.open(io.BytesIO(render_page(PDF, 1, [], []))))
    marked = np.asarray(Image.open(io.BytesIO(render_page(PDF, 1, [box], []))))
    best = np.asarray(Image.open(io.BytesIO(render_page(PDF, 1, [box], [box]))))
    height, width, _ = plain.shape
    assert (width, height) == (910, 1287)  # A4 at 110 dpi: 8.27 x 11.69 inches
    inside = (round(0.03 * height), width // 2)
    assert plain[inside].tolist() == [255, 255, 255]
    assert marked[inside][2] < 255
    assert best[inside][2] < marked[inside][2]
    below = slice(round(0.06 * height), None)
    assert np.array_equal(plain[below], marked[below])


def test_ink_under_the_marker_stays_as_dark():
    whole = Box(0.0, 0.0, 1.0, 1.0)
    plain = np.asarray(Image.open(io.BytesIO(render_page(PDF, 1, [], []))).convert("L"))
    marked = np.asarray(Image.open(io.BytesIO(render_page(PDF, 1, [], [whole]))).convert("L"))
    assert plain.min() == marked.min()


@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_is_not_there_is_refused(number):
    with pytest.raises(CorruptSnapshotError, match=r"2023-case-history-aquafil-econyl\.pdf"):
        render_page(PDF, number, [], [])


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CorruptSnapshotError, match=r"nulla\.pdf"):
        render_page(tmp_path / "nulla.pdf", 1, [], [])


def test_a_file_that_is_no_pdf_is_refused(tmp_path):
    path = tmp_path / "finto.pdf"
    path.write_text("non sono un PDF")
    with pytest.raises(CorruptSnapshotError, match=r"finto\.pdf"):
        render_page(path, 1, [], [])
