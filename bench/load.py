"""Many people at the app at once: how long they wait, what goes wrong, what memory does.

    python -m bench.load [--index index] [--people 20] [--seconds 120] [--every 5] [--out FILE]

The real server runs in a process of its own; it and the people share two cores. Each person is a
session of their own over Streamlit's websocket. Every five seconds each types another question
(three times, on the way, the suggestions are asked for) and waits until the page of its answer is
finished; who comes when is drawn by chance, once. The questions are those of ``tests/judgments``
and of `bench.questions`, over 600, no two people at the same one. Before that, one person alone:
the same by the protocol, and, where Chromium is installed, how long until a hit can be seen in it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench.app_person import Drawn, Person
from bench.app_server import AppServer, running_app
from bench.questions import DEV, TEST, read_labelled
from search.judgments import read_judgments

_JUDGMENTS = Path(__file__).parent.parent / "tests" / "judgments" / "queries.jsonl"
_CORES = 2
_ALONE = 20
_TYPED = (0.3, 0.6, 0.9)
_LOOK_EVERY = 2.0
_MB = 1e6
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Measured:
    """What many people had, and the memory of the server meanwhile."""

    drawn: list[Drawn] = field(default_factory=list)
    suggested: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    late: int = 0
    """Questions that were asked late, for the one before was not finished in time."""


def main() -> None:
    """Measure and print; with ``--out``, write a page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:_CORES])
    others = os.getloadavg()[0]
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(options.index, Path(folder) / "log.txt") as server,
    ):
        questions = _questions()
        asyncio.run(_warmed(server))
        seen = _seen(server, questions[:_ALONE])
        alone = asyncio.run(_alone(server, questions[:_ALONE]))
        before = _cpu(server.process)
        many = asyncio.run(
            _together(server, questions[_ALONE:], options.people, options.seconds, options.every)
        )
        used = _cpu(server.process) - before
        said = server.said()
    lines = [
        f"{options.people} people, a question every {options.every:g} s each, for "
        f"{options.seconds:g} s; {_CORES} cores for the server and the people. Other programs' "
        f"load on the machine at the start: {others:.1f}.",
        "",
        *_times(seen, alone, many),
        "",
        *_troubles(many, said),
        "",
        *_memory(many.memory),
        "",
        f"Processor time of the server: {used / options.seconds:.2f} cores, "
        f"{1000 * used / len(many.drawn):.0f} ms a question, suggestions included.",
    ]
    page = "\n".join(lines) + "\n"
    print(page)
    if options.out:
        options.out.write_text(f"# Many people at once\n{_HOW}\n{page}", encoding="utf-8")


_HOW = """
Written by `python -m bench.load`, which says what is measured. *Finished*: from sending the
question to the server's message that all of the page is drawn; *first hit*: until the first hit
is sent; *seen*: until it stands on the screen of a Chromium on the same two cores.
"""


def _questions() -> list[str]:
    texts = [query.text for query in read_judgments(_JUDGMENTS)]
    texts += [labelled.text for path in (DEV, TEST) for labelled in read_labelled(path)]
    questions = list(dict.fromkeys(texts))
    random.Random(7).shuffle(questions)
    return questions


async def _warmed(server: AppServer) -> None:
    """Wait until the model is loaded: a server that has just started is not what is measured."""
    async with Person(server.address) as person:
        for question in ("filiera", "che cosa cambia nel riuso?", "chi lavora sul legno?"):
            await person.open("", urlencode({"q": question}))


async def _alone(server: AppServer, questions: Sequence[str]) -> list[Drawn]:
    """What one person has who comes for one question: a new session for each."""
    drawn = []
    for question in questions:
        async with Person(server.address) as person:
            drawn.append(await person.open("", urlencode({"q": question})))
    return drawn


def _seen(server: AppServer, questions: Sequence[str]) -> dict[str, list[float]]:
    """Seconds until the first hit can be seen in Chromium; nothing where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        first = [_link_opened(browser.new_context(), server, one) for one in questions[:5]]
        here_before = browser.new_context()
        again = [_link_opened(here_before, server, one) for one in questions[:6]]
        typed = _typed_in(browser, server, questions)
        browser.close()
    return {
        "seen, a link opened by a browser that was never here": first,
        "seen, a link opened by one that was": again[1:],
        "seen, a question typed": typed[1:],
    }


def _link_opened(browser: BrowserContext, server: AppServer, question: str) -> float:
    page = browser.new_page()
    start = time.perf_counter()
    page.goto(f"{server.address}/?{urlencode({'q': question})}", wait_until="commit")
    page.locator(".kb-hit").first.wait_for()
    took = time.perf_counter() - start
    page.close()
    return took


def _typed_in(browser: Browser, server: AppServer, questions: Sequence[str]) -> list[float]:
    page = browser.new_page()
    page.goto(server.address)
    took = []
    for question in questions:
        page.get_by_role("combobox").or_(page.locator(".st-key-kb-box input")).first.fill(question)
        page.evaluate(_FORGET_HITS)
        start = time.perf_counter()
        page.keyboard.press("Enter")
        page.locator(".kb-hit:not([data-old])").first.wait_for()
        took.append(time.perf_counter() - start)
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.close()
    return took


_FORGET_HITS = "document.querySelectorAll('.kb-hit').forEach(hit => hit.dataset.old = '1')"
"""Mark what is on the page: what is drawn next has no such mark."""


async def _together(
    server: AppServer, questions: Sequence[str], people: int, seconds: float, every: float
) -> Measured:
    measured, asked = Measured(), cycle(questions)
    start = time.perf_counter()
    end = start + seconds
    first = random.Random(7)
    watching = asyncio.create_task(_watch(server, measured, end))
    await asyncio.gather(
        *(
            _one(server, asked, measured, (start + first.uniform(0, every), end), every)
            for _ in range(people)
        )
    )
    await watching
    return measured


async def _one(
    server: AppServer,
    asked: Iterator[str],
    measured: Measured,
    between: tuple[float, float],
    every: float,
) -> None:
    """One person: a question every so often, from a moment on, until the end."""
    due, end = between
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    async with Person(server.address) as person:
        await person.open("", "")
        while due < end:
            measured.late += time.perf_counter() > due + 0.1
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            question = next(asked)
            for part in _TYPED:
                typed = question[: int(part * len(question))]
                measured.suggested.append(await person.suggestions(typed))
            measured.drawn.append(await person.open("", urlencode({"q": question})))
            due += every


async def _watch(server: AppServer, measured: Measured, end: float) -> None:
    while time.perf_counter() < end:
        measured.memory.append(_resident(server.process))
        await asyncio.sleep(_LOOK_EVERY)
    measured.memory.append(_resident(server.process))


def _resident(process: int) -> float:
    """Bytes of a process in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return float(pages * os.sysconf("SC_PAGE_SIZE"))


def _cpu(process: int) -> float:
    """Seconds of a core that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _times(seen: dict[str, list[float]], alone: list[Drawn], many: Measured) -> list[str]:
    measures = {
        **{f"one person: {name}": seconds for name, seconds in seen.items()},
        "one person: first hit": [one.first_hit for one in alone if one.first_hit],
        "one person: finished": [one.seconds for one in alone],
        "all: suggestions": many.suggested,
        "all: first hit": [one.first_hit for one in many.drawn if one.first_hit],
        "**all: finished**": [one.seconds for one in many.drawn],
    }
    lines = ["| seconds | measured | p50 | p95 | largest |", "|---|---:|---:|---:|---:|"]
    for name, seconds in measures.items():
        if seconds:
            half, most = statistics.median(seconds), max(seconds)
            cells = f"{half:.2f} | {_percentile(seconds, 95):.2f} | {most:.2f}"
            lines.append(f"| {name} | {len(seconds)} | {cells} |")
    return lines


def _percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that at least ``percent`` in a hundred of them do not exceed."""
    return sorted(values)[max(0, -(-percent * len(values) // 100) - 1)]


def _troubles(many: Measured, said: str) -> list[str]:
    failed = Counter(one.trouble for one in many.drawn if one.trouble)
    with_hits = sum(one.first_hit is not None for one in many.drawn)
    lines = [
        f"{len(many.drawn)} questions asked, {sum(failed.values())} failed; {with_hits} pages with "
        f"hits; {many.late} asked late; tracebacks in the server's log: {said.count('Traceback')}."
    ]
    return [*lines, *(f"- {count} × {trouble}" for trouble, count in failed.most_common())]


def _memory(memory: Sequence[float]) -> list[str]:
    quarters = [memory[round(part * (len(memory) - 1) / 4)] / _MB for part in range(5)]
    shown = ", ".join(f"{size:.0f}" for size in quarters)
    return [f"Memory of the server at the start and after each quarter: {shown} MB."]


if __name__ == "__main__":
    main()
