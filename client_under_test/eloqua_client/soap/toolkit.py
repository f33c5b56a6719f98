"""What zeep knows of a service: it writes envelopes, and reads those that answer. It sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import httpx2
import zeep
from lxml import etree
from requests_toolbelt.multipart.decoder import ImproperBodyPartContentException, MultipartDecoder
from zeep.exceptions import Error
from zeep.wsse.username import UsernameToken
from zeep.wsse.utils import WSU

from eloqua_client.calls import Answer
from eloqua_client.errors import ServerTrouble, ValidationError

_VALID = timedelta(minutes=5)
"""As long as the timestamps of Eloqua's answers."""
_UNREADABLE = (
    Error,
    etree.LxmlError,
    ImproperBodyPartContentException,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
)
"""What zeep and the reader of MIME raise at documents that they did not expect."""


class Missing(LookupError):
    """A document that a description needs, and that is not there yet."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Documents:
    """What zeep takes for the network: the documents that are there."""

    def __init__(self, found: Mapping[str, bytes]) -> None:
        self._found = found

    def load(self, url: str) -> bytes:
        if url not in self._found:
            raise Missing(url)
        return self._found[url]


@lru_cache(maxsize=16)
def toolkit_of(url: str, documents: frozenset[tuple[str, bytes]]) -> Toolkit:
    """The toolkit of a description. Reading one takes longer than most calls, so that clients share it.

    Raises:
        Missing: a document has to be loaded first.
        ServerTrouble: this is no description.
    """
    try:
        return Toolkit(zeep.Client(url, transport=Documents(dict(documents))))
    except Missing:
        raise
    except _UNREADABLE as error:
        raise ServerTrouble(f"{url} is no description of a service ({type(error).__name__}; try again)") from error


class Toolkit:
    """The operations of one service, as documents."""

    def __init__(self, client: Any) -> None:
        self._client = client
        service, *_ = client.wsdl.services.values()
        port, *_ = service.ports.values()
        self._binding = port.binding

    def action(self, operation: str) -> str:
        """The SOAPAction of an operation."""
        return str(self._operation(operation).soapaction)

    def envelope(
        self, operation: str, args: tuple[Any, ...], members: Mapping[str, Any], user: tuple[str, str]
    ) -> bytes:
        r"""An envelope for *user*, `site\user` and password, valid for five minutes.

        Raises:
            AttributeError: there is no such operation.
            TypeError: it has no such member.
            ValidationError: a member lacks something, or holds what XML cannot.
        """
        described, now = self._operation(operation), datetime.now(UTC)
        stamp = WSU.Timestamp(WSU.Created(_moment(now)), WSU.Expires(_moment(now + _VALID)))
        try:
            made = described.create(*args, **members).content
            UsernameToken(*user, timestamp_token=stamp).apply(made, {})
        except (Error, ValueError) as error:
            raise ValidationError(f"not sent: {operation}: {error}") from error
        return bytes(etree.tostring(made, xml_declaration=True, encoding="utf-8"))

    def read(self, operation: str, answer: Answer) -> Any:
        """The result in an answer.

        Raises:
            ValueError: it is no envelope, or not one of this operation.
        """
        response = SimpleNamespace(
            status_code=answer.status,
            headers=httpx2.Headers(dict(answer.headers)),
            content=answer.content,
            encoding="utf-8",
        )
        described = self._operation(operation)
        try:
            return self._binding.process_reply(self._client, described, response)
        except _UNREADABLE as error:
            raise ValueError(f"no answer to {operation}: {error}") from error

    def _operation(self, name: str) -> Any:
        known = self._binding.all()
        if name not in known:
            raise AttributeError(f"there is no operation {name}, but {', '.join(sorted(known))}")
        return known[name]


def envelope_in(answer: Answer) -> Any:
    """The root of the envelope in an answer, also where files are beside it.

    Raises:
        ValueError: there is none.
    """
    content, kind = answer.content, answer.headers.get("content-type", "")
    try:
        if kind.lower().startswith("multipart/"):
            content = MultipartDecoder(content, kind).parts[0].content
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(content, parser)
    except _UNREADABLE as error:
        raise ValueError(f"no envelope: {error}") from error


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
