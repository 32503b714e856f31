"""What a sidecar or front matter declares, however it is typed; nonsense is a warning."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.declarations import Declaration, declare, read_sidecar
from search.datatypes import Kind

# Wild input, but in seconds; a busy machine is no failure.
quick = settings(max_examples=100, deadline=None)


NOTHING = Declaration()


def test_italian_and_english_keys_say_the_same():
    italian = (
        "titolo: La lana\ngruppo: Economia circolare\ntipo: Case history\nanno: 2024\nlingua: it"
    )
    english = (
        "title: La lana\ngroup: economia-circolare\nkind: case-history\nyear: 2024\nlanguage: it"
    )
    expected = Declaration("La lana", "economia-circolare", "case-history", 2024, "it")
    assert declare(italian, "a.yaml") == declare(english, "a.yaml") == (expected, [])


def test_keys_are_known_in_any_case_and_others_are_left_alone():
    assert declare("TITOLO: Lana\nEditore: x", "a.yaml") == (Declaration(title="Lana"), [])


def test_a_title_is_taken_as_it_is_typed():
    for title in ("1.10", "007", "No", "2024-05-01", "1_000", "0x1F"):
        assert declare(f"title: {title}", "a.yaml") == (Declaration(title=title), [])


@pytest.mark.parametrize(
    ("value", "year"), [("2024", 2024), ("'2024'", 2024), ("2024-05-01", 2024), ("2021-2024", 2021)]
)
def test_a_year_may_be_a_number_a_word_or_a_date(value: str, year: int):
    assert declare(f"anno: {value}", "a.yaml") == (Declaration(year=year), [])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("it", "it"),
        ("EN", "en"),
        ("en-GB", "en"),
        ("no", "no"),
        ("Italiano", "it"),
        ("english", "en"),
    ],
)
def test_a_language_is_a_code_or_the_name_of_one_of_two(value: str, code: str):
    assert declare(f"lingua: {value}", "a.yaml") == (Declaration(language=code), [])


@pytest.mark.parametrize("value", ["", "~", "null", "''"])
def test_a_key_without_a_value_says_nothing(value: str):
    assert declare(f"titolo: {value}\nanno: 2024", "a.yaml") == (Declaration(year=2024), [])


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("gruppo: Apicoltura", "group"),
        ("tipo: romanzo", "kind"),
        ("anno: l'anno scorso", "year"),
        ("anno: 20240131", "year"),
        ("lingua: klingon", "language"),
        ("titolo: [a, b]", "title"),
        ("titolo: {a: b}", "title"),
        ("lingua: [it]", "language"),
        ("tipo: !!bool forse", "kind"),
        ("anno: !!timestamp ieri", "year"),
    ],
)
def test_nonsense_is_a_warning_that_names_the_place_and_the_key(line: str, field: str):
    key = line.partition(":")[0]
    declaration, [warning] = declare(f"{line}\ntitle: Lana\n", "nota.yaml")
    assert declaration == Declaration(title="Lana")
    assert warning.startswith(f"nota.yaml: {key}: ")
    assert f"is not a {field} we know" in warning


@pytest.mark.parametrize("key", ["author", "authors", "autore", "Autori"])
@pytest.mark.parametrize(
    ("value", "author"),
    [
        ("Anna  Bianchi", "Anna Bianchi"),
        ("Bianchi, Anna; Rossi, Mario", "Bianchi, Anna; Rossi, Mario"),
        ("[Anna Bianchi, Mario Rossi, Anna Bianchi]", "Anna Bianchi; Mario Rossi"),
        ("\n- Anna Bianchi\n- Mario Rossi", "Anna Bianchi; Mario Rossi"),
        ("m.rossi", "m.rossi"),  # whoever writes a sidecar means what it says
        ("2030", "2030"),
    ],
)
def test_authors_are_taken_as_they_are_typed(key: str, value: str, author: str):
    assert declare(f"{key}: {value}", "a.yaml") == (Declaration(author=author), [])


@pytest.mark.parametrize("value", ["{name: Anna}", "[{name: Anna}]", "[[Anna]]", "[]"])
def test_what_is_no_name_and_no_list_of_names_is_no_author(value: str):
    declaration, [warning] = declare(f"title: Lana\nauthor: {value}", "a.yaml")
    assert declaration == Declaration(title="Lana")
    assert warning == "a.yaml: author: a list is not an author we know"


def test_a_long_name_repeated_by_references_is_taken_once_and_cut():
    names = ", ".join(["*a"] * 10_000)
    declaration, _ = declare(f"nome: &a {'x' * 10_000}\nautori: [{names}]", "a.yaml")
    assert declaration == Declaration(author="x" * 1999 + "…")


def test_half_a_character_is_left_out():
    text = r'{title: "La\ud83d lana", author: "Anna\udc00"}'
    assert declare(text, "a.yaml") == (Declaration(title="La lana", author="Anna"), [])


def test_a_long_value_is_cut_in_the_warning():
    _, [warning] = declare("gruppo: " + "x" * 10_000, "a.yaml")
    assert len(warning) < 200


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "titolo: [",
        "titolo: 'Lana",
        "\ttitolo: Lana",
        "? [a]\n: b",
        "titolo: \x07",
        "a: &a [*a]\nb: *c",
        "[" * 1000,
    ],
)
def test_invalid_yaml_is_a_warning_and_no_error(text: str):
    assert declare(text, "a.yaml") == (NOTHING, ["a.yaml is not valid YAML: it is left out"])


@pytest.mark.parametrize("text", ["", "solo testo", "- titolo", "42"])
def test_yaml_without_fields_is_a_warning(text: str):
    declaration, [warning] = declare(text, "front matter")
    assert declaration == NOTHING
    assert warning == (
        "front matter declares no field (title, group, kind, year, language, author)"
    )


def bomb() -> str:
    """Each line holds nine times the one before: 387 million at the end."""
    nines = [", ".join([f"*a{n}"] * 9) for n in range(9)]
    lines = [f"a{n}: &a{n} [{held}]" for n, held in enumerate(["x", *nines])]
    return "\n".join(lines)


@pytest.mark.parametrize("last", ["titolo: *a9", "titolo: [*a9, *a9]", "altro: *a9"])
def test_a_yaml_bomb_does_not_go_off(last: str):
    declaration, _ = declare(f"{bomb()}\n{last}\nanno: 2024", "a.yaml")
    assert declaration == Declaration(year=2024)


def test_a_bomb_of_merged_mappings_does_not_go_off():
    lines = ["a0: &a0 {x: y}"]
    lines += [f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    declaration, _ = declare("\n".join([*lines, "anno: 2024"]), "a.yaml")
    assert declaration == Declaration(year=2024)


yaml_values = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["!!int x", "!!float []", "!!python/object:os.system", "<<: *a", "1:2:3", "=>"]
    ),
    st.sampled_from(["!!binary é", "2024-13-45", "9" * 5000, ".inf", "0o9", "!!set {a}", "&a *a"]),
)


@quick
@given(st.lists(st.tuples(st.sampled_from(["titolo", "anno", "tipo", "x", "<<"]), yaml_values)))
@example([("anno", "!!int ''")])
def test_no_sidecar_is_an_error(lines):
    text = "\n".join(f"{key}: {value}" for key, value in lines)
    declaration, warnings = declare(text, "a.yaml")
    assert declaration.title is None or declaration.title == " ".join(declaration.title.split())
    assert declaration.year is None or 1900 <= declaration.year <= 2099
    assert declaration.kind is None or declaration.kind in set(Kind)
    assert all(warning.startswith("a.yaml") for warning in warnings)


def test_a_sidecar_may_begin_with_a_byte_order_mark(tmp_path: Path):
    path = tmp_path / "città d'arte.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + "titolo: Città d'arte".encode())
    assert read_sidecar(path) == (Declaration(title="Città d'arte"), [])


def test_a_sidecar_that_is_not_utf_8_is_a_warning(tmp_path: Path):
    path = tmp_path / "nota.yaml"
    path.write_bytes("titolo: Città".encode("latin-1"))
    declaration, [warning] = read_sidecar(path)
    assert declaration == NOTHING
    assert warning.startswith("nota.yaml cannot be read")


def test_a_sidecar_that_is_gone_is_a_warning(tmp_path: Path):
    declaration, [warning] = read_sidecar(tmp_path / "nota.yaml")
    assert declaration == NOTHING
    assert warning.startswith("nota.yaml cannot be read")
