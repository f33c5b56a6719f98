"""Open questions about uploads, syncs, what goes in and what comes out of Bulk (`bulk` 7 to 15, 23)."""

from __future__ import annotations

from typing import Any

from eloqua_contracts.bulk.assets import contact_list
from eloqua_contracts.bulk.entities import CUSTOM_OBJECT, placed
from eloqua_contracts.bulk.transfer import (
    BULK,
    CONTACT,
    contact_export,
    contact_import,
    counts_of,
    data_of,
    exported,
    found,
    loaded,
    log_of,
    marked,
    rejects_of,
    staged,
)
from eloqua_contracts.contract import Need
from eloqua_contracts.pod import Pod
from eloqua_contracts.probe import probe
from eloqua_contracts.probes.bulk_definitions import told

_NEEDS = [Need.WRITES, Need.SYNCS]
_CLOCK = [*_NEEDS, Need.CLOCK]
Row = dict[str, str]


def _person(pod: Pod, **changes: str) -> Row:
    return {"email": pod.address(), "first": "Ada", "last": "Old", "mark": pod.name("mark")} | changes


def _lines(pod: Pod, sync: Any) -> str:
    """The lines of a log that are no plain information, or count something."""
    said = [each for each in log_of(pod, sync) if each["count"] or each["severity"] != "information"]
    return ", ".join(f"{each['statusCode']} {each['severity']} {each['count']}" for each in said)


@probe("bulk.severities", source="bulk 23 question 4", needs=_NEEDS)
def severities(pod: Pod) -> str:
    """How severe are an unknown column, a missing column, and nothing to import?"""
    unknown = loaded(pod, [_person(pod) | {"other": "x"}])
    missing = loaded(pod, [{"email": pod.address()}])
    nothing = pod.synced(pod.defined("/contacts/imports", contact_import(pod))["uri"])
    seen = {"unknown column": unknown, "missing column": missing, "nothing": nothing}
    return "; ".join(f"{name}: {sync['status']}, {_lines(pod, sync)}" for name, sync in seen.items())


@probe("bulk.text-of-elq-00040", source="bulk 23 question 4", needs=_NEEDS)
def bad_number(pod: Pod) -> str:
    """What do log and rejects say of a value that does not fit its field?"""
    place = placed(pod, CUSTOM_OBJECT)
    rows = [{"code": "A", "amount": "null"}]
    sync = loaded(pod, rows, path=f"{place.path}/imports", fields=place.fields, identifierFieldName="code")
    lines = [f"{each['statusCode']} {each['severity']}: {each.get('message')}" for each in log_of(pod, sync)]
    rejects = [f"{each['statusCode']}: {each.get('message')}" for each in rejects_of(pod, sync)]
    return f"{sync['status']}; log: {', '.join(lines)}; rejects: {', '.join(rejects)}"


@probe("bulk.duplicates", source="bulk 23 question 3", needs=_NEEDS)
def rejected_duplicates(pod: Pod) -> str:
    """Which of three records with the same address are rejected, and does the letter case matter?"""
    row = _person(pod)
    three = [row, row | {"email": row["email"].upper()}, row]
    return f"numbers {[each['recordIndex'] for each in rejects_of(pod, loaded(pod, three))]}"


@probe("bulk.missing-key", source="bulk 23 question 7", needs=_NEEDS)
def missing_key(pod: Pod) -> str:
    """Is a field cleared whose key is missing from one record, or from all?"""
    one, two = _person(pod), _person(pod)
    two["mark"] = one["mark"]
    loaded(pod, [one, two])
    lacking = {name: value for name, value in one.items() if name != "last"}
    loaded(pod, [lacking, two])
    after_one = {row["email"]: row["last"] for row in exported(pod, one["mark"])}[one["email"]]
    loaded(pod, [one, two])
    loaded(pod, [lacking])
    after_all = {row["email"]: row["last"] for row in exported(pod, one["mark"])}[one["email"]]
    return f"from one: {after_one or 'cleared'}; from all: {after_all or 'cleared'}"


@probe("bulk.too-long-text", source="bulk 23 question 8", needs=_NEEDS)
def too_long(pod: Pod) -> str:
    """What becomes of a text of 101 characters in a field of 100?"""
    row = _person(pod, first="x" * 101)
    sync = loaded(pod, [row])
    rows = exported(pod, row["mark"])
    kept = f"{len(rows[0]['first'])} characters" if rows else "no record"
    return f"{kept}; {sync['status']}; {[each['statusCode'] for each in rejects_of(pod, sync)]}"


@probe("bulk.data-too-early", source="bulk 23 question 9", needs=_NEEDS)
def data_before_the_end(pod: Pod) -> str:
    """What are the data of a sync and of its definition before it has ended, and of one never synced?"""
    row = _person(pod)
    loaded(pod, [row])
    definition = pod.defined("/contacts/exports", contact_export(pod, row["mark"]))
    never = pod.bulk("GET", f"{definition['uri']}/data")
    sync = pod.defined("/syncs", {"syncedInstanceUri": definition["uri"]})
    early = [pod.bulk("GET", f"{each['uri']}/data") for each in (sync, definition)]
    status = pod.bulk("GET", sync["uri"]).expect(200).json()["status"]
    pod.ended(sync["uri"])
    return f"never: {told(never)}; {status}: {told(early[0])}; of the definition: {told(early[1])}"


@probe("bulk.data-beyond", source="bulk 23 question 9", needs=_NEEDS)
def data_beyond_the_end(pod: Pod) -> str:
    """What is a page beyond the end of the data, and one of more than 50,000 rows?"""
    row = _person(pod)
    loaded(pod, [row])
    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, row["mark"]))["uri"])
    pages: dict[str, dict[str, Any]] = {"beyond": {"offset": 7}, "too many": {"limit": 50_001}}
    return "; ".join(f"{name}: {told(pod.bulk('GET', sync['uri'] + '/data', **page))}" for name, page in pages.items())


@probe("bulk.auto-deleted-data", source="bulk 23 question 11", needs=_CLOCK)
def data_of_a_deleted_definition(pod: Pod) -> str:
    """Do the data of a sync go with a definition that deletes itself?"""
    row = _person(pod)
    loaded(pod, [row])
    kept = contact_export(pod, row["mark"], autoDeleteDuration="PT1H", dataRetentionDuration="P1D")
    sync = pod.synced(pod.defined("/contacts/exports", kept)["uri"])
    pod.clock.advance(hours=2)
    return told(pod.bulk("GET", f"{sync['uri']}/data"))


@probe("bulk.row-order", source="bulk 23 question 14", needs=_NEEDS)
def order_of_rows(pod: Pod) -> str:
    """In which order do exported contacts come, and is it the same on each page?"""
    mark = pod.name("mark")
    loaded(pod, [_person(pod, mark=mark) for _ in range(6)])
    body = contact_export(pod, mark, fields={"id": "{{Contact.Id}}"})
    sync = pod.synced(pod.defined("/contacts/exports", body)["uri"])
    ids = [int(row["id"]) for row in data_of(pod, sync)]
    pages = [int(row["id"]) for offset in (0, 3) for row in data_of(pod, sync, offset=offset, limit=3)]
    return f"{'by id' if ids == sorted(ids) else 'not by id'}, {'the same' if pages == ids else 'another'} by pages"


@probe("bulk.csv-columns", source="bulk 7.2", needs=_NEEDS)
def order_of_columns(pod: Pod) -> str:
    """Are the columns of CSV in the order of `fields`?"""
    fields = {"z": CONTACT["first"], "a": CONTACT["last"], "m": CONTACT["email"]}
    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, pod.name("nobody"), fields=fields))["uri"])
    table = pod.signed("GET", f"{BULK}{sync['uri']}/data", headers={"accept": "text/csv"}).expect(200)
    return table.body.decode(errors="replace").strip() or "no header without rows"


@probe("bulk.odd-uploads", source="bulk 2, 7.1", needs=_NEEDS)
def odd_uploads(pod: Pod) -> str:
    """Are an empty list, a single object, numbers and truths taken as uploads?"""
    uploads = {
        "empty list": [],
        "single object": _person(pod),
        "number": [_person(pod) | {"first": 7}],
        "truth": [_person(pod) | {"first": True}],
        "null": [_person(pod) | {"first": None}],
        "nested": [_person(pod) | {"first": {"a": "b"}}],
    }
    uri = pod.defined("/contacts/imports", contact_import(pod))["uri"]
    return ", ".join(f"{name}: {staged(pod, uri, each).status}" for name, each in uploads.items())


@probe("bulk.unchanged-updates", source="bulk 10.12", needs=_NEEDS)
def counted_unchanged(pod: Pod) -> str:
    """Does ELQ-00022 count records that change nothing?"""
    row = _person(pod)
    loaded(pod, [row])
    return f"{counts_of(pod, loaded(pod, [row]))['ELQ-00022']} of 1"


@probe("bulk.unmatched", source="bulk 10.7", needs=_NEEDS)
def unmatched(pod: Pod) -> str:
    """What do log and rejects say of records that are not there, or there already, where a rule leaves them out?"""
    row = _person(pod)
    update = loaded(pod, [row], importRule="updateOnly")
    loaded(pod, [row])
    create = loaded(pod, [row], importRule="createOnly")
    seen = {"not there": update, "there": create}
    return "; ".join(
        f"{name}: {sync['status']}, {_lines(pod, sync)}, {[each['statusCode'] for each in rejects_of(pod, sync)]}"
        for name, sync in seen.items()
    )


@probe("bulk.several-matches", source="bulk 10.7", needs=_NEEDS)
def several_matches(pod: Pod) -> str:
    """What becomes of a record that matches several contacts, where only one may be updated?"""
    mark = pod.name("mark")
    loaded(pod, [_person(pod, mark=mark) for _ in range(2)])
    fields = {"mark": CONTACT["mark"], "first": CONTACT["first"]}
    sync = loaded(pod, [{"mark": mark, "first": "New"}], fields=fields, identifierFieldName="mark")
    firsts = sorted(row["first"] for row in exported(pod, mark))
    return f"{sync['status']}, {_lines(pod, sync)}; {firsts}"


@probe("bulk.blank-records", source="bulk 10.4", needs=_NEEDS)
def blank_records(pod: Pod) -> str:
    """What do log and rejects say of a record without any value, and of one without its identifier?"""
    sync = loaded(pod, [dict.fromkeys(CONTACT, ""), _person(pod, email="")])
    rejects = [(each["recordIndex"], each["statusCode"]) for each in rejects_of(pod, sync)]
    return f"{sync['status']}, {_lines(pod, sync)}; {rejects}"


_DATES = (
    *("2014-10-13", "2014/10/13", "2014.10.13", "10/13/2014", "10/13/14", "2014-10-15 15:21:14"),
    *("2014-10-15 15:21:14.254", "2014-10-15 15:21:14.2545", "10/15/2014 3:15:14 AM", "2014-10-15T15:21:14Z"),
    *("13/10/2014", "2014-13-10"),
)


@probe("bulk.date-texts", source="bulk 11.2", needs=_NEEDS)
def date_texts(pod: Pod) -> str:
    """Which texts are read as dates by an import, and how do they come out?"""
    place = placed(pod, CUSTOM_OBJECT)
    fields = {name: place.fields[name] for name in ("code", "day")}
    rows = [{"code": f"R{number}", "day": text} for number, text in enumerate(_DATES)]
    loaded(pod, rows, path=f"{place.path}/imports", fields=fields, identifierFieldName="code")
    out = found(pod, f"{place.path}/exports", {"name": pod.name(), "fields": fields})
    read = {row["code"]: row["day"] for row in out}
    return ", ".join(f"{row['day']}: {read.get(row['code'], 'no record') or 'not read'}" for row in rows)


@probe("bulk.filter-readings", source="bulk 15", needs=_NEEDS)
def readings(pod: Pod) -> str:
    """How does a filter read letter case, blanks, wildcards in `~`, and AND beside OR?"""
    mark = pod.name("mark")
    people = {"Abc": "x", "abd": "", "": "y"}
    loaded(pod, [_person(pod, first=first, last=last, mark=mark) for first, last in people.items()])
    first, last = CONTACT["first"], CONTACT["last"]
    conditions = {
        "another case": f"'{first}' = 'aBC'",
        "like in another case": f"'{first}' ~ 'ab%'",
        "one sign": f"'{first}' ~ 'ab_'",
        "blank": f"'{last}' = ''",
        "unequal finds blanks": f"'{last}' != 'x'",
        "OR before AND": f"'{last}' = 'x' OR '{last}' = 'y' AND '{first}' = 'nothing'",
    }
    seen = []
    for name, text in conditions.items():
        rows = exported(pod, mark, filter=f"{marked(mark)} AND ({text})")
        seen.append(f"{name}: {len(rows)}")
    return ", ".join(seen)


@probe("bulk.membership-statement", source="bulk 14", needs=_NEEDS)
def membership_as_a_column(pod: Pod) -> str:
    """Can membership of a list be exported as a column?"""
    fields = {"on": f"{{{{Contact.List[{contact_list(pod)}]}}}}"}
    answer = pod.bulk("POST", "/contacts/exports", contact_export(pod, "nobody", fields=fields))
    return told(answer)
