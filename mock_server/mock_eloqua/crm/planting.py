"""Seeding: a document of users, fields, lists and contacts, added to a site as a whole or not at all.

What each kind may say is declared with the functions that add it, in the modules `planting_...`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mock_eloqua.access.clients import BadClient
from mock_eloqua.access.users import BadUser
from mock_eloqua.crm import (
    fields,
    planting_activities,
    planting_campaigns,
    planting_emails,
    planting_folders,
    planting_forms,
    planting_groups,
    planting_lists,
    planting_members,
    planting_oauth,
    planting_people,
    planting_records,
    planting_scores,
    planting_segments,
    planting_users,
)
from mock_eloqua.crm.errors import Failure, Invalid, Refused
from mock_eloqua.crm.seed_values import Item, Keys, check_keys
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.mistyped import instead
from mock_eloqua.site import Site

Add = Callable[[Site, Iterable[Item]], None]


def plant(site: Site, document: Any) -> dict[str, int]:
    """Add what *document* describes, in the order of `KINDS`; how much of each kind that was.

    Raises:
        BadSeed: something does not fit; the text says where, and nothing is added.
    """
    if not isinstance(document, Mapping):
        raise BadSeed("a seed is an object with users, fields, contacts and lists")
    odd = [key for key in document if key not in KINDS]
    if odd:
        raise BadSeed(f"a seed has no {odd[0]!r}; {instead(odd[0], KINDS)}")
    named = {name: document[name] for name in KINDS if name in document}
    for name, items in named.items():
        if not isinstance(items, list | tuple):
            raise BadSeed(f"{name} is a list of objects")
    work = [(name, KINDS[name].add) for name in named]
    work += [(name, later) for name in named if (later := KINDS[name].later)]
    site.seeding = (0, sum(len(named[name]) for name, _ in work))
    try:
        with site.database.writing():
            for name, add in work:
                _plant_all(site, name, add, named[name])
            return {name: len(items) for name, items in named.items()}
    except BaseException:
        site.forget()
        raise
    finally:
        site.seeding = (0, 0)


def _plant_all(site: Site, name: str, add: Add, items: Sequence[Any]) -> None:
    drawn = _Drawn(site, items, KINDS[name])
    try:
        add(site, drawn)
    except Invalid as error:
        told = ", ".join(_said(site, each) for each in error.failures)
        raise BadSeed(f"{name}[{drawn.number}]: {told}", (name, drawn.number)) from error
    except (Refused, BadUser, BadClient, BadSeed) as error:
        raise BadSeed(f"{name}[{drawn.number}]: {error}", (name, drawn.number)) from error


class _Drawn:
    """The objects of one kind, checked as they are drawn; remembers which was the last."""

    def __init__(self, site: Site, items: Sequence[Any], kind: Kind) -> None:
        self.number = 0
        self._site = site
        self._items = items
        self._kind = kind

    def __iter__(self) -> Iterator[Item]:
        before, total = self._site.seeding
        for number, item in enumerate(self._items):
            self.number = number
            self._kind.check(item)
            yield item
            self._site.seeding = (before + number + 1, total)


_MENDS = {
    "DateRequirement": "write a date such as 2026-01-31",
    "EmailAddressRequirement": "write an address such as ada@example.test",
    "IntegerRequirement": "write a number",
    "UniquenessRequirement": "there is one already",
    "ValidTextLengthRequirement": "it is too long",
}


def _said(site: Site, failure: Failure) -> str:
    known = (fields.fields_of(site, each).by_key.get(failure.property) for each in ("Contact", "Account"))
    found = next(filter(None, known), None)
    name = found.internal_name if found else failure.property
    mend = f"one of {', '.join(failure.values)}" if failure.values else _MENDS.get(failure.requirement, "")
    return f"{name} {failure.value!r} breaks {failure.requirement}{f' ({mend})' if mend else ''}"


@dataclass(frozen=True)
class Kind:
    """One kind of record in a seed document."""

    add: Add
    keys: Keys
    """What its objects may say."""
    others: Keys = field(default_factory=dict)
    """Patterns of names that they may say besides; `add` knows which there are."""
    later: Add | None = None
    """What is done with them when all kinds are there, since they may name any."""

    def check(self, item: Any) -> None:
        """Is it an object with known keys?

        Raises:
            BadSeed: it is not.
        """
        if not isinstance(item, Mapping) or not all(isinstance(key, str) for key in item):
            raise BadSeed("is no object")
        if not self.others:
            check_keys(item, self.keys)


def _one_by_one(add: Callable[[Site, Item], None]) -> Add:
    def add_all(site: Site, given: Iterable[Item]) -> None:
        for item in given:
            add(site, item)

    return add_all


def _each(add: Callable[[Site, Item], None], keys: Keys, others: Keys | None = None) -> Kind:
    return Kind(_one_by_one(add), keys, others or {})


KINDS = {
    "securityGroups": _each(planting_groups.group, planting_groups.GROUP),
    "users": _each(planting_users.user, planting_users.USER),
    "folders": _each(planting_folders.folder, planting_folders.FOLDERS),
    "optionLists": _each(planting_folders.option_list, planting_folders.OPTION_LIST),
    "fields": _each(planting_people.field, planting_people.FIELD),
    "accounts": _each(planting_people.account, planting_people.ACCOUNT, planting_people.CUSTOM["Account"]),
    "contacts": Kind(planting_people.contacts, planting_people.CONTACT, planting_people.CUSTOM["Contact"]),
    "lists": _each(planting_lists.contact_list, planting_lists.LIST),
    "accountGroups": _each(planting_lists.account_group, planting_lists.ACCOUNT_GROUP),
    "contactViews": _each(planting_lists.view("Contact"), planting_lists.VIEW),
    "accountViews": _each(planting_lists.view("Account"), planting_lists.VIEW),
    "visitors": _each(planting_people.visitor, planting_people.VISITOR, planting_people.PROFILE),
    "labels": _each(planting_lists.label, planting_lists.LABEL),
    "customObjects": _each(planting_records.custom_object, planting_records.CUSTOM_OBJECT),
    "scoringModels": _each(planting_scores.model, planting_scores.MODEL),
    "lookupTables": _each(planting_records.lookup_table, planting_records.LOOKUP_TABLE),
    "dedupeRules": _each(planting_records.dedupe_rule, planting_records.DEDUPE_RULE),
    "emailGroups": _each(planting_folders.email_group, planting_folders.EMAIL_GROUP),
    "emails": _each(planting_emails.email, planting_emails.EMAIL),
    "signatureLayouts": _each(planting_emails.signature_layout, planting_emails.SIGNATURE_LAYOUT),
    "forms": Kind(_one_by_one(planting_forms.form), planting_forms.FORM, later=_one_by_one(planting_forms.steps)),
    "filters": _each(planting_segments.contact_filter, planting_segments.FILTER),
    "segments": _each(planting_segments.segment, planting_segments.SEGMENT),
    "campaigns": _each(planting_campaigns.campaign, planting_campaigns.CAMPAIGN_KEYS),
    "favorites": _each(planting_users.favorite, planting_users.FAVORITE),
    "senderCodes": _each(planting_emails.sender_code, planting_emails.SENDER_CODE),
    "activities": Kind(planting_activities.add, planting_activities.ACTIVITY),
    "members": _each(planting_members.members, planting_members.MEMBERS),
    "oauthClients": _each(planting_oauth.client, planting_oauth.CLIENT),
    "oauthTokens": _each(planting_oauth.token, planting_oauth.TOKEN),
}
"""In the order in which they are added: contacts need fields, lists and activities need contacts."""
