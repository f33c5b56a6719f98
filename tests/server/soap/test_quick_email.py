"""Quick e-mail: one e-mail to one contact, seen as a deployment by the other doors (soap-1.2.md 10.7)."""

from __future__ import annotations

import pytest
from tests.server.soap.toolkit import COMPANY, CONTACT, asset, detail, entity
from zeep.exceptions import Fault

ADA, BEN, CYD, DAN = (f"{name}@example.test" for name in ("ada", "ben", "cyd", "dan"))
EMAIL = {"ID": 0, "Name": "", "Type": "Email"}
NEWS = asset(EMAIL, 1)
OPTIONS = {
    "AllowResend": False,
    "SendToBouncebacked": False,
    "SendToEmailGroupUnsubscribed": False,
    "SendToMasterExcluded": False,
    "SendToUnsubscribed": False,
    "SenderId": 0,
}


@pytest.fixture
def news(eloqua, http):
    """The e-mail News (1); Ada (1) who gets it, Ben (2) unsubscribed, Cyd (3) bounced, Dan (4) out of the group."""
    eloqua.seed(
        emails=[{"name": "News", "subject": "Hello", "html": "<p>Hello</p>"}],
        contacts=[
            {"emailAddress": ADA},
            {"emailAddress": BEN, "isSubscribed": False},
            {"emailAddress": CYD, "isBounceback": True},
            {"emailAddress": DAN},
        ],
    )
    group = http.get("/API/REST/2.0/assets/email/1").json()["emailGroupId"]
    http.put(
        f"/API/REST/1.0/data/contact/4/email/group/{group}/subscription",
        json={"type": "EmailGroupSubscription", "isSubscribed": "false", "contactId": "4"},
    )


def test_an_email_is_sent_at_once(service, http, rest, eloqua, news):
    """[client] soap-1.2.md 10.7; REST has the deployment and the activity, the outbox the mail."""
    sent = service.SendQuickEmail(NEWS, entity(CONTACT, 1), OPTIONS)

    assert (sent.Status, sent.Message) == ("Complete", None)
    made = http.get(f"/API/REST/1.0/assets/email/deployment/{sent.DeploymentId}").json()
    assert (made["name"], made["successfulSendCount"], made["sentSubject"]) == ("News", "1", "Hello")
    times = {"type": "emailSend", "startDate": 0, "endDate": 2**33}
    (activity,) = rest.get("/data/activities/contact/1", params=times).json()
    assert (activity["asset"], activity["assetType"]) == ("1", "email")
    assert [each.to for each in eloqua.site.outbox] == [ADA]

    status = service.GetQuickEmailStatus(sent.DeploymentId)
    assert (status.DeploymentId, status.Status) == (sent.DeploymentId, "Complete")


@pytest.mark.parametrize(
    ("contact", "reason", "option"),
    [
        (2, "The contact is unsubscribed.", "SendToUnsubscribed"),
        (3, "The contact is bouncebacked.", "SendToBouncebacked"),
        (4, "The contact is unsubscribed from the e-mail group.", "SendToEmailGroupUnsubscribed"),
    ],
)
def test_who_is_not_sent_to_unless_an_option_says_so(service, news, contact, reason, option):
    """[wsdl] soap-1.2.md 6.2: the options; what is said without them is inferred."""
    kept_back = service.SendQuickEmail(NEWS, entity(CONTACT, contact), OPTIONS)
    assert (kept_back.Status, kept_back.Message) == ("Failure", reason)
    assert service.GetQuickEmailStatus(kept_back.DeploymentId).Status == "Failure"

    assert service.SendQuickEmail(NEWS, entity(CONTACT, contact), OPTIONS | {option: True}).Status == "Complete"


def test_nobody_gets_an_email_twice_unless_an_option_says_so(service, news):
    """[wsdl] soap-1.2.md 6.2: `AllowResend`; what it means is inferred."""
    assert service.SendQuickEmail(NEWS, entity(CONTACT, 1), None).Status == "Complete"
    again = service.SendQuickEmail(NEWS, entity(CONTACT, 1), OPTIONS)
    assert (again.Status, again.Message) == ("Failure", "The contact was sent this e-mail before.")
    assert service.SendQuickEmail(NEWS, entity(CONTACT, 1), OPTIONS | {"AllowResend": True}).Status == "Complete"


@pytest.mark.parametrize(
    ("email", "contact", "options"),
    [
        (None, entity(CONTACT, 1), OPTIONS),
        (NEWS, None, OPTIONS),
        (asset(EMAIL, 9), entity(CONTACT, 1), OPTIONS),
        (asset({"ID": 0, "Name": "", "Type": "Form"}, 1), entity(CONTACT, 1), OPTIONS),
        (NEWS, entity(CONTACT, 9), OPTIONS),
        (NEWS, entity(COMPANY, 1), OPTIONS),
        (NEWS, {"EntityType": None, "FieldValueCollection": None, "Id": 1}, OPTIONS),
        (NEWS, entity(CONTACT, 1), OPTIONS | {"SenderId": 99}),
    ],
)
def test_what_is_not_there_is_a_fault(service, http, news, email, contact, options):
    """[inferred] soap-1.2.md 5.2."""
    with pytest.raises(Fault) as caught:
        service.SendQuickEmail(email, contact, options)
    assert detail(caught.value) == "RecordNotFoundFault"
    assert http.get("/API/REST/1.0/assets/email/deployments").json()["total"] == 0


def test_a_deployment_that_nobody_made(service):
    """[inferred] soap-1.2.md 5.2."""
    with pytest.raises(Fault) as caught:
        service.GetQuickEmailStatus(1)
    assert detail(caught.value) == "RecordNotFoundFault"


def test_rights_and_limits_are_failures(soap, service, eloqua, news):
    """[inferred] soap-1.2.md 5.3: told in the result. The limit is that of REST."""
    members = soap.entity({}, 1).replace("DynamicEntity", "entity")
    email = "<asset><AssetType><ID>0</ID><Type>Email</Type></AssetType><Id>1</Id></asset>"
    answer = soap.as_user("api.only").call("SendQuickEmail", email + members)
    assert "<Message>You are not authorized to create email deployments.</Message><Status>Failure<" in answer.text

    eloqua.clock.freeze()
    eloqua.site.thresholds.change("email-deployments", eloqua.site.clock.now(), used=60)
    assert service.SendQuickEmail(NEWS, entity(CONTACT, 1), OPTIONS).Message == "Too many deployments."


def test_a_sender_may_be_named(service, http, news):
    """[wsdl] soap-1.2.md 6.2."""
    user = http.get("/id").json()["user"]["id"]
    sent = service.SendQuickEmail(NEWS, entity(CONTACT, 1), OPTIONS | {"SenderId": user})

    made = http.get(f"/API/REST/1.0/assets/email/deployment/{sent.DeploymentId}").json()
    assert made["sendFromUserId"] == str(user)
