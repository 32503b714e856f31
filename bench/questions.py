"""Which kind of question is it? How often `search.answers.question` reads it right.

    python -m bench.questions [FILE ...] [--show]

A file has a question a line: id, language, kinds (the first first), text, parted by tabs. A
question is right where the first kind that is read is one of its kinds; it is exact where the kinds
that are read are its kinds, no more and no fewer. Cues alone, prototypes alone, and both.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist

from search.answers.kinds import QuestionKind, Reading
from search.answers.prototypes import Prototypes, load_prototypes
from search.answers.question import read_question
from search.dense import Vectors
from search.encoder import load_encoder

BENCH = Path(__file__).parent
DEV, TEST = BENCH / "questions_dev.tsv", BENCH / "questions_test.tsv"

Read = Callable[[str, Vectors], tuple[QuestionKind, ...]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and the kinds it is, the first first."""

    id: str
    language: str
    kinds: tuple[QuestionKind, ...]
    text: str


def read_labelled(path: Path) -> list[Labelled]:
    """The questions of a file; lines that begin with # are remarks."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            id_, language, kinds, text = line.split("\t")
            found.append(Labelled(id_, language, tuple(map(QuestionKind, kinds.split(","))), text))
    return found


def readers(prototypes: Prototypes) -> dict[str, Read]:
    """The ways of reading that are measured, by name."""

    def kinds(reading: Reading) -> tuple[QuestionKind, ...]:
        return reading.kinds

    def by_likeness(_text: str, vector: Vectors) -> tuple[QuestionKind, ...]:
        scores = prototypes.likeness(vector).scores
        return (max(scores, key=lambda kind: scores[kind]),)

    return {
        "cues alone": lambda text, _vector: kinds(read_question(text)),
        "prototypes alone": by_likeness,
        "both": lambda text, vector: kinds(read_question(text, vector, prototypes)),
    }


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    z = NormalDist().inv_cdf(0.975)
    middle = (right + z * z / 2) / (of + z * z)
    half = z / (of + z * z) * (right * (of - right) / of + z * z / 4) ** 0.5
    return middle - half, middle + half


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, default=[DEV, TEST])
    parser.add_argument("--show", action="store_true", help="each question that is read wrong")
    options = parser.parse_args()
    encoder = load_encoder()
    ways = readers(load_prototypes(encoder))
    for path in options.files:
        asked = read_labelled(path)
        vectors = encoder.encode_queries([question.text for question in asked])
        read = {
            name: [way(q.text, v) for q, v in zip(asked, vectors, strict=True)]
            for name, way in ways.items()
        }
        print(f"\n## {path.name}, {len(asked)} questions\n")
        print("\n".join(_table(asked, read)))
        print("\n".join(_confusion(asked, read["both"])))
        if options.show:
            for question, kinds in zip(asked, read["both"], strict=True):
                if kinds[0] not in question.kinds:
                    print(f"{question.id} {','.join(question.kinds)} -> {','.join(kinds)}: "
                          f"{question.text}")  # fmt: skip


def _table(asked: Sequence[Labelled], read: dict[str, list[tuple[QuestionKind, ...]]]) -> list[str]:
    parts = {
        "all": asked,
        **{name: [q for q in asked if q.language == name] for name in ("it", "en")},
        **{str(kind): [q for q in asked if q.kinds[0] == kind] for kind in QuestionKind},
    }
    lines = [f"| | questions | {' | '.join(read)} | exact |", f"|---|{'---:|' * (len(read) + 2)}"]
    for name, part in parts.items():
        if not part:
            continue
        chosen = {question.id for question in part}
        cells = []
        for kinds in read.values():
            right = sum(
                k[0] in q.kinds for q, k in zip(asked, kinds, strict=True) if q.id in chosen
            )
            low, high = interval(right, len(part))
            cells.append(f"{right / len(part):.3f} [{low:.3f}, {high:.3f}]")
        exact = sum(
            set(k) == set(q.kinds)
            for q, k in zip(asked, read["both"], strict=True)
            if q.id in chosen
        )
        lines.append(f"| {name} | {len(part)} | {' | '.join(cells)} | {exact / len(part):.3f} |")
    return lines


def _confusion(asked: Sequence[Labelled], read: Sequence[tuple[QuestionKind, ...]]) -> list[str]:
    """Questions of one kind: which kind they are read as first."""
    counts = Counter(
        (q.kinds[0], k[0]) for q, k in zip(asked, read, strict=True) if len(q.kinds) == 1
    )
    lines = ["", f"| is \\ read as | {' | '.join(QuestionKind)} |", "|---|---:|---:|---:|---:|"]
    table = {kind: [str(counts[kind, other]) for other in QuestionKind] for kind in QuestionKind}
    return [*lines, *(f"| {kind} | {' | '.join(cells)} |" for kind, cells in table.items())]


if __name__ == "__main__":
    main()
