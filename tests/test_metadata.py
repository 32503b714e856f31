"""What a document is said to be, who says it, and which files are documents at all."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.declarations import Declaration, declare, read_sidecar, year_in
from ingest.metadata import Origin, resolve, said_by_name
from ingest.readers import Reading
from ingest.sources import find_sources
from search.datatypes import Content, Group, Heading, Kind, Page
from search.errors import IngestError
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


# --- sidecar and front matter


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


def test_a_long_name_repeated_by_references_is_taken_once():
    names = ", ".join(["*a"] * 10_000)
    declaration, _ = declare(f"nome: &a {'x' * 10_000}\nautori: [{names}]", "a.yaml")
    assert declaration == Declaration(author="x" * 10_000)


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


# --- the files of a corpus


def write(corpus: Path, *names: str, text: str = "Testo.") -> None:
    for name in names:
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def names_in(corpus: Path) -> list[str]:
    return [source.name for source in find_sources(corpus, "1")[0]]


def test_the_files_of_all_folders_are_found_in_order(tmp_path: Path):
    write(tmp_path, "b.md", "a/z.txt", "a/b/c.pdf", "Perché no?/Città d'arte 2024.md")
    sources, skipped = find_sources(tmp_path, "1")
    assert [s.name for s in sources] == [
        "Perché no?/Città d'arte 2024.md",
        "a/b/c.pdf",
        "a/z.txt",
        "b.md",
    ]
    assert all(s.path == tmp_path / s.name for s in sources)
    assert {s.sha256 for s in sources} == {sha256(b"Testo.").hexdigest()}
    assert skipped == []


def test_what_is_no_document_is_left_out_without_a_word(tmp_path: Path):
    write(tmp_path, "a.md", ".nascosto.md", ".git/a.md", "b/.DS_Store", "~$a.docx", "b/~$b.docx")
    write(tmp_path, "README.md", "readme.txt", "a.yaml", "a.md.YAML", "b/orfano.yaml")
    sources, skipped = find_sources(tmp_path, "1")
    assert [s.name for s in sources] == ["a.md"]
    assert skipped == []


def test_a_readme_in_a_folder_is_a_document(tmp_path: Path):
    write(tmp_path, "tracciabilita/README.md", "readme-2024.md")
    assert names_in(tmp_path) == ["readme-2024.md", "tracciabilita/README.md"]


def test_links_to_files_and_folders_and_to_nothing_are_reported(tmp_path: Path):
    corpus, elsewhere = tmp_path / "corpus", tmp_path / "altrove"
    write(corpus, "a.md")
    write(elsewhere, "segreto.md", "segreto.yaml")
    (corpus / "file.md").symlink_to(elsewhere / "segreto.md")
    (corpus / "cartella").symlink_to(elsewhere)
    (corpus / "rotto.md").symlink_to(elsewhere / "non c'è.md")
    (corpus / "a.yaml").symlink_to(elsewhere / "segreto.yaml")
    sources, skipped = find_sources(corpus, "1")
    assert [(s.name, s.sidecar) for s in sources] == [("a.md", None)]
    assert [s.name for s in skipped] == ["a.yaml", "cartella", "file.md", "rotto.md"]
    assert {s.reason for s in skipped} == {"it is a link: put the file itself here"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_reported_and_not_waited_for(tmp_path: Path):
    write(tmp_path, "a.md")
    os.mkfifo(tmp_path / "pipe.md")
    sources, [skipped] = find_sources(tmp_path, "1")
    assert [s.name for s in sources] == ["a.md"]
    assert skipped.name == "pipe.md"
    assert "ordinary file" in skipped.reason


def test_a_name_in_an_old_encoding_is_reported_with_a_name_one_can_print(tmp_path: Path):
    write(tmp_path, "a.md")
    try:
        with open(os.fsencode(tmp_path) + b"/citt\xe0.md", "wb") as file:  # noqa: PTH123 - bytes
            file.write(b"Testo.")
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    sources, [skipped] = find_sources(tmp_path, "1")
    assert [s.name for s in sources] == ["a.md"]
    assert skipped.name == "citt\N{REPLACEMENT CHARACTER}.md"
    assert skipped.reason == "its name is not in UTF-8: rename it"


def test_a_corpus_that_is_no_folder_is_an_error_that_names_it(tmp_path: Path):
    write(tmp_path, "a.md")
    for path in (tmp_path / "a.md", tmp_path / "non c'è"):
        with pytest.raises(IngestError, match="is not a folder") as caught:
            find_sources(path, "1")
        assert str(path) in str(caught.value)


def test_the_sidecar_with_the_whole_name_goes_before_the_other(tmp_path: Path):
    write(tmp_path, "nota.pdf", "nota.md", "nota.yaml", "nota.pdf.yaml", "altra.pdf")
    sidecars = {s.name: s.sidecar for s in find_sources(tmp_path, "1")[0]}
    assert sidecars == {
        "nota.pdf": tmp_path / "nota.pdf.yaml",
        "nota.md": tmp_path / "nota.yaml",
        "altra.pdf": None,
    }


def key(corpus: Path, name: str = "nota.md", readers_version: str = "1") -> str:
    return {s.name: s.key for s in find_sources(corpus, readers_version)[0]}[name]


def test_the_key_of_a_source_changes_with_all_it_is_made_from(tmp_path: Path):
    write(tmp_path, "nota.md", "copia.md")
    keys = [key(tmp_path), key(tmp_path, "copia.md"), key(tmp_path, readers_version="2")]
    write(tmp_path, "nota.yaml", text="anno: 2023")
    keys.append(key(tmp_path))
    write(tmp_path, "nota.yaml", text="anno: 2024")
    keys.append(key(tmp_path))
    write(tmp_path, "nota.md", text="Altro testo.")
    keys.append(key(tmp_path))
    assert len(set(keys)) == 6


def test_the_key_of_a_source_stays_while_what_it_is_made_from_stays(tmp_path: Path):
    write(tmp_path / "a", "nota.md")
    write(tmp_path / "a", "nota.yaml", text="anno: 2023")
    write(tmp_path / "b", "nota.md", "altro.md")
    write(tmp_path / "b", "nota.md.yaml", text="anno: 2023")
    os.utime(tmp_path / "b" / "nota.md", (0, 0))
    assert key(tmp_path / "a") == key(tmp_path / "b")
