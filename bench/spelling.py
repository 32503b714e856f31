"""Whether "did you mean" mends mistakes and leaves right words alone.

    python -m bench.spelling [--index index] [--split test] [--passages 100000] [--show]

Right words: all of the judged queries of one half (tests/judgments/queries.jsonl; "dev" is what
the weights were chosen on). Mistakes: each word of five letters or more of these queries that the
corpus has, misspelled in its query in one way of seven, in turn, by a seeded generator. A mistake
that makes another known word is not taken out: nothing is offered for it, and it counts as missed.

The last lines are the cost with many passages: those of the index again and again, three words in
a hundred replaced by new ones, so that the vocabulary grows as it does in a large corpus.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from search.judgments import read_judgments
from search.snapshot import Snapshot, open_snapshot
from search.spelling import Correction, Speller, suggest_correction
from search.text import terms
from search.words import FUNCTION_WORDS, WORD, fold

QUERIES = Path(__file__).parents[1] / "tests" / "judgments" / "queries.jsonl"
LETTERS = "abcdefghilmnopqrstuvz"
SEED = 5


@dataclass(frozen=True, slots=True)
class Mistake:
    """A query with one word misspelled."""

    kind: str
    right: str
    wrong: str
    text: str


def _substituted(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + rng.choice([c for c in LETTERS if c != word[at]]) + word[at + 1 :]


def _transposed(word: str, rng: random.Random) -> str:
    at = rng.choice([i for i in range(len(word) - 1) if word[i] != word[i + 1]])
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _omitted(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _inserted(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) + 1)
    return word[:at] + rng.choice(LETTERS) + word[at:]


def _doubled(word: str, rng: random.Random) -> str:
    """A single consonant doubled, or a double one single: what Italian hands mistake most."""
    pairs = [i for i in range(1, len(word)) if word[i] == word[i - 1]]
    if pairs:
        at = rng.choice(pairs)
        return word[:at] + word[at + 1 :]
    at = rng.choice([i for i in range(1, len(word)) if word[i] not in "aeiou"] or [1])
    return word[:at] + word[at] + word[at:]


def _without_accent(word: str, rng: random.Random) -> str:  # noqa: ARG001 - as the others
    return fold(word)


def _twice(word: str, rng: random.Random) -> str:
    return _transposed(_substituted(word, rng), rng)


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "substitution": _substituted,
    "transposition": _transposed,
    "omission": _omitted,
    "insertion": _inserted,
    "doubled letter": _doubled,
    "missing accent": _without_accent,
    "two mistakes": _twice,
}


def mistakes(queries: list[str], speller: Speller) -> Iterator[Mistake]:
    """One misspelling of each word of ``queries`` that the corpus has, ways in turn."""
    rng = random.Random(SEED)
    seen: set[str] = set()
    turn = 0
    plain = [way for way in WAYS if way != "missing accent"]
    for text in queries:
        for found in WORD.finditer(text):
            right = found.group().lower()
            if len(right) < 5 or not right.isalpha() or right in seen or not speller.count(right):
                continue
            if right in FUNCTION_WORDS:
                continue
            seen.add(right)
            kind = plain[turn % len(plain)]
            if fold(right) != right:
                kind = "missing accent"
            else:
                turn += 1
            wrong = WAYS[kind](right, rng)
            yield Mistake(kind, right, wrong, text[: found.start()] + wrong + text[found.end() :])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    with closing(open_snapshot(options.index)) as snapshot:
        start = time.perf_counter()
        speller = Speller.of(snapshot)
        seconds = time.perf_counter() - start
        passages = snapshot.manifest.counts.passages
        print(f"{passages} passages, {len(speller)} words, read in {seconds:.2f} s")
        queries = [q.text for q in read_judgments(QUERIES) if q.split == options.split]
        _measure_right_words(queries, speller, options.show)
        _measure_mistakes(queries, speller, options.show)
        if options.passages:
            _measure_many(snapshot, options.passages, queries)


def _measure_right_words(queries: list[str], speller: Speller, show: bool) -> None:
    words = touched = applied = 0
    for text in queries:
        words += len(WORD.findall(text))
        correction = suggest_correction(speller, text)
        if correction:
            touched += len(correction.changes)
            applied += correction.applied
            if show:
                print("  touched:", [(c.written, c.instead) for c in correction.changes], text)
    print(f"right words: {words} in {len(queries)} queries, {touched} wrongly touched ", end="")
    print(f"({touched / words:.2%}), {applied} queries wrongly replaced")


def _measure_mistakes(queries: list[str], speller: Speller, show: bool) -> None:
    outcomes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    times = []
    for mistake in mistakes(queries, speller):
        start = time.perf_counter()
        correction = suggest_correction(speller, mistake.text)
        times.append(1000 * (time.perf_counter() - start))
        outcome, offered = _outcome(mistake, speller, correction)
        outcomes[mistake.kind][outcome] += 1
        if show and outcome not in NAMES[:3]:
            print(f"  {outcome}: {mistake.wrong} ({mistake.right}) {offered}")
    total: Counter[str] = sum(outcomes.values(), Counter())
    for kind, counts in [*outcomes.items(), ("all", total)]:
        shares = (f"{name} {counts[name] / counts.total():6.1%}" for name in NAMES)
        print(f"{kind:15} {counts.total():4}  {'  '.join(shares)}")
    print(f"one query: {_middle_and_tail(times)}")


NAMES = ("right", "a form of it", "found as it is", "known word", "nothing", "wrong word")


def _outcome(mistake: Mistake, speller: Speller, correction: Correction | None) -> tuple[str, str]:
    """One of `NAMES`, and what was offered for the mistake.

    "A form of it" and "found as it is": what is offered, or what was typed, shares a search term
    with what was meant, so the search finds the same.
    """
    changes = correction.changes if correction else ()
    offered = next((c.instead for c in changes if mistake.wrong in c.written.split()), "")
    if fold(offered or mistake.wrong) == fold(mistake.right):
        return "right", offered
    alike = set(terms(offered or mistake.wrong)) & set(terms(mistake.right))
    if offered:
        return ("a form of it" if alike else "wrong word"), offered
    if alike:
        return "found as it is", offered
    return ("known word" if speller.knows(mistake.wrong) else "nothing"), offered


def _middle_and_tail(milliseconds: list[float]) -> str:
    p95 = sorted(milliseconds)[int(0.95 * len(milliseconds))]
    return f"p50 {statistics.median(milliseconds):.1f} ms, p95 {p95:.1f} ms"


def _measure_many(snapshot: Snapshot, count: int, queries: list[str]) -> None:
    texts = list(_many_texts(list(snapshot.store.plain_texts()), count))
    before = _memory()
    start = time.process_time()  # of one core, whatever else the machine does
    speller = Speller(texts)
    seconds = time.process_time() - start
    print(f"{count} passages, {len(speller)} words: read in {seconds:.1f} s of one core, ", end="")
    print(f"at most {_memory() - before:.0f} MB more memory")
    times = []
    for mistake in list(mistakes(queries, speller))[:200]:
        start = time.perf_counter()
        suggest_correction(speller, mistake.text)
        times.append(1000 * (time.perf_counter() - start))
    print(f"one query: {_middle_and_tail(times)}")


def _many_texts(texts: list[str], count: int) -> Iterator[str]:
    rng = random.Random(SEED)
    for number in range(count):
        words = texts[number % len(texts)].split(" ")
        for _ in range(3 * len(words) // 100):
            at = rng.randrange(len(words))
            words[at] = "".join(rng.choices(LETTERS, k=rng.randint(4, 12)))
        yield " ".join(words)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
