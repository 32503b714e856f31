"""The pages of the app, each with the address of a state that has something to look at.

What measures or photographs the app, and what tests all of it, takes the pages from here: a new
page needs a line in `app_pages`.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import Page

from search.answers.listed import most_named
from search.snapshot import Snapshot

_FINISHED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_BUSY = '[data-testid="stSkeleton"], [data-stale="true"]'


@dataclass(frozen=True, slots=True)
class AppPage:
    """A state of the app.

    Attributes:
        name: for a file, or a test.
        address: path and parameters.
        ready: CSS selector of what is there once it is drawn; a page of another corpus may have
            nothing to draw there, so nobody should wait for it long.
    """

    name: str
    address: str
    ready: str = "h1"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked on the pages that take a question, and the group and kind of page shown."""

    fact: str = "Quante tonnellate di reti da pesca si possono riciclare ogni anno?"
    trend: str = "Come cambia la tracciabilità nel tessile dal 2021?"
    case: str = "Chi ha già recuperato gli scarti di lavorazione, e con quali risultati?"
    partner: str = "Con chi potrei lavorare sul passaporto digitale?"
    group: str = "tracciabilita"


def app_pages(snapshot: Snapshot, asked: Asked | None = None) -> tuple[AppPage, ...]:
    """Every page, with what ``snapshot`` holds; a page of a case needs a case, and so on."""
    asked = asked or Asked()
    pages = [
        AppPage("inizio", "/", ".kb-contents"),
        AppPage("cerca", _at("", q=asked.fact), ".kb-hit"),
        AppPage("cerca-tendenza", _at("", q=asked.trend), ".kb-hit"),
        AppPage("cerca-caso", _at("", q=asked.case), ".kb-hit"),
        AppPage("nessuna-risposta", _at("", q="+qwxyzk"), ".kb-notice"),
        AppPage("documento", _at("documento", id=_passage(snapshot)), ".stImage img, .kb-text"),
        AppPage("tendenze", "/tendenze", "canvas, svg.marks"),
        AppPage("tendenze-domanda", _at("tendenze", q=asked.trend), "canvas, svg.marks"),
        AppPage("case-history", "/case-history", ".kb-tile"),
        AppPage("chi-fa-cosa", "/chi-fa-cosa", "table"),
        AppPage("chi-fa-cosa-domanda", _at("chi-fa-cosa", q=asked.partner), ".kb-call"),
        AppPage("gruppi", "/gruppi"),
        AppPage("gruppo", _at("gruppi", gruppo=asked.group)),
        AppPage("dossier", "/dossier"),
        AppPage("ricerche-salvate", "/ricerche-salvate"),
        AppPage("amministrazione", "/amministrazione"),
    ]
    if themes := snapshot.themes.themes:
        theme = AppPage("tema", _at("tendenze", tema=themes[0].key), "canvas, svg.marks")
        pages.insert(8, theme)
    if cases := snapshot.cases.cases:
        several = [("confronta", case.id) for case in cases[:3]]
        pages.append(AppPage("caso", _at("case-history", caso=cases[0].id)))
        pages.append(AppPage("confronto", f"/case-history?{urlencode(several)}", "table"))
    if named := most_named(snapshot, most=1).organisations:
        key = named[0].organisation.key
        pages.append(AppPage("organizzazione", _at("chi-fa-cosa", chi=key)))
    return tuple(pages)


def open_page(browser_page: Page, server: str, page: AppPage, seconds: float = 30.0) -> None:
    """Load a page, and wait until its script is finished and what it drew stands still.

    Args:
        server: ``http://localhost:PORT``.
        seconds: how long its script may take.
    """
    browser_page.goto(f"{server}{page.address}")
    browser_page.locator(_FINISHED).wait_for(timeout=1000 * seconds)
    _wait_until_drawn(browser_page, seconds)


def turn_page(browser_page: Page, page: AppPage, seconds: float = 30.0) -> None:
    """Go on to a page as a click on a link of ours does, which loads nothing anew; and wait.

    Args:
        page: another than the one that is shown.
    """
    browser_page.evaluate(_FOLLOW_A_LINK, page.address)
    browser_page.wait_for_function(_HAS_RUN, arg=_FINISHED, timeout=1000 * seconds)
    _wait_until_drawn(browser_page, seconds)


_FOLLOW_A_LINK = """address => {
    [window.hasRun, window.lastLook] = [false, {}];
    const app = document.querySelector('[data-testid="stApp"]');
    new MutationObserver((_, observer) => {
        window.hasRun = true;
        observer.disconnect();
    }).observe(app, {subtree: true, childList: true, characterData: true, attributes: true});
    const link = document.createElement('a');
    [link.className, link.href] = ['kb-go', address];
    document.body.append(link);
    link.click();
    link.remove();
}"""
_HAS_RUN = "finished => window.hasRun && document.querySelector(finished) !== null"


def _wait_until_drawn(browser_page: Page, seconds: float) -> None:
    browser_page.locator("h1, h2").first.wait_for(timeout=1000 * seconds)
    browser_page.wait_for_function(_STANDS_STILL, arg=_BUSY, timeout=1000 * seconds)


_STANDS_STILL = """busy => {
    if (document.querySelector(busy)) return false;
    const now = document.body.innerHTML.length;
    const before = window.lastLook ?? {};
    if (before.length !== now) window.lastLook = {length: now, since: Date.now()};
    return Date.now() - window.lastLook.since > 300;
}"""


def _at(path: str, **parameters: str) -> str:
    return f"/{path}?{urlencode(parameters)}"


def _passage(snapshot: Snapshot) -> str:
    """A passage that tells what was done, as a citation would name it; else any."""
    for case in snapshot.cases.cases:
        if case.solution and case.solution[0].evidence:
            return case.solution[0].evidence.passage_id
    return str(snapshot.store.passage(0)[0].id)
