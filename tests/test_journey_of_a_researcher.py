"""A researcher: what the page shows, the REST interface and the batch command give alike."""

import csv
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Page, expect
from served import ROOT, SECONDS, needs_chromium, served, visitors

pytestmark = needs_chromium

QUESTION = "filato rigenerato dalle reti da pesca"
GROUPS = {
    "open-innovation": "Open innovation",
    "economia-circolare": "Economia circolare",
    "tracciabilita": "Tracciabilità, blockchain e anticontraffazione",
}


def _passages_shown(page: Page) -> list[str]:
    links = page.locator(".kb-hit h2 a")
    addresses = [link.get_attribute("href") for link in links.all()]
    return [parse_qs(urlsplit(address).query)["id"][0] for address in addresses]


def _hits_by_rest(server: str, **asked: object) -> list[dict[str, object]]:
    with urllib.request.urlopen(
        f"{server}/api/search?{urlencode(asked, doseq=True)}", timeout=SECONDS
    ) as answer:
        return json.load(answer)["hits"]


def _rows_of_batch(index: Path, folder: Path, *options: str) -> list[dict[str, str]]:
    (folder / "domande.csv").write_text(f"id,domanda\nd1,{QUESTION}\n", encoding="utf-8")
    command = [sys.executable, "-m", "search", "batch", str(folder / "domande.csv")]
    done = subprocess.run(
        [*command, "--out", str(folder / "hits.csv"), "--index", str(index), *options],
        cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with (folder / "hits.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_page_the_rest_interface_and_the_batch_command_find_the_same(index_with_pdf, tmp_path):
    folders = {"MINIT_INDEX": index_with_pdf, "MINIT_STATE": tmp_path / "state"}
    with served(tmp_path / "log.txt", folders) as server, visitors() as people:
        researcher = people.visit(f"{server}/?q={QUESTION}")
        titles = researcher.locator(".kb-hit h2 a")
        expect(titles).to_have_count(10)
        for key, name in GROUPS.items():
            researcher.get_by_role("button", name=name).click()
            researcher.wait_for_url(f"**gruppo={key}**")
        expect(titles.get_by_text("Imprese e startup")).to_be_visible()
        researcher.get_by_label("Dall’anno").click()
        researcher.get_by_role("option", name="2023").click()
        researcher.wait_for_url("**dal=2023**")
        expect(titles.get_by_text("Imprese e startup")).to_have_count(0)
        expect(titles.get_by_text("Il passaporto digitale")).to_be_visible()
        shown = _passages_shown(researcher)

        found = _hits_by_rest(server, q=QUESTION, group=list(GROUPS), first_year=2023, k=10)
        assert [hit["passage_id"] for hit in found] == shown
        options = ["--year", "2023-", *(f"--group={key}" for key in GROUPS)]
        rows = _rows_of_batch(index_with_pdf, tmp_path, *options)
        assert [row["passage_id"] for row in rows] == shown
