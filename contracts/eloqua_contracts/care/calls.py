"""What a call would do, told from its method, path and headers alone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import httpx2

from eloqua_contracts.envelope import READING
from eloqua_contracts.exchange import meant

_REST = re.compile(r"/api/rest/[^/]+(/.*)", re.IGNORECASE)
_BULK = re.compile(r"/api/bulk/[^/]+(/.*)", re.IGNORECASE)
_SOAP = re.compile(r"/api/1\.2/(\w+)\.svc", re.IGNORECASE)
_STARTS_A_FLOW = re.compile(rb'grant_type"?\s*[:=]\s*"?(password|authorization_code)')
_INSIDE_ANOTHER = re.compile(r"/\d+/|/data/activity$", re.IGNORECASE)
"""The path of what goes with the thing that it is in: a record of a custom object, an activity of a contact."""
_READING = frozenset({"GET", "HEAD", "OPTIONS", "SEARCH"})


@dataclass(frozen=True)
class Planned:
    """A call that is about to be made."""

    face: str
    """`login`, `oauth`, `rest`, `bulk`, `soap`; empty for anything else."""
    method: str
    """The one that the POD takes it for."""
    path: str
    """Below the face's version, or of SOAP the operation."""
    whole: str
    """As it goes out, without parameters."""
    body: bytes = b""

    @property
    def writes(self) -> bool:
        """Might it change anything?"""
        if self.face == "soap":
            return not self.path.startswith(READING)
        return self.face in {"rest", "bulk", ""} and self.method not in _READING

    @property
    def makes(self) -> bool:
        """Might it make something that has to be removed by itself?"""
        if self.face == "soap":
            return self.writes
        return self.writes and self.method == "POST" and not (self.is_sync or _INSIDE_ANOTHER.search(self.path))

    @property
    def is_upload(self) -> bool:
        """Does it bring rows to Bulk, of which a sync makes records?"""
        return self.face == "bulk" and self.method == "POST" and self.path.lower().endswith("/data")

    @property
    def is_sync(self) -> bool:
        """Does it start a sync of Bulk?"""
        return self.face == "bulk" and self.method == "POST" and self.path.lower() in {"/syncs", "/sync"}

    @property
    def starts_a_flow(self) -> bool:
        """Does it start an OAuth flow, which may be done once a minute (`platform` T17)?"""
        if self.face != "oauth":
            return False
        return self.path.startswith("/authorize") or bool(_STARTS_A_FLOW.search(self.body))

    @property
    def synced(self) -> str:
        """The definition that a sync is of."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return ""
        return str(found.get("syncedInstanceUri", "")) if isinstance(found, dict) else ""


def planned(request: httpx2.Request) -> Planned:
    """What a request would do."""
    path, body = request.url.path, request.read()
    method = meant(request.method, request.headers)
    for face, pattern in (("rest", _REST), ("bulk", _BULK)):
        if match := pattern.fullmatch(path):
            return Planned(face, method, match[1], path, body)
    if _SOAP.fullmatch(path):
        operation = request.headers.get("soapaction", "").strip('"').rpartition("/")[2]
        is_wsdl = method == "GET"
        return Planned("soap", method, "Describe" if is_wsdl else operation, path, body)
    if path.lower().startswith("/auth/oauth2"):
        return Planned("oauth", method, path[len("/auth/oauth2") :], path, body)
    return Planned("login" if path.rstrip("/").lower() == "/id" else "", method, path, path, body)


def place_of(call: Planned, answer: Any) -> str:
    """The whole path of what an answer to a call of REST or Bulk says was made; empty where it names nothing."""
    if not isinstance(answer, dict):
        return ""
    if call.face == "bulk" and str(answer.get("uri", "")).startswith("/"):
        return call.whole[: -len(call.path)] + str(answer["uri"])
    if call.face == "rest" and str(answer.get("id", "")).isdecimal():
        return f"{call.whole.rstrip('/')}/{answer['id']}"
    return ""
