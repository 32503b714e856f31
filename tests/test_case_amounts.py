"""Quantities as people write them: every one is read, and nothing that only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cases.amounts import read_amounts
from search.cases.numerals import digits, spelt
from search.cases.quantity import MEASURES


@pytest.mark.parametrize(
    ("text", "value", "unit", "written"),
    [
        (
            "un giro d'affari di oltre 2,8 miliardi di euro",
            2.8e9,
            "€",
            "oltre 2,8 miliardi di euro",
        ),
        ("in crescita del sessanta per cento l'anno", 60, "%", "sessanta per cento"),
        ("dal 10% a oltre il 50% in poco tempo", 50, "%", "dal 10% a oltre il 50%"),
        ("tra il 10 e il 20% dei capi", 10, "%", "tra il 10 e il 20%"),
        ("investe il 4-5% dei ricavi", 4, "%", "4-5%"),
        ("1.200 t di scarti", 1200, "t", "1.200 t"),
        ("5mila tonnellate di reti", 5000, "t", "5mila tonnellate"),
        ("acqua −90% nel processo", 90, "%", "−90%"),
        ("la metà degli scarti", 50, "%", "la metà"),
        ("un quarto degli scarti", 25, "%", "un quarto"),
        ("il doppio dei capi", 2, "volte", "il doppio"),
        ("duecentomila capi venduti", 200_000, "capi venduti", "duecentomila capi venduti"),
        ("50 unità operative in campo", 50, "unità operative", "50 unità operative"),
        ("2 milioni di galline", 2e6, "galline", "2 milioni di galline"),
        ("€ 1,5 milioni", 1.5e6, "€", "€ 1,5 milioni"),
        ("arriva a 123,5 nella terza prova", 123.5, "", "123,5"),
        ("consuma 0,125 kWh", 0.125, "kWh", "0,125 kWh"),
        ("Scarti 310 t 2023", 310, "t", "310 t"),
        ("un piano da 10 milioni di euro 2024", 1e7, "€", "10 milioni di euro"),
        ("risultano realizzati n. 64 prototipi", 64, "prototipi", "64 prototipi"),
        ("maggiori ricavi per euro 1.350.000 nell'anno", 1.35e6, "€", "euro 1.350.000"),
        ("le trasferte: da 190 a 84 l'anno", 84, "", "da 190 a 84"),
        ("le imprese socie sono divenute ventisette", 27, "", "ventisette"),
        ("proposte arrivate da 14 Paesi", 14, "Paesi", "14 Paesi"),
        ("i reclami sono passati da 212 a 97", 97, "reclami", "da 212 a 97"),
        ("gli scarti sono scesi da 1.200 a 300 all'anno", 300, "scarti", "da 1.200 a 300"),
    ],
)
def test_a_quantity_is_read_as_a_number_with_its_unit_as_written(text, value, unit, written):
    (amount,) = read_amounts(text)
    assert (amount.value, amount.unit, amount.written) == (value, unit, written)
    assert amount.span.of(text) == written


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,200 tonnes of waste", 1200, "t"),
        ("saved 2.5 million litres of water", 2.5e6, "l"),
        ("twenty-five companies joined", 25, "companies"),
        ("from 10% to more than 50%", 50, "%"),
    ],
)
def test_english_marks_part_the_other_way(text, value, unit):
    (amount,) = read_amounts(text, "en")
    assert (amount.value, amount.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Il 19 luglio 2022 e dal 2020 al 2023",
        "l'articolo 34 del d.lgs. 50/2016",
        "La sedia Catifa 53 e la Industry 4.0",
        "come risulta dalle fonti [12, 3]",
        "un'azienda e una startup",
        "alle 10:30",
        "CO2 e H2O",
        "",
    ],
)
def test_years_dates_articles_citations_and_names_are_no_quantities(text):
    assert read_amounts(text) == ()


def test_a_number_without_its_noun_has_the_unit_of_the_one_before_it():
    found = read_amounts("123,5 punti nel 2023, contro i 117,4 del 2020 e i 99 del 2016")
    assert [(a.value, a.unit) for a in found] == [
        (123.5, "punti"),
        (117.4, "punti"),
        (99, "punti"),
    ]


@given(st.integers(0, 10**12))
def test_points_between_thousands_change_nothing_in_italian(number):
    assert digits(f"{number:,}".replace(",", ".")) == number
    assert digits(f"{number:,}", "en") == number


@given(st.integers(0, 999), st.integers(0, 9), st.integers(0, 9))
def test_a_decimal_comma_and_a_decimal_point_say_the_same(whole, tenth, hundredth):
    expected = float(f"{whole}.{tenth}{hundredth}")
    assert digits(f"{whole},{tenth}{hundredth}") == expected
    assert digits(f"{whole}.{tenth}{hundredth}") == expected


@given(st.integers(1, 9999), st.sampled_from(sorted(MEASURES - {"°C", "volte"})))
def test_every_unit_that_measures_is_read_after_a_number(number, unit):
    (amount,) = read_amounts(f"un valore di {number} {unit} in tutto")
    assert (amount.value, amount.unit) == (number, unit)


@given(st.text(max_size=200))
def test_any_text_is_read_and_what_is_read_stands_in_it(text):
    last = 0
    for amount in read_amounts(text):
        assert amount.span.of(text) == amount.written
        assert amount.span.start >= last
        last = amount.span.end


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Finaliste: 8.", [(8, "finaliste")]),
        ("I pezzi prodotti nel 2022 sono 300", [(300, "pezzi")]),
        ("I rientri in garanzia sono stati 84.", [(84, "rientri")]),
        ("Le famiglie hanno toccato quota 2.940 a settembre", [(2940, "")]),
        ("ne sono arrivate 57, da diciannove Paesi", [(57, ""), (19, "Paesi")]),
        ("cinque porti all'inizio e nove adesso", [(5, "porti"), (9, "porti")]),
        ("ci volevano otto giorni, adesso due.", [(8, "giorni"), (2, "giorni")]),
        ("oggi quattro persone lavorano qui", [(4, "persone")]),
        ("zero clienti in meno", [(0, "clienti")]),
    ],
)
def test_a_number_may_stand_away_from_what_it_counts(text, amounts):
    assert [(amount.value, amount.unit) for amount in read_amounts(text)] == amounts


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("ventuno", 21), ("ottantotto", 88), ("centottanta", 180), ("centoottanta", 180),
        ("duecentotré", 203), ("mille", 1000), ("tremila", 3000), ("milleduecento", 1200),
        ("trentacinquemila", 35_000), ("twenty-one", 21), ("ninety", 90),
    ],
)  # fmt: skip
def test_a_number_in_letters_is_spelt(word, number):
    assert spelt(word) == number


@pytest.mark.parametrize("word", ["camilla", "centro", "mila", "unione", "seicentesco", ""])
def test_a_word_that_begins_like_a_number_is_none(word):
    assert spelt(word) is None
