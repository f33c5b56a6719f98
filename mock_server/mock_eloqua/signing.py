"""OAuth 1.0a as Eloqua signs its calls to apps: six parameters of the query, not quite by RFC 5849 (`platform` 1.7).

Parameters are sorted by name without regard to case, where the RFC, and oauthlib with it, goes by byte value.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from secrets import randbelow
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

SIGNATURE = "oauth_signature"


def signed(method: str, url: str, client_id: str, secret: str, now: int, nonce: int | None = None) -> str:
    """A URL with the signature of a call to it.

    *method* is what the signature says, which for a form step may be another than what is sent [client];
    *now* is in seconds since 1970 UTC; *nonce* has seven digits [doc: samples] and is random unless it is named.
    """
    parts = urlsplit(url)
    said = {
        "oauth_consumer_key": client_id,
        "oauth_nonce": f"{randbelow(10**7) if nonce is None else nonce:07d}",
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(now),
        "oauth_version": "1.0",
    }
    query = "&".join(filter(None, (parts.query, "&".join(f"{name}={_escaped(value)}" for name, value in said.items()))))
    found = signature(method, urlunsplit(parts._replace(query=query, fragment="")), secret)
    return urlunsplit(parts._replace(query=f"{query}&{SIGNATURE}={_escaped(found)}", fragment=""))


def signature(method: str, url: str, secret: str) -> str:
    """The signature of a call to a URL whose query has all else that is signed, which no body is [verified]."""
    parts = urlsplit(url)
    pairs = (pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != SIGNATURE)
    escaped = sorted(((_escaped(name), _escaped(value)) for name, value in pairs), key=_without_case)
    query = "&".join(f"{name}={value}" for name, value in escaped)
    address = urlunsplit(parts._replace(query="", fragment=""))
    text = "&".join((method.upper(), _escaped(address), _escaped(query)))
    return b64encode(hmac.digest(f"{_escaped(secret)}&".encode(), text.encode(), "sha1")).decode()


def _without_case(pair: tuple[str, str]) -> tuple[str, str]:
    name, value = pair
    return name.lower(), value


def _escaped(text: str) -> str:
    """Percent-encoded by RFC 3986."""
    return quote(text, safe="~")
