"""A tagged PDF says where a table belongs and what is no part of its text."""

from __future__ import annotations

import random

import typst

from bench.reading import measured
from ingest.readers import pdf
from ingest.readers.pdf_tags import TaggedLine, with_tables_in_place
from search.datatypes import Content

LOREM = "La filiera della carta raccoglie ogni anno materiali diversi e li seleziona. " * 3
PAGE = (
    '#set page(paper: "a4", columns: 2, header: [Relazione annuale], footer: [Pagina unica])\n'
    '#set text(lang: "it", size: 11pt, hyphenate: false)\n'
    f"Prima. {LOREM}\n\n"
    '#place(top, scope: "parent", float: true, table(columns: (5cm, 5cm), '
    "[Materiale], [Anno], [Carta], [2021]))\n"
    f"Ultima. {LOREM}"
)


def content_of(*, tagged: bool) -> Content:
    data = typst.compile(PAGE.encode(), pdf_standards=[] if tagged else ["1.7"])
    assert isinstance(data, bytes)
    if not tagged:
        data = data.replace(b"/StructTreeRoot", b"/StructTreeXoot")
    return pdf.read_pdf(data).content


def place(text: str, *words: str) -> list[int]:
    return sorted(range(len(words)), key=lambda i: text.index(words[i]))


def test_a_table_across_both_columns_is_read_where_its_tags_have_it():
    text = content_of(tagged=True).pages[0].text
    assert place(text, "Prima.", "Materiale | Anno", "Ultima.") == [0, 1, 2]


def test_without_tags_a_table_stays_where_it_is_painted():
    text = content_of(tagged=False).pages[0].text
    assert place(text, "Materiale | Anno", "Prima.", "Ultima.") == [0, 1, 2]


def test_heads_marked_as_artifacts_are_left_out_of_a_single_page():
    page = content_of(tagged=True).pages[0]
    assert "Relazione annuale" not in page.text and "Pagina unica" not in page.text
    assert len(page.boxes) == 8 * len(page.text)


def test_tables_move_whole_and_nothing_else_does():
    lines = [TaggedLine(10 * n, 10 * n + 9, place, table) for n, (place, table) in enumerate(
        [(5, 1), (6, 1), (0, None), (1, None), (None, None), (9, None), (3, None)]
    )]  # fmt: skip
    ordered = with_tables_in_place(lines)
    assert [line.place for line in ordered] == [0, 1, None, 9, 3, 5, 6]


def test_no_line_is_lost_whatever_the_tags_say():
    chance = random.Random(4)
    for _ in range(200):
        lines = []
        for n in range(chance.randrange(12)):
            table = chance.choice([None, None, 1, 2])
            untagged = table is None and chance.random() < 0.2
            lines.append(TaggedLine(n, n + 1, None if untagged else chance.randrange(20), table))
        ordered = with_tables_in_place(lines)
        assert sorted(line.start for line in ordered) == [line.start for line in lines]


def test_a_report_in_two_columns_is_read_in_order_without_its_heads():
    found, differences = measured("open-innovation/2025-documento-di-output-terzo-tavolo.pdf")
    assert differences == []
    assert (found.moved, found.leaks, found.missed, found.false) == (0, 0, 0, 0)
    assert found.cells_found == found.cells > 40
