"""Fits the weights of `search.cases.judging` on the judged cases of the styles that are for it.

    python -m bench.case_weights --index index/      # writes search/data/case_weights.json

Logistic regression, one for the challenge and one for the solution: is this sentence in the judged
quote? Leaving one document out at a time it prints in how many the two best sentences hold it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.cases import DEV_STYLES, overlaps, read_cases
from search.cases.case_index import read_sources
from search.cases.judging import FEATURES, describe, in_sections, nearness
from search.cases.reader import can_tell
from search.cases.vocabulary import Role, vocabulary
from search.encoder import load_encoder
from search.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent
STRENGTH = 0.1
SEEN = {
    Role.CHALLENGE: (
        "near-challenge", "near-solution", "near-comparison", "near-lesson", "cue-challenge",
        "cue-comparison", "cue-lesson", "cue-limit", "in-challenge", "in-solution", "beside",
        "place", "late", "about", "done", "short", "length", "digit",
    ),
    Role.SOLUTION: (
        "near-solution", "near-challenge", "near-comparison", "cue-solution", "cue-challenge",
        "cue-comparison", "cue-lesson", "cue-limit", "in-solution", "in-challenge", "beside",
        "place", "late", "organisation", "done", "when", "actor", "about", "short", "length",
        "opens", "title", "product",
    ),
}  # fmt: skip
"""What each role is told by. All features at once fit the few documents and nothing else."""


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", default="index")
    arguments = parser.parse_args()
    snapshot = open_snapshot(Path(arguments.index))
    words = vocabulary()
    encoder = load_encoder()
    vectors, named = snapshot.dense.sentences, snapshot.organisations
    read = read_sources(snapshot.store, vectors, encoder, named)
    sources = {source.document.path: source for source in read}
    prototypes = encoder.encode_passages([sentence for _, sentence in words.prototypes])
    judged = [case for case in read_cases() if case["style"] in DEV_STYLES]
    rows = []
    for case in judged:
        source = sources[case["document"]]
        kept = [
            (number, s)
            for number, s in enumerate(source.statements)
            if can_tell(s, source.document.title) and not words.cue_count(Role.SOURCE, s.body)
        ]
        statements = [s for _, s in kept]
        vectors = source.vectors[[number for number, _ in kept]]
        near = nearness(vectors, prototypes, [role for role, _ in words.prototypes])
        features = describe(
            statements, near, source.document.title, case["organisation"]["value"], words
        )
        rows.append((case, statements, features))
    fitted = {}
    for role in (Role.CHALLENGE, Role.SOLUTION):
        labels = [
            np.array([bool(c[role]) and overlaps(s.text, c[role]["quote"]) for s in statements])
            for c, statements, _ in rows
        ]
        tables = [features for _, _, features in rows]
        hits = []
        for left in range(len(rows)):
            others = [i for i in range(len(rows)) if i != left]
            model = _fit(role, [tables[i] for i in others], [labels[i] for i in others])
            marks = in_sections(role, tables[left] @ model[0] + model[1], rows[left][1])
            order = np.argsort(-marks, kind="stable")
            hits.append((labels[left][order[:1]].any(), labels[left][order[:2]].any()))
        first, second = np.mean(hits, axis=0)
        print(f"{role}: left out, first {first:.2f}, one of two {second:.2f}")
        weights, intercept = _fit(role, tables, labels)
        fitted[role] = {
            "weights": {n: round(float(w), 4) for n, w in zip(FEATURES, weights, strict=True)},
            "intercept": round(float(intercept), 4),
        }
    target = ROOT / "search" / "data" / "case_weights.json"
    target.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def _fit(role: Role, tables: list, labels: list) -> tuple[np.ndarray, float]:
    table, label = np.vstack(tables), np.concatenate(labels)
    mean, spread = table.mean(axis=0), table.std(axis=0)
    unseen = [name not in SEEN[role] for name in FEATURES]
    spread[(spread == 0) | unseen] = 1e9
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=3000)
    model.fit((table - mean) / spread, label)
    weights = model.coef_[0] / spread * (spread < 1e9)
    return weights, float(model.intercept_[0] - mean @ weights)


if __name__ == "__main__":
    main()
