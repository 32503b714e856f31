"""Did you mean: mistakes are mended from the corpus's words, what is right is left alone."""

import threading

import pytest

from search.dictionaries import is_word
from search.snapshot import open_snapshot
from search.spelling import Speller, suggest_correction

TEXTS = [
    "La tracciabilità della filiera tessile comincia dal passaporto digitale.",
    "Il passaporto digitale di prodotto descrive la filiera.",
    "Il passaporto digitale e la blockchain: la filiera si racconta.",
    "L'economia circolare di Aquafil rigenera il nylon delle reti da pesca.",
    "L'economia circolare chiede innovazione; Aquafil innova con il nylon.",
    "Innovazione aperta, sostenibilità, tracciabilità: la DPP e il 2030.",
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(TEXTS * 3)


def corrected(speller: Speller, text: str) -> str | None:
    correction = suggest_correction(speller, text)
    return correction.text if correction else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tracciabilta", "tracciabilità"),  # a letter left out
        ("tracicabilità", "tracciabilità"),  # two letters swapped
        ("tracciabilitàà", "tracciabilità"),  # one too many
        ("inovazione aperta", "innovazione aperta"),  # a double letter made single
        ("economia circolape", "economia circolare"),  # another letter
        ("economia cirkolape", "economia circolare"),  # two mistakes in a long word
        ("fillera tessile", "filiera tessile"),
    ],
)
def test_a_mistake_is_mended_from_the_words_of_the_corpus(speller, typed, meant):
    assert corrected(speller, typed) == meant


@pytest.mark.parametrize(
    "right",
    [
        "tracciabilità della filiera",
        "tracciabilita della FILIERA",  # neither accents nor capitals are mistakes
        "le bici elettriche in montagna",  # Italian that the corpus does not have
        "acquistarla rapidamente per la collettività",  # made by rule, in no dictionary
        "how do carmakers measure recycling",  # English
        "DPQ 2031 ESPR H2O iPhone",  # acronyms, numbers, names with a capital inside
        "gli rel fil",  # too short to tell
        "gruppo:tracciabilta filiera",  # a field is not text
        "Wie funktioniert eigentlich Blockchein",  # another language
        "",
        "?!",
    ],
)
def test_what_is_right_or_cannot_be_told_is_left_alone(speller, right):
    assert suggest_correction(speller, right) is None


def test_all_but_the_mistake_stays_as_it_was_typed(speller):
    correction = suggest_correction(speller, '  "Pasaporto   digitale" -blokchain, anno:2024?')
    assert correction.text == '  "Passaporto   digitale" -blockchain, anno:2024?'
    assert [(c.written, c.instead) for c in correction.changes] == [
        ("Pasaporto", "Passaporto"),
        ("blokchain", "blockchain"),
    ]
    for change in correction.changes:
        assert change.at.of(correction.text) == change.instead


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("passa porto digitale", "passaporto digitale"),
        ("tracciabi lità", "tracciabilità"),
        ("passaportodigitale", "passaporto digitale"),
        ("dellafiliera", "della filiera"),
    ],
)
def test_a_space_too_many_or_too_few_is_mended(speller, typed, meant):
    assert corrected(speller, typed) == meant


def test_two_right_words_stay_two_where_one_is_no_more_common(speller):
    speller = Speller(["si passa dal porto", "nel porto si passa", "il passaporto", "passaporto"])
    assert suggest_correction(speller, "passa porto") is None


def test_a_name_is_offered_as_the_corpus_writes_it(speller):
    assert corrected(speller, "il nylon di aquafill") == "il nylon di Aquafil"


def test_a_name_that_the_corpus_lacks_is_no_mistake_for_a_distant_word():
    speller = Speller(["Il nastro del collaudo"] * 5)
    assert suggest_correction(speller, "il nastro di Collalto") is None
    assert corrected(speller, "il nastro del collauto") == "il nastro del collaudo"


def test_the_more_frequent_of_two_equally_near_words_is_offered():
    speller = Speller(["la fabbrica del talco", *["il palco"] * 30])
    assert corrected(speller, "zalco") == "palco"
    assert corrected(Speller(["il palco", *["il talco"] * 30]), "zalco") == "talco"


def test_what_somebody_once_misspelled_in_the_corpus_is_not_offered():
    once, twice = ["il fqlato grezzo"], ["il fqlato grezzo"] * 2
    assert suggest_correction(Speller(once), "filqto") is None
    assert suggest_correction(Speller(once), "fqlao") is None
    assert corrected(Speller(twice), "fqlao") == "fqlato"


def test_a_word_whose_stem_finds_the_same_needs_no_correction():
    assert suggest_correction(Speller(["imballi compostabili"]), "compostabile") is None
    assert suggest_correction(Speller(["il nylon"]), "nylone") is None


def test_a_correction_is_applied_only_where_no_word_is_known(speller):
    assert suggest_correction(speller, "tracciabilta").applied
    assert suggest_correction(speller, "la tracciabilta").applied  # an article says nothing
    assert suggest_correction(speller, "economai cirkolare").applied
    assert not suggest_correction(speller, "tracciabilta tessile").applied
    assert not suggest_correction(speller, "tracciabilta bici").applied  # Italian is known, too
    assert not suggest_correction(speller, "tracciabilta 2030").applied
    half = suggest_correction(speller, "tracciabilta wxyzwxyz")  # one has no correction
    assert half.text == "tracciabilità wxyzwxyz"
    assert not half.applied


def test_an_empty_corpus_corrects_nothing():
    assert suggest_correction(Speller([]), "tracciabilta") is None


def test_words_of_web_addresses_are_nobodys_spelling():
    speller = Speller(["si veda https://example.org/tracciabbilita e poi"] * 3)
    assert suggest_correction(speller, "tracciabilta") is None


def test_markup_in_a_text_is_only_text():
    speller = Speller(["<script>alert('filiera')</script> la filiera"] * 2)
    assert corrected(speller, "<b>filera</b>") == "<b>filiera</b>"


@pytest.mark.parametrize(
    "word",
    ["acquistarla", "produrlo", "dirglielo", "disfarsene", "inquadrandolo", "associarsi",
     "collettività", "rapidamente", "facilmente", "bellissimo", "autovalutazione", "virtu",
     "perche", "Circolare", "recycling"],
)  # fmt: skip
def test_a_word_is_one_by_dictionary_or_by_rule(word):
    assert is_word(word)


@pytest.mark.parametrize(
    "word", ["tracciablità", "ecnomia", "inovazione", "xyzlo", "economai", "blarg"]
)
def test_a_mistake_is_no_word(word):
    assert not is_word(word)


def test_the_words_of_an_index_are_its_passages_titles_and_authors(small_index):
    snapshot = open_snapshot(small_index)
    speller = Speller.of(snapshot)
    assert corrected(speller, "lavatrce a canone") == "lavatrice a canone"
    assert Speller.of(snapshot) is speller
    snapshot.close()


def test_threads_that_ask_at_once_get_one_speller(small_index):
    snapshot = open_snapshot(small_index)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(Speller.of(snapshot))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(speller) for speller in found}) == 1
    snapshot.close()


def test_a_name_the_corpus_lacks_is_never_searched_as_a_word_with_another_first_letter(speller):
    found = suggest_correction(Speller([*TEXTS, "Zinnova Zinnova"]), "innova")
    assert found is None  # known
    found = suggest_correction(Speller(["La rete Atando", "Atando cresce"]), "Zatando")
    assert found is not None
    assert (found.text, found.applied) == ("Atando", False)
    assert suggest_correction(speller, "blockchian").applied


def test_what_was_typed_goes_with_the_correction(speller):
    assert suggest_correction(speller, '"blockchian" -reti').typed == '"blockchian" -reti'


def test_a_long_text_and_one_of_many_unknown_words_are_left_alone(speller):
    assert corrected(speller, "fillera " + "della " * 50) is None
    assert corrected(speller, "fillera " + "della " * 40) is not None
    mistakes = "fillera blockchian inovazione passporto digittale circolape"
    assert corrected(speller, mistakes) is not None
    assert corrected(speller, f"{mistakes} tracciabilta") is None
