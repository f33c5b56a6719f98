"""What SOAP does where the reference has to guess, and the emulator has a switch (`soap` 3 to 10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

from eloqua_contracts.catalogue.soap_activities import activities, submits
from eloqua_contracts.catalogue.soap_assets import group
from eloqua_contracts.catalogue.soap_connectors import AWAITING, DONE, count, listed, say, waiting
from eloqua_contracts.catalogue.soap_emails import details, email
from eloqua_contracts.catalogue.soap_entities import create, made
from eloqua_contracts.catalogue.soap_requests import envelope, header, sent, stamp
from eloqua_contracts.catalogue.soap_transfers import definition_of_import
from eloqua_contracts.contract import Need
from eloqua_contracts.envelope import enveloped
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.probe import Undecided, probe
from eloqua_contracts.soap import message
from eloqua_contracts.soap.description import Description
from eloqua_contracts.soap.message import CONTACT, CONTACT_GROUP, Kind
from eloqua_contracts.soap.table import NAMESPACE

_SOAP, _WRITES = (Need.SOAP,), (Need.SOAP, Need.WRITES)
_MAIL = (*_WRITES, Need.MAIL)
_UNKNOWN = 2_000_000_000
_OF_A_POD = re.compile(r"https://secure\.p\d+\.eloqua\.com/API/1\.2", re.ASCII)
_EASTERN = ZoneInfo("America/New_York")


def decided(found: str, answers: dict[str, str]) -> str:
    """The answer that a word stands for.

    Raises:
        Undecided: it stands for none.
    """
    if found not in answers:
        raise Undecided(f"it is {found or 'nothing'}, and not one of {', '.join(answers)}")
    return answers[found]


def ended(exchange: Exchange) -> str:
    """The name of the fault that a call ended in, or `answer`."""
    return "answer" if exchange.status == 200 else message.fault(exchange).name or message.fault(exchange).code[1]


@probe("soap.action", source="soap 3.1", setting="strict_soap_action", needs=_SOAP)
def does_the_action_have_to_fit(pod: Pod) -> bool:
    """Is a call whose SOAPAction names another operation than its body refused?"""
    found = sent(pod, envelope(header(pod)), action=f'"{NAMESPACE}/DynamicAssetService/ListAssetTypes"')
    if found.status == 200 and b"ListEntityTypesResponse" not in found.body:
        raise Undecided("the action decides which operation is called")
    return found.status != 200


@probe("soap.member-order", source="soap 12.5", setting="soap_member_order", needs=_SOAP)
def do_members_have_an_order(pod: Pod) -> str:
    """Are members of a request that are out of order read?"""
    ids = message.numbers("ids", [_UNKNOWN])
    found = message.call(pod, "Retrieve", ids, message.of_kind("entityType", CONTACT))
    return decided(ended(found), {"answer": "any", "ValidationFault": "contract"})


@probe("soap.wsdl-flavour", source="soap 9, 12.6", setting="soap_wsdl_flavour")
def which_year_is_the_description_of(pod: Pod) -> str:
    """Has the description of ExternalActionService the operations that were gone by 2013?"""
    there = Description(pod, "/API/1.2/ExternalActionService.svc?wsdl").operations()
    return "2012" if "GetMailAddressStatus" in there else "2013"


@probe("soap.namespace", source="platform Q73", setting="soap_namespace")
def what_is_the_namespace(pod: Pod) -> str:
    """Is the namespace of the descriptions the fixed one, or does it name the POD?"""
    found = Description(pod, "/API/1.2/Service.svc?wsdl").namespace
    if found != NAMESPACE and not _OF_A_POD.fullmatch(found):
        raise Undecided(f"it is {found}")
    return "fixed" if found == NAMESPACE else "pod"


@probe("soap.taken-name", source="soap 5.3", setting="soap_taken_asset_name", needs=_WRITES)
def what_is_a_taken_name(pod: Pod) -> str:
    """What is the error of a contact group whose name is taken?"""
    _, name = group(pod)
    again = message.many("assets", message.asset(CONTACT_GROUP, {"name": name}))
    (found,) = message.outcomes(message.ask(pod, "CreateAsset", again))
    code = found.errors[0][0] if found.errors else ""
    return decided(code, {"UnexpectedException": "unexpected", "DuplicateValue": "duplicate"})


@probe("soap.time-zone", source="soap 14.5", setting="soap_time_zone", needs=_WRITES)
def where_are_moments(pod: Pod) -> str:
    """In which zone are moments in answers?"""
    (activity,) = activities(pod, submits(pod), "FormSubmit")
    now = parsedate_to_datetime(pod.exchanges[-1].headers["date"])
    text = message.text(activity, "Date")
    moment = datetime.fromisoformat(text)
    zones = {"utc": text.endswith("Z"), "eastern": moment.tzinfo is None}
    for name, zone in (("utc", UTC), ("eastern", _EASTERN)):
        is_near = abs(moment.replace(tzinfo=zone) - now) < timedelta(minutes=30)
        if is_near and zones[name]:
            return name
    raise Undecided(f"it is {text} at {now}")


def _transfer(pod: Pod, *, as_mtom: bool) -> Exchange:
    """A call to DataTransferService, which ends in a fault."""
    login = pod.login()
    kind = message.of_kind("eloquaType", Kind(_UNKNOWN, "", "DataExport"))
    body = f'<DataExportStatus xmlns="{NAMESPACE}">{kind}</DataExportStatus>'
    content = enveloped(body, user=f"{login.site}\\{login.name}", password=login.password)
    kind_of_body = "text/xml; charset=utf-8"
    if as_mtom:
        about = 'Content-ID: <root>\r\nContent-Type: application/xop+xml;charset=utf-8;type="text/xml"\r\n\r\n'
        content = f"--edge\r\n{about}".encode() + content + b"\r\n--edge--\r\n"
        kind_of_body = (
            'multipart/related; type="application/xop+xml"; start="<root>"; boundary="edge"; start-info="text/xml"'
        )
    action = f'"{NAMESPACE}/DataTransferService/DataExportStatus"'
    return sent(pod, content, action=action, kind=kind_of_body, path="/API/1.2/DataTransferService.svc")


@probe("soap.mtom", source="soap 3.3", setting="soap_mtom", needs=_SOAP)
def when_are_answers_in_mtom(pod: Pod) -> str:
    """Does DataTransferService answer in MTOM: always, when it is asked so, or never?"""
    for as_mtom, answer in ((False, "always"), (True, "asked")):
        found = _transfer(pod, as_mtom=as_mtom)
        if found.headers.get("content-type", "").lower().startswith("multipart/"):
            return answer
    return "never"


@probe("soap.unknown-job", source="soap 5.2", setting="soap_unknown_job", needs=_SOAP)
def what_is_an_unknown_job(pod: Pod) -> str:
    """What is the fault of an export that is not there?"""
    answers = {"UnexpectedErrorFault": "unexpected", "ValidationFault": "validation"}
    return decided(ended(_transfer(pod, as_mtom=False)), answers)


@probe("soap.unreadable-import", source="soap 5.2", setting="soap_unreadable_import", needs=[*_WRITES, Need.TRANSFER])
def what_is_a_file_that_is_none(pod: Pod) -> str:
    """What is the fault of a file to be imported that is no CSV?"""
    file, source = message.member("byteStream", b"\xff\xfe\x00"), message.member("sourceFileType", "DelimitedFile")
    found = message.call(pod, "InitializeDataImport", file, definition_of_import(pod), source)
    return decided(ended(found), {"InvalidFileType": "file-type", "ValidationFault": "validation"})


@probe("soap.unknown-step", source="soap 9", setting="soap_unknown_step", needs=_SOAP)
def what_is_an_unknown_step(pod: Pod) -> str:
    """How many members has a step that is not there?"""
    which = message.member("stepId", _UNKNOWN), message.member("status", "AwaitingAction")
    found = message.call(pod, "GetMemberCountInStepByStatus", *which)
    return decided(ended(found), {"answer": "empty", "UnexpectedErrorFault": "fault"})


@probe("soap.require-timestamp", source="soap 3.1", setting="soap_require_timestamp", needs=_SOAP)
def must_there_be_a_timestamp(pod: Pod) -> bool:
    """Is a security header without a timestamp refused?"""
    return sent(pod, envelope(header(pod))).status != 200


_LONGEST_SKEW, _STEP = 3600, 20


@probe("soap.clock-skew", source="soap 4", setting="soap_max_clock_skew_seconds", needs=_SOAP)
def how_far_may_a_clock_be_off(pod: Pod) -> float:
    """How many seconds may a timestamp lie in the future?"""
    taken, refused = 0, _LONGEST_SKEW // _STEP + 1
    while refused - taken > 1:
        middle = (taken + refused) // 2
        off = timedelta(seconds=middle * _STEP - _STEP / 2)
        is_taken = sent(pod, envelope(header(pod, stamp=stamp(pod, off)))).status == 200
        taken, refused = (middle, refused) if is_taken else (taken, middle)
    if taken == _LONGEST_SKEW // _STEP:
        raise Undecided(f"a timestamp may be off by more than {_LONGEST_SKEW} s")
    return float(taken * _STEP)


@probe("soap.read-only-fields", source="soap 6.4", setting="soap_read_only_fields", needs=_WRITES)
def what_is_a_field_that_only_the_product_writes(pod: Pod) -> str:
    """Is a contact that is created with its own date of creation refused?"""
    values = {"C_EmailAddress": pod.address(), "C_DateCreated": "2011-01-01 00:00:00.000"}
    (found,) = create(pod, message.entity(CONTACT, values))
    return decided(found.errors[0][0] if found.errors else "made", {"made": "ignore", "ReadOnlyField": "error"})


@probe("soap.search", source="soap 8", setting="soap_search", needs=_WRITES)
def do_searches_look_inside_of_names(pod: Pod) -> str:
    """Does SearchEmail find an e-mail by a part of its name?"""
    key, name = email(pod)
    found = message.ask(pod, "SearchEmail", message.member("emailName", name[1:-1]))
    return "contains" if key in [message.number(each, "Id") for each in found] else "exact"


@probe("soap.distribution-lists", source="soap 8", setting="soap_distribution_lists", needs=_WRITES)
def what_are_distribution_lists(pod: Pod) -> str:
    """Are the distribution lists the contact segments, or the contact lists?"""
    names = {what: pod.name(what) for what in ("list", "segment")}
    for what, name in names.items():
        pod.made(f"/assets/contact/{what}", {"name": name})
    there = {message.text(each, "Name") for each in message.ask(pod, "ListDistributionLists")}
    return decided(", ".join(what for what, name in names.items() if name in there), {each: each for each in names})


@probe("soap.activity-driven", source="soap 8", setting="soap_activity_driven_content", needs=_WRITES)
def which_content_is_driven_by_activities(pod: Pod) -> str:
    """Does ListActivityDrivenContentRules list dynamic content that asks for no activity?"""
    made_here = pod.made("/assets/dynamicContent", {"name": pod.name("content"), "rules": []})
    there = [message.number(each, "Id") for each in message.ask(pod, "ListActivityDrivenContentRules")]
    return "all" if int(made_here["id"]) in there else "activities"


def _deploy(pod: Pod, **members: Any) -> Exchange:
    key, _ = email(pod)
    settings = {"EmailId": key, "Name": pod.name("deployment")} | members
    inside = (message.member(each, settings[each]) for each in sorted(settings))
    return message.call(pod, "Deploy", message.many("deploySettings", *inside))


@probe("soap.deploy-to-both", source="soap 8", setting="soap_deploy_to_both", needs=_MAIL)
def where_does_a_deployment_to_both_go(pod: Pod) -> str:
    """Is a deployment to a distribution list and a contact refused?"""
    segment = pod.made("/assets/contact/segment", {"name": pod.name("segment")})["id"]
    found = _deploy(pod, ContactId=made(pod), DistributionListId=int(segment))
    return decided(ended(found), {"answer": "list", "InvalidDeploymentSettingsFault": "fault"})


@probe("soap.deploy-to-refused", source="soap 5.2", setting="soap_deploy_to_refused", needs=_MAIL)
def what_is_a_deployment_to_who_refuses(pod: Pod) -> str:
    """Is a deployment to a contact who is unsubscribed refused?"""
    body = {"emailAddress": pod.address(), "subscriptionStatus": "unsubscribed"}
    contact = pod.signed("POST", "/API/REST/1.0/data/contact", body | {"isSubscribed": "false"}).expect(201).json()
    found = _deploy(pod, ContactId=int(contact["id"]))
    return decided(ended(found), {"answer": "exclude", "InvalidDeploymentRecipientFault": "fault"})


@probe("soap.nil-in-update", source="soap 8", setting="soap_nil_in_update", needs=_WRITES)
def what_is_a_text_that_is_left_out(pod: Pod) -> str:
    """Does a text that UpdateHtmlEmail leaves out stay?"""
    key, name = email(pod, FromName="Ada")
    message.ask(pod, "UpdateHtmlEmail", details(name, key))
    found = message.ask(pod, "GetEmailDetails", message.member("emailId", key))
    return "keep" if message.text(found, "FromName") == "Ada" else "blank"


@probe("soap.email-not-written", source="soap 5.3", setting="soap_email_not_written", needs=_WRITES)
def what_is_an_email_that_may_not_be_written(pod: Pod) -> str:
    """What does UpdateHtmlEmail say to who may not?"""
    key, name = email(pod)
    found = message.call(pod, "UpdateHtmlEmail", details(name, key), role="api only")
    return decided(ended(found), {"answer": "false", "UnexpectedErrorFault": "fault"})


_POLL, _LONGEST_CYCLE = 10, 2400


@probe("soap.program-cycle", source="soap 9", setting="program_cycle_seconds", needs=_WRITES)
def how_long_is_a_program_cycle(pod: Pod) -> float:
    """How many seconds lie between the run that shows a member of a step and the one with which it goes on?"""
    step, _ = waiting(pod, 1)
    shown = _when(pod, lambda: count(pod, step, AWAITING) == 1)
    say(pod, listed(pod, step), DONE)
    gone = _when(pod, lambda: count(pod, step, DONE) == 0)
    return float(round((gone - shown).total_seconds() / 60) * 60)


def _when(pod: Pod, is_so: Callable[[], bool]) -> datetime:
    """Wait; the moment, by the clock of the answer that shows it: calls take time as well.

    Raises:
        Undecided: it took too long.
    """
    for _ in range(0, _LONGEST_CYCLE, _POLL):
        if is_so():
            return parsedate_to_datetime(pod.exchanges[-1].headers["date"])
        pod.wait(_POLL)
    raise Undecided(f"nothing happens in {_LONGEST_CYCLE} s")
