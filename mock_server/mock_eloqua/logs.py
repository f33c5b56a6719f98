"""What the server writes while it runs: a line for each call and for what goes wrong, as text or as JSON.

Secrets are never written: the query is masked, and neither headers nor bodies are there (`/_mock/requests` has them).
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any, Literal

from mock_eloqua.requests import Entry

Form = Literal["text", "json"]

calls = logging.getLogger("mock_eloqua.calls")
"""Has a record at INFO for each call, with the call as `entry` and the name of its `site`."""


def note(entry: Entry, site: str) -> None:
    """Write a line about a call, where somebody wants it: also in a test whose own logging asks for infos."""
    if calls.isEnabledFor(logging.INFO):
        said = (entry.method, _on_one_line(entry.path), entry.status)
        calls.info("%s %s: %d", *said, extra={"entry": entry, "site": site})


def write(form: Form, level: str) -> None:
    """Write what the emulator logs to standard error from now on, and what goes wrong in uvicorn.

    Not what other libraries log: some show addresses and values as they are.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    for name in ("mock_eloqua", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
    logging.getLogger("mock_eloqua").setLevel(level.upper())


class TextLines(logging.Formatter):
    """For people: `2026-01-31T12:00:00.123Z info  12 rest GET /API/... 200 3.2 ms api.user@MockCo 0f3a.../24`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; a traceback comes after it."""
        start = f"{_moment(record)} {record.levelname.lower():7}"
        entry: Entry | None = getattr(record, "entry", None)
        if entry is None:
            trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
            return f"{start} {_on_one_line(record.getMessage())}{trace}"
        query = f"?{entry.query}" if entry.query else ""
        who = f"{entry.user or '-'}@{record.__dict__['site']}"
        why = f" ({entry.reason})" if entry.reason else ""
        return _on_one_line(
            f"{start} {entry.number} {entry.face} {entry.method} {entry.path}{query} {entry.status}"
            f" {entry.milliseconds:.1f} ms {who} {_request_id(entry) or '-'}{why}"
        )


class JsonLines(logging.Formatter):
    """For programs: an object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        entry: Entry | None = getattr(record, "entry", None)
        about = {"message": record.getMessage(), "logger": record.name} if entry is None else _told(entry, record)
        if record.exc_info:
            about["traceback"] = self.formatException(record.exc_info)
        return json.dumps({"time": _moment(record), "level": record.levelname.lower(), **about})


def _told(entry: Entry, record: logging.LogRecord) -> dict[str, Any]:
    return {
        "message": "call",
        "number": entry.number,
        "requestId": _request_id(entry),
        "site": record.__dict__["site"],
        "face": entry.face,
        "method": entry.method,
        "path": entry.path,
        "query": entry.query,
        "status": entry.status,
        "milliseconds": round(entry.milliseconds, 3),
        "user": entry.user,
        "reason": entry.reason,
        "fault": entry.fault,
        "requestBytes": entry.request_bytes,
        "responseBytes": entry.response_bytes,
    }


def _request_id(entry: Entry) -> str | None:
    """What the caller was told as X-Request-Id; the login host tells none."""
    found = (value for name, value in entry.raw_answer_headers if name == b"x-request-id")
    return next((value.decode("latin-1") for value in found), None)


def _moment(record: logging.LogRecord) -> str:
    """Real time, whatever a site's clock says."""
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _on_one_line(text: str) -> str:
    """Without what a caller could put into a path to begin a line of its own, or to paint the terminal."""
    return text if text.isprintable() else "".join(map(_printable, text))


def _printable(sign: str) -> str:
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode()
