"""How fast PDFs are read and in how much memory, beside others; and whether memory grows.

    python -m bench.ingest FOLDER [--documents 1000] [--markitdown PYTHON]

Text: all PDFs under FOLDER are read by the product's reader processes (one, then two), by pypdf
alone (`extract_text` of every page) and by MarkItDown, whose interpreter ``--markitdown`` names
(it is no dependency: ``python -m venv peer && peer/bin/pip install 'markitdown[pdf]'``). Each has
a process of its own, one after the other, and what counts are the ratios in one run. Tesseract is
hidden: how scans are read is another bench, `bench.ocr`. The clock starts when the program is
imported; the start of the reader processes is in. Beside the clock stand the seconds of
processors, which depend less on what else the machine does. Ours gives, beside the text, the place
of each character, columns, headings and tables in order, and words whole.

Memory: the resident memory of a process and of all that it started, looked at ten times a second;
what they share is counted for each.

Growth: the whole run of the indexer over so many small documents made here (Markdown, PDF and
Word in turn, no two alike), in one process with its readers; memory after each tenth of them, and
the slope of a line through it from the second tenth on. The model is small, with random weights
(`tests/tiny_model.py`); the embedded one takes half a gigabyte more, however many documents there
are.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pypdfium2

from search.encoder import load_encoder

ROOT = Path(__file__).parent.parent
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_LOOK_SECONDS = 0.1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000, help="0: no growth is measured")
    parser.add_argument("--markitdown", metavar="PYTHON", help="an interpreter that has it")
    options = parser.parse_args()
    _compare(options.folder, options.markitdown)
    if options.documents:
        _grow(options.documents)


def _compare(folder: Path, markitdown: str | None) -> None:
    """Print a row for each program that reads all PDFs of ``folder``."""
    pages = _count_pages(folder)
    interpreters = dict.fromkeys(("pypdf", "ours-1", "ours-2"), sys.executable)
    if markitdown:
        interpreters["markitdown"] = markitdown
    print(f"{pages} pages{'by the clock':>27}{'of processors':>18}")
    print(f"{'':12} pages/s  x pypdf  pages/s  x pypdf  peak memory  characters  unread")
    pypdf: dict[str, float] = {}
    for program, interpreter in interpreters.items():
        command = [interpreter, "-m", "bench.ingest_programs", program, str(folder.absolute())]
        printed, peak = _run(command)
        result = json.loads(printed[-1])
        pypdf = pypdf or result
        rates = (
            f"{pages / result[key]:7.1f} {pypdf[key] / result[key]:8.2f} "
            for key in ("seconds", "processor_seconds")
        )
        print(
            f"{program:12} {' '.join(rates)} {peak / 1e6:9.0f} MB "
            f"{result['characters']:11,} {len(result['unread']):7}",
            flush=True,
        )
    if not markitdown:
        print("markitdown   not measured: name an interpreter that has it with --markitdown")


def _count_pages(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*.pdf"):
        with pypdfium2.PdfDocument(path) as document:
            total += len(document)
    return total


def _grow(count: int) -> None:
    """Print the memory of a run over ``count`` documents as it goes on."""
    from tests.tiny_model import save_tiny_model  # noqa: PLC0415 - loads torch

    with tempfile.TemporaryDirectory() as work:
        model = save_tiny_model(Path(work) / "model")
        load_encoder(str(model))  # converts it, once, here: that takes torch and its memory
        command = [sys.executable, "-m", "bench.ingest_growth", str(count), str(model), work]
        started = time.perf_counter()
        printed, peak = _run(command)
        seconds = time.perf_counter() - started
    looks = [json.loads(line) for line in printed]
    print(
        f"\ndocuments  memory of the run  with its readers   ({count} documents, {seconds:.0f} s)"
    )
    for look in looks:
        print(f"{look['documents']:9} {look['run'] / 1e6:15.0f} MB {look['all'] / 1e6:14.0f} MB")
    later = looks[1:]
    for name in ("run", "all"):
        x, y = ([look[key] for look in later] for key in ("documents", name))
        slope = np.polyfit(x, y, 1)[0]
        print(f"growth, {name}: {slope * 1000 / 1e6:+.1f} MB for 1,000 documents")
    print(f"peak {peak / 1e6:.0f} MB, with what comes after the last document is read")


def _run(command: list[str]) -> tuple[list[str], int]:
    """What a program prints, and the most memory that it and what it started took at a time."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=errors)
        peak = 0
        while process.poll() is None:
            peak = max(peak, memory_with_children(process.pid))
            time.sleep(_LOOK_SECONDS)
        output.seek(0)
        errors.seek(0)
        if process.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{errors.read()[-2000:]}")
        return output.read().splitlines(), peak


def memory_with_children(number: int) -> int:
    """Bytes of resident memory of a process and of all that it started (Linux only)."""
    try:
        resident = int(Path(f"/proc/{number}/statm").read_text().split()[1]) * _PAGE_BYTES
        tasks = list(Path(f"/proc/{number}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # ended in between
        return 0
    return resident + sum(memory_with_children(int(child)) for child in children)


if __name__ == "__main__":
    main()
