"""How programs are told to trust the authority: by what they are started with, and not by the whole system."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Way:
    """How some clients take a certificate to trust."""

    clients: str
    commands: tuple[str, ...]
    """For a shell, with the file in place."""


_BY_VARIABLE = {
    "curl": "CURL_CA_BUNDLE",
    "Python: httpx, aiohttp, urllib": "SSL_CERT_FILE",
    "Python: requests, zeep": "REQUESTS_CA_BUNDLE",
    "Node": "NODE_EXTRA_CA_CERTS",
    "Ruby": "SSL_CERT_FILE",
    "Go, on Linux": "SSL_CERT_FILE",
    ".NET, on Linux": "SSL_CERT_FILE",
    "Perl: LWP": "PERL_LWP_SSL_CA_FILE",
}
_STORE = "mock-eloqua.p12"


def ways(certificate: Path) -> list[Way]:
    """How to trust a certificate, client by client."""
    file = shlex.quote(str(certificate))
    found = [Way(clients, (f"export {variable}={file}",)) for clients, variable in _BY_VARIABLE.items()]
    store = shlex.quote(str(certificate.with_name(_STORE)))
    keytool = "keytool -importcert -noprompt -alias mock-eloqua -storetype PKCS12 -storepass changeit"
    options = f"-Djavax.net.ssl.trustStore={store} -Djavax.net.ssl.trustStorePassword=changeit"
    java = (f"{keytool} -file {file} -keystore {store}", f'export JAVA_TOOL_OPTIONS="{options}"')
    php = (f"php -d openssl.cafile={file} -d curl.cainfo={file} program.php",)
    return [*found, Way("PHP", php), Way("Java", java)]
