"""The form of answers of SOAP, to the letter: some clients read them as text (`soap` 3.2, 5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from eloqua_contracts.catalogue.soap_emails import details
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.soap.table import NAMESPACE

_UTILITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
_STAMP = re.compile(
    r'<u:Timestamp u:Id="_0">\s*<u:Created>([^<]+)</u:Created>\s*<u:Expires>([^<]+)</u:Expires>\s*</u:Timestamp>'
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_SECURITY = re.compile(r'<o:Security s:mustUnderstand="1" xmlns:o="[^"]+wssecurity-secext-1\.0\.xsd">')
_NOBODY = 2_000_000_000


def _list(pod: Pod) -> Exchange:
    return message.call(pod, "ListEntityTypes").expect(200)


def _nil(pod: Pod) -> Exchange:
    ids = message.numbers("ids", [_NOBODY])
    return message.call(pod, "Retrieve", message.of_kind("entityType", message.CONTACT), ids).expect(200)


def _fault(pod: Pod) -> Exchange:
    return message.call(pod, "Query").expect(500)


def _scalar(pod: Pod) -> Exchange:
    return message.call(pod, "CreateHtmlEmail", details(pod.name("email"))).expect(200)


def _nothing_found(pod: Pod) -> Exchange:
    kind = message.of_kind("eloquaType", message.CONTACT)
    text = message.member("searchQuery", "C_EmailAddress='nobody@contracts.example.com'")
    page = message.member("pageNumber", 1), message.member("pageSize", 1)
    return message.call(pod, "Query", kind, text, *page).expect(200)


def held(pod: Pod, get: Callable[[Pod], Exchange], pattern: str, what: str) -> None:
    """Is there something of this pattern in the body?"""
    body = get(pod).body.decode()
    expect(that=re.search(pattern, body) is not None, otherwise=what, found=body)


_ENVELOPE = rf'^<s:Envelope xmlns:s="http://schemas\.xmlsoap\.org/soap/envelope/" xmlns:u="{re.escape(_UTILITY)}">'
_INSTANCE = r'xmlns:i="http://www\.w3\.org/2001/XMLSchema-instance"'
_OURS = re.escape(NAMESPACE)
_TEXTS: tuple[tuple[str, str, Callable[[Pod], Exchange], str], ...] = (
    ("envelope", "The envelope has the prefix `s`, and declares `s` and `u` in this order.", _list, _ENVELOPE),
    ("header-and-body", "Header and body follow with the same prefix.", _list, r"<s:Header>.*</s:Header>\s*<s:Body>"),
    (
        "no-prefix",
        "The answer declares the namespace of Eloqua without a prefix.",
        _list,
        rf'<s:Body>\s*<ListEntityTypesResponse xmlns="{_OURS}">',
    ),
    (
        "instance-on-the-result",
        "The prefix `i` of schema instances is declared on the result.",
        _list,
        rf"<ListEntityTypesResult {_INSTANCE}>",
    ),
    (
        "prefix-a",
        "A foreign namespace is `a`, declared on the element around the first child that has it.",
        _list,
        rf'<EntityTypes xmlns:a="{re.escape(message.ARRAYS)}">\s*<a:string>Base</a:string>',
    ),
    ("nil", "What is null is there as `i:nil`.", _nil, r'<DynamicEntity i:nil="true"/>'),
    ("nothing", "A list without items is an empty element.", _nothing_found, r"<Entities/>"),
    (
        "numbers",
        "Numbers are written although they are 0.",
        _nothing_found,
        r"<TotalPages>0</TotalPages>\s*<TotalRecords>0</TotalRecords>",
    ),
    ("fault", "A fault is `s:Fault`, its parts without a prefix.", _fault, r"<s:Body>\s*<s:Fault>\s*<faultcode>"),
    (
        "fault-code",
        "The code of a ValidationFault is `s:Client`.",
        _fault,
        r"<faultcode>s:Client</faultcode>",
    ),
    (
        "fault-reason",
        "A fault of the contract has the reason of the framework, in `en-US`.",
        _fault,
        r'<faultstring xml:lang="en-US">The creator of this fault did not specify a Reason\.</faultstring>',
    ),
    (
        "fault-detail",
        "The details of a ValidationFault are in their own namespace, each with a Key that is nil, Message and Tag.",
        _fault,
        (
            r'<detail>\s*<ValidationFault xmlns="[^"]+/validation" xmlns:i="[^"]+">\s*<Details xmlns:a="[^"]+">\s*'
            r'<a:ValidationDetail>\s*<a:Key i:nil="true"/>\s*<a:Message>[^<]+</a:Message>\s*<a:Tag>'
        ),
    ),
)


def _written(name: str, sentence: str, get: Callable[[Pod], Exchange], pattern: str, *needs: Need) -> None:
    def check(pod: Pod) -> None:
        held(pod, get, pattern, sentence)

    check.__doc__ = sentence
    source = "soap 5.1, Q72" if name.startswith("fault") else "soap 3.2"
    contract(f"soap.wire.{name}", sure=Sure.RECORDED, source=source, needs=[Need.SOAP, *needs])(check)


for _row in _TEXTS:
    _written(*_row)
_written(
    "scalar",
    "A result that is one value has its text in the result itself, which declares nothing.",
    _scalar,
    r"<CreateHtmlEmailResult>\d+</CreateHtmlEmailResult>",
    Need.WRITES,
)


@contract("soap.wire.timestamp", sure=Sure.RECORDED, source="soap 3.2, Q70", needs=[Need.SOAP])
def every_answer_has_a_timestamp(pod: Pod) -> None:
    """Answers and faults have a security header that must be understood, with a timestamp of five minutes."""
    for found in (_list(pod), _fault(pod)):
        body = found.body.decode()
        expect(that=_SECURITY.search(body) is not None, otherwise="there is a security header", found=body)
        stamp = _STAMP.search(body)
        moments = stamp.groups() if stamp else ()
        is_so = len(moments) == 2 and all(map(_MOMENT.fullmatch, moments))
        expect(that=is_so, otherwise="there is a timestamp with milliseconds and Z", found=body)
        created, expires = (datetime.fromisoformat(each) for each in moments)
        expect(that=expires - created == timedelta(minutes=5), otherwise="it is good for five minutes", found=moments)
        off = abs(datetime.now(UTC) - created)  # noqa: TID251  it is of real time, whatever a site's clock shows
        expect(that=off < timedelta(hours=1), otherwise="it is of now", found=created)


@contract("soap.wire.content-type", sure=Sure.CLIENT, source="soap 3.2, clients 6", needs=[Need.SOAP])
def answers_and_faults_are_text_xml(pod: Pod) -> None:
    """Results are 200, faults 500, both `text/xml` in UTF-8."""
    for found in (_list(pod), _fault(pod)):
        kind = found.headers.get("content-type", "").replace(" ", "").lower()
        expect(that=kind == "text/xml;charset=utf-8", otherwise="it is text/xml; charset=utf-8", found=kind)


_MESSAGES = {
    "eloquaType": "The value cannot be null.",
    "searchQuery": "The SearchQuery parameter is not in the correct format.",
    "pageNumber": 'The value must fall within the range "1" (Inclusive) - "-1" (Ignore).',
    "pageSize": 'The value must fall within the range "1" (Inclusive) - "200" (Inclusive).',
}


@contract("soap.fault.query-validation", sure=Sure.RECORDED, source="soap 5.1", needs=[Need.SOAP])
def all_broken_parameters_are_told_at_once(pod: Pod) -> None:
    """A Query with nothing valid is a ValidationFault with four details, one for each parameter, in their words."""
    found = message.refusal(pod, "Query")

    expect(that=found.name == "ValidationFault", otherwise="it is a ValidationFault", found=found.name)
    said = dict(found.details)
    expect(that=said == _MESSAGES and len(found.details) == 4, otherwise=f"it says {_MESSAGES}", found=found.details)


_VALID = {
    "eloquaType": message.of_kind("eloquaType", message.CONTACT),
    "searchQuery": message.member("searchQuery", "C_EmailAddress='nobody@contracts.example.com'"),
    "pageNumber": message.member("pageNumber", 1),
    "pageSize": message.member("pageSize", 200),
}
_WRONG = (
    ("no-type", "eloquaType", "", "no type"),
    ("empty-query", "searchQuery", message.member("searchQuery", ""), "an empty query"),
    ("no-query", "searchQuery", "", "no query"),
    ("page-0", "pageNumber", message.member("pageNumber", 0), "page 0"),
    ("page-below-0", "pageNumber", message.member("pageNumber", -1), "page -1"),
    ("size-0", "pageSize", message.member("pageSize", 0), "a page of 0"),
    ("size-201", "pageSize", message.member("pageSize", 201), "a page of 201"),
)


def _one_wrong(name: str, parameter: str, member: str, what: str) -> None:
    def check(pod: Pod) -> None:
        members = _VALID | {parameter: member}

        found = message.refusal(pod, "Query", *members.values())

        wanted = [(parameter, _MESSAGES[parameter])]
        expect(that=found.details == wanted, otherwise=f"it says {wanted}", found=found.details)

    check.__doc__ = f"A Query with {what} is a ValidationFault about `{parameter}` alone."
    contract(f"soap.query.{name}", sure=Sure.RECORDED, source="soap 5.1, 10.4", needs=[Need.SOAP])(check)


for _each in _WRONG:
    _one_wrong(*_each)


@contract("soap.query.size-200", sure=Sure.CLIENT, source="soap 10.4, 11, platform T15", needs=[Need.SOAP])
def two_hundred_is_a_page(pod: Pod) -> None:
    """A page of 200 is answered."""
    message.ask(pod, "Query", *_VALID.values())
