"""Programs, and what starts and stops them (`rest` 14.1)."""

from __future__ import annotations

from typing import Any

from eloqua_contracts.catalogue.rest.campaigns import DATES
from eloqua_contracts.catalogue.rest.things import Thing
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_V2 = ("2.0",)
_STARTED = {"Scheduled", "Active"}


def program(pod: Pod, **values: Any) -> Thing:
    """One that nobody is in."""
    made: Thing = pod.made("/assets/program", {"name": pod.name("program"), **values})
    return made


def _told(pod: Pod, word: str, made: Thing, **params: str) -> str:
    """The status that an action leads to: 201 with the program, as a GET shows it afterwards."""
    changed = pod.rest("POST", f"/assets/program/{word}/{made['id']}", {}, **params).expect(201).json()
    there = pod.rest("GET", f"/assets/program/{made['id']}").expect(200).json()
    told = changed["type"], changed["id"], changed["currentStatus"]
    wanted = "Program", made["id"], there["currentStatus"]
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    return str(there["currentStatus"])


@contract("rest.program.values", sure=Sure.DOC, source="rest 14.1", versions=_V2, needs=[Need.WRITES])
def a_program_keeps_what_it_is_about(pod: Pod) -> None:
    """A new program is a draft, and keeps whom it is for and whether somebody may be in it twice."""
    given = {"defaultEntityType": "Contact", "isMemberAllowedDuplicates": "true", "description": "For nobody"}

    made = program(pod, **given)

    wanted = {**given, "currentStatus": "Draft"}
    told = {name: made.get(name) for name in wanted}
    expect(that=told == wanted, otherwise=f"they are {wanted}", found=told)


@contract("rest.program.scheduled", sure=Sure.DOC, source="rest 14.1", versions=_V2, needs=[Need.WRITES])
def a_program_is_scheduled_and_a_draft_again(pod: Pod) -> None:
    """Activated for a later moment a program is no draft, with 201; `draft` makes it one again."""
    made = program(pod)

    status = _told(pod, "active", made, scheduledFor=DATES["startAt"])
    expect(that=status in _STARTED, otherwise=f"it is one of {sorted(_STARTED)}", found=status)
    status = _told(pod, "draft", made)
    expect(that=status == "Draft", otherwise="it is a draft", found=status)


@contract("rest.program.paused", sure=Sure.DOC, source="rest 14.1", versions=_V2, needs=[Need.WRITES])
def a_running_program_is_paused(pod: Pod) -> None:
    """A program that runs is paused with 201, and is not active then."""
    made = program(pod)
    status = _told(pod, "active", made)
    expect(that=status in _STARTED, otherwise=f"it is one of {sorted(_STARTED)}", found=status)

    status = _told(pod, "pause", made)
    expect(that=status not in _STARTED, otherwise="it does not run", found=status)
    _told(pod, "draft", made)


@contract("rest.program.unknown-action", sure=Sure.CLIENT, source="rest 7.4", versions=_V2, needs=[Need.WRITES])
def what_is_not_there_is_not_started(pod: Pod) -> None:
    """To start, to stop or to pause a program that is not there is 404."""
    for word in ("active", "draft", "pause"):
        pod.rest("POST", f"/assets/program/{word}/2147483647", {}).expect(404)
