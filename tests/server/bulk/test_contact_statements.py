"""Statements that lead from a contact to its account, its e-mail groups and its lists (`bulk` 14)."""

from __future__ import annotations

from typing import Any

import pytest

ADA, BOB, CYD = (f"{name}@example.test" for name in ("ada", "bob", "cyd"))
EMAIL = "{{Contact.Field(C_EmailAddress)}}"
ACCOUNT = "{{Contact.Account.Id}}"


@pytest.fixture
def people(eloqua: Any) -> dict[str, str]:
    """Two contacts of two accounts and one of none: address to id."""
    eloqua.seed(
        accounts=[{"name": "Engines", "city": "London"}, {"name": "Looms"}],
        contacts=[
            {"emailAddress": ADA, "account": "Engines"},
            {"emailAddress": BOB, "account": "Looms"},
            {"emailAddress": CYD},
        ],
    )
    return {address: eloqua.contact(address)["id"] for address in (ADA, BOB, CYD)}


@pytest.fixture
def told(bulk: Any) -> Any:
    """Address to what a statement says of the contact, of those that a filter finds."""

    def run(statement: str, **definition: Any) -> dict[str, str]:
        rows = bulk.export(fields={"email": EMAIL, "it": statement}, **definition)
        return {row["email"]: row["it"] for row in rows}

    return run


def refused(bulk: Any, kind: str, **definition: Any) -> set[str]:
    """The properties that keep a definition from being made."""
    fields = {"fields": {"email": EMAIL}, "identifierFieldName": "email"}
    return set(bulk.constraints(bulk.post(f"/contacts/{kind}", {"name": "n"} | fields | definition)))


@pytest.mark.usefixtures("people")
def test_a_contact_tells_of_its_account(told, rest):
    """[doc] bulk.md 14: values of the linked account; [client] 12.2: `""` where there is none."""
    (engines,) = rest.get("/data/accounts", params={"search": "Engines"}).json()["elements"]

    assert told(ACCOUNT)[ADA] == engines["id"]
    assert told("{{contact.account.field(m_city)}}") == {ADA: "London", BOB: "", CYD: ""}
    assert told("{{Contact.Account.Field(M_CompanyName)}}") == {ADA: "Engines", BOB: "Looms", CYD: ""}
    assert told("{{Contact.Account.Field(CompanyIDExt)}}")[CYD] == ""


@pytest.mark.usefixtures("people")
def test_the_id_of_the_account_is_compared_in_filters(told, bulk):
    """As the ids of all partners; a value of the account is not [inferred]."""
    looms = told(ACCOUNT)[BOB]

    assert set(told(ACCOUNT, filter=f"'{ACCOUNT}' = '{looms}'")) == {BOB}
    assert set(told(ACCOUNT, filter=f"'{ACCOUNT}' != '{looms}'")) == {ADA, CYD}
    assert set(told(ACCOUNT, filter=f"'{ACCOUNT}' = ''")) == {CYD}
    name = "'{{Contact.Account.Field(M_CompanyName)}}' = 'Looms'"
    assert refused(bulk, "exports", filter=name) == {"filter"}


@pytest.mark.parametrize(
    "statement",
    [ACCOUNT, "{{Contact.Account.Field(M_City)}}", "{{Contact.Account}}", "{{Contact.Account.Field(C_City)}}"],
)
def test_an_import_writes_nothing_to_the_account(bulk, statement):
    """bulk.md 14: for exports."""
    fields = {"email": EMAIL, "it": statement}

    assert refused(bulk, "imports", fields=fields) == {"fields"}


def test_a_field_of_the_account_stays_while_an_export_of_contacts_uses_it(bulk, eloqua, rest):
    """[client] bulk.md 5: a definition keeps its fields from being deleted, those of partners too."""
    eloqua.seed(fields=[{"name": "Rank", "entity": "Account"}])
    (field,) = bulk.get("/accounts/fields", q="name=Rank").json()["items"]
    path = f"/assets/account/field/{field['uri'].rpartition('/')[2]}"
    uri = bulk.define_export(fields={"r": field["statement"].replace("Account", "Contact.Account")})

    assert rest.delete(path).status_code == 412
    bulk.delete(uri)
    assert rest.delete(path).status_code == 200
