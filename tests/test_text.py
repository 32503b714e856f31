"""Italian text becomes terms to search by and sentences to quote."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
import Stemmer
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.text import STOP_WORDS, sentences, terms

# Wild input, but in seconds; a busy machine is no failure.
quick = settings(max_examples=60, deadline=None)

# What real PDFs hold beside letters, and what sentence splitters stumble over.
ODD = "aàÈ1 .…!?;:«»\"'“”’()[]-–•|/\t\r\n\x0b\x0c\x1c\x85\xa0\u200b\u2028\ufeff。！e\u0301😀𝒳²ͺS"
wild_text = st.one_of(
    st.text(max_size=200),
    st.text(ODD, max_size=80),
    st.lists(
        st.sampled_from(["S.p.A.", "art.", "N.", "3", "Poi", "e", "1.", "«Ecco.»", "…", "\n", "–"]),
        max_size=20,
    ).map(" ".join),
)


def said(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


# --- terms


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("circolare", "circolari"),
        ("filiera", "filiere"),
        ("artigiano", "artigiani"),
        ("azienda", "aziende"),
        ("impresa", "imprese"),
        ("rifiuto", "rifiuti"),
        ("strategia", "strategie"),
        ("laboratorio", "laboratori"),
        ("catalogo", "cataloghi"),
        ("logo", "loghi"),
        ("banca", "banche"),
        ("politica", "politiche"),
        ("modello", "modelli"),
        ("sostenibile", "sostenibili"),
    ],
)
def test_singular_and_plural_share_a_term(one: str, many: str):
    assert set(terms(one)) & set(terms(many))


def test_words_of_different_meaning_share_no_term():
    words = ["circolare", "filiera", "artigiano", "brevetto", "rifiuto", "banca"]
    found = [set(terms(word)) for word in words]
    assert all(not a & b for i, a in enumerate(found) for b in found[i + 1 :])


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_an_elided_article_leaves_only_the_noun(apostrophe: str):
    assert terms(f"dell{apostrophe}economia") == terms("economia") == ["econom"]


@pytest.mark.parametrize(
    ("accented", "plain"),
    [("tracciabilità", "tracciabilita"), ("città", "citta"), ("TRACCIABILITÀ", "tracciabilita")],
)
def test_a_word_is_found_without_its_accent(accented: str, plain: str):
    assert terms(accented) == terms(plain)


def test_composed_and_decomposed_letters_are_the_same_word():
    word = "sostenibilità"
    assert terms(unicodedata.normalize("NFD", word)) == terms(unicodedata.normalize("NFC", word))


def test_a_ligature_and_full_width_letters_are_plain_letters():
    assert terms("ﬁliera") == terms("filiera")
    assert terms("ＲＦＩＤ") == terms("rfid") == ["rfid"]


@pytest.mark.parametrize("number", ["2024", "2024/1781", "3,5", "12.3.2024"])
def test_a_number_is_one_term_with_its_separators(number: str):
    assert terms(f"il {number} circa")[0] == number
    assert number in terms(f"({number}).")


@pytest.mark.parametrize(("number", "term"), [("1.200", "1200"), ("1.200.000", "1200000")])
def test_thousands_need_no_points(number: str, term: str):
    assert terms(f"il {number} circa")[0] == term
    assert terms(f"({number}).") == [term]


def test_an_english_word_the_dictionary_does_not_know_is_kept():
    assert terms("ecodesign") == ["ecodesign"]


def test_stop_words_are_dropped_beside_other_words():
    assert terms("che cosa è la filiera") == terms("cosa filiera")
    assert terms("what is the blockchain") == terms("blockchain")


def test_stop_words_alone_are_searched_for():
    assert terms("di") == ["di"]
    assert len(terms("di a da")) == 3


def test_repetitions_and_order_are_kept():
    assert terms("brevetto banca brevetto") == ["brevett", "banc", "brevett"]


def test_there_are_no_terms_where_there_is_no_word():
    assert terms("") == terms(" … – !? \n") == []


@quick
@given(wild_text)
@example("ͺ")
@example("_ __ _")
def test_terms_of_any_text_are_words_without_blanks(text: str):
    found = terms(text)
    assert all(term and not any(c.isspace() for c in term) for term in found)
    assert terms(text) == found


@quick
@given(st.lists(st.sampled_from(["filiera", "S.p.A.", "2024", "città", "brevetti"]), min_size=1))
def test_stop_words_around_a_word_change_nothing(words: list[str]):
    padded = " ".join(f"la {word} del" for word in words)
    assert terms(padded) == terms(" ".join(words))


def test_every_stop_word_is_written_as_it_is_looked_up():
    for word in STOP_WORDS:
        assert word == unicodedata.normalize("NFKC", word).lower()


def test_eight_threads_at_once_get_the_stems_that_one_gets():
    # Words that no other test asks for, so that no answer comes from an earlier one.
    roots = ["circolar", "filier", "artigian", "tracciabil", "sosten", "innovazion", "mater"]
    ends = ["e", "i", "a", "o", "ità", "mente", "azioni", "evole"]
    words = [f"{first}{root}{end}" for first in "bcdfglmnprstvz" for root in roots for end in ends]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(terms, words))
    stems = Stemmer.Stemmer("italian").stemWords(words)
    assert [found[0] for found in together] == [stem.replace("à", "a") for stem in stems]


# --- sentences


@pytest.mark.parametrize(
    "text",
    [
        "La Rossi S.p.A. ha sede a Modena.",
        "La Bianchi S.r.l. produce tessuti.",
        "Come dice l'art. 5 del regolamento.",
        "Lo dicono gli artt. 5 e 6 del D.Lgs. 152 del 2006.",
        "Si veda pag. 12 del quaderno.",
        "Si vedano le pagg. 12 e 13.",
        "Come nell'Allegato N. 3 del piano.",
        "Il Reg. (UE) 2024/1781 si applica ai tessili.",
        "Il tavolo del 12.3.2024 era il primo.",
        "Costa 1.200 euro il chilo.",
        "Il prof. Verdi e l'ing. Neri ne parlano.",
        "Si veda www.minit.it per il resto.",
        "Il sito https://www.minit.it/gruppi?x=1 elenca i gruppi.",
    ],
)
def test_an_abbreviation_or_a_number_does_not_end_a_sentence(text: str):
    assert said(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prima frase. Seconda frase.", ["Prima frase.", "Seconda frase."]),
        ("Uno! Due? Tre.", ["Uno!", "Due?", "Tre."]),
        ("È della Rossi S.p.A. Poi cresce.", ["È della Rossi S.p.A.", "Poi cresce."]),
        ("Nacque nel 2021. Oggi cresce.", ["Nacque nel 2021.", "Oggi cresce."]),
        ("Disse: «Andiamo. Ora.» Poi partì.", ["Disse: «Andiamo. Ora.»", "Poi partì."]),
    ],
)
def test_a_full_stop_ends_a_sentence(text: str, expected: list[str]):
    assert said(text) == expected


@pytest.mark.parametrize("marker", ["1.", "12.", "a.", "b)", "3)"])
def test_the_number_of_a_list_item_is_no_sentence_of_its_own(marker: str):
    text = f"{marker} Tracciare i lotti. Poi pesarli."
    assert said(text) == [f"{marker} Tracciare i lotti.", "Poi pesarli."]


def test_a_line_break_ends_a_sentence():
    assert said("Materiale | Quota\nlana | 30 %\n\ncotone") == [
        "Materiale | Quota",
        "lana | 30 %",
        "cotone",
    ]


def test_what_has_no_letter_and_no_digit_is_no_sentence():
    assert said("– – –\n• \n…\n***") == []
    assert said("") == []


@pytest.mark.parametrize("address", ["https://www.minit.it/a/b?c=1", "http://x.it", "www.minit.it"])
def test_a_bare_web_address_is_no_sentence(address: str):
    assert said(f"Prima.\n{address}\n({address})\nDopo.") == ["Prima.", "Dopo."]


@pytest.mark.parametrize(
    "line",
    ["Introduzione ........ 3", "Premessa . . . . . . 12", "Metodo …… 4", "Esiti … … 9"],
)
def test_a_dotted_line_of_a_table_of_contents_is_no_sentence(line: str):
    assert said(f"Indice\n{line}\nFine") == ["Indice", "Fine"]


def test_three_dots_are_not_a_table_of_contents():
    assert said("E poi... nulla di fatto") == ["E poi... nulla di fatto"]


@quick
@given(wild_text)
@example("a.\x1cb. ")
@example("\u2028a\u2028")
@example("S.p.A.  . a")
def test_sentences_of_any_text_stand_in_order_apart_and_trimmed(text: str):
    spans = sentences(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    for span in spans:
        piece = span.of(text)
        assert piece == piece.strip()
        assert any(c.isalnum() for c in piece)
        assert "\n" not in piece


@quick
@given(wild_text.filter(lambda text: "…" not in text and "www" not in text and "http" not in text))
@example("e. 1. 2. a")
def test_every_letter_and_digit_is_in_a_sentence(text: str):
    text = text.replace(".", ". ")  # no run of dots that looks like a table of contents
    if text.replace(" ", "").count("....."):
        return
    covered = {i for span in sentences(text) for i in range(span.start, span.end)}
    assert [c for i, c in enumerate(text) if c.isalnum() and i not in covered] == []


@quick
@given(st.lists(wild_text.map(lambda text: text.replace("\n", " ")), max_size=5))
def test_lines_are_split_one_by_one(lines: list[str]):
    assert said("\n".join(lines)) == [piece for line in lines for piece in said(line)]
