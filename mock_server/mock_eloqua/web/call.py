"""One call and its reply, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson

from mock_eloqua.access.sign_in import Caller

if TYPE_CHECKING:
    from mock_eloqua.access.users import User
    from mock_eloqua.pods import Address
    from mock_eloqua.site import Site
    from mock_eloqua.sites import Sites
    from mock_eloqua.trouble import Fault
    from mock_eloqua.web.faults import Claim
    from mock_eloqua.web.operation import Operation

JSON = "application/json"
"""REST names no charset [recorded]."""
JSON_UTF8 = "application/json; charset=utf-8"
"""Bulk and `/id` do [recorded]."""


@dataclass(slots=True)
class Call:
    """What a caller asks for. `body` is whole; `caller` is set once somebody is known."""

    method: str
    path: str
    query_string: bytes
    headers: Sequence[tuple[bytes, bytes]]
    """As they came, with names in lower case."""
    named: Mapping[bytes, bytes]
    """The same by name, the first of several."""
    base_url: str
    """The address by which the caller reached the server, or the one that was configured."""
    sites: Sites
    peer: str = ""
    """The address from which the caller calls; blank where nobody knows."""
    params: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    operation: Operation | None = None
    caller: Caller | None = None
    refused: str | None = None
    """Why the call was refused, for the request log."""
    problem: str | None = None
    """What should not have happened, as `problems` calls it."""
    address: Address | None = None
    """How the call names a POD; None: it names none."""
    claim: Claim | None = None
    """Who it says it is from, where it got no further before anybody asked."""
    fault: Fault | None = None
    """What a test asked to happen to it."""
    about: Site | None = None
    """The site that a caller names of whom it is not known who it is."""
    state: dict[str, Any] = field(default_factory=dict)
    """What a face wants to keep between reading and answering."""

    @property
    def site(self) -> Site:
        """The caller's site."""
        if self.caller is None:
            raise LookupError("nobody is known yet")
        return self.caller.site

    @property
    def user(self) -> User:
        """The calling user."""
        if self.caller is None:
            raise LookupError("nobody is known yet")
        return self.caller.user

    def header(self, name: bytes) -> str | None:
        """A request header by its lower-case name."""
        value = self.named.get(name)
        return None if value is None else value.decode("latin-1")

    def query(self) -> dict[str, str]:
        """The query parameters, decoded; the first of several with one name, blank ones too."""
        found: dict[str, str] = {}
        text = self.query_string.decode("latin-1")
        for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=None):
            found.setdefault(name, value)
        return found


@dataclass(frozen=True, slots=True)
class Reply:
    """What a caller gets. `content_type` is left out where there is none; `reason` is the status line's text."""

    status: int
    body: bytes = b""
    content_type: str | None = None
    reason: str | None = None
    headers: tuple[tuple[bytes, bytes], ...] = ()


def json_reply(value: Any, status: int = 200, content_type: str = JSON, reason: str | None = None) -> Reply:
    """A reply with *value* as JSON."""
    return Reply(status, orjson.dumps(value), content_type, reason)
