"""The served description against the published one, by a reader that knows nothing of the product's table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mock_eloqua.embedded import MockEloqua

PUBLISHED = Path(__file__).parents[3].parent / "shared/reference/soap/service-2013-09.wsdl"
SERVED = [
    "ListEntityTypes",
    "DescribeEntityType",
    "DescribeEntity",
    "Create",
    "Update",
    "Delete",
    "Retrieve",
    "Query",
]
XS = "http://www.w3.org/2001/XMLSchema"
NS = {
    "wsdl": "http://schemas.xmlsoap.org/wsdl/",
    "soap": "http://schemas.xmlsoap.org/wsdl/soap/",
    "wsaw": "http://www.w3.org/2006/05/addressing/wsdl",
    "xs": XS,
}
ACTION = f"{{{NS['wsaw']}}}Action"
PATH = "/API/1.2/Service.svc"

DEFAULTS = {"minOccurs": "1", "maxOccurs": "1", "nillable": "false"}
NAMES = {"type", "base", "element", "message", "binding"}
"""Attributes that hold a qualified name."""


def test_the_description_is_the_published_one(http):
    """[wsdl] soap-1.2.md 2, 5, 6: names, actions, types, faults; the address and the policy aside."""
    if not PUBLISHED.exists():
        pytest.skip(f"{PUBLISHED} is not there: the vendor's descriptions are not part of the project")
    ours, theirs = etree.fromstring(http.get(f"{PATH}?wsdl").content), etree.parse(PUBLISHED).getroot()

    assert facts(ours) == facts(theirs)


def test_it_declares_nothing_that_the_published_one_does_not(http):
    """[wsdl] soap-1.2.md 6: no type, element or message besides."""
    if not PUBLISHED.exists():
        pytest.skip(f"{PUBLISHED} is not there: the vendor's descriptions are not part of the project")
    ours, theirs = etree.fromstring(http.get(f"{PATH}?wsdl").content), etree.parse(PUBLISHED).getroot()

    assert set(declared(ours)) <= set(declared(theirs))
    assert {each for each in declared(ours) if each[0] == "operation"} == {("operation", name) for name in SERVED}


@pytest.mark.parametrize("query", ["wsdl", "WSDL", "singleWsdl", "Wsdl", "wsdl="])
@pytest.mark.parametrize("path", ["/API/1.2/Service.svc", "/api/1.2/service.svc", "/API//1.2/SERVICE.SVC"])
def test_any_spelling_finds_it_without_credentials(http, path, query):
    """[client] soap-1.2.md 1, what-real-clients-do.md 6."""
    answer = http.nobody().get(f"{path}?{query}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert address(answer.content).endswith(PATH)


def test_without_a_query_there_is_a_page_that_says_where_it_is(http):
    """[inferred] soap-1.2.md 5.4."""
    answer = http.nobody().get(PATH)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f"{PATH}?wsdl" in answer.text


def test_the_address_is_the_one_the_caller_used(http, eloqua):
    """[wsdl] soap-1.2.md 1: on every POD only the address differs."""
    assert address(http.get(f"{PATH}?wsdl").content) == f"{eloqua.base_url}{PATH}"

    named = http.get(f"{PATH}?wsdl", headers={"Host": "eloqua.example:8443"})
    assert address(named.content) == f"http://eloqua.example:8443{PATH}"


@pytest.mark.parametrize("host", ['x"/><evil/>', "a b", "<x>", ""])
def test_a_host_that_is_none_is_not_repeated(plain, eloqua, host):
    """What comes in from outside never gets into the description."""
    plain.putrequest("GET", f"{PATH}?wsdl", skip_host=True)
    plain.putheader("Host", host)
    plain.endheaders()
    answer = plain.getresponse()

    body = answer.read()
    assert answer.status == 400 or address(body) == f"{eloqua.base_url}{PATH}"


def test_a_public_address_comes_first():
    """[client] what-real-clients-do.md 6: toolkits call what the description names."""
    with MockEloqua(public_url="https://eloqua.example/") as site:
        import httpx2

        found = httpx2.get(f"{site.base_url}{PATH}?wsdl").content

    assert address(found) == f"https://eloqua.example{PATH}"


def address(wsdl: bytes) -> str:
    (found,) = etree.fromstring(wsdl).iterfind("wsdl:service/wsdl:port/soap:address", NS)
    return str(found.get("location"))


def facts(root: Any) -> dict[str, Any]:
    """All that a client can tell of the served operations, by what it is about."""
    found: dict[str, Any] = {
        "definitions": (root.get("name"), root.get("targetNamespace")),
        "service": [shape(each, skip=("address",)) for each in root.iterfind("wsdl:service", NS)],
        "portType": [each.get("name") for each in root.iterfind("wsdl:portType", NS)],
        "binding": [(own(each), shape(each.find("soap:binding", NS))) for each in root.iterfind("wsdl:binding", NS)],
        "forms": {each.get("elementFormDefault") for each in root.iterfind("wsdl:types/xs:schema", NS)},
    }
    messages = {each.get("name"): shape(each) for each in root.iterfind("wsdl:message", NS)}
    elements = []
    for name in SERVED:
        (about,) = root.iterfind(f"wsdl:portType/wsdl:operation[@name='{name}']", NS)
        (bound,) = root.iterfind(f"wsdl:binding/wsdl:operation[@name='{name}']", NS)
        for part in about:
            message = messages[part.get("message").partition(":")[2]]
            found[f"{name}.{kind(part)}.{part.get('name')}"] = own(part), message
            elements.append(message[2][0][1]["element"])
        found[f"{name} bound"] = sorted(map(shape, bound), key=repr)
    return found | reachable(schemas(root), elements)


def reachable(known: dict[tuple[str, str], Any], elements: list[str]) -> dict[str, Any]:
    """The elements, every type they lead to, and the global element of each."""
    found: dict[str, Any] = {}
    todo = [("element", name) for name in elements]
    while todo:
        what = todo.pop()
        if what[1].startswith(f"{{{XS}}}") or str(what) in found:
            continue
        found[str(what)] = known[what]
        todo += [(key, name) for name in types_in(known[what]) for key in ("type", "element")]
    return found


def types_in(node: Any) -> Iterator[str]:
    _, attributes, children, _ = node
    if "type" in attributes:
        yield attributes["type"]
    for each in children:
        yield from types_in(each)


def schemas(root: Any) -> dict[tuple[str, str], Any]:
    """Global elements and types by kind and qualified name."""
    found = {}
    for schema in root.iterfind("wsdl:types/xs:schema", NS):
        for each in schema:
            if each.get("name"):
                name = f"{{{schema.get('targetNamespace')}}}{each.get('name')}"
                found["element" if kind(each) == "element" else "type", name] = shape(each)
    return found


def declared(root: Any) -> Iterator[tuple[str, str]]:
    yield from schemas(root)
    for each in root.iterfind("wsdl:message", NS):
        yield "message", each.get("name")
    for each in root.iterfind("wsdl:portType/wsdl:operation", NS):
        yield "operation", each.get("name")


def shape(node: Any, skip: tuple[str, ...] = ()) -> tuple[str, dict[str, str], list[Any], str]:
    """An element with all below it: names resolved, defaults left out."""
    inside = [shape(each, skip) for each in node if kind(each) not in skip]
    return etree.QName(node).text, own(node), inside, (node.text or "").strip()


def own(node: Any) -> dict[str, str]:
    attributes = {name: value for name, value in node.attrib.items() if DEFAULTS.get(name) != value}
    for name in NAMES & set(attributes):
        prefix, _, local = attributes[name].rpartition(":")
        attributes[name] = f"{{{node.nsmap[prefix or None]}}}{local}"
    return attributes


def kind(node: Any) -> str:
    return str(etree.QName(node).localname)
