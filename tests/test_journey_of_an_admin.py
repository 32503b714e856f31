"""An administrator: from a closed page to a new document that members find, and back."""

import shutil
from pathlib import Path

import docx
import pytest
from office_files import changed, saved
from playwright.sync_api import Page, expect
from served import ROOT, needs_chromium, served, settled, visitors
from small_texts import PDF

from ingest.audit import Action, AuditLog
from ingest.passwords import hash_password
from ingest.readers.package import MAX_UNPACKED

pytestmark = needs_chromium

PASSWORD = "filiera corta 2026"
QUESTION = "Da quale anno Aquafil produce ECONYL?"
TITLE = "Aquafil e il filo ECONYL: il nylon che torna nylon"
PLACED = "nuovi-modelli-di-business/2023-case-history-aquafil-econyl.pdf"
LOGGED = [
    ("admin", "ritorno a una versione"),
    ("admin", "indicizzazione"),
    ("admin", "indicizzazione"),
    ("admin", "accettato"),
    ("admin", "caricamento"),
    ("admin", "caricamento"),
    ("admin", "accesso"),
    ("local", "accesso, respinto"),
]
"""Who did what, the newest first; a run is told of when it begins and when it has ended."""
TALL = 2400
"""Of a window that shows two cards whole: a list that opens while one scrolls closes again."""
REASON = "Questo file non si può leggere: contiene troppo testo"


def _sign_in(page: Page, password: str) -> None:
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Entra", exact=True).click()


def _go_to(page: Page, section: str) -> None:
    page.get_by_role("radio", name=section).click()
    expect(page.get_by_role("heading", level=2, name=section)).to_be_visible()


def _card(page: Page, name: str):
    """A file in quarantine."""
    heading = page.get_by_role("heading", level=3, name=name)
    return page.locator("[class*=st-key-kb-held-]").filter(has=heading)


def _choose(card, box: str, option: str) -> None:
    settled(card.page)  # so does one that opens while the page is drawn
    card.get_by_role("combobox", name=box).click()
    card.page.get_by_role("option", name=option).click()


def _files(corpus: Path) -> set[str]:
    return {path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file()}


def _opens_with_its_password_only(admin: Page, secrets: Path) -> None:
    expect(admin.get_by_role("heading", name="Questa pagina è chiusa")).to_be_visible()
    expect(admin.get_by_text("python -m ingest password")).to_be_visible()
    secrets.write_text(f'[admin]\npassword_hash = "{hash_password(PASSWORD)}"\n')
    admin.reload()
    _sign_in(admin, "filiera lunga 2026")
    expect(admin.get_by_text("La password non è giusta.")).to_be_visible()
    _sign_in(admin, PASSWORD)
    expect(admin.get_by_role("button", name="Esci")).to_be_visible()


def _is_found_by(member: Page, found: bool) -> None:
    """Whether the document is the first hit of the question, or none at all."""
    member.reload()
    hits = member.locator(".kb-hit")
    if found:
        expect(hits.first).to_contain_text(TITLE)
        expect(hits.first).to_contain_text("Quaderno")
    else:
        expect(hits).to_have_count(4)
        expect(hits.filter(has_text=TITLE)).to_have_count(0)


def _log(admin: Page) -> list[list[str]]:
    rows = admin.locator(".kb-log tbody tr")
    expect(rows).to_have_count(len(LOGGED))
    return [row.locator("td").all_inner_texts() for row in rows.all()]


@pytest.fixture
def folders(small_index, small_corpus, tmp_path):
    return {
        "MINIT_INDEX": small_index,
        "MINIT_CORPUS": small_corpus,
        "MINIT_STATE": tmp_path / "state",
    }


@pytest.fixture
def uploads(tmp_path):
    """A report, and a package of a few kilobytes that unpacks to more than fits in memory."""
    report, bomb = tmp_path / Path(PDF).name, tmp_path / "relazione.docx"
    shutil.copy(ROOT / "corpus" / PDF, report)
    document = docx.Document()
    document.add_paragraph("La carta che torna.")
    bomb.write_bytes(changed(saved(document), {"word/altro.xml": b" " * (MAX_UNPACKED + 1)}))
    return report, bomb


def test_an_administrator_adds_a_document_that_members_find_and_takes_it_back(
    folders, uploads, tmp_path
):
    corpus, secrets, (report, bomb) = folders["MINIT_CORPUS"], tmp_path / "secrets.toml", uploads
    before = _files(corpus)
    options = ("--secrets.files", str(secrets))
    with served(tmp_path / "log.txt", folders, *options) as server, visitors() as people:
        member = people.visit(f"{server}/?q={QUESTION}")
        _is_found_by(member, found=False)
        expect(member.get_by_role("link", name="Amministrazione")).to_have_count(0)
        admin = people.visit(f"{server}/amministrazione", height=TALL)
        _opens_with_its_password_only(admin, secrets)
        expect(admin.get_by_role("link", name="Amministrazione")).to_have_count(1)

        admin.locator("input[type=file]").set_input_files([report, bomb])
        expect(_card(admin, report.name)).to_contain_text("2 pagine")
        expect(_card(admin, bomb.name)).to_contain_text(REASON)
        expect(_card(admin, bomb.name).get_by_role("button", name="Accetta")).to_be_disabled()
        assert _files(corpus) == before
        _choose(_card(admin, report.name), "Gruppo", "Nuovi modelli di business")
        expect(_card(admin, report.name)).to_contain_text(f"Andrebbe in {PLACED}.")
        _choose(_card(admin, report.name), "Tipo", "Quaderno")
        _card(admin, report.name).get_by_role("button", name="Accetta").click()
        expect(admin.get_by_text("Sarà nella ricerca dopo la prossima")).to_be_visible()
        assert _files(corpus) - before == {PLACED, f"{PLACED}.yaml"}
        expect(_card(admin, bomb.name)).to_be_visible()
        _is_found_by(member, found=False)

        admin.get_by_role("button", name="Vai a Indicizzare").click()
        admin.get_by_role("button", name="Avvia l’indicizzazione").click()
        expect(admin.get_by_role("heading", name="Indicizzazione conclusa")).to_be_visible()
        _is_found_by(member, found=True)

        _go_to(admin, "Versioni")
        admin.get_by_role("button", name="Torna a questa versione").click()
        admin.get_by_role("button", name="Sì, usa questa versione").click()
        expect(admin.get_by_text("È in uso la versione")).to_be_visible()
        _is_found_by(member, found=False)

        _go_to(admin, "Registro")
        rows = _log(admin)
        assert [(who, what) for _, who, what, _ in rows] == LOGGED
        assert rows[3][-1].startswith(f"{PLACED} (sha256 ")
        admin.get_by_role("button", name="Esci").click()
        expect(admin.get_by_label("Password", exact=True)).to_be_visible()
        expect(admin.locator(".kb-log")).to_have_count(0)
        assert AuditLog(folders["MINIT_STATE"]).entries(1)[0].action == Action.SIGN_OUT
