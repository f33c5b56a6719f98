"""Control calls: what was called."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from mock_eloqua import dates
from mock_eloqua.control.call import Answer, Done, OfSite
from mock_eloqua.requests import Entry

router = APIRouter(tags=["requests"])


class EntryAnswer(Answer):
    """One call, with secrets masked."""

    number: int
    at: str
    face: str
    method: str
    path: str
    query: str
    user: str | None
    status: int
    reason: str | None
    milliseconds: float
    request_bytes: int
    response_bytes: int
    body: str


class EntryPage(Answer):
    """`total` since the log was cleared, `count` that fit, and the last of these."""

    total: int
    count: int
    items: list[EntryAnswer]


@router.get("/_mock/requests", summary="What was called, oldest first")
async def requests(
    site: OfSite,
    *,
    face: str | None = None,
    method: str | None = None,
    user: str | None = None,
    status: int | None = None,
    path: Annotated[str | None, Query(description="* stands for anything")] = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> EntryPage:
    found = site.requests.find(face=face, method=method, path=path, user=user, status=status)
    return EntryPage(total=site.requests.total, count=len(found), items=[_shown(each) for each in found[-limit:]])


@router.delete("/_mock/requests", summary="Forget what was called")
async def forget_requests(site: OfSite) -> Done:
    site.requests.clear()
    return Done()


def _shown(entry: Entry) -> EntryAnswer:
    return EntryAnswer(
        number=entry.number,
        at=dates.iso(entry.at),
        face=entry.face,
        method=entry.method,
        path=entry.path,
        query=entry.query,
        user=entry.user,
        status=entry.status,
        reason=entry.reason,
        milliseconds=round(entry.milliseconds, 3),
        request_bytes=entry.request_bytes,
        response_bytes=entry.response_bytes,
        body=entry.body.decode("utf-8", "replace"),
    )
