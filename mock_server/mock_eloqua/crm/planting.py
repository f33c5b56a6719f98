"""Seeding: a document of users, fields, lists and contacts, added to a site as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import true

from mock_eloqua import dates
from mock_eloqua.access import users
from mock_eloqua.access.clients import BadClient
from mock_eloqua.access.users import BadUser
from mock_eloqua.crm import (
    accounts,
    activities,
    assets,
    contacts,
    external_activities,
    favorites,
    fields,
    labels,
    lists,
    planting_emails,
    planting_groups,
    planting_members,
    planting_oauth,
    planting_records,
    planting_scores,
    references,
    security_groups,
    views,
    visitors,
)
from mock_eloqua.crm.errors import Failure, Invalid, Refused
from mock_eloqua.crm.fields import Catalogue
from mock_eloqua.crm.seed_values import as_text as _as_text
from mock_eloqua.crm.seed_values import mark as _mark
from mock_eloqua.crm.seed_values import text as _text
from mock_eloqua.crm.seed_values import texts as _texts
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.crm.standard_fields import ACCOUNT_PROPERTIES, PROPERTIES
from mock_eloqua.site import Site

_USER_MARKS = ("passwordExpires", "ssoOnly")
_API_GROUPS = ["API Users", "Advanced Users - Marketing"]

Item = Mapping[str, Any]


def plant(site: Site, document: Any) -> dict[str, int]:
    """Add what *document* describes; how much of each kind that was.

    `users`: `name`, `password`, `groups`, `firstName`, `lastName`, `passwordExpires`, `ssoOnly`.
    `fields`: `name`, `dataType`, `displayType`, `updateType`, `entity` (`Contact`, or `Account`).
    `accounts`: properties (`city`) or internal field
    names (`M_City`), `description`, `owners` (login names). `contacts`: properties (`firstName`) or internal field
    names (`C_FirstName`), `isSubscribed`, `isBounceback`, `account` (the name of the one it is linked to). `lists`:
    `name`, `description`, `members` (addresses). `accountGroups`: `name`, `description`, `members` (names of accounts).
    `contactViews`, `accountViews`: `name`, `fields` (internal names). `visitors`: `externalId`, `contact` (an address),
    internal names of profile fields (`V_IPAddress`). `labels`, which hide contacts from others: `name`, `contacts`
    (addresses), `groups` (names of security groups).
    `emails`: `name`, `description`, `subject`, `html`, `isResponsive` (made in the Design Editor).
    `signatureLayouts`: `name`, `html`.
    `scoringModels`: `name`, `status`, `scores` (`contact`, an address, `rating`, `profileScore`, `engagementScore`).
    `securityGroups`: `name`, `description`, `actionPermissions`, `assetPermissions` (lists of words by type), `labels`.
    `favorites`: `user` (login), `type` (`Email` ...), `name`.
    `senderCodes`: `senderCode`, `senderName`, `codeType`, `routeType`
    and `countries` (their codes).
    `activities`: `type`, `contact` (its address), `at` (Unix seconds or a date; else now), `asset` (its name),
    `assetId`, `assetType`, `campaign` (name or id), `details` (`SubjectLine`, `EmailClickedThruLink` ...; an external
    activity names its `ActivityType` there).
    `customObjects`: `name`, `description`, `fields` (`name`, `dataType`, `displayType`, `defaultValue`), the names of
    fields in `displayNameField`, `uniqueCodeField` and `emailAddressField`, `deleteLinkedCustomObjectData`, `records`
    (values by the names of fields, and `contact`, an address). `lookupTables`: `name`, `description`, `entries` (key to
    value). `dedupeRules`: `name`, `description`, `source` and `target` (`contact` or `account`), `isMatchRule`,
    `isCompleted`, `handlerSets` (`name`, `deletePermanentlyFromDestination`, `isNonMatchesDestination`).
    `members`, who enter an active `campaign` or `program` (its name): `contacts` (addresses), `records` (their unique
    codes).
    `oauthClients`: `id`, `secret`, `name`, `redirectUri`. `oauthTokens`: `token`, `kind` (`access` or `refresh`),
    `client` (its id), `user` (login).

    Raises:
        BadSeed: something does not fit; the text says where, and nothing is added.
    """
    if not isinstance(document, Mapping):
        raise BadSeed("a seed is an object with users, fields, contacts and lists")
    unknown = [key for key in document if key not in _KINDS]
    if unknown:
        raise BadSeed(f"a seed has {', '.join(_KINDS)}, not {unknown[0]!r}")
    with site.database.writing():
        try:
            return {name: _plant_all(site, name, document[name]) for name in _KINDS if name in document}
        except BaseException:
            site.forget()
            raise


def _plant_all(site: Site, name: str, items: Any) -> int:
    if not isinstance(items, list | tuple):
        raise BadSeed(f"{name} is a list of objects")
    kind = _KINDS[name]
    for number, item in enumerate(items):
        try:
            kind.check(item)
            kind.add(site, item)
        except Invalid as error:
            raise BadSeed(f"{name}[{number}]: {', '.join(_said(site, each) for each in error.failures)}") from error
        except (Refused, BadUser, BadClient, BadSeed) as error:
            raise BadSeed(f"{name}[{number}]: {error}") from error
    return len(items)


def _said(site: Site, failure: Failure) -> str:
    known = (fields.fields_of(site, each).by_key.get(failure.property) for each in ("Contact", "Account"))
    field = next(filter(None, known), None)
    name = field.internal_name if field else failure.property
    wanted = f" (one of {', '.join(failure.values)})" if failure.values else ""
    return f"{name} {failure.value!r} breaks {failure.requirement}{wanted}"


@dataclass(frozen=True)
class _Kind:
    """One kind of record in a seed document."""

    add: Callable[[Site, Item], None]
    keys: tuple[str, ...] | None = None
    """What its objects may say; None: whatever `add` knows."""

    def check(self, item: Any) -> None:
        """Is it an object with known keys?"""
        if not isinstance(item, Mapping) or not all(isinstance(key, str) for key in item):
            raise BadSeed("is no object")
        unknown = [key for key in item if self.keys is not None and key not in self.keys]
        if unknown:
            raise BadSeed(f"takes {', '.join(self.keys or ())}, not {unknown[0]!r}")


def _user(site: Site, item: Item) -> None:
    users.add(
        site,
        _text(item, "name"),
        _text(item, "password"),
        _texts(item, "groups", _API_GROUPS),
        first_name=_text(item, "firstName", ""),
        last_name=_text(item, "lastName", ""),
        doc={name: str(said).lower() for name in _USER_MARKS if (said := _mark(item, name)) is not None},
    )


def _field(site: Site, item: Item) -> None:
    fields.create(
        site,
        name=_text(item, "name"),
        data_type=_text(item, "dataType", "text"),
        display_type=_text(item, "displayType", "text"),
        update_type=_text(item, "updateType", "always"),
        entity=_entity(item),
    )


def _entity(item: Item) -> str:
    given = _text(item, "entity", "Contact")
    if given not in ("Contact", "Account"):
        raise BadSeed("entity takes Contact or Account")
    return given


def _account(site: Site, item: Item) -> None:
    known, owners = users.everyone(site), []
    for login in _texts(item, "owners", []):
        if login.lower() not in known:
            raise BadSeed(f"there is no user {login}")
        owners.append(known[login.lower()].id)
    others = {name: value for name, value in item.items() if name not in ("owners", "description")}
    values = _values(fields.account_fields(site), ACCOUNT_PROPERTIES, "account", others)
    text = _text(item, "description", "")
    accounts.create(site, accounts.Changes(values=values, description=text, owners=owners))


def _values(catalogue: Catalogue, properties: Mapping[str, str], entity: str, item: Item) -> dict[str, str]:
    values = {}
    for name in item:
        field = catalogue.named(properties.get(name, name))
        if field is None:
            raise BadSeed(f"there is no property or {entity} field {name!r}")
        values[field.key] = _text(item, name, "")
    return values


def _contact(site: Site, item: Item) -> None:
    others = {name: value for name, value in item.items() if name not in (*_MARKS, "account")}
    company = _text(item, "account", "")
    made = contacts.create(
        site,
        contacts.Changes(
            values=_values(fields.contact_fields(site), PROPERTIES, "contact", others),
            is_subscribed=_mark(item, "isSubscribed"),
            is_bounceback=_mark(item, "isBounceback"),
        ),
    )
    if company:
        accounts.link(site, _account_named(site, company).id, [made.id])


def _account_named(site: Site, name: str) -> accounts.Account:
    found = accounts.named(site, name)
    if found is None:
        raise BadSeed(f"there is no account {name!r}")
    return found


def _account_group(site: Site, item: Item) -> None:
    members = [_account_named(site, name).id for name in _texts(item, "members", [])]
    text = _text(item, "description", "")
    doc = {"isArchived": "false"} | ({"description": text} if text else {})
    made = assets.create(site, accounts.GROUP, name=_text(item, "name"), doc=doc)
    accounts.add_members(site, made.id, members)


def _view(entity: str) -> Callable[[Site, Item], None]:
    def add(site: Site, item: Item) -> None:
        catalogue, chosen = fields.fields_of(site, entity), []
        for name in _texts(item, "fields", []):
            field = catalogue.named(name)
            if field is None:
                raise BadSeed(f"there is no field {name!r}")
            chosen.append(field.key)
        views.create(site, entity, _text(item, "name"), chosen)

    return add


def _label(site: Site, item: Item) -> None:
    known = {group.name.lower(): group.id for group in security_groups.find(site, true())[0]}
    contact_ids, group_ids = [], []
    for address in _texts(item, "contacts", []):
        contact = contacts.by_address(site, address)
        if contact is None:
            raise BadSeed(f"there is no contact {address}")
        contact_ids.append(contact.id)
    for name in _texts(item, "groups", []):
        if name.lower() not in known:
            raise BadSeed(f"there is no security group {name!r}")
        group_ids.append(known[name.lower()])
    labels.put(site, _text(item, "name"), contact_ids=contact_ids, group_ids=group_ids)


def _visitor(site: Site, item: Item) -> None:
    address = _text(item, "contact", "")
    contact = contacts.by_address(site, address) if address else None
    if address and contact is None:
        raise BadSeed(f"there is no contact {address}")
    visitors.create(
        site,
        external_id=_text(item, "externalId", ""),
        contact_id=contact.id if contact else None,
        values={name: _text(item, name, "") for name in item if name not in ("externalId", "contact")},
    )


def _sender_code(site: Site, item: Item) -> None:
    texts = {name: _text(item, name, "") for name in ("senderName", "codeType", "routeType")}
    doc: dict[str, Any] = {name: text for name, text in texts.items() if text} | {
        "senderCode": _text(item, "senderCode")
    }
    if countries := _texts(item, "countries", []):
        doc["countries"] = [{"type": "SenderCodeCountry", "code": each} for each in countries]
    assets.create(site, "SenderCode", name=_text(item, "senderCode"), doc=doc)


_MARKS = ("isSubscribed", "isBounceback")


def _list(site: Site, item: Item) -> None:
    members = []
    for address in _texts(item, "members", []):
        contact = contacts.by_address(site, address)
        if contact is None:
            raise BadSeed(f"there is no contact {address}")
        members.append(contact.id)
    lists.create(
        site,
        lists.Changes(name=_text(item, "name"), description=_text(item, "description", ""), additions=members),
    )


def _activity(site: Site, item: Item) -> None:
    kind, address = _text(item, "type"), _text(item, "contact")
    if kind not in activities.TYPES:
        raise BadSeed(f"type takes {', '.join(activities.TYPES)}, not {kind!r}")
    contact = contacts.by_address(site, address)
    if contact is None:
        raise BadSeed(f"there is no contact {address}")
    details, at = item.get("details", {}), _text(item, "at", "")
    if not isinstance(details, Mapping):
        raise BadSeed("details is an object of texts")
    name, asset_type = _text(item, "asset", ""), _text(item, "assetType", activities.ASSET_TYPES.get(kind, ("", ""))[0])
    told = {str(key): _as_text(str(key), value) for key, value in details.items()}
    campaign_id = _campaign(site, _text(item, "campaign", ""))
    when = _instant(at) if at else site.clock.now()
    if kind == activities.EXTERNAL:
        external_activities.plant(
            site,
            asset_type,
            name,
            told.get("ActivityType", ""),
            at=when,
            contact_id=contact.id,
            campaign_id=campaign_id,
        )
        return
    activities.record(
        site,
        kind,
        contact_id=contact.id,
        at=when,
        asset_type=asset_type,
        asset_id=_asset_id(site, kind, name, _text(item, "assetId", "")),
        asset_name=name,
        campaign_id=campaign_id,
        details=told,
    )


def _asset_id(site: Site, kind: str, name: str, key: str) -> int | None:
    if key:
        return _whole("assetId", key)
    found = assets.named(site, activities.ASSET_TYPES.get(kind, ("", ""))[1], name) if name else None
    return found.id if found else None


def _campaign(site: Site, named: str) -> int | None:
    if not named:
        return None
    found = assets.named(site, "Campaign", named)
    if found is not None:
        return found.id
    if named.isascii() and named.isdigit() and references.exists(site, "Campaign", _whole("campaign", named)):
        return int(named)
    raise BadSeed(f"there is no campaign {named!r}")


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 19):
        raise BadSeed(f"{name} takes a whole number, not {text!r}")
    return int(text)


def _instant(text: str) -> int:
    try:
        if text.isascii() and text.isdigit() and len(text) < 12:
            return int(text) * 1000
        return dates.from_eastern(dates.read(text))
    except (ValueError, OverflowError):
        raise BadSeed(f"at takes Unix seconds or a date, not {text!r}") from None


def _favorite(site: Site, item: Item) -> None:
    favorites.mark(site, _text(item, "user"), _text(item, "type"), _text(item, "name"))


_KINDS = {
    "securityGroups": _Kind(planting_groups.group, planting_groups.GROUP),
    "users": _Kind(_user, ("name", "password", "groups", "firstName", "lastName", *_USER_MARKS)),
    "fields": _Kind(_field, ("name", "dataType", "displayType", "updateType", "entity")),
    "accounts": _Kind(_account),
    "contacts": _Kind(_contact),
    "lists": _Kind(_list, ("name", "description", "members")),
    "accountGroups": _Kind(_account_group, ("name", "description", "members")),
    "contactViews": _Kind(_view("Contact"), ("name", "fields")),
    "accountViews": _Kind(_view("Account"), ("name", "fields")),
    "visitors": _Kind(_visitor),
    "labels": _Kind(_label, ("name", "contacts", "groups")),
    "customObjects": _Kind(planting_records.custom_object, planting_records.CUSTOM_OBJECT),
    "scoringModels": _Kind(planting_scores.model, planting_scores.MODEL),
    "lookupTables": _Kind(planting_records.lookup_table, planting_records.LOOKUP_TABLE),
    "dedupeRules": _Kind(planting_records.dedupe_rule, planting_records.DEDUPE_RULE),
    "emails": _Kind(planting_emails.email, planting_emails.EMAIL),
    "signatureLayouts": _Kind(planting_emails.signature_layout, planting_emails.SIGNATURE_LAYOUT),
    "favorites": _Kind(_favorite, ("user", "type", "name")),
    "senderCodes": _Kind(_sender_code, ("senderCode", "senderName", "codeType", "routeType", "countries")),
    "activities": _Kind(_activity, ("type", "contact", "at", "asset", "assetId", "assetType", "campaign", "details")),
    "members": _Kind(planting_members.members, planting_members.MEMBERS),
    "oauthClients": _Kind(planting_oauth.client, planting_oauth.CLIENT),
    "oauthTokens": _Kind(planting_oauth.token, planting_oauth.TOKEN),
}
"""In the order in which they are added: contacts need fields, lists and activities need contacts."""
