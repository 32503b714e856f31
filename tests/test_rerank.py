"""A cross-encoder after the fusion: a real one, small, made here; its own scores say the order."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import NoProgress, write_corpus

from ingest.pipeline import ingest
from search.__main__ import main
from search.datatypes import Document, Hit, Passage, Query, Span
from search.engine import Engine
from search.errors import ModelError
from search.live_index import LiveIndex
from search.rerank import Reranker, load_reranker, reranked
from search.snapshot import open_snapshot


def save_cross_encoder(folder: Path, **settings) -> Path:
    """See there."""
    import tiny_cross_encoder  # noqa: PLC0415 - imports torch, which takes seconds

    return tiny_cross_encoder.save_cross_encoder(folder, **settings)


@pytest.fixture(scope="module")
def random_model(tmp_path_factory) -> Path:
    return save_cross_encoder(tmp_path_factory.mktemp("rerank") / "random")


@pytest.fixture(scope="module")
def nets_model(tmp_path_factory) -> Path:
    return save_cross_encoder(tmp_path_factory.mktemp("rerank") / "nets", wanted="reti")


TEXTS = ["lana e vetro", "reti reti reti", "filo di nylon", "reti di nylon"]


def hit(rank: int, text: str, score: float) -> Hit:
    document = Document(
        id="d", path="d.md", sha256="", source_key="", media_type="text/markdown", title="titolo",
        group="", kind="altro", year=None, language="it", page_count=1,
    )  # fmt: skip
    span = Span(0, len(text))
    passage = Passage(str(rank), "d", (), 1, 1, span, text, (span,))
    return Hit(rank, score, passage, document, span, page=1)


HITS = [hit(rank, text, 1 - rank / 10) for rank, text in enumerate(TEXTS, start=1)]


def test_the_model_that_looks_for_a_word_puts_the_passages_that_have_it_first(nets_model):
    scores = load_reranker(str(nets_model)).rerank("il filo", TEXTS)
    assert scores[1] > scores[3] > scores[0] == pytest.approx(scores[2])
    found = load_reranker(str(nets_model)).again("il filo", HITS)
    assert [h.passage.text for h in found[:2]] == ["reti reti reti", "reti di nylon"]
    assert [h.rank for h in found] == [1, 2, 3, 4]


def test_the_scores_are_those_of_the_model_itself(random_model):
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 - takes seconds

    pairs = [("il filo", text) for text in TEXTS]
    expected = CrossEncoder(str(random_model), device="cpu").predict(pairs)  # with its sigmoid
    scores = load_reranker(str(random_model)).rerank("il filo", TEXTS)
    assert scores == pytest.approx(expected, abs=1e-6)
    assert len(set(scores.round(6))) == 4


def test_the_order_of_the_hits_is_the_order_of_the_models_scores(random_model):
    reranker = load_reranker(str(random_model))
    texts = [f"titolo\n{text}" for text in TEXTS]
    by_score = [TEXTS[i] for i in np.argsort(-reranker.rerank("nylon", texts))]
    assert [h.passage.text for h in reranker.again("nylon", HITS)] == by_score
    assert by_score != TEXTS


def test_only_the_first_hits_are_looked_at_and_stay_ahead_of_the_others(nets_model):
    found = load_reranker(str(nets_model), first=3).again("filo", HITS)
    assert found[0].passage.text == "reti reti reti"
    assert found[3].passage.text == "reti di nylon"  # the fourth was not looked at
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)
    assert found[3].score == 0.3


def test_scores_are_mapped_and_the_rest_follows():
    found = reranked(HITS, np.array([0.2, 0.8]))
    assert [h.passage.text for h in found] == [TEXTS[1], TEXTS[0], TEXTS[2], TEXTS[3]]
    assert [h.score for h in found] == pytest.approx([0.9, 0.6, 0.35, 0.3])
    assert [h.rank for h in found] == [1, 2, 3, 4]


def test_equal_scores_keep_the_order():
    assert [h.passage.text for h in reranked(HITS, np.full(4, 0.5))] == TEXTS


def test_no_hits_need_no_model():
    never = Reranker("none", None, None)
    assert never.again("filo", []) == ()
    assert reranked([], np.empty(0)) == ()


@pytest.mark.parametrize("strength", [3, -3, 1000])
def test_sure_scores_never_leave_the_range(tmp_path, strength):
    folder = save_cross_encoder(tmp_path / "sure", wanted="reti", strength=strength)
    scores = load_reranker(str(folder)).rerank("filo", TEXTS)
    assert ((scores >= 0) & (scores <= 1)).all()


def test_scores_that_are_one_in_single_precision_keep_apart(tmp_path):
    folder = save_cross_encoder(tmp_path / "sure", wanted="reti", strength=3)
    scores = load_reranker(str(folder)).rerank("reti reti", ["reti " * 20, "reti " * 5])
    assert scores.astype(np.float32).tolist() == [1, 1]
    assert scores[0] > scores[1]


def test_a_long_passage_is_cut_not_refused(random_model):
    scores = load_reranker(str(random_model)).rerank("filo", ["reti " * 5000, ""])
    assert np.isfinite(scores).all()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nobody/no-such-model", "Nothing is downloaded"),
        ("/no/such/folder", "cannot be loaded"),
    ],
)
def test_a_model_that_is_not_here_is_named_and_nothing_is_downloaded(name, message):
    with pytest.raises(ModelError, match=message) as raised:
        load_reranker(name)
    assert name in str(raised.value)


def test_an_empty_folder_is_no_model(tmp_path):
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_reranker(str(tmp_path))


def test_a_model_that_only_encodes_is_refused(tmp_path):
    folder = save_cross_encoder(tmp_path / "encoder", head=False)
    with pytest.raises(ModelError, match="is no cross-encoder: it is made for BertModel"):
        load_reranker(str(folder))


def test_a_model_with_several_numbers_for_a_pair_is_refused(tmp_path):
    folder = save_cross_encoder(tmp_path / "classes", labels=3)
    with pytest.raises(ModelError, match="gives 3 numbers"):
        load_reranker(str(folder))


# After the fusion


@pytest.fixture(scope="module")
def many_nets(tmp_path_factory, encoder) -> Path:
    """An index: a document of five passages that say "reti" ever more often, and one on "filo"."""
    folder = tmp_path_factory.mktemp("nets")
    parts = [
        f"# Parte {n}\n\nCapitolo {n}: {'reti ' * n}{'vetro ' * (40 - n)}." for n in range(1, 6)
    ]
    texts = {"reti.md": "\n\n".join(parts), "filo.md": "Il filo di lana, il filo di carta."}
    ingest(write_corpus(folder / "corpus", texts), folder / "index", encoder, NoProgress())
    return folder / "index"


def nets(text: str) -> int:
    return text.split().count("reti")


def test_an_engine_with_a_reranker_lists_in_its_order(many_nets, encoder, nets_model):
    snapshot = open_snapshot(many_nets)
    second = load_reranker(str(nets_model))
    query = Query("filo di lana", per_document=0)
    first = Engine(snapshot, encoder).search(query)
    assert nets(first.hits[0].passage.text) == 0
    hits = Engine(snapshot, encoder, second).search(query).hits
    assert [nets(hit.passage.text) for hit in hits] == [5, 4, 3, 2, 1, 0]
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5, 6]
    assert {hit.passage.id for hit in hits} == {hit.passage.id for hit in first.hits}


def test_a_reranker_looks_beyond_the_hits_that_are_asked_for(many_nets, encoder, nets_model):
    engine = Engine(open_snapshot(many_nets), encoder, load_reranker(str(nets_model)))
    whole = engine.search(Query("filo di lana", k=6)).hits
    for k in (1, 2, 4):
        assert engine.search(Query("filo di lana", k=k)).hits == whole[:k]
    assert nets(whole[0].passage.text) == 5


def test_a_document_has_no_more_places_for_being_looked_at_again(many_nets, encoder, nets_model):
    engine = Engine(open_snapshot(many_nets), encoder, load_reranker(str(nets_model)))
    hits = engine.search(Query("filo di lana", per_document=2)).hits
    assert [nets(hit.passage.text) for hit in hits] == [5, 4, 0, 3, 2, 1]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_command_line_takes_a_reranker(many_nets, nets_model, capsys, tmp_path):
    option = ["-k", "1", "--index", str(many_nets), "--reranker", str(nets_model)]
    assert main(["query", "filo di lana", "--json", *option]) == 0
    (hit,) = json.loads(capsys.readouterr().out)["hits"]
    assert nets(hit["passage"]) == 5
    queries, out = tmp_path / "queries.txt", tmp_path / "results.jsonl"
    queries.write_text("filo di lana\n", encoding="utf-8")
    assert main(["batch", str(queries), "--out", str(out), *option]) == 0
    assert nets(json.loads(out.read_text(encoding="utf-8"))["passage"]) == 5


def test_evaluate_measures_the_engine_with_a_reranker(nets_model, tmp_path):
    texts = {"a": "Il filo di lana.", "b": "reti reti reti reti"}
    lines = [json.dumps({"_id": id_, "title": "", "text": text}) for id_, text in texts.items()]
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "q", "text": "filo di lana"}', encoding="utf-8"
    )
    (tmp_path / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq\ta\t1\n", encoding="utf-8"
    )
    run = tmp_path / "run"
    options = ["--run-out", str(run), "--reranker", str(nets_model)]
    assert main(["evaluate", str(tmp_path), *options]) == 0
    ranked = [line.split()[2] for line in run.read_text(encoding="utf-8").splitlines()]
    assert ranked == ["b", "a"]


def test_a_service_takes_a_reranker_and_loads_it_once(many_nets, nets_model):
    live = LiveIndex(many_nets, reranker=str(nets_model))
    assert live.engine().reranker is live.engine().reranker
    (hit,) = live.engine().search(Query("filo di lana", k=1)).hits
    assert nets(hit.passage.text) == 5


def test_a_reranker_that_is_not_here_is_an_error_of_the_command(many_nets, capsys):
    assert main(["query", "filo", "--index", str(many_nets), "--reranker", "no/such"]) == 2
    assert "the reranking model 'no/such' cannot be loaded" in capsys.readouterr().err


def test_torch_is_not_imported_before_a_model_is_asked_for():
    code = "import search.rerank, sys; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
