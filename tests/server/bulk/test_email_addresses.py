"""E-mail addresses through Bulk: unsubscribed or bounced, with a contact or without one (`bulk` 4.4, 13)."""

from __future__ import annotations

from typing import Any

import pytest

ADDRESS = "{{EmailAddress.Field(EmailAddress)}}"
OUT = {"destination": "{{GlobalSubscribe}}", "action": "setStatus", "status": "unsubscribed"}
BOUNCED = {"destination": "{{GlobalBounce}}", "action": "setStatus", "status": "bounced"}


@pytest.fixture
def load(bulk: Any) -> Any:
    """Import addresses with an action."""

    def run(addresses: list[str], action: dict[str, str]) -> dict[str, Any]:
        uri = bulk.define(
            "/emailAddresses/imports", fields={"e": ADDRESS}, identifierFieldName="e", syncActions=[action]
        )
        bulk.stage(uri, [{"e": each} for each in addresses])
        sync: dict[str, Any] = bulk.run(uri)
        return sync

    return run


@pytest.mark.parametrize(
    ("action", "code", "name", "there"),
    [(OUT, "ELQ-00017", "isSubscribed", "false"), (BOUNCED, "ELQ-00016", "isBounceback", "true")],
)
def test_contacts_there_and_to_come_take_the_status(bulk, eloqua, rest, load, action, code, name, there):
    """[doc] bulk.md 4.4: a contact with that address, now or later."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])

    sync = load(["ADA@example.test", "later@example.test", "nobody"], action)

    assert bulk.counts(sync)[code] == 2
    assert (bulk.counts(sync)["ELQ-00033"], bulk.counts(sync)["ELQ-00035"]) == (1, 1)
    assert [each["statusCode"] for each in bulk.rejects(sync)] == ["ELQ-00002"]
    later = rest.post("/data/contact", json={"emailAddress": "Later@example.test"}).json()
    assert rest.get(f"/data/contact/{later['id']}").json()[name] == there
    assert rest.get("/data/contact/1").json()[name] == there


def test_an_address_cannot_be_subscribed(bulk):
    """[doc] bulk.md 4.4: for that a contact is imported."""
    body = {"name": "n", "fields": {"e": ADDRESS}, "identifierFieldName": "e"}
    subscribed = body | {"syncActions": [OUT | {"status": "subscribed"}]}
    both = body | {"syncActions": [OUT, BOUNCED]}

    assert set(bulk.constraints(bulk.post("/emailAddresses/imports", subscribed))) == {"syncActions.status"}
    assert set(bulk.constraints(bulk.post("/emailAddresses/imports", both))) == {"syncActions"}


def test_addresses_have_imports_and_nothing_else(bulk):
    """bulk.md 3."""
    for path in ("exports", "fields", "syncActions"):
        assert bulk.get(f"/emailAddresses/{path}").status_code == 404
    assert bulk.get("/emailAddresses/imports").json()["items"] == []
