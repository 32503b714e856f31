"""Line-end hyphens of real Italian PDFs, labelled by hand, against what the reader does with them.

    python -m bench.line_end_hyphens [FOLDER]

The labels are in line_end_hyphens.tsv: file, page, what stands before and after the hyphen, and
whether the word is "joined" or keeps its hyphen ("tied"). At most 18 were drawn at random from
each file. The files themselves are not part of this project; those that are absent are left out.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import read

LABELS = Path(__file__).with_suffix(".tsv")
FOLDER = Path(__file__).parents[2] / "shared" / "pdf"


@dataclass(frozen=True, slots=True)
class Cut:
    """A word that the end of a line on a page cuts; ``decision`` is "joined" or "tied"."""

    file: str
    page: int
    left: str
    right: str
    decision: str


def load_labels() -> list[Cut]:
    """The labelled line ends."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Cut(name, int(page), *rest) for name, page, *rest in rows]


def decision_of(cut: Cut, text: str) -> str:
    """What a reader made of it: "joined", "tied", or "lost" where neither is in its text."""
    for decision, sign in (("joined", ""), ("tied", "-")):
        if cut.left + sign + cut.right in text:
            return decision
    return "lost"


def decisions(folder: Path) -> dict[Cut, str]:
    """What the reader makes of each labelled line end whose file is in ``folder``."""
    by_file: dict[str, list[Cut]] = defaultdict(list)
    for cut in load_labels():
        by_file[cut.file].append(cut)
    found: dict[Cut, str] = {}
    for name, cuts in by_file.items():
        if (folder / name).is_file():
            pages = read(folder / name).content.pages
            found.update({cut: decision_of(cut, pages[cut.page - 1].text) for cut in cuts})
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    found = decisions(parser.parse_args().folder)
    if not found:
        parser.error("none of the labelled files is there")
    counts = Counter((cut.decision, made) for cut, made in found.items())
    right = counts["joined", "joined"]
    joined = sum(count for (_, made), count in counts.items() if made == "joined")
    wanted = sum(count for (label, _), count in counts.items() if label == "joined")
    print(f"{len(found)} line ends: {wanted} to be joined, {len(found) - wanted} to keep a hyphen")
    print(f"joining: precision {right / joined:.3f}, recall {right / wanted:.3f}")
    for cut, made in found.items():
        if made != cut.decision:
            print(f"  {cut.file}, page {cut.page}: {cut.left}-/{cut.right} is {made}")


if __name__ == "__main__":
    main()
