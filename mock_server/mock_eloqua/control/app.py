"""The control API under `/_mock`: its calls, a module for each subject, put together."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from mock_eloqua import __version__
from mock_eloqua.access.thresholds import BadThreshold
from mock_eloqua.clock import BadTime
from mock_eloqua.control import clock, documents, outgoing, requests, settings, site, syncs, thresholds
from mock_eloqua.control.call import as_json
from mock_eloqua.control.guard import Guard
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.releases import BadRelease
from mock_eloqua.settings import BadSetting
from mock_eloqua.site import BadOption
from mock_eloqua.sites import Sites
from mock_eloqua.store import StoreError
from mock_eloqua.web.application import App
from mock_eloqua.web.operation import Face

SUBJECTS = (site, clock, requests, outgoing, thresholds, syncs, settings, documents)
"""Modules whose `router` has the calls of one subject."""

_REFUSALS = (BadSeed, BadTime, BadThreshold, BadSetting, BadRelease, BadOption, StoreError)
"""Errors whose text goes to the caller as a 400."""


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
    for subject in SUBJECTS:
        api.include_router(subject.router)
    _say_errors_in_one_line(api)
    return Guard(api, token)


def _say_errors_in_one_line(api: FastAPI) -> None:
    async def refused(_: Request, error: Exception) -> Response:
        return as_json({"error": str(error)}, 400)

    async def invalid(_: Request, error: Exception) -> Response:
        problems = error.errors() if isinstance(error, RequestValidationError) else []
        lines = [f"{'.'.join(map(str, each['loc'][1:])) or 'body'}: {each['msg']}" for each in problems]
        return as_json({"error": "; ".join(lines)}, 422)

    async def failed(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return as_json({"error": str(getattr(error, "detail", type(error).__name__))}, status)

    for kind in _REFUSALS:
        api.add_exception_handler(kind, refused)
    api.add_exception_handler(RequestValidationError, invalid)
    api.add_exception_handler(HTTPException, failed)
