"""Control calls: limits, and how much of them is used."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from mock_eloqua.control.call import Answer, Body, OfSite
from mock_eloqua.site import Site

router = APIRouter(tags=["thresholds"])


class CounterAnswer(Answer):
    """What one scope has used of the current window; `*` is the whole site."""

    scope: str
    used: int
    refused: int


class ThresholdAnswer(Answer):
    """One threshold, and its counters."""

    name: str
    limit: int
    window_seconds: int
    scope: str
    enforced: bool
    source: str
    sureness: str
    counters: list[CounterAnswer]


class ThresholdsAnswer(Answer):
    """Every threshold under the profile of the site."""

    profile: str
    items: list[ThresholdAnswer]


class ThresholdChange(Body):
    """`{"used": 1999}`, `{"limit": 10}`, `{"enforced": true}`."""

    limit: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    used: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    enforced: bool | None = None


@router.get("/_mock/thresholds", summary="Limits, counters, and which are enforced")
async def thresholds(site: OfSite) -> ThresholdsAnswer:
    return _shown(site)


@router.put("/_mock/thresholds/{name}", summary="Set a limit, whether it is enforced, or how much of it is used")
async def set_threshold(site: OfSite, name: str, wanted: ThresholdChange) -> ThresholdsAnswer:
    site.thresholds.change(name, site.clock.now(), **wanted.model_dump())
    return _shown(site)


def _shown(site: Site) -> ThresholdsAnswer:
    items: Any = site.thresholds.report(site.clock.now())
    return ThresholdsAnswer(profile=site.thresholds.profile, items=items)
