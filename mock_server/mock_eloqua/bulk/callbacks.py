"""Tells a client that its sync has ended: one POST of the sync to its `callbackUrl` (`bulk` 8.3).

That it is called is documented; method and body are our guess [inferred]. Only this machine is called: an
emulator in a test has no business with strangers, so that redirects are not followed either.
"""

from __future__ import annotations

import logging
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import urlsplit

import orjson

from mock_eloqua.web.call import JSON_UTF8

log = logging.getLogger("mock_eloqua")

_PATIENCE = 5.0
"""Seconds."""
_CONNECTIONS = {"http": HTTPConnection, "https": HTTPSConnection}


def tell(url: str, sync: dict[str, object]) -> None:
    """Make the call, once; whatever goes wrong is only logged."""
    try:
        _post(url, orjson.dumps(sync))
    except (OSError, HTTPException, ValueError) as error:
        log.info("the callback to %s failed: %s", url, error)


def _post(url: str, body: bytes) -> None:
    parts = urlsplit(url)
    if parts.scheme not in _CONNECTIONS or not _is_here(parts.hostname or ""):
        raise ValueError("only http and https addresses of this machine are called")
    connection = _CONNECTIONS[parts.scheme](parts.hostname or "", parts.port, timeout=_PATIENCE)
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", target, body, {"Content-Type": JSON_UTF8, "Connection": "close"})
        connection.getresponse().read(0)
    finally:
        connection.close()


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
