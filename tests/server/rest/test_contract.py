"""The published documents of REST: every operation and every type is in them, and each names what is there."""

from __future__ import annotations

import json
import re

import httpx2
import pytest
from tests.server.published import check

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


def objects_of(document):
    """Every object that a document has a schema for, with its name; the alternatives of one apart."""
    for name, schema in document["components"]["schemas"].items():
        for each in schema.get("anyOf", [schema]):
            yield name, each


@VERSIONS
def test_no_property_is_an_object_of_any_form(document):
    """Schemathesis found validationErrors of form data published as texts; objects have schemas of their own."""
    objects = {
        (name, property_): each
        for name, schema in objects_of(document)
        for property_, each in schema.get("properties", {}).items()
        if each.get("x-wire") in ("object", "array of objects")
    }

    assert objects
    assert [where for where, each in objects.items() if "$ref" not in each.get("items", each)] == []


@VERSIONS
def test_every_body_and_answer_has_a_schema(document):
    """A page has one for what is on it."""
    schemas = document["components"]["schemas"]
    said = [
        (path, content["application/json"]["schema"])
        for path, methods in document["paths"].items()
        for each in methods.values()
        for content in (
            answer.get("content", {}) for answer in (each.get("requestBody", {}), *each["responses"].values())
        )
        if "application/json" in content
    ]

    assert said
    assert [path for path, schema in said if "$ref" not in (schema.get("items") or schema)] == []
    pages = [schema for name, schema in schemas.items() if name.startswith("QueryResult")]
    assert pages
    assert all("$ref" in each["properties"]["elements"]["items"] for each in pages)


def test_an_open_list_of_types_has_a_form_for_all_others(document_of):
    """Schemathesis found a criterion of another type with a fieldId that is none: it is kept as it came [inferred]."""
    schemas = document_of("1.0")["components"]["schemas"]

    *known, other = schemas["ContactFieldCriterion"]["anyOf"]
    assert {each["properties"]["type"]["const"] for each in known} >= {"ContactFieldCriterion", "EmailSentCriterion"}
    assert "ContactFieldCriterion" in other["properties"]["type"]["not"]["enum"]
    assert "fieldId" not in other["properties"]
    assert other["required"] == ["type"]


def test_a_document_says_what_its_parameters_take(document_of):
    """rest.md 4, 16: words, what is required, and what only some lists read."""
    paths = document_of("1.0")["paths"] | document_of("2.0")["paths"]

    def parameters(path, method="get"):
        return {each["name"]: each for each in paths[f"/API/REST/{path}"][method]["parameters"]}

    activities = parameters("1.0/data/activities/contact/{id}")
    assert [name for name, each in activities.items() if each["required"]] == ["id", "type", "startDate", "endDate"]
    assert "emailOpen" in activities["type"]["schema"]["enum"]
    assert "bounceback" not in activities["type"]["schema"]["enum"]
    by_path = parameters("2.0/data/activities/contact/{id}/{type}")
    assert (by_path["type"]["in"], by_path["startAt"]["required"]) == ("path", True)
    assert "bounceback" in by_path["type"]["schema"]["enum"]
    assert parameters("2.0/settings/notifications/visitor")["user"]["required"]
    assert {"viewId", "ownedByUserId"} <= set(parameters("2.0/data/accounts"))
    assert "includeArchived" in parameters("2.0/assets/forms")
    assert "includeArchived" not in parameters("2.0/assets/images")
    assert {"scheduledFor", "runAsUserId"} <= set(parameters("2.0/assets/program/active/{id}", "post"))
    assert "image" in parameters("1.0/assets/{assetType}/folders")["assetType"]["schema"]["enum"]
    assert "depth" not in parameters("2.0/assets/email/folder/{id}/contents")


@pytest.mark.parametrize(
    ("method", "path", "status", "content"),
    [
        ("GET", "/API/REST/2.0/system/countries", 418, b""),
        ("GET", "/API/REST/2.0/system/countries", 200, b"[]"),
        ("GET", "/API/REST/1.0/data/contact/1", 200, b'{"type": "Account"}'),
        ("GET", "/API/REST/1.0/data/contact/1", 200, b'{"type": "Contact", "isSubscribed": true}'),
        ("GET", "/api/rest//1.0/data/contact/1", 200, b'{"type": "Contact", "shoeSize": "44"}'),
        ("DELETE", "/API/REST/1.0/data/contact/1", 200, b'{"type": "Contact"}'),
    ],
)
def test_answers_of_other_forms_would_be_noticed(method, path, status, content):
    """What looks at every answer in these tests can fail."""
    asked = httpx2.Request(method, f"http://localhost{path}")
    answer = httpx2.Response(status, headers={"content-type": "application/json"}, content=content, request=asked)

    with pytest.raises(AssertionError):
        check(answer)
