"""One service: opens envelopes, asks who is calling, reads the body, calls what answers, writes the answer.

spyne holds the types, converts their texts and dispatches. Bodies are read by `reading` and answers written by
`envelope`, as WCF does both, and several times faster than spyne.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from mock_eloqua.problems import UNKNOWN_OPERATION
from mock_eloqua.soap import envelope, faults, mtom
from mock_eloqua.soap.declaration import ELOQUA, Operation, Service
from mock_eloqua.soap.faults import ENVELOPE
from mock_eloqua.soap.handlers import Handler
from mock_eloqua.soap.models import Models, Protocol
from mock_eloqua.soap.mtom import Attachments
from mock_eloqua.soap.reading import Unfit, children, reader
from mock_eloqua.soap.security import signed_in
from mock_eloqua.soap.spyne_import import Application, Fault, Soap11, rpc
from mock_eloqua.soap.spyne_import import Service as SpyneService
from mock_eloqua.web.body import BadBody
from mock_eloqua.web.call import Call


class NotAnEnvelope(Exception):
    """The body is no XML, or none that WCF would look at: HTTP 400 without a body [inferred]."""


class Engine:
    """One service with the handlers of its operations."""

    def __init__(self, service: Service, handlers: Mapping[Operation, Handler]) -> None:
        operations, models, protocol = service.all_operations, Models(), Protocol()
        methods = {each.name: _method(models, each, handlers[each]) for each in operations}
        made = type(service.port, (SpyneService,), methods)
        self.application = Application([made], ELOQUA, name=service.name, in_protocol=protocol, out_protocol=Soap11())
        self._operations = {f"{{{ELOQUA}}}{each.name}": each for each in operations}
        self._of_2012 = service.of_2012
        self._readers = {each: reader(each, lambda kind: protocol.converter(models.of(kind))) for each in operations}

    def answer(self, call: Call, attachments: Attachments | None = None) -> bytes:
        """The envelope that answers a call, its binary result among the *attachments* where there are such.

        Raises:
            NotAnEnvelope: there is no call in the body.
            SoapFault: the call is refused.
        """
        try:
            whole, parts = mtom.opened(call)
            root = _parsed(whole)
            mtom.included(root, parts)
        except BadBody as error:
            raise NotAnEnvelope(str(error)) from error
        header, body = _opened(root)
        call.caller = signed_in(call, header)
        operation = self._operation(call, body, (call.header(b"soapaction") or "").strip().strip('"'))
        try:
            values = self._readers[operation](body, call.site.settings.soap_member_order == "contract")
        except (Unfit, Fault) as error:
            raise faults.deserialization_failed(f"{operation.name}: {error}") from error
        (method,) = self.application.interface.service_method_map[body.tag]
        result = method.function(call, *values)
        if attachments is not None and isinstance(result, bytes):
            result = attachments.reference(result)
        return envelope.answer(operation, result)

    def _operation(self, call: Call, body: Element, action: str) -> Operation:
        operation = self._operations.get(body.tag)
        is_gone = operation in self._of_2012 and call.site.settings.soap_wsdl_flavour != "2012"
        if operation is None or is_gone:
            call.problem = UNKNOWN_OPERATION
            raise faults.action_not_supported(action or body.tag)
        if call.site.settings.strict_soap_action and action != operation.action:
            raise faults.action_not_supported(action)
        return operation


_S = f"{{{ENVELOPE}}}"
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)


_TOO_LONG = ("Text node too long", "CData section too big", "Buffer size limit exceeded")
"""How libxml2 says so of texts and attributes; the code of two of them is that of every limit, also of depth."""


def _parsed(whole: bytes) -> Element:
    """A plain document: without DTD, entities and comments.

    Raises:
        NotAnEnvelope: it is none.
        SoapFault: DeserializationFailed; a text is longer than the parser takes, which is 10 million bytes.
    """
    try:
        root = etree.fromstring(whole, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        if any(words in str(error) for words in _TOO_LONG):
            raise faults.deserialization_failed("a text is too long") from error
        raise NotAnEnvelope(str(error)) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise NotAnEnvelope("a document type declaration")
    return root


def _opened(root: Element) -> tuple[Iterable[Element], Element]:
    """The elements of the header, and the operation. References by `href` are not followed: they may go in circles."""
    if root.tag != f"{_S}Envelope" and etree.QName(root).localname == "Envelope":
        raise faults.version_mismatch()
    parts = children(root) if root.tag == f"{_S}Envelope" else {}
    body = parts.get(f"{_S}Body")
    if body is None or len(body) == 0:
        raise NotAnEnvelope("no body with an operation")
    return parts.get(f"{_S}Header", ()), body[0]


def _method(models: Models, operation: Operation, handler: Handler) -> Any:
    names = [name for name, _ in operation.request]
    kinds = [models.of(kind) for _, kind in operation.request]

    def method(call: Call, *values: Any) -> Any:
        return handler(call, *values)

    method.__name__ = operation.name
    return rpc(*kinds, _args=names)(method) if names else rpc()(method)
