"""`mock-eloqua seed --from-live`: one emulator plays the live site, another gets its structure (issue 9)."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner, Result

from eloqua_client import UNPACED, Basic, Eloqua
from mock_eloqua import live_reading, live_structure
from mock_eloqua.cli import commands
from mock_eloqua.crm.seed_documents import of_yaml
from mock_eloqua.eloqua_site import EloquaSite
from mock_eloqua.embedded import MockEloqua

STEPS: list[dict[str, Any]] = [
    {
        "type": "FormStepCreateUpdateContactFromFormField",
        "execute": "conditionally",
        "condition": {
            "type": "ProcessingStepCondition",
            "conditionalFieldCriteria": [
                {
                    "type": "FormFieldComparisonCriteria",
                    "fieldId": "colour",
                    "condition": {"type": "TextValueCondition", "operator": "equal", "value": "02"},
                }
            ],
            "isConditionallyNegated": "false",
        },
        "keyFieldMapping": {"sourceFormFieldId": "email", "targetEntityFieldId": "C_EmailAddress"},
        "mappings": [
            {"type": "FormFieldUpdateMapping", "sourceFormFieldId": "email", "targetEntityFieldId": "C_EmailAddress"},
            {"type": "FormFieldUpdateMapping", "sourceFormFieldId": "colour", "targetEntityFieldId": "C_Old_Colour7"},
        ],
    },
    {"type": "FormStepAddToContactList", "contactListId": {"valueType": "constant", "constantValue": "Autumn fair"}},
    {"type": "FormStepGroupSubscription", "emailGroupId": "Letter", "isSubscribing": {"constantValue": "true"}},
    {"type": "FormStepSendEmail", "emailId": {"valueType": "constant", "constantValue": "Thanks"}},
    {"type": "FormStepAddToCampaign", "campaignId": "Fair 2026"},
    {
        "type": "FormStepCreateUpdateCustomObjectFromFormField",
        "customObjectId": "Orders",
        "keyFieldMapping": {"sourceFormFieldId": "order", "targetEntityFieldId": "Number"},
        "mappings": [
            {"type": "FormFieldUpdateMapping", "sourceFormFieldId": "order", "targetEntityFieldId": "Number"},
            {"type": "FormFieldUpdateMapping", "sourceFormFieldId": "email", "targetEntityFieldId": "Email"},
        ],
    },
    {
        "type": "FormStepSendNotificationEmail",
        "recipientEmailAddress": {"valueType": "constant", "constantValue": "secret.boss@b.test"},
    },
    {
        "type": "FormStepPostData",
        "externalUrl": {"valueType": "constant", "constantValue": "https://me:secret@b.test/in?key=secret"},
    },
]
LIVE: dict[str, list[dict[str, Any]]] = {
    "folders": [
        {"of": "Form", "path": "Web"},
        {"of": "Form", "path": "Web/Events"},
        {"of": "ContactList", "path": "Fairs"},
        {"of": "EmailGroup", "path": "Letters"},
        {"of": "Email", "path": "Answers"},
        {"of": "Campaign", "path": "2026"},
        {"of": "ContactFilter", "path": "Shared"},
        {"of": "ContactSegment", "path": "Chosen"},
    ],
    "optionLists": [{"name": "Colours", "elements": [{"displayName": "Red", "value": "02"}]}],
    "fields": [
        {"name": "Colour", "internalName": "C_Old_Colour7", "displayType": "singleSelect", "optionList": "Colours"},
        {"name": "Employees", "dataType": "number"},
        {"name": "Turnover", "dataType": "numeric", "entity": "Account"},
    ],
    "accounts": [{"name": "Secret Ltd"}],
    "contacts": [{"emailAddress": "secret.ada@b.test", "firstName": "Secret"}],
    "lists": [{"name": "Autumn fair", "folder": "Fairs", "description": "Who came", "members": ["secret.ada@b.test"]}],
    "emailGroups": [{"name": "Letter", "displayName": "Our letter", "folder": "Letters", "isVisible": False}],
    "emails": [{"name": "Thanks", "folder": "Answers", "subject": "Thank you", "html": "<p>From secret.boss@b.test"}],
    "customObjects": [
        {
            "name": "Orders",
            "fields": [
                {"name": "Number"},
                {"name": "Email"},
                {"name": "Amount", "dataType": "numeric", "defaultValue": "1"},
            ],
            "uniqueCodeField": "Number",
            "emailAddressField": "Email",
            "records": [{"Number": "secret-1", "Email": "secret.ada@b.test"}],
        }
    ],
    "forms": [
        {
            "name": "Sign up",
            "htmlName": "sign-up",
            "folder": "Web/Events",
            "html": '<form>Ask secret.boss@b.test: <input name="email"></form>',
            "elements": [
                {
                    "type": "FormField",
                    "name": "E-mail",
                    "htmlName": "email",
                    "createdFromContactFieldId": "C_EmailAddress",
                    "validations": [{"type": "FieldValidation", "condition": {"type": "IsRequiredCondition"}}],
                },
                {
                    "type": "FormFieldGroup",
                    "name": "More",
                    "fields": [
                        {
                            "type": "FormField",
                            "name": "Colour",
                            "htmlName": "colour",
                            "displayType": "singleSelect",
                            "optionListId": "Colours",
                        },
                        {"type": "FormField", "name": "Order", "htmlName": "order"},
                    ],
                },
            ],
            "processingSteps": STEPS,
            "submissions": [{"values": {"email": "secret.ada@b.test"}}],
        },
        {"name": "Simple", "savesContacts": True, "fields": [{"name": "E-mail", "contactField": "emailAddress"}]},
    ],
    "filters": [
        {
            "name": "Red",
            "folder": "Shared",
            "criteria": [{"field": "C_Old_Colour7", "operator": "equal", "value": "02"}],
        },
        {"name": "Norway", "criteria": [{"field": "country", "operator": "equal", "value": "Norway"}]},
    ],
    "segments": [
        {
            "name": "Red ones",
            "folder": "Chosen",
            "lists": ["Autumn fair"],
            "filters": ["Red"],
            "exceptFilters": ["Norway"],
            "criteria": [
                {"field": "C_Old_Colour7", "operator": "equal", "value": "02"},
                {"field": "emailAddress", "operator": "endsWith", "value": "@b.test"},
                {"field": "lastName", "operator": "isBlank"},
            ],
        },
        {"name": "Only her", "criteria": [{"field": "firstName", "value": "Secret"}]},
    ],
    "campaigns": [
        {
            "name": "Fair 2026",
            "folder": "2026",
            "campaignType": "Tradeshow",
            "segment": "Red ones",
            "startAt": "1767225600",
            "endAt": "1798761600",
            "members": ["secret.ada@b.test"],
        }
    ],
}


@pytest.fixture(scope="module")
def live() -> Iterator[EloquaSite]:
    """A site that is not ours."""
    with MockEloqua(seed="empty") as eloqua:
        eloqua.seed(**LIVE)
        yield eloqua


def read(eloqua: EloquaSite) -> live_structure.Structure:
    auth = Basic("MockCo", "api.user", "s3cret")
    with Eloqua(auth, login_url=eloqua.login_url, manners=UNPACED) as client:
        return live_structure.structure(dict(live_reading.read(client)))


def exported(eloqua: EloquaSite) -> str:
    return live_structure.written(read(eloqua).document)


def test_what_is_copied_is_copied_whole_and_says_the_same_when_it_is_copied_again(live, eloqua):
    """Fields with their internal names, lists, groups, e-mails, custom objects, forms, segments, campaigns, folders."""
    first = exported(live)

    eloqua.seed(**of_yaml(first.encode()))

    assert exported(eloqua) == first
    said = of_yaml(first.encode())
    assert {kind: len(items) for kind, items in said.items()} == {
        "folders": 8,
        "optionLists": 1,
        "fields": 3,
        "lists": 1,
        "emailGroups": 1,
        "emails": 1,
        "customObjects": 1,
        "forms": 2,
        "filters": 2,
        "segments": 1,
        "campaigns": 1,
    }
    assert said["fields"][0]["internalName"] == "C_Old_Colour7"
    form = next(each for each in said["forms"] if each["name"] == "Sign up")
    assert form["folder"] == "Web/Events"
    assert form["elements"][0]["validations"][0]["condition"] == {"type": "IsRequiredCondition"}
    assert form["elements"][1]["fields"][0]["optionListId"] == "Colours"
    assert form["html"] == '<form>Ask somebody@example.test: <input name="email"></form>'
    assert said["segments"][0]["exceptFilters"] == ["Norway"]
    assert said["segments"][0]["criteria"][0] == {"field": "C_Old_Colour7", "operator": "equal", "value": "02"}
    assert said["campaigns"][0]["campaignType"] == "Tradeshow"


def test_steps_of_a_copied_form_name_what_was_copied(live, eloqua, http):
    """A submission does on the copy what it does on the site: list, subscription, record, contact, e-mail."""
    copy = read(live).document
    eloqua.seed(optionLists=[{"name": "First"}], lists=[{"name": "First"}], customObjects=[{"name": "First"}])

    eloqua.seed(**copy)

    form = http.get("/API/REST/2.0/assets/forms?search=name='Sign up'&depth=complete").json()["elements"][0]
    fields = {each["htmlName"]: each["id"] for each in [form["elements"][0], *form["elements"][1]["fields"]]}
    sent = {"email": "ben@b.test", "colour": "02", "order": "A-1"}
    values = [{"type": "FieldValue", "id": fields[name], "value": value} for name, value in sent.items()]
    http.post(f"/API/REST/2.0/data/form/{form['id']}", json={"fieldValues": values})
    eloqua.clock.advance(seconds=60)
    eloqua.site.jobs.join(10)  # the steps run after the answer

    assert eloqua.contact("ben@b.test")["emailAddress"] == "ben@b.test"
    found = http.get("/API/REST/2.0/assets/contact/lists?search=name='Autumn fair'").json()["elements"][0]
    assert http.get(f"/API/REST/1.0/data/contacts/list/{found['id']}").json()["total"] == 1
    orders = http.get("/API/REST/2.0/assets/customObjects?search=name=Orders").json()["elements"][0]
    assert http.get(f"/API/REST/2.0/data/customObject/{orders['id']}/instances").json()["total"] == 1
    mails = eloqua.control.outgoing(kind="mail").items
    assert {"Thank you"} <= {each.subject for each in mails}
    assert "somebody@example.test" in {each.to for each in mails}


def test_what_a_seed_cannot_say_is_told(eloqua, http):
    """A step that names a landing page never runs; a segment of more than lists and fields is left out."""
    page = {"name": "Thanks", "htmlContent": {"type": "RawHtmlContent", "html": "<p>"}}
    page_id = http.post("/API/REST/2.0/assets/landingPage", json=page).json()["id"]
    step = {"type": "FormStepRedirectToWebPage", "landingPageId": page_id, "execute": "always", "pageCount": "1"}
    http.post("/API/REST/2.0/assets/form", json={"name": "F", "elements": [], "processingSteps": [step]})
    linked = [{"type": "LinkedToAccountCriterion"}]
    element = {"type": "ContactFilterSegmentElement", "filter": {"criteria": linked}}
    http.post("/API/REST/2.0/assets/contact/segment", json={"name": "S", "elements": [element]})
    http.post("/API/REST/2.0/assets/contact/filter", json={"name": "L", "criteria": linked})

    found = read(eloqua)

    assert [each["processingSteps"] for each in found.document["forms"]] == [
        [{"type": "FormStepRedirectToWebPage", "execute": "never", "pageCount": "1"}]
    ]
    assert not {"filters", "segments"} & found.document.keys()
    assert found.left == [
        "filter 'L' asks for more than lists and fields of contacts, or for somebody, and is left out",
        f"form 'F': the step FormStepRedirectToWebPage never runs, since landingPageId {page_id} is not copied",
        "segment 'S' asks for more than lists and fields of contacts, or for somebody, and is left out",
    ]


def test_a_list_that_the_user_may_not_read_is_told(eloqua):
    """What a site has no licence for is 403; the rest is copied."""
    eloqua.seed(lists=[{"name": "Fair"}], campaigns=[{"name": "Fair"}])
    eloqua.set(services_not_enabled="campaign")

    found = read(eloqua)

    assert found.document == {"lists": [{"name": "Fair"}]}
    assert "campaigns: the site has no such list, or not for this user" in found.left


def test_a_token_signs_in_and_an_authority_of_ones_own_is_trusted(monkeypatch, tmp_path: Path):
    """`ELOQUA_TOKEN` and `ELOQUA_CA`; without the authority, or with another token, nobody is let in."""
    monkeypatch.setenv("MOCK_ELOQUA_CA_FOLDER", str(tmp_path))
    server = MockEloqua(seed="empty", tls=True)
    with server as https:
        https.seed(lists=[{"name": "Autumn fair"}])
        grant = {"grant_type": "password", "scope": "full", "username": r"MockCo\api.user", "password": "s3cret"}
        with httpx2.Client(verify=ssl.create_default_context(cafile=server.ca_file)) as client:
            url = f"{https.login_url}/auth/oauth2/token"
            token = client.post(url, json=grant, auth=("client-id", "client-secret")).json()["access_token"]
        arguments = ("--site", "MockCo", "--json", "--out", str(tmp_path / "x.yaml"))
        trusting = {"ELOQUA_CA": str(server.ca_file)}

        copied = called(https, monkeypatch, *arguments, ELOQUA_TOKEN=token, **trusting)
        other = called(https, monkeypatch, *arguments, ELOQUA_TOKEN="another-token", **trusting)
        distrusted = called(https, monkeypatch, *arguments, ELOQUA_TOKEN=token)

    assert json.loads(copied.stdout)["found"] == {"lists": 1}
    assert (other.exit_code, distrusted.exit_code) == (1, 1)
    assert "Not authenticated" in other.output
    assert "certificate" in distrusted.output
    assert token not in copied.output + other.output + distrusted.output
    assert "another-token" not in other.output


def test_nobodys_data_is_copied(live):
    """No contact, no account, no record, no submission, no member, no address, no key, and not who made it."""
    said = exported(live).lower()

    assert "secret" not in said
    assert "api.user" not in said
    assert "https://b.test/in" in said


def called(live, monkeypatch, *arguments: str, **variables: str) -> Result:
    monkeypatch.setattr("eloqua_client.session.Manners", lambda: UNPACED)
    signed = variables or {"ELOQUA_USER": "api.user", "ELOQUA_PASSWORD": "s3cret"}
    variables = {"ELOQUA_LOGIN_URL": live.login_url, "MOCK_ELOQUA_URL": live.base_url, **signed}
    return CliRunner().invoke(commands, ["seed", "--from-live", *arguments], env=variables)


def test_the_command_writes_a_file(live, monkeypatch, tmp_path: Path):
    """`--out`; the file is a seed."""
    file = tmp_path / "live.yaml"

    result = called(live, monkeypatch, "--site", "MockCo", "--out", str(file))

    assert result.exit_code == 0, result.output
    assert file.read_text("utf-8") == exported(live)
    with MockEloqua(seed=str(file)) as copy:
        assert exported(copy) == exported(live)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "takes --site NAME"),
        (["--site", "OtherCo"], "Not authenticated"),
        (["--site", "MockCo", "--url", "http://127.0.0.1:1"], "no emulator answers"),
        (["--site", "MockCo", "--out", "/dev/full"], "/dev/full cannot be written"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(live, monkeypatch, arguments, told):
    """No traceback."""
    result = called(live, monkeypatch, *arguments)

    assert result.exit_code != 0
    assert told in result.output
