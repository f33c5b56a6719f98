"""Decision steps, and steps that a service outside answers for (rest.md 14.1; bulk.md 13; soap-1.2.md 9)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.server.rest.canvases import CAMPAIGN, DAY, PROGRAM, broken, created, line, started, where

from mock_eloqua.control_client import ControlError
from mock_eloqua.crm import canvas_services

ENTER = {"type": "CampaignContactList", "id": "-1", "listId": "1", "outputTerminals": [line("-2")]}
YES, NO = {"type": "CampaignYes", "id": "-3"}, {"type": "CampaignNo", "id": "-4"}
CITY, COMPANY = "100009", "100086"
GUID = "0b5f0a52-6b1c-4b57-9b8e-6f0c5d1e2a33"


@pytest.fixture(autouse=True)
def people(eloqua):
    """Ada of Utrecht and Acme, Bob of Delft, Cem of nowhere, all on a list; time stands still."""
    eloqua.clock.freeze()
    eloqua.seed(
        accounts=[{"name": "Acme", "city": "Utrecht"}],
        contacts=[
            {"emailAddress": "ada@example.test", "city": "Utrecht", "account": "Acme"},
            {"emailAddress": "bob@example.test", "city": "Delft"},
            {"emailAddress": "cem@example.test"},
        ],
        lists=[{"name": "All", "members": [f"{name}@example.test" for name in ("ada", "bob", "cem")]}],
    )


def rule(kind, **properties):
    """A decision, as element -2."""
    ways = [line("-3", "yes"), line("-4", "no")]
    return {"type": f"Campaign{kind}Rule", "id": "-2", "outputTerminals": ways, **properties}


def decided(http, eloqua, kind, **properties):
    """How many went each way: yes, no."""
    return where(http, started(http, eloqua, ENTER, rule(kind, **properties), YES, NO))[2:]


def is_(value, operator="equal"):
    return {"type": "TextValueCondition", "operator": operator, "value": value}


def test_a_field_of_the_contact_decides(http, eloqua):
    """[inferred] rest.md 14.1, rest-schemas CampaignElement: ContactFieldComparisonRule."""
    assert decided(http, eloqua, "ContactFieldComparison", fieldId=CITY, condition=is_("utrecht")) == [1, 2]


@pytest.mark.parametrize(
    ("statement", "yes"),
    [({}, 1), ({"statement": "1 OR 2"}, 3), ({"statement": "NOT 1 AND 2"}, 2), ({"statement": "2"}, 3)],
)
def test_several_criteria_are_joined_as_in_filters(http, eloqua, statement, yes):
    """[inferred] rest.md 11, 14.1: by AND, where nothing is said."""
    criteria = [
        {"id": "1", "fieldId": CITY, "condition": is_("Utrecht")},
        {"id": "2", "fieldId": "100001", "condition": is_("example", "contains")},
    ]

    assert decided(http, eloqua, "ContactFieldComparison", criteria=criteria, **statement) == [yes, 3 - yes]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.sampled_from(["equal", "contains", "startsWith", "endsWith"]), value=st.text("utrechd", max_size=4))
def test_yes_and_no_are_everybody(http, eloqua, word, value):
    """[inferred] rest.md 14.1: a decision lets each go one way, that of the filter with the same condition."""
    eloqua.reset()
    eloqua.seed(
        contacts=[
            {"emailAddress": f"{n}@example.test", "city": city} for n, city in enumerate(("Utrecht", "Delft", ""))
        ],
        lists=[{"name": "All", "members": [f"{n}@example.test" for n in range(3)]}],
    )
    condition = is_(value, word)
    filtered = {"type": "ContactFieldCriterion", "id": "-1", "fieldId": CITY, "condition": condition}
    part = {"type": "ContactFilterSegmentElement", "filter": {"criteria": [filtered]}}
    key = http.post("/API/REST/1.0/assets/contact/segment", json={"name": "S", "elements": [part]}).json()["id"]
    expected = http.get(f"/API/REST/1.0/data/contacts/segment/{key}").json()["total"]

    yes, no = decided(http, eloqua, "ContactFieldComparison", fieldId=CITY, condition=condition)

    assert (yes, yes + no) == (expected, 3)


def test_a_field_of_the_account_decides(http, eloqua):
    """[inferred] rest.md 14.1: of the account that the contact is linked to."""
    catalogue = http.get("/API/REST/1.0/assets/account/fields?search=name='City'").json()["elements"]

    found = decided(http, eloqua, "AccountFieldComparison", fieldId=catalogue[0]["id"], condition=is_("Utrecht"))

    assert found == [1, 2]


def test_a_record_of_a_custom_object_decides(http, eloqua):
    """[client] the word, customObjectId; rest.md 13: any record that is linked to the contact [inferred]."""
    eloqua.seed(
        customObjects=[
            {
                "name": "Orders",
                "fields": [{"name": "Code"}, {"name": "State"}],
                "records": [
                    {"Code": "A1", "State": "paid", "contact": "bob@example.test"},
                    {"Code": "A2", "State": "open", "contact": "bob@example.test"},
                    {"Code": "A3", "State": "open", "contact": "ada@example.test"},
                    {"Code": "A4", "State": "paid"},
                ],
            }
        ]
    )
    orders = http.get("/API/REST/2.0/assets/customObject/1").json()
    state = orders["fields"][1]["id"]
    compared = {"customObjectId": orders["id"], "fieldId": state, "condition": is_("paid")}

    assert decided(http, eloqua, "CustomObjectFieldComparison", **compared) == [1, 2]


def test_a_program_for_records_compares_the_records_themselves(http, eloqua):
    """[doc] rest.md 14.1: defaultEntityType; the rule [inferred]."""
    eloqua.seed(
        customObjects=[{"name": "Orders", "fields": [{"name": "Code"}], "records": [{"Code": "A1"}, {"Code": "B1"}]}]
    )
    field = http.get("/API/REST/2.0/assets/customObject/1").json()["fields"][0]["id"]
    elements = [
        {"type": "ProgramInput", "id": "-1", "outputTerminals": [line("-2")]},
        rule("CustomObjectFieldComparison", fieldId=field, condition=is_("A", "startsWith")),
        YES,
        NO,
    ]
    body = {"name": "Ship", "defaultEntityType": "CustomObjectRecords", "defaultEntityId": "1", "elements": elements}
    key = http.post(PROGRAM, json=body).json()["id"]
    http.post(f"{PROGRAM}/active/{key}")

    eloqua.seed(members=[{"program": "Ship", "records": ["DMOCK000000000001", "DMOCK000000000002"]}])

    assert where(http, key, PROGRAM)[2:] == [1, 1]


def test_membership_of_filters_and_lists_decides(http, eloqua):
    """[client] ContactFilterMembershipRule with filterId, ContactListMembershipRule with listId."""
    eloqua.seed(lists=[{"name": "Friends", "members": ["cem@example.test"]}])
    criterion = {"type": "ContactFieldCriterion", "id": "-1", "fieldId": CITY, "condition": is_("Delft")}
    shared = {"name": "In Delft", "criteria": [criterion]}
    key = http.post("/API/REST/2.0/assets/contact/filter", json=shared).json()["id"]

    assert decided(http, eloqua, "ContactFilterMembership", filterId=key) == [1, 2]
    started(http, eloqua, ENTER, rule("ContactListMembership", listId="2"), YES, NO, name="Other")
    assert where(http, "2")[2:] == [1, 2]
    assert http.delete(f"/API/REST/2.0/assets/contact/filter/{key}").status_code == 412


def test_the_answer_may_become_yes_while_members_wait(http, rest, eloqua):
    """[inferred] rest.md 14.1: evaluateNoAfter."""
    compared = rule("ContactFieldComparison", fieldId=CITY, condition=is_("Gouda"), evaluateNoAfter=DAY)
    key = started(http, eloqua, ENTER, compared, YES, NO)
    assert where(http, key) == [0, 3, 0, 0]

    rest.put("/data/contact/2", json={"id": "2", "emailAddress": "bob@example.test", "city": "Gouda"})
    assert where(http, key) == [0, 2, 1, 0]
    eloqua.clock.advance(days=1)
    assert where(http, key) == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({}, [("fieldId", "NotNullRequirement")]),
        ({"fieldId": CITY}, [("condition", "NotNullRequirement")]),
        ({"fieldId": CITY, "condition": is_("x", "sounds")}, [("operator", "EnumRequirement")]),
        ({"criteria": [{"fieldId": "987654", "condition": is_("x")}]}, [("fieldId", "RelationshipRequirement")]),
        (
            {"criteria": [{"id": "1", "fieldId": CITY, "condition": is_("x")}], "statement": "1 OR 7"},
            [("statement", "SyntaxRequirement")],
        ),
    ],
)
def test_a_comparison_that_cannot_be_made_keeps_from_activation(http, eloqua, given_, told):
    """[inferred] rest.md 14.1: validationErrors, and the same array with 400."""
    made = created(http, eloqua, ENTER, rule("ContactFieldComparison", **given_), YES, NO)

    assert broken(http.post(f"{CAMPAIGN}/active/{made['id']}", params={"activateNow": "true"})) == told


def test_a_field_that_is_compared_exists_and_cannot_be_deleted(http, eloqua):
    """rest.md 7.4, 14.6."""
    eloqua.seed(fields=[{"name": "Shoe size"}])
    field = http.get("/API/REST/1.0/assets/contact/fields?search=name='Shoe size'").json()["elements"][0]["id"]
    created(http, eloqua, rule("ContactFieldComparison", fieldId=field))
    unknown = {"name": "y", "elements": [rule("ContactFieldComparison", fieldId="987654")]}

    assert http.delete(f"/API/REST/1.0/assets/contact/field/{field}").status_code == 412
    assert broken(http.post(CAMPAIGN, json=unknown)) == [("fieldId", "RelationshipRequirement")]


def cloud(kind="Action", *ways):
    """A step of an app, as element -2."""
    return {"type": f"CampaignCloud{kind}", "id": "-2", "instanceId": GUID, "outputTerminals": list(ways)}


def step_of(eloqua, guid=GUID):
    """The step with that instance of an app."""
    found = canvas_services.of_instance(eloqua.site, guid)
    assert found is not None
    return found


def said(eloqua, status, member_ids=None, guid=GUID):
    """Whom it concerned that an app said a status."""
    step = step_of(eloqua, guid)
    return [each.member_id for each in canvas_services.set_status(eloqua.site, step, status, member_ids)]


@pytest.mark.quirk("Q76")
def test_an_app_moves_members_on(http, eloqua):
    """[doc] bulk.md 13: complete; the guid without dashes; those who are not there stay where they are."""
    key = started(http, eloqua, ENTER, cloud("Action", line("-3")), YES)
    assert where(http, key) == [0, 3, 0]

    assert said(eloqua, "complete", [1, 3, 99], GUID.replace("-", "").upper()) == [1, 3]

    assert where(http, key) == [0, 1, 2]
    assert said(eloqua, "complete", [1]) == []
    assert said(eloqua, "complete") == [2]


def test_an_app_decides(http, eloqua):
    """[doc] bulk.md 13: yes and no."""
    key = started(http, eloqua, ENTER, cloud("Decision", line("-3", "yes"), line("-4", "no")), YES, NO)

    said(eloqua, "yes", [1])
    said(eloqua, "no", [2])

    assert where(http, key) == [0, 1, 1, 1]


def test_members_are_claimed_and_may_fail(http, eloqua):
    """[doc] soap-1.2.md 9: AwaitingAction, InProgress; bulk.md 13: errored, counted in memberErrorCount [doc]."""
    key = started(http, eloqua, ENTER, cloud("Action", line("-3")), YES)
    step = step_of(eloqua)
    assert canvas_services.of_id(eloqua.site, step.element.id) == step

    said(eloqua, "active", [1, 2])
    said(eloqua, "errored", [2])

    waiting = [canvas_services.how_many(eloqua.site, step, each) for each in ("pending", "active", "errored")]
    assert waiting == [1, 1, 1]
    assert [each.member_id for each in canvas_services.members(eloqua.site, step, "active")] == [1]
    assert http.get(f"{CAMPAIGN}/{key}").json()["elements"][1]["memberErrorCount"] == "1"
    said(eloqua, "pending", [1])
    assert canvas_services.how_many(eloqua.site, step) == 2
    said(eloqua, "complete")
    assert where(http, key) == [0, 0, 3]
    assert http.get(f"{CAMPAIGN}/{key}").json()["elements"][2]["memberErrorCount"] == "0"


def test_those_with_whom_an_app_failed_go_down_the_default_path(http, eloqua):
    """[doc] platform.md 6.1: if one is set; that it is a terminal `default` is inferred."""
    key = started(http, eloqua, ENTER, cloud("Action", line("-3"), line("-4", "default")), YES, NO)

    said(eloqua, "errored", [2])

    assert where(http, key) == [0, 2, 0, 1]


def test_a_feeder_lets_contacts_in(http, eloqua):
    """[doc] bulk.md 13: FeederInstance, complete; they go on at once."""
    feeder = cloud("Feeder", line("-3"))
    key = started(http, eloqua, feeder, YES)

    said(eloqua, "complete", [1, 99])

    assert where(http, key) == [0, 1]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, "campaign or a program"),
        ({"campaign": "No such"}, "no campaign"),
        ({"campaign": "Spring", "records": ["A1"]}, "takes no records"),
        ({"campaign": "Spring", "contacts": ["eve@example.test"]}, "no contact"),
        ({"campaign": "Spring", "contacts": ["ada@example.test"]}, "is not active"),
    ],
)
def test_a_seed_of_members_says_what_is_wrong(http, eloqua, wrong, told):
    """And puts nobody anywhere."""
    created(http, eloqua, ENTER)

    with pytest.raises(ControlError, match=told):
        eloqua.seed(members=[wrong])


def test_a_seed_puts_contacts_into_a_campaign(http, eloqua):
    """At its input."""
    key = started(http, eloqua, {"type": "CampaignInput", "id": "-1", "outputTerminals": [line("-3")]}, YES)

    eloqua.seed(members=[{"campaign": "Spring", "contacts": ["ada@example.test", "cem@example.test"]}])

    assert where(http, key) == [0, 2]


@pytest.mark.quirk("Q67")
def test_nothing_is_said_of_a_step_that_rests(http, eloqua):
    """platform.md Q67: a wrong or finished instance; contacts stay put."""
    key = started(http, eloqua, ENTER, cloud("Action", line("-3")), YES)
    http.post(f"{CAMPAIGN}/draft/{key}")

    assert canvas_services.of_instance(eloqua.site, GUID) is None
    assert canvas_services.of_instance(eloqua.site, "") is None
    assert where(http, key) == [0, 3, 0]


def test_a_cloud_step_without_an_instance_is_given_one_which_it_keeps(http, eloqua):
    """Our default [inferred] platform.md 6.1: Eloqua makes the instance when the step is dropped on the canvas."""
    bare = {"type": "CampaignCloudAction", "id": "-2"}
    made = created(http, eloqua, ENTER | {"id": "-1"}, bare)
    instance = made["elements"][1]["instanceId"]

    elements = [{name: value for name, value in each.items() if name != "instanceId"} for each in made["elements"]]
    again = http.put(f"{CAMPAIGN}/{made['id']}", json=made | {"elements": elements}).json()

    assert instance
    assert again["elements"][1]["instanceId"] == instance
