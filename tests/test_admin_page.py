"""The administrators' page: who may enter, and what becomes of the files they upload."""

import html
import re
import time
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

from ingest.audit import Action, AuditLog, Result
from ingest.passwords import hash_password
from ingest.views import admin_words as words
from ingest.views.signing_in import ADDRESS, serve_key

PAGE = Path(__file__).parent.parent / "ingest" / "views" / "admin_page.py"
PASSWORD = "filiera corta 2026"
NOTE = b"# Il noleggio <script>alert(1)</script> di abiti\n\nIl noleggio cresce nel 2024.\n"
OIDC = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "x"
client_id = "x"
client_secret = "x"
server_metadata_url = "http://localhost:1/x"
"""


@pytest.fixture(scope="module")
def hashed():
    return hash_password(PASSWORD)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def secrets(tmp_path, monkeypatch):
    """Write the file of secrets that the page reads."""
    before = st.config.get_option("secrets.files")
    path = tmp_path / "secrets.toml"
    st.config.set_option("secrets.files", [str(path)])

    def write(text: str | None) -> None:
        if text is not None:
            path.write_text(text)
        monkeypatch.setattr(st, "secrets", Secrets())

    yield write
    st.config.set_option("secrets.files", before)


@pytest.fixture
def open_page(tmp_path, corpus, monkeypatch):
    """Open the page, as a browser that was never here."""
    monkeypatch.setenv("MINIT_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("MINIT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("MINIT_CORPUS", str(corpus))

    def open_at(user: dict[str, object] | None = None, **address: str) -> AppTest:
        app = AppTest.from_file(str(PAGE), default_timeout=60)
        app.query_params.update(address)
        app.user = user or {}
        return run(app)

    return open_at


@pytest.fixture
def log(tmp_path):
    return AuditLog(tmp_path / "state")


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return html.unescape("\n".join(element.body for element in app.html))


def is_open(app: AppTest) -> bool:
    return any(button.label == words.SIGN_OUT for button in app.button)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return run(app)


def enter(app: AppTest, password: str = PASSWORD) -> AppTest:
    app.text_input[0].set_value(password)
    return press(app, words.SIGN_IN)


@pytest.mark.parametrize("text", [None, "", "[admin]\n", "[other]\nx = 1\n"])
def test_without_configuration_nobody_enters_and_the_page_says_how(open_page, secrets, text):
    secrets(text)
    app = open_page(sezione="registro")
    assert "python -m ingest password" in shown(app)
    assert not app.text_input and not app.button


@pytest.mark.parametrize(
    "text",
    [
        f'[admin]\npassword_hash = "{PASSWORD}"',
        "[admin]\npassword_hash = 7",
        '[admin]\nemails = "anna@example.org"',
        '[admin]\nemails = ["anna@example.org"]',
        "admin = 1",
        "[admin",
    ],
)
def test_a_configuration_that_cannot_be_leaves_the_page_closed(open_page, secrets, text):
    secrets(text)
    app = open_page({"is_logged_in": True, "email": "anna@example.org", "iat": time.time()})
    assert words.WRONGLY_CONFIGURED in shown(app)
    assert not app.text_input and not app.button


def test_the_right_password_opens_and_signing_out_closes(open_page, secrets, hashed, log):
    secrets(f'[admin]\npassword_hash = "{hashed}"')
    app = enter(open_page())
    assert is_open(app)
    assert not is_open(open_page())
    assert is_open(run(app))
    app = press(app, words.SIGN_OUT)
    assert not is_open(app)
    assert [entry.action for entry in log.entries(9)] == [Action.SIGN_OUT, Action.SIGN_IN]


def test_a_wrong_password_is_logged_and_the_fourth_has_to_wait(open_page, secrets, hashed, log):
    secrets(f'[admin]\npassword_hash = "{hashed}"')
    for _ in range(3):  # each in a browser of its own
        app = enter(open_page(), "filiera lunga 2026")
        assert words.WRONG_PASSWORD in shown(app)
    app = enter(open_page())
    assert "Troppi tentativi" in shown(app)
    assert not is_open(app)
    assert [entry.result for entry in log.entries(9)] == [Result.REFUSED] * 3
    assert "filiera" not in repr(log.entries(9))


def test_what_is_pressed_after_the_session_ended_is_not_done(
    open_page, secrets, hashed, tmp_path, log
):
    secrets(f'[admin]\npassword_hash = "{hashed}"')
    app = enter(open_page())
    secrets(f'[admin]\npassword_hash = "{hash_password("un’altra password")}"')
    app.file_uploader[0].upload("nota.md", NOTE)
    app = run(app)
    assert words.SIGNED_OUT in shown(app)
    assert not is_open(app)
    assert not list((tmp_path / "state").glob("quarantine/*"))
    assert [entry.action for entry in log.entries(9)] == [Action.SIGN_IN]


def test_where_attempts_cannot_be_counted_nobody_enters(open_page, secrets, hashed, tmp_path):
    secrets(f'[admin]\npassword_hash = "{hashed}"')
    (tmp_path / "state").write_text("a file where the folder should be")
    app = enter(open_page())
    assert words.NOT_RECORDED in shown(app)
    assert not is_open(app)


def test_a_new_key_reaches_the_browser_once_for_its_ticket(open_page, secrets, hashed):
    secrets(f'[admin]\npassword_hash = "{hashed}"')
    app = enter(open_page())
    [fetched] = re.findall(r'<img src="([^"]*)"', shown(app))
    assert fetched.startswith(ADDRESS)
    assert "<img" not in shown(run(app))
    with TestClient(Starlette(routes=[Route(ADDRESS, serve_key)])) as browser:
        first = browser.get(fetched)
        said = first.headers["set-cookie"]
        assert first.status_code == 204
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(said.split("; "))
        assert fetched.rpartition("=")[2] not in said
        for again in (fetched, ADDRESS, f"{ADDRESS}?biglietto=x"):
            refused = browser.get(again)
            assert refused.status_code == 404
            assert "set-cookie" not in refused.headers


ANNA = {"is_logged_in": True, "email": "Anna@Example.org", "email_verified": True}


@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({}, True),
        ({"email": "marco@example.org"}, False),
        ({"email": None}, False),
        ({"email_verified": False}, False),
        ({"is_logged_in": False}, False),
        ({"age": 9 * 3600}, False),
        ({"age": None}, False),
    ],
)
def test_accounts_enter_by_their_verified_address_and_for_some_hours(
    open_page, secrets, log, changed, may
):
    secrets(f'[admin]\nemails = ["anna@example.org"]\n{OIDC}')
    user = ANNA | {"age": 60} | changed
    age = user.pop("age")
    app = open_page(user | ({"iat": time.time() - age} if age else {}))
    assert is_open(app) == may
    assert may or words.SIGN_IN_BY_ACCOUNT in [button.label for button in app.button]
    assert not app.text_input
    entries = log.entries(9)
    assert [entry.result for entry in entries] == (
        [Result.DONE if may else Result.REFUSED] if user["is_logged_in"] else []
    )


def test_each_section_has_an_address_and_another_is_ignored(open_page, secrets, hashed):
    secrets(f'[admin]\npassword_hash = "{hashed}"')
    app = enter(open_page(sezione="registro"))
    assert words.LOG_TITLE in shown(app)
    assert not app.file_uploader
    app = enter(open_page(sezione="<script>", righe="9" * 40, mostra="²"))
    assert app.file_uploader


@pytest.fixture
def signed_in(open_page, secrets, hashed):
    secrets(f'[admin]\npassword_hash = "{hashed}"')
    return enter(open_page())


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Send files and wait until each was read."""
    app.file_uploader[0].set_value([(name, data, "application/pdf") for name, data in files])
    app = run(app)
    for _ in range(300):
        if words.WAITING not in shown(app):
            break
        time.sleep(0.2)
        app = run(app)
    return app


def test_a_file_is_shown_as_text_described_and_accepted(signed_in, corpus, log):
    app = upload(signed_in, ("../nota.md", NOTE))
    page = "\n".join(element.body for element in app.html)
    assert "<script>" not in page
    assert "trasversali/nota.md" in shown(app)
    assert not list(corpus.iterdir())
    boxes = {box.label: box for box in (*app.text_input, *app.selectbox)}
    boxes[words.FIELD_GROUP].select("tracciabilita")
    boxes[words.FIELD_TITLE].set_value("Il noleggio di abiti")
    app = press(app, words.ACCEPT)  # in one go: what was typed counts
    assert (corpus / "tracciabilita" / "nota.md").read_bytes() == NOTE
    sidecar = (corpus / "tracciabilita" / "nota.md.yaml").read_text()
    assert sidecar == "title: Il noleggio di abiti\n"
    assert words.NOTHING_HELD in shown(app)
    assert words.GO_TO_RUN in [button.label for button in app.button]
    assert [entry.action for entry in log.entries(9)] == [
        Action.ACCEPT,
        Action.UPLOAD,
        Action.SIGN_IN,
    ]


def test_hostile_files_stay_out_unless_one_insists(signed_in, corpus, log):
    app = upload(
        signed_in, ("vuoto.pdf", b""), ("nota.pdf.yaml", b"title: x"), ("falso.pdf", b"%PDF-1.7")
    )
    assert "vuoto.pdf: il file è vuoto." in re.sub("<[^>]*>", "", shown(app))
    assert words.UNREADABLE in shown(app)
    [accept] = [button for button in app.button if button.label == words.ACCEPT]
    assert accept.disabled
    refused = [entry for entry in log.entries(9) if entry.result == Result.REFUSED]
    assert [entry.subject for entry in refused] == ["nota.pdf.yaml (sidecar)", "vuoto.pdf (empty)"]
    app.checkbox[0].check()
    app = press(run(app), words.ACCEPT)
    assert (corpus / "trasversali" / "falso.pdf").read_bytes() == b"%PDF-1.7"


def test_what_is_typed_stays_for_a_page_opened_anew(signed_in, open_page):
    app = upload(signed_in, ("nota.md", NOTE))
    app.selectbox[0].select("economia-circolare")
    run(app)
    again = enter(open_page())
    assert "economia-circolare/nota.md" in shown(again)
    assert not open_page().selectbox  # who is not signed in sees none of it


def test_many_files_are_described_and_accepted_together(signed_in, corpus):
    (corpus / "b.md").write_bytes(NOTE + b"b")
    app = upload(signed_in, *((f"{name}.md", NOTE + name.encode()) for name in "abc"))
    boxes = {box.label: box for box in app.selectbox}
    boxes[words.GROUP_FOR_ALL].select("tracciabilita")
    app = run(app)
    app = press(app, words.accept_all(2))
    names = sorted(path.relative_to(corpus).as_posix() for path in corpus.rglob("*.md"))
    assert names == ["b.md", "tracciabilita/a.md", "tracciabilita/c.md"]
    assert "b.md" in shown(app)  # the same bytes lie there already: that wants a second look


def test_a_file_is_replaced_only_when_that_is_confirmed(signed_in, corpus, log):
    (corpus / "trasversali").mkdir()
    (corpus / "trasversali" / "nota.md").write_bytes(b"quella di prima")
    app = upload(signed_in, ("nota.md", NOTE))
    [accept] = [button for button in app.button if button.label == words.ACCEPT]
    assert accept.disabled
    app.checkbox[0].check()
    app = press(run(app), words.REPLACE)
    assert (corpus / "trasversali" / "nota.md").read_bytes() == NOTE
    assert "replaced" in log.entries(1)[0].subject


def test_a_file_that_is_not_wanted_is_deleted(signed_in, corpus, tmp_path, log):
    app = upload(signed_in, ("nota.md", NOTE))
    app = press(app, words.REJECT)
    assert words.NOTHING_HELD in shown(app)
    assert not list((tmp_path / "state" / "quarantine").iterdir())
    assert not list(corpus.iterdir())
    assert log.entries(1)[0].action == Action.REJECT


def test_without_the_folder_of_documents_the_page_says_so(signed_in, corpus):
    corpus.rmdir()
    assert "MINIT_CORPUS" in shown(run(signed_in))
    assert not signed_in.file_uploader
