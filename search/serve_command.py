"""``python -m search serve``, ``new-key`` and ``mcp``: the index for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .live_index import LiveIndex
from .options import add_index, add_models


def add_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the three commands and their options."""
    serve = commands.add_parser("serve", help="answer over HTTP: /api/openapi.json says what")
    add_index(serve)
    serve.add_argument("--host", default="127.0.0.1", help="where to listen, default 127.0.0.1")
    serve.add_argument("--port", type=int, default=8600, help="default 8600; 0 takes a free one")
    serve.add_argument("--keys", type=Path, help="file of API keys; default: MINIT_API_KEYS, none")
    serve.add_argument("--rate", type=int, default=300, help="queries a minute of one caller")
    add_models(serve)
    serve.set_defaults(command=_serve)

    key = commands.add_parser("new-key", help="make an API key and print it")
    key.add_argument("name", help="who it is for")
    key.add_argument("--keys", type=Path, required=True, help="the file to add its hash to")
    key.set_defaults(command=_new_key)

    mcp = commands.add_parser("mcp", help="offer the index to an assistant (MCP over stdio)")
    add_index(mcp)
    add_models(mcp)
    mcp.set_defaults(command=_mcp)


def _serve(options: argparse.Namespace) -> int:
    from .api.keys import keys_from_environment, read_keys  # noqa: PLC0415 - only for a server
    from .api.limits import Limits  # noqa: PLC0415
    from .api.server import serve  # noqa: PLC0415

    keys = read_keys(options.keys) if options.keys else keys_from_environment()
    limits = Limits(a_minute=options.rate)
    serve(_live_index(options), options.host, options.port, keys, limits)
    return 0


def _new_key(options: argparse.Namespace) -> int:
    from .api.keys import new_key  # noqa: PLC0415 - only for a server

    print(new_key(options.keys, options.name))
    print(f"the key of {options.name}: it is not kept, only its hash in {options.keys}; "
          "a service that is running knows it when it starts again", file=sys.stderr)  # fmt: skip
    return 0


def _mcp(options: argparse.Namespace) -> int:
    from .mcp_server import serve_stdio  # noqa: PLC0415 - takes a second to import

    serve_stdio(_live_index(options))
    return 0


def _live_index(options: argparse.Namespace) -> LiveIndex:
    return LiveIndex(Path(options.index), options.model, options.reranker)
