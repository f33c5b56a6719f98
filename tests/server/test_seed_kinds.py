"""What seed documents say besides people: folders, forms with submissions, segments, campaigns with members."""

from __future__ import annotations

from typing import Any

import pytest

from mock_eloqua.control_client import ControlError

PEOPLE = [
    {"emailAddress": "ada@b.test", "country": "Norway", "createdAt": "2026-01-31T12:00:00Z"},
    {"emailAddress": "ben@b.test", "country": "Norway"},
    {"emailAddress": "cleo@b.test", "country": "Spain"},
]
FORM = {
    "name": "Ask us",
    "htmlName": "ask-us",
    "savesContacts": True,
    "fields": [
        {"name": "E-mail", "htmlName": "email", "contactField": "emailAddress", "isRequired": True},
        {"name": "First name", "htmlName": "first", "contactField": "C_FirstName"},
        {"name": "Question", "htmlName": "question", "dataType": "largeText", "displayType": "textArea"},
    ],
    "submissions": [
        {"at": 1_700_000_000, "values": {"email": "ADA@b.test", "question": "How long is it?"}},
        {"values": {"email": "nobody@b.test", "first": "No"}},
    ],
}


def test_a_form_comes_with_what_was_sent_in(eloqua, rest):
    """A submission belongs to the contact of its address, and is among what it did; no step runs for it."""
    eloqua.seed(contacts=PEOPLE, forms=[FORM])

    (form,) = rest.get("/assets/forms", params={"depth": "complete"}).json()["elements"]
    sent = rest.get(f"/data/form/{form['id']}").json()["elements"]
    window = {"type": "formSubmit", "startDate": "1699999999", "endDate": "1700000001"}
    (done,) = rest.get("/data/activities/contact/1", params=window).json()

    assert [each["name"] for each in form["elements"]] == ["E-mail", "First name", "Question"]
    assert [each.get("submittedByContactId") for each in sent] == ["1", None]
    assert done["asset"] == form["id"]
    assert {each["Key"]: each["Value"] for each in done["details"]}["Collection"] == (
        "email=ADA@b.test&question=How long is it?"
    )
    assert rest.get("/data/contacts").json()["total"] == 3


def test_what_is_sent_in_later_makes_a_contact(eloqua, rest):
    """`savesContacts`: the form has a step that the product runs."""
    eloqua.seed(forms=[FORM])
    (form,) = rest.get("/assets/forms", params={"depth": "complete"}).json()["elements"]
    values = dict(zip((each["id"] for each in form["elements"]), ("dora@b.test", "Dora"), strict=False))

    answer = rest.post(
        f"/data/form/{form['id']}",
        json={"fieldValues": [{"type": "FieldValue", "id": key, "value": text} for key, text in values.items()]},
    )

    assert answer.status_code == 201
    eloqua.site.jobs.join(10)
    assert eloqua.contact("dora@b.test")["firstName"] == "Dora"


def test_a_segment_is_of_lists_and_criteria(eloqua, rest):
    """It is counted at once."""
    eloqua.seed(
        contacts=PEOPLE,
        lists=[{"name": "Guests", "members": ["cleo@b.test"]}, {"name": "Gone", "members": ["ben@b.test"]}],
        segments=[
            {
                "name": "North or guest",
                "lists": ["guests"],
                "criteria": [{"field": "country", "operator": "startsWith", "value": "Nor"}],
                "exceptLists": ["Gone"],
            }
        ],
    )

    (found,) = rest.get("/assets/contact/segments", params={"depth": "complete"}).json()["elements"]

    assert found["count"] == "2"
    assert len(found["elements"]) == 3


def test_a_campaign_has_a_canvas_and_those_who_went_through(eloqua, http):
    """They are at its end, and joined when it began; an active one lets in whoever enters it from now on."""
    eloqua.seed(
        contacts=PEOPLE,
        emails=[{"name": "One", "subject": "Hi"}, {"name": "Two", "subject": "Hi again"}],
        segments=[{"name": "All", "criteria": [{"field": "emailAddress", "operator": "contains", "value": "@"}]}],
        campaigns=[
            {"name": "Draft", "segment": "All", "emails": ["One"]},
            {
                "name": "Past",
                "status": "Completed",
                "segment": "All",
                "emails": ["One", "Two"],
                "budgetedCost": 1200,
                "startAt": 1_700_000_000,
                "endAt": 1_710_000_000,
                "members": ["ada@b.test", "ben@b.test"],
            },
            {"name": "Now", "status": "Active", "emails": ["One", "Two"]},
        ],
    )
    eloqua.seed(members=[{"campaign": "Now", "contacts": ["cleo@b.test"]}])
    eloqua.clock.advance(days=8)

    answer = http("GET", "/API/REST/2.0/assets/campaigns", params={"depth": "complete"}).json()["elements"]
    found = {each["name"]: each for each in answer}
    window = {"startDate": "1699999999", "endDate": "9999999999"}
    did = [
        [
            len(http("GET", f"/API/REST/1.0/data/activities/contact/{key}", params={"type": kind, **window}).json())
            for kind in ("campaignMembership", "emailSend")
        ]
        for key in (1, 3)
    ]

    assert {name: each["currentStatus"] for name, each in found.items()} == {
        "Draft": "Draft",
        "Past": "Completed",
        "Now": "Active",
    }
    assert [each["type"] for each in found["Past"]["elements"]] == [
        "CampaignSegment",
        "CampaignEmail",
        "CampaignWaitAction",
        "CampaignEmail",
    ]
    assert [each["memberCount"] for each in found["Past"]["elements"]] == ["0", "0", "0", "2"]
    assert did == [[1, 0], [1, 2]]


def test_assets_lie_in_folders(eloqua, rest):
    """A path from the root folder of their kind."""
    eloqua.seed(
        folders=[{"of": "Form", "path": "Europe"}, {"of": "Form", "path": "Europe/Nordics"}],
        optionLists=[{"name": "Colours", "elements": [{"displayName": "Red", "value": "r"}]}],
        fields=[{"name": "Colour", "displayType": "singleSelect", "optionList": "colours"}],
        emailGroups=[{"name": "News", "isVisible": False}],
        forms=[{"name": "Ask", "folder": "Europe/Nordics"}],
    )

    (form,) = rest.get("/assets/forms", params={"depth": "complete"}).json()["elements"]
    folder = rest.get(f"/assets/form/folder/{form['folderId']}").json()
    (field,) = rest.get("/assets/contact/fields?search=Colour&depth=complete").json()["elements"]

    assert folder["name"] == "Nordics"
    assert field["optionListId"] == "1"
    assert rest.get("/assets/email/group/2").json()["isVisibleInPublicSubscriptionList"] == "false"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"forms": [{"name": "F", "fields": [{"name": "x", "contactField": "C_No"}]}]}, "contact field 'C_No'"),
        ({"forms": [{"name": "F", "savesContacts": True}]}, "contactField emailAddress"),
        ({"forms": [{"name": "F", "submissions": [{"values": {"x": "y"}}]}]}, "there is no field 'x'"),
        ({"forms": [{"name": "F", "submissions": [{"when": "now"}]}]}, "has no 'when'; there are at, values"),
        ({"forms": [{"name": "F", "submissions": [{"at": "soon", "values": {}}]}]}, "at takes Unix seconds or a date"),
        ({"forms": [{"name": "F", "folder": "Here"}]}, "no folder 'Here' for Form"),
        ({"forms": [{"name": "F", "elements": [], "fields": []}]}, "elements stand in place of fields"),
        ({"forms": [{"name": "F", "elements": [{"optionListId": "None"}]}]}, "no OptionList 'None'"),
        ({"forms": [{"name": "F", "elements": [{"fields": "x"}]}]}, "fields is a list of objects"),
        ({"forms": [{"name": "F", "elements": [{"htmlName": ["x"]}]}]}, "htmlName takes a text"),
        ({"forms": [{"name": "F", "elements": ["x"]}]}, "elements is a list of objects"),
        ({"forms": [{"name": "F", "defaultKeyFieldMapping": "x"}]}, "defaultKeyFieldMapping is an object"),
        ({"forms": [{"name": "F", "processingSteps": [{"name": "x"}]}]}, r"forms\[0\]: type is missing"),
        ({"forms": [{"name": "F", "processingSteps": [{"type": "FormStepFly"}]}]}, "'FormStepFly' breaks Enum"),
        (
            {"forms": [{"name": "F", "processingSteps": [{"type": "FormStepSendEmail", "emailId": "None"}]}]},
            r"forms\[0\]: there is no Email 'None'",
        ),
        (
            {"forms": [{"name": "F", "processingSteps": [{"type": "FormStepPostData", "condition": "x"}]}]},
            "condition is an object",
        ),
        (
            {
                "customObjects": [{"name": "O"}],
                "forms": [
                    {
                        "name": "F",
                        "processingSteps": [
                            {"type": "FormStepCreateUpdate", "customObjectId": "O", "keyFieldId": "No"}
                        ],
                    }
                ],
            },
            "there is no CustomObjectField 'No' of 'O'",
        ),
        ({"segments": [{"name": "S", "lists": ["None"]}]}, "no list 'None'"),
        ({"segments": [{"name": "S", "exceptFilters": ["None"]}]}, "no filter 'None'"),
        ({"segments": [{"name": "S", "criteria": [{"field": "city", "operator": "like"}]}]}, "operator 'like' breaks"),
        ({"campaigns": [{"name": "C", "status": "Paused"}]}, "Draft, Active or Completed"),
        ({"campaigns": [{"name": "C", "emails": ["None"]}]}, "no Email 'None'"),
        ({"campaigns": [{"name": "C", "members": ["a@b.test"]}]}, "a segment, a form or emails"),
        ({"folders": [{"of": "Cake", "path": "x"}]}, "of takes ContactList"),
        ({"fields": [{"name": "x", "optionList": "None"}]}, "no option list 'None'"),
        ({"contacts": [{"emailAddress": "x"}]}, r"contacts\[0\].*.write an address such as"),
        ({"contacts": [{"emailAddress": "a@b.test"}, {"emailAddress": "A@b.test"}]}, r"contacts\[1\].* one already"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_added(eloqua, rest, control, document: dict[str, Any], told):
    """All or nothing, and the line says how to mend it."""
    with pytest.raises(ControlError, match=told):
        eloqua.seed(users=[{"name": "new", "password": "s3cret"}], **document)

    assert rest.get("/data/contacts").json()["total"] == 0
    assert "new" not in {each["name"] for each in control.get("/users").json()["items"]}
