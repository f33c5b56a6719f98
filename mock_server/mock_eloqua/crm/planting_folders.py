"""Seeding of folders, of e-mail groups and of option lists, and where other assets lie, for `planting`."""

from __future__ import annotations

import uuid

from mock_eloqua.crm import assets, folders, subscriptions
from mock_eloqua.crm.seed_values import MARK, NAME, TEXT, Item, check_keys, items, mark, objects, one_of, text
from mock_eloqua.crm.seeds import ROOT_FOLDERS, BadSeed
from mock_eloqua.site import Site

IN = TEXT.told("The folder that it lies in: its path from the root folder, such as Europe/Nordics")
FOLDERS = {"of": one_of(*ROOT_FOLDERS).needed(), "path": NAME.told("Europe/Nordics"), "description": TEXT}
EMAIL_GROUP = {"name": NAME, "displayName": TEXT, "description": TEXT, "folder": IN, "isVisible": MARK}
_OPTION = {"displayName": NAME, "value": NAME}
OPTION_LIST = {"name": NAME, "elements": objects(_OPTION)}
"""What the objects of a seed may say."""


def folder(site: Site, item: Item) -> None:
    """Make a folder for assets of a kind; those above it in its path have to be there.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    of = text(item, "of")
    if of not in ROOT_FOLDERS:
        raise BadSeed(f"of takes {', '.join(ROOT_FOLDERS)}, not {of!r}")
    above, _, name = text(item, "path").rpartition("/")
    folders.create(
        site, of, name=name, description=text(item, "description", ""), parent_id=_found(site, of, above) or None
    )


def folder_of(site: Site, of: str, item: Item) -> int | None:
    """The id of the folder that an item names; None where it names none.

    Raises:
        BadSeed: there is no such folder.
    """
    return _found(site, of, text(item, "folder", "")) or None


def _found(site: Site, of: str, path: str) -> int:
    """The folder at a path; 0 for no path."""
    found = 0
    for name in filter(None, path.split("/")):
        same = (assets.OPERANDS["folderId"].expression == (found or ROOT_FOLDERS[of][0])) & (
            assets.OPERANDS["name"].expression == name.lower()
        )
        those, _ = folders.find(site, of, same, limit=1)
        if not those:
            raise BadSeed(f"there is no folder {path!r} for {of}; say it among the folders")
        found = those[0].id
    return found


def email_group(site: Site, item: Item) -> None:
    """Make an e-mail group, which everybody may see unless `isVisible` is false.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    shown = "false" if mark(item, "isVisible") is False else "true"
    doc = {"isVisibleInOutlookPlugin": shown, "isVisibleInPublicSubscriptionList": shown}
    for name in ("subscriptionList", "unSubscriptionList"):
        (key,) = site.database.next_ids("EmailGroupList")
        doc |= {f"{name}Id": str(key), f"{name}DataLookupId": str(uuid.uuid4())}
    doc |= {name: text(item, name) for name in ("displayName", "description") if name in item}
    kind = subscriptions.GROUP
    assets.create(site, kind, name=text(item, "name"), doc=doc, folder_id=folder_of(site, kind, item))


def option_list(site: Site, item: Item) -> None:
    """Make an option list of `elements`: `displayName` and `value`.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    options = items(item, "elements")
    for each in options:
        check_keys(each, _OPTION)
    doc = {
        "elements": [
            {"type": "Option"} | {name: text(each, name) for name in ("displayName", "value")} for each in options
        ]
    }
    assets.create(site, "OptionList", name=text(item, "name"), doc=doc)
