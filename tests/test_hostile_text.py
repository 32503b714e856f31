"""Text of documents and questions is shown as text, on every page and in every export."""

import csv
import io
import json
import shutil
from urllib.parse import urlencode, urlsplit

import bibtexparser
import openpyxl
import pytest
from conftest import NoProgress
from hostile_corpus import FLAG, FORMULA, HOSTILE, QUESTION, write_hostile_corpus
from playwright.sync_api import sync_playwright
from selectolax.lexbor import LexborHTMLParser

from bench.app_pages import AppPage, Asked, app_pages, open_page, turn_page
from bench.app_server import running_app
from ingest.pipeline import ingest
from ingest.report_page import to_html, to_markdown
from search.datatypes import Query
from search.engine import Engine
from search.snapshot import open_snapshot

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ASKED = Asked(
    fact=QUESTION,
    trend="Come cambia il passaporto digitale dal 2020?",
    case="Chi ha già recuperato le reti, e con quali risultati?",
    partner="Con chi potrei lavorare sul passaporto digitale?",
)
REVERSED = "\u202e"
LONGEST_TITLE = 500
SIDECAR = "open-innovation/2023-altro-sidecar.txt"


@pytest.fixture(scope="module")
def hostile(encoder, tmp_path_factory):
    """The folder of an index of the hostile corpus, and the report of the run that made it."""
    folder = tmp_path_factory.mktemp("hostile")
    corpus = write_hostile_corpus(folder / "corpus")
    return folder / "index", ingest(corpus, folder / "index", encoder, NoProgress())


@pytest.fixture(scope="module")
def engine(hostile, encoder):
    return Engine(open_snapshot(hostile[0]), encoder)


@pytest.fixture(scope="module")
def visited(hostile, engine, tmp_path_factory):
    """What a browser found on each page, by its name."""
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    asked = f"{HOSTILE} reti da pesca"
    pages = (
        *app_pages(engine.snapshot, ASKED),
        AppPage("domanda", f"/?{urlencode({'q': asked})}"),
        AppPage("domanda-tendenze", f"/tendenze?{urlencode({'q': asked})}"),
        AppPage("domanda-casi", f"/case-history?{urlencode({'q': asked, 'settore': HOSTILE})}"),
        AppPage("domanda-chi", f"/chi-fa-cosa?{urlencode({'q': asked})}"),
        AppPage("filtri", f"/?{urlencode({'q': 'reti', 'organizzazione': HOSTILE})}"),
        AppPage("ignoto", f"/documento?{urlencode({'id': HOSTILE, 'documento': HOSTILE})}"),
    )
    log = tmp_path_factory.mktemp("hostile-server") / "log.txt"
    found, hosts, dialogs = {}, set(), []
    with running_app(hostile[0], log) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(locale="it-IT")
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        open_page(page, server.address, AppPage("arrivo", "/dossier"), seconds=60)
        for one in pages:
            turn_page(page, one, seconds=60)
            found[one.name] = page.evaluate(LOOK, FLAG)
        browser.close()
        said = server.said()
    assert "Traceback" not in said, said
    return found, hosts, dialogs


LOOK = """flag => ({
    ran: window[flag] ?? null,
    links: [...document.querySelectorAll('a, area, form, iframe')]
        .map(e => e.getAttribute('href') ?? e.getAttribute('src') ?? e.getAttribute('action') ?? '')
        .filter(address => /^\\s*(javascript|data|vbscript):/i.test(address)),
    pictures: [...document.querySelectorAll('img')].map(e => new URL(e.src, location).pathname)
        .filter(path => !path.startsWith('/media/')),
    handlers: [...document.querySelectorAll('*')].filter(
        e => [...e.attributes].some(a => a.name.startsWith('on'))).map(e => e.outerHTML),
    formulas: document.querySelectorAll('.katex').length,
    coloured: [...document.querySelectorAll('[class*=Colored], [style*=color]')]
        .map(e => e.textContent).filter(text => text.trim() === 'scarlatto'),
    bold: [...document.querySelectorAll('strong, code, a')].map(e => e.textContent)
        .filter(text => ['grasso', 'codice', 'nulla', 'qui'].includes(text.trim())),
    skulls: [...document.querySelectorAll('[data-testid=stIconMaterial]')]
        .map(e => e.textContent).filter(text => text.trim() === 'skull'),
    text: document.querySelector('[data-testid=stMain]').textContent,
    longest: Math.max(0, ...[...document.querySelectorAll('h1, h2, h3, .kb-path, summary, button')]
        .map(e => e.textContent.length)),
})"""


def test_nothing_of_a_document_runs_is_fetched_or_opens_a_window(visited):
    found, hosts, dialogs = visited
    assert {name: page["ran"] for name, page in found.items() if page["ran"]} == {}
    assert hosts - {None} == {"localhost"}  # None: of a picture in the style sheet itself
    assert dialogs == []


@pytest.mark.parametrize(
    "what", ["links", "pictures", "handlers", "coloured", "bold", "skulls"], ids=str
)
def test_nothing_of_a_document_becomes_an_element(visited, what):
    assert {name: page[what] for name, page in visited[0].items() if page[what]} == {}


def test_no_formula_is_set_and_no_direction_turned(visited):
    assert [name for name, page in visited[0].items() if page["formulas"]] == []
    assert [name for name, page in visited[0].items() if REVERSED in page["text"]] == []


@pytest.mark.parametrize("name", ["cerca", "documento", "caso", "chi-fa-cosa-domanda"])
def test_what_is_written_stands_there_as_it_is_written(visited, name):
    assert f"<script>window.{FLAG}=1</script>" in visited[0][name]["text"]
    assert ":red[scarlatto]" in visited[0][name]["text"]


def test_a_card_of_the_gallery_shows_the_beginning_of_what_is_written(visited):
    assert f"<script>window.{FLAG}=1</script>" in visited[0]["case-history"]["text"]


def test_no_title_heading_or_button_goes_on_for_pages(visited):
    too_long = {name: page["longest"] for name, page in visited[0].items()}
    assert {name: size for name, size in too_long.items() if size > 2 * LONGEST_TITLE} == {}


def test_titles_and_headings_are_cut_where_they_are_read(engine):
    store = engine.snapshot.store
    documents = store.documents()
    assert max(len(document.title) for document in documents) == LONGEST_TITLE
    headings = [one for document in documents for one in store.content(document.id).headings]
    assert max(len(one.title) for one in headings) == LONGEST_TITLE


def test_a_sidecar_of_ten_megabytes_is_left_out_with_a_word(hostile):
    (warned,) = [one for one in hostile[1].documents if one.name == SIDECAR]
    assert any("is longer than 100000 characters: it is left out" in w for w in warned.warnings)


def test_spreadsheets_hold_text_and_no_formula(engine, tmp_path):
    run = engine.search_many({"q1": QUESTION, "q2": FORMULA}, k=10)
    out = io.StringIO()
    run.to_csv(out)
    cells = [cell for row in csv.reader(io.StringIO(out.getvalue())) for cell in row]
    assert any(FORMULA in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []
    run.to_xlsx(tmp_path / "hits.xlsx")
    book = openpyxl.load_workbook(tmp_path / "hits.xlsx")
    typed = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in typed if cell.data_type == "f"] == []
    assert [
        cell.value for cell in typed if cell.hyperlink and "hostile" in cell.hyperlink.ref
    ] == []


def test_json_and_bibliographies_give_back_what_was_written(engine):
    run = engine.search_many({"q1": QUESTION}, k=10)
    lines, entries = io.StringIO(), io.StringIO()
    run.to_jsonl(lines)
    run.to_bibtex(entries)
    records = [json.loads(line) for line in lines.getvalue().splitlines()]
    hits = engine.search(Query(QUESTION, k=10)).hits
    assert {record["title"] for record in records} == {hit.document.title for hit in hits}
    library = bibtexparser.parse_string(entries.getvalue())
    assert library.failed_blocks == []
    assert len(library.entries) == len({hit.document.id for hit in hits})


def test_the_report_of_a_run_shows_tags_as_text(hostile):
    page = LexborHTMLParser(to_html(hostile[1]))
    assert page.css("script, img, svg, iframe, a[href^='javascript']") == []
    assert f"window.{FLAG}" not in "".join(str(node.attributes) for node in page.css("*"))
    assert "<script>" not in to_markdown(hostile[1])
