"""What real clients do with Bulk 2.0, step by step, and what they rely on (`bulk` 22, appendix A)."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.transfer import (
    BULK,
    CONTACT,
    contact_export,
    contact_import,
    data_of,
    loaded,
    marked,
    seen,
    staged,
    staged_csv,
    written,
)
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_WRITES = [Need.WRITES]
_NEEDS = [Need.WRITES, Need.SYNCS]
_POLL = 0.5
_MOST_POLLS = 600


def _statuses(pod: Pod, sync: str) -> list[str]:
    """Those that a client sees who asks twice a second."""
    found: list[str] = []
    while len(found) <= _MOST_POLLS and (not found or found[-1] in {"pending", "active"}):
        pod.wait(_POLL if found else 0)
        found.append(pod.bulk("GET", sync).expect(200).json()["status"])
    return found


@contract("bulk.client.explicit-sync", sure=Sure.RECORDED, source="bulk A1, 22", needs=_NEEDS)
def an_import_step_by_step(pod: Pod) -> None:
    """Define, upload, sync, poll, read log and rejects, delete: 201, 204, 201, 200 and 204, as recorded."""
    made = pod.bulk("POST", "/contacts/imports", contact_import(pod, isSyncTriggeredOnImport=False)).expect(201).json()
    row = {"email": pod.address(), "first": "A", "last": "B", "mark": pod.name("mark")}
    staged(pod, made["uri"], [row]).expect(204)
    sync = pod.bulk("POST", "/syncs", {"syncedInstanceUri": made["uri"]}).expect(201).json()

    statuses = _statuses(pod, sync["uri"])

    expect(that=statuses[-1] == "success", otherwise="it ends in success", found=statuses)
    known = ["pending", "active", "success"]
    follow = sorted(statuses, key=known.index) == statuses
    expect(that=follow, otherwise=f"the statuses follow {known}", found=statuses)
    for path in ("/logs", "/rejects"):
        pod.bulk("GET", sync["uri"] + path).expect(200)
    pod.bulk("DELETE", made["uri"]).expect(204)
    rows = seen(pod, row["mark"])
    expect(that=rows == [row], otherwise="the row is in", found=rows)


@contract("bulk.client.csv-with-its-sync", sure=Sure.CLIENT, source="bulk A2, 22", needs=_NEEDS)
def csv_that_starts_its_sync(pod: Pod) -> None:
    """Uploads of CSV to a definition that starts its syncs are 201 each, with a sync of their own."""
    made = pod.defined("/contacts/imports", contact_import(pod, isSyncTriggeredOnImport=True))
    mark = pod.name("mark")
    rows = [{"email": pod.address(), "first": name, "last": "", "mark": mark} for name in ("A", "B")]

    syncs = [staged_csv(pod, made["uri"], written(CONTACT, [row], end="\n")).expect(201).json()["uri"] for row in rows]

    statuses = [pod.ended(each)["status"] for each in syncs]
    expect(that=statuses == ["success", "success"], otherwise="both are a success", found=statuses)
    found = sorted(row["first"] for row in seen(pod, mark))
    expect(that=found == ["A", "B"], otherwise="both are in", found=found)


@contract("bulk.client.fields-by-offset", sure=Sure.CLIENT, source="bulk 22", needs=[])
def fields_are_walked_by_offset(pod: Pod) -> None:
    """A client that goes on from `offset` and `count` while `hasMore` sees every field once, each with a statement."""
    statements: list[str] = []
    while True:
        page: dict[str, Any] = {"limit": 17, "offset": len(statements)}
        body = pod.bulk("GET", "/contacts/fields", **page).expect(200).json()
        statements += [each["statement"] for each in body["items"]]
        if not body["hasMore"]:
            break

    are_all = len(statements) == len(set(statements)) == body["totalResults"]
    expect(that=are_all, otherwise=f"there are {body['totalResults']} different ones", found=len(statements))


@contract("bulk.client.rejects-by-thousands", sure=Sure.CLIENT, source="bulk 9.2, 22", needs=_NEEDS)
def rejects_are_read_by_thousands(pod: Pod) -> None:
    """More than a thousand rejects come in pages of a thousand, up to `totalResults`, each record once."""
    count = 1203
    sync = loaded(pod, [{"email": f"bad {place}"} for place in range(count)])

    places: list[int] = []
    for offset in (0, 1000):
        page: dict[str, Any] = {"offset": offset}
        body = pod.bulk("GET", f"{sync['uri']}/rejects", **page).expect(200).json()
        expect(that=body["totalResults"] == count, otherwise=f"there are {count}", found=body["totalResults"])
        places += [each["recordIndex"] for each in body["items"]]

    expect(that=sorted(places) == list(range(1, count + 1)), otherwise="each record is there once", found=len(places))


@contract("bulk.client.extract", sure=Sure.CLIENT, source="bulk A3, 22", needs=_NEEDS)
def rows_are_extracted_page_by_page(pod: Pod, draw: Draw) -> None:
    """A client that steps by its limit until `hasMore` is false has every row, then deletes data and definition."""
    mark = pod.name("mark")
    people = [{"email": pod.address(), "first": str(place), "last": "", "mark": mark} for place in range(7)]
    loaded(pod, people)
    made = pod.defined("/contacts/exports", contact_export(pod, mark))
    sync = pod.synced(made["uri"])
    limit, rows, offset = draw(st.integers(2, 7)), [], 0

    while True:
        page: dict[str, Any] = {"limit": limit, "offset": offset}
        body = pod.bulk("GET", f"{sync['uri']}/data", **page).expect(200).json()
        rows += body.get("items", [])
        if not body["hasMore"]:
            break
        offset += limit

    emails = sorted(row["email"] for row in rows)
    wanted = sorted(row["email"] for row in people)
    expect(that=emails == wanted, otherwise="each is there once", found=emails)
    pod.bulk("DELETE", f"{made['uri']}/data").expect(204)
    pod.bulk("DELETE", made["uri"]).expect(204)


@contract("bulk.client.identifier-of-an-export", sure=Sure.CLIENT, source="bulk 2, 22", needs=_WRITES)
def an_export_has_no_identifier(pod: Pod) -> None:
    """An identifier that a client gives an export is passed over."""
    made = pod.defined("/contacts/exports", contact_export(pod, "nobody", identifierFieldName="email"))

    expect(that="identifierFieldName" not in made, otherwise="it is not repeated", found=made)


@contract("bulk.client.failures-in-the-body", sure=Sure.CLIENT, source="bulk 19.1, 22", needs=_WRITES)
def refusals_are_told_in_the_body(pod: Pod, draw: Draw) -> None:
    """A client that reads the body alone knows a refusal by `failures`, of a definition made and of one replaced."""
    made = pod.defined("/contacts/imports", contact_import(pod))
    wrong = contact_import(pod, identifierFieldName="nothing")
    method, path = draw(st.sampled_from([("POST", "/contacts/imports"), ("PUT", made["uri"])]))

    body = pod.bulk(method, path, wrong).expect(400).json()

    fields = [each["field"] for each in body["failures"]]
    expect(that=fields == ["identifierFieldName"], otherwise="it is about the identifier", found=body)


@contract("bulk.client.uri-with-its-base", sure=Sure.CLIENT, source="bulk 1, clients 5", needs=_NEEDS)
def uris_are_appended_to_the_base(pod: Pod) -> None:
    """The uri of a definition or a sync appended to the base is where it is, also behind two slashes."""
    made = pod.defined("/contacts/exports", contact_export(pod, "nobody"))
    sync = pod.synced(made["uri"])

    for uri in (made["uri"], sync["uri"]):
        for base in (BULK, f"{BULK}/"):
            found = pod.signed("GET", base + uri).expect(200).json()
            expect(that=found["uri"] == uri, otherwise=f"it is {uri}", found=found["uri"])
        is_relative = bool(re.fullmatch(r"/[a-zA-Z/]+/\d+", uri))
        expect(that=is_relative, otherwise="it is relative and ends in a number", found=uri)


@contract("bulk.client.since", sure=Sure.CLIENT, source="bulk 15, clients 5", needs=_NEEDS)
def what_changed_since_is_exported(pod: Pod, draw: Draw) -> None:
    """A client asks for what changed since a moment, which it writes with milliseconds, seconds or the date alone."""
    mark = pod.name("mark")
    loaded(pod, [{"email": pod.address(), "first": "A", "last": "B", "mark": mark}])
    since = draw(st.sampled_from(["2010-01-01", "2010-01-01 00:00:00", "2010-01-01 00:00:00.000"]))
    operator = draw(st.sampled_from([">", ">=", " > ", " >= "]))

    text = f"'{{{{Contact.UpdatedAt}}}}'{operator}'{since}' AND {marked(mark)}"
    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, mark, filter=text))["uri"])

    rows = data_of(pod, sync)
    expect(that=len(rows) == 1, otherwise="the contact is found", found=rows)
