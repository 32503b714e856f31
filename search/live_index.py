"""An engine on whatever snapshot is current, for a program that runs while the index is renewed."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from .encoder import Encoder, load_encoder
from .engine import Engine
from .errors import NoSnapshotError
from .snapshot import Snapshot, current_id, open_snapshot


class LiveIndex:
    """Opens the current snapshot of an index, and the next one when there is one.

    The model is loaded once. Whoever holds a snapshot or an engine keeps its files; they are
    closed when the last one lets go of them. Safe to use from several threads.

    Args:
        index: the folder of the index; it may be empty as yet.
        model: as in `search.encoder.load_encoder`.
    """

    def __init__(self, index: Path, model: str | None = None) -> None:
        self.index = index
        self._model = model
        self._encoder: Encoder | None = None
        self._snapshot: Snapshot | None = None
        self._opening, self._loading = Lock(), Lock()

    def engine(self) -> Engine:
        """An engine on the current snapshot.

        Raises:
            SnapshotError: there is no snapshot yet, or it cannot be opened.
            ModelError: the model cannot be loaded.
            ModelMismatchError: the snapshot was built with another model.
        """
        return Engine(self.snapshot(), self._loaded())

    def snapshot(self) -> Snapshot:
        """The current snapshot, for what needs no model.

        While one thread opens a new snapshot the others are given the one before.

        Raises:
            SnapshotError: there is no snapshot yet, or it cannot be opened.
        """
        held = self._snapshot
        if held is not None and held.id == current_id(self.index):
            return held
        if not self._opening.acquire(blocking=held is None) and held is not None:
            return held
        try:
            if self._snapshot is None or self._snapshot.id != current_id(self.index):
                self._snapshot = self._open()
            return self._snapshot
        finally:
            self._opening.release()

    def _open(self) -> Snapshot:
        wanted = current_id(self.index)
        try:
            return open_snapshot(self.index, wanted)
        except NoSnapshotError:
            if current_id(self.index) == wanted:
                raise
            return open_snapshot(self.index)  # it was replaced and removed before it was open

    def _loaded(self) -> Encoder:
        with self._loading:
            if self._encoder is None:
                self._encoder = load_encoder(self._model)
            return self._encoder
