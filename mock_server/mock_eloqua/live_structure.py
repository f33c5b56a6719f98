"""The structure of a live site as a seed document: what users built, and nobody's data.

It is made of what `live_reading` has read. What names another thing by its id names it by its name, so that a copy
names the copy; `live_forms` has the forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mock_eloqua.crm.conditions import OPERATORS
from mock_eloqua.crm.fields import DATA_TYPES, DISPLAY_TYPES, UPDATE_TYPES
from mock_eloqua.crm.seeds import DEFAULT_GROUP_NAME
from mock_eloqua.crm.standard_fields import ACCOUNT_FIELDS, CONTACT_FIELDS
from mock_eloqua.live_forms import Names, form
from mock_eloqua.live_reading import FOLDERS, Read, Thing

Document = dict[str, list[dict[str, Any]]]
_STANDARD = {each[1].lower() for each in (*CONTACT_FIELDS, *ACCOUNT_FIELDS)}
_POINTERS = {
    "displayNameField": "displayNameFieldId",
    "uniqueCodeField": "uniqueCodeFieldId",
    "emailAddressField": "emailAddressFieldId",
}
_OF_ONE = {
    "C_EmailAddress",
    "C_FirstName",
    "C_LastName",
    "C_BusPhone",
    "C_MobilePhone",
    "C_Fax",
    "C_Address1",
    "C_Address2",
    "C_Address3",
}
"""Fields whose value tells who is meant."""
_LEFT_OUT = "asks for more than lists and fields of contacts, or for somebody, and is left out"
_OF_CAMPAIGNS = ("campaignType", "product", "region", "crmId", "startAt", "endAt")
_ALL_OF_THEM = re.compile(r"\s*\d+(\s+AND\s+\d+)*\s*", re.IGNORECASE)
"""A statement of a filter that a seed can say."""
_HEAD = """\
# yaml-language-server: $schema=seed-schema.json
# The structure of a live site, without anybody's data: written by mock-eloqua seed --from-live.
"""


@dataclass(frozen=True)
class Structure:
    """What a site is made of."""

    document: Document
    """As a seed."""
    left: list[str]
    """What a seed cannot say, a line each."""


def structure(read: Read) -> Structure:
    """What a site is made of, in an order that only depends on names."""
    left = [f"{name}: the site has no such list, or not for this user" for name, each in read.items() if each is None]
    found = _copied({name: each or [] for name, each in read.items()}, left)
    return Structure({kind: items for kind, items in found.items() if items}, left)


def _copied(read: Mapping[str, list[Thing]], left: list[str]) -> Document:
    lists = [each for each in read["lists"] if each.get("scope") != "local"]
    filters = [each for each in read["filters"] if each.get("scope") != "local"]
    groups = [each for each in read["groups"] if each["name"].lower() != DEFAULT_GROUP_NAME.lower()]
    of_objects = [each for one in read["custom objects"] for each in one.get("fields", ())]
    fields = {"Contact": read["contact fields"], "Account": read["account fields"]}
    names = Names(
        {
            "OptionList": _by_id(read["option lists"]),
            "ContactField": _by_id(fields["Contact"], "internalName"),
            "AccountField": _by_id(fields["Account"], "internalName"),
            "ContactList": _by_id(lists),
            "EmailGroup": _by_id(groups),
            "Email": _by_id(read["emails"]),
            "Campaign": _by_id(read["campaigns"]),
            "CustomObject": _by_id(read["custom objects"]),
            "CustomObjectField": _by_id(of_objects),
        }
    )
    folders = {name.removeprefix(FOLDERS): _paths(each) for name, each in read.items() if name.startswith(FOLDERS)}
    reading = _Reading(names, folders, left)
    copied = [(each["id"], reading.filter(each)) for each in filters]
    reading.filters.update((key, each["name"]) for key, each in copied if each)
    return {
        "folders": [
            {"of": of, "path": path}
            for of, paths in folders.items()
            for path in sorted(paths.values(), key=lambda path: path.lower().split("/"))
        ],
        "optionLists": _named(map(_option_list, read["option lists"])),
        "fields": _named(
            reading.field(entity, each)
            for entity, those in fields.items()
            for each in those
            if each["internalName"].lower() not in _STANDARD
        ),
        "lists": _named(reading.told("ContactList", each) for each in lists),
        "emailGroups": _named(map(reading.email_group, groups)),
        "emails": _named(map(reading.email, read["emails"])),
        "customObjects": _named(map(reading.custom_object, read["custom objects"])),
        "forms": _named(map(reading.form, read["forms"])),
        "filters": _named(each for _, each in copied if each),
        "segments": _named(filter(None, map(reading.segment, read["segments"]))),
        "campaigns": _named(map(reading.campaign, read["campaigns"])),
    }


def written(document: Document) -> str:
    """A seed document as a YAML file."""
    return _HEAD + yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)


def save(document: Document, file: Path) -> None:
    """Write it; raises OSError."""
    file.write_text(written(document), "utf-8")


def _by_id(things: Iterable[Thing], name: str = "name") -> dict[str, str]:
    return {each["id"]: each[name] for each in things}


def _paths(folders: Iterable[Thing]) -> dict[str, str]:
    """Id to path of the folders that users made: a slash in a name becomes a dash."""
    known = {each["id"]: each for each in folders}

    def path(key: str) -> list[str]:
        each = known.get(key)
        if each is None or each.get("isSystem") == "true":
            return []
        return [*path(each.get("folderId", "")), each["name"].replace("/", "-")]

    return {key: "/".join(path(key)) for key in known if path(key)}


def _named(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """By their names, the first of each name: a seed tells things apart by those."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for each in items:
        found.setdefault((each["name"].lower(), each.get("entity", "")), each)
    return [found[name] for name in sorted(found)]


def _option_list(of: Thing) -> dict[str, Any]:
    options = [{name: each[name] for name in ("displayName", "value")} for each in of.get("elements", ())]
    return {"name": of["name"], "elements": options}


def _known(of: Thing, **names: tuple[str, ...]) -> dict[str, Any]:
    """Those of its words that a seed takes as well."""
    return {name: of[name] for name, words in names.items() if of.get(name) in words}


@dataclass(frozen=True)
class _Reading:
    """What ids on the site stand for."""

    names: Names
    folders: Mapping[str, Mapping[str, str]]
    left: list[str]
    """Gets a line for what a seed cannot say."""
    filters: dict[str, str] = field(default_factory=dict)
    """The shared filters that are copied, by id."""

    def told(self, kind: str, of: Thing) -> dict[str, Any]:
        """Name, description and folder of an asset."""
        found = {"name": of["name"]}
        if of.get("description"):
            found["description"] = of["description"]
        if path := self.folders.get(kind, {}).get(of.get("folderId", "")):
            found["folder"] = path
        return found

    def field(self, entity: str, of: Thing) -> dict[str, Any]:
        """A field with the internal name that it has there."""
        found = {"name": of["name"], "internalName": of["internalName"], "entity": entity}
        found |= _known(of, dataType=DATA_TYPES, displayType=DISPLAY_TYPES, updateType=UPDATE_TYPES)
        if options := self.names.of("OptionList", of.get("optionListId", "")):
            found["optionList"] = options
        return found

    def email_group(self, of: Thing) -> dict[str, Any]:
        """An e-mail group, and whether the public sees it."""
        shown = {"isVisible": of.get("isVisibleInPublicSubscriptionList") != "false"}
        named = {"displayName": of["displayName"]} if of.get("displayName") else {}
        return self.told("EmailGroup", of) | named | shown

    def email(self, of: Thing) -> dict[str, Any]:
        """An e-mail with its subject, for what names it; not what it says."""
        return self.told("Email", of) | ({"subject": of["subject"]} if of.get("subject") else {})

    def custom_object(self, of: Thing) -> dict[str, Any]:
        """A custom object with its fields; none of its records."""
        fields = of.get("fields", ())
        names = {each["id"]: each["name"] for each in fields}
        pointers = {name: names[of[key]] for name, key in _POINTERS.items() if of.get(key) in names}
        kept = [
            {"name": each["name"]}
            | _known(each, dataType=DATA_TYPES, displayType=DISPLAY_TYPES)
            | ({"defaultValue": each["defaultValue"]} if each.get("defaultValue") else {})
            for each in fields
        ]
        return self.told("CustomObject", of) | {"fields": kept} | pointers

    def form(self, of: Thing) -> dict[str, Any]:
        """A form with its fields, HTML and processing steps; nothing that was sent in."""
        found, idle = form(of, self.names)
        self.left.extend(idle)
        return self.told("Form", of) | found

    def filter(self, of: Thing) -> dict[str, Any] | None:
        """A shared filter of contacts by their fields; None: it is of more."""
        criteria = self._criteria(of)
        if not criteria:
            self.left.append(f"filter {of['name']!r} {_LEFT_OUT}")
            return None
        return self.told("ContactFilter", of) | {"criteria": criteria}

    def segment(self, of: Thing) -> dict[str, Any] | None:
        """A segment of lists, shared filters, and of contacts by their fields; None: it is of more."""
        found: dict[str, Any] = self.told("ContactSegment", of)
        for each in of.get("elements", ()):
            is_included = each.get("isIncluded") != "false"
            listed = self.names.of("ContactList", each.get("list", {}).get("id", ""))
            shared = self.filters.get(each.get("filter", {}).get("id", ""))
            criteria = self._criteria(each.get("filter", {}))
            if listed:
                found.setdefault("lists" if is_included else "exceptLists", []).append(listed)
            elif shared:
                found.setdefault("filters" if is_included else "exceptFilters", []).append(shared)
            elif criteria and is_included and "criteria" not in found:
                found["criteria"] = criteria
            else:
                self.left.append(f"segment {of['name']!r} {_LEFT_OUT}")
                return None
        return found

    def _criteria(self, of: Thing) -> list[dict[str, Any]]:
        """Those of a filter, all of which are fulfilled; none where a seed cannot say them or one is of somebody."""
        found = []
        for each in of.get("criteria", ()):
            condition = each.get("condition", {})
            name, operator = self.names.of("ContactField", each.get("fieldId", "")), condition.get("operator")
            value = condition.get("value", "")
            if not (name and operator in OPERATORS.get(condition.get("type"), ()) and isinstance(value, str)):
                return []
            if value and name in _OF_ONE and not value.startswith("@"):  # an address that ends so is of many
                return []
            found.append({"field": name, "operator": operator} | ({"value": value} if value else {}))
        return found if _ALL_OF_THEM.fullmatch(of.get("statement") or "1") else []

    def campaign(self, of: Thing) -> dict[str, Any]:
        """A campaign as a draft; its canvas, which a seed cannot say, is empty."""
        return self.told("Campaign", of) | {name: of[name] for name in _OF_CAMPAIGNS if of.get(name)}
