"""Control calls: keep the whole state of a site under a name, bring it back, take it along."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from mock_eloqua import dates
from mock_eloqua.control.call import Answer, Body, Done, OfSite
from mock_eloqua.sites import Sites
from mock_eloqua.snapshots import Snapshot, Snapshots

LONGEST = 2 * 2**30
"""Bytes of a snapshot that is brought in."""
MEDIA_TYPE = "application/vnd.sqlite3"
_FILE = {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}

router = APIRouter(tags=["snapshots"])


class Named(Body):
    """`{"name": "before the import"}`."""

    name: str


class SnapshotAnswer(Answer):
    """A state that is kept until the server stops."""

    name: str
    at: str
    bytes: int


class SnapshotsAnswer(Answer):
    """The snapshots of the site."""

    items: list[SnapshotAnswer]


def _of_server(request: Request) -> Snapshots:
    sites: Sites = request.app.state.sites
    return sites.snapshots


OfServer = Annotated[Snapshots, Depends(_of_server)]


@router.get("/_mock/snapshots", summary="The states that are kept")
async def snapshots(kept: OfServer, site: OfSite) -> SnapshotsAnswer:
    return SnapshotsAnswer(items=[_shown(each) for each in kept.of(site)])


@router.post("/_mock/snapshots", summary="Keep the site's state under a name")
def take_snapshot(kept: OfServer, site: OfSite, wanted: Named) -> SnapshotAnswer:
    return _shown(kept.take(site, wanted.name))


@router.post("/_mock/snapshots/{name}/restore", summary="Bring a state back; what was under way in it goes on")
def restore_snapshot(kept: OfServer, site: OfSite, name: str, request: Request) -> Done:
    site.load(kept.get(site, name).file)
    request.app.state.recover(site)
    return Done()


@router.get(
    "/_mock/snapshots/{name}",
    summary="A state as a file",
    response_class=FileResponse,
    responses={200: {"content": _FILE}},
)
async def read_snapshot(kept: OfServer, site: OfSite, name: str) -> FileResponse:
    return FileResponse(kept.get(site, name).file, media_type=MEDIA_TYPE)


@router.put(
    "/_mock/snapshots/{name}",
    summary="Bring in a state that was a file",
    openapi_extra={"requestBody": {"required": True, "content": _FILE}},
)
async def bring_snapshot(kept: OfServer, site: OfSite, name: str, request: Request) -> SnapshotAnswer:
    with kept.brought_in(site, name) as file, file.open("wb") as target:
        async for chunk in request.stream():
            await run_in_threadpool(target.write, chunk)
            if target.tell() > LONGEST:
                raise HTTPException(413, f"a snapshot has at most {LONGEST} bytes")
    return _shown(kept.get(site, name))


@router.delete("/_mock/snapshots/{name}", summary="Forget a state")
def drop_snapshot(kept: OfServer, site: OfSite, name: str) -> Done:
    kept.drop(site, name)
    return Done()


def _shown(snapshot: Snapshot) -> SnapshotAnswer:
    return SnapshotAnswer(name=snapshot.name, at=dates.iso(snapshot.at), bytes=snapshot.bytes)
