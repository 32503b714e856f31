"""What two versions say is one hit, told by any run, and shown in one line."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import NoProgress, write_corpus
from indexes import engine_of
from nets_paper import DRAFT as FIRST_DRAFT
from nets_paper import FINAL, ONLY_IN_DRAFT
from small_texts import SMALL
from streamlit.testing.v1 import AppTest

from ingest.pipeline import KEPT_SNAPSHOTS, ingest
from ingest.report import IngestReport
from ingest.versions import shingles
from search.datatypes import Query
from search.engine import Engine
from search.export import hit_record, to_text
from search.snapshot import open_snapshot, snapshot_ids
from search.views import words

ROOT = Path(__file__).parent.parent
DRAFT = FIRST_DRAFT + ONLY_IN_DRAFT


def versions_in(report) -> list[tuple[str, str]]:
    return [each for each in report.all_warnings() if "another version" in each[1]]


DRAFT_NAME = "trasversali/2025-position-paper-reti-bozza.md"
FINAL_NAME = "trasversali/2025-position-paper-reti.md"
TWO_VERSIONS = SMALL | {DRAFT_NAME: DRAFT, FINAL_NAME: FINAL}


@pytest.fixture(scope="module")
def run_once(encoder, tmp_path_factory) -> tuple[Path, IngestReport]:
    """An index of a corpus with two versions, made once, and the report. None writes to it."""
    folder = tmp_path_factory.mktemp("versions")
    corpus = write_corpus(folder / "corpus", TWO_VERSIONS)
    return folder / "index", ingest(corpus, folder / "index", encoder, NoProgress())


@pytest.fixture(scope="module")
def engine(run_once, encoder) -> Engine:
    return engine_of(run_once[0], encoder)


@pytest.fixture
def two_versions(tmp_path) -> Path:
    """The same corpus, the test's own."""
    return write_corpus(tmp_path / "corpus", TWO_VERSIONS)


@pytest.fixture
def index(run_once, tmp_path) -> Path:
    """The same index, the test's own."""
    return Path(shutil.copytree(run_once[0], tmp_path / "index"))


QUESTION = Query("quanto costa trasportare le reti?", k=4)


def test_what_both_versions_say_is_one_hit_of_the_newest(run_once, engine):
    ((name, warning),) = versions_in(run_once[1])
    assert name.endswith("reti-bozza.md")
    assert warning.startswith("looks like another version of trasversali/2025-position")
    hits = engine.search(QUESTION).hits
    assert hits[0].document.path == "trasversali/2025-position-paper-reti.md"
    (other,) = hits[0].others
    assert other.document.path == "trasversali/2025-position-paper-reti-bozza.md"
    assert other.page == 1
    assert hits[0].newest is None
    assert len(hits) == 4
    shown = {hit.passage.id for hit in hits}
    assert not shown & {other.passage_id for hit in hits for other in hit.others}


def test_what_only_the_draft_says_is_a_hit_marked_as_older(engine):
    results = engine.search(Query("pannelli di sughero", k=1))
    (hit,) = results.hits
    assert "sughero" in hit.sentence.of(hit.passage.text)
    assert hit.document.path == "trasversali/2025-position-paper-reti-bozza.md"
    assert hit.newest is not None
    assert hit.newest.path == "trasversali/2025-position-paper-reti.md"
    assert hit_record(hit)["newest_version"] == hit.newest.path
    assert "from an older version of trasversali/2025-position-paper-reti.md" in to_text(results)


def test_filters_that_leave_the_newest_out_find_the_older(
    small_corpus, small_index, encoder, run_ingest
):
    write_corpus(small_corpus, {"trasversali/2024-quaderno-reti.md": DRAFT})
    write_corpus(small_corpus, {"trasversali/2025-quaderno-reti.md": FINAL})
    run_ingest(small_corpus, small_index)
    engine = engine_of(small_index, encoder)

    hit = engine.search(replace(QUESTION, last_year=2024)).hits[0]

    assert hit.document.path == "trasversali/2024-quaderno-reti.md"
    assert hit.newest is not None
    assert hit.newest.year == 2025
    assert engine.search(replace(QUESTION, first_year=2025)).hits[0].others == ()


def test_asking_for_more_hits_never_changes_what_is_folded(engine):
    everything = engine.search(replace(QUESTION, k=1000)).hits

    assert engine.search(QUESTION).hits == everything[:4]
    passages = {passage.id for passage, _ in engine.snapshot.store.passages()}
    folded = [other.passage_id for hit in everything for other in hit.others]
    assert sorted([*folded, *(hit.passage.id for hit in everything)]) == sorted(passages)


def test_what_the_newest_dropped_is_folded_under_the_last_version_that_had_it(
    small_corpus, small_index, encoder, run_ingest
):
    write_corpus(small_corpus, {"reti-v1.md": DRAFT})
    write_corpus(small_corpus, {"reti-v2.md": DRAFT.replace("nessuno sa", "pochi sanno")})
    write_corpus(small_corpus, {"reti-v3.md": FINAL})
    run_ingest(small_corpus, small_index)
    engine = engine_of(small_index, encoder)

    costs = engine.search(QUESTION).hits[0]
    assert costs.document.path == "reti-v3.md"
    assert [other.document.path for other in costs.others] == ["reti-v1.md", "reti-v2.md"]
    cork = engine.search(Query("pannelli di sughero")).hits[0]
    assert cork.document.path == "reti-v2.md"
    assert [other.document.path for other in cork.others] == ["reti-v1.md"]
    assert cork.newest is not None
    assert cork.newest.path == "reti-v3.md"


def test_versions_are_told_by_an_incremental_run_as_by_a_fresh_one(
    run_once, two_versions, small_index, encoder, run_ingest
):
    (fresh_index, fresh), draft = run_once, two_versions / DRAFT_NAME
    aside = draft.rename(two_versions.with_name("aside.md"))
    run_ingest(two_versions, small_index)
    aside.rename(draft)
    grown = run_ingest(two_versions, small_index)

    assert versions_in(grown) == versions_in(fresh) != []
    one, other = (engine_of(each, encoder).search(QUESTION) for each in (small_index, fresh_index))
    assert [replace(hit, score=0) for hit in one.hits] == [
        replace(hit, score=0) for hit in other.hits
    ]
    again = run_ingest(two_versions, small_index)
    assert versions_in(again) == versions_in(fresh)

    draft.unlink()
    assert versions_in(run_ingest(two_versions, small_index)) == []
    hits = engine_of(small_index, encoder).search(QUESTION).hits
    assert all(hit.others == () and hit.newest is None for hit in hits)


def test_signatures_are_kept_from_run_to_run(index, two_versions, run_ingest):
    store = open_snapshot(index).store
    kept = {d.path: store.signature(d.id) for d in store.documents()}
    write_corpus(two_versions, {"nota.md": "Una nota."})

    run_ingest(two_versions, index)

    again = open_snapshot(index).store
    assert len(kept) == 6
    for document in again.documents():
        if document.path in kept:
            assert again.signature(document.id) == kept[document.path]
    text = open_snapshot(index).store.content(again.documents()[-1].id)
    assert again.signature(again.documents()[-1].id)[4:] == shingles(text).tobytes()


def test_a_file_copied_years_ago_is_older_than_one_changed_today(
    small_corpus, small_index, run_ingest
):
    old = write_corpus(small_corpus, {"z.md": DRAFT}) / "z.md"
    write_corpus(small_corpus, {"a.md": FINAL})
    os.utime(old, (1_500_000_000, 1_500_000_000))
    ((name, warning),) = versions_in(run_ingest(small_corpus, small_index))
    assert name == "z.md"
    assert warning.startswith("looks like another version of a.md (")


def test_a_date_that_changes_turns_the_order_of_versions_as_in_a_fresh_index(tmp_path, run_ingest):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    words = " ".join(f"filo{number}" for number in range(150))
    for name, end in (("prima.md", "uno due"), ("seconda.md", "tre quattro")):
        write_corpus(corpus, {name: f"# Nota\n\n{words} {end}."})
    day = 24 * 60 * 60
    os.utime(corpus / "prima.md", (9000 * day, 9000 * day))
    os.utime(corpus / "seconda.md", (9001 * day, 9001 * day))
    ((name, warning),) = versions_in(run_ingest(corpus, index))
    assert name == "prima.md"
    assert warning.startswith("looks like another version of seconda.md")

    os.utime(corpus / "prima.md", (9002 * day, 9002 * day))
    turned = run_ingest(corpus, index)

    ((name, warning),) = versions_in(turned)
    assert name == "seconda.md"
    assert warning.startswith("looks like another version of prima.md")
    assert versions_in(turned) == versions_in(run_ingest(corpus, tmp_path / "fresh"))
    assert turned.encoded == 0
    assert run_ingest(corpus, index).snapshot_id == turned.snapshot_id


# A document that changed


def test_a_new_version_under_the_same_name_replaces_the_old_which_stays_as_history(
    small_corpus, small_index, encoder, run_ingest
):
    path = write_corpus(small_corpus, {"reti.md": DRAFT}) / "reti.md"
    first = run_ingest(small_corpus, small_index).snapshot_id
    path.write_text(FINAL, encoding="utf-8")

    report = run_ingest(small_corpus, small_index)

    assert report.changes.changed == ("reti.md",)
    now = engine_of(small_index, encoder)
    assert all("sughero" not in hit.passage.text for hit in now.search(Query("sughero")).hits)
    then = Engine(open_snapshot(small_index, first), encoder)
    hit = then.search(Query("pannelli di sughero")).hits[0]
    assert "sughero" in hit.passage.text
    assert then.snapshot.original(hit.document).read_text(encoding="utf-8") == DRAFT

    original = then.snapshot.original(hit.document)
    for number in range(KEPT_SNAPSHOTS - 1):
        write_corpus(small_corpus, {"nota.md": f"Nota numero {number}."})
        assert original.is_file()
        assert first in snapshot_ids(small_index)
        run_ingest(small_corpus, small_index)
    assert first not in snapshot_ids(small_index)
    assert not original.exists()


# How it is shown


@pytest.fixture
def open_app(monkeypatch):
    def open_at(index: Path, question: str) -> list[str]:
        monkeypatch.setenv("MINIT_INDEX", str(index))
        app = AppTest.from_file(str(ROOT / "ingest" / "views" / "main.py"), default_timeout=60)
        app.query_params["q"] = question
        app.run()
        assert not app.exception
        return [element.body for element in app.html if 'class="kb-hit"' in element.body]

    return open_at


def test_a_folded_version_is_one_line_under_the_hit_and_a_copy_one_of_its_facts(
    index, two_versions, run_ingest, open_app
):
    shutil.copy(two_versions / FINAL_NAME, two_versions / "Reti & nylon.md")
    run_ingest(two_versions, index)

    first = open_app(index, QUESTION.text)[0]
    assert first.count(words.ALSO_IN_OLDER) == 1
    assert ">2025-position-paper-reti-bozza.md</a>" in first
    assert "<span>anche come Reti &amp; nylon.md</span>" in first
    assert words.FROM_OLDER not in first

    cork = open_app(index, "pannelli di sughero")[0]
    assert cork.count(words.FROM_OLDER) == 1
    assert ">2025-position-paper-reti.md</a>" in cork
    assert words.ALSO_IN_OLDER not in cork


def test_many_names_are_counted_instead_of_listed():
    assert words.also_named(()) == ""
    assert words.also_named(("a/b.pdf",)) == "anche come b.pdf"
    assert words.also_named(tuple(f"a/{'x' * 30}-{n}.pdf" for n in range(3))) == (
        "anche come 3 altri file"
    )


def test_the_terminal_names_the_other_places_in_one_line_each(
    index, two_versions, encoder, run_ingest
):
    shutil.copy(two_versions / FINAL_NAME, two_versions / "copia\n.md")
    run_ingest(two_versions, index)
    results = engine_of(index, encoder).search(replace(QUESTION, k=1))
    lines = to_text(results).split("\n")
    assert lines[2:4] == [
        "   also at copia .md",
        "   also in an older version: trasversali/2025-position-paper-reti-bozza.md, page 1",
    ]
    record = json.loads(json.dumps(hit_record(results.hits[0])))
    assert record["older_versions"] == [
        {
            "passage_id": results.hits[0].others[0].passage_id,
            "path": "trasversali/2025-position-paper-reti-bozza.md",
            "page": 1,
        }
    ]
