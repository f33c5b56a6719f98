"""Control calls: the time of a site."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import AwareDatetime, Field

from mock_eloqua import dates
from mock_eloqua.clock import TICKS_PER_SECOND
from mock_eloqua.control.call import Body, OfSite, as_json
from mock_eloqua.crm import canvas_flow
from mock_eloqua.site import Site

router = APIRouter()


class ClockSetting(Body):
    """`{"mode": "frozen", "now": "2026-01-31T12:00:00Z"}`, `{"mode": "offset", "seconds": 60}`, `{"mode": "real"}`."""

    mode: Literal["real", "frozen", "offset"]
    now: AwareDatetime | None = None
    seconds: Annotated[float, Field(allow_inf_nan=False)] = 0.0


class Advance(Body):
    """`{"seconds": 3600}`."""

    seconds: Annotated[float, Field(allow_inf_nan=False, ge=0, le=10**10)]


@router.get("/_mock/clock", name="The site's time")
async def clock(site: OfSite) -> Response:
    return as_json(_shown_clock(site))


@router.put("/_mock/clock", name="Freeze, offset or release the site's time")
async def set_clock(site: OfSite, wanted: ClockSetting) -> Response:
    if wanted.mode == "frozen":
        site.clock.freeze(None if wanted.now is None else round(wanted.now.timestamp() * TICKS_PER_SECOND))
    elif wanted.mode == "offset":
        site.clock.offset(round(wanted.seconds * TICKS_PER_SECOND))
    else:
        site.clock.run()
    site.time_moved()
    return as_json(_shown_clock(site))


@router.post("/_mock/clock/advance", name="Move the site's time; what falls due runs")
def advance(site: OfSite, wanted: Advance) -> Response:
    site.advance(wanted.seconds)
    canvas_flow.catch_up(site)
    return as_json(_shown_clock(site))


def _shown_clock(site: Site) -> dict[str, Any]:
    reading = site.clock.reading
    return {
        "mode": reading.mode,
        "now": dates.iso_ticks(site.clock.ticks()),
        "offsetSeconds": reading.ticks / TICKS_PER_SECOND if reading.mode == "offset" else 0,
    }
