"""What the published documents say of an answer of REST, Bulk and the control API."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import httpx2
import jsonschema_rs
import orjson
from fastapi import FastAPI

from mock_eloqua import house
from mock_eloqua.control import app as control
from mock_eloqua.control import openapi

VERSION = re.compile(r"^/+api/+(rest|bulk)/+([12]\.0)/", re.IGNORECASE)


def check(response: httpx2.Response) -> None:
    """Compare an answer with what the document of its version says of the operation.

    Raises:
        AssertionError: the status is not documented, or the body has another form.
    """
    response.read()
    request = response.request
    if request.url.path.startswith("/_mock/"):
        _check_control(response)
        return
    found = VERSION.match(request.url.path)
    if not found or "X-HTTP-Original-Status-Code" in response.headers:  # the caller wanted another one
        return
    document = f"{found[1].lower()}-{found[2]}"
    method = request.headers.get("X-HTTP-Method-Override", request.method).lower().replace("search", "post")
    said = _operation(document, method, re.sub(r"/+", "/", request.url.path).lower())
    if not said:
        return
    about = f"{request.method} {request.url}: {response.status_code}"
    assert str(response.status_code) in said["responses"], f"{about} is not documented"
    content = said["responses"][str(response.status_code)].get("content")
    if content is None:
        assert response.is_error or not response.content, f"{about} has a body that is not documented"
        return
    media_type = response.headers.get("content-type", "").partition(";")[0]
    assert media_type in content, f"{about} is {media_type}, not {list(content)}"
    if media_type == "application/json":
        wrong = _validator(document, content[media_type]["schema"]).iter_errors(response.json())
        assert not [f"{list(each.instance_path)}: {each.message}" for each in wrong][:5], about


def _check_control(response: httpx2.Response) -> None:
    """Answers of the control API: the form that its document says, and nothing besides."""
    found = _control_operation(response.request.method.lower(), response.request.url.path)
    media_type = response.headers.get("content-type", "").partition(";")[0]
    if found is None or media_type != "application/json":
        return
    status = "4XX" if response.is_client_error else str(response.status_code)
    about = f"{response.request.method} {response.request.url}: {response.status_code}"
    assert status in found["responses"], f"{about} is not documented"
    schema = found["responses"][status]["content"]["application/json"]["schema"]
    wrong = _control_validator(orjson.dumps(schema)).iter_errors(response.json())
    assert not [f"{list(each.instance_path)}: {each.message}" for each in wrong][:5], about


@cache
def _control() -> dict[str, Any]:
    api = FastAPI(responses=control.RESPONSES)
    for subject in control.SUBJECTS:
        api.include_router(subject.router)
    return api.openapi()


@cache
def _control_validator(schema: bytes) -> jsonschema_rs.Validator:
    schemas = {name: _without_others(each) for name, each in _control()["components"]["schemas"].items()}
    return jsonschema_rs.Draft202012Validator({**orjson.loads(schema), "components": {"schemas": schemas}})


def _control_operation(method: str, path: str) -> dict[str, Any] | None:
    for pattern, methods in sorted(_control()["paths"].items(), key=lambda each: each[0].count("{")):
        if method in methods and re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern).replace(".", r"\."), path):
            operation: dict[str, Any] = methods[method]
            return operation
    return None


def _operation(document: str, method: str, path: str) -> dict[str, Any] | None:
    """What the document says of the operation behind a path; one that is spelled out comes before its parameters."""
    for pattern, methods in _paths(document):
        if pattern.fullmatch(path) and method in methods:
            found: dict[str, Any] = methods[method]
            return found
    return None


@cache
def _document(document: str) -> dict[str, Any]:
    found = openapi.document(document, house.face)
    assert found
    return found


@cache
def _paths(document: str) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    paths = sorted(_document(document)["paths"].items(), key=lambda each: each[0].count("{"))
    return [
        (re.compile(re.sub(r"{\w+}", "[^/]+", path).lower().replace(".", r"\.")), methods) for path, methods in paths
    ]


def _validator(document: str, schema: dict[str, Any]) -> jsonschema_rs.Validator:
    reference = (schema.get("items") or schema).get("$ref")
    if reference is None:  # the documents of Bulk say all in its place
        return _inline(orjson.dumps(schema))
    return _compiled(document, reference, is_list="items" in schema)


@cache
def _compiled(document: str, reference: str, *, is_list: bool) -> jsonschema_rs.Validator:
    one = {"$ref": reference}
    schema = {"type": "array", "items": one} if is_list else one
    return jsonschema_rs.Draft202012Validator({**schema, "components": {"schemas": _closed(document)}})


@cache
def _inline(schema: bytes) -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(_closed_inside(orjson.loads(schema)))


def _closed_inside(schema: dict[str, Any]) -> dict[str, Any]:
    """An object that is told of has no other properties, however deep."""
    if "items" in schema:
        return {**schema, "items": _closed_inside(schema["items"])}
    if "properties" in schema:
        inside = {name: _closed_inside(each) for name, each in schema["properties"].items()}
        return {"additionalProperties": False, **schema, "properties": inside}
    return schema


@cache
def _closed(document: str) -> dict[str, Any]:
    """The schemas, where no property may be shown that they do not have."""
    return {name: _without_others(schema) for name, schema in _document(document)["components"]["schemas"].items()}


def _without_others(schema: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in schema:
        return {**schema, "anyOf": [_without_others(each) for each in schema["anyOf"]]}
    return {"additionalProperties": False, **schema}
