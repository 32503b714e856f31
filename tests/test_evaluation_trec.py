"""TREC runs: what is written is read back, and what is no run is refused by its line."""

import io

import ir_measures
import pytest

from search.errors import EvaluationError, ExportError
from search.trec import best_first, read_run, write_run

RUN = {"q1": {"d1": 1.0, "d2": 1 / 2, "d3": 1 / 3}, "q2": {"d9": 0.1}}


def test_a_run_is_written_best_first_in_six_columns(tmp_path):
    write_run({"q1": {"b": 0.25, "a": 1.0}}, tmp_path / "run.txt", "my engine")
    assert (tmp_path / "run.txt").read_text() == (
        "q1 Q0 a 1 1.0 my-engine\nq1 Q0 b 2 0.25 my-engine\n"
    )


def test_what_is_written_is_read_back(tmp_path):
    write_run(RUN, tmp_path / "run.txt", "engine")
    assert read_run(tmp_path / "run.txt") == RUN


def test_another_program_reads_the_same(tmp_path):
    write_run(RUN, tmp_path / "run.txt", "engine")
    text = io.StringIO((tmp_path / "run.txt").read_text())
    found = {(s.query_id, s.doc_id): s.score for s in ir_measures.read_trec_run(text)}
    assert found == {(q, d): score for q, docs in RUN.items() for d, score in docs.items()}


def test_a_query_that_found_nothing_has_no_line(tmp_path):
    write_run({"q1": {"a": 1.0}, "q2": {}}, tmp_path / "run.txt", "x")
    assert read_run(tmp_path / "run.txt") == {"q1": {"a": 1.0}}


def test_columns_may_be_separated_by_any_blanks_and_ranks_are_not_looked_at(tmp_path):
    (tmp_path / "run.txt").write_text("q\tQ0\ta  7 -1e3 x\r\n\n  q 0 b 7 2 y\n")
    assert read_run(tmp_path / "run.txt") == {"q": {"a": -1000.0, "b": 2.0}}


GOOD = "q1 Q0 d1 1 0.9 tag"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("q1 Q0 d2 2 0.8", "line 3: should be query id, Q0, document id, rank, score, tag"),
        ("q1 Q0 d2 2 0.8 my tag", "line 3: should be query id"),
        ("q1 Q0 d2 2 high tag", "line 3: should be query id"),
        ("q1 Q0 d2 2 nan tag", "line 3: the score 'nan' orders nothing"),
        ("q1 Q0 d2 2 -inf tag", "line 3: the score '-inf' orders nothing"),
        ("q1 Q0 d1 2 0.8 tag", "line 3: 'd1' comes twice for the query 'q1'"),
    ],
)
def test_a_line_that_is_none_of_a_run_is_refused_by_its_number(tmp_path, line, message):
    path = tmp_path / "run.txt"
    path.write_text(f"{GOOD}\n\n{line}\n")
    with pytest.raises(EvaluationError, match=message):
        read_run(path)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe"])
def test_a_file_that_holds_no_run_is_refused(tmp_path, content):
    (tmp_path / "run.txt").write_bytes(content)
    with pytest.raises(EvaluationError, match=r"run\.txt (holds no line|cannot be read)"):
        read_run(tmp_path / "run.txt")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(EvaluationError, match=r"none\.txt cannot be read .*: name a TREC run"):
        read_run(tmp_path / "none.txt")


@pytest.mark.parametrize("id_", ["a b", "a\tb", "", "a\u00a0b"])
def test_an_id_with_a_blank_cannot_be_written(tmp_path, id_):
    for run in ({id_: {"d": 1.0}}, {"q": {id_: 1.0}}):
        with pytest.raises(EvaluationError, match="has a blank in it"):
            write_run(run, tmp_path / "run.txt", "x")
    assert not (tmp_path / "run.txt").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(ExportError, match="cannot be written"):
        write_run(RUN, tmp_path, "x")


def test_a_byte_order_mark_is_no_part_of_the_first_query(tmp_path):
    (tmp_path / "run.txt").write_bytes(b"\xef\xbb\xbfq1 Q0 a 1 0.5 x\n")
    assert read_run(tmp_path / "run.txt") == {"q1": {"a": 0.5}}


def test_documents_of_one_score_come_in_the_order_of_trec_eval():
    assert best_first({"a": 0.5, "c": 0.5, "b": 0.5 + 1e-12, "d": 0.4, "z": 1e300}) == list("zcbad")
