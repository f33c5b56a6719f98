r"""HTTP Basic with `Site\User:password`, with every leniency of `platform` 1.2."""

from __future__ import annotations

import base64
import binascii


def read(header: str) -> tuple[str, str] | None:
    """Login and password of an Authorization header, or None when it is no Basic header.

    White space anywhere in the token is passed over (encoders that break lines) [client]; the first
    colon ends the login [inferred]; UTF-8, else Latin-1 [inferred].
    """
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        raw = base64.b64decode("".join(token.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    login, colon, password = text.partition(":")
    return (login, password) if colon else None
