"""Faults, limits, the grammar of queries, words and fields of SOAP: `soap` 14, without a switch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from eloqua_contracts.catalogue.soap_companies import card_set
from eloqua_contracts.catalogue.soap_emails import email
from eloqua_contracts.catalogue.soap_entities import made, retrieve
from eloqua_contracts.catalogue.soap_query import ids
from eloqua_contracts.catalogue.soap_requests import LIST, envelope, header, sent
from eloqua_contracts.catalogue.thresholds import query
from eloqua_contracts.contract import Need
from eloqua_contracts.envelope import enveloped
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import SPARE, Pod
from eloqua_contracts.probe import Undecided, probe
from eloqua_contracts.soap import message
from eloqua_contracts.soap.description import Description
from eloqua_contracts.soap.message import COMPANY, CONTACT, CONTACT_GROUP, Kind
from eloqua_contracts.soap.table import NAMESPACE, SERVICES

_SOAP, _WRITES = (Need.SOAP,), (Need.SOAP, Need.WRITES)
_UNKNOWN = 2_000_000_000


def told(found: Exchange) -> str:
    """Code, text and detail of a fault in a line, or the status alone."""
    if found.status != 500:
        return str(found.status)
    fault = message.fault(found)
    return f"{{{fault.code[0]}}}{fault.code[1]} | {fault.reason} | {fault.name or 'no detail'}"


def _wrong_password(pod: Pod) -> Exchange:
    login = pod.login(SPARE)
    return sent(pod, enveloped(LIST, user=f"{login.site}\\{login.name}", password="wrong"))  # noqa: S106  it is


def _unknown_operation(pod: Pod) -> Exchange:
    action = f'"{NAMESPACE}/DynamicEntityService/Nothing"'
    return sent(pod, envelope(header(pod), f'<Nothing xmlns="{NAMESPACE}"/>'), action=action)


def _kind(kind: Kind) -> str:
    return message.of_kind("entityType", kind)


def _ids(*keys: int) -> str:
    return message.numbers("ids", keys)


def _query(text: str) -> Callable[[Pod], Exchange]:
    return lambda pod: query(pod, text)


def _activities(pod: Pod) -> Exchange:
    entity = message.entity(CONTACT, None, _UNKNOWN, name="dynamicEntity")
    dates = message.member("startDate", "2020-01-02T00:00:00Z"), message.member("endDate", "2020-01-01T00:00:00Z")
    return message.call(pod, "GetActivities", entity, *dates)


def _member(pod: Pod) -> Exchange:
    entity = message.entity(CONTACT, None, _UNKNOWN, name="entity")
    return message.call(pod, "ListGroupMembership", entity)


def _no_group(pod: Pod) -> Exchange:
    entity = message.entity(CONTACT, None, made(pod), name="entity")
    asset = message.asset(CONTACT_GROUP, None, _UNKNOWN, name="asset")
    return message.call(pod, "AddGroupMember", entity, asset)


_FAULTS: dict[str, tuple[str, tuple[Need, ...], Callable[[Pod], Exchange]]] = {
    "wrong-password": ("a wrong password", (*_SOAP, Need.LOCKOUT), _wrong_password),
    "no-security": ("a call without a security header", _SOAP, lambda pod: sent(pod, enveloped(LIST))),
    "no-api": (
        "a user who may not use the API",
        _SOAP,
        lambda pod: message.call(pod, "ListEntityTypes", role="no api"),
    ),
    "unknown-operation": ("an operation that is not there", _SOAP, _unknown_operation),
    "no-number": (
        "a text where a number belongs",
        _SOAP,
        lambda pod: message.call(pod, "GetQuickEmailStatus", message.member("deploymentId", "word")),
    ),
    "unknown-word": (
        "a word that an enumeration does not have",
        _SOAP,
        lambda pod: message.call(
            pod, "GetMemberCountInStepByStatus", message.member("stepId", 1), message.member("status", "Word")
        ),
    ),
    "unknown-type": (
        "a type of entities that is not there",
        _SOAP,
        lambda pod: message.call(pod, "Retrieve", _kind(Kind(0, "Account", "Base")), _ids(1)),
    ),
    "unknown-field": ("a query of a field that is not there", _SOAP, _query("C_NoSuchField='x'")),
    "wrong-operator": ("a query of a date that is none", _SOAP, _query("C_DateCreated>'word'")),
    "no-query": ("a query without an operator", _SOAP, _query("C_EmailAddress")),
    "unknown-entity": ("the groups of a contact who is not there", _SOAP, _member),
    "unknown-group": ("a group that is not there, to be joined", _WRITES, _no_group),
    "date-range": ("activities of a time that ends before it begins", _SOAP, _activities),
    "bad-argument": (
        "activities of nobody",
        _SOAP,
        lambda pod: message.call(pod, "GetEmailActivitiesForRecipients", message.member("pageSize", 0)),
    ),
    "unknown-record": (
        "an e-mail that is not there",
        _SOAP,
        lambda pod: message.call(pod, "GetEmailDetails", message.member("emailId", _UNKNOWN)),
    ),
    "unknown-export": (
        "an export that is not there",
        _SOAP,
        lambda pod: message.call(
            pod, "DataExportStatus", message.of_kind("eloquaType", Kind(_UNKNOWN, "", "DataExport"))
        ),
    ),
}


def _fault(name: str, what: str, needs: tuple[Need, ...], get: Callable[[Pod], Exchange]) -> None:
    def ask_it(pod: Pod) -> str:
        return told(get(pod))

    ask_it.__doc__ = f"What is the fault of {what}?"
    probe(f"soap.fault.{name}", source="soap 4, 5, 14.1, platform 9.11", needs=needs)(ask_it)


for _name, _row in _FAULTS.items():
    _fault(_name, *_row)


# Limits

_PAUSES = (0.0, 0.25, 0.5, 0.75, 1.0, 2.0, 5.0, 10.0)


@probe("soap.query-interval", source="soap 10.4, 14.2", needs=_SOAP)
def how_long_between_queries(pod: Pod) -> float:
    """How many seconds after a Query is the next one answered?"""
    for pause in _PAUSES:
        pod.wait(_PAUSES[-1])
        query(pod).expect(200)
        pod.wait(pause)
        if query(pod).status == 200:
            return pause
    raise Undecided(f"two queries {_PAUSES[-1]} s apart are refused")


@probe("soap.query-interval-scope", source="soap 10.4, 14.2", needs=_SOAP)
def whose_is_the_interval(pod: Pod) -> str:
    """Does a Query of one user hold up that of another?"""
    kind, text = message.of_kind("eloquaType", CONTACT), message.member("searchQuery", "C_EmailAddress='x'")
    members = (kind, text, message.member("pageNumber", 1), message.member("pageSize", 1))
    pod.wait(_PAUSES[-1])
    query(pod).expect(200)
    other, again = message.call(pod, "Query", *members, role="marketer"), query(pod)
    return f"another user: {told(other)}; the same: {told(again)}"


_BATCHES = (200, 201, 250, 500, 1000, 2000)


@probe("soap.batch", source="soap 11, 14.2", needs=_SOAP)
def how_many_records_go_into_a_call(pod: Pod) -> str:
    """How many ids does Retrieve take, and what is the answer to one more?"""
    for count in _BATCHES:
        found = message.call(pod, "Retrieve", _kind(CONTACT), _ids(*range(_UNKNOWN, _UNKNOWN + count)))
        if found.status != 200:
            return f"{count} are too many: {told(found)}"
    return f"{_BATCHES[-1]} are not too many"


# The grammar of queries


def _found(pod: Pod, condition: str) -> str:
    """Which of two contacts, Ada of Turin and Ben of Milan, a condition finds."""
    prefix = pod.name("city")
    keys = {
        made(pod, C_FirstName="Ada", C_City=f"{prefix} Turin"): "Ada",
        made(pod, C_FirstName="Ben", C_City=f"{prefix} Milan"): "Ben",
    }
    pod.wait(1)
    answer = query(pod, condition.format(prefix=prefix))
    if answer.status != 200:
        return told(answer)
    return ", ".join(keys.get(each, "others") for each in ids(message.result(answer, "Query"))) or "nobody"


_CONDITIONS = {
    "and": "C_City='{prefix} Turin' AND C_FirstName='Ben'",
    "small-and": "C_City='{prefix} Turin' and C_FirstName='Ada'",
    "or": "C_City='{prefix} Turin' OR C_City='{prefix} Milan'",
    "brackets": "(C_City='{prefix} Turin')",
    "like": "C_City LIKE '{prefix}*'",
    "wildcard-inside": "C_City='{prefix}*rin'",
    "blanks": "C_City = '{prefix} Turin'",
    "double-quotes": 'C_City="{prefix} Turin"',
    "small-field": "c_city='{prefix} Turin'",
    "small-value": "C_City='{prefix} turin'",
}


def _condition(name: str, text: str) -> None:
    def ask_it(pod: Pod) -> str:
        return _found(pod, text)

    shown = text.replace("{prefix} ", "").replace("{prefix}", "")
    ask_it.__doc__ = f"Of Ada of Turin and Ben of Milan, whom does `{shown}` find?"
    probe(f"soap.query.{name}", source="soap 10.4, 14.3", needs=_WRITES)(ask_it)


for _name, _text in _CONDITIONS.items():
    _condition(_name, _text)


@probe("soap.field-case", source="soap 14.3", needs=_WRITES)
def is_the_case_of_fields_looked_at(pod: Pod) -> str:
    """Which of `C_SFDCContactId` and `ContactIdExt` does Retrieve find, whose names have other capitals?"""
    names = message.texts("fieldNames", ["C_SFDCContactId", "ContactIdExt"])
    (found,) = retrieve(pod, [made(pod)], names)
    return ", ".join(message.values(found)) or "none"


# Words and fields


@probe("soap.activity-types", source="soap 10.6, 14.4", needs=_SOAP)
def which_families_are_there(pod: Pod) -> str:
    """Which words does ListActivityTypes give?"""
    return ", ".join(message.words(message.ask(pod, "ListActivityTypes"), "ActivityTypes"))


def _names(pod: Pod, operation: str, member: str) -> str:
    found = message.ask(pod, operation, member)
    return ", ".join(message.text(each, "InternalName") for each in message.inside(found, "Fields"))


@probe("soap.fields.company", source="soap 14.4", needs=_SOAP)
def which_fields_has_a_company(pod: Pod) -> str:
    """Which fields has a company, in their order?"""
    return _names(pod, "DescribeEntity", _kind(COMPANY))


@probe("soap.fields.card", source="soap 14.4", needs=_WRITES)
def which_fields_has_a_card(pod: Pod) -> str:
    """Which fields has a data card of a set with one field, in their order?"""
    return _names(pod, "DescribeEntity", _kind(card_set(pod)))


@probe("soap.fields.email", source="soap 14.4", needs=_SOAP)
def which_fields_has_an_email(pod: Pod) -> str:
    """Which fields has an e-mail, in their order?"""
    return _names(pod, "DescribeAsset", message.of_kind("assetType", Kind(0, "Email", "Email")))


def _described(name: str) -> None:
    def ask_it(pod: Pod) -> str:
        found = message.call(pod, "DescribeEntity", _kind(Kind(0, name, "Base")))
        return told(found) if found.status != 200 else _names(pod, "DescribeEntity", _kind(Kind(0, name, "Base")))

    ask_it.__doc__ = f"Which fields has a {name}, in their order?"
    probe(f"soap.fields.{name.lower()}", source="soap 14.4", needs=_SOAP)(ask_it)


for _name in ("Prospect", "Visitor", "ProcessedActivity"):
    _described(_name)


@probe("soap.deployment-states", source="soap 8, 14.4", needs=[*_WRITES, Need.MAIL])
def which_states_has_a_deployment(pod: Pod) -> str:
    """Which states does a deployment to a contact go through?"""
    (key, _), contact = email(pod), made(pod)
    members = {"ContactId": contact, "EmailId": key, "Name": pod.name("deployment")}
    settings = message.many("deploySettings", *(message.member(each, value) for each, value in members.items()))
    found = message.ask(pod, "Deploy", settings)
    states = [message.text(found, "State")]
    for _ in range(5):
        pod.wait(10)
        found = message.ask(pod, "GetDeployment", message.member("deploymentId", message.number(found, "Id")))
        states.append(message.text(found, "State"))
    return ", ".join(dict.fromkeys(states))


_ZONES = {"UTC": UTC, "Eastern": ZoneInfo("America/New_York"), "Pacific": ZoneInfo("America/Los_Angeles")}


@probe("soap.date-zone", source="soap 10.8, 14.5", needs=_WRITES)
def where_are_dates_of_contacts(pod: Pod) -> str:
    """In which zone is `C_DateCreated` of a contact?"""
    text = message.values(retrieve(pod, [made(pod)])[0])["C_DateCreated"]
    now, moment = parsedate_to_datetime(pod.exchanges[-1].headers["date"]), datetime.fromisoformat(text)
    near = [name for name, zone in _ZONES.items() if abs((moment.replace(tzinfo=zone) - now).total_seconds()) < 1800]
    return ", ".join(near) or f"{text} at {now.isoformat()}"


@probe("soap.after-2013", source="soap 14.6")
def what_was_changed_after_2013(pod: Pod) -> str:
    """Which operations and types do the descriptions have beside those of 2013, and which do they lack?"""
    changes = []
    for service in SERVICES.values():
        found = Description(pod, f"/API/1.2/{service.file}.svc?wsdl")
        there = {*found.operations(), *(f"type {name[1]}" for name in found.types())}
        known = {*(each.name for each in service.operations), *(f"type {name[1]}" for name in service.types)}
        changes += [f"+ {each}" for each in sorted(there - known)] + [f"- {each}" for each in sorted(known - there)]
    return ", ".join(changes) or "none"
