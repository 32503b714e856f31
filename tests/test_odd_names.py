"""Names that no one would choose, and files that cannot be opened when their turn comes."""

import contextlib
import html
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import NoProgress
from markdown_it import MarkdownIt

from ingest.pipeline import ingest
from ingest.plan import plan
from ingest.report import IngestReport, Outcome
from ingest.report_page import to_html, to_markdown
from ingest.sources import find_sources
from search import Query
from search.engine import Engine
from search.errors import IngestError
from search.export import to_json, to_text
from search.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent
TEXT = "# Il sughero\n\nIl tappo di sughero torna granulo per i pannelli.\n"
LONG = "è" * 126 + ".md"  # 255 bytes: no file system of Linux takes more
NAMES = {
    "a line feed": "nota\nNot readable: finto.md",
    "a carriage return": "nota\rfinta.md",
    "a bell and an escape": "nota\x07\x1b[2J\x1b]0;preso\x07.md",
    "right to left": "fattura\u202edm.exe.md",
    "no width": "no\u200bta\ufeff\u2066.md",
    "line separator": "nota\u2028finta.md",
    "HTML": "<img src=x onerror=alert(1)>&amp;.md",
    "quotes": '"l\'acqua" `$(id)` ;| *.md',
    "a hyphen first": "--index.md",
    "a backslash": "C:\\Windows\\nota.md",
    "blanks": "  nota  .md",
    "255 bytes": LONG,
    "deep": "/".join(["cartella-" + "x" * 50] * 6) + "/nota.md",
    "emoji": "\U0001f9f5 filo \U0001f469\u200d\U0001f33e.md",
    "per cent": "100%25%s{0}.md",
}


def write(corpus: Path, name: str, text: str = TEXT) -> Path:
    path = corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def is_safe(line: str) -> bool:
    """Whether a terminal shows the line as one line, and in the order of its characters."""
    return not any(unicodedata.category(c)[0] == "C" for c in line)


@pytest.fixture(scope="module")
def odd(tmp_path_factory, encoder) -> tuple[Path, Path, IngestReport]:
    """A corpus with a file of each name, its index, and the report of the run."""
    folder = tmp_path_factory.mktemp("odd")
    corpus, index = folder / "corpus", folder / "index"
    for about, name in NAMES.items():
        write(corpus, name, f"{TEXT}\nDi questa nota si sa: {about}.\n")
    return corpus, index, ingest(corpus, index, encoder, NoProgress())


def test_a_file_is_indexed_whatever_its_name(odd):
    _, index, report = odd
    assert len(NAMES["deep"]) > 300
    outcomes = {d.name: (d.outcome, d.reason) for d in report.documents}
    assert outcomes == dict.fromkeys(NAMES.values(), (Outcome.READ, ""))
    documents = open_snapshot(index).store.documents()
    assert {d.path for d in documents} == set(NAMES.values())
    assert len({d.id for d in documents}) == len(NAMES)
    assert all(d.id.isalnum() for d in documents)


def test_in_a_report_for_people_each_file_has_one_line_and_forges_none(odd):
    _, _, report = odd
    lines = report.to_text().splitlines()
    assert [line for line in lines if not is_safe(line)] == []
    assert len([line for line in lines if line.startswith("Read: ")]) == len(NAMES)
    assert [line for line in lines if line.startswith("Not readable: ")] == []
    assert "Read: nota Not readable: finto.md (1 page;" in report.to_text()


def test_in_a_report_as_a_page_no_name_is_markup(odd):
    _, _, report = odd
    page = to_html(report)
    assert "<img" not in page
    assert [line for line in page.splitlines() if not is_safe(line)] == []
    shown = html.unescape(page)
    assert "<img src=x onerror=alert(1)>&amp;.md" in shown
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(to_markdown(report))
    assert "<img" not in rendered
    assert "<img src=x onerror=alert(1)>&amp;.md" in html.unescape(rendered)
    assert [line for line in to_markdown(report).splitlines() if not is_safe(line)] == []


def test_in_a_report_for_programs_a_name_is_what_it_is(odd):
    _, _, report = odd
    files = json.loads(report.to_json())["documents"]
    assert [file["name"] for file in files] == sorted(NAMES.values())


def test_an_answer_names_the_file_on_one_line_and_in_full_for_programs(odd, encoder):
    _, index, _ = odd
    engine = Engine(open_snapshot(index), encoder)
    results = engine.search(Query("tappo di sughero", k=50))
    assert {hit.document.path for hit in results.hits} == set(NAMES.values())
    assert [line for line in to_text(results).splitlines() if not is_safe(line)] == []
    hits = json.loads(to_json(results))["hits"]
    assert {hit["path"] for hit in hits} == set(NAMES.values())


def test_the_command_that_searches_prints_them_so_too(odd):
    _, index, _ = odd
    command = [sys.executable, "-m", "search", "query", "tappo di sughero", "-k", "50"]
    done = subprocess.run(
        [*command, "--index", str(index)], cwd=ROOT, capture_output=True, check=True
    )
    lines = done.stdout.decode().split("\n")
    assert [line for line in lines if not is_safe(line)] == []
    assert len([line for line in lines if ", page 1 - score " in line]) == len(NAMES)


def test_a_second_run_finds_all_of_them_unchanged(odd, run_ingest):
    corpus, index, first = odd
    assert not plan(corpus, index).changes
    report = run_ingest(corpus, index)
    assert report.snapshot_id == first.snapshot_id
    assert {d.outcome for d in report.documents} == {Outcome.UNCHANGED}


def test_an_error_about_files_gives_each_one_line(tmp_path, run_ingest):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "vuota\n  nota.md: tutto bene\u202e.md").write_bytes(b"")
    with pytest.raises(IngestError) as caught:
        run_ingest(tmp_path / "corpus", tmp_path / "index")
    _, line = str(caught.value).split("\n")
    assert line.startswith("  vuota nota.md: tutto bene .md: it is empty")
    assert is_safe(line)


def test_a_sidecar_goes_with_a_name_of_any_sort(tmp_path, run_ingest):
    corpus = tmp_path / "corpus"
    for name in (NAMES["right to left"], NAMES["a line feed"] + ".md", "-nota.md"):
        write(corpus, name)
        write(corpus, f"{name}.yaml", f"titolo: Nota {len(name)}\n")
    run_ingest(corpus, tmp_path / "index")
    (document,) = open_snapshot(tmp_path / "index").store.documents()  # the same bytes, thrice
    names = {document.path, *document.locations}
    assert document.title == f"Nota {len(document.path)}"
    assert len(names) == 3


# --- one name in two spellings

COMPOSED = unicodedata.normalize("NFC", "tracciabilità/città è.md")
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)


def test_two_names_that_differ_in_their_accents_spelling_only_are_two_files(tmp_path, run_ingest):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    write(corpus, COMPOSED, "# Uno\n\nIl passaporto digitale racconta la filiera.\n")
    write(corpus, DECOMPOSED, "# Due\n\nIl noleggio allunga la vita della lavatrice.\n")
    if len(list(corpus.rglob("*.md"))) == 1:
        pytest.skip("this file system takes the two spellings for one name")
    report = run_ingest(corpus, index)
    assert [d.outcome for d in report.documents] == [Outcome.READ, Outcome.READ]
    documents = open_snapshot(index).store.documents()
    assert {d.path: d.title for d in documents} == {COMPOSED: "Uno", DECOMPOSED: "Due"}
    assert len({d.id for d in documents}) == 2
    assert {d.group for d in documents} == {"tracciabilita"}


def test_the_same_file_in_two_spellings_is_one_document(tmp_path, run_ingest):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    write(corpus, COMPOSED)
    write(corpus, DECOMPOSED)
    if len(list(corpus.rglob("*.md"))) == 1:
        pytest.skip("this file system takes the two spellings for one name")
    run_ingest(corpus, index)
    (document,) = open_snapshot(index).store.documents()
    assert {document.path, *document.locations} == {COMPOSED, DECOMPOSED}


def test_a_folder_that_moved_to_a_mac_and_back_is_renamed_and_not_lost(tmp_path, run_ingest):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    write(corpus, COMPOSED)
    run_ingest(corpus, index)
    shutil.rmtree(corpus)
    write(corpus, DECOMPOSED)
    report = run_ingest(corpus, index)
    assert [(pair.old, pair.new) for pair in report.changes.renamed] == [(COMPOSED, DECOMPOSED)]
    assert (report.counts.documents, report.encoded) == (1, 0)


# --- files that are listed and cannot be opened

FAR = f"economia-circolare/{'x' * 200}.md"
NEAR = "a.md"


def out_of_reach(corpus: Path) -> Path:
    """Move the corpus so deep that `FAR` can be listed and not opened: its path is too long.

    The one way to make such a file that holds for every user, root too.
    """
    longest = os.pathconf(corpus, "PC_PATH_MAX") - 1
    deep = corpus.parent
    while (missing := longest - 100 - len(str(deep / corpus.name))) > 0:
        deep /= "d" * min(200, missing)
    deep.mkdir(parents=True)
    return corpus.rename(deep / corpus.name)


@pytest.fixture
def far_corpus(tmp_path: Path) -> Path:
    write(tmp_path / "c", FAR)
    write(tmp_path / "c", NEAR, "# La seta\n\nIl telaio tesse la seta.\n")
    return tmp_path / "c"


def test_a_file_that_cannot_be_opened_is_reported_as_such(far_corpus):
    corpus = out_of_reach(far_corpus)
    sources, [skipped] = find_sources(corpus, "1")
    assert [source.name for source in sources] == [NEAR]
    assert skipped.name == FAR
    assert skipped.reason == "it cannot be opened (File name too long)"


def test_a_document_whose_file_cannot_be_opened_now_stays_in_the_index(
    far_corpus, tmp_path, run_ingest, encoder
):
    index = tmp_path / "index"
    first = run_ingest(far_corpus, index)
    corpus = out_of_reach(far_corpus)

    assert not plan(corpus, index).changes
    (warning,) = plan(corpus, index).warnings
    assert warning == f"{FAR}: the version before stays: it cannot be opened (File name too long)"
    report = run_ingest(corpus, index)
    assert report.snapshot_id == first.snapshot_id
    assert report.removed == ()
    _, far = report.documents
    assert (far.name, far.outcome) == (FAR, Outcome.UNCHANGED)
    assert far.warnings == ("the version before stays: it cannot be opened (File name too long)",)

    write(corpus, NEAR, "# Il lino\n\nIl lino cresce nel campo.\n")
    report = run_ingest(corpus, index)
    assert report.snapshot_id != first.snapshot_id
    assert {d.name: d.outcome for d in report.documents} == {
        NEAR: Outcome.READ,
        FAR: Outcome.UNCHANGED,
    }
    engine = Engine(open_snapshot(index), encoder)
    hit = engine.search(Query("tappo di sughero", k=1)).hits[0]
    assert hit.document.path == FAR
    assert engine.snapshot.original(hit.document).read_text(encoding="utf-8") == TEXT


def test_a_file_that_can_be_opened_again_is_read_if_it_changed(far_corpus, tmp_path, run_ingest):
    index = tmp_path / "index"
    run_ingest(far_corpus, index)
    corpus = out_of_reach(far_corpus)
    run_ingest(corpus, index)
    near = corpus.rename(tmp_path / "c")
    write(near, FAR, "# Il sughero\n\nI pannelli isolano la soffitta.\n")
    report = run_ingest(near, index)
    assert {d.name: d.outcome for d in report.documents} == {
        NEAR: Outcome.UNCHANGED,
        FAR: Outcome.READ,
    }
    (near / FAR).unlink()
    assert run_ingest(near, index).removed == (FAR,)


def test_a_copy_that_cannot_be_opened_stays_a_place_of_its_document(
    far_corpus, tmp_path, run_ingest
):
    write(far_corpus, NEAR)  # the same bytes
    index = tmp_path / "index"
    first = run_ingest(far_corpus, index)
    report = run_ingest(out_of_reach(far_corpus), index)
    assert report.snapshot_id == first.snapshot_id
    (document,) = open_snapshot(index).store.documents()
    assert {document.path, *document.locations} == {NEAR, FAR}


def test_a_file_that_was_never_read_and_cannot_be_opened_is_a_failure(
    far_corpus, tmp_path, run_ingest
):
    report = run_ingest(out_of_reach(far_corpus), tmp_path / "index")
    (failed,) = report.with_outcome(Outcome.FAILED)
    assert (failed.name, failed.reason) == (FAR, "it cannot be opened (File name too long)")


@contextlib.contextmanager
def as_a_user(folder: Path) -> Iterator[None]:
    """Be nobody in particular for a while: root may open what it must not."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose parents every user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="minit-test-"))
    yield folder
    for path in folder.rglob("*"):
        path.chmod(stat.S_IRWXU)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("closed", "reason"),
    [
        (FAR, "it cannot be opened (Permission denied)"),
        (str(Path(FAR).parent), "the folder cannot be listed (Permission denied)"),
    ],
)
def test_what_lost_its_permission_stays_in_the_index(open_folder, run_ingest, closed, reason):
    corpus, index = open_folder / "corpus", open_folder / "index"
    write(corpus, FAR)
    write(corpus, NEAR, "# La seta\n\nIl telaio tesse la seta.\n")
    first = run_ingest(corpus, index)
    with as_a_user(open_folder):
        (corpus / closed).chmod(0)
        report = run_ingest(corpus, index)
        (corpus / closed).chmod(stat.S_IRWXU)
        again = run_ingest(corpus, index)
    assert report.snapshot_id == first.snapshot_id
    outcomes = {d.name: (d.outcome, d.warnings) for d in report.documents}
    assert outcomes[NEAR] == (Outcome.UNCHANGED, ())
    assert outcomes[FAR] == (Outcome.UNCHANGED, (f"the version before stays: {reason}",))
    assert [d.warnings for d in again.documents] == [(), ()]


def test_a_folder_that_may_be_listed_and_not_entered_costs_itself(open_folder, run_ingest):
    corpus, index = open_folder / "corpus", open_folder / "index"
    write(corpus, FAR)
    write(corpus, NEAR, "# La seta\n\nIl telaio tesse la seta.\n")
    below = f"{Path(FAR).parent}/sotto/nota.md"
    write(corpus, below, "# Il lino\n\nIl lino cresce nel campo.\n")
    first = run_ingest(corpus, index)
    with as_a_user(open_folder):
        (corpus / FAR).parent.chmod(stat.S_IRUSR)
        report = run_ingest(corpus, index)
    assert report.snapshot_id == first.snapshot_id
    unchanged = [d.name for d in report.with_outcome(Outcome.UNCHANGED)]
    assert unchanged == sorted([NEAR, FAR, below])
    (folder,) = report.with_outcome(Outcome.FAILED)
    assert folder.name == str(Path(below).parent)
    assert folder.reason == "the folder cannot be listed (Permission denied)"
