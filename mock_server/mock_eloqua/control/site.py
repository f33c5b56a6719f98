"""Control calls: is the emulator there, back to a seed, and more from a seed document."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from mock_eloqua import __version__
from mock_eloqua.control.call import Answer, Body, Done, OfSite, check_seed
from mock_eloqua.crm.seed_documents import CSV, JSON, YAML, Written, check_kind

_LONGEST_SEED = 64 * 2**20
_SEED = {f"application/{kind}": {"schema": {"type": "object"}} for kind in ("json", "yaml")} | {
    "text/csv": {"schema": {"type": "string"}}
}

router = APIRouter(tags=["site"])


class Health(Answer):
    """The emulator, and the site that was asked for."""

    status: Literal["ok"]
    version: str
    release: str
    profile: str
    store: str


class Reset(Body):
    """`{"seed": "default", "profile": "strict", "release": "26C"}`; what is left out is as at the start."""

    seed: str | None = None
    profile: str | None = None
    release: str | None = None


class Added(Answer):
    """How many there are more of each kind."""

    added: dict[str, int]


class Seeding(Answer):
    """How much of a seed document is in, and of how much; 0 of 0 where none is being added."""

    done: int
    total: int


@router.get("/_mock/health", summary="Is the emulator there, and as what?")
async def health(request: Request, site: OfSite) -> Health:
    return Health(
        status="ok",
        version=__version__,
        release=site.release,
        profile=site.thresholds.profile,
        store=request.app.state.sites.place.kind,
    )


@router.post("/_mock/reset", summary="Back to a seed")
def reset(site: OfSite, wanted: Reset | None = None) -> Done:
    changes = wanted.model_dump(exclude_none=True) if wanted else {}
    check_seed(changes.get("seed"), site.options)
    site.reset(replace(site.options, **changes))
    return Done()


@router.post(
    "/_mock/seed",
    summary="Add users, fields, contacts and lists from a JSON, YAML or CSV document",
    openapi_extra={"requestBody": {"required": True, "content": _SEED}},
)
async def seed(site: OfSite, request: Request, kind: str = "") -> Added:
    media_type = request.headers.get("content-type", "").lower()
    form = next((each for each in (YAML, CSV) if each in media_type), JSON)
    written = Written(await _body(request), form, check_kind(kind) if form == CSV or kind else "")
    return Added(added=await run_in_threadpool(lambda: written.planted(site)))


@router.get("/_mock/seed", summary="How far is the seed document that is being added?")
async def seeding(site: OfSite) -> Seeding:
    done, total = site.seeding
    return Seeding(done=done, total=total)


async def _body(request: Request) -> bytes:
    parts = bytearray()
    async for chunk in request.stream():
        parts += chunk
        if len(parts) > _LONGEST_SEED:
            raise HTTPException(413, "a seed has at most 64 MB")
    return bytes(parts)
