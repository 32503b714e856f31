"""The query language, as members type it: what it means, and what is only text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.datatypes import MAX_CONDITIONS, Problem, Query
from search.errors import QueryError
from search.syntax import Asked, Parsed, parse, read_query, split_fields


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("passaporto digitale", Parsed("passaporto digitale")),
        (
            '"passaporto digitale" -alimentare',
            Parsed(
                "passaporto digitale",
                phrases=("passaporto digitale",),
                excluded=("alimentare",),
            ),
        ),
        (
            "tessile +lana -«fibre vergini»",
            Parsed("tessile lana", required=("lana",), excluded=("fibre vergini",)),
        ),
        (
            "gruppo:tracciabilita anno:2022-2024 filiera",
            Parsed(
                "filiera",
                groups=frozenset({"tracciabilita"}),
                first_year=2022,
                last_year=2024,
            ),
        ),
        (
            'tipo:case-history gruppo:"Economia circolare" scarti',
            Parsed(
                "scarti",
                groups=frozenset({"economia-circolare"}),
                kinds=frozenset({"case-history"}),
            ),
        ),
        ("filati anno:2024", Parsed("filati", first_year=2024, last_year=2024)),
        ("filati anno:2024-", Parsed("filati", first_year=2024)),
        ("filati anno:-2024", Parsed("filati", last_year=2024)),
        ("filati anno: 2024", Parsed("filati", first_year=2024, last_year=2024)),
        ("anno: 2022-2024 filati", Parsed("filati", first_year=2022, last_year=2024)),
        (
            "gruppo:tracciabilita,open-innovation filati",
            Parsed("filati", groups=frozenset({"tracciabilita", "open-innovation"})),
        ),
        (
            'gruppo:"Tracciabilità, blockchain e anticontraffazione" filati',
            Parsed("filati", groups=frozenset({"tracciabilita"})),
        ),
        ("filati lingua:en", Parsed("filati", languages=frozenset({"en"}))),
        ("filati lingua:Italiano,en", Parsed("filati", languages=frozenset({"it", "en"}))),
        (
            'filati organizzazione:"Orange Fiber"',
            Parsed("filati", organisations=frozenset({"Orange Fiber"})),
        ),
        (
            "filati organisation:Aquafil,ENEA",
            Parsed("filati", organisations=frozenset({"Aquafil", "ENEA"})),
        ),
        ("qualità -ISO:9001", Parsed("qualità", excluded=("ISO:9001",))),
        ("filati \u200b-lana", Parsed("filati", excluded=("lana",))),
        ("\ufeffgruppo:tracciabilita filati", Parsed(
            "filati", groups=frozenset({"tracciabilita"})
        )),
        ("filati year:2024 group:open-innovation", Parsed(
            "filati", groups=frozenset({"open-innovation"}), first_year=2024, last_year=2024
        )),
    ],
)  # fmt: skip
def test_operators_are_taken_out_of_the_words(typed, meant):
    assert parse(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "lo sviluppo socio-economico del distretto",
        "i risultati 2022-2024",
        "Italia - Francia, chi esporta di più?",
        "C++ e Industria 4.0 + robot",
        "https://www.minit.it/gruppi",
        "regolamento: cosa cambia?",
        "il nostro gruppo: una storia",
        "che tipo: di filati?",
        "l'economia dell'usato",
    ],
)
def test_what_only_looks_like_an_operator_is_text(typed):
    assert parse(typed) == Parsed(typed)


@pytest.mark.parametrize(
    ("typed", "problem", "at"),
    [
        ('"passaporto digitale', Problem.OPEN_QUOTE, '"passaporto digitale'),
        ("gruppo:moda filati", Problem.UNKNOWN_GROUP, "moda"),
        ("tipo:romanzo filati", Problem.UNKNOWN_KIND, "romanzo"),
        ("gruppo:tracciabilita,moda filati", Problem.UNKNOWN_GROUP, "moda"),
        ("tipo:altro-quaderno filati", Problem.UNKNOWN_KIND, "altro-quaderno"),
        ("filati -gruppo:tracciabilita", Problem.SIGNED_FIELD, "-gruppo:tracciabilita"),
        ("filati +anno:2024", Problem.SIGNED_FIELD, "+anno:2024"),
        ("anno:2022 anno:2024 filati", Problem.SECOND_YEAR, "2024"),
        ("lingua:elfico filati", Problem.UNKNOWN_LANGUAGE, "elfico"),
        ("anno:ieri filati", Problem.WRONG_YEAR, "ieri"),
        ("anno:2024-2020 filati", Problem.WRONG_YEAR, "2024-2020"),
        ("-alimentare", Problem.NOTHING_TO_FIND, "-alimentare"),
        ("gruppo:tracciabilita", Problem.NOTHING_TO_FIND, "gruppo:tracciabilita"),
        ("filati" + " +a1" * MAX_CONDITIONS + " -b", Problem.TOO_MANY, "b"),
    ],
)
def test_a_wrong_syntax_is_plain_text_and_says_why(typed, problem, at):
    found = parse(typed)
    assert found.text == typed
    assert (found.problem, found.at) == (problem, at)
    assert (found.phrases, found.required, found.excluded) == ((), (), ())


@given(st.text(alphabet='ab "+-:«»gruppoan2024', max_size=40))
def test_whatever_is_typed_is_parsed(typed):
    found = parse(typed)
    assert found.problem is not None or any(c.isalnum() for c in found.text)


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("filati gruppo:tracciabilita", "filati"),
        ('"da pesca" anno: 2024 -vino', '"da pesca" -vino'),
        ('gruppo:"Economia circolare" tipo:case-history scarti', "scarti"),
        ("lana  e  seta", "lana  e  seta"),
        ("gruppo:moda filati", "gruppo:moda filati"),
    ],
)
def test_filters_that_are_typed_can_be_taken_out_of_the_text(typed, rest):
    assert split_fields(typed) == (rest, parse(typed))


# From what is typed to a query


def test_what_is_typed_becomes_a_query():
    typed = '"passaporto digitale" +filato -vino gruppo:tracciabilita tipo:quaderno anno:2024-'
    assert read_query(typed, k=5) == Asked(
        Query(
            "passaporto digitale filato",
            k=5,
            groups=frozenset({"tracciabilita"}),
            kinds=frozenset({"quaderno"}),
            first_year=2024,
            phrases=("passaporto digitale",),
            required=("filato",),
            excluded=("vino",),
        ),
        typed=typed,
    )


def test_a_field_in_the_text_takes_the_place_of_its_argument_and_of_no_other():
    asked = read_query(
        "filati gruppo:tracciabilita anno:2024-",
        groups=["open-innovation"],
        kinds=["quaderno"],
        first_year=2019,
        last_year=2021,
        excluded=["vino"],
    )
    assert asked.query == Query(
        "filati",
        groups=frozenset({"tracciabilita"}),
        kinds=frozenset({"quaderno"}),
        first_year=2024,
        excluded=("vino",),
    )


def test_words_in_the_text_are_added_to_those_given():
    asked = read_query("filati +lana -vino", required=["seta"], excluded=["olio"], phrases=["a b"])
    assert asked.query.required == ("seta", "lana")
    assert asked.query.excluded == ("olio", "vino")
    assert asked.query.phrases == ("a b",)


def test_a_wrong_syntax_is_searched_as_it_stands_within_the_arguments():
    typed = "gruppo:moda filati"
    asked = read_query(typed, kinds=["quaderno"], required=["lana"])
    assert asked == Asked(
        Query("gruppo:moda filati", kinds=frozenset({"quaderno"}), required=("lana",)),
        Problem.UNKNOWN_GROUP,
        "moda",
        typed=typed,
    )


def test_what_no_query_can_be_made_of_is_refused_as_a_query_is():
    with pytest.raises(QueryError, match="no letter and no digit"):
        read_query('"" + -')


def test_a_query_itself_is_never_parsed():
    query = Query('gruppo:tracciabilita -vino "filo"')
    assert query.text == 'gruppo:tracciabilita -vino "filo"'
    assert (query.groups, query.phrases, query.excluded) == (frozenset(), (), ())


@given(st.text(alphabet='ab "+-:«»gruppoan2024', max_size=40))
def test_whatever_is_typed_with_a_word_can_be_searched(typed):
    assert read_query(f"filati {typed}").query.text.startswith("filati")
