"""Anything that a contract allows, at every operation: a result or a fault that the operation declares."""

from __future__ import annotations

import base64
import logging
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.server.rest.canvases import line, started
from tests.server.soap.conftest import envelope_of

from mock_eloqua.soap.contract.services import SERVICES
from mock_eloqua.soap.declaration import (
    BASE64_BINARY,
    BOOLEAN,
    DATE_TIME,
    ELOQUA,
    INSTANCE,
    INT,
    KEY,
    STRING,
    VALUE,
    Complex,
    Dictionary,
    Enumeration,
    ListOf,
)

S = "http://schemas.xmlsoap.org/soap/envelope/"
WORDS = [
    "", "Base", "Contact", "Company", "Prospect", "DataCardSet", "Form", "Email", "ContactGroup", "CompanyGroup",
    "EmailHeader", "None", "C_EmailAddress", "M_CompanyName", "name", "subject", "htmlcontent", "MappedEntityType",
    "MappedEntityID", "ada@example.test", "C_EmailAddress='*'", "Web", "FormSubmit", "1", "2", "x" * 300,
]  # fmt: skip
MOMENTS = ["2013-01-31", "2013-01-31T09:59:00Z", "0001-01-01T00:00:00", "9999-12-31T23:59:59.9999999", "1969-07-20"]
SIMPLE = {
    STRING: st.sampled_from(WORDS)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
    INT: st.sampled_from(["0", "1", "2", "7", "-1", "200", "201", "2147483647", "-2147483648"]),
    BOOLEAN: st.sampled_from(["true", "false", "0", "1"]),
    DATE_TIME: st.sampled_from(MOMENTS),
    BASE64_BINARY: (st.sampled_from([b"e\nada@example.test\n", b"e\n"]) | st.binary(max_size=30)).map(
        lambda raw: base64.b64encode(raw).decode()
    ),
}


WORLD = {
    "contacts": [{"emailAddress": "ada@example.test"}, {"emailAddress": "ben@example.test"}],
    "accounts": [{"name": "Acme"}],
    "lists": [{"name": "Friends", "members": ["ada@example.test"]}],
    "customObjects": [{"name": "Shoes", "fields": [{"name": "Size", "dataType": "text"}], "records": [{"Size": "7"}]}],
    "emails": [{"name": "News", "subject": "Hello", "html": "<p>Hello</p>"}],
    "activities": [{"type": "emailSend", "contact": "ada@example.test", "asset": "News", "assetId": 1}],
}
DEFINITIONS = {
    kind: {"name": "n", "fields": {"e": "{{Contact.Field(C_EmailAddress)}}"}, "identifierFieldName": "e"}
    for kind in ("imports", "exports")
}
ELEMENTS: list[dict[str, Any]] = [
    {"type": "CampaignContactList", "id": "-1", "listId": "1", "outputTerminals": [line("-2")]},
    {"type": "CampaignCloudAction", "id": "-2", "outputTerminals": [line("-3")]},
    {"type": "CampaignYes", "id": "-3"},
]
"""A campaign with a member who waits for a cloud connector."""
TYPES = [
    ("0", "Contact", "Base"), ("0", "Company", "Base"), ("1", "Shoes", "DataCardSet"), ("1", "", "Form"),
    ("0", "", "Email"), ("0", "", "ContactGroup"), ("0", "", "CompanyGroup"), ("0", "", "EmailFooter"),
    ("1", "", "DataImport"), ("1", "", "DataExport"),
]  # fmt: skip
"""What a type of entities or of assets may well be."""


def element(name, kind, namespace):
    """An element of that type as XML; now and then nil, where it may be."""
    opened = f'{name} xmlns="{namespace}"'
    written = content(kind).map(lambda inside: f"<{opened}>{inside}</{name}>")
    return written | st.just(f'<{opened} xmlns:i="{INSTANCE}" i:nil="true"/>') if kind.is_reference else written


def content(kind):
    match kind:
        case Enumeration():
            return st.sampled_from(kind.values)
        case ListOf():
            return st.lists(element(kind.item.name, kind.item, kind.namespace), max_size=3).map("".join)
        case Dictionary():
            pair = st.tuples(element(KEY, STRING, kind.namespace), element(VALUE, STRING, kind.namespace)).map("".join)
            entry = pair.map(lambda inside: f'<{kind.entry} xmlns="{kind.namespace}">{inside}</{kind.entry}>')
            return st.lists(entry, max_size=3).map("".join)
        case Complex(name="EntityType" | "AssetType"):
            usual = st.sampled_from(TYPES).map("<ID>{0[0]}</ID><Name>{0[1]}</Name><Type>{0[2]}</Type>".format)
            return usual | usual | members(kind.members, kind.namespace)
        case Complex():
            return members(kind.members, kind.namespace)
        case _:
            return SIMPLE[kind].map(escape)


def members(declared, namespace):
    """Most of the members, in their order."""
    return st.tuples(*(st.just("") | element(name, kind, namespace) for name, kind in declared)).map("".join)


def requests(service):
    """An operation of a service, and what it is called with."""
    return st.sampled_from(service.operations).flatmap(
        lambda operation: st.tuples(st.just(operation), members(operation.request, ELOQUA))
    )


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_every_operation_bears_whatever_its_contract_allows(soap, http, eloqua, caplog, service, data):
    """[wsdl] soap-1.2.md 5.2, 6 to 9: no fault of the framework, no fault that is not declared, nothing in the log."""
    if not soap.retrieve(1)[0]:
        eloqua.reset()
        eloqua.seed(**WORLD)
        for path, body in DEFINITIONS.items():
            assert http.post(f"/API/Bulk/2.0/contacts/{path}", json=body).status_code == 201
        started(http, eloqua, *ELEMENTS)
    operation, body = data.draw(requests(service))

    answer = soap.at(service.path.rpartition("/")[2].removesuffix(".svc")).call(operation.name, body)

    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == []
    if answer.status_code != 200:
        assert soap.fault(answer).detail in {each.name for each in operation.faults}, answer.text
    else:
        assert etree.fromstring(envelope_of(answer))[1][0].tag == f"{{{ELOQUA}}}{operation.response}"
