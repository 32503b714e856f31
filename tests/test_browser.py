"""The real server and a real browser: what a member does with the box, the hits and their pages.

Leaves its screenshots in ``artifacts/``.
"""

import json
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from served import ROOT, needs_chromium, served, visitors

ARTIFACTS = ROOT / "artifacts"
QUESTION = "Quante tonnellate di reti da pesca si possono riciclare ogni anno?"

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def server(sample_index, tmp_path_factory):
    """Address of ``streamlit run app.py`` on the sample index."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with served(log, {"MINIT_INDEX": sample_index}) as address:
        yield address


@pytest.fixture(scope="module")
def people():
    with visitors() as people:
        yield people


@pytest.fixture
def visit(people):
    """Open an address as a new visitor; at the end, nothing may have left this machine."""
    yield people.visit
    people.leave()


def _screenshot(page: Page, name: str, height: int) -> None:
    """What a window of that height shows, once its buttons and pictures are there."""
    expect(page.get_by_role("link", name="Apri l’originale").first).to_be_visible()
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    page.wait_for_load_state("networkidle")
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / name)


def _hits(page: Page):
    return page.locator(".kb-hit")


def test_a_member_searches_looks_at_the_page_and_opens_the_original(server, visit):
    page = visit(server)
    page.get_by_label("Che cosa vuoi sapere?").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(_hits(page)).to_have_count(10)
    first = _hits(page).first
    expect(first).to_contain_text("Aquafil")
    expect(first.locator("mark")).to_have_count(1)
    assert first.locator("mark").evaluate("e => getComputedStyle(e).backgroundColor") == (
        "rgb(255, 237, 176)"
    )

    page.get_by_role("button", name="Mostra la pagina").first.click()
    image = page.get_by_role("img", name="Aquafil")
    expect(image).to_be_visible()
    page.wait_for_function("() => document.querySelector('.stImage img')?.naturalWidth > 0")
    assert image.evaluate("e => [e.naturalWidth, e.naturalHeight]") == [910, 1287]
    tinted = image.evaluate(COUNT_TINTED)
    assert tinted > 5000  # pixels under the marker, about a paragraph
    _screenshot(page, "search.png", 1560)

    link = page.get_by_role("link", name="Apri l’originale a pagina").first
    assert link.get_attribute("target") == "_blank"
    href = link.get_attribute("href")
    address, fragment = href.split("#")
    assert fragment == "page=" + link.inner_text().rsplit(maxsplit=1)[-1]
    with urllib.request.urlopen(server + urlsplit(address).path) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.read().startswith(b"%PDF-")


COUNT_TINTED = """image => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
    let tinted = 0;
    for (let i = 0; i < pixels.length; i += 4)
        tinted += pixels[i] > 250 && pixels[i + 2] < 220 ? 1 : 0;
    return tinted;
}"""
"""Pixels of an image that are paper under a yellow marker: full red, little blue."""


def test_back_and_forward_go_through_the_searches(server, visit):
    page = visit(f"{server}/?q=noleggio")
    expect(_hits(page)).to_have_count(10)
    before = _hits(page).all_text_contents()
    page.get_by_role("button", name="Open innovation").click()
    page.wait_for_url("**gruppo=open-innovation**")
    expect(_hits(page).first).to_contain_text("Open innovation")
    page.go_back()
    expect(_hits(page)).to_have_text(before)
    assert page.url == f"{server}/?q=noleggio"
    page.go_forward()
    expect(_hits(page).first).to_contain_text("Open innovation")


def test_a_title_opens_its_document_without_a_new_load_and_back_is_where_one_was(server, visit):
    page = visit(f"{server}/?q=noleggio")
    expect(_hits(page)).to_have_count(10)
    page.evaluate("window.stays = true")
    title = _hits(page).nth(8).get_by_role("link").first
    name = title.inner_text()
    title.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    page.go_back()
    expect(_hits(page)).to_have_count(10)
    expect(_hits(page).nth(8)).to_be_in_viewport()
    assert page.evaluate("window.stays") is True


def _suggestions(page: Page):
    return page.get_by_role("listbox", name="Suggerimenti").get_by_role("option")


def test_suggestions_come_while_one_types_and_are_chosen_with_the_keys(server, visit):
    page = visit(server)
    box = page.get_by_role("combobox", name="Che cosa vuoi sapere?")
    box.press_sequentially("passap")
    expect(_suggestions(page).first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(_suggestions(page)).to_have_count(0)
    expect(box).to_have_value("passap")

    box.press_sequentially("o")
    expect(_suggestions(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = _suggestions(page).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", second.get_attribute("id"))
    chosen = second.get_attribute("data-text")
    page.keyboard.press("Enter")
    expect(_hits(page)).to_have_count(10)
    assert parse_qs(urlsplit(page.url).query) == {"q": [chosen]}
    expect(box).to_have_value(chosen)
    expect(_suggestions(page)).to_have_count(0)


def test_a_suggestion_is_chosen_by_a_click_and_enter_alone_searches_what_was_typed(server, visit):
    page = visit(server, width=390)
    box = page.get_by_role("combobox", name="Che cosa vuoi sapere?")
    box.press_sequentially("economia circ")
    first = _suggestions(page).first
    expect(first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    chosen = first.get_attribute("data-text")
    first.click()
    page.wait_for_url("**/?q=*")
    assert parse_qs(urlsplit(page.url).query) == {"q": [chosen]}
    expect(box).to_have_value(chosen)

    page.route("**/suggerimenti*", lambda route: route.abort())
    box.fill("noleggio")
    box.press("Enter")
    page.wait_for_url("**/?q=noleggio")
    expect(_hits(page)).to_have_count(10)


def test_a_member_who_mistypes_is_led_to_what_was_meant_and_may_insist(server, visit):
    page = visit(f"{server}/?q=pasaporto+digitale")
    page.get_by_role("link", name="passaporto digitale", exact=True).click()
    page.wait_for_url("**/?q=passaporto+digitale")
    expect(_hits(page)).to_have_count(10)

    page.goto(f"{server}/?q=pasaporto+digittale")
    page.get_by_role("link", name="Cerca proprio quello che ho scritto").click()
    page.wait_for_url("**correggi=no")
    expect(_hits(page)).to_have_count(10)
    expect(page.get_by_text("risultati per")).to_have_count(0)


def test_on_a_phone_nothing_is_wider_than_the_screen(server, visit):
    page = visit(f"{server}/?q=tracciabilità+della+filiera&gruppo=tracciabilita", width=390)
    expect(_hits(page)).to_have_count(10)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".kb-hit").first.bounding_box()["width"] <= 390
    choice = page.get_by_role("button", name="Open innovation")
    expect(choice).to_be_hidden()
    page.get_by_text("Filtri (1)").click()
    expect(choice).to_be_visible()
    _screenshot(page, "search-phone.png", 844)


def test_who_chose_english_reads_english_on_each_page_and_outside_them(server, visit):
    page = visit(server)
    expect(page.locator("h1")).to_have_text("Base di conoscenza")
    expect(page.locator("html")).to_have_attribute("lang", "it")
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.locator("h1")).to_have_text("Knowledge base")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"{server}/tendenze")
    expect(page.locator("h1")).to_have_text("Trends")
    missing = page.request.get(f"{server}/originali/nessuno")
    assert missing.status == 404
    assert missing.text().startswith("This document is not")


def test_an_unknown_original_is_not_found(server):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{server}/originali/ignoto")


def test_the_rest_interface_answers_beside_the_pages(server):
    address = f"{server}/api/search?q=chi+ricava+un+filato+dalle+reti+da+pesca&k=1"
    with urllib.request.urlopen(address, timeout=30) as answer:
        (hit,) = json.load(answer)["hits"]
    assert hit["path"] == "economia-circolare/2023-case-history-aquafil-econyl.pdf"
    with urllib.request.urlopen(f"{server}{hit['page_image']}", timeout=30) as answer:
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["content-encoding"] == "identity"
