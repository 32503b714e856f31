"""Suggestions while typing: beginnings of words, whatever their capitals, accents and order."""

import pytest
from conftest import write_corpus
from hypothesis import given
from hypothesis import strategies as st

from search.completion import LONGEST, Completer, Completion, Source
from search.phrases import frequent_phrases
from search.snapshot import open_snapshot

ENTRIES = [
    Completion("Tracciabilità della filiera tessile", Source.TITLE, 1),
    Completion("La blockchain per la filiera", Source.HEADING, 2),
    Completion("passaporto digitale", Source.PHRASE, 17),
    Completion("passaporto digitale di prodotto", Source.PHRASE, 9),
    Completion("passaggio", Source.WORD, 6),
    Completion("Politecnico di Milano", Source.AUTHOR, 4),
    Completion("<b>Filiera</b> & <script>alert(1)</script>", Source.TITLE, 1),
]


@pytest.fixture(scope="module")
def completer() -> Completer:
    return Completer(ENTRIES)


def texts(completer: Completer, typed: str, k: int = 8) -> list[str]:
    return [entry.text for entry in completer.complete(typed, k)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("t", "Tracciabilità della filiera tessile"),
        ("TRACCIABILITA", "Tracciabilità della filiera tessile"),
        ("tess", "Tracciabilità della filiera tessile"),  # any word, not the first only
        ("filiera tracc", "Tracciabilità della filiera tessile"),  # in any order
        ("la tracciabilità dell", "Tracciabilità della filiera tessile"),
        ("politecnico di mil", "Politecnico di Milano"),
        ("passaporto digitale di", "passaporto digitale di prodotto"),
        ("blockchain ", "La blockchain per la filiera"),
        ("dell'filiera bloc", "La blockchain per la filiera"),
    ],
)
def test_each_typed_word_begins_a_word_of_what_is_suggested(completer, typed, first):
    assert texts(completer, typed)[0] == first


@pytest.mark.parametrize("typed", ["", "  ", "?!", "xyz", "filiera milano", "ilano", "a" * 5000])
def test_nothing_is_suggested_for_what_begins_nothing(completer, typed):
    assert texts(completer, typed) == []


@pytest.mark.parametrize(
    "typed", ["pasaporto", "passaproto dig", "passapporto", "passsaporto", "passapirto di"]
)
def test_one_mistake_behind_the_first_letter_is_forgiven(completer, typed):
    assert texts(completer, typed)[0] == "passaporto digitale"


def test_two_mistakes_or_a_short_word_are_not_forgiven(completer):
    assert texts(completer, "psssaprto") == []
    assert texts(completer, "pxs") == []


def test_what_begins_with_the_typed_words_is_before_what_holds_them_inside():
    completer = Completer(
        [
            Completion("rapporto sui rifiuti", Source.TITLE, 1),
            Completion("rifiuti tessili", Source.HEADING, 1),
        ]
    )
    assert texts(completer, "rif") == ["rifiuti tessili", "rapporto sui rifiuti"]


def test_more_documents_go_before_fewer_and_short_before_long(completer):
    assert texts(completer, "pass") == [
        "passaporto digitale",
        "passaporto digitale di prodotto",
        "passaggio",
    ]
    assert texts(completer, "pass", k=1) == ["passaporto digitale"]


def test_markup_in_a_title_stays_text(completer):
    assert texts(completer, "script") == ["<b>Filiera</b> & <script>alert(1)</script>"]


def test_of_two_that_differ_by_capitals_and_accents_one_is_suggested():
    completer = Completer(
        [
            Completion("Città circolari", Source.TITLE, 1),
            Completion("citta Circolari", Source.HEADING, 9),
            Completion("x" * (LONGEST + 1), Source.TITLE, 1),
        ]
    )
    assert completer.complete("citt") == (Completion("Città circolari", Source.TITLE, 1),)
    assert len(completer) == 1


def test_an_empty_corpus_suggests_nothing():
    assert Completer([]).complete("a") == ()


@given(st.text(max_size=80))
def test_whatever_is_typed_only_entries_are_suggested(typed):
    assert set(Completer(ENTRIES).complete(typed, 3)) <= set(ENTRIES)


def phrases(*documents: str, least: int = 2, most: int = 99) -> dict[str, int]:
    found = frequent_phrases(enumerate(documents), least, most)
    return {phrase.text: phrase.documents for phrase in found}


def test_a_phrase_is_counted_by_documents_and_written_as_it_mostly_is():
    found = phrases(
        "Il passaporto digitale arriva. Passaporto digitale!",
        "Un Passaporto digitale, oggi",
        "col passaporto   digitale",
    )
    assert found == {"passaporto digitale": 3}


def test_a_phrase_does_not_cross_punctuation_or_end_with_little_words():
    assert phrases("lino, canapa e", "lino. Canapa e", "lino | canapa e") == {
        "lino": 3,
        "canapa": 3,
    }
    assert phrases("la filiera del tessile e", "la filiera del tessile e") == {
        "filiera del tessile": 2
    }


def test_a_phrase_neither_begins_nor_ends_with_a_verb_or_an_amount():
    assert phrases("usano scarti tessili", "usano scarti tessili") == {"scarti tessili": 2}
    assert phrases("due startup innovative", "due startup innovative") == {"startup innovative": 2}


def test_part_of_a_longer_phrase_is_none_unless_it_also_stands_alone():
    inside = ("responsabilità estesa del produttore",) * 4
    assert phrases(*inside) == {"responsabilità estesa del produttore": 4}
    alone = ("responsabilità estesa",) * 2
    assert phrases(*inside, *alone)["responsabilità estesa"] == 6


def test_what_stands_in_nearly_every_document_is_no_phrase():
    covers = [f"Cluster MinIT {word}" for word in ("lino", "canapa", "seta", "lana")]
    assert phrases(*covers, most=2) == {}
    assert phrases(*covers, most=4) == {"Cluster MinIT": 4}


def test_an_index_suggests_its_titles_authors_headings_and_phrases(tmp_path, run_ingest):
    head = "---\ntitle: {}\nauthor: Ada Verdi; Ugo Bianchi\n---\n"
    text = head + "# {}\n\nDa qui il filo rigenerato.\n"
    names = ["Reti", "Lana", "Vetro", "Carta", "Cuoio", "Legno", "Sughero"]
    corpus = write_corpus(
        tmp_path / "corpus",
        {f"{n}.md": text.format(f"{n} <i>nuove</i>", f"1.2 Storia di {n}") for n in names},
    )
    # Three of seven have the phrase: in more than half it would be on every cover.
    for name in names[3:]:
        path = corpus / f"{name}.md"
        path.write_text(path.read_text("utf-8").replace("filo rigenerato", f"{name} rifatto"))
    run_ingest(corpus, tmp_path / "index")
    snapshot = open_snapshot(tmp_path / "index")
    completer = Completer.of(snapshot)
    assert completer.complete("sug") == (
        Completion("Sughero <i>nuove</i>", Source.TITLE, 1),
        Completion("Storia di Sughero", Source.HEADING, 1),
    )
    assert completer.complete("bian") == (Completion("Ugo Bianchi", Source.AUTHOR, 7),)
    assert completer.complete("filo r")[0] == Completion("filo rigenerato", Source.PHRASE, 3)
    assert Completer.of(snapshot) is completer
    snapshot.close()
