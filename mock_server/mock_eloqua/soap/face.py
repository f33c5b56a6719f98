"""The SOAP face: `Service.svc` with its description, over HTTP as WCF speaks it (`soap` 3, 5.4)."""

from __future__ import annotations

import logging

from mock_eloqua.access.verdict import Refusal
from mock_eloqua.soap import contract, declaration, entities, envelope, faults, wsdl
from mock_eloqua.soap.contract import SERVICE
from mock_eloqua.soap.engine import Engine, Handler, NotAnEnvelope
from mock_eloqua.soap.faults import SoapFault
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.body import media_type
from mock_eloqua.web.call import Call, Reply
from mock_eloqua.web.operation import Face, Inner, Operation

log = logging.getLogger("mock_eloqua")

XML = "text/xml; charset=utf-8"
_DESCRIPTIONS = ("wsdl", "singlewsdl")

_HANDLERS: dict[declaration.Operation, Handler] = {
    contract.LIST_ENTITY_TYPES: entities.list_entity_types,
    contract.DESCRIBE_ENTITY_TYPE: entities.describe_entity_type,
    contract.DESCRIBE_ENTITY: entities.describe_entity,
    contract.CREATE: entities.create,
    contract.UPDATE: entities.update,
    contract.DELETE: entities.delete,
    contract.RETRIEVE: entities.retrieve,
    contract.QUERY: entities.query,
}


def face() -> Face:
    """The SOAP face."""
    engine = Engine(SERVICE, _HANDLERS)
    return Face(
        name="soap",
        operations=[
            Operation(
                method="GET", path=SERVICE.path, handler=describe, name="WSDL, or the help page", sure=Sureness.CLIENT
            ),
            Operation(
                method="POST",
                path=SERVICE.path,
                handler=lambda call: answer(engine, call),
                name="Call an operation",
                sure=Sureness.DOC,
            ),
        ],
        inner=[
            Inner(
                f"{SERVICE.name}.{each.name}",
                f"{each.contract}/{each.name}",
                entities.PERMISSIONS.get(each, ()),
                Sureness.CLIENT,
            )
            for each in SERVICE.operations
        ],
        refuse=refuse,
        fail=fail,
        missing=lambda what: Reply(405 if what == "method" else 404),
        signs_in=False,
    )


def describe(call: Call) -> Reply:
    """The WSDL for `?wsdl` and `?singleWsdl`, else a page that says where it is."""
    address = f"{call.base_url}{SERVICE.path}"
    if call.query_string.partition(b"=")[0].decode("latin-1").lower() in _DESCRIPTIONS:
        return Reply(200, wsdl.document(SERVICE, address), XML)
    page = (
        f"<html><head><title>{SERVICE.name} Service</title></head><body><h1>{SERVICE.name} Service</h1>"
        f'<p>Description: <a href="{SERVICE.path}?wsdl">{SERVICE.path}?wsdl</a></p></body></html>'
    )
    return Reply(200, page.encode(), "text/html; charset=utf-8")


def answer(engine: Engine, call: Call) -> Reply:
    """A call: 200 with its result, 500 with a fault, or WCF's bare 415 and 400 [inferred]."""
    if media_type(call)[0] != "text/xml":
        call.refused = "a content type other than text/xml"
        return Reply(415)
    return Reply(200, engine.answer(call), XML)


def fail(call: Call, error: Exception) -> Reply | None:
    """What a call that was broken off is answered with."""
    match error:
        case NotAnEnvelope():
            return Reply(400)
        case SoapFault():
            return _fault(error)
    log.error("%s failed", call.header(b"soapaction") or call.path, exc_info=error)
    return _fault(faults.internal())


def _fault(what: SoapFault) -> Reply:
    return Reply(500, envelope.fault(what), XML, "Internal Server Error")


def refuse(call: Call, refusal: Refusal) -> Reply:
    """A refusal outside of any result; the engine asks who is calling itself."""
    call.refused = str(refusal)
    return _fault(faults.failed_authentication())
