"""Import and export definitions (`bulk` 4)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from mock_eloqua.embedded import EloquaSite
from mock_eloqua.store import tables

EMAIL = "{{Contact.Field(C_EmailAddress)}}"
FIRST = "{{Contact.Field(C_FirstName)}}"


@pytest.mark.quirk("Q53")
def test_an_import_is_answered_with_its_defaults_in_the_recorded_order(bulk: Any) -> None:
    """[recorded] bulk.md 4.5."""
    answer = bulk.post(
        "/contacts/imports",
        {
            "name": "people",
            "fields": {"emailAddress": EMAIL},
            "identifierFieldName": "emailAddress",
            "isUpdatingMultipleMatchedRecords": True,
            "areSystemTimestampsInUTC": True,
        },
    )

    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    body = answer.json()
    assert list(body) == [
        "name",
        "fields",
        "identifierFieldName",
        "isSyncTriggeredOnImport",
        "dataRetentionDuration",
        "isUpdatingMultipleMatchedRecords",
        "uri",
        "createdBy",
        "createdAt",
        "updatedBy",
        "updatedAt",
    ]
    assert (body["isSyncTriggeredOnImport"], body["dataRetentionDuration"]) == (False, "P7D")
    assert body["isUpdatingMultipleMatchedRecords"] is True
    assert re.fullmatch(r"/contacts/imports/\d+", body["uri"])
    assert (body["createdBy"], body["updatedBy"]) == ("api.user", "api.user")


@pytest.mark.quirk("Q48")
def test_the_post_shows_a_finer_clock_than_later_reads(bulk: Any, eloqua: EloquaSite) -> None:
    """[recorded] bulk.md 2: seven digits after a POST, milliseconds padded with zeros after a read."""
    eloqua.site.clock.freeze(16_257_948_103_187_286)
    body = {"name": "n", "fields": {"e": EMAIL}, "identifierFieldName": "e"}

    made = bulk.post("/contacts/imports", body).json()
    read = bulk.get(made["uri"]).json()

    assert made["createdAt"] == "2021-07-09T01:40:10.3187286Z"
    assert read["createdAt"] == "2021-07-09T01:40:10.3180000Z"
    assert {**made, "createdAt": 0, "updatedAt": 0} == {**read, "createdAt": 0, "updatedAt": 0}


@pytest.mark.parametrize(
    ("release", "kept"),
    [
        pytest.param("23D", "PT12H", marks=pytest.mark.eloqua(release="23D")),
        pytest.param("24A", "PT6H", marks=pytest.mark.eloqua(release="24A")),
    ],
)
def test_exported_data_are_kept_six_hours_since_24a(bulk: Any, release: str, kept: str) -> None:
    """[doc] bulk.md 4.2."""
    body = bulk.get(bulk.define_export()).json()

    assert body["dataRetentionDuration"] == kept
    assert list(body)[:3] == ["name", "fields", "dataRetentionDuration"]


def test_keys_come_in_any_case_and_values_as_text(bulk: Any) -> None:
    """[client] bulk.md 2: keys without regard to case, `"true"` for true, nulls and unknown properties ignored."""
    answer = bulk.post(
        "/contacts/imports",
        {
            "NAME": "n",
            "Fields": {"e": EMAIL},
            "IDENTIFIERFIELDNAME": "e",
            "isSyncTriggeredOnImport": "true",
            "isUpdatingMultipleMatchedRecords": "false",
            "autoDeleteDuration": None,
            "secondsToRetainData": 3600,
            "syncActions": None,
        },
    )

    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert body["isSyncTriggeredOnImport"] is True
    assert body["isUpdatingMultipleMatchedRecords"] is False
    assert "secondsToRetainData" not in body


def test_fields_keep_the_callers_order(bulk: Any) -> None:
    """[recorded] bulk.md 4.5."""
    fields = {"z": FIRST, "e": EMAIL, "a": "{{Contact.Field(C_City)}}"}

    uri = bulk.define_import(fields=fields, identifierFieldName="e")

    assert list(bulk.get(uri).json()["fields"].items()) == list(fields.items())


@pytest.mark.quirk("Q52")
def test_names_need_not_be_unique_and_ids_count_on(bulk: Any) -> None:
    """[recorded] platform.md Q52."""
    first, second = bulk.define_import(), bulk.define_import()

    assert int(second.rpartition("/")[2]) == int(first.rpartition("/")[2]) + 1


def test_a_put_replaces_the_whole_definition(bulk: Any) -> None:
    """[doc] bulk.md 4.5."""
    uri = bulk.define_import(updateRule="ifNewIsNotNull")

    answer = bulk.as_user("marketer").put(uri, {"name": "other", "fields": {"e": EMAIL}, "identifierFieldName": "e"})

    assert answer.status_code == 200
    body = bulk.get(uri).json()
    assert (body["name"], body["fields"], body["createdBy"], body["updatedBy"]) == (
        "other",
        {"e": EMAIL},
        "api.user",
        "marketer",
    )
    assert "updateRule" not in body


def test_a_put_that_breaks_a_rule_changes_nothing(bulk: Any) -> None:
    """[doc] bulk.md 4.5: what validation needs has to be sent even if unchanged."""
    uri = bulk.define_import()
    before = bulk.get(uri).json()

    assert "fields" in bulk.constraints(bulk.put(uri, {"name": "other"}))
    assert bulk.get(uri).json() == before


def test_a_deleted_definition_is_gone(bulk: Any) -> None:
    """[doc] bulk.md 4.5."""
    uri = bulk.define_export()

    answer = bulk.delete(uri)

    assert (answer.status_code, answer.content, "content-type" in answer.headers) == (204, b"", False)
    assert bulk.get(uri).status_code == 404
    assert bulk.delete(uri).status_code == 404


def test_a_definition_is_gone_when_its_time_is_over(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 5: `autoDeleteDuration`."""
    uri = bulk.define_import(autoDeleteDuration="P1D")
    eloqua.clock.advance(hours=23)
    assert bulk.get(uri).status_code == 200

    eloqua.clock.advance(hours=2)

    assert bulk.get(uri).status_code == 404
    assert bulk.get("/contacts/imports").json()["items"] == []


@pytest.mark.quirk("Q69")
def test_an_unused_definition_is_gone_after_a_year(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 5: since 26B, without `autoDeleteDuration`, when no sync used it for a year."""
    unused, used, endless = bulk.define_export(), bulk.define_export(), bulk.define_export(autoDeleteDuration="P9Y")
    eloqua.clock.advance(days=300)
    bulk.run(used)
    assert bulk.get(unused).status_code == 200

    eloqua.clock.advance(days=66)

    assert [bulk.get(each).status_code for each in (unused, used, endless)] == [404, 200, 200]
    assert [each["uri"] for each in bulk.get("/exports").json()["items"]] == [used, endless]
    eloqua.clock.advance(days=300)
    assert bulk.get(used).status_code == 404


def test_what_was_staged_for_a_definition_goes_with_it(bulk: Any, eloqua: EloquaSite) -> None:
    """Our own: nothing is left behind in the database."""
    bulk.stage(bulk.define_import(), [{"email": "a@example.test"}])
    eloqua.clock.advance(days=366)

    bulk.define_import()

    with eloqua.site.database.reading() as connection:
        for table in (tables.staged_file,):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
        assert connection.execute(select(func.count()).select_from(tables.definition)).scalar_one() == 1


@pytest.mark.eloqua(release="26A")
def test_before_26b_an_unused_definition_lived_for_ever(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 5."""
    uri = bulk.define_export()
    eloqua.clock.advance(days=4000)

    assert bulk.get(uri).status_code == 200


def test_a_bare_number_is_taken_for_a_duration(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] bulk.md 4.6: `autoDeleteDuration` `100` was taken; that it means days is our default [inferred]."""
    uri = bulk.define_export(autoDeleteDuration="100")
    assert bulk.get(uri).json()["autoDeleteDuration"] == "100"

    eloqua.clock.advance(days=99)
    assert bulk.get(uri).status_code == 200
    eloqua.clock.advance(days=2)
    assert bulk.get(uri).status_code == 404


def test_an_identifier_on_an_export_is_passed_over(bulk: Any) -> None:
    """[client] bulk.md 2: `identifierFieldName` on an export, not echoed."""
    assert "identifierFieldName" not in bulk.get(bulk.define_export(identifierFieldName="email")).json()


@pytest.mark.parametrize(
    ("changes", "field", "constraint"),
    [
        (
            {"name": None},
            "name",
            "Must be a string value, at least 1 character and at most 100 characters long.",
        ),
        (
            {"name": "n" * 101},
            "name",
            "Must be a string value, at least 1 character and at most 100 characters long.",
        ),
        ({"fields": None}, "fields", None),
        ({"fields": {}}, "fields", None),
        ({"fields": "x"}, "fields", None),
        ({"fields": {"e": EMAIL, "E": FIRST}}, "fields", None),
        ({"fields": {"e": EMAIL} | {f"f{n}": FIRST for n in range(100)}}, "fields", None),
        ({"fields": {"e": EMAIL, "x": "{{Contact.Field(C_Nothing)}}"}}, "fields", None),
        ({"fields": {"e": EMAIL, "x": "{{Account.Id}}"}}, "fields", None),
        ({"fields": {"e": EMAIL, "x": "no statement"}}, "fields", None),
        ({"fields": {"e": EMAIL, "x": "{{Contact.Field(C_DateCreated)}}"}}, "fields", None),
        ({"fields": {"e": EMAIL, "x": "{{Contact.Id}}"}}, "fields", None),
        (
            {"identifierFieldName": "nope"},
            "identifierFieldName",
            "identifierFieldName nope must be contained within Fields, if specified.",
        ),
        ({"identifierFieldName": None}, "identifierFieldName", None),
        (
            {
                "fields": {"e": EMAIL, "d": "{{Contact.Field(C_Lead_Score_Date___Most_Recent1)}}"},
                "identifierFieldName": "d",
            },
            "identifierFieldName",
            None,
        ),
        (
            {"fields": {"e": EMAIL, "s": "{{Contact.Email.IsSubscribed}}"}, "identifierFieldName": "s"},
            "identifierFieldName",
            None,
        ),
        ({"dataRetentionDuration": "PT59M"}, "dataRetentionDuration", None),
        ({"dataRetentionDuration": "P15D"}, "dataRetentionDuration", None),
        ({"dataRetentionDuration": "soon"}, "dataRetentionDuration", None),
        ({"autoDeleteDuration": "PT1M"}, "autoDeleteDuration", None),
        ({"updateRule": "sometimes"}, "updateRule", None),
        ({"importRule": "sometimes"}, "importRule", None),
        ({"updateRuleByField": {"nope": "always"}}, "updateRuleByField", None),
        ({"updateRuleByField": {"e": "sometimes"}}, "updateRuleByField", None),
        ({"isSyncTriggeredOnImport": "perhaps"}, "isSyncTriggeredOnImport", None),
        (
            {"syncActions": [{"destination": "{{ContactList[9]}}", "action": "add"}]},
            "syncActions.destination",
            None,
        ),
        (
            {"syncActions": [{"destination": "{{EmailGroup[1]}}", "action": "setStatus", "status": "bounced"}]},
            "syncActions.status",
            None,
        ),
        (
            {"syncActions": [{"action": "add", "destination": "{{GlobalSubscribe}}"}]},
            "syncActions.action",
            None,
        ),
        ({"syncActions": [{"action": "add"}] * 11}, "syncActions", None),
        ({"syncActions": 5}, "syncActions", None),
        (
            {
                "fields": {"e": EMAIL, "f": FIRST},
                "identifierFieldName": "f",
                "isUpdatingMultipleMatchedRecords": True,
            },
            "isUpdatingMultipleMatchedRecords",
            None,
        ),
    ],
)
def test_an_import_that_breaks_a_rule_is_refused(
    bulk: Any, changes: dict[str, Any], field: str, constraint: str | None
) -> None:
    """[doc] bulk.md 4.6, 19.1; texts that are not known are our default."""
    body = {"name": "n", "fields": {"e": EMAIL}, "identifierFieldName": "e"} | changes

    broken = bulk.constraints(bulk.post("/contacts/imports", body))

    assert field in broken
    assert constraint is None or broken[field] == constraint
    assert bulk.get("/contacts/imports").json()["totalResults"] == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"fields": {f"f{n}": FIRST for n in range(251)}}, "fields"),
        ({"filter": "'{{Contact.Id}}' >"}, "filter"),
        ({"filter": "'{{Contact.Field(C_Nothing)}}' = '1'"}, "filter"),
        ({"filter": "EXISTS('{{ContactList[77]}}')"}, "filter"),
        ({"filter": "STATUS('{{ActionInstance(abc)}}') = 'pending'"}, "filter"),
        ({"filter": "'{{Contact.Id}}' = '" + "1" * 1000 + "'"}, "filter"),
        ({"maxRecords": 0}, "maxRecords"),
        ({"maxRecords": "many"}, "maxRecords"),
        ({"maxRecords": True}, "maxRecords"),
        ({"maxRecords": 1.5}, "maxRecords"),
        ({"maxRecords": "0" * 20 + "9" * 30}, "maxRecords"),
        ({"maxRecords": "9" * 5000}, "maxRecords"),
        ({"maxRecords": "-"}, "maxRecords"),
        ({"fields": {"\0": EMAIL}}, "fields"),
        ({"fields": {" ": EMAIL}}, "fields"),
        ({"fields": {"x" * 251: EMAIL}}, "fields"),
        ({"fields": {"x": "{{Contact." + "A" * 200_000 + "}}"}}, "fields"),
    ],
)
def test_an_export_that_breaks_a_rule_is_refused(bulk: Any, changes: dict[str, Any], field: str) -> None:
    """[doc] bulk.md 4.6, 15, 18."""
    body = {"name": "n", "fields": {"e": EMAIL}} | changes

    assert field in bulk.constraints(bulk.post("/contacts/exports", body))


def test_a_failure_names_field_value_and_constraint(bulk: Any) -> None:
    """[doc] bulk.md 19.1: the value is left out when there is none."""
    bad_value = bulk.post(
        "/contacts/imports",
        {"name": "n", "fields": {"e": EMAIL}, "identifierFieldName": "e", "updateRule": "x"},
    )
    no_value = bulk.post("/contacts/imports", {"fields": {"e": EMAIL}, "identifierFieldName": "e"})

    assert [list(each) for each in bad_value.json()["failures"]] == [["field", "value", "constraint"]]
    assert bad_value.json()["failures"][0]["value"] == "x"
    assert [list(each) for each in no_value.json()["failures"]] == [["field", "constraint"]]


def test_a_hundred_fields_of_an_import_and_250_of_an_export_are_fine(bulk: Any) -> None:
    """[doc] bulk.md 18."""
    bulk.define_import(fields={"e": EMAIL} | {f"f{n}": FIRST for n in range(99)}, identifierFieldName="e")
    bulk.define_export(fields={f"f{n}": FIRST for n in range(250)})


def test_statements_without_braces_pass_unless_a_switch_refuses_them(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] bulk.md 4.6."""
    fields = {"e": "Contact.Field(C_EmailAddress)"}
    assert bulk.get(bulk.define_export(fields=fields)).json()["fields"] == fields

    eloqua.set(statements_without_braces=False)

    assert "fields" in bulk.constraints(bulk.post("/contacts/exports", {"name": "n", "fields": fields}))


@pytest.mark.eloqua(release="26A")
def test_the_import_rule_is_not_known_before_26b(bulk: Any) -> None:
    """[doc] bulk.md 4.1."""
    assert "importRule" not in bulk.get(bulk.define_import(importRule="updateOnly")).json()


def test_the_import_rule_is_echoed_when_it_was_sent(bulk: Any) -> None:
    """[doc] bulk.md 4.1."""
    assert bulk.get(bulk.define_import(importRule="updateonly")).json()["importRule"] == "updateOnly"
    assert "importRule" not in bulk.get(bulk.define_import()).json()


@pytest.mark.quirk("Q68")
def test_a_field_that_a_definition_uses_cannot_be_deleted(bulk: Any, eloqua: EloquaSite, rest: Any) -> None:
    """[client] platform.md Q68."""
    eloqua.seed(fields=[{"name": "Shoe Size"}])
    field = next(each for each in bulk.get("/contacts/fields").json()["items"] if each["name"] == "Shoe Size")
    uri = bulk.define_export(fields={"s": field["statement"]})
    path = f"/assets/contact/field/{field['uri'].rpartition('/')[2]}"

    assert rest.delete(path).status_code == 412
    bulk.delete(uri)
    assert rest.delete(path).status_code == 200


def test_an_expired_definition_keeps_nothing_from_being_deleted(bulk: Any, eloqua: EloquaSite, rest: Any) -> None:
    """[doc] bulk.md 5: what its time is over for is gone, and depends on nothing."""
    eloqua.seed(fields=[{"name": "Shoe Size"}], lists=[{"name": "VIPs"}])
    (vips,) = bulk.get("/contacts/lists").json()["items"]
    field = next(each for each in bulk.get("/contacts/fields").json()["items"] if each["name"] == "Shoe Size")
    bulk.define_export(
        fields={"s": field["statement"]}, filter=f"EXISTS('{vips['statement']}')", autoDeleteDuration="PT1H"
    )
    eloqua.clock.advance(hours=2)

    assert rest.delete(f"/assets/contact/field/{field['uri'].rpartition('/')[2]}").status_code == 200
    assert rest.delete(f"/assets/contact/list/{vips['uri'].rpartition('/')[2]}").status_code == 200


def test_a_filter_has_one_exists_at_most(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 15."""
    eloqua.seed(lists=[{"name": "VIPs"}])
    exists = f"EXISTS('{bulk.get('/contacts/lists').json()['items'][0]['statement']}')"
    body = {"name": "n", "fields": {"e": EMAIL}, "filter": f"{exists} OR NOT {exists}"}

    assert bulk.constraints(bulk.post("/contacts/exports", body)) == {"filter": "Must have at most one EXISTS."}


def test_a_list_that_a_definition_uses_cannot_be_deleted(bulk: Any, eloqua: EloquaSite, rest: Any) -> None:
    """Our default: bulk.md 4.6 [inferred]."""
    eloqua.seed(lists=[{"name": "VIPs"}])
    (found,) = bulk.get("/contacts/lists").json()["items"]
    path = f"/assets/contact/list/{found['uri'].rpartition('/')[2]}"
    action = bulk.define_import(syncActions={"destination": found["statement"], "action": "add"})
    export = bulk.define_export(filter=f"EXISTS('{found['statement']}')")

    assert rest.delete(path).status_code == 412
    bulk.delete(action)
    assert rest.delete(path).status_code == 412
    bulk.delete(export)
    assert rest.delete(path).status_code == 200


@pytest.mark.parametrize("path", ["/contacts/imports/999", "/contacts/exports/abc", "/contacts/imports/0"])
def test_an_unknown_definition_is_an_empty_404(bulk: Any, path: str) -> None:
    """[client] bulk.md 19.2."""
    answer = bulk.get(path)

    assert (answer.status_code, answer.content) == (404, b"")
    assert answer.reason_phrase == "The requested resource was not found."
