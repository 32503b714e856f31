"""What a request asks for, decoded into the type it must have."""

from __future__ import annotations

import asyncio
import re
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request

from .problems import INVALID, SLOW, TOO_LARGE, WRONG_MEDIA, ProblemError
from .service import service_of

_S = TypeVar("_S", bound=msgspec.Struct)


def _number(text: str) -> int | float:
    """A number as JSON Schema counts: 10.0 is an integer."""
    value = float(text)
    return int(value) if value.is_integer() else value


_DECODER = msgspec.json.Decoder(float_hook=_number)
_PLACE = re.compile(r"(?P<what>.*) - at `\$\.?(?P<place>[^`]*)`", re.DOTALL)


def read_parameters(request: Request, type_: type[_S]) -> _S:
    """The parameters of the address as a ``type_``; where that has a list they may be repeated.

    Raises:
        ProblemError: one is unknown, missing, of another type or out of bounds, or comes twice.
    """
    lists = {field.name for field in msgspec.structs.fields(type_) if _is_list(field)}
    values: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name in lists:
            values.setdefault(name, []).append(value)
        elif name in values:
            raise ProblemError(INVALID, f"{_short(name)}: it comes twice, send it once")
        else:
            values[name] = value
    try:
        asked = msgspec.convert(values, type_, strict=False)
    except msgspec.ValidationError as error:
        raise ProblemError(INVALID, _said(error)) from None
    for name in values:
        if getattr(asked, name) is None:  # msgspec reads the word "null"
            raise ProblemError(INVALID, f"{name}: it is null, leave it out instead")
    return asked


async def read_body(request: Request, type_: type[_S]) -> _S:
    """The body, which is JSON, as a ``type_``.

    Raises:
        ProblemError: it is too large, too slow, compressed, not declared as JSON, not JSON, or
            not what ``type_`` says.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        found = _short(media_type) or "nothing"
        raise ProblemError(WRONG_MEDIA, f"`Content-Type` says {found}: send application/json")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        said = "the body is compressed: send it as it is"
        raise ProblemError(WRONG_MEDIA, said, {"Accept-Encoding": "identity"})
    limits = service_of(request).limits
    try:
        async with asyncio.timeout(limits.body_seconds):
            body = await _whole(request, limits.body_bytes)
    except TimeoutError:
        said = f"the body was not whole after {limits.body_seconds:g} s: send it again"
        raise ProblemError(SLOW, said, {"Connection": "close"}) from None
    try:
        return msgspec.convert(_DECODER.decode(body), type_)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(INVALID, _said(error)) from None


async def _whole(request: Request, most: int) -> bytes:
    """The body, given up as soon as it is longer than ``most`` bytes, whatever was announced."""
    announced = request.headers.get("content-length", "")
    body = bytearray()
    if not (announced.isdecimal() and int(announced[:20]) > most):
        async for part in request.stream():
            body += part
            if len(body) > most:
                break
        else:
            return bytes(body)
    said = f"at most {most} bytes are read: send fewer questions at once"
    raise ProblemError(TOO_LARGE, said, {"Connection": "close"})


def _is_list(field: msgspec.structs.FieldInfo) -> bool:
    return field.default_factory is list


def _said(error: Exception) -> str:
    """msgspec's message with the place first, and a remedy."""
    message = str(error)
    found = _PLACE.fullmatch(message)
    what = found["what"] if found else message
    said = what if what[:4] == "JSON" else f"{what[:1].lower()}{what[1:]}"
    place = found["place"] if found else "the request"
    return f"{_short(f'{place}: {said}', 300)}; /api/openapi.json says what is"


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most]}..."
