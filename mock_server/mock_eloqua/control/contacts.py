"""Control calls: what is in the site, read past the APIs, so that neither log nor limits notice."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException

from mock_eloqua.control.call import OfSite

router = APIRouter(tags=["contacts"])


@router.get("/_mock/contacts/{address:path}", summary="A contact, as REST 1.0 shows it at depth complete")
def contact(request: Request, site: OfSite, address: str) -> dict[str, Any]:
    found: dict[str, Any] | None = request.app.state.contact(site, address)
    if found is None:
        raise HTTPException(404, f"there is no contact {address}")
    return found
