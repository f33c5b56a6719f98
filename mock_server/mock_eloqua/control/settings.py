"""Control calls: the switches of a site."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from mock_eloqua.control.call import OfSite
from mock_eloqua.settings import Settings

router = APIRouter(tags=["settings"])


@router.get("/_mock/settings", summary="Every switch")
async def settings(site: OfSite) -> Settings:
    return site.settings


@router.put("/_mock/settings", summary="Turn switches")
def set_settings(site: OfSite, wanted: dict[str, Any]) -> Settings:
    with site.changing():
        site.settings = site.settings.changed(wanted)
    return site.settings
