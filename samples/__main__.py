"""``python -m samples build`` writes the corpus; ``python -m samples check`` examines it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pypdf

from search.errors import IngestError

from .build import build, orphans
from .check import findings, word_count
from .source import load_facts, load_sources
from .tree import Fact, Source

HERE = Path(__file__).parent
FACTS = HERE / "facts.jsonl"
SOURCES = HERE / "sources"
CORPUS = HERE.parent / "corpus"


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns its exit status: 0, or 1 when something does not hold."""
    parser = argparse.ArgumentParser(prog="python -m samples", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="write the PDFs")
    building.add_argument("--out", type=Path, default=CORPUS, help="folder to write to")
    building.add_argument("--only", default="", help="build only names that contain this")
    commands.add_parser("check", help="compare the sources with the facts and print a table")
    options = parser.parse_args(arguments)
    try:
        facts = load_facts(FACTS)
        sources = load_sources(SOURCES)
        if options.command == "build":
            return _build(sources, facts, options.out, options.only)
        return _check(sources, facts)
    except IngestError as error:
        print(error, file=sys.stderr)
        return 1


def _build(sources: list[Source], facts: dict[str, Fact], folder: Path, only: str) -> int:
    status = 0
    for source in sources:
        if only not in source.stem:
            continue
        unknown = sorted(set(source.cited()) - facts.keys())
        if unknown:
            print(f"{source.stem}: not built, no fact is called {unknown[0]}", file=sys.stderr)
            status = 1
            continue
        print(build(source, facts, folder))
    for path in orphans(sources, folder):
        print(f"{path}: no source any more: remove it by hand", file=sys.stderr)
    return status


def _check(sources: list[Source], facts: dict[str, Fact]) -> int:
    found = [finding for source in sources for finding in findings(source, facts)]
    row = "{:<27} {:<23} {:>4}  {:<11} {:>5} {:>6} {:>6}  {}"
    print(row.format("group", "kind", "year", "layout", "pages", "words", "facts", "file"))
    for source in sources:
        path = CORPUS / f"{source.stem}.pdf"
        pages = str(len(pypdf.PdfReader(path).pages)) if path.exists() else "-"
        print(
            row.format(
                source.group,
                source.kind,
                source.year,
                source.layout,
                pages,
                word_count(source),
                len(source.cited()),
                path.name,
            )
        )
    cited = {id_ for source in sources for id_ in source.cited()}
    print(f"{len(sources)} documents, {len(cited & facts.keys())} of {len(facts)} facts cited")
    for finding in found:
        print(finding)
    print(f"{len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
