"""The tools for an assistant, asked by the protocol's own client over stdio."""

import sys
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import pytest
from conftest import SMALL, NoProgress, write_corpus
from jsonschema import validate
from mcp import Client, StdioServerParameters, stdio_client

from ingest.pipeline import ingest
from search.live_index import LiveIndex
from search.mcp_server import make_server

ROOT = Path(__file__).parent.parent
NOLEGGIO = "nuovi-modelli-di-business/2024-quaderno-noleggio.md"


LONG = "\n\n".join(f"# Parte {n}\n\nIl capitolo {n} racconta la seta." for n in (1, 2, 3))


@asynccontextmanager
async def assistant(index, log):
    """An assistant that has started our command, whose standard error goes to ``log``."""
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "search", "mcp", "--index", str(index)], cwd=ROOT
    )
    with log.open("w", encoding="utf-8") as errors:
        async with Client(stdio_client(command, errlog=errors)) as client:
            yield client


@pytest.fixture(scope="module")
def index(encoder, tmp_path_factory):
    """The small corpus and a document of three passages, indexed. None writes to it."""
    folder = tmp_path_factory.mktemp("mcp")
    corpus = write_corpus(folder / "corpus", {**SMALL, "lungo.md": LONG})
    ingest(corpus, folder / "index", encoder, NoProgress())
    return folder / "index"


@pytest.fixture(scope="module")
def talk(index, tmp_path_factory):
    """What an assistant hears in one conversation: the tools, and the answers by name."""
    calls = {
        "search": ("search", {"query": "noleggio della lavatrice", "k": 2}),
        "filtered": ("search", {"query": "impresa", "groups": ["tracciabilita"]}),
        "none": ("search", {"query": "impresa", "first_year": 2030}),
        "seta": ("search", {"query": "il capitolo 2 racconta la seta", "k": 1}),
        "documents": ("list_documents", {"first_year": 2023, "limit": 2, "offset": 1}),
        "phrase": ("search", {"query": "filiera", "phrases": ["codice sul capo"]}),
        "words": ("search", {"query": "impresa", "required": ["sfida"], "excluded": ["seta"]}),
        "each": ("search", {"query": "la seta", "k": 3, "per_document": 1}),
        "misspelt": ("search", {"query": "impresa", "group": ["tracciabilita"]}),
        "misspelt list": ("list_documents", {"year": 2024}),
        "no words": ("search", {"query": "?!"}),
        "no group": ("search", {"query": "impresa", "groups": ["finanza"]}),
        "too many": ("search", {"query": "impresa", "k": 1000}),
        "no passage": ("open_passage", {"passage_id": "../../etc/passwd\n\x1b[31m"}),
        "no limit": ("list_documents", {"limit": 0}),
    }

    async def converse():
        heard = {}
        log = tmp_path_factory.mktemp("mcp") / "log"
        async with assistant(index, log) as client:
            heard["instructions"] = client.instructions
            heard["tools"] = {tool.name: tool for tool in (await client.list_tools()).tools}
            for name, (tool, arguments) in calls.items():
                heard[name] = await client.call_tool(tool, arguments)
            for name in ("search", "seta"):
                found = heard[name].structured_content["hits"][0]["passage_id"]
                opened = await client.call_tool("open_passage", {"passage_id": found})
                heard[f"{name}: opened"] = opened
        heard["log"] = log.read_text(encoding="utf-8")
        return heard

    return anyio.run(converse)


def text_of(result):
    (block,) = result.content
    return block.text


def test_the_tools_tell_an_assistant_to_cite_title_and_page(talk):
    answers = {"ask", "trends", "cases", "partners"}
    assert set(talk["tools"]) == {"search", "open_passage", "list_documents", *answers}
    assert "title and page" in talk["instructions"]
    for name in ("search", "open_passage"):
        assert "ite title and page" in talk["tools"][name].description
    for tool in talk["tools"].values():
        assert tool.annotations.read_only_hint
        assert "\n  " not in tool.description


@pytest.mark.parametrize(
    ("name", "tool"),
    [
        ("search", "search"),
        ("none", "search"),
        ("search: opened", "open_passage"),
        ("seta: opened", "open_passage"),
        ("documents", "list_documents"),
    ],
)
def test_the_values_of_an_answer_are_as_the_tool_describes_them(talk, name, tool):
    assert not talk[name].is_error
    validate(talk[name].structured_content, talk["tools"][tool].output_schema)


def test_a_hit_has_all_that_is_needed_to_cite_it(talk):
    hits = talk["search"].structured_content["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2]
    assert {name: hits[0][name] for name in ("title", "page", "path", "kind", "year")} == {
        "title": "Il noleggio",
        "page": 1,
        "path": NOLEGGIO,
        "kind": "quaderno",
        "year": 2024,
    }
    assert hits[0]["sentence"] == "La lavatrice si paga a canone mensile, non si compra."
    assert hits[0]["sentence"] in hits[0]["passage"]


def test_a_hit_can_be_read_as_text_too(talk):
    hit = talk["search"].structured_content["hits"][0]
    text = text_of(talk["search"])
    assert text.startswith("1. Il noleggio, p. 1 (nuovi-modelli-di-business, quaderno, 2024)\n")
    assert f"passage_id {hit['passage_id']}\n" in text
    assert f"best sentence: {hit['sentence']}\n" in text


def test_filters_reach_the_search(talk):
    hits = talk["filtered"].structured_content["hits"]
    assert {hit["group"] for hit in hits} == {"tracciabilita"}
    assert talk["none"].structured_content["hits"] == []
    assert text_of(talk["none"]) == "No passage passes these filters."


def test_phrases_and_words_reach_the_search(talk):
    def paths(name):
        return [hit["path"] for hit in talk[name].structured_content["hits"]]

    assert paths("phrase") == ["tracciabilita/2025-relazione-introduttiva.md"]
    assert paths("words") == ["open-innovation/2022-workshop-startup.md"]
    assert paths("each").count("lungo.md") == 1


def test_no_tool_takes_an_argument_that_it_does_not_have(talk):
    for tool in talk["tools"].values():
        assert tool.input_schema["additionalProperties"] is False


def test_an_opened_passage_is_whole(talk):
    opened = talk["search: opened"].structured_content
    assert opened["text"] == talk["search"].structured_content["hits"][0]["passage"]
    assert (opened["first_page"], opened["last_page"]) == (1, 1)
    assert (opened["previous"], opened["next"]) == (None, None)
    assert text_of(talk["search: opened"]).startswith(f"Il noleggio, p. 1\nfile: {NOLEGGIO}\n")
    assert opened["text"] in text_of(talk["search: opened"])


def test_documents_are_listed_by_path(talk):
    listed = talk["documents"].structured_content
    later = sorted(path for path in SMALL if not path.startswith("open-innovation"))
    assert listed["total"] == 3
    assert [document["path"] for document in listed["documents"]] == later[1:3]
    assert text_of(talk["documents"]).startswith("3 documents\n- Il noleggio (")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no words", "the query has no letter and no digit: type at least one word"),
        ("misspelt", "group\n  Extra inputs are not permitted"),
        ("misspelt list", "year\n  Extra inputs are not permitted"),
        ("no group", "no group is called 'finanza': the groups are open-innovation,"),
        ("too many", "k is 1000: ask for 1 to 50"),
        ("no passage", "no passage has the id '../../etc/passwd [31m': take one from `search`"),
        ("no limit", "limit is 0: ask for 1 to 200"),
    ],
)
def test_what_cannot_be_done_is_an_error_of_the_tool_that_says_what_to_do(talk, name, said):
    assert talk[name].is_error
    assert said in text_of(talk[name])
    assert "Traceback" not in talk["log"]


def test_a_passage_is_opened_under_its_headings_with_its_neighbours(talk):
    opened = talk["seta: opened"].structured_content
    text = text_of(talk["seta: opened"])
    assert opened["headings"] == ["Parte 2"]
    assert opened["previous"]["text"].endswith("Il capitolo 1 racconta la seta.")
    assert opened["next"]["text"].endswith("Il capitolo 3 racconta la seta.")
    assert "under: Parte 2\n" in text
    assert f"[next passage, {opened['next']['passage_id']}]\n{opened['next']['text']}" in text


def test_without_an_index_a_tool_says_how_to_make_one(tmp_path):
    async def ask():
        async with Client(make_server(LiveIndex(tmp_path / "none"))) as client:
            return await client.call_tool("search", {"query": "filiera"})

    answer = anyio.run(ask)
    assert answer.is_error
    assert "make one with `python -m ingest run corpus/" in text_of(answer)
