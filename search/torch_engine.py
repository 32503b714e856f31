"""Loads a model with sentence-transformers, and runs it with torch where it must stay there.

Importing this module imports torch, which takes seconds: `encoder` does so only for a model that
is not converted yet, or cannot be.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers.utils import logging

from .errors import ModelError
from .openvino_engine import GRAPH_INPUTS, ConvertedModel

_TEXTS_IN_A_BATCH = 32
_TEXTS_SORTED_TOGETHER = 1024


class TorchEngine:
    """Texts to vectors with a SentenceTransformer. Safe to use from several threads."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model

    def embed(
        self, texts: Sequence[str], prompt: str, progress: Callable[[int], None]
    ) -> NDArray[np.float32]:
        """One vector for each text, float32[n, d], as the model gives it.

        Args:
            progress: called after every some hundred texts with how many they were.
        """
        parts = [np.empty((0, dimension_of(self._model)), np.float32)]
        for start in range(0, len(texts), _TEXTS_SORTED_TOGETHER):
            part = list(texts[start : start + _TEXTS_SORTED_TOGETHER])
            parts.append(
                self._model.encode(
                    part, prompt=prompt, batch_size=_TEXTS_IN_A_BATCH, show_progress_bar=False
                ).astype(np.float32)
            )
            progress(len(part))
        return np.concatenate(parts)

    def count_tokens(self, texts: Sequence[str], prompt: str) -> list[int]:
        """Tokens of each text, prompt and special tokens included, before any cut."""
        if not texts:
            return []
        encoded = self._model.tokenizer([prompt + text for text in texts], truncation=False)
        return [len(ids) for ids in encoded["input_ids"]]


def load_sentence_transformer(model: str) -> SentenceTransformer:
    """The model of that Hugging Face name or folder, on the CPU, in float32.

    A folder is loaded without a look at the hub.

    Raises:
        ModelError: it cannot be loaded.
    """
    try:
        with quiet_libraries():
            loaded = SentenceTransformer(model, device="cpu", local_files_only=Path(model).is_dir())
        return loaded.float().eval()
    except Exception as error:  # the libraries below raise whatever they like
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"the model {model!r} cannot be loaded: {reason} Give the name of a "
            "sentence-transformers model on Hugging Face (online the first time), or a folder "
            "that holds one; leave out --model and MINIT_MODEL for the embedded one."
        ) from error


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keeps the libraries' progress bars and notes to their own developers off the terminal."""
    verbosity, had_bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(verbosity)
        if had_bars:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def dimension_of(model: SentenceTransformer) -> int:
    """How many numbers a vector of the model has."""
    dimension = model.get_embedding_dimension()
    if dimension is None:
        raise ModelError("the model does not say how long its vectors are: use another one")
    return int(dimension)


def describe(model: SentenceTransformer) -> ConvertedModel | None:
    """What `OpenVinoEngine` must know of the model; None if that engine cannot run it."""
    modules = list(model)
    is_plain = (
        len(modules) in (2, 3)
        and isinstance(modules[0], Transformer)
        and isinstance(modules[1], Pooling)
        and modules[1].pooling_mode in ("mean", "cls")
        and modules[1].include_prompt
        and all(isinstance(module, Normalize) for module in modules[2:])
        and model.truncate_dim is None
    )
    tokenizer: Any = model.tokenizer
    if not is_plain or not model.max_seq_length or not hasattr(tokenizer, "backend_tokenizer"):
        return None
    if (tokenizer.padding_side, tokenizer.truncation_side) != ("right", "right"):
        return None
    return ConvertedModel(
        fingerprint=fingerprint(model),
        dimension=dimension_of(model),
        max_tokens=int(model.max_seq_length),
        prompts=prompts_of(model),
        pooling=str(modules[1].pooling_mode),
        inputs=[name for name in GRAPH_INPUTS if name in tokenizer.model_input_names],
        pad_id=int(tokenizer.pad_token_id or 0),
        special_tokens_are_text=bool(tokenizer.backend_tokenizer.encode_special_tokens),
    )


def prompts_of(model: SentenceTransformer) -> dict[str, str]:
    """The model's own text before a "query" and before a "passage"; "" where it has none.

    sentence-transformers adds an empty "document" prompt to a model that calls it "passage",
    so the first that is not empty counts.
    """
    own = model.prompts
    passage = own.get("passage") or own.get("document") or own.get("corpus") or ""
    return {"query": own.get("query") or "", "passage": passage}


def fingerprint(model: SentenceTransformer) -> str:
    """SHA-256 over weights, tokenizer, modules, prompts and longest input, in hexadecimal."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        if ".pooler." in name:
            continue  # not used by any pooling here, and drawn at random where a file lacks it
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.detach().contiguous().view(torch.uint8).numpy().data)
    tokenizer: Any = model.tokenizer
    backend = getattr(tokenizer, "backend_tokenizer", None)
    settings = {
        "tokenizer": _tokenizer_settings(backend.to_str()) if backend else repr(tokenizer),
        "modules": [[type(m).__name__, _pooling_settings(m)] for m in model],
        "prompts": prompts_of(model),
        "max_tokens": model.max_seq_length,
        "dimension": dimension_of(model),
    }
    digest.update(json.dumps(settings, sort_keys=True).encode())
    return digest.hexdigest()


def _tokenizer_settings(text: str) -> dict[str, object]:
    # Padding and truncation are what was asked of it last, not what it is.
    parts: dict[str, object] = json.loads(text)
    return {key: part for key, part in parts.items() if key not in ("padding", "truncation")}


def _pooling_settings(module: torch.nn.Module) -> list[object]:
    return [module.pooling_mode, module.include_prompt] if isinstance(module, Pooling) else []
