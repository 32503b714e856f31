"""The administrators' sections: indexing, corrections, versions. Signed in as they would be."""

import html
import re
import time

import pytest
from filelock import FileLock
from small_texts import NETS, RENTAL
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from ingest.audit import Action, AuditLog, Result
from ingest.declarations import declare
from ingest.job import State
from ingest.jobs import Jobs
from ingest.passwords import hash_password
from ingest.views import correction_words as correcting
from ingest.views import downloads
from ingest.views import run_words as running
from ingest.views import snapshot_words as versions
from ingest.views.italian.reason_words import reason
from search.snapshot import current_id, snapshot_ids

PASSWORD = "una parola che non si indovina"
SCRIPT = """
import streamlit as st
from ingest.views import correction_parts, run_parts, signing_in, snapshot_parts
parts = {"indicizzare": run_parts, "correggere": correction_parts, "versioni": snapshot_parts}
parts[st.query_params["sezione"]].show(signing_in.administrator_or_stop())
"""
HOSTILE = "tracciabilita/<img src=x onerror=alert(1)> **nota** $x$ [a](javascript:b) \u202efdp.md"


@pytest.fixture(scope="module")
def hashed() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def section(small_corpus, tmp_path, monkeypatch, hashed):
    """Opens a section over an index in ``index`` and the small corpus, signed in."""
    monkeypatch.setenv("MINIT_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("MINIT_CORPUS", str(small_corpus))
    monkeypatch.setenv("MINIT_STATE", str(tmp_path / "state"))

    def opened(name: str, **address: str) -> AppTest:
        at = AppTest.from_string(SCRIPT, default_timeout=60)
        at.secrets["admin"] = {"password_hash": hashed}
        at.query_params["sezione"] = name
        for key, value in address.items():
            at.query_params[key] = value
        at.run()
        at.text_input(key="admin-password").input(PASSWORD)
        at.button[0].click().run()
        assert not at.exception
        return at

    return opened


@pytest.fixture
def log(tmp_path) -> AuditLog:
    return AuditLog(tmp_path / "state")


@pytest.fixture
def jobs(tmp_path) -> Jobs:
    return Jobs(tmp_path / "state" / "jobs")


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception
    return at


def text_of(at: AppTest) -> str:
    """All that the page shows as HTML, as one reads it."""
    pieces = (re.sub(r"<[^>]*>", " ", piece.proto.body) for piece in at.get("html"))
    return html.unescape(" ".join(" ".join(pieces).split()))


def wait_for(jobs: Jobs) -> State:
    while jobs.is_running():
        time.sleep(0.05)
    job = jobs.last()
    assert job is not None
    return job.state


@pytest.mark.usefixtures("small_index")
def test_nothing_is_done_for_somebody_who_is_not_signed_in(section, jobs, log):
    at = section("indicizzare")
    at.session_state["admin-key"] = "another"
    press(at, running.START)
    assert jobs.last() is None
    assert [entry.action for entry in log.entries(10)] == [Action.SIGN_IN]


def test_before_the_first_run_the_sections_say_what_to_do(section):
    assert running.NOTHING_YET in text_of(section("indicizzare"))
    at = section("versioni")
    assert versions.NONE_YET[0] in text_of(at)
    assert next(b for b in at.button if b.label == versions.BACK_UP).disabled
    assert correcting.NEXT_RUN in text_of(section("correggere"))


def test_a_missing_folder_of_documents_is_told(section, monkeypatch, tmp_path):
    monkeypatch.setenv("MINIT_CORPUS", str(tmp_path / "altrove"))
    assert running.NO_CORPUS in text_of(section("indicizzare"))
    assert correcting.NO_DOCUMENTS[0] in text_of(section("correggere"))


def test_a_run_is_planned_started_and_reported_and_hostile_names_are_text(
    section, small_index, small_corpus, jobs, log
):
    (small_corpus / HOSTILE).write_text("Una nota.", encoding="utf-8")
    (small_corpus / "tracciabilita" / "vuoto.pdf").write_bytes(b"")
    (small_corpus / NETS).unlink()
    at = press(section("indicizzare"), running.SHOW_PLAN)
    assert "2 nuovi, 1 tolto, 3 invariati" in text_of(at)
    press(at, running.START)
    assert running.STARTED in text_of(at)
    assert wait_for(jobs) is State.DONE
    at.run()
    shown = text_of(at)
    assert "Indicizzazione conclusa" in shown
    assert "File: 1 letto, 3 invariati, 1 non letto" in shown
    assert "vuoto.pdf" in shown
    assert "è vuoto: inserisci il contenuto del documento" in shown
    assert "<img src=x onerror=alert(1)> **nota** $x$ [a](javascript:b) fdp.md" in shown
    assert not any("<img" in piece.proto.body for piece in at.get("html"))
    assert not any("<img" in piece.value for piece in at.markdown)
    entries = [(entry.action, entry.result) for entry in log.entries(2)]
    assert entries == [(Action.RUN, Result.DONE), (Action.RUN, Result.DONE)]
    assert log.entries(1)[0].subject == current_id(small_index)


def test_a_run_from_the_shell_shows_as_going_on_and_no_other_can_be_started(section, small_index):
    with FileLock(small_index / ".lock"):
        at = section("indicizzare")
        assert running.FROM_SHELL in text_of(at)
        assert next(b for b in at.button if b.label == running.START).disabled


def test_a_run_that_another_was_quicker_than_says_so(section, small_index, log):
    at = section("indicizzare")
    with FileLock(small_index / ".lock"):
        press(at, running.START)
    shown = text_of(at)
    assert running.NOT_STARTED in shown
    assert "un’altra indicizzazione sta scrivendo" in shown
    assert [entry.result for entry in log.entries(2)] == [Result.FAILED, Result.DONE]


@pytest.mark.usefixtures("small_index")
def test_without_its_log_nothing_is_done(section, jobs, tmp_path):
    at = section("indicizzare")
    (tmp_path / "state" / "audit.jsonl").unlink()
    (tmp_path / "state" / "audit.jsonl").mkdir()
    press(at, running.START)
    assert running.NOT_LOGGED in text_of(at)
    assert jobs.last() is None


def test_one_goes_back_to_an_older_version_and_removes_others(section, three, log):
    first, _, third = snapshot_ids(three)
    at = section("versioni")
    assert "Rispetto alla precedente: 1 nuovo, 4 invariati" in text_of(at)
    at.button(key=f"kb-back-{first}").click().run()
    assert current_id(three) == first
    assert "È in uso la versione" in text_of(at)
    at.button(key=f"kb-back-{third}").click().run()
    assert current_id(three) == third
    at.number_input(key="kb-keep").set_value(1)
    press(at, versions.PRUNE_YES)
    assert snapshot_ids(three) == [third]
    assert "2 versioni tolte" in text_of(at)
    done = [(entry.action, entry.subject) for entry in log.entries(3)]
    assert done == [(Action.PRUNE, "1"), (Action.ROLL_BACK, third), (Action.ROLL_BACK, first)]


def test_a_damaged_version_is_not_gone_back_to(section, three, log):
    first, _, third = snapshot_ids(three)
    at = section("versioni")
    (three / first / "store.sqlite").write_bytes(b"")
    at.button(key=f"kb-back-{first}").click().run()
    assert current_id(three) == third
    assert versions.NOT_GONE_BACK in text_of(at)
    assert log.entries(1)[0].result is Result.FAILED


def test_a_backup_is_made_fetched_restored_and_deleted(section, three, jobs, tmp_path):
    first, _, third = snapshot_ids(three)
    at = press(section("versioni"), versions.BACK_UP)
    assert wait_for(jobs) is State.DONE
    at.run()
    (file,) = (tmp_path / "state" / "backups").glob("*.tar")
    assert file.name.startswith(f"minit-{third}-")

    at.button(key=f"kb-link-{file.name}").click().run()
    address = at.session_state["kb-backup-link"][1]
    routes = [Route(f"{downloads.ADDRESS}/{{key}}", downloads.serve_backup)]
    with TestClient(Starlette(routes=routes)) as client:
        fetched = client.get(address)
        assert fetched.content == file.read_bytes()
        assert fetched.headers["content-disposition"] == f'attachment; filename="{file.name}"'
        assert client.get(f"{downloads.ADDRESS}/indovinata").status_code == 404

    at.button(key=f"kb-back-{first}").click().run()
    at.button(key=f"kb-restore-{file.name}").click().run()
    assert wait_for(jobs) is State.DONE
    assert current_id(three) == third
    at.run()
    at.button(key=f"kb-delete-{file.name}").click().run()
    assert not file.exists()
    with TestClient(Starlette(routes=routes)) as client:
        assert client.get(address).status_code == 404


def test_what_is_no_backup_is_not_restored_and_it_is_said_why(section, three, jobs, tmp_path):
    folder = tmp_path / "state" / "backups"
    folder.mkdir(parents=True)
    (folder / "finta.tar").write_bytes(b"non sono un tar")
    before = current_id(three)
    at = section("versioni")
    at.button(key="kb-restore-finta.tar").click().run()
    assert wait_for(jobs) is State.FAILED
    at.run()
    assert "Ripristino non riuscito" in text_of(at)
    assert "non è una copia di sicurezza, oppure è incompleto o danneggiato" in text_of(at)
    assert current_id(three) == before


@pytest.mark.usefixtures("small_index")
def test_a_document_is_found_by_its_title_and_corrected(section, small_corpus, log):
    at = section("correggere", cerca="lavatrice noleggio")
    assert correcting.NONE_FOUND in text_of(at)
    at = section("correggere", cerca="NOLEGGIO")
    assert at.selectbox[0].options == [f"Il noleggio · {RENTAL}"]
    at.selectbox[0].select(RENTAL).run()
    assert at.query_params["documento"] == RENTAL
    assert "Nell’indice: Nuovi modelli di business" in text_of(at)
    field = {box.label: box for box in at.text_input}
    field["Titolo"].input("Pagare l'uso")
    group = next(box for box in at.selectbox if box.label == "Gruppo di lavoro")
    group.select("economia-circolare").run()
    assert "Gruppo di lavoro come letto Economia circolare" in text_of(at)
    press(at, correcting.SAVE)
    assert correcting.SAVED in text_of(at)
    declared, warnings = declare((small_corpus / f"{RENTAL}.yaml").read_text(), "")
    assert (declared.title, declared.group) == ("Pagare l'uso", "economia-circolare")
    assert warnings == []
    assert (log.entries(1)[0].action, log.entries(1)[0].subject) == (Action.CORRECT, RENTAL)
    press(at, correcting.REMOVE_YES)
    assert not (small_corpus / f"{RENTAL}.yaml").exists()


@pytest.mark.usefixtures("small_index")
def test_what_a_run_would_not_understand_is_refused(section, small_corpus):
    at = section("correggere", documento=RENTAL)
    {box.label: box for box in at.text_input}["Anno"].input("l'anno scorso").run()
    assert correcting.REFUSED in text_of(at)
    press(at, correcting.SAVE)
    assert correcting.NOT_SAVED in text_of(at)
    assert "non è un valore riconoscibile" in text_of(at)
    assert not (small_corpus / f"{RENTAL}.yaml").exists()


@pytest.mark.usefixtures("small_index")
def test_the_fields_of_a_case_are_corrected_and_a_password_is_not_shown(section, small_corpus):
    beside = small_corpus / f"{RENTAL}.yaml"
    beside.write_text("password: segretissima\n")
    at = section("correggere", documento=RENTAL)
    next(box for box in at.checkbox if box.label == correcting.ADD_CASE).check().run()
    {box.label: box for box in at.text_input}["Organizzazione"].input("Lavanderie Riunite")
    {box.label: box for box in at.text_area}["Risultati"].input("acqua −40%\n12 clienti").run()
    assert "Caso 1: Risultati come letto acqua −40%; 12 clienti" in text_of(at)
    assert "segretissima" not in text_of(at)
    press(at, correcting.SAVE)
    (case,) = declare(beside.read_text(), "")[0].corrections
    assert (case.organisation, case.results) == ("Lavanderie Riunite", ("acqua −40%", "12 clienti"))
    assert "password: segretissima" in beside.read_text()


@pytest.mark.usefixtures("small_index")
def test_an_address_that_leads_out_of_the_corpus_leads_nowhere(section, tmp_path):
    (tmp_path / "fuori.md").write_text("x")
    at = section("correggere", documento="../fuori.md")
    assert not [box for box in at.text_input if box.label == "Titolo"]


@pytest.mark.usefixtures("small_index")
def test_a_correction_is_not_written_over_one_that_was_made_meanwhile(section, small_corpus):
    at = section("correggere", documento=RENTAL)
    (small_corpus / f"{RENTAL}.yaml").write_text("title: Di un'altra\n")
    {box.label: box for box in at.text_input}["Titolo"].input("Mio")
    press(at, correcting.SAVE)
    assert correcting.MEANWHILE in text_of(at)
    assert (small_corpus / f"{RENTAL}.yaml").read_text() == "title: Di un'altra\n"


def test_what_nobody_put_into_italian_is_shown_as_it_is():
    assert reason("the moon is full: wait") == "the moon is full: wait"
    assert reason("a" * 100_000) == "a" * 100_000


@pytest.mark.usefixtures("small_index")
def test_a_backup_can_be_brought_along(section, tmp_path, log):
    at = section("versioni")
    assert next(b for b in at.button if b.label == versions.UPLOAD_USE).disabled
    at.file_uploader[0].set_value(("../../altrove.tar", b"una copia", "application/x-tar")).run()
    press(at, versions.UPLOAD_USE)
    (file,) = (tmp_path / "state" / "backups").iterdir()
    assert re.fullmatch(r"caricata-\d{8}T\d{12}\.tar", file.name)
    assert file.read_bytes() == b"una copia"
    assert versions.UPLOADED in text_of(at)
    assert (log.entries(1)[0].action, log.entries(1)[0].subject) == (Action.UPLOAD, file.name)
