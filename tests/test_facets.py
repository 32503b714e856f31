"""Counts beside the filters: exact, over the whole result set, each filter's own put aside."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_documents import Written, engine_over

from search.__main__ import main
from search.catalogue import list_documents
from search.datatypes import Group, Kind, OlderVersion, Query
from search.engine import Engine
from search.errors import QueryError
from search.export import facets_text, to_text
from search.facets import FacetCounts, Facets, Named
from search.ranking import CANDIDATES
from search.syntax import read_query

DOCUMENTS = [
    Written("a", [("Reti", "Le reti da pesca."), ("Nylon", "Il nylon delle reti.")],
            group="economia-circolare", kind="quaderno", year=2023, author="Rossi; Bianchi"),
    Written("b", [("", "Il nylon torna filo.")],
            group="economia-circolare", kind="case-history", year=2024, author="Bianchi"),
    Written("c", [("", "Chi traccia il nylon?")],
            group="tracciabilita", kind="quaderno", year=2024),
    Written("d", [("", "Who traces nylon?")], group="tracciabilita", kind="quaderno",
            language="en"),
    Written("e", [("", "Si paga a canone.")], kind="altro", year=2019),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory, encoder) -> Engine:
    return engine_over(tmp_path_factory.mktemp("facets") / "index", DOCUMENTS, encoder)


def test_documents_are_counted_by_each_thing_one_filters_by(engine):
    assert engine.facets(Query("nylon", required=("nylon",))) == FacetCounts(
        documents=4,
        passages=4,
        groups={"economia-circolare": 2, "tracciabilita": 2},
        kinds={"quaderno": 3, "case-history": 1},
        years={2024: 2, 2023: 1},
        languages={"it": 3, "en": 1},
        organisations={},
        authors={"Bianchi": 2, "Rossi": 1},
    )


def test_a_filter_does_not_narrow_its_own_counts_but_all_others(engine):
    query = Query("nylon", required=("nylon",), groups="tracciabilita", first_year=2024)
    assert engine.facets(query) == FacetCounts(
        documents=1,
        passages=1,
        groups={"economia-circolare": 1, "tracciabilita": 1},
        kinds={"quaderno": 1},
        years={2024: 1},
        languages={"it": 1},
        organisations={},
        authors={},
    )


def test_what_is_near_in_meaning_counts_without_a_shared_word(engine):
    counts = engine.facets(Query("blockchain"))
    assert counts.documents == len(DOCUMENTS)  # all are among the nearest of so few
    assert counts.groups == {"economia-circolare": 2, "tracciabilita": 2, "": 1}


def test_words_that_nothing_holds_leave_nothing_to_count(engine):
    assert engine.facets(Query("nylon", phrases=("zyxw",))) == FacetCounts(
        0, 0, {}, {}, {}, {}, {}, {}
    )


def test_far_passages_without_a_shared_word_are_not_counted(tmp_path, encoder):
    many = [Written(f"n{row}", [("", f"La seta numero {row}.")]) for row in range(CANDIDATES + 9)]
    engine = engine_over(tmp_path / "index", many, encoder)
    assert engine.facets(Query("seta")).documents == CANDIDATES + 9
    assert engine.facets(Query("silk")).documents == CANDIDATES


def test_an_older_version_counts_where_the_newest_is_filtered_out(tmp_path, encoder):
    said = "Le reti dismesse si raccolgono nei porti e diventano un filo nuovo di nylon."
    documents = [
        Written("prima", [("", said)], year=2023, group="tracciabilita"),
        Written("dopo", [("", said)], year=2024, group="tracciabilita"),
    ]
    older = [OlderVersion("prima", "dopo", 1.0)]
    engine = engine_over(tmp_path / "index", documents, encoder, older)
    counts = engine.facets(Query("reti"))
    assert counts.documents == 1
    assert counts.groups == {"tracciabilita": 1}
    assert counts.years == {2024: 1, 2023: 1}  # what choosing that year would leave
    assert engine.facets(Query("reti", last_year=2023)).documents == 1


def test_the_hits_are_of_the_documents_that_are_counted(engine):
    for query in (Query("nylon", k=50), Query("reti", k=50, required=("reti",))):
        counts = engine.facets(query)
        for group in ("economia-circolare", "tracciabilita"):
            hits = engine.search(replace(query, groups=frozenset({group}))).hits
            assert len({hit.document.id for hit in hits}) == counts.groups.get(group, 0)


ABOUT = [
    Written("a", [("", "Il Politecnico di Bari studia il marmo. La polvere diventa un tessuto."),
                  ("Altro", "Nessuno la raccoglie.")], group="economia-circolare"),
    Written("b", [("Con il Politecnico di Bari", "Il marmo torna utile.")], group="tracciabilita"),
    Written("c", [("", "The Politecnico di Bari cuts marble. The Università di Pisa too.")],
            language="en"),
    Written("d", [("", "Il marmo si taglia.")]),
]  # fmt: skip


@pytest.fixture(scope="module")
def about(tmp_path_factory, encoder) -> Engine:
    return engine_over(tmp_path_factory.mktemp("named") / "index", ABOUT, encoder)


def paths(engine, **filters) -> list[str]:
    hits = engine.search(Query("marmo", **filters)).hits
    return sorted({hit.document.path for hit in hits})


def test_organisations_are_counted_by_the_documents_of_which_a_passage_names_them(about):
    counts = about.facets(Query("marmo"))
    assert counts.organisations == {"Politecnico di Bari": 3, "Università di Pisa": 1}
    assert about.facets(Query("marmo", languages="it")).organisations == {"Politecnico di Bari": 2}


def test_a_filter_by_organisation_keeps_the_passages_that_name_it_or_stand_under_it(about):
    assert paths(about, organisations="politecnico  di bari") == ["a", "b", "c"]
    query = Query("polvere", organisations="Politecnico di Bari", groups="economia-circolare")
    assert ["studia il marmo" in hit.passage.text for hit in about.search(query).hits] == [True]
    assert paths(about, organisations={"Università di Pisa", "Nessuno"}) == ["c"]
    assert paths(about, organisations="Nessuno") == []


def test_a_filter_by_language_keeps_the_documents_written_in_it(about):
    assert paths(about, languages="en") == ["c"]
    assert paths(about, languages={"it", "fr"}) == ["a", "b", "d"]


def test_filters_that_are_typed_or_given_are_the_same(about):
    typed = about.answer(read_query('marmo lingua:en organizzazione:"Politecnico di Bari"'))
    assert [hit.document.path for hit in typed.hits] == ["c"]
    run = about.search_many(["marmo"], languages=["en"], organisations=["universita di pisa"])
    assert [hit.document.path for hit in run.results[0].hits] == ["c"]
    kept = list_documents(about.snapshot, languages=["it"], organisations=["Politecnico di Bari"])
    assert [document.path for document in kept] == ["a", "b"]


@pytest.mark.parametrize("wrong", [{"languages": "italiano"}, {"organisations": "-"}])
def test_a_language_or_an_organisation_that_cannot_be_is_refused(wrong):
    with pytest.raises(QueryError, match=r"no language|name of an organisation"):
        Query("marmo", **wrong)


# Against counting by hand

_rows = st.tuples(
    st.sampled_from(["", *Group]),
    st.sampled_from(Kind),
    st.none() | st.integers(2018, 2022),
    st.sampled_from(["it", "en"]),
    st.sampled_from(["", "Rossi", "Bianchi; Rossi", "Verdi; Verdi"]),
)


@st.composite
def _result_sets(draw: st.DrawFn):
    rows = draw(st.lists(_rows, min_size=1, max_size=8))
    documents = draw(st.lists(st.integers(0, len(rows) - 1), min_size=1, max_size=20))
    size = len(documents)
    held = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    found = [h and draw(st.booleans()) for h in held]
    named = draw(st.sets(st.tuples(st.integers(0, 2), st.integers(0, size - 1)), max_size=20))
    # The older of a pair comes before the newer, and no newer one is itself older.
    middle = size // 2
    folded = [
        (row, draw(st.integers(middle, size - 1))) for row in range(middle) if draw(st.booleans())
    ]
    years = sorted(draw(st.lists(st.integers(2017, 2023), min_size=2, max_size=2)))
    query = Query(
        "x",
        groups=draw(st.frozensets(st.sampled_from(Group), max_size=2)),
        kinds=draw(st.frozensets(st.sampled_from(Kind), max_size=2)),
        first_year=draw(st.none() | st.just(years[0])),
        last_year=draw(st.none() | st.just(years[1])),
        languages=draw(st.frozensets(st.sampled_from(["it", "en", "fr"]), max_size=2)),
        organisations=draw(st.frozensets(st.sampled_from([*CALLED, "Nessuno"]), max_size=2)),
    )
    return rows, documents, sorted(named), found, held, folded, query


NAMES = (("Aquafil", "Gruppo Aquafil"), ("Politecnico di Bari", "Poliba"), ("Università di Pisa",))
CALLED = {name: place for place, names in enumerate(NAMES) for name in names} | {
    "gruppo aquafil": 0,
    "Poliba": 1,
    "UNIVERSITA DI  PISA": 2,
}
"""Names and variants as somebody may write them, and whose they are."""


def _passes(row, organisations: set[int], query: Query) -> bool:
    group, kind, year, language, _ = row
    if query.languages and language not in query.languages:
        return False
    if query.organisations and not {CALLED.get(n) for n in query.organisations} & organisations:
        return False
    if query.groups and group not in query.groups:
        return False
    if query.kinds and kind not in query.kinds:
        return False
    if query.first_year is None and query.last_year is None:
        return True
    return year is not None and (query.first_year or 0) <= year <= (query.last_year or 9999)


def _documents_left(case, query: Query) -> set[int]:
    rows, documents, named, found, held, folded, _ = case
    passing = [
        held[passage] and _passes(rows[d], {o for o, p in named if p == passage}, query)
        for passage, d in enumerate(documents)
    ]
    hidden = {older for older, newer in folded if passing[older] and passing[newer]}
    return {
        document
        for row, document in enumerate(documents)
        if found[row] and passing[row] and row not in hidden
    }


@given(_result_sets())
def test_the_counts_are_those_of_choosing_each_value_in_turn(case):
    rows, documents, named, found, held, folded, query = case

    def left(**changes) -> int:
        return len(_documents_left(case, replace(query, **changes)))

    mentions = np.array(named, dtype=np.int64).reshape(-1, 2)
    counts = Facets.of(rows, documents, Named(NAMES, mentions)).count(
        query, np.array(found), np.array(held), np.array(folded, dtype=np.int64).reshape(-1, 2)
    )

    inside = _documents_left(case, query)
    assert counts.documents == len(inside)
    for group in Group:
        assert counts.groups.get(group, 0) == left(groups=frozenset({group}))
    for kind in Kind:
        assert counts.kinds.get(kind, 0) == left(kinds=frozenset({kind}))
    for year in range(2018, 2023):
        assert counts.years.get(year, 0) == left(first_year=year, last_year=year)
    for language in ("it", "en"):
        assert counts.languages.get(language, 0) == left(languages=frozenset({language}))
    for names in NAMES:
        for called in names:
            assert counts.organisations.get(names[0], 0) == left(organisations=frozenset({called}))
    assert dict(counts.authors) == Counter(
        name for d in inside for name in set(rows[d][4].split("; ")) if name
    )
    assert 0 not in [*counts.groups.values(), *counts.kinds.values(), *counts.years.values()]
    assert 0 not in counts.organisations.values()
    assert list(counts.years) == sorted(counts.years, reverse=True)
    assert list(counts.groups.values()) == sorted(counts.groups.values(), reverse=True)


# At the doors


def test_counts_are_printed_a_line_for_each_facet(engine):
    assert facets_text(engine.facets(Query("nylon", required=("nylon",)))).split("\n") == [
        "4 documents, 4 passages",
        "groups: economia-circolare 2, tracciabilita 2",
        "kinds: quaderno 3, case-history 1",
        "years: 2024 2, 2023 1",
        "languages: it 3, en 1",
        "authors: Bianchi 2, Rossi 1",
    ]


def test_what_was_not_understood_is_said_before_the_hits(engine):
    shown = to_text(engine.answer(read_query("gruppo:moda nylon")))
    assert shown.startswith("Searched as plain text: no group is called 'moda'\n\n")
    assert "\n\n1. " in shown
    nothing = to_text(engine.answer(read_query('"zyxw"')))
    assert nothing == "No passage passes these filters and holds these words."


def answered(capsys, *arguments: str):
    assert main(["query", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_line_reads_the_language_and_takes_the_same_as_arguments(small_index, capsys):
    typed = answered(capsys, "filo -startup", "--phrase", "nylon rigenerato", "--require", "rete",
                     "--exclude", "canone", "--index", str(small_index))  # fmt: skip
    assert [hit["group"] for hit in typed["hits"]] == ["economia-circolare"]
    assert typed["query"] == "filo"
    assert typed["phrases"] == ["nylon rigenerato"]
    assert typed["required"] == ["rete"]
    assert typed["excluded"] == ["canone", "startup"]
    assert "facets" not in typed


def test_the_command_line_counts_and_searches_as_it_stands_when_told_to(small_index, capsys):
    plain = answered(capsys, "gruppo:moda -nylon", "--plain", "--facets",
                     "--index", str(small_index))  # fmt: skip
    assert (plain["query"], plain["problem"]) == ("gruppo:moda -nylon", None)
    assert len(plain["hits"]) == plain["facets"]["documents"] == 4
    assert plain["facets"]["years"] == {"2025": 1, "2024": 1, "2023": 1, "2022": 1}
