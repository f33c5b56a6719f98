"""Trouble: faults that strike calls, planned outages, and moves to another POD."""

from __future__ import annotations

from typing import Any, get_args

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua import pods
from mock_eloqua.console.visit import Declined, Visit, page, real_number, whole_number
from mock_eloqua.trouble import FACES, METHODS, Drop, Maintenance, Syncs

NAME, PATH = "Faults", "faults"
_TEXTS = ("face", "method", "path", "user", "body", "content_type", "drop")
_WHOLE = ("after", "times", "seed", "status", "cut_after")
_NUMBERS = ("probability", "delay_seconds")


def faults(visit: Visit) -> Response:
    """The faults, with their hits, live; the outage; the POD."""
    if visit.asks_for_part():
        return visit.show("faults_table", faults=list(visit.site.trouble))
    return visit.show(
        "faults",
        faults=list(visit.site.trouble),
        faces=FACES,
        methods=METHODS,
        drops=get_args(Drop),
        syncs=get_args(Syncs),
        outage=visit.site.trouble.maintenance,
        pods=list(pods.PODS),
    )


def add(visit: Visit) -> Response:
    """Put one in."""
    typed = {name: text for name, text in visit.form.items() if text.strip()}
    described: dict[str, Any] = {name: typed[name] for name in _TEXTS if name in typed}
    described |= {name: whole_number(name, typed[name]) for name in _WHOLE if name in typed}
    described |= {name: real_number(name, typed[name]) for name in _NUMBERS if name in typed}
    with visit.site.changing():
        made = visit.site.trouble.add(**described)
    return visit.go("faults", f"Fault {made.number} is in.")


def remove(visit: Visit) -> Response:
    """Take one out."""
    key = visit.request.path_params["number"]
    with visit.site.changing():
        was_there = visit.site.trouble.remove(key)
    if not was_there:
        raise HTTPException(404, "There is no such fault.")
    return visit.go("faults", f"Fault {key} is out.")


def remove_all(visit: Visit) -> Response:
    """Take all out."""
    with visit.site.changing():
        visit.site.trouble.remove()
    return visit.go("faults", "There are no faults any more.")


def maintain(visit: Visit) -> Response:
    """Begin a planned outage, or end it."""
    word = visit.form.get("syncs", "go on")
    if word not in get_args(Syncs):
        raise Declined(f"name {', '.join(get_args(Syncs))}, not {word!r}")
    begins = visit.form.get("on") == "true"
    wanted = Maintenance(bool(visit.form.get("login")), word) if begins else None  # type: ignore[arg-type]
    with visit.site.changing():
        visit.site.trouble.maintain(wanted)
    return visit.go("faults", "The outage has begun." if begins else "The outage is over.")


def move(visit: Visit) -> Response:
    """To another POD."""
    visit.site.move(visit.form.get("to", ""))
    return visit.go("faults", f"The site is on {visit.site.pod}.")


ROUTES = (
    Route("/faults", page(faults)),
    Route("/faults", page(add), methods=["POST"]),
    Route("/faults/none", page(remove_all), methods=["POST"]),
    Route("/faults/outage", page(maintain), methods=["POST"]),
    Route("/faults/pod", page(move), methods=["POST"]),
    Route("/faults/{number:int}/out", page(remove), methods=["POST"]),
)
