"""Uploads and downloads of Bulk 2.0: JSON and CSV, pages, limits, who may read (`bulk` 7)."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.strategies import TRICKY, tables
from eloqua_contracts.bulk.transfer import (
    BULK,
    CONTACT,
    contact_export,
    contact_import,
    data_of,
    exported,
    loaded,
    seen,
    staged,
    staged_csv,
    table_of,
    written,
)
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_NEEDS = [Need.WRITES, Need.SYNCS]
LARGEST = 32 * 2**20
"""Bytes of an upload."""
Row = dict[str, str]


def people(pod: Pod, rows: list[Row], mark: str) -> list[Row]:
    """Rows with an address and the mark."""
    return [{"email": pod.address(), **row, "mark": mark} for row in rows]


def by_address(rows: list[Row]) -> list[Row]:
    """Rows in an order of their own: exports have none."""
    return sorted(rows, key=lambda row: row["email"])


@contract("bulk.upload.json", sure=Sure.RECORDED, source="bulk 7.1", needs=_NEEDS)
def an_upload_is_204(pod: Pod, draw: Draw) -> None:
    """An upload of JSON is 204 without a body, whatever its values: none of them is looked at before the sync."""
    definition = pod.defined("/contacts/imports", contact_import(pod))
    rows = [{"email": draw(st.sampled_from(["notanemail", "", "x" * 500]))}]

    found = staged(pod, definition["uri"], rows).expect(204)

    expect(that=found.body == b"", otherwise="the body is empty", found=found.body)


@contract("bulk.upload.extra-and-missing-columns", sure=Sure.RECORDED, source="bulk 7.1", needs=[Need.WRITES])
def columns_may_lack_or_be_too_many(pod: Pod, draw: Draw) -> None:
    """An upload with columns that the definition lacks, or without some of its own, is taken."""
    definition = pod.defined("/contacts/imports", contact_import(pod))
    names = draw(st.sets(st.sampled_from([*CONTACT, "id", "other"]), min_size=1))

    staged(pod, definition["uri"], [dict.fromkeys(sorted(names), "x")]).expect(204)


@contract("bulk.upload.starts-its-sync", sure=Sure.DOC, source="bulk 4.1, 7.1", needs=_NEEDS)
def an_upload_may_start_its_sync(pod: Pod, draw: Draw) -> None:
    """With `isSyncTriggeredOnImport` each upload, JSON or CSV, is 201 with a new sync that is pending."""
    definition = pod.defined("/contacts/imports", contact_import(pod, isSyncTriggeredOnImport=True))
    mark = pod.name("mark")
    rows = people(pod, [{"first": "A", "last": "B"}], mark)
    upload, content = draw(st.sampled_from([(staged, rows), (staged_csv, written(CONTACT, rows))]))

    started = [upload(pod, definition["uri"], content).expect(201).json() for _ in range(2)]

    for each in started:
        told = (each["syncedInstanceUri"], each["status"])
        expect(that=told == (definition["uri"], "pending"), otherwise="it is a pending sync of it", found=each)
        pod.ended(each["uri"])
    expect(that=started[0]["uri"] != started[1]["uri"], otherwise="each upload has its own", found=started)
    found = seen(pod, mark)
    expect(that=found == rows, otherwise="the row has gone in", found=found)


@contract("bulk.upload.malformed", sure=Sure.DOC, source="bulk 7.1, 19.2", needs=[Need.WRITES])
def an_upload_that_is_no_json_is_refused(pod: Pod, draw: Draw) -> None:
    """An upload that is neither JSON nor says that it is CSV is 400."""
    definition = pod.defined("/contacts/imports", contact_import(pod))
    content = draw(st.sampled_from([b"[{", b'[{"email":}]', b"email,first\r\na@b.c,d", b'[{"email":"a@b.c"},]']))

    pod.signed("POST", f"{BULK}{definition['uri']}/data", content).expect(400)


@contract("bulk.upload.too-large", sure=Sure.DOC, source="bulk 7.1, 18", needs=[Need.WRITES])
def more_than_32_megabytes_are_not_found(pod: Pod) -> None:
    """An upload of more than 32 MB is, of all things, 404."""
    definition = pod.defined("/contacts/imports", contact_import(pod))

    pod.signed("POST", f"{BULK}{definition['uri']}/data", b" " * (LARGEST + 1)).expect(404)


@contract("bulk.upload.largest", sure=Sure.DOC, source="bulk 7.1, 18", needs=[Need.WRITES])
def an_upload_may_have_32_megabytes(pod: Pod) -> None:
    """An upload of 32 MB to the byte is taken."""
    definition = pod.defined("/contacts/imports", contact_import(pod))
    row = json.dumps([{"email": pod.address()}]).encode()

    pod.signed("POST", f"{BULK}{definition['uri']}/data", row.ljust(LARGEST)).expect(204)
    pod.bulk("DELETE", f"{definition['uri']}/data").expect(204)


@contract("bulk.upload.unknown-definition", sure=Sure.CLIENT, source="bulk 19.2", needs=[Need.WRITES])
def an_upload_to_nothing_is_not_found(pod: Pod) -> None:
    """An upload to a definition that is not there is 404."""
    definition = pod.defined("/contacts/imports", contact_import(pod))
    pod.bulk("DELETE", definition["uri"]).expect(204)

    staged(pod, definition["uri"], [{"email": pod.address()}]).expect(404)


@contract("bulk.upload.utf8", sure=Sure.DOC, source="bulk 2, 7.1, 7.2", needs=_NEEDS)
def texts_go_round_in_json(pod: Pod, draw: Draw) -> None:
    """Whatever texts are imported as JSON are exported as JSON and as CSV as they were."""
    mark = pod.name("mark")
    rows = people(pod, draw(tables()), mark)
    loaded(pod, rows)

    _check_round(pod, rows, mark)


@contract("bulk.upload.csv", sure=Sure.DOC, source="bulk 2, 7.1, 7.2", needs=_NEEDS)
def texts_go_round_in_csv(pod: Pod, draw: Draw) -> None:
    """Whatever texts are imported as CSV, lines ended by CR LF or LF, are exported as JSON and as CSV as they were."""
    mark = pod.name("mark")
    rows = people(pod, draw(tables()), mark)
    definition = pod.defined("/contacts/imports", contact_import(pod))
    keys = draw(st.permutations(list(CONTACT)))
    media = draw(st.sampled_from(["text/csv", "text/csv; charset=utf-8"]))
    table = written(keys, rows, end=draw(st.sampled_from(["\r\n", "\n"])))

    staged_csv(pod, definition["uri"], table, media=media).expect(204)
    pod.synced(definition["uri"])

    _check_round(pod, rows, mark)


@contract("bulk.download.quoting", sure=Sure.DOC, source="bulk 7.1, 7.2", needs=_NEEDS)
def quotes_commas_and_line_ends_go_round(pod: Pod) -> None:
    """Quotes, commas, line ends and other signs that tables break on go round in JSON and in CSV."""
    mark = pod.name("mark")
    rows = people(pod, [{"first": text, "last": text[::-1]} for text in TRICKY], mark)
    definition = pod.defined("/contacts/imports", contact_import(pod))
    staged(pod, definition["uri"], rows[::2]).expect(204)
    staged_csv(pod, definition["uri"], written(CONTACT, rows[1::2])).expect(204)
    pod.synced(definition["uri"])

    _check_round(pod, rows, mark)


@contract("bulk.download.quotes-alone", sure=Sure.DOC, source="bulk 7.2", needs=_NEEDS)
def a_quote_alone_is_quoted(pod: Pod, draw: Draw) -> None:
    """A value that begins with a quote is one in CSV, also where nothing else on the page has to be quoted."""
    mark = pod.name("mark")
    rows = people(pod, [{"first": draw(st.sampled_from(['"quoted"', '"', '"a" b'])), "last": "plain"}], mark)
    loaded(pod, rows)

    _check_round(pod, rows, mark)


def _check_round(pod: Pod, rows: list[Row], mark: str) -> None:
    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, mark))["uri"])
    for found in (data_of(pod, sync), table_of(pod, sync)):
        expect(that=by_address(found) == by_address(rows), otherwise=f"the rows are {rows}", found=found)


@contract("bulk.download.texts", sure=Sure.CLIENT, source="bulk 7.2", needs=_NEEDS)
def every_value_is_a_text(pod: Pod) -> None:
    """Each row has all keys of `fields`, every value a text, and a blank where there is nothing."""
    mark = pod.name("mark")
    loaded(pod, [{"email": pod.address(), "mark": mark}])
    fields = CONTACT | {"id": "{{Contact.Id}}", "made": "{{Contact.CreatedAt}}", "on": "{{Contact.Email.IsSubscribed}}"}
    fields |= {"day": "{{Contact.Field(C_LastModifiedByExtIntegrateSystem)}}"}

    (row,) = exported(pod, mark, fields=fields)

    expect(that=row.keys() == fields.keys(), otherwise=f"the keys are {list(fields)}", found=list(row))
    expect(that={type(each) for each in row.values()} == {str}, otherwise="every value is a text", found=row)
    blank = {name: row[name] for name in ("first", "last", "day")}
    expect(that=set(blank.values()) == {""}, otherwise="what has no value is blank", found=blank)


@contract("bulk.download.no-rows", sure=Sure.CLIENT, source="bulk 6, 7.2", needs=_NEEDS)
def an_export_may_find_nothing(pod: Pod) -> None:
    """The data of an export that finds nothing have no items, a total and a count of 0, and no more."""
    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, pod.name("nobody")))["uri"])

    found = pod.bulk("GET", f"{sync['uri']}/data").expect(200).json()

    expect(that=not found.get("items"), otherwise="there are no items", found=found)
    wanted = {"totalResults": 0, "limit": 1000, "offset": 0, "count": 0, "hasMore": False}
    told = {name: found.get(name) for name in wanted}
    expect(that=told == wanted, otherwise=f"the rest is {wanted}", found=told)


def _five(pod: Pod) -> tuple[Any, list[Row]]:
    """The sync of an export that found five contacts, and its rows in the order in which they come."""
    mark = pod.name("mark")
    loaded(pod, people(pod, [{"first": str(place), "last": ""} for place in range(5)], mark))
    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, mark))["uri"])
    return sync, data_of(pod, sync)


@contract("bulk.download.pages", sure=Sure.DOC, source="bulk 7.2", needs=_NEEDS)
def pages_of_rows_put_together_are_all(pod: Pod, draw: Draw) -> None:
    """`offset` and `limit` cut a part out of the rows, in JSON and in CSV, and the envelope says which."""
    sync, rows = _five(pod)
    expect(that=len(rows) == 5, otherwise="five are found", found=rows)
    offset, limit = draw(st.integers(0, 4)), draw(st.integers(1, 6))

    page: dict[str, Any] = {"offset": offset, "limit": limit}
    body = pod.bulk("GET", f"{sync['uri']}/data", **page).expect(200).json()

    wanted = rows[offset : offset + limit]
    expect(that=body["items"] == wanted, otherwise=f"the rows are {wanted}", found=body["items"])
    about = {"totalResults": 5, "limit": limit, "offset": offset, "count": len(wanted), "hasMore": offset + limit < 5}
    told = {name: body[name] for name in body if name != "items"}
    expect(that=list(told.items()) == list(about.items()), otherwise=f"the rest is {about}", found=told)
    table = table_of(pod, sync, **page)
    expect(that=table == wanted, otherwise="as CSV they are the same", found=table)


@contract("bulk.download.50000", sure=Sure.DOC, source="bulk 7.2, 18", needs=_NEEDS)
def a_page_of_rows_may_be_50000(pod: Pod) -> None:
    """Up to 50,000 rows may be asked for at once."""
    sync, rows = _five(pod)
    page: dict[str, Any] = {"limit": 50_000}

    body = pod.bulk("GET", f"{sync['uri']}/data", **page).expect(200).json()

    expect(that=(body["limit"], body["items"]) == (50_000, rows), otherwise="they all come", found=body)


@contract("bulk.download.csv", sure=Sure.CLIENT, source="bulk 7.2", needs=_NEEDS)
def csv_has_a_header_and_no_envelope(pod: Pod, draw: Draw) -> None:
    """CSV comes where `Accept` or else Content-Type asks for it: a header of keys, the rows, and nothing more."""
    sync, rows = _five(pod)
    headers = draw(st.sampled_from([{"accept": "text/csv"}, {"content-type": "text/csv"}]))

    found = pod.signed("GET", f"{BULK}{sync['uri']}/data", headers=headers).expect(200)

    kind = found.headers.get("content-type", "")
    expect(that=kind.startswith("text/csv"), otherwise="the type is text/csv", found=kind)
    lines = found.body.decode().splitlines()
    expect(that=sorted(lines[0].split(",")) == sorted(CONTACT), otherwise="the header has the keys", found=lines[0])
    expect(that=len(lines) == len(rows) + 1, otherwise="there are the rows below it", found=len(lines))


@contract("bulk.download.of-the-definition", sure=Sure.DOC, source="bulk 5, 7.2", needs=_NEEDS)
def the_definition_shows_its_latest_data(pod: Pod) -> None:
    """Each sync of an export has its own data; those of the definition are the latest sync's."""
    mark = pod.name("mark")
    definition = pod.defined("/contacts/exports", contact_export(pod, mark))
    first = pod.synced(definition["uri"])
    loaded(pod, people(pod, [{"first": "A", "last": "B"}], mark))
    second = pod.synced(definition["uri"])

    counts = [len(data_of(pod, each)) for each in (first, second, definition)]

    expect(that=counts == [0, 1, 1], otherwise="first none, then one, and the definition shows one", found=counts)


@contract("bulk.download.of-an-import", sure=Sure.DOC, source="bulk 7.2", needs=_NEEDS)
def an_import_has_no_data_to_read(pod: Pod) -> None:
    """The data of a sync of an import are 400."""
    sync = loaded(pod, [{"email": pod.address()}])

    pod.bulk("GET", f"{sync['uri']}/data").expect(400)


@contract("bulk.download.of-another-user", sure=Sure.DOC, source="bulk 7.2", needs=_NEEDS)
def data_are_for_who_ran_the_sync(pod: Pod) -> None:
    """Who did not run the sync gets an error for its data."""
    sync, _ = _five(pod)

    pod.bulk("GET", f"{sync['uri']}/data", role="marketer").expect(401, 403, 404)


@contract("bulk.download.deleted", sure=Sure.CLIENT, source="bulk 5, 7.2", needs=_NEEDS)
def deleted_data_are_gone(pod: Pod, draw: Draw) -> None:
    """A DELETE of data, of the sync or of the definition, is 204; then they are 404 or 410; the definition stays."""
    mark = pod.name("mark")
    loaded(pod, people(pod, [{"first": "A", "last": "B"}], mark))
    definition = pod.defined("/contacts/exports", contact_export(pod, mark))
    sync = pod.synced(definition["uri"])

    pod.bulk("DELETE", f"{draw(st.sampled_from([sync, definition]))['uri']}/data").expect(204)

    pod.bulk("GET", f"{sync['uri']}/data").expect(404, 410)
    pod.bulk("GET", definition["uri"]).expect(200)


@contract("bulk.upload.deleted", sure=Sure.DOC, source="bulk 7.2", needs=_NEEDS)
def deleted_uploads_are_not_imported(pod: Pod) -> None:
    """A DELETE of an import's data is 204, and what was uploaded before is not imported."""
    mark = pod.name("mark")
    first, second = people(pod, [{"first": "A", "last": "B"}, {"first": "C", "last": "D"}], mark)
    definition = pod.defined("/contacts/imports", contact_import(pod))
    staged(pod, definition["uri"], [first]).expect(204)

    pod.bulk("DELETE", f"{definition['uri']}/data").expect(204)
    staged(pod, definition["uri"], [second]).expect(204)
    pod.synced(definition["uri"])

    found = seen(pod, mark)
    expect(that=found == [second], otherwise="only the second went in", found=found)
