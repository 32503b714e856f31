"""PPTX and XLSX: slides and sheets are pages, and read as they are shown."""

from __future__ import annotations

import datetime

import openpyxl
import pptx
import pytest
from office_files import saved
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from ingest.readers import Reading, read_bytes
from ingest.readers.xlsx import MAX_ROWS


def headings(reading: Reading) -> list[tuple[int, str, int]]:
    for heading in reading.content.headings:
        page = reading.content.pages[heading.page - 1].text
        assert page[heading.start :].split("\n")[0] == heading.title
    return [(h.level, h.title, h.page) for h in reading.content.headings]


# Presentations


@pytest.fixture
def deck():
    """A presentation of five slides that each say one thing, the fourth hidden."""
    presentation = pptx.Presentation()
    for number in range(5):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = f"Titolo {number + 1}"
        foot = slide.shapes.add_textbox(Inches(1), Inches(7.1), Inches(5), Inches(0.3))
        foot.text_frame.text = f"Quaderno 2025 – {number + 1}"
        for place, text in ((5, "sotto"), (2, "sopra")):
            box = slide.shapes.add_textbox(Inches(1), Inches(place), Inches(5), Inches(1))
            box.text_frame.text = f"{text} {number + 1}"
    presentation.slides[3]._element.set("show", "0")
    return presentation


def test_slides_are_pages_and_hidden_ones_are_empty(deck):
    reading = read_bytes(saved(deck), ".pptx")
    texts = [page.text for page in reading.content.pages]
    assert texts == ["" if n == 4 else f"Titolo {n}\n\nsopra {n}\n\nsotto {n}" for n in range(1, 6)]
    assert [page.label for page in reading.content.pages] == ["1", "2", "3", "4", "5"]
    assert headings(reading) == [(1, f"Titolo {n}", n) for n in (1, 2, 3, 5)]
    assert reading.warnings == ("slides that are hidden are left out: 4",)


def test_groups_tables_charts_and_notes_of_a_slide_are_read(deck):
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Tutto"
    slide.placeholders[1].text_frame.text = "punto"
    slide.placeholders[1].top, slide.placeholders[1].height = Inches(1), Inches(1)
    slide.placeholders[1].left, slide.placeholders[1].width = Inches(1), Inches(5)
    group = slide.shapes.add_group_shape()
    for place, text in ((3, "destra"), (1, "sinistra")):
        box = group.shapes.add_textbox(Inches(place), Inches(2), Inches(1), Inches(1))
        box.text_frame.text = text
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(3), Inches(5), Inches(1)).table
    for cell, text in zip(table.iter_cells(), ("Anno", "Quota", "2021", "10 %"), strict=True):
        cell.text = text
    numbers = CategoryChartData(number_format="0%")
    numbers.categories = ["nord", "sud"]
    numbers.add_series("quota", (0.25, 0.75))
    places = (Inches(1), Inches(4), Inches(5), Inches(2))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *places, numbers)
    slide.notes_slide.notes_text_frame.text = "Dire che\nfunziona"
    page = read_bytes(saved(deck), "").content.pages[-1]
    assert page.text.split("\n\n") == [
        "Tutto",
        "• punto",
        "sinistra",
        "destra",
        "Anno | Quota\n2021 | 10 %",
        "– | quota\nnord | 25 %\nsud | 75 %",
        "Note: Dire che",
        "funziona",
    ]


# Workbooks


def test_sheets_are_pages_and_values_read_as_they_are_shown():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Dati 2024"
    sheet["A1"] = "Dati raccolti dal gruppo"
    sheet.append([])
    sheet.append(["Data", "Quota", "Costo", "Note"])
    sheet.append([datetime.date(2024, 3, 5), 0.125, 1200.5, "su  due\nrighe"])
    sheet.append([datetime.datetime(2024, 3, 6, 14, 30), 0.5, 3, True])
    for row in (4, 5):
        sheet[f"B{row}"].number_format = "0.0%"
        sheet[f"C{row}"].number_format = '#,##0.00 "€"'
    sheet.merge_cells("D6:D7")
    sheet["A6"], sheet["D6"], sheet["A7"] = "a", "unita", 3.75
    book.create_sheet("Vuoto")
    book.create_sheet("Segreto")["A1"] = "nascosto"
    book["Segreto"].sheet_state = "hidden"
    reading = read_bytes(saved(book), ".xlsx")
    assert reading.content.pages[0].text == (
        "Dati 2024\n\nDati raccolti dal gruppo\n\nData | Quota | Costo | Note\n"
        "05/03/2024 | 12,5 % | 1.200,50 € | su due righe\n"
        "06/03/2024 14:30 | 50,0 % | 3,00 € | vero\na | – | – | unita\n3,75 | – | – | unita"
    )
    assert [(page.label, bool(page.text)) for page in reading.content.pages] == [
        ("Dati 2024", True),
        ("Vuoto", False),
        ("Segreto", False),
    ]
    assert headings(reading) == [(1, "Dati 2024", 1)]
    assert reading.warnings == ("the sheet 'Segreto' is hidden: it is left out",)


def test_what_of_a_sheet_is_not_read_is_told():
    book = openpyxl.Workbook()
    book.active.append(["vicino", "=1+1"])
    book.active["XFD1048576"] = "lontano"
    reading = read_bytes(saved(book), "")
    assert reading.content.text == "Sheet\n\nvicino"
    assert [warning.partition(": ")[0] for warning in reading.warnings] == [
        f"the sheet 'Sheet' has more than {MAX_ROWS} rows",
        "the sheet 'Sheet' has more than 200 columns",
        "the sheet 'Sheet' has formulas without a value (1)",
    ]
