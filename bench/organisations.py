"""How many of the organisations that twenty documents name are found, and how many are none.

``python -m bench.organisations [--index INDEX] [--split dev|test] [--mistakes]`` builds the index
of organisations from the stored text of an index of ``corpus/`` and compares it with
``tests/judgments/organisations.jsonl``: organisations by document, all variants of one counted as
one. An organisation is found where any of its names, or one that folds with it, is found in the
document; what the judgments call debatable counts neither way.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from search.organisations import OrganisationIndex, listed_for
from search.organisations.folding import bare
from search.organisations.matching import tokens_of
from search.snapshot import open_snapshot
from search.store import Store

JUDGED = Path(__file__).parent.parent / "tests" / "judgments" / "organisations.jsonl"

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a reader found in one document: the names of each organisation.

    Attributes:
        document: path below ``corpus/``.
        sure: organisations, by all their names.
        debatable: those that count neither way.
    """

    document: str
    split: str
    sure: tuple[Names, ...]
    debatable: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One document's counts.

    Attributes:
        found, missed: names of judged organisations.
        wrong: names that were found and are no organisation's.
    """

    document: str
    split: str
    found: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def judged_documents(path: Path = JUDGED) -> list[Judged]:
    """The judgments, in the order of the file."""
    documents = []
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        sure, debatable = [], []
        for one in said["organisations"]:
            names = (one["name"], *one["variants"])
            (debatable if one.get("debatable") else sure).append(names)
        documents.append(Judged(said["document"], said["split"], tuple(sure), tuple(debatable)))
    return documents


def compare(judged: Judged, found: Iterable[Names]) -> Compared:
    """Compare what is found in a document, the names of each organisation, with the judgments."""
    right, wrong = [], []
    missed = list(judged.sure)
    for names in found:
        mine = _folded(names)
        matching = [one for one in judged.sure if mine & _folded(one)]
        if matching:
            missed = [one for one in missed if one not in matching]
            right += [one[0] for one in matching if one[0] not in right]
        elif not any(mine & _folded(one) for one in judged.debatable):
            wrong.append(names[0])
    return Compared(
        judged.document, judged.split, tuple(right), tuple(one[0] for one in missed), tuple(wrong)
    )


def found_in(store: Store, index: OrganisationIndex) -> Mapping[str, list[Names]]:
    """For each document, by path, the names of the organisations that its passages name."""
    rows = store.document_rows
    found: dict[str, list[Names]] = {}
    for number, document in enumerate(store.documents()):
        inside = (rows[index.mentions[:, 1]] == number) & (index.mentions[:, 2] >= 0)
        here = sorted(set(index.mentions[inside, 0].tolist()))
        found[document.path] = [index.organisations[row].names for row in here]
    return found


def measured(compared: Iterable[Compared]) -> tuple[float, float, float]:
    """Precision, recall and F1 over organisations of documents."""
    compared = list(compared)
    right = sum(len(one.found) for one in compared)
    wrong = sum(len(one.wrong) for one in compared)
    missed = sum(len(one.missed) for one in compared)
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _folded(names: Names) -> set[tuple[str, ...]]:
    return {tokens_of(form) for name in names for form in (name, bare(name))}


def _lines(compared: list[Compared], mistakes: bool) -> Iterator[str]:
    for split in ("dev", "test", "all"):
        some = [one for one in compared if split in (one.split, "all")]
        if some:
            precision, recall, f1 = measured(some)
            count = sum(len(one.found) + len(one.missed) for one in some)
            yield (
                f"{split:5} {len(some):3} documents {count:4} organisations   "
                f"precision {precision:.3f}   recall {recall:.3f}   F1 {f1:.3f}"
            )
    for one in compared if mistakes else ():
        yield f"\n{one.document} ({one.split}): {len(one.found)} found"
        yield f"  missed: {', '.join(one.missed) or '-'}"
        yield f"  wrong:  {', '.join(one.wrong) or '-'}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, prog="bench.organisations")
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--split", choices=("dev", "test"), help="only this half")
    parser.add_argument("--mistakes", action="store_true", help="name each of them")
    arguments = parser.parse_args()
    store = open_snapshot(arguments.index).store
    found = found_in(store, OrganisationIndex.build(store, listed_for(arguments.index)))
    judged = [one for one in judged_documents() if arguments.split in (None, one.split)]
    compared = [compare(one, found[one.document]) for one in judged]
    print("\n".join(_lines(compared, arguments.mistakes)))


if __name__ == "__main__":
    main()
