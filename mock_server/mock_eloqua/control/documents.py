"""Control calls: the published contracts, and the page to browse them."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from mock_eloqua.control.openapi import DOCUMENTS, document
from mock_eloqua.crm import seed_schema
from mock_eloqua.mistyped import unknown

_DOCS = files(__package__).joinpath("docs.html")

router = APIRouter(include_in_schema=False)


@router.get("/_mock/openapi/{name}.json", summary="What a face serves, as OpenAPI")
def openapi(request: Request, name: str) -> Response:
    if name == "seed":
        return Response(orjson.dumps(seed_schema.document()), media_type="application/schema+json")
    found: dict[str, Any] | None = document(name, request.app.state.faces)
    if found is None:
        raise HTTPException(404, unknown("document", name, [*DOCUMENTS, "control", "seed"]))
    return Response(orjson.dumps(found), media_type="application/json")


@router.get("/_mock/docs", summary="A page to browse the published contracts")
async def docs() -> Response:
    return Response(_DOCS.read_bytes(), media_type="text/html; charset=utf-8")
