"""Judged queries become a relevance set of today's passages, and nothing is lost on the way."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from ingest.__main__ import main as ingest_main
from search.__main__ import main as search_main
from search.beir import read_beir, write_beir
from search.errors import EvaluationError
from search.evaluation import evaluate
from search.judgments import Judgment, read_judgments
from search.quotes import passages_quoted
from search.snapshot import open_snapshot

RETI = "economia-circolare/2023-case-history-reti.md"
PAGINE = "tracciabilita/2024-workshop-pagine.txt"

RICICLO = """L’impianto di Ala smonta le reti da pesca che i porti raccolgono ogni inverno.
Il filato che ne esce è nylon rigenerato e vale quanto quello nuovo."""
CLIENTI = "Lo comprano i maglifici. Il nylon rigenerato veste costumi e calze."
PRIMA = " ".join(f"La prova numero {n} usa reti di colore diverso." for n in range(1, 16))
DOPO = " ".join(f"Il cliente numero {n} chiede un filo più sottile." for n in range(1, 16))
PROVE = f"{PRIMA} La prova finisce qui.\n\nComincia da questa riga il mercato. {DOPO}"

RETI_TEXT = f"""# Le reti tornano filo

## Il riciclo

{RICICLO}

## I clienti

{CLIENTI}

## Le prove in laboratorio

{PROVE}

## Lana

Lana fine.

## Il capitolo dal titolo piuttosto lungo

Seta.

## Fonti

Rapporto annuale sul recupero delle reti, 2021.
"""
PAGINE_TEXT = "Il codice racconta la filiera.\n\fIl consumatore inquadra il capo e legge.\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Path:
    """Two documents: one of several passages, one of two pages. No test writes to it."""
    folder = tmp_path_factory.mktemp("judged")
    for name, text in ((RETI, RETI_TEXT), (PAGINE, PAGINE_TEXT)):
        path = folder / "corpus" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    assert ingest_main(["run", str(folder / "corpus"), "--index", str(folder / "index")]) == 0
    return folder / "index"


@pytest.fixture
def store(index):
    with closing(open_snapshot(index)) as snapshot:
        yield snapshot.store


def judgment(quote: str, document: str = RETI, page: int = 1, relevance: int = 2) -> dict:
    return {"document": document, "page": page, "relevance": relevance, "quote": quote}


def query(*judgments: dict, **changes: object) -> dict:
    """A query with an answer if any page is judged; ``changes`` replace single fields."""
    fields = {
        "id": "q-it-01",
        "language": "it",
        "kind": "lookup",
        "answer": "present" if judgments else "far",
        "split": "dev",
        "text": "Dove si ricicla il nylon delle reti?",
        "judgments": list(judgments),
    }
    return fields | changes


@pytest.fixture
def write_queries(tmp_path):
    """Writes a file of judged queries; returns its path."""

    def write(*queries: dict) -> Path:
        path = tmp_path / "queries.jsonl"
        lines = [json.dumps(fields, ensure_ascii=False) for fields in queries]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def export(store, write_queries, tmp_path):
    """Writes these queries in BEIR layout; returns what was said of it."""
    return lambda *queries: write_beir(
        read_judgments(write_queries(*queries)), store, tmp_path / "beir"
    )


def records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def judged_texts(folder: Path) -> dict[tuple[str, str], int]:
    """(query id, text of a passage) -> relevance."""
    text_of = {record["_id"]: record["text"] for record in records(folder / "corpus.jsonl")}
    header, *lines = (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()
    assert header == "query-id\tcorpus-id\tscore"
    found = [line.split("\t") for line in lines]
    return {(query_id, text_of[passage]): int(score) for query_id, passage, score in found}


def quoted(store, quote: str, document: str = RETI, page: int = 1) -> list[str]:
    """The texts of the passages that hold a quote."""
    mine = [passage for passage, its in store.passages() if its.path == document]
    content = store.content(mine[0].document_id)
    return [p.text for p in passages_quoted(Judgment(document, page, 2, quote), content, mine)]


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_every_passage_is_in_the_corpus_with_its_title_and_headings(export, store, tmp_path):
    written = export(query(judgment("costumi e calze")))

    corpus = records(tmp_path / "beir" / "corpus.jsonl")
    assert written.passages == len(corpus)
    assert [record["_id"] for record in corpus] == [p.id for p, _ in store.passages()]
    titles = {record["text"]: record["title"] for record in corpus}
    assert titles[CLIENTI] == "Le reti tornano filo. I clienti"
    assert titles["Lana fine."] == "Le reti tornano filo. Lana"


def test_queries_keep_their_language_kind_and_answer(export, tmp_path):
    export(
        query(judgment("costumi e calze"), kind="cross-group"),
        query(id="q-en-01", language="en", answer="near", text="Who recycles glass?"),
    )
    assert records(tmp_path / "beir" / "queries.jsonl") == [
        {
            "_id": "q-it-01",
            "text": "Dove si ricicla il nylon delle reti?",
            "metadata": {
                "language": "it",
                "kind": "cross-group",
                "answer": "present",
                "split": "dev",
            },
        },
        {
            "_id": "q-en-01",
            "text": "Who recycles glass?",
            "metadata": {"language": "en", "kind": "lookup", "answer": "near", "split": "dev"},
        },
    ]


def test_what_is_written_can_be_read_back_and_evaluated(export, encoder, tmp_path):
    export(
        query(judgment("i porti raccolgono ogni inverno"), text="impianto per le reti dei porti"),
        query(
            judgment("inquadra il capo", PAGINE, 2),
            id="q-it-02",
            text="che cosa fa il consumatore con il capo?",
        ),
        query(id="q-it-03", text="la ricetta del pesto"),
    )
    relevance = read_beir(tmp_path / "beir")
    assert list(relevance.queries) == ["q-it-01", "q-it-02"]
    assert [list(found.values()) for found in relevance.qrels.values()] == [[2], [2]]

    measured = evaluate(relevance, encoder, lambda *_: None)
    assert measured["Success@1"] == 1.0
    assert measured["nDCG@10"] == 1.0


@pytest.mark.parametrize(
    "quote",
    [
        "L’impianto di Ala smonta le reti",
        "L'impianto  di\nAla smonta le reti",
        "l'IMPIANTO di Ala: smonta le “reti”",
        "L’impianto di Ala smon-\nta le reti",
        "Il filato che ne esce e\u0300 nylon",  # the accent as a character of its own
    ],
)
def test_white_space_case_and_punctuation_of_a_quote_make_no_difference(store, quote):
    assert quoted(store, quote) == [one_line(RICICLO)]


@pytest.mark.parametrize(
    "quote", ["L’impianto di Ala monta le reti", "il filato che ne esce e nylon", "reti di Ala"]
)
def test_other_letters_are_another_quote(store, quote):
    with pytest.raises(EvaluationError, match="the quote is not on that page"):
        quoted(store, quote)


def test_a_quote_is_looked_for_on_its_page_only(store):
    assert quoted(store, "inquadra il capo", PAGINE, 2) == [quoted_page_2(store)]
    with pytest.raises(EvaluationError, match="the quote is not on that page"):
        quoted(store, "inquadra il capo", PAGINE, 1)
    with pytest.raises(EvaluationError, match="the document has no page 3"):
        quoted(store, "inquadra il capo", PAGINE, 3)


def quoted_page_2(store) -> str:
    (text,) = [p.text for p, its in store.passages() if its.path == PAGINE and p.last_page == 2]
    return text


def test_a_quote_that_two_passages_hold_half_each_names_both(store):
    # Ten letters on either side of the place where the section is cut.
    first, second = quoted(store, "finisce qui.\n\nComincia da")
    assert first.endswith("La prova finisce qui.")
    assert second.startswith("Comincia da questa riga")


@pytest.mark.parametrize(
    ("quote", "held"),
    [
        ("finisce qui. Comincia", "La prova finisce qui."),
        ("qui. Comincia da", "Comincia da questa riga il mercato."),
    ],
)
def test_a_passage_with_less_than_half_of_the_quote_is_not_named(store, quote, held):
    (text,) = quoted(store, quote)
    assert held in text


def test_where_no_passage_holds_half_the_one_that_holds_most_is_named(store):
    # 8 letters, a heading of 34 that is in no passage, 4 letters.
    quote = "Lana fine. Il capitolo dal titolo piuttosto lungo. Seta"
    assert quoted(store, quote) == ["Lana fine."]


def test_words_that_stand_twice_on_the_page_name_both_passages(store):
    assert quoted(store, "nylon rigenerato") == [one_line(RICICLO), CLIENTI]


def test_a_passage_that_two_judgments_meet_has_the_higher_relevance(export, tmp_path):
    written = export(
        query(
            judgment("reti da pesca", relevance=1),
            judgment("ogni inverno", relevance=2),
            judgment("vale quanto quello nuovo", relevance=1),
            judgment("Lo comprano i maglifici", relevance=1),
        )
    )
    assert judged_texts(tmp_path / "beir") == {
        ("q-it-01", one_line(RICICLO)): 2,
        ("q-it-01", CLIENTI): 1,
    }
    assert written.qrels == 2


def test_what_holds_for_no_passage_is_reported_and_the_rest_is_written(export, tmp_path):
    written = export(
        query(judgment("costumi e calze"), judgment("vino", "economia-circolare/vino.pdf", 4)),
        query(judgment("costumi e cravatte"), id="q-it-02"),
        query(judgment("Rapporto annuale sul recupero"), judgment("I clienti"), id="q-it-03"),
        query(id="q-it-04"),
    )
    reported = [(left.query_id, left.document, left.page) for left in written.left_out]
    assert reported == [
        ("q-it-01", "economia-circolare/vino.pdf", 4),
        ("q-it-02", RETI, 1),
        ("q-it-03", RETI, 1),
        ("q-it-03", RETI, 1),
    ]
    missing, changed, source, heading = (left.reason for left in written.left_out)
    assert missing == "the document is not in the index"
    assert changed == "the quote is not on that page"
    assert source == heading
    assert source.startswith("the quote is in no passage (it is a heading, or in a list of source")
    assert (written.queries, written.unanswerable, written.unjudged) == (4, 1, 2)
    assert judged_texts(tmp_path / "beir") == {("q-it-01", CLIENTI): 2}


def test_a_folder_with_something_in_it_is_left_alone(export, tmp_path):
    (tmp_path / "beir").mkdir()
    (tmp_path / "beir" / "corpus.jsonl").write_text("mine")
    with pytest.raises(EvaluationError, match="beir is not empty: name a new folder, or empty it"):
        export(query(judgment("costumi e calze")))
    assert [path.name for path in (tmp_path / "beir").iterdir()] == ["corpus.jsonl"]
    assert (tmp_path / "beir" / "corpus.jsonl").read_text() == "mine"


def test_an_empty_folder_is_filled(export, tmp_path):
    (tmp_path / "beir").mkdir()
    export(query(judgment("costumi e calze")))
    assert judged_texts(tmp_path / "beir") == {("q-it-01", CLIENTI): 2}


def test_a_file_where_the_folder_should_be_is_an_error(export, tmp_path):
    (tmp_path / "beir").write_text("mine")
    with pytest.raises(EvaluationError, match=r"beir cannot be written .*: name another"):
        export(query(judgment("costumi e calze")))
    assert (tmp_path / "beir").read_text() == "mine"


def test_queries_are_read_in_order_past_blank_lines_and_line_separators(tmp_path):
    path = tmp_path / "queries.jsonl"
    first = query(judgment("a\u2028b", page=7, relevance=1), text="perché\u2028così?")
    lines = [json.dumps(first, ensure_ascii=False), "", json.dumps(query(id="b", note="x"))]
    path.write_text("\n".join(lines), encoding="utf-8")

    one, two = read_judgments(path)
    assert (one.id, one.text, one.answer) == ("q-it-01", "perché\u2028così?", "present")
    assert one.judgments == (Judgment(RETI, 7, 1, "a\u2028b"),)
    assert (two.id, two.answer, two.judgments) == ("b", "far", ())


def test_half_a_character_in_a_query_comes_out_as_it_went_in(store, tmp_path):
    half = "reti \ud83d"  # the first of the two UTF-16 units of an emoji
    path = tmp_path / "queries.jsonl"
    path.write_text(json.dumps(query(judgment("costumi e calze"), text=half)))
    write_beir(read_judgments(path), store, tmp_path / "beir")
    assert read_beir(tmp_path / "beir").queries == {"q-it-01": half}


GOOD = judgment("costumi e calze")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not a JSON object"),
        ("[]", "not a JSON object"),
        pytest.param("[" * 100_000, "not a JSON object", id="deep"),
        (query(GOOD, id=""), "'id' is '': write letters"),
        (query(GOOD, id="q\t1"), r"'id' is 'q\\t1': write letters"),
        (query(GOOD, id=1), "'id' is 1: write letters"),
        (query(GOOD, language="fr"), "'language' is 'fr': write one of it, en"),
        (query(GOOD, kind="gossip"), "'kind' is 'gossip': write one of lookup, trend, case-hist"),
        (query(GOOD, kind=["lookup"]), r"'kind' is \['lookup'\]: write one of"),
        (query(GOOD, answer="yes"), "'answer' is 'yes': write one of present, near, far"),
        (query(GOOD, text=" ?!"), "'text' is ' \\?!': write at least one word"),
        (query(GOOD, judgments={}), "'judgments' is {}: write a list"),
        (query(answer="present"), "'answer' is 'present' and no page is judged"),
        (query(GOOD, answer="near"), "'answer' is 'near' and pages are judged"),
        (query(GOOD, answer="far"), "'answer' is 'far' and pages are judged"),
        (query("page 3"), "judgment 1: not a JSON object"),
        (query(GOOD, GOOD | {"relevance": 3}), "judgment 2: 'relevance' is 3: write 2 or 1"),
        (query(GOOD | {"relevance": 0}), "judgment 1: 'relevance' is 0: write 2 or 1"),
        (query(GOOD | {"relevance": True}), "judgment 1: 'relevance' is True: write 2 or 1"),
        (query(GOOD | {"relevance": 2.0}), "judgment 1: 'relevance' is 2.0: write 2 or 1"),
        (query(GOOD | {"page": 0}), "judgment 1: 'page' is 0: write a page of the file, from 1"),
        (query(GOOD | {"page": "3"}), "judgment 1: 'page' is '3': write a page"),
        (query(GOOD | {"document": None}), "judgment 1: 'document' is None: write a path"),
        (
            query(GOOD | {"quote": "..."}),
            r"judgment 1: 'quote' is '\.\.\.': write words of the page",
        ),
        (query(GOOD), "the id 'q-it-01' was given to an earlier query"),
    ],
)
def test_a_line_that_is_no_judged_query_is_refused_by_its_number(tmp_path, line, message):
    path = tmp_path / "queries.jsonl"
    text = line if isinstance(line, str) else json.dumps(line)
    path.write_text(f"{json.dumps(query(GOOD))}\n\n{text}\n")
    with pytest.raises(EvaluationError, match=rf"queries\.jsonl, line 3: {message}"):
        read_judgments(path)


@pytest.mark.parametrize("key", ["id", "language", "kind", "answer", "split", "text", "judgments"])
def test_a_query_without_one_of_its_fields_is_refused(write_queries, key):
    fields = query(GOOD)
    del fields[key]
    with pytest.raises(EvaluationError, match=f"line 1: '{key}' is missing: write "):
        read_judgments(write_queries(fields))


@pytest.mark.parametrize("key", ["document", "page", "relevance", "quote"])
def test_a_judgment_without_one_of_its_fields_is_refused(write_queries, key):
    fields = {name: value for name, value in GOOD.items() if name != key}
    with pytest.raises(EvaluationError, match=f"line 1: judgment 1: '{key}' is missing: write "):
        read_judgments(write_queries(query(fields)))


def test_a_file_without_queries_or_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "empty.jsonl").write_text("\n\n")
    with pytest.raises(EvaluationError, match=r"empty\.jsonl holds no query"):
        read_judgments(tmp_path / "empty.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xe8")
    with pytest.raises(EvaluationError, match=r"latin\.jsonl cannot be read"):
        read_judgments(tmp_path / "latin.jsonl")
    with pytest.raises(EvaluationError, match=r"none\.jsonl cannot be read"):
        read_judgments(tmp_path / "none.jsonl")


def test_the_command_sums_up_and_ends_with_status_0(index, write_queries, tmp_path, capsys):
    path = write_queries(query(GOOD, judgment("ogni inverno")), query(id="q-it-02"))
    out = tmp_path / "new" / "beir"
    assert search_main(["beir", str(path), "--index", str(index), "--out", str(out)]) == 0

    said = capsys.readouterr()
    passages = len(records(out / "corpus.jsonl"))
    assert said.err == ""
    assert [line.strip() for line in said.out.splitlines()] == [
        "2 queries, 1 of them unanswerable",
        f"{passages} passages",
        "2 qrels lines",
        "0 judgments left out, 0 queries left without any",
    ]


def test_the_command_names_what_is_left_out_and_ends_with_status_1(
    index, write_queries, tmp_path, capsys
):
    path = write_queries(query(GOOD, judgment("vino", "vino.pdf", 4)))
    arguments = ["beir", str(path), "--index", str(index), "--out", str(tmp_path / "beir")]
    assert search_main(arguments) == 1

    said = capsys.readouterr()
    assert said.err == ("left out: q-it-01: vino.pdf, page 4: the document is not in the index\n")
    assert "1 judgments left out, 0 queries left without any" in said.out
    assert judged_texts(tmp_path / "beir") == {("q-it-01", CLIENTI): 2}

    assert search_main(arguments) == 2
    assert "is not empty: name a new folder" in capsys.readouterr().err


def test_the_command_without_an_index_says_how_to_make_one(write_queries, tmp_path, capsys):
    path = write_queries(query(GOOD))
    index, out = tmp_path / "none", tmp_path / "beir"
    assert search_main(["beir", str(path), "--index", str(index), "--out", str(out)]) == 2
    assert "python -m ingest run corpus/" in capsys.readouterr().err
    assert not out.exists()
