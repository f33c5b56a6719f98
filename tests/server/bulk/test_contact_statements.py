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


GROUP = "{{Contact.Email.Group[1].IsSubscribed}}"
FIELDS = {"email": EMAIL, "it": GROUP}


def test_an_export_tells_who_is_subscribed_to_a_group(people, told, rest, eloqua):
    """[inferred] bulk.md 14; where nothing was said, the switch decides, as in REST."""
    path = "/data/contact/{}/email/group/1/subscription"
    rest.put(path.format(people[ADA]), json={"isSubscribed": "false"})
    rest.put(path.format(people[BOB]), json={"isSubscribed": "true"})

    assert told(GROUP) == {ADA: "false", BOB: "true", CYD: "true"}
    assert set(told(GROUP, filter=f"'{GROUP}' = 'true'")) == {BOB, CYD}
    assert set(told(GROUP, filter=f"NOT '{GROUP}' = 'true'")) == {ADA}
    eloqua.set(email_group_default="unsubscribed")
    assert told("{{contact.email.group[1].issubscribed}}") == {ADA: "false", BOB: "true", CYD: "false"}
    assert set(told(GROUP, filter=f"'{GROUP}' != 'false'")) == {BOB}


def test_an_import_subscribes_and_unsubscribes(people, bulk, told, rest, eloqua):
    """[doc] bulk.md 10: groups can be written; a blank says nothing, a bad word leaves the field out [client]."""
    eloqua.clock.advance(days=1)
    before = rest.get(f"/data/contact/{people[ADA]}").json()["updatedAt"]

    sync = bulk.load(
        [
            {"email": ADA, "it": "FALSE"},
            {"email": BOB, "it": ""},
            {"email": CYD, "it": "perhaps"},
            {"email": "dan@example.test", "it": "0"},
            {"email": "eve@example.test", "it": ""},
        ],
        fields=FIELDS,
    )

    assert {code: bulk.counts(sync)[code] for code in ("ELQ-00004", "ELQ-00022")} == {"ELQ-00004": 2, "ELQ-00022": 3}
    assert [(each["statusCode"], each["invalidFields"]) for each in bulk.rejects(sync)] == [("ELQ-00040", ["it"])]
    on = {"eve@example.test": "true", BOB: "true", CYD: "true"}
    assert told(GROUP) == {ADA: "false", "dan@example.test": "false", **on}
    shown = rest.get(f"/data/contact/{people[ADA]}").json()
    assert (shown["isSubscribed"], shown["updatedAt"]) == ("true", before)


def test_a_turned_subscription_is_an_activity_and_the_same_again_is_none(bulk, people):
    """As REST records it; an import touches only what differs [recorded]."""
    for _ in range(2):
        bulk.load([{"email": ADA, "it": "false"}, {"email": CYD, "it": "true"}], fields=FIELDS)

    kind = {"fields": {"who": "{{Activity.Contact.Id}}"}, "filter": "'{{Activity.Type}}' = 'Unsubscribe'"}
    assert bulk.rows(bulk.define("/activities/exports", **kind)) == [{"who": people[ADA]}]


@pytest.mark.usefixtures("people")
def test_update_rules_hold_for_groups(bulk, told):
    """[doc] bulk.md 4.1: `ifExistingIsNull` writes where nothing was said."""
    bulk.load([{"email": ADA, "it": "true"}], fields=FIELDS)
    both = [{"email": ADA, "it": "false"}, {"email": BOB, "it": "false"}]

    bulk.load(both, fields=FIELDS, updateRule="ifExistingIsNull")

    assert told(GROUP) == {ADA: "true", BOB: "false", CYD: "true"}


@pytest.mark.usefixtures("people")
def test_a_subscription_is_of_the_address_a_contact_gets(bulk, told):
    """rest.md 15: what an address said survives its contact; an import that changes the address subscribes the new."""
    fields = {"id": "{{Contact.Id}}", **FIELDS}
    (key,) = (row["id"] for row in bulk.export(fields=fields) if row["email"] == ADA)

    sync = bulk.load([{"id": key, "email": "new@example.test", "it": "false"}], fields=fields, identifierFieldName="id")
    assert sync["status"] == "success", bulk.rejects(sync)
    bulk.load([{"email": ADA}], fields={"email": EMAIL})

    assert told(GROUP) == {ADA: "true", "new@example.test": "false", BOB: "true", CYD: "true"}


@pytest.mark.usefixtures("people")
def test_a_group_stays_while_a_definition_uses_it(bulk, rest):
    """[inferred] as lists; a group that is not there is refused."""
    pages = rest.post("/assets/landingPage", json={"name": "page"}).json()["id"]
    body = {"name": "News", "subscriptionLandingPageId": pages, "unsubscriptionLandingPageId": pages}
    key = rest.post("/assets/email/group", json=body).json()["id"]
    news = f"{{{{Contact.Email.Group[{key}].IsSubscribed}}}}"
    uses = [
        bulk.define_import(fields={"email": EMAIL, "it": news}),
        bulk.define_export(filter=f"'{news}' = 'true'"),
        bulk.define_export(
            syncActions=[{"action": "setStatus", "status": "subscribed", "destination": f"{{{{EmailGroup[{key}]}}}}"}]
        ),
    ]

    for uri in uses:
        assert rest.delete(f"/assets/email/group/{key}").status_code == 412
        bulk.delete(uri)
    assert rest.delete(f"/assets/email/group/{key}").status_code == 200
    assert refused(bulk, "imports", fields={"email": EMAIL, "it": news}) == {"fields"}
    assert refused(bulk, "exports", filter=f"'{news}' = 'true'") == {"filter"}


def test_the_fields_of_contacts_list_no_groups(bulk):
    """bulk.md 16.1: the special statements that are listed name no asset."""
    assert not any("Group[" in each["statement"] for each in bulk.get("/contacts/fields").json()["items"])


@pytest.mark.usefixtures("people")
def test_being_on_a_list_is_a_boolean(bulk, told, eloqua, rest):
    """[inferred] bulk.md 14; written by sync actions only."""
    eloqua.seed(lists=[{"name": "VIPs", "members": [ADA, CYD]}])
    key = rest.get("/assets/contact/lists").json()["elements"][0]["id"]
    on = f"{{{{Contact.List[{key}]}}}}"

    assert told(on) == {ADA: "true", BOB: "false", CYD: "true"}
    assert set(told(on, filter=f"'{on}' = 'true' AND '{EMAIL}' ~ 'a%'")) == {ADA}
    assert set(told(on, filter=f"'{on}' = 'false'")) == {BOB}
    assert refused(bulk, "imports", fields={"email": EMAIL, "it": on}) == {"fields"}
    assert refused(bulk, "exports", fields={"it": "{{Contact.List[99]}}"}) == {"fields"}
    assert rest.delete(f"/assets/contact/list/{key}").status_code == 412


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("statement", ["{{Contact.Email.Group[1]}}", "{{Contact.Email[1].Group.IsSubscribed}}"])
def test_other_forms_say_nothing(bulk, statement):
    """bulk.md 14: refused [inferred]."""
    assert refused(bulk, "exports", fields={"it": statement}) == {"fields"}
