"""Control calls: limits, how much of them is used, and what a run went over."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from mock_eloqua.access import gate
from mock_eloqua.control.call import Answer, Body, OfSite
from mock_eloqua.site import Site

router = APIRouter(tags=["thresholds"])


class CounterAnswer(Answer):
    """What one scope has used; `*` is the whole site."""

    scope: str
    window: int
    used: int
    """In the current window, at once, or the last time."""
    refused: int
    highest: int
    over: int


class Declared(Answer):
    """What a threshold is."""

    name: str
    number: str
    what: str
    limit: int | None
    unit: str
    effect: str
    past: str


class ThresholdAnswer(Declared):
    """One threshold, and its counters."""

    window_seconds: int | None
    scope: str
    enforced: bool
    watched: bool
    source: str
    sureness: str
    counters: list[CounterAnswer]


class ThresholdsAnswer(Answer):
    """Every threshold under the profile of the site."""

    profile: str
    items: list[ThresholdAnswer]


class BrokenAnswer(Declared):
    """A threshold that was reached, and how often: over a limit that was not enforced, and refused."""

    over: int
    refused: int
    highest: int
    where: dict[str, int]
    """Test to how often it was over there."""


class ReportAnswer(Answer):
    """What the runs of a server would have broken on a live POD, those before a reset too."""

    items: list[BrokenAnswer]


class ThresholdChange(Body):
    """`{"used": 1999}`, `{"limit": 10}`, `{"enforced": true}`."""

    limit: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    used: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    """By every user, or by the `scope` that is named."""
    enforced: bool | None = None
    scope: Annotated[str, Field(max_length=200)] | None = None


@router.get("/_mock/thresholds", summary="Limits, counters, and which are enforced")
def thresholds(site: OfSite) -> ThresholdsAnswer:
    return _shown(site)


@router.get("/_mock/thresholds/report", summary="What would have been broken on a live POD since the server started")
def thresholds_report(site: OfSite) -> ReportAnswer:
    found: Any = site.thresholds.broken()
    return ReportAnswer(items=found)


@router.put("/_mock/thresholds/{name}", summary="Set a limit, whether it is enforced, or how much of it is used")
def set_threshold(site: OfSite, name: str, wanted: ThresholdChange) -> ThresholdsAnswer:
    gate.change(site, name, **wanted.model_dump())
    return _shown(site)


def _shown(site: Site) -> ThresholdsAnswer:
    items: Any = site.thresholds.report(site.clock.now())
    return ThresholdsAnswer(profile=site.thresholds.profile, items=items)
