"""Readers that do what a reader must not, for `test_isolation`; each is run in a child process."""

import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from ingest.heartbeat import beat
from ingest.ocr_settings import OcrSettings
from ingest.readers import read_bytes
from ingest.readers.reading import Reading
from ingest.wire import FileHead
from search.datatypes import Content, Page
from search.errors import UnreadableDocumentError


def obedient(data: bytes, suffix: str, password: str, ocr: OcrSettings) -> Reading:
    """Do what the file says, in Python; a file that begins with anything else is read."""
    if not data.startswith(b"#!"):
        return read_bytes(data, suffix, password, ocr)
    return globals()[data[2:].decode()]()


def plain(text: str, **more: object) -> Reading:
    return Reading("text/plain", Content((Page(1, text, **more),)))


def hang() -> Reading:
    time.sleep(1000)
    return plain("late")


def hang_in_c() -> Reading:
    """Never returns to Python: no signal handler and no other thread runs."""
    sum(itertools.repeat(0))
    return plain("late")


def advance_slowly() -> Reading:
    for _ in range(8):
        time.sleep(0.25)
        beat()
    return plain("slow but sure")


def advance_for_ever() -> Reading:
    while True:
        time.sleep(0.01)
        beat()


def be_killed() -> Reading:
    os.kill(os.getpid(), signal.SIGKILL)
    return plain("late")


def abort() -> Reading:
    os.abort()


def leave() -> Reading:
    os._exit(3)


def exit_politely() -> Reading:
    sys.exit("enough")


def close_the_pipe() -> Reading:
    os.closerange(3, 256)
    time.sleep(1000)
    return plain("unheard")


def eat_memory() -> Reading:
    hoard = [bytes(64 * 1024**2) for _ in range(1000)]
    return plain(str(len(hoard)))


def print_much() -> Reading:
    for _ in range(100):
        print("x" * 1024**2)
        os.write(1, b"\xff" * 1024**2)
        os.write(2, b"\xff" * 1024**2)
    return plain("printed")


def answer_much() -> Reading:
    return plain("x" * 8 * 1024**2)


def fill_the_disk() -> Reading:
    with tempfile.TemporaryFile() as file:
        for _ in range(64):
            file.write(bytes(1024**2))
    return plain("written")


def open_many_files() -> Reading:
    files = [open(os.devnull, "rb") for _ in range(1000)]  # noqa: SIM115, PTH123
    return plain(str(len(files)))


def say_much() -> Reading:
    raise RuntimeError("x" * 20 * 1024**2)


class UnsayableError(Exception):
    def __init__(self) -> None:
        super().__init__(lambda: None)  # no pickle takes it

    def __str__(self) -> str:
        raise ValueError


def say_nothing() -> Reading:
    raise UnsayableError


def give_a_reason() -> Reading:
    raise UnreadableDocumentError("it smells: air it, «perché» no")


def give_a_coloured_reason() -> Reading:
    raise UnreadableDocumentError("\x1b[31mred\x1b[0m\nand \u202eback \ud800")


def lie_about_boxes() -> Reading:
    return plain("abc", boxes=bytes(8))


def lie_about_the_type() -> Reading:
    return {"media_type": "text/plain", "content": {"pages": [{"number": "1", "text": "abc"}]}}


def answer_with_half_a_character() -> Reading:
    return plain("abc \ud800")


def write_garbage() -> Reading:
    _on_every_descriptor(b"garbage, more garbage and no end of it")
    return plain("hidden")


def announce_a_terabyte() -> Reading:
    _on_every_descriptor(b"\x05" + ticket() + (10**12).to_bytes(8, "little"))
    return plain("hidden")


def answer_twice() -> Reading:
    """What the next file would be told, were it believed."""
    body = msgspec.msgpack.encode(plain("lie"))
    _on_every_descriptor(b"\x05" + ticket() + len(body).to_bytes(8, "little") + body)
    return plain("after the lie")


def ticket() -> bytes:
    """The number of the file at hand, found where a program that was taken over would look."""
    frame = sys._getframe()
    while not isinstance(frame.f_locals.get("file"), FileHead):
        frame = frame.f_back
    return frame.f_locals["file"].ticket.to_bytes(8, "little")


def _on_every_descriptor(content: bytes) -> None:
    for descriptor in range(3, 32):
        try:
            os.write(descriptor, content)
        except OSError:
            continue


def start_a_program() -> Reading:
    """As a reader does that calls another program; this one never ends."""
    subprocess.run(["/bin/sleep", "1000"], check=True)
    return plain("slept")


def leave_files_behind() -> Reading:
    Path(tempfile.gettempdir(), "folder").mkdir()
    Path(tempfile.gettempdir(), "folder", "file").write_text("left")
    Path("link").symlink_to("/")
    return plain(tempfile.gettempdir())


def list_files() -> Reading:
    return plain(repr(sorted(entry.name for entry in Path(tempfile.gettempdir()).iterdir())))


def show_environment() -> Reading:
    return plain("\n".join(sorted(os.environ)))


def show_process() -> Reading:
    return plain(f"{os.getpid()} {os.nice(0)}")


def show_modules() -> Reading:
    return plain("\n".join(sorted(sys.modules)))


def show_network() -> Reading:
    return plain(Path("/proc/self/net/dev").read_text(encoding="ascii"))
