"""The namespace of all that is Eloqua's: one for all PODs, or, by a switch, that of the POD [client: saved WSDLs].

Inside the emulator there is the one; texts are turned where they come in and go out.
"""

from __future__ import annotations

from mock_eloqua.soap.declaration import ELOQUA
from mock_eloqua.web.call import Call

_FIXED = ELOQUA.encode()
_STATE = "namespace"


def read(call: Call) -> None:
    """Take a request in the namespace of its POD for one in the fixed one.

    Nobody says yet who is asking, so that switch and POD of the default site decide.
    """
    site = call.sites.default
    if site.settings.soap_namespace == "pod":
        call.state[_STATE] = ELOQUA.replace("secure.", f"secure.{site.pod}.").encode()
        call.body = call.body.replace(call.state[_STATE], _FIXED)


def written(call: Call, text: bytes) -> bytes:
    """An envelope or a description in the namespace in which the call was read."""
    return text.replace(_FIXED, call.state[_STATE]) if _STATE in call.state else text
