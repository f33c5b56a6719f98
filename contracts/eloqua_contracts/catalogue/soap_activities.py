"""What contacts did, and e-mails to one of them, in SOAP (`soap` 10.6, 10.7)."""

from __future__ import annotations

from lxml.etree import _Element as Element

from eloqua_contracts.catalogue.soap_entities import made
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.soap.message import CONTACT, Kind
from eloqua_contracts.soap.table import NAMESPACE

_WORDS = ("FormSubmit", "WebVisit")
_SENDS = (Need.SOAP, Need.WRITES, Need.MAIL)
_ACTIVITY = "http://schemas.datacontract.org/2004/07/EloquaNet.Activity"
_FORM_SUBMIT = message.many(
    "ActivityType",
    f'<Id i:nil="true" xmlns:i="{message.INSTANCE}"/>',
    message.member("Name", "Form"),
    message.member("Type", "FormSubmit"),
)


@contract("soap.activity.families", sure=Sure.CLIENT, source="soap 10.6", needs=[Need.SOAP])
def activities_have_families(pod: Pod) -> None:
    """ListActivityTypes gives words, one of which is `Web`; each can be described."""
    words = message.words(message.ask(pod, "ListActivityTypes"), "ActivityTypes")
    expect(that="Web" in words, otherwise="Web is one of them", found=words)

    found = message.ask(pod, "DescribeActivityType", message.member("activityType", "Web"))

    types = [message.text(each, "Type") for each in message.inside(found, "ActivityTypes")]
    expect(that="WebVisit" in types, otherwise="WebVisit is of this family", found=types)


@contract("soap.activity.describe", sure=Sure.CLIENT, source="soap 10.6", needs=[Need.SOAP])
def the_submission_of_a_form_is_described(pod: Pod) -> None:
    """DescribeActivity of `FormSubmit`, with an id that is nil, gives fields, and the type of the asset: Form."""
    found = message.ask(pod, "DescribeActivity", _FORM_SUBMIT)

    fields = message.inside(found, "Fields")
    expect(that=len(fields) > 0, otherwise="there are fields")
    related = message.text(found, "RelatedAssetType")
    expect(that=related == "Form", otherwise="it is related to a form", found=related)


def activities(pod: Pod, contact: int, *words: str) -> list[Element]:
    """What a contact did, of these types."""
    entity = message.entity(CONTACT, None, contact, name="dynamicEntity")
    inside = "".join(f"<a:ActivityType>{each}</a:ActivityType>" for each in words)
    types = f'<activityTypes xmlns:a="{_ACTIVITY}">{inside}</activityTypes>'
    dates = message.member("startDate", "2008-10-13T09:59:00Z"), message.member("endDate", "2100-01-01T00:00:00Z")
    return list(message.ask(pod, "GetActivities", entity, types, *dates))


def submits(pod: Pod) -> int:
    """A contact who has sent in a form; its id."""
    address = pod.address()
    field = {
        "type": "FormField",
        "id": "-1",
        "name": "Address",
        "htmlName": "emailAddress",
        "dataType": "text",
        "displayType": "text",
        "createdFromContactFieldId": "100001",
    }
    contact = made(pod, C_EmailAddress=address)
    form = pod.made("/assets/form", {"name": pod.name("form"), "htmlName": "contract", "elements": [field]})
    key = next(each["id"] for each in form["elements"])
    pod.made(f"/data/form/{form['id']}", {"fieldValues": [{"type": "FieldValue", "id": key, "value": address}]})
    pod.wait(5)
    return contact


@contract("soap.activity.none", sure=Sure.CLIENT, source="soap 10.6, 3.2", needs=[Need.SOAP, Need.WRITES])
def who_did_nothing_has_an_empty_list(pod: Pod) -> None:
    """GetActivities of a contact who did nothing is an empty list."""
    found = activities(pod, made(pod), "FormSubmit", "WebVisit")

    expect(that=found == [], otherwise="there is nothing", found=found)


@contract("soap.activity.form-submit", sure=Sure.CLIENT, source="soap 10.6", needs=[Need.SOAP, Need.WRITES])
def who_sent_in_a_form_has_done_so(pod: Pod) -> None:
    """Whoever sent in a form has done `FormSubmit`, which is not there among visits."""
    contact = submits(pod)

    done = [[message.text(each, "ActivityType") for each in activities(pod, contact, word)] for word in _WORDS]

    expect(that=done == [["FormSubmit"], []], otherwise="there is one, among submissions", found=done)


@contract("soap.activity.recipients", sure=Sure.CLIENT, source="soap 10.6", needs=[Need.SOAP])
def recipients_are_named_by_address(pod: Pod) -> None:
    """GetEmailActivitiesForRecipients takes addresses, ids, a page of 20 and the number 1; nobody did nothing."""
    who = message.texts("emailAddresses", ["nobody@contracts.example.com"]), message.numbers("emailIDs", [])
    page = message.member("pageSize", 20), message.member("requestedPage", 1)

    found = message.ask(pod, "GetEmailActivitiesForRecipients", *who, *page)

    expect(that=len(found) == 0, otherwise="there is nothing", found=len(found))


@contract("soap.quick-email.send", sure=Sure.DOC, source="soap 10.7", needs=_SENDS)
def a_quick_email_can_be_followed(pod: Pod) -> None:
    """SendQuickEmail gives the id of a deployment and a status; GetQuickEmailStatus tells the same of it."""
    email = pod.made("/assets/email", {"name": pod.name("email"), "subject": "Hello"})
    asset = message.asset(Kind(0, email["name"], "Email"), None, int(email["id"]), name="asset")
    entity = message.entity(CONTACT, None, made(pod), name="entity")
    options = message.many("options", message.member("AllowResend", True))

    sent = message.ask(pod, "SendQuickEmail", asset, entity, options)

    key = message.number(sent, "DeploymentId")
    expect(that=key > 0, otherwise="there is a deployment", found=key)
    status = message.ask(pod, "GetQuickEmailStatus", message.member("deploymentId", key))
    said = (message.number(status, "DeploymentId"), message.text(status, "Status"))
    expect(that=said[0] == key and said[1] in ("Complete", "Queued"), otherwise="it is complete or queued", found=said)


_ID = message.member("deploymentId", 2_000_000_000)
_NO_EMAIL = message.asset(Kind(0, "Email", "Email"), None, 2_000_000_000, name="asset")
_NO_ONE = message.entity(CONTACT, None, 2_000_000_000, name="entity")


@contract("soap.quick-email.unknown", sure=Sure.DOC, source="soap 5.2, 10.7", needs=[Need.SOAP])
def a_deployment_that_is_not_there_is_a_fault(pod: Pod) -> None:
    """The status of a quick e-mail that nobody sent is a fault that the description declares."""
    found = message.refusal(pod, "GetQuickEmailStatus", _ID)

    expect(that=found.name != "", otherwise="the fault has a detail", found=found.reason)


@contract("soap.quick-email.unknown-recipient", sure=Sure.DOC, source="soap 5.2, 10.7", needs=_SENDS)
def an_email_that_is_not_there_is_a_fault(pod: Pod) -> None:
    """A quick e-mail that does not exist, to a contact who does not, is a fault that the description declares."""
    found = message.refusal(pod, "SendQuickEmail", _NO_EMAIL, _NO_ONE)

    expect(that=found.name != "", otherwise=f"the fault is one of {NAMESPACE}", found=found.reason)


@contract("soap.missing-right.quick-email", sure=Sure.DOC, source="soap 5.2, 10.7, platform 3.3", needs=_SENDS)
def who_may_not_send_sends_no_quick_email(pod: Pod) -> None:
    """A quick e-mail of who may not send is a Failure, or a fault that the description declares; nothing is sent."""
    email = pod.made("/assets/email", {"name": pod.name("email"), "subject": "Hello"})
    asset = message.asset(Kind(0, email["name"], "Email"), None, int(email["id"]), name="asset")
    contact = made(pod)
    entity = message.entity(CONTACT, None, contact, name="entity")

    answer = message.call(pod, "SendQuickEmail", asset, entity, role="api only")

    if answer.status == 200:
        said = message.text(message.result(answer, "SendQuickEmail"), "Status")
    else:
        said = message.fault(answer, "SendQuickEmail").name
    expect(that=said not in ("", "Complete", "Queued"), otherwise="it is no success", found=said)
    sent = activities(pod, contact, "EmailSend")
    expect(that=sent == [], otherwise="nothing is sent", found=len(sent))
