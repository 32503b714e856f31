"""Runs a transformer with OpenVINO: two to three times as fast as torch, and loaded at once.

A SentenceTransformer made of a transformer, mean or CLS pooling and, at most, normalisation is
converted once (`convert_to_openvino`) and checked against the original on probe sentences.
From then on the folder alone is needed: neither torch nor sentence-transformers is imported.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

# OpenVINO reports its use to Google Analytics through this package, which it takes along; where
# it cannot be imported OpenVINO uses an empty stand-in of its own. Nothing here phones home.
sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
import openvino as ov  # noqa: E402

TOKENS_IN_A_BATCH = 2048
"""Measured on two cores: larger batches are no faster, and keep a query waiting longer."""
_SETTINGS = "settings.json"
_TOKENIZER = "tokenizer.json"
_GRAPH = "model.xml"
GRAPH_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@dataclass(frozen=True, slots=True)
class ConvertedModel:
    """What the engine must know of a model beside its graph and tokenizer.

    Attributes:
        fingerprint: of the weights and settings (see `encoder.Encoder`).
        max_tokens: a longer text is cut, prompt and special tokens included.
        prompts: text put before a "query" and before a "passage".
        pooling: "mean" or "cls".
        inputs: names of the graph's inputs, in order.
        pad_id: token id that fills the shorter rows of a batch.
        special_tokens_are_text: whether "</s>" in a text is read as five characters.
    """

    fingerprint: str
    dimension: int
    max_tokens: int
    prompts: dict[str, str]
    pooling: str
    inputs: list[str]
    pad_id: int
    special_tokens_are_text: bool


class OpenVinoEngine:
    """Texts to pooled vectors with a converted model. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.settings = ConvertedModel(**json.loads((folder / _SETTINGS).read_text("utf-8")))
        # Each takes most of a second, and compiling does not hold Python's lock.
        with ThreadPoolExecutor(1) as other_thread:
            compiling = other_thread.submit(_compile, folder / _GRAPH)
            self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
            self._tokenizer.encode_special_tokens = self.settings.special_tokens_are_text
            self._request = compiling.result().create_infer_request()
        self._request_is_free = Lock()

    def embed(
        self, texts: Sequence[str], prompt: str, progress: Callable[[int], None]
    ) -> NDArray[np.float32]:
        """One pooled vector for each text, float32[n, d], not normalised.

        Args:
            progress: called after each batch with the number of texts in it.
        """
        rows = [self._token_ids(encoding) for encoding in self._encode(texts, prompt)]
        vectors = np.empty((len(texts), self.settings.dimension), np.float32)
        for batch in _batches([len(ids) for ids in rows]):
            vectors[batch] = self._pooled([rows[row] for row in batch])
            progress(len(batch))
        return vectors

    def count_tokens(self, texts: Sequence[str], prompt: str) -> list[int]:
        """Tokens of each text, prompt and special tokens included, before any cut."""
        return [len(encoding.ids) for encoding in self._encode(texts, prompt)]

    def _encode(self, texts: Sequence[str], prompt: str) -> list[Encoding]:
        return self._tokenizer.encode_batch_fast([prompt + text for text in texts])

    def _token_ids(self, encoding: Encoding) -> list[int]:
        limit = self.settings.max_tokens
        if len(encoding.ids) <= limit:
            return encoding.ids
        # Cut the text, not the special tokens around it.
        special = encoding.special_tokens_mask
        kept = iter(range(limit - sum(special)))
        return [
            token
            for token, is_special in zip(encoding.ids, special, strict=True)
            if is_special or next(kept, None) is not None
        ]

    def _pooled(self, rows: list[list[int]]) -> NDArray[np.float32]:
        width = max(map(len, rows))
        ids = np.full((len(rows), width), self.settings.pad_id, np.int64)
        mask = np.zeros((len(rows), width), np.int64)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        known = dict(zip(GRAPH_INPUTS, (ids, mask, np.zeros_like(ids)), strict=True))
        with self._request_is_free:
            output = self._request.infer([known[name] for name in self.settings.inputs])
            hidden: NDArray[np.float32] = np.array(output[0], np.float32)
        if self.settings.pooling == "cls":
            return hidden[:, 0]
        weights = mask[:, None, :].astype(np.float32)
        means: NDArray[np.float32] = (weights @ hidden)[:, 0] / weights.sum(axis=2)
        return means


def _compile(graph: Path) -> ov.CompiledModel:
    core = ov.Core()
    has_bf16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    precision = "bf16" if has_bf16 else "f32"
    # One stream on all cores: the same engine answers single queries and encodes passages.
    hints = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision}
    return core.compile_model(graph, "CPU", hints)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows of like length together, at most `TOKENS_IN_A_BATCH` tokens with padding."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > TOKENS_IN_A_BATCH:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def convert_to_openvino(model: SentenceTransformer, settings: ConvertedModel, folder: Path) -> None:
    """Write ``model`` into ``folder`` for `OpenVinoEngine`.

    Raises:
        Exception: OpenVINO cannot convert this architecture; it has no one class for that.
    """
    import torch  # noqa: PLC0415 - slow to import, and needed for conversion only

    inputs = settings.inputs

    class Hidden(torch.nn.Module):
        """The transformer alone, from input tensors in order to the last hidden states."""

        def __init__(self, transformer: Any) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
            named = dict(zip(inputs, tensors, strict=True))
            hidden: torch.Tensor = self.transformer(**named, return_dict=True).last_hidden_state
            return hidden

    # Rows of unequal length, so that tracing keeps the attention mask.
    example = {
        "input_ids": torch.full((2, 9), settings.pad_id + 2),
        "attention_mask": torch.tensor([[1] * 9, [1] * 5 + [0] * 4]),
        "token_type_ids": torch.zeros((2, 9), dtype=torch.int64),
    }
    graph = ov.convert_model(
        Hidden(model.transformers_model).eval(),
        example_input=tuple(example[name] for name in inputs),
        input=[(ov.PartialShape([-1, -1]), ov.Type.i64) for _ in inputs],
    )
    ov.save_model(graph, folder / _GRAPH, compress_to_fp16=False)
    tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / _TOKENIZER), pretty=False)
    (folder / _SETTINGS).write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
