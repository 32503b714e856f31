"""An engine on whatever snapshot is current, for a program that runs while the index is renewed."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock
from time import monotonic

from .encoder import Encoder, load_encoder
from .engine import Engine
from .errors import SnapshotError
from .rerank import Reranker, load_reranker
from .snapshot import Snapshot, current_id, open_snapshot
from .spelling import Speller

_log = logging.getLogger(__name__)
_PATIENCE = 30.0
"""Seconds after which a snapshot that could not be opened is tried again."""


class LiveIndex:
    """Opens the current snapshot of an index, and the next one when there is one.

    The models are loaded once. Whoever holds a snapshot or an engine keeps its files; they are
    closed when the last one lets go of them. Safe to use from several threads.

    Args:
        index: the folder of the index; it may be empty as yet.
        model: as in `search.encoder.load_encoder`.
        reranker: as in `search.rerank.load_reranker`; None for none.
    """

    def __init__(self, index: Path, model: str | None = None, reranker: str | None = None) -> None:
        self.index = index
        self._model = model
        self._reranker = reranker
        self._loaded: tuple[Encoder, Reranker | None] | None = None
        self._snapshot: Snapshot | None = None
        self._engine: Engine | None = None
        self._opening, self._loading = Lock(), Lock()
        self._patient_until = 0.0

    def engine(self) -> Engine:
        """An engine on the current snapshot, the same for all until there is a new one.

        Raises:
            SnapshotError: there is no snapshot yet, or it cannot be opened.
            ModelError: a model cannot be loaded.
            ModelMismatchError: the snapshot was built with another model.
        """
        snapshot, engine = self.snapshot(), self._engine
        if engine is None or engine.snapshot is not snapshot:
            engine = self._engine = Engine(snapshot, *self._models())
        return engine

    def snapshot(self) -> Snapshot:
        """The current snapshot, for what needs no model.

        While one thread opens a new snapshot the others are given the one before; so is everyone
        where the new one cannot be opened, which is tried again every `_PATIENCE` seconds.

        Raises:
            SnapshotError: there is no snapshot yet, or the first one cannot be opened.
        """
        held = self._snapshot
        if held is not None and (monotonic() < self._patient_until or self._is_current(held)):
            return held
        if not self._opening.acquire(blocking=held is None) and held is not None:
            return held
        try:
            if self._snapshot is None or not self._is_current(self._snapshot):
                opened = open_snapshot(self.index)
                Speller.of(opened)  # built now, so that no search waits for it
                self._snapshot, self._engine = opened, None
            return self._snapshot
        except SnapshotError as error:
            if held is None:
                raise
            _log.error("the snapshot %s goes on answering: %s", held.id, error)
            self._patient_until = monotonic() + _PATIENCE
            return held
        finally:
            self._opening.release()

    def _is_current(self, snapshot: Snapshot) -> bool:
        try:
            return snapshot.id == current_id(self.index)
        except SnapshotError:  # opening will say so
            return False

    def _models(self) -> tuple[Encoder, Reranker | None]:
        with self._loading:
            if self._loaded is None:
                second = load_reranker(self._reranker) if self._reranker else None
                self._loaded = load_encoder(self._model), second
            return self._loaded
