"""``python -m search evaluate`` as one types it: on a tiny relevance set, and on judged queries."""

import csv
import json
from pathlib import Path

import pytest

from ingest.__main__ import main as ingest_main
from search.__main__ import main
from search.evaluation import MEASURES
from search.settings import SETTINGS
from search.trec import read_run


@pytest.fixture(autouse=True)
def one_model(monkeypatch, encoder) -> None:
    """The model is loaded once for all of these tests; tests/test_cli.py loads it as one does."""
    monkeypatch.setattr("search.evaluate_command.load_encoder", lambda _: encoder)


DOCUMENTS = {
    "a": "Il nylon rigenerato nasce dalle reti da pesca.",
    "b": "La lavatrice si paga a canone mensile, non si compra.",
    "c": "Un codice sul capo racconta la filiera al cliente.",
}
QUERIES = {"q1": "chi ricicla le reti?", "q2": "a monthly fee for a washing machine", "q3": "mai"}


@pytest.fixture
def beir(tmp_path) -> Path:
    """Three documents; a query in their words, one in another language, one nobody judged."""
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    for name, texts in (("corpus", DOCUMENTS), ("queries", QUERIES)):
        lines = [json.dumps({"_id": id_, "text": text}) for id_, text in texts.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(lines))
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\tb\t2\n")
    return folder


def test_all_settings_stand_side_by_side(beir, capsys):
    assert main(["evaluate", str(beir), "--setting", "all", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["name"], record["queries"], record["documents"]) == ("tiny", 2, 3)
    assert (record["unanswered"], record["baseline"]) == (1, "engine")
    reached = {name: found["Success@1"] for name, found in record["settings"].items()}
    assert list(reached) == list(SETTINGS)
    # No word of the English question is in the corpus; meaning finds its document.
    assert (reached["bm25"]["mean"], reached["engine"]["mean"]) == (0.5, 1.0)
    assert "difference" not in reached["engine"]
    assert reached["bm25"]["difference"]["mean"] == -0.5
    assert reached["bm25"]["p"] == 1.0  # one query that differs


def test_of_all_settings_the_run_of_the_engine_is_written(beir, tmp_path):
    run = tmp_path / "run.txt"
    assert main(["evaluate", str(beir), "--setting", "all", "--run-out", str(run)]) == 0
    assert {line.split()[5] for line in run.read_text().splitlines()} == {"engine"}
    assert next(iter(read_run(run)["q2"])) == "b"  # which words do not find


def test_a_file_that_exists_is_replaced_only_when_asked(beir, tmp_path, capsys):
    mine = tmp_path / "mine.txt"
    mine.write_text("q1 Q0 a 1 1 x\n")
    for option in ("--run-out", "--per-query"):
        assert main(["evaluate", str(beir), option, str(mine)]) == 2
        assert "mine.txt exists: add --force to replace it" in capsys.readouterr().err
    assert mine.read_text() == "q1 Q0 a 1 1 x\n"
    assert main(["evaluate", str(beir), "--run-out", str(mine), "--force"]) == 0
    assert "engine" in mine.read_text()


@pytest.mark.parametrize("option", ["--run-out", "--per-query"])
def test_what_is_read_is_never_written(beir, tmp_path, capsys, option):
    run = tmp_path / "mine.txt"
    run.write_text("q1 Q0 a 1 1 x\n")
    for target in (run, beir / "queries.jsonl"):
        before = target.read_bytes()
        arguments = ["--run-in", str(run), option, str(target), "--force"]
        assert main(["evaluate", str(beir), *arguments]) == 2
        assert f"{target.name} is read: name another file" in capsys.readouterr().err
        assert target.read_bytes() == before


@pytest.mark.parametrize("option", ["--run-out", "--per-query"])
def test_a_place_that_cannot_be_written_is_said_before_anything_is_indexed(
    beir, tmp_path, capsys, option
):
    assert main(["evaluate", str(beir), option, str(tmp_path / "none" / "x.csv")]) == 2
    done = capsys.readouterr()
    assert "x.csv cannot be written" in done.err
    assert "Encoding" not in done.err


def test_what_is_left_out_of_a_split_is_said(beir, capsys):
    (beir / "qrels" / "dev.tsv").write_text("q3\tc\t1\n")
    with (beir / "qrels" / "test.tsv").open("a") as file:
        file.write("q9\ta\t1\n")
    assert main(["evaluate", str(beir), "--setting", "bm25"]) == 0
    done = capsys.readouterr()
    assert "1 queries are judged in another split only: left out" in done.err
    assert "1 judged queries have no text in queries.jsonl: left out" in done.err
    assert done.out.startswith("tiny: 2 queries, 3 documents\n")


def test_the_table_is_printed_and_the_files_are_written(beir, tmp_path, capsys):
    run, rows = tmp_path / "run.txt", tmp_path / "rows.csv"
    arguments = ["--setting", "bm25", "--setting", "dense", "--run-out", str(run)]
    assert main(["evaluate", str(beir), *arguments, "--per-query", str(rows)]) == 0
    head, title, bm25, dense, *_ = capsys.readouterr().out.splitlines()
    assert head == "tiny: 2 queries, 3 documents, 1 more without an answer left out"
    assert "nDCG@10 - bm25" in title
    assert [bm25.split()[0], dense.split()[0]] == ["bm25", "dense"]
    assert {q: next(iter(found)) for q, found in read_run(run).items()} == {"q1": "a"}
    with rows.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["query-id"], row["dense - bm25"]) for row in found] == [
        ("q1", "0.0000"),
        ("q2", "1.0000"),
    ]
    assert found[1]["text"] == QUERIES["q2"]


def test_a_run_that_was_written_measures_the_same_when_read(beir, tmp_path, capsys):
    run = tmp_path / "mine.txt"
    assert main(["evaluate", str(beir), "--run-out", str(run)]) == 0
    assert main(["evaluate", str(beir), "--run-in", str(run), "--json"]) == 0
    record = json.loads(capsys.readouterr().out.splitlines()[-1])
    engine, mine = record["settings"]["engine"], record["settings"]["mine"]
    for name in MEASURES:
        assert {key: mine[name][key] for key in engine[name]} == engine[name]
        assert (mine[name]["difference"]["mean"], mine[name]["p"]) == (0.0, 1.0)


def test_a_run_made_elsewhere_can_be_the_baseline(beir, tmp_path, capsys):
    (tmp_path / "other.txt").write_text("q1 Q0 a 1 9.5 x\nq1 Q0 b 2 9 x\nzz Q0 a 1 1 x\n")
    arguments = ["--run-in", str(tmp_path / "other.txt"), "--baseline", "other", "--json"]
    assert main(["evaluate", str(beir), *arguments]) == 0
    done = capsys.readouterr()
    assert json.loads(done.out)["settings"]["other"]["RR@10"]["mean"] == 0.5
    assert "the run other lacks 1 queries" in done.err


@pytest.mark.parametrize(
    ("run", "message"),
    [
        ("q1 Q0 a 1 1", "run.txt, line 1: should be query id"),
        ("zz Q0 a 1 1 x", "the run 'run' has none of the queries"),
        ("q1 Q0 zz 1 1 x", "the run 'run' has none of the documents"),
    ],
)
def test_a_run_that_does_not_belong_to_the_set_is_refused(beir, tmp_path, capsys, run, message):
    (tmp_path / "run.txt").write_text(run)
    assert main(["evaluate", str(beir), "--run-in", str(tmp_path / "run.txt")]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--setting", "magic"], "no setting is called 'magic': the settings are bm25, dense"),
        (["--baseline", "rrf"], "the baseline 'rrf' is not among what is measured: engine"),
        (["--split", "dev"], "has no split 'dev': it has test"),
        (["--language", "it"], "does not say languages: leave out `--language`"),
        (["--run-in", "none.txt"], "none.txt cannot be read"),
    ],
)
def test_a_wrong_argument_is_said_before_anything_is_indexed(beir, capsys, arguments, message):
    assert main(["evaluate", str(beir), *arguments]) == 2
    done = capsys.readouterr()
    assert message in done.err
    assert "Encoding" not in done.err


def test_two_rankings_of_one_name_are_refused(beir, tmp_path, capsys):
    (tmp_path / "engine.txt").write_text("q1 Q0 a 1 1 x\n")
    assert main(["evaluate", str(beir), "--run-in", str(tmp_path / "engine.txt")]) == 2
    assert "two rankings are called 'engine'" in capsys.readouterr().err


def test_relevant_documents_that_are_missing_are_said(beir, capsys):
    with (beir / "qrels" / "test.tsv").open("a") as file:
        file.write("q1\tgone\t1\n")
    assert main(["evaluate", str(beir), "--json"]) == 0
    done = capsys.readouterr()
    assert "1 relevant documents are not in the corpus" in done.err
    assert json.loads(done.out)["R@10"] == pytest.approx((1 / 2 + 1) / 2)


def judged(id_: str, text: str, quote: str = "", **changes: object) -> dict:
    place = {"document": "tracciabilita/2025-relazione-introduttiva.md", "page": 1, "relevance": 2}
    return {
        "id": id_,
        "language": "it",
        "kind": "lookup",
        "answer": "present" if quote else "far",
        "split": "dev",
        "text": text,
        "judgments": [place | {"quote": quote}] if quote else [],
    } | changes


def write_judged(folder: Path, *queries: dict) -> Path:
    folder.mkdir()
    lines = [json.dumps(query) for query in queries]
    (folder / "queries.jsonl").write_text("\n".join(lines))
    return folder


QUOTE = "racconta la filiera al cliente"
JUDGED = (
    judged("a", "che cosa dice il codice sul capo?", QUOTE),
    judged("b", "che cosa racconta la filiera?", QUOTE, split="test"),
    judged("c", "what tells customers of the chain?", QUOTE, language="en", split="test"),
    judged("d", "la ricetta del pesto"),
)


def test_judged_queries_are_measured_by_language_and_split(small_index, tmp_path, capsys):
    gone = judged("e", "e poi?", "queste parole non ci sono", split="test")
    folder = write_judged(tmp_path / "judged", *JUDGED, gone)
    assert main(["evaluate", str(folder), "--index", str(small_index), "--json"]) == 0
    done = capsys.readouterr()
    assert "1 judgments hold for no passage" in done.err
    sets = [json.loads(line) for line in done.out.splitlines()]
    assert [(s["name"], s["queries"], s["unanswered"]) for s in sets] == [
        ("judgments it dev", 1, 1),
        ("judgments it test", 1, 1),
        ("judgments en test", 1, 0),
    ]
    for found in sets:
        assert found["passages"] == 4
        assert found["Success@1"] == 1.0
        # One query: its interval is its value.
        assert found["settings"]["engine"]["nDCG@10"] == {"mean": 1.0, "low": 1.0, "high": 1.0}


def test_one_language_and_split_can_be_asked_for(small_index, tmp_path, capsys):
    file = write_judged(tmp_path / "judged", *JUDGED) / "queries.jsonl"
    arguments = ["--index", str(small_index), "--language", "en", "--split", "test", "--markdown"]
    assert main(["evaluate", str(file), *arguments]) == 0
    out = capsys.readouterr().out
    assert out.startswith("## judgments en test\n\n1 queries, 4 passages.\n\n| setting |")
    assert out.count("## ") == 1


def test_a_byte_order_mark_before_judged_queries_is_none_of_their_words(
    small_index, tmp_path, capsys
):
    file = write_judged(tmp_path / "judged", JUDGED[0]) / "queries.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert main(["evaluate", str(file), "--index", str(small_index), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["queries"] == 1


def test_pages_that_answer_are_counted_among_the_first_hits(small_index, tmp_path, capsys):
    helps = judged("e", "nylon dalle reti da pesca", QUOTE, split="test")
    helps["judgments"][0]["relevance"] = 1  # helps and does not answer: not counted
    wrong = judged("f", "lavatrice a canone mensile", QUOTE, split="test")
    folder = write_judged(tmp_path / "judged", *JUDGED, helps, wrong)
    arguments = ["--index", str(small_index), "--language", "it", "--markdown"]
    assert main(["evaluate", str(folder), *arguments]) == 0
    table = capsys.readouterr().out.splitlines()[-4:]
    assert table == [
        "| engine: a page that answers | queries | in the first 1 | in the first 5 "
        "| in the first 10 |",
        "|---|---:|---:|---:|---:|",
        "| judgments it dev | 1 | 100% | 100% | 100% |",
        "| judgments it test | 2 | 50% | 100% | 100% |",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--language", "fr"], "have no language 'fr': write one of it, en"),
        (["--split", "train"], "have no split 'train': write one of dev, test"),
        (["--language", "en", "--split", "dev"], "no judged query has an answer in the index"),
    ],
)
def test_a_part_that_is_not_there_is_refused(small_index, tmp_path, capsys, arguments, message):
    folder = write_judged(tmp_path / "judged", *JUDGED)
    assert main(["evaluate", str(folder), "--index", str(small_index), *arguments]) == 2
    assert message in capsys.readouterr().err


def test_judged_queries_without_an_index_say_how_to_make_one(tmp_path, capsys):
    folder = write_judged(tmp_path / "judged", *JUDGED)
    assert main(["evaluate", str(folder), "--index", str(tmp_path / "none")]) == 2
    assert "python -m ingest run corpus/" in capsys.readouterr().err


DRAFT = """# Il passaporto digitale

Il codice sul capo racconta la filiera al cliente che lo inquadra in negozio con il telefono.

## La lana

La lana di Biella si lava con acqua piovana raccolta sui tetti degli stabilimenti della valle.

## I tempi

La prima prova dura sei mesi e tocca quattro aziende di maglieria con i loro fornitori di filato.
La seconda comincia in autunno, quando le collezioni sono pronte, e si chiude con una relazione
che il gruppo di lavoro discute insieme alle imprese, ai laboratori e agli enti che certificano.
"""


def test_what_an_older_version_says_again_counts_as_the_newer_passage(tmp_path, capsys):
    corpus, folder = tmp_path / "corpus" / "tracciabilita", tmp_path / "judged"
    corpus.mkdir(parents=True)
    (corpus / "2023-bozza.md").write_text(DRAFT, encoding="utf-8")
    (corpus / "2024-finale.md").write_text(DRAFT + "\nSegue il bilancio.\n", encoding="utf-8")
    index = tmp_path / "index"
    assert ingest_main(["run", str(corpus.parent), "--index", str(index)]) == 0
    query = judged("a", "come si lava la lana di Biella?", "acqua piovana")
    query["judgments"][0]["document"] = "tracciabilita/2023-bozza.md"
    write_judged(folder, query)
    capsys.readouterr()
    arguments = ["--index", str(index), "--setting", "all", "--json"]
    assert main(["evaluate", str(folder), *arguments]) == 0
    settings = json.loads(capsys.readouterr().out)["settings"]
    # The engine never shows the draft's passage; it is found under the final one's.
    assert {found["Success@1"]["mean"] for found in settings.values()} == {1.0}
