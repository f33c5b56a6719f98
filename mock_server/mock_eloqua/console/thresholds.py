"""Thresholds: limits, how much of them is used, which are enforced, and what a live POD would have refused."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua.access import gate
from mock_eloqua.console.visit import Visit, page, whole_number

NAME, PATH = "Thresholds", "thresholds"


def thresholds(visit: Visit) -> Response:
    """All of them, live, the most used first."""
    found = _report(visit)
    context: dict[str, Any] = {
        "found": sorted((each for each in found if each["watched"]), key=lambda each: -each["share"]),
        "unwatched": [each for each in found if not each["watched"]],
    }
    if visit.asks_for_part():
        return visit.show("thresholds_table", **context)
    return visit.show("thresholds", **context, broken=len(visit.site.thresholds.broken()))


def one(visit: Visit) -> Response:
    """One, with a counter for each who has used it."""
    name = visit.request.path_params["name"]
    found = next((each for each in _report(visit) if each["name"] == name), None)
    if found is None:
        raise HTTPException(404, "There is no such threshold.")
    return visit.show("threshold", found=found)


def change(visit: Visit) -> Response:
    """Set the limit, how much is used, and whether more is refused."""
    name, typed = visit.request.path_params["name"], visit.form
    changes: dict[str, Any] = {
        each: whole_number(each, typed[each]) for each in ("limit", "used") if typed.get(each, "").strip()
    }
    gate.change(visit.site, name, scope=typed.get("scope") or None, enforced=typed.get("enforced") == "true", **changes)
    return visit.go(f"thresholds/{name}", "The threshold is changed.")


def report(visit: Visit) -> Response:
    """What went over a limit since the server started, whatever was reset."""
    return visit.show("thresholds_report", found=visit.site.thresholds.broken())


def _report(visit: Visit) -> list[dict[str, Any]]:
    """The thresholds, each with the most that somebody has used of it, in percent too."""
    return [_used(each) for each in visit.site.thresholds.report(visit.site.clock.now())]


def _used(each: dict[str, Any]) -> dict[str, Any]:
    used = max((counter["used"] for counter in each["counters"]), default=0)
    return {**each, "used": used, "share": min(100, round(100 * used / each["limit"])) if each["limit"] else 0}


ROUTES = (
    Route("/thresholds", page(thresholds)),
    Route("/thresholds/report", page(report)),
    Route("/thresholds/{name}", page(one)),
    Route("/thresholds/{name}", page(change), methods=["POST"]),
)
