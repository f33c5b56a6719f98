"""What syncs tell: the lines of their logs and their rejects, by the recorded codes (`bulk` 9)."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.transfer import (
    contact_export,
    counts_of,
    loaded,
    loaded_again,
    log_of,
    rejects_of,
)
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import no_addresses

_NEEDS = [Need.WRITES, Need.SYNCS]
_LINE = ["syncUri", "count", "severity", "statusCode", "message", "createdAt"]
_REJECT = ["fieldValues", "message", "statusCode", "recordIndex", "invalidFields"]
_TEXTS = {
    "ELQ-00130": "Total records staged for import.",
    "ELQ-00137": "Ready for data import processing.",
    "ELQ-00001": "Total records processed.",
    "ELQ-00002": "Invalid email addresses.",
    "ELQ-00026": "Duplicate identifier.",
    "ELQ-00003": "Total records remaining after duplicates are rejected.",
    "ELQ-00004": "Contacts created.",
    "ELQ-00022": "Contacts updated.",
}
_RECORDED = [
    *("ELQ-00130", "ELQ-00137", "ELQ-00101", "ELQ-00001", "ELQ-00026", "ELQ-00003", "ELQ-00004", "ELQ-00022"),
    "ELQ-00071",
]


def _rows(pod: Pod, count: int) -> list[dict[str, str]]:
    mark = pod.name("mark")
    return [{"email": pod.address(), "first": "A", "last": str(place), "mark": mark} for place in range(count)]


@contract("bulk.log.of-an-import", sure=Sure.RECORDED, source="bulk 9.1", needs=_NEEDS)
def the_log_of_an_import_has_the_recorded_lines(pod: Pod, draw: Draw) -> None:
    """An import of contacts with duplicates logs the recorded codes in their order, zero counts among them."""
    new, old, twice = draw(st.integers(0, 2)), draw(st.integers(1, 2)), draw(st.integers(1, 3))
    rows = _rows(pod, new + old)
    before = loaded(pod, rows[new:])
    repeated = rows + rows[-1:] * twice

    sync = loaded_again(pod, before["syncedInstanceUri"], repeated)

    expect(that=sync["status"] == "warning", otherwise="duplicates are a warning", found=sync["status"])
    log = log_of(pod, sync)
    codes = [each["statusCode"] for each in log]
    expect(that=codes == _RECORDED, otherwise=f"the codes are {_RECORDED}", found=codes)
    counts = [len(repeated), 0, 0, len(repeated), twice, new + old, new, old, 0]
    told = [each["count"] for each in log]
    expect(that=told == counts, otherwise=f"the counts are {counts}", found=told)
    severities = ["warning" if each == "ELQ-00026" else "information" for each in codes]
    told = [each["severity"] for each in log]
    expect(that=told == severities, otherwise=f"the severities are {severities}", found=told)


@contract("bulk.log.texts", sure=Sure.RECORDED, source="bulk 9.1", needs=_NEEDS)
def the_lines_of_an_import_have_the_recorded_texts(pod: Pod) -> None:
    """Each code comes with its text, in the plural; the undocumented ELQ-00071 comes without one."""
    rows = _rows(pod, 2)
    sync = loaded(pod, [*rows, rows[0], {"email": "notanemail"}])

    found = {each["statusCode"]: each.get("message") for each in log_of(pod, sync)}

    told = {code: found.get(code) for code in _TEXTS}
    expect(that=told == _TEXTS, otherwise=f"the texts are {_TEXTS}", found=told)
    nothing = found.get("ELQ-00071", "no such line")
    expect(that=nothing is None, otherwise="ELQ-00071 has no text", found=nothing)


@contract("bulk.log.line", sure=Sure.RECORDED, source="bulk 9.1", needs=_NEEDS)
def a_line_has_its_keys_and_names_its_sync(pod: Pod) -> None:
    """A line of a log has the recorded keys in their order, the uri of its sync, a time with seven decimals."""
    sync = loaded(pod, _rows(pod, 1))

    for each in log_of(pod, sync):
        wanted = [name for name in _LINE if name != "message" or name in each]
        expect(that=list(each) == wanted, otherwise=f"the keys are {wanted}", found=list(each))
        expect(that=each["syncUri"] == sync["uri"], otherwise="it names its sync", found=each["syncUri"])
        expect(that=type(each["count"]) is int, otherwise="the count is a number", found=each["count"])
        is_time = bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z", each["createdAt"]))
        expect(that=is_time, otherwise="createdAt has seven decimals", found=each["createdAt"])


@contract("bulk.log.outcome", sure=Sure.RECORDED, source="bulk 9.1", needs=_NEEDS)
def the_log_tells_the_outcome(pod: Pod, draw: Draw) -> None:
    """ELQ-00101 stands third, has the latest time, tells the outcome in capitals and leaves the sync's number out."""
    address = draw(st.sampled_from(["", "notanemail"]))
    rows = _rows(pod, 1)
    sync = loaded(pod, [*rows, {"email": address}] if address else rows)

    log = log_of(pod, sync)

    message = f"Sync processed for sync , resulting in {'Warning' if address else 'Success'} status."
    told = (log[2]["statusCode"], log[2].get("message"))
    expect(that=told == ("ELQ-00101", message), otherwise=f"the third line says {message!r}", found=told)
    latest = max(each["createdAt"] for each in log)
    expect(that=log[2]["createdAt"] == latest, otherwise=f"it is of {latest}", found=log[2]["createdAt"])


@contract("bulk.log.bad-addresses", sure=Sure.RECORDED, source="bulk 9.1, 9.2", needs=_NEEDS)
def bad_addresses_are_counted(pod: Pod, draw: Draw) -> None:
    """ELQ-00002 counts the records with bad addresses, as a warning; the others go in."""
    bad = draw(st.lists(no_addresses(), min_size=1, max_size=3, unique_by=lambda text: text.strip().lower()))
    rows = [*_rows(pod, 1), *({"email": each, "first": "A"} for each in bad)]

    sync = loaded(pod, rows)

    (line,) = [each for each in log_of(pod, sync) if each["statusCode"] == "ELQ-00002"]
    told = (line["count"], line["severity"])
    expect(that=told == (len(bad), "warning"), otherwise=f"{len(bad)} warned of", found=told)
    created = counts_of(pod, sync)["ELQ-00004"]
    expect(that=created == 1, otherwise="one was created", found=created)


@contract("bulk.log.of-an-export", sure=Sure.DOC, source="bulk 9.1, 12", needs=_NEEDS)
def the_log_of_an_export_counts_its_rows(pod: Pod, draw: Draw) -> None:
    """An export logs ELQ-00102 with the number of rows and the words that clients look for, ELQ-00131, ELQ-00106."""
    count = draw(st.integers(1, 3))
    rows = _rows(pod, count)
    loaded(pod, rows)

    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, rows[0]["mark"]))["uri"])

    log = {each["statusCode"]: each for each in log_of(pod, sync)}
    wanted = ["ELQ-00102", "ELQ-00131", "ELQ-00106"]
    told = [code for code in log if code in wanted]
    expect(that=told == wanted, otherwise=f"the codes are {wanted}", found=list(log))
    found = (log["ELQ-00102"]["count"], log["ELQ-00102"]["message"])
    words = (count, "Successfully exported members to csv file.")
    expect(that=found == words, otherwise=f"ELQ-00102 says {words}", found=found)
    zeros = [log[code]["count"] for code in wanted[1:]]
    expect(that=zeros == [0, 0], otherwise="the others count nothing", found=zeros)
    size = log["ELQ-00106"]["message"]
    has_size = bool(re.fullmatch(r"Successfully converted csv file to sqlite, taking \d+ kb\.", size))
    expect(that=has_size, otherwise="ELQ-00106 tells the size in kb", found=size)
    expect(that=sync["status"] == "success", otherwise="it is a success", found=sync["status"])


@contract("bulk.log.is-a-list", sure=Sure.DOC, source="bulk 6, 9.1", needs=_NEEDS)
def logs_and_rejects_are_paged_like_lists(pod: Pod, draw: Draw) -> None:
    """A log and rejects are lists: `offset` and `limit` cut a part out."""
    sync = loaded(pod, [*_rows(pod, 1), *({"email": f"bad {place}"} for place in range(4))])
    path = sync["uri"] + draw(st.sampled_from(["/logs", "/rejects"]))
    whole = pod.bulk("GET", path).expect(200).json()
    offset, limit = draw(st.integers(0, 5)), draw(st.integers(1, 6))
    page: dict[str, Any] = {"offset": offset, "limit": limit}

    body = pod.bulk("GET", path, **page).expect(200).json()

    wanted = whole["items"][offset : offset + limit]
    expect(that=body["items"] == wanted, otherwise="it is that part", found=body["items"])
    told = (body["totalResults"], body["count"], body["hasMore"])
    total = len(whole["items"])
    about = (total, len(wanted), offset + limit < total)
    expect(that=told == about, otherwise=f"total, count and hasMore are {about}", found=told)


@contract("bulk.reject.bad-address", sure=Sure.RECORDED, source="bulk 9.2", needs=_NEEDS)
def a_reject_shows_the_record(pod: Pod, draw: Draw) -> None:
    """A reject has code, singular text, place from 1, keys to blame, and the record: all keys, nothing unknown."""
    before = draw(st.integers(0, 2))
    bad = {"email": draw(no_addresses()), "first": "Maria", "other": "x"}

    sync = loaded(pod, [*_rows(pod, before), bad])

    (reject,) = rejects_of(pod, sync)
    expect(that=list(reject) == _REJECT, otherwise=f"the keys are {_REJECT}", found=list(reject))
    wanted = {
        "fieldValues": {"email": bad["email"], "first": "Maria", "last": "", "mark": ""},
        "message": "Invalid email address.",
        "statusCode": "ELQ-00002",
        "recordIndex": before + 1,
        "invalidFields": ["email"],
    }
    expect(that=reject == wanted, otherwise=f"it is {wanted}", found=reject)


@contract("bulk.reject.duplicate", sure=Sure.RECORDED, source="bulk 9.1, 9.2", needs=_NEEDS)
def all_but_one_of_several_are_rejected(pod: Pod, draw: Draw) -> None:
    """Of records with the same identifier all but one are rejected with ELQ-00026, in words of their own."""
    count = draw(st.integers(2, 4))
    (row,) = _rows(pod, 1)

    sync = loaded(pod, [row | {"first": f"N{place}"} for place in range(count)])

    rejects = rejects_of(pod, sync)
    expect(that=len(rejects) == count - 1, otherwise=f"{count - 1} are rejected", found=len(rejects))
    told = {(each["statusCode"], each["message"], *each["invalidFields"]) for each in rejects}
    wanted = {("ELQ-00026", "Multiple matches.", "email")}
    expect(that=told == wanted, otherwise=f"they are {wanted}", found=told)
    places = {each["recordIndex"] for each in rejects}
    is_all_but_one = len(places) == count - 1 and places < set(range(1, count + 1))
    expect(that=is_all_but_one, otherwise="their places are all but one", found=places)


@contract("bulk.reject.none", sure=Sure.RECORDED, source="bulk 9.2, 10", needs=_NEEDS)
def no_rejects_are_an_empty_list(pod: Pod) -> None:
    """A sync of an import without rejects answers an empty list of them."""
    sync = loaded(pod, _rows(pod, 1))

    found = pod.bulk("GET", f"{sync['uri']}/rejects").expect(200).json()

    wanted = {"items": [], "totalResults": 0, "limit": 1000, "offset": 0, "count": 0, "hasMore": False}
    is_so = list(found.items()) == list(wanted.items())
    expect(that=is_so, otherwise=f"it is {wanted}", found=found)
