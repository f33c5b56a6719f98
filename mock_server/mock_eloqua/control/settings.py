"""Control calls: the switches of a site."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from mock_eloqua.control.call import OfSite, as_json

router = APIRouter()


@router.get("/_mock/settings", name="Every switch")
async def settings(site: OfSite) -> Response:
    return as_json(asdict(site.settings))


@router.put("/_mock/settings", name="Turn switches")
async def set_settings(site: OfSite, wanted: dict[str, Any]) -> Response:
    site.settings = site.settings.changed(wanted)
    site.time_moved()  # a sync that was held may go on
    return as_json(asdict(site.settings))
