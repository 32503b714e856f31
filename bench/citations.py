"""Whether each sentence stands on its page where its boxes say: the share that does, and the rest.

    python -m bench.citations [FOLDER]

Reads every PDF in FOLDER and the folders in it (the sample corpus, if none is given) as a run
does, with the same proof (`ingest.readers.pdf_proof`). Ends with status 1 below 98 %.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ingest.readers import read
from search.errors import UnreadableDocumentError
from search.text import printable

CORPUS = Path(__file__).parent.parent / "corpus"
WANTED = 0.98


def main() -> None:
    """Read, prove and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    folder: Path = parser.parse_args().folder
    sentences = held = unplaced = 0
    print("    held of sentences   share  without place")
    for path in sorted(folder.rglob("*.pdf")):
        name = printable(str(path.relative_to(folder)))
        try:
            proof = read(path).proof
        except UnreadableDocumentError as error:
            print(f"{name}: {error}")
            continue
        sentences, held = sentences + proof.sentences, held + proof.held
        unplaced += proof.unplaced
        print(f"{_line(proof.held, proof.sentences, proof.unplaced)}  {name}")
        for broken in proof.broken:
            print(f"      page {broken.page}: {broken.sentence!r}")
            print(f"         in its boxes: {broken.found!r}")
        more = proof.sentences - proof.held - len(proof.broken)
        if more:
            print(f"      and {more} more")
    if not sentences:
        parser.error(f"no PDF in {folder} has a sentence with a place")
    print(f"{_line(held, sentences, unplaced)}  in all")
    sys.exit(held < WANTED * sentences)


def _line(held: int, sentences: int, unplaced: int) -> str:
    share = f"{held / sentences:8.2%}" if sentences else "       -"
    return f"{held:8} of {sentences:8} {share} {unplaced:8}"


if __name__ == "__main__":
    main()
