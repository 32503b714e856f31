"""The case histories kept apart in bench/case_documents: each label holds in its document."""

import importlib
import json
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from ingest.readers import Reading, read
from samples.numbers import figures, known_figures
from search.datatypes import Group

FOLDER = Path(__file__).parent.parent / "bench" / "case_documents"
DOCUMENTS, JUDGED = FOLDER / "documents", FOLDER / "judgments.jsonl"
SHIPPED = Path(__file__).parent / "judgments" / "cases.jsonl"
STYLES = {"intervista", "articolo", "scheda", "relazione", "tabella"}
IN_WORDS = {"trentotto": 38, "ventitré": 23}  # beyond what `known_figures` reads


def records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


CASES, SHIPPED_CASES = records(JUDGED), records(SHIPPED)
FILES = sorted(path for path in DOCUMENTS.rglob("*") if path.is_file())


def name_of(case: dict) -> str:
    return f"{case['document']}: {case['organisation']['value']}"


by_case = pytest.mark.parametrize("case", CASES, ids=name_of)


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


@cache
def reading_of(document: str) -> Reading:
    return read(DOCUMENTS / document)


@cache
def letters_of_pages(document: str) -> list[str]:
    return [letters(page.text) for page in reading_of(document).content.pages]


def fields_of(case: dict) -> list[dict]:
    single = [case[key] for key in ("organisation", "sector", "challenge", "solution")]
    return [*filter(None, single), *case["results"], *case["technologies"], *case["partners"]]


@by_case
def test_each_quote_stands_on_the_page_it_names(case):
    pages = letters_of_pages(case["document"])
    for field in fields_of(case):
        assert letters(field["quote"]) in pages[field["page"] - 1], field


@by_case
def test_the_year_stands_on_its_page_or_at_the_head_of_the_file(case):
    page = letters_of_pages(case["document"])[case["year"]["page"] - 1]
    declared = reading_of(case["document"]).front_matter.year
    assert str(case["year"]["value"]) in page or declared == case["year"]["value"]


@by_case
def test_the_quote_of_an_organisation_or_partner_names_it(case):
    for field in (case["organisation"], *case["partners"]):
        assert letters(field["value"]) in letters(field["quote"]), field


@by_case
def test_the_number_of_a_result_stands_in_its_quote(case):
    for result in case["results"]:
        if result["value"] is None:
            continue
        quoted = re.sub(r"(?<=\d),(?=\d{3}\b)", ".", result["quote"])  # 9,200 in English
        known = {f.value for f in (*figures(quoted), *known_figures(quoted))}
        known |= {Decimal(n) for word, n in IN_WORDS.items() if word in quoted.casefold()}
        assert Decimal(str(result["value"])) in known, result


@by_case
def test_a_label_has_the_form_of_the_shipped_ones(case):
    shipped = SHIPPED_CASES[0]
    assert list(case) == list(shipped)
    assert list(case["year"]) == list(shipped["year"])
    for field in fields_of(case):
        assert set(field) in ({"value", "page", "quote"}, set(shipped["results"][0])), field
    assert case["group"] == case["document"].split("/")[0]
    assert case["group"] in set(Group)


def test_every_document_is_labelled_and_only_a_table_tells_several_cases():
    labelled = Counter(case["document"] for case in CASES)
    assert sorted(labelled) == [path.relative_to(DOCUMENTS).as_posix() for path in FILES]
    tables = {case["document"] for case in CASES if case["style"] == "tabella"}
    assert {document for document, cases in labelled.items() if cases > 1} == tables
    assert len({name_of(case) for case in CASES}) == len(CASES)


def test_styles_and_organisations_are_none_of_the_sample_corpus():
    assert {case["style"] for case in CASES} == STYLES
    assert not STYLES & {case["style"] for case in SHIPPED_CASES}
    told = {letters(case["organisation"]["value"]) for case in SHIPPED_CASES}
    assert not told & {letters(case["organisation"]["value"]) for case in CASES}


def test_the_documents_are_twenty_in_five_formats_and_all_four_groups():
    formats = Counter(path.suffix for path in FILES)
    assert formats == {".pdf": 7, ".docx": 4, ".html": 4, ".md": 4, ".xlsx": 1}
    assert {path.parent.name for path in FILES} == {str(group) for group in Group}
    assert sum(path.stat().st_size for path in FILES) < 2_000_000


def test_the_sources_give_the_bytes_of_the_built_documents():
    pytest.importorskip("typst", reason="some of the documents are typeset")
    build = importlib.import_module("bench.case_documents.build")
    files = build.built()
    assert len(files) == 12
    for path, data in files.items():
        assert path.read_bytes() == data, path
