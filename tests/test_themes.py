"""Themes of a corpus: found whatever their inflection and order, and never in its furniture."""

import numpy as np
import pytest
from small_documents import Written, engine_over
from themed_documents import corpus, document

from search.datatypes import OlderVersion
from search.synonyms import Synonyms
from search.themes.furniture import furniture, wording
from search.themes.likeness import centred, clusters, flat_map
from search.themes.theme_index import ThemeIndex
from search.themes.wording import phrase_key


@pytest.fixture(scope="module")
def engine(encoder, tmp_path_factory):
    return engine_over(tmp_path_factory.mktemp("themes") / "index", corpus(), encoder)


@pytest.fixture(scope="module")
def themes(engine):
    return engine.snapshot.themes


def row_named(themes, name):
    """The row of the theme that is called so."""
    rows = [row for row, theme in enumerate(themes.themes) if name in theme.variants]
    assert len(rows) == 1, [theme.variants for theme in themes.themes]
    return rows[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("passaporto digitale", "Passaporti digitali"),
        ("noleggio di abiti", "abito a noleggio"),
        ("product passport", "product passports"),
        ("tracciabilità", "Tracciabilita"),
        ("l'invenduto", "invenduti"),
        ("Transizione 4.0", "transizione 4.0"),
    ],
)
def test_inflections_and_orders_of_words_are_one_phrase(one, other):
    assert phrase_key(one) == phrase_key(other) != ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Transizione 4.0", "Transizione 5.0"),
        ("filato", "filiera"),
        ("noleggio", "noleggiare"),
        ("legge 206/2023", "legge 208/2015"),
        ("UNI/TS 11820", "TS 11820"),
    ],
)
def test_other_words_are_another_phrase(one, other):
    assert phrase_key(one) != phrase_key(other)


@pytest.mark.parametrize("text", ["", "di", "...", "su misura", "\u202e", "https://a.b/riciclo"])
def test_what_has_no_word_of_its_own_is_no_phrase(text):
    assert phrase_key(text) == ()


def test_a_theme_has_one_label_and_all_that_it_is_called(themes):
    theme = themes.themes[row_named(themes, "noleggio di abiti")]
    assert theme.label == "noleggio di abiti"
    passport = themes.themes[row_named(themes, "DPP")]
    assert passport.label in {"passaporto digitale", "passaporto digitale di prodotto"}
    assert "digital product passport" in passport.variants  # by the glossary only


def test_furniture_and_names_are_no_themes(themes):
    words = {word for theme in themes.themes for word in theme.label.lower().split()}
    assert not words & {"documento", "prova", "verifiche", "questioni", "breve", "nota"}
    assert not words & {"filandra", "borgomanero", "tessiture", "orlandi"}


def test_the_passages_of_a_theme_are_those_that_name_it_or_stand_under_its_name(engine, themes):
    row = row_named(themes, "noleggio di abiti")
    found = [engine.snapshot.store.passage(int(one)) for one in themes.passages(row)]
    assert {passage.heading_path for passage, _ in found} == {("Il noleggio di abiti",)}
    assert {document.year for _, document in found} == {2019, 2020, 2021}
    counts = themes.mentions[themes.mentions[:, 0] == row, 2]
    assert counts.tolist() == [4] * 6  # three times in the text, once in the heading


def test_a_mention_knows_the_sentence_that_names_the_theme(engine, themes):
    row = row_named(themes, "riciclo meccanico")
    for (_, passage_row, _), sentence in zip(themes.mentions, themes.sentences, strict=True):
        passage, _ = engine.snapshot.store.passage(int(passage_row))
        if sentence >= 0:
            assert themes.find(passage.sentences[sentence].of(passage.text))
    (first,) = {
        int(sentence)
        for (theme, _, _), sentence in zip(themes.mentions, themes.sentences, strict=True)
        if theme == row
    }
    assert first == 0


def test_themes_are_found_in_any_text(themes):
    passport, rental = row_named(themes, "DPP"), row_named(themes, "noleggio di abiti")
    assert themes.find("Che cosa cambia con i passaporti digitali?") == [passport]
    assert themes.find("digital product passport") == [passport]
    both = themes.find("abito a noleggio e DPP")
    assert (both[0], both[-1]) == (rental, passport)
    assert themes.find("un testo che parla d'altro") == []
    assert themes.find("") == []


def test_the_table_counts_passages_by_document(engine, themes):
    row = row_named(themes, "noleggio di abiti")
    documents = engine.snapshot.store.documents()
    wanted = np.array([one.group == "economia-circolare" for one in documents])
    table = themes.table(np.array([row]), wanted)
    assert table.tolist() == [[1] * 6 + [0] * 6]


def test_what_is_saved_is_what_is_loaded(themes, tmp_path):
    themes.save(tmp_path / "themes")
    loaded = ThemeIndex.load(tmp_path / "themes")
    assert loaded.themes == themes.themes
    assert loaded.find("abito a noleggio e DPP") == themes.find("abito a noleggio e DPP")
    for name in ("mentions", "sentences", "held", "map"):
        assert np.array_equal(getattr(loaded, name), getattr(themes, name))


def test_the_same_corpus_gives_the_same_themes(engine, themes, encoder):
    again = ThemeIndex.build(engine.snapshot.store, encoder.encode_queries, engine.synonyms)
    assert again.themes == themes.themes
    assert np.array_equal(again.mentions, themes.mentions)
    assert np.array_equal(again.map, themes.map)


def test_an_older_version_is_no_further_document(encoder, tmp_path):
    dye = "La tintura naturale in {0} usa radici. Una tintura naturale in {0} è lenta."
    said = ("La tintura naturale", dye)
    written = [document("tracciabilita", 2020 + n, n, said) for n in range(3)]
    written += [document("economia-circolare", 2020 + n, n) for n in range(3)]
    older = [OlderVersion(written[0].name, written[1].name, 0.9)]
    whole = engine_over(tmp_path / "whole", written, encoder).snapshot.themes
    folded = engine_over(tmp_path / "folded", written, encoder, older).snapshot.themes
    assert "tintura naturale" in {theme.label for theme in whole.themes}
    assert "tintura naturale" not in {theme.label for theme in folded.themes}


@pytest.mark.parametrize(
    "text", ["Sì.", "1 2 3.", "\u202eabc\u202c", "a" * 3000, "<script>x</script>"]
)
def test_a_corpus_without_themes_has_none(encoder, tmp_path, text):
    engine = engine_over(tmp_path / "index", [Written("nota", [("", text)])], encoder)
    themes = engine.snapshot.themes
    assert themes.themes == ()
    assert (themes.mentions.shape, themes.map.shape) == ((0, 3), (0, 2))
    assert themes.find("noleggio") == []


def test_without_a_glossary_its_terms_are_words_like_others(engine, encoder):
    alone = ThemeIndex.build(engine.snapshot.store, encoder.encode_queries, Synonyms())
    assert "digital product passport" not in {v for t in alone.themes for v in t.variants}
    assert any("passaporto digitale" in theme.label for theme in alone.themes)


def test_furniture_is_what_many_documents_say_in_the_same_words():
    said = [(n, f"Quaderno {2019 + n}, pagina 3") for n in range(4)]
    said += [
        (0, "Il riciclo"),
        (1, "Il riciclo"),
        (5, "Il riuso"),
        (5, "Il riuso"),
        (5, "Il riuso"),
    ]
    assert furniture((n, wording(text)) for n, text in said) == {"quaderno 0 pagina 0"}


def test_what_is_near_in_meaning_is_one_cluster_and_the_map_is_always_the_same():
    angles = np.array([0.0, 0.1, 2.0, 2.1, 4.0])
    vectors = centred(np.stack((np.cos(angles), np.sin(angles)), axis=1).astype(np.float32))
    assert clusters(vectors).tolist() == [0, 0, 1, 1, 2]
    places = flat_map(vectors)
    assert np.array_equal(places, flat_map(vectors.copy()))
    assert np.abs(places).max() == 1
    assert clusters(np.zeros((1, 3), np.float32)).tolist() == [0]
    assert flat_map(np.zeros((0, 3), np.float32)).shape == (0, 2)
