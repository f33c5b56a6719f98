"""What an import does with records that are there, and with values that do not fit (`bulk` 10)."""

from __future__ import annotations

from typing import Any

import pytest

from mock_eloqua.embedded import EloquaSite

ADA = "ada@example.test"
EMAIL = "{{Contact.Field(C_EmailAddress)}}"
FIRST = "{{Contact.Field(C_FirstName)}}"
COMPANY = "{{Contact.Field(C_Company)}}"


@pytest.fixture
def ada(eloqua: EloquaSite) -> None:
    """A contact with a first name and no last name."""
    eloqua.seed(contacts=[{"emailAddress": ADA, "firstName": "Ada"}])


@pytest.mark.parametrize(
    ("rule", "row", "expected"),
    [
        ("always", {"first": "New", "last": "New"}, ("New", "New")),
        ("always", {"first": "", "last": ""}, ("", "")),
        ("ifNewIsNotNull", {"first": "", "last": "New"}, ("Ada", "New")),
        ("ifNewIsNotNull", {"first": "New", "last": ""}, ("New", "")),
        ("ifExistingIsNull", {"first": "New", "last": "New"}, ("Ada", "New")),
        ("ifExistingIsNull", {"first": "", "last": ""}, ("Ada", "")),
        ("useFieldRule", {"first": "New", "last": "New"}, ("New", "New")),
    ],
)
@pytest.mark.usefixtures("ada")
def test_update_rules(bulk: Any, names: Any, rule: str, row: dict[str, str], expected: tuple[str, str]) -> None:
    """[doc] bulk.md 4.1; `ifExistingIsNull` as its name and the product's screens say."""
    bulk.load([{"email": ADA, **row}], updateRule=rule)

    assert names(ADA) == expected


@pytest.mark.usefixtures("ada")
def test_a_rule_for_one_field_goes_before_the_general_one(bulk: Any, names: Any) -> None:
    """[doc] bulk.md 4.1: `updateRuleByField`."""
    bulk.load([{"email": ADA, "first": "New", "last": "New"}], updateRuleByField={"first": "ifExistingIsNull"})

    assert names(ADA) == ("Ada", "New")


@pytest.mark.parametrize(
    ("update_type", "old", "new", "expected"),
    [
        ("always", "old", "", ""),
        ("newNotBlank", "old", "", "old"),
        ("newNotBlank", "old", "new", "new"),
        ("existingBlank", "old", "new", "old"),
        ("existingBlank", "", "new", "new"),
        ("newEmailAddress", "", "new", ""),
    ],
)
def test_the_rule_of_the_field_decides_where_the_import_says_so(
    bulk: Any, eloqua: EloquaSite, update_type: str, old: str, new: str, expected: str
) -> None:
    """[doc] bulk.md 4.1 `useFieldRule`; `newEmailAddress` writes to new contacts only: our default."""
    eloqua.seed(fields=[{"name": "Shoe", "updateType": update_type}])
    eloqua.seed(contacts=[{"emailAddress": ADA, "C_Shoe1": old}])
    fields = {"email": EMAIL, "shoe": "{{Contact.Field(C_Shoe1)}}"}

    bulk.load(
        [{"email": ADA, "shoe": new}, {"email": "new@example.test", "shoe": "7"}],
        fields=fields,
        updateRule="useFieldRule",
    )

    assert bulk.export(fields=fields) == [
        {"email": ADA, "shoe": expected},
        {"email": "new@example.test", "shoe": "7"},
    ]


@pytest.mark.usefixtures("ada")
def test_a_column_in_no_record_leaves_the_stored_values_alone(bulk: Any, names: Any) -> None:
    """Our default: bulk.md 10; the code is documented."""
    sync = bulk.load([{"email": ADA, "last": "L"}])

    assert names(ADA) == ("Ada", "L")
    (line,) = [each for each in bulk.log(sync) if each["statusCode"] == "ELQ-00121"]
    assert line["message"].startswith("Field first is part of import definition, but not included in file ")


@pytest.mark.usefixtures("ada")
def test_a_key_missing_from_one_record_counts_as_blank(bulk: Any, names: Any) -> None:
    """Our default: bulk.md 10."""
    bulk.load([{"email": ADA, "last": "L"}, {"email": "b@example.test", "first": "B", "last": "B"}])

    assert names(ADA) == ("", "L")


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        ("createAndUpdate", {"ELQ-00004": 1, "ELQ-00022": 1}),
        ("updateOnly", {"ELQ-00004": 0, "ELQ-00022": 1, "ELQ-00034": 1}),
        ("createOnly", {"ELQ-00004": 1, "ELQ-00022": 0, "ELQ-00048": 1}),
    ],
)
@pytest.mark.usefixtures("ada")
def test_import_rules(bulk: Any, names: Any, rule: str, counts: dict[str, int]) -> None:
    """[doc] bulk.md 4.1; the codes of what is left out are our default."""
    rows = [{"email": ADA, "first": "A", "last": "L"}, {"email": "b@example.test", "first": "B", "last": "L"}]

    sync = bulk.load(rows, importRule=rule)

    assert counts.items() <= bulk.counts(sync).items()
    assert names(ADA)[0] == ("Ada" if rule == "createOnly" else "A")


def test_the_last_of_several_rows_with_one_identifier_goes_in(bulk: Any, eloqua: EloquaSite, names: Any) -> None:
    """Our default: bulk.md 10.6; a switch turns it round."""
    rows = [{"email": ADA, "first": str(number), "last": "L"} for number in range(3)]

    sync = bulk.load(rows)

    assert names(ADA) == ("2", "L")
    assert [each["recordIndex"] for each in bulk.rejects(sync)] == [1, 2]
    eloqua.set(duplicate_in_upload="first")
    sync = bulk.load([*rows, {"email": ADA.upper(), "first": "9", "last": "L"}])
    assert names(ADA) == ("0", "L")
    assert [each["recordIndex"] for each in bulk.rejects(sync)] == [2, 3, 4]


def test_identifiers_are_compared_without_case(bulk: Any, eloqua: EloquaSite) -> None:
    """Our default: bulk.md 10.7."""
    eloqua.seed(contacts=[{"emailAddress": ADA}])

    sync = bulk.load([{"email": "ADA@Example.test", "first": "A", "last": "L"}])

    assert bulk.counts(sync)["ELQ-00022"] == 1


def test_blank_identifiers_and_blank_records_are_rejected(bulk: Any) -> None:
    """[doc] codes; bulk.md 10.4: their use is our default."""
    sync = bulk.load([{"email": "", "first": "A"}, {"email": None, "first": "", "last": " "}, {"first": "C"}])

    assert [(each["recordIndex"], each["statusCode"]) for each in bulk.rejects(sync)] == [
        (1, "ELQ-00061"),
        (2, "ELQ-00059"),
        (3, "ELQ-00061"),
    ]
    assert {"ELQ-00061": 2, "ELQ-00059": 1, "ELQ-00003": 0}.items() <= bulk.counts(sync).items()


DATE = "C_Lead_Score_Date___Most_Recent1"


@pytest.mark.parametrize(
    ("internal_name", "bad", "good", "kept"),
    [
        ("C_Company_Revenue1", "null", "12.50", "12.50"),
        ("C_Company_Revenue1", "1,5", " 7 ", "7"),
        (DATE, "null", "2014-10-13", "2014-10-13 00:00:00.000"),
        (DATE, "13/10/2014", "10/15/2014 3:15:14 PM", "2014-10-15 15:15:14.000"),
        (DATE, "2014-10-15 15:21:14.2545", "2014-10-15T12:00:00Z", "2014-10-15 08:00:00.000"),
        ("C_City", "x" * 101, "x" * 100, "x" * 100),
    ],
)
def test_a_value_that_does_not_fit_is_left_out_and_the_record_goes_in(
    bulk: Any, internal_name: str, bad: str, good: str, kept: str
) -> None:
    """[client] bulk.md 10.5; lengths and forms of dates are our default."""
    fields = {"email": EMAIL, "v": f"{{{{Contact.Field({internal_name})}}}}", "first": FIRST}
    rows = [{"email": ADA, "v": good, "first": "old"}, {"email": "b@example.test", "v": "", "first": "B"}]
    assert bulk.load(rows, fields=fields)["status"] == "success"

    sync = bulk.load([{"email": ADA, "v": bad, "first": "new"}], fields=fields)

    assert sync["status"] == "warning"
    (reject,) = bulk.rejects(sync)
    assert (reject["statusCode"], reject["invalidFields"], reject["fieldValues"]["v"]) == (
        "ELQ-00040",
        ["v"],
        bad,
    )
    assert bulk.counts(sync)["ELQ-00144"] == 1
    assert bulk.export(fields=fields) == [
        {"email": ADA, "v": kept, "first": "new"},
        {"email": "b@example.test", "v": "", "first": "B"},
    ]


def test_contacts_are_found_by_their_id(bulk: Any, eloqua: EloquaSite, names: Any) -> None:
    """[doc] bulk.md 10.7: an id that is not there makes no contact."""
    eloqua.seed(contacts=[{"emailAddress": ADA}])
    contact_id = eloqua.contact(ADA)["id"]
    fields = {"id": "{{Contact.Id}}", "first": FIRST, "email": EMAIL}
    rows = [
        {"id": contact_id, "first": "A", "email": ADA},
        {"id": "999999", "first": "B", "email": "b@example.test"},
        {"id": "x", "first": "C", "email": "c@example.test"},
    ]

    sync = bulk.load(rows, fields=fields, identifierFieldName="id")

    assert names(ADA)[0] == "A"
    assert {"ELQ-00004": 0, "ELQ-00022": 1, "ELQ-00034": 2}.items() <= bulk.counts(sync).items()
    assert len(bulk.export()) == 1


def test_contacts_are_found_by_their_external_id(bulk: Any, eloqua: EloquaSite, names: Any) -> None:
    """[doc] bulk.md 4.3, 10.7."""
    eloqua.seed(contacts=[{"emailAddress": ADA}])
    fields = {"ext": "{{Contact.Field(ContactIDExt)}}", "first": FIRST}
    (row,) = bulk.export(fields=fields)

    bulk.load([{"ext": row["ext"].lower(), "first": "A"}], fields=fields, identifierFieldName="ext")

    assert names(ADA)[0] == "A"


def _by_company(several: bool) -> dict[str, Any]:
    return {
        "fields": {"company": COMPANY, "first": FIRST},
        "identifierFieldName": "company",
        "isUpdatingMultipleMatchedRecords": several,
    }


def test_several_matches_are_rejected_unless_all_are_wanted(bulk: Any, eloqua: EloquaSite, names: Any) -> None:
    """[doc] bulk.md 4.1 for `isUpdatingMultipleMatchedRecords`; the reject is our default."""
    eloqua.seed(contacts=[{"emailAddress": f"{name}@example.test", "accountName": "Acme"} for name in "ab"])
    rows = [{"company": "ACME", "first": "New"}]

    sync = bulk.load(rows, **_by_company(several=False))
    (reject,) = bulk.rejects(sync)
    assert (reject["statusCode"], reject["message"]) == ("ELQ-00026", "Multiple matches.")
    assert names("a@example.test")[0] == ""

    sync = bulk.load(rows, **_by_company(several=True))
    assert bulk.counts(sync)["ELQ-00022"] == 2
    assert (names("a@example.test")[0], names("b@example.test")[0]) == ("New", "New")


def test_a_new_contact_needs_an_address(bulk: Any) -> None:
    """Our default: bulk.md 10.8."""
    fields = {"company": COMPANY, "email": EMAIL}
    rows = [
        {"company": "None", "email": ""},
        {"company": "Bad", "email": "bad"},
        {"company": "Good", "email": ADA},
    ]

    sync = bulk.load(rows, fields=fields, identifierFieldName="company")

    assert [(each["recordIndex"], each["statusCode"]) for each in bulk.rejects(sync)] == [
        (1, "ELQ-00061"),
        (2, "ELQ-00002"),
    ]
    assert [each["email"] for each in bulk.export()] == [ADA]


def test_a_record_with_a_bad_address_is_no_duplicate(bulk: Any) -> None:
    """Our default: bulk.md 10, bad addresses are dropped in step 4, duplicates looked for in step 6."""
    fields = {"company": COMPANY, "email": EMAIL}
    rows = [{"company": "Acme", "email": ADA}, {"company": "ACME", "email": "bad"}]

    sync = bulk.load(rows, fields=fields, identifierFieldName="company")

    (reject,) = bulk.rejects(sync)
    assert (reject["recordIndex"], reject["statusCode"], reject["invalidFields"]) == (2, "ELQ-00002", ["email"])
    assert [each["email"] for each in bulk.export()] == [ADA]


def test_a_missing_identifier_is_told_before_a_bad_address(bulk: Any) -> None:
    """Our default: the order of bulk.md 10, step 4."""
    fields = {"company": COMPANY, "email": EMAIL}

    sync = bulk.load([{"company": "", "email": "bad"}], fields=fields, identifierFieldName="company")

    assert [each["statusCode"] for each in bulk.rejects(sync)] == ["ELQ-00061"]


def test_an_identifier_of_blanks_is_none_even_in_a_text(bulk: Any) -> None:
    """Our default: bulk.md 10.4; an empty record is told as one whatever identifies."""
    fields = {"company": COMPANY, "email": EMAIL}

    sync = bulk.load(
        [{"company": " ", "email": ""}, {"company": "  ", "email": ADA}], fields=fields, identifierFieldName="company"
    )

    assert [each["statusCode"] for each in bulk.rejects(sync)] == ["ELQ-00059", "ELQ-00061"]


def test_an_address_of_blanks_is_a_blank_one(bulk: Any) -> None:
    """Our default: as in every typed column, and as in the other columns of an empty record."""
    sync = bulk.load([{"email": " ", "first": " "}, {"email": "  ", "first": "A"}])

    assert [each["statusCode"] for each in bulk.rejects(sync)] == ["ELQ-00059", "ELQ-00061"]


def test_an_address_that_another_contact_has_is_rejected(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] code ELQ-00048; its use here is our default."""
    eloqua.seed(
        contacts=[
            {"emailAddress": ADA, "accountName": "A"},
            {"emailAddress": "b@example.test", "accountName": "B"},
        ]
    )
    fields = {"company": COMPANY, "email": EMAIL}
    rows = [
        {"company": "B", "email": ADA.upper()},
        {"company": "A", "email": "new@example.test"},
        {"company": "C", "email": "new@example.test"},
        {"company": "D", "email": "d@example.test"},
        {"company": "E", "email": "D@example.test"},
    ]

    sync = bulk.load(rows, fields=fields, identifierFieldName="company")

    assert [(each["recordIndex"], each["statusCode"]) for each in bulk.rejects(sync)] == [
        (1, "ELQ-00048"),
        (3, "ELQ-00048"),
        (5, "ELQ-00048"),
    ]
    assert sorted(each["email"] for each in bulk.export()) == [
        "b@example.test",
        "d@example.test",
        "new@example.test",
    ]


@pytest.mark.parametrize("at_once", [True, False])
def test_an_address_that_is_given_up_is_free_in_the_next_load(bulk: Any, eloqua: EloquaSite, at_once: bool) -> None:
    """Our default; several uploads before one sync are taken together [doc] bulk.md 5."""
    eloqua.seed(contacts=[{"emailAddress": ADA, "accountName": "A"}])
    rows = [{"company": "A", "email": "new@example.test"}, {"company": "B", "email": ADA}]
    uri = bulk.define_import(fields={"company": COMPANY, "email": EMAIL}, identifierFieldName="company")
    for part in [rows] if at_once else [rows[:1], rows[1:]]:
        bulk.stage(uri, part)

    assert [(each["recordIndex"], each["statusCode"]) for each in bulk.rejects(bulk.run(uri))] == [(2, "ELQ-00048")]
    bulk.stage(uri, rows[1:])
    assert bulk.counts(bulk.run(uri))["ELQ-00004"] == 1


def test_a_blank_address_leaves_the_stored_one_alone(bulk: Any, eloqua: EloquaSite) -> None:
    """Our default: a contact cannot be without address."""
    eloqua.seed(contacts=[{"emailAddress": ADA, "accountName": "A"}])

    bulk.load(
        [{"company": "A", "email": ""}],
        fields={"company": COMPANY, "email": EMAIL},
        identifierFieldName="company",
    )

    assert [each["email"] for each in bulk.export()] == [ADA]


def test_the_identifier_field_is_blanked_where_the_import_says_so(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 4.1 `nullIdentifierFieldName`."""
    eloqua.seed(contacts=[{"emailAddress": ADA, "accountName": "Acme"}])

    bulk.load(
        [{"company": "Acme", "first": "A"}],
        fields={"company": COMPANY, "first": FIRST},
        identifierFieldName="company",
        nullIdentifierFieldName=True,
    )

    assert bulk.export(fields={"company": COMPANY, "first": FIRST}) == [{"company": "", "first": "A"}]


MARKS = {
    "email": EMAIL,
    "subscribed": "{{Contact.Email.IsSubscribed}}",
    "bounced": "{{Contact.Email.IsBounced}}",
    "format": "{{Contact.Email.Format}}",
}


def test_subscription_bounce_and_format_can_be_imported(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 10, 14; the words are our default."""
    eloqua.seed(contacts=[{"emailAddress": ADA}])
    rows = [
        {"email": ADA, "subscribed": "false", "bounced": "1", "format": "HTML"},
        {"email": "b@example.test", "subscribed": False, "bounced": "", "format": "text"},
        {"email": "c@example.test", "subscribed": "perhaps", "bounced": "", "format": ""},
    ]

    sync = bulk.load(rows, fields=MARKS)

    assert [each["invalidFields"] for each in bulk.rejects(sync)] == [["subscribed"]]
    assert bulk.export(fields=MARKS) == [
        {"email": ADA, "subscribed": "false", "bounced": "true", "format": "html"},
        {"email": "b@example.test", "subscribed": "false", "bounced": "false", "format": "text"},
        {"email": "c@example.test", "subscribed": "true", "bounced": "false", "format": "unspecified"},
    ]
    contact = eloqua.contact(ADA)
    assert (contact["isSubscribed"], contact["isBounceback"]) == ("false", "true")
    assert "unsubscriptionDate" in contact


def test_sync_actions_put_good_rows_on_a_list_and_take_them_off(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 13: ELQ-00119, ELQ-00118."""
    eloqua.seed(lists=[{"name": "VIPs"}])
    statement = bulk.get("/contacts/lists").json()["items"][0]["statement"]
    rows = [{"email": ADA, "first": "A", "last": "L"}, {"email": "bad", "first": "B", "last": "L"}]

    added = bulk.load(rows, syncActions=[{"action": "add", "destination": statement}])
    assert bulk.counts(added)["ELQ-00119"] == 1
    assert bulk.get("/contacts/lists").json()["items"][0]["count"] == 1
    assert [each["email"] for each in bulk.export(filter=f"EXISTS('{statement}')")] == [ADA]

    removed = bulk.load(rows, syncActions={"action": "remove", "destination": statement})
    assert bulk.counts(removed)["ELQ-00118"] == 1
    assert bulk.get("/contacts/lists").json()["items"][0]["count"] == 0


def test_imported_contacts_have_no_creator(bulk: Any, eloqua: EloquaSite) -> None:
    """Our default: what an import makes was made by nobody."""
    bulk.load([{"email": ADA, "first": "A", "last": "L"}])

    assert "createdBy" not in eloqua.contact(ADA)


def test_more_rows_than_one_batch_go_in(bulk: Any, addresses: Any) -> None:
    """Batches are ours; nobody may notice them."""
    people = list(addresses(5001))
    people[4999] = "bad"

    sync = bulk.load([{"email": each, "first": "F", "last": "L"} for each in people])

    assert bulk.counts(sync)["ELQ-00004"] == 5000
    assert [each["recordIndex"] for each in bulk.rejects(sync)] == [5000]
    assert len(bulk.export()) == 5000
