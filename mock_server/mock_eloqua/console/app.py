"""The pages put together, a module for each section."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from mock_eloqua.console import (
    assets,
    bulk,
    contacts,
    faults,
    groups,
    oauth,
    overview,
    requests,
    settings,
    sign_in,
    snapshots,
    thresholds,
    users,
)
from mock_eloqua.console.visit import ROOT
from mock_eloqua.site import Site
from mock_eloqua.sites import Sites
from mock_eloqua.web.operation import Face

SECTIONS = (
    overview,
    requests,
    contacts,
    assets,
    bulk,
    users,
    groups,
    oauth,
    thresholds,
    faults,
    settings,
    snapshots,
)
"""Modules with the pages of a section: `NAME`, `PATH` of the first below the site, and `ROUTES`."""

_STATIC = {
    "console.css": "text/css",
    "console.js": "text/javascript",
    "favicon.svg": "image/svg+xml",
    "htmx.min.js": "text/javascript",
}


def app(
    sites: Sites, faces: Callable[[str], Face], recover: Callable[[Site], None], token: str | None = None
) -> Starlette:
    """The console over *sites*.

    Args:
        sites: the sites of the server.
        faces: gives a face by its name.
        recover: goes on with what was under way in a state that is brought back.
        token: what callers have to know, if anything.
    """
    made = Starlette(
        routes=[
            Route("/", _home),
            Route("/static/{name}", _static),
            *sign_in.ROUTES,
            *(
                Route(f"/{{site}}{route.path}".rstrip("/") or "/", route.endpoint, methods=route.methods)
                for section in SECTIONS
                for route in section.ROUTES
            ),
        ],
        exception_handlers={HTTPException: _refused},
    )
    made.state.sites, made.state.faces, made.state.recover = sites, faces, recover
    made.state.token = token
    made.state.navigation = [(section.PATH, section.NAME) for section in SECTIONS]
    return made


async def _home(request: Request) -> Response:
    sites: Sites = request.app.state.sites
    return RedirectResponse(f"{ROOT}/{sites.default.name}")


async def _static(request: Request) -> Response:
    kind = _STATIC.get(request.path_params["name"])
    if kind is None:
        raise HTTPException(404)
    content = files(__package__).joinpath("static", request.path_params["name"]).read_bytes()
    return Response(content, media_type=f"{kind}; charset=utf-8", headers={"Cache-Control": "max-age=3600"})


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  for the type checker
    return PlainTextResponse(error.detail, error.status_code)
