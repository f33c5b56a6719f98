"""Control calls: limits, and how much of them is used."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from mock_eloqua.control.call import Body, OfSite, as_json
from mock_eloqua.site import Site

router = APIRouter()


class ThresholdChange(Body):
    """`{"used": 1999}`, `{"limit": 10}`, `{"enforced": true}`."""

    limit: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    used: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    enforced: bool | None = None


@router.get("/_mock/thresholds", name="Limits, counters, and which are enforced")
async def thresholds(site: OfSite) -> Response:
    return as_json(_shown_thresholds(site))


@router.put("/_mock/thresholds/{name}", name="Set a limit, whether it is enforced, or how much of it is used")
async def set_threshold(site: OfSite, name: str, wanted: ThresholdChange) -> Response:
    site.thresholds.change(name, site.clock.now(), **wanted.model_dump())
    return as_json(_shown_thresholds(site))


def _shown_thresholds(site: Site) -> dict[str, Any]:
    return {"profile": site.thresholds.profile, "items": site.thresholds.report(site.clock.now())}
