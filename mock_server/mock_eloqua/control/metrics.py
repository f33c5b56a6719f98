"""Control call: what Prometheus scrapes, about all sites of the server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import Response

from mock_eloqua import __version__
from mock_eloqua.crm.transfer import syncs
from mock_eloqua.metrics import BOUNDS
from mock_eloqua.site import Site
from mock_eloqua.sites import Sites

if TYPE_CHECKING:
    from prometheus_client import Metric

router = APIRouter(include_in_schema=False)


@router.get("/_mock/metrics", summary="Calls, syncs and thresholds, for Prometheus")
def metrics(request: Request, accept: Annotated[str, Header()] = "") -> Response:
    from prometheus_client import CollectorRegistry  # 0.1 s [measured], and most servers are never asked
    from prometheus_client.exposition import choose_encoder

    registry = CollectorRegistry()
    registry.register(_OfSites(request.app.state.sites))
    encode, media_type = choose_encoder(accept)
    return Response(encode(registry), media_type=media_type)


class _OfSites:
    """Collects when it is asked: nothing is kept twice."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites

    def describe(self) -> Iterable[Metric]:
        """Nothing, or the registry would collect when this is registered."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """All of it."""
        sites = list(self._sites)
        yield from _servers(self._sites)
        yield from _calls(sites)
        yield _syncs(sites)
        yield from _thresholds(sites)


def _servers(sites: Sites) -> Iterator[Metric]:
    from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

    yield InfoMetricFamily("mock_eloqua", "The emulator", {"version": __version__, "store": sites.place.kind})
    about = GaugeMetricFamily("mock_eloqua_site", "A site, as 1", labels=["site", "release", "profile"])
    for site in sites:
        about.add_metric([site.name, site.release, site.thresholds.profile], 1)
    yield about


def _calls(sites: Iterable[Site]) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily

    answered = CounterMetricFamily("mock_eloqua_calls", "Calls answered", labels=["site", "face", "status"])
    took = HistogramMetricFamily(
        "mock_eloqua_call_duration_seconds", "How long calls took", labels=["site", "face"], unit="seconds"
    )
    for site in sites:
        for (face, status), count in dict(site.metrics.answers).items():
            answered.add_metric([site.name, face, str(status)], count)
        for face, times in dict(site.metrics.times).items():
            bounds = [*map(str, BOUNDS), "+Inf"]
            took.add_metric([site.name, face], list(zip(bounds, accumulate(times.within), strict=True)), times.seconds)
    yield answered
    yield took


def _syncs(sites: Iterable[Site]) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    found = GaugeMetricFamily("mock_eloqua_syncs", "Syncs of Bulk by how they stand", labels=["site", "status"])
    for site in sites:
        for status, count in syncs.by_status(site).items():
            found.add_metric([site.name, status], count)
    return found


def _thresholds(sites: Iterable[Site]) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    name, labels = "mock_eloqua_threshold", ["site", "threshold"]
    limits = GaugeMetricFamily(f"{name}_limit", "What a threshold allows", labels=labels)
    enforced = GaugeMetricFamily(f"{name}_enforced", "Is more than that refused?", labels=labels)
    used = GaugeMetricFamily(
        f"{name}_used", "How much of it is used, by whom (* is the site)", labels=[*labels, "scope"]
    )
    over = CounterMetricFamily(f"{name}_over", "How often a limit was passed that is not enforced", labels=labels)
    refused = CounterMetricFamily(f"{name}_refused", "How often a limit was enforced", labels=labels)
    for site in sites:
        for each in site.thresholds.report(site.clock.now()):
            of = [site.name, each["name"]]
            if each["limit"] is not None:
                limits.add_metric(of, each["limit"])
                enforced.add_metric(of, each["enforced"])
            for counter in each["counters"]:
                used.add_metric([*of, counter["scope"]], counter["used"])
        for each in site.thresholds.broken():
            over.add_metric([site.name, each["name"]], each["over"])
            refused.add_metric([site.name, each["name"]], each["refused"])
    yield from (limits, enforced, used, over, refused)
