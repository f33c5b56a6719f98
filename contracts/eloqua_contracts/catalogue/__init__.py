"""The contracts themselves, a module for each part of Eloqua; importing this declares them all."""

from importlib import import_module
from pkgutil import iter_modules

MODULES = [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)]
