"""``GET /originali/{document_id}``: the file that a document was read from, as it was indexed."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from search.datatypes import Document
from search.errors import SnapshotError

from . import words
from .language import answer_in_language
from .library import current_snapshot

_WEB_PAGE = "text/html"


def original_address(document: Document, page: int) -> str:
    """Where `serve_original` answers for ``document``; a PDF opens at ``page``, from 1."""
    fragment = f"#page={page}" if document.media_type == "application/pdf" else ""
    return f"/originali/{quote(document.id, safe='')}{fragment}"


def serve_original(request: Request) -> Response:
    """Answer with the original, to be shown by the browser; 404 for a document not in the index.

    Text is sent as plain text whatever its format, a web page as a page that loads nothing, and
    nothing may run in either: a document's author must not be able to act in the name of a member
    who opens it.
    """
    answer_in_language(request.cookies)
    try:
        snapshot = current_snapshot()
    except SnapshotError as error:
        return PlainTextResponse(f"{words.NO_INDEX_TITLE}\n\n{error}", status_code=503)
    wanted = request.path_params["document_id"]
    for document in snapshot.store.documents():
        if document.id == wanted and snapshot.original(document).is_file():
            return FileResponse(
                snapshot.original(document),
                media_type=_shown_as(document.media_type),
                filename=PurePosixPath(document.path).name,
                content_disposition_type="inline",
                headers=_headers(document.media_type),
            )
    return PlainTextResponse(words.NO_ORIGINAL, status_code=404)


def _shown_as(media_type: str) -> str:
    is_text = media_type.startswith("text/") and media_type != _WEB_PAGE
    return "text/plain; charset=utf-8" if is_text else media_type


def _headers(media_type: str) -> dict[str, str]:
    headers = {
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        # Compressing a large PDF for each reader would hold up everyone else's page.
        "Content-Encoding": "identity",
    }
    if media_type != "application/pdf":  # the browser's own viewer does not open in a sandbox
        headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
        )
    return headers
