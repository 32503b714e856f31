"""Once, and only once: the same bytes are one document, and what two versions say is one hit."""

import json
import os
import shutil
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from corpus_files import ALL_FILES, file_pages
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ingest.duplicates import distinct
from ingest.pipeline import KEPT_SNAPSHOTS
from ingest.report import Outcome
from ingest.sources import find_sources
from ingest.versions import (
    COMMON_IN,
    KEPT_RESEMBLANCE,
    RESEMBLANCE,
    Edition,
    edition_of,
    find_versions,
    shingles,
)
from search.datatypes import Content, Document, Heading, Page, Query
from search.engine import Engine
from search.export import hit_record, to_text
from search.snapshot import open_snapshot, snapshot_ids
from search.views import words

ROOT = Path(__file__).parent.parent
NETS = "economia-circolare/2023-case-history-reti.md"
FINAL = """\
# Il recupero delle reti

Le reti da pesca dismesse arrivano al porto di Chioggia ogni martedì, i pescatori le consegnano
al consorzio che le pesa, le lava con acqua dolce e le divide per colore e per polimero. Dal
nylon pulito un impianto della provincia ricava scaglie, e dalle scaglie un filo continuo che
tre tessiture comprano per farne costumi, tappeti e rivestimenti di sedie da ufficio.

# I costi

Il trasporto pesa più del lavaggio, perché le reti sono voluminose e viaggiano quasi vuote: il
consorzio ha comprato una pressa mobile che le riduce a un terzo, e da allora un camion basta per
quattro porti. Il contributo pubblico copre la pressa, il resto si paga con la vendita del filo.
"""
ONLY_IN_DRAFT = """
# Da discutere

Resta aperta la questione dei galleggianti di sughero: un mobilificio di Pordenone li vorrebbe
per i suoi pannelli isolanti, ma nessuno sa ancora come toglierli dalle corde senza romperli.
"""
DRAFT = FINAL.replace("ogni martedì", "una volta al mese").replace("tre tessiture", "due ditte")
DRAFT += ONLY_IN_DRAFT


def write(corpus: Path, name: str, text: str) -> Path:
    path = corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def engine_of(index: Path, encoder) -> Engine:
    return Engine(open_snapshot(index), encoder)


def versions_in(report) -> list[tuple[str, str]]:
    return [each for each in report.all_warnings() if "another version" in each[1]]


def reported(report) -> dict[str, tuple[Outcome, str]]:
    return {d.name: (d.outcome, d.copy_of) for d in report.documents}


# The same bytes


def test_the_same_bytes_under_two_names_are_one_document_with_two_locations(
    small_corpus, tmp_path, encoder, run_ingest
):
    shutil.copy(small_corpus / NETS, small_corpus / "Copia di reti.md")

    report = run_ingest(small_corpus, tmp_path / "index")

    assert report.counts.documents == 4
    assert reported(report)["Copia di reti.md"] == (Outcome.COPY, NETS)
    assert f"Copy: Copia di reti.md: the same bytes as {NETS}" in report.to_text()
    assert [d.name for d in report.documents] == sorted(d.name for d in report.documents)
    hits = engine_of(tmp_path / "index", encoder).search(Query("reti da pesca")).hits
    assert [hit.document.path for hit in hits].count(NETS) == 1
    assert hits[0].document.locations == ("Copia di reti.md",)
    assert hit_record(hits[0])["locations"] == ["Copia di reti.md"]


def test_a_copy_that_comes_changes_no_passage_and_costs_no_encoding(
    small_corpus, tmp_path, run_ingest
):
    index = tmp_path / "index"
    run_ingest(small_corpus, index)
    before = [passage.id for passage, _ in open_snapshot(index).store.passages()]
    shutil.copy(small_corpus / NETS, small_corpus / "tracciabilita" / "reti.md")

    report = run_ingest(small_corpus, index)

    assert report.encoded == 0
    assert not report.with_outcome(Outcome.READ)
    assert [passage.id for passage, _ in open_snapshot(index).store.passages()] == before
    snapshot_id = report.snapshot_id
    assert run_ingest(small_corpus, index).snapshot_id == snapshot_id


def test_when_the_main_file_goes_its_copy_takes_over_without_encoding(
    small_corpus, tmp_path, encoder, run_ingest
):
    index = tmp_path / "index"
    shutil.copy(small_corpus / NETS, small_corpus / "economia-circolare" / "reti.md")
    run_ingest(small_corpus, index)
    (small_corpus / NETS).unlink()

    report = run_ingest(small_corpus, index)

    assert report.encoded == 0
    hit = engine_of(index, encoder).search(Query("reti da pesca")).hits[0]
    assert (hit.document.path, hit.document.year) == ("economia-circolare/reti.md", None)
    assert hit.document.locations == ()


def test_a_copy_that_goes_is_no_location_any_more(small_corpus, tmp_path, run_ingest):
    index = tmp_path / "index"
    copy = small_corpus / "copia.md"
    shutil.copy(small_corpus / NETS, copy)
    run_ingest(small_corpus, index)
    copy.unlink()

    report = run_ingest(small_corpus, index)

    assert report.encoded == 0
    assert all(not document.locations for document in open_snapshot(index).store.documents())


def test_copies_of_a_file_that_cannot_be_read_have_its_reason(small_corpus, tmp_path, run_ingest):
    for name in ("rotto.pdf", "rotto (1).pdf"):
        (small_corpus / name).write_bytes(b"%PDF-1.7\nnothing of the kind")

    report = run_ingest(small_corpus, tmp_path / "index")

    failed = {document.name: document.reason for document in report.with_outcome(Outcome.FAILED)}
    assert failed["rotto.pdf"]
    assert failed["rotto (1).pdf"] == failed["rotto.pdf"]
    assert run_ingest(small_corpus, tmp_path / "index").snapshot_id == report.snapshot_id


@pytest.mark.parametrize(
    ("names", "sidecars", "main"),
    [
        (["a.md", "tracciabilita/2024-quaderno-z.md"], {}, "tracciabilita/2024-quaderno-z.md"),
        (["tracciabilita/z.md", "2024-quaderno-z.md"], {}, "2024-quaderno-z.md"),
        (["tracciabilita/2024-z.md", "b.md"], {"b.md": "titolo: Z\ngruppo: tracciabilita\n"
          "anno: 2024"}, "b.md"),
        (["Copia di z.md", "z.md", "z (1).md"], {}, "z.md"),
        (["b/z.md", "a/z.md"], {}, "a/z.md"),
    ],
)  # fmt: skip
def test_the_main_file_is_the_one_that_says_most(tmp_path, names, sidecars, main):
    for name in names:
        write(tmp_path, name, "Lo stesso testo.")
    for name, text in sidecars.items():
        write(tmp_path, f"{name}.yaml", text)

    (found,) = distinct(find_sources(tmp_path, "1")[0])

    assert found.source.name == main
    assert found.copies == tuple(sorted(set(names) - {main}))


@given(st.lists(st.tuples(st.text("ab", min_size=1, max_size=3), st.integers(0, 2)),
                unique_by=lambda pair: pair[0], min_size=1), st.randoms())  # fmt: skip
def test_every_file_is_once_a_document_or_once_a_copy(tmp_path_factory, files, random):
    folder = tmp_path_factory.mktemp("files")
    for name, content in files:
        write(folder, f"{name}.txt", f"testo {content}")
    sources = find_sources(folder, "1")[0]

    found = distinct(sources)

    assert sorted(n for f in found for n in (f.source.name, *f.copies)) == sorted(
        source.name for source in sources
    )
    assert len(found) == len({content for _, content in files})
    random.shuffle(sources)
    assert distinct(sources) == found


# Versions: which they are


def of_text(name: str, text: str, headings: tuple[Heading, ...] = (), **said) -> Edition:
    document = Document(
        id=name, path=name, sha256="", source_key="", media_type="text/plain",
        title=said.get("title", ""), group="", kind="altro", year=said.get("year"),
        language="it", page_count=1,
    )  # fmt: skip
    return edition_of(document, Content((Page(1, text),), headings), said.get("day", 0))


def of_numbers(name: str, numbers: range, **said) -> Edition:
    """An edition that says some numbers, and so has three shingles less than those."""
    return of_text(name, " ".join(f"n{number}" for number in numbers), **said)


def pairs(editions: list[Edition]) -> list[tuple[str, str]]:
    return [(found.older, found.newer) for found in find_versions(editions)]


@pytest.fixture(scope="module")
def sample_editions() -> list[Edition]:
    """The documents of the sample corpus, from their true text; copies left out."""
    editions, seen = [], set()
    for name in sorted(ALL_FILES):
        text = "\n\n".join(file_pages(name))
        if text not in seen:
            seen.add(text)
            editions.append(of_text(name, text))
    return editions


def test_of_the_sample_corpus_only_the_draft_and_the_final_paper_are_versions(sample_editions):
    assert len(sample_editions) == 88
    (found,) = find_versions(sample_editions)
    assert found.older == "trasversali/2025-position-paper-dati-di-filiera-bozza.pdf"
    assert found.newer == "trasversali/2025-position-paper-dati-di-filiera.pdf"
    assert found.shared == pytest.approx(0.59, abs=0.02)


def test_the_threshold_stands_far_from_every_pair_of_the_sample_corpus(sample_editions):
    """Nothing is left out here, not even the notice that all have: the hard case."""
    resemblances = []
    for one, other in combinations(sample_editions, 2):
        both = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
        resemblances.append(both / (len(one.shingles) + len(other.shingles) - both))
    *_, second, first = sorted(resemblances)
    assert len(resemblances) == 88 * 87 / 2
    assert second < KEPT_RESEMBLANCE / 2 < RESEMBLANCE < first - 0.15


def test_resemblance_is_the_share_of_shingles_that_both_have():
    # 197 shingles each; the numbers 50 to 199 make 147 in both, of 247 in either.
    (found,) = find_versions([of_numbers("a", range(200)), of_numbers("b", range(50, 250))])
    assert found.shared == pytest.approx(147 / 247)


def test_a_draft_that_grew_is_a_version_and_a_page_of_a_book_is_not():
    draft = of_numbers("a", range(100))
    assert pairs([draft, of_numbers("b", range(280))]) == [("a", "b")]  # 97 / 277 = 0.35, all kept
    assert pairs([draft, of_numbers("b", range(600))]) == []
    # As near as the draft that grew, but a third of each is the other's: 127 / 367 = 0.35.
    assert pairs([of_numbers("a", range(250)), of_numbers("b", range(120, 370))]) == []


def test_what_more_than_twenty_documents_say_makes_no_version():
    notice = range(200)
    own = [range(1000 * n, 1000 * n + 100) for n in range(1, COMMON_IN + 2)]

    def documents(count: int) -> list[Edition]:
        text = [[*notice, *numbers] for numbers in own[:count]]
        return [of_numbers(f"d{row}", numbers) for row, numbers in enumerate(text)]

    assert len(pairs(documents(COMMON_IN))) == COMMON_IN - 1
    assert pairs(documents(COMMON_IN + 1)) == []


def test_a_list_of_sources_is_not_compared():
    sources = " ".join(f"fonte{n}" for n in range(300))

    def document(name: str, numbers: range) -> Edition:
        body = " ".join(f"n{n}" for n in numbers)
        text = f"{body}\n\nFonti\n{sources}"
        return of_text(name, text, (Heading(1, "Fonti", 1, len(body) + 2),))

    assert pairs([document("a", range(100)), document("b", range(100, 200))]) == []
    assert len(pairs([of_numbers("a", range(400)), of_numbers("b", range(100, 500))])) == 1


def test_short_documents_are_compared_with_none():
    assert pairs([of_numbers("a", range(50)), of_numbers("b", range(50))]) == []


def test_case_punctuation_and_line_breaks_make_no_difference():
    text = "Il filo, dalle reti:\nnasce così. " * 3
    plain = "il filo dalle reti nasce COSÌ " * 3
    one, other = (shingles(Content((Page(1, each),))) for each in (text, plain))
    assert one.tolist() == other.tolist()


def test_a_document_with_a_signature_is_not_shingled_again():
    edition = of_numbers("a", range(100))
    document = replace(engine_document(), id="a")
    again = edition_of(document, Content((Page(1, "altro"),)), 0, edition.signature)
    assert again.shingles.tolist() == edition.shingles.tolist()


def engine_document() -> Document:
    return Document("x", "x.md", "", "", "text/markdown", "X", "", "altro", None, "it", 1)


# Versions: which is the newer


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (("z-2023.md", {"year": 2023, "day": 9}), ("a-2024.md", {"year": 2024, "day": 1})),
        (("z-bozza.md", {"year": 2024}), ("a.md", {"year": 2024})),
        (("z-bozza.md", {"year": 2024}), ("a.md", {})),  # no year: the year does not decide
        (("z.md", {"title": "Nota, draft"}), ("a.md", {"title": "Nota"})),
        (("z.md", {}), ("a-versione-definitiva.md", {})),
        (("z-v2-bozza.md", {}), ("a-v1.md", {})),
        (("z-v2.md", {}), ("a-v10.md", {})),
        (("z rev. 1.2.md", {}), ("a rev. 1.3.md", {})),
        (("z.md", {"day": 3}), ("a.md", {"day": 4})),
        (("a.md", {}), ("b.md", {})),
    ],
)
def test_which_is_newer_is_told_by_year_words_number_day_and_name(older, newer):
    one, other = (of_numbers(name, range(100), **said) for name, said in (older, newer))
    assert pairs([one, other]) == pairs([other, one]) == [(older[0], newer[0])]


def test_the_first_page_tells_a_draft_and_a_finished_text_apart():
    body = " ".join(f"n{number}" for number in range(100))
    draft = of_text("z.md", f"Position paper – Bozza per osservazioni\n\n{body}")
    final = of_text("a.md", f"Position paper – Versione definitiva\n\n{body}")
    plain = of_text("m.md", f"Il consumatore finale\n\n{body}")
    assert (draft.stage, plain.stage, final.stage) == (0, 1, 2)


def test_of_two_that_differ_in_nothing_else_the_longer_is_newer():
    assert pairs([of_numbers("z", range(90)), of_numbers("a", range(100))]) == [("z", "a")]


def test_each_is_an_older_version_of_the_next_newer_that_it_resembles_itself():
    first = of_numbers("a", range(200), year=2021)
    second = of_numbers("b", range(80, 280), year=2022)
    third = of_numbers("c", range(160, 360), year=2023)  # 37 / 357 of the first
    assert pairs([third, first, second]) == [("a", "b"), ("b", "c")]
    again = of_numbers("d", range(200), year=2023)
    assert pairs([first, again, second]) == [("a", "b"), ("b", "d")]


@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from([None, 2021, 2022])),
                max_size=8), st.randoms())  # fmt: skip
def test_versions_never_go_round_and_do_not_hang_on_the_order(starts, random):
    editions = [
        of_numbers(f"d{row}", range(start, start + 150), year=year)
        for row, (start, year) in enumerate(starts)
    ]
    found = find_versions(editions)

    newer = {each.older: each.newer for each in found}
    assert len(newer) == len(found)
    reached = set(newer)
    for _ in editions:
        reached = {newer[name] for name in reached if name in newer}
    assert not reached
    begin = {f"d{row}": start for row, (start, _) in enumerate(starts)}
    for each in found:
        both = 147 - abs(begin[each.older] - begin[each.newer])
        assert each.shared == pytest.approx(both / (2 * 147 - both))
        assert each.shared >= RESEMBLANCE
    random.shuffle(editions)
    assert find_versions(editions) == found


# Versions: in the index


@pytest.fixture
def two_versions(small_corpus) -> Path:
    write(small_corpus, "trasversali/2025-position-paper-reti-bozza.md", DRAFT)
    write(small_corpus, "trasversali/2025-position-paper-reti.md", FINAL)
    return small_corpus


QUESTION = Query("quanto costa trasportare le reti?", k=4)


def test_what_both_versions_say_is_one_hit_of_the_newest(
    two_versions, tmp_path, encoder, run_ingest
):
    report = run_ingest(two_versions, tmp_path / "index")

    ((name, warning),) = versions_in(report)
    assert name.endswith("reti-bozza.md")
    assert warning.startswith("looks like another version of trasversali/2025-position")
    hits = engine_of(tmp_path / "index", encoder).search(QUESTION).hits
    assert hits[0].document.path == "trasversali/2025-position-paper-reti.md"
    (other,) = hits[0].others
    assert other.document.path == "trasversali/2025-position-paper-reti-bozza.md"
    assert other.page == 1
    assert hits[0].newest is None
    assert len(hits) == 4
    shown = {hit.passage.id for hit in hits}
    assert not shown & {other.passage_id for hit in hits for other in hit.others}


def test_what_only_the_draft_says_is_a_hit_marked_as_older(
    two_versions, tmp_path, encoder, run_ingest
):
    run_ingest(two_versions, tmp_path / "index")
    results = engine_of(tmp_path / "index", encoder).search(Query("pannelli di sughero", k=1))
    (hit,) = results.hits
    assert "sughero" in hit.sentence.of(hit.passage.text)
    assert hit.document.path == "trasversali/2025-position-paper-reti-bozza.md"
    assert hit.newest is not None
    assert hit.newest.path == "trasversali/2025-position-paper-reti.md"
    assert hit_record(hit)["newest_version"] == hit.newest.path
    assert "from an older version of trasversali/2025-position-paper-reti.md" in to_text(results)


def test_filters_that_leave_the_newest_out_find_the_older(
    small_corpus, tmp_path, encoder, run_ingest
):
    write(small_corpus, "trasversali/2024-quaderno-reti.md", DRAFT)
    write(small_corpus, "trasversali/2025-quaderno-reti.md", FINAL)
    run_ingest(small_corpus, tmp_path / "index")
    engine = engine_of(tmp_path / "index", encoder)

    hit = engine.search(replace(QUESTION, last_year=2024)).hits[0]

    assert hit.document.path == "trasversali/2024-quaderno-reti.md"
    assert hit.newest is not None
    assert hit.newest.year == 2025
    assert engine.search(replace(QUESTION, first_year=2025)).hits[0].others == ()


def test_asking_for_more_hits_never_changes_what_is_folded(
    two_versions, tmp_path, encoder, run_ingest
):
    run_ingest(two_versions, tmp_path / "index")
    engine = engine_of(tmp_path / "index", encoder)
    everything = engine.search(replace(QUESTION, k=1000)).hits

    assert engine.search(QUESTION).hits == everything[:4]
    passages = {passage.id for passage, _ in engine.snapshot.store.passages()}
    folded = [other.passage_id for hit in everything for other in hit.others]
    assert sorted([*folded, *(hit.passage.id for hit in everything)]) == sorted(passages)


def test_what_the_newest_dropped_is_folded_under_the_last_version_that_had_it(
    small_corpus, tmp_path, encoder, run_ingest
):
    write(small_corpus, "reti-v1.md", DRAFT)
    write(small_corpus, "reti-v2.md", DRAFT.replace("nessuno sa", "pochi sanno"))
    write(small_corpus, "reti-v3.md", FINAL)
    run_ingest(small_corpus, tmp_path / "index")
    engine = engine_of(tmp_path / "index", encoder)

    costs = engine.search(QUESTION).hits[0]
    assert costs.document.path == "reti-v3.md"
    assert [other.document.path for other in costs.others] == ["reti-v1.md", "reti-v2.md"]
    cork = engine.search(Query("pannelli di sughero")).hits[0]
    assert cork.document.path == "reti-v2.md"
    assert [other.document.path for other in cork.others] == ["reti-v1.md"]
    assert cork.newest is not None
    assert cork.newest.path == "reti-v3.md"


def test_versions_are_told_by_an_incremental_run_as_by_a_fresh_one(
    two_versions, tmp_path, encoder, run_ingest
):
    draft = two_versions / "trasversali" / "2025-position-paper-reti-bozza.md"
    aside = draft.rename(tmp_path / "aside.md")
    run_ingest(two_versions, tmp_path / "grown")
    aside.rename(draft)
    grown = run_ingest(two_versions, tmp_path / "grown")
    fresh = run_ingest(two_versions, tmp_path / "fresh")

    assert versions_in(grown) == versions_in(fresh) != []
    one, other = (engine_of(tmp_path / name, encoder).search(QUESTION) for name in
                  ("grown", "fresh"))  # fmt: skip
    assert [replace(hit, score=0) for hit in one.hits] == [
        replace(hit, score=0) for hit in other.hits
    ]
    again = run_ingest(two_versions, tmp_path / "grown")
    assert versions_in(again) == versions_in(fresh)

    draft.unlink()
    assert versions_in(run_ingest(two_versions, tmp_path / "grown")) == []
    hits = engine_of(tmp_path / "grown", encoder).search(QUESTION).hits
    assert all(hit.others == () and hit.newest is None for hit in hits)


def test_signatures_are_kept_from_run_to_run(two_versions, tmp_path, run_ingest):
    index = tmp_path / "index"
    run_ingest(two_versions, index)
    store = open_snapshot(index).store
    kept = {d.path: store.signature(d.id) for d in store.documents()}
    write(two_versions, "nota.md", "Una nota.")

    run_ingest(two_versions, index)

    again = open_snapshot(index).store
    assert len(kept) == 6
    for document in again.documents():
        if document.path in kept:
            assert again.signature(document.id) == kept[document.path]
    text = open_snapshot(index).store.content(again.documents()[-1].id)
    assert again.signature(again.documents()[-1].id)[4:] == shingles(text).tobytes()


def test_a_file_copied_years_ago_is_older_than_one_changed_today(
    small_corpus, tmp_path, run_ingest
):
    old = write(small_corpus, "z.md", DRAFT)
    write(small_corpus, "a.md", FINAL)
    os.utime(old, (1_500_000_000, 1_500_000_000))
    ((name, warning),) = versions_in(run_ingest(small_corpus, tmp_path / "index"))
    assert name == "z.md"
    assert warning.startswith("looks like another version of a.md (")


# A document that changed


def test_a_new_version_under_the_same_name_replaces_the_old_which_stays_as_history(
    small_corpus, tmp_path, encoder, run_ingest
):
    index = tmp_path / "index"
    path = write(small_corpus, "reti.md", DRAFT)
    first = run_ingest(small_corpus, index).snapshot_id
    path.write_text(FINAL, encoding="utf-8")

    report = run_ingest(small_corpus, index)

    assert report.changes.changed == ("reti.md",)
    now = engine_of(index, encoder)
    assert all("sughero" not in hit.passage.text for hit in now.search(Query("sughero")).hits)
    then = Engine(open_snapshot(index, first), encoder)
    hit = then.search(Query("pannelli di sughero")).hits[0]
    assert "sughero" in hit.passage.text
    assert then.snapshot.original(hit.document).read_text(encoding="utf-8") == DRAFT

    original = then.snapshot.original(hit.document)
    for number in range(KEPT_SNAPSHOTS - 1):
        write(small_corpus, "nota.md", f"Nota numero {number}.")
        assert original.is_file()
        assert first in snapshot_ids(index)
        run_ingest(small_corpus, index)
    assert first not in snapshot_ids(index)
    assert not original.exists()


# How it is shown


@pytest.fixture
def open_app(monkeypatch):
    def open_at(index: Path, question: str) -> list[str]:
        monkeypatch.setenv("MINIT_INDEX", str(index))
        app = AppTest.from_file(str(ROOT / "search" / "views" / "main.py"), default_timeout=60)
        app.query_params["q"] = question
        app.run()
        assert not app.exception
        return [element.body for element in app.html if 'class="kb-hit"' in element.body]

    return open_at


def test_a_folded_version_is_one_line_under_the_hit_and_a_copy_one_of_its_facts(
    two_versions, tmp_path, run_ingest, open_app
):
    final = two_versions / "trasversali" / "2025-position-paper-reti.md"
    shutil.copy(final, two_versions / "Reti & nylon.md")
    run_ingest(two_versions, tmp_path / "index")

    first = open_app(tmp_path / "index", QUESTION.text)[0]
    assert first.count(words.ALSO_IN_OLDER) == 1
    assert ">2025-position-paper-reti-bozza.md</a>" in first
    assert "<span>anche come Reti &amp; nylon.md</span>" in first
    assert words.FROM_OLDER not in first

    cork = open_app(tmp_path / "index", "pannelli di sughero")[0]
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
    two_versions, tmp_path, encoder, run_ingest
):
    final = two_versions / "trasversali" / "2025-position-paper-reti.md"
    shutil.copy(final, two_versions / "copia\n.md")
    run_ingest(two_versions, tmp_path / "index")
    results = engine_of(tmp_path / "index", encoder).search(replace(QUESTION, k=1))
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


def test_a_date_that_changes_turns_the_order_of_versions_as_in_a_fresh_index(tmp_path, run_ingest):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    words = " ".join(f"filo{number}" for number in range(300))
    for name, end in (("prima.md", "uno due"), ("seconda.md", "tre quattro")):
        write(corpus, name, f"# Nota\n\n{words} {end}.")
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
