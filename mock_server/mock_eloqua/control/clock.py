"""Control calls: the time of a site."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import AwareDatetime, Field

from mock_eloqua import dates
from mock_eloqua.clock import TICKS_PER_SECOND, Mode
from mock_eloqua.control.call import Answer, Body, OfSite
from mock_eloqua.crm import canvas_flow
from mock_eloqua.site import Site

router = APIRouter(tags=["clock"])


class Reading(Answer):
    """What a site's clock shows: ISO 8601 in UTC, in steps of 100 ns."""

    mode: Mode
    now: str
    offset_seconds: float
    factor: float
    """Seconds of the site in a second of real time; 0 while it is frozen."""


class ClockSetting(Body):
    """How it is to run.

    `{"mode": "frozen", "now": "2026-01-31T12:00:00Z"}`, `{"mode": "offset", "seconds": 60}`, `{"mode": "real"}`,
    `{"mode": "scaled", "factor": 60}`.
    """

    mode: Mode
    now: AwareDatetime | None = None
    seconds: Annotated[float, Field(allow_inf_nan=False)] = 0.0
    factor: Annotated[float, Field(allow_inf_nan=False)] = 1.0


class Advance(Body):
    """`{"seconds": 3600}`."""

    seconds: Annotated[float, Field(allow_inf_nan=False, ge=0, le=10**10)]


@router.get("/_mock/clock", summary="The site's time")
async def clock(site: OfSite) -> Reading:
    return _reading(site)


@router.put("/_mock/clock", summary="Freeze, offset, scale or release the site's time")
def set_clock(site: OfSite, wanted: ClockSetting) -> Reading:
    with site.changing():
        if wanted.mode == "frozen":
            site.clock.freeze(None if wanted.now is None else round(wanted.now.timestamp() * TICKS_PER_SECOND))
        elif wanted.mode == "offset":
            site.clock.offset(round(wanted.seconds * TICKS_PER_SECOND))
        elif wanted.mode == "scaled":
            site.clock.scale(wanted.factor)
        else:
            site.clock.run()
    return _reading(site)


@router.post("/_mock/clock/advance", summary="Move the site's time; what falls due runs")
def advance_clock(site: OfSite, wanted: Advance) -> Reading:
    site.advance(wanted.seconds)
    canvas_flow.catch_up(site)
    return _reading(site)


def _reading(site: Site) -> Reading:
    reading = site.clock.reading
    return Reading(
        mode=reading.mode,
        now=dates.iso_ticks(site.clock.ticks()),
        offset_seconds=reading.ticks / TICKS_PER_SECOND if reading.mode == "offset" else 0,
        factor=site.clock.factor,
    )
