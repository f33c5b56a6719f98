"""The published contracts of the faces, derived from their declarations by FastAPI when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.requests import Request

from mock_eloqua import __version__
from mock_eloqua.web.operation import Face, Operation

DOCUMENTS = {
    "rest-1.0": ("rest", "/API/REST/1.0/"),
    "rest-2.0": ("rest", "/API/REST/2.0/"),
    "bulk-2.0": ("bulk", "/API/Bulk/2.0/"),
}
"""Document to the face and the beginning of the paths it shows."""


def document(name: str, faces: Callable[[str], Face]) -> dict[str, Any] | None:
    """An OpenAPI document; None when there is none of that name."""
    if name not in DOCUMENTS:
        return None
    return _document(name, faces(DOCUMENTS[name][0]))


@cache
def _document(name: str, face: Face) -> dict[str, Any]:
    operations = [each for each in face.operations if each.path.startswith(DOCUMENTS[name][1])]
    found = get_openapi(title=f"Mock Eloqua: {name}", version=__version__, routes=[_route(each) for each in operations])
    found.setdefault("components", {})["schemas"] = dict(face.schemas(name))
    for each in operations:
        # What FastAPI derives from an endpoint's signature does not hold here: there is none.
        described = found["paths"][each.path][each.verb.lower()]
        said = each.documentation()
        described["responses"] = said.get("responses", described["responses"])
        described["parameters"] = [*_path_parameters(each), *_override(each), *said.get("parameters", ())]
        described |= {"x-sureness": each.sure.value, **{key: said[key] for key in ("requestBody",) if key in said}}
    return found


def _route(operation: Operation) -> APIRoute:
    async def endpoint(request: Request) -> None:
        raise NotImplementedError  # the dispatcher serves the operation, FastAPI documents it

    return APIRoute(
        operation.path,
        endpoint,
        methods=[operation.verb],
        summary=operation.name,
        operation_id=f"{operation.method} {operation.path}",
    )


def _override(operation: Operation) -> list[dict[str, Any]]:
    if operation.verb == operation.method:
        return []
    schema = {"type": "string", "enum": [operation.method]}
    return [{"name": "X-HTTP-Method-Override", "in": "header", "required": True, "schema": schema}]


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    return [
        {"name": segment.strip("{}"), "in": "path", "required": True, "schema": {"type": "string"}}
        for segment in operation.path.split("/")
        if segment.startswith("{")
    ]
