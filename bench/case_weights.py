"""Fits the scores by which cases are read; writes search/data/case_weights.json.

    python -m ingest run bench/case_learning/documents --index LEARNING
    python -m bench.case_weights --index index/ --learning LEARNING

The documents to learn from are the judged ones of the sample corpus and those of
bench/case_learning. For each score it prints how well it does on a style that it was not fitted on
(whose case it is: on a tenth of the documents that it was not fitted on). That is a figure of the
one score: the scores fitted before it have seen all styles, and the few rules that overrule it
(`result_features.marks`) are not in it. What all of them together read of case histories that
nobody has learnt from: `bench/case_documents/measured.md`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bench.case_fitting.learned import read_learned
from bench.case_fitting.names import fit_names
from bench.case_fitting.partners import fit_partners
from bench.case_fitting.results import fit_results
from bench.case_fitting.sentences import fit_sentences
from bench.case_fitting.stories import fit_stories
from search.cases.vocabulary import Role, vocabulary
from search.cases.weights import FILE, forget
from search.encoder import load_encoder


def main() -> None:
    """Fit, print and write, one score after the other: later ones use what earlier ones read."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--index", type=Path, default=Path("index"), help="of the sample corpus")
    parser.add_argument("--learning", type=Path, required=True, help="index of bench/case_learning")
    options = parser.parse_args()
    encoder = load_encoder()
    documents = read_learned(options.index, options.learning, encoder)
    prototypes = encoder.encode_passages([sentence for _, sentence in vocabulary().prototypes])
    _write(Role.ORGANISATION, *fit_names(documents))
    _write(Role.PARTNER, *fit_partners(documents, prototypes))
    for score in (*fit_sentences(documents, prototypes), *fit_results(documents, prototypes)):
        _write(*score)
    _write("story", *fit_stories(documents, prototypes))


def _write(score: str, weights: dict[str, object], told: str) -> None:
    print(told)
    fitted = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    fitted[score] = weights
    FILE.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    forget()


if __name__ == "__main__":
    main()
