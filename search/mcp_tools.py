"""What the tools for an assistant share: their arguments, their errors, their answers."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, ParamSpec, TypeVar

from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field, create_model

from .datatypes import Group, Kind
from .errors import MinitError

_READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

_P = ParamSpec("_P")
_R = TypeVar("_R")

MAX_K = 50
MAX_DOCUMENTS = 200
_GROUP_KEYS = {"enum": [str(group) for group in Group]}
_KIND_KEYS = {"enum": [str(kind) for kind in Kind]}
Groups = Annotated[
    list[Annotated[str, Field(json_schema_extra={**_GROUP_KEYS})]],
    Field(description="Only documents of these working groups; empty for all."),
]
Kinds = Annotated[
    list[Annotated[str, Field(json_schema_extra={**_KIND_KEYS})]],
    Field(description="Only documents of these kinds; empty for all."),
]
# Bounds are described here and checked below, so that the assistant gets a message of ours.
HitCount = Annotated[
    int,
    Field(
        description="How many passages at most.",
        json_schema_extra={"minimum": 1, "maximum": MAX_K},
    ),
]
Offset = Annotated[
    int, Field(description="How many to pass over.", json_schema_extra={"minimum": 0})
]
Limit = Annotated[
    int,
    Field(
        description="How many documents at most.",
        json_schema_extra={"minimum": 1, "maximum": MAX_DOCUMENTS},
    ),
]
Words = list[str]
Phrases = Annotated[
    Words, Field(description="Only passages in which each of these stands word by word.")
]
Required = Annotated[
    Words, Field(description="Only passages that have each of these words, in any of its forms.")
]
Excluded = Annotated[
    Words, Field(description="No passages that have one of these words or phrases.")
]
PerDocument = Annotated[
    int,
    Field(
        description="How many passages of one document come before those of the others; 0: all.",
        json_schema_extra={"minimum": 0},
    ),
]
FirstYear = Annotated[int | None, Field(description="Only documents of this year or later.")]
LastYear = Annotated[int | None, Field(description="Only documents of this year or earlier.")]
Languages = Annotated[
    list[str], Field(description="Only documents in these languages, such as it, en; empty: all.")
]
Organisations = Annotated[
    list[str], Field(description="Only passages that name one of these organisations; empty: all.")
]


class Toolbox:
    """The tools that are offered to an assistant, in the order in which they were put in."""

    def __init__(self) -> None:
        self.tools: list[Tool] = []

    def offer(self, title: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
        """Put a function in as a tool; its docstring is what the assistant reads of it."""

        def keep(function: Callable[_P, _R]) -> Callable[_P, _R]:
            self.tools.append(_strict(_with_our_errors(function), title))
            return function

        return keep


def _strict(function: Callable[..., Any], title: str) -> Tool:
    """A tool that refuses arguments it does not have: a misspelt filter would filter nothing."""
    tool = Tool.from_function(function, title=title, annotations=_READ_ONLY)
    known = tool.fn_metadata.arg_model
    strict = create_model(known.__name__, __base__=known)
    strict.model_config["extra"] = "forbid"
    strict.model_rebuild(force=True)
    tool.fn_metadata.arg_model = strict
    tool.parameters = strict.model_json_schema(by_alias=True)
    return tool


def _with_our_errors(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """A message of ours reaches the assistant, which can mend its question by it."""

    @wraps(function)
    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return function(*args, **kwargs)
        except MinitError as error:
            raise ToolError(str(error)) from error

    guarded.__doc__ = inspect.getdoc(function)  # the description: without the indentation
    return guarded


def check(name: str, value: int, least: int, most: int | None = None) -> None:
    """Raise `ToolError` unless ``value`` is within its bounds."""
    if value < least or (most is not None and value > most):
        bounds = f"at least {least}" if most is None else f"{least} to {most}"
        raise ToolError(f"{name} is {value}: ask for {bounds}")


def result(text: str, values: dict[str, Any]) -> CallToolResult:
    """An answer: as text to read and cite, and as values to work with."""
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=values)
