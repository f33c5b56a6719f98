"""spyne, driven by hand: it reads, checks and dispatches; answers are written by `envelope`.

Calling its protocol step by step keeps its own error handling out, which logs each refusal with a trace
and answers in a shape of its own.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from mock_eloqua.soap import envelope, faults, mtom
from mock_eloqua.soap.declaration import ELOQUA, Operation, Service
from mock_eloqua.soap.faults import ENVELOPE
from mock_eloqua.soap.fitting import Unfit, fitter
from mock_eloqua.soap.handlers import Handler
from mock_eloqua.soap.models import Models, plain
from mock_eloqua.soap.mtom import Attachments
from mock_eloqua.soap.security import sign_in
from mock_eloqua.soap.spyne_import import (
    Application,
    Boolean,
    ByteArray,
    DateTime,
    Fault,
    Integer32,
    MethodContext,
    ServerBase,
    Soap11,
    ValidationError,
    rpc,
)
from mock_eloqua.soap.spyne_import import Service as SpyneService
from mock_eloqua.web.body import BadBody
from mock_eloqua.web.call import Call


class NotAnEnvelope(Exception):
    """The body is no XML, or none that WCF would look at: HTTP 400 without a body [inferred]."""


class Protocol(Soap11):  # type: ignore[misc]
    """SOAP 1.1 that takes nothing but plain documents."""

    def __init__(self) -> None:
        super().__init__()
        self.parse_xsi_type = False
        self._from_unicode_handlers[Integer32] = _int
        self._from_unicode_handlers[Boolean] = _boolean
        self._from_unicode_handlers[DateTime] = _date_time
        self._from_unicode_handlers[ByteArray] = _bytes

    def create_in_document(self, ctx: Any, charset: str | None = None) -> None:  # noqa: ARG002  spyne's signature
        """Parse the body; no DTD, no entities, no comments."""
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(b"".join(ctx.in_string), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise NotAnEnvelope(str(error)) from error
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
            raise NotAnEnvelope("a document type declaration")
        ctx.in_document = root

    def decompose_incoming_envelope(self, ctx: Any, message: Any = None) -> None:  # noqa: ARG002  spyne's signature
        """Find header and operation. References by `href` are not followed: they may go in circles."""
        root = ctx.in_document
        name = etree.QName(root)
        if name.localname == "Envelope" and name.namespace != ENVELOPE:
            raise faults.version_mismatch()
        body = root.find(f"{{{ENVELOPE}}}Body") if name.localname == "Envelope" else None
        if body is None or len(body) == 0:
            raise NotAnEnvelope("no body with an operation")
        header = root.find(f"{{{ENVELOPE}}}Header")
        ctx.in_header_doc = [] if header is None else list(header)
        ctx.in_body_doc = body[0]
        ctx.method_request_string = body[0].tag


def _int(_cls: Any, text: str | None) -> int:
    """An `xs:int`: 32 bits."""
    given = (text or "").strip()
    if not _INT.fullmatch(given) or not -(2**31) <= int(given) < 2**31:
        raise ValidationError(given[:20], "%r is no xs:int")
    return int(given)


_INT = re.compile(r"[+-]?\d{1,20}", re.ASCII)


def _boolean(_cls: Any, text: str | None) -> bool:
    """An `xs:boolean`; spyne would take any other word for false."""
    given = (text or "").strip()
    if given not in _BOOLEANS:
        raise ValidationError(given[:20], "%r is no xs:boolean")
    return _BOOLEANS[given]


_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def _date_time(_cls: Any, text: str | None) -> datetime:
    """An `xs:dateTime`, with or without a zone; a date alone will do [client: `soap` 3.1]."""
    given = (text or "").strip()
    if found := _DATE_TIME.fullmatch(given):
        with suppress(ValueError):
            return datetime.fromisoformat(f"{found[1]}{(found[2] or '')[:7]}{found[3] or ''}")
    raise ValidationError(given[:40], "%r is no xs:dateTime")


_DATE_TIME = re.compile(r"(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?)((?<=:\d\d)\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)


def _bytes(_cls: Any, text: str | None, _encoding: str | None = None) -> bytes:
    """An `xs:base64Binary`."""
    given = "".join((text or "").split())
    try:
        return base64.b64decode(given, validate=True)
    except ValueError:
        raise ValidationError(given[:20], "%r is no xs:base64Binary") from None


class Engine(ServerBase):  # type: ignore[misc]
    """One service with the handlers of what is emulated of it."""

    transport = "http://schemas.xmlsoap.org/soap/http"

    def __init__(self, service: Service, handlers: Mapping[Operation, Handler]) -> None:
        models = Models()
        methods = {
            each.name: _method(models, each, handlers.get(each, _not_emulated(each))) for each in service.all_operations
        }
        made = type(service.port, (SpyneService,), methods)
        super().__init__(Application([made], ELOQUA, name=service.name, in_protocol=Protocol(), out_protocol=Soap11()))
        self._operations = {f"{{{ELOQUA}}}{each.name}": each for each in service.all_operations}
        self._fitters = {each.name: fitter(each) for each in service.all_operations}
        self._of_2012 = service.of_2012

    def answer(self, call: Call, attachments: Attachments | None = None) -> bytes:
        """The envelope that answers a call, its binary result among the *attachments* where there are such.

        Raises:
            NotAnEnvelope: there is no call in the body.
            SoapFault: the call is refused.
        """
        context = MethodContext(self, MethodContext.SERVER)
        protocol = self.app.in_protocol
        try:
            whole, parts = mtom.opened(call)
            context.in_string, context.udc = [whole], call
            protocol.create_in_document(context)
            mtom.included(context.in_document, parts)
        except BadBody as error:
            raise NotAnEnvelope(str(error)) from error
        protocol.decompose_incoming_envelope(context)
        action = (call.header(b"soapaction") or "").strip().strip('"')
        call.caller = sign_in(call, context.in_header_doc)
        operation = self._operation(call, context.in_body_doc, action)
        (context,) = protocol.generate_method_contexts(context)
        try:
            self._fitters[operation.name](context.in_body_doc, call.site.settings.soap_member_order == "contract")
            protocol.deserialize(context, protocol.REQUEST)
        except (Unfit, Fault) as error:
            raise faults.deserialization_failed(operation, str(error)) from error
        result = self.app.call_wrapper(context)
        if attachments is not None and isinstance(result, bytes):
            result = attachments.reference(result)
        return envelope.answer(operation, result)

    def _operation(self, call: Call, body: Element, action: str) -> Operation:
        operation = self._operations.get(body.tag)
        is_gone = operation in self._of_2012 and call.site.settings.soap_wsdl_flavour != "2012"
        if operation is None or is_gone:
            raise faults.action_not_supported(action or body.tag)
        if call.site.settings.strict_soap_action and action != operation.action:
            raise faults.action_not_supported(action)
        return operation


def _not_emulated(operation: Operation) -> Handler:
    def handler(call: Call, *_: Any) -> Any:
        call.refused = "not emulated"
        raise faults.not_emulated(operation)

    return handler


def _method(models: Models, operation: Operation, handler: Handler) -> Any:
    names = [name for name, _ in operation.request]
    kinds = [kind for _, kind in operation.request]

    def method(context: Any, *arguments: Any) -> Any:
        return handler(context.udc, *(plain(kind, each) for kind, each in zip(kinds, arguments, strict=True)))

    method.__name__ = operation.name
    return rpc(*[models.of(kind) for kind in kinds], _args=names)(method) if names else rpc()(method)
