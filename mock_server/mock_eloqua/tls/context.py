"""What a TLS listener shows: our own certificate, renewed before it runs out, or one that the user brings."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from mock_eloqua import pods
from mock_eloqua.tls.authority import Authority, BadCertificate, now

_HERE = ("localhost", "127.0.0.1", "::1")
_IN_TIME = timedelta(days=30)
"""Before its end, a certificate is replaced."""


def names(hosts: Iterable[str | None]) -> tuple[str, ...]:
    """What a certificate is for: this machine, *hosts* where they are named, and the live host names."""
    live = ("*.eloqua.com", *(each for each in pods.live_hosts() if each.count(".") > 2))  # `*` stands for one label
    return tuple(dict.fromkeys([*_HERE, *(each for each in hosts if each), *live]))


def own(authority: Authority, wanted: tuple[str, ...]) -> ssl.SSLContext:
    """A context with a certificate of the authority for all the names; a server that runs for a year renews it.

    Raises:
        BadCertificate: a name is none that a certificate can have.
    """
    front = _context()
    shown, ends = front, authority.certify(wanted, front)

    def renew(connection: ssl.SSLObject, _: str | None, __: ssl.SSLContext) -> None:
        nonlocal shown, ends
        if now() > ends - _IN_TIME:
            shown = _context()
            ends = authority.certify(wanted, shown)
        connection.context = shown

    front.sni_callback = renew
    return front


def given(certificate: Path, key: Path) -> ssl.SSLContext:
    """A context with a certificate, or a chain of them, and its key, both in PEM.

    Raises:
        BadCertificate: they cannot be read, or do not belong together.
    """
    context = _context()
    try:
        context.load_cert_chain(certificate, key, password=_refuse)
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
        mend = "; name a certificate and its key, both in PEM" if isinstance(error, ssl.SSLError) else ""
        raise BadCertificate(
            f"the certificate {certificate} with the key {key} cannot be used: {reason}{mend}"
        ) from error
    return context


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])  # who could do HTTP/2 as well need not find out
    return context


def _refuse() -> str:
    """Instead of a question on the terminal."""
    raise ValueError("the key asks for a password; store it without one")
