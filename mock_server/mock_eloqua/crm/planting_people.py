"""Seeding of contacts and accounts, of their fields, and of visitors, for `planting`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mock_eloqua.access import users
from mock_eloqua.crm import accounts, assets, contact_intake, fields, visitors
from mock_eloqua.crm.contact_intake import Newcomer
from mock_eloqua.crm.contacts import EMAIL_FORMATS, Changes, by_address
from mock_eloqua.crm.fields import DATA_TYPES, DISPLAY_TYPES, UPDATE_TYPES, Catalogue, Field
from mock_eloqua.crm.seed_values import INSTANT, MARK, NAME, TEXT, TEXTS, Item, Keys, instant, mark, one_of, text, texts
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.crm.standard_fields import (
    ACCOUNT_FIELDS,
    ACCOUNT_PROPERTIES,
    ACCOUNT_READ_ONLY,
    CONTACT_FIELDS,
    PROPERTIES,
    READ_ONLY,
)
from mock_eloqua.mistyped import perhaps
from mock_eloqua.site import Site

_OF_ACCOUNTS = {"description": TEXT, "owners": TEXTS.told("Login names")}
_OF_CONTACTS = {
    "isSubscribed": MARK,
    "isBounceback": MARK,
    "emailFormat": one_of(*EMAIL_FORMATS),
    "account": TEXT.told("The name of the account that it is linked to"),
    "createdAt": INSTANT,
}


def _keys(
    properties: Mapping[str, str], standard: tuple[tuple[int, str, str, str], ...], hidden: Iterable[str]
) -> Keys:
    """The properties, and the standard fields by their internal names."""
    shown = {internal: label for _, internal, label, _ in standard}
    named = {name: TEXT.told(shown[internal]) for name, internal in properties.items()}
    return named | {internal: TEXT.told(label) for internal, label in shown.items() if internal not in hidden}


ACCOUNT: Keys = {**_keys(ACCOUNT_PROPERTIES, ACCOUNT_FIELDS, ACCOUNT_READ_ONLY), **_OF_ACCOUNTS}
CONTACT: Keys = {**_keys(PROPERTIES, CONTACT_FIELDS, READ_ONLY), **_OF_CONTACTS}
FIELD = {
    "name": NAME,
    "internalName": TEXT.told("Else it follows from the name"),
    "dataType": one_of(*DATA_TYPES),
    "displayType": one_of(*DISPLAY_TYPES),
    "updateType": one_of(*UPDATE_TYPES),
    "entity": one_of("Contact", "Account"),
    "optionList": TEXT.told("The name of its option list"),
}
VISITOR = {
    "externalId": TEXT.told("A GUID"),
    "contact": TEXT.told("An address"),
    **{each.internal_name: TEXT.told(each.name) for each in visitors.PROFILE_FIELDS},
}
"""What the objects of a seed may say."""
CUSTOM = {"Account": {"^[Mm]_": TEXT}, "Contact": {"^[Cc]_": TEXT}}
PROFILE = {"^[Vv]_": TEXT}
"""Patterns of fields: those that a site has besides, and any spelling."""


def account(site: Site, item: Item) -> None:
    """Add an account: values by properties or internal names of fields, `description`, `owners`.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    known, owners = users.everyone(site), []
    for login in texts(item, "owners", []):
        if login.lower() not in known:
            raise BadSeed(f"there is no user {login}")
        owners.append(known[login.lower()].id)
    others = {name: value for name, value in item.items() if name not in _OF_ACCOUNTS}
    values = _values(fields.account_fields(site), ACCOUNT_PROPERTIES, "account", others)
    accounts.create(site, accounts.Changes(values=values, description=text(item, "description", ""), owners=owners))


def contacts(site: Site, given: Iterable[Item]) -> None:
    """Add contacts: values by properties or internal names of fields, marks, `account`, `createdAt`.

    Raises:
        BadSeed, Refused: something does not fit.
    """
    contact_intake.create(site, _newcomers(site, given))


def _newcomers(site: Site, given: Iterable[Item]) -> Iterator[Newcomer]:
    catalogue, companies = fields.contact_fields(site), dict[str, int]()
    for item in given:
        company = text(item, "account", "")
        if company and company not in companies:
            companies[company] = account_named(site, company).id
        others = {name: value for name, value in item.items() if name not in _OF_CONTACTS}
        yield Newcomer(
            Changes(
                values=_values(catalogue, PROPERTIES, "contact", others),
                is_subscribed=mark(item, "isSubscribed"),
                is_bounceback=mark(item, "isBounceback"),
                email_format=text(item, "emailFormat", "") or None,
            ),
            companies.get(company),
            instant(item, "createdAt") if "createdAt" in item else None,
        )


def _values(catalogue: Catalogue, properties: Mapping[str, str], entity: str, item: Item) -> dict[str, str]:
    values = {}
    for name in item:
        field = catalogue.named(properties.get(name, name))
        if field is None:
            raise BadSeed(_no_field(catalogue, properties, entity, name))
        values[field.key] = text(item, name, "")
    return values


def _no_field(catalogue: Catalogue, properties: Mapping[str, str], entity: str, name: str) -> str:
    known = [*properties, *(each.internal_name for each in catalogue.by_key.values())]
    meant = perhaps(name, known)
    return f"there is no property or {entity} field {name!r}" + (f"; did you mean {meant}?" if meant else "")


def account_named(site: Site, name: str) -> accounts.Account:
    """The account of that name.

    Raises:
        BadSeed: there is none.
    """
    found = accounts.named(site, name)
    if found is None:
        raise BadSeed(f"there is no account {name!r}")
    return found


def field(site: Site, item: Item) -> None:
    """Make a custom field of contacts, or of accounts.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    entity = text(item, "entity", "Contact")
    if entity not in CUSTOM:
        raise BadSeed("entity takes Contact or Account")
    options, doc = text(item, "optionList", ""), {}
    if options:
        found = assets.named(site, "OptionList", options)
        if found is None:
            raise BadSeed(f"there is no option list {options!r}")
        doc["optionListId"] = str(found.id)
    fields.create(
        site,
        name=text(item, "name"),
        data_type=text(item, "dataType", "text"),
        display_type=text(item, "displayType", "text"),
        update_type=text(item, "updateType", "always"),
        entity=entity,
        doc=doc,
        internal_name=text(item, "internalName", ""),
    )


def contact_field(site: Site, name: str) -> Field:
    """The contact field that a property or an internal name stands for.

    Raises:
        BadSeed: there is none.
    """
    found = fields.contact_fields(site).named(PROPERTIES.get(name, name))
    if found is None:
        raise BadSeed(_no_field(fields.contact_fields(site), PROPERTIES, "contact", name))
    return found


def visitor(site: Site, item: Item) -> None:
    """Note a browser, as that of `contact` if one is named.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    address = text(item, "contact", "")
    owner = by_address(site, address) if address else None
    if address and owner is None:
        raise BadSeed(f"there is no contact {address}")
    visitors.create(
        site,
        external_id=text(item, "externalId", ""),
        contact_id=owner.id if owner else None,
        values={name: text(item, name, "") for name in item if name not in ("externalId", "contact")},
    )
