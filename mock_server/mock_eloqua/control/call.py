"""What the control calls share: the site that a call is about, and the forms of what is taken and answered."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import Depends, Header, Request
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException

from mock_eloqua.crm.seeds import LOAD, SEEDS, BadSeed
from mock_eloqua.mistyped import instead, unknown
from mock_eloqua.site import Options, Site
from mock_eloqua.sites import Sites


class Body(BaseModel):
    """A JSON object that a call takes, in which a name that is not known is an error."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _only_known_names(cls, given: Any) -> Any:
        known = [each.alias or name for name, each in cls.model_fields.items()]
        for name in given if isinstance(given, dict) else ():
            if name not in known:
                raise ValueError(f"there is no {name!r}; {instead(name, known)}")
        return given


class Answer(BaseModel):
    """A JSON object that a call answers: `offset_seconds` is `offsetSeconds` on the wire."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Done(Answer):
    """It is done, and there is nothing to tell."""

    status: str = "ok"


class Problem(Answer):
    """Why a call is refused, in one line."""

    error: str


def _named_site(request: Request, x_mock_site: Annotated[str | None, Header()] = None) -> Site:
    sites: Sites = request.app.state.sites
    return find_site(sites, unquote(x_mock_site)) if x_mock_site else sites.default


def find_site(sites: Sites, name: str) -> Site:
    """The site of that name, else 404 with those that there are."""
    site = sites.find(name)
    if site is None:
        raise HTTPException(404, unknown("site", name, [each.name for each in sites]))
    return site


def check_seed(seed: str | None, options: Options) -> None:
    """Refuse a seed that the server does not know: no caller names a file of this machine."""
    known = dict.fromkeys((*SEEDS, options.seed))
    if seed is not None and seed not in known and not seed.startswith(LOAD):
        raise BadSeed(f"there is no seed {seed!r}; name {', '.join(known)} or load:100000")


OfSite = Annotated[Site, Depends(_named_site)]
"""The site that the header `X-Mock-Site` names, else the default one."""


def only_known_parameters(request: Request) -> None:
    """Refuse a query parameter that the call does not have."""
    known = _parameters(request.scope["route"].dependant)
    for name in request.query_params:
        if name not in known:
            raise HTTPException(400, unknown("parameter", name, known))


def _parameters(dependant: Dependant) -> list[str]:
    own = [each.alias for each in dependant.query_params]
    return own + [name for each in dependant.dependencies for name in _parameters(each)]
