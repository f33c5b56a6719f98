"""Exports: what they find, and how it is read (`bulk` 7.2, 12, 15)."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from mock_eloqua.embedded import EloquaSite

ADA = "ada@example.test"
EMAIL = "{{Contact.Field(C_EmailAddress)}}"


@pytest.fixture
def people(eloqua: EloquaSite) -> None:
    """Three contacts, a day apart from each other."""
    for number, (name, country) in enumerate([("ada", "Canada"), ("bob", "France"), ("cyd", "canada")]):
        eloqua.seed(
            contacts=[
                {
                    "emailAddress": f"{name}@example.test",
                    "firstName": name.title(),
                    "country": country,
                    "C_Company_Revenue1": str(number * 10),
                    "isBounceback": number == 1,
                }
            ]
        )
        eloqua.clock.advance(days=1)


@pytest.mark.usefixtures("people")
def test_an_export_logs_the_line_that_clients_look_for(bulk: Any) -> None:
    """[doc], [client] bulk.md 9.1: ELQ-00102 with the number of rows."""
    sync = bulk.run(bulk.define_export())

    assert sync["status"] == "success"
    lines = [(each["statusCode"], each["count"], each["message"]) for each in bulk.log(sync)]
    assert lines[0] == ("ELQ-00102", 3, "Successfully exported members to csv file.")
    assert lines[1] == ("ELQ-00131", 0, "Deleted internal staging for data transfer.")
    assert lines[2] == ("ELQ-00106", 0, "Successfully converted csv file to sqlite, taking 1 kb.")
    assert bulk.get(f"{sync['uri']}/rejects").json()["items"] == []


@pytest.mark.usefixtures("people")
def test_columns_may_have_names_that_differ_in_case(bulk: Any) -> None:
    """[client] pyeloqua's `add_fields()` names a `createdAt` of its own beside the `CreatedAt` that metadata list."""
    fields = {"email": EMAIL, "createdAt": "{{Contact.CreatedAt}}", "CreatedAt": "{{Contact.CreatedAt}}"}

    rows = bulk.export(fields=fields)

    assert [list(row) for row in rows] == [list(fields)] * 3
    assert all(row["createdAt"] == row["CreatedAt"] for row in rows)


@pytest.mark.usefixtures("people")
def test_rows_have_the_keys_of_the_definition_and_texts_only(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] bulk.md 7.2: every value a string, `""` for nothing."""
    eloqua.site.clock.freeze(15_411_795_862_030_000)
    bulk.load([{"email": "dan@example.test", "first": "Dan"}])
    contact_id = eloqua.contact("dan@example.test")["id"]

    (row,) = bulk.export(
        fields={
            "id": "{{Contact.Id}}",
            "ext": "{{Contact.Field(ContactIDExt)}}",
            "email": EMAIL,
            "last": "{{Contact.Field(C_LastName)}}",
            "name": "{{Contact.Field(C_FirstAndLastName)}}",
            "domain": "{{Contact.Field(C_EmailAddressDomain)}}",
            "made": "{{Contact.CreatedAt}}",
            "changed": "{{Contact.Field(C_DateModified)}}",
            "on": "{{Contact.Email.IsSubscribed}}",
            "off": "{{Contact.Email.IsBounced}}",
            "format": "{{Contact.Email.Format}}",
        },
        filter="'{{Contact.Field(C_FirstName)}}' = 'dan'",
    )

    assert row == {
        "id": contact_id,
        "ext": f"CMOCK{int(contact_id):012d}",
        "email": "dan@example.test",
        "last": "",
        "name": "Dan",
        "domain": "example.test",
        "made": "2018-11-02 13:26:26.203",
        "changed": "2018-11-02 13:26:26.203",
        "on": "true",
        "off": "false",
        "format": "unspecified",
    }


def test_system_time_stamps_come_in_utc_where_the_definition_says_so(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 12.3: also how dates in the filter are read."""
    eloqua.site.clock.freeze(15_411_795_862_030_000)
    eloqua.seed(contacts=[{"emailAddress": ADA, "C_LastModifiedByExtIntegrateSystem": "2018-11-02 13:00:00"}])
    fields = {
        "made": "{{Contact.CreatedAt}}",
        "crm": "{{Contact.Field(C_LastModifiedByExtIntegrateSystem)}}",
        "score": "{{Contact.Field(C_Lead_Score_Date___Most_Recent1)}}",
    }
    filters = "'{{Contact.CreatedAt}}' > '2018-11-02 15:00:00'"

    assert bulk.export(fields=fields, areSystemTimestampsInUTC=True, filter=filters) == [
        {"made": "2018-11-02 17:26:26.203", "crm": "2018-11-02 17:00:00.000", "score": ""}
    ]
    assert bulk.export(fields=fields) == [
        {"made": "2018-11-02 13:26:26.203", "crm": "2018-11-02 13:00:00.000", "score": ""}
    ]
    assert bulk.export(fields=fields, filter=filters) == []


def test_the_end_of_time_stays_what_it_is_in_utc(bulk: Any, eloqua: EloquaSite) -> None:
    """[inferred] our default: a date that many write for never has no later one."""
    never, field = "9999-12-31 23:59:59.000", "C_LastModifiedByExtIntegrateSystem"
    eloqua.seed(contacts=[{"emailAddress": ADA, field: never}])

    rows = bulk.export(fields={"crm": f"{{{{Contact.Field({field})}}}}"}, areSystemTimestampsInUTC=True)

    assert rows == [{"crm": never}]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" '{{Contact.Field(C_Country)}}' = 'CANADA' ", ["ada", "cyd"]),
        ("'{{Contact.Field(C_Country)}}'='Canada' AND '{{Contact.Field(C_FirstName)}}'!='Ada'", ["cyd"]),
        ("'{{Contact.Field(C_Country)}}' ~ 'F%' OR '{{Contact.Email.IsBounced}}' = 'true'", ["bob"]),
        ("NOT ('{{Contact.Field(C_Company_Revenue1)}}' < '10')", ["bob", "cyd"]),
        ("'{{Contact.Field(C_LastName)}}' = ''", ["ada", "bob", "cyd"]),
        ("'{{contact.field(c_emailaddress)}}' = 'ADA@example.test'", ["ada"]),
        (
            "'{{Contact.UpdatedAt}}' > '2000-01-01' and '{{Contact.CreatedAt}}' <= '2999-01-01 00:00:00.000'",
            ["ada", "bob", "cyd"],
        ),
    ],
)
@pytest.mark.usefixtures("people")
def test_filters(bulk: Any, text: str, found: list[str]) -> None:
    """[doc], [client] bulk.md 15."""
    assert [each["email"].partition("@")[0] for each in bulk.export(filter=text)] == found


@pytest.mark.usefixtures("people")
def test_max_records_cuts_the_export(bulk: Any) -> None:
    """[doc] bulk.md 4.2."""
    assert len(bulk.export(maxRecords=2)) == 2


@pytest.mark.usefixtures("people")
def test_a_page_has_the_envelope_of_lists(bulk: Any) -> None:
    """[client] bulk.md 6, 7.2."""
    sync = bulk.run(bulk.define_export(fields={"e": EMAIL}))

    assert bulk.get(f"{sync['uri']}/data", limit=2, offset=1).json() == {
        "items": [{"e": "bob@example.test"}, {"e": "cyd@example.test"}],
        "totalResults": 3,
        "limit": 2,
        "offset": 1,
        "count": 2,
        "hasMore": False,
    }
    first = bulk.get(f"{sync['uri']}/data", limit=1, totalResults="false").json()
    assert list(first) == ["items", "limit", "offset", "count", "hasMore"]
    assert first["hasMore"] is True
    assert bulk.get(f"{sync['uri']}/data").json()["limit"] == 1000


def test_pages_meet_each_other_where_runs_of_rows_do(bulk: Any, addresses: Any) -> None:
    """Runs are ours; nobody may notice them."""
    people = list(addresses(5003))
    bulk.load([{"email": each} for each in people])
    sync = bulk.run(bulk.define_export(fields={"e": EMAIL}))

    pages = [
        bulk.get(f"{sync['uri']}/data", limit=999, offset=offset).json()["items"] for offset in range(0, 5003, 999)
    ]

    assert [row["e"] for page in pages for row in page] == people
    whole = bulk.get(f"{sync['uri']}/data", limit=50_000).json()
    assert (whole["count"], whole["hasMore"]) == (5003, False)


@pytest.mark.quirk("Q65")
def test_an_export_without_rows_has_no_items(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] platform.md Q65; a switch shows an empty list."""
    sync = bulk.run(bulk.define_export())
    assert sync["status"] == "success"

    empty = bulk.get(f"{sync['uri']}/data").json()
    assert empty == {"totalResults": 0, "limit": 1000, "offset": 0, "count": 0, "hasMore": False}
    eloqua.set(empty_export_items="empty")
    assert bulk.get(f"{sync['uri']}/data").json()["items"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/csv"},
        {"Accept": "text/csv; charset=utf-8, */*"},
        {"Accept": "*/*", "Content-Type": "text/csv"},
    ],
)
@pytest.mark.usefixtures("people")
def test_rows_come_as_csv_where_that_is_asked_for(bulk: Any, headers: dict[str, str]) -> None:
    """[client] bulk.md 2, 7.2: a header row, no envelope."""
    sync = bulk.run(bulk.define_export(fields={"e": EMAIL, "n": "{{Contact.Field(C_FirstName)}}"}))

    answer = bulk("GET", f"{sync['uri']}/data?limit=2", headers=headers)

    assert answer.headers["content-type"].startswith("text/csv")
    assert list(csv.reader(io.StringIO(answer.text))) == [
        ["e", "n"],
        ["ada@example.test", "Ada"],
        ["bob@example.test", "Bob"],
    ]


@pytest.mark.parametrize("accept", ["application/json, text/plain, */*", "application/json, text/csv", "*/*", ""])
@pytest.mark.usefixtures("people")
def test_rows_come_as_json_otherwise(bulk: Any, accept: str) -> None:
    """[doc] bulk.md 2."""
    sync = bulk.run(bulk.define_export())

    answer = bulk("GET", f"{sync['uri']}/data", headers={"Accept": accept, "Content-Type": "application/json"})

    assert answer.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(("name", "value"), [("limit", "0"), ("limit", "50001"), ("limit", "x"), ("offset", "-1")])
def test_a_page_out_of_range_is_refused_or_cut(bulk: Any, eloqua: EloquaSite, name: str, value: str) -> None:
    """Our default: bulk.md 6."""
    sync = bulk.run(bulk.define_export())

    assert list(bulk.constraints(bulk.get(f"{sync['uri']}/data", **{name: value}))) == [name]
    if value != "x":
        eloqua.set(page_limit_out_of_range="clamp")
        assert bulk.get(f"{sync['uri']}/data", **{name: value}).status_code == 200


@pytest.mark.usefixtures("people")
@pytest.mark.quirk("Q61")
def test_data_expire_on_the_sites_clock(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] duration, [client] status: bulk.md 5."""
    uri = bulk.define_export(dataRetentionDuration="PT1H")
    sync = bulk.run(uri)
    eloqua.clock.advance(minutes=59)
    assert bulk.get(f"{sync['uri']}/data").status_code == 200

    eloqua.clock.advance(minutes=2)

    assert bulk.get(f"{sync['uri']}/data").status_code == 404
    assert bulk.get(f"{uri}/data").status_code == 404
    assert bulk.get(sync["uri"]).status_code == 200
    assert len(bulk.get(f"{bulk.run(uri)['uri']}/data").json()["items"]) == 3


@pytest.mark.usefixtures("people")
def test_expired_data_are_a_410_where_a_switch_says_so(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] bulk.md 7.2: a client takes 404 and 410 alike."""
    uri = bulk.define_export()
    sync = bulk.run(uri)
    bulk.delete(f"{uri}/data")
    eloqua.set(expired_data_status=410)

    answer = bulk.get(f"{sync['uri']}/data")

    assert (answer.status_code, answer.reason_phrase, answer.content) == (410, "Gone", b"")


@pytest.mark.usefixtures("people")
def test_deleted_data_are_gone(bulk: Any) -> None:
    """[doc] bulk.md 7.2; the 404 is our default."""
    uri = bulk.define_export()
    first, second, third = bulk.run(uri), bulk.run(uri), bulk.run(bulk.define_export())

    assert bulk.delete(f"{first['uri']}/data").status_code == 204
    assert bulk.get(f"{first['uri']}/data").status_code == 404
    assert bulk.get(f"{second['uri']}/data").status_code == 200
    assert bulk.delete(f"{uri}/data").status_code == 204
    assert bulk.get(f"{second['uri']}/data").status_code == 404
    assert bulk.get(f"{third['uri']}/data").status_code == 200


def test_the_definition_shows_the_latest_data(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 5; before the first sync a 404: our default."""
    uri = bulk.define_export()
    assert bulk.get(f"{uri}/data").status_code == 404
    bulk.run(uri)
    eloqua.seed(contacts=[{"emailAddress": ADA}])
    first = bulk.run(uri)
    eloqua.seed(contacts=[{"emailAddress": "b@example.test"}])
    bulk.run(uri)

    assert bulk.get(f"{uri}/data").json()["totalResults"] == 2
    assert bulk.get(f"{first['uri']}/data").json()["totalResults"] == 1


def test_before_the_end_there_are_no_data(bulk: Any, eloqua: EloquaSite) -> None:
    """Our default: bulk.md 7.2."""
    eloqua.set(sync_pending_seconds=60)
    uri = bulk.define_export()
    sync = bulk.start(uri)

    assert bulk.get(f"{sync}/data").json()["totalResults"] == 0
    assert bulk.get(f"{uri}/data").status_code == 404


def test_data_outlive_their_definition(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] bulk.md 22: clients delete the definition when they have synced."""
    eloqua.seed(contacts=[{"emailAddress": ADA}])
    uri = bulk.define_export()
    sync = bulk.run(uri)
    bulk.delete(uri)

    assert bulk.get(f"{sync['uri']}/data").json()["count"] == 1


@pytest.mark.quirk("Q56")
def test_only_who_ran_a_sync_may_read_its_data(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] platform.md Q56; the status is our default and a switch."""
    sync = bulk.run(bulk.define_export())
    other = bulk.as_user("marketer")

    assert other.get(f"{sync['uri']}/data").status_code == 403
    eloqua.set(foreign_sync_status=401)
    assert other.get(f"{sync['uri']}/data").status_code == 401
    assert other.get(sync["uri"]).status_code == 200
    assert other.get(f"{sync['syncedInstanceUri']}/data").status_code == 401
    assert other.delete(f"{sync['uri']}/data").status_code == 401
    assert bulk.get(f"{sync['uri']}/data").status_code == 200


def test_an_export_runs_its_sync_actions_on_its_members(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 12, 13."""
    eloqua.seed(contacts=[{"emailAddress": ADA, "firstName": "Ada"}, {"emailAddress": "b@example.test"}])
    eloqua.seed(lists=[{"name": "VIPs", "members": ["b@example.test"]}])
    statement = bulk.get("/contacts/lists").json()["items"][0]["statement"]
    uri = bulk.define_export(
        filter="'{{Contact.Field(C_FirstName)}}' = 'Ada'",
        syncActions=[{"action": "add", "destination": statement}],
    )

    assert bulk.counts(bulk.run(uri))["ELQ-00119"] == 1
    assert bulk.get("/contacts/lists").json()["items"][0]["count"] == 2
