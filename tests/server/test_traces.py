"""`serve --traces`: OpenTelemetry's own instrumentation (issue 9, 8)."""

from __future__ import annotations

import asyncio
import sys
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue

import httpx2
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.serving import SIGNED_IN, serving

import mock_eloqua
from mock_eloqua.traces import NoTraces, tracing

TRACE = "0af7651916cd43dd8448eb211c80319c"
CALLER = f"00-{TRACE}-b7ad6b7169203331-01"


def spans(*calls):
    """What becomes of calls as api.user: path and headers."""
    kept = InMemorySpanExporter()

    async def call(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://any.test", verify=False) as client:
            for path, headers in calls:
                await client.get(path, headers=SIGNED_IN | headers)

    app = mock_eloqua.asgi_app()
    with closing(app.sites), tracing(app, kept) as traced:
        asyncio.run(call(traced))
        found = app.sites.default.requests.find()
    return kept.get_finished_spans(), found


def test_a_call_is_a_span_of_the_trace_that_its_caller_is_in():
    """W3C trace context."""
    (first, second), _ = spans(("/API/REST/2.0/data/contacts", {"traceparent": CALLER}), ("/nowhere", {}))

    assert first.name == "GET /API/REST/2.0/data/contacts"
    assert format(first.context.trace_id, "032x") == TRACE
    assert format(first.parent.span_id, "016x") == "b7ad6b7169203331"
    assert {first.attributes["http.status_code"], second.attributes["http.status_code"]} == {200, 404}
    assert second.parent is None
    assert first.resource.attributes["service.name"] == "mock-eloqua"


def test_secrets_do_not_leave_in_a_span():
    """The emulator itself sees the query as it came."""
    ((span,), (entry,)) = spans(("/API/REST/2.0/data/contacts?search=a*&access_token=hush", {}))

    assert "search=a*" in str(dict(span.attributes))
    assert "hush" not in str(dict(span.attributes))
    assert SIGNED_IN["Authorization"] not in str(dict(span.attributes))
    assert entry.raw_query == "search=a*&access_token=hush"


def test_without_the_libraries_one_line_says_how_to_get_them(monkeypatch):
    """An extra."""
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)

    with pytest.raises(NoTraces, match=r"pip install 'mock-eloqua\[otel\]'"), tracing(lambda *_: None):  # type: ignore[arg-type]
        pass


def test_the_command_sends_traces_where_the_variables_say():
    """OTLP over HTTP; what is not sent yet when it stops is sent then."""
    taken: Queue[tuple[str, bytes]] = Queue()

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.put((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_request(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as collector:
        thread = threading.Thread(target=collector.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        endpoint = f"http://127.0.0.1:{collector.server_port}"
        with serving("--traces", OTEL_EXPORTER_OTLP_ENDPOINT=endpoint, OTEL_SERVICE_NAME="my-eloqua") as server:
            server.call("/id", **SIGNED_IN)
            assert server.stop() == 0
        path, body = taken.get(timeout=10)
        collector.shutdown()
        thread.join()

    sent = ExportTraceServiceRequest.FromString(body)
    (resource,) = sent.resource_spans
    assert path == "/v1/traces"
    assert {each.key: each.value.string_value for each in resource.resource.attributes}["service.name"] == "my-eloqua"
    assert [span.name for scope in resource.scope_spans for span in scope.spans] == ["GET /id"]
