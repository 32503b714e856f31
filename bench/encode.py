"""How fast the embedded model encodes: OpenVINO beside sentence-transformers on torch, one run.

    python -m bench.encode [--passages 64]

Both get the same passages of the shipped corpus, in turn, after one warm-up each. What counts is
the ratio: single figures depend on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from ingest.readers import read
from search.embedded_model import unpack_embedded_model
from search.encoder import load_encoder

CORPUS = Path(__file__).parent.parent / "corpus"
ROUNDS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=64)
    count = parser.parse_args().passages
    encoder = load_encoder()
    torch_model = SentenceTransformer(str(unpack_embedded_model()), device="cpu")
    texts = _passages(count)
    tokens = statistics.mean(encoder.count_tokens(texts))

    programs: dict[str, Callable[[list[str]], np.ndarray]] = {
        "OpenVINO": encoder.encode_passages,
        "torch fp32": lambda batch: torch_model.encode(batch, prompt_name="passage"),
    }
    vectors = {name: encode(texts[:8]) for name, encode in programs.items()}
    cosine = float(np.sum(vectors["OpenVINO"] * vectors["torch fp32"], axis=1).min())
    rounds: dict[str, list[float]] = {name: [] for name in programs}
    queries: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, encode in programs.items():
            rounds[name].append(_seconds(encode, texts))
            queries[name].append(min(_seconds(encode, [texts[0][:60]]) for _ in range(5)))

    print(f"{count} passages of {tokens:.0f} tokens on average, median of {ROUNDS} rounds")
    for name in programs:
        rate = count / statistics.median(rounds[name])
        one = 1000 * statistics.median(queries[name])
        print(f"{name:12} {rate:6.1f} passages/s   one short text {one:6.1f} ms")
    ratios = [b / a for a, b in zip(rounds["OpenVINO"], rounds["torch fp32"], strict=True)]
    print(f"OpenVINO is {statistics.median(ratios):.1f} times as fast; lowest cosine {cosine:.6f}")


def _passages(count: int) -> list[str]:
    """Stretches of about 200 tokens of the shipped reports."""
    text = " ".join(
        page.text for path in sorted(CORPUS.rglob("*.pdf")) for page in read(path).content.pages
    )
    words = text.split()
    return [" ".join(words[start : start + 110]) for start in range(0, 110 * count, 110)]


def _seconds(encode: Callable[[list[str]], np.ndarray], texts: list[str]) -> float:
    start = time.perf_counter()
    encode(texts)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
