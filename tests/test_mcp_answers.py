"""The tools for an assistant that answer, asked by the protocol's own client."""

import anyio
import pytest
from answer_corpus import (
    BELLANDI,
    CASE,
    FALLING,
    LOOKUP,
    MORELLO,
    PARTNER,
    RISING,
    TREND,
    answer_engine,
)
from jsonschema import validate
from mcp import Client

from search.live_index import LiveIndex
from search.mcp_server import make_server

RESULT = "La Cantina Morello ha recuperato 12 tonnellate di scarti in un anno."
CALLS = {
    "lookup": ("ask", {"question": LOOKUP}),
    "mixed": ("ask", {"question": LOOKUP, "read_as": ["trend", "case-history", "partner"]}),
    "trend": ("trends", {"question": TREND}),
    "overview": ("trends", {"groups": ["tracciabilita"]}),
    "case": ("cases", {"question": CASE, "k": 1}),
    "all cases": ("cases", {}),
    "measured wine": ("cases", {"sector": "vino", "measured": True}),
    "partner": ("partners", {"question": PARTNER}),
    "theme": ("partners", {"theme": RISING}),
    "everyone": ("partners", {}),
    "no words": ("ask", {"question": "?!"}),
    "no kind": ("ask", {"question": "seta", "read_as": ["poem"]}),
    "misspelt": ("trends", {"query": TREND}),
    "no group": ("trends", {"groups": ["finanza"]}),
    "too many": ("cases", {"k": 1000}),
    "no case": ("cases", {"similar_to": "none"}),
    "both": ("partners", {"question": PARTNER, "theme": RISING}),
    "no theme": ("partners", {"theme": "xyzzy"}),
}
ANSWERED = [name for name in CALLS if not name.startswith(("no ", "too", "both", "misspelt"))]


@pytest.fixture(scope="module")
def talk(encoder, tmp_path_factory):
    """What an assistant hears in one conversation: the tools, and the answers by name."""
    index = tmp_path_factory.mktemp("answers") / "index"
    answer_engine(index, encoder)

    async def converse():
        heard = {}
        async with Client(make_server(LiveIndex(index))) as client:
            heard["tools"] = {tool.name: tool for tool in (await client.list_tools()).tools}
            for name, (tool, arguments) in CALLS.items():
                heard[name] = await client.call_tool(tool, arguments)
            case_id = heard["case"].structured_content["cases"][0]["case_id"]
            heard["similar"] = await client.call_tool("cases", {"similar_to": case_id})
            cited = heard["lookup"].structured_content["sentences"][0]
            heard["opened"] = await client.call_tool(
                "open_passage", {"passage_id": cited["passage_id"]}
            )
        return heard

    return anyio.run(converse)


def values(talk, name):
    assert not talk[name].is_error, talk[name].content
    return talk[name].structured_content


def text(talk, name):
    (block,) = talk[name].content
    return block.text


@pytest.mark.parametrize("name", ANSWERED)
def test_the_values_of_an_answer_are_as_the_tool_describes_them(talk, name):
    validate(values(talk, name), talk["tools"][CALLS[name][0]].output_schema)


def test_each_tool_tells_an_assistant_to_cite(talk):
    for name in ("ask", "trends", "cases", "partners"):
        tool = talk["tools"][name]
        assert "ite" in tool.description and "title and page" in tool.description
        assert tool.input_schema["additionalProperties"] is False
        assert tool.annotations.read_only_hint


def test_a_sentence_of_an_answer_can_be_cited_and_opened(talk):
    found = values(talk, "lookup")
    assert (found["read_as"], found["sure"]) == (["lookup"], True)
    first = found["sentences"][0]
    assert (first["sentence"], first["page"], first["path"]) == (RESULT, 1, MORELLO)
    assert RESULT in values(talk, "opened")["text"]
    place = f"Cantina Morello: tappi che tornano, p. 1, passage_id {first['passage_id']}"
    assert f'"{RESULT}"' in text(talk, "lookup")
    assert place in " ".join(text(talk, "lookup").split())


def test_a_question_can_be_read_as_several(talk):
    found = values(talk, "mixed")
    assert found["read_as"] == ["trend", "case-history", "partner"]
    assert found["sentences"] == []
    assert all(found[part] for part in ("trends", "cases", "partners"))


def test_a_trend_has_sentences_for_each_theme(talk):
    (theme,) = (one for one in values(talk, "trend")["themes"] if one["theme"] == RISING)
    assert theme["course"]["call"] == "emergente"
    assert theme["by_group"]["tracciabilita"] == "emergente"
    assert all(RISING in cited["sentence"] for cited in theme["evidence"])
    assert theme["evidence"][0]["passage_id"] in text(talk, "trend")


def test_the_overview_tells_what_falls_in_a_group(talk):
    (group,) = values(talk, "overview")["groups"]
    assert FALLING in [one["theme"] for one in group["falling"]]


def test_a_case_tells_its_fields_with_sentence_and_page(talk):
    found = values(talk, "case")
    (case,) = found["cases"]
    assert (found["total"], case["path"]) == (2, MORELLO)
    (result,) = case["results"]
    assert (result["number"], result["unit"], result["sentence"]) == (12.0, "t", RESULT)
    assert case["place"] is None
    assert f"p. 1, passage_id {result['passage_id']}" in text(talk, "case")


def test_cases_are_listed_filtered_and_likened(talk):
    assert [case["path"] for case in values(talk, "all cases")["cases"]] == [MORELLO, BELLANDI]
    assert [case["path"] for case in values(talk, "measured wine")["cases"]] == [MORELLO]
    assert [case["path"] for case in values(talk, "similar")["cases"]] == [BELLANDI]


def test_partners_are_told_with_what_shows_them(talk):
    found = values(talk, "partner")
    first = found["organisations"][0]
    assert first["organisation"] == "Cantina Morello"
    assert "Cantina Morello" in first["evidence"][0]["sentence"]
    assert found["potential"] == []
    pairs = {(one["first"], one["second"]) for one in found["together"]}
    assert ("Cantina Morello", "Università di Pisa") in pairs


def test_a_theme_has_its_partners_and_those_who_could_be(talk):
    found = values(talk, "theme")
    assert found["subject"] == RISING
    assert all(pair["themes"] == [RISING] for pair in found["potential"])
    assert found["potential"][0]["evidence"][0]["passage_id"] in text(talk, "theme")


def test_without_a_question_those_named_most_are_told(talk):
    found = values(talk, "everyone")
    assert found["subject"] is None
    counts = [one["documents"] for one in found["organisations"]]
    assert counts == sorted(counts, reverse=True)
    assert {one["role"] for one in found["organisations"]} == {None}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no words", "no letter and no digit: type at least one word"),
        ("no kind", "read_as is 'poem': use lookup, trend"),
        ("misspelt", "query\n  Extra inputs are not permitted"),
        ("no group", "no group is called 'finanza'"),
        ("too many", "k is 1000: ask for 1 to 20"),
        ("no case", "no case history has the id 'none'"),
        ("both", "both a question and a theme"),
        ("no theme", "no theme of the corpus is called 'xyzzy'"),
    ],
)
def test_what_cannot_be_done_is_an_error_of_the_tool_that_says_what_to_do(talk, name, said):
    assert talk[name].is_error
    assert said in text(talk, name)
