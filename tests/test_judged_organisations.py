"""The labelled organisations: each named by a sentence of its document."""

import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("typst", reason="the pages of scans are read where they were typeset")

from corpus_files import ALL_FILES, file_pages

from search.datatypes import Group

JUDGMENTS = Path(__file__).parent / "judgments" / "organisations.jsonl"
LABELLED = [json.loads(line) for line in JUDGMENTS.read_text(encoding="utf-8").splitlines()]
KINDS = {
    "impresa",
    "universita",
    "centro-di-ricerca",
    "polo",
    "consorzio",
    "ente-pubblico",
    "associazione",
    "altro",
}


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


@cache
def letters_of_pages(document: str) -> list[str]:
    return [letters(page) for page in file_pages(document)]


def stands_in(quote: str, pages: list[str]) -> bool:
    """Whether the letters stand on a page, or turn from one page to the next."""
    cuts = range(15, len(quote) - 15)
    return any(quote in page for page in pages) or any(
        quote[:cut] in page and quote[cut:] in following
        for page, following in pairwise(pages)
        for cut in cuts
    )


def names(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


by_document = pytest.mark.parametrize("labels", LABELLED, ids=lambda labels: labels["document"])


@by_document
def test_each_quote_stands_in_its_document_before_the_sources(labels):
    pages = letters_of_pages(labels["document"])
    for organisation in labels["organisations"]:
        quote = organisation["quote"]
        assert stands_in(letters(quote), pages), organisation
        assert "http" not in quote


@by_document
def test_each_quote_names_its_organisation(labels):
    for organisation in labels["organisations"]:
        forms = (organisation["name"], *organisation["variants"])
        assert any(names(form, organisation["quote"]) for form in forms), organisation


@by_document
def test_each_form_of_a_name_stands_in_the_document(labels):
    # A word that is broken where the page turns is whole in the quote only.
    quotes = [organisation["quote"] for organisation in labels["organisations"]]
    text = "\n".join([*file_pages(labels["document"]), *quotes])
    for organisation in labels["organisations"]:
        for form in (organisation["name"], *organisation["variants"]):
            assert names(form, text), form


@by_document
def test_no_two_organisations_of_a_document_share_a_name(labels):
    forms = Counter(
        form
        for organisation in labels["organisations"]
        for form in {organisation["name"], *organisation["variants"]}
    )
    assert {form for form, times in forms.items() if times > 1} == set()


def test_twenty_documents_of_all_groups_and_formats_half_of_them_kept_apart():
    documents = [labels["document"] for labels in LABELLED]
    assert len(set(documents)) == len(documents) == 20
    assert set(documents) <= set(ALL_FILES)
    assert {ALL_FILES[document].format for document in documents} >= {"scan"}
    assert {Path(document).suffix for document in documents} == {
        Path(document).suffix for document in ALL_FILES
    }
    for split in ("dev", "test"):
        own = [labels["document"] for labels in LABELLED if labels["split"] == split]
        assert len(own) == 10
        folders = {document.split("/")[0] for document in own}
        assert folders == {*map(str, Group), "trasversali"}


def test_most_labels_are_beyond_debate_and_all_kinds_occur():
    organisations = [o for labels in LABELLED for o in labels["organisations"]]
    assert {o["kind"] for o in organisations} == KINDS
    certain = sum(not o.get("debatable", False) for o in organisations)
    assert certain >= 3 * (len(organisations) - certain)
