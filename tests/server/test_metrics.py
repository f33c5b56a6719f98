"""`GET /_mock/metrics`, read by Prometheus' own parsers (issue 9, 8)."""

from __future__ import annotations

import re

import pytest
import yaml
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families
from tests.pages.blocks import ROOT, blocks

from mock_eloqua.metrics import BOUNDS, Metrics

pytestmark = pytest.mark.one_process
ENDINGS = {"counter": "_total", "info": "_info"}
PAGE = ROOT / "docs/observability.md"


@pytest.fixture
def scraped(control, eloqua):
    """The samples: (name, labels but the site) to value, of the site of the test."""

    def scrape():
        answer = control.get("/metrics")
        assert answer.headers["content-type"].startswith("text/plain")
        found = {}
        for family in text_string_to_metric_families(answer.text):
            for sample in family.samples:
                labels = dict(sample.labels)
                if labels.pop("site", eloqua.name) == eloqua.name:
                    found[sample.name, tuple(sorted(labels.values()))] = sample.value
        return found

    return scrape


def test_calls_are_counted_by_face_and_status(scraped, rest, http):
    """Whatever they were answered; control calls are none."""
    before = scraped()
    rest.get("/data/contacts")
    rest.get("/data/contact/1")
    rest.get("/data/contact/2")
    http.get("/nowhere")
    after = scraped()

    def more(name, *labels):
        return after.get((name, labels), 0) - before.get((name, labels), 0)

    assert more("mock_eloqua_calls_total", "200", "rest") == 1
    assert more("mock_eloqua_calls_total", "404", "rest") == 2
    assert more("mock_eloqua_calls_total", "404", "none") == 1
    assert more("mock_eloqua_call_duration_seconds_count", "rest") == 3
    assert more("mock_eloqua_call_duration_seconds_bucket", "+Inf", "rest") == 3
    assert 0 < more("mock_eloqua_call_duration_seconds_sum", "rest") < 60


def test_a_reset_takes_nothing_back(scraped, rest, eloqua):
    """A counter that falls would be a restart to Prometheus."""
    rest.get("/data/contacts")
    before = scraped()["mock_eloqua_calls_total", ("200", "rest")]
    eloqua.reset()

    assert scraped()["mock_eloqua_calls_total", ("200", "rest")] == before


def test_times_are_in_the_bucket_that_they_fit_into():
    """Each counts those that were no slower."""
    metrics = Metrics()
    for seconds in (0.0005, 0.001, 0.0011, 9.9, 10.1, 500.0):
        metrics.count("rest", 200, seconds)
    within = metrics.times["rest"].within

    assert [within[BOUNDS.index(0.001)], within[BOUNDS.index(0.0025)], within[BOUNDS.index(10.0)], within[-1]] == [
        2,
        1,
        1,
        2,
    ]
    assert sum(within) == 6


def test_syncs_are_there_by_status(scraped, http, eloqua):
    """As Bulk names them."""
    eloqua.set(sync_timing="manual")
    definition = {"name": "All", "fields": {"A": "{{Contact.Field(C_EmailAddress)}}"}}
    made = http.post("/API/Bulk/2.0/contacts/exports", json=definition).json()
    http.post("/API/Bulk/2.0/syncs", json={"syncedInstanceURI": made["uri"]})

    assert scraped()["mock_eloqua_syncs", ("pending",)] == 1


def test_thresholds_show_limit_use_and_refusals(scraped, rest, eloqua):
    """For an alert before a live POD has one."""
    before = scraped().get(("mock_eloqua_threshold_refused_total", ("rest-pace",)), 0)
    eloqua.threshold("rest-pace", limit=2, enforced=True)
    eloqua.clock.freeze()
    assert [rest.get("/data/contacts").status_code for _ in range(4)] == [200, 200, 429, 429]
    found = scraped()

    assert found["mock_eloqua_threshold_limit", ("rest-pace",)] == 2
    assert found["mock_eloqua_threshold_enforced", ("rest-pace",)] == 1
    assert found["mock_eloqua_threshold_refused_total", ("rest-pace",)] == before + 2
    (used,) = [
        value
        for (name, labels), value in found.items()
        if name == "mock_eloqua_threshold_used" and "rest-pace" in labels
    ]
    assert used == 2


def test_the_site_says_what_it_is(scraped, eloqua):
    """Release and profile as labels."""
    eloqua.behave("20D")

    assert ("mock_eloqua_site", ("20D", "documented")) in scraped()


def test_it_speaks_openmetrics_too(control, rest):
    """Where the caller asks for it, as Prometheus does."""
    rest.get("/data/contacts")
    answer = control("GET", "/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    names = {each.name for each in openmetrics.text_string_to_metric_families(answer.text)}

    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert {"mock_eloqua_calls", "mock_eloqua_call_duration_seconds", "mock_eloqua_threshold_used"} <= names


def test_the_page_lists_every_metric(control, rest, eloqua):
    """And no other; labels too."""
    rest.get("/data/contacts")
    eloqua.threshold("rest-pace", limit=0, enforced=True)
    rest.get("/data/contacts")
    text = control("GET", "/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"}).text
    served = {}
    for family in openmetrics.text_string_to_metric_families(text):
        name = family.name + ENDINGS.get(family.type, "")
        served[name] = {label for each in family.samples for label in each.labels} - {"le"}
    rows = re.findall(r"^\| `(mock_eloqua\w+)` \| (.*?) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    listed = {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in rows}

    assert served.keys() == listed.keys()
    assert [name for name, labels in served.items() if labels and labels != listed[name]] == []


def test_the_configuration_on_the_page_names_the_path(http):
    """As Prometheus reads it."""
    (block,) = blocks("docs/observability.md", "yaml")
    (job,) = yaml.safe_load(block.text)["scrape_configs"]

    assert http.get(job["metrics_path"]).text.startswith("# HELP mock_eloqua")
    assert job["static_configs"] == [{"targets": ["127.0.0.1:8080"]}]
