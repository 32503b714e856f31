"""An administrator corrects a document: the file beside it, and only what was changed in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.declarations import declare
from ingest.sidecar import change, open_sidecar, save
from ingest.yaml_edit import load_mapping, with_values
from search.errors import IngestError

NAME = "tracciabilita/report.pdf"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus" / "tracciabilita"
    folder.mkdir(parents=True)
    (folder / "report.pdf").write_bytes(b"%PDF-1.4")
    return tmp_path / "corpus"


def beside(corpus, name=f"{NAME}.yaml"):
    return corpus / name


def correct(corpus, fields=None, cases=(), *, tells=True, name=NAME):
    sidecar = open_sidecar(corpus, name)
    changed = change(sidecar, {**sidecar.fields, **(fields or {})}, cases, tells=tells)
    save(corpus, changed)
    return changed


def test_a_first_correction_makes_the_file(corpus):
    correct(corpus, {"title": "Il filo: una storia", "year": "2024"})
    assert beside(corpus).read_text() == "title: 'Il filo: una storia'\nyear: '2024'\n"
    declared, warnings = declare(beside(corpus).read_text(), "")
    assert (declared.title, declared.year, warnings) == ("Il filo: una storia", 2024, [])


def test_what_was_not_changed_stays_character_by_character(corpus):
    before = (
        "# di Anna, 3 marzo\n"
        "titolo: Vecchio   # da rivedere\n"
        "\n"
        "password: 'segreta: 1'\n"
        "nota:\n"
        "  - tre righe\n"
        "  # e un commento\n"
        "# in fondo\n"
    )
    beside(corpus).write_text(before)
    correct(corpus, {"title": "Nuovo", "group": "economia-circolare"})
    after = before.replace("titolo: Vecchio   # da rivedere\n", "titolo: Nuovo\n")
    assert beside(corpus).read_text() == f"{after}group: economia-circolare\n"


def test_windows_line_ends_stay(corpus):
    beside(corpus).write_bytes(b"title: A\r\naltro: 1\r\n")
    correct(corpus, {"title": "B", "year": "2020"})
    assert beside(corpus).read_bytes() == b"title: B\r\naltro: 1\r\nyear: '2020'\r\n"


@pytest.mark.parametrize(
    "before",
    [
        "{title: A, altro: [1, 2]}",
        "title: &t A\naltro: *t\n",
        "altro: &a [1, 2]\ntitle: *a\n",
        '"title": A\n"altro": |\n  due\n  righe\n\n',
        "titolo: X\naltro: 1\ntitle: A\n",
        "title: A\ntitle: A2\naltro: >-\n  una\n  riga # no\n# fine",
        "---\ntitle: A\naltro: 1\n...\n",
    ],
)
def test_other_keys_stay_however_the_file_is_written(corpus, before):
    beside(corpus).write_text(before)
    correct(corpus, {"title": "B", "language": "en"})
    after = load_mapping(beside(corpus).read_text())
    assert after["altro"] == load_mapping(before)["altro"]
    declared, warnings = declare(beside(corpus).read_text(), "")
    assert (declared.title, declared.language, warnings) == ("B", "en", [])


def test_a_correction_that_is_taken_back_takes_the_file_with_it(corpus):
    correct(corpus, {"title": "A"})
    correct(corpus, {"title": ""})
    assert not beside(corpus).exists()
    beside(corpus).write_text("title: A\npassword: x\n")
    correct(corpus, {"title": ""})
    assert beside(corpus).read_text() == "password: x\n"


def test_a_file_that_two_documents_share_is_left_to_the_other(corpus):
    beside(corpus, "tracciabilita/report.docx").write_bytes(b"PK")
    shared = beside(corpus, "tracciabilita/report.yaml")
    shared.write_text("title: A\nyear: 2020\n")
    correct(corpus, {"title": "B"})
    assert shared.read_text() == "title: A\nyear: 2020\n"
    assert beside(corpus).read_text() == "title: B\nyear: 2020\n"
    beside(corpus).unlink()
    correct(corpus, {"title": "", "year": ""})
    assert declare(beside(corpus).read_text(), "")[0].title is None


def test_a_file_of_one_document_is_changed_where_it_is(corpus):
    alone = beside(corpus, "tracciabilita/report.yaml")
    alone.write_text("title: A\n")
    correct(corpus, {"title": "B"})
    assert alone.read_text() == "title: B\n"
    assert not beside(corpus).exists()


@pytest.mark.parametrize("fields", [{"year": "l'anno scorso"}, {"language": "klingon"}])
def test_what_a_run_would_not_understand_is_not_written(corpus, fields):
    with pytest.raises(IngestError, match="is not a"):
        correct(corpus, {"title": "A", **fields})
    assert not beside(corpus).exists()


def test_an_old_mistake_does_not_keep_one_from_correcting_something_else(corpus):
    beside(corpus).write_text("year: boh\n")
    correct(corpus, {"title": "A"})
    assert beside(corpus).read_text() == "year: boh\ntitle: A\n"


def test_the_fields_of_a_case_are_added_changed_and_said_to_be_none(corpus):
    correct(
        corpus,
        cases=[
            {"organisation": "Rossi", "results": "acqua −60%\n12 clienti", "partners": "nessuno"}
        ],
    )
    (said,) = declare(beside(corpus).read_text(), "")[0].corrections
    assert (said.organisation, said.results) == ("Rossi", ("acqua −60%", "12 clienti"))
    assert said.partners == ()
    assert said.challenge is None
    sidecar = open_sidecar(corpus, NAME)
    assert sidecar.cases == (
        {"organisation": "Rossi", "results": "acqua −60%\n12 clienti", "partners": "nessuno"},
    )


def test_of_several_cases_one_is_changed_and_unknown_keys_stay(corpus):
    beside(corpus).write_text(
        "casi:\n- azienda: Rossi\n  nota: da chiedere\n- azienda: Bianchi\n  settore: seta\n"
    )
    first, second = open_sidecar(corpus, NAME).cases
    correct(corpus, cases=[{**first, "place": "Como"}, second, {"organisation": "Verdi"}])
    assert load_mapping(beside(corpus).read_text()) == {
        "casi": [
            {"azienda": "Rossi", "nota": "da chiedere", "luogo": "Como"},
            {"azienda": "Bianchi", "settore": "seta"},
            {"organizzazione": "Verdi"},
        ]
    }


def test_a_document_can_be_said_to_tell_no_case_and_to_tell_one_again(corpus):
    beside(corpus).write_text("title: A\n")
    correct(corpus, tells=False)
    assert declare(beside(corpus).read_text(), "")[0].corrections[0].tells is False
    correct(corpus, tells=True)
    assert beside(corpus).read_text() == "title: A\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: [A", "while parsing"),
        ("- una lista", "no list of names"),
        ("title: {a: b}", "more than a text"),
        ("caso: [[a]]", "not a case"),
        ("caso: boh", "not a case"),
    ],
)
def test_a_file_that_cannot_be_understood_is_left_alone(corpus, text, problem):
    beside(corpus).write_text(text)
    sidecar = open_sidecar(corpus, NAME)
    assert problem in sidecar.problem
    with pytest.raises(IngestError, match="cannot be changed here"):
        change(sidecar, {"title": "A"}, ())
    assert beside(corpus).read_text() == text


def test_a_file_that_changed_meanwhile_is_not_overwritten(corpus):
    changed = change(open_sidecar(corpus, NAME), {"title": "A"}, ())
    beside(corpus).write_text("title: B\n")
    with pytest.raises(IngestError, match="has changed meanwhile"):
        save(corpus, changed)
    assert beside(corpus).read_text() == "title: B\n"


@pytest.mark.parametrize(
    "name",
    ["../fuori.md", "/etc/passwd", "tracciabilita/../../fuori.md", "", "tracciabilita", ".git/x",
     "tracciabilita//report.pdf", "tracciabilita/non-c-e.pdf", "tracciabilita/report.pdf.yaml",
     "README.md", "link/report.pdf", "a\0b"],
)  # fmt: skip
def test_only_documents_in_the_corpus_can_be_corrected(corpus, name):
    (corpus.parent / "fuori.md").write_text("x")
    (corpus / "README.md").write_text("x")
    beside(corpus).write_text("title: A\n")
    (corpus / "link").symlink_to(corpus / "tracciabilita")
    with pytest.raises(IngestError, match="is no document"):
        open_sidecar(corpus, name)


def test_a_link_in_the_place_of_the_file_is_not_followed(corpus, tmp_path):
    outside = tmp_path / "fuori.yaml"
    outside.write_text("title: A\n")
    beside(corpus).symlink_to(outside)
    sidecar = open_sidecar(corpus, NAME)
    assert sidecar.problem
    assert outside.read_text() == "title: A\n"


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.text(max_size=30) | st.lists(st.text(max_size=9)), min_size=1
    ),
    st.text(max_size=40),
)
def test_any_value_comes_back_and_the_others_stay(data, value):
    import yaml  # noqa: PLC0415

    text = yaml.safe_dump(data, allow_unicode=True)
    before = load_mapping(text)
    after = load_mapping(with_values(text, {"a": value, "z": value}, lambda key: key))
    assert after == {**before, "a": value, "z": value}
