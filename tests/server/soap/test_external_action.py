"""Cloud connectors at steps of campaigns and programs, through `ExternalActionService.svc` (soap-1.2.md 9)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.server.bulk.conftest import Bulk
from tests.server.rest.canvases import CAMPAIGN, PROGRAM, line, now, started, where
from tests.server.soap.conftest import Zeep
from tests.server.soap.toolkit import detail, loaded
from zeep.exceptions import Fault
from zeep.wsse.username import UsernameToken

SERVICE = "ExternalActionService"
GUID = "0b5f0a52-6b1c-4b57-9b8e-6f0c5d1e2a33"
ENTER = {"type": "CampaignContactList", "id": "-1", "listId": "1", "outputTerminals": [line("-2")]}
END = {"type": "CampaignYes", "id": "-3"}
QUARTER = 900


def connector(**more):
    """A step for a cloud connector, as element -2."""
    return {
        "type": "CampaignCloudAction",
        "id": "-2",
        "name": "Enrich",
        "instanceId": GUID,
        "externalProvider": "Acme",
        "outputTerminals": [line("-3")],
        **more,
    }


@pytest.fixture
def actions(eloqua):
    """The service by a real SOAP toolkit."""
    return Zeep(eloqua, SERVICE)


@pytest.fixture
def raw(soap):
    """Calls as hand-written envelopes."""
    return soap.at(SERVICE)


@pytest.fixture
def campaign(http, eloqua):
    """The id of a campaign with three contacts at its connector's step."""
    eloqua.clock.freeze()
    addresses = [f"{name}@example.test" for name in ("ada", "bob", "cem")]
    eloqua.seed(contacts=[{"emailAddress": each} for each in addresses], lists=[{"name": "All", "members": addresses}])
    return started(http, eloqua, ENTER, connector(), END)


@pytest.fixture
def step(http, campaign):
    """The id of that step."""
    return int(http.get(f"{CAMPAIGN}/{campaign}").json()["elements"][1]["id"])


def listed(actions, step, status="AwaitingAction", page=0, size=20):
    """The members of a page."""
    found = actions.ListMembersInStepByStatus(step, status, page, size)
    return [] if found is None else found


def counts(actions, step):
    """How many there are in each status."""
    words = ("AwaitingAction", "InProgress", "Complete")
    return [actions.GetMemberCountInStepByStatus(step, word) for word in words]


def say(actions, members, status):
    """The contacts of whom it was news."""
    return [each.EntityId for each in actions.SetMemberStatus({"Member": members}, status) or []]


def asked(step, **members):
    """The members of a call as XML."""
    return f"<stepId>{step}</stepId>" + "".join(f"<{name}>{value}</{name}>" for name, value in members.items())


# Steps


def test_steps_are_found_by_the_provider_of_their_connector(actions, http, eloqua, campaign, step):
    """[wsdl] soap-1.2.md 9; where an element says its provider, and that blank means all, is inferred."""
    other = connector(externalProvider="Other", name="", instanceId=GUID[::-1])
    started(http, eloqua, ENTER, other, END, name="Another")

    def found(provider):
        return [(each.Id, each.Name) for each in actions.ListExternalActionStepsByType(provider) or []]

    assert found("acme") == [(step, "Enrich")]
    assert [name for _, name in found("Other")] == ["CampaignCloudAction"]
    assert len(found("")) == len(found(None)) == 2
    assert found("Nobody") == []
    http.post(f"{CAMPAIGN}/draft/{campaign}")
    assert found("Acme") == []


def test_decisions_and_feeders_are_no_steps_of_connectors(actions, http, eloqua):
    """[inferred] soap-1.2.md 9: the action "Cloud Connector"."""
    eloqua.seed(lists=[{"name": "All"}])
    ways = [line("-3", "yes"), line("-4", "no")]
    decision = connector(type="CampaignCloudDecision", outputTerminals=ways)
    started(http, eloqua, ENTER, decision, END, END | {"id": "-4"}, connector(type="CampaignCloudFeeder", id="-5"))

    assert actions.ListExternalActionStepsByType("Acme") is None


# Members


def test_a_connector_counts_lists_claims_and_lets_go(actions, http, campaign, step):
    """[doc] soap-1.2.md 9: the flow; [client] pages count from 0; REST sees the members move."""
    assert counts(actions, step) == [3, 0, 0]
    members = listed(actions, step)
    first = members[0]
    assert (first.EntityId, first.EntityType, first.Status, first.StepId) == (1, "Contacts", "AwaitingAction", step)

    claimed = actions.SetMemberStatus({"Member": members[:2]}, "InProgress")
    assert [(each.EntityId, each.Status) for each in claimed] == [(1, "InProgress"), (2, "InProgress")]
    assert counts(actions, step) == [1, 2, 0]

    assert say(actions, claimed[:1], "Complete") == [1]
    assert say(actions, claimed[1:], "AwaitingAction") == [2]
    assert where(http, campaign) == [0, 2, 1]
    assert [each.EntityId for each in listed(actions, step)] == [2, 3]


def test_pages_count_from_nothing(actions, step):
    """[client] soap-1.2.md 9; after the last one there is nobody."""
    pages = [[each.EntityId for each in listed(actions, step, page=page, size=2)] for page in range(3)]

    assert pages == [[1, 2], [3], []]


def test_what_somebody_else_has_claimed_is_not_claimed_again(actions, step):
    """[doc] soap-1.2.md 9: so that a second worker does not take them."""
    mine, theirs = listed(actions, step), listed(actions, step)

    assert say(actions, mine[:2], "InProgress") == [1, 2]
    assert say(actions, theirs, "InProgress") == [3]
    assert say(actions, theirs, "InProgress") == []


def test_members_are_told_in_the_order_of_the_call_each_once(actions, step):
    """[inferred] soap-1.2.md 9."""
    members = listed(actions, step)

    assert say(actions, [members[2], members[0], members[2]], "InProgress") == [3, 1]


def test_who_is_not_there_is_passed_over(actions, raw, http, campaign, step):
    """[client] soap-1.2.md 9: the answer holds those that were changed."""
    members = listed(actions, step)
    say(actions, members[:1], "Complete")
    http.delete("/API/REST/1.0/data/contact/2")
    elsewhere = {"EntityId": 3, "EntityType": "Contacts", "Id": members[2].Id, "StepId": step + 1}
    unknown = {"EntityId": 3, "EntityType": "Contacts", "Id": 999, "StepId": step}

    assert (
        say(actions, [*members[:2], elsewhere | {"Status": "InProgress"}, unknown | {"Status": "Complete"}], "Complete")
        == []
    )
    assert say(actions, [], "Complete") == []
    nil = '<members><Member i:nil="true" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"/></members>'
    assert raw.call("SetMemberStatus", nil + "<status>Complete</status>").status_code == 200
    assert where(http, campaign) == [0, 1, 1]


def test_apps_of_bulk_and_connectors_see_the_same_members(actions, eloqua, connection, step):
    """bulk.md 13, soap-1.2.md 9: both say something of the same people."""
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    bulk = Bulk(connection, eloqua.basic_auth)
    instance = f"{{{{ActionInstance({GUID.replace('-', '')})}}}}"
    say(actions, listed(actions, step)[:1], "InProgress")

    def rows(status):
        fields = {"id": "{{Contact.Id}}"}
        return bulk.rows(bulk.define("/contacts/exports", fields=fields, filter=f"STATUS('{instance}') = '{status}'"))

    assert (rows("active"), len(rows("pending"))) == ([{"id": "1"}], 2)
    failing = bulk.define(
        "/contacts/syncActions",
        fields={"id": "{{Contact.Id}}"},
        identifierFieldName="id",
        syncActions=[{"action": "setStatus", "destination": instance, "status": "errored"}],
    )
    bulk.stage(failing, [{"id": "1"}, {"id": "2"}])
    bulk.run(failing)
    assert counts(actions, step) == [1, 0, 0]  # there is no such status here


def test_records_are_data_cards(actions, http, eloqua):
    """[wsdl] soap-1.2.md 9: EntityType."""
    eloqua.clock.freeze()
    seed = {
        "name": "Orders",
        "fields": [{"name": "No"}],
        "uniqueCodeField": "No",
        "records": [{"No": "A"}, {"No": "B"}],
    }
    eloqua.seed(customObjects=[seed])
    parent = http.get("/API/REST/2.0/assets/customObjects").json()["elements"][0]["id"]
    elements = [connector(type="ProgramCloudAction", outputTerminals=[line("-3")]), {"type": "ProgramEnd", "id": "-3"}]
    body = {"name": "P", "defaultEntityType": "CustomObjectRecords", "defaultEntityId": parent, "elements": elements}
    program = http.post(PROGRAM, json=body).json()
    http.post(f"{PROGRAM}/active/{program['id']}", params={"scheduledFor": str(now(eloqua))})
    eloqua.seed(members=[{"program": "P", "records": ["A", "B"]}])
    step = int(program["elements"][0]["id"])

    members = listed(actions, step)
    assert [each.EntityType for each in members] == ["DataCards", "DataCards"]
    assert say(actions, members[:1], "Complete") == [members[0].EntityId]
    assert where(http, program["id"], PROGRAM) == [1, 1]


def test_hidden_contacts_are_nobody_s_members(raw, eloqua, campaign, step):
    """platform.md 3.5 [inferred for this service]."""
    eloqua.seed(labels=[{"name": "Secret", "contacts": ["ada@example.test"], "groups": ["Customer Administrator"]}])
    given = asked(step, status="AwaitingAction")

    assert ">3</" in raw.call("GetMemberCountInStepByStatus", given).text
    assert ">2</" in raw.as_user("marketer").call("GetMemberCountInStepByStatus", given).text


# The pace of programs


def test_members_come_and_go_with_the_runs_of_programs(actions, http, eloqua, campaign, step):
    """[doc] soap-1.2.md 9: shown by the run after the one that brought them, moved on by the next one."""
    eloqua.set(program_cycle_seconds=QUARTER)
    later = eloqua.clock.now + timedelta(hours=1)  # than the members came who are there already
    eloqua.clock.freeze(later.replace(minute=20, second=0, microsecond=0))
    eloqua.seed(contacts=[{"emailAddress": "dan@example.test"}])
    eloqua.seed(members=[{"campaign": "Spring", "contacts": ["dan@example.test"]}])
    late = {each.EntityId for each in listed(actions, step)}
    assert 4 not in late

    eloqua.clock.advance(seconds=600)
    members = listed(actions, step)
    assert 4 in {each.EntityId for each in members}

    assert say(actions, members, "Complete") == [each.EntityId for each in members]
    assert counts(actions, step) == [0, 0, 4]
    assert say(actions, members[:1], "AwaitingAction") == [members[0].EntityId]
    assert where(http, campaign) == [0, 4, 0]
    eloqua.clock.advance(seconds=QUARTER - 1)
    assert counts(actions, step) == [1, 0, 3]
    eloqua.clock.advance(seconds=1)
    assert counts(actions, step) == [1, 0, 0]
    assert where(http, campaign) == [0, 1, 3]


def test_two_connectors_one_after_the_other_both_have_their_say(actions, http, eloqua):
    """A member that is done at one step waits at the next."""
    eloqua.clock.freeze()
    eloqua.set(program_cycle_seconds=QUARTER)
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}], lists=[{"name": "A", "members": ["ada@example.test"]}])
    other = connector(id="-3", instanceId=GUID[::-1], outputTerminals=[line("-4")])
    key = started(http, eloqua, ENTER, connector(), other, END | {"id": "-4"})
    first, second = (int(each["id"]) for each in http.get(f"{CAMPAIGN}/{key}").json()["elements"][1:3])
    eloqua.clock.advance(seconds=2 * QUARTER)
    say(actions, listed(actions, first), "Complete")

    eloqua.clock.advance(seconds=QUARTER)
    assert where(http, key) == [0, 0, 1, 0]
    eloqua.clock.advance(seconds=QUARTER)
    assert counts(actions, second) == [1, 0, 0]


# Refusals


def test_a_step_that_is_none(raw, eloqua, step):
    """[inferred] soap-1.2.md 9: a fault, or nobody; a switch."""
    calls = {
        "GetMemberCountInStepByStatus": asked(step + 1, status="AwaitingAction"),
        "ListMembersInStepByStatus": asked(-1, status="Complete", pageNumber=0, pageSize=20),
    }
    for operation, given in calls.items():
        assert raw.refused(operation, given).detail == "UnexpectedErrorFault"
    eloqua.set(soap_unknown_step="empty")
    for operation, given in calls.items():
        answer = raw.call(operation, given)
        assert answer.status_code == 200
        assert "<Member>" not in answer.text


@pytest.mark.parametrize("bad", [{"pageNumber": -1}, {"pageSize": 0}, {"pageSize": -(2**31)}])
def test_pages_that_are_none(raw, step, bad):
    """[inferred] soap-1.2.md 9: the only fault there is."""
    given = {"status": "AwaitingAction", "pageNumber": 0, "pageSize": 20} | bad

    assert raw.refused("ListMembersInStepByStatus", asked(step, **given)).detail == "UnexpectedErrorFault"


def test_the_largest_page_far_away_is_empty(raw, step):
    """An xs:int each."""
    far = asked(step, status="AwaitingAction", pageNumber=2**31 - 1, pageSize=2**31 - 1)

    assert "<ListMembersInStepByStatusResult" in raw.call("ListMembersInStepByStatus", far).text


def test_no_status_is_a_fault_and_another_word_is_no_call(raw, step):
    """[inferred] soap-1.2.md 5.4."""
    for operation in ("GetMemberCountInStepByStatus", "ListMembersInStepByStatus", "SetMemberStatus"):
        assert raw.refused(operation, asked(step)).detail == "UnexpectedErrorFault"
        assert raw.refused(operation, asked(step, status="Errored")).code == "DeserializationFailed"


def test_a_user_without_the_right_changes_nobody(actions, step):
    """[inferred] soap-1.2.md 11."""
    members = listed(actions, step)
    somebody = actions.as_user("api.only")

    assert somebody.refusal("SetMemberStatus", {"Member": members}, "Complete") == "UnexpectedErrorFault"
    assert counts(actions, step) == [3, 0, 0]


# Postal addresses, in 2012


@pytest.fixture
def of_2012(raw, eloqua):
    """The service of 2012."""
    eloqua.set(soap_wsdl_flavour="2012")
    return raw


def test_a_postal_address_has_a_status(eloqua, rest):
    """[wsdl] soap-1.2.md 9; that it begins as Unverified is inferred."""
    eloqua.set(soap_wsdl_flavour="2012")
    eloqua.seed(accounts=[{"name": "Acme"}])
    key = int(rest.post("/data/contact", json={"emailAddress": "ada@example.test"}).json()["id"])
    client = loaded(f"{eloqua.base_url}/API/1.2/{SERVICE}.svc?singleWsdl")  # not the description of 2013
    client.wsse = UsernameToken(*eloqua.basic_auth)
    actions = client.service

    assert actions.GetMailAddressStatus("Contacts", key) == "Unverified"
    for word in ("Invalid", "ReturnToSender", "Valid"):
        actions.SetMailAddressStatus("Contacts", key, word)
        assert actions.GetMailAddressStatus("Contacts", key) == word
    assert actions.GetMailAddressStatus("Companies", 1) == "Unverified"

    rest.delete(f"/data/contact/{key}")
    with pytest.raises(Fault) as caught:
        actions.GetMailAddressStatus("Contacts", key)
    assert detail(caught.value) == "InvalidArgumentFault"


@pytest.mark.parametrize("kind", ["Contacts", "Companies", "Prospects", "DataCards"])
def test_the_address_of_nobody(of_2012, kind):
    """[wsdl] soap-1.2.md 9: InvalidArgumentFault."""
    given = f"<entityType>{kind}</entityType><entityId>9</entityId>"

    assert of_2012.refused("GetMailAddressStatus", given).detail == "InvalidArgumentFault"
    assert of_2012.refused("SetMailAddressStatus", f"{given}<status>Valid</status>").detail == "InvalidArgumentFault"


def test_what_an_address_cannot_be_told(of_2012, eloqua):
    """[inferred]: nothing; by one without the right; of a hidden contact."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    given = "<entityType>Contacts</entityType><entityId>1</entityId>"
    assert of_2012.refused("SetMailAddressStatus", given).detail == "InvalidArgumentFault"
    valid = f"{given}<status>Valid</status>"
    assert of_2012.as_user("api.only").refused("SetMailAddressStatus", valid).detail == "UnexpectedErrorFault"
    eloqua.seed(labels=[{"name": "Secret", "contacts": ["ada@example.test"], "groups": ["Customer Administrator"]}])
    assert of_2012.as_user("marketer").refused("SetMailAddressStatus", valid).detail == "InvalidArgumentFault"
