"""Every file of the sample corpus that is no PDF, beside its text as the plainest programs see it.

What the readers do on purpose is the only difference: the names of sheets head them, numbers stand
before the items of a web page's lists, the header of a long table is repeated, and what runs along
the foot of slides and web pages, or stands in a front matter, is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("typst", reason="building samples needs the Typst compiler")

from corpus_files import ALL_FACTS, ALL_FILES, file_pages

from ingest.readers import Reading, read
from samples.__main__ import CORPUS
from samples.printed import printed

JUDGMENTS = Path(__file__).parent / "judgments"
NAMES = [name for name in ALL_FILES if not name.endswith(".pdf")]

each_file = pytest.mark.parametrize("name", NAMES)
_FRONT_MATTER = re.compile(r"\A--- .*? --- ")
_ITEM_NUMBER = re.compile(r"^\d+\. ", re.MULTILINE)


@lru_cache
def reading(name: str) -> Reading:
    return read(CORPUS / name)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def expected_letters(name: str) -> list[str]:
    """Those of the true text of each page, without what is left out on purpose."""
    pages = [_FRONT_MATTER.sub("", page) for page in file_pages(name)]
    document = printed(ALL_FILES[name], ALL_FACTS)
    foot = f"{document.kind}, {document.year} – {document.wording.demonstration}"
    if name.endswith(".html"):
        pages = [page.removesuffix(foot) for page in pages]
    elif name.endswith(".pptx"):
        pages = [page.removesuffix(f"{foot} – {n}") for n, page in enumerate(pages, start=1)]
    return [letters(page) for page in pages]


def found_letters(name: str) -> list[str]:
    """Those of the text of each page as it was read, without what is added on purpose."""
    pages = [_without_repeated_headers(page.text) for page in reading(name).content.pages]
    if name.endswith(".xlsx"):
        labels = [page.label for page in reading(name).content.pages]
        pages = [page.removeprefix(label) for page, label in zip(pages, labels, strict=True)]
    elif name.endswith(".html"):
        pages = [_ITEM_NUMBER.sub("", page) for page in pages]
    return [letters(page) for page in pages]


def _without_repeated_headers(text: str) -> str:
    kept: list[str] = []
    for block in text.split("\n\n"):
        header, _, rows = block.partition("\n")
        repeated = " | " in header and any(earlier.startswith(f"{header}\n") for earlier in kept)
        kept.append(rows if repeated else block)
    return "\n\n".join(kept)


@each_file
def test_the_words_of_a_file_stand_on_their_pages_in_order(name: str) -> None:
    assert found_letters(name) == expected_letters(name)


@each_file
def test_headings_stand_where_they_say(name: str) -> None:
    content = reading(name).content
    assert content.headings
    for heading in content.headings:
        text = content.pages[heading.page - 1].text
        assert text[heading.start :].split("\n")[0] == heading.title


def quotes(value: Any, document: str = "") -> Iterator[tuple[str, int, str]]:
    """Every quotation in a judgment: the document, the page, the words."""
    if isinstance(value, dict):
        document = value.get("document", document)
        if "quote" in value:
            yield document, value["page"], value["quote"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from quotes(inner, document)


@pytest.mark.parametrize("file", ["queries", "cases"])
def test_what_the_judgments_quote_stands_on_the_page_they_name(file: str) -> None:
    lines = (JUDGMENTS / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
    found = [quote for line in lines for quote in quotes(json.loads(line)) if quote[0] in NAMES]
    assert found
    missing = [
        (document, page, words)
        for document, page, words in found
        if letters(words) not in letters(reading(document).content.pages[page - 1].text)
    ]
    assert missing == []
