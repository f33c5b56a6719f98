"""Control calls: what was called."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from mock_eloqua import dates
from mock_eloqua.control.call import OfSite, as_json
from mock_eloqua.requests import Entry

router = APIRouter()


@router.get("/_mock/requests", name="What was called, oldest first")
async def requests(
    site: OfSite,
    *,
    face: str | None = None,
    method: str | None = None,
    user: str | None = None,
    status: int | None = None,
    path: Annotated[str | None, Query(description="* stands for anything")] = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> Response:
    found = site.requests.find(face=face, method=method, path=path, user=user, status=status)
    items = [_shown_entry(each) for each in found[-limit:]]
    return as_json({"total": site.requests.total, "count": len(found), "items": items})


@router.delete("/_mock/requests", name="Forget what was called")
async def forget_requests(site: OfSite) -> Response:
    site.requests.clear()
    return as_json({"status": "ok"})


def _shown_entry(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": dates.iso(entry.at),
        "face": entry.face,
        "method": entry.method,
        "path": entry.path,
        "query": entry.query,
        "user": entry.user,
        "status": entry.status,
        "reason": entry.reason,
        "milliseconds": round(entry.milliseconds, 3),
        "requestBytes": entry.request_bytes,
        "responseBytes": entry.response_bytes,
        "body": entry.body.decode("utf-8", "replace"),
    }
