"""The case histories to learn from, and to try: each label holds in its document."""

import json
from functools import cache
from pathlib import Path

import pytest

from ingest.readers import read

BENCH = Path(__file__).parent.parent / "bench"
FOLDERS = (BENCH / "case_learning", BENCH / "case_trial")


def cases_of(folder: Path) -> list[dict]:
    lines = (folder / "judgments.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def letters_of(path: Path) -> str:
    return letters("".join(page.text for page in read(path).content.pages))


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


CASES = [(folder, case) for folder in FOLDERS for case in cases_of(folder)]
NAMES = [f"{case['document']}: {case['organisation']['value']}" for _, case in CASES]


@pytest.mark.parametrize(("folder", "case"), CASES, ids=NAMES)
def test_each_quote_stands_in_its_document(folder, case):
    single = [case[key] for key in ("organisation", "sector", "challenge", "solution")]
    lists = [*case["results"], *case["technologies"], *case["partners"]]
    for said in (*filter(None, single), *lists):
        assert letters(said["quote"]) in letters_of(folder / "documents" / case["document"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_document_is_judged_and_none_is_one_of_those_kept_apart(folder):
    documents = folder / "documents"
    files = {p.relative_to(documents).as_posix() for p in documents.rglob("*") if p.is_file()}
    cases = cases_of(folder)
    assert {case["document"] for case in cases} == files
    apart = {case["organisation"]["value"] for case in cases_of(BENCH / "case_documents")}
    assert not {case["organisation"]["value"] for case in cases} & apart
