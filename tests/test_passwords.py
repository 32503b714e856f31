"""Encrypted PDFs: read with the password that their sidecar tells, which is kept nowhere."""

import html
import io
import logging
from pathlib import Path

import pypdf
import pytest
import typst
from streamlit.testing.v1 import AppTest

from ingest.plan import plan
from ingest.readers import read_bytes
from ingest.report import IngestReport, Outcome
from ingest.report_page import to_html, to_markdown
from search import Query
from search.engine import Engine
from search.errors import LockedOriginalError, UnreadableDocumentError
from search.page_image import render_page
from search.snapshot import Snapshot, open_snapshot
from search.views import words

ROOT = Path(__file__).parent.parent
PASSWORD = "Zafferano-7294"
SOURCE = """
#set document(title: "Il filato riservato", author: ("Anna Bianchi", "Mario Rossi"))
= Il filato che torna
La filatura di Biella ricava un filato dagli scarti della cardatura.
== Chi lo compra
Due maglifici di Carpi comprano il filato rigenerato.
"""
ALGORITHMS = ["AES-256", "AES-128", "RC4-128"]


@pytest.fixture(scope="module")
def plain() -> bytes:
    """Two headings, an outline, a title and two authors."""
    return typst.compile(SOURCE.encode())


def locked(data: bytes, user: str, owner: str = "Cardamomo-1", algorithm: str = "AES-256") -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, owner, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# --- the reader


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_with_its_password_a_file_is_read_as_if_it_had_none(plain, algorithm):
    reading = read_bytes(locked(plain, PASSWORD, algorithm=algorithm), ".pdf", PASSWORD)
    assert reading == read_bytes(plain, ".pdf")
    assert "ricava un filato dagli scarti" in reading.content.text
    assert [(h.level, h.title) for h in reading.content.headings] == [
        (1, "Il filato che torna"),
        (2, "Chi lo compra"),
    ]
    assert reading.file_metadata.title == "Il filato riservato"
    assert reading.file_metadata.author == "Anna Bianchi, Mario Rossi"
    assert len(reading.content.pages[0].boxes) == 8 * len(reading.content.pages[0].text)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_password_may_hold_accents_and_spaces(plain, algorithm):
    data = locked(plain, "perché no", algorithm=algorithm)
    assert "un filato dagli scarti" in read_bytes(data, ".pdf", "perché no").content.text


@pytest.mark.parametrize("password", ["", "Cardamomo-1"])
def test_a_file_that_only_forbids_changes_opens_without_a_password_or_with_the_owners(
    plain, password
):
    reading = read_bytes(locked(plain, ""), ".pdf", password)
    assert reading == read_bytes(plain, ".pdf")


def test_without_the_password_the_reason_says_where_to_write_it(plain):
    with pytest.raises(UnreadableDocumentError, match=r"write `password: \.\.\.` in its sidecar"):
        read_bytes(locked(plain, PASSWORD), ".pdf")


def test_a_wrong_password_has_a_reason_of_its_own_that_does_not_repeat_it(plain):
    with pytest.raises(UnreadableDocumentError, match="does not open it: correct it") as caught:
        read_bytes(locked(plain, PASSWORD), ".pdf", "sbagliata")
    assert "sbagliata" not in str(caught.value)


# --- the whole way: a folder with an encrypted file and its sidecar


@pytest.fixture
def corpus(tmp_path, plain) -> Path:
    folder = tmp_path / "corpus" / "economia-circolare"
    folder.mkdir(parents=True)
    (folder / "riservato.pdf").write_bytes(locked(plain, PASSWORD))
    (folder / "aperto.md").write_text("# La seta\n\nIl telaio a navetta tesse la seta.\n")
    return tmp_path / "corpus"


def tell(corpus: Path, sidecar: str) -> None:
    (corpus / "economia-circolare" / "riservato.pdf.yaml").write_text(sidecar, encoding="utf-8")


def outcome_of(report: IngestReport) -> tuple[Outcome, str]:
    (found,) = [d for d in report.documents if d.name.endswith("riservato.pdf")]
    return found.outcome, found.reason


def test_a_file_is_read_as_soon_as_its_sidecar_tells_the_right_password(
    corpus, tmp_path, run_ingest
):
    index = tmp_path / "index"
    outcome, reason = outcome_of(run_ingest(corpus, index))
    assert outcome is Outcome.FAILED
    assert reason.startswith("it is encrypted with a password: write `password: ...`")

    tell(corpus, "password: sbagliata\n")
    outcome, reason = outcome_of(run_ingest(corpus, index))
    assert (outcome, reason) == (
        Outcome.FAILED,
        "the password in its sidecar does not open it: correct it",
    )

    tell(corpus, f"Password: {PASSWORD}\nanno: 2024\n")
    report = run_ingest(corpus, index)
    assert outcome_of(report) == (Outcome.READ, "")
    (found,) = [d for d in report.documents if d.name.endswith("riservato.pdf")]
    assert found.warnings == ()
    assert outcome_of(run_ingest(corpus, index)) == (Outcome.UNCHANGED, "")


@pytest.mark.parametrize("password", ["007", "2024-05-01", "no", "0x1F", "'a: b # c'"])
def test_a_password_is_taken_as_it_is_typed(corpus, tmp_path, plain, run_ingest, password):
    typed = password.strip("'")
    (corpus / "economia-circolare" / "riservato.pdf").write_bytes(locked(plain, typed))
    tell(corpus, f"password: {password}\n")
    assert outcome_of(run_ingest(corpus, tmp_path / "index")) == (Outcome.READ, "")


def test_the_password_is_nowhere_but_in_the_sidecar(corpus, tmp_path, run_ingest, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    tell(corpus, f"password: {PASSWORD}\n")
    index = tmp_path / "index"
    report = run_ingest(corpus, index)

    files = [path for path in index.rglob("*") if path.is_file()]
    assert len(files) > 5
    spellings = [PASSWORD.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    assert [path for path in files if any(s in path.read_bytes() for s in spellings)] == []
    told = [report.to_json(), report.to_text(), to_html(report), to_markdown(report)]
    told += [plan(corpus, index).to_text(), caplog.text, *capfd.readouterr()]
    assert "riservato.pdf" in told[0]
    assert [text for text in told if PASSWORD in text] == []


def test_a_sidecar_that_tells_two_passwords_badly_does_not_repeat_them(
    corpus, tmp_path, run_ingest
):
    for sidecar in (f"password: [{PASSWORD}]\n", f"password: {PASSWORD}: x\n", f"- {PASSWORD}\n"):
        tell(corpus, sidecar)
        report = run_ingest(corpus, tmp_path / "index")
        assert outcome_of(report)[0] is Outcome.FAILED
        assert PASSWORD not in report.to_json()


# --- its page as a picture


@pytest.fixture
def snapshot(corpus, tmp_path, run_ingest) -> Snapshot:
    tell(corpus, f"password: {PASSWORD}\n")
    run_ingest(corpus, tmp_path / "index")
    return open_snapshot(tmp_path / "index")


def test_the_page_of_a_locked_original_is_refused_with_what_to_do(snapshot):
    (document,) = [d for d in snapshot.store.documents() if d.path.endswith(".pdf")]
    with pytest.raises(LockedOriginalError, match="open the original and type its password"):
        render_page(snapshot.original(document), 1, [], [])


def test_the_page_of_a_file_that_only_forbids_changes_is_drawn(plain, tmp_path):
    path = tmp_path / "sola-lettura.pdf"
    path.write_bytes(locked(plain, ""))
    (tmp_path / "libero.pdf").write_bytes(plain)
    drawn = render_page(path, 1, [], [])
    assert drawn == render_page(tmp_path / "libero.pdf", 1, [], [])


def test_the_app_says_why_the_page_is_not_shown_and_shows_the_text(
    snapshot, tmp_path, encoder, monkeypatch
):
    question = "chi compra il filato rigenerato?"
    hit = Engine(snapshot, encoder).search(Query(question, k=1)).hits[0]
    assert hit.document.path.endswith("riservato.pdf")

    monkeypatch.setenv("MINIT_INDEX", str(tmp_path / "index"))
    app = AppTest.from_file(str(ROOT / "ingest" / "views" / "main.py"), default_timeout=60)
    app.query_params["q"] = question
    app.query_params["pagina"] = hit.passage.id
    app.run()

    assert not app.exception
    shown = [html.unescape(element.body) for element in app.html]
    assert [text for text in shown if words.PAGE_LOCKED in text]
    assert not [text for text in shown if words.PAGE_NOT_DRAWN in text]
    assert [text for text in shown if 'class="kb-text"' in text and "maglifici di Carpi" in text]
