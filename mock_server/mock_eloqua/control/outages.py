"""Control calls: planned outages, and the POD that a site is on."""

from __future__ import annotations

from fastapi import APIRouter

from mock_eloqua import pods
from mock_eloqua.control.call import Answer, Body, OfSite
from mock_eloqua.site import Site
from mock_eloqua.trouble import Maintenance, Syncs

router = APIRouter(tags=["trouble"])


class MaintenanceSetting(Body):
    """`{"on": true, "login": false, "syncs": "fail"}`."""

    on: bool
    login: bool = False
    syncs: Syncs = "go on"


class MaintenanceAnswer(Answer):
    """Do PODs answer 503, the login host too, and what becomes of syncs?"""

    on: bool
    login: bool
    syncs: Syncs


class Move(Body):
    """`{"to": "p06"}`."""

    to: str


class PodAnswer(Answer):
    """The POD that a site is on, where a call without one leads, and which there are."""

    pod: str
    plain: str
    pods: list[str]


@router.get("/_mock/maintenance", summary="Is there a planned outage?")
async def maintenance(site: OfSite) -> MaintenanceAnswer:
    return _outage(site)


@router.post("/_mock/maintenance", summary="Begin a planned outage, or end it")
def set_maintenance(site: OfSite, wanted: MaintenanceSetting) -> MaintenanceAnswer:
    with site.changing():
        site.trouble.maintain(Maintenance(wanted.login, wanted.syncs) if wanted.on else None)
    return _outage(site)


@router.get("/_mock/pod", summary="The POD that a site is on")
async def pod(site: OfSite) -> PodAnswer:
    return _pod(site)


@router.post("/_mock/pod/move", summary="Move a site to another POD; the old one answers 401 from now on")
def move_pod(site: OfSite, wanted: Move) -> PodAnswer:
    site.move(wanted.to)
    return _pod(site)


def _outage(site: Site) -> MaintenanceAnswer:
    here = site.trouble.maintenance or Maintenance()
    return MaintenanceAnswer(on=site.trouble.maintenance is not None, login=here.login, syncs=here.syncs)


def _pod(site: Site) -> PodAnswer:
    return PodAnswer(pod=site.pod, plain=pods.HOME, pods=list(pods.PODS))
