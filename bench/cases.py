"""How well case histories are read: each field against tests/judgments/cases.jsonl.

    python -m bench.cases --index index/                 # writes bench/cases.md
    python -m bench.cases --index index/ --mistakes      # and prints what is wrong
    python -m bench.cases --index other/ --judged other.jsonl    # totals only, writes nothing

All four styles of tests/judgments/cases.jsonl (how a document tells its case) were read while the
reader of cases was written. Another file of judgments, in other styles, shows what it can do with
what nobody has seen: the index is that of its documents, and "document" their path in it.

A document may tell several cases, a line of the judgments each: those that were read are paired
with those that are judged by their organisation, and what is left in the order of the document. A
case that is read beyond those, or in a document whose line says that there is none ("organisation"
is null), counts with all its fields as read and wrong. "case" is whether a case was read at all.

What counts as right stands at the head of `bench/case_matching.py`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from bench.case_matching import Count, compare, paired
from search.cases.case import CaseHistory, Result, Stated
from search.cases.case_index import CaseIndex
from search.cases.naming import same_organisation
from search.encoder import load_encoder
from search.snapshot import Snapshot, open_snapshot

ROOT = Path(__file__).parent.parent
JUDGED = ROOT / "tests" / "judgments" / "cases.jsonl"
PAGE = ROOT / "bench" / "cases.md"
STYLES = ("box", "prose", "questions", "slides")
FIELDS = (
    "case", "organisation", "year", "group", "sector", "challenge", "challenge, first", "solution",
    "solution, first", "results", "technologies", "partners",
)  # fmt: skip
TARGETS = {
    "organisation": 0.95, "year": 0.95, "group": 0.95, "results": 0.85, "challenge": 0.80,
    "solution": 0.80, "technologies": 0.80, "partners": 0.80,
}  # fmt: skip


def read_cases(judged: Path = JUDGED) -> list[dict[str, Any]]:
    """The judged cases."""
    lines = judged.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


Pair = tuple[CaseHistory | None, dict[str, Any] | None]


def side_by_side(
    cases: Iterable[CaseHistory], judged: Sequence[dict[str, Any]], paths: dict[str, str]
) -> Iterator[tuple[str, str, list[Pair]]]:
    """Path and style of each judged document, and its cases, read and judged."""
    read = defaultdict(list)
    for case in cases:
        read[paths[case.document_id]].append(case)
    told = defaultdict(list)
    for line in judged:
        told[line["document"]].append(line)
    for path, lines in told.items():
        wanted = [line for line in lines if line.get("organisation")]
        yield path, lines[0]["style"], _pairs(read[path], wanted)


def _pairs(read: Sequence[CaseHistory], judged: Sequence[dict[str, Any]]) -> list[Pair]:
    def same(case: CaseHistory, line: dict[str, Any]) -> bool:
        name = case.organisation.value if case.organisation else ""
        return same_organisation(name, line["organisation"]["value"])

    places = paired(read, judged, same)
    pairs: list[Pair] = [(read[i], judged[j]) for i, j in places.items()]
    others = [case for i, case in enumerate(read) if i not in places]
    missed = [line for j, line in enumerate(judged) if j not in places.values()]
    return [*pairs, *zip_longest(others, missed)]


def index_of(snapshot: Snapshot) -> CaseIndex:
    """The cases of a snapshot, read again."""
    vectors, encoder = snapshot.dense.sentences, load_encoder()
    return CaseIndex.build(snapshot.store, vectors, encoder, snapshot.organisations)


def measure(
    cases: Iterable[CaseHistory], paths: dict[str, str], judged: Sequence[dict[str, Any]]
) -> dict[str, dict[str, Count]]:
    """Field -> style, and "all" -> count.

    Args:
        paths: path of each document, by its id.
        judged: from `read_cases`.
    """
    counts: dict[str, dict[str, Count]] = defaultdict(lambda: defaultdict(Count))
    for _, style, pairs in side_by_side(cases, judged, paths):
        for case, line in pairs:
            for field, numbers in compare(case, line).items():
                for key in (style, "all"):
                    counts[field][key].add(*numbers)
    return counts


def table(counts: dict[str, dict[str, Count]]) -> str:
    """Markdown: F1 (precision / recall; how many are judged)."""
    columns = [*sorted(column for column in counts["case"] if column != "all"), "all"]
    lines = [
        "| field | target | " + " | ".join(columns) + " |",
        "|---" * (len(columns) + 2) + "|",
    ]
    for field in FIELDS:
        target = f"{TARGETS[field]:.2f}" if field in TARGETS else ""
        cells = " | ".join(str(counts[field][column]) for column in columns)
        lines.append(f"| {field} | {target} | {cells} |")
    return "\n".join(lines)


def elsewhere(
    cases: Iterable[CaseHistory], judged: Sequence[dict[str, Any]], paths: dict[str, str]
) -> list[str]:
    """Path and organisation of the cases read in documents that are not judged."""
    known = {line["document"] for line in judged}
    return [
        f"{paths[case.document_id]}: {case.organisation.value if case.organisation else ''}"
        for case in cases
        if paths[case.document_id] not in known
    ]


def mistakes(
    cases: Iterable[CaseHistory], paths: dict[str, str], judged: Sequence[dict[str, Any]]
) -> Iterator[str]:
    """What is wrong, document by document."""
    for path, style, pairs in side_by_side(cases, judged, paths):
        for case, line in pairs:
            numbers = compare(case, line)
            wrong = [f for f, (right, read, want) in numbers.items() if right < max(read, want)]
            if not wrong:
                continue
            yield f"\n## {path} ({style})"
            for field in wrong:
                if field == "case" or field.endswith("first"):
                    continue
                read = getattr(case, "groups" if field == "group" else field, None)
                yield f"  {field}: judged {_short((line or {}).get(field))}"
                yield f"      read {_short_read(read)}"


def _short(judged: Any) -> str:
    if isinstance(judged, list):
        return "; ".join(
            f"{j['value']} {j.get('unit', '')} {j.get('what', '')} «{j['quote'][:110]}»"
            for j in judged
        )
    return (
        f"{judged['value']} «{judged.get('quote', '')[:140]}»"
        if isinstance(judged, dict)
        else str(judged)
    )


def _short_read(read: Any) -> str:
    values = read if isinstance(read, tuple) else (read,)
    return "; ".join(_shown(value) for value in values if value is not None)


def _shown(value: Stated | Result) -> str:
    quote = value.evidence.sentence[:90] if value.evidence else ""
    if isinstance(value, Result):
        return f"{value.value} {value.unit} / {value.what} «{quote}»"
    return f"{value.value[:90]} «{quote}»"


def main() -> None:
    """Measure, print and write bench/cases.md."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--index", default="index", help="of the judged documents")
    parser.add_argument("--judged", type=Path, default=JUDGED, help="another file of judgments")
    parser.add_argument("--mistakes", action="store_true", help="print what is wrong")
    arguments = parser.parse_args()
    judged = read_cases(arguments.judged)
    snapshot = open_snapshot(Path(arguments.index))
    cases = index_of(snapshot).cases
    paths = {document.id: document.path for document in snapshot.store.documents()}
    figures = table(measure(cases, paths, judged))
    others = elsewhere(cases, judged, paths)
    print(figures)
    print(f"\nCases read in documents that are not judged: {len(others)}")
    if arguments.mistakes:
        print("\n".join([*others, *mistakes(cases, paths, judged)]))
    if arguments.judged == JUDGED:
        page = PAGE.read_text(encoding="utf-8")
        start = page.index("| field | target |")
        end = page.find("\n\n", start)
        after = page[end:] if end >= 0 else "\n"
        PAGE.write_text(page[:start] + figures + after, encoding="utf-8")


if __name__ == "__main__":
    main()
