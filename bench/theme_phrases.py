"""Themes or YAKE's key phrases? A blind reading of a hundred.

    pip install yake                                      # for this only
    python -m bench.theme_phrases mix --index index/      # writes theme_phrases.tsv, unread
    python -m bench.theme_phrases reveal                  # once each line has its yes or no

Fifty phrases of each sort, drawn with a seed from the first `FIRST` of each, shuffled together. A
reader writes behind each whether it is *a theme that a member would follow* (yes or no) without
seeing where it is from; `theme_phrases.sources.json` keeps that until the reading is done, when
`reveal` writes it beside the verdicts. YAKE reads each document by itself, without the furniture
that themes are not looked for in either (Italian, five words, its own stop words and
deduplication); its phrases are those that it gives for at least three documents, by their number,
then by their mean score.

The sheet here is a second draw. In the first 29 of 50 themes and 7 of 50 of YAKE's phrases were
worth following; most of the others were single words, of which fewer are themes since. One reader,
who had seen lists of themes before.

References:
    R. Campos et al., YAKE! Keyword extraction from single documents using multiple local features
    (2020).
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from pathlib import Path

from search.snapshot import Snapshot, open_snapshot
from search.themes.sources import Texts
from search.themes.wording import phrase_key

from .judged_sets import INDEX, ROOT

SHEET = ROOT / "bench" / "theme_phrases.tsv"
SOURCES = ROOT / "bench" / "theme_phrases.sources.json"
EACH, FIRST, SEED = 50, 150, 7
OF_A_DOCUMENT, DOCUMENTS = 40, 3


def themes_of(snapshot: Snapshot) -> list[str]:
    """The labels of the themes, the most telling first."""
    return [theme.label for theme in snapshot.themes.themes]


def yake_phrases(snapshot: Snapshot) -> list[str]:
    """YAKE's key phrases of several documents, those of the most first; one of each wording."""
    from yake import KeywordExtractor  # type: ignore[import-not-found]  # noqa: PLC0415

    extractor = KeywordExtractor(lan="it", n=5, dedupLim=0.8, top=OF_A_DOCUMENT)
    scores: defaultdict[tuple[str, ...], list[float]] = defaultdict(list)
    written: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    said: defaultdict[int, list[str]] = defaultdict(list)
    for document, sentence in Texts(snapshot.store).sentences():
        said[document].append(sentence)
    for sentences in said.values():
        for phrase, score in extractor.extract_keywords("\n".join(sentences)):
            key = phrase_key(phrase) or (phrase.casefold(),)
            scores[key].append(score)
            written[key][phrase] += 1
    kept = [key for key, own in scores.items() if len(own) >= DOCUMENTS]
    kept.sort(key=lambda key: (-len(scores[key]), sum(scores[key]) / len(scores[key]), key))
    return [written[key].most_common(1)[0][0] for key in kept]


def mix(snapshot: Snapshot) -> None:
    """Write the sheet to be read, and where each phrase is from into another file."""
    rng = random.Random(SEED)
    drawn = {}
    for source, phrases in (("themes", themes_of(snapshot)), ("yake", yake_phrases(snapshot))):
        for phrase in rng.sample(phrases[:FIRST], EACH):
            drawn.setdefault(phrase.casefold(), (phrase, []))[1].append(source)
    sheet = list(drawn.values())
    rng.shuffle(sheet)
    lines = [f"{phrase}\t" for phrase, _ in sheet]
    SHEET.write_text("\n".join(["phrase\ttheme", *lines]) + "\n", encoding="utf-8")
    SOURCES.write_text(json.dumps(dict(sheet), ensure_ascii=False), encoding="utf-8")


def reveal() -> None:
    """Write beside each verdict where the phrase is from, and print how many of each are themes."""
    sources = json.loads(SOURCES.read_text(encoding="utf-8"))
    rows = [line.split("\t") for line in SHEET.read_text(encoding="utf-8").splitlines()[1:]]
    lines = [f"{phrase}\t{verdict}\t{'+'.join(sources[phrase])}" for phrase, verdict, *_ in rows]
    SHEET.write_text("\n".join(["phrase\ttheme\tfrom", *lines]) + "\n", encoding="utf-8")
    SOURCES.unlink()
    for source, (yes, of) in shares(SHEET).items():
        print(f"{source}: {yes} of {of} are themes")


def shares(sheet: Path = SHEET) -> dict[str, tuple[int, int]]:
    """Of the phrases of each source, how many are themes, and how many there are."""
    found: dict[str, tuple[int, int]] = {}
    for line in sheet.read_text(encoding="utf-8").splitlines()[1:]:
        _, verdict, sources = line.split("\t")
        for source in sources.split("+"):
            yes, of = found.get(source, (0, 0))
            found[source] = yes + (verdict == "yes"), of + 1
    return found


def main() -> None:
    """Mix or reveal."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("mix", "reveal"))
    parser.add_argument("--index", type=Path, default=INDEX)
    options = parser.parse_args()
    if options.what == "mix":
        mix(open_snapshot(options.index))
    else:
        reveal()


if __name__ == "__main__":
    main()
