"""The request log, live, and a page for each exchange."""

from __future__ import annotations

import shlex
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua.console.visit import Visit, page
from mock_eloqua.requests import FACES, Entry

NAME, PATH = "Requests", "requests"
_SHOWN = 200
_FILTERS = ("face", "method", "path", "user", "status")


def requests(visit: Visit) -> Response:
    """The latest calls, newest first, those that the filters want; htmx asks for the rows alone."""
    wanted = {name: visit.query.get(name, "").strip() for name in _FILTERS}
    context: dict[str, Any] = {
        "found": _found(visit, wanted)[-_SHOWN:][::-1],
        "wanted": wanted,
        "total": visit.site.requests.total,
        "faces": FACES,
        "query": str(visit.request.query_params),
    }
    return visit.show("requests_rows" if visit.asks_for_part() else "requests", **context)


def exchange(visit: Visit) -> Response:
    """One call: request, answer, what was decided, and how to make it again."""
    number = visit.request.path_params["number"]
    found = visit.site.requests.get(int(number)) if number.isdecimal() else None
    if found is None:
        raise HTTPException(404, f"There is no call {number}, or it is forgotten.")
    return visit.show("exchange", entry=found, curl=_as_curl(found))


def forget(visit: Visit) -> Response:
    """Clear the log."""
    visit.site.requests.clear()
    return visit.go("requests", "The log is empty.")


def _found(visit: Visit, wanted: dict[str, Any]) -> list[Entry]:
    asked = {name: text for name, text in wanted.items() if text}
    if "path" in asked and "*" not in asked["path"]:
        asked["path"] = f"*{asked['path']}*"
    return visit.site.requests.find(**asked)


def _as_curl(entry: Entry) -> str:
    """A command that makes the call again; credentials have to be put in."""
    url = entry.base_url + entry.path + (f"?{entry.query}" if entry.query else "")
    parts = ["curl", "-i", "-X", entry.method, shlex.quote(url)]
    if entry.user:
        parts += ["-u", shlex.quote(f"{entry.user}:PASSWORD")]
    for name, value in entry.headers:
        if name.lower() in {"content-type", "accept", "soapaction"}:
            parts += ["-H", shlex.quote(f"{name}: {value}")]
    if entry.body:
        parts += ["--data-binary", shlex.quote(entry.body.decode("utf-8", "replace"))]
    return " ".join(parts)


ROUTES = (
    Route("/requests", page(requests)),
    Route("/requests/forget", page(forget), methods=["POST"]),
    Route("/requests/{number}", page(exchange)),
)
