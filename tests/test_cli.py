"""The command lines: ``python -m ingest`` and ``python -m search``, as one types them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.__main__ import main as ingest_main
from search.__main__ import main as search_main
from search.errors import QueryError
from search.years import read_years

ROOT = Path(__file__).parent.parent
FIELDS = [
    "rank",
    "score",
    "passage_id",
    "document_id",
    "path",
    "title",
    "group",
    "kind",
    "year",
    "author",
    "page",
    "sentence",
    "passage",
    "locations",
    "older_versions",
    "newest_version",
    "same_text",
]


def run(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_query_prints_title_group_page_and_the_marked_sentence(sample_index):
    done = run("search", "query", "chi ricava un filato dalle reti da pesca?", "--index",
               str(sample_index), "-k", "2")  # fmt: skip

    assert done.returncode == 0
    assert done.stderr == ""
    first = done.stdout.split("\n\n")[0]
    assert first.startswith("1. Aquafil")
    assert "economia-circolare, case-history, 2023" in first
    assert "2023-case-history-aquafil-econyl.pdf, page 1" in first
    assert ">>" in first
    assert "<<" in first


def test_json_holds_every_field_of_every_hit(sample_index, capsys):
    arguments = ["query", "passaporto digitale", "--index", str(sample_index), "-k", "3", "--json"]
    assert search_main(arguments) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["query"] == "passaporto digitale"
    assert [hit["rank"] for hit in answer["hits"]] == [1, 2, 3]
    for hit in answer["hits"]:
        assert list(hit) == FIELDS
        assert hit["sentence"] in hit["passage"]
        assert (ROOT / "corpus" / hit["path"]).is_file()


def test_filters_of_the_command_line_reach_the_search(sample_index, capsys):
    arguments = ["query", "filiera", "--index", str(sample_index), "--json", "--year", "2024-"]
    assert search_main([*arguments, "--group", "tracciabilita", "--kind", "quaderno"]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert {(hit["group"], hit["kind"], hit["year"]) for hit in hits} == {
        ("tracciabilita", "quaderno", 2024),
        ("tracciabilita", "quaderno", 2025),
    }


@pytest.mark.parametrize(
    ("text", "range_"),
    [
        ("2023", (2023, 2023)),
        ("2020-2023", (2020, 2023)),
        ("2023-", (2023, None)),
        ("-2021", (None, 2021)),
    ],
)
def test_years_are_one_or_a_range(text, range_):
    assert read_years(text) == range_


@pytest.mark.parametrize("text", ["", "-", "23", "2020-2023-2024", "20202021", "20x"])
def test_other_years_are_refused(text):
    with pytest.raises(QueryError, match="no range of years"):
        read_years(text)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "..."], "no letter and no digit"),
        (["query", "filiera", "--group", "moda"], "no group is called 'moda'"),
        (["query", "filiera", "--year", "xx"], "'xx' is no range of years"),
        (["query", "filiera", "-k", "0"], "k is 0"),
    ],
)
def test_a_wrong_question_ends_with_status_2_and_its_reason(
    sample_index, capsys, arguments, message
):
    assert search_main([*arguments, "--index", str(sample_index)]) == 2
    assert message in capsys.readouterr().err


def test_a_missing_index_says_how_to_make_one(tmp_path, capsys):
    assert search_main(["query", "filiera", "--index", str(tmp_path / "none")]) == 2
    assert "python -m ingest run corpus/" in capsys.readouterr().err


def test_another_model_than_the_indexs_is_refused(sample_index, tiny_model, capsys):
    arguments = ["query", "filiera", "--index", str(sample_index), "--model", str(tiny_model)]
    assert search_main(arguments) == 2
    assert "was built with the model" in capsys.readouterr().err


def test_any_model_of_sentence_transformers_indexes_and_searches(
    small_corpus, tmp_path, tiny_model, capsys
):
    index = str(tmp_path / "index")
    model = str(tiny_model)
    assert ingest_main(["run", str(small_corpus), "--index", index, "--model", model]) == 0
    assert search_main(["query", "filiera", "--index", index, "--model", model, "--json"]) == 0
    out = capsys.readouterr().out
    assert len(json.loads(out[out.index("{") :])["hits"]) == 4


def test_the_admins_status_tells_whether_all_was_read(small_corpus, tmp_path, capsys):
    index = str(tmp_path / "index")
    assert ingest_main(["run", str(small_corpus), "--index", index]) == 0
    (small_corpus / "vuoto.pdf").write_bytes(b"")
    assert ingest_main(["run", str(small_corpus), "--index", index]) == 1
    assert "Not readable: vuoto.pdf: it is empty" in capsys.readouterr().out
    assert ingest_main(["run", str(tmp_path / "missing"), "--index", index]) == 2


def test_the_report_as_json_names_every_file(small_corpus, tmp_path, capsys):
    arguments = ["run", str(small_corpus), "--index", str(tmp_path / "index"), "--json"]
    assert ingest_main(arguments) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["counts"]["documents"] == len(report["documents"]) == 4
    assert {document["outcome"] for document in report["documents"]} == {"read"}


def test_what_a_document_says_cannot_drive_the_terminal(small_corpus, tmp_path, capsys):
    path = small_corpus / "tracciabilita" / "2025-relazione-introduttiva.md"
    path.write_text('---\ntitle: "x \\e]0;PWNED\\a y"\n---\n```\nil \x1b[31m codice\n```\n')
    index = str(tmp_path / "index")
    assert ingest_main(["run", str(small_corpus), "--index", index]) == 0
    assert search_main(["query", "il codice", "--index", index]) == 0
    assert not set(capsys.readouterr().out) & {"\x1b", "\x07"}


@pytest.fixture
def relevance_set(tmp_path) -> Path:
    """Three documents, two judged queries, one that nobody judged, one that cannot be searched."""
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    documents = {"a": "Il filo nasce dalle reti.", "b": "La lavatrice a canone.", "c": "Il vino."}
    queries = {"q1": "reti da pesca", "q2": "noleggio di lavatrici", "q3": "mai", "q4": "?!"}
    for name, texts in (("corpus", documents), ("queries", queries)):
        lines = [json.dumps({"_id": id_, "title": "", "text": t}) for id_, t in texts.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(lines))
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\tb\t1\nq4\tc\t1\n"
    )
    return folder


def test_evaluate_measures_a_relevance_set(relevance_set, capsys):
    assert search_main(["evaluate", str(relevance_set), "--json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    # q1 and q2 find their document first; q4 has no word and finds nothing.
    assert measured["queries"] == 3
    assert measured["nDCG@10"] == pytest.approx(2 / 3, abs=1e-4)
    assert measured["Success@1"] == pytest.approx(2 / 3, abs=1e-4)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("corpus.jsonl", "{", "line 1: not a JSON object"),
        ("queries.jsonl", '{"text": "x"}', "line 1: '_id' is missing"),
        ("qrels/test.tsv", "q1 a 1", "line 1: should be query id"),
        ("qrels/test.tsv", "zz\ta\t1", "no query of"),
        ("corpus.jsonl", '{"_id": 1, "text": "x"}\n{"_id": "1", "text": "y"}', "two documents"),
    ],
)
def test_a_relevance_set_that_is_not_one_is_refused_by_line(
    relevance_set, capsys, name, content, message
):
    (relevance_set / name).write_text(content)
    assert search_main(["evaluate", str(relevance_set)]) == 2
    assert message in capsys.readouterr().err


def test_a_folder_without_a_relevance_set_says_what_one_holds(tmp_path, capsys):
    assert search_main(["evaluate", str(tmp_path)]) == 2
    assert "qrels/test.tsv" in capsys.readouterr().err
