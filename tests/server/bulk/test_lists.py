"""Lists of definitions and syncs, fields and contact lists (`bulk` 6, 16)."""

from __future__ import annotations

from typing import Any

import pytest

from mock_eloqua.embedded import EloquaSite


def test_an_empty_list_has_its_items(bulk: Any) -> None:
    """[recorded] bulk.md 6: other than data."""
    assert bulk.get("/contacts/imports").json() == {
        "items": [],
        "totalResults": 0,
        "limit": 1000,
        "offset": 0,
        "count": 0,
        "hasMore": False,
    }


def test_an_envelope_has_its_keys_in_order(bulk: Any) -> None:
    """[recorded] bulk.md 6; `totalResults=false` [doc]: the property is left out."""
    whole = '{"items":[],"totalResults":0,"limit":1000,"offset":0,"count":0,"hasMore":false}'

    assert bulk.get("/syncs").text == whole
    assert bulk.get("/syncs", totalResults="false").text == whole.replace('"totalResults":0,', "")


def test_a_list_is_read_page_by_page(bulk: Any) -> None:
    """[doc] bulk.md 6."""
    uris = [bulk.define_import(name=f"n{number}") for number in range(5)]

    page = bulk.get("/contacts/imports", limit=2, offset=2).json()

    assert [each["uri"] for each in page["items"]] == uris[2:4]
    assert (page["totalResults"], page["count"], page["hasMore"]) == (5, 2, True)
    assert bulk.get("/contacts/imports", limit=2, offset=4).json()["hasMore"] is False
    assert bulk.get("/contacts/imports", offset=9).json()["items"] == []
    assert "totalResults" not in bulk.get("/contacts/imports", totalResults="false").json()


def test_imports_and_exports_of_all_entities_are_listed_together(bulk: Any) -> None:
    """[doc] bulk.md 3."""
    one, other = bulk.define_import(), bulk.define_export()

    assert [each["uri"] for each in bulk.get("/imports").json()["items"]] == [one]
    assert [each["uri"] for each in bulk.get("/exports").json()["items"]] == [other]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"name=*TWO*"', ["import two"]),
        ("name='import one'", ["import one"]),
        ("name!=*two", ["import one"]),
        ("createdAt>2000-01-01", ["import one", "import two"]),
        ("createdAt<2000-01-01", []),
        ("createdBy=api.user", ["import one", "import two"]),
    ],
)
def test_q_chooses(bulk: Any, query: str, found: list[str]) -> None:
    """[doc], [client] bulk.md 6."""
    bulk.define_import(name="import one")
    bulk.define_import(name="import two")

    answer = bulk.get("/contacts/imports", q=query).json()

    assert [each["name"] for each in answer["items"]] == found
    assert answer["totalResults"] == len(found)


def test_order_by_sorts(bulk: Any) -> None:
    """[doc] bulk.md 6."""
    for name in ("b", "C", "a"):
        bulk.define_import(name=name)

    def names(**parameters: Any) -> list[str]:
        return [each["name"] for each in bulk.get("/contacts/imports", **parameters).json()["items"]]

    assert names(orderBy="name ASC") == ["a", "b", "C"]
    assert names(orderBy="NAME desc") == ["C", "b", "a"]
    assert names(orderBy="name", limit=1, offset=1) == ["b"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("q", "nonsense"), ("orderBy", "name sideways"), ("limit", "1001"), ("limit", "-1"), ("offset", "x")],
)
def test_a_parameter_that_says_nothing_is_refused(bulk: Any, name: str, value: str) -> None:
    """Our default: bulk.md 6."""
    assert list(bulk.constraints(bulk.get("/contacts/lists", **{name: value}))) == [name]


def test_blank_parameters_say_nothing(bulk: Any) -> None:
    """[client] what-real-clients-do.md 2: `orderBy=&search=` and a bare question mark."""
    assert bulk("GET", "/contacts/fields?q=&orderBy=&limit=&offset=&totalResults=").status_code == 200
    assert bulk("GET", "/contacts/fields?").status_code == 200


def test_rejects_and_logs_are_lists_too(bulk: Any) -> None:
    """[doc] bulk.md 9; [client] paging of rejects by 1000."""
    sync = bulk.load([{"email": f"bad {number}"} for number in range(1500)])

    page = bulk.get(f"{sync['uri']}/rejects", offset=1000).json()

    assert (page["totalResults"], page["count"], page["hasMore"]) == (1500, 500, False)
    assert page["items"][0]["recordIndex"] == 1001
    assert bulk.get(f"{sync['uri']}/logs", q="severity=warning").json()["count"] >= 1
    assert bulk.get(f"{sync['uri']}/rejects", q="recordIndex=7").json()["count"] == 1


def test_the_address_field_as_it_was_recorded(bulk: Any) -> None:
    """[recorded] bulk.md 16.1."""
    assert bulk.get("/contacts/fields/100001").json() == {
        "name": "Email Address",
        "internalName": "C_EmailAddress",
        "dataType": "emailAddress",
        "hasReadOnlyConstraint": False,
        "hasNotNullConstraint": True,
        "hasUniquenessConstraint": True,
        "statement": "{{Contact.Field(C_EmailAddress)}}",
        "uri": "/contacts/fields/100001",
        "createdAt": "1900-01-01T05:00:00.0000000Z",
        "updatedAt": "1900-01-01T05:00:00.0000000Z",
    }


def test_fields_show_type_and_constraints(bulk: Any, eloqua: EloquaSite) -> None:
    """[recorded] bulk.md 16.1; a custom field has a creator."""
    eloqua.seed(fields=[{"name": "Shoe Size", "dataType": "number"}])
    fields = {each["internalName"]: each for each in bulk.get("/contacts/fields").json()["items"]}

    assert fields["C_DateCreated"]["dataType"] == "date"
    assert fields["C_DateCreated"]["hasReadOnlyConstraint"] is True
    assert fields["C_FirstName"]["dataType"] == "string"
    assert fields["C_Shoe_Size1"]["dataType"] == "number"
    assert fields["C_Shoe_Size1"]["statement"] == "{{Contact.Field(C_Shoe_Size1)}}"


def test_special_fields_are_listed_without_a_uri(bulk: Any) -> None:
    """[doc] that they are listed, [client] the empty uri: bulk.md 16.1; names and types are our default."""
    special = {each["statement"]: each for each in bulk.get("/contacts/fields").json()["items"] if not each["uri"]}

    assert special.keys() == {
        "{{Contact.Id}}",
        "{{Contact.CreatedAt}}",
        "{{Contact.UpdatedAt}}",
        "{{Contact.Email.IsSubscribed}}",
        "{{Contact.Email.IsBounced}}",
        "{{Contact.Email.Format}}",
    }
    assert special["{{Contact.Email.IsSubscribed}}"]["hasReadOnlyConstraint"] is False


def test_every_listed_statement_can_be_exported(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] bulk.md 22: clients build their exports from this list."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    fields = {each["internalName"]: each["statement"] for each in bulk.get("/contacts/fields").json()["items"]}

    (row,) = bulk.export(fields=fields)

    assert row.keys() == fields.keys()
    assert row["C_EmailAddress"] == "ada@example.test"


def test_a_contact_list_shows_its_count_and_statement(bulk: Any, eloqua: EloquaSite, rest: Any) -> None:
    """[doc], [client] bulk.md 16.2."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    eloqua.seed(lists=[{"name": "VIPs", "members": ["ada@example.test"]}])
    rest.post("/assets/contact/list", json={"name": "Others"})

    seeded, made = bulk.get("/contacts/lists").json()["items"]

    number = seeded["uri"].rpartition("/")[2]
    assert (
        seeded.items()
        >= {
            "name": "VIPs",
            "count": 1,
            "statement": f"{{{{ContactList[{number}]}}}}",
            "uri": f"/contacts/lists/{number}",
        }.items()
    )
    assert list(made) == [
        "name",
        "count",
        "statement",
        "uri",
        "createdBy",
        "createdAt",
        "updatedBy",
        "updatedAt",
    ]
    assert made["createdBy"] == "api.user"
    assert bulk.get(made["uri"]).json() == made


@pytest.mark.parametrize(
    "path", ["/contacts/fields/1", "/contacts/lists/99999999999999999999", "/contacts/lists/x", "/nothing"]
)
def test_what_is_not_there_is_an_empty_404(bulk: Any, path: str) -> None:
    """[client] bulk.md 16.2."""
    answer = bulk.get(path)

    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize(
    "path",
    ["/api/bulk/2.0/contacts/fields", "/API/BULK/2.0//contacts/fields/", "/API/Bulk/2.0/Contacts/FIELDS"],
)
def test_paths_are_read_in_any_case_with_doubled_and_trailing_slashes(bulk: Any, path: str) -> None:
    """[client] bulk.md 2."""
    assert bulk.client.get(path, auth=bulk.auth).status_code == 200
