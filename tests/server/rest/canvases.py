"""Campaigns and programs as tests draw them."""

from __future__ import annotations

from typing import Any

CAMPAIGN = "/API/REST/2.0/assets/campaign"
PROGRAM = "/API/REST/2.0/assets/program"
DAY = 86_400


def now(eloqua: Any) -> int:
    """Unix seconds."""
    return int(eloqua.clock.now.timestamp())


def line(to: str, kind: str = "out") -> dict[str, Any]:
    """An output terminal."""
    return {"type": "CampaignOutputTerminal", "connectedId": to, "terminalType": kind}


def source(segment: str, to: str | None = None) -> dict[str, Any]:
    """A segment on the canvas, as element -1."""
    lines = {"outputTerminals": [line(to)]} if to else {}
    return {"type": "CampaignSegment", "id": "-1", "segmentId": segment, **lines}


def created(http: Any, eloqua: Any, *elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A draft that ends in thirty days."""
    body = {"name": "Spring", "endAt": now(eloqua) + 30 * DAY, "elements": list(elements), **more}
    answer = http.post(CAMPAIGN, json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def started(http: Any, eloqua: Any, *elements: dict[str, Any], **more: Any) -> str:
    """The id of an active campaign."""
    key: str = created(http, eloqua, *elements, **more)["id"]
    answer = http.post(f"{CAMPAIGN}/active/{key}", params={"activateNow": "true"})
    assert answer.status_code == 201, answer.text
    return key


def where(http: Any, key: str, path: str = CAMPAIGN) -> list[int]:
    """How many members each element has, in order."""
    return [int(each["memberCount"]) for each in http.get(f"{path}/{key}").json()["elements"]]


def broken(answer: Any) -> list[tuple[str, str]]:
    """The properties that a 400 complains of, and the rules."""
    assert answer.status_code == 400, answer.text
    return [(each["property"], each["requirement"]["type"]) for each in answer.json()]
