"""A sign of life from a reader that takes long over one file."""

from __future__ import annotations

from collections.abc import Callable

_listener: Callable[[], None] | None = None


def beat() -> None:
    """Say that the file at hand is getting on: once a page, sheet or slide, as often as you like.

    A reader in a process of its own is ended when it is silent for too long (see
    `ingest.limits.Limits`); anywhere else this does nothing.
    """
    if _listener is not None:
        _listener()


def listen(listener: Callable[[], None] | None) -> None:
    """Have ``listener`` called at each beat of this process; None: nobody listens any more."""
    global _listener  # noqa: PLW0603  (a process reads for one listener only)
    _listener = listener
