"""A peer for SOAP: spyne as it comes, under a2wsgi, with our types and answers of the same fields."""

from __future__ import annotations

from typing import Any

from a2wsgi import WSGIMiddleware
from spyne.server.wsgi import WsgiApplication

from mock_eloqua.soap.contract.entities import CREATE, QUERY, RETRIEVE
from mock_eloqua.soap.declaration import ELOQUA, Complex, Dictionary, ListOf, Operation, Type
from mock_eloqua.soap.models import Models
from mock_eloqua.soap.spyne_import import Application, Service, Soap11, rpc

TEXT = "some text of usual length"
_models = Models()
_KIND = {"ID": 0, "Name": "Contact", "Type": "Base"}


def _entity(names: list[str]) -> dict[str, Any]:
    return {"EntityType": _KIND, "FieldValueCollection": [(name, TEXT) for name in names], "Id": 1}


def _retrieve(_context: Any, _kind: Any, ids: Any, names: Any) -> Any:
    return _made(RETRIEVE.result, [_entity(names.string) for _ in ids.int])


def _create(_context: Any, entities: Any) -> Any:
    return _made(CREATE.result, [{"EntityType": _KIND, "Errors": [], "ID": 1} for _ in entities.DynamicEntity])


def _query(_context: Any, _kind: Any, _query: Any, names: Any, _number: Any, size: int) -> Any:
    found = [_entity(names.string) for _ in range(size)]
    return _made(QUERY.result, {"Entities": found, "TotalPages": 1, "TotalRecords": size})


def _made(kind: Type | None, value: Any) -> Any:
    """A plain value as spyne's objects."""
    match kind:
        case ListOf():
            return _models.of(kind)(**{kind.item.name: [_made(kind.item, each) for each in value]})
        case Dictionary():
            item = _models.of(kind).get_flat_type_info(_models.of(kind))[kind.entry]
            pair = item.__orig__ or item
            return _models.of(kind)(**{kind.entry: [pair(InternalName=name, Value=text) for name, text in value]})
        case Complex():
            return _models.of(kind)(**{name: _made(each, value[name]) for name, each in kind.members})
    return value


def _method(operation: Operation, work: Any) -> Any:
    work.__name__ = operation.name
    kinds = [_models.of(kind) for _, kind in operation.request]
    names = [name for name, _ in operation.request]
    return rpc(*kinds, _args=names, _returns=_models.of(operation.result or operation.request[0][1]))(work)


_methods = {
    each.name: _method(each, work) for each, work in ((RETRIEVE, _retrieve), (CREATE, _create), (QUERY, _query))
}
_service = type("Peer", (Service,), _methods)
_soap = WsgiApplication(Application([_service], ELOQUA, in_protocol=Soap11(), out_protocol=Soap11()))


def _answer(environ: Any, start_response: Any) -> Any:
    if environ["REQUEST_METHOD"] == "GET":  # is it there?
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]
    return _soap(environ, start_response)


app = WSGIMiddleware(_answer)
