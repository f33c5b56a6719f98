"""The cases that were recorded on a live site (`bulk` 10), one by one."""

from __future__ import annotations

from typing import Any

import pytest

from mock_eloqua.embedded import EloquaSite


def test_a_clean_record_ends_in_success(bulk: Any, names: Any) -> None:
    """[recorded] bulk.md 10, 8.4."""
    sync = bulk.load([{"email": "ada@example.test", "first": "Ada", "last": "Lovelace"}])

    assert sync["status"] == "success"
    assert names("ada@example.test") == ("Ada", "Lovelace")
    assert bulk.rejects(sync) == []


def test_columns_missing_from_a_record_are_blank_in_a_new_contact(bulk: Any, names: Any) -> None:
    """[recorded] bulk.md 10."""
    bulk.load([{"email": "ada@example.test", "first": "Ada"}, {"email": "b@example.test", "last": "Byron"}])

    assert names("ada@example.test") == ("Ada", "")
    assert names("b@example.test") == ("", "Byron")


def test_an_empty_text_clears_a_field(bulk: Any, eloqua: EloquaSite, names: Any) -> None:
    """[recorded] bulk.md 4.1, 10: rule `always`."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada", "lastName": "Lovelace"}])

    sync = bulk.load([{"email": "ada@example.test", "first": "Ada", "last": ""}])

    assert sync["status"] == "success"
    assert names("ada@example.test") == ("Ada", "")


@pytest.mark.quirk("Q49")
def test_an_extra_column_is_a_warning_without_rejects(bulk: Any, names: Any) -> None:
    """[recorded] platform.md Q49."""
    sync = bulk.load([{"email": "ada@example.test", "first": "Ada", "last": "L", "id": "7"}])

    assert sync["status"] == "warning"
    assert bulk.rejects(sync) == []
    assert names("ada@example.test") == ("Ada", "L")
    (line,) = [each for each in bulk.log(sync) if each["statusCode"] == "ELQ-00111"]
    assert line["message"] == "Field id is not part of import definition, and will be ignored."
    assert line["severity"] == "warning"


@pytest.mark.quirk("Q50")
@pytest.mark.quirk("Q51")
def test_one_bad_address_is_rejected_and_the_others_go_in(bulk: Any, names: Any) -> None:
    """[recorded] bulk.md 9.2, 10; platform.md Q50, Q51."""
    sync = bulk.load(
        [
            {"email": "one@example.test", "first": "One", "last": "1"},
            {"email": "notanemail", "first": "Maria"},
            {"email": "three@example.test", "first": "Three", "last": "3"},
        ]
    )

    assert sync["status"] == "warning"
    assert names("one@example.test") == ("One", "1")
    assert names("three@example.test") == ("Three", "3")
    assert bulk.get(f"{sync['uri']}/rejects").json() == {
        "items": [
            {
                "fieldValues": {"email": "notanemail", "first": "Maria", "last": ""},
                "message": "Invalid email address.",
                "statusCode": "ELQ-00002",
                "recordIndex": 2,
                "invalidFields": ["email"],
            }
        ],
        "totalResults": 1,
        "limit": 1000,
        "offset": 0,
        "count": 1,
        "hasMore": False,
    }
    (line,) = [each for each in bulk.log(sync) if each["statusCode"] == "ELQ-00002"]
    assert (line["count"], line["severity"], line["message"]) == (1, "warning", "Invalid email addresses.")


def test_a_plus_sign_in_an_address_is_fine(bulk: Any, names: Any) -> None:
    """[recorded] bulk.md 10."""
    assert bulk.load([{"email": "a+b@example.test", "first": "A", "last": "B"}])["status"] == "success"
    assert names("a+b@example.test") == ("A", "B")


def test_a_contact_deleted_by_rest_comes_back_with_another_id(bulk: Any, rest: Any, eloqua: EloquaSite) -> None:
    """[recorded] bulk.md 10."""
    rows = [{"email": "ada@example.test", "first": "Ada", "last": "L"}]
    bulk.load(rows)
    first = eloqua.contact("ada@example.test")["id"]
    assert rest.delete(f"/data/contact/{first}").status_code == 200

    bulk.load(rows)

    assert eloqua.contact("ada@example.test")["id"] != first


def test_a_deleted_contact_that_comes_back_keeps_its_unsubscription(bulk: Any, rest: Any, eloqua: EloquaSite) -> None:
    """[recorded] rest.md: the address remembers."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test", "isSubscribed": "false"}])
    rest.delete(f"/data/contact/{eloqua.contact('ada@example.test')['id']}")

    bulk.load([{"email": "ada@example.test", "first": "Ada", "last": "L"}, {"email": "b@example.test"}])

    assert eloqua.contact("ada@example.test")["isSubscribed"] == "false"
    assert eloqua.contact("b@example.test")["isSubscribed"] == "true"


def test_only_contacts_that_change_get_a_new_time_stamp(bulk: Any, eloqua: EloquaSite) -> None:
    """[recorded] bulk.md 10: an import that changes nothing leaves `updatedAt` alone."""
    same = {"email": "same@example.test", "first": "Same", "last": "One"}
    bulk.load([same, {"email": "other@example.test", "first": "Old", "last": "Two"}])
    before = {name: eloqua.contact(f"{name}@example.test")["updatedAt"] for name in ("same", "other")}
    eloqua.clock.advance(hours=1)

    sync = bulk.load([same, {"email": "other@example.test", "first": "New", "last": "Two"}])

    assert eloqua.contact("same@example.test")["updatedAt"] == before["same"]
    assert int(eloqua.contact("other@example.test")["updatedAt"]) >= int(before["other"]) + 3600
    assert sync["status"] == "success"


def test_the_log_of_an_import_has_the_recorded_lines_in_the_recorded_order(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] bulk.md 9.1: 30,000 records with 21,000 duplicates, here by the hundredth part."""
    eloqua.seed(contacts=[{"emailAddress": f"p{number}@example.test"} for number in range(90)])
    rows = [{"email": f"p{number % 90}@example.test", "first": "F", "last": "L"} for number in range(300)]

    sync = bulk.load(rows)

    assert sync["status"] == "warning"
    log = bulk.log(sync)
    assert [(each["statusCode"], each["severity"], each["count"]) for each in log] == [
        ("ELQ-00130", "information", 300),
        ("ELQ-00137", "information", 0),
        ("ELQ-00101", "information", 0),
        ("ELQ-00001", "information", 300),
        ("ELQ-00026", "warning", 210),
        ("ELQ-00003", "information", 90),
        ("ELQ-00004", "information", 0),
        ("ELQ-00022", "information", 90),
        ("ELQ-00071", "information", 0),
    ]
    assert list(log[0]) == ["syncUri", "count", "severity", "statusCode", "message", "createdAt"]
    assert log[0]["syncUri"] == sync["uri"]
    assert log[0]["message"] == "Total records staged for import."
    assert log[2]["message"] == "Sync processed for sync , resulting in Warning status."
    assert log[2]["createdAt"] == max(each["createdAt"] for each in log)
    assert log[4]["message"] == "Duplicate identifier."
    assert "message" not in log[-1]
    reject = bulk.rejects(sync)[0]
    assert list(reject) == ["fieldValues", "message", "statusCode", "recordIndex", "invalidFields"]
    assert (reject["statusCode"], reject["message"], reject["invalidFields"]) == (
        "ELQ-00026",
        "Multiple matches.",
        ["email"],
    )


def test_several_uploads_are_taken_together_and_numbered_on(bulk: Any) -> None:
    """[doc] bulk.md 5; our default: `recordIndex` runs on over the files."""
    uri = bulk.define_import()
    bulk.stage(uri, [{"email": "one@example.test"}, {"email": "bad one"}])
    bulk.stage(uri, [{"email": "two@example.test"}, {"email": "bad two"}])

    sync = bulk.run(uri)

    assert bulk.counts(sync)["ELQ-00004"] == 2
    assert [each["recordIndex"] for each in bulk.rejects(sync)] == [2, 4]
