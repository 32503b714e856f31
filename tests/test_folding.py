"""A list that one reads: no text twice, and not everything from one document."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_documents import Written, engine_over

from search.datatypes import OlderVersion, Query, Why
from search.engine import Engine
from search.export import hit_record, to_text
from search.listing import fold_same, limit

NOTICE = (
    "Il progetto è finanziato dalla Regione Toscana con il bando per la ricerca del 2023 e i "
    "risultati sono di tutti i soci, che li possono usare senza chiedere il permesso a nessuno."
)


# The same text


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (NOTICE, True),
        (NOTICE.replace("Il progetto", "Il  progetto\n"), True),
        (NOTICE.replace("chiedere", "domandare"), True),  # 30 of 32 words
        (NOTICE.replace("2023", "2024"), False),
        (NOTICE.replace("Toscana", "Umbria"), False),
        (NOTICE.replace("sono di tutti", "non sono di tutti"), False),
        (NOTICE.replace("dalla Regione Toscana", ""), False),
        (NOTICE.replace("possono usare", "devono citare").replace("ricerca", "moda"), False),
        ("", False),
    ],
)
def test_a_text_is_the_same_with_nine_words_of_ten_and_all_numbers_and_names(other, same):
    assert fold_same({7: NOTICE, 3: other}) == ({3: 7} if same else {})


def test_all_fold_under_the_best_of_them():
    texts = {4: "Uno di noi.", 9: NOTICE, 2: NOTICE, 1: "Due di loro.", 8: NOTICE}
    assert fold_same(texts) == {2: 9, 8: 9}


@given(st.lists(st.text(alphabet="ab ", max_size=8), max_size=12))
def test_what_others_fold_under_is_better_and_folds_under_nothing(texts):
    found = fold_same(dict(enumerate(texts)))
    assert all(better < row and better not in found for row, better in found.items())


# So many of one document


@given(st.lists(st.integers(0, 3), max_size=20), st.integers(1, 4))
def test_the_first_of_each_document_stay_and_the_others_are_put_back(documents, most):
    rows = list(range(len(documents)))
    within, beyond = limit(rows, np.array(documents, dtype=np.int64), most)
    assert sorted([*within, *beyond]) == rows
    assert within == sorted(within)
    assert beyond == sorted(beyond)
    for row in rows:
        before = documents[:row].count(documents[row])
        assert (row in within) == (before < most)


@pytest.mark.parametrize("most", [0, None])
def test_without_a_limit_the_ranking_stays_as_it_is(most):
    assert limit([5, 1, 3], np.zeros(6, dtype=np.int64), most) == ([5, 1, 3], [])


# In the engine

KINDS_OF_NET = ["di nylon", "di cotone", "di canapa", "di lino", "di seta", "di lana"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory, encoder) -> Engine:
    """One document with six passages about nets, three with one each; a notice in all of them."""
    long = [(kind, f"Le reti da pesca {kind} si raccolgono in porto.") for kind in KINDS_OF_NET]
    others = [
        Written("porto", [("", "In porto si raccolgono le reti da pesca."), ("Avviso", NOTICE)]),
        Written("vino", [("", "La cantina vende il suo vino."), ("Avviso", NOTICE)]),
        Written("capi", [("", "I capi usati si noleggiano."), ("Avviso", NOTICE)]),
    ]
    documents = [Written("reti", [*long, ("Avviso", NOTICE)]), *others]
    return engine_over(tmp_path_factory.mktemp("folding") / "index", documents, encoder)


QUESTION = "reti da pesca raccolte in porto"


def test_a_notice_that_all_documents_repeat_is_one_hit(engine):
    hits = engine.search(Query("chi finanzia il progetto?", k=50)).hits
    (notice,) = (hit for hit in hits if hit.passage.text == NOTICE)
    assert notice.rank == 1
    assert {other.why for other in notice.others} == {Why.SAME_TEXT}
    shown = {notice.document.path, *(other.document.path for other in notice.others)}
    assert shown == {"reti", "porto", "vino", "capi"}
    assert len(hits) + len(notice.others) == 13
    record = hit_record(notice)
    assert record["older_versions"] == []
    assert {other["path"] for other in record["same_text"]} == shown - {notice.document.path}


def test_the_terminal_says_where_the_same_text_stands(engine):
    results = engine.search(Query("chi finanzia il progetto?", k=1))
    assert to_text(results).count("   the same text: ") == 3


def test_three_hits_of_a_document_come_first_and_the_others_after_all_other_documents(engine):
    paths = [hit.document.path for hit in engine.search(Query(QUESTION, k=50)).hits]
    assert len(paths) == 10  # 13 passages, of which 3 notices are folded
    assert Counter(paths[:-4])["reti"] <= 3
    assert paths[-3:] == ["reti"] * 3
    assert {"reti", "porto", "vino", "capi"} == set(paths[:-3])


@pytest.mark.parametrize(("most", "of_reti"), [(0, 6), (None, 6), (2, 2), (1, 1)])
def test_the_limit_is_the_one_that_is_asked_for(engine, most, of_reti):
    hits = engine.search(Query("reti da pesca", k=7, required=("reti",), per_document=most)).hits
    paths = [hit.document.path for hit in hits]
    assert sorted(paths) == ["porto"] + ["reti"] * 6
    assert paths[: of_reti + 1].count("reti") >= of_reti
    assert paths.index("porto") <= of_reti


def test_asking_for_more_hits_never_changes_the_first_and_scores_never_rise(engine):
    everything = engine.search(Query(QUESTION, k=50)).hits
    for k in range(1, 11):
        assert engine.search(Query(QUESTION, k=k)).hits == everything[:k]
    scores = [hit.score for hit in everything]
    assert scores == sorted(scores, reverse=True)


def test_hits_beyond_the_candidates_keep_the_limit_too(tmp_path, encoder):
    # 130 passages of one document are nearer than those of the others, which still come next.
    nets = [(f"Rete {n}", f"Una rete da pesca, la numero {n}.") for n in range(130)]
    others = [Written(f"vino{n}", [("", f"La cantina {n} vende vino.")]) for n in range(4)]
    engine = engine_over(tmp_path / "index", [Written("reti", nets), *others], encoder)

    def paths(**conditions) -> list[str]:
        hits = engine.search(Query("rete da pesca", k=8, **conditions)).hits
        return [hit.document.path for hit in hits]

    assert paths(required=("rete",)) == ["reti"] * 8
    first = paths()
    assert first[:3] == ["reti"] * 3
    assert sorted(first[3:7]) == ["vino0", "vino1", "vino2", "vino3"]
    assert first[7:] == ["reti"]


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (("finale", "altro", "bozza"), {"altro": Why.SAME_TEXT, "bozza": Why.OLDER_VERSION}),
        (("altro", "finale", "bozza"), {"finale": Why.SAME_TEXT, "bozza": Why.SAME_TEXT}),
    ],
)
def test_what_is_folded_under_a_folded_passage_is_shown_under_the_same_hit(
    tmp_path, encoder, order, why
):
    documents = [Written(name, [("", NOTICE)]) for name in order]
    older = [OlderVersion("bozza", "finale", 1.0)]
    engine = engine_over(tmp_path / "index", documents, encoder, older)
    (hit,) = engine.search(Query("chi finanzia?")).hits
    assert hit.document.path == order[0]
    assert {other.document.path: other.why for other in hit.others} == why


def test_a_filter_looks_behind_what_is_folded(tmp_path, encoder):
    documents = [
        Written("a", [("", NOTICE)], year=2022),
        Written("b", [("", NOTICE)], year=2024),
    ]
    engine = engine_over(tmp_path / "index", documents, encoder)
    (hit,) = engine.search(Query("chi finanzia?", first_year=2024)).hits
    assert (hit.document.path, hit.others) == ("b", ())
