"""What a service asks of callers, for toolkits that read policies: HTTPS, a username token and a timestamp [wsdl]."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element as Element

from mock_eloqua.soap.declaration import Service

_POLICY = "http://schemas.xmlsoap.org/ws/2004/09/policy"
_SECURITY = "http://schemas.xmlsoap.org/ws/2005/07/securitypolicy"
_MTOM = "http://schemas.xmlsoap.org/ws/2004/09/policy/optimizedmimeserialization"
_UTILITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"


def reference(service: Service) -> Element:
    """What stands in the binding."""
    return etree.Element(f"{{{_POLICY}}}PolicyReference", {"URI": f"#{_name(service)}"}, nsmap={"wsp": _POLICY})


def policy(service: Service) -> Element:
    """The policy itself. The service with MTOM has the older WS-Security with the looser layout."""
    https = _asking("TransportToken", _plain("HttpsToken", {"RequireClientCertificate": "false"}))
    suite = _asking("AlgorithmSuite", _plain("Basic256"))
    layout = _asking("Layout", _plain("Lax" if service.is_mtom else "Strict"))
    token = _asking("UsernameToken", _plain("WssUsernameToken10"))
    token.set(f"{{{_SECURITY}}}IncludeToken", f"{_SECURITY}/IncludeToken/AlwaysToRecipient")
    every = _wsp(
        "All",
        _asking("TransportBinding", https, suite, layout, _plain("IncludeTimestamp")),
        _asking("SignedSupportingTokens", token),
        *(_older() if service.is_mtom else _newer()),
    )
    if service.is_mtom:
        every.insert(0, etree.Element(f"{{{_MTOM}}}OptimizedMimeSerialization", nsmap={"wsoma": _MTOM}))
    root = _wsp("Policy", _wsp("ExactlyOne", every))
    root.set(f"{{{_UTILITY}}}Id", _name(service))
    return root


def _older() -> list[Element]:
    return [_asking("Wss10")]


def _newer() -> list[Element]:
    entropy = ("MustSupportIssuedTokens", "RequireClientEntropy", "RequireServerEntropy")
    return [_asking("Wss11"), _asking("Trust10", *map(_plain, entropy))]


def _name(service: Service) -> str:
    return f"{service.port}_policy"


def _plain(name: str, attributes: Mapping[str, str] | None = None) -> Element:
    return etree.Element(f"{{{_SECURITY}}}{name}", dict(attributes or {}), nsmap={"sp": _SECURITY})


def _asking(name: str, *inside: Element) -> Element:
    """An assertion with a policy of its own."""
    made = _plain(name)
    made.append(_wsp("Policy", *inside))
    return made


def _wsp(name: str, *inside: Element) -> Element:
    made = etree.Element(f"{{{_POLICY}}}{name}", nsmap={"wsp": _POLICY})
    made.extend(inside)
    return made
