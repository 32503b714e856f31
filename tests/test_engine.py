"""`Engine`: the right sentence on the right page, whatever is asked and however it is filtered."""

from pathlib import Path

import pypdfium2
import pytest
from corpus_files import ALL_FILES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.datatypes import MAX_QUERY_CHARACTERS, Group, Kind, Query
from search.errors import QueryError

CORPUS = Path(__file__).parent.parent / "corpus"


def letters(text: str) -> str:
    """What stays the same whatever a line break, a hyphen or an apostrophe looks like."""
    return "".join(c for c in text.lower() if c.isalnum())


def test_from_a_pdf_to_a_hit_on_the_right_page(sample_engine):
    hit = sample_engine.search(Query("chi ricava un filato dalle reti da pesca?")).hits[0]

    assert hit.document.title.startswith("Aquafil")
    assert hit.document.group == Group.ECONOMIA_CIRCOLARE
    assert hit.document.kind == Kind.CASE_HISTORY
    pdf = pypdfium2.PdfDocument(CORPUS / hit.document.path)
    on_page = letters(pdf[hit.page - 1].get_textpage().get_text_range())
    sentence = letters(hit.sentence.of(hit.passage.text))
    assert "reti" in sentence
    assert sentence in on_page


def test_every_passage_stands_on_the_pages_it_names(sample_engine):
    texts = {}
    documents = sample_engine.snapshot.store.documents()
    scans = {name for name, source in ALL_FILES.items() if source.format == "scan"}
    pdfs = [d for d in documents if d.path.endswith(".pdf") and d.path not in scans]
    for document in pdfs:
        with pypdfium2.PdfDocument(CORPUS / document.path) as pdf:
            texts[document.id] = [letters(p.get_textpage().get_text_range()) for p in pdf]
    checked = 0
    for passage, document in sample_engine.snapshot.store.passages():
        if document.id not in texts:
            continue
        pages = "".join(texts[document.id][passage.first_page - 1 : passage.last_page])
        for sentence in passage.sentences:
            if passage.first_page == passage.last_page and "|" not in passage.text:
                assert letters(sentence.of(passage.text)) in pages
                checked += 1
    assert checked > 2000


def test_ranks_scores_and_pages_are_in_order(sample_engine):
    hits = sample_engine.search(Query("passaporto digitale dei prodotti", k=20)).hits
    assert [hit.rank for hit in hits] == list(range(1, 21))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert all(hit.passage.first_page <= hit.page <= hit.passage.last_page for hit in hits)
    assert len({hit.passage.id for hit in hits}) == 20


def test_asking_for_more_hits_never_changes_the_first_ones(sample_engine):
    few = sample_engine.search(Query("startup e imprese", k=3)).hits
    all_of_them = sample_engine.search(Query("startup e imprese", k=10_000)).hits
    assert all_of_them[:3] == few
    folded = sum(len(hit.others) for hit in all_of_them)
    assert len(all_of_them) + folded == sample_engine.snapshot.manifest.counts.passages


@pytest.mark.parametrize(
    "filters",
    [
        {"groups": frozenset({"tracciabilita"})},
        {"groups": frozenset({"open-innovation", "economia-circolare"})},
        {"kinds": frozenset({"case-history"})},
        {"first_year": 2024},
        {"last_year": 2022},
        {"first_year": 2023, "last_year": 2023},
        {"groups": frozenset({"tracciabilita"}), "kinds": frozenset({"case-history"})},
    ],
)
def test_a_filter_keeps_all_that_pass_and_nothing_else(sample_engine, filters):
    def passes(document):
        if document.year is None and {"first_year", "last_year"} & filters.keys():
            return False
        year = document.year or 0
        return (
            document.group in filters.get("groups", [document.group])
            and document.kind in filters.get("kinds", [document.kind])
            and filters.get("first_year", 0) <= year <= filters.get("last_year", 9999)
        )

    expected = {p.id for p, d in sample_engine.snapshot.store.passages() if passes(d)}
    hits = sample_engine.search(Query("nylon rigenerato", k=10_000, **filters)).hits
    folded = {other.passage_id for hit in hits for other in hit.others}
    assert {hit.passage.id for hit in hits} | folded == expected
    few = sample_engine.search(Query("nylon rigenerato", k=10, **filters)).hits
    assert len(few) == min(10, len(expected))


def test_filters_that_leave_nothing_give_no_hits(sample_engine):
    assert sample_engine.search(Query("nylon", first_year=1999, last_year=1999)).hits == ()


def test_many_queries_at_once_answer_as_one_by_one(sample_engine):
    queries = [Query(text, k=5) for text in ("blockchain", "noleggio di abiti", "who recycles?")]
    together = sample_engine.search_many(queries)
    assert [[h.passage.id for h in r.hits] for r in together] == [
        [h.passage.id for h in sample_engine.search(query).hits] for query in queries
    ]
    assert list(sample_engine.search_many([])) == []


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "è",
        "7",
        "parola " * 714,
        "<script>alert('filiera')</script>",
        "<b>economia</b> &amp; circolare",
        'il "passaporto digitale"',
        "filiera\x00\x07\x1b[31m rossa",
        "what is a digital product passport?",
        "循環経済とは",
        "🧵 filiera 🧵",
        "'; DROP TABLE passage; --",
        "\u202eerailif",
        "il lo la i gli le",
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_an_odd_query_gets_hits(sample_engine, text):
    assert len(sample_engine.search(Query(text)).hits) == 10


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "?!...", "🧵🪡", "\x00\x01", "<>", "\u200b"])
def test_a_query_without_a_word_is_an_error_that_says_so(text):
    with pytest.raises(QueryError, match="no letter and no digit"):
        Query(text)


def test_a_query_that_is_too_long_is_an_error_that_says_how_long():
    with pytest.raises(QueryError, match=f"10001 characters, at most {MAX_QUERY_CHARACTERS}"):
        Query("a" * 10_001)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"k": 0}, "k is 0"),
        ({"groups": frozenset({"moda"})}, "no group is called 'moda': the groups are open-inn"),
        ({"kinds": frozenset({"tesi"})}, "no kind is called 'tesi'"),
        ({"first_year": 2024, "last_year": 2020}, "2024-2020 are the wrong way round"),
    ],
)
def test_a_wrong_argument_is_named(wrong, message):
    with pytest.raises(QueryError, match=message):
        Query("filiera", **wrong)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=300))
def test_any_text_is_answered_or_refused_with_a_reason(sample_engine, text):
    try:
        query = Query(text, k=3)
    except QueryError as error:
        assert "query" in str(error)
        return
    assert len(sample_engine.search(query).hits) == 3
