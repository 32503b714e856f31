"""``python -m search ask``, ``trends``, ``cases`` and ``partners``, as one types them."""

import csv
import io
import json
from pathlib import Path

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
from small_documents import Written, engine_over

from search.__main__ import main
from search.engine import Engine
from search.snapshot import open_snapshot

RESULT = "La Cantina Morello ha recuperato 12 tonnellate di scarti in un anno."


@pytest.fixture(scope="module")
def index(encoder, tmp_path_factory):
    """The corpus of answers, indexed once. None writes to it."""
    folder = tmp_path_factory.mktemp("answers") / "index"
    answer_engine(folder, encoder)
    return folder


@pytest.fixture
def run(index, encoder, monkeypatch, capsys):
    """Runs a command; returns its exit status, what it printed, and what it said of errors."""
    # The model is loaded once for all tests, not for each command.
    monkeypatch.setattr(
        "search.answer_commands.open_engine",
        lambda folder, *_: Engine(open_snapshot(Path(folder)), encoder),
    )

    def running(*arguments, folder=index):
        status = main([*arguments, "--index", str(folder)])
        heard = capsys.readouterr()
        return status, heard.out, heard.err

    return running


@pytest.fixture
def values(run):
    """What a command prints with ``--json``."""

    def asking(*arguments):
        status, said, _ = run(*arguments, "--json")
        assert status == 0
        return json.loads(said)

    return asking


@pytest.fixture
def table(run):
    """The rows of what a command prints as CSV."""

    def asking(*arguments):
        status, said, _ = run(*arguments)
        assert status == 0
        return list(csv.DictReader(io.StringIO(said)))

    return asking


def test_a_lookup_is_answered_in_sentences_with_their_document_and_page(values, run):
    found = values("ask", LOOKUP)
    assert found["reading"]["kinds"] == ["lookup"]
    first = found["answer"]["sentences"][0]
    assert first["sentence"] == RESULT
    assert (first["path"], first["page"], first["year"]) == (MORELLO, 1, 2024)
    assert (found["trends"], found["cases"], found["partners"]) == (None, None, None)
    assert found["hits"][0]["path"] == MORELLO

    _, said, _ = run("ask", LOOKUP)
    assert "Read as a lookup" in said
    assert f'"{RESULT}"\n-- Cantina Morello: tappi che tornano, page 1 ({MORELLO})' in said


@pytest.mark.parametrize(
    ("question", "kind", "part"),
    [(TREND, "trend", "trends"), (CASE, "case-history", "cases"), (PARTNER, "partner", "partners")],
)
def test_a_question_is_answered_by_what_it_asks_for(values, question, kind, part):
    found = values("ask", question)
    assert found["reading"]["kinds"] == [kind]
    assert [name for name in ("answer", "trends", "cases", "partners") if found[name]] == [part]


def test_what_a_question_is_read_as_can_be_said(values):
    found = values("ask", LOOKUP, "--as", "partner", "--as", "case-history")
    assert found["reading"]["kinds"] == ["partner", "case-history"]
    assert found["answer"] is None
    assert found["cases"][0]["case"]["organisation"]["value"] == "Cantina Morello"


def test_a_trend_tells_the_course_of_its_themes_with_what_shows_it(values):
    found = values("trends", TREND)
    (theme,) = (one for one in found["themes"] if one["label"] == RISING)
    assert theme["course"]["call"] == "emergente"
    assert [year["documents"] for year in theme["course"]["years"]] == [0, 0, 0, 3, 3, 4]
    assert theme["by_group"]["tracciabilita"]["before"] == 0.0
    for citation in theme["evidence"]:
        assert citation["year"] >= 2023
        assert RISING in citation["sentence"]
    assert found["years"] == [2020, None]


def test_the_overview_tells_each_group_by_itself(values, run):
    (group,) = (one for one in values("trends")["by_group"] if one["group"] == "tracciabilita")
    assert RISING in [one["label"] for one in group["rising"]]
    assert FALLING in [one["label"] for one in group["falling"]]
    assert group["documents"] == 18

    status, said, _ = run("trends", "--group", "tracciabilita")
    assert status == 0
    assert "Years compared: 2020-2022 with 2023-2025" in said
    assert f"{FALLING}: in calo (50 % -> 0 % of documents; 9 documents" in said


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("timeline", {"theme", "label", "group", "year", "share", "documents", "of_documents"}),
        ("heat-map", {"theme", "group", "share", "call", "confidence", "effect"}),
        ("map", {"theme", "cluster", "x", "y", "documents", "call"}),
    ],
)
def test_a_trend_is_a_table_for_a_picture(table, name, columns):
    rows = table("trends", "--csv", name)
    assert columns <= set(rows[0])
    assert {RISING, FALLING} <= {row["label"] for row in rows}


def test_a_table_of_shares_has_those_of_each_year(table):
    """Each note has one passage, which counts half."""
    rows = table("trends", TREND, "--csv", "timeline")
    shares = {
        row["year"]: float(row["share"])
        for row in rows
        if row["label"] == RISING and row["group"] == "tracciabilita"
    }
    assert shares == {"2020": 0, "2021": 0, "2022": 0, "2023": 0.5, "2024": 0.5, "2025": 0.5}


def test_a_case_tells_each_field_with_its_sentence(values):
    (first, *_) = values("cases", CASE)["cases"]
    case = first["case"]
    assert (first["rank"], case["path"]) == (1, MORELLO)
    assert case["sector"]["value"] == "vino"
    assert case["year"]["value"] == 2024
    assert [one["value"] for one in case["partners"]] == ["Università di Pisa"]
    (result,) = case["results"]
    assert (result["value"], result["unit"]) == (12.0, "t")
    assert result["evidence"]["sentence"] == RESULT
    assert result["evidence"]["page"] == 1


def test_without_a_question_all_cases_are_listed_the_newest_first(values, run):
    listed = values("cases")["cases"]
    assert [card["case"]["path"] for card in listed] == [MORELLO, BELLANDI]
    assert [card["case"]["path"] for card in values("cases", "-k", "1")["cases"]] == [MORELLO]
    assert "1. Cantina Morello (vino, 2024" in run("cases")[1]


@pytest.mark.parametrize(
    ("filters", "paths"),
    [
        (["--sector", "tessile"], [BELLANDI]),
        (["--technology", "blockchain"], [MORELLO]),
        (["--year", "2024-"], [MORELLO]),
        (["--group", "tracciabilita"], []),
        (["--kind", "quaderno"], []),
        (["--measured"], [MORELLO, BELLANDI]),
    ],
)
def test_cases_are_filtered(values, filters, paths):
    assert [card["case"]["path"] for card in values("cases", *filters)["cases"]] == paths
    asked = values("cases", "pannelli isolanti", *filters)["cases"]
    assert {card["case"]["path"] for card in asked} == set(paths)


def test_cases_like_one_are_the_others(values):
    of = values("cases")["cases"][0]["case"]["id"]
    like = values("cases", "--similar-to", of)["cases"]
    assert [card["case"]["path"] for card in like] == [BELLANDI]


def test_results_in_the_same_unit_stand_side_by_side(values, table, run):
    (compared,) = values("cases", "--compare")["compared"]
    assert (compared["kind"], compared["unit"]) == ("scarti", "t")
    assert [row["value"] for row in compared["rows"]] == [30.0, 12.0]

    rows = table("cases", "--compare", "--csv")
    assert [(row["organisation"], row["value"], row["year"]) for row in rows] == [
        ("Tessitura Bellandi", "30.0", "2022"),
        ("Cantina Morello", "12.0", "2024"),
    ]
    assert '30 t: Tessitura Bellandi (2022)\n    "La Tessitura' in run("cases", "--compare")[1]


def test_partners_are_told_with_role_and_proof(values, run):
    found = values("partners", PARTNER)["involved"]
    (studies,) = (one for one in found if one["organisation"]["kind"] == "universita")
    assert studies["organisation"]["name"] == "Università di Pisa"
    assert studies["role"] == "studies-it"
    assert "Università di Pisa" in studies["citations"][0]["sentence"]
    assert "Università di Pisa (universita): studies it, since" in run("partners", PARTNER)[1]


def test_partners_on_a_theme_are_those_its_passages_name(values):
    found = values("partners", "--theme", RISING)
    assert found["subject"] == RISING
    assert {one["organisation"]["name"] for one in found["involved"]} == {
        "Consorzio Tracciafilo", "Filati Orsini", "Tessitura Bellandi",
    }  # fmt: skip


def test_who_is_named_most_comes_first(values, table):
    named = values("partners")["named"]
    assert {one["organisation"]["name"] for one in named[:2]} == {
        "Cantina Morello", "Consorzio Tracciafilo",
    }  # fmt: skip
    assert named[0]["organisation"]["name"] in named[0]["citation"]["sentence"]
    counts = [int(row["documents"]) for row in table("partners", "--csv")]
    assert counts == sorted(counts, reverse=True)


def test_a_network_joins_those_who_are_named_together(values, table):
    found = values("partners", "--network")
    told = {(edge["first"], edge["second"]): edge["cases"] for edge in found["edges"]}
    assert told["cantina-morello", "universita-di-pisa"] == 1
    assert {one["path"] for one in found["documents"]} >= {MORELLO, BELLANDI}
    assert {"first", "second", "weight"} <= set(table("partners", "--network", "--csv")[0])


def test_potential_partners_share_a_theme_and_no_document(values):
    pairs = values("partners", "--potential", "--theme", RISING)["pairs"]
    assert pairs
    for pair in pairs:
        names = {pair["first"]["name"], pair["second"]["name"]}
        assert "Tessitura Bellandi" in names
        assert {pair["first_group"], pair["second_group"]} == {
            "economia-circolare", "tracciabilita",
        }  # fmt: skip
        assert pair["themes"] == [RISING]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "?!"], "no letter and no digit"),
        (["trends", "?!"], "no letter and no digit"),
        (["trends", "--group", "finanza"], "no group is called 'finanza'"),
        (["cases", "--similar-to", "nessuno"], "no case history has the id 'nessuno'"),
        (["cases", "tappi", "--similar-to", "x"], "both a question and --similar-to"),
        (["cases", "-k", "0"], "k is 0"),
        (["partners", "--theme", "xyzzy"], "no theme of the corpus is called 'xyzzy'"),
        (["partners", "tappi", "--theme", RISING], "both a question and a theme"),
        (["partners", "--theme", RISING, "--theme", FALLING], "2 themes: ask for one"),
        (["partners", "--potential", "--group", "tracciabilita"], "one group only"),
    ],
)
def test_wrong_input_ends_with_what_to_do(run, arguments, said):
    status, printed, error = run(*arguments)
    assert status == 2
    assert printed == ""
    assert error.startswith("error: ")
    assert said in error


@pytest.mark.parametrize(
    "arguments",
    [["ask", "tappi", "--as", "poem"], ["trends", "--csv", "pie"], ["cases", "--json", "--csv"]],
)
def test_an_unknown_choice_is_refused(run, arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_years_without_documents_are_said(run):
    assert run("trends", "--year", "1999")[:2] == (
        0,
        "Too few documents with a year pass these filters to tell what changes.\n",
    )
    assert run("cases", "--year", "1999")[1] == "No case history passes these filters.\n"
    assert "No organisation is named" in run("partners", "--year", "1999")[1]


def test_what_a_document_says_moves_no_cursor_and_is_no_formula(run, encoder, tmp_path):
    box = (
        "Organizzazione: Cantina Morello\nSettore: =cmd()\nAnno: 2024\nPartner: Università di Pisa"
    )
    bad = Written(
        "cattivo.md",
        (("Scheda", box), ("La sfida", "La Cantina Morello \x1b[2J buttava ogni anno i tappi.")),
        title="=HYPERLINK(1)\x1b[31m",
        kind="case-history",
        year=2024,
    )
    folder = tmp_path / "index"
    engine_over(folder, [bad], encoder)

    status, said, _ = run("cases", "tappi", folder=folder)
    assert (status, "\x1b" in said) == (0, False)
    (row,) = csv.DictReader(io.StringIO(run("cases", "--csv", folder=folder)[1]))
    assert row["title"].startswith("'=HYPERLINK(1)")
    assert not any(cell.startswith("=") for cell in row.values())
