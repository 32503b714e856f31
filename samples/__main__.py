"""The sample corpus: ``build`` writes it, ``check`` compares it with the facts, ``stats`` counts.

Exit status: 0 done, 1 something does not hold; it is named.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from search.errors import IngestError

from .build import build, orphans
from .check import findings
from .source import load_facts, load_sources
from .statistics import count, tables
from .tree import Fact, Source

HERE = Path(__file__).parent
FACTS = HERE / "facts.jsonl"
SOURCES = HERE / "sources"
CORPUS = HERE.parent / "corpus"


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns its exit status."""
    options = _parser().parse_args(arguments)
    try:
        facts = load_facts(FACTS)
        sources = load_sources(SOURCES)
        chosen = [source for source in sources if options.only in source.stem]
        if not chosen:
            raise IngestError(f"no source is called like {options.only!r}: see {SOURCES}")
        match options.command:
            case "build":
                return _build(chosen, facts, options.out)
            case "check":
                return _check(chosen, facts, everything=not options.only)
            case _:
                return _count(chosen, options.files)
    except (IngestError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m samples", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="write the documents")
    building.add_argument("--out", type=Path, default=CORPUS, help="folder to write to")
    checking = commands.add_parser("check", help="compare the sources with the facts")
    counting = commands.add_parser("stats", help="count documents, pages and words")
    counting.add_argument("--files", action="store_true", help="one line a file")
    for command in (building, checking, counting):
        command.add_argument("--only", default="", help="only names that contain this")
    return parser


def _build(sources: list[Source], facts: dict[str, Fact], folder: Path) -> int:
    status = 0
    for source in sources:
        unknown = sorted(set(source.cited()) - facts.keys())
        if unknown:
            print(f"{source.stem}: not built, no fact is called {unknown[0]}", file=sys.stderr)
            status = 1
            continue
        for path in build(source, facts, folder):
            print(path)
    for path in orphans(load_sources(SOURCES), folder):
        print(f"{path}: no source any more: remove it by hand", file=sys.stderr)
    return status


def _check(sources: list[Source], facts: dict[str, Fact], *, everything: bool) -> int:
    found = [finding for source in sources for finding in findings(source, facts)]
    for finding in found:
        print(finding)
    cited = {id_ for source in sources for id_ in source.cited()} & facts.keys()
    print(f"{len(sources)} sources, {len(cited)} of {len(facts)} facts cited")
    unused = sorted(facts.keys() - cited)
    if unused and everything:
        print(f"cited nowhere: {', '.join(unused)}")
    print(f"{len(found)} findings")
    return 1 if found else 0


def _count(sources: list[Source], each_file: bool) -> int:
    rows = count(sources, CORPUS)
    if each_file:
        line = "{:>5} {:>6} {:>5}  {:<6} {:<11} {}"
        print(line.format("pages", "words", "facts", "format", "layout", "file"))
        for row in rows:
            said = (row.pages, row.words, row.facts, row.format, row.layout, row.file)
            print(line.format(*said))
        print()
    print("\n".join(tables(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
