"""Seeding: a document of users, fields, lists and contacts, added to a site as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mock_eloqua.access import users
from mock_eloqua.access.users import BadUser
from mock_eloqua.crm import contacts, fields, lists
from mock_eloqua.crm.errors import Refused
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.crm.standard_fields import PROPERTIES
from mock_eloqua.site import Site

_API_GROUPS = ["API Users", "Advanced Users - Marketing"]


def plant(site: Site, document: Mapping[str, Any]) -> dict[str, int]:
    """Add what *document* describes; how much of each kind that was.

    `users`: `name`, `password`, `groups`, `firstName`, `lastName`. `fields`: `name`, `dataType`,
    `displayType`, `updateType`. `contacts`: properties (`firstName`) or internal field names
    (`C_FirstName`), `isSubscribed`, `isBounceback`. `lists`: `name`, `members` (addresses).

    Raises:
        BadSeed: something does not fit; the text says where, and nothing is added.
    """
    if not isinstance(document, Mapping):
        raise BadSeed("a seed is an object with users, fields, contacts and lists")
    unknown = [key for key in document if key not in _PLANTERS]
    if unknown:
        raise BadSeed(f"a seed has {', '.join(_PLANTERS)}, not {unknown[0]!r}")
    with site.database.writing():
        try:
            return {kind: _plant_all(site, kind, document[kind]) for kind in _PLANTERS if kind in document}
        except BaseException:
            site.forget()
            raise


def _plant_all(site: Site, kind: str, items: Any) -> int:
    if not isinstance(items, list):
        raise BadSeed(f"{kind} is a list of objects")
    for number, item in enumerate(items):
        where = f"{kind}[{number}]"
        if not isinstance(item, Mapping):
            raise BadSeed(f"{where} is no object")
        try:
            _PLANTERS[kind](site, item)
        except (Refused, BadUser) as error:
            raise BadSeed(f"{where}: {error}") from error
        except KeyError as error:
            raise BadSeed(f"{where}: {error.args[0]} is missing or not known") from error
    return len(items)


def _user(site: Site, item: Mapping[str, Any]) -> None:
    groups = [str(group) for group in item.get("groups", _API_GROUPS)]
    users.add(
        site,
        str(item["name"]),
        str(item["password"]),
        groups,
        str(item.get("firstName", "")),
        str(item.get("lastName", "")),
    )


def _field(site: Site, item: Mapping[str, Any]) -> None:
    fields.create(
        site,
        name=str(item["name"]),
        data_type=str(item.get("dataType", "text")),
        display_type=str(item.get("displayType", "text")),
        update_type=str(item.get("updateType", "always")),
    )


def _contact(site: Site, item: Mapping[str, Any]) -> None:
    catalogue = fields.contact_fields(site)
    values = {}
    for name, given in item.items():
        if name not in _MARKS:
            field = catalogue.named(PROPERTIES.get(name, name))
            if field is None:
                raise KeyError(name)
            values[field.key] = "" if given is None else str(given)
    contacts.create(
        site,
        contacts.Changes(
            values=values,
            is_subscribed=_mark(item, "isSubscribed"),
            is_bounceback=_mark(item, "isBounceback"),
        ),
    )


_MARKS = ("isSubscribed", "isBounceback")


def _mark(item: Mapping[str, Any], name: str) -> bool | None:
    given = item.get(name)
    return None if given is None else str(given).lower() == "true"


def _list(site: Site, item: Mapping[str, Any]) -> None:
    members = []
    for address in item.get("members", ()):
        contact = contacts.by_address(site, str(address))
        if contact is None:
            raise KeyError(f"the contact {address}")
        members.append(contact.id)
    lists.create(
        site,
        lists.Changes(name=str(item["name"]), description=str(item.get("description", "")), additions=members),
    )


_PLANTERS: dict[str, Callable[[Site, Mapping[str, Any]], None]] = {
    "users": _user,
    "fields": _field,
    "contacts": _contact,
    "lists": _list,
}
"""In the order in which they are added: contacts need fields, lists need contacts."""
