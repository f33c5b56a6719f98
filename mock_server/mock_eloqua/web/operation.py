"""What a face declares: its operations, and how it says no."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mock_eloqua.access.matrix import CALL, OperationGroup
from mock_eloqua.access.threshold import Threshold
from mock_eloqua.access.verdict import Refusal
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply
from mock_eloqua.web.headers import REASONS


def plainly(call: Call, status: int) -> Reply:  # noqa: ARG001  as every face
    """A status that no face has words for: from 500 on a page of HTML, as in front of the product [doc], else bare."""
    if status < FROM_OUTSIDE:
        return Reply(status)
    reason = REASONS.get(status, "Service Unavailable")
    page = f"<html><head><title>{reason}</title></head><body><h1>{status} {reason}</h1></body></html>"
    return Reply(status, page.encode(), "text/html; charset=utf-8")


FROM_OUTSIDE = 500
TOO_LONG = Reply(413, reason="Request Entity Too Large")


@dataclass(frozen=True, kw_only=True, eq=False)
class Operation:
    """One call of an API: everything the house needs to know of it."""

    method: str
    path: str
    """With parameters in braces, in the documented letter case: `/API/REST/1.0/data/contact/{id}`."""
    handler: Callable[[Call], Reply]
    name: str
    """One line: what it does."""
    does: OperationGroup = CALL
    """Which row of the permission matrix it belongs to."""
    thresholds: tuple[Threshold, ...] = ()
    slow: bool = False
    """May take so long that it never runs in the event loop."""
    sure: Sureness = Sureness.DOC
    documentation: Callable[[], dict[str, Any]] = dict
    """Parameters, bodies and answers for the OpenAPI pages, made when asked for; below `path` schemas by name."""

    @cached_property
    def permissions(self) -> tuple[str, ...]:
        """The rights that it takes besides that to call the API."""
        return self.does.needs

    @property
    def verb(self) -> str:
        """The method as it is sent: SEARCH travels as a POST with the header `X-HTTP-Method-Override` [doc]."""
        return "POST" if self.method == "SEARCH" else self.method


@dataclass(frozen=True, slots=True)
class Inner:
    """A call that shares its path with others and is told from them by its body: a SOAP operation."""

    path: str
    """As a reader looks for it: `Eloqua.Create`."""
    name: str
    does: OperationGroup
    sure: Sureness

    @property
    def permissions(self) -> tuple[str, ...]:
        """As of any operation."""
        return self.does.needs


@dataclass(frozen=True, kw_only=True, eq=False)
class Face:
    """One of the doors: it reads a wire, calls the domain, writes the wire."""

    name: str
    operations: Sequence[Operation]
    refuse: Callable[[Call, Refusal], Reply]
    """How this face says what `access` decided."""
    fail: Callable[[Call, Exception], Reply | None]
    """How this face answers an error of the domain; None for errors it does not know."""
    missing: Callable[[str], Reply]
    """The answer to a path or method under this face's prefix that nobody serves."""
    schemas: Callable[[str], Mapping[str, Any]] = lambda document: {}
    """The types that an OpenAPI document refers to, by its name."""
    inner: Sequence[Inner] = ()
    """What is behind the operations, where that is more than they say."""
    trouble: Callable[[Call, int], Reply] = plainly
    """An answer of that status in this face's own shape, for a fault that a test asked for."""
    signs_in: bool = True
    """Callers show themselves in the Authorization header; if not, the face asks them itself."""
    on_login_host: bool = False
    """Its answers have the headers of the login host, not those of a POD."""
    bare_entry: bool = False
    """The face checks the right to call the API itself (`/id`: any user will do)."""
    longest_body: int | Threshold = 32 * 2**20
    """Bytes, the same for all, or what the caller's site allows."""
    too_long: Reply = TOO_LONG
    """The answer to a longer body [inferred, but for Bulk]."""
