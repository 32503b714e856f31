"""The programs that `bench.ingest` compares, each run as a process: ``PROGRAM FOLDER``.

Prints one line of JSON: seconds by the clock and of processors, characters, and the files that
could not be read. Nothing of the product is imported for a program that is not the product's.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

Texts = Iterator[tuple[Path, str | None]]
"""Each file with its text; None where it cannot be read."""


def ours(processes: int) -> Callable[[list[Path]], Texts]:
    """The product's readers, in so many processes."""
    from ingest.isolation import File, ReaderPool  # noqa: PLC0415
    from search.errors import UnreadableDocumentError  # noqa: PLC0415

    def texts(paths: list[Path]) -> Texts:
        with ReaderPool(processes) as pool:
            files = ((path, File(path.read_bytes, path.suffix)) for path in paths)
            for path, reading in pool.read_all(files):
                unread = isinstance(reading, UnreadableDocumentError)
                yield path, None if unread else reading.content.text

    return texts


def pypdf() -> Callable[[list[Path]], Texts]:
    """pypdf alone."""
    from pypdf import PdfReader  # noqa: PLC0415

    def text(path: Path) -> str:
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)

    return lambda paths: _each(text, paths)


def markitdown() -> Callable[[list[Path]], Texts]:
    """MarkItDown, which reads PDFs with pdfminer.six and pdfplumber."""
    from markitdown import MarkItDown  # noqa: PLC0415

    converter = MarkItDown()
    return lambda paths: _each(lambda path: converter.convert(path).text_content, paths)


def _each(text: Callable[[Path], str], paths: Iterable[Path]) -> Texts:
    for path in paths:
        try:
            yield path, text(path)
        except Exception:  # whatever they raise on a file they cannot read
            yield path, None


PROGRAMS: dict[str, Callable[[], Callable[[list[Path]], Texts]]] = {
    "ours-1": lambda: ours(1),
    "ours-2": lambda: ours(2),
    "pypdf": pypdf,
    "markitdown": markitdown,
}


def _processor_seconds() -> float:
    """Of this process and of those it has started that have ended."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def main() -> None:
    """Read all PDFs of a folder with one program."""
    texts = PROGRAMS[sys.argv[1]]()
    os.environ["PATH"] = ""  # no Tesseract: this is about text
    paths = sorted(Path(sys.argv[2]).rglob("*.pdf"))
    started = time.perf_counter()
    processors = _processor_seconds()
    found = list(texts(paths))
    seconds = time.perf_counter() - started
    processors = _processor_seconds() - processors
    print(
        json.dumps(
            {
                "seconds": seconds,
                "processor_seconds": processors,
                "characters": sum(len(text or "") for _, text in found),
                "unread": [path.name for path, text in found if text is None],
            }
        )
    )


if __name__ == "__main__":
    main()
