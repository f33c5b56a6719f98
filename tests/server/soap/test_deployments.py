"""E-mails sent through EmailService, which are deployments of REST (soap-1.2.md 8)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from operator import attrgetter

import pytest
from tests.server.bulk.conftest import Bulk
from tests.server.soap.toolkit import CONTACT, asset, entity, values

ADA, BEN, EVE, GUS = (f"{name}@example.test" for name in ("ada", "ben", "eve", "gus"))
HTML = '<p>Dear <span class="eloquaemail">FirstName</span></p>'
SENDS = "'{{Activity.Type}}'='EmailSend'"


@pytest.fixture(autouse=True)
def site(eloqua):
    """Contacts 1 to 4: Ada, Ben who is unsubscribed, Eve who is bounced, Gus; e-mail 1; lists 1 and 2."""
    eloqua.set(soap_time_zone="utc")
    eloqua.seed(
        contacts=[
            {"emailAddress": ADA, "firstName": "Ada"},
            {"emailAddress": BEN, "isSubscribed": False},
            {"emailAddress": EVE, "isBounceback": True},
            {"emailAddress": GUS, "firstName": "Gus"},
        ],
        emails=[{"name": "News", "subject": "Spring", "html": HTML}],
        lists=[{"name": "All", "members": [ADA, BEN, EVE, GUS]}, {"name": "Gus alone", "members": [GUS]}],
    )


@pytest.fixture
def segment(rest):
    """The id of a segment with everybody on the first list."""
    inside = {"type": "ContactListSegmentElement", "list": {"type": "ContactList", "id": "1"}}
    made = rest.post("/assets/contact/segment", json={"name": "Readers", "elements": [inside]})
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


def settings(**members):
    return {"Name": "Quick one", "EmailId": 1, "AllowResend": True} | members


def sends(rest, contact):
    query = {"type": "emailSend", "startDate": "0", "endDate": "9999999999"}
    found = rest.get(f"/data/activities/contact/{contact}", params=query)
    assert found.status_code == 200, found.text
    return found.json()


def test_a_deployment_to_a_contact_goes_out_at_once(mail, eloqua, rest):
    """[client] soap-1.2.md 8: by ContactId; [inferred] without a date now, and which words State has."""
    made = mail.Deploy(settings(ContactId=1))

    assert (made.State, made.IncludedRecipients, made.ExcludedRecipients, made.SentToDate) == ("Complete", 1, 0, 1)
    assert (made.Name, made.Message, made.FailedToDate) == ("Quick one", None, 0)
    (sent,) = eloqua.outgoing("mail")
    assert (sent.to, sent.subject) == (ADA, "Spring")
    assert "Dear Ada" in sent.body
    (activity,) = sends(rest, 1)
    details = {each["Key"]: each["Value"] for each in activity["details"]}
    assert (activity["asset"], details["DeploymentId"]) == ("1", str(made.Id))


def test_the_settings_come_back(mail, http):
    """[client] soap-1.2.md 8: Options echoes them, with the date."""
    rule = http.post("/API/REST/2.0/assets/email/signature/rule", json={"name": "By owner"}).json()["id"]
    day = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    given = settings(
        AllowSendToBouncebacked=True,
        AllowSendToEmailGroupUnsubscribed=True,
        AllowSendToMasterExcludeList=True,
        AllowSendToUnsubscribed=True,
        ContactId=1,
        DeploymentDate=day,
        DistributionListId=0,
        NotificationEmailAddress="me@example.test",
        SendOnBehalfOfUser="marketer",
        SignatureRuleId=int(rule),
    )

    for found in (made := mail.Deploy(given), mail.GetDeployment(made.Id)):
        assert {name: found.Options[name] for name in given} == given
        assert (found.State, found.DispatchDate, found.FinishDate.year) == ("Queued", day, 1)


def test_a_batch_goes_to_whom_nothing_keeps_back(mail, rest, segment):
    """[client] soap-1.2.md 8: by DistributionListId, which wins over the contact that a tool sends along."""
    made = mail.Deploy(settings(DistributionListId=segment, ContactId=1))

    assert (made.IncludedRecipients, made.ExcludedRecipients, made.SentToDate) == (2, 2, 2)
    found = rest.get(f"/assets/email/deployment/{made.Id}").json()
    assert (found["type"], found["name"], found["sentSubject"]) == ("EmailDeployment", "Quick one", "Spring")
    assert (found["successfulSendCount"], found["failedSendCount"]) == ("2", "2")
    assert [each["emailAddress"] for each in found["statistics"] if "sentAt" in each] == [ADA, GUS]
    assert [len(sends(rest, contact)) for contact in (1, 2, 3, 4)] == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("members", "reached"),
    [
        ({"IncludeGroupIds": {"int": [1]}}, [ADA, GUS]),
        ({"IncludeGroupIds": {"int": [1]}, "ExcludeGroupIds": {"int": [2]}}, [ADA]),
        ({"IncludeGroupIds": {"int": [2, 2]}, "ExcludeGroupIds": {"int": []}}, [GUS]),
        ({"IncludeGroupIds": {"int": [1]}, "AllowSendToUnsubscribed": True}, [ADA, BEN, GUS]),
        ({"IncludeGroupIds": {"int": [1]}, "AllowSendToBouncebacked": True}, [ADA, EVE, GUS]),
        ({"ContactId": 1, "ExcludeGroupIds": {"int": [2]}}, [ADA]),
    ],
)
def test_lists_and_permissions_choose_whom_it_reaches(mail, eloqua, members, reached):
    """[wsdl] soap-1.2.md 8; [inferred] groups are contact lists, exclusion is stronger."""
    mail.Deploy(settings(**members))

    assert [each.to for each in eloqua.outgoing("mail")] == reached


def test_a_list_may_be_a_contact_list(mail, eloqua):
    """[inferred] soap-1.2.md 8: a switch."""
    eloqua.set(soap_distribution_lists="list")
    mail.Deploy(settings(DistributionListId=2))

    assert [each.to for each in eloqua.outgoing("mail")] == [GUS]


def test_nobody_gets_an_email_twice_unless_that_is_allowed(mail, eloqua):
    """[inferred] soap-1.2.md 8: AllowResend."""
    mail.Deploy(settings(ContactId=1))

    again = mail.Deploy(settings(IncludeGroupIds={"int": [1]}, AllowResend=False))
    assert (again.SentToDate, again.ExcludedRecipients) == (1, 3)
    assert mail.refusal("Deploy", settings(ContactId=1, AllowResend=False)) == "InvalidDeploymentRecipientFault"
    assert mail.Deploy(settings(ContactId=1)).SentToDate == 1
    assert [each.to for each in eloqua.outgoing("mail")] == [ADA, GUS, ADA]


def test_the_group_of_an_email_keeps_back_who_left_it(mail, rest):
    """[inferred] soap-1.2.md 8: AllowSendToEmailGroupUnsubscribed."""
    rest.put("/data/contact/1/email/group/1/subscription", json={"contactId": "1", "isSubscribed": "false"})

    assert mail.Deploy(settings(IncludeGroupIds={"int": [1]})).SentToDate == 1
    allowed = settings(IncludeGroupIds={"int": [1]}, AllowSendToEmailGroupUnsubscribed=True)
    assert mail.Deploy(allowed).SentToDate == 2


def test_an_email_may_go_to_the_unsubscribed_by_itself(mail):
    """[inferred] soap-1.2.md 8: SendToUnsubscribes of the e-mail."""
    made = mail.CreateHtmlEmail({"Name": "Law", "SendToUnsubscribes": True, "HtmlContent": "new terms"})

    assert mail.Deploy(settings(EmailId=made, ContactId=2)).SentToDate == 1


def test_a_list_of_the_site_keeps_back_its_members(mail, service, eloqua, rest):
    """[inferred] soap-1.2.md 8: a switch names the master exclude list; quick e-mail and REST heed it too."""
    eloqua.set(master_exclude_list="gus ALONE")
    body = {"name": "By REST", "email": {"id": "1"}, "contacts": [{"id": "4"}]}
    quick = asset({"ID": 0, "Name": "", "Type": "Email"}, 1), entity(CONTACT, 4)

    assert mail.Deploy(settings(IncludeGroupIds={"int": [1]})).SentToDate == 1
    assert mail.Deploy(settings(IncludeGroupIds={"int": [1]}, AllowSendToMasterExcludeList=True)).SentToDate == 2
    assert rest.post("/assets/email/deployment", json=body).json()["failedSendCount"] == "1"
    assert service.SendQuickEmail(*quick, {"AllowResend": True}).Status == "Failure"
    assert service.SendQuickEmail(*quick, {"AllowResend": True, "SendToMasterExcluded": True}).Status == "Complete"


def test_a_deployment_of_later_waits_for_its_date(mail, eloqua, rest):
    """[client] soap-1.2.md 8: two minutes ahead in a tool, which then polls."""
    eloqua.clock.freeze()
    day = eloqua.clock.now.replace(microsecond=0) + timedelta(minutes=2)
    made = mail.Deploy(settings(ContactId=1, DeploymentDate=day, NotificationEmailAddress="me@example.test"))
    path = f"/assets/email/deployment/{made.Id}"
    assert (made.State, made.SentToDate, made.DispatchDate) == ("Queued", 0, day)
    assert "sentSubject" not in rest.get(path).json()
    assert sends(rest, 1) == eloqua.outgoing("mail") == []

    eloqua.clock.advance(minutes=5)

    found = mail.GetDeployment(made.Id)
    assert (found.State, found.SentToDate) == ("Complete", 1)
    assert found.DispatchDate == found.FinishDate == day
    assert [each["activityDate"] for each in sends(rest, 1)] == [str(int(day.timestamp()))]
    assert rest.get(path).json()["endAt"] == str(int(day.timestamp()))
    assert [(each.to, each.subject) for each in eloqua.outgoing("mail")] == [
        (ADA, "Spring"),
        ("me@example.test", "Quick one: Complete"),
    ]


@pytest.fixture
def due(mail, eloqua):
    """A deployment to Ada that has fallen due since somebody last looked."""
    eloqua.clock.freeze()
    made = mail.Deploy(settings(ContactId=1, DeploymentDate=eloqua.clock.now + timedelta(hours=1)))
    eloqua.site.clock.advance(7200)
    return made.Id


@pytest.mark.parametrize("read", ["/assets/email/deployment/{}", "/assets/email/deployments"])
def test_rest_sees_what_was_due(due, rest, read):
    """[inferred] soap-1.2.md 8: what was due has happened, whoever looks first."""
    assert '"successfulSendCount":"1"' in rest.get(read.format(due), params={"depth": "complete"}).text


def test_soap_sees_what_was_due(due, service):
    """[inferred] soap-1.2.md 8."""
    year = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))

    assert service.GetQuickEmailStatus(due).Status == "Complete"
    (sent,) = service.GetActivities(entity(CONTACT, 1), {"ActivityType": ["EmailSend"]}, *year)
    assert values(sent)["DeploymentId"] == str(due)


def test_recipients_see_what_was_due(due, service):
    """[inferred] soap-1.2.md 8."""
    assert len(service.GetEmailActivitiesForRecipients({"string": [ADA]}, None, 20, 1)) == 1


def test_an_export_sees_what_was_due(due, eloqua, connection):
    """[inferred] soap-1.2.md 8, bulk.md 12."""
    bulk = Bulk(connection, eloqua.basic_auth)
    fields = {"to": "{{Activity.Field(EmailAddress)}}"}

    assert bulk.rows(bulk.define("/activities/exports", fields=fields, filter=SENDS)) == [{"to": ADA}]


def test_a_deployment_that_waits_is_queued(mail, service):
    """[wsdl] soap-1.2.md 10.7: GetQuickEmailStatus has that word."""
    made = mail.Deploy(settings(ContactId=1, DeploymentDate=datetime(2031, 1, 1, tzinfo=UTC)))

    assert service.GetQuickEmailStatus(made.Id).Status == "Queued"


def test_a_deployment_whose_email_is_gone_fails(mail, eloqua, rest):
    """[inferred] soap-1.2.md 8."""
    eloqua.clock.freeze()
    made = mail.Deploy(settings(ContactId=1, DeploymentDate=eloqua.clock.now + timedelta(hours=1)))
    assert rest.delete("/assets/email/1").status_code == 200
    eloqua.clock.advance(hours=2)

    found = mail.GetDeployment(made.Id)
    assert (found.State, found.Message, found.SentToDate) == ("Failure", "There is no Email 1.", 0)


def test_a_waiting_deployment_survives_a_snapshot(mail, eloqua, rest, tmp_path):
    """Nothing is lost where a server stops before the date."""
    eloqua.clock.freeze()
    mail.Deploy(settings(ContactId=1, DeploymentDate=eloqua.clock.now + timedelta(hours=1)))
    eloqua.snapshot(tmp_path / "site")
    eloqua.restore(tmp_path / "site")
    eloqua.clock.advance(hours=2)

    assert len(sends(rest, 1)) == 1


def test_what_happens_later_is_counted(mail, eloqua):
    """[wsdl] soap-1.2.md 8: BouncebackedToDate, UnsubscribedToDate."""
    made = mail.Deploy(settings(IncludeGroupIds={"int": [1]}))
    of_it = {"details": {"DeploymentId": str(made.Id)}}
    eloqua.seed(
        activities=[
            {"type": "bounceback", "contact": ADA, **of_it},
            {"type": "emailUnsubscribe", "contact": GUS, **of_it},
            {"type": "emailOpen", "contact": GUS, **of_it},
            {"type": "bounceback", "contact": GUS, "details": {"DeploymentId": "99"}},
        ]
    )

    counts = attrgetter("SentToDate", "BouncebackedToDate", "UnsubscribedToDate")
    assert counts(mail.GetDeployment(made.Id)) == (2, 1, 1)


def test_a_deployment_of_rest_is_one_of_soap(mail, rest):
    """[inferred] soap-1.2.md 8: complete as soon as it is made."""
    body = {"name": "By REST", "email": {"id": "1"}, "contacts": [{"id": "1"}, {"id": "2"}]}
    made = rest.post("/assets/email/deployment", json=body).json()

    found = mail.GetDeployment(int(made["id"]))
    assert (found.Name, found.State, found.IncludedRecipients, found.ExcludedRecipients) == (
        "By REST",
        "Complete",
        1,
        1,
    )
    assert (found.Options.EmailId, found.Options.ContactId) == (1, 0)


def test_a_deployment_on_behalf_of_somebody_says_so_in_rest(mail, rest):
    """[inferred] soap-1.2.md 8: SendOnBehalfOfUser is a login; without a name it is called like its e-mail."""
    made = mail.Deploy(settings(ContactId=1, SendOnBehalfOfUser="Marketer", Name=None))

    found = rest.get(f"/assets/email/deployment/{made.Id}").json()
    assert (found["sendFromUserId"], found["name"]) == ("12", "News")


@pytest.mark.parametrize(
    ("members", "refusal"),
    [
        ({"EmailId": 99, "ContactId": 1}, "RecordNotFoundFault"),
        ({"EmailId": 0, "ContactId": 1}, "RecordNotFoundFault"),
        ({"ContactId": 1, "SignatureRuleId": 99}, "RecordNotFoundFault"),
        ({}, "InvalidDeploymentRecipientFault"),
        ({"ContactId": 99}, "InvalidDeploymentRecipientFault"),
        ({"ContactId": -1}, "InvalidDeploymentRecipientFault"),
        ({"ContactId": 2}, "InvalidDeploymentRecipientFault"),
        ({"ContactId": 4, "ExcludeGroupIds": {"int": [2]}}, "InvalidDeploymentRecipientFault"),
        ({"DistributionListId": 99}, "InvalidDeploymentRecipientFault"),
        ({"IncludeGroupIds": {"int": [99]}}, "InvalidDeploymentRecipientFault"),
        ({"ContactId": 1, "ExcludeGroupIds": {"int": [99]}}, "InvalidDeploymentRecipientFault"),
        ({"ContactId": 1, "NotificationEmailAddress": "nobody"}, "InvalidDeploymentSettingsFault"),
        ({"ContactId": 1, "SendOnBehalfOfUser": "nobody"}, "InvalidDeploymentSettingsFault"),
        ({"ContactId": 1, "Name": "a" * 101}, "InvalidDeploymentSettingsFault"),
    ],
)
def test_what_cannot_be_sent_is_refused(mail, eloqua, rest, members, refusal):
    """[wsdl] soap-1.2.md 5.2: the faults; [inferred] which says what."""
    assert mail.refusal("Deploy", settings(**members)) == refusal
    assert rest.get("/assets/email/deployments").json()["total"] == 0
    assert eloqua.outgoing("mail") == []


def test_settings_that_are_missing_are_refused(mail):
    """[inferred] soap-1.2.md 5.2."""
    assert mail.refusal("Deploy", None) == "InvalidDeploymentSettingsFault"
    assert mail.refusal("Deploy", {}) == "RecordNotFoundFault"
    assert mail.refusal("GetDeployment", 99) == mail.refusal("GetDeployment", 0) == "RecordNotFoundFault"


def test_switches_decide_on_what_is_doubtful(mail, eloqua, segment):
    """[inferred] soap-1.2.md 5.2: a list and a contact; a contact who may not be sent to."""
    eloqua.set(soap_deploy_to_both="fault", soap_deploy_to_refused="exclude")

    both = settings(DistributionListId=segment, ContactId=1)
    assert mail.refusal("Deploy", both) == "InvalidDeploymentSettingsFault"
    made = mail.Deploy(settings(ContactId=2))
    assert (made.State, made.SentToDate, made.ExcludedRecipients) == ("Complete", 0, 1)


def test_whoever_may_not_send_is_refused(mail, eloqua):
    """[wsdl] soap-1.2.md 5.2: the one operation with a fault for it."""
    assert mail.as_user("api.only").refusal("Deploy", settings(ContactId=1)) == "UnauthorizedAccessFault"
    assert eloqua.outgoing("mail") == []


def test_contacts_whom_a_label_hides_are_not_sent_to(mail, eloqua):
    """[client] platform.md 3.5: labels apply through the API as well."""
    eloqua.seed(labels=[{"name": "North", "contacts": [ADA], "groups": ["Sales Users"]}])

    assert mail.refusal("Deploy", settings(ContactId=1)) == "InvalidDeploymentRecipientFault"
    mail.Deploy(settings(IncludeGroupIds={"int": [1]}))
    assert [each.to for each in eloqua.outgoing("mail")] == [GUS]


@pytest.mark.parametrize(
    "written", ["0001-01-01T00:00:00+14:00", "2008-10-13T09:59:00Z", "9999-12-31T23:59:59.999-12:00", "2031-01-01"]
)
@pytest.mark.parametrize("zone", ["utc", "eastern"])
def test_any_date_will_do(soap, eloqua, written, zone):
    """[client] soap-1.2.md 3.1; what is past is sent at once."""
    eloqua.set(soap_time_zone=zone)
    members = f"<ContactId>1</ContactId><DeploymentDate>{written}</DeploymentDate><EmailId>1</EmailId>"
    answer = soap.at("EmailService").call("Deploy", f"<deploySettings>{members}</deploySettings>")

    assert answer.status_code == 200, answer.text
    assert len(eloqua.outgoing("mail")) == (written < "2026")


def test_too_many_deployments_are_refused(mail, eloqua):
    """[inferred] platform.md T31: 60 a minute, whoever makes them."""
    eloqua.site.thresholds.change("email-deployments", eloqua.site.clock.now(), used=60)

    assert mail.refusal("Deploy", settings(ContactId=1)) == "UnexpectedErrorFault"
    assert eloqua.outgoing("mail") == []
