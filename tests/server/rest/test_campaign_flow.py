"""Campaigns and programs: their life, who is in them, and where members go (`rest` 14.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

DAY = 86_400
START = int(datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp())


@pytest.fixture
def two(http, eloqua) -> Callable[..., Any]:
    """Calls to REST 2.0 on a site whose clock stands still."""
    eloqua.clock.freeze(datetime.fromtimestamp(START, UTC))
    eloqua.seed(contacts=[{"emailAddress": f"p{n}@example.test", "city": "Utrecht"} for n in range(3)])

    def call(method: str, path: str, status: int = 200, **options: Any) -> Any:
        answer = http(method, f"/API/REST/2.0/{path}", **options)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    return call


def segment(two, name: str = "In Utrecht"):
    criterion = {
        "type": "ContactFieldCriterion",
        "id": "-1",
        "fieldId": "100009",
        "condition": {"type": "TextValueCondition", "operator": "equal", "value": "Utrecht"},
    }
    chosen = {"type": "ContactFilter", "name": "", "scope": "local", "statement": "-1", "criteria": [criterion]}
    element = {"type": "ContactFilterSegmentElement", "isIncluded": "true", "filter": chosen}
    return two("POST", "assets/contact/segment", 201, json={"name": name, "elements": [element]})["id"]


def email(two, name: str = "Hello"):
    content = {"type": "RawHtmlContent", "html": "<p>Hello</p>"}
    return two("POST", "assets/email", 201, json={"name": name, "subject": "Hi", "htmlContent": content})["id"]


def line(to: str, terminal: str = "out") -> dict[str, str]:
    return {"type": "CampaignOutputTerminal", "connectedId": to, "terminalType": terminal}


def campaign(two, *others: dict[str, Any], **properties: Any):
    """A draft with a segment, from which members go on to the first of the other elements."""
    terminals = {"outputTerminals": [line(others[0]["id"])]} if others else {}
    first = {"type": "CampaignSegment", "id": "-1", "segmentId": segment(two), **terminals}
    body = {"name": "Spring", "startAt": str(START), "endAt": str(START + 5 * DAY), "elements": [first, *others]}
    return two("POST", "assets/campaign", 201, json=body | properties)


def activated(two, made: dict[str, Any], kind: str = "campaign"):
    return two("POST", f"assets/{kind}/active/{made['id']}", 201, params={"activateNow": "true"})


def counts(found: dict[str, Any]) -> list[str]:
    return [each["memberCount"] for each in found["elements"]]


def test_a_new_campaign_is_a_draft_with_real_ids(two):
    """[client] rest.md 2.4, 14.1: temporary ids are replaced in elements and in the lines between them."""
    made = campaign(two, {"type": "CampaignEmail", "id": "-2", "emailId": email(two)})

    assert made["currentStatus"] == "Draft"
    assert made["isReadOnly"] == "false"
    source, mail = made["elements"]
    assert source["outputTerminals"][0]["connectedId"] == mail["id"]
    assert int(source["id"]) > 0


def test_a_single_terminal_may_come_without_its_list(two):
    """[client] rest.md 14.1."""
    mail = {"type": "CampaignEmail", "id": "-2", "emailId": email(two)}
    source = {"type": "CampaignSegment", "id": "-1", "segmentId": segment(two), "outputTerminals": line("-2")}

    made = two("POST", "assets/campaign", 201, json={"name": "Spring", "elements": [source, mail]})

    assert [each["connectedId"] for each in made["elements"][0]["outputTerminals"]] == [made["elements"][1]["id"]]


def test_elements_that_nobody_knows_are_kept(two):
    """[inferred] rest.md 14.1."""
    odd = {"type": "CampaignMoonAction", "id": "-2", "phase": "full", "tide": {"height": 3}}

    made = campaign(two, odd)

    kept = made["elements"][1]
    assert (kept["type"], kept["phase"], kept["tide"]) == ("CampaignMoonAction", "full", {"height": "3"})


def test_activation_lets_the_segment_in_and_sends_the_email(two, rest):
    """[doc] rest.md 14.1: Draft, Active; members enter from segments."""
    mail = email(two)
    made = campaign(two, {"type": "CampaignEmail", "id": "-2", "emailId": mail})

    active = activated(two, made)

    assert active["currentStatus"] == "Active"
    assert active["isReadOnly"] == "true"
    assert two("GET", f"assets/campaign/{made['id']}")["firstActivation"] == str(START)
    window = {"startDate": str(START - 1), "endDate": str(START + DAY)}
    sent = rest.get("/data/activities/contact/1", params={"type": "emailSend", **window}).json()
    assert [each["asset"] for each in sent] == [mail]
    joined = rest.get("/data/activities/contact/1", params={"type": "campaignMembership", **window}).json()
    assert len(joined) == 1


def test_members_wait_and_go_on_when_the_time_has_come(two, eloqua):
    """[inferred] rest.md 14.1: on the site's clock, the same whether somebody looked in between or not."""
    wait = {"type": "CampaignWaitAction", "id": "-2", "waitFor": str(DAY), "outputTerminals": [line("-3")]}
    made = campaign(two, wait, {"type": "CampaignEmail", "id": "-3", "emailId": email(two)})
    activated(two, made)
    assert counts(two("GET", f"assets/campaign/{made['id']}")) == ["0", "3", "0"]

    eloqua.clock.advance(hours=23)
    assert counts(two("GET", f"assets/campaign/{made['id']}"))[1] == "3"
    eloqua.clock.advance(hours=2)

    assert counts(two("GET", f"assets/campaign/{made['id']}"))[1] == "0"


def test_those_who_open_the_email_go_another_way(two, eloqua):
    """[inferred] rest.md 14.1: `yes` as soon as they do, `no` for the others when the patience is over."""
    mail = email(two)
    opened = two("POST", "assets/contact/list", 201, json={"name": "Opened"})["id"]
    ignored = two("POST", "assets/contact/list", 201, json={"name": "Ignored"})["id"]
    rule = {
        "type": "CampaignEmailOpenedRule",
        "id": "-3",
        "emailId": mail,
        "evaluateNoAfter": str(2 * DAY),
        "outputTerminals": [line("-4", "yes"), line("-5", "no")],
    }
    made = campaign(
        two,
        {"type": "CampaignEmail", "id": "-2", "emailId": mail, "outputTerminals": [line("-3")]},
        rule,
        {"type": "CampaignAddToContactListAction", "id": "-4", "listId": opened},
        {"type": "CampaignAddToContactListAction", "id": "-5", "listId": ignored},
    )
    activated(two, made)
    eloqua.clock.advance(hours=1)
    at = str(START + 1800)
    eloqua.seed(activities=[{"type": "emailOpen", "contact": "p1@example.test", "at": at, "asset": "Hello"}])

    eloqua.clock.advance(days=3)

    two("GET", f"assets/campaign/{made['id']}")
    assert two("GET", f"assets/contact/list/{opened}")["count"] == "1"
    assert two("GET", f"assets/contact/list/{ignored}")["count"] == "2"


def test_a_campaign_ends(two, eloqua):
    """[doc] rest.md 14.1: Completed at endAt."""
    made = campaign(two, {"type": "CampaignEmail", "id": "-2", "emailId": email(two)})
    activated(two, made)

    eloqua.clock.advance(days=5)

    assert two("GET", f"assets/campaign/{made['id']}")["currentStatus"] == "Completed"


def test_a_campaign_is_scheduled_for_a_time_to_come(two, eloqua):
    """[doc] rest.md 14.1: `scheduledFor`; nobody enters before."""
    made = campaign(two, {"type": "CampaignEmail", "id": "-2", "emailId": email(two)})

    waiting = two("POST", f"assets/campaign/active/{made['id']}", 201, params={"scheduledFor": str(START + DAY)})
    assert (waiting["currentStatus"], waiting["memberCount"]) == ("Scheduled", "0")
    eloqua.clock.advance(days=1)

    assert two("GET", f"assets/campaign/{made['id']}")["currentStatus"] == "Active"


def test_an_active_campaign_is_read_only_until_it_is_a_draft_again(two):
    """[inferred] rest.md 14.1: PUT then 400; [doc] back to Draft by /draft/{id}, 201."""
    made = campaign(two, {"type": "CampaignEmail", "id": "-2", "emailId": email(two)})
    activated(two, made)
    path = f"assets/campaign/{made['id']}"
    refused = two("PUT", path, 400, json={"id": made["id"], "name": "Summer"})
    assert refused[0]["container"] == {"type": "ObjectKey", "objectType": "Campaign", "objectId": made["id"]}

    assert two("POST", f"assets/campaign/draft/{made['id']}", 201)["currentStatus"] == "Draft"

    assert two("PUT", path, json={"id": made["id"], "name": "Summer"})["name"] == "Summer"


@pytest.mark.parametrize(
    ("broken", "property_"),
    [
        ({"elements": []}, "elements"),
        ({"endAt": str(START - DAY)}, "endAt"),
    ],
)
def test_what_is_wrong_is_told_before_and_at_activation(two, broken, property_):
    """[client] rest.md 14.1: validationErrors is empty when it can be activated; else the same array with 400."""
    made = campaign(two, {"type": "CampaignEmail", "id": "-2", "emailId": email(two)}, **broken)

    told = two("GET", f"assets/campaign/{made['id']}/active/validationErrors")
    refused = two("POST", f"assets/campaign/active/{made['id']}", 400, params={"activateNow": "true"})

    assert told == refused
    assert told[0]["property"] == property_
    assert two("GET", f"assets/campaign/{made['id']}")["currentStatus"] == "Draft"


def test_a_campaign_that_can_be_activated_has_no_errors(two):
    """[client] rest.md 14.1: an empty array."""
    made = campaign(two, {"type": "CampaignEmail", "id": "-2", "emailId": email(two)})

    assert two("GET", f"assets/campaign/{made['id']}/active/validationErrors") == []


def test_a_put_without_the_crm_id_clears_it(two):
    """[doc] rest.md 14.1."""
    made = campaign(two, crmId="7011x")
    assert made["crmId"] == "7011x"

    assert "crmId" not in two("PUT", f"assets/campaign/{made['id']}", json={"id": made["id"], "name": "Spring"})


def test_a_segment_in_a_campaign_cannot_be_deleted(two):
    """[doc] rest.md 6: dependencies."""
    made = campaign(two)

    two("DELETE", f"assets/contact/segment/{made['elements'][0]['segmentId']}", 412)
    two("DELETE", f"assets/campaign/{made['id']}")
    two("DELETE", f"assets/contact/segment/{made['elements'][0]['segmentId']}")


def test_a_deleted_contact_leaves_its_campaigns(two, rest):
    """The count of members follows."""
    wait = {"type": "CampaignWaitAction", "id": "-2", "waitFor": str(DAY)}
    made = activated(two, campaign(two, wait))

    rest.delete("/data/contact/1")

    assert two("GET", f"assets/campaign/{made['id']}")["memberCount"] == "2"


def test_the_same_paths_answer_in_1_0(rest, two):
    """[client] rest.md 14.1: `permissions` is a word there."""
    made = campaign(two)

    read = rest.get(f"/assets/campaign/{made['id']}").json()

    assert (read["name"], read["permissions"]) == ("Spring", "fullControl")
    assert [each["id"] for each in rest.get("/assets/campaigns/recent").json()["elements"]] == [made["id"]]


def test_a_program_is_paused_and_goes_on(two, eloqua):
    """[doc] rest.md 14.1: active, pause, draft; members stay where they are meanwhile."""
    wait = {"type": "CampaignWaitAction", "id": "-2", "waitFor": "3600"}
    source = {"type": "CampaignSegment", "id": "-1", "segmentId": segment(two), "outputTerminals": [line("-2")]}
    made = two("POST", "assets/program", 201, json={"name": "Nurture", "elements": [source, wait]})
    path = f"assets/program/{made['id']}"

    assert activated(two, made, "program")["currentStatus"] == "Active"
    assert two("POST", f"assets/program/pause/{made['id']}", 201)["currentStatus"] == "Paused"
    eloqua.clock.advance(hours=5)
    assert counts(two("GET", path)) == ["0", "3"]

    assert activated(two, made, "program")["currentStatus"] == "Active"
    assert two("POST", f"assets/program/draft/{made['id']}", 201)["currentStatus"] == "Draft"


@pytest.mark.parametrize("path", ["campaign/active/99", "campaign/draft/99", "program/pause/99"])
def test_actions_on_nothing_are_a_404(two, path):
    """rest.md 7.4."""
    two("POST", f"assets/{path}", 404)


def test_activation_takes_good_parameters_only(two):
    """rest.md 7.2: an EndpointParameterError each."""
    made = campaign(two)
    path = f"assets/campaign/active/{made['id']}"

    for name, value in (("activateNow", "soon"), ("scheduledFor", "soon"), ("runAsUserId", "me")):
        assert two("POST", path, 400, params={name: value})[0]["parameter"] == name
