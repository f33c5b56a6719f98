"""The control API under `/_mock`: health, reset, seed, clock, requests, thresholds, settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from importlib.resources import files
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from mock_eloqua import __version__, dates
from mock_eloqua.access.thresholds import BadThreshold
from mock_eloqua.clock import TICKS_PER_SECOND, BadTime
from mock_eloqua.control.guard import Guard
from mock_eloqua.control.models import Advance, ClockSetting, Reset, ThresholdChange
from mock_eloqua.control.openapi import document
from mock_eloqua.crm import canvas_flow
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.planting import plant
from mock_eloqua.crm.seed_documents import of_json, of_yaml
from mock_eloqua.crm.seeds import SEEDS, BadSeed
from mock_eloqua.crm.transfer import steering
from mock_eloqua.crm.transfer.errors import Conflict
from mock_eloqua.outgoing import Sent
from mock_eloqua.releases import BadRelease
from mock_eloqua.requests import Entry
from mock_eloqua.settings import BadSetting
from mock_eloqua.site import BadOption, Site
from mock_eloqua.sites import Sites
from mock_eloqua.store import StoreError
from mock_eloqua.web.application import App
from mock_eloqua.web.operation import Face

_REFUSALS = (BadSeed, BadTime, BadThreshold, BadSetting, BadRelease, BadOption, StoreError)
_LONGEST_SEED = 64 * 2**20
_DOCS = files(__package__).joinpath("docs.html")


def app(sites: Sites, faces: Callable[[str], Face], token: str | None = None) -> App:
    """The control API over *sites*."""
    api = FastAPI(
        title="Mock Eloqua: control",
        version=__version__,
        openapi_url="/_mock/openapi/control.json",
        docs_url=None,
        redoc_url=None,
    )
    api.state.sites, api.state.faces = sites, faces
    api.include_router(router)
    _say_errors_in_one_line(api)
    return Guard(api, token)


def _named_site(request: Request, x_mock_site: Annotated[str | None, Header()] = None) -> Site:
    sites: Sites = request.app.state.sites
    site = sites.find(x_mock_site) if x_mock_site else sites.default
    if site is None:
        raise HTTPException(404, f"there is no site {x_mock_site!r}")
    return site


OfSite = Annotated[Site, Depends(_named_site)]
"""The site that the header `X-Mock-Site` names, else the default one."""

router = APIRouter()


@router.get("/_mock/health", name="Is the emulator there, and as what?")
async def health(request: Request, site: OfSite) -> Response:
    return _json(
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
    return _json({"status": "ok"})


@router.post("/_mock/seed", name="Add users, fields, contacts and lists from a JSON or YAML document")
async def seed(site: OfSite, request: Request) -> Response:
    read = of_yaml if "yaml" in request.headers.get("content-type", "").lower() else of_json
    body = await _body(request)
    return _json({"added": await run_in_threadpool(lambda: plant(site, read(body)))})


@router.get("/_mock/clock", name="The site's time")
async def clock(site: OfSite) -> Response:
    return _json(_shown_clock(site))


@router.put("/_mock/clock", name="Freeze, offset or release the site's time")
async def set_clock(site: OfSite, wanted: ClockSetting) -> Response:
    if wanted.mode == "frozen":
        site.clock.freeze(None if wanted.now is None else round(wanted.now.timestamp() * TICKS_PER_SECOND))
    elif wanted.mode == "offset":
        site.clock.offset(round(wanted.seconds * TICKS_PER_SECOND))
    else:
        site.clock.run()
    site.time_moved()
    return _json(_shown_clock(site))


@router.post("/_mock/clock/advance", name="Move the site's time; what falls due runs")
def advance(site: OfSite, wanted: Advance) -> Response:
    site.advance(wanted.seconds)
    canvas_flow.catch_up(site)
    return _json(_shown_clock(site))


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
    return _json({"total": site.requests.total, "count": len(found), "items": items})


@router.delete("/_mock/requests", name="Forget what was called")
async def forget_requests(site: OfSite) -> Response:
    site.requests.clear()
    return _json({"status": "ok"})


@router.get("/_mock/outgoing", name="What left the site, oldest first: calls to others, and mail, which is only kept")
async def outgoing(
    site: OfSite,
    *,
    kind: Annotated[str | None, Query(description="post or mail")] = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> Response:
    found = [each for each in site.outbox if kind in (None, each.kind)]
    return _json({"total": site.outbox.total, "count": len(found), "items": [_shown_sent(e) for e in found[-limit:]]})


@router.delete("/_mock/outgoing", name="Forget what left")
async def forget_outgoing(site: OfSite) -> Response:
    site.outbox.clear()
    return _json({"status": "ok"})


@router.get("/_mock/thresholds", name="Limits, counters, and which are enforced")
async def thresholds(site: OfSite) -> Response:
    return _json(_shown_thresholds(site))


@router.put("/_mock/thresholds/{name}", name="Set a limit, whether it is enforced, or how much of it is used")
async def set_threshold(site: OfSite, name: str, wanted: ThresholdChange) -> Response:
    site.thresholds.change(name, site.clock.now(), **wanted.model_dump())
    return _json(_shown_thresholds(site))


@router.post("/_mock/syncs/{sync_id}/{command}", name="Hold a Bulk sync where it is, release it, or let it fail")
def steer(site: OfSite, sync_id: int, command: Literal["hold", "release", "fail"]) -> Response:
    try:
        sync = steering.command(site, sync_id, command)
    except NotFound as error:
        raise HTTPException(404, str(error)) from None
    except Conflict:
        raise HTTPException(409, f"sync {sync_id} has ended") from None
    return _json({"uri": sync.uri, "status": sync.status, "command": command})


@router.get("/_mock/settings", name="Every switch")
async def settings(site: OfSite) -> Response:
    return _json(asdict(site.settings))


@router.put("/_mock/settings", name="Turn switches")
async def set_settings(site: OfSite, wanted: dict[str, Any]) -> Response:
    site.settings = site.settings.changed(wanted)
    site.time_moved()  # a sync that was held may go on
    return _json(asdict(site.settings))


@router.get("/_mock/openapi/{name}.json", name="What a face serves, as OpenAPI", include_in_schema=False)
def openapi(request: Request, name: str) -> Response:
    found = document(name, request.app.state.faces)
    if found is None:
        raise HTTPException(404, f"there is no document {name!r}")
    return _json(found)


@router.get("/_mock/docs", name="A page to browse the published contracts", include_in_schema=False)
async def docs() -> Response:
    return Response(_DOCS.read_bytes(), media_type="text/html; charset=utf-8")


def _say_errors_in_one_line(api: FastAPI) -> None:
    async def refused(_: Request, error: Exception) -> Response:
        return _json({"error": str(error)}, 400)

    async def invalid(_: Request, error: Exception) -> Response:
        problems = error.errors() if isinstance(error, RequestValidationError) else []
        lines = [f"{'.'.join(map(str, each['loc'][1:])) or 'body'}: {each['msg']}" for each in problems]
        return _json({"error": "; ".join(lines)}, 422)

    async def failed(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return _json({"error": str(getattr(error, "detail", type(error).__name__))}, status)

    for kind in _REFUSALS:
        api.add_exception_handler(kind, refused)
    api.add_exception_handler(RequestValidationError, invalid)
    api.add_exception_handler(HTTPException, failed)


def _json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")


async def _body(request: Request) -> bytes:
    parts = bytearray()
    async for chunk in request.stream():
        parts += chunk
        if len(parts) > _LONGEST_SEED:
            raise HTTPException(413, "a seed has at most 64 MB")
    return bytes(parts)


def _shown_clock(site: Site) -> dict[str, Any]:
    reading = site.clock.reading
    return {
        "mode": reading.mode,
        "now": dates.iso_ticks(site.clock.ticks()),
        "offsetSeconds": reading.ticks / TICKS_PER_SECOND if reading.mode == "offset" else 0,
    }


def _shown_thresholds(site: Site) -> dict[str, Any]:
    return {"profile": site.thresholds.profile, "items": site.thresholds.report(site.clock.now())}


def _shown_sent(sent: Sent) -> dict[str, Any]:
    return {
        "number": sent.number,
        "at": dates.iso(sent.at),
        "kind": sent.kind,
        "why": sent.why,
        "to": sent.to,
        "subject": sent.subject,
        "contentType": sent.content_type,
        "body": sent.body,
        "status": sent.status,
        "error": sent.error,
    }


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
