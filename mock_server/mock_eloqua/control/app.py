"""The control API under `/_mock`: its calls, a module for each subject, put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from mock_eloqua import __version__
from mock_eloqua.control import (
    clock,
    contacts,
    documents,
    faults,
    groups,
    metrics,
    oauth,
    outages,
    outgoing,
    problems,
    releases,
    requests,
    settings,
    site,
    sites,
    snapshots,
    syncs,
    thresholds,
    users,
)
from mock_eloqua.control.call import Problem, only_known_parameters
from mock_eloqua.control.guard import Guard
from mock_eloqua.control.refusals import REFUSALS
from mock_eloqua.site import Site
from mock_eloqua.sites import Sites
from mock_eloqua.snapshots import NoSnapshot
from mock_eloqua.web.application import App
from mock_eloqua.web.operation import Face

SUBJECTS = (
    site,
    sites,
    clock,
    requests,
    problems,
    outgoing,
    users,
    oauth,
    thresholds,
    releases,
    groups,
    syncs,
    faults,
    outages,
    settings,
    snapshots,
    contacts,
    metrics,
    documents,
)
"""Modules whose `router` has the calls of one subject."""

RESPONSES: dict[int | str, dict[str, Any]] = {"4XX": {"model": Problem}}
"""What every call may answer besides."""


def app(
    sites: Sites,
    faces: Callable[[str], Face],
    recover: Callable[[Site], None],
    contact: Callable[[Site, str], dict[str, Any] | None],
    console: App,
    token: str | None = None,
) -> App:
    """The control API over *sites*.

    Args:
        sites: the sites of the server.
        faces: gives a face by its name, for its contract.
        recover: goes on with what was under way in a state that is brought back.
        contact: the contact of an address, as REST shows it.
        console: the pages under `/_mock/ui`.
        token: what callers have to send, if anything.
    """
    api = FastAPI(
        title="Mock Eloqua: control",
        version=__version__,
        openapi_url="/_mock/openapi/control.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(only_known_parameters)],
        responses=RESPONSES,
        generate_unique_id_function=_name_of_function,
    )
    api.state.sites, api.state.faces, api.state.recover, api.state.contact = sites, faces, recover, contact
    for subject in SUBJECTS:
        api.include_router(subject.router)
    api.mount("/_mock/ui", console)
    _say_errors_in_one_line(api)
    return Guard(api, token)


def _name_of_function(route: APIRoute) -> str:
    """What a generated client calls the call: `set_clock`."""
    return str(route.endpoint.__name__)


def _say_errors_in_one_line(api: FastAPI) -> None:
    async def refused(_: Request, error: Exception) -> Response:
        return _problem(400, str(error))

    async def missing(_: Request, error: Exception) -> Response:
        return _problem(404, str(error))

    async def invalid(_: Request, error: Exception) -> Response:
        problems = error.errors() if isinstance(error, RequestValidationError) else []
        return _problem(400, "; ".join(map(_line, problems)))

    async def gone(_: Request, __: Exception) -> Response:
        return Response(status_code=400)  # nobody reads it: the caller hung up in the middle of a body

    async def failed(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return _problem(status, str(getattr(error, "detail", type(error).__name__)))

    for kind in REFUSALS:
        api.add_exception_handler(kind, refused)
    api.add_exception_handler(NoSnapshot, missing)
    api.add_exception_handler(RequestValidationError, invalid)
    api.add_exception_handler(HTTPException, failed)
    api.add_exception_handler(ClientDisconnect, gone)


def _line(problem: Mapping[str, Any]) -> str:
    where = ".".join(map(str, problem["loc"][1:]))
    if problem["type"] == "value_error":  # a sentence of ours
        return ": ".join(filter(None, [where, problem["msg"].removeprefix("Value error, ")]))
    return f"{where or 'body'}: {problem['msg']}"


def _problem(status: int, text: str) -> Response:
    return JSONResponse({"error": text}, status)
