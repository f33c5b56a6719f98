"""What decides the emulator's switches of Bulk (`bulk` 4 to 10, 23; `platform` Q57, Q58, Q62)."""

from __future__ import annotations

from typing import Any

from eloqua_contracts.bulk.transfer import (
    CONTACT,
    contact_export,
    contact_import,
    data_of,
    exported,
    loaded,
    staged,
)
from eloqua_contracts.contract import Need
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.probe import Undecided, probe

_WRITES = [Need.WRITES]
_NEEDS = [Need.WRITES, Need.SYNCS]
_TRIES = 3


@probe("bulk.statements-without-braces", source="bulk 4.6", setting="statements_without_braces", needs=_WRITES)
def without_braces(pod: Pod) -> bool:
    """May a statement be written without its braces?"""
    body = contact_export(pod, "nobody", fields={"id": "Contact.Id"})
    return _is_taken(pod.bulk("POST", "/contacts/exports", body))


def _is_taken(answer: Exchange) -> bool:
    if answer.status not in {201, 400}:
        raise Undecided(str(answer))
    return answer.status == 201


@probe("bulk.sync-triggered-on-import", source="bulk 23 question 2", setting="sync_triggered_on_import", needs=_WRITES)
def usual_trigger(pod: Pod) -> bool:
    """Does an import start its syncs unless it is told not to?"""
    made = pod.defined("/contacts/imports", contact_import(pod))
    answer = staged(pod, made["uri"], [{"email": pod.address()}])
    if answer.status not in {201, 204}:
        raise Undecided(str(answer))
    return answer.status == 201


def _people(pod: Pod, count: int) -> list[dict[str, str]]:
    mark = pod.name("mark")
    return [{"email": pod.address(), "first": f"N{place}", "last": "L", "mark": mark} for place in range(count)]


@probe("bulk.sync-failure-status", source="bulk 8.1", setting="sync_failure_status", needs=_NEEDS)
def word_for_failure(pod: Pod) -> str:
    """What is the status of a sync that failed, here since its definition was deleted meanwhile?"""
    seen = []
    for _ in range(_TRIES):
        uri = pod.defined("/contacts/imports", contact_import(pod))["uri"]
        staged(pod, uri, _people(pod, 100)).expect(204)
        sync = pod.defined("/syncs", {"syncedInstanceUri": uri})["uri"]
        pod.bulk("DELETE", uri).expect(204)
        status: str = pod.ended(sync)["status"]
        if status in {"error", "errored"}:
            return status
        seen.append(status)
    raise Undecided(f"such syncs end as {', '.join(seen)}")


@probe("bulk.duplicate-in-upload", source="bulk 23 question 3", setting="duplicate_in_upload", needs=_NEEDS)
def winner(pod: Pod) -> str:
    """Which of several records of one upload with the same identifier goes in?"""
    (row,) = _people(pod, 1)
    loaded(pod, [row | {"first": word} for word in ("first", "middle", "last")])
    (found,) = exported(pod, row["mark"])
    if found["first"] not in {"first", "last"}:
        raise Undecided(f"the {found['first']} one goes in")
    return found["first"]


@probe("bulk.empty-export-items", source="bulk 6", setting="empty_export_items", needs=_NEEDS)
def no_rows(pod: Pod) -> str:
    """Do the data of an export without rows show an empty list of items, or none?"""
    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, pod.name("nobody")))["uri"])
    body = pod.bulk("GET", f"{sync['uri']}/data").expect(200).json()
    return "empty" if "items" in body else "absent"


@probe("bulk.definition-data", source="platform Q57", setting="definition_data", needs=_NEEDS)
def data_of_the_definition(pod: Pod) -> str:
    """Does a definition show all rows of its last sync?"""
    people = _people(pod, 6)
    loaded(pod, people)
    definition = pod.defined("/contacts/exports", contact_export(pod, people[0]["mark"]))
    sync = pod.synced(definition["uri"])
    of_sync, of_definition = len(data_of(pod, sync)), len(data_of(pod, definition))
    if of_sync != len(people):
        raise Undecided(f"the sync has {of_sync} rows of {len(people)}")
    return "complete" if of_definition == of_sync else "partial"


@probe("bulk.twin-syncs", source="bulk 23 question 13, platform Q58", setting="twin_syncs", needs=_NEEDS)
def two_syncs_at_once(pod: Pod) -> str:
    """What becomes of a second sync of a definition while the first is under way?"""
    for _ in range(_TRIES):
        people = _people(pod, 201)
        last = people[-1]["email"]
        uri = pod.defined("/contacts/imports", contact_import(pod))["uri"]
        staged(pod, uri, people[:-1]).expect(204)
        first = pod.defined("/syncs", {"syncedInstanceUri": uri})["uri"]
        staged(pod, uri, people[-1:]).expect(204)
        answer = pod.bulk("POST", "/syncs", {"syncedInstanceUri": uri})
        was_under_way = pod.bulk("GET", first).expect(200).json()["status"] in {"pending", "active"}
        if answer.status != 201:
            raise Undecided(str(answer))
        pod.ended(first)
        second = pod.ended(answer.json()["uri"])
        if not was_under_way:
            continue
        if second["status"].startswith("error"):
            return "fail"
        return "apart" if last in {row["email"] for row in exported(pod, people[0]["mark"])} else "lose"
    raise Undecided("syncs end before a second one can be started")


@probe("bulk.duplicate-export-field", source="platform Q62", setting="duplicate_export_field", needs=_NEEDS)
def statement_twice(pod: Pod) -> str:
    """Are the values of an export sound that has a statement twice?"""
    people = _people(pod, 4)
    loaded(pod, people)
    fields = {"email": CONTACT["email"], "again": CONTACT["email"], "first": CONTACT["first"]}
    wanted = {row["email"]: (row["email"], row["first"]) for row in people}
    found = {row["email"]: (row["again"], row["first"]) for row in exported(pod, people[0]["mark"], fields=fields)}
    return "sound" if found == wanted else "shuffle"


def _a_sync_with_rows(pod: Pod) -> Any:
    people = _people(pod, 1)
    loaded(pod, people)
    return pod.synced(pod.defined("/contacts/exports", contact_export(pod, people[0]["mark"]))["uri"])


@probe("bulk.expired-data-status", source="bulk 5, 7.2", setting="expired_data_status", needs=_NEEDS)
def status_of_gone_data(pod: Pod) -> int:
    """What is the status of data that were deleted?"""
    sync = _a_sync_with_rows(pod)
    pod.bulk("DELETE", f"{sync['uri']}/data").expect(204)
    return _one_of(pod.bulk("GET", f"{sync['uri']}/data"), 404, 410)


@probe("bulk.foreign-sync-status", source="bulk 23 question 5", setting="foreign_sync_status", needs=_NEEDS)
def status_of_foreign_data(pod: Pod) -> int:
    """What is the status of data for another user than the one who ran the sync?"""
    sync = _a_sync_with_rows(pod)
    return _one_of(pod.bulk("GET", f"{sync['uri']}/data", role="marketer"), 401, 403, 404)


def _one_of(answer: Exchange, *known: int) -> int:
    if answer.status not in known:
        raise Undecided(str(answer))
    return answer.status


@probe("bulk.page-limit-out-of-range", source="bulk 6, 23 question 9", setting="page_limit_out_of_range")
def limit_out_of_range(pod: Pod) -> str:
    """Is a `limit` outside 1 to 1000 refused, or cut to the range?"""
    words = {400: "error", 200: "clamp"}
    seen = {}
    for limit in (0, 1001):
        page: dict[str, Any] = {"limit": limit}
        seen[limit] = pod.bulk("GET", "/contacts/fields", **page).status
    if len(set(seen.values())) > 1 or not set(seen.values()) <= words.keys():
        raise Undecided(f"limit and status are {seen}")
    return words[seen[0]]
