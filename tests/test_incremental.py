"""However a corpus came about, its index is the one that a fresh run makes of it, hit for hit."""

import shutil
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from conftest import NoProgress
from hypothesis import given, settings
from hypothesis import strategies as st
from nets_paper import DRAFT, FINAL

from ingest.check import check
from ingest.pipeline import ingest
from search.datatypes import Hit, Query
from search.encoder import Encoder, load_encoder
from search.engine import Engine
from search.errors import IngestError
from search.snapshot import Snapshot, open_snapshot

TEXTS = (
    FINAL,
    DRAFT,
    DRAFT.replace("due ditte", "quattro ditte") + "\n# Da discutere\n\nRestano i galleggianti.\n",
    "# Il noleggio\n\nLa lavatrice si paga a canone mensile, non si compra. Il canone la ripara.\n",
    "---\ntitolo: Il passaporto digitale\nanno: 2024\n---\n\nUn codice racconta la filiera.\n",
    "# Le reti\n\nLe reti dismesse arrivano al porto.\n\n# Il noleggio\n\nNon si compra.\n",
    "",  # a file that cannot be read
)
SIDECARS = ("titolo: Reti e filo\n", "anno: 2021\ngruppo: tracciabilita\n", "anno: 2025\n")
NAMES = (
    "economia-circolare/2023-case-history-reti.md",
    "economia-circolare/reti-bozza.md",
    "open-innovation/2022-workshop-reti.md",
    "Copia di reti.md",
    "nota.md",
)
QUERIES = (
    Query("le reti da pesca"),
    Query("quanto costa il trasporto?"),
    Query("lavatrice a canone", k=3),
    Query("filiera", groups=frozenset({"economia-circolare", "tracciabilita"})),
    Query("filo di nylon", first_year=2022),
)


@dataclass(frozen=True)
class Step:
    """Something an admin does to a corpus; nothing where there is no file of that name."""

    what: str
    name: str
    other: str = ""
    text: str = ""

    def do(self, corpus: Path) -> None:
        path, other = corpus / self.name, corpus / self.other
        for each in (path, other):
            each.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            match self.what:
                case "write" | "describe":
                    path.write_text(self.text, encoding="utf-8")
                case "remove":
                    path.unlink()
                case "rename":
                    path.rename(other)
                case "copy" if path != other:
                    shutil.copy2(path, other)


names, sidecars = st.sampled_from(NAMES), st.sampled_from(NAMES).map(lambda name: f"{name}.yaml")
edits = st.one_of(
    st.builds(Step, st.just("write"), names, text=st.sampled_from(TEXTS)),
    st.builds(Step, st.just("describe"), sidecars, text=st.sampled_from(SIDECARS)),
    st.builds(Step, st.just("remove"), st.one_of(names, sidecars)),
    st.builds(Step, st.sampled_from(["rename", "copy"]), names, names),
)
histories = st.lists(st.lists(edits, min_size=1, max_size=3), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def small(tiny_model) -> Encoder:
    """An encoder that takes a second for what the embedded one takes a minute."""
    return load_encoder(str(tiny_model))


@pytest.fixture(scope="module")
def start(small, tmp_path_factory) -> Path:
    """A folder with a corpus, one text under each name but the last, and its index."""
    folder = tmp_path_factory.mktemp("start")
    for name, text in zip(NAMES[:-1], TEXTS, strict=False):
        Step("write", name, text=text).do(folder / "corpus")
    ingest(folder / "corpus", folder / "index", small, NoProgress())
    return folder


@settings(max_examples=8)
@given(histories)
def test_an_index_brought_up_to_date_step_by_step_is_a_fresh_one(
    start, small, tmp_path_factory, history
):
    folder = tmp_path_factory.mktemp("history")
    shutil.copytree(start, folder, dirs_exist_ok=True)
    corpus, index, fresh = folder / "corpus", folder / "index", folder / "fresh"
    for steps in history:
        for step in steps:
            step.do(corpus)
        with suppress(IngestError):  # nothing in it has text: the index stays as it was
            report = ingest(corpus, index, small, NoProgress())
    for path in corpus.rglob("*.md"):
        if not path.read_text(encoding="utf-8"):
            path.unlink()  # else the version before stays in search, which a fresh index never saw
    with suppress(IngestError):
        report = ingest(corpus, index, small, NoProgress())
    try:
        fresh_report = ingest(corpus, fresh, small, NoProgress())
    except IngestError:
        return
    assert report.counts == fresh_report.counts
    assert report.encoded + report.reused >= fresh_report.encoded
    assert_same(index, fresh, small)
    assert check(index).faults == ()


def assert_same(index: Path, fresh: Path, encoder: Encoder) -> None:
    with closing(open_snapshot(index)) as one, closing(open_snapshot(fresh)) as two:
        assert stored(one) == stored(two)
        assert np.allclose(one.dense.passages, two.dense.passages, rtol=0, atol=1e-6)
        assert np.allclose(one.dense.sentences, two.dense.sentences, rtol=0, atol=1e-6)
        engines = [Engine(snapshot, encoder) for snapshot in (one, two)]
        for query in QUERIES:
            found, expected = (engine.search(query).hits for engine in engines)
            assert list(map(without_score, found)) == list(map(without_score, expected))
            scores = [hit.score for hit in expected]
            assert [hit.score for hit in found] == pytest.approx(scores, abs=1e-5)


def stored(snapshot: Snapshot) -> tuple[object, ...]:
    """All that an index knows beside its vectors."""
    store = snapshot.store
    documents = store.documents()
    return (
        documents,
        [store.content(document.id) for document in documents],
        [store.signature(document.id) for document in documents],
        store.versions(),
        store.unreadable(),
        list(store.passages()),
        store.passage_keys(),
        store.sentence_keys(),
        store.counterparts.tolist(),
        snapshot.manifest.counts,
    )


def without_score(hit: Hit) -> Hit:
    return replace(hit, score=0.0)
