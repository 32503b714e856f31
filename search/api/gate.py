"""Who asks, and whether they may: an API key where there are any, and a rate for each caller."""

from __future__ import annotations

import ipaddress

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from .keys import ApiKeys
from .problems import NO_KEY, TOO_MANY, ProblemError
from .service import service_of

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="minit"'}


class Gate:
    """Lets a request through to a route, or ends it with a problem.

    Args:
        keys: who may pass; None lets everyone.
    """

    def __init__(self, app: ASGIApp, keys: ApiKeys | None) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        key = _key_in(request)
        holder = self._keys.holder(key) if self._keys and key else None
        # A wrong key counts against the address it comes from, so nobody can try many.
        request.state.caller = f"key {holder}" if holder else _address(request)
        charge(request, 1)
        if self._keys and holder is None:
            said = "this key is not known here" if key else "send a key"
            detail = f"{said}: `Authorization: Bearer KEY` or `X-API-Key: KEY`"
            raise ProblemError(NO_KEY, detail, _CHALLENGE)
        await self._app(scope, receive, send)


def charge(request: Request, queries: int) -> None:
    """Count ``queries`` against whoever sent ``request``, which the gate has let through.

    Raises:
        ProblemError: they have asked too often.
    """
    wait = service_of(request).rate.take(request.state.caller, queries)
    if wait:
        detail = f"you have asked more often than is granted: go on in {wait} s"
        raise ProblemError(TOO_MANY, detail, {"Retry-After": str(wait)})


def _key_in(request: Request) -> str:
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    return request.headers.get("x-api-key", "").strip()


def _address(request: Request) -> str:
    """The address of the caller; of IPv6 the first 64 bits, which one household or host has."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"address {host}"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return f"address {ipaddress.ip_network((int(address), 64), strict=False)}"
    return f"address {address}"
