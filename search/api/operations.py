"""An operation of the OpenAPI document: what it takes, what it answers, what may go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from .problems import BROKEN, NO_KEY, TOO_MANY, ProblemKind

JSON = "application/json"
_ID = {"type": "string", "minLength": 1, "maxLength": 200}


@dataclass(frozen=True, slots=True)
class Operations:
    """Describes operations.

    Attributes:
        components: the schemas of requests, by their names.
        asks_for_key: as in `search.api.openapi.openapi_document`.
    """

    components: Mapping[str, Any]
    asks_for_key: bool

    def operation(
        self,
        name: str,
        tag: str,
        summary: str,
        answer: Mapping[str, Any],
        *kinds: ProblemKind,
        parameters: list[dict[str, Any]] | None = None,
        body: str = "",
        is_open: bool = False,
    ) -> dict[str, Any]:
        """One operation.

        Args:
            answer: where all goes well.
            kinds: what else may be answered, beside what every operation may.
            body: name of the body's schema; "" where it takes none.
            is_open: whether it needs no key.
        """
        with_key = self.asks_for_key and not is_open
        usual = (NO_KEY, TOO_MANY, BROKEN) if with_key else (TOO_MANY, BROKEN)
        described: dict[str, Any] = {
            "operationId": name,
            "tags": [tag],
            "summary": summary,
            "responses": {"200": answer, **_problems(*kinds, *usual)},
        }
        if parameters:
            described["parameters"] = parameters
        if body:
            schema = {"$ref": f"#/components/schemas/{body}"}
            described["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
        if is_open:
            described["security"] = []
        return described

    def parameters(self, type_: type[msgspec.Struct]) -> list[dict[str, Any]]:
        """The fields of a request as parameters of the address."""
        return _parameters(self.components[type_.__name__])


def link(operation: str, pointer: str) -> dict[str, Any]:
    """The way from an answer to an operation that takes the id at ``pointer`` in it."""
    return {"operationId": operation, "parameters": {"id": f"$response.body#{pointer}"}}


def answer_of(
    schema: str, description: str, links: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """An answer in JSON."""
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answer: dict[str, Any] = {"description": description, "content": content}
    return {**answer, "links": dict(links)} if links else answer


def path_id(whose: str) -> dict[str, Any]:
    """The id in the address."""
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": f"Id {whose}.",
        "schema": _ID,
    }


def _problems(*kinds: ProblemKind) -> dict[str, Any]:
    return {str(k.status): {"$ref": f"#/components/responses/{k.name}"} for k in kinds}


def _parameters(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields of a schema as parameters of the address; a field that may be null is left out
    there instead."""
    found = []
    for name, field in schema["properties"].items():
        kept = {key: value for key, value in field.items() if key != "anyOf"}
        for choice in field.get("anyOf", ()):
            if choice != {"type": "null"}:
                kept.update(choice)
        if kept.get("default", ...) is None:
            del kept["default"]
        described = {"description": kept.pop("description")}
        required = name in schema["required"] if "required" in schema else False
        found.append({"name": name, "in": "query", "required": required, **described})
        found[-1]["schema"] = kept
    return found
