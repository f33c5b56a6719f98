"""Control calls: is the emulator there, back to a seed, and more from a seed document."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from mock_eloqua import __version__
from mock_eloqua.control.call import Body, OfSite, as_json
from mock_eloqua.crm.planting import plant
from mock_eloqua.crm.seed_documents import of_json, of_yaml
from mock_eloqua.crm.seeds import SEEDS, BadSeed

_LONGEST_SEED = 64 * 2**20

router = APIRouter()


class Reset(Body):
    """`{"seed": "default", "profile": "strict", "release": "26C"}`; what is left out is as at the start."""

    seed: str | None = None
    profile: str | None = None
    release: str | None = None


@router.get("/_mock/health", name="Is the emulator there, and as what?")
async def health(request: Request, site: OfSite) -> Response:
    return as_json(
        {
            "status": "ok",
            "version": __version__,
            "release": site.release,
            "profile": site.thresholds.profile,
            "store": request.app.state.sites.place.kind,
        }
    )


@router.post("/_mock/reset", name="Back to a seed")
def reset(site: OfSite, wanted: Reset | None = None) -> Response:
    changes = wanted.model_dump(exclude_none=True) if wanted else {}
    known = dict.fromkeys((*SEEDS, site.options.seed))
    if changes.get("seed", site.options.seed) not in known:  # no caller names a file of this machine
        raise BadSeed(f"there is no seed {changes['seed']!r} to go back to; name {', '.join(known)}")
    site.reset(replace(site.options, **changes))
    return as_json({"status": "ok"})


@router.post("/_mock/seed", name="Add users, fields, contacts and lists from a JSON or YAML document")
async def seed(site: OfSite, request: Request) -> Response:
    read = of_yaml if "yaml" in request.headers.get("content-type", "").lower() else of_json
    body = await _body(request)
    return as_json({"added": await run_in_threadpool(lambda: plant(site, read(body)))})


async def _body(request: Request) -> bytes:
    parts = bytearray()
    async for chunk in request.stream():
        parts += chunk
        if len(parts) > _LONGEST_SEED:
            raise HTTPException(413, "a seed has at most 64 MB")
    return bytes(parts)
