"""A call and its answer, as contracts read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from eloqua_contracts.contract import Unmet


@dataclass(frozen=True)
class Exchange:
    """A call and its answer, as they were on the wire; without the headers that sign."""

    method: str
    path: str
    status: int
    reason: str
    headers: Mapping[str, str]
    """Of the answer; names in small letters."""
    body: bytes
    sent: bytes = b""
    """The body of the call."""
    user: str = "nobody"
    asked: Mapping[str, str] = field(default_factory=dict)
    """Headers of the call that the check chose, without those that sign; names in small letters."""
    signature: str = field(default="", repr=False)
    """The header that signed the call; no file has it."""

    @property
    def verb(self) -> str:
        """The method that the POD takes it for (`platform` 5.3)."""
        return meant(self.method, self.asked)

    @property
    def real_status(self) -> int:
        """The one that the POD came to, where the call asked it to say another (`platform` 5.3)."""
        told = self.headers.get("x-http-original-status-code", "")
        return int(told) if told.isdecimal() else self.status

    @property
    def action(self) -> str:
        """Of SOAP, whose paths say nothing: `DynamicEntityService/Retrieve`."""
        return "/".join(self.asked.get("soapaction", "").strip('"').split("/")[-2:])

    def asks_again(self, before: Exchange) -> bool:
        """Is it the same question as before, of one who waits for something to end?"""
        polls = self.verb == "GET" or self.action.endswith("Status")
        return polls and (self.method, self.path, self.sent) == (before.method, before.path, before.sent)

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            Unmet: it is none.
        """
        try:
            return json.loads(self.body)
        except ValueError:
            raise Unmet(f"{self}: the body is no JSON: {self.body[:200]!r}") from None

    def xml(self) -> etree._Element:
        """The root of the body as XML; of an answer in MTOM, of its first part.

        Raises:
            Unmet: it is none.
        """
        start, end = self.body.find(b"<"), self.body.rfind(b">")
        if self.headers.get("content-type", "").lower().startswith("multipart/"):
            start = self.body.find(b"<", self.body.find(b"\r\n\r\n"))
            end = self.body.find(b"Envelope>") + len(b"Envelope>") - 1
        try:
            return etree.fromstring(self.body[start : end + 1], _PARSER)
        except (ValueError, etree.XMLSyntaxError):
            raise Unmet(f"{self}: the body is no XML: {self.body[:200]!r}") from None

    def expect(self, *statuses: int) -> Exchange:
        """The same exchange, if it ended in one of these.

        Raises:
            Unmet: it did not.
        """
        if self.status not in statuses:
            wanted = " or ".join(map(str, statuses))
            raise Unmet(f"{self}: expected {wanted}; the body is {self.body[:300]!r}")
        return self

    def __str__(self) -> str:
        return f"{self.method} {self.path} as {self.user} -> {self.status} {self.reason}".rstrip()


def meant(method: str, asked: Mapping[str, str]) -> str:
    """The method of a call whose header `X-HTTP-Method-Override` may name another, as SEARCH is always sent."""
    other = asked.get("x-http-method-override", "").upper()
    return other if other in _VERBS and method in {"GET", "POST"} else method


_VERBS = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "SEARCH"})
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
