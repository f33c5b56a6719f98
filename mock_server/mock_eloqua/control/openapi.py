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
    face_name, prefix = DOCUMENTS[name]
    return _document(name, tuple(each for each in faces(face_name).operations if each.path.startswith(prefix)))


@cache
def _document(name: str, operations: tuple[Operation, ...]) -> dict[str, Any]:
    return get_openapi(
        title=f"Mock Eloqua: {name}",
        version=__version__,
        routes=[_route(operation) for operation in operations],
    )


def _route(operation: Operation) -> APIRoute:
    async def endpoint(request: Request) -> None:
        raise NotImplementedError  # the dispatcher serves the operation, FastAPI documents it

    parameters = [
        {"name": segment.strip("{}"), "in": "path", "required": True, "schema": {"type": "string"}}
        for segment in operation.path.split("/")
        if segment.startswith("{")
    ]
    return APIRoute(
        operation.path,
        endpoint,
        methods=[operation.method],
        summary=operation.name,
        operation_id=f"{operation.method} {operation.path}",
        openapi_extra={
            "parameters": parameters,
            "x-sureness": operation.sure.value,
            **operation.documentation,
        },
    )
