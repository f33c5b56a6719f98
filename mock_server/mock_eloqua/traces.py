"""A trace of each call, by OpenTelemetry's own instrumentation of ASGI, sent to where the OTEL_* variables say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mock_eloqua import __version__
from mock_eloqua.masking import masked_query
from mock_eloqua.web.application import App, Receive, Scope, Send

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

_QUERY = "mock_eloqua.query"


class NoTraces(Exception):
    """OpenTelemetry is not installed; the text says how to get it."""


@contextmanager
def tracing(app: App, exporter: SpanExporter | None = None) -> Iterator[App]:
    """The application with a span for each call, which goes on the trace that the caller names in `traceparent`.

    Args:
        app: what is called.
        exporter: takes the spans; else they are sent by OTLP over HTTP.

    Raises:
        NoTraces: a library is missing.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise NoTraces("traces take mock-eloqua[otel]: pip install 'mock-eloqua[otel]'") from error
    named = {"service.name": os.environ.get("OTEL_SERVICE_NAME", "mock-eloqua"), "service.version": __version__}
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(BatchSpanProcessor(exporter or OTLPSpanExporter()))
    # One span a call: those of each message in and out would say no more.
    instrumented = OpenTelemetryMiddleware(
        _with_its_query(app), tracer_provider=provider, exclude_spans=["receive", "send"]
    )
    try:
        yield _without_secrets(instrumented)
    finally:
        provider.shutdown()


def _without_secrets(app: App) -> App:
    """What the instrumentation sees: it writes the query into the span."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            query = scope["query_string"]
            scope = {**scope, "query_string": masked_query(query.decode("latin-1")).encode("latin-1"), _QUERY: query}
        await app(scope, receive, send)

    return call


def _with_its_query(app: App) -> App:
    """What the application sees."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        if _QUERY in scope:
            scope = {**scope, "query_string": scope[_QUERY]}
        await app(scope, receive, send)

    return call
