"""`Engine.search_many` and `Run`: many questions at once, none held up by another."""

import io
import json
import os
from dataclasses import replace
from threading import Thread

import numpy as np
import pytest
from conftest import SMALL, NoProgress, write_corpus

from ingest.pipeline import ingest
from search import Engine, ExportError, Query, QueryError, Run, open_snapshot
from search.rows import COLUMNS
from search.views.originals import original_address

RETI = "Dalle reti da pesca dismesse si ricava nylon rigenerato."


@pytest.fixture(scope="module")
def engine(small_index_once, encoder) -> Engine:
    return Engine(open_snapshot(small_index_once), encoder)


def ids(run: Run) -> list[list[str]]:
    return [[hit.passage.id for hit in results.hits] for results in run]


def test_texts_and_queries_are_answered_in_their_order(engine):
    run = engine.search_many(["nylon dalle reti", Query("canone mensile", k=1)], k=2)
    assert isinstance(run, Run)
    assert run.ids == ("1", "2")
    assert [len(results.hits) for results in run] == [2, 1]
    assert run[0].hits[0].sentence.of(run[0].hits[0].passage.text) == RETI
    assert run[-1].hits[0].document.group == "nuovi-modelli-di-business"
    assert run.failures == ()


def test_many_are_answered_as_one_by_one_over_the_end_of_a_block(engine, monkeypatch):
    texts = ["nylon", "startup", "canone", "filiera", "abito"]
    monkeypatch.setattr("search.engine.QUERIES_IN_A_BLOCK", 2)
    together = engine.search_many(texts, k=3)
    assert ids(together) == [[h.passage.id for h in engine.search(Query(t, 3)).hits] for t in texts]


def test_queries_by_id_keep_their_ids(engine):
    pairs = [("reti", "nylon dalle reti"), ("canone", Query("canone", k=1))]
    run = engine.search_many(dict(pairs), k=2)
    assert run.ids == ("reti", "canone")
    assert [row.query_id for row in run.rows()] == ["reti", "reti", "canone"]


def test_a_query_that_cannot_be_searched_holds_no_other_up(engine):
    missing = float("nan")  # as pandas reads an empty cell
    run = engine.search_many(
        {"a": "nylon", "b": "?!", "c": missing, "d": "a" * 10_001, "e": "filo"}
    )
    assert run.ids == ("a", "e")
    assert len(run) == 2
    assert [(failure.id, failure.text[:3]) for failure in run.failures] == [
        ("b", "?!"),
        ("c", "nan"),
        ("d", "aaa"),
    ]
    reasons = [failure.reason for failure in run.failures]
    assert "no letter and no digit" in reasons[0]
    assert "nan, which is no text" in reasons[1]
    assert "10001 characters" in reasons[2]


def test_two_keys_of_one_id_lose_no_query_in_silence(engine):
    run = engine.search_many({1: "nylon", "1": "canone"}, k=1)
    assert run.ids == ("1",)
    (failure,) = run.failures
    assert (failure.id, failure.text) == ("1", "canone")
    assert "the id '1' was given to an earlier query" in failure.reason


def test_filters_hold_for_every_text(engine):
    run = engine.search_many(["nylon", "filiera"], groups=["tracciabilita"], first_year=2024)
    assert [[hit.document.group for hit in results.hits] for results in run] == [
        ["tracciabilita"],
        ["tracciabilita"],
    ]


def test_a_wrong_argument_is_an_error_and_no_failure(engine):
    with pytest.raises(QueryError, match="k is 0"):
        engine.search_many(["nylon"], k=0)
    with pytest.raises(QueryError, match="no group is called 'moda'"):
        engine.search_many(["nylon"], groups={"moda"})


@pytest.mark.parametrize("single", ["nylon", Query("nylon")])
def test_a_single_query_is_not_taken_for_a_list(engine, single):
    with pytest.raises(QueryError, match="put this one in a list"):
        engine.search_many(single)


def test_no_query_is_an_empty_run_that_can_be_written(engine, tmp_path):
    run = engine.search_many([])
    assert list(run) == []
    assert list(run.to_dataframe().columns) == list(COLUMNS)
    run.to_csv(tmp_path / "run.csv")
    run.to_xlsx(tmp_path / "run.xlsx")
    assert (tmp_path / "run.csv").read_text().count("\n") == 1


def test_a_slice_is_a_run(engine):
    run = engine.search_many(["nylon", "startup", "canone"], k=1)
    assert run[1:].ids == ("2", "3")
    assert engine.search_many(["nylon", "?!"])[:1].failures[0].id == "2"
    assert len(list(run[1:].rows())) == 2


def test_progress_goes_to_the_standard_error_and_only_if_asked(engine, capsys):
    engine.search_many(["nylon"])
    assert capsys.readouterr() == ("", "")
    engine.search_many(["nylon", "canone"], progress=True)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "2/2" in shown.err


def test_hits_on_one_passage_share_it(engine):
    first, second = (results.hits[0] for results in engine.search_many(["nylon", "reti da pesca"]))
    assert first.passage.id == second.passage.id
    assert first.passage is second.passage
    assert first.document is second.document


def test_a_row_says_where_the_sentence_stands(engine):
    (row,) = engine.search_many({"q1": "nylon rigenerato"}, k=1).rows("https://kb.example/app/")
    document = engine.search(Query("nylon rigenerato", k=1)).hits[0].document
    assert (row.query_id, row.query, row.rank) == ("q1", "nylon rigenerato", 1)
    assert (row.group, row.kind, row.year) == ("economia-circolare", "case-history", 2023)
    assert (row.title, row.page, row.sentence) == ("Le reti tornano filo", 1, RETI)
    assert row.path == "economia-circolare/2023-case-history-reti.md"
    assert row.link == f"https://kb.example/app{original_address(document, 1)}"


def test_a_data_frame_has_numbers_where_there_are_numbers(engine):
    frame = engine.search_many(["nylon", "canone"], k=2).to_dataframe()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["rank"].tolist() == [1, 2, 1, 2]
    assert frame["year"].sum() == sum(row.year for row in engine.search_many(
        ["nylon", "canone"], k=2).rows())  # fmt: skip
    assert frame["score"].dtype == "float64"
    assert set(frame["link"].str[:22]) == {"http://localhost:8501/"}


def test_a_trec_run_is_what_trec_eval_reads(engine, tmp_path):
    run = engine.search_many({"q1": "nylon", "q2": "canone"}, k=2)
    run.to_trec(tmp_path / "run.trec", tag="mia")
    lines = [line.split(" ") for line in (tmp_path / "run.trec").read_text().splitlines()]
    assert [line[:2] + line[3:4] + line[5:] for line in lines] == [
        ["q1", "Q0", "1", "mia"],
        ["q1", "Q0", "2", "mia"],
        ["q2", "Q0", "1", "mia"],
        ["q2", "Q0", "2", "mia"],
    ]
    assert [[line[2] for line in lines[:2]], [line[2] for line in lines[2:]]] == ids(run)
    assert float(lines[0][4]) == pytest.approx(run[0].hits[0].score, abs=1e-8)


def test_scores_of_a_trec_run_tell_the_order_also_where_hits_have_the_same(engine):
    (results,) = engine.search_many(["nylon"], k=4)
    same = replace(results, hits=tuple(replace(hit, score=0.5) for hit in results.hits))
    file = io.StringIO()
    Run(("q", "r"), (same, same)).to_trec(file)
    scores = [np.float32(line.split()[4]) for line in file.getvalue().splitlines()]
    for of_query in (scores[:4], scores[4:]):
        assert of_query[0] == 0.5
        assert of_query == sorted(set(of_query), reverse=True)
        assert len(set(of_query)) == 4


def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(engine, tmp_path):
    (tmp_path / "real.csv").write_text("vecchio")
    (tmp_path / "link.csv").symlink_to("real.csv")
    engine.search_many(["nylon"], k=1).to_csv(tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert "nylon" in (tmp_path / "real.csv").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "real.csv"]


def test_a_pipe_is_written_to_and_stays_a_pipe(engine, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    heard = []
    reader = Thread(target=lambda: heard.append((tmp_path / "pipe").read_text()))
    reader.start()
    engine.search_many(["nylon"], k=1).to_jsonl(tmp_path / "pipe")
    reader.join()
    assert json.loads(heard[0])["sentence"] == RETI
    assert (tmp_path / "pipe").is_fifo()


def test_a_name_as_long_as_a_name_can_be_is_written(engine, tmp_path):
    name = "è" * 125 + ".csv"  # 254 bytes of 255
    engine.search_many(["nylon"], k=1).to_csv(tmp_path / name)
    assert (tmp_path / name).exists()


def test_an_id_with_a_blank_is_refused_by_trec_and_nothing_is_written(engine, tmp_path):
    run = engine.search_many({"la prima": "nylon"})
    with pytest.raises(ExportError, match="'la prima' cannot stand in a TREC run"):
        run.to_trec(tmp_path / "run.trec")
    assert list(tmp_path.iterdir()) == []


def test_an_open_file_is_written_to_and_stays_open(engine):
    run = engine.search_many(["nylon"], k=1)
    text, data = io.StringIO(), io.BytesIO()
    run.to_jsonl(text)
    run.to_jsonl(data)
    assert json.loads(text.getvalue())["sentence"] == RETI
    assert data.getvalue().decode() == text.getvalue()


def test_a_file_that_cannot_be_written_is_named(engine, tmp_path):
    run = engine.search_many(["nylon"])
    with pytest.raises(ExportError, match=r"none/run\.csv cannot be written"):
        run.to_csv(tmp_path / "none" / "run.csv")


def test_passage_ids_stay_when_other_documents_come_and_go(encoder, tmp_path):
    def found(index) -> dict[str, str]:
        snapshot = open_snapshot(index)
        run = Engine(snapshot, encoder).search_many(["nylon", "filiera", "canone"], k=50)
        snapshot.close()
        return {row.passage_id: row.passage for row in run.rows()}

    corpus, index = write_corpus(tmp_path / "corpus", SMALL), tmp_path / "index"
    ingest(corpus, index, encoder, NoProgress())
    before = found(index)
    (corpus / "open-innovation/2022-workshop-startup.md").unlink()
    write_corpus(corpus, {"economia-circolare/2020-altro-aaa.md": "# Prima di tutti\n\nUn vetro."})
    ingest(corpus, index, encoder, NoProgress())
    after = found(index)
    assert len(before) == len(after) == 4
    kept = {id_: text for id_, text in before.items() if "startup" not in text}
    assert {id_: after.get(id_) for id_ in kept} == kept
    assert len(kept) == 3
