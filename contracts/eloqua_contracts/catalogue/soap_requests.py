"""How requests to SOAP may look: what clients of the live service vary (`soap` 3.1, `clients` 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.envelope import SOAP, enveloped
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import SPARE, Login, Pod, Unavailable
from eloqua_contracts.soap import message
from eloqua_contracts.soap.table import NAMESPACE
from eloqua_contracts.strategies import texts

_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
_TEXT = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText"
_ACTION = f"{NAMESPACE}/DynamicEntityService/ListEntityTypes"
LIST = f'<ListEntityTypes xmlns="{NAMESPACE}"/>'
_NOW = timedelta()
_KIND = "text/xml; charset=utf-8"


def sent(pod: Pod, envelope: bytes, *, action: str = f'"{_ACTION}"', kind: str = _KIND, path: str = "") -> Exchange:
    """An envelope, as it is."""
    return pod.call(
        "POST",
        pod.base_url + (path or "/API/1.2/Service.svc"),
        content=envelope,
        headers={"content-type": kind, "soapaction": action},
        role="full",
    )


def signed_in(pod: Pod) -> Login:
    """The user, who has a password."""
    login = pod.login()
    if not login.password:
        raise Unavailable(Need.PASSWORD)
    return login


def header(
    pod: Pod, *, attribute: str = 's:mustUnderstand="1"', kind: str = f' Type="{_TEXT}"', stamp: str = ""
) -> str:
    """The security header of the user."""
    login = signed_in(pod)
    return (
        f'<s:Header><o:Security xmlns:o="{_WSSE}" {attribute}>{stamp}<o:UsernameToken>'
        f"<o:Username>{escape(login.site)}\\{escape(login.name)}</o:Username>"
        f"<o:Password{kind}>{escape(login.password)}</o:Password></o:UsernameToken></o:Security></s:Header>"
    )


def envelope(header: str, body: str = LIST) -> bytes:
    """An envelope of a header and a body."""
    return f'<s:Envelope xmlns:s="{SOAP}">{header}<s:Body>{body}</s:Body></s:Envelope>'.encode()


def stamp(pod: Pod, off: timedelta = _NOW) -> str:
    """A timestamp by the clock of the POD, or so far off."""
    said = sent(pod, envelope(header(pod))).expect(200).xml()
    now = datetime.fromisoformat(said.findtext(f".//{{{_WSU}}}Created") or "") + off
    created, expires = (each.strftime("%Y-%m-%dT%H:%M:%S.000Z") for each in (now, now + timedelta(minutes=5)))
    return (
        f'<u:Timestamp xmlns:u="{_WSU}" u:Id="_0"><u:Created>{created}</u:Created>'
        f"<u:Expires>{expires}</u:Expires></u:Timestamp>"
    )


def expect_types(found: Exchange) -> None:
    """Was ListEntityTypes answered?"""
    there = message.words(message.result(found, "ListEntityTypes"), "EntityTypes")
    expect(that="Base" in there, otherwise="Base is one of them", found=there)


_TOOLKIT = (
    '<SOAP-ENV:Envelope xmlns:SOAP-ENV="{soap}" xmlns:ns1="{ours}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:unused="urn:unused">{header}<SOAP-ENV:Body><ns1:ListEntityTypes></ns1:ListEntityTypes></SOAP-ENV:Body>'
    "</SOAP-ENV:Envelope>"
)
_MIXED = '<s:Envelope xmlns:s="{soap}" xmlns:env="{soap}">{header}<env:Body>{body}</env:Body></s:Envelope>'


def _of_toolkit(pod: Pod) -> bytes:
    signed = header(pod).replace("s:Header", "SOAP-ENV:Header").replace("s:mustUnderstand", "SOAP-ENV:mustUnderstand")
    return _TOOLKIT.format(soap=SOAP, ours=NAMESPACE, header=signed).encode()


_FORMS: tuple[tuple[str, str, Callable[[Pod], Exchange]], ...] = (
    ("no-timestamp", "The security header may do without a timestamp.", lambda pod: sent(pod, envelope(header(pod)))),
    (
        "timestamp",
        "The security header may have a timestamp.",
        lambda pod: sent(pod, envelope(header(pod, stamp=stamp(pod)))),
    ),
    (
        "must-understand-without-namespace",
        '`mustUnderstand="true"` may be without a namespace.',
        lambda pod: sent(pod, envelope(header(pod, attribute='mustUnderstand="true"'))),
    ),
    (
        "no-must-understand",
        "`mustUnderstand` may be left out.",
        lambda pod: sent(pod, envelope(header(pod, attribute=""))),
    ),
    (
        "password-without-type",
        "The password may have no type.",
        lambda pod: sent(pod, envelope(header(pod, kind=""))),
    ),
    (
        "bare-action",
        "The SOAPAction may be without quotes.",
        lambda pod: sent(pod, envelope(header(pod)), action=_ACTION),
    ),
    (
        "prefixes-of-toolkits",
        "Prefixes are whatever a toolkit writes, among declarations that nothing uses.",
        lambda pod: sent(pod, _of_toolkit(pod)),
    ),
    (
        "two-prefixes",
        "Header and body may have different prefixes.",
        lambda pod: sent(pod, _MIXED.format(soap=SOAP, header=header(pod), body=LIST).encode()),
    ),
    (
        "open-and-closed",
        "An operation without members may be one tag, or two.",
        lambda pod: sent(pod, envelope(header(pod), LIST.replace("/>", "></ListEntityTypes>"))),
    ),
    (
        "bare-content-type",
        "The content type may name no charset.",
        lambda pod: sent(pod, envelope(header(pod)), kind="text/xml"),
    ),
    (
        "other-charset-spelling",
        "The charset may be in capital letters, and in quotes.",
        lambda pod: sent(pod, envelope(header(pod)), kind='text/xml;charset="UTF-8"'),
    ),
    (
        "small-path",
        "The file of a service may be in small letters.",
        lambda pod: sent(pod, envelope(header(pod)), path="/API/1.2/service.svc"),
    ),
    (
        "smaller-path",
        "The whole path may be in small letters.",
        lambda pod: sent(pod, envelope(header(pod)), path="/api/1.2/service.svc"),
    ),
    (
        "xml-declaration",
        "An XML declaration may stand in front.",
        lambda pod: sent(pod, b'<?xml version="1.0" encoding="UTF-8"?>\n' + envelope(header(pod))),
    ),
    (
        "white-space",
        "There may be white space between elements.",
        lambda pod: sent(pod, envelope(header(pod)).replace(b"><", b">\r\n  <")),
    ),
)


def _taken(name: str, sentence: str, call: Callable[[Pod], Exchange]) -> None:
    def check(pod: Pod) -> None:
        expect_types(call(pod))

    check.__doc__ = sentence
    contract(f"soap.request.{name}", sure=Sure.CLIENT, source="soap 3.1, clients 6", needs=[Need.SOAP])(check)


for _row in _FORMS:
    _taken(*_row)


@contract("soap.request.any-prefix", sure=Sure.CLIENT, source="clients 6", needs=[Need.SOAP])
def prefixes_say_nothing(pod: Pod, draw: Draw) -> None:
    """A request is the same under any prefixes."""
    prefix = draw(st.from_regex(r"[a-zA-Z][a-zA-Z0-9_-]{0,8}", fullmatch=True))
    body = f'<{prefix}:ListEntityTypes xmlns:{prefix}="{NAMESPACE}"/>'
    login = signed_in(pod)

    expect_types(sent(pod, enveloped(body, user=f"{login.site}\\{login.name}", password=login.password)))


@contract("soap.request.foreign-member", sure=Sure.CLIENT, source="soap 3.1", needs=[Need.SOAP, Need.WRITES])
def what_an_operation_does_not_have_is_passed_over(pod: Pod) -> None:
    """A member that the operation does not have (`fieldList` in Retrieve) is passed over: all fields come back."""
    key = int(pod.made("/data/contact", {"emailAddress": pod.address()})["id"])
    which = message.of_kind("entityType", message.CONTACT), message.numbers("ids", [key])

    one = message.ask(pod, "Retrieve", *which, message.texts("fieldNames", ["C_EmailAddress"]))
    other = message.ask(pod, "Retrieve", *which, message.texts("fieldList", ["C_EmailAddress"]))

    expect(that=len(message.values(one[0])) == 1, otherwise="fieldNames chooses one", found=message.values(one[0]))
    expect(that=len(message.values(other[0])) > 20, otherwise="fieldList chooses none", found=message.values(other[0]))


@contract("soap.request.date-alone", sure=Sure.CLIENT, source="soap 3.1", needs=[Need.SOAP])
def a_date_will_do_for_a_moment(pod: Pod) -> None:
    """Where the contract has a moment a date alone is taken."""
    days = message.member("startDate", "2013-01-31"), message.member("endDate", "2013-02-01")

    message.ask(pod, "GetEmailsSentInTimeRange", *days)


@contract("soap.request.escaped-text", sure=Sure.CLIENT, source="clients 6", needs=[Need.SOAP, Need.WRITES])
def texts_may_be_escaped_in_any_way(pod: Pod, draw: Draw) -> None:
    """A text is the same with its signs escaped by name, by number, or in a CDATA section."""
    text = draw(texts(20)).replace("]]>", "") + "'&\"<>é"
    forms = {
        "name": escape(text, {"'": "&apos;", '"': "&quot;"}),
        "number": "".join(f"&#{ord(sign)};" for sign in text),
        "hexadecimal": "".join(f"&#x{ord(sign):x};" for sign in text),
        "section": f"<![CDATA[{text}]]>",
    }
    address = pod.address()
    kind = message.of_kind("EntityType", message.CONTACT)
    pairs = [("C_EmailAddress", address), ("C_FirstName", forms[draw(st.sampled_from(sorted(forms)))])]
    fields = "".join(
        f"<EntityFields><InternalName>{name}</InternalName><Value>{value}</Value></EntityFields>"
        for name, value in pairs
    )
    record = message.many("DynamicEntity", kind, message.many("FieldValueCollection", fields))

    (made,) = message.outcomes(message.ask(pod, "Create", message.many("entities", record)))

    first = pod.rest("GET", f"/data/contact/{made.id}", depth="complete").expect(200).json()["firstName"]
    expect(that=first == text, otherwise=f"the name is {text!r}", found=first)


# Signing in


@contract("soap.sign-in.wrong-password", sure=Sure.CLIENT, source="soap 4, clients 6", needs=[Need.SOAP, Need.LOCKOUT])
def a_wrong_password_is_a_fault(pod: Pod) -> None:
    """A wrong password is answered with a fault (500), never with 401, and without a detail of the contract."""
    login = pod.login(SPARE)
    envelope = enveloped(LIST, user=f"{login.site}\\{login.name}", password=login.password + "-wrong")

    found = message.fault(sent(pod, envelope))

    expect(that=found.detail is None, otherwise="there is no detail", found=found.name)


@contract("soap.sign-in.nobody", sure=Sure.CLIENT, source="soap 4", needs=[Need.SOAP])
def nobody_is_a_fault(pod: Pod) -> None:
    """Without a security header the answer is a fault."""
    message.fault(sent(pod, enveloped(LIST)))


@contract("soap.sign-in.basic", sure=Sure.CLIENT, source="platform 1.1", needs=[Need.SOAP, Need.PASSWORD])
def basic_is_no_way_in(pod: Pod) -> None:
    """HTTP Basic does not sign calls to SOAP."""
    headers = {
        "content-type": _KIND,
        "soapaction": f'"{_ACTION}"',
        "authorization": signed_in(pod).basic,
    }

    message.fault(pod.call("POST", f"{pod.base_url}/API/1.2/Service.svc", content=enveloped(LIST), headers=headers))


@contract("soap.sign-in.disabled", sure=Sure.DOC, source="platform 1.8, soap 4", needs=[Need.SOAP])
def a_disabled_user_is_a_fault(pod: Pod) -> None:
    """A disabled user is answered with a fault."""
    message.fault(message.call(pod, "ListEntityTypes", role="disabled"))


@contract("soap.sign-in.no-api", sure=Sure.DOC, source="soap 4, platform 3.3", needs=[Need.SOAP])
def who_may_not_use_the_api_is_a_fault(pod: Pod) -> None:
    """A user without the right to use the API is answered with a fault."""
    message.fault(message.call(pod, "ListEntityTypes", role="no api"))
