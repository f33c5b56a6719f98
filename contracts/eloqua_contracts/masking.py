"""Takes secrets out of what is shown and kept: passwords, tokens and codes, known ones and those in answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from xml.sax.saxutils import escape

from eloqua_contracts.exchange import Exchange

MASKED = "***"
_SHORTEST = 4
"""A shorter secret is no secret, and would take letters out of everything."""
_IN_JSON = re.compile(r'("(?:access_token|refresh_token|password|client_secret)"\s*:\s*")[^"]*')
_IN_FORM = re.compile(r"((?:access_token|refresh_token|password|client_secret)=)[^&\s\"'<]+")
_IN_XML = re.compile(r"(<(?:\w+:)?Password[^>]*>)[^<]*")
_CODE_OF_A_REDIRECT = re.compile(r"([?&]code=)[^&\s\"'<]+")
_GRANT = re.compile(r"""\{[^{}]*"grant_type"[^{}]*\}|[^\s"'<]*\bgrant_type=[^\s"'<]*""")
"""What is sent to the token endpoint, as JSON or as a form. Elsewhere a `code` is an error's, or a country's."""
_CODE_OF_A_GRANT = re.compile(r"""("code"\s*:\s*"|\bcode=)[^"&\s'<]*""")


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
        for pattern in (_IN_JSON, _IN_FORM, _IN_XML, _CODE_OF_A_REDIRECT):
            text = pattern.sub(rf"\g<1>{MASKED}", text)
        return _GRANT.sub(lambda grant: _CODE_OF_A_GRANT.sub(rf"\g<1>{MASKED}", grant[0]), text)

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
