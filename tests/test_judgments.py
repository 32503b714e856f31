"""The shipped judgments: true to the corpus, and a floor under the ranking."""

import json
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("typst", reason="the pages of scans are read where they were typeset")

from corpus_files import ALL_FILES, ALL_SOURCES, file_pages

from samples.numbers import figures, known_figures
from search.datatypes import Group, Kind, Query
from search.evaluation import MEASURES, measure, rank
from search.judgments import read_judgments
from search.settings import chosen_settings
from search.topics import judged_topics, passage_names

JUDGMENTS = Path(__file__).parent / "judgments"
QUERIES = read_judgments(JUDGMENTS / "queries.jsonl")
QUERY_OF = {query.id: query for query in QUERIES}
YEARS = [str(year) for year in range(2020, 2026)]


def records(name: str) -> list[dict]:
    lines = (JUDGMENTS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


CASES, THEMES = records("cases.jsonl"), records("themes.jsonl")


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


@cache
def letters_of_pages(document: str) -> list[str]:
    return [letters(page) for page in file_pages(document)]


def test_every_quote_stands_on_the_page_it_names():
    for query in QUERIES:
        for judgment in query.judgments:
            page = letters_of_pages(judgment.document)[judgment.page - 1]
            assert letters(judgment.quote) in page, (query.id, judgment)


def test_what_is_read_at_ingestion_has_every_quote_on_its_page(sample_engine):
    store = sample_engine.snapshot.store
    read = {
        document.path: [letters(page.text) for page in store.content(document.id).pages]
        for document in store.documents()
    }
    for query in QUERIES:
        for judgment in query.judgments:
            if judgment.document in read:
                page = read[judgment.document][judgment.page - 1]
                assert letters(judgment.quote) in page, (query.id, judgment)


def test_there_are_two_hundred_queries_in_two_languages_forty_of_them_without_an_answer():
    languages = Counter(query.language for query in QUERIES)
    assert languages["it"] >= 150
    assert languages["en"] >= 50
    answers = Counter(query.answer for query in QUERIES)
    assert answers["near"] >= 20
    assert answers["far"] >= 20
    kinds = Counter(query.kind for query in QUERIES if query.answer == "present")
    assert min(kinds[kind] for kind in ("lookup", "trend", "case-history", "partner")) >= 30
    assert kinds["cross-group"] >= 20


def test_every_answerable_query_has_a_page_that_answers_and_no_text_stands_twice():
    for query in QUERIES:
        if query.answer == "present":
            assert any(judgment.relevance == 2 for judgment in query.judgments), query.id
    assert len({query.text for query in QUERIES}) == len(QUERIES)


@pytest.mark.parametrize("answer", ["present", "near", "far"])
def test_half_of_the_queries_are_kept_apart_for_testing(answer):
    for language in ("it", "en"):
        splits = Counter(q.split for q in QUERIES if (q.answer, q.language) == (answer, language))
        assert abs(splits["dev"] - splits["test"]) <= 1 + 0.1 * splits.total(), (language, splits)


def test_a_cross_group_query_is_answered_in_two_groups_or_by_what_cuts_across_them():
    for query in QUERIES:
        if query.kind == "cross-group" and query.answer == "present":
            groups = {judgment.document.split("/")[0] for judgment in query.judgments}
            assert len(groups) >= 2, query.id


def ranks_of_right_pages(engine, language: str) -> list[int]:
    """Rank of the first hit on a page that answers a test query; 99 where none of ten is.

    Left out are queries whose answers all stand in files that are not in the index.
    """
    indexed = {document.path for document in engine.snapshot.store.documents()}
    ranks = []
    for query in QUERIES:
        right = {
            (judgment.document, judgment.page)
            for judgment in query.judgments
            if judgment.relevance == 2 and judgment.document in indexed
        }
        if right and (query.language, query.split) == (language, "test"):
            hits = engine.search(Query(query.text)).hits
            found = [hit.rank for hit in hits if (hit.document.path, hit.page) in right]
            ranks.append(found[0] if found else 99)
    return ranks


@pytest.mark.parametrize(
    ("language", "first", "first_five"), [("it", 0.3, 0.63), ("en", 0.16, 0.4)]
)
def test_a_right_page_comes_first_and_in_the_first_five_often_enough(
    sample_engine, language, first, first_five
):
    ranks = ranks_of_right_pages(sample_engine, language)
    assert sum(rank == 1 for rank in ranks) >= first * len(ranks)
    assert sum(rank <= 5 for rank in ranks) >= first_five * len(ranks)


@pytest.fixture(scope="module")
def ranking_of_passages(sample_engine):
    """nDCG@10 of each query that is kept apart for testing, by language and setting."""
    store = sample_engine.snapshot.store
    topics, _ = judged_topics(QUERIES, store, split="test")
    settings = chosen_settings(["bm25", "dense", "engine"])
    found = {}
    for part in topics:
        runs = rank(sample_engine, part.queries, passage_names(store), settings)
        language = QUERY_OF[next(iter(part.queries))].language
        found[language] = {
            name: measure(part.queries, part.qrels, run)[MEASURES.index("nDCG@10")]
            for name, run in runs.items()
        }
    return found


@pytest.mark.parametrize(("language", "floor"), [("it", 0.36), ("en", 0.34)])
def test_the_ranking_of_passages_does_not_fall(ranking_of_passages, language, floor):
    assert ranking_of_passages[language]["engine"].mean() >= floor


@pytest.mark.parametrize("part", ["bm25", "dense"])
def test_the_engine_is_at_least_as_good_as_each_of_its_parts(ranking_of_passages, part):
    both = ranking_of_passages.values()
    engine, alone = (np.concatenate([found[s] for found in both]) for s in ("engine", part))
    assert engine.mean() >= alone.mean()


def test_each_case_history_has_its_true_fields():
    histories = {s.files[0] for s in ALL_SOURCES if s.kind == Kind.CASE_HISTORY}
    assert sorted(case["document"] for case in CASES) == sorted(histories)
    assert Counter(case["group"] for case in CASES) == dict.fromkeys(Group, 12)
    assert {case["style"] for case in CASES} >= {"questions", "box", "prose", "slides"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["document"])
def test_each_field_of_a_case_is_quoted_from_its_page(case):
    pages = letters_of_pages(case["document"])
    single = [case[key] for key in ("organisation", "sector", "challenge", "solution")]
    fields = [*filter(None, single), *case["results"], *case["technologies"], *case["partners"]]
    assert case["organisation"] is not None
    for field in fields:
        assert letters(field["quote"]) in pages[field["page"] - 1], field
    assert str(case["year"]["value"]) in pages[case["year"]["page"] - 1]
    assert case["year"]["value"] == ALL_FILES[case["document"]].year


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["document"])
def test_the_quote_of_an_organisation_or_partner_names_it(case):
    for field in (case["organisation"], *case["partners"]):
        words = re.findall(r"\w+", field["value"])
        names = [field["value"], *(word for word in words if len(word) > 2)]
        assert any(letters(word) in letters(field["quote"]) for word in names), field


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["document"])
def test_the_number_of_a_result_stands_in_its_quote(case):
    for result in case["results"]:
        if result["value"] is not None:
            quoted = result["quote"]
            known = {f.value for f in (*figures(quoted), *known_figures(quoted))}
            assert Decimal(str(result["value"])) in known, result


@pytest.mark.parametrize("group", Group)
def test_each_group_has_its_themes_with_a_course(group):
    themes = [theme for theme in THEMES if theme["group"] == group]
    assert len(themes) >= 8
    courses = {"emergente", "in crescita", "stabile", "in calo", "dati insufficienti"}
    assert {theme["course"] for theme in themes} <= courses
    assert len({theme["course"] for theme in themes}) >= 3


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme['group']}-{theme['theme']}")
def test_a_theme_is_named_in_most_of_the_documents_that_show_it(theme):
    words = [letters(word) for word in (theme["theme"], *theme["variants"])]
    named = 0
    for shown in theme["documents"]:
        text = "".join(letters_of_pages(shown["document"]))
        named += any(word in text for word in words)
        assert ALL_FILES[shown["document"]].year == shown["year"]
    assert named >= 0.75 * len(theme["documents"])


@pytest.mark.parametrize(
    "theme",
    [theme for theme in THEMES if theme["by"] == "documents"],
    ids=lambda theme: f"{theme['group']}-{theme['theme']}",
)
def test_the_course_of_a_theme_follows_from_its_share_of_the_documents(theme):
    def share(years: range) -> float:
        of_group = sum(s.group == theme["group"] and s.year in years for s in ALL_SOURCES)
        return sum(theme["by_year"][str(year)] for year in years) / of_group

    early, late = share(range(2020, 2023)), share(range(2023, 2026))
    if len(theme["documents"]) < 4:
        course = "dati insufficienti"
    elif early == 0:
        course = "emergente"
    elif abs(late - early) < 0.15:
        course = "stabile"
    else:
        course = "in crescita" if late > early else "in calo"
    assert theme["course"] == course, (early, late)


def test_few_courses_rest_on_the_room_inside_the_documents():
    assert Counter(theme["by"] for theme in THEMES)["paragraphs"] <= 4


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme['group']}-{theme['theme']}")
def test_the_years_of_a_theme_count_the_documents_of_its_group(theme):
    own = [shown for shown in theme["documents"] if shown["document"].startswith(theme["group"])]
    counted = Counter(str(shown["year"]) for shown in own)
    assert {year: counted[year] for year in YEARS} == theme["by_year"]
