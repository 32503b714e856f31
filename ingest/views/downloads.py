"""``GET /amministrazione/copie/{key}``: a backup, for whoever was given its key.

Streamlit's own downloads go through the memory of the server; these go from the disk, piece by
piece. A key is random, made for an administrator who is signed in, and good for an hour.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from ingest.audit import Action
from search.errors import IngestError

from . import snapshot_words as said
from .signing_in import log

ADDRESS = "/amministrazione/copie"
"""Before the key."""
_GOOD_FOR = 3600.0
_MOST_KEYS = 100


@dataclass(frozen=True, slots=True)
class _Grant:
    """Which file, for whom, until when (of the monotonic clock)."""

    file: Path
    who: str
    until: float


class _Grants:
    """What may be fetched; safe to use from several threads."""

    def __init__(self) -> None:
        self._by_key: dict[str, _Grant] = {}
        self._lock = Lock()

    def add(self, file: Path, who: str) -> str:
        key = secrets.token_urlsafe(32)
        with self._lock:
            now = time.monotonic()
            alive = {k: grant for k, grant in self._by_key.items() if grant.until > now}
            newest = list(alive.items())[1 - _MOST_KEYS :]
            self._by_key = {**dict(newest), key: _Grant(file, who, now + _GOOD_FOR)}
        return key

    def of(self, key: str) -> _Grant | None:
        with self._lock:
            grant = self._by_key.get(key)
        return grant if grant and grant.until > time.monotonic() else None


def download_address(file: Path, who: str) -> str:
    """An address at which ``file`` can be fetched for an hour; for administrators only."""
    return f"{ADDRESS}/{_grants().add(file.absolute(), who)}"


def serve_backup(request: Request) -> Response:
    """Answer with the file; 404 for a key that nobody was given, or whose hour is over."""
    grant = _grants().of(request.path_params["key"])
    if grant is None or not grant.file.is_file():
        return PlainTextResponse(said.NO_DOWNLOAD, status_code=404)
    try:
        log().write(grant.who, Action.BACK_UP, f"download: {grant.file.name}")
    except IngestError as error:
        return PlainTextResponse(str(error), status_code=503)
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Encoding": "identity",  # it holds what is compressed already
    }
    return FileResponse(
        grant.file, media_type="application/x-tar", filename=grant.file.name, headers=headers
    )


@st.cache_resource(show_spinner=False)
def _grants() -> _Grants:
    return _Grants()
