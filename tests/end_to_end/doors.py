"""The three doors, opened by hand over one connection that is kept: JSON, CSV, and envelopes written as text."""

from __future__ import annotations

import base64
import csv
import io
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from lxml import etree

ELOQUA = "https://secure.eloqua.com/API/1.2"
_ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
_SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_IN = f"{{{ELOQUA}}}"
_PATIENCE = 20.0


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    status: int
    reason: str
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Wire:
    """HTTP as one user."""

    def __init__(self, base_url: str, user: tuple[str, str]) -> None:
        self.user = user
        self._basic = "Basic " + base64.b64encode(":".join(user).encode()).decode()
        self._connection = HTTPConnection(base_url.removeprefix("http://"), timeout=30)

    def __call__(
        self, method: str, path: str, body: bytes | None = None, content_type: str = "application/json", **query: Any
    ) -> Answer:
        headers = {"Authorization": self._basic} | ({} if body is None else {"Content-Type": content_type})
        self._connection.request(method, f"{path}?{urlencode(query)}" if query else path, body, headers)
        answer = self._connection.getresponse()
        return Answer(answer.status, answer.reason, answer.read())

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class Rest:
    """REST: one call at a time, and lists to their end."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def __call__(self, method: str, path: str, body: Any = None, *, version: str = "1.0", **query: Any) -> Answer:
        content = None if body is None else json.dumps(body).encode()
        return self._wire(method, f"/API/REST/{version}{path}", content, **query)

    def all(self, path: str, size: int, **query: Any) -> list[dict[str, Any]]:
        """A list, page by page, at depth complete; every page says how many there are in all."""
        found: list[dict[str, Any]] = []
        for page in range(1, 1000):
            answer = self("GET", path, depth="complete", count=size, page=page, **query)
            assert answer.status == 200, (path, query, answer)
            part = answer.json()
            assert (part["page"], part["pageSize"]) == (page, size)
            found += part["elements"]
            if len(part["elements"]) < size:
                assert part["total"] == len(found)
                return found
        raise AssertionError("a list without an end")


class Bulk:
    """Bulk 2.0: definitions, uploads, syncs."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> Answer:
        content = None if body is None else json.dumps(body).encode()
        return self._wire(method, f"/API/Bulk/2.0{path}", content, **query)

    def define(self, kind: str, **definition: Any) -> str:
        """The uri of a new import or export."""
        answer = self("POST", f"/contacts/{kind}", {"name": "one", **definition})
        assert answer.status == 201, (definition, answer)
        return str(answer.json()["uri"])

    def stage(self, uri: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Upload rows as JSON."""
        answer = self("POST", f"{uri}/data", rows)
        assert answer.status == 204, (rows, answer)

    def stage_csv(self, uri: str, header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
        """Upload rows as CSV."""
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, header, restval="")
        writer.writeheader()
        writer.writerows(rows)
        answer = self._wire("POST", f"/API/Bulk/2.0{uri}/data", written.getvalue().encode(), "text/csv")
        assert answer.status == 204, (written.getvalue(), answer)

    def run(self, uri: str) -> dict[str, Any]:
        """Sync a definition to its end."""
        answer = self("POST", "/syncs", {"syncedInstanceUri": uri})
        assert answer.status == 201, (uri, answer)
        sync = answer.json()["uri"]
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            found: dict[str, Any] = self("GET", sync).json()
            if found["status"] not in ("pending", "active"):
                return found
            time.sleep(0.0005)
        raise AssertionError(f"{sync} does not end")

    def items(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """The items of a list or of exported rows."""
        found: list[dict[str, Any]] = self("GET", path, **query).json().get("items", [])
        return found

    def rows(self, uri: str, size: int) -> list[dict[str, str]]:
        """What an export finds, page by page; it says itself how many rows it found."""
        sync = self.run(uri)
        assert sync["status"] == "success", self.items(f"{sync['uri']}/logs")
        found: list[dict[str, str]] = []
        while True:
            page = self("GET", f"{sync['uri']}/data", limit=size, offset=len(found)).json()
            found += page.get("items", [])
            if not page["hasMore"]:
                assert page["totalResults"] == len(found)
                return found


Entity = tuple[int, dict[str, str]]
"""Id and field values."""


@dataclass(frozen=True)
class Outcome:
    """A `CreateResult`, `UpdateResult` or `DeleteResult`."""

    id: int
    errors: list[str]
    """Their codes."""


class Soap:
    """The operations on contacts and on contact groups."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def write(self, operation: str, entities: Sequence[tuple[int, Mapping[str, str]]]) -> list[Outcome]:
        """Create or Update."""
        bodies = "".join(
            f"<DynamicEntity>{_type('EntityType')}<FieldValueCollection>{_pairs(values)}</FieldValueCollection>"
            f"<Id>{key}</Id></DynamicEntity>"
            for key, values in entities
        )
        return self._outcomes(operation, f"<entities>{bodies}</entities>")

    def delete(self, ids: Iterable[int]) -> list[Outcome]:
        """Delete."""
        return self._outcomes("Delete", _type("entityType") + _array("ids", "int", ids))

    def retrieve(self, ids: Iterable[int], fields: Iterable[str]) -> list[Entity | None]:
        """Retrieve: None for what is nil."""
        body = _type("entityType") + _array("ids", "int", ids) + _array("fieldNames", "string", fields)
        return [
            None if each.get(f"{{{_INSTANCE}}}nil") == "true" else _entity(each)
            for each in self._call("Retrieve", body)
        ]

    def query(self, text: str, fields: Sequence[str], size: int) -> list[Entity]:
        """Query, page by page."""
        found: list[Entity] = []
        for page in range(1, 1000):
            body = (
                f"{_type('eloquaType')}<searchQuery>{_text(text)}</searchQuery>{_array('fieldNames', 'string', fields)}"
                f"<pageNumber>{page}</pageNumber><pageSize>{size}</pageSize>"
            )
            result = self._call("Query", body)
            found += [_entity(each) for each in result.iterfind(f"{_IN}Entities/{_IN}DynamicEntity")]
            if page >= int(result.findtext(f"{_IN}TotalPages") or 0):
                assert int(result.findtext(f"{_IN}TotalRecords") or 0) == len(found)
                return found
        raise AssertionError("a query without an end")

    def make_group(self, name: str) -> Outcome:
        """CreateAsset of a contact group."""
        pair = f"<AssetFields><InternalName>name</InternalName><Value>{_text(name)}</Value></AssetFields>"
        fields = f"<FieldValueCollection>{pair}</FieldValueCollection>"
        body = f"<assets><DynamicAsset>{_GROUP}{fields}</DynamicAsset></assets>"
        return self._outcomes("CreateAsset", body)[0]

    def delete_group(self, key: int) -> Outcome:
        """DeleteAsset of a contact group."""
        group = _GROUP.replace("AssetType", "assetType")
        return self._outcomes("DeleteAsset", group + _array("ids", "int", [key]))[0]

    def move(self, operation: str, contact: int, group: int) -> bool:
        """AddGroupMember or RemoveGroupMember."""
        member = f"<entity>{_type('EntityType')}<Id>{contact}</Id></entity><asset>{_GROUP}<Id>{group}</Id></asset>"
        return self._call(operation, member).findtext(f"{_IN}Success") == "true"

    def groups_of(self, contact: int) -> list[int]:
        """ListGroupMembership."""
        found = self._call("ListGroupMembership", f"<entity>{_type('EntityType')}<Id>{contact}</Id></entity>")
        return [int(each.findtext(f"{_IN}Id") or 0) for each in found]

    def _outcomes(self, operation: str, body: str) -> list[Outcome]:
        found = []
        for each in self._call(operation, body):
            errors = [code.text or "" for code in each.iterfind(f"{_IN}Errors/{_IN}Error/{_IN}ErrorCode")]
            assert each.findtext(f"{_IN}Success") in (None, "false" if errors else "true")
            found.append(Outcome(int(each.findtext(f"{_IN}ID") or 0), errors))
        return found

    def _call(self, operation: str, body: str) -> etree._Element:
        name, password = self._wire.user
        envelope = (
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>'
            f'<o:Security xmlns:o="{_SECURITY}"><o:UsernameToken><o:Username>{name}</o:Username>'
            f"<o:Password>{password}</o:Password></o:UsernameToken></o:Security></s:Header>"
            f'<s:Body><{operation} xmlns="{ELOQUA}">{body}</{operation}></s:Body></s:Envelope>'
        )
        answer = self._wire("POST", "/API/1.2/Service.svc", envelope.encode(), "text/xml; charset=utf-8")
        assert answer.status == 200, (operation, body, answer)
        result = etree.fromstring(answer.body).find(f".//{_IN}{operation}Result")
        assert result is not None, answer
        return result


_GROUP = "<AssetType><ID>0</ID><Name/><Type>ContactGroup</Type></AssetType>"


def _text(value: str) -> str:
    return escape(value, {"\r": "&#13;"})


def _type(name: str) -> str:
    return f"<{name}><ID>0</ID><Name>Contact</Name><Type>Base</Type></{name}>"


def _pairs(values: Mapping[str, str]) -> str:
    return "".join(
        f"<EntityFields><InternalName>{name}</InternalName><Value>{_text(value)}</Value></EntityFields>"
        for name, value in values.items()
    )


def _array(name: str, item: str, values: Iterable[object]) -> str:
    items = "".join(f"<a:{item}>{_text(str(each))}</a:{item}>" for each in values)
    return f'<{name} xmlns:a="{_ARRAYS}">{items}</{name}>'


def _entity(element: etree._Element) -> Entity:
    pairs = element.iterfind(f"{_IN}FieldValueCollection/{_IN}EntityFields")
    values = {each.findtext(f"{_IN}InternalName") or "": each.findtext(f"{_IN}Value") or "" for each in pairs}
    return int(element.findtext(f"{_IN}Id") or 0), values
