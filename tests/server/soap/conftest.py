"""SOAP calls as hand-written envelopes, their answers read by the standard library; and a real toolkit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

import httpx2
import pytest
import zeep.exceptions
from tests.server.soap.toolkit import detail, loaded
from zeep.wsse.username import UsernameToken

from mock_eloqua.embedded import EloquaSite

S = "http://schemas.xmlsoap.org/soap/envelope/"
ELQ = "https://secure.eloqua.com/API/1.2"
ARR = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
CONTACT = "<ID>0</ID><Name>Contact</Name><Type>Base</Type>"
XML = "text/xml; charset=utf-8"


@dataclass(frozen=True)
class Fault:
    """What a fault says."""

    namespace: str
    code: str
    reason: str
    detail: str | None
    """The local name of the element in its detail."""


@dataclass(frozen=True)
class Result:
    """One result of create, update or delete."""

    id: int
    success: bool | None
    """None where the result has no such member."""
    errors: list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """The answer to a query."""

    entities: list[dict[str, str]]
    pages: int
    records: int


class Soap:
    """Calls to one of the services as one user."""

    def __init__(self, client: httpx2.Client, user: str, password: str, service: str = "Service") -> None:
        self._client = client
        self.user = user
        self.password = password
        self.service = service

    def at(self, service: str) -> Soap:
        """The same user's calls to another service."""
        return Soap(self._client, self.user, self.password, service)

    def as_user(self, name: str, password: str = "s3cret") -> Soap:
        """The same calls as somebody else of the default site."""
        return Soap(self._client, f"MockCo\\{name}", password, self.service)

    def send(self, raw: bytes, content_type: str | None = XML, action: str | None = '""') -> httpx2.Response:
        """Post these bytes."""
        headers = {"Content-Type": content_type, "SOAPAction": action}
        return self._client.post(
            f"/API/1.2/{self.service}.svc",
            content=raw,
            headers={name: value for name, value in headers.items() if value is not None},
        )

    def security(self, inside: str = "") -> str:
        """A security header with the user's token, without a timestamp."""
        return (
            f'<o:Security xmlns:o="{WSSE}">{inside}<o:UsernameToken><o:Username>{escape(self.user)}</o:Username>'
            f"<o:Password>{escape(self.password)}</o:Password></o:UsernameToken></o:Security>"
        )

    def envelope(self, body: str, header: str | None = None) -> str:
        """An envelope around an operation."""
        return (
            f'<s:Envelope xmlns:s="{S}"><s:Header>{self.security() if header is None else header}</s:Header>'
            f"<s:Body>{body}</s:Body></s:Envelope>"
        )

    def post(self, body: str, **options: Any) -> httpx2.Response:
        """Call an operation, written as XML."""
        return self.send(self.envelope(body).encode(), **options)

    def call(self, operation: str, members: str = "", **options: Any) -> httpx2.Response:
        """Call an operation by its name with the XML of its members."""
        return self.post(f'<{operation} xmlns="{ELQ}">{members}</{operation}>', **options)

    def refused(self, operation: str, members: str = "") -> Fault:
        """The fault of a call."""
        return self.fault(self.call(operation, members))

    def create(self, *contacts: Mapping[str, str]) -> list[Result]:
        """Make contacts of internal field names and values."""
        return self.results(self.call("Create", self.entities(contacts)), "Create")

    def update(self, *changes: tuple[int, Mapping[str, str]]) -> list[Result]:
        """Write to contacts by id."""
        written = "".join(self.entity(values, key) for key, values in changes)
        return self.results(self.call("Update", f"<entities>{written}</entities>"), "Update")

    def delete(self, *keys: int) -> list[Result]:
        """Remove contacts."""
        return self.results(self.call("Delete", self.by_id(keys)), "Delete")

    def retrieve(self, *keys: int, fields: Iterable[str] | None = None) -> list[dict[str, str] | None]:
        """Contacts by id."""
        wanted = "" if fields is None else self.strings("fieldNames", fields)
        answer = self.call("Retrieve", self.by_id(keys) + wanted)
        return [_fields(each) for each in _result(answer, "Retrieve")]

    def query(
        self, text: str, page: int = 1, size: int = 200, fields: Iterable[str] | None = ("C_EmailAddress",)
    ) -> Page:
        """A page of the contacts that a query finds."""
        found = _result(self.call("Query", self.querying(text, page, size, fields)), "Query")
        return Page(
            [_fields(each) or {} for each in found.iterfind(f"{{{ELQ}}}Entities/*")],
            int(found.findtext(f"{{{ELQ}}}TotalPages") or -1),
            int(found.findtext(f"{{{ELQ}}}TotalRecords") or -1),
        )

    @staticmethod
    def entity(values: Mapping[str, str], key: int | None = None) -> str:
        """A contact as a `DynamicEntity`."""
        pairs = "".join(
            f"<EntityFields><InternalName>{name}</InternalName><Value>{escape(value)}</Value></EntityFields>"
            for name, value in values.items()
        )
        named = "" if key is None else f"<Id>{key}</Id>"
        return (
            f"<DynamicEntity><EntityType>{CONTACT}</EntityType>"
            f"<FieldValueCollection>{pairs}</FieldValueCollection>{named}</DynamicEntity>"
        )

    @staticmethod
    def entities(contacts: Iterable[Mapping[str, str]]) -> str:
        """The members of a Create."""
        return f"<entities>{''.join(Soap.entity(each) for each in contacts)}</entities>"

    @staticmethod
    def strings(member: str, items: Iterable[object], kind: str = "string") -> str:
        """A member that is a list of strings or ints."""
        inside = "".join(f"<a:{kind}>{escape(str(each))}</a:{kind}>" for each in items)
        return f'<{member} xmlns:a="{ARR}">{inside}</{member}>'

    @staticmethod
    def by_id(keys: Iterable[object]) -> str:
        """The first members of Retrieve and Delete."""
        return f"<entityType>{CONTACT}</entityType>" + Soap.strings("ids", keys, "int")

    @staticmethod
    def querying(text: str, page: object = 1, size: object = 200, fields: Iterable[str] | None = None) -> str:
        """The members of a Query."""
        wanted = "" if fields is None else Soap.strings("fieldNames", fields)
        return (
            f"<eloquaType>{CONTACT}</eloquaType><searchQuery>{escape(text)}</searchQuery>{wanted}"
            f"<pageNumber>{page}</pageNumber><pageSize>{size}</pageSize>"
        )

    @staticmethod
    def results(answer: httpx2.Response, operation: str) -> list[Result]:
        """The results in an answer."""
        return [_one_result(each) for each in _result(answer, operation)]

    @staticmethod
    def fault(answer: httpx2.Response) -> Fault:
        """The fault in an answer."""
        assert answer.status_code == 500, answer.text
        found = _body(answer)
        assert found.tag == f"{{{S}}}Fault", answer.text
        prefix, _, code = (found.findtext("faultcode") or "").partition(":")
        declared = re.search(rf'xmlns:{prefix}="([^"]*)"', answer.text)
        assert declared, answer.text
        inside = found.find("detail")
        detail = None if inside is None else inside[0].tag.rpartition("}")[2]
        return Fault(declared[1], code, found.findtext("faultstring") or "", detail)


def envelope_of(answer: httpx2.Response) -> bytes:
    """The envelope of an answer, out of its MIME where it is MTOM."""
    if answer.headers["content-type"] == XML:
        return answer.content
    return parts_of(answer)[0]


def parts_of(answer: httpx2.Response) -> list[bytes]:
    """The envelope of an answer in MTOM, and what is beside it."""
    media = answer.headers["content-type"]
    assert media.startswith("multipart/related;"), (answer.status_code, answer.text)
    whole = message_from_bytes(f"Content-Type: {media}\r\n\r\n".encode() + answer.content, policy=HTTP)
    return [bytes(each.get_payload(decode=True)) for each in whole.iter_parts()]


def _body(answer: httpx2.Response) -> Element:
    body = ET.fromstring(envelope_of(answer)).find(f"{{{S}}}Body")  # noqa: S314  our own server's answer
    assert body is not None
    return body[0]


def _result(answer: httpx2.Response, operation: str) -> Element:
    found = _body(answer).find(f"{{{ELQ}}}{operation}Result")
    assert answer.status_code == 200, answer.text
    assert found is not None, answer.text
    return found


def _one_result(element: Element) -> Result:
    success = element.findtext(f"{{{ELQ}}}Success")
    errors = [
        (each.findtext(f"{{{ELQ}}}ErrorCode") or "", each.findtext(f"{{{ELQ}}}Message") or "")
        for each in element.iterfind(f"{{{ELQ}}}Errors/{{{ELQ}}}Error")
    ]
    return Result(int(element.findtext(f"{{{ELQ}}}ID") or "0"), None if success is None else success == "true", errors)


def _fields(element: Element) -> dict[str, str] | None:
    if element.get(NIL) == "true":
        return None
    pairs = {
        each.findtext(f"{{{ELQ}}}InternalName") or "": each.findtext(f"{{{ELQ}}}Value") or ""
        for each in element.iterfind(f"{{{ELQ}}}FieldValueCollection/*")
    }
    return pairs | {"Id": element.findtext(f"{{{ELQ}}}Id") or ""}


@pytest.fixture
def soap(eloqua: EloquaSite, connection: httpx2.Client) -> Soap:
    """Calls to `Service.svc` as the user of the test."""
    return Soap(connection, *eloqua.basic_auth)


@pytest.fixture
def service(eloqua: EloquaSite) -> Any:
    """The operations of `Service.svc` as a toolkit offers them, for the user of the test."""
    client = loaded(f"{eloqua.base_url}/API/1.2/Service.svc?wsdl")
    client.wsse = UsernameToken(*eloqua.basic_auth)
    return client.service


class Zeep:
    """The operations of a service, called by zeep: `mail.ListEmails()`, with lists as lists."""

    def __init__(self, eloqua: EloquaSite, service: str, user: tuple[str, str] | None = None) -> None:
        self._eloqua, self._service, self._user = eloqua, service, user or eloqua.basic_auth

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        if operation.startswith("_"):  # what others ask any object for
            raise AttributeError(operation)

        def call(*arguments: Any, **members: Any) -> Any:
            client = loaded(f"{self._eloqua.base_url}/API/1.2/{self._service}.svc?wsdl")
            client.wsse = UsernameToken(*self._user)
            return client.service[operation](*arguments, **members)

        return call

    def as_user(self, name: str) -> Zeep:
        """The same service for somebody else of the default site."""
        return Zeep(self._eloqua, self._service, (f"MockCo\\{name}", "s3cret"))

    def refusal(self, operation: str, *arguments: Any, **members: Any) -> str:
        """The name of the element in the detail of a fault."""
        with pytest.raises(zeep.exceptions.Fault) as caught:
            getattr(self, operation)(*arguments, **members)
        return detail(caught.value)


@pytest.fixture
def mail(eloqua: EloquaSite) -> Zeep:
    """`EmailService.svc` as the user of the test."""
    return Zeep(eloqua, "EmailService")
