"""Text to unit vectors, with the embedded model or any sentence-transformers model.

The first load of a model converts it for OpenVINO and checks the result against torch; later
ones start from the converted form in about a second. A model that cannot be converted, or whose
conversion gives other vectors, runs on torch.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .embedded_model import EMBEDDED_MODEL_NAME, unpack_embedded_model
from .errors import ModelError
from .model_cache import content_key, default_cache, find_folder, make_folder
from .openvino_engine import OpenVinoEngine, convert_to_openvino

LEAST_COSINE = 0.999
"""To torch's vector, for each probe; a converted model below it is not used."""

_CONVERSION_VERSION = 1
_PROBES = (
    "",
    "a",
    "Economia circolare",
    "quali imprese hanno adottato la blockchain per la filiera?",
    "L'azienda accoglie idee, tecnologie e progetti nati altrove e li integra.",
    "Perché è così difficile? Già: l'università, la città, la qualità…",
    "Open innovation is a distributed model of innovation.",
    "How do small firms pay for the traceability of their products?",
    "Nel 2021 sono stati attivati 3 gruppi di lavoro (45% in più), per 1.250.000 euro.",
    "https://example.org/pagina?anno=2021&tipo=relazione",
    "MADE IN ITALY",
    "Riutilizzo degli scarti tessili nel distretto di Prato. " * 6,
    "The pilot plant recovers water and heat from the dyeing process. " * 20,
    "tracciabilità, certificazione e passaporto digitale del prodotto; " * 60,
)

_log = logging.getLogger(__name__)


class VectorEngine(Protocol):
    """Runs a model: see `OpenVinoEngine` and `TorchEngine`."""

    def embed(
        self, texts: Sequence[str], prompt: str, progress: Callable[[int], None]
    ) -> NDArray[np.float32]: ...

    def count_tokens(self, texts: Sequence[str], prompt: str) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class Encoder:
    """A model ready to use, from several threads if need be.

    Attributes:
        name: as asked for, or `EMBEDDED_MODEL_NAME`.
        fingerprint: SHA-256 over weights, tokenizer, pooling, prompts and longest input; the
            same wherever the model lies and whatever runs it.
        dimension: length of a vector.
        max_tokens: what is beyond is cut, prompt and special tokens included.
        query_prompt, passage_prompt: the model's own text before each query or passage.
        engine: what runs it.
    """

    name: str
    fingerprint: str
    dimension: int
    max_tokens: int
    query_prompt: str
    passage_prompt: str
    engine: VectorEngine

    def encode_queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit rows, float32[n, d]."""
        return _unit_rows(self.engine.embed(texts, self.query_prompt, _no_progress))

    def encode_passages(
        self, texts: list[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Unit rows, float32[n, d].

        Args:
            texts: of any length; the longest go first, whatever their order here.
            progress: called now and then with how many texts were encoded since the last call.
        """
        return _unit_rows(self.engine.embed(texts, self.passage_prompt, progress or _no_progress))

    def count_tokens(self, texts: list[str]) -> list[int]:
        """Tokens of each text as a passage, prompt and special tokens included, before any cut."""
        return self.engine.count_tokens(texts, self.passage_prompt)


def load_encoder(model: str | None = None, cache: Path | None = None) -> Encoder:
    """The encoder of a model.

    Args:
        model: a Hugging Face name or a local folder; if None, what the environment variable
            MINIT_MODEL says, else the embedded model.
        cache: where unpacked and converted models are kept; `default_cache` if None.

    Raises:
        ModelError: the model cannot be found or loaded, or the cache cannot be written.
    """
    cache = default_cache() if cache is None else cache
    chosen = model or os.environ.get("MINIT_MODEL") or None
    if chosen is None:
        name, source = EMBEDDED_MODEL_NAME, str(unpack_embedded_model(cache))
    else:
        name, source = chosen, _existing_folder(chosen) or chosen
    folder = _folder_on_disk(source)
    if folder is not None:
        converted = find_folder(_conversion_place(folder, cache))
        if converted is not None:
            return _converted_encoder(name, converted)
    return _load_and_convert(name, source, cache)


def _load_and_convert(name: str, source: str, cache: Path) -> Encoder:
    from .torch_engine import (  # noqa: PLC0415 - takes seconds to import
        TorchEngine,
        describe,
        dimension_of,
        fingerprint,
        load_sentence_transformer,
        prompts_of,
        quiet_libraries,
    )

    folder = _folder_on_disk(source)
    try:
        loaded = load_sentence_transformer(str(folder or source))
    except ModelError:
        if folder is None or str(folder) == source:
            raise
        # The hub's copy on this machine is not complete: ask the hub for the rest.
        loaded = load_sentence_transformer(source)
        folder = _folder_on_disk(source)
    on_torch = TorchEngine(loaded)
    settings = describe(loaded)
    if folder is not None and settings is not None:
        _log.info("converting the model %s for OpenVINO: once, less than a minute", name)

        def convert(place: Path) -> None:
            with quiet_libraries():
                convert_to_openvino(loaded, settings, place)
            _check_conversion(on_torch, OpenVinoEngine(place), settings.prompts["passage"])

        try:
            converted = make_folder(_conversion_place(folder, cache), convert)
        except ModelError:
            raise
        except Exception as error:  # OpenVINO has no one class for "cannot convert"
            _log.warning("the model %s stays on torch, which is slower: %s", name, error)
        else:
            return _converted_encoder(name, converted)
    prompts = prompts_of(loaded)
    return Encoder(
        name=name,
        fingerprint=fingerprint(loaded),
        dimension=dimension_of(loaded),
        max_tokens=int(loaded.max_seq_length or loaded.tokenizer.model_max_length),
        query_prompt=prompts["query"],
        passage_prompt=prompts["passage"],
        engine=on_torch,
    )


class _ConversionError(Exception):
    """The converted model does not give the original's vectors."""


def _check_conversion(original: VectorEngine, converted: VectorEngine, prompt: str) -> None:
    expected, found = (
        _unit_rows(engine.embed(_PROBES, prompt, _no_progress)) for engine in (original, converted)
    )
    lowest = float(np.sum(expected * found, axis=1).min())
    if not lowest >= LEAST_COSINE:
        raise _ConversionError(
            f"converted, its vectors have a cosine of {lowest:.5f} to the original's, "
            f"below {LEAST_COSINE}"
        )


def _converted_encoder(name: str, folder: Path) -> Encoder:
    engine = OpenVinoEngine(folder)
    settings = engine.settings
    return Encoder(
        name=name,
        fingerprint=settings.fingerprint,
        dimension=settings.dimension,
        max_tokens=settings.max_tokens,
        query_prompt=settings.prompts["query"],
        passage_prompt=settings.prompts["passage"],
        engine=engine,
    )


def _conversion_place(folder: Path, cache: Path) -> Path:
    return cache / "openvino" / f"{content_key(folder)}-v{_CONVERSION_VERSION}"


def _existing_folder(model: str) -> str | None:
    try:
        path = Path(model).expanduser()
    except RuntimeError:  # "~somebody" who has no home
        path = Path(model)
    if path.is_dir():
        return str(path.resolve())
    if model.startswith((".", "/", "~")):
        raise ModelError(
            f"there is no folder {model!r}: give the folder of a sentence-transformers model, "
            "or a Hugging Face name"
        )
    return None


def _folder_on_disk(source: str) -> Path | None:
    """Where a model's files lie: the folder itself, or the hub's copy on this machine."""
    if Path(source).is_dir():
        return Path(source)
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - not needed for a folder
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        return Path(snapshot_download(source, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError):
        return None


def _unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: NDArray[np.float32] = vectors / np.maximum(lengths, np.float32(1e-12))
    return rows


def _no_progress(_: int) -> None:
    pass
