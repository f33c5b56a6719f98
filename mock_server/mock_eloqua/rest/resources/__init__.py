"""The resource types, a module for each family. Whatever a module here declares is served: there is no list to keep."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from mock_eloqua.rest.resource import Extra, ResourceType


@cache
def resource_types() -> tuple[ResourceType, ...]:
    """Every `ResourceType` that is a global of a module here, or in a tuple that is one, by module and place in it."""
    found = (each for module in _modules() for value in vars(module).values() for each in _types_in(value))
    return tuple({id(each): each for each in found}.values())


@cache
def operations() -> tuple[Extra, ...]:
    """What belongs to no type: the operations in the `OPERATIONS` of modules here."""
    return tuple(each for module in _modules() for each in getattr(module, "OPERATIONS", ()))


def _types_in(value: object) -> Iterator[ResourceType]:
    for each in value if isinstance(value, tuple) else (value,):
        if isinstance(each, ResourceType):
            yield each


def _modules() -> Iterator[ModuleType]:
    for each in iter_modules(__path__):
        yield import_module(f"{__name__}.{each.name}")
