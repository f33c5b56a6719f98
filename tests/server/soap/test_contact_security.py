"""SOAP shows and writes only contacts that the user sees (platform.md 3.5)."""

from __future__ import annotations

import pytest

ADA, BEN = "ada@example.test", "ben@example.test"


@pytest.fixture
def seller(soap, eloqua):
    """Somebody who sees Ada (1), whom a label hides from the user of the tests; Ben (2) is for everybody."""
    eloqua.seed(
        users=[
            {
                "name": "seller",
                "password": "s3cret",
                "groups": ["API Users", "Sales Users", "Advanced Users - Marketing"],
            }
        ],
        contacts=[{"emailAddress": ADA}, {"emailAddress": BEN}],
        labels=[{"name": "Region: North", "contacts": [ADA], "groups": ["Sales Users"]}],
    )
    return soap.as_user("seller")


def test_a_query_finds_whom_the_user_sees(soap, seller):
    """[client] platform.md 3.5: labels apply through the API as well."""
    everybody = "C_EmailAddress='*'"

    assert soap.query(everybody).entities == [{"C_EmailAddress": BEN, "Id": "2"}]
    assert soap.query(everybody).records == 1
    assert seller.query(everybody).records == 2


def test_a_hidden_contact_is_as_one_that_is_not_there(soap, seller):
    """[inferred] platform.md 3.5: nil in Retrieve, ItemNotFound where it is written to, as of an id that nobody has."""
    hidden, missing = 1, 99
    change = {"C_FirstName": "Ada"}

    ada, ben, nobody = soap.retrieve(hidden, 2, missing, fields=["C_EmailAddress"])
    assert (ada, ben, nobody) == (None, {"C_EmailAddress": BEN, "Id": "2"}, None)
    for first, second in (soap.update((hidden, change), (missing, change)), soap.delete(hidden, missing)):
        assert [code for code, _ in first.errors] == ["ItemNotFound"]
        assert (first.success, first.errors) == (second.success, second.errors)
    assert seller.retrieve(hidden, fields=["C_FirstName"]) == [{"C_FirstName": "", "Id": "1"}]
    assert [each.success for each in seller.update((hidden, change))] == [True]
