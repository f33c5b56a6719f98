"""Lookup tables, rules of deduplication, campaign fields, countries, cloud data (2.0, but for the last)."""

from __future__ import annotations

import pytest

from mock_eloqua.control_client import ControlError

V2 = "/API/REST/2.0"


def refused(answer) -> tuple[int, str, str]:
    """Status, property and rule of an answer with one failure."""
    (error,) = answer.json()
    return answer.status_code, error["property"], error["requirement"]["type"]


@pytest.fixture
def industries(eloqua) -> str:
    """The path of a lookup table."""
    eloqua.seed(lookupTables=[{"name": "Industries", "entries": {"fin": "Finance", "it": "Technology"}}])
    return f"{V2}/assets/lookupTable/1"


def test_lookup_tables_are_read(http, industries):
    """[doc] endpoints 2.0: one and all; nothing makes, changes or deletes them."""
    body = http.get(industries).json()

    assert (body["type"], body["name"], body["depth"]) == ("LookupTable", "Industries", "complete")
    assert [each["id"] for each in http.get(f"{industries}s".replace("/1s", "s")).json()["elements"]] == ["1"]
    assert http.get(f"{V2}/assets/lookupTable/2").status_code == 404
    assert http.delete(industries).status_code == 405


def test_entries_are_listed_made_changed_and_deleted(http, industries):
    """[doc] the paths; key and value are our reading [inferred]."""
    listed = http.get(f"{industries}/lookupTableEntries").json()
    made = http.post(f"{industries}/lookupTableEntry", json={"key": "ngo", "value": "Charity"})
    changed = http.put(f"{industries}/lookupTableEntry/3", json={"id": "3", "key": "ngo", "value": "Non-profit"})

    assert listed["elements"][0] == {"type": "LookupTableEntry", "id": "1", "key": "fin", "value": "Finance"}
    assert (made.status_code, made.json()["id"]) == (201, "3")
    assert (changed.status_code, changed.json()["value"]) == (200, "Non-profit")
    assert http.delete(f"{industries}/lookupTableEntry/3").content == b""
    assert http.delete(f"{industries}/lookupTableEntry/3").status_code == 404
    assert http.get(f"{industries}/lookupTableEntries").json() == listed


def test_entries_are_searched_and_paged(http, industries):
    """[doc] the parameters; a bare value is a key [inferred]."""

    def found(query: str) -> list[str]:
        return [each["key"] for each in http.get(f"{industries}/lookupTableEntries?{query}").json()["elements"]]

    assert found("search=value='tech*'") == found("search=IT") == found("count=1&page=2") == ["it"]


def test_a_key_is_there_and_unique_in_its_table(http, eloqua, industries):
    """Our defaults [inferred] rest.md 7.3."""
    eloqua.seed(lookupTables=[{"name": "Others"}])
    path = f"{industries}/lookupTableEntry"

    assert refused(http.post(path, json={"value": "x"})) == (400, "key", "NotNullRequirement")
    assert refused(http.post(path, json={"key": "x" * 256})) == (400, "key", "ValidTextLengthRequirement")
    assert refused(http.post(path, json={"key": "a\0"})) == (400, "key", "ContentRequirement")
    assert refused(http.post(path, json={"key": "FIN"})) == (409, "key", "NoDuplicatesRequirement")
    assert refused(http.put(f"{path}/2", json={"key": "fin"})) == (409, "key", "NoDuplicatesRequirement")
    assert http.put(f"{path}/2", json={"key": "IT"}).json() == {"type": "LookupTableEntry", "id": "2", "key": "IT"}
    eloqua.set(put_semantics="merge")
    assert http.put(f"{path}/1", json={"value": "Money"}).json()["key"] == "fin"
    assert http.post(f"{V2}/assets/lookupTable/2/lookupTableEntry", json={"key": "fin"}).status_code == 201
    assert http.put(f"{V2}/assets/lookupTable/2/lookupTableEntry/1", json={"key": "x"}).status_code == 404
    assert http.get(f"{V2}/assets/lookupTable/9/lookupTableEntries").status_code == 404
    assert http.put(f"{path}/x", json={"key": "x"}).json()[0]["parameter"] == "elementId"
    assert http.put(f"{V2}/assets/lookupTable/x/lookupTableEntry/1", json={}).json()[0]["parameter"] == "lookupTableId"


@pytest.fixture
def rules(eloqua) -> str:
    """The path of the rules of deduplication."""
    newest = {"name": "Keep newest", "deletePermanentlyFromDestination": True}
    sets = [newest, {"name": "Rest", "isNonMatchesDestination": True}]
    eloqua.seed(
        dedupeRules=[
            {"name": "By address", "isCompleted": "true", "handlerSets": sets},
            {"name": "By company", "target": "account", "isMatchRule": False},
        ]
    )
    return f"{V2}/assets/dedupeRule"


def test_rules_of_deduplication_are_read(http, rules):
    """[doc] endpoints 2.0, schemas DedupeRule: everything is shown, as there is no depth to ask for [inferred]."""
    first, second = http.get(f"{rules}s").json()["elements"]

    assert (first["type"], first["name"], first["isCompleted"], first["isMatchRule"]) == (
        "DedupeRule",
        "By address",
        "true",
        "true",
    )
    assert (second["sourceEntityType"], second["targetEntityType"]) == ("contact", "account")
    assert http.get(f"{rules}/1").json() == first
    assert http.get(f"{rules}/3").status_code == 404
    assert http.get(f"{rules}/x").json()[0]["parameter"] == "ruleId"
    assert http.post(rules, json={"name": "Mine"}).status_code in (404, 405)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sourceType=1", ["1", "2"]),
        ("targetType=2", ["2"]),
        ("sourceType=2", []),
        ("IsMatchRule=true", ["1"]),
        ("isMatchRule=False", ["2"]),
        ("IsCompleted=true", ["1"]),
        ("search=By company", ["2"]),
        ("count=1&page=2", ["2"]),
    ],
)
def test_rules_by_what_they_are_about(http, rules, query, found):
    """[doc] sourceType and targetType: 1 is contact, 2 is account."""
    assert [each["id"] for each in http.get(f"{rules}s?{query}").json()["elements"]] == found


@pytest.mark.parametrize(
    ("query", "rule"), [("sourceType=3", "EnumRequirement"), ("IsCompleted=perhaps", "BooleanRequirement")]
)
def test_odd_parameters_of_rules_are_refused(http, rules, query, rule):
    """Our default [inferred] rest.md 7.2."""
    (error,) = http.get(f"{rules}s?{query}").json()

    assert (error["type"], error["requirement"]["type"]) == ("EndpointParameterError", rule)


def test_handler_sets_belong_to_a_rule(http, rules):
    """[doc] endpoints 2.0, schemas DedupeRuleHandlerSet."""
    page = http.get(f"{rules}/1/handlerSets?depth=complete").json()
    first = page["elements"][0]

    assert (page["total"], first["type"], first["name"]) == (2, "DedupeRuleHandlerSet", "Keep newest")
    assert first["deletePermanentlyFromDestination"] == "true"
    assert http.get(f"{rules}/1/handlerSet/1").json() == first
    rest = http.get(f"{rules}/1/handlerSets?isNonMatchesDestination=true").json()["elements"]
    assert [each["name"] for each in rest] == ["Rest"]
    assert http.get(f"{rules}/2/handlerSets").json()["total"] == 0
    assert http.get(f"{rules}/2/handlerSet/1").status_code == 404
    assert http.get(f"{rules}/9/handlerSets").status_code == 404


def test_a_campaign_field_is_made_like_a_contact_field(http):
    """[doc] the paths; the properties after contact fields [inferred]."""
    path = f"{V2}/assets/campaign/field"

    answer = http.post(path, json={"name": "Cost centre", "dataType": "text", "internalName": "Mine"})

    body = answer.json()
    assert answer.status_code == 201
    assert (body["type"], body["internalName"], body["displayType"]) == ("CampaignField", "Cost_centre1", "text")
    assert (body["isReadOnly"], body["isRequired"], body["isStandard"]) == ("false", "false", "false")
    changed = http.put(f"{path}/1", json={"id": "1", "name": "Centre", "displayType": "textArea"}).json()
    assert (changed["name"], changed["internalName"], changed["dataType"]) == ("Centre", "Cost_centre1", "text")
    assert [each["name"] for each in http.get(f"{path}s?search=internalName='cost*'").json()["elements"]] == ["Centre"]
    assert http.delete(f"{path}/1").status_code == 200
    assert http.get(f"{path}/1").status_code == 404


def test_what_a_campaign_field_has_to_say(http):
    """Our defaults [inferred] rest.md 7.3, 8.4."""
    path = f"{V2}/assets/campaign/field"
    http.post(path, json={"name": "Centre", "dataType": "text"})

    assert refused(http.post(path, json={"dataType": "text"})) == (400, "name", "NotNullRequirement")
    assert refused(http.post(path, json={"name": "A"})) == (400, "dataType", "NotNullRequirement")
    assert refused(http.post(path, json={"name": "A", "dataType": "colour"})) == (400, "dataType", "EnumRequirement")
    assert refused(http.post(path, json={"name": "CENTRE", "dataType": "text"})) == (
        409,
        "name",
        "UniquenessRequirement",
    )
    assert refused(http.put(f"{path}/1", json={"name": "Centre", "dataType": "date"})) == (
        400,
        "dataType",
        "ImmutabilityRequirement",
    )
    assert http.post(path, json={"name": "centre ", "dataType": "text"}).json()["internalName"] == "centre_1"


def test_countries(http):
    """[doc] the path; name and ISO code on one page are our reading [inferred]."""
    page = http.get(f"{V2}/system/countries").json()

    assert page["total"] == len(page["elements"]) == 249
    assert {"type": "Country", "name": "Netherlands", "code": "NL"}.items() <= next(
        each for each in page["elements"] if each["code"] == "NL"
    ).items()
    assert http.nobody().get(f"{V2}/system/countries").status_code == 401


def test_cloud_data_is_taken(rest, http):
    """[client] the path and the properties."""
    given = {"name": "sample", "providerURL": "www.test.com", "iconURL": "test", "description": "test"}

    answer = rest.post("/system/cloud/data", json=given)

    assert answer.status_code == 201
    assert given.items() <= answer.json().items()
    assert (answer.json()["type"], answer.json()["id"]) == ("CloudDataInstance", "1")
    assert refused(rest.post("/system/cloud/data", json={})) == (400, "name", "NotNullRequirement")
    assert rest.get("/system/cloud/data").status_code == 405
    assert http.post(f"{V2}/system/cloud/data", json=given).status_code == 404


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"lookupTables": [{"name": "A", "entries": ["x"]}]}, "entries is an object of texts"),
        ({"lookupTables": [{"name": "A", "entries": {"x": "y" * 256}}]}, "ValidTextLengthRequirement"),
        ({"dedupeRules": [{"name": "A", "source": "lead"}]}, "source and target take contact or account"),
        ({"dedupeRules": [{"name": "A", "handlerSets": [{}]}]}, "name is missing"),
    ],
)
def test_a_seed_says_what_does_not_fit(eloqua, document, said):
    """`crm.planting`."""
    with pytest.raises(ControlError, match=said):
        eloqua.seed(**document)
