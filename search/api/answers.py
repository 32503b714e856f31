"""Answers that a browser shows or keeps to no one's harm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",  # text of a document is never taken for a page
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


def json_answer(record: Mapping[str, Any], status: int = 200) -> Response:
    """``record`` as JSON in UTF-8."""
    return Response(
        msgspec.json.encode(record),
        status_code=status,
        media_type="application/json",
        headers=SAFE_HEADERS,
    )


def png_answer(image: bytes) -> Response:
    """A picture. It is compressed already: nothing between here and the reader tries again."""
    headers = {**SAFE_HEADERS, "Content-Encoding": "identity"}
    return Response(image, media_type="image/png", headers=headers)
