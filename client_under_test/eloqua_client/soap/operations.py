"""The operations of a service: the description is loaded, an envelope sent, what answers it read.

zeep comes in with the first operation: it is an extra, and takes longer to load than all the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from eloqua_client.calls import Answer, Call, Steps
from eloqua_client.errors import AuthenticationError, NotFound, ServerTrouble
from eloqua_client.session import Session

if TYPE_CHECKING:
    from eloqua_client.soap.toolkit import Toolkit

_ACCEPT = "text/xml, multipart/related"
_REPEATABLE = ("Data", "Describe", "Get", "List", "Query", "Retrieve", "Search", "Update")
"""How the names of operations begin that do no harm when they are carried out twice."""


class Operations:
    """Those of one service.

    Args:
        name: of the service among the SOAP URLs of `/id`: `standard`, `email` ...
    """

    def __init__(self, session: Session, name: str) -> None:
        self._session, self._name = session, name
        self._toolkit: Toolkit | None = None
        self._path = ""

    def call(self, operation: str, args: tuple[Any, ...], members: Mapping[str, Any]) -> Steps[Any]:
        """What an operation answers, as zeep reads it.

        Raises:
            AttributeError: the service has no such operation.
            ModuleNotFoundError: zeep is not installed.
            EloquaError: of the kind that the fault means.
        """
        try:
            from eloqua_client.soap import faults
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(f"{error.name} is not installed: pip install mock-eloqua[soap]") from error
        toolkit = yield from self._described()
        user = self._session.auth.soap
        if user is None:
            raise AuthenticationError("SOAP asks for site, user and password: a token is not enough")
        call = Call(
            "POST",
            self._path,
            "soap",
            content=toolkit.envelope(operation, args, members, user),
            content_type="text/xml; charset=utf-8",
            accept=_ACCEPT,
            action=toolkit.action(operation),
            repeatable=operation.startswith(_REPEATABLE),
        )
        return (yield from self._session.ask(call, lambda answer: toolkit.read(operation, answer), faults.error))

    def _described(self) -> Steps[Toolkit]:
        """Load the description and the documents that it imports, once."""
        if self._toolkit is not None:
            return self._toolkit
        from eloqua_client.soap.toolkit import Missing, toolkit_of

        identity = yield from self._session.who()
        if self._name not in identity.soap_urls:
            raise NotFound(f"the login host names no SOAP service {self._name}")
        address = identity.soap_urls[self._name]
        self._path = _below(identity.base_url, address)
        documents: dict[str, bytes] = {}
        while True:
            try:
                self._toolkit = toolkit_of(f"{address}?wsdl", frozenset(documents.items()))
            except Missing as missing:
                call = Call("GET", _below(identity.base_url, missing.url), "soap", accept="text/xml", repeatable=True)
                documents[missing.url] = yield from self._session.ask(call, _content)
            else:
                return self._toolkit


def _content(answer: Answer) -> bytes:
    return answer.content


def _below(base: str, url: str) -> str:
    """What comes after the base URL, whichever POD answers it by then."""
    if not url.startswith(f"{base}/"):
        raise ServerTrouble(f"the description of a service leads elsewhere: {url}")
    return url.removeprefix(base)
