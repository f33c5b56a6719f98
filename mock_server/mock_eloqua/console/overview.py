"""The first page: what the site holds, what runs, how near its limits are, and its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, select
from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua import releases
from mock_eloqua.access.threshold import PROFILES
from mock_eloqua.clock import TICKS_PER_SECOND, BadTime
from mock_eloqua.console.visit import Visit, page
from mock_eloqua.crm import canvas_flow
from mock_eloqua.crm.seeds import SEEDS
from mock_eloqua.site import Site
from mock_eloqua.store import tables

NAME, PATH = "Overview", ""
_STEPS = (("1 minute", 60), ("1 hour", 3600), ("8 hours", 8 * 3600), ("1 day", 86400), ("7 days", 7 * 86400))
_RECORDS = (
    ("Contacts", tables.contact, "contacts"),
    ("Accounts", tables.account, "assets/account"),
    ("Custom object records", tables.custom_object_record, "assets/customObject"),
    ("Assets", tables.asset, "assets"),
    ("Activities", tables.activity, ""),
    ("Form submissions", tables.form_submission, ""),
    ("Bulk definitions", tables.definition, "bulk"),
    ("Syncs", tables.sync, "bulk"),
)
_MOST_METERS = 6


def overview(visit: Visit) -> Response:
    """The page; htmx asks for what moves alone."""
    site = visit.site
    report = site.thresholds.report(site.clock.now())
    context: dict[str, Any] = {
        "counts": [(name, _count(site, table), path) for name, table, path in _RECORDS],
        "now": site.clock.now(),
        "clock": site.clock.reading,
        "latest": list(site.requests)[-5:][::-1],
        "called": site.requests.total,
        "meters": _meters(report),
    }
    if visit.asks_for_part():
        return visit.show("overview_moving", **context)
    return visit.show(
        "overview",
        **context,
        steps=_STEPS,
        releases=list(reversed(releases.RELEASES)),
        profiles=dict.fromkeys((*PROFILES, site.thresholds.profile)),
        seeds=dict.fromkeys((*SEEDS, site.options.seed)),
        store=visit.sites.place.kind,
    )


def move_clock(visit: Visit) -> Response:
    """Forward by seconds, to a moment, or along with real time again."""
    site, wanted = visit.site, visit.form
    if wanted.get("run"):
        with site.changing():
            site.clock.run()
        return visit.go("", "The clock follows real time.")
    if wanted.get("at"):
        with site.changing():
            site.clock.freeze(_moment(wanted["at"]))
        return visit.go("", "The clock stands.")
    site.advance(_seconds(wanted.get("seconds", "")))
    canvas_flow.catch_up(site)
    return visit.go("", "The clock was moved; what fell due has run.")


def reset(visit: Visit) -> Response:
    """Back to a seed, with the release and profile that were chosen."""
    site, wanted = visit.site, visit.form
    known = dict.fromkeys((*SEEDS, site.options.seed))
    changes: dict[str, Any] = {name: wanted[name] for name in ("release", "profile", "seed") if wanted.get(name)}
    if changes.get("seed", site.options.seed) in known:  # no caller names a file of this machine
        site.reset(replace(site.options, **changes))
    return visit.go("", "The site is as new.")


def _count(site: Site, table: Table) -> int:
    with site.database.reading() as rows:
        return int(rows.execute(select(func.count()).select_from(table)).scalar_one())


def _meters(report: Any) -> list[dict[str, Any]]:
    """The limits that are used most, with how much of them is."""
    found = []
    for each in report:
        used = max((counter["used"] for counter in each["counters"]), default=0)
        if used and each["limit"]:
            found.append({**each, "used": used, "share": min(100, round(100 * used / each["limit"]))})
    return sorted(found, key=lambda each: -each["share"])[:_MOST_METERS]


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadTime(f"{text!r} is no number of seconds") from None


def _moment(text: str) -> int:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadTime(f"{text!r} is no date and time") from None
    passed = found.replace(tzinfo=found.tzinfo or UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return passed // timedelta(microseconds=1) * (TICKS_PER_SECOND // 1_000_000)


ROUTES = (
    Route("/", page(overview)),
    Route("/clock", page(move_clock), methods=["POST"]),
    Route("/reset", page(reset), methods=["POST"]),
)
