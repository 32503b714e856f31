"""How well the organisations of the sample corpus are found: a floor under the bench."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from bench.organisations import Compared, Judged, compare, judged_documents, measured
from ingest.readers import read
from search.organisations import learn_organisations, read_organisations
from search.organisations.listed import SHIPPED
from search.organisations.masking import without_sources
from search.organisations.matching import Matcher

CORPUS = Path(__file__).parent.parent / "corpus"


def is_scan(path: Path) -> bool:
    """Whether it would have to be recognised, which takes longer than all the others together."""
    if path.suffix != ".pdf":
        return False
    with pdfium.PdfDocument(path) as pdf:
        return not pdf[0].get_textpage().get_text_range().strip()


def texts() -> Iterator[tuple[str, str]]:
    """Path and paragraphs of every document that is no scan."""
    for path in sorted(CORPUS.glob("*/*")):
        if not is_scan(path):
            name = path.relative_to(CORPUS).as_posix()
            yield from ((name, text) for text in read(path).content.text.split("\n\n\n"))


@pytest.fixture(scope="module")
def compared() -> list[Compared]:
    read_texts = list(texts())
    numbers = {name: number for number, name in enumerate(dict(read_texts))}
    listed = read_organisations(SHIPPED)
    found = learn_organisations(((numbers[name], text) for name, text in read_texts), listed)
    matcher = Matcher(found)
    named: dict[str, set[int]] = {name: set() for name in numbers}
    for name, text in read_texts:
        named[name] |= {match.row for match in matcher.matches(without_sources(text))}
    return [
        compare(judged, [found[row].names for row in named[judged.document]])
        for judged in judged_documents()
        if judged.document in named
    ]


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_organisations_of_the_sample_corpus_are_found(compared, split):
    precision, recall, _ = measured(one for one in compared if one.split == split)
    assert precision >= 0.9
    assert recall >= 0.8


def test_nineteen_of_the_twenty_judged_documents_are_measured(compared):
    assert len(compared) == 19
    assert sum(len(one.found) + len(one.missed) for one in compared) > 280


def test_a_variant_is_the_same_organisation_and_what_is_debatable_counts_neither_way():
    judged = Judged("a", "dev", (("Aquafil", "gruppo Aquafil"), ("Prada",)), (("UE",),))
    found = [("Aquafil S.p.A.",), ("UE",), ("Econyl",)]
    assert compare(judged, found) == Compared("a", "dev", ("Aquafil",), ("Prada",), ("Econyl",))


def test_precision_and_recall_are_over_organisations_of_documents():
    one = Compared("a", "dev", ("A", "B", "C"), ("D",), ("E",))
    other = Compared("b", "dev", ("A",), ("B", "C", "D"), ())
    assert measured([one, other])[:2] == (4 / (4 + 1), 4 / (4 + 4))
