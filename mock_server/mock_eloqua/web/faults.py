"""What trouble does to a call: another answer, a late one, a broken one, or none (`trouble`, `pods`).

Through uvicorn a dropped connection is one that ends without a word. In process there is none: the call raises
`Dropped`, a ConnectionResetError.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from mock_eloqua import pods
from mock_eloqua.access import basic, tokens, users
from mock_eloqua.access.verdict import Unauthenticated
from mock_eloqua.problems import UNKNOWN_PATH
from mock_eloqua.site import Site
from mock_eloqua.trouble import Fault
from mock_eloqua.web.call import Call, Reply
from mock_eloqua.web.operation import Face, plainly

Messages = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_BEGINNING = 16 * 1024
"""Bytes of a SOAP request in which its header is looked for."""
_USERNAME = re.compile(rb"<(?:[\w.-]+:)?Username\b[^>]{0,500}>\s*([^<]{1,300}?)\s*<")


class Dropped(ConnectionResetError):
    """A fault has dropped the connection of a call that is made in process."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who a call says it is from, which nobody has checked: trouble strikes before."""

    site: Site
    user: str | None
    is_known: bool
    """Does the call name the site? Else it is the default one."""


def claimed(call: Call, face: Face | None) -> Claim:
    """Whose call it claims to be."""
    login = None
    if face is not None and face.name == "soap":  # which does not look at Basic credentials
        found = _USERNAME.search(call.body[:_BEGINNING])
        login = found[1].decode("utf-8", "replace") if found else None
    elif header := call.header(b"authorization"):
        if given := tokens.of_header(call.sites, header):
            owner = users.by_id(given[0], given[1].user_id)
            return Claim(given[0], owner.name if owner else None, is_known=True)
        login = (basic.read(header) or (None,))[0]
    named, _, user = (login or "").partition("\\")
    site = call.sites.find(named)
    return Claim(site or call.sites.default, user or None, site is not None)


def met(call: Call, face: Face | None) -> Reply | None:
    """The answer of a call that gets no further; else the fault that strikes it is noted in the call."""
    claim = claimed(call, face)
    site, is_login = claim.site, face is not None and face.on_login_host
    if call.address is not None and not call.address.exists:
        call.refused = f"there is no POD {call.address.pod}"
        call.problem = UNKNOWN_PATH
        return Reply(404)
    pod = call.address.pod if call.address else pods.HOME
    if pod == pods.LOGIN and not is_login:
        call.refused = "the login host has no APIs"
        call.problem = UNKNOWN_PATH
        return Reply(404)
    if face is not None and not is_login and claim.is_known and pod != site.pod:
        call.claim = claim
        call.refused = f"the site is on POD {site.pod}, not on {pod}"
        return face.refuse(call, Unauthenticated(call.refused))
    if (maintenance := site.trouble.maintenance) and (maintenance.login or not is_login):
        call.claim = claim
        call.refused = "maintenance"
        return plainly(call, 503)
    call.fault = site.strike(face.name if face else "none", call.method, call.path, claim.user)
    if call.fault is None:
        return None
    call.claim = claim
    if not call.fault.spares_work:
        return None
    call.refused = str(call.fault)
    return _instead(call, face, call.fault)


def _instead(call: Call, face: Face | None, fault: Fault) -> Reply:
    """What is answered in place of the work; nothing, where the connection is dropped."""
    if fault.status is None:
        return Reply(NO_ANSWER)
    own = (face.trouble if face else plainly)(call, fault.status)
    if fault.body is not None:
        kind = own.content_type or "application/json"
        return Reply(fault.status, fault.body.encode(), kind, own.reason)
    return replace(own, status=fault.status)


NO_ANSWER = 0
"""Stands in the request log for the status of a call that gets no answer."""


async def bent(fault: Fault, reply: Reply) -> Reply:
    """The answer of a call that a fault struck, once its time has come."""
    if fault.delay_seconds:
        await _pause(fault.delay_seconds)
    if fault.drop:
        return Reply(NO_ANSWER)
    return replace(reply, content_type=fault.content_type) if fault.content_type else reply


async def _pause(seconds: float) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # driven by hand, so that there is no loop that others would wait for
        threading.Event().wait(seconds)
    else:
        await asyncio.sleep(seconds)


async def drop(send: Send, receive: Messages) -> None:
    """End the connection; what was sent may still arrive.

    Raises:
        Dropped: there is none.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)  # of uvicorn; ASGI has no word for it
    if transport is None:
        raise Dropped("a fault has dropped the connection")
    transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass
