"""Fits the weights of `search.cases.judging` on the judged cases.

    python -m bench.case_weights --index index/      # writes search/data/case_weights.json

Logistic regression, one for the challenge and one for the solution: is this sentence in the judged
quote? Every document weighs the same. It prints in how many documents the best sentence, the two
best, the three best hold it, fact boxes not counted: with each document left out in its turn, and
with all documents of its style left out, which is what to expect of a style nobody has seen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bench.case_matching import overlaps
from bench.cases import JUDGED, STYLES, read_cases
from search.cases.case_index import read_sources
from search.cases.features import FEATURES, describe, nearness
from search.cases.reader import can_tell
from search.cases.vocabulary import Role, vocabulary
from search.encoder import load_encoder
from search.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent
STRENGTH = {Role.CHALLENGE: 0.003, Role.SOLUTION: 0.01}
"""Inverse of how strongly weights are held to zero: there are few documents."""
UNSEEN = {Role.CHALLENGE: frozenset[str](), Role.SOLUTION: frozenset(("about", "denied", "was"))}
"""Features that a role is not told by."""
_WEIGHT = 60.0


@dataclass(frozen=True)
class Told:
    """The sentences of a document that may tell it, and which of them do.

    Attributes:
        table: ``float64[n, f]``, what is seen of each.
        right: for each role ``bool[n]``.
    """

    style: str
    table: NDArray[np.float64]
    right: dict[Role, NDArray[np.bool_]]


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--index", default="index")
    documents = _read(Path(parser.parse_args().index))
    fitted = {}
    for role in (Role.CHALLENGE, Role.SOLUTION):
        print(f"{role}: of the documents, first / one of two / one of three")
        for name, held in (("document", _by_document), ("style", _by_style)):
            hits = _left_out(role, documents, held(documents))
            shares = "; ".join(
                f"{style} {_shares([h for d, h in hits if style in (d.style, 'all')])}"
                for style in (*STYLES, "all")
            )
            print(f"  each {name} left out: {shares}")
        weights, intercept = _fit(role, documents)
        fitted[role] = {
            "weights": {
                n: round(float(w), 4)
                for n, w in zip(FEATURES, weights, strict=True)
                if n not in UNSEEN[role]
            },
            "intercept": round(intercept, 4),
        }
    target = ROOT / "search" / "data" / "case_weights.json"
    target.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def _read(index: Path) -> list[Told]:
    snapshot = open_snapshot(index)
    words, encoder = vocabulary(), load_encoder()
    vectors, named = snapshot.dense.sentences, snapshot.organisations
    sources = {
        source.document.path: source
        for source in read_sources(snapshot.store, vectors, encoder, named)
    }
    roles = [role for role, _ in words.prototypes]
    prototypes = encoder.encode_passages([sentence for _, sentence in words.prototypes])
    found = []
    for case in read_cases(JUDGED):
        source = sources[case["document"]]
        kept = [
            (number, s)
            for number, s in enumerate(source.statements)
            if can_tell(s, source.document.title) and not words.cue_count(Role.SOURCE, s.body)
        ]
        statements = [s for _, s in kept]
        near = nearness(source.vectors[[number for number, _ in kept]], prototypes, roles)
        name = case["organisation"]["value"]
        table = describe(statements, near, source.document.title, name, words)
        right = {
            role: np.array(
                [bool(case[role]) and overlaps(s.text, case[role]["quote"]) for s in statements]
            )
            for role in STRENGTH
        }
        found.append(Told(case["style"], table.astype(np.float64), right))
    return found


def _by_document(documents: Sequence[Told]) -> list[list[int]]:
    return [[number] for number in range(len(documents))]


def _by_style(documents: Sequence[Told]) -> list[list[int]]:
    return [[n for n, d in enumerate(documents) if d.style == style] for style in STYLES]


def _left_out(
    role: Role, documents: Sequence[Told], held: Sequence[Sequence[int]]
) -> list[tuple[Told, list[bool]]]:
    """Each document that tells ``role``, and whether one of the best 1, 2, 3 sentences does."""
    hits = []
    for left in held:
        weights, _ = _fit(role, [d for n, d in enumerate(documents) if n not in left])
        for number in left:
            document = documents[number]
            right = document.right[role][np.argsort(-(document.table @ weights), kind="stable")]
            if right.any():
                hits.append((document, [bool(right[:best].any()) for best in (1, 2, 3)]))
    return hits


def _shares(hits: Sequence[Sequence[bool]]) -> str:
    return " / ".join(f"{share:.2f}" for share in np.mean(hits, axis=0))


def _fit(role: Role, documents: Sequence[Told]) -> tuple[NDArray[np.float64], float]:
    told = [d for d in documents if len(d.table)]
    table = np.vstack([d.table for d in told])
    label = np.concatenate([d.right[role] for d in told])
    share = np.concatenate([np.full(len(d.table), _WEIGHT / len(d.table)) for d in told])
    mean, spread = table.mean(axis=0), table.std(axis=0)
    spread[(spread == 0) | [name in UNSEEN[role] for name in FEATURES]] = 1e9
    model = LogisticRegression(C=STRENGTH[role], class_weight="balanced", max_iter=3000)
    model.fit((table - mean) / spread, label, sample_weight=share)
    weights = model.coef_[0] / spread * (spread < 1e9)
    return weights, float(model.intercept_[0] - mean @ weights)


if __name__ == "__main__":
    main()
