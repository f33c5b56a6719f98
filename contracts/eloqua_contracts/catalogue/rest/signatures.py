"""Signature rules: who an e-mail comes from, by a value of its recipient (2.0)."""

from __future__ import annotations

from eloqua_contracts.catalogue.rest.answers import listed
from eloqua_contracts.catalogue.rest.things import Thing
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_V2 = ("2.0",)


def _rule(pod: Pod) -> tuple[str, str]:
    """The path of the mappings of a new rule, and the id of a user to be its sender."""
    made = pod.made("/assets/email/signature/rule", {"name": pod.name("rule")})
    sender = pod.rest("GET", "/system/user/current").expect(200).json()["id"]
    return f"/assets/email/signature/rule/{made['id']}/mappings", sender


def _are(pod: Pod, path: str, answered: list[Thing], *wanted: tuple[str, str]) -> None:
    """Are these the mappings, as an answer tells and as they are listed?"""
    for mappings in (answered, listed(pod.rest("GET", path))):
        told = sorted((each["matchValue"], each["senderId"]) for each in mappings)
        expect(that=told == [*wanted], otherwise=f"they are {wanted}", found=mappings)


def _mapping(value: str, sender: str) -> Thing:
    return {"type": "EmailSignatureRuleMapping", "matchValue": value, "senderId": sender}


@contract("rest.signature-mapping.add", sure=Sure.DOC, source="rest 19, 20", versions=_V2, needs=[Need.WRITES])
def mappings_come_and_go_in_bare_arrays(pod: Pod) -> None:
    """Mappings are added by a POST: 201, a bare array there and back; they are listed in an envelope."""
    path, sender = _rule(pod)
    expect(that=listed(pod.rest("GET", path)) == [], otherwise="a new rule has none")

    added = pod.rest("POST", path, [_mapping("North", sender), _mapping("South", sender)]).expect(201).json()

    _are(pod, path, added, ("North", sender), ("South", sender))


@contract("rest.signature-mapping.replace", sure=Sure.DOC, source="rest 19, 20", versions=_V2, needs=[Need.WRITES])
def a_put_replaces_all_mappings(pod: Pod) -> None:
    """A PUT replaces the whole set of mappings, with 200: what it leaves out is removed."""
    path, sender = _rule(pod)
    pod.rest("POST", path, [_mapping("North", sender), _mapping("South", sender)]).expect(201)

    put = pod.rest("PUT", path, [_mapping("South", sender), _mapping("West", sender)]).expect(200).json()

    _are(pod, path, put, ("South", sender), ("West", sender))


@contract("rest.signature-mapping.delete", sure=Sure.DOC, source="rest 19, 20", versions=_V2, needs=[Need.WRITES])
def a_delete_removes_all_mappings(pod: Pod) -> None:
    """A DELETE of the mappings of a rule removes every one of them, and leaves those of another."""
    path, sender = _rule(pod)
    other, _ = _rule(pod)
    for each in (path, other):
        pod.rest("POST", each, [_mapping("North", sender), _mapping("South", sender)]).expect(201)

    pod.rest("DELETE", path).expect(200)

    left = [len(listed(pod.rest("GET", each))) for each in (path, other)]
    expect(that=left == [0, 2], otherwise="none and two are left", found=left)
