"""The real server in a process of its own, and real browsers that visit it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",  # Chromium refuses to run as root with it
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SECONDS = 120
"""How long a page may take before a test gives up: machines that run tests are slow."""

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")


@contextmanager
def served(log: Path, folders: dict[str, Path], *options: str) -> Iterator[str]:
    """``streamlit run app.py`` with an index, and its address; at the end, nothing went wrong.

    Args:
        log: what it says goes there.
        folders: the environment variables that tell it where its folders are.
        options: of Streamlit, after its own.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    inherited = {name: value for name, value in os.environ.items() if name != "MINIT_MODEL"}
    environment = {**inherited, **{name: str(folder) for name, folder in folders.items()}}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *options], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            _wait_for(f"http://localhost:{port}/_stcore/health", process, log)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(timeout=SECONDS)
    said = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, said
    assert "external IP" not in said, said


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no answer from {address}: {log.read_text(encoding='utf-8', errors='replace')}")


class Visitors:
    """People at browsers of their own: no cookie of one is known to another."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._requested: list[str] = []
        self._errors: list[str] = []

    def visit(self, address: str, width: int = 1280, height: int = 900) -> Page:
        """Somebody who was never here opens an address."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, locale="it-IT", timezone_id="Europe/Rome"
        )
        self._contexts.append(context)
        context.on("request", lambda request: self._requested.append(request.url))
        context.on("weberror", lambda error: self._errors.append(str(error.error)))
        page = context.new_page()
        page.set_default_timeout(SECONDS * 1000)
        page.goto(address)
        return page

    def leave(self) -> None:
        """Close all; no page failed, and none asked another machine for anything."""
        for context in self._contexts:
            context.close()
        local = ("data:", "blob:")
        hosts = {urlsplit(url).hostname for url in self._requested if not url.startswith(local)}
        errors = [*self._errors]
        for kept in (self._contexts, self._requested, self._errors):
            kept.clear()
        assert hosts <= {"localhost"}
        assert errors == []


@contextmanager
def visitors() -> Iterator[Visitors]:
    """Somebody to visit the pages with, in Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        expect.set_options(timeout=SECONDS * 1000)
        try:
            people = Visitors(browser)
            yield people
            people.leave()
        finally:
            expect.set_options(timeout=None)
            browser.close()


def settled(page: Page) -> None:
    """Wait until the server has drawn all of the page."""
    expect(page.locator('.stApp[data-test-script-state="notRunning"]')).to_be_attached()
