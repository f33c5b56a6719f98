"""Takes secrets out of what is shown and kept: passwords, tokens and codes, known ones and those in answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from xml.sax.saxutils import escape

from eloqua_contracts.exchange import Exchange

MASKED = "***"
_BEHIND_IT = rf"\g<1>{MASKED}"
_SHORTEST = 4
"""A shorter secret is no secret, and would take letters out of everything."""
_IN_JSON = re.compile(r'("(?:access_token|refresh_token|password|client_secret)"\s*:\s*")[^"]*')
_IN_FORM = re.compile(r"((?:access_token|refresh_token|password|client_secret)=)[^&\s\"'<]+")
_IN_XML = re.compile(r"(<(?:\w+:)?Password[^<>]*>)[^<]*")
_IN_ADDRESS_OR_FORM = re.compile(r"((?:^|[?&])code=)[^&\s\"'<]+")
_OBJECT = re.compile(r"\{[^{}]*\}")
_IN_GRANT = re.compile(r'("code"\s*:\s*")[^"]*')
"""In what is sent to the token endpoint; elsewhere the `code` of a document is an error's, or a country's."""


class Mask:
    """Knows the secrets of a target."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {each for each in secrets if len(each) >= _SHORTEST}
        known |= {escape(each) for each in known}
        known |= {each.encode().decode("latin-1") for each in known}  # as bodies are read
        self._known = sorted(known, key=len, reverse=True)

    def text(self, text: str) -> str:
        """The same without secrets."""
        for secret in self._known:
            text = text.replace(secret, MASKED)
        for pattern in (_IN_JSON, _IN_FORM, _IN_XML, _IN_ADDRESS_OR_FORM):
            text = pattern.sub(_BEHIND_IT, text)
        return _OBJECT.sub(_granted, text)

    def exchange(self, exchange: Exchange) -> Exchange:
        """The same without secrets."""
        return replace(
            exchange,
            path=self.text(exchange.path),
            headers={name: self.text(value) for name, value in exchange.headers.items() if name != "set-cookie"},
            asked={name: self.text(value) for name, value in exchange.asked.items()},
            body=self._bytes(exchange.body),
            sent=self._bytes(exchange.sent),
            signature="",
        )

    def _bytes(self, body: bytes) -> bytes:
        return self.text(body.decode("latin-1")).encode("latin-1")


def _granted(found: re.Match[str]) -> str:
    return _IN_GRANT.sub(_BEHIND_IT, found[0]) if '"grant_type"' in found[0] else found[0]
