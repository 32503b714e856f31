"""The encoder gives a model's own vectors, faster, whatever runs it, and talks to nobody."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tiny_model import save_tiny_model

from search.embedded_model import unpack_embedded_model
from search.encoder import load_encoder
from search.errors import ModelError
from search.openvino_engine import OpenVinoEngine

ROOT = Path(__file__).parents[1]
with (ROOT / "samples/facts.jsonl").open(encoding="utf-8") as lines:
    FACTS = [json.loads(line)["fact_it"] for line in lines]


def sentence_transformer(folder):
    """The model as its own library runs it."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds

    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


@pytest.fixture(scope="module")
def original():
    return sentence_transformer(unpack_embedded_model())


@pytest.fixture(scope="module")
def tiny_cache(tiny_model, tmp_path_factory):
    """A cache in which the small model lies converted."""
    cache = tmp_path_factory.mktemp("converted")
    load_encoder(str(tiny_model), cache)
    return cache


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def encoder():
    """The model as it is: what other tests have remembers what it encoded."""
    return load_encoder()


def test_passages_and_queries_are_those_of_sentence_transformers(encoder, original):
    assert isinstance(encoder.engine, OpenVinoEngine)
    for encode, prompt, texts in (
        (encoder.encode_passages, "passage: ", FACTS[:20]),
        (encoder.encode_queries, "query: ", [fact[:60] for fact in FACTS[100:120]]),
    ):
        found, expected = encode(texts), original.encode(texts, prompt=prompt)
        assert found.shape == (20, 384)
        assert found.dtype == np.float32
        assert np.sum(found * expected, axis=1).min() >= 0.999
        assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_vector_depends_neither_on_order_nor_on_company(encoder):
    texts = FACTS[:12]
    together = encoder.encode_passages(texts)
    reversed_order = encoder.encode_passages(texts[::-1])[::-1]
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])

    assert np.sum(together * reversed_order, axis=1).min() >= 1 - 1e-4
    assert np.sum(together * alone, axis=1).min() >= 1 - 1e-4


def test_nothing_gives_no_rows(encoder):
    assert encoder.encode_passages([]).shape == (0, 384)
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.count_tokens([]) == []


def test_a_text_beyond_the_limit_is_counted_whole_and_cut(encoder, original):
    long = " ".join(FACTS[:40])
    (count,) = encoder.count_tokens([long])
    assert count > encoder.max_tokens == 512

    found = encoder.encode_passages([long, long + " e altro ancora"])

    assert float(found[0] @ found[1]) == pytest.approx(1, abs=1e-5)
    assert float(found[0] @ original.encode(long, prompt="passage: ")) >= 0.999


def test_tokens_are_counted_with_prompt_and_special_tokens(encoder, original):
    expected = [len(original.tokenizer("passage: " + text)["input_ids"]) for text in FACTS]
    assert encoder.count_tokens(FACTS) == expected
    # <s> ▁passage : ▁ </s>
    assert encoder.count_tokens([""]) == [5]


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01\x1f", "🙂" * 700, "</s>", "a" * 20_000])
def test_any_text_has_a_unit_vector(encoder, text):
    (row,) = encoder.encode_passages([text])
    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5)


def test_progress_adds_up_to_the_number_of_passages(encoder):
    steps = []
    encoder.encode_passages(FACTS[:90], steps.append)
    assert sum(steps) == 90
    assert len(steps) > 1


def test_four_threads_get_the_vectors_of_one(encoder):
    texts = FACTS[:16]
    expected = [encoder.encode_queries([text]) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: encoder.encode_queries([text]), texts))
    assert np.allclose(np.concatenate(found), np.concatenate(expected), atol=1e-6)


@pytest.mark.parametrize(("pooling", "engine"), [("cls", "OpenVinoEngine"), ("max", "TorchEngine")])
def test_another_model_uses_its_own_prompts_and_gives_unit_rows(tmp_path, pooling, engine):
    folder = save_tiny_model(tmp_path / "model", pooling)
    reference = sentence_transformer(folder)
    texts = FACTS[:30]

    encoder = load_encoder(str(folder), tmp_path / "cache")

    assert type(encoder.engine).__name__ == engine
    assert (encoder.dimension, encoder.max_tokens) == (32, 64)
    queries, passages = encoder.encode_queries(texts), encoder.encode_passages(texts)
    for found, prompt in ((queries, "domanda : "), (passages, "brano : ")):
        expected = unit(reference.encode([prompt + text for text in texts]))
        assert np.sum(found * expected, axis=1).min() >= 0.999
        assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.abs(queries - passages).max() > 0.01
    assert encoder.count_tokens(["filiera", ""]) == [5, 4]


def test_the_environment_names_a_model_and_an_argument_wins(tiny_model, tiny_cache, monkeypatch):
    monkeypatch.setenv("MINIT_MODEL", str(tiny_model))
    assert load_encoder(cache=tiny_cache).name == str(tiny_model)

    monkeypatch.setenv("MINIT_MODEL", "/no/such/folder")
    assert load_encoder(str(tiny_model), tiny_cache).name == str(tiny_model)


def test_a_fingerprint_is_the_models_and_not_its_places(tiny_model, tiny_cache, tmp_path):
    first = load_encoder(str(tiny_model), tiny_cache)
    again = load_encoder(str(tiny_model), tiny_cache)
    moved = shutil.copytree(tiny_model, tmp_path / "moved")
    elsewhere = load_encoder(str(moved), tmp_path / "another cache")

    assert len(first.fingerprint) == 64
    assert again.fingerprint == elsewhere.fingerprint == first.fingerprint


@pytest.mark.parametrize(
    "change", [{"pooling": "mean"}, {"query_prompt": "altro : "}, {"seed": 2}], ids=str
)
def test_weights_pooling_and_prompts_change_the_fingerprint(
    tiny_model, tiny_cache, tmp_path, change
):
    changed = save_tiny_model(tmp_path / "model", **change)
    fingerprints = {
        load_encoder(str(folder), tiny_cache).fingerprint for folder in (tiny_model, changed)
    }
    assert len(fingerprints) == 2


def test_a_model_changed_in_place_is_converted_again(tmp_path):
    folder = save_tiny_model(tmp_path / "model")
    before = load_encoder(str(folder), tmp_path / "cache")
    shutil.rmtree(folder)
    save_tiny_model(folder, seed=3)

    after = load_encoder(str(folder), tmp_path / "cache")

    assert after.fingerprint != before.fingerprint
    assert not np.allclose(after.encode_queries(["filiera"]), before.encode_queries(["filiera"]))


def test_a_damaged_conversion_is_made_again(tiny_model, tmp_path):
    before = load_encoder(str(tiny_model), tmp_path).encode_queries(["filiera"])
    (weights,) = tmp_path.glob("openvino/*/model.bin")
    weights.write_bytes(weights.read_bytes()[:-100])

    assert np.allclose(load_encoder(str(tiny_model), tmp_path).encode_queries(["filiera"]), before)


@pytest.mark.parametrize("name", ["nessuno/modello-che-non-esiste", "./no/folder", "a b"])
def test_an_unknown_model_is_named(tmp_path, name, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=name):
        load_encoder(name, tmp_path)


def test_a_folder_without_a_model_is_named(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=str(tmp_path / "empty")):
        load_encoder(str(tmp_path / "empty"), tmp_path)


WATCH = """
import socket, sys
from pathlib import Path
asked = []
watched = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname")
sys.addaudithook(lambda event, _: asked.append(event) if event in watched else None)
from search.encoder import load_encoder
model, cache = (argument or None for argument in sys.argv[1:])
load_encoder(model, cache and Path(cache)).encode_queries(["Cos'è l'economia circolare?"])
print("asked", asked)
print("telemetry", sys.modules.get("openvino_telemetry"))
print("torch", "torch" in sys.modules)
try:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
except OSError:
    pass
print("watching", "socket.connect" in asked)
"""


def watch(model, cache, **environment):
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(model), str(cache)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


def test_a_converted_model_starts_without_torch_and_asks_nobody(encoder):
    assert isinstance(encoder.engine, OpenVinoEngine)
    expected = {"asked": "[]", "telemetry": "None", "torch": "False", "watching": "True"}
    assert watch("", "") == expected


def test_converting_and_opening_a_hub_models_copy_on_this_machine_asks_nobody(tiny_model, tmp_path):
    hub = tmp_path / "hub/models--someone--tiny"
    shutil.copytree(tiny_model, hub / "snapshots" / ("0" * 40))
    (hub / "refs").mkdir()
    (hub / "refs/main").write_text("0" * 40)
    quiet = {"asked": "[]", "telemetry": "None", "watching": "True"}

    first = watch("someone/tiny", tmp_path / "cache", HF_HOME=str(tmp_path))
    again = watch("someone/tiny", tmp_path / "cache", HF_HOME=str(tmp_path))

    assert first == quiet | {"torch": "True"}
    assert again == quiet | {"torch": "False"}
