"""The seed `demo`: a company to look around in (issue 9)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from mock_eloqua.crm.demo.document import document
from mock_eloqua.embedded import MockEloqua

NOON = int(datetime(2026, 7, 1, 12, tzinfo=UTC).timestamp()) * 1000
DAY = 86_400_000


def test_it_is_a_believable_company(control, rest, http):
    """Contacts, accounts, campaigns with members, e-mails, forms with submissions, records, a year of activities."""
    assert control.post("/reset", json={"seed": "demo"}).status_code == 200

    found = rest.get("/data/contacts?depth=partial&count=1000").json()
    forms = rest.get("/assets/forms").json()["elements"]
    sent = [rest.get(f"/data/form/{each['id']}?count=1").json()["total"] for each in forms]
    campaigns = http("GET", "/API/REST/2.0/assets/campaigns?depth=partial").json()["elements"]
    objects = http("GET", "/API/REST/2.0/assets/customObjects").json()["elements"]
    records = [
        http("GET", f"/API/REST/2.0/data/customObject/{each['id']}/instances?count=1").json() for each in objects
    ]
    lists = rest.get("/assets/contact/lists?depth=complete").json()["elements"]
    segments = rest.get("/assets/contact/segments?depth=partial").json()["elements"]

    assert (found["total"], rest.get("/data/accounts?count=1").json()["total"]) == (2000, 300)
    assert all(each["emailAddress"].endswith(".test") for each in found["elements"])
    assert {each["isSubscribed"] for each in found["elements"]} == {"true", "false"}
    assert sent == [240, 180, 130, 220]
    assert [each["total"] for each in records] == [700, 500, 300]
    assert {each["currentStatus"] for each in campaigns} == {"Completed", "Active", "Draft"}
    assert sum(int(each["memberCount"]) for each in campaigns) == 1520
    assert all(int(each["count"]) > 50 for each in segments)
    assert {each["name"]: each["count"] for each in lists[:4]} == {
        "Newsletter": "35",
        "Customers": "20",
        "Webinar spring": "14",
        "Trade fair leads": "11",
    }
    assert rest.get("/data/contacts?search=C_Zip_Postal=02134").json()["total"] == 2


def test_the_year_ends_at_the_last_midnight_and_says_everything_that_happens():
    """A day later the same things happened a day later; nothing else differs."""
    today, tomorrow = document(NOON), document(NOON + DAY)
    times = [int(each["at"]) * 1000 for each in today["activities"]]

    assert {each["type"] for each in today["activities"]} == {
        "emailSend",
        "emailOpen",
        "emailClickThrough",
        "emailUnsubscribe",
        "webVisit",
        "bounceback",
        "external",
    }
    assert max(times) < NOON
    assert NOON - min(times) < 380 * DAY
    assert len(times) > 20_000
    assert [int(each["at"]) * 1000 - DAY for each in tomorrow["activities"]] == times
    assert [each["said"] for each in _said(tomorrow)] == [each["said"] for each in _said(today)]


def _said(made):
    """The contacts without their times."""
    return [{"said": {name: value for name, value in each.items() if name != "createdAt"}} for each in made["contacts"]]


def test_nobody_lives_at_a_domain_that_can_exist():
    """RFC 2606: every address and every link ends in `.test`; numbers are of the range for films."""
    made = str(document(NOON))

    assert not re.findall(r"[\w.-]+@(?![\w.-]+\.test\b)[\w.-]+", made)
    assert not re.findall(r"https?://(?![\w.-]+\.test\b)[\w.-]+", made)
    assert all(each["businessPhone"].startswith("+00 555") for each in document(NOON)["contacts"][40:])


def test_its_campaigns_go_on(rest, http, eloqua):
    """Who signs up for the letter enters the campaign that waits for it, and is sent its mail as time passes."""
    eloqua.reset(seed="demo")
    (form,) = rest.get("/assets/forms?search=Newsletter*&depth=complete").json()["elements"]
    address = next(each["id"] for each in form["elements"] if each["htmlName"] == "emailAddress")

    values = [{"type": "FieldValue", "id": address, "value": "ada@new.test"}]
    assert rest.post(f"/data/form/{form['id']}", json={"fieldValues": values}).status_code == 201
    eloqua.site.jobs.join(10)
    eloqua.clock.advance(days=8)
    http("GET", "/API/REST/2.0/assets/campaigns?search=Welcome")

    key = eloqua.contact("ada@new.test")["id"]
    until = datetime.now(UTC) + timedelta(days=30)
    window = {"type": "emailSend", "startDate": "1", "endDate": str(int(until.timestamp()))}
    assert len(rest.get(f"/data/activities/contact/{key}", params=window).json()) == 2


def test_two_servers_of_a_process_share_what_takes_long():
    """It is made once; what one of them changes is its own."""
    with MockEloqua(seed="demo") as one, MockEloqua(seed="demo") as other:
        one.seed(contacts=[{"emailAddress": "ada@b.test"}])

        assert one.site.database is not other.site.database
        assert one.contact("mira.holm@fjordline.test")["city"] == other.contact("mira.holm@fjordline.test")["city"]
        assert one.contact("ada@b.test")
        one.reset()
        assert other.contact("mira.holm@fjordline.test")
