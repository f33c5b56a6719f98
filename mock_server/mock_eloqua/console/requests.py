"""The request log, live, and a page for each exchange."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua.access import users
from mock_eloqua.console.visit import Visit, page
from mock_eloqua.control import har
from mock_eloqua.control.openapi import DOCUMENTS
from mock_eloqua.requests import FACES, Entry
from mock_eloqua.web.operation import Face, Inner

NAME, PATH = "Requests", "requests"
_SHOWN = 200
_IN_ARCHIVE = 1000
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
    inner = _inner(visit, found)
    return visit.show(
        "exchange",
        entry=found,
        curl=_as_curl(found),
        operation=inner or found.operation,
        document=None if visit.is_behind_token else _document(found),
        verdicts=_verdicts(visit, found, inner),
        limits=_limits(visit, found),
    )


def archive(visit: Visit) -> Response:
    """The log as HAR 1.2."""
    content = orjson.dumps(har.archive(list(visit.site.requests)[-_IN_ARCHIVE:]))
    name = f"{visit.site.name} requests.har"
    return Response(
        content, media_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def forget(visit: Visit) -> Response:
    """Clear the log."""
    visit.site.requests.clear()
    return visit.go("requests", "The log is empty.")


def _inner(visit: Visit, entry: Entry) -> Inner | None:
    """The operation of SOAP that the header names; the path leads to its service only."""
    action = dict(entry.headers).get("soapaction", "").strip('"').rpartition("/")[2]
    if entry.face != "soap" or not action:
        return None
    faces: Callable[[str], Face] = visit.request.app.state.faces
    return next((each for each in faces("soap").inner if each.path.rpartition(".")[2] == action), None)


def _document(entry: Entry) -> str | None:
    """The published contract that has the operation, as its page calls it."""
    path = entry.operation.path if entry.operation else ""
    return next((name for name, (_, begins) in DOCUMENTS.items() if path.startswith(begins)), None)


def _verdicts(visit: Visit, entry: Entry, inner: Inner | None) -> list[tuple[str, str]]:
    """What was asked on the way, and the answers."""
    asked = [("Who is it?", entry.user or "nobody is known")]
    if needs := inner.permissions if inner else entry.operation.permissions if entry.operation else ():
        user = users.everyone(visit.site).get((entry.user or "").lower())
        held = user.permissions if user else frozenset[str]()
        asked.append(("May they?", ", ".join(f"{each}: {'held' if each in held else 'not held'}" for each in needs)))
    if entry.fault:
        asked.append(("Is there trouble?", entry.fault))
    asked.append(("Is it refused?", entry.reason or "no"))
    return asked


def _limits(visit: Visit, entry: Entry) -> list[tuple[str, str, int, int | None]]:
    """The thresholds that the call met: name, what they said, how much is used by now, and the limit."""
    if entry.met is None:
        return []
    met = dict.fromkeys(entry.met.counted, "counted")
    met |= dict.fromkeys(entry.met.over, "over, which is not enforced")
    met |= dict.fromkeys(entry.met.refused, "refused")
    known = {each["name"]: each for each in visit.site.thresholds.report(visit.site.clock.now())} if met else {}
    return [
        (name, said, max((each["used"] for each in known[name]["counters"]), default=0), known[name]["limit"])
        for name, said in met.items()
    ]


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
    Route("/requests/har", page(archive)),
    Route("/requests/forget", page(forget), methods=["POST"]),
    Route("/requests/{number}", page(exchange)),
)
