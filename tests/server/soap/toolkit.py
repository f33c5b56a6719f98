"""The words in which tests talk to a SOAP toolkit: types, entities and assets as zeep takes them."""

from __future__ import annotations

from functools import cache
from typing import Any

import zeep
from zeep.exceptions import Fault

CONTACT = {"ID": 0, "Name": "Contact", "Type": "Base"}
COMPANY = {"ID": 0, "Name": "Company", "Type": "Base"}


@cache
def loaded(address: str) -> zeep.Client:
    """A toolkit that has read a description; reading one takes longer than most tests."""
    return zeep.Client(address)


def entity(of: dict[str, Any], key: int = 0, **values: str) -> dict[str, Any]:
    """A `DynamicEntity`."""
    pairs = [{"InternalName": name, "Value": value} for name, value in values.items()]
    return {"EntityType": of, "FieldValueCollection": {"EntityFields": pairs}, "Id": key}


def asset(of: dict[str, Any] | None, key: int = 0, **values: str) -> dict[str, Any]:
    """A `DynamicAsset`."""
    pairs = [{"InternalName": name, "Value": value} for name, value in values.items()]
    return {"AssetType": of, "FieldValueCollection": {"AssetFields": pairs}, "Id": key}


def values(found: Any) -> dict[str, str]:
    """The fields of an entity, an asset or an activity."""
    collection = found.FieldValueCollection
    pairs = collection[dir(collection)[0]] if collection is not None else ()
    return {each.InternalName: each.Value or "" for each in pairs}


def codes(result: Any) -> list[str]:
    """The error codes of a result."""
    return [each.ErrorCode for each in result.Errors.Error] if result.Errors is not None else []


def detail(fault: Fault) -> str:
    """The name of the element in a fault's detail."""
    return str(fault.detail[0].tag.rpartition("}")[2])
