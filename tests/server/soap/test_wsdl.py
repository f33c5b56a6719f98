"""The served descriptions against the published ones, by a reader that knows nothing of the product's table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mock_eloqua.embedded import MockEloqua

PUBLISHED = Path(__file__).parents[3].parent / "shared/reference/soap"
SERVICES = {
    "Service": "service-2013-09.wsdl",
    "DataTransferService": "data-transfer-2013-09.wsdl",
    "EmailService": "email-2013-09.wsdl",
    "ExternalActionService": "external-action-2013-06.wsdl",
}
"""The newest consistent set (soap/README.md)."""
NS = {
    "wsdl": "http://schemas.xmlsoap.org/wsdl/",
    "soap": "http://schemas.xmlsoap.org/wsdl/soap/",
    "wsp": "http://schemas.xmlsoap.org/ws/2004/09/policy",
    "xs": "http://www.w3.org/2001/XMLSchema",
}
PATH = "/API/1.2/Service.svc"

DEFAULTS = {"minOccurs": "1", "maxOccurs": "1", "nillable": "false", "namespace": ""}
NAMES = {"type", "base", "element", "message", "binding"}
"""Attributes that hold a qualified name."""


@pytest.fixture(scope="module")
def behind_https():
    """A server that is reached through HTTPS, so that its descriptions have their policies."""
    with MockEloqua(public_url="https://eloqua.example/") as site:
        yield site


@pytest.fixture
def described(behind_https):
    """What the description of a service says there."""
    import httpx2

    def ask(name, flavour="2013"):
        behind_https.set(soap_wsdl_flavour=flavour)
        return facts(httpx2.get(f"{behind_https.base_url}/API/1.2/{name}.svc?wsdl").content)

    return ask


def published(name: str) -> dict[str, Any]:
    if not (PUBLISHED / name).exists():
        pytest.skip(f"{PUBLISHED / name} is not there: the vendor's descriptions are not part of the project")
    return facts((PUBLISHED / name).read_bytes())


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.quirk("Q73")
def test_a_description_is_the_published_one(described, name):
    """[wsdl] soap-1.2.md 2, 5 to 9: everything that it says, addresses aside."""
    assert described(name) == published(SERVICES[name])


def test_the_description_of_2012_has_two_operations_more(described):
    """[wsdl] soap-1.2.md 9, soap/README.md."""
    assert described("ExternalActionService", "2012") == published("external-action-2012-07.wsdl")


@pytest.mark.parametrize("name", SERVICES)
def test_without_https_no_policy_asks_for_it(http, described, name):
    """[inferred] soap-1.2.md 4: by such a policy a .NET proxy refuses to send its token over plain HTTP."""
    plainly, securely = facts(http.get(f"/API/1.2/{name}.svc?wsdl").content), described(name)

    assert set(securely) - set(plainly) == {"Policy"}
    assert "PolicyReference" not in str(plainly)


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


def test_a_public_address_comes_first(behind_https):
    """[client] what-real-clients-do.md 6: toolkits call what the description names."""
    import httpx2

    found = httpx2.get(f"{behind_https.base_url}{PATH}?wsdl").content

    assert address(found) == f"https://eloqua.example{PATH}"


def address(wsdl: bytes) -> str:
    (found,) = etree.fromstring(wsdl).iterfind("wsdl:service/wsdl:port/soap:address", NS)
    return str(found.get("location"))


def facts(wsdl: bytes) -> dict[str, Any]:
    """All that a description says, by what it is about, in whatever order it says it."""
    root = etree.fromstring(wsdl)
    found: dict[str, Any] = {"definitions": own(root)} | {
        kind(each): shape(each) for each in root.iterfind("wsp:Policy", NS)
    }
    for schema in root.iterfind("wsdl:types/xs:schema", NS):
        namespace = schema.get("targetNamespace")
        found |= {f"schema {namespace}": own(schema)}
        found |= {f"{kind(each)} {{{namespace}}}{each.get('name')}": shape(each) for each in schema if each.get("name")}
    found |= {f"message {each.get('name')}": shape(each) for each in root.iterfind("wsdl:message", NS)}
    for outer in (*root.iterfind("wsdl:portType", NS), *root.iterfind("wsdl:binding", NS)):
        parts = [shape(each) for each in outer if kind(each) != "operation"]
        found[f"{kind(outer)} {outer.get('name')}"] = own(outer), parts
        for each in outer.iterfind("wsdl:operation", NS):
            found[f"{kind(outer)} {each.get('name')}"] = own(each), sorted(map(shape, each), key=repr)
    (service,) = root.iterfind("wsdl:service", NS)
    return found | {"service": shape(service, skip=("address",))}


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
