"""SOAP envelopes, written by hand: what is on the wire is the subject of contracts (`soap` 3, 4)."""

from __future__ import annotations

from xml.sax.saxutils import escape

NAMESPACE = "https://secure.eloqua.com/API/1.2"
"""Of Service.svc and its records."""
READING = ("List", "Describe", "Retrieve", "Query", "Get", "Search")
"""How the names of operations begin that change nothing."""
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_PASSWORD = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText"  # noqa: S105  a name


def enveloped(body: str, *, user: str = "", password: str = "") -> bytes:
    r"""An envelope around the XML of a body, signed with a user name token where a user is named.

    Args:
        body: the element of the operation.
        user: `Site\User`.
        password: as text.
    """
    token = (
        f'<s:Header><o:Security s:mustUnderstand="1" xmlns:o="{_SECURITY}"><o:UsernameToken>'
        f"<o:Username>{escape(user)}</o:Username>"
        f'<o:Password Type="{_PASSWORD}">{escape(password)}</o:Password>'
        "</o:UsernameToken></o:Security></s:Header>"
    )
    return f'<s:Envelope xmlns:s="{SOAP}">{token if user else ""}<s:Body>{body}</s:Body></s:Envelope>'.encode()
