"""The published documents of REST: every operation and every type is in them, and each names what is there."""

from __future__ import annotations

import json
import re

import pytest

from mock_eloqua import house
from mock_eloqua.rest.resources import resource_types

VERSIONS = pytest.mark.parametrize("version", ["1.0", "2.0"])


@pytest.fixture
def document_of(control):
    """The document of any version."""
    return lambda version: control.get(f"/openapi/rest-{version}.json").json()


@pytest.fixture
def document(document_of, version):
    """The document of a version."""
    return document_of(version)


@VERSIONS
def test_every_operation_is_published(document, version):
    """SEARCH as the POST that it travels as; a path once, whatever its parameters are called."""
    published = {
        (method.upper(), re.sub(r"{\w+}", "{}", path).lower())
        for path, methods in document["paths"].items()
        for method in methods
    }

    assert published == {
        (each.verb, re.sub(r"{\w+}", "{}", each.path).lower())
        for each in house.face("rest").operations
        if f"/REST/{version}/" in each.path
    }


@VERSIONS
def test_every_type_is_published_as_it_is_shown_and_as_it_is_sent(document, version):
    """And every reference leads somewhere."""
    schemas = document["components"]["schemas"]

    for resource in resource_types():
        if version in resource.versions:
            assert {resource.type, f"{resource.type}Input"} <= set(schemas)
    assert set(re.findall(r'#/components/schemas/([^"]+)', json.dumps(document))) <= set(schemas)


def test_an_answer_holds_strings_where_a_request_may_bring_native_types(control):
    """rest.md 2.1; read-only properties are not asked for."""
    schemas = control.get("/openapi/rest-2.0.json").json()["components"]["schemas"]

    assert schemas["User"]["properties"]["isDisabled"]["type"] == "string"
    assert schemas["UserInput"]["properties"]["isDisabled"]["enum"] == ["true", "false", True, False]
    assert "createdAt" in schemas["User"]["properties"]
    assert "createdAt" not in schemas["UserInput"]["properties"]
    assert schemas["KeywordInput"]["required"] == ["keyword"]
    assert schemas["Sms"]["properties"]["hyperLinks"]["items"] == {"$ref": "#/components/schemas/SmsLink"}


def test_what_a_new_field_has_to_say_is_published(control):
    """[doc] rest.md 8.4: name, dataType, displayType and updateType are required."""
    schemas = control.get("/openapi/rest-1.0.json").json()["components"]["schemas"]

    for kind in ("ContactField", "AccountField"):
        assert schemas[f"{kind}Input"]["required"] == ["name", "dataType", "displayType", "updateType"]


def test_a_search_by_keys_is_a_post_with_a_header(control):
    """[doc] rest.md 1.3: X-HTTP-Method-Override."""
    post = control.get("/openapi/rest-2.0.json").json()["paths"]["/API/REST/2.0/data/sms/subscription"]["post"]

    header = next(each for each in post["parameters"] if each["in"] == "header")
    assert (header["name"], header["required"]) == ("X-HTTP-Method-Override", True)
    content = post["requestBody"]["content"]["application/json"]["schema"]
    assert content == {"$ref": "#/components/schemas/PhoneNumberSubscriptionSearchInput"}
    assert post["responses"]["200"]["content"]["application/json"]["schema"]["type"] == "array"


def test_a_list_says_what_it_takes(control):
    """[doc] rest.md 4."""
    get = control.get("/openapi/rest-1.0.json").json()["paths"]["/API/REST/1.0/system/users"]["get"]

    names = [each["name"] for each in get["parameters"]]
    assert names == ["depth", "count", "page", "search", "orderBy", "lastUpdatedAt"]
    assert get["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/QueryResultUser"
    }


BODILESS = {
    ("DELETE", "/API/REST/2.0/assets/lookupTable/{lookupTableId}/lookupTableEntry/{elementId}"),
    ("DELETE", "/API/REST/2.0/data/form/{id}/datarow/{rowId}"),
    ("DELETE", "/API/REST/2.0/assets/email/signature/rule/{ruleId}/mappings"),
    ("POST", "/API/REST/2.0/data/auditLog/reportExport"),
    ("PUT", "/API/REST/2.0/system/user/{id}/password"),
}
"""Answers without a body, besides those to the DELETE of one object."""


@VERSIONS
def test_every_answer_is_typed(document, version):
    """Or there is none."""
    untyped = {
        (method.upper(), path)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
        for status, answer in said["responses"].items()
        if status in ("200", "201") and "content" not in answer
    }

    assert {each for each in untyped if each[0] != "DELETE" or not each[1].endswith("{id}")} == {
        each for each in BODILESS if f"/{version}/" in each[1]
    }


@VERSIONS
def test_what_creates_or_changes_says_what_it_takes(document, version):
    """But for actions that are nothing but their paths."""
    bodiless = {
        path
        for path, methods in document["paths"].items()
        for method, said in methods.items()
        if method in ("post", "put", "patch") and "requestBody" not in said
    }

    actions = ("/active/{id}", "/draft/{id}", "/pause/{id}", "/queue/{id}", "/{id}/active")
    assert [path for path in bodiless if not path.endswith(actions)] == []


def test_a_body_may_be_a_file_and_an_answer_html(document_of):
    """Uploads are multipart, previews are pages [client]."""
    paths = document_of("2.0")["paths"]

    upload = paths["/API/REST/2.0/assets/image/content"]["post"]["requestBody"]["content"]
    preview = paths["/API/REST/2.0/assets/email/{id}/preview"]["get"]["responses"]["200"]["content"]
    assert (list(upload), list(preview)) == (["multipart/form-data"], ["text/html"])


@VERSIONS
def test_lists_of_objects_hold_objects_in_the_document(document):
    """Schemathesis found validationErrors of form data published as texts."""
    listed = [
        (kind, name, each)
        for kind, schema in document["components"]["schemas"].items()
        for name, each in schema.get("properties", {}).items()
        if each.get("x-wire") == "array of objects"
    ]

    assert listed
    assert [(kind, name) for kind, name, each in listed if each["items"].get("type") == "string"] == []
