"""Passages and documents like one: others that say the like, never the same under another name."""

import json

import numpy as np
import pytest
from conftest import NoProgress, write_corpus
from nets_paper import FINAL as NETS

from ingest.pipeline import ingest
from search.__main__ import main
from search.datatypes import Query
from search.errors import QueryError
from search.similar import similar_documents, similar_passages, similar_to
from search.snapshot import Snapshot, open_snapshot

CORPUS = {
    "economia-circolare/2025-position-paper-reti-bozza.md": NETS.replace("tre tess", "due tess"),
    "economia-circolare/2025-position-paper-reti.md": NETS,
    "economia-circolare/copia-delle-reti.md": NETS,
    "economia-circolare/2023-case-history-nylon.md": (
        "# Nylon rigenerato\n\nUn filo di nylon nasce dalle reti che i pescatori consegnano al "
        "porto: lavate e divise per colore diventano scaglie, e le scaglie un filo per tappeti."
    ),
    "economia-circolare/2024-case-history-vetro.md": (
        "# Il vetro\n\nIl rottame di vetro torna in vetreria e diventa bottiglia."
    ),
    "open-innovation/2022-workshop-startup.md": (
        "# Imprese e startup\n\nL'azienda lancia una sfida e sceglie una startup con cui lavorare."
    ),
    "open-innovation/2021-workshop-call.md": (
        "---\ntitle: La call <b>aperta</b>\n---\n# La call\n\n"
        "Una startup risponde alla sfida dell'azienda e la vince."
    ),
    "tracciabilita/2025-altro-vuoto.md": "# Bibliografia\n\nUna fonte.",
}
FINAL = "economia-circolare/2025-position-paper-reti.md"
DRAFT = "economia-circolare/2025-position-paper-reti-bozza.md"
NYLON = "economia-circolare/2023-case-history-nylon.md"
CALL = "open-innovation/2021-workshop-call.md"
STARTUP = "open-innovation/2022-workshop-startup.md"


@pytest.fixture(scope="module")
def index(encoder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("similar")
    ingest(write_corpus(folder / "corpus", CORPUS), folder / "index", encoder, NoProgress())
    return folder / "index"


@pytest.fixture(scope="module")
def snapshot(index):
    snapshot = open_snapshot(index)
    yield snapshot
    snapshot.close()


def document_id(snapshot: Snapshot, path: str) -> str:
    return next(d.id for d in snapshot.store.documents() if d.path == path)


def passages_of(snapshot: Snapshot, path: str) -> list[str]:
    return [passage.id for passage, document in snapshot.store.passages() if document.path == path]


def like(snapshot: Snapshot, path: str, **more) -> list[str]:
    found = similar_documents(snapshot, document_id(snapshot, path), **more)
    return [similar.document.path for similar in found]


def test_the_document_on_the_same_subject_is_first(snapshot):
    assert like(snapshot, STARTUP)[0] == CALL
    assert like(snapshot, CALL)[0] == STARTUP
    assert like(snapshot, NYLON)[0] == FINAL


def test_of_two_versions_one_is_named_and_neither_beside_the_other(snapshot):
    assert snapshot.store.versions()  # the two were recognised
    others = {NYLON, CALL, STARTUP, "economia-circolare/2024-case-history-vetro.md"}
    assert set(like(snapshot, FINAL)) == others
    assert set(like(snapshot, DRAFT)) == others
    for path in others:
        assert set(like(snapshot, path)) == others - {path} | {FINAL}


def test_a_document_is_as_like_another_as_that_one_is_like_it(snapshot):
    ids = [document_id(snapshot, path) for path in (NYLON, CALL, STARTUP, FINAL)]
    scores = {
        (one, found.document.id): found.score
        for one in ids
        for found in similar_documents(snapshot, one)
    }
    both_ways = [(pair, pair[::-1]) for pair in scores if pair[1] in ids]
    assert len(both_ways) == 12
    for there, back in both_ways:
        assert scores[there] == pytest.approx(scores[back], abs=1e-5)
    assert all(-1 <= score <= 1 for score in scores.values())


def test_the_score_is_the_mean_cosine_of_nearest_passages_in_both_directions(snapshot):
    rows = {
        path: [snapshot.store.passage_row(id_) for id_ in passages_of(snapshot, path)]
        for path in (FINAL, NYLON)
    }
    vectors = snapshot.dense.passages - 0.7 * snapshot.dense.passages.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = vectors[rows[FINAL]] @ vectors[rows[NYLON]].T
    expected = (cosines.max(axis=1).mean() + cosines.max(axis=0).mean()) / 2
    found = similar_documents(snapshot, document_id(snapshot, FINAL))
    (score,) = [s.score for s in found if s.document.path == NYLON]
    assert score == pytest.approx(expected, abs=1e-5)


def test_filters_and_k_are_kept(snapshot):
    only = Query("x", groups=frozenset({"open-innovation"}))
    assert set(like(snapshot, NYLON, within=only)) == {CALL, STARTUP}
    assert like(snapshot, NYLON, within=Query("x", first_year=2025)) == [FINAL]
    assert like(snapshot, NYLON, within=Query("x", first_year=1999, last_year=1999)) == []
    assert like(snapshot, NYLON, k=1) == [FINAL]


def test_where_a_filter_leaves_the_newest_version_out_the_older_is_named(tmp_path, run_ingest):
    corpus = {name: CORPUS[name] for name in (FINAL, NYLON)}
    corpus["economia-circolare/2024-position-paper-reti.md"] = CORPUS[DRAFT]
    run_ingest(write_corpus(tmp_path / "corpus", corpus), tmp_path / "index")
    snapshot = open_snapshot(tmp_path / "index")
    assert like(snapshot, NYLON) == [FINAL]
    older = like(snapshot, NYLON, within=Query("x", last_year=2024))
    assert older == ["economia-circolare/2024-position-paper-reti.md"]
    snapshot.close()


def test_passages_of_other_documents_are_ranked_by_their_score(snapshot):
    (passage,) = passages_of(snapshot, NYLON)
    found = similar_passages(snapshot, passage)
    assert found[0].document.path == FINAL
    assert found[0].page == 1
    scores = [similar.score for similar in found]
    assert scores == sorted(scores, reverse=True)
    assert len(found) == sum(len(passages_of(snapshot, p)) for p in (FINAL, CALL, STARTUP)) + 1
    assert NYLON not in {similar.document.path for similar in found}
    assert DRAFT not in {similar.document.path for similar in found}


@pytest.mark.parametrize("path", [FINAL, DRAFT])
def test_a_passage_of_one_version_does_not_name_the_other(snapshot, path):
    for passage in passages_of(snapshot, path):
        found = similar_passages(snapshot, passage)
        assert not {FINAL, DRAFT} & {similar.document.path for similar in found}
        assert found


def test_filters_and_k_hold_for_passages_too(snapshot):
    (passage,) = passages_of(snapshot, NYLON)
    only = Query("x", groups=frozenset({"open-innovation"}))
    found = similar_passages(snapshot, passage, within=only)
    assert {similar.document.path for similar in found} == {CALL, STARTUP}
    assert len(similar_passages(snapshot, passage, k=1)) == 1


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda s: similar_passages(s, "no-such"), "no passage of this index has the id 'no-such'"),
        (lambda s: similar_documents(s, "no-such"), "no document of this index has the id"),
        (lambda s: similar_to(s, "no-such"), "'no-such' is neither a passage nor a document"),
        (lambda s: similar_to(s, CALL, k=0), "k is 0"),
        (lambda s: similar_passages(s, passages_of(s, CALL)[0], k=0), "k is 0"),
        (lambda s: similar_to(s, "tracciabilita/2025-altro-vuoto.md"), "has no passage"),
    ],
)
def test_what_cannot_be_answered_says_why(snapshot, ask, message):
    with pytest.raises(QueryError, match=message):
        ask(snapshot)


def test_a_document_is_named_by_id_path_or_the_path_of_its_copy(snapshot):
    expected = similar_documents(snapshot, document_id(snapshot, FINAL))
    for name in (document_id(snapshot, FINAL), FINAL, "economia-circolare/copia-delle-reti.md"):
        assert similar_to(snapshot, name) == expected


def test_the_command_prints_documents_or_passages(index, snapshot, capsys):
    assert main(["similar", STARTUP, "--index", str(index), "-k", "1"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1. La call <b>aperta</b>\n   open-innovation, workshop, 2021 - ")

    (passage,) = passages_of(snapshot, STARTUP)
    arguments = ["similar", passage, "--index", str(index), "--json", "--group", "open-innovation"]
    assert main(arguments) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["similar_to"] == passage
    (found,) = answer["similar"]
    assert found["title"] == "La call <b>aperta</b>"
    assert found["passage"].endswith("Una startup risponde alla sfida dell'azienda e la vince.")
    assert (found["rank"], found["page"], found["path"]) == (1, 1, CALL)


def test_the_command_says_what_is_wrong(index, capsys):
    assert main(["similar", "no-such", "--index", str(index)]) == 2
    assert "'no-such' is neither a passage nor a document" in capsys.readouterr().err
    assert main(["similar", CALL, "--index", str(index), "--year", "1999"]) == 0
    assert "Nothing else passes these filters." in capsys.readouterr().out
