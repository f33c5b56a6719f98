"""The SOAP face: the four services with their descriptions, over HTTP as WCF speaks it (`soap` 3, 5.4)."""

from __future__ import annotations

import logging
from functools import cache

from mock_eloqua.access.verdict import Refusal
from mock_eloqua.soap import data_transfer, declaration, envelope, faults, mtom, namespaces, wsdl
from mock_eloqua.soap.contract.services import SERVICES
from mock_eloqua.soap.declaration import Service
from mock_eloqua.soap.engine import Engine, NotAnEnvelope
from mock_eloqua.soap.faults import SoapFault
from mock_eloqua.soap.handlers import EMULATED
from mock_eloqua.soap.mtom import Attachments
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.body import media_type
from mock_eloqua.web.call import Call, Reply
from mock_eloqua.web.operation import FROM_OUTSIDE, Face, Inner, Operation, plainly

log = logging.getLogger("mock_eloqua")

XML = "text/xml; charset=utf-8"
_DESCRIPTIONS = ("wsdl", "singlewsdl")


def face() -> Face:
    """The SOAP face."""
    return Face(
        name="soap",
        operations=[*(operation for service in SERVICES for operation in _of(service)), _FILE],
        inner=[_inner(service, each) for service in SERVICES for each in service.all_operations],
        refuse=refuse,
        fail=fail,
        trouble=trouble,
        missing=lambda what: Reply(405 if what == "method" else 404),
        signs_in=False,
    )


_FILE = Operation(
    method="GET",
    path=data_transfer.FILE_PATH,
    handler=data_transfer.fetch,
    name="The file of a data export",
    slow=True,
    sure=Sureness.INFERRED,
)


def _of(service: Service) -> tuple[Operation, Operation]:
    return (
        Operation(
            method="GET",
            path=service.path,
            handler=lambda call: describe(service, call),
            name="WSDL, or the help page",
            sure=Sureness.CLIENT,
        ),
        Operation(
            method="POST",
            path=service.path,
            handler=lambda call: answer(service, call),
            name="Call an operation",
            slow=any(EMULATED[each].slow for each in service.all_operations),
            sure=Sureness.DOC,
        ),
    )


def _inner(service: Service, operation: declaration.Operation) -> Inner:
    emulated = EMULATED[operation]
    path, name = f"{service.name}.{operation.name}", f"{operation.contract}/{operation.name}"
    return Inner(path, name, emulated.does, emulated.sure)


def describe(service: Service, call: Call) -> Reply:
    """The WSDL for `?wsdl` and `?singleWsdl`, else a page that says where it is.

    Nobody says who is asking, so that the default site's `soap_wsdl_flavour` decides which.
    """
    served = service.of(call.sites.default.settings.soap_wsdl_flavour)
    if call.query_string.partition(b"=")[0].decode("latin-1").lower() in _DESCRIPTIONS:
        namespaces.read(call)
        return Reply(200, namespaces.written(call, wsdl.document(served, f"{call.base_url}{service.path}")), XML)
    names = "".join(f"<li>{each.name}</li>" for each in served.operations)
    page = (
        f"<html><head><title>{service.name} Service</title></head><body><h1>{service.name} Service</h1>"
        f'<p>Description: <a href="{service.path}?wsdl">{service.path}?wsdl</a></p><ul>{names}</ul></body></html>'
    )
    return Reply(200, page.encode(), "text/html; charset=utf-8")


def answer(service: Service, call: Call) -> Reply:
    """A call: 200 with its result, 500 with a fault, or WCF's bare 415 and 400 [inferred]."""
    media = media_type(call)[0]
    if media != "text/xml" and not (service.is_mtom and media == mtom.MULTIPART):
        call.refused = "a content type other than text/xml"
        return Reply(415)
    call.state[_MTOM] = service.is_mtom
    namespaces.read(call)
    attachments = Attachments()
    return _sent(call, 200, engine(service).answer(call, attachments if _answers_in_mtom(call) else None), attachments)


_MTOM = "mtom"
"""Among what the face keeps of a call: its service speaks MTOM."""


def _sent(call: Call, status: int, envelope: bytes, attachments: Attachments, reason: str | None = None) -> Reply:
    envelope = namespaces.written(call, envelope)
    body, content_type = attachments.packed(envelope) if _answers_in_mtom(call) else (envelope, XML)
    return Reply(status, body, content_type, reason)


def _answers_in_mtom(call: Call) -> bool:
    """By the switch of the caller's site; of the default one, where nobody is known."""
    if not call.state.get(_MTOM):
        return False
    site = call.caller.site if call.caller else call.sites.default
    asked = media_type(call)[0] == mtom.MULTIPART
    return site.settings.soap_mtom == "always" or (site.settings.soap_mtom == "asked" and asked)


@cache
def engine(service: Service) -> Engine:
    """What answers the calls of a service. Made at the first one: few callers need all four."""
    return Engine(service, {operation: each.handler for operation, each in EMULATED.items()})


def fail(call: Call, error: Exception) -> Reply | None:
    """What a call that was broken off is answered with."""
    match error:
        case NotAnEnvelope():
            return Reply(400)
        case SoapFault():
            return _fault(call, error)
    log.error("%s failed", call.header(b"soapaction") or call.path, exc_info=error)
    return _fault(call, faults.internal())


def _fault(call: Call, what: SoapFault) -> Reply:
    return _sent(call, 500, envelope.fault(what), Attachments(), "Internal Server Error")


def refuse(call: Call, refusal: Refusal) -> Reply:
    """A refusal outside of any result; the engine asks who is calling itself."""
    call.refused = str(refusal)
    return _fault(call, faults.failed_authentication())


def trouble(call: Call, status: int) -> Reply:
    """A fault with that status, for a fault that a test asked for; 503 is said in front of the services, in HTML."""
    if status >= FROM_OUTSIDE and status != 500:
        return plainly(call, status)
    return _fault(call, faults.failed_authentication() if status == 401 else faults.internal())
