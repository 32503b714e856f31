"""Italian words of the domain meet where they should; numbers, compounds and accents too."""

from __future__ import annotations

import pytest

from bench.italian_analysis import ANALYSES, SHIPPED, load_pairs, shares
from search.lexical import LexicalIndex
from search.text import terms, words

PAIRS = load_pairs()


def finds(question: str, text: str) -> bool:
    """Whether ``question`` finds ``text`` by its words."""
    return bool(LexicalIndex.build([text, "altro"]).scores(question)[0] > 0)


def meet(one: str, other: str) -> bool:
    return finds(one, other) and finds(other, one)


# --- the labelled pairs


def test_there_are_enough_pairs_and_none_comes_twice():
    assert sum(pair.label == "meet" for pair in PAIRS) == 425
    assert sum(pair.label == "apart" for pair in PAIRS) == 162
    assert len({frozenset((pair.one, pair.other)) for pair in PAIRS}) == len(PAIRS)
    assert {pair.split for pair in PAIRS} == {"dev", "test"}


@pytest.mark.parametrize(
    ("split", "least", "of_meet", "most", "of_apart"),
    [("dev", 205, 215, 16, 82), ("test", 202, 210, 20, 80)],
)
def test_as_many_pairs_meet_as_measured_and_no_more_meet_wrongly(
    split: str, least: int, of_meet: int, most: int, of_apart: int
):
    pairs = [pair for pair in PAIRS if pair.split == split]
    found = shares(pairs, ANALYSES[SHIPPED](pairs))
    (met, meet_count), (wrongly, apart_count) = found["meet", "all"], found["apart", "all"]
    assert (meet_count, apart_count) == (of_meet, of_apart)
    assert met >= least
    assert wrongly <= most


def test_what_is_shipped_meets_more_than_stems_and_dictionary_and_no_more_wrongly():
    both, shipped = (shares(PAIRS, ANALYSES[name](PAIRS)) for name in ("both", SHIPPED))
    assert shipped["meet", "all"][0] >= both["meet", "all"][0] + 75
    assert shipped["apart", "all"][0] <= both["apart", "all"][0]


# --- compounds


@pytest.mark.parametrize("one", ["eco-design", "ecodesign", "eco design", "l'eco‑design"])
@pytest.mark.parametrize("other", ["eco-design", "ecodesign", "Eco design"])
def test_a_compound_meets_itself_however_it_is_joined(one: str, other: str):
    assert meet(one, other)


def test_the_parts_of_a_compound_are_found_too():
    assert finds("design", "l'eco-design")
    assert terms("eco-design") == ["eco", "ecodesign", "design", "ecodesign"]


def test_two_words_of_a_sentence_are_no_compound():
    assert not finds("casalinga", "la casa linga")
    assert terms("casa lavoro") == [*terms("casa"), *terms("lavoro")]


@pytest.mark.parametrize("written", ["2020-2021", "30-40", "2024/1781-bis"])
def test_a_hyphen_between_numbers_joins_nothing(written: str):
    assert [term for term in terms(written) if len(term) > 9] == []


# --- numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.200", "1200"),
        ("1.200.000", "1200000"),
        ("1.200,50", "1200,50"),
        ("3.5", "3,5"),
        ("0.125", "0,125"),
        ("5mila", "5.000"),
    ],
)
def test_a_number_is_the_same_with_its_other_separators(one: str, other: str):
    assert meet(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.200", "1,2"),
        ("1.200", "1,200"),
        ("3,14", "314"),
        ("1,5", "15"),
        ("0.125", "125"),
        ("2024/1781", "2024/1760"),
        ("12.3.2024", "1232024"),
        ("30%", "3%"),
    ],
)
def test_another_number_is_another_word(one: str, other: str):
    assert not finds(one, other)
    assert not finds(other, one)


@pytest.mark.parametrize("number", ["2024/1781", "152/2006", "12.3.2024", "3,14", "2024"])
def test_the_number_of_a_law_a_date_and_a_decimal_stay_as_they_are(number: str):
    assert terms(f"il ({number}).") == [number]


@pytest.mark.parametrize("written", ["30%", "30 %", "30 per cento", "30 percento", "30 percent"])
def test_a_percentage_is_its_number_and_the_number_with_the_sign(written: str):
    assert set(terms(f"il {written} di lana")) >= {"30", "30%"}


@pytest.mark.parametrize("written", ["30 t", "30 per l'anno", "per cento", "cento"])
def test_what_is_no_percentage_has_no_sign(written: str):
    assert not [term for term in terms(written) if "%" in term]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("1.200 t", "1200 tonnellate"),
        ("2.000 kg", "2000 chilogrammi"),
        ("€ 500", "500 euro"),
        ("500 €", "500 euro"),
        ("7 mln", "7 milioni"),
        ("100 km", "100 chilometri"),
    ],
)
def test_a_unit_after_its_number_is_its_word(short: str, long: str):
    assert set(terms(long)) <= set(terms(short))


def test_a_letter_that_follows_no_number_is_no_unit():
    assert terms("la variante t") == [*terms("variante"), "t"]


# --- accents and apostrophes


@pytest.mark.parametrize(
    ("accented", "plain"),
    [
        ("città", "citta'"),
        ("perché la lana", "perche la lana"),
        ("poiché", "poichè"),
        ("tracciabilità", "tracciabilita"),
        ("più lana", "piu lana"),
    ],
)
def test_an_accent_that_is_missing_or_wrong_makes_no_difference(accented: str, plain: str):
    assert terms(accented) == terms(plain)


@pytest.mark.parametrize("apostrophe", "'’ʼ`´")
def test_any_apostrophe_parts_an_article_from_its_noun(apostrophe: str):
    assert terms(f"quell{apostrophe}olio") == terms("olio")


# --- families


def test_a_derived_word_finds_its_verb_and_what_else_comes_from_it():
    assert meet("riciclaggio", "riciclare")
    assert meet("riciclaggio", "riciclo")
    assert meet("tracciabilità", "tracciamento")
    assert meet("produzione", "produrre")


def test_a_family_counts_less_than_the_word_itself():
    index = LexicalIndex.build(["riciclaggio", "riciclo lana", "seta", "lino"])
    scores = index.scores("riciclaggio")
    assert scores[0] > scores[1] > 0 == scores[2]


def test_the_family_is_no_form_so_a_word_that_is_excluded_leaves_it():
    assert words("tracciabilità")[0].family == ("tracc",)
    assert terms("tracciabilità") == ["tracciabil"]
    index = LexicalIndex.build(["la tracciabilità", "il tracciamento"])
    assert index.holding(terms("tracciabilità")).tolist() == [0]


@pytest.mark.parametrize("noun", ["formaggio", "tradizione", "vantaggio", "stazione", "qualità"])
def test_a_noun_that_only_looks_derived_has_no_family(noun: str):
    assert words(noun)[0].family == ()


# --- a word counts once


def test_a_word_with_two_terms_weighs_no_more_than_one_with_one():
    assert len(terms("circolari")) == 2
    assert len(terms("lana")) == 1
    index = LexicalIndex.build(["circolari", "lana", "seta", "lino"])
    scores = index.scores("circolari e lana")
    # The passage of two terms is the longer one, so it gets a little less, not twice as much.
    assert 0.7 * scores[1] < scores[0] < scores[1]


def test_what_an_unknown_word_takes_is_that_of_one_word():
    index = LexicalIndex.build(["lana", "seta", "lino", "canapa"])
    assert index.known_share("lana") == 1
    assert index.known_share("zyxw") == 0
    assert 0.2 < index.known_share("lana zyxw") < 0.5
