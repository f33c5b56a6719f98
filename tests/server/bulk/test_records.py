"""Records of custom objects and events through Bulk (`bulk` 4.4, 12, 14, 16.2)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest


@pytest.fixture(params=["customObjects", "events"])
def owner(request: Any, http: Any) -> dict[str, Any]:
    """A custom object or an event with an order number and an amount, and how Bulk writes its statements."""
    noun, path = {
        "customObjects": ("CustomObject", "assets/customObject"),
        "events": ("Event", "assets/eventRegistration"),
    }[request.param]
    fields = [
        {"type": "CustomObjectField", "id": "-1", "name": "Order", "dataType": "text"},
        {"type": "CustomObjectField", "id": "-2", "name": "Amount", "dataType": "number"},
        {"type": "CustomObjectField", "id": "-3", "name": "Buyer", "dataType": "text"},
    ]
    body = {"name": "Orders", "fields": fields, "uniqueCodeFieldId": "-1"}
    made = http.post(f"/API/REST/2.0/{path}", json=body).json()
    ids = {each["name"]: each["id"] for each in made["fields"]}
    root = f"{noun}[{made['id']}]"
    return {
        "noun": noun,
        "base": f"/{request.param}/{made['id']}",
        "id": made["id"],
        "codes": {
            "CustomObject": ("ELQ-00007", "ELQ-00012", "ELQ-00025"),
            "Event": ("ELQ-00077", "ELQ-00079", "ELQ-00078"),
        }[noun],
        "fields": {name.lower(): f"{{{{{root}.Field[{key}]}}}}" for name, key in ids.items()},
        "root": root,
        "rest": f"/API/REST/2.0/{path}/{made['id']}",
        "internal": {each["name"]: each["internalName"] for each in made["fields"]},
    }


@pytest.fixture
def load(bulk: Any, owner: dict[str, Any]) -> Any:
    """Import rows by order number."""

    def run(rows: list[dict[str, str]], **changes: Any) -> dict[str, Any]:
        body = {"fields": owner["fields"], "identifierFieldName": "order"} | changes
        uri = bulk.define(f"{owner['base']}/imports", **body)
        bulk.stage(uri, rows)
        sync: dict[str, Any] = bulk.run(uri)
        return sync

    return run


@pytest.fixture
def found(bulk: Any, owner: dict[str, Any]) -> Any:
    """The rows of an export."""

    def run(fields: dict[str, str] | None = None, **changes: Any) -> list[dict[str, str]]:
        uri = bulk.define(f"{owner['base']}/exports", fields=fields or owner["fields"], **changes)
        rows: list[dict[str, str]] = bulk.rows(uri)
        return rows

    return run


ROWS = [
    {"order": "A1", "amount": "5", "buyer": "ada@example.test"},
    {"order": "A2", "amount": "70", "buyer": "charles@example.test"},
]


def test_records_go_in_come_out_and_are_updated(bulk, load, found, owner):
    """[doc] bulk-status-codes.json: which codes count records and registrants."""
    created, updated, _ = owner["codes"]

    first = load(ROWS)
    again = load([{"order": "a2", "amount": "71", "buyer": ""}], updateRule="ifNewIsNotNull")

    assert first["status"] == "success", bulk.log(first)
    assert (bulk.counts(first)[created], bulk.counts(first)[updated]) == (2, 0)
    assert (bulk.counts(again)[created], bulk.counts(again)[updated]) == (0, 1)
    assert found() == [ROWS[0], {"order": "a2", "amount": "71", "buyer": "charles@example.test"}]


def test_a_record_has_an_id_a_code_and_stamps(eloqua, load, found, owner):
    """bulk.md 14: `.Id`, `.ExternalId`, `.CreatedAt`, `.UpdatedAt`; the unique field is the code [doc]."""
    eloqua.clock.freeze(datetime(2024, 7, 1, 12, tzinfo=UTC))
    load(ROWS[:1])
    fields = {name: f"{{{{{owner['root']}.{name}}}}}" for name in ("Id", "ExternalId", "CreatedAt", "UpdatedAt")}

    (row,) = found(fields)

    assert row["ExternalId"] == "A1"
    assert row["CreatedAt"] == row["UpdatedAt"] == "2024-07-01 08:00:00.000"
    assert found({"by name": f"{{{{{owner['root']}.Field({owner['internal']['Order']})}}}}"}) == [{"by name": "A1"}]
    load(
        [{"id": row["Id"], "amount": "6"}],
        fields={"id": fields["Id"], "amount": owner["fields"]["amount"]},
        identifierFieldName="id",
    )
    assert found()[0]["amount"] == "6"


def test_a_record_without_a_code_gets_one_of_its_own(load, found, owner):
    """As REST gives: `D`, the letters of the site, a number."""
    fields = {"amount": owner["fields"]["amount"]}
    load([{"amount": "1"}, {"amount": "2"}], fields=fields, identifierFieldName="amount")

    codes = [row["c"] for row in found({"c": f"{{{{{owner['root']}.ExternalId}}}}"})]

    assert len(set(codes)) == 2
    assert all(code.startswith("DMOCK") for code in codes)


def test_two_records_cannot_have_one_code(bulk, load, found, owner):
    """The value of the unique field is the code; a row that would take another record's is turned down."""
    load(ROWS)
    sync = load(
        [{"buyer": "ada@example.test", "order": "A2"}],
        fields={name: owner["fields"][name] for name in ("buyer", "order")},
        identifierFieldName="buyer",
    )

    assert [each["statusCode"] for each in bulk.rejects(sync)] == ["ELQ-00026"]
    assert found() == ROWS


def test_a_code_stays_its_records_own_when_the_field_is_blanked(bulk, load, found, owner):
    """One row that would take it is turned down; the others go in."""
    load(ROWS)
    load(ROWS[1:], fields={"order": owner["fields"]["order"]}, nullIdentifierFieldName=True)

    sync = load([*ROWS, ROWS[0] | {"order": "A3"}])

    assert (sync["status"], [each["recordIndex"] for each in bulk.rejects(sync)]) == ("warning", [2])
    assert [each["statusCode"] for each in bulk.rejects(sync)] == ["ELQ-00026"]
    assert [row["order"] for row in found()] == ["A1", "", "A3"]


def test_a_text_of_a_record_has_250_characters(bulk, load, found):
    """[doc] bulk.md 11.1: a hundred on contacts."""
    rows = [ROWS[0] | {"buyer": "x" * 250}, ROWS[1] | {"buyer": "x" * 251}]

    sync = load(rows)

    assert [(each["recordIndex"], each["invalidFields"]) for each in bulk.rejects(sync)] == [(2, ["buyer"])]
    assert [len(row["buyer"]) for row in found()] == [250, 0]


def test_a_value_that_does_not_fit_is_left_out(bulk, load, found):
    """[client] bulk.md 10.5: ELQ-00040; the rest of the record goes in."""
    sync = load([ROWS[0] | {"amount": "plenty"}])

    assert sync["status"] == "warning"
    assert [(each["statusCode"], each["invalidFields"]) for each in bulk.rejects(sync)] == [("ELQ-00040", ["amount"])]
    assert found() == [ROWS[0] | {"amount": ""}]


def test_records_are_mapped_to_contacts(bulk, eloqua, load, found, owner):
    """[doc] bulk.md 4.4: mapDataCards; exports tell of the contact, and of none `""`."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada"}])
    mapping = {
        "mapDataCards": True,
        "mapDataCardsEntityField": "{{Contact.Field(C_EmailAddress)}}",
        "mapDataCardsSourceField": "buyer",
        "mapDataCardsEntityType": "Contact",
    }

    sync = load(ROWS, **mapping)

    assert bulk.counts(sync)[owner["codes"][2]] == 1
    fields = owner["fields"] | {
        "first": f"{{{{{owner['root']}.Contact.Field(C_FirstName)}}}}",
        "contact": f"{{{{{owner['root']}.Contact.Id}}}}",
        "company": f"{{{{{owner['root']}.Account.Field(M_CompanyName)}}}}",
    }
    assert found(fields) == [
        ROWS[0] | {"first": "Ada", "contact": "1", "company": ""},
        ROWS[1] | {"first": "", "contact": "", "company": ""},
    ]


def test_the_match_of_mapping_may_look_at_case(bulk, eloqua, load, owner):
    """[doc] bulk.md 4.4: mapDataCardsCaseSensitiveMatch."""
    eloqua.seed(contacts=[{"emailAddress": "Ada@example.test"}])
    mapping = {
        "mapDataCards": True,
        "mapDataCardsEntityField": "{{Contact.Field(C_EmailAddress)}}",
        "mapDataCardsSourceField": "buyer",
        "mapDataCardsEntityType": "Contact",
    }

    linked = owner["codes"][2]
    assert bulk.counts(load(ROWS, **mapping, mapDataCardsCaseSensitiveMatch=True)).get(linked, 0) == 0
    assert bulk.counts(load(ROWS, **mapping))[linked] == 1


def test_records_are_mapped_to_accounts(bulk, http, rest, load, found, owner):
    """[doc] bulk.md 4.4: the entity type is called Company; rest.md 13: REST reads `accountId`, while there is one."""
    rest.post("/data/account", json={"name": "Engines"})
    sync = load(
        [ROWS[0] | {"buyer": "engines"}],
        mapDataCards=True,
        mapDataCardsEntityField="{{Account.Field(M_CompanyName)}}",
        mapDataCardsSourceField="buyer",
        mapDataCardsEntityType="Company",
    )

    assert bulk.counts(sync)[owner["codes"][2]] == 1
    assert found({"c": f"{{{{{owner['root']}.Account.Field(M_CompanyName)}}}}"}) == [{"c": "Engines"}]
    records = owner["rest"].replace("/assets/", "/data/") + "/instances?depth=complete"
    (record,) = http.get(records).json()["elements"]
    assert (record["accountId"], record["isMapped"]) == ("1", "Yes")
    assert rest.delete("/data/account/1").status_code == 200
    (record,) = http.get(records).json()["elements"]
    assert ("accountId" in record, record["isMapped"]) == (False, "No")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "mapDataCardsEntityType"),
        ({"mapDataCardsEntityType": "Contact"}, "mapDataCardsEntityField"),
        ({"mapDataCardsEntityType": "Contact", "mapDataCardsEntityField": "{{Account.Id}}"}, "mapDataCardsEntityField"),
        ({"mapDataCardsSourceField": "moon"}, "mapDataCardsSourceField"),
        ({"mapDataCardsEntityType": "Moon"}, "mapDataCardsEntityType"),
    ],
)
def test_mapping_says_what_is_mapped_to_what(bulk, owner, changes, field):
    """[doc] bulk.md 4.4: the three are needed."""
    body = {"name": "n", "fields": owner["fields"], "identifierFieldName": "order", "mapDataCards": True} | changes

    assert field in bulk.constraints(bulk.post(f"{owner['base']}/imports", body))


def test_filters_choose_records_by_their_fields(load, found, owner):
    """[client] bulk.md 15: own fields, dates, `Id`; numbers by value."""
    load(ROWS)

    assert [row["order"] for row in found(filter=f"'{owner['fields']['amount']}' > '10'")] == ["A2"]
    assert [row["order"] for row in found(filter=f"'{owner['fields']['order']}' = 'a1'")] == ["A1"]
    assert found(filter=f"'{{{{{owner['root']}.CreatedAt}}}}' < '2000-01-01'") == []


def test_metadata_name_object_and_fields(bulk, owner):
    """bulk.md 16.2: field uris such as `/customObjects/172/fields/976`."""
    item = bulk.get(owner["base"]).json()
    fields = {each["name"]: each for each in bulk.get(f"{owner['base']}/fields").json()["items"]}

    assert (item["name"], item["uri"]) == ("Orders", owner["base"])
    assert item in bulk.get(owner["base"].rpartition("/")[0]).json()["items"]
    assert fields["Order"]["statement"] == owner["fields"]["order"]
    assert fields["Order"]["hasUniquenessConstraint"] is True
    assert fields["Amount"]["dataType"] == "number"
    assert bulk.get(fields["Amount"]["uri"]).json() == fields["Amount"]
    if owner["noun"] == "CustomObject":
        assert item["uniqueFieldUri"] == fields["Order"]["uri"]


def test_an_object_that_is_not_there_is_404(bulk, owner):
    """And a definition goes with its object."""
    uri = bulk.define(f"{owner['base']}/exports", fields=owner["fields"])
    elsewhere = owner["base"].rpartition("/")[0] + "/99999"

    assert bulk.get(f"{elsewhere}/fields").status_code == 404
    assert bulk.post(f"{elsewhere}/exports", {"name": "n", "fields": owner["fields"]}).status_code == 404
    assert bulk("DELETE", uri + "/data").status_code == 204
    assert bulk.client.delete(owner["rest"], auth=bulk.auth).status_code in (200, 204)
    assert bulk.get(uri).status_code == 404
    assert bulk.get("/exports").json()["items"] == []


def test_the_address_of_the_contact_links_a_record(eloqua, load, found, owner):
    """[client] bulk.md 14: samples of 1.0 import `{{CustomObject[48].Contact.Field(C_EmailAddress)}}`."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    address = f"{{{{{owner['root']}.Contact.Field(C_EmailAddress)}}}}"
    fields = {"order": owner["fields"]["order"], "whose": address}

    load([{"order": "A1", "whose": "ADA@example.test"}, {"order": "A2", "whose": "no@example.test"}], fields=fields)

    assert [row["whose"] for row in found(fields)] == ["ada@example.test", ""]


def test_an_update_rule_concerns_the_contact_of_a_record_as_well(eloqua, load, found, owner):
    """[doc] bulk.md 4.1: `ifExistingIsNull` writes only where nothing is."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}, {"emailAddress": "bob@example.test"}])
    address = f"{{{{{owner['root']}.Contact.Field(C_EmailAddress)}}}}"
    fields = {"order": owner["fields"]["order"], "whose": address}
    load([{"order": "A1", "whose": "ada@example.test"}, {"order": "A2", "whose": ""}], fields=fields)

    rows = [{"order": "A1", "whose": "bob@example.test"}, {"order": "A2", "whose": "bob@example.test"}]
    load(rows, fields=fields, updateRule="ifExistingIsNull")

    assert [row["whose"] for row in found(fields)] == ["ada@example.test", "bob@example.test"]
