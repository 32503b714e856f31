"""PDFs read like text: whole words, rows, addresses; and the measures that say so can fail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from corpus_files import ALL_FACTS, ALL_FILES
from hypothesis import given
from hypothesis import strategies as st

from bench.line_end_hyphens import Cut, decision_of, load_labels
from bench.reading import (
    Score,
    Truth,
    cut_words,
    edit_distance,
    measured,
    moved_blocks,
    score,
    words_of,
)
from ingest.layout import Paragraph, Table, blocks, words_across_pages
from ingest.line_ends import join_lines
from ingest.lines import Line
from ingest.positioned import PositionedText
from ingest.readers.pdf_links import linked_addresses
from ingest.readers.pdf_text import open_pdf
from samples.__main__ import CORPUS
from samples.printed import printed
from search.datatypes import Content, Heading, Page


def line(*cells: tuple[str, float], y: float = 100.0, size: float = 10.0) -> Line:
    """A line of cells, each a text and its left edge; characters are half as wide as high."""
    return Line(
        cells=tuple(_placed(text, int(left)) for text, left in cells),
        starts=tuple(left for _, left in cells),
        ends=tuple(left + len(text) * size / 2 for text, left in cells),
        y0=y,
        y1=y + size,
        size=size,
        bold=False,
        fixed=False,
    )


def _placed(text: str, left: int) -> PositionedText:
    boxes = [(left + 5 * i, 0, left + 5 * i + 5, 10) for i in range(1, len(text) + 1)]
    return PositionedText(text, np.array(boxes, dtype=np.uint16).reshape(-1, 4))


def rows_of(*lines: Line) -> list[list[str]]:
    """The cells of each row of the tables among these lines."""
    return [
        [" ".join(part.text.text for part in cell) for cell in row.cells]
        for _, block in blocks(lines, {})
        if isinstance(block, Table)
        for row in block.rows
    ]


def pages_across(*pages: tuple[str, ...]) -> list[list[str]]:
    whole = words_across_pages([[line((text, 50)) for text in page] for page in pages])
    return [[one.text.text for one in page] for page in whole]


# Words that a page's end cuts


def test_a_word_cut_by_the_end_of_a_page_is_whole_on_the_page_where_it_begins():
    assert pages_across(("La filie-",), ("ra corta", "cresce")) == [
        ["La filiera"],
        ["corta", "cresce"],
    ]


def test_a_hyphen_that_belongs_stays_when_a_page_ends_behind_it():
    assert pages_across(("impatto socio-",), ("economico.", "Poi")) == [
        ["impatto socio-economico."],
        ["Poi"],
    ]


@pytest.mark.parametrize(
    ("last", "first"), [("La filiera", "corta"), ("in Emilia-", "Romagna"), ("una pausa -", "poi")]
)
def test_pages_that_cut_no_word_are_left_alone(last: str, first: str):
    assert pages_across((last,), (first,)) == [[last], [first]]


def test_the_rest_of_a_word_has_no_place_on_the_page_before():
    (page, _) = words_across_pages([[line(("filie-", 50))], [line(("ra corta", 50))]])
    boxes = page[0].text.boxes
    assert boxes[:5].any(axis=1).all() and not boxes[5:].any()


def test_a_word_is_not_carried_into_a_line_of_another_size():
    pages = [[line(("filie-", 50))], [line(("ra corta", 50), size=8)]]
    assert words_across_pages(pages) == pages


WORDS = st.lists(st.sampled_from(["filie-", "ra", "socio-", "economico", "di carta-", "uno"]))


@given(st.lists(WORDS, max_size=4))
def test_carrying_words_across_pages_keeps_every_letter_in_order(pages: list[list[str]]):
    given_lines = [[line((text, 50)) for text in page] for page in pages]
    whole = [one.text for page in words_across_pages(given_lines) for one in page]
    assert all(len(text.boxes) == len(text.text) for text in whole)
    letters = "".join(text.text for text in whole).replace(" ", "").replace("-", "")
    assert letters == "".join("".join(page) for page in pages).replace(" ", "").replace("-", "")


# Addresses


def test_an_address_cut_by_the_end_of_a_page_is_whole_on_the_page_where_it_begins():
    assert pages_across(("in https://a.it/lusato-nel-",), ("2024-raggiunti (2024)",)) == [
        ["in https://a.it/lusato-nel-2024-raggiunti"],
        ["(2024)"],
    ]
    assert pages_across(("in https://a.it/x_",), ("b_", "c (2024)")) == [
        ["in https://a.it/x_b_c"],
        ["(2024)"],
    ]


def paragraphs_of(*lines: Line) -> list[str]:
    """Text of each paragraph among these lines."""
    return [
        join_lines([one.text for one in block.lines], full=block.full).text
        for _, block in blocks(lines, {})
        if isinstance(block, Paragraph)
    ]


def test_an_address_goes_on_at_the_top_of_the_next_column():
    column = [line(("una riga della colonna", 50), y=100 + 12 * index) for index in range(8)]
    address = line(("https://a.it/news/bari/", 50), y=196)
    (text,) = paragraphs_of(*column, address, line(("1181689/al-poli (2023)", 300), y=100))
    assert text.endswith("colonna https://a.it/news/bari/1181689/al-poli (2023)")


def test_an_address_cut_after_a_full_stop_or_before_a_figure_is_one_paragraph():
    text = ("Una riga lunga quanto la colonna, fino al suo margine.", 50)
    for first, second in (("www.a.", "net/economia/x"), ("https://a.it/b-c-", "2024-d/e")):
        rows = (line(text), line((first, 50), y=112), line((second, 50), y=124))
        assert paragraphs_of(*rows)[-1].endswith(first + second)


def test_a_line_knows_whether_what_follows_had_room():
    (block,) = (
        b
        for _, b in blocks(
            [
                line(("Una riga lunga quanto la colonna", 50), y=100),
                line(("una riga corta", 50), y=112),
                line(("e", 50), y=124),
            ],
            {},
        )
    )
    assert isinstance(block, Paragraph) and block.full == (True, False)


def test_the_links_of_a_pdf_are_the_addresses_of_its_sources():
    name = "economia-circolare/2020-quaderno-scarti-materiali.pdf"
    addresses = {entry.url for entry in printed(ALL_FILES[name], ALL_FACTS).sources}
    with open_pdf((CORPUS / name).read_bytes()) as document:
        linked = {a for page in document for a in linked_addresses(document, page)}
    assert linked == addresses
    assert len(addresses) > 5


# Tables


def test_a_head_over_cells_of_several_lines_is_a_row():
    rows = rows_of(
        line(("Iniziativa", 50), ("Chi chiede", 250), ("Che cosa", 400), y=100),
        line(("Primo bando di una", 50), y=114),
        line(("impresa", 50), y=126),
        line(("Una sola azienda", 250), ("Visioni", 400), y=114),
        line(("Secondo bando di una", 50), y=142),
        line(("rete", 50), y=154),
        line(("Dieci aziende", 250), ("Risposte", 400), y=142),
    )
    assert rows == [
        ["Iniziativa", "Chi chiede", "Che cosa"],
        ["Primo bando di una impresa", "Una sola azienda", "Visioni"],
        ["Secondo bando di una rete", "Dieci aziende", "Risposte"],
    ]


def test_a_name_cut_above_the_other_cells_of_its_row_is_whole():
    rows = rows_of(
        line(("fonts-dejavu", 50), ("39", 200), ("58", 260), y=100),
        line(("fonts-crosextra-", 50), y=114),
        line(("carlito", 50), ("2728", 200), ("57", 260), y=126),
    )
    assert rows[-1] == ["fonts-crosextra- carlito", "2728", "57"]


def test_running_text_beside_nothing_is_no_table():
    found = [b for _, b in blocks([line(("Una riga", 50)), line(("e un’altra.", 50), y=114)], {})]
    assert len(found) == 1 and isinstance(found[0], Paragraph)


# The measures


def test_the_word_error_counts_what_is_lost_added_changed_and_out_of_place():
    truth = ["la", "carta", "torna", "in", "circolo"]
    assert edit_distance(truth, truth) == 0
    assert edit_distance(truth, ["la", "carta", "in", "circolo", "ancora"]) == 2
    assert edit_distance(truth, ["in", "circolo", "la", "carta", "torna"]) == 4
    assert edit_distance([], ["uno"]) == 1


def test_blocks_out_of_order_are_counted_once_each():
    assert moved_blocks(["uno", "due", "tre"], "uno due tre") == 0
    assert moved_blocks(["uno", "due", "tre"], "tre uno due") == 1


def test_dots_and_bars_are_no_words():
    assert words_of("Carta | 350 ..... 7") == ["Carta", "350", "7"]


def test_a_cut_word_counts_as_the_text_has_it():
    raw, truth = "filie-\r\nra, socio-\r\neconomico", "filiera, socio-economico"
    assert cut_words(raw, truth, truth) == (1, 0, 1, 0)
    assert cut_words(raw, truth, "filie-ra, socioeconomico") == (0, 1, 0, 1)


def test_every_measure_sees_its_fault():
    truth = Truth(
        ("Titolo", "Uno due tre", "Carta 350"), ("Titolo",), (), (("Carta", "350"),), ("Foot",)
    )
    good = Content(
        (Page(1, "Titolo\n\nUno due tre"), Page(2, "Carta | 350")), (Heading(1, "Titolo", 1, 0),)
    )
    bad = Content(
        (Page(1, "Uno due tre\n\nTitolo"), Page(2, "Carta\n\n350\n\nFoot")),
        (Heading(1, "Uno due tre", 1, 0),),
    )
    assert score(truth, good, "") == Score(2, 6, 0, 0, 3, 0, headings=1, cells=2, cells_found=2)
    assert score(truth, bad, "") == Score(
        2, 6, 3, 1, 3, 1, leaks=1, headings=1, missed=1, false=1, cells=2
    )


def test_labels_are_of_two_kinds_and_a_decision_is_read_from_the_text():
    labels = load_labels()
    assert len(labels) == 156
    assert {label.decision for label in labels} == {"joined", "tied"}
    cut = Cut("a.pdf", 1, "socio", "economico", "tied")
    assert decision_of(cut, "il socio-economico") == "tied"
    assert decision_of(cut, "il socioeconomico") == "joined"
    assert decision_of(cut, "il socio economico") == "lost"


# The sample corpus


@pytest.mark.parametrize(
    "name",
    [
        "open-innovation/2025-documento-di-output-terzo-tavolo.pdf",  # two columns, hyphens, tables
        "economia-circolare/2020-quaderno-scarti-materiali.pdf",  # prose, hyphens, a table
        "tracciabilita/2022-case-history-parmigiano-reggiano.pdf",  # slides
    ],
)
def test_a_document_of_the_sample_corpus_is_read_without_an_error(name: str):
    found, differences = measured(name)
    assert differences == []
    assert replace(found, pages=0, words=0, blocks=0) == Score(
        joined=found.joined, kept=found.kept, headings=found.headings,
        cells=found.cells, cells_found=found.cells,
    )  # fmt: skip
    assert found.words > 400 and found.cells > 5
