"""The drawing of a campaign or program: elements, and the lines from their output terminals (`rest` 14.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure
from mock_eloqua.site import Site

CAMPAIGN, PROGRAM = "Campaign", "Program"
CONTACT, RECORD = "Contact", "CustomObjectRecords"
DRAFT, SCHEDULED, ACTIVE, PAUSED, COMPLETED = "Draft", "Scheduled", "Active", "Paused", "Completed"

SEGMENT, LIST, EMAIL, FORM = "Segment", "ContactList", "Email", "Form"
INPUT, FEEDER = "Input", "CloudFeeder"
SOURCES = (SEGMENT, LIST, FORM, INPUT, FEEDER)
"""Elements through which members enter: the second and third words are inferred, the others clients'."""
_CHOSEN = {SEGMENT: "segmentId", LIST: "listId", EMAIL: "emailId", FORM: "formId"}
"""What has to be chosen in an element before it can run [inferred]."""


_UNITS = {"seconds": 1000, "minutes": 60_000, "hours": 3_600_000}


@dataclass(frozen=True, slots=True)
class Element:
    """One box on the canvas."""

    id: int
    type: str
    word: str
    """The type without `Campaign`, `Program` or `Canvas` before it."""
    doc: Mapping[str, Any]
    exits: Mapping[str, int]
    """Terminal type in lower case to the element that it is connected with."""

    def exit(self, name: str) -> int | None:
        """Where a terminal leads; the only one there is will do for `out`."""
        if name == "out" and "out" not in self.exits and len(self.exits) == 1:
            return next(iter(self.exits.values()))
        return self.exits.get(name)

    def number(self, name: str) -> int | None:
        """A property that is an id or a whole number."""
        value = self.doc.get(name)
        is_number = isinstance(value, str) and value.isascii() and value.isdigit()
        return int(value) if is_number and value is not None else None

    def milliseconds(self, site: Site, name: str) -> int | None:
        """A property that is a length of time, in the unit that a switch names."""
        value = self.number(name)
        return None if value is None else value * _UNITS[site.settings.canvas_time_unit]

    def says(self, name: str) -> bool:
        """A property that is `true`."""
        return bool(self.doc.get(name) == "true")


@dataclass(frozen=True, slots=True)
class Canvas:
    """A campaign or program as its members see it."""

    asset: Asset
    elements: Mapping[int, Element]

    @property
    def kind(self) -> str:
        """`Campaign` or `Program`."""
        return self.asset.kind

    @property
    def id(self) -> int:
        """Its id."""
        return self.asset.id

    @property
    def status(self) -> str:
        """`Draft`, `Scheduled`, `Active`, `Paused` or `Completed`."""
        found: str = self.asset.doc.get("currentStatus", DRAFT)
        return found

    @property
    def entity(self) -> str:
        """What its members are."""
        found: str = self.asset.doc.get("defaultEntityType", CONTACT)
        return found

    def instant(self, name: str) -> int | None:
        """Milliseconds of a property in Unix seconds."""
        value = self.asset.doc.get(name)
        return int(value) * 1000 if value else None

    def sources(self) -> Iterator[Element]:
        """The elements through which members enter."""
        return (each for each in self.elements.values() if each.word in SOURCES)

    def entrance(self) -> Element | None:
        """Where those go in who are simply added [inferred]: an input, else any source, else a box without a way in."""
        led_to = {key for each in self.elements.values() for key in each.exits.values()}
        inputs = (each for each in self.sources() if each.word == INPUT)
        free = (each for each in self.elements.values() if each.id not in led_to)
        return next(inputs, None) or next(self.sources(), None) or next(free, None)


def drawn(asset: Asset) -> Canvas:
    """The canvas of a campaign or program."""
    elements = {}
    for each in asset.doc.get("elements", ()):
        key = each.get("id", "")
        if key.isdigit():
            kind = each["type"]
            word = kind.removeprefix(CAMPAIGN).removeprefix(PROGRAM).removeprefix("Canvas")
            elements[int(key)] = Element(int(key), kind, word, each, _exits(each))
    return Canvas(asset, elements)


def _exits(element: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in element.get("outputTerminals", ()):
        connected = each.get("connectedId", "")
        if connected.isdigit():
            found.setdefault(each.get("terminalType", "out").lower(), int(connected))
    return found


def errors(canvas: Canvas, at: int) -> list[Failure]:
    """Why a canvas cannot be activated [inferred]: dates, no source of members, nothing chosen, a loose line."""
    found = list(_date_errors(canvas, at)) if canvas.kind == CAMPAIGN else []
    if canvas.kind == CAMPAIGN and next(canvas.sources(), None) is None:
        found.append(Failure("elements", "RelationshipRequirement", None))
    if canvas.entity == RECORD and not canvas.asset.doc.get("defaultEntityId"):
        found.append(Failure("defaultEntityId", "NotNullRequirement", None))
    for each in canvas.elements.values():
        inside = (each.type, str(each.id))
        chosen = _CHOSEN.get(each.word)
        if chosen and each.number(chosen) is None:
            found.append(Failure(chosen, "NotNullRequirement", None, inside=inside))
        found += [
            Failure("connectedId", "RelationshipRequirement", str(key), inside=inside)
            for key in each.exits.values()
            if key not in canvas.elements
        ]
    return found


def _date_errors(canvas: Canvas, at: int) -> Iterator[Failure]:
    start, end = canvas.instant("startAt"), canvas.instant("endAt")
    if end is None:
        yield Failure("endAt", "NotNullRequirement", None)
    elif end <= max(start or 0, at):
        yield Failure("endAt", "RelationshipRequirement", str(end // 1000))
