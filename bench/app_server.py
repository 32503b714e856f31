"""The app as members have it: ``streamlit run app.py`` in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_SECONDS_TO_START = 90
_CHOICES = ("MINIT_MODEL", "MINIT_RERANKER")


@dataclass(frozen=True, slots=True)
class AppServer:
    """A server that answers.

    Attributes:
        address: ``http://localhost:PORT``.
        process: number of its process.
        log: the file with what it printed.
    """

    address: str
    process: int
    log: Path

    def said(self) -> str:
        """What it printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running_app(
    index: Path, log: Path, port: int = 0, environment: Mapping[str, str] | None = None
) -> Iterator[AppServer]:
    """Serve ``index`` for as long as the context lasts.

    Args:
        log: a file for what the server prints.
        port: where it listens; 0 for any that is free.
        environment: variables that it has beside ours; a model that somebody chose for
            themselves (MINIT_MODEL, MINIT_RERANKER) is not handed on.

    Raises:
        RuntimeError: it ended, or did not answer within a minute and a half.
    """
    port = port or _free_port()
    inherited = {name: value for name, value in os.environ.items() if name not in _CHOICES}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**inherited, "MINIT_INDEX": str(index.resolve()), **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        server = AppServer(f"http://localhost:{port}", process.pid, log)
        try:
            _wait(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: AppServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the app does not answer at {server.address}:\n{server.said()}")
