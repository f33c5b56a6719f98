"""The published contracts of the faces: OpenAPI documents, derived from their declarations when first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from mock_eloqua import __version__
from mock_eloqua.web.operation import Face, Operation

DOCUMENTS = {
    "rest-1.0": ("rest", "/API/REST/1.0/"),
    "rest-2.0": ("rest", "/API/REST/2.0/"),
    "bulk-1.0": ("bulk", "/API/Bulk/1.0/"),
    "bulk-2.0": ("bulk", "/API/Bulk/2.0/"),
}
"""Document to the face and the beginning of the paths it shows."""
_OVERRIDE = {
    "name": "X-HTTP-Method-Override",
    "in": "header",
    "required": True,
    "schema": {"const": "SEARCH"},
    "description": "a POST without it is refused",
}


def document(name: str, faces: Callable[[str], Face]) -> dict[str, Any] | None:
    """An OpenAPI document; None when there is none of that name."""
    if name not in DOCUMENTS:
        return None
    return _document(name, faces(DOCUMENTS[name][0]))


@cache
def _document(name: str, face: Face) -> dict[str, Any]:
    prefix = DOCUMENTS[name][1]
    paths: dict[str, dict[str, Any]] = {}
    spelled: dict[str, str] = {}
    for each in face.operations:
        if each.path.startswith(prefix):
            # One path, one spelling: two operations may call its parameters by different names.
            path = spelled.setdefault(re.sub(r"{\w+}", "{}", each.path).lower(), each.path)
            found = paths.setdefault(path, {})
            # What a header turns into SEARCH stands for the POST that is refused without it.
            if each.verb.lower() not in found or each.verb != each.method:
                found[each.verb.lower()] = _operation(each, path, prefix)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Mock Eloqua: {name}", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": dict(face.schemas(name)),
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic", "description": r"Site\User and a password"},
                "bearer": {"type": "http", "scheme": "bearer", "description": "an OAuth 2.0 access token"},
            },
        },
        "security": [{"basic": []}, {"bearer": []}],
    }


def _operation(operation: Operation, path: str, prefix: str) -> dict[str, Any]:
    said = operation.documentation()
    header = [_OVERRIDE] if operation.verb != operation.method else []
    found: dict[str, Any] = {
        "summary": operation.name,
        "operationId": f"{operation.method} {operation.path}",
        "tags": ["/".join(path.removeprefix(prefix).split("/")[:2])],
        "parameters": [*_path_parameters(path, said.get("path", {})), *header, *said.get("parameters", ())],
    }
    if "requestBody" in said:
        found["requestBody"] = said["requestBody"]
    found["responses"] = dict(sorted(said.get("responses", {"200": {"description": "All is well"}}).items()))
    if operation.permissions:
        found["x-permissions"] = list(operation.permissions)
    return found | {"x-sureness": operation.sure.value}


def _path_parameters(path: str, known: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": known.get(name) or _schema_of(name)}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _schema_of(name: str) -> dict[str, Any]:
    if name.lower().endswith("id"):
        return {"type": "string", "pattern": "^[1-9][0-9]{0,17}$", "examples": ["1"]}
    return {"type": "string"}
