"""Phrases, required and excluded words: exactly the passages that hold them, and no other."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_documents import Written, engine_over

from search.datatypes import MAX_CONDITIONS, OlderVersion, Query
from search.engine import Engine
from search.errors import QueryError
from search.word_filter import pattern_of, plain

DOCUMENTS = [
    Written("reti", [("", "L’economia circolare comincia dalle reti: il nylon torna filato.")]),
    Written("lana", [("", "Nell'economia, circolare è parola abusata. La TRACCIABILITÀ no.")]),
    Written("capo", [("Il mercato dell’usato", "Chi compra filati rigenerati paga di meno.")]),
    Written("norma", [("", "Il regolamento (UE) 2024/1781 chiede all'articolo 1.200 la qualità.")]),
    Written("start", [("", "Una start-up di Prato: perché il 30% dei capi torna, e che cosa è.")]),
    Written("altra", [("", "La circolare dell'economia domestica; uno startup kit, articolo 1.")],
            title="Passaporto digitale"),
    Written("fine", [("", "Digitale è il magazzino. Così la città ritrova i suoi mestieri.")],
            title="Il passaporto"),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory, encoder) -> Engine:
    return engine_over(tmp_path_factory.mktemp("words") / "index", DOCUMENTS, encoder)


def found(engine: Engine, **conditions) -> set[str]:
    hits = engine.search(Query("che cosa cambia?", k=100, **conditions)).hits
    return {hit.document.path for hit in hits}


@pytest.mark.parametrize(
    ("phrase", "holding"),
    [
        ("economia circolare", {"reti", "lana"}),
        ("ECONOMIA   Circolare!", {"reti", "lana"}),
        ("circolare economia", set()),
        ("l'economia circolare", {"reti"}),
        ("l’economia circolare", {"reti"}),
        ("dell'usato", {"capo"}),
        ("tracciabilita", {"lana"}),
        ("tracciàbilità no", {"lana"}),
        ("citta' ritrova", {"fine"}),
        ("cosi la citta", {"fine"}),
        ("filato", {"reti"}),
        ("filati", {"capo"}),
        ("che cosa è", {"start"}),
        ("perche il 30", {"start"}),
        ("2024/1781", {"norma"}),
        ("2024", set()),
        ("articolo 1", {"altra"}),
        ("articolo 1.200", {"norma"}),
        ("start-up", {"start"}),
        ("start up", {"start"}),
        ("passaporto digitale", {"altra"}),
        ("mercato dell usato chi compra", set()),
        ("il", {"reti", "capo", "norma", "start", "fine"}),
        ("parola che nessuno ha scritto", set()),
        ("zyxw qwvk", set()),
    ],
)
def test_a_phrase_stands_word_by_word_in_the_title_a_heading_or_the_text(engine, phrase, holding):
    assert found(engine, phrases=(phrase,)) == holding


@pytest.mark.parametrize(
    ("word", "holding"),
    [
        ("filato", {"reti", "capo"}),
        ("filati", {"reti", "capo"}),
        ("circolari", {"reti", "lana", "altra"}),
        ("qualita", {"norma"}),
        ("l'economia", {"reti", "lana", "altra"}),
        ("passaporto", {"altra", "fine"}),
        ("mercati", {"capo"}),
        ("start-up", {"start"}),
        ("2024/1781", {"norma"}),
        ("zyxw", set()),
    ],
)
def test_a_word_is_held_in_any_of_its_forms_and_excluded_in_all_of_them(engine, word, holding):
    everything = {document.name for document in DOCUMENTS}
    assert found(engine, required=(word,)) == holding
    assert found(engine, excluded=(word,)) == everything - holding


def test_all_conditions_hold_together_and_with_the_filters(engine):
    assert found(engine, phrases=("economia",), required=("circolare",)) == {
        "reti", "lana", "altra"
    }  # fmt: skip
    assert found(engine, phrases=("economia",), excluded=("nylon", "economia domestica")) == {
        "lana"
    }
    assert found(engine, required=("economia",), first_year=2020) == set()
    assert found(engine, required=("nylon",), excluded=("filati",)) == set()


# What follows is the definition once more, as plainly as one can write it.

_PLAIN = str.maketrans("àèéìòù’", "aeeiou'")


def _plain_words(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,/]\d+)*|[a-z]+", text.lower().translate(_PLAIN))


def _stands_in(phrase: str, text: str) -> bool:
    words, wanted = _plain_words(text), _plain_words(phrase)
    starts = range(len(words) - len(wanted) + 1)
    return any(words[start : start + len(wanted)] == wanted for start in starts)


def _parts(document: Written) -> list[str]:
    heading, text = document.sections[0]
    return [document.title, heading, text]


_STRETCHES = [
    " ".join(part.split()[start : start + length])
    for document in DOCUMENTS
    for part in _parts(document)
    for length in (1, 2, 3)
    for start in range(len(part.split()) - length + 1)
]
_SPELLINGS = [str, str.upper, lambda text: text.translate(_PLAIN)]


@given(
    st.lists(st.sampled_from(_STRETCHES), min_size=1, max_size=2).map(" ".join),
    st.sampled_from(_SPELLINGS),
)
@example("perché", str.upper)
def test_a_phrase_is_found_where_reading_every_passage_finds_it(engine, phrase, spell):
    expected = {d.name for d in DOCUMENTS if any(_stands_in(phrase, p) for p in _parts(d))}
    words, store = engine.snapshot.words, engine.snapshot.store
    spelled = spell(phrase)
    if not any(map(str.isalnum, spelled)):
        return
    kept = words.allowed(Query("x", phrases=(spelled,)))
    assert {store.passage(int(row))[1].path for row in kept.nonzero()[0]} == expected


def test_an_older_version_is_found_where_only_it_holds_the_words(tmp_path, encoder):
    said = "Le reti dismesse si raccolgono nei porti e diventano un filo nuovo di nylon"
    documents = [
        Written("bozza", [("", f"{said}, come in Norvegia.")]),
        Written("finale", [("", f"{said}, come in Islanda.")]),
    ]
    older = [OlderVersion("bozza", "finale", 0.9)]
    engine = engine_over(tmp_path / "index", documents, encoder, older)

    def shown(**conditions):
        hits = engine.search(Query("reti", **conditions)).hits
        return [(hit.document.path, [o.document.path for o in hit.others]) for hit in hits]

    assert shown() == [("finale", ["bozza"])]
    assert shown(required=("nylon",)) == [("finale", ["bozza"])]
    assert shown(phrases=("in Norvegia",)) == [("bozza", [])]
    assert shown(excluded=("Norvegia",)) == [("finale", [])]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"phrases": ("!?",)}, "a phrase has no letter and no digit"),
        ({"required": ("",)}, "a required word has no letter"),
        ({"excluded": ("a" * 10_001,)}, "an excluded word has 10001 characters"),
        ({"required": ["x"] * (MAX_CONDITIONS + 1)}, "33 phrases, required and excluded words"),
        ({"per_document": -1}, "per_document is -1"),
    ],
)
def test_a_condition_that_cannot_be_looked_for_is_named(wrong, message):
    with pytest.raises(QueryError, match=message):
        Query("filati", **wrong)


def test_one_phrase_may_be_given_as_it_is():
    assert Query("filati", phrases="reti\u00ad da\npesca").phrases == ("reti da pesca",)


@given(
    st.lists(st.sampled_from(["lana", "1", "1.200", "2024/1781", "t", "200"]), max_size=4),
    st.sampled_from(["lana", "1", "1.200", "200", "lana 1", "1 200", "t", "1.200 t", "2024/1781"]),
    st.sampled_from([" ", ", ", " – ", "_"]),
)
def test_a_number_is_one_word_with_its_separators(words, phrase, between):
    wanted = phrase.split()
    starts = range(len(words) - len(wanted) + 1)
    expected = any(words[start : start + len(wanted)] == wanted for start in starts)
    text = plain(f"x {between.join(words)}.")
    assert (pattern_of(phrase).search(text) is not None) == expected


@given(st.text(max_size=30), st.sampled_from(["phrases", "required", "excluded"]))
@example("ʹ", "required")
@example("ʹ", "phrases")
def test_any_condition_is_looked_for_or_refused(engine, text, name):
    try:
        query = Query("x", **{name: (text,)})
    except QueryError:
        return
    assert engine.snapshot.words.allowed(query).shape == (len(DOCUMENTS),)
