"""Control calls: the published contracts, and the page to browse them."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from mock_eloqua.control.call import as_json
from mock_eloqua.control.openapi import document

_DOCS = files(__package__).joinpath("docs.html")

router = APIRouter()


@router.get("/_mock/openapi/{name}.json", name="What a face serves, as OpenAPI", include_in_schema=False)
def openapi(request: Request, name: str) -> Response:
    found = document(name, request.app.state.faces)
    if found is None:
        raise HTTPException(404, f"there is no document {name!r}")
    return as_json(found)


@router.get("/_mock/docs", name="A page to browse the published contracts", include_in_schema=False)
async def docs() -> Response:
    return Response(_DOCS.read_bytes(), media_type="text/html; charset=utf-8")
