"""Files of queries as they come: from Excel, from pandas, from an editor."""

import datetime
import io
import json

import pytest
from openpyxl import Workbook

from search import Query
from search.errors import QueryError
from search.query_files import QueryFile, read_queries


def read(data: bytes | str, format: str = "csv") -> QueryFile:
    return read_queries(
        data.encode() if isinstance(data, str) else data, format, f"q.{format}", Query("a")
    )


def texts(asked: QueryFile) -> dict[str, str]:
    return {one.id: one.query.text for one in asked.queries}


def sheet(*rows: tuple) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        "id;domanda;altro\nx;perché, come e dove?;1\n".encode(),
        "id\tdomanda\nx\tperché, come e dove?\n".encode(),
        'id,domanda\r\nx,"perché, come e dove?"\r\n'.encode("utf-8-sig"),
        "\n\nID; Domanda \nx;perché, come e dove?".encode(),
        "id;domanda\nx;perché, come e dove?\n".encode("cp1252"),
        "id\tdomanda\r\nx\tperché, come e dove?\r\n".encode("utf-16"),
        "domanda;id\rperché, come e dove?;x\r".encode(),
    ],
    ids=["semicolon", "tab", "comma, BOM, CRLF", "blank lines", "Windows-1252", "UTF-16", "CR"],
)
def test_csv_is_read_as_it_comes(data):
    assert texts(read(data)) == {"x": "perché, come e dove?"}


def test_commas_in_a_file_of_one_column_are_part_of_the_query():
    assert texts(read("domanda\nchi, come e dove?\n")) == {"1": "chi, come e dove?"}


def test_quotes_in_a_file_of_one_column_are_part_of_the_query_unless_they_enclose_it():
    asked = read(
        'domanda\n"passaporto digitale" -alimentare\n"mai chiusa\n"tra ""virgolette"""\nultima\n'
    )
    assert list(texts(asked).values()) == [
        '"passaporto digitale" -alimentare',
        '"mai chiusa',
        'tra "virgolette"',
        "ultima",
    ]
    assert asked.bad_rows == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("format", ["csv", "txt", "jsonl"])
def test_an_encoding_that_nobody_announces_is_refused(encoding, format):
    text = '{"query": "nylon"}' if format == "jsonl" else "query\nnylon\n"
    with pytest.raises(QueryError, match="not UTF-8"):
        read(text.encode(encoding), format)


@pytest.mark.parametrize("format", ["csv", "txt", "jsonl", "tsv"])
def test_a_workbook_under_another_name_is_called_one(format):
    with pytest.raises(QueryError, match=rf"q\.{format} is no {format} file but an Excel workbook"):
        read(sheet(("query",), ("nylon",)), format)


def test_numbers_as_pandas_writes_them_are_whole_numbers():
    asked = read("query,k,year,per_document\nnylon,10.0,2023.0,2.0\nlana,,,\nseta,1.5,,\n")
    first, second = (one.query for one in asked.queries)
    assert (first.k, first.first_year, first.last_year, first.per_document) == (10, 2023, 2023, 2)
    assert (second.k, second.first_year, second.per_document) == (10, None, 3)
    assert [row.reason for row in asked.bad_rows] == [
        "k is '1.5': write how many hits at most, such as 10"
    ]


def test_a_missing_number_is_nothing_and_a_truth_value_no_query():
    lines = [
        '{"query": "nylon", "k": NaN, "group": NaN, "year": 2023.0}',
        '{"query": NaN}',
        '{"query": true}',
        '{"query": "nylon", "k": Infinity}',
    ]
    asked = read("\n".join(lines), "jsonl")
    assert [(one.query.k, one.query.first_year) for one in asked.queries] == [(10, 2023)]
    assert [row.line for row in asked.bad_rows] == [2, 3, 4]
    assert asked.bad_rows[0].reason.startswith("no query")


def test_cells_of_a_sheet_that_are_no_text_are_read_or_named():
    day = datetime.datetime(2023, 5, 1)
    data = sheet(
        ("id", "query", "k", "year"),
        (7.0, "nylon", 3.0, day),
        ("b", day, None, None),
        ("c", True, None, None),
        ("d", "#N/A", None, None),
        ("e", 2024, None, None),
    )
    asked = read(data, "xlsx")
    assert texts(asked) == {"7": "nylon", "e": "2024"}
    assert (asked.queries[0].query.k, asked.queries[0].query.first_year) == (3, 2023)
    reasons = {row.id: row.reason for row in asked.bad_rows}
    assert reasons == {
        "b": "'query' is the date 2023-05-01 00:00:00: write a text",
        "c": "'query' is True: write a text",
        "d": "'query' is the error #N/A: write a text",
    }


def test_a_row_without_an_id_never_takes_that_of_another():
    asked = read("id,query\n,uno\n1,due\n,tre\n5,quattro\n,cinque\n")
    assert texts(asked) == {"6": "uno", "1": "due", "3": "tre", "5": "quattro", "7": "cinque"}
    assert asked.bad_rows == ()


def test_conditions_are_lists_in_json_and_parted_by_semicolons_elsewhere():
    lines = {"query": "a", "phrases": ["uno due", "tre"], "required": "x; y", "excluded": ["z"]}
    (asked,) = read(json.dumps(lines), "jsonl").queries
    assert asked.query.phrases == ("uno due", "tre")
    assert (asked.query.required, asked.query.excluded) == (("x", "y"), ("z",))


def test_the_kind_of_a_judged_query_is_no_filter_and_any_other_is():
    judged = {"text": "a", "kind": "case-history", "judgments": []}
    plain = {"text": "a", "kind": "case-history"}
    wrong = {"text": "a", "kind": "lookup"}
    asked = read("\n".join(map(json.dumps, (judged, plain, wrong))), "jsonl")
    assert [one.query.kinds for one in asked.queries] == [frozenset(), frozenset({"case-history"})]
    assert [row.reason[:34] for row in asked.bad_rows] == [
        "no kind is called 'lookup': the kin"[:34]
    ]
    assert len(asked.notes) == 1
