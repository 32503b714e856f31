"""The shipped judgments: true to the corpus, and a floor under the ranking."""

import json
from pathlib import Path

import pytest

from search.datatypes import Query

JUDGMENTS = Path(__file__).parent / "judgments"
FILES = ("queries.jsonl", "hard.jsonl")


def judged(name: str) -> list[dict]:
    lines = (JUDGMENTS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


@pytest.mark.parametrize("name", FILES)
def test_every_quote_stands_on_the_page_it_names(sample_engine, name):
    store = sample_engine.snapshot.store
    pages = {
        (document.path, page.number): letters(page.text)
        for document in store.documents()
        for page in store.content(document.id).pages
    }
    for query in judged(name):
        for judgment in query["judgments"]:
            page = pages[judgment["document"], judgment["page"]]
            assert letters(judgment["quote"]) in page, (query["id"], judgment)


def test_there_are_thirty_queries_with_an_answer_and_no_id_twice():
    queries = judged("queries.jsonl")
    assert [q["language"] for q in queries].count("it") == 24
    assert [q["language"] for q in queries].count("en") == 6
    assert all(any(j["relevance"] == 2 for j in q["judgments"]) for q in queries)
    ids = [query["id"] for name in FILES for query in judged(name)]
    assert len(ids) == len(set(ids))


def test_the_right_page_comes_first_for_24_queries_and_in_the_first_five_for_29(sample_engine):
    ranks = []
    for query in judged("queries.jsonl"):
        right = {(j["document"], j["page"]) for j in query["judgments"] if j["relevance"] == 2}
        hits = sample_engine.search(Query(query["text"])).hits
        found = [hit.rank for hit in hits if (hit.document.path, hit.page) in right]
        ranks.append(found[0] if found else 99)
    assert sum(rank == 1 for rank in ranks) >= 24, ranks
    assert sum(rank <= 5 for rank in ranks) >= 29, ranks
