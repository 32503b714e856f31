"""What a document is said to be, and who says it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.declarations import Declaration, year_in
from ingest.metadata import Origin, resolve, said_by_name
from ingest.readers import Reading
from search.datatypes import Content, Group, Heading, Page
from search.keys import known_key, slug_of

# Wild input, but in seconds; a busy machine is no failure.
quick = settings(max_examples=100, deadline=None)


NOTHING = Declaration()


def reading(
    front_matter: Declaration = NOTHING,
    file_metadata: Declaration = NOTHING,
    heading: str | None = None,
) -> Reading:
    headings = (Heading(1, heading, 1, 0),) if heading else ()
    content = Content((Page(1, f"{heading or ''}\n\nTesto."),), headings)
    return Reading("text/markdown", content, front_matter, file_metadata)


# --- which place is believed


SIDECAR = Declaration("Dal sidecar", "tracciabilita", "quaderno", 2021, "en", "Anna Bianchi")
FRONT_MATTER = Declaration(
    "Dal frontespizio", "economia-circolare", "workshop", 2022, "fr", "Mario Rossi"
)
FILE_METADATA = Declaration("Dal file", "open-innovation", "position-paper", 2024, "de", "Zoe Neri")
NAME = "nuovi-modelli-di-business/2023-case-history-rossi.md"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (
            "title",
            [
                ("Dal sidecar", Origin.SIDECAR),
                ("Dal frontespizio", Origin.FRONT_MATTER),
                ("Dal file", Origin.FILE_METADATA),
                ("Dal titolo", Origin.FIRST_HEADING),
                ("2023 case history rossi", Origin.FILE_NAME),
            ],
        ),
        (
            "group",
            [
                ("tracciabilita", Origin.SIDECAR),
                ("economia-circolare", Origin.FRONT_MATTER),
                ("nuovi-modelli-di-business", Origin.NAME),
            ],
        ),
        (
            "kind",
            [
                ("quaderno", Origin.SIDECAR),
                ("workshop", Origin.FRONT_MATTER),
                ("case-history", Origin.NAME),
            ],
        ),
        ("year", [(2021, Origin.SIDECAR), (2022, Origin.FRONT_MATTER), (2023, Origin.NAME)]),
        (
            "language",
            [
                ("en", Origin.SIDECAR),
                ("fr", Origin.FRONT_MATTER),
                ("de", Origin.FILE_METADATA),
                ("it", Origin.NOWHERE),
            ],
        ),
        (
            "author",
            [
                ("Anna Bianchi", Origin.SIDECAR),
                ("Mario Rossi", Origin.FRONT_MATTER),
                ("Zoe Neri", Origin.FILE_METADATA),
                ("", Origin.NOWHERE),
            ],
        ),
    ],
)
def test_the_first_place_that_says_something_is_believed(field, expected):
    # Place after place falls silent, until only the name is left.
    silenced = [
        (reading(FRONT_MATTER, FILE_METADATA, "Dal titolo"), SIDECAR),
        (reading(FRONT_MATTER, FILE_METADATA, "Dal titolo"), NOTHING),
        (reading(NOTHING, FILE_METADATA, "Dal titolo"), NOTHING),
        (reading(NOTHING, NOTHING, "Dal titolo"), NOTHING),
        (reading(), NOTHING),
    ]
    said = []
    for read, sidecar in silenced:
        resolved = resolve(NAME, read, sidecar)
        said.append((getattr(resolved, field), resolved.origins[field]))
    assert list(dict.fromkeys(said)) == expected


def test_the_metadata_of_a_file_count_where_its_name_says_nothing():
    resolved = resolve("varie/nota.pdf", reading(file_metadata=FILE_METADATA), NOTHING)
    assert (resolved.group, resolved.kind, resolved.year) == (
        "open-innovation",
        "position-paper",
        2024,
    )
    assert resolved.origins["year"] is Origin.FILE_METADATA


def test_each_field_is_believed_on_its_own():
    resolved = resolve(NAME, reading(Declaration(title="Titolo")), Declaration(year=2019))
    assert (resolved.title, resolved.year, resolved.kind) == ("Titolo", 2019, "case-history")
    assert resolved.origins == {
        "title": Origin.FRONT_MATTER,
        "group": Origin.NAME,
        "kind": Origin.NAME,
        "year": Origin.SIDECAR,
        "language": Origin.NOWHERE,
        "author": Origin.NOWHERE,
    }


def test_a_document_of_which_nothing_is_said_is_other_italian_and_without_year():
    resolved = resolve("nota.txt", reading(), NOTHING)
    assert (resolved.title, resolved.group, resolved.kind) == ("Nota", "", "altro")
    assert (resolved.year, resolved.language) == (None, "it")
    assert resolved.origins["year"] is Origin.NOWHERE


# --- what a name says


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "economia-circolare/2024-case-history-aquafil.pdf",
            Declaration(group="economia-circolare", kind="case-history", year=2024),
        ),
        (
            "Economia circolare/Documento di output 2023.pdf",
            Declaration(group="economia-circolare", kind="documento-di-output", year=2023),
        ),
        (
            "Tracciabilità, blockchain e anticontraffazione/Relazione introduttiva.pdf",
            Declaration(group="tracciabilita", kind="relazione-introduttiva"),
        ),
        (
            "OPEN_INNOVATION/2022/Terzo tavolo/quaderno.md",
            Declaration(group="open-innovation", kind="quaderno", year=2022),
        ),
        ("2021/nota 2023.txt", Declaration(year=2023)),
        ("caso.pdf", Declaration()),
        ("economia-circolare.pdf", Declaration()),
        ("quaderni.pdf", Declaration()),
    ],
)
def test_a_path_says_group_kind_and_year(name: str, expected: Declaration):
    assert said_by_name(name) == expected


def test_an_accent_typed_on_a_mac_is_the_same_accent():
    assert said_by_name("Tracciabilita\u0300/nota.pdf").group == "tracciabilita"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024-relazione", 2024),
        ("relazione_2024_v2", 2024),
        ("dal 1999 al 2024", 1999),
        ("20240131", None),
        ("IT02024123456", None),
        ("1899 e 2100", None),
        ("3024", None),
        ("", None),
    ],
)
def test_a_year_stands_alone_among_the_digits(text: str, year: int | None):
    assert year_in(text) == year


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("Open innovation", "open-innovation"),
        ("Economia circolare", "economia-circolare"),
        ("economia_circolare", "economia-circolare"),
        ("  NUOVI MODELLI DI BUSINESS ", "nuovi-modelli-di-business"),
        ("Tracciabilità", "tracciabilita"),
        ("Tracciabilità, blockchain e anticontraffazione", "tracciabilita"),
        ("economia", None),
        ("l'economia circolare", None),
        ("tracciabilitas", None),
        ("", None),
    ],
)
def test_a_group_is_known_however_it_is_spelled(value: str, key: str | None):
    assert known_key(value, Group) == key


@quick
@given(st.text())
def test_a_slug_is_lower_case_words_joined_by_hyphens(text: str):
    slug = slug_of(text)
    assert slug == slug_of(slug)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in f"-{slug}-" or not slug
