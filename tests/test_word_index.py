"""Which passages hold a word: in any of its forms, and not for a stem that it shares."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.word_index import WordIndex, plain


@pytest.mark.parametrize(
    ("asked", "holding"),
    [
        ("filato", ["Un filato.", "I filati"]),
        ("filati", ["Un filato.", "I filati"]),
        ("filiera", ["La FILIERA", "le filiere"]),
        ("moda", ["la moda"]),
        ("modi", ["un modo"]),
        ("università", ["l’università", "l'universita'"]),
        ("universita", ["l’università", "l'universita'"]),
        ("universo", []),
        ("stato", ["lo stato"]),
        ("rigenerati", ["lana rigenerata", "vetro rigenerato"]),
        ("ecodesign", ["ecodesign"]),
        ("1.5kg", ["pesa 1.5kg"]),
        ("kg", ["pesa 3 kg"]),
        ("di", ["di lana"]),
        ("tessuto", []),
    ],
)
def test_a_word_is_found_under_itself_and_its_dictionary_form(asked, holding):
    texts = [
        "Un filato.", "I filati", "La FILIERA", "le filiere", "la moda", "un modo", "l’università",
        "l'universita'", "lo stato", "erano qui", "lana rigenerata", "vetro rigenerato",
        "ecodesign", "pesa 1.5kg", "pesa 3 kg", "di lana",
    ]  # fmt: skip
    index = WordIndex.build(texts)
    assert [texts[row] for row in index.holding(asked)] == holding


@given(st.lists(st.text(max_size=12), max_size=5))
def test_every_word_of_every_text_is_found_in_it_also_after_saving(tmp_path_factory, texts):
    folder: Path = tmp_path_factory.mktemp("words") / "index"
    WordIndex.build(texts).save(folder)
    index = WordIndex.load(folder)
    for row, text in enumerate(texts):
        for word in plain(text).split():
            if word.isalnum():
                assert row in index.holding(word)
                assert row in index.under(word)
