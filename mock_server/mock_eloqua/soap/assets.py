"""The operations on assets: describe, create, update, delete and retrieve (`soap` 10.2, 10.3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import true

from mock_eloqua.crm import assets
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Duplicate
from mock_eloqua.soap import asset_types, faults, record_fields, results
from mock_eloqua.soap.asset_types import AssetType
from mock_eloqua.soap.contract.faults import INVALID_TYPE
from mock_eloqua.soap.results import Action, Unwritable, Values, error
from mock_eloqua.store import tables
from mock_eloqua.web.call import Call

_FAILED = "Could not {action} asset. Please contact Eloqua Support for Assistance."
"""[recorded] For a create."""


def list_asset_types(call: Call) -> Values:  # noqa: ARG001  as every handler
    """The names of the types."""
    return {"AssetTypes": asset_types.WORDS}


def describe_asset_type(call: Call, word: str | None) -> Values:
    """The assets of a type, each as a type [client]."""
    if not word:
        raise faults.invalid(assetType=faults.NULL)
    found = asset_types.named(word)
    if found is None:
        return {"AssetTypes": []}
    every, _ = assets.find(call.site, found.kind, true(), limit=None)
    return {"AssetTypes": [as_type(found, each) for each in every]}


def as_type(of: AssetType, asset: Asset) -> Values:
    """An asset as an `AssetType` [recorded for groups]."""
    return {"ID": asset.id, "Name": asset.name, "Type": of.word}


def describe_asset(call: Call, asset_type: Values | None) -> Values:  # noqa: ARG001  as every handler
    """The fields of a type. Assets are found by their ids alone [recorded]."""
    of = asset_types.of("assetType", asset_type)
    return {
        "Fields": [each.definition for each in of.fields.values()],
        "IsCreateable": of.is_createable,
        "IsDeletable": True,
        "IsQueryable": False,
        "IsRetrievable": True,
        "IsUpdateable": True,
        "Name": of.title,
    }


def create(call: Call, given: list[Values | None] | None) -> list[Values]:
    """Add assets; one result each, in their order, ID -1 for a failure [recorded]."""

    def work(of: AssetType, asset: Values) -> int:
        with _refusing_taken_names(call, Action.CREATE):
            return of.create(call, _changes(call, of, asset))

    items = _items(call, given)
    if not all(of.is_createable for of, _ in items):
        raise faults.typed(INVALID_TYPE)
    return _results(items, results.outcomes(call, Action.CREATE, items, work))


def update(call: Call, given: list[Values | None] | None) -> list[Values]:
    """Write the given fields of the assets with these ids."""

    def work(of: AssetType, asset: Values) -> int:
        with _refusing_taken_names(call, Action.UPDATE):
            of.change(call, asset["Id"], _changes(call, of, asset))
        return int(asset["Id"])

    items = _items(call, given)
    return _results(items, results.outcomes(call, Action.UPDATE, items, work))


def delete(call: Call, asset_type: Values | None, ids: list[int] | None) -> list[Values]:
    """Remove the assets with these ids."""
    of = asset_types.of("assetType", asset_type)
    items: list[tuple[AssetType, Values]] = [
        (of, {"AssetType": asset_type, "Id": each}) for each in results.batch(call, "ids", ids)
    ]

    def work(of: AssetType, asset: Values) -> int:
        of.delete(call, asset["Id"])
        return int(asset["Id"])

    return _results(items, results.outcomes(call, Action.DELETE, items, work))


def retrieve(
    call: Call, asset_type: Values | None, ids: list[int] | None, names: list[str | None] | None
) -> list[Values | None]:
    """The assets with these ids, in their order; nil for one that does not exist [recorded]."""
    of = asset_types.of("assetType", asset_type)
    wanted = results.batch(call, "ids", ids)
    found, _ = assets.find(call.site, of.kind, tables.asset.c.id.in_(wanted), limit=None)
    chosen = record_fields.chosen(of.fields, names)
    shown = {
        each.id: {
            "AssetType": asset_type,
            "FieldValueCollection": [(field.name, field.read(call.site, each)) for field in chosen],
            "Id": each.id,
        }
        for each in found
    }
    return [shown.get(each) for each in wanted]


@contextmanager
def _refusing_taken_names(call: Call, action: Action) -> Iterator[None]:
    """How a name that is taken is told is a switch: the recorded failure of a create does not say what it was for."""
    try:
        yield
    except Duplicate:
        if call.site.settings.soap_taken_asset_name == "duplicate":
            raise
        raise Unwritable([error("UnexpectedException", _FAILED.format(action=action.value))]) from None


def _items(call: Call, given: list[Values | None] | None) -> list[tuple[AssetType, Values]]:
    """The assets of a batch with their types, none of them nil."""
    found = [each for each in results.batch(call, "assets", given) if each is not None]
    if len(found) != len(given or ()):
        raise faults.invalid(assets=faults.NULL)
    return [(asset_types.of("assets", each["AssetType"]), each) for each in found]


def _changes(call: Call, of: AssetType, asset: Values) -> dict[str, str]:
    values = record_fields.changes(call.site, of.fields, asset["FieldValueCollection"])
    limits = {each.key: each for each in of.fields.values() if each.key}
    too_long = [limits[key].name for key, value in values.items() if len(value) > limits[key].length]
    if too_long:
        raise Unwritable([error("MaximumLengthExceeded", f"The value of {name} is too long.") for name in too_long])
    return values


def _results(items: list[tuple[AssetType, Values]], outcomes: list[tuple[int, list[Values]]]) -> list[Values]:
    return [
        {"AssetType": asset["AssetType"], "Errors": errors, "ID": key, "Success": not errors}
        for (_, asset), (key, errors) in zip(items, outcomes, strict=True)
    ]
