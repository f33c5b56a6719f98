"""Passwords and tokens are not shown: what was called is kept as it came, and masked when somebody looks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote_plus

HIDDEN = "***"

_NAMES = "password|client_secret|refresh_token|access_token|id_token|code|token|assertion"
_QUERY_NAMES = frozenset(_NAMES.split("|"))


def _pattern(json_names: str) -> re.Pattern[bytes]:
    return re.compile(
        rf'(?i)(<(?:[\w.-]+:)?Password\b[^>]*>)[^<]*|("(?:{json_names})"\s*:\s*")(?:[^"\\]|\\.)*'
        rf"|\b((?:{_NAMES})=)[^&\s]*".encode()
    )


_SECRETS = _pattern(_NAMES)
"""What a secret stands behind; a text that the limit has cut is one all the same."""
_SECRETS_OF_ANSWERS = _pattern("password|client_secret|refresh_token|access_token|id_token")
"""The same in what is answered, where `code` in JSON is a country's, or an error's."""
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How bodies in UTF-16 and UTF-32 begin, in which nothing would be found."""
_SCHEME = re.compile(r"(?:Basic|Bearer|OAuth|Digest)(?= )", re.IGNORECASE)
_CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})


def masked(body: bytes) -> bytes:
    """A body with passwords and tokens replaced; of a body in wide characters, nothing."""
    return HIDDEN.encode() if body.startswith(_WIDE) else _SECRETS.sub(_hide, body)


def masked_answer(body: bytes) -> bytes:
    """The same of what was answered."""
    return _SECRETS_OF_ANSWERS.sub(_hide, body)


def masked_query(query: str) -> str:
    """A query string in which the values of secret names are replaced, however the names are written."""
    return "&".join(map(_masked_pair, query.split("&")))


def masked_headers(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Headers without credentials and cookies; addresses in others without tokens."""
    return [_masked_header(name.decode("latin-1"), value) for name, value in headers]


def _masked_pair(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}={HIDDEN}" if equals and unquote_plus(name).strip().lower() in _QUERY_NAMES else pair


def _masked_header(name: str, value: bytes) -> tuple[str, str]:
    if name.lower() in _CREDENTIALS:
        scheme = _SCHEME.match(value.decode("latin-1"))
        return name, f"{scheme[0]} {HIDDEN}" if scheme else HIDDEN
    return name, _SECRETS.sub(_hide, value).decode("latin-1")


def _hide(found: re.Match[bytes]) -> bytes:
    return (found[1] or found[2] or found[3]) + HIDDEN.encode()
