"""EmailService: e-mails, what they are made of, images, links, deployments, metrics (`soap` 8)."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from types import MappingProxyType

from lxml.etree import _Element as Element

from eloqua_contracts.catalogue.soap_entities import made
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.strategies import texts

_WRITES = (Need.SOAP, Need.WRITES)
_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A PNG of one dot."""


def details(name: str, key: int | None = None, changes: Mapping[str, object] = MappingProxyType({})) -> str:
    """An `EmailDetails` with what one client sends by default; members in the order of the contract."""
    members: dict[str, object] = {
        **({"Id": key} if key is not None else {}),
        "Name": name,
        "Subject": "Hello",
        "AutoGenerateTextContent": 1,
        "EncodingId": 0,
        "FooterId": 0,
        "GroupId": 0,
        "HeaderId": 0,
        "HtmlContent": "<p>Hello</p>",
        "NeverExpires": 1,
        "SendHtml": 1,
        "SendToUnsubscribes": 0,
        "Tracked": 1,
    }
    return message.many("email", *(message.member(each, value) for each, value in (members | dict(changes)).items()))


def email(pod: Pod, **changes: object) -> tuple[int, str]:
    """A new e-mail; its id and name."""
    name = pod.name("email")
    return message.number(message.ask(pod, "CreateHtmlEmail", details(name, changes=changes))), name


def _details(pod: Pod, key: int) -> Element:
    return message.ask(pod, "GetEmailDetails", message.member("emailId", key))


@contract("soap.email.create", sure=Sure.CLIENT, source="soap 8", needs=_WRITES)
def a_new_email_is_a_bare_number(pod: Pod) -> None:
    """CreateHtmlEmail answers with an id that is a number and nothing else; truths may be sent as 1 and 0."""
    key, name = email(pod)

    expect(that=key > 0, otherwise="the id is above 0", found=key)
    found = pod.rest("GET", f"/assets/email/{key}", depth="minimal").expect(200).json()
    expect(that=found["name"] == name, otherwise="REST has the e-mail", found=found)


@contract("soap.email.read-back", sure=Sure.CLIENT, source="soap 8", needs=_WRITES)
def an_email_is_read_as_it_was_made(pod: Pod, draw: Draw) -> None:
    """GetEmailDetails gives what CreateHtmlEmail took."""
    subject, sender = draw(texts(40)), draw(texts(20))
    key, name = email(pod, Subject=subject, FromName=sender)

    found = _details(pod, key)

    said = {each: message.text(found, each) for each in ("Name", "Subject", "FromName", "HtmlContent")}
    wanted = {"Name": name, "Subject": subject, "FromName": sender, "HtmlContent": "<p>Hello</p>"}
    expect(that=said == wanted, otherwise=f"it is {wanted}", found=said)
    marks = {each: message.text(found, each) for each in ("NeverExpires", "SendHtml", "SendToUnsubscribes", "Tracked")}
    truths = {"NeverExpires": "true", "SendHtml": "true", "SendToUnsubscribes": "false", "Tracked": "true"}
    expect(that=marks == truths, otherwise=f"the marks are {truths}", found=marks)


@contract("soap.email.rest-has-it", sure=Sure.DOC, source="soap 8, rest 14", needs=_WRITES)
def rest_reads_what_soap_wrote(pod: Pod) -> None:
    """REST shows an e-mail that SOAP made: its subject, the name of the sender, and that it goes out as HTML."""
    key, _ = email(pod, FromName="Ada", Subject="Both")

    found = pod.rest("GET", f"/assets/email/{key}", depth="complete").expect(200).json()

    said = {each: found.get(each) for each in ("subject", "senderName", "sendPlainTextOnly")}
    wanted = {"subject": "Both", "senderName": "Ada", "sendPlainTextOnly": "false"}
    expect(that=said == wanted, otherwise=f"it is {wanted}", found=said)


@contract("soap.email.update", sure=Sure.DOC, source="soap 8", needs=_WRITES)
def an_email_is_changed(pod: Pod) -> None:
    """UpdateHtmlEmail of the id in the details is true, and the e-mail is changed."""
    key, name = email(pod)

    done = message.ask(pod, "UpdateHtmlEmail", details(name, key, {"Subject": "Changed"}))

    expect(that=done.text == "true", otherwise="it is true", found=done.text)
    subject = message.text(_details(pod, key), "Subject")
    expect(that=subject == "Changed", otherwise="the subject is changed", found=subject)


@contract("soap.email.delete", sure=Sure.DOC, source="soap 8", needs=_WRITES)
def an_email_is_deleted(pod: Pod) -> None:
    """DeleteEmail is true; then its details are RecordNotFound, and REST says 404."""
    key, _ = email(pod)

    done = message.ask(pod, "DeleteEmail", message.member("emailId", key))

    expect(that=done.text == "true", otherwise="it is true", found=done.text)
    fault = message.refusal(pod, "GetEmailDetails", message.member("emailId", key))
    expect(that=fault.name == "RecordNotFoundFault", otherwise="it is RecordNotFoundFault", found=fault.name)
    pod.rest("GET", f"/assets/email/{key}").expect(404)


@contract("soap.email.search", sure=Sure.CLIENT, source="soap 8", needs=_WRITES)
def emails_are_found_by_name(pod: Pod) -> None:
    """SearchEmail gives all e-mails of a name, each with id, name and subject, and nothing for a name of none."""
    key, name = email(pod, Subject="Found")

    (found,) = message.ask(pod, "SearchEmail", message.member("emailName", name))

    said = (message.number(found, "Id"), message.text(found, "Name"), message.text(found, "Subject"))
    expect(that=said == (key, name, "Found"), otherwise=f"it is {key}", found=said)
    none = message.ask(pod, "SearchEmail", message.member("emailName", pod.name("nothing")))
    expect(that=len(none) == 0, otherwise="there is none of another name", found=len(none))


_LISTS = (
    "ListEmails",
    "ListEmailFields",
    "ListEmailGroups",
    "ListEmailHeaders",
    "ListEmailFooters",
    "ListEmailEncodings",
    "ListDistributionLists",
    "ListSignatureLayouts",
    "ListActivityDrivenContentRules",
    "ListImages",
    "ListRedirectLinks",
)


def _listed(operation: str) -> None:
    def check(pod: Pod) -> None:
        found = message.ask(pod, operation)

        keys = [message.number(each, "Id") for each in found]
        expect(that=len(keys) == len(set(keys)), otherwise="each is there once", found=keys)

    check.__doc__ = f"`{operation}` gives all that there are, each once, with ids that are numbers."
    contract(f"soap.email.{operation.lower()}", sure=Sure.DOC, source="soap 8", needs=[Need.SOAP])(check)


for _operation in _LISTS:
    _listed(_operation)


def _is_listed(operation: str, what: str, path: str, body: dict[str, object]) -> None:
    def check(pod: Pod) -> None:
        made = pod.made(path, {"name": pod.name(what)} | body)

        found = {message.number(each, "Id"): message.text(each, "Name") for each in message.ask(pod, operation)}

        name = found.get(int(made["id"]))
        expect(that=name == made["name"], otherwise=f"it is {made['name']!r}", found=name)

    check.__doc__ = f"`{operation}` shows the {what} that REST made, by its id and name."
    contract(f"soap.email.{operation.lower()}-shows-it", sure=Sure.DOC, source="soap 8", needs=_WRITES)(check)


_is_listed("ListEmails", "e-mail", "/assets/email", {"subject": "x"})
_is_listed("ListEmailHeaders", "header", "/assets/email/header", {"body": "<p>x</p>"})
_is_listed("ListEmailFooters", "footer", "/assets/email/footer", {"body": "<p>x</p>"})


@contract("soap.email.fields", sure=Sure.DOC, source="soap 8", needs=[Need.SOAP])
def contact_fields_can_be_merged(pod: Pod) -> None:
    """ListEmailFields shows the address among the fields, each with the tag that goes into an e-mail."""
    found = message.ask(pod, "ListEmailFields")

    names = [message.text(each, "Name") for each in found]
    expect(that="Email Address" in names, otherwise="the address is one of them", found=names[:10])
    tags = [message.text(each, "Tag") for each in found]
    expect(that=all(tags), otherwise="each has a tag", found=[each for each in tags if not each])


@contract("soap.link.create", sure=Sure.CLIENT, source="soap 8", needs=(*_WRITES, Need.LASTING))
def a_link_is_made_once(pod: Pod) -> None:
    """CreateRedirectLink makes a link to an address, or finds it: twice is the same id; its tag goes into `href`."""
    url = f"https://contracts.example.com/{pod.prefix}"
    first, second = (message.ask(pod, "CreateRedirectLink", message.member("url", url)) for _ in range(2))

    keys = [message.number(each, "Id") for each in (first, second)]
    expect(that=keys[0] > 0 and keys[0] == keys[1], otherwise="both times it is the same link", found=keys)
    tag = message.text(first, "Tag")
    expect(that=tag.startswith("http"), otherwise="the tag is an address", found=tag)
    there = message.ask(pod, "SearchRedirectLinks", message.member("url", url))
    found = [message.number(each, "Id") for each in there]
    expect(that=found == keys[:1], otherwise=f"a search finds {keys[0]}", found=found)


@contract("soap.image.upload", sure=Sure.DOC, source="soap 8", needs=_WRITES)
def an_image_is_uploaded(pod: Pod) -> None:
    """UploadImage gives id, name and tag of the image, which SearchImage finds by its name."""
    name = pod.name("image")
    members = message.member("binaryImage", _PICTURE), message.member("fileName", f"{name}.png")

    found = message.ask(pod, "UploadImage", *members, message.member("imageName", name))

    key = message.number(found, "Id")
    said = (message.text(found, "Name"), message.text(found, "Tag") != "")
    expect(that=said == (name, True), otherwise="it has its name, and a tag", found=said)
    there = [message.number(each, "Id") for each in message.ask(pod, "SearchImage", message.member("imageName", name))]
    expect(that=there == [key], otherwise=f"a search finds {key}", found=there)


@contract("soap.image.no-image", sure=Sure.DOC, source="soap 5.2, 8", needs=_WRITES)
def what_is_no_image_is_a_fault(pod: Pod) -> None:
    """What is no image is answered with a fault that UploadImage declares."""
    members = message.member("binaryImage", b"no image"), message.member("fileName", "none.png")

    found = message.refusal(pod, "UploadImage", *members, message.member("imageName", pod.name("image")))

    expect(that=found.name != "", otherwise="the fault has a detail", found=found.reason)


_UNKNOWN = 2_000_000_000
_MISSING = (
    ("GetEmailDetails", message.member("emailId", _UNKNOWN)),
    ("DeleteEmail", message.member("emailId", _UNKNOWN)),
    ("UpdateHtmlEmail", details("none", _UNKNOWN)),
    ("GetDeployment", message.member("deploymentId", _UNKNOWN)),
)


def _missing(operation: str, member: str) -> None:
    def check(pod: Pod) -> None:
        found = message.refusal(pod, operation, member)

        expect(that=found.name != "", otherwise="the fault has a detail", found=found.reason)

    check.__doc__ = f"`{operation}` of what is not there is answered with a fault that it declares."
    needs = [Need.SOAP] if operation.startswith("Get") else _WRITES
    contract(f"soap.email.unknown-{operation.lower()}", sure=Sure.DOC, source="soap 5.2, 8", needs=needs)(check)


for _row in _MISSING:
    _missing(*_row)


@contract("soap.email.metrics", sure=Sure.CLIENT, source="soap 8", needs=_WRITES)
def nothing_happened_to_a_new_email(pod: Pod) -> None:
    """GetMetricsForEmails counts six things of each e-mail: 0 of a new one, which was not sent in that time either."""
    key, name = email(pod)
    days = message.member("startDate", "2013-01-31"), message.member("endDate", "2100-01-01")

    (found,) = message.ask(pod, "GetMetricsForEmails", message.numbers("emailIds", [key]), *days)

    said = (message.number(found, "Id"), message.text(found, "Name"))
    expect(that=said == (key, name), otherwise=f"it is {key}", found=said)
    names = [f"{each}Count" for each in ("Bouncebacks", "Clicks", "Opens", "Sent", "Subscribes", "Unsubscribes")]
    counts = {each: message.number(found, each) for each in names}
    expect(that=not any(counts.values()), otherwise="nothing is counted", found=counts)
    sent = [message.number(each, "Id") for each in message.ask(pod, "GetEmailsSentInTimeRange", *days)]
    expect(that=key not in sent, otherwise="it was not sent", found=sent)


@contract("soap.email.deploy", sure=Sure.CLIENT, source="soap 8", needs=(*_WRITES, Need.MAIL))
def an_email_is_deployed_to_a_contact(pod: Pod) -> None:
    """Deploy to a contact gives a deployment with the settings echoed; GetDeployment and the metrics follow it."""
    (key, _), contact, name = email(pod), made(pod), pod.name("deployment")
    members = {"AllowResend": True, "ContactId": contact, "EmailId": key, "Name": name}
    settings = message.many("deploySettings", *(message.member(each, value) for each, value in members.items()))

    found = message.ask(pod, "Deploy", settings)

    deployment = message.number(found, "Id")
    echoed = {each: message.text(found, "Options", each) for each in members}
    wanted = {"AllowResend": "true", "ContactId": str(contact), "EmailId": str(key), "Name": name}
    expect(that=deployment > 0 and echoed == wanted, otherwise=f"the settings are {wanted}", found=echoed)
    pod.wait(5)
    polled = message.ask(pod, "GetDeployment", message.member("deploymentId", deployment))
    said = (message.number(polled, "Id"), message.text(polled, "Name"), message.number(polled, "SentToDate"))
    expect(that=said == (deployment, name, 1), otherwise="it went to one", found=said)
    days = message.member("startDate", "2013-01-31"), message.member("endDate", "2100-01-01")
    (metric,) = message.ask(pod, "GetMetricsForEmails", message.numbers("emailIds", [key]), *days)
    sent = message.number(metric, "SentCount")
    expect(that=sent == 1, otherwise="it was sent once", found=sent)


@contract("soap.missing-right.deploy", sure=Sure.DOC, source="soap 5.2, 11", needs=(*_WRITES, Need.MAIL))
def who_may_not_send_is_told_by_a_fault(pod: Pod) -> None:
    """Deploy without the right to is answered with UnauthorizedAccessFault."""
    (key, _), contact = email(pod), made(pod)
    members = {"ContactId": contact, "EmailId": key, "Name": pod.name("deployment")}
    settings = message.many("deploySettings", *(message.member(each, value) for each, value in members.items()))

    fault = message.refusal(pod, "Deploy", settings, role="api only")

    expect(that=fault.name == "UnauthorizedAccessFault", otherwise="it is UnauthorizedAccessFault", found=fault.name)
