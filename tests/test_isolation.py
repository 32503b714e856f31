"""Reading in child processes: whatever a file does to its reader costs that file alone."""

import math
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from ingest.isolation import FILES_PER_PROCESS, File, ReaderPool
from ingest.limits import Limits
from ingest.readers import read_bytes
from ingest.readers.reading import Reading
from ingest.wire import reading_of
from search.datatypes import Content, Heading, Page
from search.errors import IngestError, UnreadableDocumentError

TESTS = Path(__file__).parent
HOSTILE = TESTS.parent.parent / "shared" / "pdf-hostile"
OBEDIENT = "misbehaving_readers:obedient"
TIGHT = Limits(
    seconds_without_progress=1.0,
    seconds=3.0,
    memory=512 * 1024**2,
    output=4 * 1024**2,
    file=16 * 1024**2,
    open_files=64,
)
GOOD = b"# Le reti\n\nDalle reti da pesca si ricava nylon."

AGAIN = "open it and save it again, or export it as PDF/A"
ANSWERED = "the program that reads it gave an answer that cannot be true"
REASONS = {
    "hang": f"reading it made no progress for 1 s: {AGAIN}",
    "hang_in_c": f"reading it made no progress for 1 s: {AGAIN}",
    "start_a_program": f"reading it made no progress for 1 s: {AGAIN}",
    "advance_for_ever": "reading it took longer than 3 s: split it into parts",
    "eat_memory": f"reading it needs more than 512 MiB of memory: split it into parts, or {AGAIN}",
    "answer_much": "its text is larger than 4 MiB: split it into parts",
    "abort": f"the program that reads it crashed (SIGABRT): {AGAIN}",
    "be_killed": "the program that reads it was killed: the next run tries again",
    "leave": f"the program that reads it crashed (status 3): {AGAIN}",
    "exit_politely": f"the reader failed (SystemExit: enough): {AGAIN}",
    "say_nothing": f"the reader failed (UnsayableError: it does not say why): {AGAIN}",
    "give_a_reason": "it smells: air it, «perché» no",
    "give_a_coloured_reason": "[31mred [0m and  back ?",
    "lie_about_boxes": f"{ANSWERED} (page 1: 8 bytes of boxes for 3 characters): {AGAIN}",
    "write_garbage": f"{ANSWERED} (no message): {AGAIN}",
    "announce_a_terabyte": "its text is larger than 4 MiB: split it into parts",
}
BEGINNINGS = {
    "close_the_pipe": "the program that reads it crashed (SIGKILL)",
    "fill_the_disk": "the reader failed (OSError: [Errno 27] File too large",
    "open_many_files": "the reader failed (OSError: [Errno 24] Too many open files",
    "say_much": "the reader failed (RuntimeError: xxxx",
    "lie_about_the_type": f"{ANSWERED} (no reading: Expected `int`, got `str` - at ",
    "answer_with_half_a_character": "the reader failed (UnicodeEncodeError: ",
}
TEXTS = {"advance_slowly": "slow but sure", "print_much": "printed", "answer_twice": "lie"}


def ask(behaviour: str) -> bytes:
    """A file that has its reader do so."""
    return f"#!{behaviour}".encode()


def text_of(outcome: object) -> str:
    """The first page of a reading, else the reason."""
    return str(outcome) if isinstance(outcome, Exception) else outcome.content.pages[0].text


def headed(*headings: Heading) -> Reading:
    """A page of three characters with these headings."""
    return Reading("text/plain", Content((Page(1, "abc"),), headings))


@pytest.fixture(scope="module")
def outcomes() -> dict[str, object]:
    """What came of each misbehaviour, all in one pool; good files stand among them."""
    names = [*REASONS, *BEGINNINGS, *TEXTS]
    files = [(name, File(ask(name), "")) for name in names]
    for place in range(0, len(files) + 6, 6):
        files.insert(place, (f"good {place}", File(GOOD, ".md")))
    with ReaderPool(2, TIGHT, OBEDIENT) as pool:
        return dict(pool.read_all(files))


@pytest.mark.parametrize("behaviour", REASONS)
def test_a_reader_that_misbehaves_costs_its_file_for_a_reason(outcomes, behaviour):
    assert isinstance(outcomes[behaviour], UnreadableDocumentError)
    assert str(outcomes[behaviour]) == REASONS[behaviour]


@pytest.mark.parametrize("behaviour", BEGINNINGS)
def test_a_reader_that_fails_is_quoted(outcomes, behaviour):
    assert isinstance(outcomes[behaviour], UnreadableDocumentError)
    assert str(outcomes[behaviour]).startswith(BEGINNINGS[behaviour])
    assert len(str(outcomes[behaviour])) < 4200


@pytest.mark.parametrize("behaviour", TEXTS)
def test_a_reader_within_its_limits_is_heard(outcomes, behaviour):
    assert text_of(outcomes[behaviour]) == TEXTS[behaviour]


def test_the_files_beside_misbehaving_ones_are_read(outcomes):
    good = {name: outcome for name, outcome in outcomes.items() if name.startswith("good")}
    assert len(good) >= 4
    assert {name for name, outcome in good.items() if outcome != read_bytes(GOOD, ".md")} == set()


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (Reading("text/plain", Content(())), "no pages"),
        (Reading("text/plain", Content((Page(2, "a"),))), "page 2 in the place of page 1"),
        (Reading("text\x1b/plain", Content((Page(1, "a"),))), "no media type"),
        (Reading("text/plain", Content((Page(1, "ab", boxes=bytes(15)),))), "15 bytes of boxes"),
        (Reading("text/plain", Content((Page(1, "a", width=math.nan),))), "a side of nan points"),
        (Reading("text/plain", Content((Page(1, "a", height=-1.0),))), "a side of -1.0 points"),
        (headed(Heading(1, "a", 2, 0)), "a heading on page 2 of 1"),
        (headed(Heading(1, "a", 1, 4)), "a heading at character 4 of 3"),
        (headed(Heading(1, "a", 1, -1)), "a heading at character -1 of 3"),
        (headed(Heading(0, "a", 1, 0)), "a heading of level 0"),
        (headed(Heading(1, "b", 1, 1), Heading(1, "a", 1, 0)), "a heading before the one above"),
        (Reading("text/plain", Content((Page(1, "a"),)), ocr_pages=(2,)), "OCR of page 2 of 1"),
        ({"media_type": "text/plain"}, "missing required field `content`"),
        (None, "Expected `object`"),
    ],
)
def test_an_answer_that_cannot_be_true_is_not_believed(reading, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        reading_of(msgspec.msgpack.encode(reading))


def test_an_answer_that_announces_more_than_it_has_is_not_believed():
    for bomb in (b"\xdf\xff\xff\xff\xff", b"\x91" * 100_000, b"\xa3\xed\xa0\x80", b""):
        with pytest.raises(ValueError, match="no reading"):
            reading_of(bomb)


# --- hostile files, read by the real readers ---------------------------------------------------


def pdf(contents: bytes = b"", filters: bytes = b"", **parts: bytes) -> bytes:
    """A PDF of one page: its tree, size and resources may be replaced."""
    page = parts.get(
        "page",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox %b "
        b"/Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >> >>"
        % parts.get("box", b"[0 0 595 842]"),
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        parts.get("pages", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        page,
        b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(contents), filters, contents),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        parts.get("image", b"null"),
    ]  # fmt: skip
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return bytes(out + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer)


def deflated(piece: bytes, times: int) -> bytes:
    squeeze = zlib.compressobj(1)
    return b"".join([*(squeeze.compress(piece) for _ in range(times)), squeeze.flush()])


SAY = b"BT /F 12 Tf 72 700 Td (Dalle reti da pesca) Tj ET "
GIANT_IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 31623 /Height 31623 /ColorSpace /DeviceGray "
    b"/BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream"
)


def bombs() -> Iterator[tuple[str, bytes]]:
    yield (
        "a page tree that holds itself",
        pdf(SAY, pages=b"<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 3 >>"),
    )
    yield (
        "a page tree that says it has 2^31 pages",
        pdf(SAY, pages=b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"),
    )
    yield "a page of 2^31 points", pdf(SAY, box=b"[0 0 2147483648 2147483648]")
    spaces = deflated(b" " * 1024**2, 1024)
    image = GIANT_IMAGE % (len(spaces), spaces)
    yield "an image of 10^9 pixels", pdf(SAY + b"q 500 0 0 500 0 0 cm /I Do Q", image=image)
    yield "a scan of 10^9 pixels", pdf(b"q 595 0 0 842 0 0 cm /I Do Q", image=image)
    yield "a gibibyte of content", pdf(SAY + spaces, filters=b"/Filter /FlateDecode")
    twice = zlib.compress(spaces)
    yield "a gibibyte twice deflated", pdf(twice, filters=b"/Filter [/FlateDecode /FlateDecode]")
    yield (
        "a stack of words in one place",
        pdf(
            zlib.compress(b"BT /F 12 Tf " + b"1 0 0 1 72 700 Tm (ab ) Tj " * 300_000 + b"ET"),
            filters=b"/Filter /FlateDecode",
        ),
    )


def test_bombs_end_as_text_or_as_a_reason_within_their_limits():
    limits = Limits(seconds_without_progress=2.0, seconds=2.0, memory=1024**3)
    with ReaderPool(2, limits) as pool:
        found = dict(pool.read_all((name, File(data, ".pdf")) for name, data in bombs()))
        assert pool.read(File(pdf(SAY), ".pdf")).content.pages[0].text == "Dalle reti da pesca"
    assert len(found) == 8
    assert all(text_of(outcome).strip() for outcome in found.values())
    assert text_of(found["a page tree that holds itself"]) == "Dalle reti da pesca"
    assert text_of(found["a page of 2^31 points"]) == "Dalle reti da pesca"


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="../shared/pdf-hostile is not on this machine")
def test_every_hostile_pdf_ends_as_text_or_as_a_reason():
    paths = sorted(HOSTILE.glob("*.pdf"))
    with ReaderPool(2, Limits(seconds_without_progress=10.0)) as pool:
        found = list(pool.read_all((p.name, File(p.read_bytes, p.suffix)) for p in paths))
    assert [name for name, _ in found] == [path.name for path in paths]
    reasons = {name: str(o) for name, o in found if isinstance(o, UnreadableDocumentError)}
    assert len(reasons) < len(found)
    assert [name for name, reason in reasons.items() if len(reason) < 20] == []
    ours = re.compile("the reader failed|the program that reads it|reading it ")
    assert {name: reason for name, reason in reasons.items() if ours.match(reason)} == {}


# --- the pool ----------------------------------------------------------------------------------

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


def children_of(parent: int) -> set[int]:
    """The reader processes that ``parent`` has started."""
    found = set()
    for folder in Path("/proc").iterdir():
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_text()
        except (OSError, UnicodeDecodeError):
            continue
        if int(stat[1]) == parent and "reader_process" in command and stat[0] != "Z":
            found.add(int(folder.name))
    return found


def group_of(leader: int) -> set[int]:
    """The living processes of a group."""
    found = set()
    for folder in Path("/proc").iterdir():
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
        except (OSError, UnicodeDecodeError):
            continue
        if int(stat[2]) == leader and stat[0] != "Z":
            found.add(int(folder.name))
    return found


def wait_for(condition, seconds=10.0):
    """What ``condition`` says once it is true of something."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "it has not come to pass"
        time.sleep(0.02)
    return value


@pytest.fixture(scope="module")
def one() -> Iterator[ReaderPool]:
    """One child, for questions to it."""
    with ReaderPool(1, reader=OBEDIENT) as pool:
        yield pool


def test_many_files_come_out_in_order_and_use_few_processes():
    files = [
        (number, File(ask("show_process") if number % 2 else f"# {number}".encode(), ".md"))
        for number in range(FILES_PER_PROCESS + 50)
    ]
    with ReaderPool(1, reader=OBEDIENT) as pool:
        found = list(pool.read_all(files))
    assert [number for number, _ in found] == list(range(FILES_PER_PROCESS + 50))
    texts = {number: text_of(outcome) for number, outcome in found}
    assert all(texts[number] == str(number) for number in texts if number % 2 == 0)
    processes = [texts[number].split()[0] for number in texts if number % 2]
    assert processes[:50] == [processes[0]] * 50
    assert processes[50:] == [processes[50]] * 25
    assert processes[0] != processes[50]


def test_one_file_at_a_time_starts_one_process():
    with ReaderPool(4, reader=OBEDIENT) as pool:
        texts = {text_of(pool.read(File(ask("show_process"), ""))) for _ in range(5)}
    assert len(texts) == 1


def test_files_are_taken_no_further_ahead_than_two_a_process(one):
    taken = 0

    def files():
        nonlocal taken
        for taken in range(1, 31):
            yield taken, File(GOOD, ".md")

    for number, _ in one.read_all(files()):
        assert taken <= number + 2
    assert taken == 30


def test_a_consumer_that_stops_early_leaves_the_pool_usable(one):
    files = ((n, File(ask("hang" if n else "print_much"), "")) for n in range(9))
    results = one.read_all(files)
    assert text_of(next(results)[1]) == "printed"
    started = time.monotonic()
    results.close()
    assert one.read(File(GOOD, ".md")) == read_bytes(GOOD, ".md")
    assert time.monotonic() - started < 10


def test_bytes_may_be_fetched_when_their_turn_comes_and_may_be_gone_then(one):
    def gone():
        raise UnreadableDocumentError("it is gone")

    files = [("good", File(lambda: GOOD, ".md")), ("gone", File(gone, ".md"))]
    found = dict(one.read_all(files))
    assert found["good"] == read_bytes(GOOD, ".md")
    assert str(found["gone"]) == "it is gone"


def test_every_file_finds_an_empty_folder_that_is_removed_in_the_end():
    with ReaderPool(1, reader=OBEDIENT) as pool:
        folder = Path(text_of(pool.read(File(ask("leave_files_behind"), ""))))
        assert text_of(pool.read(File(ask("list_files"), ""))) == "[]"
        assert folder.is_dir()
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_a_reader_sees_little_of_this_process(one, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "x")
    with ReaderPool(1, reader=OBEDIENT) as pool:
        names = text_of(pool.read(File(ask("show_environment"), ""))).split()
    kept = {"PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TESSDATA_PREFIX", "PYTHONPATH"}
    given = {"LANG", "LC_CTYPE", "HOME", "TMPDIR", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT"}
    assert set(names) <= kept | given | {"OPENBLAS_NUM_THREADS", "MALLOC_ARENA_MAX"}
    modules = set(text_of(one.read(File(ask("show_modules"), ""))).split())
    assert not modules & {"torch", "openvino", "faiss", "search.engine", "ingest.pipeline"}


@linux
def test_a_reader_gives_way_and_has_no_network_where_the_system_lets_it(one):
    assert int(text_of(one.read(File(ask("show_process"), ""))).split()[1]) == os.nice(0) + 5
    alone = subprocess.run(["unshare", "--user", "--net", "true"], check=False, capture_output=True)
    if alone.returncode:
        pytest.skip("this system lets no process give up its network")
    devices = re.findall(r"(\w+):", text_of(one.read(File(ask("show_network"), ""))))
    assert devices == ["lo"]


def test_a_reader_that_is_not_there_stops_everything_and_says_so():
    with (
        ReaderPool(1, reader="no_such_module:read") as pool,
        pytest.raises(IngestError, match=r"does not start.*no_such_module") as caught,
    ):
        pool.read(File(GOOD, ".md"))
    assert not isinstance(caught.value, UnreadableDocumentError)


@linux
def test_closing_ends_a_child_that_is_reading():
    pool = ReaderPool(1, reader=OBEDIENT)
    raised: list[BaseException] = []

    def read():
        try:
            pool.read(File(ask("start_a_program"), ""))
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    child = wait_for(lambda: children_of(os.getpid()) and _busy(children_of(os.getpid())))
    pool.close()
    thread.join(5)
    assert "closed" in str(raised[0])
    wait_for(lambda: not group_of(child))
    with pytest.raises(RuntimeError, match="closed"):
        pool.read(File(GOOD, ".md"))


def _busy(children: set[int]) -> int:
    """One of the children that has started a program, else 0."""
    return next((child for child in children if len(group_of(child)) > 1), 0)


@linux
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_parent_that_is_ended_leaves_no_child(how, tmp_path):
    script = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
sys.path[:0] = [{str(TESTS)!r}, {str(TESTS.parent)!r}]
from ingest.isolation import File, ReaderPool
with ReaderPool(2, reader={OBEDIENT!r}) as pool:
    files = [(0, File(b"#!start_a_program", "")), (1, File(b"#!hang_in_c", ""))]
    for _ in pool.read_all(files):
        pass
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stderr=subprocess.DEVNULL,
        env=os.environ | {"TMPDIR": str(tmp_path)},  # SIGKILL leaves the children's folders there
    )
    try:
        wait_for(lambda: _busy(children_of(parent.pid)), 30)
        children = wait_for(lambda: (c := children_of(parent.pid)) and len(c) == 2 and c)
        time.sleep(0.5)
        parent.send_signal(how)
        parent.wait(10)
        wait_for(lambda: not any(group_of(child) for child in children))
    finally:
        parent.kill()
        parent.wait()
