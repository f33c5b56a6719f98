"""Control calls: the sites of the server."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException

from mock_eloqua.control.call import Answer, Body, Done, check_seed, find_site
from mock_eloqua.site import Site
from mock_eloqua.sites import Sites

router = APIRouter(tags=["sites"])


class NewSite(Body):
    """`{"name": "OtherCo", "seed": "demo", "profile": "strict", "release": "20D"}`; the name is enough."""

    name: str
    seed: str | None = None
    profile: str | None = None
    release: str | None = None


class SiteAnswer(Answer):
    """A site: its users sign in with `name` before the backslash."""

    name: str
    id: int
    profile: str
    release: str


class SitesAnswer(Answer):
    """Every site of the server."""

    items: list[SiteAnswer]


@router.get("/_mock/sites", summary="The sites of the server")
def sites(request: Request) -> SitesAnswer:
    return SitesAnswer(items=[_shown(each) for each in _sites(request)])


@router.post("/_mock/sites", summary="Make one more site, which has nothing in common with the others")
def add_site(request: Request, wanted: NewSite) -> SiteAnswer:
    there = _sites(request)
    if (found := there.find(wanted.name)) is not None:
        raise HTTPException(409, f"there is a site {found.name} already; reset it")
    changes = wanted.model_dump(exclude_none=True, exclude={"name"})
    check_seed(changes.get("seed"), there.options)
    return _shown(there.add(wanted.name, replace(there.options, **changes)))


@router.delete("/_mock/sites/{name}", summary="Remove a site with all that it holds")
def remove_site(request: Request, name: str) -> Done:
    there = _sites(request)
    there.remove(find_site(there, name))
    return Done()


def _sites(request: Request) -> Sites:
    found: Sites = request.app.state.sites
    return found


def _shown(site: Site) -> SiteAnswer:
    return SiteAnswer(name=site.name, id=site.id, profile=site.thresholds.profile, release=site.release)
