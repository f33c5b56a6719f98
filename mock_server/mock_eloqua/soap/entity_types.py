"""Which types of entities there are, and what is behind an `EntityType` of a call (`soap` 10.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import true

from mock_eloqua.crm import assets, forms, records
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.site import Site
from mock_eloqua.soap import data_card, faults, form_submission
from mock_eloqua.soap.company import Companies
from mock_eloqua.soap.contact import Contacts
from mock_eloqua.soap.contract.faults import INVALID_TYPE
from mock_eloqua.soap.data_card import DataCards
from mock_eloqua.soap.form_submission import FormSubmissions
from mock_eloqua.soap.results import Values
from mock_eloqua.web.call import Call

Stored = Contacts | Companies | DataCards
"""A type whose entities can be read back."""

_BASE = "Base"
GLOBAL = (_BASE, data_card.TYPE, form_submission.TYPE)
"""[recorded]"""
_BASE_NAMES = ("Contact", "Company", "Prospect", "Visitor", "ProcessedActivity")
"""[recorded] The last three have nothing behind them here."""
_BASE_KINDS: dict[str, Contacts | Companies] = {"contact": Contacts(), "company": Companies()}
_ASSET_KINDS = {data_card.TYPE: records.CUSTOM_OBJECT, form_submission.TYPE: forms.KIND}


def listed(site: Site, global_type: str) -> list[Values]:
    """The types of a global type, named in any case: the base types, the custom objects, the forms.

    Raises:
        SoapFault: InvalidTypeFault; there is no such global type.
    """
    found = next((each for each in GLOBAL if each.lower() == global_type.lower()), None)
    if found is None:
        raise faults.typed(INVALID_TYPE)
    if found == _BASE:
        return [{"ID": 0, "Name": name, "Type": _BASE} for name in _BASE_NAMES]
    every, _ = assets.find(site, _ASSET_KINDS[found], true(), limit=None)
    return [_type(found, each) for each in every]


def _type(global_type: str, asset: Asset) -> Values:
    return {"ID": asset.id, "Name": asset.name, "Type": global_type}


def of(call: Call, parameter: str, entity_type: Values | None) -> Stored | FormSubmissions:
    """What is behind a type: base types go by their names, the others by their ids [client].

    Raises:
        SoapFault: ValidationFault, it is nil; InvalidTypeFault, there is no such type.
    """
    if entity_type is None:
        raise faults.invalid(**{parameter: faults.NULL})
    global_type, name = ((entity_type[each] or "").lower() for each in ("Type", "Name"))
    if global_type == _BASE.lower() and name in _BASE_KINDS:
        return _BASE_KINDS[name]
    try:
        if global_type == data_card.TYPE.lower():
            asset = assets.get(call.site, records.CUSTOM_OBJECT, entity_type["ID"])
            return DataCards(_type(data_card.TYPE, asset), records.owner_of(asset))
        if global_type == form_submission.TYPE.lower():
            asset = assets.get(call.site, forms.KIND, entity_type["ID"])
            return FormSubmissions(_type(form_submission.TYPE, asset), asset)
    except NotFound as error:
        raise faults.typed(INVALID_TYPE) from error
    raise faults.typed(INVALID_TYPE)


def of_each(call: Call, entities: Sequence[Values]) -> list[Stored | FormSubmissions]:
    """What is behind the types of a batch, each type looked up once.

    Raises:
        SoapFault: as for `of`.
    """
    known: dict[tuple[Any, ...] | None, Stored | FormSubmissions] = {}
    for entity in entities:
        key = _key(entity)
        if key not in known:
            known[key] = of(call, "entities", entity["EntityType"])
    return [known[_key(entity)] for entity in entities]


def _key(entity: Values) -> tuple[Any, ...] | None:
    return tuple(entity["EntityType"].values()) if entity["EntityType"] else None


def stored(call: Call, parameter: str, entity_type: Values | None) -> Stored:
    """The same, for what form submissions cannot be asked: there InvalidTypeFault [inferred]."""
    return readable(of(call, parameter, entity_type))


def readable(kind: Stored | FormSubmissions) -> Stored:
    """A type whose entities can be read back. SoapFault: InvalidTypeFault; they cannot."""
    if isinstance(kind, FormSubmissions):
        raise faults.typed(INVALID_TYPE)
    return kind


def shown(site: Site, kind: Stored, entity: Any, wanted: Any) -> Values:
    """A record as a `DynamicEntity` with these fields."""
    pairs = [(each.name, each.read(site, entity)) for each in wanted]
    return {"EntityType": kind.type, "FieldValueCollection": pairs, "Id": entity.id}
