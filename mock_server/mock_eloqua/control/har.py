"""The request log as an HTTP archive, HAR 1.2: what browsers, proxies and load tools read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, quote

from mock_eloqua import __version__, dates
from mock_eloqua.requests import Entry
from mock_eloqua.web.headers import REASONS

_SAFE = "/%:@!$&'()*+,;=~?"


def archive(entries: Iterable[Entry]) -> dict[str, Any]:
    """The document. Secrets are masked; bodies are cut where the log cut them, and then say so in a comment."""
    creator = {"name": "Mock Eloqua", "version": __version__}
    return {"log": {"version": "1.2", "creator": creator, "entries": [_entry(each) for each in entries]}}


def _entry(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {
        "startedDateTime": dates.iso(entry.at),
        "time": round(entry.milliseconds, 3),
        "request": _request(entry),
        "response": _response(entry),
        "cache": {},
        "timings": {"send": 0, "wait": round(entry.milliseconds, 3), "receive": 0},
    }
    if entry.reason is not None:
        found["comment"] = entry.reason
    return found


def _request(entry: Entry) -> dict[str, Any]:
    query = entry.query
    url = entry.base_url + quote(entry.path, safe=_SAFE) + (f"?{quote(query, safe=_SAFE)}" if query else "")
    found: dict[str, Any] = {
        "method": entry.method,
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(entry.headers),
        "queryString": _pairs(parse_qsl(query, keep_blank_values=True)),
        "headersSize": -1,
        "bodySize": entry.request_bytes,
    }
    if entry.request_bytes:
        found["postData"] = {
            "mimeType": _media_type(entry.headers),
            "text": entry.body.decode("utf-8", "replace"),
        } | _cut(entry.request_bytes, entry.raw_body)
    return found


def _response(entry: Entry) -> dict[str, Any]:
    return {
        "status": entry.status,
        "statusText": REASONS.get(entry.status, ""),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(entry.answer_headers),
        "content": {
            "size": entry.response_bytes,
            "mimeType": _media_type(entry.answer_headers),
            "text": entry.answer.decode("utf-8", "replace"),
        }
        | _cut(entry.response_bytes, entry.raw_answer),
        "redirectURL": dict(entry.answer_headers).get("location", ""),
        "headersSize": -1,
        "bodySize": entry.response_bytes,
    }


def _pairs(values: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values]


def _media_type(headers: Iterable[tuple[str, str]]) -> str:
    return dict(headers).get("content-type", "")


def _cut(length: int, kept: bytes) -> dict[str, str]:
    return {"comment": f"the first {len(kept)} bytes of {length}"} if len(kept) < length else {}
