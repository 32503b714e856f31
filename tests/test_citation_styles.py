"""A document as the APA style cites it."""

from dataclasses import replace

import pytest

from search.citation_styles import apa_in_text, apa_reference
from search.datatypes import Document

ADDRESS = "https://kb.example/documento?documento=1a"
DOCUMENT = Document(
    id="1a",
    path="economia-circolare/2024-reti.pdf",
    sha256="",
    source_key="",
    media_type="application/pdf",
    title="Le reti tornano filo",
    group="economia-circolare",
    kind="case-history",
    year=2024,
    language="it",
    page_count=3,
)


def by(author: str) -> Document:
    return replace(DOCUMENT, author=author)


@pytest.mark.parametrize(
    ("author", "listed", "named"),
    [
        ("Rossi, Maria Luisa", "Rossi, M. L.", "Rossi"),
        ("Maria Rossi", "Rossi, M.", "Rossi"),
        ("Dupont, Jean-Paul", "Dupont, J.-P.", "Dupont"),
        ("Cluster Made in Italy", "Cluster Made in Italy.", "Cluster Made in Italy"),
        ("Rossi, Maria; Verdi, Ugo", "Rossi, M., & Verdi, U.", "Rossi & Verdi"),
        ("Rossi, Maria; ENEA; Verdi, Ugo", "Rossi, M., ENEA, & Verdi, U.", "Rossi et al."),
    ],
)
def test_persons_are_named_by_family_name_and_initials_and_organisations_in_full(
    author, listed, named
):
    assert apa_reference(by(author), "Case history", ADDRESS) == (
        f"{listed} (2024). Le reti tornano filo [Case history]. {ADDRESS}"
    )
    assert apa_in_text(by(author), 2) == f"({named}, 2024, p. 2)"


def test_without_an_author_the_title_comes_first():
    assert apa_reference(DOCUMENT, "", ADDRESS) == f"Le reti tornano filo. (2024). {ADDRESS}"
    assert apa_in_text(DOCUMENT, None) == "(“Le reti tornano filo”, 2024)"
    long = replace(DOCUMENT, title="Uno due tre quattro cinque sei sette otto")
    assert apa_in_text(long, None) == "(“Uno due tre quattro cinque sei…”, 2024)"


def test_a_document_without_a_year_says_so_in_the_words_of_the_reader():
    undated = replace(by("ENEA"), year=None)
    assert apa_reference(undated, "", ADDRESS).startswith("ENEA. (n.d.). Le reti")
    assert apa_in_text(undated, 1, "s.d.") == "(ENEA, s.d., p. 1)"


def test_a_title_that_ends_as_a_sentence_gets_no_second_full_stop():
    asked = replace(by("ENEA"), title="Chi ricicla le reti?")
    assert apa_reference(asked, "", ADDRESS) == f"ENEA. (2024). Chi ricicla le reti? {ADDRESS}"


def test_of_more_than_twenty_authors_nineteen_are_named_and_the_last():
    names = [f"Ente{number}" for number in range(1, 26)]
    listed = apa_reference(by("; ".join(names)), "", ADDRESS)
    assert listed.startswith(f"{', '.join(names[:19])}, … Ente25. (2024).")


def test_a_title_of_any_length_on_several_lines_is_cited_on_one():
    reference = apa_reference(replace(DOCUMENT, title="Reti\n" * 1_000_000), "", ADDRESS)
    assert "\n" not in reference
    assert len(reference) < 700
