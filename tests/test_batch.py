"""``python -m search batch``: a file of queries in, a file of hits out, whatever happens."""

import csv
import io
import json
import os
from pathlib import Path
from threading import Thread

import pytest
from openpyxl import Workbook, load_workbook

from search import Engine, Query, open_snapshot
from search.rows import COLUMNS

TEXTS = {"q1": "nylon dalle reti", "q2": "canone mensile", "q3": "startup"}


@pytest.fixture
def expected(small_index_once, encoder):
    """(query id, passage id) of the three best hits of `TEXTS`."""
    engine = Engine(open_snapshot(small_index_once), encoder)
    return [
        (id_, hit.passage.id)
        for id_, text in TEXTS.items()
        for hit in engine.search(Query(text, k=3)).hits
    ]


def write_queries(name: str, texts: dict[str, str] = TEXTS) -> None:
    rows = [("id", "query"), *texts.items()]
    kind = Path(name).suffix
    if kind == ".xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(name)
    elif kind == ".jsonl":
        Path(name).write_text(
            "".join(json.dumps({"id": i, "query": t}) + "\n" for i, t in rows[1:])
        )
    else:
        with Path(name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter="\t" if kind == ".tsv" else ",").writerows(rows)


def found(name: str) -> list[tuple[str, str]]:
    """(query id, passage id) of each row of a file of results."""
    path = Path(name)
    if path.suffix == ".trec":
        return [(line.split()[0], line.split()[2]) for line in path.read_text().splitlines()]
    if path.suffix == ".jsonl":
        records = [json.loads(line) for line in path.read_text().splitlines()]
    elif path.suffix == ".xlsx":
        header, *rows = load_workbook(path).active.values
        records = [dict(zip(header, row, strict=True)) for row in rows]
    else:
        with path.open(newline="", encoding="utf-8") as file:
            records = list(csv.DictReader(file))
    return [(record["query_id"], record["passage_id"]) for record in records]


@pytest.mark.parametrize("queries", ["q.csv", "q.tsv", "q.xlsx", "q.jsonl"])
@pytest.mark.parametrize("out", ["r.csv", "r.xlsx", "r.jsonl", "r.trec"])
def test_every_kind_of_file_goes_in_and_out(batch, expected, queries, out, capsys):
    write_queries(queries)
    assert batch(queries, "--out", out, "-k", "3") == 0
    assert found(out) == expected
    told = capsys.readouterr()
    assert told.out == ""
    assert "3/3" in told.err
    assert told.err.endswith("3 of 3 queries searched; 9 hits\n")


def test_a_bibliography_names_each_document_once(batch):
    write_queries("q.csv")
    assert batch("q.csv", "--out", "r.bib", "-k", "3") == 0
    text = Path("r.bib").read_text(encoding="utf-8")
    assert text.count("@misc{") == 4
    assert "title = {{Le reti tornano filo}}" in text


def test_a_text_file_has_a_query_a_line(batch):
    Path("q.txt").write_bytes("\ufeffnylon\r\n\r\n  canone, mensile \r\n".encode())
    assert batch("q.txt", "--out", "r.jsonl", "-k", "1") == 0
    rows = [json.loads(line) for line in Path("r.jsonl").read_text().splitlines()]
    assert [(row["query_id"], row["query"]) for row in rows] == [
        ("1", "nylon"),
        ("2", "canone, mensile"),
    ]
    assert tuple(rows[0]) == COLUMNS


def test_bad_rows_are_named_and_hold_no_other_up(batch, capsys):
    Path("q.csv").write_text(
        "id,domanda,k,gruppo,anno\n"
        "a,nylon,1,,\n"
        "b,?!,,,\n"
        "c,filo,0,,\n"
        "d,filo,tre,,\n"
        "e,filo,,moda,\n"
        "f,filo,,,2024-2020\n"
        "a,filo,,,\n"
        "g,filo, di lana,1,,2024\n"
        'h,"filo\ndi lana",1,,\n'
        'i,"filo mai chiuso,,,\n'
        "l,filo,1,tracciabilita,2025\n"
    )
    assert batch("q.csv", "--out", "r.csv") == 1
    assert [id_ for id_, _ in found("r.csv")] == ["a", "h", "l"]
    bad = [line for line in capsys.readouterr().err.splitlines() if "not searched" in line]
    told = {
        "line 3 (id b)": "no letter and no digit",
        "line 4 (id c)": "k is 0",
        "line 5 (id d)": "k is 'tre'",
        "line 6 (id e)": "no group is called 'moda'",
        "line 7 (id f)": "2024-2020 are the wrong way round",
        "line 8 (id a)": "the id 'a' was given in line 2 already",
        "line 9 (id g)": "6 values for 5 columns",
        "line 12 (id 10)": "not a row of CSV",
    }
    assert len(bad) == len(told)
    for line, (place, reason) in zip(bad, told.items(), strict=True):
        assert line.startswith(f"not searched: q.csv, {place}: ")
        assert reason in line


def test_a_row_says_itself_how_many_hits_and_where(batch):
    Path("q.jsonl").write_text(
        '{"_id": 7, "text": "filo", "group": ["tracciabilita", "open-innovation"]}\n'
        '{"text": "filo", "kind": "quaderno"}\n'
        '{"text": "filo", "year": "-2022"}\n'
        '{"text": "filo", "k": 2, "group": null}\n'
    )
    assert batch("q.jsonl", "--out", "r.jsonl", "--group", "economia-circolare") == 0
    rows = [json.loads(line) for line in Path("r.jsonl").read_text().splitlines()]
    groups = {id_: {row["group"] for row in rows if row["query_id"] == id_} for id_ in "7234"}
    # Where the row does not say it, the option holds; no quaderno of that group, none before 2023.
    assert groups == {
        "7": {"tracciabilita", "open-innovation"},
        "2": set(),
        "3": set(),
        "4": {"economia-circolare"},
    }


def test_what_is_not_read_as_it_stands_is_said(batch, capsys):
    Path("q.csv").write_bytes("domanda;gruop\nperché nylon?;tracciabilita\n".encode("cp1252"))
    assert batch("q.csv", "--out", "r.csv") == 0
    told = capsys.readouterr().err
    assert "note: q.csv is not UTF-8: it was read as Windows-1252" in told
    assert "note: q.csv: not used: column 2" in told


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("q.csv", b"titolo,autore\nx,y\n", "no column of queries (it begins with 'titolo,autore')"),
        ("q.csv", b"", "no column of queries"),
        ("q.txt", b"\n \n", "q.txt holds no query"),
        ("q.jsonl", b'{"query": "perch\xe9"}', "q.jsonl, line 1: not UTF-8"),
        ("q.xlsx", b"PK\x03\x04 no workbook", "q.xlsx is not an Excel workbook"),
        ("q.doc", b"x", "cannot be told from its name: add --format"),
    ],
)
def test_a_file_that_holds_no_queries_is_refused(batch, capsys, name, data, message):
    Path(name).write_bytes(data)
    assert batch(name, "--out", "r.csv") == 2
    assert message in capsys.readouterr().err
    assert not Path("r.csv").exists()


def test_lines_that_are_no_json_object_are_named(batch, capsys):
    Path("q.jsonl").write_text('{"query": "nylon"}\n{"query": \n[1]\n{"q": "x"}\n{"query": true}\n')
    assert batch("q.jsonl", "--out", "r.jsonl", "-k", "1") == 1
    told = [line.partition("(id")[0] for line in capsys.readouterr().err.splitlines()]
    assert [line for line in told if line.startswith("not searched")] == [
        f"not searched: q.jsonl, line {line} " for line in (2, 3, 4, 5)
    ]


def test_an_existing_file_is_replaced_only_when_asked(batch, capsys):
    write_queries("q.csv")
    Path("r.csv").write_text("mio")
    assert batch("q.csv", "--out", "r.csv") == 2
    assert "add --resume to go on with it, --force to replace it" in capsys.readouterr().err
    assert Path("r.csv").read_text() == "mio"
    assert batch("q.csv", "--out", "q.csv", "--force") == 2
    assert "holds the queries" in capsys.readouterr().err
    assert batch("q.csv", "--out", "r.csv", "--force", "-k", "1") == 0
    assert len(found("r.csv")) == 3


def test_an_id_that_trec_cannot_hold_is_a_bad_row(batch, capsys):
    write_queries("q.csv", {"q 1": "nylon", "q2": "canone"})
    assert batch("q.csv", "--out", "r.trec", "-k", "1") == 1
    assert [id_ for id_, _ in found("r.trec")] == ["q2"]
    assert "line 2 (id q 1): the query id 'q 1' cannot stand" in capsys.readouterr().err


def test_the_standard_streams_are_files_too(batch, expected, monkeypatch, capsysbinary):
    text = "id,query\n" + "".join(f"{id_},{text}\n" for id_, text in TEXTS.items())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert batch("-", "--format", "csv", "--out", "-", "--out-format", "csv", "-k", "3") == 0
    told = capsysbinary.readouterr()
    records = csv.DictReader(io.StringIO(told.out.decode(), newline=""))
    assert [(record["query_id"], record["passage_id"]) for record in records] == expected
    assert b"3/3" in told.err


def test_the_standard_input_needs_a_format(batch, capsys):
    assert batch("-", "--out", "r.csv") == 2
    assert "add --format, one of csv, tsv, xlsx, txt, jsonl" in capsys.readouterr().err


@pytest.mark.parametrize("out", ["r.xlsx", "r.bib", "r.csv", "r.jsonl"])
def test_a_place_that_cannot_be_written_is_said_before_anything_is_searched(batch, capsys, out):
    write_queries("q.csv")
    assert batch("q.csv", "--out", f"none/{out}") == 2
    told = capsys.readouterr().err
    assert f"none/{out} cannot be written" in told
    assert "Searching" not in told


def test_semicolons_make_a_table_that_excel_in_italian_opens(batch):
    write_queries("q.csv")
    assert batch("q.csv", "--out", "r.csv", "-k", "1", "--separator", ";") == 0
    data = Path("r.csv").read_bytes()
    assert data.startswith(b'\xef\xbb\xbf"query_id";"query";"rank";"score"')
    with Path("r.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["query_id"] for row in rows] == list(TEXTS)
    assert all(0 < float(row["score"].replace(",", ".", 1)) <= 1 for row in rows)
    assert "." not in "".join(row["score"] for row in rows)


def test_a_pipe_is_written_to_and_stays_a_pipe(batch):
    write_queries("q.csv")
    os.mkfifo("r.jsonl")
    heard = []
    reader = Thread(target=lambda: heard.append(Path("r.jsonl").read_text()))
    reader.start()
    assert batch("q.csv", "--out", "r.jsonl", "-k", "1") == 0
    reader.join()
    assert [json.loads(line)["query_id"] for line in heard[0].splitlines()] == list(TEXTS)
    assert Path("r.jsonl").is_fifo()


def test_a_row_has_its_own_phrases_and_words(batch):
    Path("q.csv").write_text(
        "id,query,frasi,obbligatorie,escluse,per_documento\n"
        "frase,filiera,codice sul capo; la filiera,,,\n"
        "parola,filiera,,startup,,0\n"
        "senza,filiera,,,codice;startup;lavatrice,\n"
        'testo,"""codice sul capo"" -filiera",,,,\n'
        "male,filiera,,,,-1\n"
    )
    assert batch("q.csv", "--out", "r.jsonl") == 1
    rows = [json.loads(line) for line in Path("r.jsonl").read_text().splitlines()]
    groups = {
        id_: [r["group"] for r in rows if r["query_id"] == id_] for id_, _ in found("r.jsonl")
    }
    assert groups["frase"] == ["tracciabilita"]
    assert groups["parola"] == ["open-innovation"]
    assert groups["senza"] == ["economia-circolare"]
    assert len(groups["testo"]) == 4  # a text is searched as it stands
    assert "male" not in groups


def test_judged_queries_are_asked_wherever_the_answer_is(batch, capsys):
    lines = [
        {"id": f"q{n}", "language": "it", "kind": kind, "text": "nylon", "judgments": []}
        for n, kind in enumerate(["lookup", "case-history", "trend"])
    ]
    Path("q.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert batch("q.jsonl", "--out", "r.jsonl") == 0
    assert len(found("r.jsonl")) == 3 * 4  # not only the case history
    assert "note: q.jsonl holds judged queries" in capsys.readouterr().err


def test_a_query_file_that_is_not_there_is_named(batch, capsys):
    assert batch("none.csv", "--out", "r.csv") == 2
    assert "none.csv cannot be read: No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (["-k", "0"], "k is 0"),
        (["--group", "moda"], "no group is called 'moda'"),
        (["--year", "xx"], "'xx' is no range of years"),
        (["--out", "r.doc"], "the format of r.doc cannot be told"),
        (["--out", "r.trec", "--tag", "a b"], "the tag 'a b' cannot stand"),
    ],
)
def test_a_wrong_option_ends_with_status_2_and_its_reason(batch, capsys, option, message):
    write_queries("q.csv")
    assert batch("q.csv", "--out", "r.csv", *option) == 2
    assert message in capsys.readouterr().err
    assert not Path("r.csv").exists()
