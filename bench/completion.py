"""How long suggestions take while one types, at 100,000 passages.

    python -m bench.completion [--index index] [--passages 100000]

The entries are made up to the size that so many passages bring: a document for twenty passages,
each with a title, an author and twelve headings, and 20,000 phrases and words. Their words are
those of the index's own entries, as frequent as there, every tenth replaced by a new one. Then
entries drawn at random are typed letter by letter, each whole once more with a mistake in it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.spelling import LETTERS, SEED
from search.completion import Completer, Completion, Source, entries_of
from search.snapshot import open_snapshot

TYPED = 300


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--passages", type=int, default=100_000)
    options = parser.parse_args()
    with closing(open_snapshot(options.index)) as snapshot:
        start = time.process_time()  # of one core, whatever else the machine does
        entries = list(entries_of(snapshot))
        completer = Completer(entries)
        seconds = time.process_time() - start
        passages = snapshot.manifest.counts.passages
    print(f"{passages} passages: {len(completer)} entries, made in {seconds:.1f} s of one core")
    _measure(completer, [entry.text for entry in entries])

    many = list(_many_entries(entries, options.passages))
    start = time.process_time()
    completer = Completer(many)
    seconds = time.process_time() - start
    print(f"{options.passages} passages: {len(completer)} entries, sorted in {seconds:.1f} s")
    _measure(completer, [entry.text for entry in many])


def _measure(completer: Completer, texts: list[str]) -> None:
    rng = random.Random(SEED)
    right: list[float] = []
    wrong: list[float] = []
    for text in rng.sample(texts, min(TYPED, len(texts))):
        lengths = range(1, min(len(text), 30) + 1)
        right += [_milliseconds(completer, text[:length]) for length in lengths]
        at = rng.randrange(len(text))
        wrong.append(_milliseconds(completer, text[:at] + rng.choice(LETTERS) + text[at + 1 :]))
    for name, times in (("letter by letter", right), ("with a mistake", wrong)):
        times.sort()
        middle, tail = statistics.median(times), times[int(0.95 * len(times))]
        print(f"  {name:17} p50 {middle:.2f} ms, p95 {tail:.2f} ms, worst {times[-1]:.1f} ms")


def _milliseconds(completer: Completer, typed: str) -> float:
    start = time.perf_counter()
    completer.complete(typed)
    return 1000 * (time.perf_counter() - start)


def _many_entries(entries: list[Completion], passages: int) -> Iterator[Completion]:
    rng = random.Random(SEED)
    words = [word for entry in entries for word in entry.text.split()]
    documents = passages // 20
    wanted = (
        (Source.TITLE, documents, (4, 9)),
        (Source.AUTHOR, documents, (2, 4)),
        (Source.HEADING, 12 * documents, (2, 8)),
        (Source.PHRASE, 15_000, (2, 5)),
        (Source.WORD, 5_000, (1, 1)),
    )
    for source, count, (least, most) in wanted:
        for _ in range(count):
            chosen = rng.choices(words, k=rng.randint(least, most))
            for at in range(len(chosen)):
                if rng.random() < 0.1:
                    chosen[at] = "".join(rng.choices(LETTERS, k=rng.randint(4, 12)))
            yield Completion(" ".join(chosen), source, rng.randint(1, 50))


if __name__ == "__main__":
    main()
