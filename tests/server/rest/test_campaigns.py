"""Campaigns and programs, rule by rule: ids, starts, elements, who enters (rest.md 14.1)."""

from __future__ import annotations

import pytest
from sqlalchemy import true
from tests.server.rest.canvases import CAMPAIGN, DAY, PROGRAM, broken, created, line, now, source, started, where

from mock_eloqua.crm import assets, campaigns, canvas_members, contacts
from mock_eloqua.crm.canvas import drawn


@pytest.fixture(autouse=True)
def people(eloqua):
    """Ada and Bob on a list, Cem on none; time stands still."""
    eloqua.clock.freeze()
    eloqua.seed(
        contacts=[{"emailAddress": f"{name}@example.test"} for name in ("ada", "bob", "cem")],
        lists=[{"name": "Guests", "members": ["ada@example.test", "bob@example.test"]}, {"name": "Done"}],
    )


@pytest.fixture
def email(eloqua):
    """The id of an e-mail."""
    return str(assets.create(eloqua.site, "Email", name="Hello", doc={"subject": "Hi there"}).id)


@pytest.fixture
def segment(rest):
    """The id of a segment of those on the list."""
    guests = {"type": "ContactListSegmentElement", "list": {"type": "ContactList", "id": "1"}}
    answer = rest.post("/assets/contact/segment", json={"name": "Guests", "elements": [guests]})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def status(http, key):
    return http.get(f"{CAMPAIGN}/{key}").json()["currentStatus"]


def test_temporary_ids_of_elements_become_real_ones_wherever_they_stand(http, eloqua, segment, email):
    """[client] rest.md 2.4, 14.1; the ids of elements of all types are one series."""
    made = created(
        http,
        eloqua,
        source(segment, "-2") | {"position": {"type": "Position", "x": "100", "y": 75}},
        {"type": "CampaignEmail", "id": "-2", "emailId": email, "sendTimePeriod": "sendAllEmailAtOnce"},
        id="-1",
    )

    first, second = made["elements"]
    assert made["currentStatus"] == "Draft"
    assert int(first["id"]) > 0
    assert first["id"] != second["id"]
    assert first["outputTerminals"][0]["connectedId"] == second["id"]
    assert first["position"] == {"type": "Position", "x": "100", "y": "75"}
    assert second["sendTimePeriod"] == "sendAllEmailAtOnce"


def test_members_are_counted_at_partial_and_complete_only(http, eloqua):
    """[doc] rest.md 14.1."""
    key = created(http, eloqua)["id"]
    shown = [http.get(f"{CAMPAIGN}/{key}", params={"depth": each}).json() for each in ("minimal", "partial")]

    assert "memberCount" not in shown[0]
    assert shown[1]["memberCount"] == "0"


def test_an_element_names_what_exists_which_then_cannot_be_deleted(http, eloqua, segment):
    """[inferred] rest.md 7.4, 14.6: RelationshipRequirement; 412."""
    unknown = http.post(CAMPAIGN, json={"name": "x", "elements": [source("99")]})
    created(http, eloqua, source(segment))

    assert broken(unknown) == [("segmentId", "RelationshipRequirement")]
    assert http.delete(f"/API/REST/1.0/assets/contact/segment/{segment}").status_code == 412


def test_what_stands_in_the_way_is_told_before_and_by_the_activation(http):
    """[client] rest.md 14.1: the same array; the rules are inferred."""
    body = {"name": "x", "elements": [{"type": "CampaignEmail", "id": "-1", "outputTerminals": [line("4711")]}]}
    made = http.post(CAMPAIGN, json=body).json()

    told = http.get(f"{CAMPAIGN}/{made['id']}/active/validationErrors")
    refused = http.post(f"{CAMPAIGN}/active/{made['id']}", params={"activateNow": "true"})

    assert told.status_code == 200
    assert broken(refused) == [
        ("endAt", "NotNullRequirement"),
        ("elements", "RelationshipRequirement"),
        ("emailId", "NotNullRequirement"),
        ("connectedId", "RelationshipRequirement"),
    ]
    assert refused.json() == told.json()
    assert told.json()[2]["container"] == {
        "type": "ObjectKey",
        "objectType": "CampaignEmail",
        "objectId": made["elements"][0]["id"],
        "container": {"type": "ObjectKey", "objectType": "Campaign", "objectId": made["id"]},
    }


def test_the_end_lies_behind_the_start(http, eloqua, segment):
    """[inferred] rest.md 14.1."""
    key = created(http, eloqua, source(segment), startAt=now(eloqua) + 40 * DAY)["id"]

    refused = http.post(f"{CAMPAIGN}/active/{key}", params={"activateNow": "true"})

    assert broken(refused) == [("endAt", "RelationshipRequirement")]


@pytest.mark.parametrize("by_date", [False, True])
def test_a_start_in_the_future_is_scheduled(http, eloqua, segment, by_date):
    """[client] rest.md 14.1: Scheduled, then Active; `scheduledFor`, else `startAt`."""
    start = now(eloqua) + DAY
    key = created(http, eloqua, source(segment), **({"startAt": start} if by_date else {}))["id"]

    answer = http.post(f"{CAMPAIGN}/active/{key}", params={} if by_date else {"scheduledFor": start})

    assert (answer.json()["currentStatus"], answer.json()["scheduledFor"]) == ("Scheduled", str(start))
    assert answer.json()["memberCount"] == "0"
    eloqua.clock.advance(days=1)
    assert status(http, key) == "Active"
    assert where(http, key) == [2]


def test_scheduled_for_now_is_at_once(http, eloqua, segment):
    """[client] rest.md 14.1: a PHP sample sends `now`."""
    key = created(http, eloqua, source(segment))["id"]

    assert http.post(f"{CAMPAIGN}/active/{key}", params={"scheduledFor": "now"}).json()["currentStatus"] == "Active"


@pytest.mark.parametrize(
    ("wrong", "parameter", "requirement"),
    [
        ({"activateNow": "maybe"}, "activateNow", "BooleanRequirement"),
        ({"scheduledFor": "tomorrow"}, "scheduledFor", "DateRequirement"),
        ({"runAsUserId": "me"}, "runAsUserId", "IdRequirement"),
    ],
)
def test_a_parameter_that_does_not_do_is_a_400(http, eloqua, segment, wrong, parameter, requirement):
    """rest.md 7.2."""
    key = created(http, eloqua, source(segment))["id"]

    answer = http.post(f"{CAMPAIGN}/active/{key}", params=wrong)

    assert answer.status_code == 400
    assert (answer.json()[0]["parameter"], answer.json()[0]["requirement"]["type"]) == (parameter, requirement)
    assert status(http, key) == "Draft"


def test_a_campaign_runs_as_a_user_who_exists(http, eloqua, segment):
    """[doc] rest.md 14.1: runAsUserId; the rule [inferred]."""
    key = created(http, eloqua, source(segment))["id"]

    unknown = http.post(f"{CAMPAIGN}/active/{key}", params={"activateNow": "true", "runAsUserId": "99"})
    known = http.post(f"{CAMPAIGN}/active/{key}", params={"activateNow": "true", "runAsUserId": "12"})

    assert broken(unknown) == [("runAsUserId", "RelationshipRequirement")]
    assert known.json()["runAsUserId"] == "12"


def test_members_are_sent_the_email_and_wait(http, rest, eloqua, segment, email):
    """[inferred] rest.md 14.1: along the lines, on the site's clock; the sending is an activity."""
    key = started(
        http,
        eloqua,
        source(segment, "-2"),
        {"type": "CampaignEmail", "id": "-2", "emailId": email, "outputTerminals": [line("-3")]},
        {"type": "CampaignWaitAction", "id": "-3", "waitFor": 3600, "outputTerminals": [line("-4")]},
        {"type": "CampaignMoveToContactListAction", "id": "-4", "listId": "2"},
    )

    assert where(http, key) == [0, 0, 2, 0]
    (sent,) = rest.get("/data/activities/contact/1/emailSend").json()
    assert sent["asset"] == email
    assert {each["Key"]: each["Value"] for each in sent["details"]}["SubjectLine"] == "Hi there"
    assert rest.get("/data/activities/contact/3/emailSend").json() == []
    eloqua.clock.advance(hours=1)
    assert rest.get("/data/contacts/list/2").json()["total"] == 2
    assert where(http, key) == [0, 0, 0, 2]


def test_entering_a_campaign_is_an_activity(http, rest, eloqua, segment):
    """[doc] rest.md 16.1: campaignMembership; that entering makes one is inferred."""
    key = started(http, eloqua, source(segment))

    (found,) = rest.get("/data/activities/contact/1/campaignMembership").json()

    assert (found["type"], found["asset"], found["hasResponded"]) == ("CampaignActivity", key, "false")


def test_who_is_unsubscribed_goes_on_without_the_email(http, rest, eloqua, segment, email):
    """[inferred] rest.md 14.1: unless the element says otherwise."""
    contacts.change(eloqua.site, 2, contacts.Changes(is_subscribed=False))

    key = started(http, eloqua, source(segment, "-2"), {"type": "CampaignEmail", "id": "-2", "emailId": email})

    assert where(http, key) == [0, 2]
    assert rest.get("/data/activities/contact/2/emailSend").json() == []


@pytest.mark.parametrize("looks_in_between", [False, True])
def test_a_rule_lets_those_pass_who_did_it_and_the_others_later(http, eloqua, segment, email, looks_in_between):
    """[inferred] rest.md 14.1: the same state, whether somebody looked in between or not."""
    key = started(
        http,
        eloqua,
        source(segment, "-2"),
        {
            "type": "CampaignEmailOpenedRule",
            "id": "-2",
            "emailId": email,
            "evaluateNoAfter": DAY,
            "outputTerminals": [line("-3", "yes"), line("-4", "no")],
        },
        {"type": "CampaignOpened", "id": "-3"},
        {"type": "CampaignIgnored", "id": "-4"},
    )
    eloqua.clock.advance(hours=1)
    eloqua.seed(activities=[{"type": "emailOpen", "contact": "ada@example.test", "asset": "Hello"}])
    if looks_in_between:
        assert where(http, key) == [0, 1, 1, 0]
    eloqua.clock.advance(hours=23)

    assert where(http, key) == [0, 0, 1, 1]


def test_a_recurring_segment_lets_newcomers_in(http, rest, eloqua, segment):
    """[client] rest-schemas CampaignSegment: isRecurring; seconds for reEvaluationFrequency are inferred."""
    key = started(http, eloqua, source(segment) | {"isRecurring": "true", "reEvaluationFrequency": "3600"})
    rest.put("/assets/contact/list/1", json={"id": "1", "name": "Guests", "membershipAdditions": ["3"]})

    assert where(http, key) == [2]
    eloqua.clock.advance(hours=1)
    assert where(http, key) == [3]


def test_nobody_enters_a_draft_or_the_same_campaign_twice(http, eloqua, segment):
    """[doc] rest.md 14.1: isMemberAllowedReEntry; what it does is inferred."""
    key = created(http, eloqua, source(segment))["id"]

    assert campaigns.add_members(eloqua.site, "Campaign", int(key), [1, 3]) == 0
    http.post(f"{CAMPAIGN}/active/{key}", params={"activateNow": "true"})
    assert campaigns.add_members(eloqua.site, "Campaign", int(key), [1, 3, 99]) == 1
    assert where(http, key) == [3]


def test_who_may_come_back_does(http, eloqua, segment):
    """[doc] rest.md 14.1: isMemberAllowedReEntry."""
    key = started(http, eloqua, source(segment), isMemberAllowedReEntry="true")

    assert campaigns.add_members(eloqua.site, "Campaign", int(key), [1]) == 1


def test_members_can_be_moved_into_another_campaign(http, eloqua, segment):
    """[inferred] rest.md 14.1."""
    other = started(http, eloqua, source(segment), name="Other")
    http.post(f"{CAMPAIGN}/draft/{other}")
    http.post(f"{CAMPAIGN}/active/{other}", params={"activateNow": "true"})
    contacts.delete(eloqua.site, 2)

    started(
        http,
        eloqua,
        {"type": "CampaignContactList", "id": "-1", "listId": "1", "outputTerminals": [line("-2")]},
        {"type": "CampaignAddToCampaignAction", "id": "-2", "campaignId": other},
    )

    assert where(http, other) == [1]


def test_a_circle_without_a_wait_ends(http, eloqua, segment):
    """Our default [inferred]: nobody walks it for ever."""
    key = started(
        http,
        eloqua,
        source(segment, "-2"),
        {"type": "CampaignLoop", "id": "-2", "outputTerminals": [line("-3")]},
        {"type": "CampaignLoop", "id": "-3", "outputTerminals": [line("-2")]},
    )

    assert sum(where(http, key)) == 2


def test_a_submitted_form_lets_its_contact_in(http, eloqua):
    """[inferred] rest.md 14.1: a form on the canvas is a source of members."""
    form = assets.create(eloqua.site, "Form", name="Sign up", doc={})
    key = started(http, eloqua, {"type": "CampaignForm", "id": "-1", "formId": str(form.id)})

    campaigns.submitted(eloqua.site, form.id, [3])

    assert where(http, key) == [1]


def test_a_deleted_campaign_takes_its_members_along(http, eloqua, segment):
    """rest.md 1.2."""
    key = started(http, eloqua, source(segment) | {"isRecurring": "true"})

    assert http.delete(f"{CAMPAIGN}/{key}").status_code == 200
    eloqua.clock.advance(days=1)
    assert http.get(f"{CAMPAIGN}/{key}").status_code == 404


def test_a_program_for_records_names_its_custom_object(http):
    """[doc] rest.md 14.1: defaultEntityType, defaultEntityId; the rules [inferred]."""
    made = http.post(PROGRAM, json={"name": "Orders", "defaultEntityType": "CustomObjectRecords"}).json()
    unknown = {"name": "x", "defaultEntityType": "CustomObjectRecords", "defaultEntityId": "99"}

    assert broken(http.post(f"{PROGRAM}/active/{made['id']}")) == [("defaultEntityId", "NotNullRequirement")]
    assert broken(http.post(PROGRAM, json=unknown)) == [("defaultEntityId", "RelationshipRequirement")]


def test_a_put_that_leaves_out_what_has_a_default_puts_it_back(http, eloqua):
    """[inferred] rest.md 18: missing is as on a new one; a boolean and a word are never without a value."""
    marked = {"isSyncedWithCRM": "true", "campaignCategory": "emailMarketing"}
    key = created(http, eloqua, **marked)["id"]

    changed = http.put(f"{CAMPAIGN}/{key}", json={"id": key, "name": "Spring"}).json()

    assert [changed[name] for name in marked] == ["false", "contact"]


def test_a_merging_put_keeps_what_has_a_default(http, eloqua):
    """Our switch `put_semantics`."""
    eloqua.set(put_semantics="merge")
    key = created(http, eloqua, campaignCategory="emailMarketing")["id"]

    assert http.put(f"{CAMPAIGN}/{key}", json={"name": "Spring"}).json()["campaignCategory"] == "emailMarketing"


def test_records_are_members_of_a_program_made_for_them(http, eloqua):
    """[doc] rest.md 14.1: as often as isMemberAllowedDuplicates says [inferred]."""
    field = {"type": "CustomObjectField", "id": "-1", "name": "Code", "dataType": "text"}
    custom = {"name": "Orders", "fields": [field], "displayNameFieldId": "-1"}
    orders = http.post("/API/REST/2.0/assets/customObject", json=custom).json()
    values = [{"type": "FieldValue", "id": orders["fields"][0]["id"], "value": "A1"}]
    path = f"/API/REST/2.0/data/customObject/{orders['id']}/instance"
    record = http.post(path, json={"type": "CustomObjectData", "fieldValues": values}).json()["id"]
    body = {"name": "Ship", "defaultEntityType": "CustomObjectRecords", "defaultEntityId": orders["id"]}
    body |= {"elements": [{"type": "CampaignEnd", "id": "-1"}], "isMemberAllowedDuplicates": "true"}
    key = int(http.post(PROGRAM, json=body).json()["id"])
    http.post(f"{PROGRAM}/active/{key}")

    counts = [campaigns.add_members(eloqua.site, "Program", key, [int(record), 99]) for _ in range(2)]

    assert counts == [1, 1]
    assert http.get(f"{PROGRAM}/{key}").json()["elements"][0]["memberCount"] == "2"
    http.delete(f"{path}/{record}")
    assert http.get(f"{PROGRAM}/{key}").json()["elements"][0]["memberCount"] == "0"


def test_values_of_campaign_fields_are_merged_by_the_field(http, eloqua):
    """[inferred] rest.md 18: a PUT keeps the others, one without a value blanks its field; by a switch, it replaces."""
    first, second = ({"type": "FieldValue", "id": str(key), "value": f"v{key}"} for key in (1, 2))
    key = created(http, eloqua, fieldValues=[first, second])["id"]

    def put(*values):
        body = {"id": key, "name": "Spring"} | ({"fieldValues": list(values)} if values else {})
        return http.put(f"{CAMPAIGN}/{key}", json=body).json().get("fieldValues")

    assert put(second | {"value": "new"}) == [first, second | {"value": "new"}]
    assert put() == [first, second | {"value": "new"}]
    assert put(first | {"value": ""}) == [second | {"value": "new"}]
    eloqua.set(campaign_field_values="replace")
    assert put(first) == [first]
    assert put() is None


def test_what_is_missing_does_not_matter_where_a_switch_says_so(http, eloqua):
    """Our default [inferred] rest.md 14.1, turned off."""
    eloqua.set(canvas_activation_checks="none")
    made = http.post(CAMPAIGN, json={"name": "x", "elements": [{"type": "CampaignEmail", "id": "-1"}]}).json()

    assert http.get(f"{CAMPAIGN}/{made['id']}/active/validationErrors").json() == []
    assert http.post(f"{CAMPAIGN}/active/{made['id']}").json()["currentStatus"] == "Active"


def test_an_active_campaign_can_be_redrawn_where_a_switch_says_so(http, eloqua, segment):
    """Our default is a 400 [inferred] rest.md 14.1; else members whose element is gone leave, new sources let in."""
    key = started(http, eloqua, source(segment))
    body = http.get(f"{CAMPAIGN}/{key}").json()
    everybody = {"type": "CampaignContactList", "id": "-2", "listId": "2"}
    http.put("/API/REST/1.0/assets/contact/list/2", json={"id": "2", "name": "Done", "membershipAdditions": ["3"]})

    assert broken(http.put(f"{CAMPAIGN}/{key}", json=body)) == [("currentStatus", "RelationshipRequirement")]
    eloqua.set(active_canvas_put="accept")
    added = http.put(f"{CAMPAIGN}/{key}", json=body | {"elements": [*body["elements"], everybody]}).json()
    assert (added["currentStatus"], where(http, key)) == ("Active", [2, 1])
    http.put(f"{CAMPAIGN}/{key}", json=added | {"elements": added["elements"][1:]})
    assert where(http, key) == [1]


@pytest.mark.parametrize(("unit", "hours"), [("seconds", 1), ("minutes", 60), ("hours", 3600)])
def test_elements_count_time_in_a_unit(http, eloqua, segment, unit, hours):
    """[client] rest.md 14.1: seconds; a switch names another."""
    eloqua.set(canvas_time_unit=unit)
    wait = {"type": "CampaignWaitAction", "id": "-2", "waitFor": 3600, "outputTerminals": [line("-3")]}
    end = now(eloqua) + 300 * DAY
    key = started(http, eloqua, source(segment, "-2"), wait, {"type": "CampaignEnd", "id": "-3"}, endAt=end)

    eloqua.clock.advance(hours=hours, minutes=-1)
    assert where(http, key) == [0, 2, 0]
    eloqua.clock.advance(minutes=1)
    assert where(http, key) == [0, 0, 2]


def test_entering_a_campaign_need_not_be_an_activity(http, rest, eloqua, segment):
    """Our default [inferred] rest.md 16.1, turned off."""
    eloqua.set(campaign_membership_activities=False)
    started(http, eloqua, source(segment))

    assert rest.get("/data/activities/contact/1/campaignMembership").json() == []


def test_those_who_are_added_enter_by_the_input(http, eloqua, segment):
    """[client] the word; [inferred] rest.md 14.1: before any segment."""
    key = started(http, eloqua, source(segment), {"type": "CampaignInput", "id": "-2"})

    campaigns.add_members(eloqua.site, "Campaign", int(key), [3])

    assert where(http, key) == [2, 1]


@pytest.mark.parametrize(("word", "left"), [("CanvasAddToProgramAction", 0), ("CanvasMoveToProgramAction", 2)])
def test_members_of_a_campaign_are_added_to_a_program(http, eloqua, segment, word, left):
    """[client] the words; rest.md 14.1: those who are moved do not go on [inferred]."""
    program = http.post(PROGRAM, json={"name": "P", "elements": [{"type": "ProgramInput", "id": "-1"}]}).json()["id"]
    http.post(f"{PROGRAM}/active/{program}")
    action = {"type": word, "id": "-2", "programId": program, "outputTerminals": [line("-3")]}

    key = started(http, eloqua, source(segment, "-2"), action, {"type": "CampaignEnd", "id": "-3"})

    assert where(http, program, PROGRAM) == [2]
    assert where(http, key) == [0, left, 2 - left]


def test_a_look_catches_up_with_as_many_moments_as_there_are(http, eloqua):
    """The same clock gives the same state, however many fell due one after the other."""
    wait = {"type": "CampaignWaitAction", "id": "-2", "waitFor": 3600, "outputTerminals": [line("-3")]}
    enter = {"type": "CampaignInput", "id": "-1", "outputTerminals": [line("-2")]}
    loop = {"type": "CampaignWaitAction", "id": "-3", "waitFor": 60, "outputTerminals": [line("-3")]}
    key = started(http, eloqua, enter, wait, loop)
    campaigns.add_members(eloqua.site, "Campaign", int(key), [1])

    eloqua.clock.advance(days=1)

    member = canvas_members.find(eloqua.site, drawn(assets.get(eloqua.site, "Campaign", int(key))), true())[0]
    assert 0 < member.due_at - eloqua.site.clock.now() <= 60_000


def test_only_those_who_may_start_a_campaign(http, eloqua, segment):
    """platform.md 3.7 [inferred]: the permission to update campaigns."""
    key = created(http, eloqua, source(segment))["id"]

    assert http.as_user("api.only").post(f"{CAMPAIGN}/active/{key}").status_code == 403
