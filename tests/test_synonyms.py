"""Terms that mean the same: read from a file that anyone can edit, expanded in queries only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.datatypes import Query
from search.engine import Engine, open_engine
from search.errors import SynonymsError
from search.lexical import Clause, LexicalIndex
from search.snapshot import open_snapshot
from search.synonyms import SHIPPED, Synonyms, read_synonyms
from search.text import words

PASSPORT = ("DPP", "passaporto digitale di prodotto", "digital product passport")
TEXTS = [
    "Il passaporto digitale del prodotto accompagna il capo.",
    "Un passaporto scaduto e un prodotto.",
    "Il DPP arriva nel 2027.",
    "La lana torna filato.",
    "Se ne parla poco.",
]


def found(synonyms: Synonyms, question: str, texts: list[str] = TEXTS) -> list[int]:
    """The texts that are found, the best first."""
    scores = LexicalIndex.build(texts).scores(synonyms.clauses(question))
    return [int(row) for row in (-scores).argsort(kind="stable") if scores[row] > 0]


def written(folder: Path, text: str, name: str = "synonyms.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# --- in a query


def test_an_acronym_finds_the_words_it_stands_for_and_itself_first():
    assert found(Synonyms(), "DPP") == [2]
    assert found(Synonyms([PASSPORT]), "DPP") == [2, 0]


@pytest.mark.parametrize(
    "question", ["passaporto digitale di prodotto", "i passaporti digitali dei prodotti"]
)
def test_a_term_in_any_of_its_forms_finds_the_acronym(question: str):
    assert 2 not in found(Synonyms(), question)
    assert 2 in found(Synonyms([PASSPORT]), question)


def test_a_synonym_in_another_language_is_found():
    assert found(Synonyms([PASSPORT]), "digital product passport")[:2] == [2, 0]


def test_a_synonym_of_several_words_counts_only_where_all_of_them_stand():
    assert 1 not in found(Synonyms([PASSPORT]), "DPP")


def test_words_that_are_only_a_part_of_a_term_are_not_expanded():
    assert all(not clause.instead for clause in Synonyms([PASSPORT]).clauses("passaporto digitale"))


def test_of_two_terms_that_begin_alike_the_longer_one_counts():
    synonyms = Synonyms([("capitale", "fondi"), ("capitale di rischio", "venture capital")])
    first, second = synonyms.clauses("capitale di rischio")
    assert first.instead == second.instead == (tuple(words("venture capital")),)


def test_without_synonyms_a_query_is_its_words():
    assert Synonyms().clauses("la lana e il DPP") == [
        Clause(word) for word in words("la lana e il DPP")
    ]
    assert Synonyms([PASSPORT]).clauses("...") == []


@pytest.mark.parametrize(("question", "expands"), [("poco", False), ("PoC", True), ("poc", True)])
def test_an_acronym_is_not_the_word_that_has_its_stem(question: str, expands: bool):
    (clause,) = Synonyms([("PoC", "prova di concetto")]).clauses(question)
    assert bool(clause.instead) == expands


def test_an_acronym_that_is_a_stem_is_not_looked_for():
    assert found(Synonyms([("PoC", "prova di concetto")]), "una prova di concetto") == []


@pytest.mark.parametrize(("question", "expands"), [("AM", True), ("am", False)])
def test_two_letters_are_an_acronym_in_capitals_only(question: str, expands: bool):
    (clause,) = Synonyms([("AM", "manifattura additiva")]).clauses(question)
    assert bool(clause.instead) == expands


@pytest.mark.parametrize(
    ("question", "expands"), [("che cosa misura", False), ("un abito su misura", True)]
)
def test_a_term_of_which_one_word_is_left_is_found_only_as_it_is_written(question, expands):
    clauses = Synonyms([("su misura", "bespoke")]).clauses(question)
    assert any(clause.instead for clause in clauses) == expands


def test_the_parts_of_a_hyphenated_term_are_not_the_term():
    synonyms = Synonyms([("co-design", "progettazione partecipata")])
    assert [bool(c.instead) for c in synonyms.clauses("il design")] == [False]
    assert [bool(c.instead) for c in synonyms.clauses("il co-design")] == [True]


# --- for the search by meaning


@pytest.mark.parametrize(
    ("text", "spelt_out"),
    [
        ("il DPP e il DPP", "il DPP (passaporto digitale di prodotto) e il DPP"),
        ("il dpp", "il dpp (passaporto digitale di prodotto)"),
        ("DPP: passaporto digitale di prodotto", "DPP: passaporto digitale di prodotto"),
        ("il passaporto digitale di prodotto", "il passaporto digitale di prodotto"),
        ("DPPX", "DPPX"),
    ],
)
def test_an_acronym_is_spelt_out_once(text: str, spelt_out: str):
    assert Synonyms([PASSPORT]).spelt_out(text) == spelt_out


# --- the file


def test_a_file_has_a_meaning_a_line_with_remarks(tmp_path: Path):
    path = written(tmp_path, "\ufeff# nota\n\nDPP ,  passaporto   digitale # 2024/1781\n")
    (clause,) = read_synonyms(path).clauses("DPP")
    assert clause.instead == (tuple(words("passaporto digitale")),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DPP", "'DPP' stands alone"),
        ("DPP, dpp", "'DPP' stands alone"),
        ("DPP,, passaporto", "term 2 has no letter and no digit"),
        ("DPP, passaporto,", "term 3 has no letter and no digit"),
        ("DPP, " + "uno " * 13, "has more than 12 words"),
    ],
)
def test_a_wrong_line_is_named_with_its_file(tmp_path: Path, line: str, said: str):
    path = written(tmp_path, f"# nota\nEPR, responsabilità estesa\n{line}\n")
    with pytest.raises(SynonymsError) as error:
        read_synonyms(path)
    assert str(error.value).startswith(f"{path}, line 3: ")
    assert said in str(error.value)


def test_a_file_that_is_no_text_or_is_not_there_is_named(tmp_path: Path):
    path = tmp_path / "synonyms.txt"
    with pytest.raises(SynonymsError, match="cannot be read"):
        read_synonyms(path)
    path.write_bytes(b"societ\xe0, impresa")
    with pytest.raises(SynonymsError, match=r"synonyms\.txt is not UTF-8"):
        read_synonyms(path)


def test_the_shipped_file_knows_the_terms_of_the_domain():
    synonyms = read_synonyms(SHIPPED)
    for acronym in ("DPP", "EPR", "ESPR", "CVC", "EDIH", "PMI", "LCA", "CSDDD"):
        (clause,) = synonyms.clauses(acronym)
        assert clause.instead, acronym


# --- in the engine


def test_the_file_beside_the_index_counts_instead_and_is_read_again_when_changed(
    small_index: Path, encoder
):
    def expanded(question: str) -> bool:
        engine = Engine(open_snapshot(small_index), encoder)
        return bool(engine.synonyms.clauses(question)[0].instead)

    assert expanded("DPP")
    path = written(small_index, "XYZ, nylon rigenerato\n")
    assert expanded("XYZ")
    assert not expanded("DPP")
    written(small_index, "QWK, nylon rigenerato\n")
    os.utime(path, (1, 1))
    assert expanded("QWK")
    assert not expanded("XYZ")


def test_a_wrong_line_beside_the_index_is_told_when_it_is_opened(small_index: Path):
    written(small_index, "XYZ\n")
    with pytest.raises(SynonymsError, match=r"synonyms\.txt, line 1: 'XYZ' stands alone"):
        open_engine(small_index)


def test_the_engine_finds_what_an_unknown_acronym_stands_for(small_index: Path, encoder):
    snapshot = open_snapshot(small_index)
    synonyms = Synonyms([("XYZ", "canone mensile")])
    hits = Engine(snapshot, encoder, synonyms=synonyms).search(Query("XYZ")).hits
    assert hits[0].document.path == "nuovi-modelli-di-business/2024-quaderno-noleggio.md"
    plain = Engine(snapshot, encoder, synonyms=Synonyms()).search(Query("XYZ")).hits
    assert hits[0].score > plain[0].score
