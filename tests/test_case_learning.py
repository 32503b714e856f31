"""The case histories to learn from in bench/case_learning: each label holds in its document."""

import json
from functools import cache
from pathlib import Path

import pytest

from ingest.readers import read

FOLDER = Path(__file__).parent.parent / "bench" / "case_learning"
CASES = [
    json.loads(line)
    for line in (FOLDER / "judgments.jsonl").read_text(encoding="utf-8").splitlines()
]
APART = Path(__file__).parent.parent / "bench" / "case_documents" / "judgments.jsonl"


@cache
def letters_of(document: str) -> str:
    pages = read(FOLDER / "documents" / document).content.pages
    return letters("".join(page.text for page in pages))


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def name_of(case: dict) -> str:
    return f"{case['document']}: {case['organisation']['value']}"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_each_quote_stands_in_its_document(case):
    single = [case[key] for key in ("organisation", "sector", "challenge", "solution")]
    lists = [*case["results"], *case["technologies"], *case["partners"]]
    for said in (*filter(None, single), *lists):
        assert letters(said["quote"]) in letters_of(case["document"])


def test_each_document_is_judged_and_none_is_one_of_those_kept_apart():
    files = {
        path.relative_to(FOLDER / "documents").as_posix()
        for path in (FOLDER / "documents").rglob("*")
        if path.is_file()
    }
    apart = {
        json.loads(line)["organisation"]["value"]
        for line in APART.read_text(encoding="utf-8").splitlines()
    }
    assert {case["document"] for case in CASES} == files
    assert not {case["organisation"]["value"] for case in CASES} & apart
