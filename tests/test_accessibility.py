"""Every page can be used with keys alone, with a screen reader, and at twice the size.

axe-core looks at every page in a wide window; at those on which most kinds of things stand also in
a phone's, and at their colours in the dark: style and widgets are the same on all.
"""

import shutil
from dataclasses import dataclass, field

import pytest
from answer_corpus import CASE, LOOKUP, PARTNER, TREND, answer_engine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from bench.app_pages import Asked, app_pages, open_page, turn_page
from bench.app_server import running_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ASKED = Asked(fact=LOOKUP, trend=TREND, case=CASE, partner=PARTNER, group="tracciabilita")
WINDOW, TWICE, PHONE = 1280, 640, 390
"""Pixels across: a window, the same at twice the size, a phone."""
MANIFOLD = ("cerca", "documento", "tendenze", "case-history", "gruppo")
COLOURS = ["color-contrast", "link-in-text-block"]
SERIOUS = ("serious", "critical")
STREAMLITS_OWN: dict[str, str] = {}
"""By rule: the selector of an element that Streamlit draws and we cannot change; nothing else is
let pass."""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")


@pytest.fixture(scope="module")
def app(encoder, tmp_path_factory):
    """A server, the pages that it has, and a browser."""
    folder = tmp_path_factory.mktemp("accessible")
    engine = answer_engine(folder / "index", encoder)
    pages = app_pages(engine.snapshot, ASKED)
    with running_app(folder / "index", folder / "log.txt") as server, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield server.address, {page.name: page for page in pages}, browser
        browser.close()


@pytest.fixture(scope="module")
def visited(app):
    """By page: findings, headings and regions, and how wide it is."""
    pages = app[1]
    seen = {name: Visit() for name in pages}
    for scheme in ("light", "dark"):
        page = arrive(app, scheme)
        for name, one in pages.items():
            if scheme == "dark" and name not in MANIFOLD:
                continue
            page.set_viewport_size({"width": WINDOW, "height": 900})
            turn_page(page, one, seconds=60)
            seen[name].findings += serious(page, COLOURS if scheme == "dark" else [])
            if scheme == "dark":
                continue
            seen[name].outline = page.evaluate(OUTLINE)
            for width in (TWICE, PHONE):
                page.set_viewport_size({"width": width, "height": 900})
                seen[name].widest[width] = page.evaluate(WIDEST, width)
            if name in MANIFOLD:
                seen[name].findings += serious(page, [])
        page.close()
    return seen


def arrive(app, scheme="light"):
    """A visitor on the dossier's page, which no test looks at first."""
    server, pages, browser = app
    page = browser.new_page(
        viewport={"width": WINDOW, "height": 900},
        color_scheme=scheme,
        locale="it-IT",
        reduced_motion="reduce",
    )
    open_page(page, server, pages["dossier"], seconds=60)
    return page


@dataclass
class Visit:
    findings: list[str] = field(default_factory=list)
    widest: dict[int, int] = field(default_factory=dict)
    outline: dict[str, object] = field(default_factory=dict)


def test_axe_finds_nothing_serious_on_any_page(visited):
    assert {name: visit.findings for name, visit in visited.items() if visit.findings} == {}


def serious(page, rules):
    """What axe-core has against a page, but for what is `STREAMLITS_OWN`; without rules, by all."""
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:200]} {node['failureSummary'][:200]}"
        for rule in found
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
        if not is_streamlits(rule["id"], node["target"])
    ]


def is_streamlits(rule, target):
    return rule in STREAMLITS_OWN and STREAMLITS_OWN[rule] in str(target)


def test_each_page_has_one_first_heading_a_main_region_and_the_language_it_speaks(visited):
    expected = {"first": 1, "main": 1, "language": "it"}
    assert {n: visit.outline for n, visit in visited.items() if visit.outline != expected} == {}


OUTLINE = """() => ({
    first: [...document.querySelectorAll('h1')].filter(e => e.checkVisibility()).length,
    main: document.querySelectorAll('main, [role=main]').length,
    language: document.documentElement.lang,
})"""


def test_at_twice_the_size_and_on_a_phone_nothing_is_wider_than_the_window(visited):
    widest = {
        (name, w): size for name, visit in visited.items() for w, size in visit.widest.items()
    }
    assert {place: size for place, size in widest.items() if size > place[1]} == {}


WIDEST = """async width => {  // charts are drawn anew a moment after
    const widest = () => Math.max(document.documentElement.scrollWidth,
        document.querySelector('[data-testid=stMain]').scrollWidth);
    const moment = () => new Promise(done => setTimeout(done, 100));
    for (let i = 0; i < 50 && widest() > width; i++) await moment();
    return widest();
}"""


@pytest.fixture(scope="module")
def tabbed(app):
    """What Tab leads to, from the top of a list of hits on."""
    page = arrive(app)
    turn_page(page, app[1]["cerca"], seconds=60)
    page.evaluate("document.activeElement?.blur()")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    page.close()
    return reached


def test_tab_goes_through_a_page_in_the_order_in_which_it_is_read(tabbed):
    places = [
        next(n for n, one in enumerate(tabbed) if wanted in one["where"])
        for wanted in ("kb-box", "kb-side", "kb-hit-1", "kb-hit-2")
    ]
    assert places == sorted(places)


def test_where_the_focus_is_can_be_seen(tabbed):
    assert [one["html"] for one in tabbed if not one["seen"]] == []


FOCUSED = """async () => {
    const settled = () => new Promise(done => setTimeout(done, 60));  // Streamlit draws focus late
    const look = e => {
        const s = getComputedStyle(e);
        return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor,
                s.backgroundColor, s.textDecorationLine, s.color].join('|');
    };
    const one = document.activeElement;
    if (!one || one === document.body) return {where: '', seen: true, html: ''};
    const around = [one, one.firstElementChild];
    for (let e = one.parentElement; e && around.length < 6; e = e.parentElement) around.push(e);
    const there = around.filter(Boolean);
    await settled();
    const focused = there.map(look);
    one.blur();
    await settled();
    const plain = there.map(look);
    one.focus({focusVisible: true, preventScroll: true});
    const keys = [];
    for (let e = one; e; e = e.parentElement)
        keys.push(...[...e.classList].filter(name => name.startsWith('st-key-')));
    return {
        where: keys.join(' '),
        seen: focused.some((look, n) => look !== plain[n]),
        html: one.outerHTML.slice(0, 160),
    };
}"""
