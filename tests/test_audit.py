"""The log of the administrators: whole lines, the newest first, whatever is written into it."""

import json
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.audit import Action, AuditLog, Entry, Result
from search.errors import IngestError

FILE = "audit.jsonl"


def subjects(log: AuditLog, most: int = 1000) -> list[str]:
    return [entry.subject for entry in log.entries(most)]


def test_an_entry_says_who_did_what_when_and_how_it_went(tmp_path):
    log = AuditLog(tmp_path / "admin")
    log.write("anna@example.org", Action.ACCEPT, "tracciabilita/filati.pdf")
    log.write("10.0.0.7", Action.SIGN_IN, "", Result.REFUSED)
    refused, accepted = log.entries(10)
    assert (refused.who, refused.action, refused.result) == (
        "10.0.0.7",
        Action.SIGN_IN,
        Result.REFUSED,
    )
    assert (accepted.who, accepted.subject, accepted.result) == (
        "anna@example.org",
        "tracciabilita/filati.pdf",
        Result.DONE,
    )
    assert accepted.when.tzinfo == UTC
    assert abs(datetime.now(UTC) - accepted.when) < timedelta(minutes=5)


def test_only_as_many_entries_as_asked_for_the_newest_first(tmp_path):
    log = AuditLog(tmp_path)
    for number in range(5):
        log.write("admin", Action.RUN, str(number))
    assert subjects(log, 3) == ["4", "3", "2"]
    assert subjects(log, 0) == []


def test_where_nothing_was_done_there_is_nothing(tmp_path):
    assert AuditLog(tmp_path / "never").entries(10) == []
    assert not (tmp_path / "never").exists()


@given(st.text(max_size=40), st.text(max_size=600))
def test_no_text_forges_a_line_or_is_changed(who, subject):
    with TemporaryDirectory() as folder:
        log = AuditLog(Path(folder))
        log.write(who, Action.UPLOAD, subject)
        raw = (Path(folder) / FILE).read_bytes()
        assert raw.count(b"\n") == 1
        assert raw.endswith(b"\n")
        assert all(32 <= byte < 127 for byte in raw[:-1])
        [entry] = log.entries(10)
    assert (entry.who, entry.subject) == (who, subject[:500])


def test_half_a_line_and_lines_of_others_cost_only_themselves(tmp_path):
    log = AuditLog(tmp_path)
    log.write("admin", Action.RUN, "first")
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'null\n{"when": "yesterday"}\n[[[[\n\xff\xfe\n{"when": "2026-11-')
    log.write("admin", Action.RUN, "second")
    assert subjects(log) == ["second", "first"]


def write_fifty(folder: str, name: str) -> None:
    log = AuditLog(Path(folder))
    for number in range(50):
        log.write(name, Action.RUN, str(number))


def test_many_processes_write_at_a_time_and_nothing_is_lost(tmp_path):
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(write_fifty, [str(tmp_path)] * 4, "abcd"))
    entries = AuditLog(tmp_path).entries(1000)
    assert len(entries) == 200
    for name in "abcd":
        assert [e.subject for e in entries if e.who == name] == [str(n) for n in range(49, -1, -1)]


def full_file(mark: str) -> bytes:
    """2 MiB of entries that end with one that says ``mark``."""
    fields = {"when": "2026-01-01T00:00:00+00:00", "who": "x", "action": "run", "result": "done"}
    line = json.dumps(fields | {"subject": "y" * 400}).encode() + b"\n"
    last = json.dumps(fields | {"subject": mark}).encode() + b"\n"
    return line * (2 * 2**20 // len(line) + 1) + last


def test_a_full_file_is_put_aside_and_the_five_newest_are_kept(tmp_path):
    log = AuditLog(tmp_path)
    for number in range(7):
        (tmp_path / FILE).write_bytes(full_file(f"full {number}"))
        log.write("admin", Action.RUN, f"after {number}")
    names = sorted(path.name for path in tmp_path.glob("*.jsonl"))
    assert names == [f"audit.{number}.jsonl" for number in (1, 2, 3, 4)] + [FILE]
    told = [s for s in subjects(log, 100_000) if not s.startswith("y")]
    assert told == ["after 6", "full 6", "full 5", "full 4", "full 3"]


def test_a_log_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "admin").write_text("a file where the folder should be")
    with pytest.raises(IngestError, match="cannot be made"):
        AuditLog(tmp_path / "admin").write("admin", Action.RUN, "")
    (tmp_path / "other" / FILE).mkdir(parents=True)
    with pytest.raises(IngestError, match="cannot be written"):
        AuditLog(tmp_path / "other").write("admin", Action.RUN, "")


def test_the_log_is_for_its_owner_only(tmp_path):
    log = AuditLog(tmp_path / "admin")
    log.write("admin", Action.RUN, "")
    assert (tmp_path / "admin").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "admin" / FILE).stat().st_mode & 0o777 == 0o600
    assert isinstance(log.entries(1)[0], Entry)
