"""The REST interface alone, with uvicorn: ``python -m search serve``."""

from __future__ import annotations

import ipaddress
import socket
import sys
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from ..completion import Completer
from ..errors import ServiceError
from ..live_index import LiveIndex
from .app import create_api
from .keys import ApiKeys
from .limits import Limits
from .problems import answer_http


def standalone(api: Starlette) -> Starlette:
    """``api`` at ``/api`` and nothing else; long answers are compressed for who takes that."""
    return Starlette(
        routes=[Mount("/api", api)],
        exception_handlers={HTTPException: answer_http},
        middleware=[Middleware(GZipMiddleware, minimum_size=2000)],
    )


def serve(index: LiveIndex, host: str, port: int, keys: ApiKeys | None, limits: Limits) -> None:
    """Answer until interrupted. The index is opened first, so that the first answer is quick; what
    is suggested while typing is made ready meanwhile.

    Args:
        host: the address to listen at.
        port: 0 takes any that is free; the one taken is printed on the standard error.

    Raises:
        SnapshotError, ModelError: the index cannot be searched.
        ServiceError: nobody can listen at ``host`` and ``port``.
    """
    snapshot = index.engine().snapshot
    Thread(target=Completer.of, args=(snapshot,), daemon=True).start()
    listening = _listen(host, port)
    address = f"[{host}]" if ":" in host else host
    print(
        f"answering at http://{address}:{listening.getsockname()[1]}/api/openapi.json",
        file=sys.stderr,
        flush=True,
    )
    if keys is None and not _is_local(host):
        print("warning: no --keys, so whoever reaches this address may ask", file=sys.stderr)
    config = uvicorn.Config(
        standalone(create_api(index.engine, keys, limits)),
        log_level="warning",
        server_header=False,
        ws="none",
        lifespan="off",
        limit_concurrency=1000,  # open connections hold memory each; 503 from uvicorn beyond
        timeout_graceful_shutdown=10,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError, UnicodeError) as error:
        raise ServiceError(
            f"cannot listen at {host} port {port} ({error}): choose others with --host and --port"
        ) from error


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
