"""WS-Security: who the caller is, out of the header of an envelope (`soap` 4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from lxml.etree import _Element as Element

from mock_eloqua.access import gate, sign_in
from mock_eloqua.access.permissions import CONSUME_API
from mock_eloqua.access.sign_in import Caller
from mock_eloqua.access.verdict import ALLOWED
from mock_eloqua.clock import Clock
from mock_eloqua.settings import Settings
from mock_eloqua.soap import faults
from mock_eloqua.soap.faults import SECURITY
from mock_eloqua.soap.reading import children
from mock_eloqua.web.call import Call

UTILITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
_O, _U = f"{{{SECURITY}}}", f"{{{UTILITY}}}"
_SECURITY, _TOKEN, _USERNAME, _PASSWORD = (
    f"{_O}{name}" for name in ("Security", "UsernameToken", "Username", "Password")
)
_TEXT = "PasswordText"


def signed_in(call: Call, header: Iterable[Element]) -> Caller:
    """The caller that a header names, who may use the API.

    `mustUnderstand` in any form, timestamps, `wsa:*` and unknown headers pass by untouched [client].

    Raises:
        SoapFault: InvalidSecurity or FailedAuthentication; `call.refused` says why, callers are not told.
    """
    security = children(children(header).get(_SECURITY, ()))
    token = security.get(_TOKEN)
    if token is None:
        call.refused = "no security header with a UsernameToken"
        raise faults.invalid_security()
    said = children(token)
    password = said.get(_PASSWORD)
    if password is None or not (password.get("Type") or _TEXT).endswith(_TEXT):
        call.refused = "no password in clear"
        raise faults.failed_authentication()
    login = said.get(_USERNAME)
    name = "" if login is None else login.text or ""
    caller = sign_in.identify(call.sites, name.strip(), password.text or "", call.peer, "ws-security")
    if not isinstance(caller, Caller):
        call.refused, call.about = str(caller), call.sites.find(caller.site or "")
        raise faults.failed_authentication()
    _check_timestamp(call, security.get(f"{_U}Timestamp"), caller.site.settings)
    verdict = gate.permitted(caller.user, (CONSUME_API,))
    if verdict is not ALLOWED:
        call.refused = str(verdict)
        raise faults.failed_authentication()
    return caller


def _check_timestamp(call: Call, stamp: Element | None, settings: Settings) -> None:
    """By real time, not the site's: callers stamp by their own clock, whatever a test does to ours."""
    if stamp is None:
        if settings.soap_require_timestamp:
            call.refused = "no timestamp"
            raise faults.invalid_security()
        return
    skew, now = settings.soap_max_clock_skew_seconds, Clock().now() / 1000
    try:
        created = _seconds(stamp.findtext(f"{_U}Created"), now)
        expires = _seconds(stamp.findtext(f"{_U}Expires"), now)
    except ValueError:
        call.refused = "a timestamp that is none"
        raise faults.invalid_security() from None
    if created > now + skew or expires < now - skew:
        call.refused = "a timestamp that is too old or too young"
        raise faults.invalid_security()


def _seconds(text: str | None, default: float) -> float:
    """Since 1970; without a zone it is UTC."""
    if text is None:
        return default
    moment = datetime.fromisoformat(text.strip())
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
