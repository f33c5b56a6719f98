"""A way to an emulator on which answers come otherwise than it gave them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2

Changed = Callable[[httpx2.Response], dict[str, Any]]
"""The parts of an answer that are wrong, as `httpx2.Response` takes them."""


class Defective(httpx2.BaseTransport):
    """Calls go through *http*; *changed* says what is wrong with each answer."""

    def __init__(self, http: httpx2.Client, changed: Changed) -> None:
        self._http = http
        self._changed = changed

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._http.send(request)
        whole: dict[str, Any] = {
            "status_code": answer.status_code,
            "headers": {name: it for name, it in answer.headers.items() if name != "content-length"},
            "content": answer.content,
            "extensions": {"reason_phrase": answer.extensions["reason_phrase"]},
        }
        return httpx2.Response(**whole | self._changed(answer), request=request)


def without_p3p_and_with_a_number(answer: httpx2.Response) -> dict[str, Any]:
    """A lost header, and a number for a word."""
    return {
        "headers": {name: it for name, it in answer.headers.items() if name not in {"content-length", "p3p"}},
        "content": answer.content.replace(b'"depth":"complete"', b'"depth":1'),
    }
