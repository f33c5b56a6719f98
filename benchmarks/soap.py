"""SOAP calls: small ones and a page of 200 contacts with 60 fields, beside spyne as it comes and lxml by hand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import httpx2
import orjson

from benchmarks import load, people, servers
from benchmarks.bulk import import_rows
from benchmarks.load import Request
from benchmarks.process import Server
from benchmarks.table import Measure, Sample

_PATH = "/API/1.2/Service.svc"
_ARRAYS = 'xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"'
_KIND = "<ID>0</ID><Name>Contact</Name><Type>Base</Type>"
_TEXT = "some text of usual length"
_UNIT = "1/s of processor"
_PAGE = 200
_WIDE = 60
"""Fields of a wide page."""


def calls(seconds: float) -> Iterator[Sample]:
    """Retrieve, Create, Query of one contact, and of a page."""
    with tempfile.TemporaryDirectory() as folder, servers.ours() as ours:
        wide = _fields(ours)
        keys = _contacts(ours, wide)
        names = list(people.FIELDS.values())
        file = Path(folder, "fields.json")
        file.write_bytes(orjson.dumps(dict.fromkeys(names, _TEXT)))
        requests = {
            "Retrieve": _retrieve(keys[0], names),
            "Create": _create(),
            "Query, 1 contact": _query(names, "p1@example.test", 1),
            f"Query, {_PAGE} contacts of {_WIDE} fields": _query(wide, "*@example.test", _PAGE),
        }
        with servers.bare_spyne() as peer, servers.bare_soap(file) as floor:
            for name, request in requests.items():
                target = ">= 10" if str(_PAGE) in name else ">= 4"
                mine, theirs = _rate(ours, request, seconds), _rate(peer, request, seconds)
                yield Measure(f"SOAP {name}, beside plain spyne under a2wsgi", _UNIT, target, 1), mine, theirs
                if name == "Retrieve":
                    yield Measure("SOAP Retrieve, beside lxml by hand", _UNIT), mine, _rate(floor, request, seconds)


def _rate(server: Server, request: Request, seconds: float) -> float:
    """Calls in a second of the server's processor time: what others do on the machine matters little to it."""
    load.run(server.port, request, 8, 1)
    before = server.cpu
    count, _ = load.run(server.port, request, 8, seconds)
    return count / (server.cpu - before)


def _fields(ours: Server) -> list[str]:
    """The names of so many text fields, some of them new."""
    with httpx2.Client(base_url=f"http://127.0.0.1:{ours.port}", headers=servers.JSON_HEADERS, timeout=60) as client:
        for number in range(_WIDE):
            body = {"name": f"Wide {number}", "dataType": "text", "displayType": "text", "updateType": "always"}
            client.post("/API/REST/1.0/assets/contact/field", json=body).raise_for_status()
        found = client.get("/API/Bulk/2.0/contacts/fields").raise_for_status().json()["items"]
    made = [each["internalName"] for each in found if each["name"].startswith("Wide ")]
    return ["C_EmailAddress", *made][:_WIDE]


def _contacts(ours: Server, names: Sequence[str]) -> list[int]:
    rows = [dict.fromkeys(names, _TEXT) | {"C_EmailAddress": f"p{n}@example.test"} for n in range(_PAGE)]
    import_rows(ours, {name: name for name in names}, "C_EmailAddress", [orjson.dumps(rows)])
    url = f"http://127.0.0.1:{ours.port}/API/REST/1.0/data/contacts?depth=minimal"
    found: list[dict[str, Any]] = httpx2.get(url, headers=servers.HEADERS).raise_for_status().json()["elements"]
    return [int(each["id"]) for each in found]


def _retrieve(key: int, names: Sequence[str]) -> Request:
    ids = f"<ids {_ARRAYS}><a:int>{key}</a:int></ids>"
    return _request("Retrieve", f"<entityType>{_KIND}</entityType>{ids}{_names(names)}")


def _create() -> Request:
    pairs = [(name, "p#number#@example.test" if name == "C_EmailAddress" else _TEXT) for name in people.FIELDS.values()]
    values = "".join(
        f"<EntityFields><InternalName>{name}</InternalName><Value>{value}</Value></EntityFields>"
        for name, value in pairs
    )
    entity = f"<EntityType>{_KIND}</EntityType><FieldValueCollection>{values}</FieldValueCollection><Id>0</Id>"
    return _request("Create", f"<entities><DynamicEntity>{entity}</DynamicEntity></entities>")


def _query(names: Sequence[str], address: str, size: int) -> Request:
    asked = escape(f"C_EmailAddress='{address}'")
    page = f"<pageNumber>1</pageNumber><pageSize>{size}</pageSize>"
    return _request("Query", f"<eloquaType>{_KIND}</eloquaType><searchQuery>{asked}</searchQuery>{_names(names)}{page}")


def _names(names: Sequence[str]) -> str:
    return f"<fieldNames {_ARRAYS}>{''.join(f'<a:string>{name}</a:string>' for name in names)}</fieldNames>"


def _request(operation: str, inner: str) -> Request:
    security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    token = f"<o:Username>{servers.LOGIN}</o:Username><o:Password>{servers.PASSWORD}</o:Password>"
    body = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>'
        f'<o:Security s:mustUnderstand="1" xmlns:o="{security}"><o:UsernameToken>{token}</o:UsernameToken></o:Security>'
        f'</s:Header><s:Body><{operation} xmlns="https://secure.eloqua.com/API/1.2">{inner}</{operation}></s:Body>'
        "</s:Envelope>"
    )
    action = f'"https://secure.eloqua.com/API/1.2/DynamicEntityService/{operation}"'
    return Request("POST", _PATH, {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": action}, body)
