"""The options that several commands share."""

from __future__ import annotations

import argparse
import os
from typing import Any

from .years import NO_YEARS, read_years


def add_index(parser: argparse.ArgumentParser) -> None:
    """``--index``: the folder to search."""
    parser.add_argument(
        "--index",
        default=os.environ.get("MINIT_INDEX", "index"),
        help="default: the environment variable MINIT_INDEX, else index",
    )


def add_models(parser: argparse.ArgumentParser) -> None:
    """``--model`` and ``--reranker``: what encodes, and what looks at the first hits again."""
    parser.add_argument(
        "--model", help="Hugging Face name or folder; default: MINIT_MODEL, else the embedded model"
    )
    parser.add_argument(
        "--reranker",
        default=os.environ.get("MINIT_RERANKER") or None,
        help="Hugging Face name or folder of a cross-encoder for a second look at the first hits; "
        "default: MINIT_RERANKER, else none",
    )


def add_filters(parser: argparse.ArgumentParser) -> None:
    """``--group``, ``--kind``, ``--year``, ``--language``, ``--organisation``: where to search."""
    parser.add_argument("--group", action="append", default=[], help="only this group; repeatable")
    parser.add_argument("--kind", action="append", default=[], help="only this kind; repeatable")
    parser.add_argument(
        "--year", type=read_years, default=NO_YEARS, help="2023, 2020-2023, 2023- or -2021"
    )
    parser.add_argument(
        "--language", action="append", default=[], help="only documents in it: it, en; repeatable"
    )
    parser.add_argument(
        "--organisation", action="append", default=[], help="only passages naming it; repeatable"
    )


def filters_of(options: argparse.Namespace) -> dict[str, Any]:
    """What `add_filters` was given, as the arguments of `search.datatypes.Query`."""
    first_year, last_year = options.year
    return {
        "groups": frozenset(options.group),
        "kinds": frozenset(options.kind),
        "first_year": first_year,
        "last_year": last_year,
        "languages": frozenset(options.language),
        "organisations": frozenset(options.organisation),
    }
