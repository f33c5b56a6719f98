"""What the control calls share: the site that a call is about, the JSON it takes and the JSON it answers."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import Depends, Header, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from mock_eloqua.site import Site
from mock_eloqua.sites import Sites


class Body(BaseModel):
    """A JSON object in which a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


def _named_site(request: Request, x_mock_site: Annotated[str | None, Header()] = None) -> Site:
    sites: Sites = request.app.state.sites
    site = sites.find(x_mock_site) if x_mock_site else sites.default
    if site is None:
        raise HTTPException(404, f"there is no site {x_mock_site!r}")
    return site


OfSite = Annotated[Site, Depends(_named_site)]
"""The site that the header `X-Mock-Site` names, else the default one."""


def as_json(value: Any, status: int = 200) -> Response:
    """The answer of a call."""
    return Response(orjson.dumps(value), status, media_type="application/json")
