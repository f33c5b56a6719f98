"""Imports and exports of Bulk 2.0 as contracts make them: defined, staged, run to their end, read back (`bulk` 1).

The contacts of a contract bear a mark of its own, by which exports find them again and nobody else's.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod

BULK = "/API/Bulk/2.0"
CSV = "text/csv; charset=utf-8"
MARK = "{{Contact.Field(C_Salesperson)}}"
CONTACT = {
    "email": "{{Contact.Field(C_EmailAddress)}}",
    "first": "{{Contact.Field(C_FirstName)}}",
    "last": "{{Contact.Field(C_LastName)}}",
    "mark": MARK,
}
_IN_REST = {"email": "emailAddress", "first": "firstName", "last": "lastName", "mark": "salesPerson"}
Rows = Sequence[Mapping[str, str]]


def contact_import(pod: Pod, **changes: Any) -> dict[str, Any]:
    """The definition of an import of contacts by their address."""
    return {"name": pod.name("import"), "fields": CONTACT, "identifierFieldName": "email"} | changes


def contact_export(pod: Pod, mark: str, **changes: Any) -> dict[str, Any]:
    """The definition of an export of the contacts with a mark."""
    return {"name": pod.name("export"), "fields": CONTACT, "filter": marked(mark)} | changes


def marked(mark: str) -> str:
    """The filter that finds the contacts with a mark."""
    return f"'{MARK}' = '{mark}'"


def staged(pod: Pod, definition: str, rows: Any) -> Exchange:
    """An upload of JSON to a definition."""
    return pod.signed("POST", f"{BULK}{definition}/data", json.dumps(rows).encode())


def staged_csv(pod: Pod, definition: str, table: str | bytes, *, media: str = "text/csv") -> Exchange:
    """An upload of CSV."""
    content = table if isinstance(table, bytes) else table.encode()
    return pod.signed("POST", f"{BULK}{definition}/data", content, headers={"content-type": media})


def loaded(pod: Pod, rows: Rows, *, path: str = "/contacts/imports", **changes: Any) -> Any:
    """The sync of an import that took rows, when it has ended; its definition is one of contacts unless told.

    The upload starts it: calls of Bulk are few in a day.
    """
    definition = pod.defined(path, contact_import(pod, isSyncTriggeredOnImport=True, **changes))
    return loaded_again(pod, definition["uri"], rows)


def loaded_again(pod: Pod, definition: str, rows: Rows) -> Any:
    """The sync of more rows for the definition of such an import, when it has ended."""
    sync = staged(pod, definition, rows).expect(201).json()
    return pod.ended(sync["uri"])


def exported(pod: Pod, mark: str, **changes: Any) -> list[dict[str, str]]:
    """What an export finds of the contacts with a mark, in no order."""
    return found(pod, "/contacts/exports", contact_export(pod, mark, **changes))


def seen(pod: Pod, mark: str) -> list[dict[str, str]]:
    """The contacts with a mark as REST tells them, in the order of their addresses: one call, and none of Bulk."""
    answer = pod.rest("GET", "/data/contacts", search=f"C_Salesperson='{mark}'", depth="complete").expect(200)
    rows = [{key: each.get(name, "") for key, name in _IN_REST.items()} for each in answer.json()["elements"]]
    return sorted(rows, key=lambda row: row["email"])


def found(pod: Pod, path: str, definition: Mapping[str, Any]) -> list[dict[str, str]]:
    """What an export of any entity finds."""
    return data_of(pod, pod.synced(pod.defined(path, definition)["uri"]))


def data_of(pod: Pod, sync: Mapping[str, Any], **page: Any) -> list[dict[str, str]]:
    """The rows that a sync found, or a page of them."""
    rows: list[dict[str, str]] = pod.bulk("GET", f"{sync['uri']}/data", **page).expect(200).json().get("items", [])
    return rows


def table_of(pod: Pod, sync: Mapping[str, Any], **page: Any) -> list[dict[str, str]]:
    """The same as CSV."""
    path, headers = f"{BULK}{sync['uri']}/data", {"accept": "text/csv"}
    answer = pod.signed("GET", path, headers=headers, params=page).expect(200)
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))


def written(keys: Iterable[str], rows: Rows, *, end: str = "\r\n") -> str:
    """Rows as CSV below a header."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(keys), lineterminator=end)
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def log_of(pod: Pod, sync: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines of a sync's log."""
    lines: list[dict[str, Any]] = pod.bulk("GET", f"{sync['uri']}/logs").expect(200).json()["items"]
    return lines


def counts_of(pod: Pod, sync: Mapping[str, Any]) -> dict[str, int]:
    """Code to count, over a sync's log."""
    return {line["statusCode"]: line["count"] for line in log_of(pod, sync)}


def rejects_of(pod: Pod, sync: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rejects of a sync."""
    rejects: list[dict[str, Any]] = pod.bulk("GET", f"{sync['uri']}/rejects").expect(200).json()["items"]
    return rejects


def contact_of(pod: Pod, address: str) -> dict[str, Any] | None:
    """The contact with an address, as REST has it; None where there is none."""
    found = pod.rest("GET", "/data/contacts", search=f"C_EmailAddress='{address}'", depth="complete").expect(200)
    elements: list[dict[str, Any]] = found.json()["elements"]
    return elements[0] if elements else None
