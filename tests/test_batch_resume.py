"""``batch --resume``: a run that was stopped goes on, and only that run."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_batch import TEXTS, found, write_queries

from search.batch import answer_all

ROOT = Path(__file__).parent.parent
FORMATS = ["csv", "jsonl", "trec"]


@pytest.fixture
def stopped(batch, monkeypatch):
    """Runs the command, which is interrupted when the last block is written and nothing tidied."""

    def run(*arguments):
        def answer_and_stop(*given):
            answer_all(*given)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("search.batch_command.answer_all", answer_and_stop)
            with pytest.raises(SystemExit) as end:
                batch(*arguments)
        assert end.value.code == 130

    return run


@pytest.mark.parametrize("format", FORMATS)
def test_a_run_cut_anywhere_goes_on_to_the_same_file(batch, stopped, format):
    write_queries("q.csv")
    stopped("q.csv", "--out", f"cut.{format}", "-k", "2")
    cut, note = Path(f"cut.{format}"), Path(f"cut.{format}.resume.json")
    whole, noted, expected = cut.read_bytes(), note.read_bytes(), found(cut.name)
    assert len(expected) == 6
    lengths = {*range(0, len(whole), max(1, len(whole) // 12)), 1, len(whole) - 1, len(whole)}
    for length in sorted(lengths):
        cut.write_bytes(whole[:length])
        note.write_bytes(noted)
        assert batch("q.csv", "--out", cut.name, "-k", "2", "--resume") == 0
        # Not the bytes: the last digits of a score depend on what is encoded beside it.
        assert found(cut.name) == expected, length
        assert cut.read_bytes().count(b"\n") == whole.count(b"\n")
        assert not note.exists()


def test_a_table_with_semicolons_goes_on_too(batch, stopped):
    write_queries("q.csv")
    options = ("q.csv", "--out", "r.csv", "-k", "1", "--separator", ";")
    stopped(*options)
    whole = Path("r.csv").read_bytes()
    Path("r.csv").write_bytes(whole[:-9])
    assert batch(*options, "--resume") == 0
    assert Path("r.csv").read_bytes().count(b'";"') == whole.count(b'";"')
    assert Path("r.csv").read_bytes().count(b"\xef\xbb\xbf") == 1


def test_resume_asks_only_for_what_is_missing(batch, stopped, capsys):
    write_queries("q.csv")
    stopped("q.csv", "--out", "r.jsonl", "-k", "1")
    write_queries("more.csv", {"q4": "filiera", "q1": TEXTS["q1"]})
    capsys.readouterr()
    assert batch("more.csv", "--out", "r.jsonl", "-k", "1", "--resume") == 0
    assert [id_ for id_, _ in found("r.jsonl")] == ["q1", "q2", "q3", "q4"]
    assert "1 of 2 queries searched, 1 were done before; 1 hits" in capsys.readouterr().err


def test_where_nothing_was_begun_resume_begins(batch):
    write_queries("q.csv")
    Path("r.csv").touch()
    assert batch("q.csv", "--out", "r.csv", "-k", "1", "--resume") == 0
    assert [id_ for id_, _ in found("r.csv")] == list(TEXTS)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("texts", "options"),
    [
        ("canone mensile\nnylon\nstartup\n", []),
        ("nylon\ncanone mensile\nstartup\n", ["-k", "3"]),
        ("nylon\ncanone mensile\nstartup\n", ["--year", "2023"]),
    ],
)
def test_another_question_of_the_same_number_is_no_answer(  # noqa: PLR0917 - fixtures
    batch, stopped, capsys, format, texts, options
):
    Path("q.txt").write_text("nylon\ncanone mensile\nstartup\n")
    stopped("q.txt", "--out", f"r.{format}", "-k", "2")
    before = Path(f"r.{format}").read_bytes()
    Path("q.txt").write_text(texts)
    assert batch("q.txt", "--out", f"r.{format}", "-k", "2", *options, "--resume") == 2
    assert f"r.{format} was begun with another query '1'" in capsys.readouterr().err
    assert Path(f"r.{format}").read_bytes() == before


def test_what_shapes_the_rows_must_be_the_same(batch, stopped, capsys, small_index_once):
    write_queries("q.csv")
    stopped("q.csv", "--out", "r.csv", "-k", "1")
    stopped("q.csv", "--out", "r.trec", "-k", "1")
    before = Path("r.csv").read_bytes(), Path("r.trec").read_bytes()
    note = json.loads(Path("r.csv.resume.json").read_text())
    assert batch("q.csv", "--out", "r.csv", "-k", "1", "--resume", "--base", "https://b") == 2
    assert "begun with the address 'http://localhost:8501', this is 'https://b'" in (
        capsys.readouterr().err
    )
    assert batch("q.csv", "--out", "r.csv", "-k", "1", "--resume", "--separator", ";") == 2
    assert "with the separator ',', this is ';'" in capsys.readouterr().err
    assert batch("q.csv", "--out", "r.trec", "-k", "1", "--resume", "--tag", "altro") == 2
    assert "with the tag 'minit', this is 'altro'" in capsys.readouterr().err
    snapshot = note["asked with"]["snapshot"]
    assert snapshot == (small_index_once / "CURRENT").read_text().strip()
    Path("r.csv.resume.json").write_text(json.dumps(note).replace(snapshot, "altro-indice"))
    assert batch("q.csv", "--out", "r.csv", "-k", "1", "--resume") == 2
    assert "with the snapshot 'altro-indice'" in capsys.readouterr().err
    assert (Path("r.csv").read_bytes(), Path("r.trec").read_bytes()) == before


OTHERS = {
    "csv": b"mio",
    "jsonl": b'{"domanda": "x"}',
    "trec": b"q1 Q0 d1 1 9.5 altro\n",
}


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_of_another_program_is_left_as_it_was(batch, stopped, capsys, format):
    write_queries("q.csv")
    out = Path(f"r.{format}")
    out.write_bytes(OTHERS[format])
    assert batch("q.csv", "--out", out.name, "--resume") == 2
    assert f"r.{format} has no r.{format}.resume.json beside it" in capsys.readouterr().err
    assert out.read_bytes() == OTHERS[format]
    # Also where a note of ours lies beside it.
    stopped("q.csv", "--out", out.name, "--force")
    out.write_bytes(OTHERS[format])
    assert batch("q.csv", "--out", out.name, "--resume") == 2
    assert "cannot be gone on with" in capsys.readouterr().err
    assert out.read_bytes() == OTHERS[format]


def test_a_finished_file_is_not_gone_on_with(batch, capsys):
    write_queries("q.csv")
    assert batch("q.csv", "--out", "r.trec", "-k", "1") == 0
    assert [path.name for path in sorted(Path().iterdir())] == ["q.csv", "r.trec"]
    before = Path("r.trec").read_bytes()
    assert batch("q.csv", "--out", "r.trec", "-k", "1", "--resume") == 2
    assert "it is finished, or not of this command" in capsys.readouterr().err
    assert Path("r.trec").read_bytes() == before


@pytest.mark.parametrize("note", ["", "[]", '{"asked with": 1, "queries": {}}'])
def test_a_note_that_cannot_be_read_is_named(batch, stopped, capsys, note):
    write_queries("q.csv")
    stopped("q.csv", "--out", "r.csv", "-k", "1")
    Path("r.csv.resume.json").write_text(note)
    assert batch("q.csv", "--out", "r.csv", "-k", "1", "--resume") == 2
    assert "r.csv.resume.json" in capsys.readouterr().err


def test_only_files_that_grow_can_be_gone_on_with(batch, capsys):
    write_queries("q.csv")
    assert batch("q.csv", "--out", "r.xlsx", "--resume") == 2
    assert "--resume goes on with a file of csv, jsonl, trec only" in capsys.readouterr().err


def test_ids_like_formulas_are_skipped_when_a_run_goes_on(batch, stopped):
    write_queries("q.csv", {"=1": "nylon", "-2": "canone", "z": "startup"})
    stopped("q.csv", "--out", "r.csv", "-k", "1")
    assert [id_ for id_, _ in found("r.csv")] == ["'=1", "'-2", "z"]
    before = Path("r.csv").read_bytes()
    assert batch("q.csv", "--out", "r.csv", "-k", "1", "--resume") == 0
    assert Path("r.csv").read_bytes() == before


def test_a_killed_run_goes_on(batch, small_index_once, tmp_path, capsys):
    texts = {f"q{n}": f"nylon rigenerato dalle reti, prova numero {n}" for n in range(200)}
    write_queries("q.csv", texts)
    out = Path("r.jsonl").absolute()
    # Another place of the same index is the same index.
    index = shutil.copytree(small_index_once, tmp_path / "copy")
    command = [sys.executable, "-m", "search", "batch", str(Path("q.csv").absolute())]
    child = subprocess.Popen(
        [*command, "--out", str(out), "-k", "2", "--index", str(index)],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    while not (out.exists() and out.stat().st_size) and child.poll() is None:
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    written = {id_ for id_, _ in found("r.jsonl")}
    assert 0 < len(written) < 200
    assert batch("q.csv", "--out", "r.jsonl", "-k", "2", "--resume") == 0
    assert [id_ for id_, _ in found("r.jsonl")] == [id_ for id_ in texts for _ in (1, 2)]
    assert "199 were done before" not in capsys.readouterr().err
