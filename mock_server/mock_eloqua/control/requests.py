"""Control calls: what was called, by whom, with what answer."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import AwareDatetime
from starlette.exceptions import HTTPException

from mock_eloqua import dates
from mock_eloqua.control import har
from mock_eloqua.control.call import Answer, Done, OfSite
from mock_eloqua.mistyped import unknown
from mock_eloqua.requests import FACES, Entry

router = APIRouter(tags=["requests"])


class EntryAnswer(Answer):
    """One call; secrets are masked, and of bodies only the beginning is kept."""

    number: int
    at: str
    face: str
    base_url: str
    method: str
    path: str
    query: str
    user: str | None
    status: int
    reason: str | None
    problem: str | None
    fault: str | None
    milliseconds: float
    request_bytes: int
    response_bytes: int
    headers: list[tuple[str, str]]
    body: str
    answer_headers: list[tuple[str, str]]
    answer: str


class EntryPage(Answer):
    """`total` since the log was cleared, `count` that fit, and the last of these."""

    total: int
    count: int
    items: list[EntryAnswer]


def _found(
    site: OfSite,
    *,
    face: Annotated[str | None, Query(description=", ".join(FACES))] = None,
    method: str | None = None,
    user: str | None = None,
    status: Annotated[str | None, Query(pattern="^[1-5]([0-9][0-9]|[xX][xX])$", description="404, or 4xx")] = None,
    path: Annotated[str | None, Query(description="* stands for anything")] = None,
    after: Annotated[int, Query(ge=0, description="the number of a call; only later ones")] = 0,
    since: Annotated[AwareDatetime | None, Query(description="on the site's clock")] = None,
    refused: Annotated[bool | None, Query(description="only those that were refused, or that were not")] = None,
) -> list[Entry]:
    if face is not None and face.lower() not in FACES:
        raise HTTPException(400, unknown("face", face, FACES))
    return site.requests.find(
        face=face,
        method=method,
        path=path,
        user=user,
        status=status,
        after=after,
        since=None if since is None else round(since.timestamp() * 1000),
        refused=refused,
    )


Found = Annotated[list[Entry], Depends(_found)]
Limit = Annotated[int, Query(ge=1, le=10_000, description="the last so many")]


@router.get("/_mock/requests", summary="What was called, oldest first")
def requests(site: OfSite, found: Found, limit: Limit = 1000) -> EntryPage:
    return EntryPage(total=site.requests.total, count=len(found), items=[_shown(each) for each in found[-limit:]])


@router.delete("/_mock/requests", summary="Forget what was called")
async def forget_requests(site: OfSite) -> Done:
    site.requests.clear()
    return Done()


@router.get(
    "/_mock/requests.har",
    summary="What was called as an HTTP archive (HAR 1.2), which browsers and proxies read",
    response_class=Response,
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
def requests_as_har(found: Found, limit: Limit = 1000) -> Response:
    return Response(orjson.dumps(har.archive(found[-limit:])), media_type="application/json")


@router.get("/_mock/requests/{number}", summary="One call")
def one_request(site: OfSite, number: int) -> EntryAnswer:
    found = site.requests.get(number)
    if found is None:
        kept = [each.number for each in site.requests]
        there = f"there are {kept[0]} to {kept[-1]}" if kept else "nothing was called"
        raise HTTPException(404, f"there is no call {number}; {there}")
    return _shown(found)


def _shown(entry: Entry) -> EntryAnswer:
    return EntryAnswer(
        number=entry.number,
        at=dates.iso(entry.at),
        face=entry.face,
        base_url=entry.base_url,
        method=entry.method,
        path=entry.path,
        query=entry.query,
        user=entry.user,
        status=entry.status,
        reason=entry.reason,
        problem=entry.problem,
        fault=entry.fault,
        milliseconds=round(entry.milliseconds, 3),
        request_bytes=entry.request_bytes,
        response_bytes=entry.response_bytes,
        headers=entry.headers,
        body=entry.body.decode("utf-8", "replace"),
        answer_headers=entry.answer_headers,
        answer=entry.answer.decode("utf-8", "replace"),
    )
