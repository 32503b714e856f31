"""The report of a run: for people (HTML, Markdown, text), for programs (JSON), and on the way."""

import json
import os
import shutil
import sys
import termios
from html.parser import HTMLParser
from pathlib import Path

import pytest
import typst
from conftest import NoProgress, write_corpus
from markdown_it import MarkdownIt
from small_texts import NETS, PASSPORT, SMALL

from ingest.__main__ import main
from ingest.bars import Bars
from ingest.pipeline import ingest
from ingest.report import IngestReport, Outcome
from ingest.report_page import to_html, to_markdown, write_report
from search.errors import IngestError

HOSTILE = "<script>alert(1)</script> | [x](javascript:y) `z` & \x1b[31m\n# forged.md"
SHOWN = "<script>alert(1)</script> | [x](javascript:y) `z` & [31m # forged.md"


class Page(HTMLParser):
    """The tags of a page, and the cells of its tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.rows: list[list[str]] = []
        self.items: list[str] = []
        self._into: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, _: object) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        self._into = {"th": self.rows and self.rows[-1], "li": self.items}.get(tag)
        if tag == "td":
            self._into = self.rows[-1]
        if self._into is not None:
            self._into.append("")

    def handle_endtag(self, _: str) -> None:
        self._into = None

    def handle_data(self, data: str) -> None:
        if self._into:
            self._into[-1] += data


@pytest.fixture(scope="module")
def run_once(encoder, tmp_path_factory) -> tuple[Path, IngestReport]:
    """A folder with a corpus and its index, made once, and the report. None writes to it.

    The small corpus with a file that cannot be read, one without a group and a hostile name.
    """
    folder = tmp_path_factory.mktemp("report")
    corpus = write_corpus(folder / "corpus", SMALL)
    (corpus / "vuoto.pdf").write_bytes(b"")
    (corpus / HOSTILE.replace("/", "∕")).write_text("Un testo sul sughero.")
    return folder, ingest(corpus, folder / "index", encoder, NoProgress())


@pytest.fixture(scope="module")
def report(run_once: tuple[Path, IngestReport]) -> IngestReport:
    return run_once[1]


@pytest.fixture
def corpus(run_once: tuple[Path, IngestReport], tmp_path: Path) -> Path:
    """The same corpus, the test's own."""
    return Path(shutil.copytree(run_once[0] / "corpus", tmp_path / "corpus"))


@pytest.fixture
def index(run_once: tuple[Path, IngestReport], tmp_path: Path) -> Path:
    """The same index, the test's own."""
    return Path(shutil.copytree(run_once[0] / "index", tmp_path / "index"))


def test_each_document_has_its_reader_pages_passages_and_seconds(report):
    by_name = {document.name: document for document in report.documents}
    nets, empty = by_name[NETS], by_name["vuoto.pdf"]

    assert (nets.outcome, nets.media_type) == (Outcome.READ, "text/markdown")
    assert (nets.pages, nets.passages, nets.ocr_pages) == (1, 1, ())
    assert 0 < nets.seconds < 30
    assert (empty.outcome, empty.pages, empty.passages) == (Outcome.FAILED, 0, 0)
    assert "empty" in empty.reason
    assert sum(document.passages for document in report.documents) == report.counts.passages == 5


def test_the_totals_count_the_files_of_the_run(report, corpus, index, run_ingest):
    totals = report.totals
    assert (totals.read, totals.unchanged, totals.failed) == (5, 0, 1)
    assert (totals.pages_read, totals.ocr_pages) == (5, 0)
    assert totals.warnings == 1  # the document without a group

    again = run_ingest(corpus, index)
    assert (again.totals.read, again.totals.unchanged, again.totals.failed) == (0, 5, 1)
    assert again.documents[0].passages == 1
    assert not again.changes


def test_the_json_names_every_file_and_every_difference(corpus, index, run_ingest):
    (corpus / NETS).rename(corpus / "economia-circolare" / "reti.md")
    (corpus / PASSPORT).unlink()
    (corpus / "nota.md").write_text("Una nota.")
    said = json.loads(run_ingest(corpus, index).to_json())

    assert said["totals"]["failed"] == 1
    assert {document["name"] for document in said["documents"]} >= {"nota.md", "vuoto.pdf"}
    assert said["changes"]["added"] == ["nota.md"]
    assert said["changes"]["renamed"] == [{"old": NETS, "new": "economia-circolare/reti.md"}]
    assert said["changes"]["removed"] == [PASSPORT]
    assert said["changes"]["unchanged"] == 3


def test_the_page_shows_every_file_and_nothing_on_it_is_markup_of_a_file(report):
    text = to_html(report)
    page = Page(text)

    assert "script" not in page.tags
    assert not page.tags & {"a", "img", "link", "iframe"}
    assert "\x1b" not in text
    files = page.rows[[row[0] for row in page.rows].index("File", -7) :]
    names = [row[0] for row in files[1:]]
    assert sorted(names) == sorted(
        [d.name for d in report.documents if "forged" not in d.name] + [SHOWN.replace("/", "∕")]
    )
    assert "Files: 5 read, 0 unchanged, 0 removed, 1 not readable" in page.items


def test_the_markdown_holds_the_same_tables_and_no_markup_of_a_file(report):
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(to_markdown(report))
    page, expected = Page(rendered), Page(to_html(report))
    assert "script" not in page.tags
    assert not page.tags & {"a", "code", "em", "img"}
    assert [[cell.strip() for cell in row] for row in page.rows] == expected.rows
    assert page.items == expected.items


@pytest.fixture
def overprinted(corpus: Path, tmp_path: Path, run_ingest) -> IngestReport:
    """A report with a PDF of three sentences, two of them printed over each other."""
    body = "Il riuso conviene.\n\n#place(dy: 3cm)[Il vetro torna.]#place(dy: 3cm)[La carta va.]"
    (corpus / "carta.pdf").write_bytes(typst.compile(body.encode()))
    return run_ingest(corpus, tmp_path / "index")


def test_the_share_of_proven_citations_is_told_and_the_rest_is_listed(overprinted):
    totals = overprinted.totals
    assert (totals.sentences, totals.held, totals.unplaced) == (3, 1, 5)
    said = (
        "Citations: 1 of 3 sentences read in this run were found again at their place on the page "
        "(33.3 %); 5 sentences read in this run have no place on a page"
    )
    text, page = overprinted.to_text(), Page(to_html(overprinted))
    assert said in text.splitlines()
    assert "Not at its place: carta.pdf, page 1: 'Il vetro torna.' (in its boxes: 'Il" in text
    assert said in page.items
    assert [row[:3] for row in page.rows if row[1:2] == ["1"]] == [
        ["carta.pdf", "1", "Il vetro torna."],
        ["carta.pdf", "1", "La carta va."],
    ]
    documents = json.loads(overprinted.to_json())["documents"]
    (proof,) = [d["proof"] for d in documents if d["name"] == "carta.pdf"]
    assert (proof["sentences"], proof["held"]) == (3, 1)
    assert [broken["page"] for broken in proof["broken"]] == [1, 1]


@pytest.mark.usefixtures("overprinted")
def test_a_run_that_reads_nothing_proves_nothing(corpus, tmp_path, run_ingest):
    again = run_ingest(corpus, tmp_path / "index")
    assert "Citations: nothing was read in this run" in again.to_text().splitlines()
    assert again.totals.sentences == 0


@pytest.mark.parametrize(("ending", "start"), [("html", "<!doctype"), ("MD", "# "), ("json", "{")])
def test_the_form_of_a_report_follows_its_name(report, tmp_path, ending, start):
    file = tmp_path / f"report.{ending}"
    file.write_text("an older report")
    write_report(report, file)
    assert file.read_text(encoding="utf-8").startswith(start)
    assert "vuoto" in file.read_text(encoding="utf-8")
    assert not list(tmp_path.glob(".*.part"))


def test_the_command_writes_the_report_beside_what_it_prints(corpus, tmp_path, capsys):
    file = tmp_path / "report.json"
    arguments = ["run", str(corpus), "--index", str(tmp_path / "index"), "--report", str(file)]
    assert main(arguments) == 1  # one file could not be read
    assert json.loads(file.read_text(encoding="utf-8"))["totals"]["read"] == 5
    printed = capsys.readouterr()
    assert "Not readable: vuoto.pdf" in printed.out
    assert "Reading" not in printed.err  # no bars in a log


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("report.docx", "name a report .html, .md or .json"),
        ("missing/report.html", "missing is not a folder"),
        ("folder.html", "is a folder: name a file"),
    ],
)
def test_a_report_that_cannot_be_written_is_refused_before_the_run(
    small_corpus, tmp_path, capsys, name, message
):
    (tmp_path / "folder.html").mkdir()
    index = tmp_path / "index"
    for command in ("run", "watch"):
        arguments = [command, str(small_corpus), "--index", str(index)]
        assert main([*arguments, "--report", str(tmp_path / name)]) == 2
        assert message in capsys.readouterr().err
    assert not index.exists()


def test_a_report_on_a_full_disk_says_that_the_index_is_up_to_date(report, tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    (tmp_path / ".report.html.part").symlink_to("/dev/full")
    with pytest.raises(IngestError, match=r"No space left.*the index is up to date"):
        write_report(report, tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_the_bars_show_files_pages_rate_and_the_time_left(corpus, tmp_path, encoder, monkeypatch):
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 120))
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        bars = Bars()
        ingest(corpus, tmp_path / "index", encoder, bars, bars.told)
        bars.close()
        terminal.flush()
        shown = os.read(ours, 65536).decode()
    os.close(ours)
    reading = [part for part in shown.split("\r") if part.startswith("Reading")][-1]
    encoding = [part for part in shown.split("\r") if part.startswith("Encoding")][-1]
    assert "6/6" in reading
    assert "5 pages, 1 not readable" in reading
    assert "10/10" in encoding  # five passages of one sentence each
    assert "passages and sentences/s" in encoding or "s/ passages and sentences" in encoding
    assert "<00:00" in encoding  # the time left, at the end
