"""What is kept for a browser is found again by a cookie that names it and says nothing else."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from search.views.browser import NamedBrowsers

APP = Starlette(
    routes=[
        Route("/", lambda _: HTMLResponse("<p>pagina</p>")),
        Route("/dati", lambda _: JSONResponse({})),
    ],
    middleware=[Middleware(NamedBrowsers)],
)


def cookie_of(path="/", sent=None, base="http://localhost"):
    headers = {"cookie": sent} if sent else {}
    return TestClient(APP, base_url=base).get(path, headers=headers).headers.get("set-cookie")


def test_a_page_names_a_browser_that_has_no_name():
    assert re.fullmatch(
        "minit_browser=[0-9a-f]{32}; HttpOnly; Path=/; SameSite=Lax", cookie_of() or ""
    )


def test_two_browsers_have_two_names():
    assert cookie_of() != cookie_of()


def test_a_browser_keeps_the_name_it_has():
    assert cookie_of(sent=f"other=1; minit_browser={'0a' * 16}") is None


@pytest.mark.parametrize("odd", ["x", "0a" * 15, "0A" * 16, "../" * 11, '"', ""])
def test_a_name_that_cannot_be_ours_is_replaced(odd):
    assert "minit_browser=" in (cookie_of(sent=f"minit_browser={odd}") or "")


def test_only_pages_name_browsers():
    assert cookie_of("/dati") is None


def test_over_https_the_name_is_sent_over_nothing_else():
    assert "; Secure" in (cookie_of(base="https://localhost") or "")
