"""Files that somebody names: read line by line, and replaced only once the new one is whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from .errors import EvaluationError, ExportError


def read_lines(path: Path, advice: str) -> list[str]:
    """The lines of a UTF-8 file, with or without a byte order mark, without their ends.

    Args:
        advice: what to do where it cannot be read; ends the message.

    Raises:
        EvaluationError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read ({error}): {advice}") from None


def write_file(path: Path, pieces: Iterable[str | bytes]) -> None:
    """Put a file of ``pieces`` at ``path`` once it is whole; what was there stays until then.

    A symbolic link stays one: the file it leads to is replaced. What is no regular file (a pipe,
    a device) is written to as it is.

    Raises:
        ExportError: it cannot be written.
    """
    try:
        if _is_special(path):
            with path.open("wb") as file:
                file.writelines(encoded(piece) for piece in pieces)
            return
        target = path.resolve()
        beside = _beside(target)
        try:
            with beside.open("xb") as file:
                file.writelines(encoded(piece) for piece in pieces)
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        raise _trouble(path, error) from None


def check_target(path: Path) -> None:
    """Find out now whether `write_file` can write ``path``, before the work that fills it.

    Raises:
        ExportError: it cannot be written.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError("it is a folder")
        if _is_special(path):
            if not os.access(path, os.W_OK):
                raise PermissionError("permission denied")
            return
        beside = _beside(path.resolve())
        beside.open("xb").close()
        beside.unlink()
    except (OSError, RuntimeError) as error:
        raise _trouble(path, error) from None


def encoded(piece: str | bytes) -> bytes:
    """``piece`` as UTF-8."""
    return piece.encode("utf-8") if isinstance(piece, str) else piece


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


def _beside(path: Path) -> Path:
    # Not after its name, which may be as long as a name can be.
    return path.with_name(f".minit-{os.getpid()}-{secrets.token_hex(4)}")


def _trouble(path: Path, error: Exception) -> ExportError:
    return ExportError(f"{path} cannot be written ({error}): name another file")
