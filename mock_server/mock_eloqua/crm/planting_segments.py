"""Seeding of segments and of the filters that they share, for `planting`."""

from __future__ import annotations

from typing import Any

from mock_eloqua.crm import assets, criteria, segments
from mock_eloqua.crm.conditions import DATE, NUMBER, OPERATORS
from mock_eloqua.crm.conditions import TEXT as TEXT_VALUE
from mock_eloqua.crm.planting_folders import IN, folder_of
from mock_eloqua.crm.planting_people import contact_field
from mock_eloqua.crm.seed_values import NAME, TEXT, TEXTS, Item, check_keys, items, objects, one_of, text, texts
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.site import Site

_CRITERION = {
    "field": NAME.told("A property or an internal name"),
    "operator": one_of(*dict.fromkeys(word for words in OPERATORS.values() for word in words)),
    "value": TEXT,
}
SEGMENT = {
    "name": NAME,
    "description": TEXT,
    "folder": IN,
    "lists": TEXTS.told("Names of lists: whoever is on one of them"),
    "exceptLists": TEXTS.told("Names of lists: nobody who is on one of them"),
    "filters": TEXTS.told("Names of filters: whoever fulfils one of them"),
    "exceptFilters": TEXTS.told("Names of filters: nobody who fulfils one of them"),
    "criteria": objects(_CRITERION),
}
FILTER = {"name": NAME, "description": TEXT, "folder": IN, "criteria": objects(_CRITERION)}
"""What the objects of a seed may say."""
_TYPES = {"number": NUMBER, "numeric": NUMBER, "date": DATE}


def contact_filter(site: Site, item: Item) -> None:
    """Make a filter that segments may share, of those who fulfil all `criteria`.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    doc: dict[str, Any] = {"criteria": [_criterion(site, each) for each in items(item, "criteria")]}
    doc |= {"description": text(item, "description")} if "description" in item else {}
    kind = segments.FILTER
    doc, folder_id = segments.checked_filter(site, doc), folder_of(site, kind, item)
    assets.create(site, kind, name=text(item, "name"), doc=doc, folder_id=folder_id)


def segment(site: Site, item: Item) -> None:
    """Make a segment of those on `lists`, in `filters`, or who fulfil all `criteria`, and count it.

    None of those on `exceptLists` or in `exceptFilters` are in it.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    elements = [_list(site, name, "true") for name in texts(item, "lists", [])]
    elements += [_shared(site, name, "true") for name in texts(item, "filters", [])]
    if given := items(item, "criteria"):
        elements.append(_filter(site, given))
    elements += [_list(site, name, "false") for name in texts(item, "exceptLists", [])]
    elements += [_shared(site, name, "false") for name in texts(item, "exceptFilters", [])]
    doc: dict[str, Any] = {"scope": "global", "count": "0", "elements": segments.elements_of(site, elements, None)}
    doc |= {"description": text(item, "description")} if "description" in item else {}
    kind = segments.SEGMENT
    made = assets.create(site, kind, name=text(item, "name"), doc=doc, folder_id=folder_of(site, kind, item))
    segments.calculate(site, made.id)


def _list(site: Site, name: str, included: str) -> dict[str, Any]:
    found = assets.named(site, segments.LIST, name)
    if found is None:
        raise BadSeed(f"there is no list {name!r}")
    return _element(site, segments.LIST_ELEMENT, included) | {"listId": str(found.id)}


def _shared(site: Site, name: str, included: str) -> dict[str, Any]:
    found = assets.named(site, segments.FILTER, name)
    if found is None:
        raise BadSeed(f"there is no filter {name!r}")
    return _element(site, segments.FILTER_ELEMENT, included) | {"filterId": str(found.id)}


def _filter(site: Site, given: list[Item]) -> dict[str, Any]:
    chosen = [_criterion(site, each) for each in given]
    return _element(site, segments.FILTER_ELEMENT, "true") | {"filter": {"criteria": chosen}}


def _element(site: Site, kind: str, included: str) -> dict[str, Any]:
    (new_id,) = site.database.next_ids(segments.FILTER_ELEMENT)
    return {"type": kind, "id": str(new_id), "isIncluded": included}


def _criterion(site: Site, item: Item) -> dict[str, Any]:
    check_keys(item, _CRITERION)
    field = contact_field(site, text(item, "field"))
    (new_id,) = site.database.next_ids(criteria.CONTACT_FIELD)
    condition = {"type": _TYPES.get(field.data_type, TEXT_VALUE), "operator": text(item, "operator", "equal")}
    if "value" in item:
        condition["value"] = text(item, "value")
    return {"type": criteria.CONTACT_FIELD, "id": str(new_id), "fieldId": field.key, "condition": condition}
