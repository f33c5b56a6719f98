"""`linkUsers`: imports of accounts tie users to them (`bulk` 4.4)."""

from __future__ import annotations

from typing import Any

import pytest

NAME = "{{Account.Field(M_CompanyName)}}"
USER = "{{Account.User.Field(CRMSfdcUserId)}}"
FIELDS = {"company": NAME, "user": USER}


@pytest.fixture
def sellers(http: Any) -> dict[str, str]:
    """Two users whom a sales system knows: login to id."""
    ids = {}
    for login, name in (("api.user", "005A"), ("marketer", "005B")):
        found = http.get("/API/REST/2.0/system/users", params={"search": f"loginName={login}"}).json()["elements"][0]
        body = {"id": found["id"], "name": found["name"], "loginName": login, "crmUserNames": {"SFDCUserName": name}}
        body["passwordExpires"] = "false"  # what is left out is replaced: the seed's password would have expired
        answer = http.put(f"/API/REST/2.0/system/user/{found['id']}", json=body)
        assert answer.status_code == 200, answer.text
        ids[login] = found["id"]
    return ids


@pytest.fixture
def load(bulk: Any) -> Any:
    """Import companies and their users."""

    def run(*rows: tuple[str, str], **changes: Any) -> dict[str, Any]:
        body = {"fields": FIELDS, "identifierFieldName": "company", "linkUsers": True} | changes
        uri = bulk.define("/accounts/imports", **body)
        bulk.stage(uri, [{"company": company, "user": user} for company, user in rows])
        sync: dict[str, Any] = bulk.run(uri)
        return sync

    return run


@pytest.fixture
def told(bulk: Any) -> Any:
    """Company to user, of an export."""

    def run(user: str = USER) -> dict[str, str]:
        rows = bulk.rows(bulk.define("/accounts/exports", fields={"company": NAME, "user": user}))
        return {row["company"]: row["user"] for row in rows}

    return run


def owners(http: Any, company: str) -> list[str]:
    """The logins that REST shows of an account."""
    query = {"search": f"name={company}", "depth": "complete"}
    (found,) = http.get("/API/REST/2.0/data/accounts", params=query).json()["elements"]
    return [each["loginName"] for each in found.get("crmSystemMappings", [])]


@pytest.mark.usefixtures("sellers")
def test_users_are_tied_to_new_and_known_accounts(bulk, load, told, http):
    """[doc] bulk.md 4.4; REST shows it in `crmSystemMappings` [inferred]."""
    http.post("/API/REST/2.0/data/account", json={"name": "Looms"})

    sync = load(("Engines", "005a"), ("Looms", "005B"), ("Mills", ""))

    assert sync["status"] == "success", bulk.rejects(sync)
    assert (owners(http, "Engines"), owners(http, "Looms"), owners(http, "Mills")) == (["api.user"], ["marketer"], [])
    assert told() == {"Engines": "005A", "Looms": "005B", "Mills": ""}
    assert told("{{account.user.field(crmoscuserid)}}") == {"Engines": "", "Looms": "", "Mills": ""}


def test_a_second_user_is_tied_besides_the_first(load, told, http, sellers):
    """[inferred]; the account owned by either is found, and nothing else of it changes."""
    load(("Engines", "005A"))
    (before,) = http.get("/API/REST/2.0/data/accounts").json()["elements"]

    load(("Engines", "005B"))
    load(("Engines", ""))

    assert owners(http, "Engines") == ["api.user", "marketer"]
    owned = http.get("/API/REST/2.0/data/accounts", params={"ownedByUserId": sellers["marketer"]}).json()["elements"]
    assert owned == [before]
    assert told() == {"Engines": "005A"}


@pytest.mark.usefixtures("sellers")
def test_an_update_rule_keeps_the_user_that_is_there(load, http):
    """[doc] bulk.md 4.1: `ifExistingIsNull`."""
    load(("Engines", "005A"))

    load(("Engines", "005B"), ("Looms", "005B"), updateRule="ifExistingIsNull")

    assert (owners(http, "Engines"), owners(http, "Looms")) == (["api.user"], ["marketer"])


@pytest.mark.usefixtures("sellers")
def test_a_user_whom_nobody_knows_is_left_out(bulk, load, told):
    """[inferred] as any value that does not fit: ELQ-00040, the account goes in."""
    sync = load(("Engines", "005X"), ("Looms", "api.user"))

    assert [(each["statusCode"], each["invalidFields"]) for each in bulk.rejects(sync)] == [("ELQ-00040", ["user"])] * 2
    assert told() == {"Engines": "", "Looms": ""}


def test_a_user_who_is_gone_owns_nothing(load, told, http, sellers):
    """The tie goes with the user."""
    load(("Engines", "005A"), ("Looms", "005B"))

    assert http.delete(f"/API/REST/2.0/system/user/{sellers['marketer']}").status_code == 200

    assert told() == {"Engines": "005A", "Looms": ""}
    query = {"ownedByUserId": sellers["marketer"]}
    assert http.get("/API/REST/2.0/data/accounts", params=query).json()["total"] == 0


OTHER = "{{Account.User.Field(CRMMSDUserId)}}"


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"fields": {"company": NAME}}, {"linkUsers"}),
        ({"fields": FIELDS | {"other": OTHER}}, {"linkUsers"}),
        ({"linkUsers": False}, {"fields"}),
        ({"identifierFieldName": "user"}, {"identifierFieldName"}),
        ({"fields": {"company": NAME, "user": "{{Account.User.Field(Name)}}"}}, {"fields", "linkUsers"}),
    ],
)
def test_exactly_one_column_names_users(bulk, changes, broken):
    """[doc] bulk.md 4.4; that the column needs `linkUsers` is inferred."""
    body = {"name": "n", "fields": FIELDS, "identifierFieldName": "company", "linkUsers": True} | changes

    assert set(bulk.constraints(bulk.post("/accounts/imports", body))) == broken


def test_every_system_has_its_column(bulk):
    """[doc] bulk.md 4.4: four of them."""
    for system in ("CRMOSCUserId", "CRMSfdcUserId", "CRMMSDUserId", "CRMSODUserId"):
        fields = {"company": NAME, "user": f"{{{{Account.User.Field({system})}}}}"}
        uri = bulk.define("/accounts/imports", fields=fields, identifierFieldName="company", linkUsers=True)
        assert bulk.get(uri).json()["linkUsers"] is True


def test_users_are_not_compared_in_filters(bulk):
    """[inferred]."""
    answer = bulk.post("/accounts/exports", {"name": "n", "fields": {"company": NAME}, "filter": f"'{USER}' = '005A'"})

    assert set(bulk.constraints(answer)) == {"filter"}
