"""Did you mean, at the doors: offered beside the hits, searched at once where no word is known."""

import json

import pytest

from search.__main__ import main
from search.datatypes import Query
from search.engine import Engine
from search.mcp_answers import found
from search.snapshot import open_snapshot
from search.syntax import Asked, read_query

OFFERED = "pasaporto digitale del capo"
UNKNOWN = "pasaporto digittale"


@pytest.fixture(scope="module")
def engine(small_index_once, encoder) -> Engine:
    """The small corpus, which speaks of a "passaporto digitale" and of "nylon"."""
    return Engine(open_snapshot(small_index_once), encoder)


def test_a_correction_is_offered_and_what_was_typed_is_searched(engine):
    results = engine.answer(read_query(OFFERED))
    assert results.suggestion.text == "passaporto digitale del capo"
    assert not results.suggestion.applied
    assert results.query == Query(OFFERED)
    assert results.hits == engine.search(Query(OFFERED)).hits


def test_where_no_word_is_known_the_correction_is_searched_and_says_what_was_typed(engine):
    results = engine.answer(read_query(UNKNOWN, k=2))
    assert results.suggestion.applied
    assert results.suggestion.typed == UNKNOWN
    assert results.query == Query("passaporto digitale", k=2)
    assert results.hits == engine.search(Query("passaporto digitale", k=2)).hits


def test_a_text_can_be_searched_as_it_was_typed(engine):
    results = engine.answer(read_query(UNKNOWN).as_typed())
    assert results.suggestion is None
    assert results.query == Query(UNKNOWN)


def test_operators_filters_and_arguments_survive_the_correction(engine):
    typed = '+pasaporto "digittale" -nylo gruppo:tracciabilita'
    results = engine.answer(read_query(typed, k=3, phrases=["sul capo"], first_year=2020))
    assert results.suggestion.applied
    assert results.suggestion.text == '+passaporto "digitale" -nylon gruppo:tracciabilita'
    assert results.query == Query(
        "passaporto digitale",
        k=3,
        groups=frozenset({"tracciabilita"}),
        first_year=2020,
        phrases=("sul capo", "digitale"),
        required=("passaporto",),
        excluded=("nylon",),
    )
    assert [hit.document.title for hit in results.hits] == ["Il passaporto digitale"]


def test_a_query_that_was_not_typed_is_left_alone(engine):
    assert engine.search(Query(UNKNOWN)).suggestion is None
    assert engine.answer(Asked(Query(UNKNOWN))).suggestion is None


def test_many_typed_texts_are_answered_as_one_by_one(engine):
    asked = [read_query(text, k=2) for text in (UNKNOWN, OFFERED, "noleggio", UNKNOWN)]
    for many, one in zip(engine.answer_many(asked), map(engine.answer, asked), strict=True):
        assert (many.query, many.suggestion) == (one.query, one.suggestion)
        assert [h.passage.id for h in many.hits] == [h.passage.id for h in one.hits]


def test_the_facets_are_those_of_the_query_that_is_searched(engine):
    results, counts = engine.explore(read_query(f"+{UNKNOWN}"))
    assert results == engine.answer(read_query(f"+{UNKNOWN}"))
    assert dict(counts.groups) == {"tracciabilita": 1}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (OFFERED, "Did you mean: passaporto digitale del capo\n\n1. Il passaporto digitale\n"),
        (
            UNKNOWN,
            "No word of 'pasaporto digittale' is known: searched for 'passaporto digitale'\n\n1. ",
        ),
        ("passaporto digitale", "1. Il passaporto digitale\n"),
    ],
)
def test_the_command_line_says_it_in_a_line_above_the_hits(small_index_once, capsys, text, line):
    assert main(["query", text, "--index", str(small_index_once)]) == 0
    assert capsys.readouterr().out.startswith(line)


def test_json_has_the_correction_and_plain_text_none(small_index_once, capsys):
    arguments = ["query", UNKNOWN, "--json", "--index", str(small_index_once)]
    assert main(arguments) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["query"] == "passaporto digitale"
    assert record["suggestion"] == {
        "text": "passaporto digitale",
        "typed": UNKNOWN,
        "applied": True,
        "changes": [
            {"written": "pasaporto", "instead": "passaporto"},
            {"written": "digittale", "instead": "digitale"},
        ],
    }
    assert main([*arguments, "--plain"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["query"], record["suggestion"]) == (UNKNOWN, None)


def test_an_assistant_reads_it_above_the_hits_and_among_the_values(engine):
    text, values = found(engine.answer(read_query(UNKNOWN)))
    assert text.startswith("No word of 'pasaporto digittale' is known: searched for 'passaporto")
    assert values["suggestion"] == {"text": "passaporto digitale", "applied": True}
    text, values = found(engine.answer(read_query('"passaporto')))
    problem = 'Searched as plain text: the quote at "passaporto never closes'
    assert text.startswith(f"{problem}\n\n1. ")
    assert values["problem"] == problem
    assert values["suggestion"] is None
