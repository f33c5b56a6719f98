"""Syncs of Bulk 2.0: what they look like, how they end, what must not be done meanwhile (`bulk` 5, 8)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.transfer import (
    CONTACT,
    contact_export,
    contact_import,
    counts_of,
    loaded,
    log_of,
    rejects_of,
    seen,
    staged,
)
from eloqua_contracts.contract import Draw, Need, Sure, Unmet, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod

_NEEDS = [Need.WRITES, Need.SYNCS]
_NEW = ["syncedInstanceUri", "status", "createdAt", "createdBy", "uri"]
_ENDED = ["syncedInstanceUri", "syncStartedAt", "syncEndedAt", "status", "createdAt", "createdBy", "uri"]
_TRIES = 3


@contract("bulk.sync.create", sure=Sure.RECORDED, source="bulk 8.1, 8.2", needs=_NEEDS)
def a_new_sync_is_pending(pod: Pod, draw: Draw) -> None:
    """A new sync is 201 and pending, with the recorded keys in their order, whatever status the client sends."""
    definition = pod.defined("/contacts/exports", contact_export(pod, pod.name("nobody")))
    said: dict[str, Any] = draw(st.sampled_from([{}, {"status": "pending"}, {"status": 0}, {"status": "success"}]))

    made = pod.defined("/syncs", {"syncedInstanceUri": definition["uri"]} | said)

    expect(that=list(made) == _NEW, otherwise=f"the keys are {_NEW}", found=list(made))
    told = (made["syncedInstanceUri"], made["status"], made["createdBy"])
    wanted = (definition["uri"], "pending", pod.login().name)
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    number = made["uri"].removeprefix("/syncs/")
    expect(that=number.isdecimal(), otherwise="the uri is /syncs/ and a number", found=made["uri"])


@contract("bulk.sync.ended", sure=Sure.RECORDED, source="bulk 8.1", needs=_NEEDS)
def a_sync_tells_when_it_began_and_ended(pod: Pod) -> None:
    """A sync that has ended has `syncStartedAt` and `syncEndedAt` besides, in the recorded place and in this order."""
    found = pod.synced(pod.defined("/contacts/exports", contact_export(pod, pod.name("nobody")))["uri"])

    expect(that=list(found) == _ENDED, otherwise=f"the keys are {_ENDED}", found=list(found))
    times = [found[name] for name in ("createdAt", "syncStartedAt", "syncEndedAt")]
    expect(that=times == sorted(times), otherwise="made, begun, ended in this order", found=times)


@contract("bulk.sync.key-in-any-case", sure=Sure.CLIENT, source="bulk 2", needs=_NEEDS)
def the_key_of_a_sync_is_read_in_any_case(pod: Pod, draw: Draw) -> None:
    """`syncedInstanceURI` and other spellings are understood."""
    definition = pod.defined("/contacts/exports", contact_export(pod, pod.name("nobody")))
    key = draw(st.sampled_from(["syncedInstanceURI", "syncedinstanceuri", "SyncedInstanceUri"]))

    made = pod.defined("/syncs", {key: definition["uri"]})

    told = made["syncedInstanceUri"]
    expect(that=told == definition["uri"], otherwise="it is that definition", found=told)


@contract("bulk.sync.listed", sure=Sure.DOC, source="bulk 3", needs=_NEEDS)
def syncs_are_listed(pod: Pod) -> None:
    """The list of syncs has a sync as it is read alone."""
    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, pod.name("nobody")))["uri"])
    newest: dict[str, Any] = {"orderBy": "createdAt DESC", "limit": 50}

    items = pod.bulk("GET", "/syncs", **newest).expect(200).json()["items"]

    mine = [each for each in items if each["uri"] == sync["uri"]]
    expect(that=mine == [sync], otherwise=f"it is {sync}", found=mine)


@contract("bulk.sync.numbers-grow", sure=Sure.RECORDED, source="bulk 1", needs=_NEEDS)
def numbers_of_syncs_grow(pod: Pod) -> None:
    """A later sync has a higher number."""
    definition = pod.defined("/contacts/exports", contact_export(pod, pod.name("nobody")))

    numbers = [int(pod.synced(definition["uri"])["uri"].rpartition("/")[2]) for _ in range(2)]

    expect(that=numbers[0] < numbers[1], otherwise="the second number is higher", found=numbers)


@contract("bulk.sync.missing-right", sure=Sure.CLIENT, source="bulk 8.2", needs=_NEEDS)
def a_sync_takes_the_right(pod: Pod) -> None:
    """Who may not import may not sync an import either: 401."""
    definition = pod.defined("/contacts/imports", contact_import(pod))

    pod.bulk("POST", "/syncs", {"syncedInstanceUri": definition["uri"]}, role="api only").expect(401)


def _row(pod: Pod, **changes: str) -> dict[str, str]:
    return {"email": pod.address(), "first": "A", "last": "B", "mark": pod.name("mark")} | changes


@contract("bulk.sync.success", sure=Sure.RECORDED, source="bulk 8.4, 10", needs=_NEEDS)
def clean_data_are_a_success(pod: Pod) -> None:
    """An import of clean data ends in success, without rejects."""
    sync = loaded(pod, [_row(pod)])

    expect(that=sync["status"] == "success", otherwise="the status is success", found=sync["status"])
    rejects = rejects_of(pod, sync)
    expect(that=rejects == [], otherwise="nothing is rejected", found=rejects)


@contract("bulk.sync.warning-for-rejects", sure=Sure.RECORDED, source="bulk 8.4, 10", needs=_NEEDS)
def rejects_are_a_warning(pod: Pod) -> None:
    """An import of which a record is rejected ends in a warning."""
    sync = loaded(pod, [_row(pod), _row(pod, email="notanemail")])

    expect(that=sync["status"] == "warning", otherwise="the status is warning", found=sync["status"])


@contract("bulk.sync.warning-for-columns", sure=Sure.RECORDED, source="bulk 7.1, 8.4, 10", needs=_NEEDS)
def columns_too_many_are_a_warning(pod: Pod, draw: Draw) -> None:
    """A column that the definition does not have ends in a warning (ELQ-00111), though nothing is rejected."""
    row = _row(pod)
    name = draw(st.sampled_from(["id", "other", "email2"]))

    sync = loaded(pod, [row | {name: "7"}])

    expect(that=sync["status"] == "warning", otherwise="the status is warning", found=sync["status"])
    rejects = rejects_of(pod, sync)
    expect(that=rejects == [], otherwise="nothing is rejected", found=rejects)
    lines = [each for each in log_of(pod, sync) if each["statusCode"] == "ELQ-00111"]
    message = f"Field {name} is not part of import definition, and will be ignored."
    told = [each["message"] for each in lines]
    expect(that=told == [message], otherwise=f"the log says {message!r}", found=told)
    found = seen(pod, row["mark"])
    expect(that=found == [row], otherwise="the rest went in", found=found)


@contract("bulk.sync.uploads-together", sure=Sure.DOC, source="bulk 5", needs=_NEEDS)
def uploads_are_taken_together(pod: Pod, draw: Draw) -> None:
    """Several uploads before a sync are taken by it together, and their records counted on."""
    mark = pod.name("mark")
    definition = pod.defined("/contacts/imports", contact_import(pod))
    parts = draw(st.lists(st.integers(1, 3), min_size=2, max_size=3))
    for count in parts:
        staged(pod, definition["uri"], [_row(pod, mark=mark) for _ in range(count)]).expect(204)

    sync = pod.synced(definition["uri"])

    counted = counts_of(pod, sync)["ELQ-00130"]
    expect(that=counted == sum(parts), otherwise=f"{sum(parts)} are staged", found=counted)
    found = seen(pod, mark)
    expect(that=len(found) == sum(parts), otherwise="they are all in", found=len(found))


def _while_under_way(pod: Pod, definition: str, act: Any) -> tuple[Exchange, str]:
    """What comes of doing something while a sync is under way, and the sync: tried again where it was too fast."""
    for _ in range(_TRIES):
        staged(pod, definition, [_row(pod) for _ in range(200)]).expect(204)
        sync = pod.defined("/syncs", {"syncedInstanceUri": definition})["uri"]
        answer: Exchange = act()
        if pod.bulk("GET", sync).expect(200).json()["status"] in {"pending", "active"}:
            return answer, sync
        pod.ended(sync)
    raise Unmet(f"syncs end before anything can be done meanwhile; tried {_TRIES} times")


@contract("bulk.sync.delete-data-meanwhile", sure=Sure.DOC, source="bulk 5, 19.2", needs=_NEEDS)
def data_are_not_deleted_meanwhile(pod: Pod) -> None:
    """Deleting the data of a definition while it is synced is 409; afterwards it is 204."""
    uri = pod.defined("/contacts/imports", contact_import(pod))["uri"]

    answer, sync = _while_under_way(pod, uri, lambda: pod.bulk("DELETE", f"{uri}/data"))

    answer.expect(409)
    reason = "There was a conflict."
    expect(that=answer.reason in {reason, ""}, otherwise=f"the reason is {reason!r}", found=answer.reason)
    pod.ended(sync)
    pod.bulk("DELETE", f"{uri}/data").expect(204)


@contract("bulk.sync.delete-definition-meanwhile", sure=Sure.DOC, source="bulk 5", needs=_NEEDS)
def a_definition_that_goes_meanwhile_is_an_error(pod: Pod) -> None:
    """A definition deleted before its sync has ended leaves ELQ-00143 in the log."""
    for _ in range(_TRIES):
        uri = pod.defined("/contacts/imports", contact_import(pod))["uri"]
        staged(pod, uri, [_row(pod) for _ in range(200)]).expect(204)
        sync = pod.defined("/syncs", {"syncedInstanceUri": uri})["uri"]
        pod.bulk("DELETE", uri).expect(204)
        is_soon_enough = pod.bulk("GET", sync).expect(200).json()["status"] in {"pending", "active"}
        ended = pod.ended(sync)
        if is_soon_enough:
            said = {each["statusCode"]: each.get("message") or "" for each in log_of(pod, ended)}
            words = f"definition for id {uri.rpartition('/')[2]} has been deleted."
            is_said = said.get("ELQ-00143", "").endswith(words)
            expect(that=is_said, otherwise=f"ELQ-00143 says {words!r}", found=said)
            return
    raise Unmet(f"syncs end before anything can be done meanwhile; tried {_TRIES} times")


@contract("bulk.sync.stays-after-its-definition", sure=Sure.DOC, source="bulk 5", needs=_NEEDS)
def a_sync_outlives_its_definition(pod: Pod) -> None:
    """A sync, its log and its rejects can be read when its definition is deleted."""
    sync = loaded(pod, [_row(pod), _row(pod, email="notanemail")])
    pod.bulk("DELETE", sync["syncedInstanceUri"]).expect(204)

    again = pod.bulk("GET", sync["uri"]).expect(200).json()

    expect(that=again == sync, otherwise="it is as it was", found=again)
    told = (len(rejects_of(pod, sync)), counts_of(pod, sync)["ELQ-00001"])
    expect(that=told == (1, 2), otherwise="one was rejected of two", found=told)


@contract("bulk.sync.new-fields-later", sure=Sure.DOC, source="bulk 4.5, 5", needs=_NEEDS)
def a_changed_definition_is_what_is_synced(pod: Pod) -> None:
    """A sync does what its definition says since it was replaced."""
    row = _row(pod)
    loaded(pod, [row])
    sent = contact_export(pod, row["mark"])
    definition = pod.defined("/contacts/exports", sent)
    first = {"first": CONTACT["first"]}

    pod.bulk("PUT", definition["uri"], sent | {"fields": first}).expect(200)
    sync = pod.synced(definition["uri"])

    items = pod.bulk("GET", f"{sync['uri']}/data").expect(200).json()["items"]
    expect(that=items == [{"first": "A"}], otherwise="the row has the new fields alone", found=items)
